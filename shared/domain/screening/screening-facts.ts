import type { ClearanceId, ScreeningId, SeriesId } from '../../kernel/ids.ts'
import type { CalendarDate, Instant } from '../../kernel/time.ts'
import {
  type ClearanceBody,
  clearancesInForce,
  mayClear,
  type OpenFinding,
  orderedProphylaxis,
  uncleared,
} from '../clearance.ts'
import type { DeviceType } from '../device.ts'
import type { Finding } from '../finding.ts'
import { anaestheticAgents } from '../lot.ts'
import type { SeriesStatus } from '../series.ts'
import type { ClearanceFacts } from '../start-gate-facts.ts'
import type { FitzpatrickType, ZoneSide } from '../zones.ts'
import type { ScreeningAnswers } from './answer.ts'
import type { PractitionerConcerns, ProphylaxisOrder } from './context.ts'
import { decideScreening, findingsForZones } from './decide-screening.ts'
import { effectiveAnswers, isFormInDate } from './effective-answers.ts'
import { blockedSubstances } from './product-blocks.ts'
import type { ScreeningForm } from './question.ts'
import { askedIdsOf } from './questionnaire.ts'
import { isScreeningRule, screeningRules } from './rules.ts'
import type { ScreeningBody } from './screening-body.ts'
import type { ScreeningSettings } from './settings.ts'

/** A signed form as the store keeps it. */
export type SignedForm = {
  readonly screeningId: ScreeningId
  readonly body: ScreeningBody
  readonly signedAt: Instant
  /** The series of the first session that stood on it; null while none did. */
  readonly usedForSeriesId: SeriesId | null
  /** That series has ended: whatever is treated next is another one. */
  readonly isCourseOver: boolean
  /** First day of a text that asks something else (a newer major): from then on this form is no longer enough. */
  readonly askedAgainFrom: CalendarDate | null
  /** False where its bytes or columns are no longer what was signed: then it carries no session. */
  readonly isIntact: boolean
}

/** The forms that speak for the patient: the newest full one, and the newest short one signed after it. */
export type FormsOnFile = { readonly full: SignedForm | null; readonly short: SignedForm | null }

/** What the start of a session reads of questionnaire and clearances, and what staff see of both. */
export type ScreeningFacts = {
  /** Null where there is none, where it belongs to another series, was asked in an older major, or is not intact. */
  readonly fullAnsweredOn: CalendarDate | null
  readonly shortAnsweredOn: CalendarDate | null
  /** STOP findings on the plan that nobody has lifted, cut to the zones still open. */
  readonly stops: readonly Finding[]
  /** CLEAR findings on the plan that no clearance answers, cut to the zones still open. */
  readonly uncleared: readonly Finding[]
  readonly clearances: readonly ClearanceFacts[]
  readonly blockedSubstances: readonly string[]
  readonly screeningIds: readonly ScreeningId[]
  readonly clearanceIds: readonly ClearanceId[]
  /** Every finding on the plan, lifted or not, worst first. */
  readonly findings: readonly Finding[]
  /** Those of `findings` that block, with what lifts each. */
  readonly open: readonly OpenFinding[]
  readonly answers: ScreeningAnswers
}

export type ScreeningFactsContext = {
  readonly forms: FormsOnFile
  /** Intact ones only. */
  readonly clearances: readonly ClearanceBody[]
  readonly today: CalendarDate
  readonly bornOn: CalendarDate | null
  readonly fst: FitzpatrickType | null
  /** Empty while nothing is planned: then every finding counts, wherever it is. */
  readonly plannedZones: readonly ZoneSide[]
  readonly deviceType: DeviceType | null
  /** Null: whether the full form belongs to another series is not asked. */
  readonly seriesId: SeriesId | null
  readonly settings: ScreeningSettings
  /** What a treatment order says about an antiviral, besides the clearances. */
  readonly orderProphylaxis: ProphylaxisOrder | null
}

/**
 * The questionnaire as it stands today: the newest full form with the newest short one over it, judged as one, narrowed
 * to the plan and held against the clearances in force (clinical reference, sections 3 and 5).
 */
