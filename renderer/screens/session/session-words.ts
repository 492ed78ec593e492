import type { LimitSource } from '../../../shared/domain/depth-limit.ts'
import type { Deviation } from '../../../shared/domain/deviation.ts'
import type { SpeedUnit } from '../../../shared/domain/device.ts'
import type { AnaestheticAgent, ProductClass } from '../../../shared/domain/lot.ts'
import type { SupervisionMode } from '../../../shared/domain/policy.ts'
import type {
  AftercareChannel,
  EndedEarlyReason,
  Endpoint,
  Identifier,
  ImmediateReactionCode,
  PreObservation,
  StopReason,
  Technique,
} from '../../../shared/domain/session.ts'
import type { PhotoAnswer } from '../../../shared/domain/session-photo-record.ts'
import type { SessionState } from '../../../shared/domain/session-state.ts'
import type { DeviationDisposition } from '../../../shared/domain/sign-off.ts'
import type { GlyphState } from '../../parts/StateGlyph.tsx'

export const endpointWords: Readonly<Record<Endpoint, string>> = {
  NONE: 'None',
  ERYTHEMA: 'Erythema',
  PINPOINT: 'Pinpoint',
  FRANK_BLEEDING: 'Frank bleeding',
}

export const techniqueWords: Readonly<Record<Technique, string>> = { GLIDE: 'Glide', STAMP: 'Stamp', MIXED: 'Mixed' }

export const stopReasonWords: Readonly<Record<StopReason, string>> = {
  ENDPOINT: 'Endpoint reached',
  MAX_PASSES: 'All passes done',
  PAIN: 'Pain',
  REACTION: 'Reaction',
  REQUEST: 'Patient asked',
}

export const endedEarlyWords: Readonly<Record<EndedEarlyReason, string>> = {
  PAIN: 'Pain',
  REACTION: 'Reaction',
  PATIENT_REQUEST: 'Patient asked',
  VASOVAGAL: 'Faintness',
  EQUIPMENT: 'Equipment',
  OTHER: 'Other',
}

export const identifierWords: Readonly<Record<Identifier, string>> = {
  FULL_NAME: 'Full name',
  BIRTH_DATE: 'Birth date',
  CHART_NUMBER: 'Chart number',
  PHONE: 'Phone',
  ADDRESS: 'Address',
  ID_DOCUMENT: 'Identity document',
}

export const photoWords: Readonly<Record<PhotoAnswer, string>> = {
  TAKEN: 'Taken here',
  DECLINED: 'Declined',
  KEPT_ELSEWHERE: 'Kept elsewhere',
}

export const observationWords: Readonly<Record<PreObservation, string>> = {
  CLEAR: 'Nothing to remark',
  ERYTHEMA: 'Redness',
  DRYNESS: 'Dryness',
  INFLAMED_LESIONS: 'Inflamed lesions',
  TAN: 'Tan',
  PIGMENT_CHANGE: 'Pigment change',
  TELANGIECTASIA: 'Telangiectasia',
  SCAR: 'Scar',
  OTHER: 'Other',
}

export const reactionWords: Readonly<Record<ImmediateReactionCode, string>> = {
  ERYTHEMA: 'Redness',
  OEDEMA: 'Swelling',
  PAIN_BURNING: 'Pain or burning',
  PETECHIAE: 'Pinpoint bleeding',
  BRUISING: 'Bruising',
  BLEEDING_PROLONGED: 'Bleeding over 10 min',
  IRRITANT_DERMATITIS: 'Irritation',
  URTICARIA: 'Hives',
  ANAPHYLAXIS: 'Anaphylaxis',
  ANAESTHETIC_TOXICITY: 'Anaesthetic toxicity',
  VASOVAGAL: 'Faint',
  OCULAR_INJURY: 'Eye injury',
  NERVE_INJURY: 'Nerve injury',
  BLOODBORNE_EXPOSURE: 'Reused or contaminated needle',
  DEVICE_MALFUNCTION: 'Device malfunction',
}

export const gradeWords = {
  1: '1 mild',
  2: '2 moderate',
  3: '3 severe',
  4: '4 life-threatening',
  5: '5 death',
} as const

