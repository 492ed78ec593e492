import type { StaffId } from '../../kernel/ids.ts'
import type { CalendarDate } from '../../kernel/time.ts'

/** RF and add-ons have a regulation, a consent and risks of their own: clinical reference, sections 1 and 6. */
export const consentProcedures = ['MECHANICAL', 'RF', 'ADDON'] as const
export type ConsentProcedure = (typeof consentProcedures)[number]

/** Headings of the model text in its order: clinical reference, section 6. Keys are permanent, wording is not. */
export const consentSectionKeys = [
  'PLANNED',
  'WHO_TREATS',
  'WHAT_HAPPENS',
  'COURSE',
  'BENEFITS',
  'AFTERWARDS',
  'RISKS',
  'OFF_LABEL',
  'ALTERNATIVES',
  'DISCLOSURE',
  'AFTERCARE',
  'URGENT',
  'RIGHTS',
  'RECORDS',
  'PHOTOGRAPHS',
  'UNDERSTANDING',
  'SIGNATURES',
] as const
export type ConsentSectionKey = (typeof consentSectionKeys)[number]

/** What a template body may hold between `{{` and `}}`; everything else there is a fault of the template. */
export const consentPlaceholders = [
  'patient_name',
  'dob',
  'clinic_name',
  'zones',
  'goals',
  'practitioner_name',
  'practitioner_credential',
  'is_or_is_not',
  'physician_name',
  'physician_credential',
  'supervision_sentence',
  'dwell',
  'max_depth_mm',
  'duration',
  'n_sessions',
  'interval',
  'off_label_items',
  'urgent_phone',
  'language',
  'interpreter_clause',
  'questions',
  'relationship',
  'age_of_majority',
] as const
export type ConsentPlaceholder = (typeof consentPlaceholders)[number]

/** Names that may stand in `{{#if ...}}`. */
export const consentConditions = ['off_label'] as const
export type ConsentCondition = (typeof consentConditions)[number]

/** `body` is plain text with `{{placeholder}}`, `{{#if off_label}} ... {{/if}}`, `*stressed words*` and `[ ]` boxes. */
export type ConsentSection = {
  readonly key: ConsentSectionKey
  readonly heading: string
  readonly body: string
  readonly initialRequired: boolean
}

/**
 * The text a clinic asks its patients to sign. A published template never changes: new wording is a new minor, a
 * change that needs everyone's consent again is a new major (clinical reference, section 6).
 */
export type ConsentTemplate = {
  readonly templateId: string
  readonly major: number
  readonly minor: number
  /** BCP 47, e.g. `en`. */
  readonly language: string
  readonly procedure: ConsentProcedure
  /** Free code of the state or country whose rules the text follows, e.g. `US`. */
  readonly jurisdiction: string
  readonly effectiveFrom: CalendarDate
  /** Last day in force; null while it is the current one. */
  readonly effectiveTo: CalendarDate | null
  readonly sections: readonly ConsentSection[]
  /** The physician who approved it; null before approval. */
  readonly approvedBy: StaffId | null
}

/** True when the template is approved and `today` lies between its dates, both included. */
export function isTemplateInForce(template: ConsentTemplate, today: CalendarDate): boolean {
  if (template.approvedBy === null || today < template.effectiveFrom) return false
  return template.effectiveTo === null || today <= template.effectiveTo
}