export function screeningFacts(context: ScreeningFactsContext): ScreeningFacts {
  const { forms, clearances, today, plannedZones, seriesId } = context
  const { full, short } = forms
  const answers = effectiveAnswers(full?.body.answers ?? {}, short?.body.answers ?? null)
  const all = decideScreening({
    form: 'FULL',
    answers,
    bornOn: context.bornOn,
    today,
    fst: context.fst,
    plannedZones,
    deviceType: context.deviceType,
    settings: context.settings,
    prophylaxis: joinProphylaxis(orderedProphylaxis(clearances, today), context.orderProphylaxis),
    concerns: concernsOf(forms),
  }).findings
  const findings = plannedZones.length === 0 ? all : findingsForZones(all, plannedZones)
  const open = uncleared(findings, clearances, today)
  const inForce = clearancesInForce(clearances, today)
  return {
    fullAnsweredOn:
      full?.isIntact && !isOfAnotherSeries(full, seriesId) && !isAskedAgain(full, today) ? full.body.takenOn : null,
    shortAnsweredOn: short?.isIntact ? short.body.takenOn : null,
    stops: open.flatMap((one) => (one.finding.outcome === 'STOP' ? [cutToOpenZones(one)] : [])),
    uncleared: open.flatMap((one) => (one.finding.outcome === 'CLEAR' ? [cutToOpenZones(one)] : [])),
    clearances: inForce.map(clearanceFactsOf),
    blockedSubstances: [...new Set([...blockedSubstances(answers), ...agentsRuledOut(inForce)])],
    screeningIds: [full, short].flatMap((form) => (form === null ? [] : [form.screeningId])),
    clearanceIds: inForce.map((clearance) => clearance.id),
    findings,
    open,
    answers,
  }
}

/**
 * STANDS: no person can lift it. NEEDS_CLEARANCE: a physician can. CLEARED: one has, in force today. ACKNOWLEDGE: a
 * caution for the practitioner. NOTE: to know.
 */
export const findingStandings = ['STANDS', 'NEEDS_CLEARANCE', 'CLEARED', 'ACKNOWLEDGE', 'NOTE'] as const
export type FindingStanding = (typeof findingStandings)[number]

/** How one of `facts.findings` stands today. */
export function findingStanding(finding: Finding, facts: Pick<ScreeningFacts, 'open'>): FindingStanding {
  if (finding.outcome === 'CAUTION') return 'ACKNOWLEDGE'
  if (finding.outcome === 'INFO') return 'NOTE'
  return facts.open.find((open) => open.finding === finding)?.state ?? 'CLEARED'
}

/** The day on which time alone has lifted everything that blocks; null where nothing blocks or a day is not enough. */
export function eligibleOn(open: readonly OpenFinding[]): CalendarDate | null {
  const days = open.map(({ finding }) => finding.eligibleOn)
  return days.reduce<CalendarDate | null>(
    (latest, day, index) => (index === 0 ? day : latest === null || day === null ? null : day > latest ? day : latest),
    null,
  )
}

/** The form whose answer a finding comes from: a short form speaks for the questions it asks. */
export function sourceOf(questionId: string, { full, short }: FormsOnFile): SignedForm | null {
  const isAskedShort = askedIdsOf('SHORT').some((id) => id === questionId)
  return isAskedShort ? (short ?? full) : (full ?? short)
}

/**
 * The form to hand over: FULL per new series, once the last full one is out of date or its questions have a new major
 * text, SHORT at every other visit, NONE where one was signed today (clinical reference, section 3). `seriesId` null: no
 * course is planned, so a form that was used for one that ended is not enough.
 */
export function formNeeded({
  forms: { full, short },
  today,
  seriesId,
  settings,
}: {
  readonly forms: FormsOnFile
  readonly today: CalendarDate
  readonly seriesId: SeriesId | null
  readonly settings: Pick<ScreeningSettings, 'fullFormValidMonths'>
}): ScreeningForm | 'NONE' {
  if (full === null || !full.isIntact || isAskedAgain(full, today)) return 'FULL'
  const isInDate = isFormInDate({
    takenOn: full.body.takenOn,
    today,
    validMonths: settings.fullFormValidMonths,
    seriesId: seriesId ?? full.usedForSeriesId,
    usedForSeriesId: full.usedForSeriesId,
  })
  if (!isInDate || (seriesId === null && full.isCourseOver)) return 'FULL'
  return full.body.takenOn === today || (short?.isIntact && short.body.takenOn === today) ? 'NONE' : 'SHORT'
}

