import type { ConsentSectionKey } from '../../../shared/domain/consent/template.ts'
import type { Output } from '../../client/client.ts'

export type OpenForm = Extract<Output<'consent.form'>, { state: 'OPEN' }>
export type FormSection = OpenForm['sections'][number]

export type ConsentPage = {
  readonly kind: 'READ' | 'PHOTOS' | 'AGREE'
  readonly sections: readonly FormSection[]
  /** After "Next:" on the page before. */
  readonly shortName: string
}

type Group = {
  readonly kind: ConsentPage['kind']
  readonly keys: readonly ConsentSectionKey[]
  readonly shortName: string
}

/** What is read together; one page each, in the order of the form. */
const groups: readonly Group[] = [
  { kind: 'READ', keys: ['PLANNED', 'WHO_TREATS'], shortName: 'what is planned' },
  { kind: 'READ', keys: ['WHAT_HAPPENS', 'COURSE'], shortName: 'what will happen' },
  { kind: 'READ', keys: ['BENEFITS', 'AFTERWARDS'], shortName: 'what to expect' },
  { kind: 'READ', keys: ['RISKS'], shortName: 'what can go wrong' },
  { kind: 'READ', keys: ['OFF_LABEL'], shortName: 'the device’s purpose' },
  { kind: 'READ', keys: ['ALTERNATIVES'], shortName: 'your other choices' },
  { kind: 'READ', keys: ['DISCLOSURE', 'AFTERCARE', 'URGENT'], shortName: 'before and after' },
  { kind: 'READ', keys: ['RIGHTS', 'RECORDS'], shortName: 'your rights' },
  { kind: 'PHOTOS', keys: ['PHOTOGRAPHS'], shortName: 'photographs' },
  { kind: 'AGREE', keys: ['UNDERSTANDING', 'SIGNATURES'], shortName: 'your agreement' },
]

/** The pages of a form. A group whose sections were all left out (nothing off label) is no page. */
export function consentPages(sections: readonly FormSection[]): readonly ConsentPage[] {
  return groups.flatMap(({ kind, keys, shortName }) => {
    const own = sections.filter((section) => keys.includes(section.key))
    return own.length === 0 ? [] : [{ kind, sections: own, shortName }]
  })
}

export type SectionPart =
  | { readonly kind: 'TEXT'; readonly text: string }
  /** `Less often:` and what stands after it, one entry per comma. */
  | { readonly kind: 'LIST'; readonly title: string; readonly entries: readonly string[] }

/**
 * A section's words in the shape of a page: a stressed phrase that ends in a colon heads a list of what its sentence
 * names. Not a word is added or left out but the colon, the commas and the stop.
 */
export function sectionParts({ body, stressed }: Pick<FormSection, 'body' | 'stressed'>): readonly SectionPart[] {
  const heads = stressed.filter((phrase) => phrase.endsWith(':'))
  const parts: SectionPart[] = []
  let rest = body
  while (rest !== '') {
    const next = heads
      .map((head) => ({ head, at: rest.indexOf(head) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0]
    if (next === undefined) return [...parts, ...textPart(rest)]
    parts.push(...textPart(rest.slice(0, next.at)))
    const after = rest.slice(next.at + next.head.length)
    const stop = after.search(/\.(?:\s|$)/)
    const sentence = stop < 0 ? after : after.slice(0, stop)
    parts.push({
      kind: 'LIST',
      title: next.head.slice(0, -1),
      entries: sentence.split(', ').map((entry) => entry.trim()),
    })
    rest = stop < 0 ? '' : after.slice(stop + 1)
  }
  return parts
}

/** The three photo choices in the form's own words, and what it says about all of them. */
export function photoChoices({ body }: Pick<FormSection, 'body'>): {
  readonly choices: readonly string[]
  readonly note: string
} {
  const pieces = body.split(/\[[ x]\]/).map((piece) => piece.trim())
  const choices = pieces.slice(1).map((piece) => piece.slice(0, endOfSentence(piece)).replace(/\.$/, ''))
  const last = pieces.at(-1) ?? ''
  return {
    choices,
    note: [pieces[0], last.slice(endOfSentence(last))]
      .map((text) => text?.trim())
      .join(' ')
      .trim(),
  }
}

function endOfSentence(text: string): number {
  const stop = text.search(/\.(?:\s|$)/)
  return stop < 0 ? text.length : stop + 1
}

function textPart(text: string): readonly SectionPart[] {
  return text.trim() === '' ? [] : [{ kind: 'TEXT', text: text.trim() }]
}
