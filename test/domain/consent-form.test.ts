import { describe, expect, it, test } from 'vitest'
import { stressedPhrases } from '../../shared/domain/consent/fill-consent.ts'
import { formWordsFor } from '../../shared/domain/consent/form-words.ts'
import { modelConsentSections } from '../../shared/domain/consent/model-text.ts'
import { offLabelItems, usualAuthorisedUse } from '../../shared/domain/consent/off-label.ts'
import {
  type ConsentGap,
  type ConsentPreparation,
  consentPreparationGaps,
  type PreparationFacts,
} from '../../shared/domain/consent/prepare-consent.ts'
import { signatureDrawing, signatureSvg } from '../../shared/domain/consent/signature-picture.ts'
import { compareTemplateVersions, nextTemplateVersion } from '../../shared/domain/consent/template-version.ts'
import { expandPreset, type ZonePlace } from '../../shared/domain/zones.ts'
import type { SeriesId } from '../../shared/kernel/ids.ts'
import { idOf, lena, noor, okafor } from './record-bodies.ts'

const words = formWordsFor('en-US')
if (words === null) throw new Error('the model text has no words')
const place = (text: string, site: string | null = null): ZonePlace => {
  const [zone, side] = text.split(' ')
  return { zone, side, site } as ZonePlace
}
const fullFace = expandPreset('FULL_FACE').map((one) => ({ ...one, site: null }))

describe('the words that fill a form', () => {
  test.each([
    ['one midline zone', [place('CHIN M')], 'my chin'],
    ['one side', [place('CHEEK_ANT L')], 'my left front cheek'],
    ['both sides', [place('CHEEK_ANT L'), place('CHEEK_ANT R')], 'my front cheeks'],
    ['several', [place('FOREHEAD M'), place('JAWLINE R'), place('CHIN M')], 'my forehead, right jawline and chin'],
    ['a whole face', fullFace, 'my full face'],
    ['a face and more', [...fullFace, place('NECK_ANT M')], 'my full face and front of the neck'],
    [
      'named scars',
      [place('SCAR_SITE L', 'knee, 4 cm'), place('SCAR_SITE R', 'elbow')],
      'my scar (knee, 4 cm) and scar (elbow)',
    ],
  ])('names %s', (_, zones, expected) => {
    expect(words.zones(zones)).toBe(expected)
  })

  it('names each use outside the authorised one once, and the age last', () => {
    const zones = [place('CHEEK_ANT L'), place('CHEEK_ANT R'), place('CHIN M')]
    const uses = zones.flatMap(({ zone }) =>
      (['ACNE_SCAR', 'PORES'] as const).map((indication) => ({ zone, indication })),
    )
    const items = offLabelItems({ age: 17, uses, authorised: usualAuthorisedUse })
    expect(words.offLabel(items, zones, 17)).toEqual([
      'enlarged pores of my front cheeks and chin',
      'a person of my age (17)',
    ])
  })

  test.each([
    ['', 'none'],
    ['  \n ', 'none'],
    ['Will it hurt?', '“Will it hurt?”'],
    ['Will it hurt?\nMay I swim.', '“Will it hurt?”, “May I swim.”'],
  ])('repeats the questions %j as %s', (asked, expected) => {
    expect(words.questions(asked)).toBe(expected)
  })

  it('says plainly who is a physician and where the responsible one is', () => {
    expect([
      words.isPhysician(false),
      words.supervision('ON_SITE'),
      words.supervision(null),
      words.interval(1),
      words.interval(2),
      words.date('2008-04-10'),
      words.language('pl'),
    ]).toEqual([
      'is not',
      'is in the building during my treatment',
      'carries out my treatment in person',
      'one month',
      'two months',
      '10-Apr-2008',
      'Polish',
    ])
  })

  it('has none for a language that nobody has written them in', () => {
    expect(formWordsFor('pl')).toBeNull()
  })

  it('knows which phrases the model text stresses', () => {
    const risks = modelConsentSections.find(({ key }) => key === 'RISKS')
    expect(stressedPhrases(risks?.body ?? '')).toEqual(['Less often:', 'Rarely:'])
  })
})

const facts: PreparationFacts = {
  bornOn: '1991-02-14',
  today: '2026-08-03',
  ageOfMajority: 18,
  isGuardianRequired: true,
  ceilingUm: 3500,
  isOrbitalEnabled: false,
  needsInterpreter: false,
  templates: [{ templateId: 'model', language: 'en', procedure: 'MECHANICAL' }],
  practitionerIds: [lena, okafor],
  physicianIds: [okafor],
  seriesIds: [],
}
const ready: ConsentPreparation = {
  templateId: 'model',
  procedure: 'MECHANICAL',
  seriesId: null,
  addons: [],
  zones: [place('CHIN M')],
  indications: ['ACNE_SCAR'],
  maxDepthUm: 1000,
  sessions: 4,
  intervalMonths: 1,
  dwellMin: 30,
  durationMin: 30,
  practitionerId: lena,
  supervisingPhysicianId: okafor,
  explainedById: lena,
  language: 'en',
  interpreter: null,
  signer: { role: 'PATIENT', name: '', relationship: '', proofOfAuthority: '', identityDocument: 'PASSPORT' },
  minor: null,
}
const mother = {
  role: 'GUARDIAN',
  name: 'Anjali Nair',
  relationship: 'mother',
  proofOfAuthority: 'birth certificate',
  identityDocument: 'PASSPORT',
} as const
const seen = {
  physicianId: okafor,
  examinedOn: '2026-08-03',
  chaperoneName: 'Anjali Nair',
  chaperoneRelation: 'mother',
}
const young = { bornOn: '2010-04-10' }
const course = idOf<SeriesId>(77)

