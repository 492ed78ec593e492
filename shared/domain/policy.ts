import type { CalendarDate } from '../kernel/time.ts'
import { addMonths } from '../kernel/time.ts'
import type { DeviceType } from './device.ts'
import { isRf } from './device.ts'
import type { SignOffRule } from './sign-off-scope.ts'
import type { LicenceLevel, PhysicianSignature, TreatingRole } from './staff.ts'
import type { DeviceTrainingRule } from './staff-practice.ts'
import type { DepthRange, Indication, ZoneCode, ZoneDepths } from './zones.ts'
import { indicationDepths, zoneCodes, zoneFacts } from './zones.ts'

/** Strongest first. IMMEDIATE: same building or within 15 minutes; AVAILABLE: phone or video. */
export const supervisionModes = ['ON_SITE', 'IMMEDIATE', 'AVAILABLE', 'NONE'] as const
export type SupervisionMode = (typeof supervisionModes)[number]

export const examinerKinds = ['PHYSICIAN', 'NP', 'PA'] as const
export type ExaminerKind = (typeof examinerKinds)[number]
export const examModes = ['IN_PERSON', 'TELEHEALTH'] as const
export type ExamMode = (typeof examModes)[number]

export type PermittedRole = {
  readonly role: TreatingRole
  /** ANY stands for every level that has no row of its own. */
  readonly licenceLevel: LicenceLevel | 'ANY'
  readonly mayNeedle: boolean
  readonly maxDepthUm: number
  readonly maxDepthUnsupervisedUm: number
  readonly zonesExcluded: readonly ZoneCode[]
  readonly rfAllowed: boolean
}

/** The mode for every depth above `aboveUm`, up to where the next band begins. */
export type SupervisionBand = { readonly aboveUm: number; readonly mode: SupervisionMode }

/** Clinical reference, section 8, policy table; effective-dated, and in force only with a physician's approval. */
export type PolicyBody = SignOffRule & {
  readonly schema: 'policy/1'
  readonly effectiveFrom: CalendarDate
  /** Null in a draft. */
  readonly approvedBy: PhysicianSignature | null
  readonly permittedRoles: readonly PermittedRole[]
  readonly supervisionBands: readonly SupervisionBand[]
  readonly gfeRequired: boolean
  readonly gfeBy: readonly ExaminerKind[]
  readonly gfeModes: readonly ExamMode[]
  readonly gfeValidMonths: number
  readonly orderValidMonths: number
  readonly orderMaxSessions: number
  readonly authorCompleteHours: number
  readonly countersignDueHours: number
  readonly escalateHours: number
  readonly nextSessionBlockedIfUnsigned: boolean
  readonly maxSuperviseesPerPhysician: number
  readonly protocolReviewMonths: number
  readonly minAgeYears: number
  readonly isGuardianRequired: boolean
  readonly isotretinoinWaitMonths: number
  readonly sessionIntervalMinDays: number
  readonly ceilingDepthUm: number
  readonly orbitalEnabled: boolean
  readonly topicalActivesBlocked: boolean
  readonly settings: ClinicSettings
}

/** Values that the reference marks as clinical convention (CC): defaults the clinic confirms, never constants in a rule. */
export type ClinicSettings = {
  /** Depth table by zone and by indication (section 4). */
  readonly zoneDepths: Readonly<Record<ZoneCode, ZoneDepths>>
  readonly indicationDepths: Readonly<Record<Indication, DepthRange | null>>
  /** Above this a skin of type IV to VI gets a warning (section 4). */
  readonly pigmentProneWarnAboveUm: number
  /** Section 2, row 11. */
  readonly needlingDefaultMin: number
  readonly needlingWarnUnderMin: number
  readonly needlingWarnOverMin: number
  readonly bookingMin: number
  /** Section 5. */
  readonly dwellWarnUnderMin: number
  readonly dwellWarnOverMin: number
  readonly lidocaineOtcMaxPercent: number
  readonly haemostasisWarnOverMin: number
  readonly lateEntryHours: number
  /** Section 2, row 24. */
  readonly activesAvoidHours: number
  /** Section 3; the isotretinoin wait and the minimum age stand in the policy itself. */
  readonly screening: ScreeningWaits
  readonly fullScreeningValidMonths: number
  readonly clearanceValidDays: number
  /** Section 6. */
  readonly consentValidMonths: number
  readonly majorityAgeYears: number
  readonly urgentPhone: string
  /** Section 7. */
  readonly redFlagAcknowledgeMin: number
  readonly followUpDays: readonly number[]
  readonly pihFollowUpDays: readonly number[]
  readonly isDeviceUserFacility: boolean
  readonly lotClusterDays: number
  /** Section 9; the soft bound is `sessionIntervalMinDays` of the policy. */
  readonly seriesDefaultSessions: number
  readonly seriesIntervalMonths: number
  readonly intervalClearUnderDays: number
  readonly overdueAfterDays: number
  readonly rebaselineAfterDays: number
  readonly outcomeReviewMonths: number
  readonly outcomeReviewWindowDays: number
  readonly maintenanceMonths: number
  /** Months from one outcome review to the next in maintenance. */
  readonly maintenanceReviewMonths: number
  /** Section 10. */
  readonly idleLockMin: number
  readonly retentionYears: number
  /** Section 8, staff record. */
  readonly licenceWarnDays: number
  readonly deviceTrainingRule: DeviceTrainingRule
}

