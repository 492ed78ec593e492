import { describe, expect, it } from 'vitest'
import { consentPages, photoChoices, sectionParts } from '../../renderer/screens/consent/consent-pages.ts'
import { stressedPhrases } from '../../shared/domain/consent/fill-consent.ts'
import { modelConsentSections } from '../../shared/domain/consent/model-text.ts'

/** The model text as a patient is shown it: stressed, but without the marks. */
const sections = modelConsentSections.map(({ key, heading, body, initialRequired }) => ({
  key,
  heading,
  body: body.replaceAll('*', ''),
  stressed: [...stressedPhrases(body)],
  initialRequired,
}))
const sectionOf = (key: string) => {
  const found = sections.find((section) => section.key === key)
  if (!found) throw new Error(`no section ${key}`)
  return found
}
const lettersOf = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')

describe('the pages of a consent', () => {
  it('show every section once, in the order of the form', () => {
    const shown = consentPages(sections).flatMap((page) => page.sections.map(({ key }) => key))
    expect(shown).toEqual(modelConsentSections.map(({ key }) => key))
  })

  it('are nine where nothing is off label: the page that would say so is not there', () => {
    const pages = consentPages(sections.filter(({ key }) => key !== 'OFF_LABEL'))
    expect([pages.length, pages.at(-1)?.kind, pages.at(-2)?.kind]).toEqual([9, 'AGREE', 'PHOTOS'])
  })

  it('lay the risks out as lists without losing or adding a word', () => {
    const parts = sectionParts(sectionOf('RISKS'))
    expect(parts.map((part) => (part.kind === 'LIST' ? `${part.title} ${part.entries.length}` : 'text'))).toEqual([
      'Less often 5',
      'Rarely 7',
      'text',
    ])
    const words = parts.map((part) => (part.kind === 'TEXT' ? part.text : [part.title, ...part.entries].join(' ')))
    expect(lettersOf(words.join(' '))).toBe(lettersOf(sectionOf('RISKS').body))
  })

  it('leave a section without stressed headings as it is', () => {
    const { body } = sectionOf('RIGHTS')
    expect(sectionParts(sectionOf('RIGHTS'))).toEqual([{ kind: 'TEXT', text: body }])
  })

  it('offer the photo choices in the form’s own words, ticked or not', () => {
    const { body } = sectionOf('PHOTOGRAPHS')
    const open = photoChoices({ body })
    expect(open.choices).toEqual([
      'Photos for my own medical record',
      'Staff teaching, not showing my name',
      'Website, social media or advertising, where I might be recognised',
    ])
    expect(open.note).toMatch(/^My treatment does not depend .* recoverable\.$/)
    expect(photoChoices({ body: body.replace('[ ]', '[x]') })).toEqual(open)
  })
})
