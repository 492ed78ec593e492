import { describe, expect, test } from 'vitest'
import { clearanceBody } from '../../shared/contract/schemas/clearance.ts'
import { screeningBody } from '../../shared/contract/schemas/screening.ts'
import { choice, multi, on, place, where } from './screening-answers.ts'
import { answersOfHealthyPerson } from './screening-healthy.ts'

const id = '0b5f2d8e-6a43-4c1f-9d70-2f5a8c1e7b34'
const screening = {
  schema: 'screening/1',
  id,
  patientId: id,
  form: 'FULL',
  questionnaireVersion: '1.0',
  language: 'en-US',
  takenOn: '2026-06-02',
  answers: {
    ...answersOfHealthyPerson('FULL'),
    ...choice('SQ-10', 'PAST', on(null)),
    ...choice('SQ-21', 'YES', where('CHIN.M')),
  },
  signature: {
    role: 'PATIENT',
    name: 'Tomas Ferreira',
    relationship: null,
    mark: {
      kind: 'STROKES',
      strokes: [
        [
          { x: 100, y: 250, atMs: 0 },
          { x: 180, y: 240, atMs: 16 },
        ],
      ],
    },
    imageId: null,
    intentStatement: 'My answers are true. I sign them here.',
    intentTicked: true,
    signedAt: '2026-06-02T15:00:00.000Z',
    utcOffsetMin: -360,
  },
  clarifications: [{ questionId: 'SQ-10', text: 'Thinks it was in spring.', by: id, at: '2026-06-02T15:05:00.000Z' }],
  concerns: { bodyImage: false, capacity: false },
}
const clearance = {
  schema: 'clearance/1',
  id,
  patientId: id,
  seriesId: null,
  findings: [{ questionId: 'SQ-10', rule: 'ISOTRETINOIN_WAIT', scope: 'PATIENT', zones: [], eligibleOn: '2026-09-02' }],
  decision: 'CLEARED',
  reason: 'Superficial only.',
  conditions: {
    maxDepthUm: 500,
    zonesExcluded: [],
    zonesAllowed: [place('JAWLINE.R')],
    prophylaxis: null,
    anaestheticPlan: { kind: 'OTHER_CLASS', text: 'Cold air' },
  },
  offLabelNote: null,
  expiresOn: '2026-08-31',
  signature: {
    staffId: id,
    printedName: 'Dr Ada Okafor',
    credential: 'MD',
    licence: { number: 'MD-4471', state: 'UT', level: 'PHYSICIAN', expiresOn: '2027-12-31' },
    signedAt: '2026-06-02T15:00:00.000Z',
    utcOffsetMin: -360,
  },
}

describe('a stored screening', () => {
  test('comes back as it was signed', () => {
    expect(screeningBody.parse(JSON.parse(JSON.stringify(screening)))).toEqual(screening)
    expect(screeningBody.parse({ ...screening, signature: null }).signature).toBeNull()
  })

  test.each([
    ['an extra field', { note: 'x' }],
    ['another schema', { schema: 'screening/2' }],
    [
      'a question that does not exist',
      { answers: { 'SQ-99': { kind: 'CHOICE', chosen: { option: 'NO', inputs: [] } } } },
    ],
    [
      'an answer to the computed age',
      { answers: { 'SQ-02': { kind: 'CHOICE', chosen: { option: 'NO', inputs: [] } } } },
    ],
    ['a prototype as a question', { answers: JSON.parse('{"__proto__": {"kind": "CHOICE"}}') }],
    ['none of these beside a medicine', { answers: multi('SQ-12', ['NONE'], ['DOAC']) }],
    ['a full-form question in a short form', { form: 'SHORT', answers: choice('SQ-27', 'NO') }],
    ['a day that does not exist', { answers: choice('SQ-10', 'PAST', on('2026-02-30')) }],
    ['a zone without such a side', { answers: choice('SQ-21', 'YES', where('CHIN.L')) }],
    ['a signature without intent', { signature: { ...screening.signature, intentTicked: false } }],
    ['an empty clarification', { clarifications: [{ ...screening.clarifications[0], text: '  ' }] }],
  ])('is refused with %s', (_says, change) => {
    expect(screeningBody.safeParse({ ...screening, ...change }).success).toBe(false)
  })
})

describe('a stored clearance', () => {
  test('comes back as it was signed', () => {
    expect(clearanceBody.parse(JSON.parse(JSON.stringify(clearance)))).toEqual(clearance)
  })

  test.each([
    ['an extra condition', { conditions: { ...clearance.conditions, dose: '500 mg' } }],
    ['a depth in millimetres', { conditions: { ...clearance.conditions, maxDepthUm: 0.5 } }],
    ['no finding', { findings: [] }],
    ['no reason', { reason: ' ' }],
    ['a zone twice', { conditions: { ...clearance.conditions, zonesExcluded: [place('CHIN.M'), place('CHIN.M')] } }],
    ['no expiry', { expiresOn: null }],
  ])('is refused with %s', (_says, change) => {
    expect(clearanceBody.safeParse({ ...clearance, ...change }).success).toBe(false)
  })
})
