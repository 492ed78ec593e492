import type { Reader } from '../../db/open.ts'
import { type AuditListRow, type AuditSight, selectAuditRows } from '../../db/queries/audit.ts'
import { one } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import { foldChartNumber } from '../../shared/domain/patient-name.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addDays, addMinutes, type CalendarDate, type Instant, offsetMinutes } from '../../shared/kernel/time.ts'
import { startChainCheck } from '../app/chain-check.ts'
import type { Handlers, QueryContext } from '../app/context.ts'

type AuditContract = typeof contract.audit

export const auditHandlers = {
  list: async (context, input) => {
    const { chartNumber, fromOn, untilOn, actorId, action, beforeSeq, limit } = input
    const sight = sightOf(context)
    let patientId: PatientId | null = null
    if (chartNumber !== null && chartNumber.trim() !== '') {
      patientId = await selectPatientByChartNumber(context.reader, chartNumber)
      if (patientId === null) return refuse('CHART_NUMBER_UNKNOWN', { chartNumber })
    }
    const rows = await selectAuditRows(context.reader, {
      sight,
      filter: {
        from: fromOn === null ? null : dayStart(fromOn, context.timeZone),
        before: untilOn === null ? null : dayStart(addDays(untilOn, 1), context.timeZone),
        actorId,
        patientId,
        action: action === '' ? null : action,
      },
      beforeSeq,
      limit,
    })
    return accept({
      rows: rows.map(rowToWire),
      nextBeforeSeq: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null,
      sees: sight.kind,
    })
  },

  verify: async (context) => {
    const jobId = context.newId<string>()
    const { services, connection } = context
    context.audit({ action: 'audit.verify', subject: 'audit', subjectId: jobId })
    context.afterCommit(() => startChainCheck(services, connection, jobId))
    return accept({ jobId })
  },
} satisfies Handlers<AuditContract>

/** Trust design, 4.4: everybody their own rows, a physician also those of patients they signed for, the manager all. */
function sightOf(context: QueryContext): AuditSight {
  if (context.hasRole('manager')) return { kind: 'ALL' }
  const { staffId } = context.caller
  return { kind: context.hasRole('physician') ? 'OWN_PATIENTS' : 'OWN', staffId }
}

async function selectPatientByChartNumber(reader: Reader, chartNumber: string): Promise<PatientId | null> {
  const row = await one<{ id: PatientId }>(reader, 'select id from patient where chart_key = ?', [
    foldChartNumber(chartNumber),
  ])
  return row?.id ?? null
}

/** The instant at which the clinic's day begins; the offset is looked up on both sides of a change of clocks. */
function dayStart(day: CalendarDate, timeZone: string): Instant {
  const midnight: Instant = `${day}T00:00:00.000Z`
  const guess = addMinutes(midnight, -offsetMinutes(midnight, timeZone))
  return addMinutes(midnight, -offsetMinutes(guess, timeZone))
}

function rowToWire(row: AuditListRow) {
  return {
    seq: row.seq,
    at: row.at,
    offsetMin: row.offset_min,
    actor: row.actor_id === null ? null : { staffId: row.actor_id as string, printedName: row.actor_name ?? 'Unknown' },
    roles: row.roles.split(' ').filter((role) => role !== ''),
    action: row.action,
    subject: row.subject,
    subjectId: row.subject_id,
    versionId: row.version_id,
    subjectName: row.subject_name,
    patient:
      row.patient_id === null || row.chart_number === null
        ? null
        : { patientId: row.patient_id as string, chartNumber: row.chart_number },
    outcome: row.outcome,
    reason: row.reason,
  }
}
