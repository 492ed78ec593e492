/** Ids of the questionnaire: clinical reference, section 3. Gaps are deliberate; a retired id is never used again. */
export const questionIds = [
  'SQ-01',
  'SQ-02',
  'SQ-03',
  'SQ-10',
  'SQ-11',
  'SQ-12',
  'SQ-13',
  'SQ-14',
  'SQ-15',
  'SQ-16',
  'SQ-17',
  'SQ-18',
  'SQ-19',
  'SQ-20',
  'SQ-21',
  'SQ-22',
  'SQ-23',
  'SQ-24',
  'SQ-25',
  'SQ-26',
  'SQ-27',
  'SQ-28',
  'SQ-29',
  'SQ-30',
  'SQ-31',
  'SQ-32',
  'SQ-33',
  'SQ-34',
  'SQ-35',
  'SQ-36',
  'SQ-37',
  'SQ-38',
  'SQ-39',
  'SQ-40',
  'SQ-41',
  'SQ-42',
  'SQ-43',
  'SQ-44',
] as const
export type QuestionId = (typeof questionIds)[number]

/** FULL per new series or 12 months; SHORT ("anything changed?") at every session. */
export const screeningForms = ['FULL', 'SHORT'] as const
export type ScreeningForm = (typeof screeningForms)[number]

/**
 * What an option asks once it is chosen. `name` is unique within the option and stable. A date may be answered
 * "I do not know"; a blank date counts as unknown. Zones left blank count as everywhere that is planned.
 */
export type QuestionInput =
  | { readonly kind: 'DATE'; readonly name: string; readonly label: string; readonly when: 'PAST' | 'FUTURE' }
  | { readonly kind: 'ZONES'; readonly name: string; readonly label: string }
  | { readonly kind: 'TEXT'; readonly name: string; readonly label: string }
  /** Percent with one decimal; stored in tenths of a percent. */
  | { readonly kind: 'PERCENT'; readonly name: string; readonly label: string }
  /** Asked in mm, stored in integer micrometres. */
  | { readonly kind: 'DEPTH'; readonly name: string; readonly label: string }
  | {
      readonly kind: 'SELECT'
      readonly name: string
      readonly label: string
      readonly options: readonly { readonly code: string; readonly label: string }[]
    }

export type QuestionOption = {
  readonly code: string
  readonly label: string
  readonly inputs: readonly QuestionInput[]
  /** In a MULTI question: stands alone ("none of these"). */
  readonly exclusive?: true
}

type QuestionText = {
  readonly id: QuestionId
  /** As the staff see it in lists and findings. */
  readonly short: string
  /** As the patient reads it. */
  readonly wording: string
  readonly help: string | null
  readonly inShortForm: boolean
}

/** COMPUTED is never asked; CHOICE takes one option, MULTI at least one, TEXT some free text and one option. */
export type Question =
  | (QuestionText & { readonly kind: 'COMPUTED' })
  | (QuestionText & { readonly kind: 'CHOICE'; readonly options: readonly QuestionOption[] })
  | (QuestionText & { readonly kind: 'MULTI'; readonly options: readonly QuestionOption[] })
  | (QuestionText & {
      readonly kind: 'TEXT'
      readonly textLabel: string
      readonly optionsLabel: string
      readonly options: readonly QuestionOption[]
    })

/** One step of the patient's form ("3 of 9"). */
export type QuestionSection = {
  readonly code: string
  readonly title: string
  readonly questions: readonly Question[]
}

/** Inputs that many options ask under the same name. */
export const whereInput = { kind: 'ZONES', name: 'WHERE', label: 'Where? Mark every area.' } as const
export const reactionInput = { kind: 'TEXT', name: 'REACTION', label: 'What happened?' } as const

export function dateInput<const Label extends string>(label: Label) {
  return { kind: 'DATE', name: 'ON', label, when: 'PAST' } as const
}

export function textInput<const Label extends string>(label: Label) {
  return { kind: 'TEXT', name: 'WHAT', label } as const
}

export const yesNo = [
  { code: 'YES', label: 'Yes' },
  { code: 'NO', label: 'No' },
] as const