describe('what is missing before a form can be shown', () => {
  const cases: readonly (readonly [
    string,
    Partial<ConsentPreparation>,
    Partial<PreparationFacts>,
    readonly ConsentGap[],
  ])[] = [
    ['nothing', {}, {}, []],
    ['an approved text', {}, { templates: [] }, ['TEMPLATE_NOT_APPROVED']],
    ['the choice of a text', { templateId: null }, {}, ['TEMPLATE']],
    ['a text for radiofrequency', { procedure: 'RF' }, {}, ['TEMPLATE_NOT_APPROVED']],
    ['the course, where the patient has one', {}, { seriesIds: [course] }, ['SERIES']],
    ['a course that is still going on', { seriesId: course }, {}, ['SERIES']],
    ['nothing, for the course chosen', { seriesId: course }, { seriesIds: [course] }, []],
    ['where the scar is', { zones: [place('SCAR_SITE M', ' ')] }, {}, ['SITE']],
    ['an enabled orbit', { zones: [place('ORBITAL L')] }, {}, ['ORBITAL_NOT_ENABLED']],
    ['a depth within the ceiling', { maxDepthUm: 3600 }, {}, ['DEPTH_OVER_CEILING']],
    [
      'every figure',
      { sessions: 0, intervalMonths: null, dwellMin: null, durationMin: 0 },
      {},
      ['SESSIONS', 'INTERVAL', 'DWELL', 'DURATION'],
    ],
    [
      'people who may',
      { practitionerId: noor, supervisingPhysicianId: lena, explainedById: null },
      {},
      ['PRACTITIONER', 'SUPERVISING_PHYSICIAN', 'EXPLAINED_BY'],
    ],
    ['the interpreter asked for', {}, { needsInterpreter: true }, ['INTERPRETER']],
    ['an interpreter into a foreign language', { language: 'pl' }, {}, ['INTERPRETER']],
    [
      'the interpreter’s name',
      { interpreter: { name: '', identifier: '', mode: 'PHONE', language: 'pl' } },
      {},
      ['INTERPRETER_NAME'],
    ],
    ['a birth date', {}, { bornOn: null }, ['BIRTH_DATE_UNKNOWN']],
    ['a guardian, an exam and a chaperone', {}, young, ['GUARDIAN_NEEDED', 'MINOR_EXAM', 'CHAPERONE']],
    ['an exam and a chaperone alone', {}, { ...young, isGuardianRequired: false }, ['MINOR_EXAM', 'CHAPERONE']],
    ['nothing of a minor’s form', { signer: mother, minor: seen }, young, []],
    ['an exam that has been', { signer: mother, minor: { ...seen, examinedOn: '2026-08-04' } }, young, ['MINOR_EXAM']],
    ['the adult in person', { signer: mother }, {}, ['GUARDIAN_NOT_NEEDED']],
    [
      'a representative’s authority',
      { signer: { ...mother, role: 'REPRESENTATIVE', relationship: '', proofOfAuthority: '' } },
      {},
      ['RELATIONSHIP', 'AUTHORITY'],
    ],
    ['proof of identity', { signer: { ...ready.signer, identityDocument: null } }, {}, ['IDENTITY_DOCUMENT']],
  ]
  test.each(cases)('%s', (_, preparation, changed, gaps) => {
    expect(consentPreparationGaps({ ...ready, ...preparation }, { ...facts, ...changed })).toEqual(gaps)
  })
})

describe('a mark as a picture', () => {
  const stroke = [
    { x: 1000, y: 2000, atMs: 0 },
    { x: 3000, y: 2500, atMs: 40 },
  ]

  it('is drawn from the very points that were signed, with room round them', () => {
    expect(signatureDrawing([stroke])).toEqual({
      viewBox: '0 0 28 13',
      widthPx: 28,
      heightPx: 13,
      paths: ['M4 4L24 9'],
    })
  })

  it('keeps a mere touch as a dot and is a picture by itself', () => {
    expect(signatureSvg([stroke, [{ x: 1000, y: 2000, atMs: 90 }]])).toMatch(
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" .*<path d="M4 4L24 9"\/><path d="M4 4L4 4"\/><\/g><\/svg>$/,
    )
  })
})

describe('the version of a text', () => {
  it('begins at 1.0, grows by wording in the minor and by substance in the major number', () => {
    expect([
      nextTemplateVersion(null, 'MINOR'),
      nextTemplateVersion({ major: 1, minor: 0 }, 'MINOR'),
      nextTemplateVersion({ major: 1, minor: 4 }, 'MAJOR'),
    ]).toEqual([
      { major: 1, minor: 0 },
      { major: 1, minor: 1 },
      { major: 2, minor: 0 },
    ])
    expect(compareTemplateVersions({ major: 1, minor: 9 }, { major: 2, minor: 0 })).toBeLessThan(0)
  })
})
