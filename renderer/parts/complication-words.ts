import type {
  Causality,
  ComplicationChannel,
  ComplicationOutcome,
  RedFlag,
  RedFlagSign,
  ReporterKind,
  ReportPrompt,
  SeriesDecision,
} from '../../shared/domain/complication.ts'
import type { ClusterKind } from '../../shared/domain/complication-cluster.ts'
import type { ComplicationCode, Grade } from '../../shared/domain/complication-codes.ts'
import type { ComplicationState } from '../../shared/domain/complication-state.ts'
import type { FollowUpKind, FollowUpResult } from '../../shared/domain/follow-up.ts'
import type { GlyphState, Tone } from './StateGlyph.tsx'

/** Plain names of the codes: clinical reference, section 7. */
export const complicationWords: Readonly<Record<ComplicationCode, string>> = {
  ERYTHEMA: 'Redness',
  PERSISTENT_ERYTHEMA: 'Redness that stays',
  OEDEMA: 'Swelling',
  PAIN_BURNING: 'Pain or burning',
  PETECHIAE: 'Pinpoint bleeding',
  BRUISING: 'Bruising',
  BLEEDING_PROLONGED: 'Bleeding over 10 minutes',
  DRYNESS_PEELING: 'Dryness, peeling',
  PRURITUS: 'Itch',
  CRUSTING: 'Crusts',
  LYMPHADENOPATHY: 'Tender lymph nodes',
  IRRITANT_DERMATITIS: 'Irritated skin',
  ALLERGIC_CONTACT: 'Contact allergy',
  ACNE_FLARE: 'Acne breakout',
  FOLLICULITIS: 'Inflamed hair follicles',
  MILIA: 'Milia',
  INFECTION_BACTERIAL: 'Bacterial infection',
  HSV_REACTIVATION: 'Cold sores',
  INFECTION_FUNGAL: 'Fungal infection',
  INFECTION_MYCOBACT: 'Mycobacterial infection',
  PIH: 'Darkening after inflammation (PIH)',
  HYPOPIGMENTATION: 'Lightening of the skin',
  SCAR_TRAM_TRACK: 'Scar, tram tracks',
  SCAR_HYPERTROPHIC: 'Scar, raised',
  SCAR_KELOID: 'Scar, keloid',
  GRANULOMA_ALLERGIC: 'Granuloma',
  URTICARIA: 'Hives',
  ANAPHYLAXIS: 'Anaphylaxis',
  ANAESTHETIC_TOXICITY: 'Anaesthetic toxicity',
  VASOVAGAL: 'Faint',
  OCULAR_INJURY: 'Eye injury',
  NERVE_INJURY: 'Nerve injury',
  BURN_RF: 'Burn (radiofrequency)',
  FAT_LOSS_RF: 'Fat loss (radiofrequency)',
  BLOODBORNE_EXPOSURE: 'Reused or contaminated needle',
  DEVICE_MALFUNCTION: 'Device failure',
  DISSATISFACTION: 'Unhappy with the result',
}

export function complicationName(code: ComplicationCode | null): string {
  return code === null ? 'Symptoms, not named yet' : complicationWords[code]
}

/** `Cold sores, grade 2`. */
export function complicationTitle({
  code,
  grade,
}: {
  readonly code: ComplicationCode | null
  readonly grade: Grade | null
}) {
  return grade === null ? complicationName(code) : `${complicationName(code)}, grade ${grade}`
}

export const gradeWords: Readonly<Record<Grade, string>> = {
  1: '1 mild',
  2: '2 moderate',
  3: '3 severe',
  4: '4 life-threatening',
  5: '5 death',
}

export const complicationStateLooks: Readonly<
  Record<ComplicationState, { readonly words: string; readonly state: GlyphState; readonly tone?: Tone }>
> = {
  OPEN: { words: 'Open', state: 'openComplication' },
  UNDER_REVIEW: { words: 'Under review', state: 'openComplication' },
  MONITORING: { words: 'Monitoring', state: 'openComplication' },
  CLOSED: { words: 'Closed', state: 'signed' },
}

/** As a person on the phone says it. */
export const signWords: Readonly<Record<RedFlagSign, string>> = {
  FEVER: 'Fever',
  PUS: 'Pus',
  SPREADING_ERYTHEMA: 'Redness that spreads',
  VESICLES: 'Small grouped blisters',
  PAIN_RISING_AFTER_48H: 'Pain that gets worse after two days',
  VISION_CHANGE: 'Sees worse, or pain in the eye',
  AIRWAY_SWELLING: 'Trouble breathing or swallowing',
  FACIAL_SWELLING: 'Swollen face or lips',
  NECROSIS_OR_BLANCHING: 'Skin that turns white or black',
  NEW_NODULES: 'New lumps',
  NEW_SCAR: 'New scar',
}

