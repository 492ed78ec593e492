import type { ConsentPlaceholder, ConsentSection, ConsentSectionKey, ConsentTemplate } from './template.ts'
import { consentSectionKeys } from './template.ts'
import { parseTemplateText, placeholdersIn, type TemplateTextFault } from './template-text.ts'

/** What a valid form must carry: clinical reference, section 6, first paragraph; risks of RF from section 1. */
export const consentElements = [
  'PATIENT_AND_DATE',
  'CONDITION_AND_GOAL',
  'NATURE_AND_PURPOSE',
  'WHO_TREATS',
  'NOT_A_PHYSICIAN',
  'SUPERVISING_PHYSICIAN',
  'BENEFITS_WITHOUT_GUARANTEE',
  'SESSIONS_AND_OUTCOME',
  'COMMON_BURDENS',
  'RISKS',
  'RF_RISKS',
  'OFF_LABEL',
  'ALTERNATIVES',
  'ANAESTHETIC_RISKS',
  'DUTIES_BEFORE',
  'DUTIES_AFTER',
  'URGENT_SIGNS_AND_CONTACT',
  'RIGHT_TO_ASK_REFUSE_WITHDRAW',
  'PRIVACY',
  'PHOTO_CHOICES',
  'QUESTIONS_ANSWERED',
  'LANGUAGE_AND_INTERPRETER',
  'REPRESENTATIVE',
  'SIGNATURES',
] as const
export type ConsentElement = (typeof consentElements)[number]

/**
 * One thing that keeps a template from being published. `ELEMENT_MISSING.lacks` names what is not there: a
 * placeholder, an English word stem, or the number of photo boxes.
 */
export type TemplateFault =
  | { readonly code: 'SECTION_MISSING'; readonly section: ConsentSectionKey }
  | { readonly code: 'SECTION_TWICE'; readonly section: ConsentSectionKey }
  | { readonly code: 'SECTION_EMPTY'; readonly section: ConsentSectionKey }
  | ({ readonly section: ConsentSectionKey } & TemplateTextFault)
  | { readonly code: 'ELEMENT_MISSING'; readonly element: ConsentElement; readonly lacks: readonly string[] }
  | { readonly code: 'OUTCOME_NUMBER'; readonly section: ConsentSectionKey; readonly text: string }
  | { readonly code: 'DATES_REVERSED' }
  | { readonly code: 'VERSION_INVALID' }
  | { readonly code: 'LANGUAGE_MISSING' }

/**
 * Names every fault of a template; an empty list means it may be put before the physician for approval.
 * Placeholders and sections are checked in every language, the wording (such as "no treatment" among the
 * alternatives) only in English: for other languages the approving physician's reading stands in.
 */
export function lintTemplate(template: ConsentTemplate): readonly TemplateFault[] {
  return [
    ...frameFaults(template),
    ...consentSectionKeys.flatMap((key) => sectionFaults(template, key)),
    ...template.sections.flatMap(textFaults),
    ...elementFaults(template),
  ]
}

/** Where a person mends the fault; null where it is not about one section. */
export function sectionOfFault(fault: TemplateFault): ConsentSectionKey | null {
  if ('section' in fault) return fault.section
  if (fault.code !== 'ELEMENT_MISSING') return null
  if (fault.element === 'PHOTO_CHOICES') return 'PHOTOGRAPHS'
  const rules = [...elementRules, rfRule].filter(({ element }) => element === fault.element)
  const asks = ({ sections, placeholders = [], words = [] }: ElementRule): readonly string[] => [
    ...sections,
    ...placeholders,
    ...words,
  ]
  return rules.find((rule) => fault.lacks.every((lack) => asks(rule).includes(lack)))?.sections[0] ?? null
}

function frameFaults(template: ConsentTemplate): readonly TemplateFault[] {
  const faults: TemplateFault[] = []
  if (template.effectiveTo !== null && template.effectiveTo < template.effectiveFrom) {
    faults.push({ code: 'DATES_REVERSED' })
  }
  const isVersion = Number.isInteger(template.major) && Number.isInteger(template.minor)
  if (!isVersion || template.major < 1 || template.minor < 0) faults.push({ code: 'VERSION_INVALID' })
  if (template.language.trim() === '') faults.push({ code: 'LANGUAGE_MISSING' })
  return faults
}

function sectionFaults(template: ConsentTemplate, key: ConsentSectionKey): readonly TemplateFault[] {
  const found = template.sections.filter((section) => section.key === key)
  if (found.length === 0) return [{ code: 'SECTION_MISSING', section: key }]
  const faults: TemplateFault[] = found.length > 1 ? [{ code: 'SECTION_TWICE', section: key }] : []
  const isEmpty = found.some((section) => section.heading.trim() === '' || section.body.trim() === '')
  return isEmpty ? [...faults, { code: 'SECTION_EMPTY', section: key }] : faults
}

/** A figure in per cent reads as a promised result (clinical reference, introduction, fifth idea). */
const PER_CENT = /\d[\d.,]*\s*(?:%|per ?cent)/i

function textFaults(section: ConsentSection): readonly TemplateFault[] {
  const faults: TemplateFault[] = parseTemplateText(section.body).faults.map((fault) => ({
    ...fault,
    section: section.key,
  }))
  if (/\{\{|\}\}/.test(section.heading)) faults.push({ code: 'BROKEN_BRACES', section: section.key })
  const promised = PER_CENT.exec(section.body)
  if (promised) faults.push({ code: 'OUTCOME_NUMBER', section: section.key, text: promised[0] })
  return faults
}

