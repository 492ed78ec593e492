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
import { orderEnd, selectOrders } from '../../db/queries/order.ts'
import { selectReviewedOn } from '../../db/queries/outcome.ts'
import { selectPatient, selectPatientSummaries } from '../../db/queries/patient.ts'
import { selectPersonCharts } from '../../db/queries/patient-merge.ts'
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
import { type CalendarDate, dateInZone } from '../../shared/kernel/time.ts'
import type { Handlers, QueryContext } from '../app/context.ts'
import { selectConsentStanding, selectOpenComplications } from '../app/patient-alerts.ts'

type Filter = (typeof chartFilters)[number]
type Names = ReadonlyMap<StaffId, string>

const pageSize = 20
const mostVisits = 30

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
  open: async (context, { patientId: askedId }) => {
    const { reader, today } = context
    const person = await loadPerson(reader, askedId)
    if (!person) return refuse('NOT_FOUND')
    const { keptId: patientId, patientIds, bornOn } = person
    const names = await selectPrintedNames(reader)
    const policy = (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
    const plan = await loadPlan(reader, patientId, { policy, names })
    const consent = await selectConsentStanding(reader, { patientId, bornOn, today, policy })
    // Whoever opens one chart reads them all.
    for (const id of patientIds)
      context.audit({ action: 'chart.open', subject: 'patient', subjectId: id, patientId: id })
    return accept({
      patientId,
      merged: [...person.merged],
      timeline: await loadPage(context, { person, filter: 'ALL', before: null, names }),
      counts: await countByFilter(reader, patientIds),
      plan,
      lastSession: await loadLastSession(reader, person, names),
      complications: (await selectOpenComplications(reader, patientId)).map((report) => ({
        patientId: report.patient_id,
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
          ? [{ kind: 'HOLD' as const, patientId, seriesId: plan.seriesId, reason: plan.statusReason }]
          : []),
        ...(await loadMergedHolds(reader, person)),
        ...(consent.standing === 'SIGNED' ? [] : [{ kind: 'CONSENT' as const, patientId, standing: consent.standing }]),
        ...(await Promise.all(patientIds.map((id) => loadUnfinished(reader, id, names)))).flat(),
      ],
    })
  },

  timeline: async (context, { patientId, filter, before }) => {
    const { reader } = context
    const person = await loadPerson(reader, patientId)
    if (!person) return refuse('NOT_FOUND')
    return accept(await loadPage(context, { person, filter, before, names: await selectPrintedNames(reader) }))
  },

  visits: async ({ reader }, { patientId }) => {
    const person = await loadPerson(reader, patientId)
    if (!person) return refuse('NOT_FOUND')
    const names = await selectPrintedNames(reader)
    const visits = (await Promise.all(person.patientIds.map((id) => selectVisitsOf(reader, id, mostVisits)))).flat()
    return accept({
      visits: visits
        .toSorted((a, b) => (`${a.onDate} ${a.atTime}` < `${b.onDate} ${b.atTime}` ? 1 : -1))
        .slice(0, mostVisits)
        .map((visit) => ({
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

/** The charts of one person: the kept one first, then those that are merged into it. */
type ChartsOfPerson = {
  readonly keptId: PatientId
  readonly patientIds: readonly PatientId[]
  readonly bornOn: CalendarDate | null
  readonly merged: readonly (NonNullable<ChartEntry['under']> & {
    readonly patientId: PatientId
    readonly mergedOn: CalendarDate
  })[]
}

async function loadPerson(reader: Reader, patientId: PatientId): Promise<ChartsOfPerson | null> {
  const { keptId, links } = await selectPersonCharts(reader, patientId)
  const kept = await selectPatient(reader, keptId)
  if (!kept) return null
  const mergedIds = links.map(({ mergedId }) => mergedId)
  const summaries = await selectPatientSummaries(reader, mergedIds)
  return {
    keptId,
    patientIds: [keptId, ...mergedIds],
    bornOn: kept.body.bornOn,
    merged: links.flatMap(({ mergedId, mergedOn }) => {
      const chart = summaries.get(mergedId)
      if (!chart) return []
      const { chartNumber, family, given } = chart
      return [{ patientId: mergedId, mergedOn, chartNumber, family, given }]
    }),
  }
}

/** Under which other chart a record stands; null for one of the kept chart. */
function otherChartOf({ merged }: ChartsOfPerson, patientId: PatientId): ChartEntry['under'] {
  const chart = merged.find((one) => one.patientId === patientId)
  return chart ? { chartNumber: chart.chartNumber, family: chart.family, given: chart.given } : null
}

async function loadMergedHolds(reader: Reader, { merged }: ChartsOfPerson): Promise<readonly ChartOutstanding[]> {
  const held: ChartOutstanding[] = []
  for (const { patientId } of merged) {
    for (const { id, body } of await selectSeriesOf(reader, patientId)) {
      if (body.status !== 'ON_HOLD') continue
      held.push({ kind: 'HOLD', patientId, seriesId: id as SeriesId, reason: body.statusReason })
    }
  }
  return held
}

async function loadPage(
  { reader, timeZone }: Pick<QueryContext, 'reader' | 'timeZone'>,
  {
    person,
    filter,
    before,
    names,
  }: {
    readonly person: ChartsOfPerson
    readonly filter: Filter
    readonly before: ChartCursor | null
    readonly names: Names
  },
) {
  const kinds = kindsOf[filter]
  const rows = await selectChartRows(reader, { patientIds: person.patientIds, kinds, before, limit: pageSize + 1 })
  const shown = rows.slice(0, pageSize)
  const last = shown.at(-1)
  return {
    entries: shown.map((row) => ({
      ...rowToEntry(row, names, timeZone),
      under: otherChartOf(person, row.row.patient_id),
    })),
    next: rows.length > pageSize && last ? { at: last.at, id: last.row.id } : null,
  }
}

function rowToEntry(told: ChartRow, names: Names, timeZone: string): Omit<ChartEntry, 'under'> {
  const { by, signedAt, isStruck, facts } = describe(told)
  const on = told.kind === 'VISIT' ? told.row.on_date : dateInZone(told.at, timeZone)
  return {
    id: told.row.id,
    patientId: told.row.patient_id,
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

async function countByFilter(reader: Reader, patientIds: readonly PatientId[]) {
  const counts = await Promise.all(patientIds.map((id) => countChartRows(reader, id, kindsOf.ALL)))
  const sum = (filter: Filter) =>
    counts.flatMap((one) => kindsOf[filter].map((kind) => one.get(kind) ?? 0)).reduce((total, some) => total + some, 0)
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

/** Whatever the name under which it took place. */
async function loadLastSession(reader: Reader, person: ChartsOfPerson, names: Names) {
  const treatments = await Promise.all(person.patientIds.map((id) => selectLastTreatment(reader, id)))
  const [last] = treatments
    .filter((treatment) => treatment !== null)
    .toSorted((a, b) => ((a.head.performed_on ?? '') < (b.head.performed_on ?? '') ? 1 : -1))
  if (!last || last.head.performed_on === null) return null
  const { head, zones, lots } = last
  return {
    patientId: head.patient_id,
    under: otherChartOf(person, head.patient_id),
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
    ...screenings.map((row) => ({ kind: 'SCREENING_DECISION' as const, patientId, id: row.id, takenOn: row.taken_on })),
    ...sessions.map((row) => ({
      kind: 'SESSION' as const,
      patientId,
      sessionId: row.id,
      sessionNo: row.session_no,
      state: row.state,
      who: names.get(row.practitioner_id) ?? null,
      dueAt: row.due_at,
    })),
    ...addenda.map((row) => ({
      kind: 'ADDENDUM' as const,
      patientId,
      id: row.id,
      state: row.state,
      who: names.get(row.author_id) ?? null,
    })),
    ...followUps.map((row) => ({
      kind: 'FOLLOW_UP' as const,
      patientId,
      followUpId: row.id,
      task: row.kind,
      reactionCode: row.reaction_code,
      complicationId: row.complication_id,
      dueOn: row.due_on,
    })),
  ]
}
