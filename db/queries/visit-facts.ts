import type { ComplicationState } from '../../shared/domain/complication-state.ts'
import {
  type ConsentStanding,
  consentStanding,
  type LicenceStanding,
  type OrderStanding,
  type VisitFacts,
} from '../../shared/domain/next-step.ts'
import { orderStateOn, sessionsLeft } from '../../shared/domain/order.ts'
import { type PhotoStanding, photoStanding, standardViews } from '../../shared/domain/photo.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import { eligibleOn, formNeeded } from '../../shared/domain/screening/screening-facts.ts'
import { screeningSettingsOf } from '../../shared/domain/screening/settings.ts'
import type { SeriesBody } from '../../shared/domain/series.ts'
import { judgeSpacing } from '../../shared/domain/series.ts'
import type { SessionDraft } from '../../shared/domain/session.ts'
import type { PhysicianSignature } from '../../shared/domain/staff.ts'
import { isTreatment } from '../../shared/domain/visit.ts'
import { includesZoneSide } from '../../shared/domain/zones.ts'
import type { ComplicationId, OrderId, PatientId, SeriesId, VisitId } from '../../shared/kernel/ids.ts'
import { addMonths, type CalendarDate, type Instant } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many } from '../records.ts'
import type { ComplicationZoneTable } from '../tables/complication.ts'
import type { SessionTable } from '../tables/session.ts'
import { selectPhotoPermissions } from './consent.ts'
import { type OrderHead, selectStandingOrdersIn } from './order.ts'
import { selectMergedHoldsIn, selectMergedTreatmentsIn } from './patient-merge.ts'
import { type PhotoBefore, selectPhotosBeforeIn } from './photo.ts'
import { selectFormsOnFile, selectScreeningFacts } from './screening.ts'
import { type SeriesHead, selectOpenSeriesIn, selectSeries } from './series.ts'
import { type SessionsDone, selectSessionsDoneIn } from './sessions-done.ts'
import type { DayVisit } from './visit.ts'
import { patientsIn, type VisitScope } from './visit-scope.ts'

type SessionOfDay = Pick<
  SessionTable,
  | 'id'
  | 'patient_id'
  | 'series_id'
  | 'session_no'
  | 'practitioner_id'
  | 'state'
  | 'is_started'
  | 'started_at'
  | 'ended_at'
  | 'performed_on'
>

type ConsentHead = {
  patient_id: PatientId
  series_id: SeriesId | null
  state: string
  signed_on: CalendarDate | null
  signer_role: 'PATIENT' | 'GUARDIAN' | 'REPRESENTATIVE' | null
}

/** What the list of the day needs beside the visit's own row. */
export type VisitCare = {
  readonly facts: VisitFacts
  readonly series: { readonly seriesId: SeriesId; readonly sessionNo: number; readonly sessionsPlanned: number } | null
  readonly session: SessionOfDay | null
  readonly startedAt: Instant | null
  readonly endedAt: Instant | null
}

/**
 * Everything that decides the marks and the next step of these visits, by visit. `scope` names their patients: everybody
 * of some days, or the one for whom somebody is about to book (a visit that is not in the store yet is judged alike).
 * Heads are read once for all of them; a questionnaire's answers are opened only for those who are still to be treated.
 */
