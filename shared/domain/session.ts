import type {
  CartridgeLotId,
  ClearanceId,
  ConsentId,
  DeviceId,
  OrderId,
  PatientId,
  ProductLotId,
  ScreeningId,
  SeriesId,
  StaffId,
  VersionId,
} from '../kernel/ids.ts'
import type { CalendarDate, Instant } from '../kernel/time.ts'
import type { Deviation } from './deviation.ts'
import type { DeviceSnapshot } from './device.ts'
import type { AgentStrength, ProductClass } from './lot.ts'
import type { SupervisionMode } from './policy.ts'
import type { DraftPhotos, PhotoRecord } from './session-photo-record.ts'
import type { StaffSnapshot } from './staff.ts'
import type { FitzpatrickType, Indication, ZonePlace, ZoneSide } from './zones.ts'

export const passDirections = ['V', 'H', 'OR', 'OL'] as const
export type PassDirection = (typeof passDirections)[number]

export const endpoints = ['NONE', 'ERYTHEMA', 'PINPOINT', 'FRANK_BLEEDING'] as const
export type Endpoint = (typeof endpoints)[number]

/** What a zone is treated to, never past: frank bleeding is an overshoot (clinical reference, section 1). */
export const aimedEndpoints = ['ERYTHEMA', 'PINPOINT'] as const satisfies readonly Endpoint[]
export type AimedEndpoint = (typeof aimedEndpoints)[number]

export const techniques = ['GLIDE', 'STAMP', 'MIXED'] as const
export type Technique = (typeof techniques)[number]

export const stopReasons = ['ENDPOINT', 'MAX_PASSES', 'PAIN', 'REACTION', 'REQUEST'] as const
export type StopReason = (typeof stopReasons)[number]

export const endedEarlyReasons = ['PAIN', 'REACTION', 'PATIENT_REQUEST', 'VASOVAGAL', 'EQUIPMENT', 'OTHER'] as const
export type EndedEarlyReason = (typeof endedEarlyReasons)[number]

export const addonKinds = ['PRP', 'PEEL', 'LED', 'FACIAL', 'OTHER'] as const
export type AddonKind = (typeof addonKinds)[number]

export const identifiers = ['FULL_NAME', 'BIRTH_DATE', 'CHART_NUMBER', 'PHONE', 'ADDRESS', 'ID_DOCUMENT'] as const
export type Identifier = (typeof identifiers)[number]

export const preObservations = [
  'CLEAR',
  'ERYTHEMA',
  'DRYNESS',
  'INFLAMED_LESIONS',
  'TAN',
  'PIGMENT_CHANGE',
  'TELANGIECTASIA',
  'SCAR',
  'OTHER',
] as const
export type PreObservation = (typeof preObservations)[number]

/** The codes of the clinical reference, section 7, whose typical onset lies within the visit. */
export const immediateReactionCodes = [
  'ERYTHEMA',
  'OEDEMA',
  'PAIN_BURNING',
  'PETECHIAE',
  'BRUISING',
  'BLEEDING_PROLONGED',
  'IRRITANT_DERMATITIS',
  'URTICARIA',
  'ANAPHYLAXIS',
  'ANAESTHETIC_TOXICITY',
  'VASOVAGAL',
  'OCULAR_INJURY',
  'NERVE_INJURY',
  'BLOODBORNE_EXPOSURE',
  'DEVICE_MALFUNCTION',
] as const
export type ImmediateReactionCode = (typeof immediateReactionCodes)[number]

export const grades = [1, 2, 3, 4, 5] as const
export type Grade = (typeof grades)[number]

export const aftercareChannels = ['PRINT', 'EMAIL'] as const
export type AftercareChannel = (typeof aftercareChannels)[number]

/** What is to be done; the start gate judges it before the first pass. Depth settings in micrometres. */
export type SessionPlan = {
  readonly zones: readonly PlannedZone[]
  readonly addons: readonly AddonKind[]
}
export type PlannedZone = ZonePlace & { readonly indication: Indication; readonly depthUm: number }

