import type { CalendarDate } from '../kernel/time.ts'
import { addMonths, ageOn } from '../kernel/time.ts'
import type { PhotoStanding } from './photo.ts'
import type { SeriesStatus, Spacing } from './series.ts'
import { allowsSession } from './series.ts'
import type { SessionState } from './session-state.ts'
import type { Lifter } from './start-gate-facts.ts'
import { isTreatment, type VisitService, type VisitStatus } from './visit.ts'

/** How a form of consent on file stands on the day, as far as it can be told before a plan exists. */
export const consentStandings = ['SIGNED', 'NONE', 'LAPSED', 'WITHDRAWN', 'OWN_NEEDED', 'GUARDIAN_NEEDED'] as const
export type ConsentStanding = (typeof consentStandings)[number]

export type OrderStanding =
  | { readonly kind: 'ACTIVE' | 'MISSING' | 'NO_SESSIONS_LEFT' | 'NOT_REQUIRED' }
  | { readonly kind: 'ENDED'; readonly on: CalendarDate }

export type LicenceStanding =
  | { readonly kind: 'VALID' | 'NOBODY' | 'NONE' }
  | { readonly kind: 'EXPIRED'; readonly on: CalendarDate }

/** What the list of the day knows of one visit. */
export type VisitFacts = {
  readonly service: VisitService
  readonly status: VisitStatus
  /** The treatment session of that day; null while nobody began one. */
  readonly session: { readonly state: SessionState; readonly isStarted: boolean; readonly isEnded: boolean } | null
  readonly screening: {
    readonly formNeeded: 'FULL' | 'SHORT' | 'NONE'
    /** STOP findings that nobody lifted. */
    readonly stops: number
    /** CLEAR findings that no clearance answers. */
    readonly uncleared: number
    /** When time alone has lifted them; null where it does not. */
    readonly eligibleOn: CalendarDate | null
  }
  readonly consent: ConsentStanding
  readonly photos: PhotoStanding
  readonly order: OrderStanding
  /** The course the visit belongs to; null where none is planned. */
  readonly series: {
    readonly status: SeriesStatus
    readonly spacing: Spacing
    readonly isPreviousUnsigned: boolean
  } | null
  readonly licence: LicenceStanding
  /** No physician has approved a policy and the practitioner is no physician. */
  readonly isPolicyMissing: boolean
  /** `isBlocking`: in the zones of the course and not lifted, or a red flag that no physician has acknowledged. */
  readonly complication: { readonly isRedFlag: boolean; readonly isOpen: boolean; readonly isBlocking: boolean }
}

export const stepKinds = [
  'NONE',
  'SCREEN_FULL',
  'SCREEN_SHORT',
  'CONSENT',
  'START',
  'LOG',
  'SUBMIT',
  'CORRECT',
  'WAITS_FOR_SIGN_OFF',
  'SIGNED',
  'TALK',
] as const
export type StepKind = (typeof stepKinds)[number]

export const blockCodes = [
  'RED_FLAG',
  'COMPLICATION',
  'SCREENING_STOP',
  'CLEARANCE_NEEDED',
  'CONSENT_WITHDRAWN',
  'OWN_CONSENT_NEEDED',
  'SERIES_MISSING',
  'SERIES_NOT_OPEN',
  'INTERVAL_TOO_SHORT',
  'PREVIOUS_SESSION_UNSIGNED',
  'ORDER_MISSING',
  'ORDER_ENDED',
  'ORDER_NO_SESSIONS_LEFT',
  'POLICY_MISSING',
  'PRACTITIONER_MISSING',
  'LICENCE_MISSING',
  'LICENCE_EXPIRED',
] as const
export type BlockCode = (typeof blockCodes)[number]

/** Why a start would be refused, and who lifts it. */
export type Block = {
  readonly code: BlockCode
  readonly liftedBy: Lifter
  /** The day the code speaks of: an order ended on it, a licence expired, an interval is over. */
  readonly on: CalendarDate | null
}

export type NextStep = {
  /** What comes next; START only where nothing blocks it. */
  readonly step: StepKind
  /** Everything still to do before a start, in order. */
  readonly toDo: readonly ('SCREEN_FULL' | 'SCREEN_SHORT' | 'CONSENT')[]
  /** Worst first; screening and consent can be done meanwhile. */
  readonly blocks: readonly Block[]
}

/**
 * The next step of a visit: Screen, Consent, Start, Log, Submit, or why it is blocked and who lifts it. The start gate
 * judges again with the whole plan; this tells the day what it can tell before there is one (clinical reference,
 * section 5).
 */
