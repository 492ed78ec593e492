import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { consentElements, lintTemplate } from '../../shared/domain/consent/lint-template.ts'
import { modelConsentSections, modelConsentTemplate } from '../../shared/domain/consent/model-text.ts'
import { offLabelItems, usualAuthorisedUse } from '../../shared/domain/consent/off-label.ts'
import { type ConsentValues, renderConsent } from '../../shared/domain/consent/render-consent.ts'
import {
  type ConsentPlaceholder,
  type ConsentSectionKey,
  type ConsentTemplate,
  consentPlaceholders,
  consentSectionKeys,
  isTemplateInForce,
} from '../../shared/domain/consent/template.ts'
import { idOf, marasValues } from './record-bodies.ts'

const reference = readFileSync(new URL('../../docs/clinical-reference.md', import.meta.url), 'utf8')
const model = modelConsentTemplate('2026-01-01')

function withBody(key: ConsentSectionKey, change: (body: string) => string): ConsentTemplate {
  const sections = model.sections.map((section) =>
    section.key === key ? { ...section, body: change(section.body) } : section,
  )
  return { ...model, sections }
}

function rendered(values: ConsentValues, template: ConsentTemplate = model) {
  const result = renderConsent(template, values)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

describe('the model consent text', () => {
  test('is word for word the text of the clinical reference', () => {
    const printed = reference.split('\n').filter((line) => /^> \d+\. \*\*/.test(line))
    const ours = modelConsentSections.map(({ heading, body }, index) => `> ${index + 1}. **${heading}.** ${body}`)
    expect(ours).toEqual(printed)
  })

  test('has the seventeen sections in the order of their keys', () => {
    expect(modelConsentSections.map(({ key }) => key)).toEqual(consentSectionKeys)
  })

  test('uses every placeholder that the app knows, and no other', () => {
    const text = modelConsentSections.map(({ body }) => body).join('\n')
    const used = [...text.matchAll(/\{\{([a-z_]+)\}\}/g)].map((match) => match[1])
    expect([...new Set(used)].sort()).toEqual([...consentPlaceholders].sort())
  })

  test('passes the lint', () => {
    expect(lintTemplate(model)).toEqual([])
  })

  test('is in force only between its dates and only once a physician has approved it', () => {
    const approved = { ...model, approvedBy: idOf(3), effectiveTo: '2026-12-31' } as ConsentTemplate
    const on = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01']
    expect(on.map((day) => isTemplateInForce(approved, day))).toEqual([false, true, true, false])
    expect(isTemplateInForce(model, '2026-06-01')).toBe(false)
  })
})

describe('the template lint', () => {
  test.each(consentSectionKeys)('names the missing section %s', (key) => {
    const faults = lintTemplate({ ...model, sections: model.sections.filter((section) => section.key !== key) })
    expect(faults).toContainEqual({ code: 'SECTION_MISSING', section: key })
    expect(faults.some((fault) => fault.code === 'ELEMENT_MISSING')).toBe(true)
  })

  test('reaches every element that a valid form must carry', () => {
    const emptied: ConsentTemplate = {
      ...model,
      procedure: 'RF',
      sections: model.sections.map((section) => ({ ...section, body: 'x' })),
    }
    const gone: ConsentTemplate = { ...model, procedure: 'RF', sections: [] }
    const named = [...lintTemplate(emptied), ...lintTemplate(gone)].flatMap((fault) =>
      fault.code === 'ELEMENT_MISSING' ? [fault.element] : [],
    )
    expect(new Set(named)).toEqual(new Set(consentElements))
  })

  const required: readonly (readonly [ConsentPlaceholder, ConsentSectionKey])[] = [
    ['patient_name', 'PLANNED'],
    ['dob', 'PLANNED'],
    ['zones', 'PLANNED'],
    ['goals', 'PLANNED'],
    ['practitioner_name', 'WHO_TREATS'],
    ['practitioner_credential', 'WHO_TREATS'],
    ['is_or_is_not', 'WHO_TREATS'],
    ['physician_name', 'WHO_TREATS'],
    ['supervision_sentence', 'WHO_TREATS'],
    ['max_depth_mm', 'WHAT_HAPPENS'],
    ['n_sessions', 'COURSE'],
    ['interval', 'COURSE'],
    ['off_label_items', 'OFF_LABEL'],
    ['urgent_phone', 'URGENT'],
    ['questions', 'UNDERSTANDING'],
    ['language', 'UNDERSTANDING'],
    ['interpreter_clause', 'UNDERSTANDING'],
    ['relationship', 'SIGNATURES'],
    ['age_of_majority', 'SIGNATURES'],
  ]
  test.each(required)('misses {{%s}} where %s leaves it out', (placeholder, section) => {
    const faults = lintTemplate(withBody(section, (body) => body.replaceAll(`{{${placeholder}}}`, '')))
    expect(faults).toEqual([
      { code: 'ELEMENT_MISSING', element: expect.any(String), lacks: expect.arrayContaining([placeholder]) },
    ])
  })

  const words: readonly (readonly [string, ConsentSectionKey, RegExp])[] = [
    ['no treatment among the alternatives', 'ALTERNATIVES', /do nothing; /],
    ['bleeding', 'RISKS', /bleeding/g],
    ['bruising', 'RISKS', /bruising/g],
    ['infection', 'RISKS', /infection/g],
    ['scars', 'RISKS', /scars/g],
    ['the numbing cream', 'RISKS', /numbing/g],
    ['that nothing is promised', 'BENEFITS', /promised/g],
    ['the right to withdraw', 'RIGHTS', /withdraw/g],
  ]
  test.each(words)('misses %s in an English text', (_, section, pattern) => {
    const template = withBody(section, (body) => body.replace(pattern, ''))
    expect(lintTemplate(template)).toEqual([expect.objectContaining({ code: 'ELEMENT_MISSING' })])
    expect(lintTemplate({ ...template, language: 'es' })).toEqual([])
  })

  test('asks three separate photo choices of every language', () => {
    const merged = withBody('PHOTOGRAPHS', (body) => body.replace('[ ] Staff teaching', 'Staff teaching'))
    expect(lintTemplate({ ...merged, language: 'es' })).toEqual([
      { code: 'ELEMENT_MISSING', element: 'PHOTO_CHOICES', lacks: ['[ ] 1'] },
    ])
  })

  test('asks the risks of heat of an RF form', () => {
    expect(lintTemplate({ ...model, procedure: 'RF' })).toEqual([
      { code: 'ELEMENT_MISSING', element: 'RF_RISKS', lacks: ['burn', 'fat', 'nerve'] },
    ])
  })

  const spoiled: readonly (readonly [string, string, object])[] = [
    ['an unknown placeholder', ' {{phone}}', { code: 'UNKNOWN_PLACEHOLDER', name: 'phone', section: 'RECORDS' }],
    ['a padded placeholder', ' {{ dob }}', { code: 'UNKNOWN_PLACEHOLDER', name: ' dob ', section: 'RECORDS' }],
    ['an unknown condition', ' {{#if x}}a{{/if}}', { code: 'UNKNOWN_CONDITION', name: 'x', section: 'RECORDS' }],
    ['a condition left open', ' {{#if off_label}}a', { code: 'UNBALANCED_CONDITION', section: 'RECORDS' }],
    ['a condition only closed', ' a{{/if}}', { code: 'UNBALANCED_CONDITION', section: 'RECORDS' }],
    ['half a placeholder', ' {{dob', { code: 'BROKEN_BRACES', section: 'RECORDS' }],
    ['a promised figure', ' up to 400 % more', { code: 'OUTCOME_NUMBER', text: '400 %', section: 'RECORDS' }],
  ]
  test.each(spoiled)('names %s', (_, addition, fault) => {
    expect(lintTemplate(withBody('RECORDS', (body) => body + addition))).toEqual([fault])
  })

  test('names a section that stands twice or is blank, reversed dates and a version below 1.0', () => {
    const [first, ...rest] = model.sections
    if (first === undefined) throw new Error('no section')
    expect(lintTemplate({ ...model, sections: [first, first, ...rest] })).toEqual([
      { code: 'SECTION_TWICE', section: 'PLANNED' },
    ])
    expect(lintTemplate(withBody('RECORDS', () => ' '))).toEqual([
      { code: 'SECTION_EMPTY', section: 'RECORDS' },
      { code: 'ELEMENT_MISSING', element: 'PRIVACY', lacks: ['RECORDS'] },
    ])
    expect(lintTemplate({ ...model, effectiveTo: '2025-12-31', major: 0, language: ' ' })).toEqual([
      { code: 'DATES_REVERSED' },
      { code: 'VERSION_INVALID' },
      { code: 'LANGUAGE_MISSING' },
    ])
  })
})

describe('a rendered consent', () => {
  test('leaves no placeholder, no stress mark and no blank behind', () => {
    const { text } = rendered(marasValues)
    expect(text).not.toMatch(/\{\{|\}\}|\*| \.| {2}/)
    expect(text).toContain('I have read this form or had it read to me in English. I described')
    expect(text).toContain('will not be more than 1.5 mm')
    expect(text).toContain('Less often: marked bruising')
  })

  test('leaves the off-label section out whole where all is on label', () => {
    expect(rendered(marasValues).sections.map(({ key }) => key)).not.toContain('OFF_LABEL')
    expect(rendered(marasValues).text).not.toContain('authorised purpose')
  })

  test('names what is off label where something is', () => {
    const values = { ...marasValues, off_label: true, off_label_items: 'my age (17)' }
    expect(rendered(values).sections.find(({ key }) => key === 'OFF_LABEL')?.body).toMatch(
      /^The U\.S\. .* My treatment for my age \(17\) is outside that use\. .* agree\.$/,
    )
  })

  test('refuses to render and lists every placeholder without a value', () => {
    const { dob: _, urgent_phone: __, ...rest } = marasValues
    expect(renderConsent(model, { ...rest, goals: '  ', off_label: true })).toEqual({
      ok: false,
      refusal: {
        code: 'CONSENT_VALUES_MISSING',
        facts: { placeholders: ['dob', 'goals', 'off_label_items', 'urgent_phone'] },
      },
    })
  })

  test('refuses a template that cannot be read', () => {
    expect(
      renderConsent(
        withBody('RIGHTS', (body) => `${body}{{/if}}`),
        marasValues,
      ),
    ).toEqual({
      ok: false,
      refusal: { code: 'CONSENT_TEMPLATE_FAULTY', facts: { sections: ['RIGHTS'] } },
    })
  })

  test('never resolves what a patient typed', () => {
    const { text } = rendered({ ...marasValues, questions: 'What is {{dob}} and $& and *this*?' })
    expect(text).toContain('My questions were: What is {{dob}} and $& and *this*?.')
  })

  test('ticks each photo choice on its own', () => {
    const photos = (ownRecord: boolean, staffTeaching: boolean, marketing: boolean) =>
      rendered({ ...marasValues, photoPermissions: { ownRecord, staffTeaching, marketing } })
        .sections.find(({ key }) => key === 'PHOTOGRAPHS')
        ?.body.match(/\[.\]/g)
    expect(photos(true, false, true)).toEqual(['[x]', '[ ]', '[x]'])
    expect(photos(false, true, false)).toEqual(['[ ]', '[x]', '[ ]'])
  })

  test('names an interpreter where there was one', () => {
    const values = { ...marasValues, language: 'Polish', interpreter_clause: 'by the interpreter Jan Wolny (phone)' }
    expect(rendered(values).text).toContain('read to me in Polish by the interpreter Jan Wolny (phone). I described')
  })
})

describe('off-label use', () => {
  test('is nothing for acne scars on the face of an adult of 22', () => {
    const uses = [{ zone: 'CHEEK_ANT', indication: 'ACNE_SCAR' }] as const
    expect(offLabelItems({ age: 22, uses, authorised: usualAuthorisedUse })).toEqual([])
  })

  test('is the age below 22, every zone and every indication outside the label, each once', () => {
    const uses = [
      { zone: 'CHIN', indication: 'RHYTIDES_FINE' },
      { zone: 'NECK_ANT', indication: 'RHYTIDES_FINE' },
      { zone: 'NECK_ANT', indication: 'RHYTIDES_FINE' },
      { zone: 'ABDOMEN', indication: 'OTHER_SCAR' },
      { zone: 'ABDOMEN', indication: 'STRIAE' },
    ] as const
    expect(offLabelItems({ age: 17, uses, authorised: usualAuthorisedUse })).toEqual([
      { kind: 'AGE', authorisedFrom: 22 },
      { kind: 'USE', zone: 'NECK_ANT', indication: 'RHYTIDES_FINE' },
      { kind: 'USE', zone: 'ABDOMEN', indication: 'STRIAE' },
    ])
  })
})
