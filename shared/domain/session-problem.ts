import type { RefusalFact } from '../kernel/result.ts'
import type { DepthRefusal } from './depth-limit.ts'
import type { SessionWarningCode } from './session.ts'

export const sessionHardCodes = [
  'SESSION_NO_TAKEN',
  'ANAESTHETIC_OFF_BEFORE_ON',
  'SPEED_OUTSIDE_DEVICE_RANGE',
  'END_NOT_AFTER_START',
  'TIME_IN_FUTURE',
  'SESSION_TOO_LONG',
  'DUPLICATE_ZONE_ROW',
  'SIDE_NOT_OF_ZONE',
  'CARTRIDGE_USE_UNKNOWN',
  'CARTRIDGE_LABEL_TWICE',
  'PAIN_OUT_OF_RANGE',
  'ENDED_EARLY_REASON_MISSING',
  'DEVIATION_REASON_MISSING',
  'WARNING_REASON_MISSING',
  'PASS_NO_IMPOSSIBLE',
  'PHOTO_NOT_OF_PATIENT',
  'PHOTO_REMOVED',
  'PHOTO_NOT_OF_DAY',
  'PHOTO_PERMISSION_WITHDRAWN',
] as const
export type SessionHardCode = (typeof sessionHardCodes)[number] | DepthRefusal

/** `path` names the field, e.g. `zoneRows[2].depthUm`. */
export type Problem<Code extends string> = {
  readonly code: Code
  readonly path: string
  readonly facts: Readonly<Record<string, RefusalFact>>
}
export type HardProblem = Problem<SessionHardCode>
/** Saved with its reason. `needsReason` is false where the gap itself says it. */
export type SoftProblem = Problem<SessionWarningCode> & {
  readonly reason: string | null
  readonly needsReason: boolean
}

/** What one part of the record has to say; the parts are put together by `checkSession`. */
export type Findings = { readonly hard: readonly HardProblem[]; readonly soft: readonly Problem<SessionWarningCode>[] }