export function nextStep(facts: VisitFacts): NextStep {
  const { session, service, status } = facts
  if (status === 'CANCELLED') return { step: 'NONE', toDo: [], blocks: [] }
  if (session !== null && session.state !== 'VOIDED' && session.state !== 'CANCELLED') {
    const step = sessionStep(session)
    if (step !== 'START') return { step, toDo: [], blocks: [] }
  }
  if (status === 'DONE') return { step: 'NONE', toDo: [], blocks: [] }
  if (!isTreatment(service)) {
    const blocks = facts.complication.isRedFlag ? [redFlag] : []
    return { step: 'TALK', toDo: service === 'CONSULTATION' ? screenSteps(facts) : [], blocks }
  }
  const toDo = [...screenSteps(facts), ...(facts.consent === 'SIGNED' ? [] : (['CONSENT'] as const))]
  const blocks = blocksOf(facts)
  return { step: toDo[0] ?? (blocks.length > 0 ? 'NONE' : 'START'), toDo, blocks }
}

export const readinessParts = ['screening', 'consent', 'photos', 'order', 'licence', 'lot'] as const
export type ReadinessPart = (typeof readinessParts)[number]
export const readinessStates = ['done', 'toDo', 'missing', 'blocked', 'later', 'notNeeded'] as const
export type ReadinessState = (typeof readinessStates)[number]
export type Readiness = Readonly<Record<ReadinessPart, ReadinessState>>

/** The six marks of the day's list. */
export function readinessOf(facts: VisitFacts): Readiness {
  const none: Readiness = {
    screening: 'notNeeded',
    consent: 'notNeeded',
    photos: 'notNeeded',
    order: 'notNeeded',
    licence: 'notNeeded',
    lot: 'notNeeded',
  }
  if (facts.service === 'CONSULTATION') return { ...none, screening: screeningReadiness(facts) }
  if (!isTreatment(facts.service)) return none
  const isStarted = facts.session?.isStarted ?? false
  return {
    screening: screeningReadiness(facts),
    consent: consentReadiness(facts.consent),
    // Once it has begun, the session's own record answers for its photos.
    photos: isStarted && facts.photos !== 'COMPLETE' ? 'notNeeded' : photoReadiness[facts.photos],
    order: orderReadiness(facts.order),
    licence: facts.licence.kind === 'VALID' ? 'done' : facts.licence.kind === 'NOBODY' ? 'missing' : 'blocked',
    lot: isStarted ? 'done' : 'later',
  }
}

/** The start gate does not ask for photos: they are to do, and never block. */
const photoReadiness: Readonly<Record<PhotoStanding, ReadinessState>> = {
  NOT_PLANNED: 'notNeeded',
  DUE: 'toDo',
  LATER: 'later',
  COMPLETE: 'done',
}

/** What the form on file is worth today, by its dates and its signer. Zones and depth are judged with the plan. */
export function consentStanding(
  form: {
    readonly state: string
    readonly signedOn: CalendarDate | null
    readonly signerRole: 'PATIENT' | 'GUARDIAN' | 'REPRESENTATIVE' | null
    readonly isOfSeries: boolean
  } | null,
  facts: {
    readonly bornOn: CalendarDate | null
    readonly today: CalendarDate
    readonly consentValidMonths: number
    readonly majorityAgeYears: number
    readonly isGuardianRequired: boolean
  },
): ConsentStanding {
  if (form === null || form.signedOn === null) return 'NONE'
  if (form.state === 'WITHDRAWN') return 'WITHDRAWN'
  if (form.state !== 'SIGNED' || !form.isOfSeries) return 'NONE'
  if (facts.today > addMonths(form.signedOn, facts.consentValidMonths)) return 'LAPSED'
  if (facts.bornOn === null) return 'SIGNED'
  const isOfAge = ageOn(facts.bornOn, facts.today) >= facts.majorityAgeYears
  if (isOfAge && form.signerRole === 'GUARDIAN') return 'OWN_NEEDED'
  return !isOfAge && facts.isGuardianRequired && form.signerRole === 'PATIENT' ? 'GUARDIAN_NEEDED' : 'SIGNED'
}

export type DayCounts = {
  readonly patients: number
  readonly done: number
  readonly inRooms: number
  readonly waiting: number
  readonly consentsMissing: number
  readonly blocked: number
  /** Of the blocked, those that a physician lifts. */
  readonly awaitPhysician: number
}