export async function selectVisitCare(
  reader: Reader,
  {
    scope,
    visits,
    today,
    policyOn,
  }: {
    readonly scope: VisitScope
    readonly visits: readonly DayVisit[]
    readonly today: CalendarDate
    readonly policyOn: (on: CalendarDate) => Promise<PolicyBody | null>
  },
): Promise<ReadonlyMap<VisitId, VisitCare>> {
  const orders = groupByPatient(await selectStandingOrdersIn(reader, scope))
  const openSeries = groupByPatient(await selectOpenSeriesIn(reader, scope))
  const done = await selectSessionsDoneIn(reader, scope)
  const sessions = groupByPatient(await selectSessionsIn(reader, scope))
  const unsigned = await selectUnsignedSeriesIn(reader, scope)
  const consents = groupByPatient(await selectConsentHeadsIn(reader, scope))
  const complications = groupByPatient(await selectComplicationHeadsIn(reader, scope))
  const mergedHolds = await selectMergedHoldsIn(reader, scope)
  const mergedTreatments = await selectMergedTreatmentsIn(reader, scope)
  const booked = groupByPatient([...(await selectTreatmentsAheadIn(reader, scope, today)), ...treatmentsOf(visits)])
  const physicians = new Set(await selectPhysicianIds(reader))
  const photos = Map.groupBy(await selectPhotosBeforeIn(reader, scope), ({ patientId }) => patientId)

  const careByVisit = new Map<VisitId, VisitCare>()
  for (const dayVisit of visits) {
    const { visit, patient } = dayVisit
    const on = visit.onDate
    const policy = await policyOn(on)
    const rules = policy ?? shippedPolicy(on)
    const isCourse = isTreatment(visit.service)
    const ofThatDay = (sessions.get(patient.patientId) ?? []).filter(
      (session) => session.performed_on === on || (session.is_started !== 1 && on <= today),
    )
    const session = isCourse ? (ofThatDay[0] ?? null) : null
    const series = isCourse
      ? seriesFor(openSeries.get(patient.patientId) ?? [], session?.series_id ?? visit.seriesId)
      : null
    const performedOn = series === null ? [] : (done.performedBySeries.get(series.id) ?? [])
    const ahead = bookedBefore(booked.get(patient.patientId) ?? [], { visit, series, performedOn })
    const before = [...performedOn.filter((day) => day < on), ...ahead]
    const endedAt = session === null ? null : (session.ended_at ?? (await selectDraftEnd(reader, session)))
    const isAhead = visit.status !== 'DONE' && visit.status !== 'CANCELLED' && session?.is_started !== 1
    const screening =
      isAhead && (isCourse || visit.service === 'CONSULTATION')
        ? await screeningOf(reader, { patientId: patient.patientId, seriesId: series?.id ?? null, on, rules, policy })
        : nothingAsked
    careByVisit.set(visit.visitId, {
      series: series && {
        seriesId: series.id,
        sessionNo: session?.session_no ?? performedOn.length + ahead.length + 1,
        sessionsPlanned: series.sessions_planned,
      },
      session,
      startedAt: session?.started_at ?? null,
      endedAt,
      facts: {
        service: visit.service,
        status: visit.status,
        session: session && {
          state: session.state,
          isStarted: session.is_started === 1,
          isEnded: endedAt !== null,
        },
        screening,
        consent: consentOf(consents.get(patient.patientId) ?? [], { series, bornOn: patient.bornOn, on, rules }),
        photos: await photosOf(reader, {
          patientId: patient.patientId,
          series,
          isFirst: before.length === 0,
          taken: photos.get(patient.patientId) ?? [],
          on,
          today,
        }),
        order: orderOf(orders.get(patient.patientId) ?? [], { done, on, rules, ahead: ahead.length }),
        series: series && {
          status: mergedHolds.has(patient.patientId) ? 'ON_HOLD' : series.status,
          spacing: judgeSpacing(latestBefore(on, [before, mergedTreatments.get(patient.patientId) ?? []]), on, {
            ...rules.settings,
            sessionIntervalMinDays: rules.sessionIntervalMinDays,
          }),
          isPreviousUnsigned:
            rules.nextSessionBlockedIfUnsigned &&
            unsigned.some((one) => one.series_id === series.id && one.performed_on < on),
        },
        licence: licenceOf(dayVisit, on),
        isPolicyMissing: policy === null && (visit.practitionerId === null || !physicians.has(visit.practitionerId)),
        complication: await complicationOf(reader, complications.get(patient.patientId) ?? [], series?.id ?? null),
      },
    })
  }
  return careByVisit
}

/** The last of these days before `on`; each list earliest first. */
function latestBefore(on: CalendarDate, lists: readonly (readonly CalendarDate[])[]): CalendarDate | null {
  return (
    lists
      .flatMap((days) => days.filter((day) => day < on).slice(-1))
      .toSorted()
      .at(-1) ?? null
  )
}

type TreatmentAhead = {
  readonly id: VisitId
  readonly patient_id: PatientId
  readonly series_id: SeriesId | null
  readonly on_date: CalendarDate
  readonly at_time: string
}

/** The visits in hand that the store may not know yet. */
function treatmentsOf(visits: readonly DayVisit[]): readonly TreatmentAhead[] {
  return visits
    .filter(({ visit }) => isTreatment(visit.service) && visit.status === 'EXPECTED')
    .map(({ visit }) => ({
      id: visit.visitId,
      patient_id: visit.patientId,
      series_id: visit.seriesId,
      on_date: visit.onDate,
      at_time: visit.atTime,
    }))
}