export type IdentityCheck = {
  readonly identifiers: readonly Identifier[]
  /** Null where the chart holds no photo. */
  readonly photoMatches: boolean | null
  readonly checkedBy: StaffId
  readonly checkedAt: Instant
}

/** `lotRaw` as typed or scanned, `lotNormalised` for search; both null where the product carries no lot. */
export type ProductUse = {
  readonly productLotId: ProductLotId | null
  readonly name: string
  readonly lotRaw: string | null
  readonly lotNormalised: string | null
}

export type Anaesthetic = { readonly kind: 'NONE' } | AppliedAnaesthetic
export type AppliedAnaesthetic = ProductUse & {
  readonly kind: 'APPLIED'
  readonly agents: readonly AgentStrength[]
  readonly grams: number | null
  readonly area: readonly ZoneSide[]
  readonly onAt: Instant
  /** Null where nobody noted it: the record can still be submitted, and the physician sees the gap. */
  readonly offAt: Instant | null
  readonly isOccluded: boolean
  readonly isRemoved: boolean
  /** The order that prescribes it; null for an over-the-counter product. */
  readonly orderId: OrderId | null
}

export type CartridgeUse = {
  /** c1, c2 ...: the name zone rows use. */
  readonly label: string
  readonly cartridgeLotId: CartridgeLotId | null
  readonly lotRaw: string
  readonly lotNormalised: string
  readonly serial: string | null
  readonly expiresOn: CalendarDate
  readonly maxLengthUm: number | null
  readonly isSealIntact: boolean
  readonly openedAt: Instant
  readonly isDiscarded: boolean
  readonly isSharpsDisposed: boolean
}

export type Pass = {
  readonly no: number
  readonly directions: readonly PassDirection[]
  readonly endpointAfter: Endpoint
}

export type ZoneRow = ZonePlace & {
  readonly indication: Indication
  readonly depthUm: number
  readonly technique: Technique
  readonly passes: readonly Pass[]
  readonly cartridge: string
  readonly speedOverride: number | null
  readonly stopReason: StopReason
  readonly skippedSubareas: string | null
  readonly note: string | null
}

export type AddonUse = ProductUse & {
  readonly kind: AddonKind
  readonly orderId: OrderId | null
  readonly hasConsentClause: boolean
}

export type PostProducts =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'APPLIED'; readonly products: readonly PostProduct[] }
export const productMoments = ['DURING', 'AFTER'] as const
export type PostProduct = ProductUse & {
  readonly productClass: ProductClass
  readonly moment: (typeof productMoments)[number]
}

export type ImmediateReactions =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'SEEN'; readonly reactions: readonly ImmediateReaction[] }
export type ImmediateReaction = {
  readonly code: ImmediateReactionCode
  readonly grade: Grade
  /** Empty where it concerns the whole patient. */
  readonly zones: readonly ZoneSide[]
}

export type AftercareGiven = {
  readonly templateVersion: string
  readonly channel: AftercareChannel
  readonly language: string
  readonly hasTaughtBack: boolean
}