type CourseHead = { readonly id: SeriesId; readonly status: SeriesStatus }

/**
 * The course that the next form is for where nobody names one: the newest that has not begun, else the one that the last
 * full form was used for, else the newest that is not over. `series` newest first; null where every one has ended.
 */
export function courseOfForm(series: readonly CourseHead[], { full }: Pick<FormsOnFile, 'full'>): SeriesId | null {
  const open = series.filter(({ status }) => status !== 'COMPLETED' && status !== 'ENDED_EARLY')
  const [newest] = open
  if (newest === undefined || newest.status === 'PLANNED') return newest?.id ?? null
  return open.find(({ id }) => id === full?.usedForSeriesId)?.id ?? newest.id
}

/**
 * What a physician is asked to decide, with no plan known yet. A zone rule for which the patient ticked no zone speaks
 * for the whole patient then, and a decision on any of its zones answers it; the start gate asks again zone by zone.
 */
export function askedFindings(
  findings: readonly Finding[],
  clearances: readonly ClearanceBody[],
  today: CalendarDate,
): readonly Finding[] {
  const widened = clearances.map((clearance) => ({
    ...clearance,
    findings: clearance.findings.map((finding) => ({ ...finding, scope: 'PATIENT' as const, zones: [] })),
  }))
  return findings.filter((finding) => {
    if (!mayClear(finding)) return false
    const [open] = uncleared([finding], hasNoPlace(finding) ? widened : clearances, today)
    return open !== undefined && open.earlier !== 'REFUSED'
  })
}

function isOfAnotherSeries(full: SignedForm, seriesId: SeriesId | null): boolean {
  return seriesId !== null && full.usedForSeriesId !== null && full.usedForSeriesId !== seriesId
}

function isAskedAgain({ askedAgainFrom }: SignedForm, today: CalendarDate): boolean {
  return askedAgainFrom !== null && askedAgainFrom <= today
}

function hasNoPlace(finding: Finding): boolean {
  return finding.scope === 'PATIENT' && isScreeningRule(finding.rule) && screeningRules[finding.rule].scope === 'ZONES'
}

/** A tick stands until it is taken back on the form it was made on. */
function concernsOf({ full, short }: FormsOnFile): PractitionerConcerns {
  const ticked = [full, short].flatMap((form) => (form === null ? [] : [form.body.concerns]))
  return {
    bodyImage: ticked.some((concerns) => concerns.bodyImage),
    capacity: ticked.some((concerns) => concerns.capacity),
  }
}

function joinProphylaxis(cleared: ProphylaxisOrder | null, ordered: ProphylaxisOrder | null): ProphylaxisOrder | null {
  const zones = [...(cleared?.zones ?? []), ...(ordered?.zones ?? [])]
  if (zones.length === 0) return null
  return { zones: [...new Map(zones.map((one) => [`${one.zone} ${one.side}`, one])).values()] }
}

function cutToOpenZones({ finding, zones }: OpenFinding): Finding {
  return finding.scope === 'PATIENT' ? finding : { ...finding, zones }
}

/**
 * Conditions hold everywhere the physician did not exclude (`clearanceLimits`), so a clearance applies to the whole
 * patient whatever its findings are about. An antiviral that is not started is a STOP of its own and no condition here.
 */
function clearanceFactsOf({ id, expiresOn, conditions }: ClearanceBody): ClearanceFacts {
  return {
    clearanceId: id,
    expiresOn,
    appliesTo: null,
    maxDepthUm: conditions.maxDepthUm,
    zonesAllowed: conditions.zonesAllowed,
    zonesExcluded: conditions.zonesExcluded,
    unmetConditions: [],
  }
}

/** "No anaesthetic" as the physician's plan keeps every agent away (SQ-36). */
function agentsRuledOut(inForce: readonly ClearanceBody[]): readonly string[] {
  return inForce.some(({ conditions }) => conditions.anaestheticPlan?.kind === 'NO_ANAESTHETIC')
    ? anaestheticAgents
    : []
}
