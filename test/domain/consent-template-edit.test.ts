import { describe, expect, it } from 'vitest'
import { lintTemplate, sectionOfFault } from '../../shared/domain/consent/lint-template.ts'
import { modelConsentTemplate } from '../../shared/domain/consent/model-text.ts'
import type { ConsentSection, ConsentSectionKey } from '../../shared/domain/consent/template.ts'
import { draftFrom, draftProblems, suggestBump, templateFrom } from '../../shared/domain/consent/template-edit.ts'
import { compareSections, compareWords } from '../../shared/domain/consent/template-edit-diff.ts'
import { renderExample } from '../../shared/domain/consent/template-edit-example.ts'

const model = modelConsentTemplate('2026-01-01')
const today = '2026-08-03'

function withBody(key: ConsentSectionKey, change: (body: string) => string): readonly ConsentSection[] {
  return model.sections.map((section) => (section.key === key ? { ...section, body: change(section.body) } : section))
}

describe('the next version of a consent text', () => {
  it.each<[string, readonly ConsentSection[], string, readonly string[]]>([
    ['words alone', withBody('RIGHTS', (body) => `${body} I may bring a friend.`), 'MINOR', []],
    ['initials alone', model.sections.map((section) => ({ ...section, initialRequired: true })), 'MINOR', []],
    [
      'a section taken out',
      model.sections.filter(({ key }) => key !== 'COURSE'),
      'MAJOR',
      ['SECTION_REMOVED COURSE', 'PLACEHOLDER_REMOVED n_sessions', 'PLACEHOLDER_REMOVED interval'],
    ],
    [
      'a placeholder taken out',
      withBody('WHAT_HAPPENS', (body) => body.replace('{{dwell}}', 'thirty')),
      'MAJOR',
      ['PLACEHOLDER_REMOVED dwell'],
    ],
    [
      'a condition taken out',
      withBody('OFF_LABEL', (body) => body.replace('{{#if off_label}}', '').replace('{{/if}}', '')),
      'MAJOR',
      ['CONDITION_REMOVED off_label'],
    ],
  ])('%s', (_case, sections, bump, reasons) => {
    const advice = suggestBump(model.sections, sections)
    expect(advice.bump).toBe(bump)
    expect(advice.reasons.map(({ code, name }) => `${code} ${name}`)).toEqual(reasons)
  })

  it('asks for everybody’s signature again when something is put in', () => {
    const without = model.sections.filter(({ key }) => key !== 'COURSE')
    expect(suggestBump(without, model.sections).reasons).toContainEqual({ code: 'SECTION_ADDED', name: 'COURSE' })
  })

  it('takes the number that the choice asks for', () => {
    const draft = draftFrom(model, { today, as: null })
    expect(templateFrom(draft, model)).toMatchObject({ major: 1, minor: 1, approvedBy: null })
    expect(templateFrom({ ...draft, bump: 'MAJOR' }, model)).toMatchObject({ major: 2, minor: 0 })
    const own = draftFrom(model, { today, as: { templateId: 'our-rf', procedure: 'RF' } })
    expect(templateFrom(own, null)).toMatchObject({ templateId: 'our-rf', procedure: 'RF', major: 1, minor: 0 })
  })

  it('starts today, or with the newest version where that is still to come', () => {
    expect(draftFrom(model, { today, as: null }).effectiveFrom).toBe(today)
    const upcoming = modelConsentTemplate('2026-10-01')
    expect(draftFrom(upcoming, { today, as: null }).effectiveFrom).toBe('2026-10-01')
  })

  it('is not published unchanged, in the past, or before the newest one', () => {
    const draft = draftFrom(model, { today, as: null })
    const changed = { ...draft, sections: withBody('RIGHTS', (body) => `${body} Thank you.`) }
    const upcoming = { ...model, effectiveFrom: '2026-10-01' }
    expect(draftProblems(draft, { newest: model, today })).toEqual(['UNCHANGED'])
    expect(draftProblems(changed, { newest: model, today })).toEqual([])
    expect(draftProblems({ ...draft, jurisdiction: 'US-IL' }, { newest: model, today })).toEqual([])
    expect(draftProblems({ ...changed, effectiveFrom: '2026-08-02' }, { newest: model, today })).toEqual([
      'STARTS_IN_THE_PAST',
    ])
    expect(draftProblems(changed, { newest: upcoming, today })).toEqual(['STARTS_BEFORE_NEWEST'])
    expect(draftProblems(draft, { newest: null, today })).toEqual([])
  })
})