/** What was unusual and still in order: saved with its reason and read by the physician. */
export type SessionWarning = {
  readonly code: SessionWarningCode
  readonly path: string
  readonly reason: string | null
}
export const sessionWarningCodes = [
  'SESSION_NO_OVER_PLAN',
  'INTERVAL_SHORT',
  'PRODUCT_LOT_MISSING',
  'LIDOCAINE_STRONG',
  'ANAESTHETIC_OCCLUDED',
  'ANAESTHETIC_AREA_LARGE',
  'ANAESTHETIC_DWELL_SHORT',
  'ANAESTHETIC_DWELL_LONG',
  'ANAESTHETIC_OFF_TIME_MISSING',
  'DEVICE_CALIBRATION_OVERDUE',
  'DEVICE_TRAINING_MISSING',
  'DURATION_SHORT',
  'DURATION_LONG',
  'DEPTH_OVER_ZONE_SOFT_MAX',
  'DEPTH_HIGH_FOR_SKIN_TYPE',
  'PASS_OVER_THREE',
  'PASS_AFTER_PINPOINT',
  'FRANK_BLEEDING',
  'ENDPOINT_CONTRADICTS_STOP_REASON',
  'ACTIVE_PRODUCT',
  'HAEMOSTASIS_LONG',
  'NEXT_SESSION_TOO_SOON',
  'PHOTO_VIEW_MISSING',
] as const
export type SessionWarningCode = (typeof sessionWarningCodes)[number]

/** A treatment session as signed (clinical reference, section 5). Depths in micrometres; null is "there is none". */
export type SessionBody = {
  readonly schema: 'session/1'
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly sessionNo: number
  readonly clinic: string
  readonly room: string
  readonly practitioner: StaffSnapshot
  /** Null where a physician treated. */
  readonly supervisingPhysician: StaffSnapshot | null
  readonly supervisionModeActual: SupervisionMode | null
  readonly policyVersionId: VersionId | null
  readonly orderId: OrderId | null
  readonly consentId: ConsentId | null
  /** Forms of the kind ADDON that the add-ons given rest on. */
  readonly addonConsentIds: readonly ConsentId[]
  readonly screeningIds: readonly ScreeningId[]
  readonly clearanceIds: readonly ClearanceId[]
  readonly stillAgreesToday: boolean
  readonly identityCheck: IdentityCheck
  readonly fst: FitzpatrickType
  readonly plan: SessionPlan | null
  /** When the start gate passed; null in a record-only entry. */
  readonly gatePassedAt: Instant | null
  /** The session took place without having passed the gate. */
  readonly recordOnly: boolean
  readonly prePhotos: PhotoRecord
  readonly preObservations: { readonly seen: readonly PreObservation[]; readonly text: string | null }
  readonly skinPrep: ProductUse
  readonly anaesthetic: Anaesthetic
  readonly deviceId: DeviceId
  readonly device: DeviceSnapshot
  /** In the device's unit; null for a device without a motor. */
  readonly speed: number | null
  readonly cartridgeUses: readonly CartridgeUse[]
  readonly startedAt: Instant
  readonly endedAt: Instant
  /** Minutes the wall clock was ahead of UTC at the start. */
  readonly utcOffsetMin: number
  readonly zoneRows: readonly ZoneRow[]
  readonly addons: readonly AddonUse[]
  readonly postProducts: PostProducts
  readonly immediateReactions: ImmediateReactions
  readonly painMax: number
  readonly haemostasisMin: number | null
  readonly postPhotos: PhotoRecord | null
  readonly aftercareGiven: AftercareGiven
  readonly endedEarly: boolean
  readonly endedEarlyReason: EndedEarlyReason | null
  readonly deviations: readonly Deviation[]
  readonly warnings: readonly SessionWarning[]
  /** Leads to a staff incident, which is not part of the patient's chart. */
  readonly needlestickInjury: boolean
  readonly nextSessionSuggestedOn: CalendarDate | null
  readonly notes: string | null
  readonly lateEntry: boolean
}

/** Any part of `Full`, to any depth; null is a field somebody emptied. */
export type DraftOf<Full> = Full extends string | number | boolean | null
  ? Full
  : Full extends readonly (infer Element)[]
    ? readonly DraftOf<Element>[]
    : { readonly [Key in keyof Full]?: DraftOf<Full[Key]> | null | undefined }

/** What was meant for a zone before it was treated; shown beside the log, which says what was done. */
export type RowAim = {
  readonly technique: Technique | null
  /** Directions of each pass. */
  readonly passes: readonly (readonly PassDirection[])[]
  readonly endpoint: AimedEndpoint | null
  readonly speed: number | null
}
export const copySources = ['LAST_SESSION', 'PRESET'] as const
export type CopySource = (typeof copySources)[number]