/** Days of treatments of this course that are booked before this one and have not taken place, earliest first. */
function bookedBefore(
  booked: readonly TreatmentAhead[],
  {
    visit,
    series,
    performedOn,
  }: {
    readonly visit: DayVisit['visit']
    readonly series: SeriesHead | null
    readonly performedOn: readonly CalendarDate[]
  },
): readonly CalendarDate[] {
  if (series === null) return []
  const earlier = booked.filter(
    (one) =>
      one.id !== visit.visitId &&
      (one.series_id === null || one.series_id === series.id) &&
      one.on_date < visit.onDate &&
      !performedOn.includes(one.on_date),
  )
  return [...new Set(earlier.map((one) => one.on_date))].sort()
}

const nothingAsked: VisitFacts['screening'] = { formNeeded: 'NONE', stops: 0, uncleared: 0, eligibleOn: null }

/** The course it is for decides; otherwise the newest that is not over, one that may go on before one on hold. */
function seriesFor(open: readonly SeriesHead[], seriesId: SeriesId | null): SeriesHead | null {
  const own = open.find((head) => head.id === seriesId)
  return own ?? open.find((head) => head.status !== 'ON_HOLD') ?? open[0] ?? null
}

async function screeningOf(
  reader: Reader,
  {
    patientId,
    seriesId,
    on,
    rules,
    policy,
  }: {
    readonly patientId: PatientId
    readonly seriesId: SeriesId | null
    readonly on: CalendarDate
    readonly rules: PolicyBody
    readonly policy: PolicyBody | null
  },
): Promise<VisitFacts['screening']> {
  const forms = await selectFormsOnFile(reader, patientId)
  const settings = screeningSettingsOf(rules)
  const form = formNeeded({ forms, today: on, seriesId, settings })
  if (forms.full === null && forms.short === null) return { ...nothingAsked, formNeeded: form }
  const series = seriesId === null ? null : await selectSeries(reader, patientId, seriesId)
  const facts = await selectScreeningFacts(reader, {
    patientId,
    today: on,
    plannedZones: series === null ? [] : zoneSidesOf(series.body),
    deviceType: null,
    seriesId,
    policy,
  })
  return {
    formNeeded: form,
    stops: facts.stops.length,
    uncleared: facts.uncleared.length,
    eligibleOn: eligibleOn(facts.open),
  }
}

function zoneSidesOf({ zones }: SeriesBody) {
  return zones.map(({ zone, side }) => ({ zone, side }))
}

function consentOf(
  heads: readonly ConsentHead[],
  {
    series,
    bornOn,
    on,
    rules,
  }: {
    readonly series: SeriesHead | null
    readonly bornOn: CalendarDate | null
    readonly on: CalendarDate
    readonly rules: PolicyBody
  },
): ConsentStanding {
  const { consentValidMonths, majorityAgeYears } = rules.settings
  const standings = heads.map((head) =>
    consentStanding(
      {
        state: head.state,
        signedOn: head.signed_on,
        signerRole: head.signer_role,
        isOfSeries: series === null || head.series_id === series.id,
      },
      { bornOn, today: on, consentValidMonths, majorityAgeYears, isGuardianRequired: rules.isGuardianRequired },
    ),
  )
  // Newest first: one that stands is enough; otherwise the newest says what is the matter.
  if (standings.includes('SIGNED')) return 'SIGNED'
  return standings.find((standing) => standing !== 'NONE') ?? 'NONE'
}

/** Whether the patient allows photos is asked only where some are planned and not there yet. */
async function photosOf(
  reader: Reader,
  {
    patientId,
    series,
    ...facts
  }: {
    readonly patientId: PatientId
    readonly series: SeriesHead | null
    readonly isFirst: boolean
    readonly taken: readonly PhotoBefore[]
    readonly on: CalendarDate
    readonly today: CalendarDate
  },
): Promise<PhotoStanding> {
  const wanted = series?.photo_views ? standardViews.filter((view) => series.photo_views?.includes(view)) : null
  const standing = photoStanding({ ...facts, wanted, isRefused: false })
  if (standing !== 'DUE' && standing !== 'LATER') return standing
  const permissions = await selectPhotoPermissions(reader, patientId)
  return permissions?.ownRecord === false ? 'NOT_PLANNED' : standing
}