export const supervisionWords: Readonly<Record<SupervisionMode, string>> = {
  ON_SITE: 'On site',
  IMMEDIATE: 'Within 15 min',
  AVAILABLE: 'Phone or video',
  NONE: 'None',
}

export const agentWords: Readonly<Record<AnaestheticAgent, string>> = {
  LIDOCAINE: 'Lidocaine',
  TETRACAINE: 'Tetracaine',
  PRILOCAINE: 'Prilocaine',
  BENZOCAINE: 'Benzocaine',
  OTHER: 'Other',
}

export const productClassWords: Readonly<Record<ProductClass, string>> = {
  RESTORATIVE: 'Restorative',
  NEUTRAL: 'Neutral',
  ACTIVE_AVOID: 'Active',
}

export const channelWords: Readonly<Record<AftercareChannel, string>> = { PRINT: 'Printed', EMAIL: 'By e-mail' }

export const speedUnitWords: Readonly<Record<SpeedUnit, string>> = { HZ: 'Hz', RPM: 'rpm', LEVEL: 'level' }

export const limitSourceWords: Readonly<Record<LimitSource, string>> = {
  CLINIC_CEILING: 'clinic ceiling',
  DEVICE: 'device',
  CARTRIDGE: 'cartridge',
  POLICY: 'policy',
  ORDER: 'treatment order',
  CLEARANCE: 'clearance',
  CONSENT: 'consent',
}

export const dispositionWords: Readonly<Record<DeviationDisposition, string>> = {
  ACCEPTED: 'Accepted',
  COUNSELLED: 'Counselled',
  INCIDENT: 'Incident',
  REPORTED: 'Reported',
}

export const stateWords: Readonly<Record<SessionState, { readonly words: string; readonly glyph: GlyphState }>> = {
  DRAFT: { words: 'Draft', glyph: 'draft' },
  SUBMITTED: { words: 'Waits for sign-off', glyph: 'submitted' },
  RETURNED: { words: 'Returned', glyph: 'returned' },
  SIGNED: { words: 'Signed', glyph: 'signed' },
  VOIDED: { words: 'Entered in error', glyph: 'enteredInError' },
  CANCELLED: { words: 'Discarded', glyph: 'notNeeded' },
}

/** Meanings that a signature row of a session can have. */
export const meaningWords: Readonly<Record<string, string>> = {
  AUTHOR: 'Author',
  AUTHOR_PHYSICIAN: 'Author, physician: signed alone',
  REVIEWED_AND_APPROVED: 'Reviewed and approved',
  REVIEWED_WITH_DEVIATIONS: 'Reviewed with deviations',
}

/** Why a version exists. */
export const versionWords: Readonly<Record<string, string>> = {
  BEGUN: 'Begun',
  STARTED: 'Started',
  RECORD_ONLY: 'Recorded without the gate',
  DISCARDED: 'Discarded',
  VOIDED: 'Marked entered in error',
  SUBMITTED: 'Submitted',
  CORRECTED: 'Corrected',
}

/** `deeper than ordered`: what the deviation card and its tag say. */
export function deviationTitle({ code, detail }: Pick<Deviation, 'code' | 'detail'>): string | null {
  if (code === 'RECORD_ONLY') return 'took place without the start gate'
  if (code === 'CARTRIDGE_NOT_DISCARDED') return 'cartridge not discarded'
  if (code === 'SHARPS_NOT_DISPOSED') return 'sharps not in the sharps container'
  if (code === 'OTHER') return String(detail['text'] ?? '') || 'something else'
  if (code !== 'DEPTH_OVER_LIMIT') return null
  const by: Readonly<Record<string, string>> = {
    ORDER: 'deeper than ordered',
    POLICY: 'deeper than the policy allows',
    CLEARANCE: 'deeper than cleared',
    CONSENT: 'deeper than consented',
    CARTRIDGE: 'deeper than the cartridge',
    CLINIC_CEILING: 'deeper than the clinic’s ceiling',
  }
  return by[String(detail['decidedBy'])] ?? 'deeper than the limit'
}
