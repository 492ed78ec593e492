import type { Reader } from '../../db/open.ts'
import { selectReviewedOn } from '../../db/queries/outcome.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectSeries, selectSeriesOf, seriesRecord } from '../../db/queries/series.ts'
import { selectSessionsDone } from '../../db/queries/sessions-done.ts'
import { appendVersion, insertRecord, type StoredRecord } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import { seriesBody } from '../../shared/contract/schemas/series.ts'
import type { SeriesSummary } from '../../shared/contract/series.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import {
  checkSeries,
  courseNextDueOn,
  judgeSpacing,
  mayMaintainSeries,
  mayMoveSeries,
  mayResumeSeries,
  mayReturnToMaintenance,
  needsStatusReason,
  outcomeReviewFor,
  type SeriesBody,
  viewsToKeep,
} from '../../shared/domain/series.ts'
import type { SeriesId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { settleCourse } from '../app/course-follow-ups.ts'

type SeriesContract = typeof contract.series

export const seriesHandlers = {
  list: async (context, { patientId }) => {
    const { reader, today } = context
    if (!(await selectPatient(reader, patientId))) return refuse('NOT_FOUND')
    const policy = await rulesOn(reader, today)
    const { performedBySeries } = await selectSessionsDone(reader, patientId)
    const reviewedBySeries = await selectReviewedOn(reader, patientId)
    const records = await selectSeriesOf(reader, patientId)
    context.audit({ action: 'series.list', subject: 'patient', subjectId: patientId, patientId })
    return accept({
      series: records.map((record) => {
        const performedOn = performedBySeries.get(record.id as SeriesId) ?? []
        const reviewedOn = reviewedBySeries.get(record.id as SeriesId) ?? []
        return recordToSummary(record, { performedOn, reviewedOn, policy, today })
      }),
      usual: {
        sessions: policy.settings.seriesDefaultSessions,
        intervalMonths: policy.settings.seriesIntervalMonths,
        maintenanceMonths: policy.settings.maintenanceMonths,
      },
    })
  },

  plan: async (context, { patientId, ...plan }) => {
    if (!(await selectPatient(context.trx, patientId))) return refuse('NOT_FOUND')
    const body: SeriesBody = {
      schema: 'series/1',
      patientId,
      ...plan,
      photoViews: viewsToKeep(plan),
      status: 'PLANNED',
      statusReason: null,
      maintenanceMonths: null,
    }
    const problems = checkSeries(body)
    if (problems.length > 0) return refuse('SERIES_HAS_PROBLEMS', { problems: problems.map(({ code }) => code) })
    const seriesId = context.newId<SeriesId>()
    const versionId = await insertRecord(context.trx, seriesRecord, {
      id: seriesId,
      body,
      newId: context.newId,
      at: context.now,
      by: context.caller.staffId,
      reason: 'PLANNED',
    })
    context.audit({ action: 'series.plan', subject: 'series', subjectId: seriesId, versionId, patientId })
    context.touch(...touchedSubjects)
    return accept({ seriesId })
  },

  edit: async (context, { patientId, seriesId, version, ...plan }) => {
    const record = await selectSeries(context.trx, patientId, seriesId)
    if (!record) return refuse('NOT_FOUND')
    const body: SeriesBody = { ...record.body, ...plan, photoViews: viewsToKeep(plan) }
    const problems = checkSeries(body)
    if (problems.length > 0) return refuse('SERIES_HAS_PROBLEMS', { problems: problems.map(({ code }) => code) })
    const { performedBySeries } = await selectSessionsDone(context.trx, patientId)
    const done = performedBySeries.get(seriesId)?.length ?? 0
    if (plan.sessionsPlanned < done) return refuse('SERIES_FEWER_THAN_DONE', { done })
    return saveVersion(context, record, { version, body, action: 'series.edit', reason: 'EDITED' })
  },

  setStatus: async (context, { patientId, seriesId, version, status, reason }) => {
    const record = await selectSeries(context.trx, patientId, seriesId)
    if (!record) return refuse('NOT_FOUND')
    const isLegal = mayMoveSeries(record.body.status, status)
    if (!isLegal || (status === 'MAINTENANCE' && !mayReturnToMaintenance(record.body))) {
      return refuse('SERIES_MOVE_NOT_ALLOWED', { from: record.body.status, to: status })
    }
    if (!mayResumeSeries(record.body.status, status, context.caller.roles))
      return refuse('SERIES_RESUME_NEEDS_PHYSICIAN')
    if (needsStatusReason(status) && !reason?.trim()) return refuse('SERIES_REASON_MISSING')
    const body: SeriesBody = { ...record.body, status, statusReason: reason?.trim() || null }
    return saveVersion(context, record, { version, body, action: 'series.setStatus', reason: status })
  },

  maintain: async (context, { patientId, seriesId, version, everyMonths }) => {
    const record = await selectSeries(context.trx, patientId, seriesId)
    if (!record) return refuse('NOT_FOUND')
    if (!context.hasRole('physician')) return refuse('SERIES_MAINTENANCE_NEEDS_PHYSICIAN')
    const { status } = record.body
    if (!mayMaintainSeries(status, context.caller.roles)) {
      return refuse('SERIES_MOVE_NOT_ALLOWED', { from: status, to: 'MAINTENANCE' })
    }
    const body: SeriesBody = {
      ...record.body,
      status: 'MAINTENANCE',
      statusReason: null,
      maintenanceMonths: everyMonths,
    }
    return saveVersion(context, record, { version, body, action: 'series.maintain', reason: 'MAINTENANCE' })
  },
} satisfies Handlers<SeriesContract>

const touchedSubjects = ['series', 'session', 'order', 'chart', 'visit', 'today'] as const

async function saveVersion(
  context: CommandContext,
  record: StoredRecord<SeriesBody>,
  change: { readonly version: number; readonly body: SeriesBody; readonly action: string; readonly reason: string },
) {
  const saved = await appendVersion(context.trx, seriesRecord, {
    id: record.id,
    expectedVersion: change.version,
    body: change.body,
    newId: context.newId,
    at: context.now,
    by: context.caller.staffId,
    reason: change.reason,
  })
  if (!saved) return refuse('CONFLICT')
  context.audit({
    action: change.action,
    subject: 'series',
    subjectId: record.id,
    versionId: saved.versionId,
    versionBeforeId: record.versionId,
    patientId: record.body.patientId,
    reason: change.reason,
  })
  await settleCourse(context, { patientId: record.body.patientId, seriesId: record.id as SeriesId })
  context.touch(...touchedSubjects)
  return accept({ version: change.version + 1 })
}

async function rulesOn(reader: Reader, today: CalendarDate): Promise<PolicyBody> {
  return (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
}

function recordToSummary(
  record: StoredRecord<SeriesBody>,
  {
    performedOn,
    reviewedOn,
    policy,
    today,
  }: {
    readonly performedOn: readonly CalendarDate[]
    readonly reviewedOn: readonly CalendarDate[]
    readonly policy: PolicyBody
    readonly today: CalendarDate
  },
): SeriesSummary {
  const body = seriesBody.parse(record.body)
  const lastPerformedOn = performedOn.at(-1) ?? null
  const settings = { ...policy.settings, sessionIntervalMinDays: policy.sessionIntervalMinDays }
  return {
    seriesId: record.id as SeriesId,
    version: record.version,
    body,
    isIntact: record.integrity === 'INTACT',
    sessionsPerformed: performedOn.length,
    lastPerformedOn,
    nextDueOn: courseNextDueOn(body, performedOn, settings),
    spacing: judgeSpacing(lastPerformedOn, today, settings),
    outcomeReview: outcomeReviewFor({ ...body, performedOn, reviewedOn }, settings),
    performedOn: [...performedOn],
    reviewedOn: [...reviewedOn],
  }
}