/** Of a draft alone; a signed row has neither. */
type DraftRowMarks = {
  readonly aim?: RowAim | null | undefined
  /** Where depth and technique come from, until a person touches or confirms them. */
  readonly copiedFrom?: CopySource | null | undefined
}

/** What a person fills in. It always saves, however incomplete; verdicts are computed, never typed. */
export type SessionDraft = DraftOf<
  Omit<
    SessionBody,
    | 'schema'
    | 'lateEntry'
    | 'practitioner'
    | 'supervisingPhysician'
    | 'device'
    | 'policyVersionId'
    | 'gatePassedAt'
    | 'anaesthetic'
    | 'plan'
    | 'zoneRows'
    | 'postProducts'
    | 'immediateReactions'
    | 'deviations'
    | 'supervisionModeActual'
    | 'prePhotos'
    | 'postPhotos'
  >
> & {
  readonly schema: 'session/1'
  readonly prePhotos?: DraftPhotos | null | undefined
  readonly postPhotos?: DraftPhotos | null | undefined
  readonly practitionerId?: StaffId | null | undefined
  readonly supervisingPhysicianId?: StaffId | null | undefined
  readonly supervisionModeActual?: SupervisionMode | null | undefined
  readonly plan?: DraftPlan | null | undefined
  readonly zoneRows?: readonly DraftZoneRow[] | null | undefined
  readonly anaesthetic?: DraftAnaesthetic | null | undefined
  readonly postProducts?: DraftPostProducts | null | undefined
  readonly immediateReactions?: DraftReactions | null | undefined
  readonly deviations?: readonly DraftDeviation[] | null | undefined
}
export type DraftAnaesthetic = Omit<DraftOf<AppliedAnaesthetic>, 'kind'> & {
  readonly kind?: Anaesthetic['kind'] | null | undefined
}
export type DraftPostProducts = {
  readonly kind?: PostProducts['kind'] | null | undefined
  readonly products?: readonly DraftOf<PostProduct>[] | null | undefined
}
export type DraftReactions = {
  readonly kind?: ImmediateReactions['kind'] | null | undefined
  readonly reactions?: readonly DraftOf<ImmediateReaction>[] | null | undefined
}
/** The facts of a deviation are judged anew from the record, so a draft keeps only what a person adds to them. */
export type DraftDeviation = DraftOf<Omit<Deviation, 'detail'>> & { readonly text?: string | null | undefined }
export type DraftZoneRow = DraftOf<ZoneRow> & DraftRowMarks
export type DraftPlannedZone = DraftOf<PlannedZone> & DraftRowMarks
export type DraftPlan = {
  readonly zones?: readonly DraftPlannedZone[] | null | undefined
  readonly addons?: readonly AddonKind[] | null | undefined
}

export const emptyDraft: SessionDraft = { schema: 'session/1' }

/** The plan's complete rows and the paths of what is still open in it. */
export function readPlan(draft: DraftPlan | null | undefined): {
  readonly plan: SessionPlan
  readonly missing: readonly string[]
} {
  const zones: PlannedZone[] = []
  const missing: string[] = []
  for (const [index, row] of (draft?.zones ?? []).entries()) {
    const { zone, side, indication, depthUm } = row
    if (zone && side && indication && typeof depthUm === 'number') {
      zones.push({ zone, side, site: row.site ?? null, indication, depthUm })
      continue
    }
    for (const field of ['zone', 'side', 'indication', 'depthUm'] as const) {
      if (row[field] === null || row[field] === undefined) missing.push(`plan.zones[${index}].${field}`)
    }
  }
  if (zones.length === 0 && missing.length === 0) missing.push('plan.zones')
  return { plan: { zones, addons: draft?.addons ?? [] }, missing }
}