/** The figures over the list; cancelled visits count nowhere, done ones only as done. */
export function countDay(
  visits: readonly { readonly status: VisitStatus; readonly next: NextStep | null }[],
): DayCounts {
  const kept = visits.filter(({ status }) => status !== 'CANCELLED')
  const ahead = kept.filter(({ status }) => status !== 'DONE')
  const blocked = ahead.filter(({ next }) => next !== null && next.blocks.length > 0)
  return {
    patients: kept.length,
    done: kept.length - ahead.length,
    inRooms: ahead.filter(({ status }) => status === 'IN_ROOM').length,
    waiting: ahead.filter(({ status }) => status === 'HERE').length,
    consentsMissing: ahead.filter(({ next }) => next?.toDo.includes('CONSENT')).length,
    blocked: blocked.length,
    awaitPhysician: blocked.filter(({ next }) => next?.blocks[0]?.liftedBy === 'PHYSICIAN').length,
  }
}

const redFlag: Block = { code: 'RED_FLAG', liftedBy: 'PHYSICIAN', on: null }

function sessionStep({ state, isStarted, isEnded }: NonNullable<VisitFacts['session']>): StepKind {
  switch (state) {
    case 'DRAFT':
      return isStarted ? (isEnded ? 'SUBMIT' : 'LOG') : 'START'
    case 'RETURNED':
      return 'CORRECT'
    case 'SUBMITTED':
      return 'WAITS_FOR_SIGN_OFF'
    case 'SIGNED':
      return 'SIGNED'
    case 'VOIDED':
    case 'CANCELLED':
      return 'START'
  }
}

function screenSteps({ screening }: VisitFacts): readonly ('SCREEN_FULL' | 'SCREEN_SHORT')[] {
  if (screening.formNeeded === 'NONE') return []
  return [screening.formNeeded === 'FULL' ? 'SCREEN_FULL' : 'SCREEN_SHORT']
}

function blocksOf(facts: VisitFacts): readonly Block[] {
  const { screening, consent, series, order, licence, complication } = facts
  const blocks: Block[] = []
  const block = (code: BlockCode, liftedBy: Lifter, on: CalendarDate | null = null) =>
    blocks.push({ code, liftedBy, on })
  if (complication.isBlocking) block(complication.isRedFlag ? 'RED_FLAG' : 'COMPLICATION', 'PHYSICIAN')
  if (screening.stops > 0) block('SCREENING_STOP', 'PHYSICIAN', screening.eligibleOn)
  else if (screening.uncleared > 0) block('CLEARANCE_NEEDED', 'PHYSICIAN', screening.eligibleOn)
  if (consent === 'WITHDRAWN') block('CONSENT_WITHDRAWN', 'PATIENT')
  if (consent === 'OWN_NEEDED') block('OWN_CONSENT_NEEDED', 'PATIENT')
  if (series === null) block('SERIES_MISSING', 'PRACTITIONER')
  else {
    if (!allowsSession(series.status)) block('SERIES_NOT_OPEN', 'PHYSICIAN')
    if (series.spacing.verdict === 'CLEAR_NEEDED') block('INTERVAL_TOO_SHORT', 'PHYSICIAN', series.spacing.eligibleOn)
    if (series.isPreviousUnsigned) block('PREVIOUS_SESSION_UNSIGNED', 'PHYSICIAN')
  }
  if (order.kind === 'MISSING') block('ORDER_MISSING', 'PHYSICIAN')
  if (order.kind === 'ENDED') block('ORDER_ENDED', 'PHYSICIAN', order.on)
  if (order.kind === 'NO_SESSIONS_LEFT') block('ORDER_NO_SESSIONS_LEFT', 'PHYSICIAN')
  if (facts.isPolicyMissing) block('POLICY_MISSING', 'PHYSICIAN')
  if (licence.kind === 'NOBODY') block('PRACTITIONER_MISSING', 'PRACTITIONER')
  if (licence.kind === 'NONE') block('LICENCE_MISSING', 'MANAGER')
  if (licence.kind === 'EXPIRED') block('LICENCE_EXPIRED', 'MANAGER', licence.on)
  return blocks
}

function screeningReadiness({ screening }: VisitFacts): ReadinessState {
  if (screening.stops > 0 || screening.uncleared > 0) return 'blocked'
  return screening.formNeeded === 'NONE' ? 'done' : 'toDo'
}

function consentReadiness(consent: ConsentStanding): ReadinessState {
  if (consent === 'SIGNED') return 'done'
  return consent === 'WITHDRAWN' || consent === 'OWN_NEEDED' ? 'blocked' : 'missing'
}

function orderReadiness(order: OrderStanding): ReadinessState {
  switch (order.kind) {
    case 'ACTIVE':
      return 'done'
    case 'NOT_REQUIRED':
      return 'notNeeded'
    case 'MISSING':
      return 'missing'
    case 'ENDED':
    case 'NO_SESSIONS_LEFT':
      return 'blocked'
  }
}