function orderOf(
  heads: readonly OrderHead[],
  {
    done,
    on,
    rules,
    ahead,
  }: {
    readonly done: SessionsDone
    readonly on: CalendarDate
    readonly rules: PolicyBody
    /** Treatments booked before this one: they will have used sessions of the order. */
    readonly ahead: number
  },
): OrderStanding {
  const inDate = heads.filter((head) => orderStateOn(rowToOrderDates(head), on, rules) === 'ACTIVE')
  const isUsable = (head: OrderHead) => sessionsLeft(head, (done.usedByOrder.get(head.id as OrderId) ?? 0) + ahead) > 0
  if (inDate.some(isUsable)) return { kind: 'ACTIVE' }
  if (!rules.gfeRequired) return { kind: 'NOT_REQUIRED' }
  if (inDate.length > 0) return { kind: 'NO_SESSIONS_LEFT' }
  const ends = heads.map((head) => lastDayOf(head, rules)).sort()
  const last = ends.at(-1)
  return last === undefined || last >= on ? { kind: 'MISSING' } : { kind: 'ENDED', on: last }
}

function lastDayOf(head: OrderHead, { gfeRequired, gfeValidMonths }: PolicyBody): CalendarDate {
  const examEnd = addMonths(head.examined_on, gfeValidMonths)
  return gfeRequired && examEnd < head.expires_on ? examEnd : head.expires_on
}

/** The head row exists from the signature on. */
function rowToOrderDates(head: OrderHead) {
  return {
    examinedOn: head.examined_on,
    expiresOn: head.expires_on,
    signature: { signedAt: head.signed_at } as PhysicianSignature,
  }
}

function licenceOf(day: DayVisit, on: CalendarDate): LicenceStanding {
  if (day.visit.practitionerId === null || !day.practitionerIsActive) return { kind: 'NOBODY' }
  const last = day.practitionerLicenceExpiresOn
  if (last === null) return { kind: 'NONE' }
  return on > last ? { kind: 'EXPIRED', on: last } : { kind: 'VALID' }
}

type ComplicationHead = {
  id: ComplicationId
  patient_id: PatientId
  state: ComplicationState
  red_flag: number
  acknowledged: number
  blocks: number
}

/** A block holds in its own zones; one without zones, or for a course whose zones are not planned yet, everywhere. */
async function complicationOf(
  reader: Reader,
  heads: readonly ComplicationHead[],
  seriesId: SeriesId | null,
): Promise<VisitFacts['complication']> {
  const open = heads.filter((head) => head.state !== 'CLOSED')
  const redFlags = open.filter((head) => head.red_flag === 1)
  const blocking = heads.filter((head) => head.blocks === 1)
  const isUnheard = redFlags.some((head) => head.acknowledged === 0)
  return {
    isOpen: open.length > 0,
    isRedFlag: redFlags.length > 0,
    isBlocking: isUnheard || (blocking.length > 0 && (await isInCourse(reader, blocking, seriesId))),
  }
}

async function isInCourse(
  reader: Reader,
  blocking: readonly ComplicationHead[],
  seriesId: SeriesId | null,
): Promise<boolean> {
  const [first] = blocking
  if (!first || seriesId === null) return true
  const planned = (await selectSeries(reader, first.patient_id, seriesId))?.body.zones ?? []
  if (planned.length === 0) return true
  for (const { id } of blocking) {
    const zones = await many<Pick<ComplicationZoneTable, 'zone' | 'side'>>(
      reader,
      'select zone, side from complication_zone where complication_id = ? order by no limit 100',
      [id],
    )
    if (zones.length === 0 || zones.some((zone) => includesZoneSide(planned, zone))) return true
  }
  return false
}

/** Open ones, and closed ones whose block nobody has lifted; those of a merged chart count for the kept one. */
async function selectComplicationHeadsIn(reader: Reader, scope: VisitScope): Promise<readonly ComplicationHead[]> {
  const own = patientsIn(scope)
  const merged = patientsIn(scope, 'l.kept_id')
  return [
    ...(await many<ComplicationHead>(
      reader,
      `select id, patient_id, state, red_flag, acknowledged, blocks from complication
         where ${own.sql} and (state <> 'CLOSED' or blocks = 1)
         order by patient_id, reported_at, id limit 2000`,
      own.values,
    )),
    ...(await many<ComplicationHead>(
      reader,
      `select c.id, l.kept_id as patient_id, c.state, c.red_flag, c.acknowledged, c.blocks
         from patient_link l join complication c on c.patient_id = l.merged_id
         where ${merged.sql} and l.ended_at is null and (c.state <> 'CLOSED' or c.blocks = 1)
         order by l.kept_id, c.reported_at, c.id limit 2000`,
      merged.values,
    )),
  ]
}