/** Waits and limits of the questionnaire (clinical reference, section 3). */
export type ScreeningWaits = {
  /** Youngest age of the devices' authorised use. */
  readonly authorisedFromAge: number
  readonly topicalWaitDays: number
  readonly bruisingAgentWaitDays: number
  readonly chemotherapyWaitMonths: number
  readonly radiotherapyWaitMonths: number
  readonly herpesWaitDays: number
  readonly tanWaitDays: number
  /** Tenths of a percent. */
  readonly hbA1cLimitTenths: number
  readonly fillerWaitDays: number
  readonly botulinumWaitDays: number
  readonly nonAblativeWaitDays: number
  readonly ablativeWaitDays: number
  readonly superficialPeelWaitDays: number
  readonly hairRemovalWaitDays: number
  readonly deepPeelWaitDays: number
  readonly surgeryWaitMonths: number
  readonly homeNeedlingWaitDays: number
  readonly eventWindowDays: number
}

/** What a clinic starts from: nobody but a physician may needle until a physician has approved otherwise. */
export function shippedPolicy(effectiveFrom: CalendarDate): PolicyBody {
  return {
    schema: 'policy/1',
    effectiveFrom,
    approvedBy: null,
    permittedRoles: [
      {
        role: 'aesthetician',
        licenceLevel: 'ANY',
        mayNeedle: false,
        maxDepthUm: 500,
        maxDepthUnsupervisedUm: 0,
        zonesExcluded: [],
        rfAllowed: false,
      },
      {
        role: 'physician',
        licenceLevel: 'ANY',
        mayNeedle: true,
        maxDepthUm: 3500,
        maxDepthUnsupervisedUm: 3500,
        zonesExcluded: [],
        rfAllowed: false,
      },
    ],
    supervisionBands: [
      { aboveUm: 0, mode: 'AVAILABLE' },
      { aboveUm: 500, mode: 'ON_SITE' },
    ],
    gfeRequired: true,
    gfeBy: ['PHYSICIAN'],
    gfeModes: ['IN_PERSON'],
    gfeValidMonths: 12,
    orderValidMonths: 12,
    orderMaxSessions: 6,
    signOffRequiredFor: 'ALL',
    signOffAboveUm: 500,
    signOffSamplePercent: 10,
    authorCompleteHours: 24,
    countersignDueHours: 72,
    escalateHours: 168,
    nextSessionBlockedIfUnsigned: true,
    maxSuperviseesPerPhysician: 4,
    protocolReviewMonths: 12,
    minAgeYears: 18,
    isGuardianRequired: true,
    isotretinoinWaitMonths: 6,
    sessionIntervalMinDays: 28,
    ceilingDepthUm: 3500,
    orbitalEnabled: false,
    topicalActivesBlocked: true,
    settings: shippedSettings,
  }
}