type ElementRule = {
  readonly element: ConsentElement
  readonly sections: readonly ConsentSectionKey[]
  readonly placeholders?: readonly ConsentPlaceholder[]
  /** English stems that must each occur; `a|b` means either. */
  readonly words?: readonly string[]
}

const elementRules: readonly ElementRule[] = [
  { element: 'PATIENT_AND_DATE', sections: ['PLANNED'], placeholders: ['patient_name', 'dob'] },
  { element: 'PATIENT_AND_DATE', sections: ['SIGNATURES'], words: ['date'] },
  { element: 'CONDITION_AND_GOAL', sections: ['PLANNED'], placeholders: ['zones', 'goals'] },
  {
    element: 'NATURE_AND_PURPOSE',
    sections: ['PLANNED', 'WHAT_HAPPENS'],
    placeholders: ['max_depth_mm'],
    words: ['needle'],
  },
  {
    element: 'WHO_TREATS',
    sections: ['WHO_TREATS'],
    placeholders: ['practitioner_name', 'practitioner_credential'],
  },
  { element: 'NOT_A_PHYSICIAN', sections: ['WHO_TREATS'], placeholders: ['is_or_is_not'] },
  {
    element: 'SUPERVISING_PHYSICIAN',
    sections: ['WHO_TREATS'],
    placeholders: ['physician_name', 'physician_credential', 'supervision_sentence'],
  },
  { element: 'BENEFITS_WITHOUT_GUARANTEE', sections: ['BENEFITS'], words: ['promis|guarantee'] },
  {
    element: 'SESSIONS_AND_OUTCOME',
    sections: ['COURSE'],
    placeholders: ['n_sessions', 'interval'],
    words: ['six months|6 months'],
  },
  { element: 'COMMON_BURDENS', sections: ['AFTERWARDS'] },
  // All five complications of the seed text are always listed: clinical reference, section 2, row 30.
  {
    element: 'RISKS',
    sections: ['RISKS'],
    words: ['bleeding', 'bruis', 'infection', 'scar', 'darkening|pigment', 'often|common', 'rare'],
  },
  { element: 'OFF_LABEL', sections: ['OFF_LABEL'], placeholders: ['off_label_items'] },
  { element: 'ALTERNATIVES', sections: ['ALTERNATIVES'], words: ['do nothing|no treatment'] },
  { element: 'ANAESTHETIC_RISKS', sections: ['RISKS'], words: ['numbing|anaesthe|anesthe'] },
  { element: 'DUTIES_BEFORE', sections: ['DISCLOSURE'] },
  { element: 'DUTIES_AFTER', sections: ['AFTERCARE'] },
  { element: 'URGENT_SIGNS_AND_CONTACT', sections: ['URGENT'], placeholders: ['urgent_phone'] },
  { element: 'RIGHT_TO_ASK_REFUSE_WITHDRAW', sections: ['RIGHTS'], words: ['ask', 'say no|refuse', 'withdraw'] },
  { element: 'PRIVACY', sections: ['RECORDS'] },
  { element: 'QUESTIONS_ANSWERED', sections: ['UNDERSTANDING'], placeholders: ['questions'] },
  {
    element: 'LANGUAGE_AND_INTERPRETER',
    sections: ['UNDERSTANDING'],
    placeholders: ['language', 'interpreter_clause'],
  },
  { element: 'REPRESENTATIVE', sections: ['SIGNATURES'], placeholders: ['relationship', 'age_of_majority'] },
  { element: 'SIGNATURES', sections: ['SIGNATURES'] },
]

/** Clinical reference, section 1, RF microneedling: burns, scarring, fat loss, nerve damage [F6]. */
const rfRule: ElementRule = { element: 'RF_RISKS', sections: ['RISKS'], words: ['burn', 'fat', 'nerve'] }

function elementFaults(template: ConsentTemplate): readonly TemplateFault[] {
  const rules = template.procedure === 'RF' ? [...elementRules, rfRule] : elementRules
  const isEnglish = /^en(?:-|$)/i.test(template.language)
  const faults = rules.flatMap((rule): readonly TemplateFault[] => {
    const lacks = lackingIn(template, rule, isEnglish)
    return lacks.length === 0 ? [] : [{ code: 'ELEMENT_MISSING', element: rule.element, lacks }]
  })
  const boxes = bodyOf(template, ['PHOTOGRAPHS']).split('[ ]').length - 1
  if (boxes === 3) return faults
  return [...faults, { code: 'ELEMENT_MISSING', element: 'PHOTO_CHOICES', lacks: [`[ ] ${3 - boxes}`] }]
}

function lackingIn(template: ConsentTemplate, rule: ElementRule, isEnglish: boolean): readonly string[] {
  const body = bodyOf(template, rule.sections)
  if (body.trim() === '') return [...rule.sections]
  const present = placeholdersIn(parseTemplateText(body).parts)
  const placeholders = (rule.placeholders ?? []).filter((name) => !present.includes(name))
  const words = isEnglish ? (rule.words ?? []).filter((stem) => !new RegExp(`\\b(?:${stem})`, 'i').test(body)) : []
  return [...placeholders, ...words]
}

function bodyOf(template: ConsentTemplate, keys: readonly ConsentSectionKey[]): string {
  return template.sections
    .filter((section) => keys.includes(section.key))
    .map((section) => section.body)
    .join('\n')
}
