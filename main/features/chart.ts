import type { Reader } from '../../db/open.ts'
import {
  type ChartCursor,
  type ChartRow,
  type ChartRowKind,
  countChartRows,
  selectChartRows,
  selectLastTreatment,
  selectUnfinished,
} from '../../db/queries/chart.ts'
import { selectOpenComplicationHeads } from '../../db/queries/complication.ts'
import { orderEnd, selectOrders } from '../../db/queries/order.ts'
import { selectReviewedOn } from '../../db/queries/outcome.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectSeriesOf } from '../../db/queries/series.ts'
import { selectSessionsDone } from '../../db/queries/sessions-done.ts'
import { selectPrintedNames } from '../../db/queries/staff.ts'
import { selectVisitsOf } from '../../db/queries/visit.ts'
import type { ChartEntry, ChartOutstanding, chartFilters } from '../../shared/contract/chart.ts'
import type { contract } from '../../shared/contract/index.ts'
import { sessionsLeft } from '../../shared/domain/order.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import { courseNextDueOn, outcomeReviewFor } from '../../shared/domain/series.ts'
import type { OrderId, PatientId, SeriesId, StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { dateInZone } from '../../shared/kernel/time.ts'
import type { Handlers, QueryContext } from '../app/context.ts'
import { selectConsentStanding } from '../app/patient-alerts.ts'

type Filter = (typeof chartFilters)[number]
type Names = ReadonlyMap<StaffId, string>

const pageSize = 20

const kindsOf: Readonly<Record<Filter, readonly ChartRowKind[]>> = {
  ALL: [
    'SESSION',
    'CONSENT',
    'SCREENING',
    'ORDER',
    'CLEARANCE',
    'COMPLICATION',
    'ADDENDUM',
    'SIGN_OFF',
    'FOLLOW_UP',
    'VISIT',
  ],
  SESSIONS: ['SESSION', 'ADDENDUM'],
  COMPLICATIONS: ['COMPLICATION', 'FOLLOW_UP'],
  CONSENTS: ['CONSENT'],
  SIGN_OFFS: ['SIGN_OFF'],
}

export const chartHandlers = {
  open: async (context, { patientId }) => {
    const { reader, today } = context
    const patient = await selectPatient(reader, patientId)
    if (!patient) return refuse('NOT_FOUND')
    const names = await selectPrintedNames(reader)
    const policy = (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
    const open = await selectOpenComplicationHeads(reader, patientId)
    const plan = await loadPlan(reader, patientId, { policy, names })
    const { bornOn } = patient.body
    const consent = await selectConsentStanding(reader, { patientId, bornOn, today, policy })
    context.audit({ action: 'chart.open', subject: 'patient', subjectId: patientId, patientId })
    return accept({
      patientId,
      timeline: await loadPage(context, { patientId, filter: 'ALL', before: null, names }),
      counts: await countByFilter(reader, patientId),
      plan,
      lastSession: await loadLastSession(reader, patientId, names),
      complications: open.map((report) => ({
        complicationId: report.id,
        state: report.state,
        code: report.code,
        grade: report.grade,
        isRedFlag: report.red_flag === 1,
        blocks: report.blocks === 1,
        isAcknowledged: report.acknowledged === 1,
        reportedAt: report.reported_at,
      })),
      outstanding: [
        ...(plan?.status === 'ON_HOLD'
          ? [{ kind: 'HOLD' as const, seriesId: plan.seriesId, reason: plan.statusReason }]
          : []),
        ...(consent.standing === 'SIGNED' ? [] : [{ kind: 'CONSENT' as const, standing: consent.standing }]),
        ...(await loadUnfinished(reader, patientId, names)),
      ],
    })
  },

  timeline: async (context, { patientId, filter, before }) => {
    const { reader } = context
    if (!(await selectPatient(reader, patientId))) return refuse('NOT_FOUND')
    return accept(await loadPage(context, { patientId, filter, before, names: await selectPrintedNames(reader) }))
  },

  visits: async ({ reader }, { patientId }) => {
    if (!(await selectPatient(reader, patientId))) return refuse('NOT_FOUND')
    const names = await selectPrintedNames(reader)
    const visits = await selectVisitsOf(reader, patientId, 30)
    return accept({
      visits: visits.map((visit) => ({
        visitId: visit.visitId,
        onDate: visit.onDate,
        atTime: visit.atTime,
        service: visit.service,
        serviceNote: visit.serviceNote,
        status: visit.status,
        cancelReason: visit.cancelReason,
        who: visit.practitionerId === null ? null : (names.get(visit.practitionerId) ?? null),
      })),
    })
  },
} satisfies Handlers<typeof contract.chart>

async function loadPage(
  { reader, timeZone }: Pick<QueryContext, 'reader' | 'timeZone'>,
  {
    patientId,
    filter,
    before,
    names,
  }: {
    readonly patientId: PatientId
    readonly filter: Filter
    readonly before: ChartCursor | null
    readonly names: Names
  },
) {
  const kinds = kindsOf[filter]
  const rows = await selectChartRows(reader, { patientId, kinds, before, limit: pageSize + 1 })
  const shown = rows.slice(0, pageSize)
  const last = shown.at(-1)
  return {
    entries: shown.map((row) => rowToEntry(row, names, timeZone)),
    next: rows.length > pageSize && last ? { at: last.at, id: last.row.id } : null,
  }
}

function rowToEntry(told: ChartRow, names: Names, timeZone: string): ChartEntry {
  const { by, signedAt, isStruck, facts } = describe(told)
  const on = told.kind === 'VISIT' ? told.row.on_date : dateInZone(told.at, timeZone)
  return {
    id: told.row.id,
    at: told.at,
    on,
    who: by === null ? null : (names.get(by) ?? null),
    signedAt: signedAt ?? null,
    isStruck: isStruck ?? false,
    facts,
  }
}

type Description = {
  readonly by: StaffId | null
  readonly signedAt?: string | null
  readonly isStruck?: boolean
  readonly facts: ChartEntry['facts']
}

function describe({ kind, row }: ChartRow): Description {
  switch (kind) {
    case 'SESSION':
      return {
        by: row.practitioner_id,
        signedAt: row.signed_at,
        isStruck: row.state === 'VOIDED',
        facts: {
          kind,
          state: row.state,
          sessionNo: row.session_no,
          isStarted: row.is_started === 1,
          isRf: row.is_rf === 1,
          recordOnly: row.record_only === 1,
          lateEntry: row.late_entry === 1,
          zones: row.zones,
          maxDepthUm: row.max_depth_um,
          deviations: row.deviations,
        },
      }
    case 'CONSENT':
      return {
        by: null,
        signedAt: row.signed_at,
        isStruck: row.state === 'VOIDED' || row.state === 'WITHDRAWN',
        facts: {
          kind,
          state: row.state,
          procedure: row.procedure,
          templateMajor: row.template_major,
          templateMinor: row.template_minor,
          signerRole: row.signer_role,
        },
      }
    case 'SCREENING':
      return {
        by: row.handed_over_by,
        signedAt: row.signed_at,
        facts: { kind, form: row.form, hasOpenClear: row.has_open_clear === 1 },
      }
    case 'ORDER':
      return {
        by: row.signed_by,
        signedAt: row.signed_at,
        isStruck: row.state === 'REVOKED',
        facts: {
          kind,
          state: row.state,
          deviceType: row.device_type,
          sessions: row.sessions,
          expiresOn: row.expires_on,
        },
      }
    case 'CLEARANCE':
      return {
        by: row.decided_by,
        signedAt: row.decided_at,
        facts: { kind, decision: row.decision, maxDepthUm: row.max_depth_um, expiresOn: row.expires_on },
      }
    case 'COMPLICATION':
      return {
        by: row.taken_by,
        facts: {
          kind,
          state: row.state,
          code: row.code,
          grade: row.grade,
          worstGrade: row.worst_grade,
          isRedFlag: row.red_flag === 1,
        },
      }
    case 'ADDENDUM':
      return {
        by: row.author_id,
        signedAt: row.signed_at,
        facts: { kind, state: row.state, amends: row.amends_kind, amendsId: row.amends_id },
      }
    case 'SIGN_OFF':
      return {
        by: row.signer_id,
        signedAt: row.signed_at,
        facts: {
          kind,
          record: row.record_kind,
          recordId: row.record_id,
          meaning: row.meaning,
          decision: row.decision,
        },
      }
    case 'FOLLOW_UP':
      return {
        by: row.done_by,
        facts: { kind, task: row.kind, reactionCode: row.reaction_code, outcome: row.outcome },
      }
    case 'VISIT':
      return {
        by: row.practitioner_id,
        facts: {
          kind,
          status: row.status,
          service: row.service,
          serviceNote: row.service_note,
          cancelReason: row.cancel_reason,
        },
      }
  }
}

async function countByFilter(reader: Reader, patientId: PatientId) {
  const counts = await countChartRows(reader, patientId, kindsOf.ALL)
  const sum = (filter: Filter) => kindsOf[filter].reduce((total, kind) => total + (counts.get(kind) ?? 0), 0)
  return {
    ALL: sum('ALL'),
    SESSIONS: sum('SESSIONS'),
    COMPLICATIONS: sum('COMPLICATIONS'),
    CONSENTS: sum('CONSENTS'),
    SIGN_OFFS: sum('SIGN_OFFS'),
  }
}

async function loadPlan(
  reader: Reader,
  patientId: PatientId,
  { policy, names }: { readonly policy: PolicyBody; readonly names: Names },
) {
  const [series] = await selectSeriesOf(reader, patientId)
  if (!series) return null
  const { performedBySeries, usedByOrder } = await selectSessionsDone(reader, patientId)
  const { body } = series
  const seriesId = series.id as SeriesId
  const performedOn = performedBySeries.get(seriesId) ?? []
  const reviewedOn = (await selectReviewedOn(reader, patientId)).get(seriesId) ?? []
  const review = outcomeReviewFor({ ...body, performedOn, reviewedOn }, policy.settings)
  const standing = (await selectOrders(reader, patientId)).find(
    (record) => orderEnd(record) === null && (record.body.seriesId === null || record.body.seriesId === seriesId),
  )
  return {
    seriesId,
    status: body.status,
    statusReason: body.statusReason,
    goals: [...body.goals],
    sessionsPlanned: body.sessionsPlanned,
    performedOn: [...performedOn],
    nextDueOn: courseNextDueOn(body, performedOn, policy.settings),
    outcomeReviewOn: review?.dueOn ?? null,
    order: standing
      ? {
          orderId: standing.id as OrderId,
          expiresOn: standing.body.expiresOn,
          sessionsLeft: sessionsLeft(standing.body, usedByOrder.get(standing.id as OrderId) ?? 0),
          signedBy: names.get(standing.head['signed_by'] as StaffId) ?? '',
        }
      : null,
  }
}

async function loadLastSession(reader: Reader, patientId: PatientId, names: Names) {
  const last = await selectLastTreatment(reader, patientId)
  if (!last || last.head.performed_on === null) return null
  const { head, zones, lots } = last
  return {
    sessionId: head.id,
    sessionNo: head.session_no,
    performedOn: last.head.performed_on,
    isRf: head.is_rf === 1,
    state: head.state,
    who: names.get(head.practitioner_id) ?? null,
    signedBy: head.signed_by === null ? null : (names.get(head.signed_by) ?? null),
    signedAt: head.signed_at,
    deviations: head.deviations,
    zones: zones.map(({ zone, side, site, depth_um: depthUm, passes }) => ({ zone, side, site, depthUm, passes })),
    lots: [...lots],
  }
}

async function loadUnfinished(
  reader: Reader,
  patientId: PatientId,
  names: Names,
): Promise<readonly ChartOutstanding[]> {
  const { sessions, addenda, screenings, followUps } = await selectUnfinished(reader, patientId)
  return [
    ...screenings.map((row) => ({ kind: 'SCREENING_DECISION' as const, id: row.id, takenOn: row.taken_on })),
    ...sessions.map((row) => ({
      kind: 'SESSION' as const,
      sessionId: row.id,
      sessionNo: row.session_no,
      state: row.state,
      who: names.get(row.practitioner_id) ?? null,
      dueAt: row.due_at,
    })),
    ...addenda.map((row) => ({
      kind: 'ADDENDUM' as const,
      id: row.id,
      state: row.state,
      who: names.get(row.author_id) ?? null,
    })),
    ...followUps.map((row) => ({
      kind: 'FOLLOW_UP' as const,
      followUpId: row.id,
      task: row.kind,
      reactionCode: row.reaction_code,
      complicationId: row.complication_id,
      dueOn: row.due_on,
    })),
  ]
}
