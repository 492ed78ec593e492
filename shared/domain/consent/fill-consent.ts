import { accept, type Result, refuse } from '../../kernel/result.ts'
import { ageOn, type CalendarDate, type Instant } from '../../kernel/time.ts'
import type { SupervisionMode } from '../policy.ts'
import type { ConsentBody, PrintedStaff } from './consent.ts'
import { formWordsFor } from './form-words.ts'
import { type OffLabelItem, offLabelItems, usualAuthorisedUse } from './off-label.ts'
import type { ConsentPreparation } from './prepare-consent.ts'
import { type ConsentValues, type PhotoPermissions, renderConsent } from './render-consent.ts'
import type { ConsentSectionKey, ConsentTemplate } from './template.ts'

/** What fills a form beside its preparation, as it stands on the day it is shown. */
export type FillFacts = {
  readonly patientName: string
  readonly bornOn: CalendarDate
  readonly clinicName: string
  readonly urgentPhone: string
  readonly today: CalendarDate
  readonly ageOfMajority: number
  readonly practitioner: ConsentBody['practitioner']
  readonly physician: PrintedStaff
  /** Null where the responsible physician treats in person. */
  readonly supervisionMode: SupervisionMode | null
}

/** What a patient has answered on the form so far; kept with the draft until it is signed. */
export type ConsentAnswers = {
  readonly initials: readonly {
    readonly section: ConsentSectionKey
    readonly initials: string
    readonly at: Instant
  }[]
  readonly photoPermissions: PhotoPermissions
  readonly questions: string
  /** "I agree to ...": ticked on the last page. */
  readonly agreed: boolean
  /** The minor's own agreement, asked beside the guardian's signature. */
  readonly assent: { readonly given: boolean; readonly note: string }
  /** Time the form lay open, by the clinic's clock; `seenAt` is null until it is opened. */
  readonly reading: { readonly seconds: number; readonly seenAt: Instant | null }
}

/** Nothing ticked, nothing initialled: no answer is made up. */
export const noAnswers: ConsentAnswers = {
  initials: [],
  photoPermissions: { ownRecord: false, staffTeaching: false, marketing: false },
  questions: '',
  agreed: false,
  assent: { given: false, note: '' },
  reading: { seconds: 0, seenAt: null },
}

/** Off-label items of a preparation: every zone with every goal, so none is left unsaid. */
export function offLabelOf(
  { zones, indications }: Pick<ConsentPreparation, 'zones' | 'indications'>,
  age: number,
): readonly OffLabelItem[] {
  const uses = zones.flatMap(({ zone }) => indications.map((indication) => ({ zone, indication })))
  return offLabelItems({ age, uses, authorised: usualAuthorisedUse })
}

/**
 * The values that fill `template`, with the off-label items as they are printed. Refuses with
 * `CONSENT_LANGUAGE_NOT_READY` where this version has no words for the text's language. The preparation must have no
 * gaps (`consentPreparationGaps`); a missing number throws.
 */
export function consentValues(
  template: Pick<ConsentTemplate, 'language'>,
  preparation: ConsentPreparation,
  facts: FillFacts,
): Result<{ readonly values: ConsentValues; readonly offLabelItems: readonly string[] }, 'CONSENT_LANGUAGE_NOT_READY'> {
  const words = formWordsFor(template.language)
  if (words === null) return refuse('CONSENT_LANGUAGE_NOT_READY', { language: template.language })
  const { zones, indications, signer } = preparation
  const age = ageOn(facts.bornOn, facts.today)
  const items = words.offLabel(offLabelOf(preparation, age), zones, age)
  const { practitioner, physician } = facts
  const values: ConsentValues = {
    patient_name: facts.patientName,
    dob: words.date(facts.bornOn),
    clinic_name: facts.clinicName,
    zones: words.zones(zones),
    goals: words.goals(indications),
    practitioner_name: practitioner.name,
    practitioner_credential: practitioner.credential,
    is_or_is_not: words.isPhysician(practitioner.isPhysician),
    physician_name: withoutTitle(physician.name),
    physician_credential: physician.credential,
    supervision_sentence: words.supervision(facts.supervisionMode),
    dwell: String(needed(preparation.dwellMin)),
    max_depth_mm: (needed(preparation.maxDepthUm) / 1000).toFixed(2),
    duration: String(needed(preparation.durationMin)),
    n_sessions: String(needed(preparation.sessions)),
    interval: words.interval(needed(preparation.intervalMonths)),
    off_label_items: words.list(items),
    urgent_phone: facts.urgentPhone,
    language: words.language(preparation.language),
    interpreter_clause: words.interpreter(preparation.interpreter),
    questions: words.questions(''),
    relationship: signer.role === 'PATIENT' ? words.patientHerself : signer.relationship,
    age_of_majority: String(facts.ageOfMajority),
    off_label: items.length > 0,
    photoPermissions: null,
  }
  return accept({ values, offLabelItems: items })
}

/** The form as it reads with the patient's questions and photo choices in it: the text that is signed. */
export function renderAnswered(
  template: Pick<ConsentTemplate, 'sections' | 'language'>,
  shown: ConsentValues,
  { questions, photoPermissions }: Pick<ConsentAnswers, 'questions' | 'photoPermissions'>,
): ReturnType<typeof renderConsent> {
  const words = formWordsFor(template.language)
  const said = words === null ? questions : words.questions(questions)
  return renderConsent(template, { ...shown, questions: said, photoPermissions })
}

/** Phrases that the template stresses, e.g. `Less often:`; the signed text has them without their marks. */
export function stressedPhrases(body: string): readonly string[] {
  return [...body.matchAll(/\*([^*]+)\*/g)].map((match) => match[1] ?? '')
}

/** The text model says "Dr {{physician_name}}"; a printed name may carry the title already. */
function withoutTitle(name: string): string {
  return name.replace(/^dr\.?\s+/iu, '')
}

function needed(value: number | null): number {
  if (value === null) throw new Error('the preparation has gaps')
  return value
}
