import type { GateFailureCode } from '../../../shared/domain/deviation.ts'
import type { SessionPart } from './field-names.ts'

const inZones: readonly GateFailureCode[] = [
  'NOTHING_PLANNED',
  'CLEARANCE_ZONE_EXCLUDED',
  'CONSENT_ZONE_NOT_COVERED',
  'ORDER_ZONE_NOT_COVERED',
  'ZONE_NOT_PERMITTED',
  'ZONE_NOT_PLANNABLE',
  'ZONE_SITE_MISSING',
  'ZONE_SIDE_IMPOSSIBLE',
  'ZONE_PLANNED_TWICE',
  'DEPTH_IMPOSSIBLE',
  'DEPTH_OVER_LIMIT',
]
const inProducts: readonly GateFailureCode[] = [
  'PRODUCT_ALLERGY',
  'ACTIVE_PRODUCT_BLOCKED',
  'ADDON_NOT_ORDERED',
  'ADDON_NOT_CONSENTED',
]

/** Fields of the part "before" that settle a failure, by their path. */
const fieldByCode: Readonly<Partial<Record<GateFailureCode, string>>> = {
  IDENTITY_NOT_CHECKED: 'identityCheck',
  SKIN_TYPE_MISSING: 'fst',
  STILL_AGREES_NOT_ASKED: 'stillAgreesToday',
  SUPERVISOR_MISSING: 'supervisingPhysicianId',
  SUPERVISOR_NOT_QUALIFIED: 'supervisingPhysicianId',
  SUPERVISION_INSUFFICIENT: 'supervisionModeActual',
  DEVICE_MISSING: 'deviceId',
  DEVICE_QUARANTINED: 'deviceId',
  DEVICE_RETIRED: 'deviceId',
  DEVICE_TRAINING_MISSING: 'deviceId',
  ORDER_DEVICE_TYPE_DIFFERS: 'deviceId',
  RF_NOT_PERMITTED: 'deviceId',
  CARTRIDGE_MISSING: 'cartridgeUses',
  CARTRIDGE_EXPIRED: 'cartridgeUses',
  CARTRIDGE_RECALLED: 'cartridgeUses',
  CARTRIDGE_QUARANTINED: 'cartridgeUses',
  CARTRIDGE_SEAL_BROKEN: 'cartridgeUses',
  CARTRIDGE_ALREADY_USED: 'cartridgeUses',
  CARTRIDGE_DETAILS_MISSING: 'cartridgeUses',
}

/** The part of the desk where a failure can be settled; `review` where it is settled elsewhere. */
export function failurePart(code: GateFailureCode): SessionPart {
  if (inZones.includes(code)) return 'zones'
  if (inProducts.includes(code)) return 'products'
  return fieldByCode[code] === undefined ? 'review' : 'before'
}

/** The field that settles it, where there is one on the desk. */
export function failureField(code: GateFailureCode): string | null {
  return fieldByCode[code] ?? null
}
