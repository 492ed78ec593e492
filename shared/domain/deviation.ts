import type { RefusalFact } from '../kernel/result.ts'
import type { Side, ZoneCode } from './zones.ts'

/** One code per condition of the start gate (clinical reference, section 5), permanent: deviations keep them too. */
export const gateFailureCodes = [
  'IDENTITY_NOT_CHECKED',
  'SKIN_TYPE_MISSING',
  'NOTHING_PLANNED',
  'SCREENING_FULL_MISSING',
  'SCREENING_FULL_OUT_OF_DATE',
  'SCREENING_SHORT_NOT_TODAY',
  'SCREENING_STOP',
  'CLEARANCE_MISSING',
  'CLEARANCE_EXPIRED',
  'CLEARANCE_CONDITION_UNMET',
  'CLEARANCE_ZONE_EXCLUDED',
  'CONSENT_TEXT_MISSING',
  'CONSENT_MISSING',
  'CONSENT_NOT_VALID',
  'CONSENT_PROCEDURE_NOT_COVERED',
  'CONSENT_ZONE_NOT_COVERED',
  'CONSENT_INDICATION_NOT_COVERED',
  'STILL_AGREES_NOT_ASKED',
  'ORDER_MISSING',
  'ORDER_NOT_ACTIVE',
  'ORDER_NO_SESSIONS_LEFT',
  'ORDER_ZONE_NOT_COVERED',
  'ORDER_DEVICE_TYPE_DIFFERS',
  'COMPLICATION_BLOCKS_ZONE',
  'SERIES_NOT_OPEN',
  'INTERVAL_TOO_SHORT',
  'PREVIOUS_SESSION_UNSIGNED',
  'POLICY_MISSING',
  'PRACTITIONER_NOT_PERMITTED',
  'LICENCE_MISSING',
  'LICENCE_EXPIRED',
  'RF_NOT_PERMITTED',
  'ZONE_NOT_PERMITTED',
  'ZONE_NOT_PLANNABLE',
  'ZONE_SITE_MISSING',
  'ZONE_SIDE_IMPOSSIBLE',
  'ZONE_PLANNED_TWICE',
  'DEPTH_IMPOSSIBLE',
  'DEPTH_OVER_LIMIT',
  'SUPERVISOR_MISSING',
  'SUPERVISOR_NOT_QUALIFIED',
  'SUPERVISION_INSUFFICIENT',
  'DEVICE_MISSING',
  'DEVICE_QUARANTINED',
  'DEVICE_RETIRED',
  'DEVICE_TRAINING_MISSING',
  'CARTRIDGE_MISSING',
  'CARTRIDGE_EXPIRED',
  'CARTRIDGE_RECALLED',
  'CARTRIDGE_QUARANTINED',
  'CARTRIDGE_SEAL_BROKEN',
  'CARTRIDGE_ALREADY_USED',
  'CARTRIDGE_DETAILS_MISSING',
  'PRODUCT_ALLERGY',
  'ACTIVE_PRODUCT_BLOCKED',
  'ADDON_NOT_ORDERED',
  'ADDON_NOT_CONSENTED',
] as const
export type GateFailureCode = (typeof gateFailureCodes)[number]

/** A fact outside policy or order: every failed gate condition of a session that took place, and these. */
export const deviationCodes = [
  ...gateFailureCodes,
  'RECORD_ONLY',
  'CARTRIDGE_NOT_DISCARDED',
  'SHARPS_NOT_DISPOSED',
  'OTHER',
] as const
export type DeviationCode = (typeof deviationCodes)[number]

export const deviationOrigins = ['AUTO', 'MANUAL'] as const

export type Deviation = {
  /** `deviationKey` of it: the same deviation keeps its id through every version of the record. */
  readonly deviationId: string
  readonly code: DeviationCode
  readonly origin: (typeof deviationOrigins)[number]
  readonly zone: ZoneCode | null
  readonly side: Side | null
  readonly site: string | null
  /** What else tells two deviations of one code apart: a cartridge label, a question, a product. */
  readonly ref: string | null
  readonly detail: Readonly<Record<string, RefusalFact>>
  readonly reason: string
  readonly patientTold: boolean | null
}

type Keyed = {
  readonly code?: DeviationCode | null | undefined
  readonly zone?: ZoneCode | null | undefined
  readonly side?: Side | null | undefined
  readonly site?: string | null | undefined
  readonly ref?: string | null | undefined
}

/** By this a reason once written finds its deviation again when the record is judged anew. */
export function deviationKey(deviation: Keyed): string {
  return [deviation.code, deviation.zone, deviation.side, deviation.site, deviation.ref]
    .map((part) => part ?? '')
    .join('|')
}