function selectSessionsIn(reader: Reader, scope: VisitScope): Promise<readonly SessionOfDay[]> {
  const { sql, values } = patientsIn(scope, 's.patient_id')
  // A draft that is not started has no day yet: it belongs to the visit for which it was begun.
  const days = 'patientId' in scope ? { sql: '', values: [] } : { sql: 's.performed_on between ? and ? or ', values }
  return many<SessionOfDay>(
    reader,
    `select s.id, s.patient_id, s.series_id, s.session_no, s.practitioner_id, s.state, s.is_started, s.started_at,
         s.ended_at, s.performed_on from session s
       where ${sql}
         and s.state not in ('VOIDED', 'CANCELLED') and (${days.sql}(s.is_started = 0 and s.state = 'DRAFT'))
       order by s.is_started desc, s.created_at desc, s.id limit 2000`,
    [...values, ...days.values],
  )
}

/** Treatments that are booked from today on, whatever day the list shows. */
function selectTreatmentsAheadIn(
  reader: Reader,
  scope: VisitScope,
  today: CalendarDate,
): Promise<readonly TreatmentAhead[]> {
  const { sql, values } = patientsIn(scope, 'v.patient_id')
  return many<TreatmentAhead>(
    reader,
    `select v.id, v.patient_id, v.series_id, v.on_date, v.at_time from visit v
       where ${sql} and v.service in ('SESSION', 'MAINTENANCE') and v.status in ('EXPECTED', 'HERE', 'IN_ROOM')
         and v.on_date >= ? order by v.on_date, v.at_time, v.id limit 5000`,
    [...values, today],
  )
}

/** Courses with a treatment that is not signed and that no later signed one followed. */
function selectUnsignedSeriesIn(
  reader: Reader,
  scope: VisitScope,
): Promise<readonly { readonly series_id: SeriesId; readonly performed_on: CalendarDate }[]> {
  const { sql, values } = patientsIn(scope, 's.patient_id')
  return many(
    reader,
    `select s.series_id, s.performed_on from session s
       where ${sql}
         and s.is_started = 1 and s.state in ('DRAFT', 'SUBMITTED', 'RETURNED') and s.performed_on is not null
         and (s.state <> 'SUBMITTED' or s.sign_off_required = 1)
         and not exists (select 1 from session later where later.series_id = s.series_id and later.state = 'SIGNED'
           and later.performed_on > s.performed_on)
       order by s.series_id, s.performed_on limit 2000`,
    values,
  )
}

function selectConsentHeadsIn(reader: Reader, scope: VisitScope): Promise<readonly ConsentHead[]> {
  const { sql, values } = patientsIn(scope)
  return many<ConsentHead>(
    reader,
    `select patient_id, series_id, state, signed_on, signer_role from consent
       where ${sql} and state in ('SIGNED', 'WITHDRAWN', 'EXPIRED')
       order by signed_at desc, id limit 3000`,
    values,
  )
}

async function selectPhysicianIds(reader: Reader): Promise<readonly string[]> {
  const rows = await many<{ staff_id: string }>(
    reader,
    "select staff_id from staff_grant where role = 'physician' and ended_at is null order by staff_id limit 500",
  )
  return rows.map((row) => row.staff_id)
}

/** The end that the author typed, while nothing is submitted. */
async function selectDraftEnd(reader: Reader, session: SessionOfDay): Promise<Instant | null> {
  if (session.state !== 'DRAFT' || session.is_started !== 1) return null
  const rows = await many<{ body: string }>(reader, "select body from draft where id = ? and kind = 'session'", [
    session.id,
  ])
  const [row] = rows
  // Written by the session's own autosave from a parsed body.
  return row
    ? ((JSON.parse(row.body) as { readonly draft: Pick<SessionDraft, 'endedAt'> }).draft.endedAt ?? null)
    : null
}

function groupByPatient<Row extends { readonly patient_id: PatientId }>(
  rows: readonly Row[],
): ReadonlyMap<PatientId, readonly Row[]> {
  const byPatient = new Map<PatientId, Row[]>()
  for (const row of rows) {
    const known = byPatient.get(row.patient_id)
    if (known) known.push(row)
    else byPatient.set(row.patient_id, [row])
  }
  return byPatient
}