export const shippedSettings: ClinicSettings = {
  zoneDepths: shippedZoneDepths(),
  indicationDepths,
  pigmentProneWarnAboveUm: 1500,
  needlingDefaultMin: 30,
  needlingWarnUnderMin: 10,
  needlingWarnOverMin: 90,
  bookingMin: 75,
  dwellWarnUnderMin: 15,
  dwellWarnOverMin: 60,
  lidocaineOtcMaxPercent: 4,
  haemostasisWarnOverMin: 10,
  lateEntryHours: 24,
  activesAvoidHours: 72,
  screening: {
    authorisedFromAge: 22,
    topicalWaitDays: 5,
    bruisingAgentWaitDays: 7,
    chemotherapyWaitMonths: 6,
    radiotherapyWaitMonths: 12,
    herpesWaitDays: 14,
    tanWaitDays: 14,
    hbA1cLimitTenths: 80,
    fillerWaitDays: 28,
    botulinumWaitDays: 14,
    nonAblativeWaitDays: 28,
    ablativeWaitDays: 90,
    superficialPeelWaitDays: 14,
    hairRemovalWaitDays: 7,
    deepPeelWaitDays: 90,
    surgeryWaitMonths: 6,
    homeNeedlingWaitDays: 28,
    eventWindowDays: 7,
  },
  fullScreeningValidMonths: 12,
  clearanceValidDays: 90,
  consentValidMonths: 12,
  majorityAgeYears: 18,
  urgentPhone: '',
  redFlagAcknowledgeMin: 30,
  followUpDays: [1, 3, 14],
  pihFollowUpDays: [14, 28, 56, 90, 180],
  isDeviceUserFacility: false,
  lotClusterDays: 90,
  seriesDefaultSessions: 4,
  seriesIntervalMonths: 1,
  intervalClearUnderDays: 14,
  overdueAfterDays: 45,
  rebaselineAfterDays: 90,
  outcomeReviewMonths: 6,
  outcomeReviewWindowDays: 14,
  maintenanceMonths: 6,
  maintenanceReviewMonths: 12,
  idleLockMin: 10,
  retentionYears: 10,
  licenceWarnDays: 60,
  deviceTrainingRule: 'WARN',
}

/**
 * The approved policy with the latest start on or before `on`; of two with the same start the later approved.
 * Null where no physician has approved one: then no aesthetician session starts.
 */
export function policyInForce<Version extends { readonly body: PolicyBody }>(
  versions: readonly Version[],
  on: CalendarDate,
): Version | null {
  let inForce: Version | null = null
  for (const version of versions) {
    if (version.body.approvedBy === null || version.body.effectiveFrom > on) continue
    if (inForce === null || isLater(version.body, inForce.body)) inForce = version
  }
  return inForce
}

/** The day on which the physician looks at the protocol again (section 8, `protocol_review_months`). */
export function policyReviewOn(policy: Pick<PolicyBody, 'effectiveFrom' | 'protocolReviewMonths'>): CalendarDate {
  return addMonths(policy.effectiveFrom, policy.protocolReviewMonths)
}

export type DepthPolicy = {
  readonly mayNeedle: boolean
  readonly rfAllowed: boolean
  readonly isZoneExcluded: boolean
  /** 0 where the person may not needle this zone at all. */
  readonly limitUm: number
}

/** What the policy allows one person in one zone under the supervision given. No row for the role: not permitted. */
export function depthPolicyFor(
  policy: Pick<PolicyBody, 'permittedRoles'>,
  by: {
    readonly role: TreatingRole
    readonly licenceLevel: LicenceLevel | null
    readonly supervisionMode: SupervisionMode
    readonly zone: ZoneCode
  },
): DepthPolicy {
  const rows = policy.permittedRoles.filter((row) => row.role === by.role)
  const row =
    rows.find((candidate) => candidate.licenceLevel === by.licenceLevel) ??
    rows.find((candidate) => candidate.licenceLevel === 'ANY')
  if (!row?.mayNeedle) return { mayNeedle: false, rfAllowed: false, isZoneExcluded: false, limitUm: 0 }
  const isZoneExcluded = row.zonesExcluded.includes(by.zone)
  const maxUm = by.supervisionMode === 'NONE' ? row.maxDepthUnsupervisedUm : row.maxDepthUm
  return { mayNeedle: true, rfAllowed: row.rfAllowed, isZoneExcluded, limitUm: isZoneExcluded ? 0 : maxUm }
}

export function mayUseDeviceType(row: Pick<PermittedRole, 'rfAllowed'>, type: DeviceType): boolean {
  return !isRf(type) || row.rfAllowed
}

