import { selectAuditHead } from '../../db/copy-check.ts'
import type { Reader } from '../../db/open.ts'
import {
  type AuditFilter,
  type AuditListRow,
  type AuditSight,
  countAuditMatches,
  selectAuditExport,
  selectAuditRows,
} from '../../db/queries/audit.ts'
import { one, sha256Of } from '../../db/records.ts'
import type { InputOf } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import { categoryOf } from '../../shared/domain/audit-category.ts'
import { foldChartNumber } from '../../shared/domain/patient-name.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addDays, addMinutes, type CalendarDate, type Instant, offsetMinutes } from '../../shared/kernel/time.ts'
import { startChainCheck } from '../app/chain-check.ts'
import { type ChainStanding, selectChainStanding } from '../app/chain-standing.ts'
import type { Handlers, QueryContext } from '../app/context.ts'
import { auditCsv } from './audit/csv.ts'

type AuditContract = typeof contract.audit

/** Rows that one file takes; more are for a shorter period. */
const mostExported = 200_000

export const auditHandlers = {
  list: async (context, input) => {
    const { sort, order, after, limit } = input
    const sight = sightOf(context)
    const filter = await readFilter(context, input)
    if (filter === null) return refuse('CHART_NUMBER_UNKNOWN', { chartNumber: input.chartNumber })
    const rows = await selectAuditRows(context.reader, {
      sight,
      filter,
      order: { sort, isDescending: order === 'DESCENDING', after },
      limit,
    })
    const last = rows.length === limit ? rows.at(-1) : undefined
    return accept({
      rows: rows.map(rowToWire),
      next: last ? { key: String(last.sort_key), seq: last.seq } : null,
      sees: sight.kind,
    })
  },

  standing: async ({ reader, services }) => {
    const { newest, whole } = await selectChainStanding(reader)
    const { anchored } = services.storeLife.open
    return accept({
      standing: newest && checkToWire(newest),
      whole: whole && checkToWire(whole),
      anchoredAt: anchored?.at ?? null,
    })
  },

  exportCsv: async (context, input) => {
    const { reader } = context
    const sight = sightOf(context)
    const filter = await readFilter(context, input)
    if (filter === null) return refuse('CHART_NUMBER_UNKNOWN', { chartNumber: input.chartNumber })
    const rows = await countAuditMatches(reader, { sight, filter, most: mostExported + 1 })
    if (rows > mostExported) return refuse('TOO_MANY_ROWS', { most: mostExported })
    const head = await selectAuditHead({ db: reader })
    const text = await auditCsv(head, (afterSeq, limit) =>
      selectAuditExport(reader, { sight, filter, afterSeq, limit }),
    )
    // What the file holds is told by its hash, since the filter may name a person or a chart.
    const sha256 = sha256Of(text)
    context.audit({ action: 'audit.exportCsv', subject: 'audit', subjectId: sha256, reason: `${rows} ROWS` })
    const fileName = `audit-${context.today}.csv`
    const bytes = Buffer.from(text, 'utf8')
    const token = context.giveFile({ mediaType: 'text/csv', fileName, load: async () => bytes })
    return accept({ token, fileName, rows, head: head.hash })
  },

  verify: async (context) => {
    const jobId = context.newId<string>()
    const { services, connection } = context
    context.audit({ action: 'audit.verify', subject: 'audit', subjectId: jobId })
    context.afterCommit(() => startChainCheck(services, connection, jobId))
    return accept({ jobId })
  },
} satisfies Handlers<AuditContract>

type FilterInput = InputOf<AuditContract['exportCsv']>

/** Null where no chart has the number. */
async function readFilter(context: QueryContext, input: FilterInput): Promise<AuditFilter | null> {
  const { chartNumber, fromOn, untilOn, actorId, action, category, outcome } = input
  const isOfChart = chartNumber !== null && chartNumber.trim() !== ''
  const patientId = isOfChart ? await selectPatientByChartNumber(context.reader, chartNumber) : null
  if (isOfChart && patientId === null) return null
  return {
    from: fromOn === null ? null : dayStart(fromOn, context.timeZone),
    before: untilOn === null ? null : dayStart(addDays(untilOn, 1), context.timeZone),
    actorId,
    patientId,
    action: action === '' ? null : action,
    category,
    outcome,
  }
}

function checkToWire(standing: ChainStanding) {
  const { state, at, reach, rows } = standing
  const isBroken = standing.state === 'BROKEN'
  const firstBadSeq = isBroken ? standing.firstBadSeq : null
  return { state, at, reach, rows, firstBadSeq, fault: isBroken ? standing.fault : null }
}

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
    category: categoryOf(row.subject),
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