export const redFlagWords: Readonly<Record<RedFlag, string>> = {
  ...signWords,
  MARKED_CODE: 'What it is makes it a red flag',
  GRADE_3_OR_MORE: 'Grade 3 or more',
}

export const channelWords: Readonly<Record<ComplicationChannel, string>> = {
  PHONE: 'By phone',
  IN_PERSON: 'In person',
  MESSAGE: 'By message',
  EMAIL: 'By e-mail',
  AT_SESSION: 'At the session',
  OTHER: 'Otherwise',
}

export const reporterWords: Readonly<Record<ReporterKind, string>> = {
  PATIENT: 'Patient',
  GUARDIAN: 'Guardian',
  STAFF: 'Staff',
  OTHER_CLINICIAN: 'Other clinician',
  OTHER: 'Somebody else',
}

export const noticeWords = {
  PHONE: 'By phone',
  IN_PERSON: 'In person',
  MESSAGE: 'By message',
  IN_APP: 'In the program',
} as const

export const outcomeWords: Readonly<Record<ComplicationOutcome, string>> = {
  ONGOING: 'Ongoing',
  RECOVERING: 'Recovering',
  RESOLVED: 'Gone',
  RESOLVED_WITH_SEQUELAE: 'Over, something remains',
  FATAL: 'Fatal',
  UNKNOWN: 'Unknown, lost to follow-up',
}

export const causalityWords: Readonly<Record<Causality, string>> = {
  UNRELATED: 'Unrelated',
  UNLIKELY: 'Unlikely',
  POSSIBLE: 'Possible',
  PROBABLE: 'Probable',
  DEFINITE: 'Definite',
}

export const seriesDecisionWords: Readonly<Record<SeriesDecision, string>> = {
  CONTINUE: 'Continue',
  MODIFY: 'Modify',
  HOLD: 'Hold',
  STOP: 'Stop',
}

export const reportPromptWords: Readonly<Record<ReportPrompt, string>> = {
  GRADE_3_OR_MORE: 'grade 3 or more',
  PERMANENT_CHANGE: 'a permanent change',
  INTERVENTION_NEEDED: 'it needed an intervention',
  DEVICE_MALFUNCTION: 'a device failed',
  STERILITY_DOUBT: 'sterility is in doubt',
  GRANULOMA: 'granuloma',
  ANAESTHETIC_TOXICITY: 'anaesthetic toxicity',
  LOT_CLUSTER: 'several reports share a lot',
  LOT_RECALLED: 'what was used is recalled',
  RF_INJURY: 'radiofrequency injury',
}

export const followUpResultWords: Readonly<Record<FollowUpResult, string>> = {
  REACHED: 'Reached',
  MESSAGE_LEFT: 'Message left',
  NOT_REACHED: 'Not reached',
  NOT_NEEDED: 'Not needed',
}

type Task = { readonly kind: FollowUpKind; readonly reactionCode: ComplicationCode | null }

const clusterKindWords: Readonly<Record<ClusterKind, string>> = {
  LOT: 'lot',
  DEVICE: 'device',
  OPERATOR: 'practitioner',
  ROOM: 'room',
}

/** `lot MN24-0917B, practitioner Lena Brook`. */
export function sharedCauseText(causes: readonly { readonly kind: ClusterKind; readonly label: string }[]): string {
  return causes.map(({ kind, label }) => `${clusterKindWords[kind]} ${label}`).join(', ')
}

/** What is to be done, in words; a reaction is called by its plain name. */
export function followUpTitle({ kind, reactionCode }: Task): string {
  switch (kind) {
    case 'DAY_1_MESSAGE':
      return 'First message after the session'
    case 'DAY_3_CHECK':
      return 'Day-3 check'
    case 'DAY_14_CHECK':
      return 'Day-14 check'
    case 'COMPLICATION_CHECK':
      return 'Complication check'
    case 'REACTION_CHECK':
      return `Is it gone: ${complicationName(reactionCode).toLowerCase()}`
    case 'CALL':
      return 'Call'
    case 'TAKE_DOWN':
      return 'Take published photographs down'
    case 'AMENDMENT_REQUEST':
      return 'Request to correct the record'
    case 'OUTCOME_REVIEW':
      return 'Outcome review'
    case 'MAINTENANCE':
      return 'Maintenance session'
  }
}