/** The mode that the depth band asks for. Only for a practitioner who is not a physician: a physician needs none. */
export function supervisionRequired(policy: Pick<PolicyBody, 'supervisionBands'>, depthUm: number): SupervisionMode {
  let required: SupervisionBand | null = null
  for (const band of policy.supervisionBands) {
    if (depthUm > band.aboveUm && (required === null || band.aboveUm > required.aboveUm)) required = band
  }
  // A table that begins above this depth says nothing about it: then the strongest mode stands.
  return required?.mode ?? 'ON_SITE'
}

export function isSupervisionSufficient(actual: SupervisionMode, required: SupervisionMode): boolean {
  return supervisionModes.indexOf(actual) <= supervisionModes.indexOf(required)
}

export const policyProblems = [
  'CEILING_IMPOSSIBLE',
  'ROLE_TWICE',
  'DEPTH_OVER_CEILING',
  'UNSUPERVISED_OVER_SUPERVISED',
  'BANDS_LEAVE_A_GAP',
  'BAND_TWICE',
  'EXAMINER_MISSING',
  'DEADLINES_OUT_OF_ORDER',
  'SIGN_OFF_DEPTH_OVER_CEILING',
] as const
export type PolicyProblem = { readonly code: (typeof policyProblems)[number]; readonly path: string }

/** What stands against approving a policy draft; paths name its fields. */
export function checkPolicy(policy: PolicyBody): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = []
  if (policy.ceilingDepthUm <= 0 || policy.ceilingDepthUm > 3500) {
    problems.push({ code: 'CEILING_IMPOSSIBLE', path: 'ceilingDepthUm' })
  }
  const rowKeys = policy.permittedRoles.map((row) => `${row.role}|${row.licenceLevel}`)
  for (const [index, row] of policy.permittedRoles.entries()) {
    const path = `permittedRoles[${index}]`
    if (rowKeys.indexOf(`${row.role}|${row.licenceLevel}`) !== index) problems.push({ code: 'ROLE_TWICE', path })
    if (row.maxDepthUm > policy.ceilingDepthUm)
      problems.push({ code: 'DEPTH_OVER_CEILING', path: `${path}.maxDepthUm` })
    if (row.maxDepthUnsupervisedUm > row.maxDepthUm) {
      problems.push({ code: 'UNSUPERVISED_OVER_SUPERVISED', path: `${path}.maxDepthUnsupervisedUm` })
    }
  }
  const bandStarts = policy.supervisionBands.map((band) => band.aboveUm)
  if (!bandStarts.includes(0)) problems.push({ code: 'BANDS_LEAVE_A_GAP', path: 'supervisionBands' })
  if (new Set(bandStarts).size !== bandStarts.length) problems.push({ code: 'BAND_TWICE', path: 'supervisionBands' })
  if (policy.gfeRequired && policy.gfeBy.length === 0) problems.push({ code: 'EXAMINER_MISSING', path: 'gfeBy' })
  if (policy.gfeRequired && policy.gfeModes.length === 0) problems.push({ code: 'EXAMINER_MISSING', path: 'gfeModes' })
  if (policy.authorCompleteHours > policy.countersignDueHours || policy.countersignDueHours > policy.escalateHours) {
    problems.push({ code: 'DEADLINES_OUT_OF_ORDER', path: 'countersignDueHours' })
  }
  // No session could be deeper, so that the choice would countersign none by its depth.
  if (policy.signOffRequiredFor === 'ABOVE_DEPTH' && policy.signOffAboveUm >= policy.ceilingDepthUm) {
    problems.push({ code: 'SIGN_OFF_DEPTH_OVER_CEILING', path: 'signOffAboveUm' })
  }
  return problems
}

function isLater(candidate: PolicyBody, other: PolicyBody): boolean {
  if (candidate.effectiveFrom !== other.effectiveFrom) return candidate.effectiveFrom > other.effectiveFrom
  return (candidate.approvedBy?.signedAt ?? '') > (other.approvedBy?.signedAt ?? '')
}

function shippedZoneDepths(): Readonly<Record<ZoneCode, ZoneDepths>> {
  const pairs = zoneCodes.map((zone): readonly [ZoneCode, ZoneDepths] => {
    const { usual, scar, softMaxUm } = zoneFacts(zone)
    return [zone, { usual, scar, softMaxUm }]
  })
  // Every code of the closed list is a key, which fromEntries cannot say in its type.
  return Object.fromEntries(pairs) as Record<ZoneCode, ZoneDepths>
}
