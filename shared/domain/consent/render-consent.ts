import { accept, type Result, refuse } from '../../kernel/result.ts'
import type { ConsentPlaceholder, ConsentSectionKey, ConsentTemplate } from './template.ts'
import { parseTemplateText, type TemplatePart } from './template-text.ts'

/**
 * Three separate choices, each the patient's own; none of them is a condition of treatment (clinical reference,
 * section 6, model text 15). `false` is also the choice of someone who ticked nothing.
 */
export type PhotoPermissions = {
  readonly ownRecord: boolean
  readonly staffTeaching: boolean
  readonly marketing: boolean
}

/**
 * What fills a template. All values are text as a person reads it (`max_depth_mm: '1.5'`, `dob: '10-Apr-2008'`).
 * `photoPermissions` is null while the form is only shown: the boxes stay open.
 */
export type ConsentValues = { readonly [Name in ConsentPlaceholder]?: string } & {
  readonly off_label: boolean
  readonly photoPermissions: PhotoPermissions | null
}

export type RenderedSection = {
  readonly key: ConsentSectionKey
  readonly heading: string
  readonly body: string
}

/** The words a patient sees and signs; `text` is the whole form and the thing whose SHA-256 is kept. */
export type RenderedConsent = {
  readonly sections: readonly RenderedSection[]
  readonly text: string
}

/**
 * Fills a template. Refuses with `CONSENT_VALUES_MISSING` (facts: `placeholders`) when a value that the text needs is
 * absent or blank, and with `CONSENT_TEMPLATE_FAULTY` (facts: `sections`) when a body cannot be read. A section whose
 * text is conditional and does not apply is left out whole, heading included. Only `interpreter_clause` may be empty.
 * Values are inserted as they are: a `{{...}}` typed by a patient is never resolved.
 */
export function renderConsent(
  template: Pick<ConsentTemplate, 'sections'>,
  values: ConsentValues,
): Result<RenderedConsent, 'CONSENT_VALUES_MISSING' | 'CONSENT_TEMPLATE_FAULTY'> {
  const parsed = template.sections.map((section) => ({ section, ...parseTemplateText(section.body) }))
  const faulty = parsed.filter(({ faults }) => faults.length > 0).map(({ section }) => section.key)
  if (faulty.length > 0) return refuse('CONSENT_TEMPLATE_FAULTY', { sections: faulty })

  const missing = new Set<string>()
  const sections = parsed.flatMap(({ section, parts }): readonly RenderedSection[] => {
    const body = fill({ parts, values, missing })
    if (body === '') return []
    return [
      { key: section.key, heading: section.heading, body: tickPhotos(section.key, body, values.photoPermissions) },
    ]
  })
  if (missing.size > 0) return refuse('CONSENT_VALUES_MISSING', { placeholders: [...missing] })
  return accept({ sections, text: sections.map(({ heading, body }) => `${heading}\n${body}`).join('\n\n') })
}

/** The placeholders whose blank value is an answer: no interpreter was needed. */
const mayBeBlank: readonly ConsentPlaceholder[] = ['interpreter_clause']

function fill(work: {
  readonly parts: readonly TemplatePart[]
  readonly values: ConsentValues
  readonly missing: Set<string>
}): string {
  let text = ''
  for (const part of work.parts) {
    if (part.kind === 'TEXT') {
      text += unstress(part.text)
      continue
    }
    if (part.kind === 'IF') {
      if (work.values[part.condition]) text += fill({ ...work, parts: part.parts })
      continue
    }
    const value = work.values[part.name]
    const isBlank = value === undefined || value.trim() === ''
    if (!isBlank) text += value
    // The space before a left-out value goes with it, or "English ." would be signed.
    else if (value !== undefined && mayBeBlank.includes(part.name)) text = text.trimEnd()
    else work.missing.add(part.name)
  }
  return text.trim()
}

/** `*words*` are stressed in the template; what is signed is plain text. */
function unstress(text: string): string {
  return text.replaceAll(/\*([^*]+)\*/g, '$1')
}

function tickPhotos(key: ConsentSectionKey, body: string, choices: PhotoPermissions | null): string {
  if (key !== 'PHOTOGRAPHS' || choices === null) return body
  const ticks = [choices.ownRecord, choices.staffTeaching, choices.marketing]
  let box = 0
  return body.replaceAll('[ ]', () => (ticks[box++] ? '[x]' : '[ ]'))
}