describe('a fault of a consent text', () => {
  it.each<[ConsentSectionKey, (body: string) => string]>([
    ['PLANNED', (body) => body.replace('{{dob}}', '')],
    ['SIGNATURES', (body) => body.replaceAll('date', '')],
    ['RISKS', (body) => body.replaceAll('infection', '')],
    ['PHOTOGRAPHS', (body) => body.replace('[ ]', '')],
    ['BENEFITS', (body) => `${body} It helps 80 % of people.`],
    ['RIGHTS', (body) => `${body} {{whatever}}`],
    ['COURSE', () => ''],
  ])('leads to the section %s, where it is mended', (key, change) => {
    const faults = lintTemplate({ ...model, sections: withBody(key, change) })
    expect(faults.length).toBeGreaterThan(0)
    expect(new Set(faults.map(sectionOfFault))).toEqual(new Set([key]))
  })

  it('may be about no section at all', () => {
    expect(lintTemplate({ ...model, language: '' }).map(sectionOfFault)).toEqual([null])
  })
})

describe('two versions side by side', () => {
  it('show the words that went and came, and every other word as it is', () => {
    expect(compareWords('My skin is cleaned and dried.', 'My skin is washed and dried.')).toEqual([
      { kind: 'SAME', text: 'My skin is ' },
      { kind: 'REMOVED', text: 'cleaned ' },
      { kind: 'ADDED', text: 'washed ' },
      { kind: 'SAME', text: 'and dried.' },
    ])
  })

  it.each([
    ['', 'New words'],
    ['Old words', ''],
    ['One two three four', 'four three two one'],
    ['a b c d e f', 'a c x e f g'],
    ['same', 'same'],
  ])('join to both texts again: %j and %j', (before, after) => {
    const pieces = compareWords(before, after)
    const joined = (left: string) =>
      pieces
        .filter(({ kind }) => kind !== left)
        .map(({ text }) => text)
        .join('')
    expect([joined('ADDED'), joined('REMOVED')]).toEqual([before, after])
  })

  it('name the sections that differ and no other one', () => {
    const after = model.sections
      .filter(({ key }) => key !== 'COURSE')
      .map((section) => (section.key === 'RIGHTS' ? { ...section, initialRequired: true } : section))
    expect(compareSections(model.sections, model.sections)).toEqual([])
    expect(compareSections(model.sections, after).map(({ key, kind }) => `${kind} ${key}`)).toEqual([
      'CHANGED RIGHTS',
      'REMOVED COURSE',
    ])
  })
})

describe('the example', () => {
  it('shows the whole text filled, the conditional words included', () => {
    const example = renderExample(model, { clinicName: 'Harbour Skin', today })
    if (!example.ok) throw new Error(example.refusal.code)
    expect(example.value.sections.map(({ key }) => key)).toEqual(model.sections.map(({ key }) => key))
    expect(example.value.text).toContain('I am Alex Example, born 17-May-1990. Harbour Skin')
    expect(example.value.text).not.toContain('{{')
  })

  it('is refused where the text cannot be read or its language has no words yet', () => {
    const facts = { clinicName: 'Harbour Skin', today }
    expect(renderExample({ ...model, sections: withBody('RIGHTS', () => '{{nothing}}') }, facts)).toMatchObject({
      refusal: { code: 'CONSENT_TEMPLATE_FAULTY' },
    })
    expect(renderExample({ ...model, language: 'es' }, facts)).toMatchObject({
      refusal: { code: 'CONSENT_LANGUAGE_NOT_READY' },
    })
  })
})
