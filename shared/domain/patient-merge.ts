import type { PatientId, PatientLinkId, StaffId } from '../kernel/ids.ts'
import type { CalendarDate, Instant } from '../kernel/time.ts'
import type { PhotoPermissions } from './consent/render-consent.ts'
import type { Allergies, AllergyEntry } from './patient.ts'
import { nameTokens } from './patient-name.ts'
import type { ScreeningFacts } from './screening/screening-facts.ts'

/**
 * Two charts that were found to be one person's (clinical reference, section 10, Identity: merge is reversible). A link
 * and nothing else: no record is moved or rewritten, so everything signed keeps the identity it was signed under, and
 * ending the link leaves both charts as they were.
 */
export type PatientLink = {
  readonly linkId: PatientLinkId
  /** The chart that is no longer written in. */
  readonly mergedId: PatientId
  /** The chart under which the person goes on. */
  readonly keptId: PatientId
  readonly mergedAt: Instant
  /** The clinic's day. */
  readonly mergedOn: CalendarDate
  readonly mergedBy: StaffId
  readonly reason: string
  readonly ended: { readonly at: Instant; readonly by: StaffId; readonly reason: string } | null
}

/** What stands against a merge, in the order in which it is told. */
export const mergeProblems = [
  'SAME_CHART',
  'ALREADY_MERGED',
  'KEPT_IS_MERGED',
  'HAS_MERGED_CHARTS',
  'KEPT_IS_ARCHIVED',
  'CHART_IS_DAMAGED',
  'SESSIONS_OPEN',
  'VISITS_AHEAD',
] as const
type MergeProblem = (typeof mergeProblems)[number]

export type MergeFacts = {
  readonly mergedId: PatientId
  readonly keptId: PatientId
  readonly isAlreadyMerged: boolean
  readonly isKeptMerged: boolean
  /** Charts that are merged into the one that would be merged. */
  readonly mergedInto: number
  readonly isKeptArchived: boolean
  readonly isEitherDamaged: boolean
  /** Of the chart to be merged: sessions that are begun and not submitted. */
  readonly openSessions: number
  /** Of the chart to be merged: visits that are neither done nor cancelled, from today on. */
  readonly visitsAhead: number
}

/**
 * The first thing that stands against the merge; null where nothing does. No chains and no circles: whoever reads a
 * merged chart is one step from the kept one. What is under way is finished first under the name it was begun under.
 */
export function mergeProblem(facts: MergeFacts): { readonly code: MergeProblem; readonly count: number } | null {
  const problems: Readonly<Record<MergeProblem, number>> = {
    SAME_CHART: Number(facts.mergedId === facts.keptId),
    ALREADY_MERGED: Number(facts.isAlreadyMerged),
    KEPT_IS_MERGED: Number(facts.isKeptMerged),
    HAS_MERGED_CHARTS: facts.mergedInto,
    KEPT_IS_ARCHIVED: Number(facts.isKeptArchived),
    CHART_IS_DAMAGED: Number(facts.isEitherDamaged),
    SESSIONS_OPEN: facts.openSessions,
    VISITS_AHEAD: facts.visitsAhead,
  }
  const code = mergeProblems.find((problem) => problems[problem] > 0)
  return code === undefined ? null : { code, count: problems[code] }
}

/**
 * What one person with several charts is allergic to: every substance of every chart. "None known" counts only where
 * the chart that is read says so and no other names anything.
 */
export function allergiesOfPerson(own: Allergies, others: readonly Allergies[]): Allergies {
  const all = [own, ...others].flatMap((allergies) => (allergies.state === 'LISTED' ? allergies.entries : []))
  if (all.length === 0) return own
  const entryBySubstance = new Map<string, AllergyEntry>()
  for (const entry of all) {
    const key = nameTokens(entry.substance).join(' ') || entry.substance
    if (!entryBySubstance.has(key)) entryBySubstance.set(key, entry)
  }
  return { state: 'LISTED', entries: [...entryBySubstance.values()] }
}

/**
 * What may be done with pictures in the chart that is read: its own permissions, less what another chart of the person
 * withholds. A form that was signed under the other name permits nothing here.
 */
export function photoPermissionsOfPerson(
  own: PhotoPermissions | null,
  others: readonly (PhotoPermissions | null)[],
): PhotoPermissions | null {
  if (own === null) return null
  const all = [own, ...others.filter((other) => other !== null)]
  return {
    ownRecord: all.every(({ ownRecord }) => ownRecord),
    staffTeaching: all.every(({ staffTeaching }) => staffTeaching),
    marketing: all.every(({ marketing }) => marketing),
  }
}

export type MergedScreening = {
  readonly facts: ScreeningFacts
  /** The person signed a full form in the kept chart after the merge: everything was asked anew. */
  readonly isAskedSince: boolean
}

/**
 * The kept chart's screening with what was answered under other names: their STOP and CLEAR findings and the limits of
 * their clearances hold until the person has answered a full form in the kept chart; a substance that is ruled out stays
 * ruled out. Dates of forms are never taken over: a questionnaire answered under another name opens nothing.
 */
export function screeningOfPerson(own: ScreeningFacts, merged: readonly MergedScreening[]): ScreeningFacts {
  if (merged.length === 0) return own
  const standing = merged.filter(({ isAskedSince }) => !isAskedSince).map(({ facts }) => facts)
  return {
    ...own,
    stops: [...own.stops, ...standing.flatMap(({ stops }) => stops)],
    uncleared: [...own.uncleared, ...standing.flatMap(({ uncleared }) => uncleared)],
    clearances: [...own.clearances, ...standing.flatMap(({ clearances }) => clearances)],
    blockedSubstances: [
      ...new Set([own, ...merged.map(({ facts }) => facts)].flatMap(({ blockedSubstances }) => blockedSubstances)),
    ],
  }
}

/**
 * Commands that may still be called on a merged chart: what is unfinished or false in its own records is finished and
 * corrected there. Everything else belongs to the kept chart.
 */
export const openOnMergedCharts: readonly string[] = [
  'patientMerge.unmerge',
  'addendum.begin',
  'addendum.discard',
  'addendum.return',
  'addendum.saveDraft',
  'addendum.sign',
  'addendum.submit',
  'amendmentRequest.accept',
  'amendmentRequest.deny',
  'amendmentRequest.disagree',
  'amendmentRequest.extend',
  'amendmentRequest.rebut',
  'amendmentRequest.take',
  'booking.leave',
  'complication.acknowledge',
  'complication.advance',
  'complication.assess',
  'complication.close',
  'complication.decideReport',
  'complication.disclose',
  'complication.liftBlock',
  'complication.reopen',
  'consent.discard',
  'consent.void',
  'consent.withdraw',
  'followUp.done',
  'followUp.give',
  'order.discardDraft',
  'order.revoke',
  'outcome.correct',
  'packet.make',
  'photo.release',
  'photo.void',
  'print.copyGiven',
  'screening.clarify',
  'screening.discard',
  'series.setStatus',
  'session.recall',
  'session.save',
  'session.submit',
  'signOff.markEnteredInError',
  'signOff.return',
  'signOff.sign',
]

export function mayChangeMergedChart(procedure: string): boolean {
  return openOnMergedCharts.includes(procedure)
}
