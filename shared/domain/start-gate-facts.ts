import type { ClearanceId, ComplicationId, ConsentId, OrderId } from '../kernel/ids.ts'
import type { RefusalFact } from '../kernel/result.ts'
import type { CalendarDate } from '../kernel/time.ts'
import type { ConsentProcedure } from './consent/template.ts'
import type { GateFailureCode } from './deviation.ts'
import type { DeviceFacts } from './device.ts'
import type { Finding } from './finding.ts'
import type { CartridgeFacts, ProductFacts } from './lot.ts'
import type { OrderBody } from './order.ts'
import type { PolicyBody, SupervisionMode } from './policy.ts'
import type { SeriesStatus } from './series.ts'
import type { IdentityCheck, SessionPlan } from './session.ts'
import type { StaffSnapshot } from './staff.ts'
import type { DeviceTraining } from './staff-practice.ts'
import type { FitzpatrickType, Side, ZoneCode, ZonePlace, ZoneSide } from './zones.ts'

/** What lifts a failure, and who does it. NOBODY: only time or healing does. */
export const liftActions = [
  'CHECK_IDENTITY',
  'RECORD_SKIN_TYPE',
  'PLAN_ZONES',
  'CHANGE_PLAN',
  'REMOVE_ZONE',
  'LOWER_DEPTH',
  'NAME_SITE',
  'SCREEN_IN_FULL',
  'SCREEN_TODAY',
  'OVERRIDE_STOP',
  'WAIT',
  'CLEAR_FINDING',
  'MEET_CONDITION',
  'PUBLISH_CONSENT_TEXT',
  'SIGN_CONSENT',
  'ACKNOWLEDGE_CHANGE',
  'COMPLETE_CHART',
  'ASK_STILL_AGREES',
  'WRITE_ORDER',
  'RELEASE_COMPLICATION',
  'RESUME_SERIES',
  'CLEAR_INTERVAL',
  'SIGN_PREVIOUS_SESSION',
  'APPROVE_POLICY',
  'CHANGE_PRACTITIONER',
  'RENEW_LICENCE',
  'RECORD_TRAINING',
  'NAME_SUPERVISOR',
  'BE_PRESENT',
  'CHOOSE_DEVICE',
  'OPEN_CARTRIDGE',
  'COMPLETE_CARTRIDGE',
  'CHANGE_PRODUCT',
  'ORDER_ADDON',
] as const
export type LiftAction = (typeof liftActions)[number]
export const lifters = ['PATIENT', 'PRACTITIONER', 'PHYSICIAN', 'MANAGER', 'NOBODY'] as const
export type Lifter = (typeof lifters)[number]

export type GateFailure = {
  readonly code: GateFailureCode
  readonly zone: ZoneCode | null
  readonly side: Side | null
  readonly site: string | null
  /** What else tells two failures of one code apart: a cartridge label, a question, a product. */
  readonly ref: string | null
  readonly facts: Readonly<Record<string, RefusalFact>>
  readonly liftedBy: { readonly action: LiftAction; readonly by: Lifter }
  /** First day on which time alone lifts it. */
  readonly eligibleOn: CalendarDate | null
}

/** A physician's written clearance, reduced to what a start must obey. */
export type ClearanceFacts = {
  readonly clearanceId: ClearanceId
  /** Last day of validity. */
  readonly expiresOn: CalendarDate
  /** Where its finding applies; null: the whole patient. Elsewhere the clearance asks nothing. */
  readonly appliesTo: readonly ZoneSide[] | null
  readonly maxDepthUm: number | null
  /** Null: every zone that is not excluded. A test zone is a list of one. */
  readonly zonesAllowed: readonly ZoneSide[] | null
  readonly zonesExcluded: readonly ZoneSide[]
  /** Codes or words of the conditions that are not met today, e.g. prophylaxis not started. */
  readonly unmetConditions: readonly string[]
}

/** The consent that would carry this session, reduced to what a start must obey. */
export type ConsentFacts = {
  readonly consentId: ConsentId
  readonly procedures: readonly ConsentProcedure[]
  readonly zones: readonly ZoneSide[]
  readonly indications: readonly string[]
  /** Of forms of the kind ADDON that stand: the text of another kind has no clause for them. */
  readonly addons: readonly string[]
  /** Those forms. */
  readonly addonConsentIds: readonly ConsentId[]
  readonly maxDepthUm: number | null
  /**
   * Codes of everything that stands against it (state, age, language, signer, reasons to take it again). What depends
   * on zones, depth, procedure and add-ons is judged here, against the plan and again against the log.
   */
  readonly problems: readonly string[]
}

/** Everything the gate reads, as it stands on the day. The caller has reduced other records to these facts. */
export type StartGateFacts = {
  readonly on: CalendarDate
  readonly identityCheck: Pick<IdentityCheck, 'identifiers'> | null
  readonly fst: FitzpatrickType | null
  readonly plan: SessionPlan
  readonly screening: {
    readonly fullAnsweredOn: CalendarDate | null
    readonly shortAnsweredOn: CalendarDate | null
    /** STOP findings that no physician has lifted. */
    readonly stops: readonly Finding[]
    /** CLEAR findings that no clearance answers. */
    readonly uncleared: readonly Finding[]
  }
  /** Those the start rests on. */
  readonly clearances: readonly ClearanceFacts[]
  /** Kinds of treatment for which a text that a physician approved is in force. */
  readonly consentTexts: readonly ConsentProcedure[]
  readonly consent: ConsentFacts | null
  readonly stillAgreesToday: boolean
  readonly order: { readonly orderId: OrderId; readonly body: OrderBody; readonly sessionsUsed: number } | null
  readonly series: {
    readonly status: SeriesStatus
    readonly lastPerformedOn: CalendarDate | null
    /** A physician has cleared the short interval for this session. */
    readonly isIntervalCleared: boolean
  }
  /** Null before the first session. One that needs no countersignature counts as signed. */
  readonly previousSession: { readonly isSigned: boolean } | null
  /** Complications that block until the physician lifts them; no zones: the whole patient. */
  readonly blockingComplications: readonly {
    readonly complicationId: ComplicationId
    readonly code: string
    readonly zones: readonly ZoneSide[]
  }[]
  readonly practitioner: StaffSnapshot
  /** The practitioner's certificates, as far as they are known now. */
  readonly trainings: readonly DeviceTraining[]
  /** The policy in force; null where no physician has approved one. */
  readonly policy: PolicyBody | null
  readonly supervision: { readonly physician: StaffSnapshot | null; readonly confirmedMode: SupervisionMode | null }
  readonly device: DeviceFacts | null
  readonly cartridges: readonly CartridgeFacts[]
  /** Anaesthetic and every product to be used. */
  readonly products: readonly ProductFacts[]
  /** What this patient must not get, from allergies and screening. */
  readonly blockedSubstances: readonly string[]
}

/** What a failure is about; `place` fills zone, side and site. */
export type FailureDetail = {
  readonly place?: ZonePlace
  readonly ref?: string | null
  readonly facts?: GateFailure['facts']
  readonly eligibleOn?: CalendarDate | null
}

export function failure(
  code: GateFailureCode,
  action: LiftAction,
  by: Lifter,
  detail: FailureDetail = {},
): GateFailure {
  const { place, ref = null, facts = {}, eligibleOn = null } = detail
  return {
    code,
    zone: place?.zone ?? null,
    side: place?.side ?? null,
    site: place?.site ?? null,
    ref,
    facts,
    liftedBy: { action, by },
    eligibleOn,
  }
}
