import { describe, expect, test } from 'vitest'
import { needsNewConsent } from '../../shared/domain/complication.ts'
import { photoPermissionsAfter, type WithdrawalScope, withdrawalEffects } from '../../shared/domain/consent/consent.ts'
import {
  type ConsentEvent,
  type ConsentState,
  consentEvents,
  consentStates,
  decideConsentTransition,
} from '../../shared/domain/consent/consent-state.ts'
import {
  type ConsentNeed,
  type ConsentOnFile,
  consentRemedies,
  consentValidity,
  majorityOn,
  mayInformGuardian,
} from '../../shared/domain/consent/consent-validity.ts'
import { modelConsentTemplate } from '../../shared/domain/consent/model-text.ts'
import { maySignConsent } from '../../shared/domain/consent/sign-consent.ts'
import type { Role } from '../../shared/domain/roles.ts'
import {
  complicationBodyOf,
  consentBodyOf,
  consentNeedOf,
  consentOnFileOf,
  deputy,
  frontDesk,
  idOf,
  lena,
  noor,
  okafor,
  signatureOf,
} from './record-bodies.ts'

const settings = { maxAgeMonths: 12, ageOfMajority: 18, isGuardianRequired: true }
const template = modelConsentTemplate('2026-01-01')

function judge(consent: ConsentOnFile, need: ConsentNeed, today = '2026-02-28') {
  return consentValidity({ consent, need, today, settings })
}

const marasMother = {
  role: 'GUARDIAN',
  name: 'Anjali Nair',
  relationship: 'mother',
  proofOfAuthority: 'birth certificate seen',
} as const
const priya = { patientId: idOf<never>(201), name: 'Priya Nair', bornOn: '2008-04-10', chartNumber: 'C-000124' }
const minorFacts = {
  assent: { given: true, at: '2026-03-02T15:00:00.000Z', note: '' },
  physicianExam: {
    physician: { staffId: okafor, name: 'Chidi Okafor', credential: 'MD' },
    examinedOn: '2026-03-02',
  },
  chaperone: { name: 'Anjali Nair', relation: 'mother' },
}
const priyasBody = consentBodyOf({ patient: priya, minor: minorFacts, signature: signatureOf(marasMother) })

describe('the states of a consent', () => {
  const eventOf: Readonly<Record<(typeof consentEvents)[number], ConsentEvent>> = {
    PRESENT: { kind: 'PRESENT' },
    REVISE: { kind: 'REVISE' },
    REFUSE: { kind: 'REFUSE', reason: 'wants to think about it' },
    SIGN: { kind: 'SIGN' },
    SUPERSEDE: { kind: 'SUPERSEDE' },
    EXPIRE: { kind: 'EXPIRE' },
    WITHDRAW: { kind: 'WITHDRAW', scopes: ['ALL'] },
    VOID: { kind: 'VOID', reason: 'wrong patient' },
  }
  const allowed: Readonly<Record<string, ConsentState>> = {
    'DRAFT PRESENT': 'PRESENTED',
    'DRAFT VOID': 'VOIDED',
    'PRESENTED REVISE': 'DRAFT',
    'PRESENTED REFUSE': 'PRESENTED',
    'PRESENTED SIGN': 'SIGNED',
    'PRESENTED VOID': 'VOIDED',
    'SIGNED SUPERSEDE': 'SUPERSEDED',
    'SIGNED EXPIRE': 'EXPIRED',
    'SIGNED WITHDRAW': 'WITHDRAWN',
    'SIGNED VOID': 'VOIDED',
    'SUPERSEDED WITHDRAW': 'WITHDRAWN',
    'SUPERSEDED VOID': 'VOIDED',
    'EXPIRED WITHDRAW': 'WITHDRAWN',
    'EXPIRED VOID': 'VOIDED',
    'WITHDRAWN WITHDRAW': 'WITHDRAWN',
    'WITHDRAWN VOID': 'VOIDED',
  }
  const cases = consentStates.flatMap((state) => consentEvents.map((event) => ({ state, event })))
  test.each(cases)('$state, $event by a physician', ({ state, event }) => {
    const next = allowed[`${state} ${event}`]
    const actor = { staffId: okafor, roles: ['physician'] as const }
    expect(decideConsentTransition({ state, event: eventOf[event], actor })).toEqual(
      next === undefined
        ? { ok: false, refusal: { code: 'CONSENT_MOVE_NOT_ALLOWED', facts: { state, event } } }
        : { ok: true, value: next },
    )
  })

  const desk: readonly (readonly [Role, ConsentState, ConsentEvent, boolean])[] = [
    ['frontDesk', 'PRESENTED', { kind: 'SIGN' }, true],
    ['frontDesk', 'SIGNED', { kind: 'WITHDRAW', scopes: ['ALL'] }, true],
    ['aesthetician', 'PRESENTED', { kind: 'VOID', reason: 'x' }, true],
    ['aesthetician', 'SIGNED', { kind: 'VOID', reason: 'x' }, false],
    ['frontDesk', 'EXPIRED', { kind: 'VOID', reason: 'x' }, false],
    ['manager', 'PRESENTED', { kind: 'SIGN' }, false],
    ['manager', 'SIGNED', { kind: 'WITHDRAW', scopes: ['ALL'] }, false],
  ]
  test.each(desk)('%s in %s: %o is allowed = %s', (role, state, event, isAllowed) => {
    expect(decideConsentTransition({ state, event, actor: { staffId: noor, roles: [role] } }).ok).toBe(isAllowed)
  })

  test('stays signed when only a photo permission is withdrawn', () => {
    const event = { kind: 'WITHDRAW', scopes: ['PHOTO_MARKETING', 'PHOTO_TEACHING'] } as const
    const actor = { staffId: frontDesk, roles: ['frontDesk'] as const }
    expect(decideConsentTransition({ state: 'SIGNED', event, actor })).toEqual({ ok: true, value: 'SIGNED' })
  })

  test('asks for a reason to void or refuse and for the scope of a withdrawal', () => {
    const actor = { staffId: okafor, roles: ['physician'] as const }
    const refusalOf = (state: ConsentState, event: ConsentEvent) => decideConsentTransition({ state, event, actor })
    expect([
      refusalOf('SIGNED', { kind: 'VOID', reason: ' ' }),
      refusalOf('PRESENTED', { kind: 'REFUSE', reason: '' }),
      refusalOf('SIGNED', { kind: 'WITHDRAW', scopes: [] }),
    ]).toEqual([
      { ok: false, refusal: { code: 'CONSENT_REASON_MISSING' } },
      { ok: false, refusal: { code: 'CONSENT_REASON_MISSING' } },
      { ok: false, refusal: { code: 'WITHDRAWAL_SCOPE_MISSING' } },
    ])
  })
})

describe('signing a consent', () => {
  const sign = (body = consentBodyOf(), needsInterpreter = false, today = '2026-01-20', isGuardianRequired = true) =>
    maySignConsent({ body, template, today, ageOfMajority: 18, isGuardianRequired, needsInterpreter })

  test('is accepted with the whole evidence', () => {
    expect(sign()).toEqual({ ok: true, value: signatureOf() })
    expect(sign(priyasBody, false, '2026-03-02').ok).toBe(true)
    expect(
      sign(consentBodyOf({ signature: signatureOf({ mark: { kind: 'TYPED', name: 'Mara Lindqvist' } }) })).ok,
    ).toBe(true)
  })

  const interpreter = { name: 'Jan Wolny', identifier: 'INT-7', mode: 'PHONE', language: 'pl' } as const
  test('is accepted in another language with an interpreter', () => {
    expect(sign(consentBodyOf({ language: 'pl', interpreter }), true).ok).toBe(true)
  })

  const faulty: readonly (readonly [string, Parameters<typeof consentBodyOf>[0], string])[] = [
    ['no signature', { signature: null }, 'CONSENT_SIGNATURE_MISSING'],
    [
      'a dot for a signature',
      { signature: signatureOf({ mark: { kind: 'STROKES', strokes: [[{ x: 1, y: 1, atMs: 0 }]] } }) },
      'CONSENT_SIGNATURE_MISSING',
    ],
    ['a nameless signature', { signature: signatureOf({ name: ' ' }) }, 'CONSENT_SIGNATURE_MISSING'],
    ['intent not ticked', { signature: signatureOf({ intentTicked: false }) }, 'CONSENT_INTENT_NOT_TICKED'],
    [
      'another document than the one shown',
      { signature: signatureOf({ documentSha256: 'f'.repeat(64) }) },
      'CONSENT_DOCUMENT_CHANGED',
    ],
    ['missing initials', { initials: [] }, 'CONSENT_INITIALS_MISSING'],
    ['nothing agreed to', { scope: { ...consentBodyOf().scope, zones: [] } }, 'CONSENT_SCOPE_EMPTY'],
    ['a foreign language without interpreter', { language: 'pl' }, 'CONSENT_INTERPRETER_MISSING'],
    ['an unknown birth date', { patient: { ...priya, bornOn: null } }, 'CONSENT_BIRTH_DATE_UNKNOWN'],
    ['a minor signing alone', { patient: priya }, 'CONSENT_GUARDIAN_NEEDED'],
    ['a guardian signing for an adult', { signature: signatureOf(marasMother) }, 'CONSENT_GUARDIAN_NOT_NEEDED'],
    [
      'a guardian without proof of authority',
      { patient: priya, minor: minorFacts, signature: signatureOf({ ...marasMother, proofOfAuthority: null }) },
      'CONSENT_AUTHORITY_MISSING',
    ],
    [
      'no assent, exam and chaperone of a minor',
      { patient: priya, signature: signatureOf(marasMother) },
      'CONSENT_ASSENT_MISSING',
    ],
    [
      'a minor who does not agree',
      {
        patient: priya,
        signature: signatureOf(marasMother),
        minor: { ...minorFacts, assent: { ...minorFacts.assent, given: false } },
      },
      'CONSENT_ASSENT_MISSING',
    ],
  ]
  test.each(faulty)('is refused with %s', (_, changes, code) => {
    expect(sign(consentBodyOf(changes))).toMatchObject({ ok: false, refusal: { code } })
  })

  test('of a minor alone stands where the policy asks for no guardian, with assent and the physician’s exam', () => {
    const alone = consentBodyOf({ patient: priya, minor: minorFacts })
    expect(sign(alone, false, '2026-03-02', false).ok).toBe(true)
    const unasked = consentBodyOf({ patient: priya, minor: null })
    expect(sign(unasked, false, '2026-03-02', false)).toMatchObject({ refusal: { code: 'CONSENT_ASSENT_MISSING' } })
  })

  test('is refused without the interpreter that the patient asked for', () => {
    expect(sign(consentBodyOf(), true)).toMatchObject({ refusal: { code: 'CONSENT_INTERPRETER_MISSING' } })
  })

  test('asks no initials of a section that was left out', () => {
    const refused = sign(consentBodyOf({ initials: [] }))
    expect(refused).toMatchObject({ refusal: { facts: { sections: ['RISKS', 'PHOTOGRAPHS'] } } })
  })
})

describe('a consent on file', () => {
  test('carries the plan it was given for', () => {
    expect(judge(consentOnFileOf(), consentNeedOf())).toEqual({ valid: true, state: 'SIGNED', problems: [] })
  })

  const withdrawal = {
    by: 'Mara Lindqvist',
    at: '2026-02-01T10:00:00.000Z',
    how: 'VERBAL',
    scopes: ['ALL'] as WithdrawalScope[],
    takenBy: frontDesk,
    note: '',
  } as const
  const body = consentBodyOf()
  const retakes: readonly (readonly [string, Partial<ConsentOnFile>, Partial<ConsentNeed>, object])[] = [
    ['it was only presented', { state: 'PRESENTED', signedOn: null }, {}, { code: 'NOT_SIGNED', state: 'PRESENTED' }],
    ['it was superseded', { state: 'SUPERSEDED' }, {}, { code: 'NOT_SIGNED', state: 'SUPERSEDED' }],
    ['it was voided', { state: 'VOIDED' }, {}, { code: 'NOT_SIGNED', state: 'VOIDED' }],
    [
      'it was withdrawn',
      { state: 'WITHDRAWN', withdrawals: [withdrawal] },
      {},
      { code: 'WITHDRAWN', by: 'Mara Lindqvist' },
    ],
    [
      'its series was withdrawn a moment ago',
      { withdrawals: [{ ...withdrawal, scopes: ['SERIES'] }] },
      {},
      { code: 'WITHDRAWN', by: 'Mara Lindqvist' },
    ],
    ['a new major version is out', {}, { currentMajor: 2 }, { code: 'NEW_MAJOR_VERSION', signed: 1, current: 2 }],
    ['it is another series', {}, { seriesId: idOf(301) }, { code: 'OTHER_SERIES' }],
    [
      'a zone was not named',
      {},
      { zones: [...body.scope.zones, { zone: 'CHIN', side: 'M', site: null }] },
      { code: 'ZONE_NOT_COVERED', zones: [{ zone: 'CHIN', side: 'M', site: null }] },
    ],
    [
      'the other side was not named',
      { body: consentBodyOf({ scope: { ...body.scope, zones: [{ zone: 'TEMPLE', side: 'L', site: null }] } }) },
      { zones: [{ zone: 'TEMPLE', side: 'R', site: null }] },
      { code: 'ZONE_NOT_COVERED', zones: [{ zone: 'TEMPLE', side: 'R', site: null }] },
    ],
    [
      'an indication was not named',
      {},
      { indications: ['ACNE_SCAR', 'STRIAE'] },
      { code: 'INDICATION_NOT_COVERED', indications: ['STRIAE'] },
    ],
    ['the plan is deeper', {}, { maxDepthUm: 1550 }, { code: 'DEPTH_NOT_COVERED', plannedUm: 1550, consentedUm: 1500 }],
    [
      'the procedure changes to RF',
      {},
      { procedure: 'RF' },
      { code: 'PROCEDURE_NOT_COVERED', planned: 'RF', consented: 'MECHANICAL' },
    ],
    ['an add-on has no clause', {}, { addons: ['PRP'] }, { code: 'ADDON_NOT_COVERED', addons: ['PRP'] }],
    ['screening has a new CLEAR outcome', {}, { hasNewClearFinding: true }, { code: 'NEW_CLEAR_FINDING' }],
    [
      'there is a new diagnosis or medicine',
      {},
      { hasNewDiagnosisOrMedicine: true },
      { code: 'NEW_DIAGNOSIS_OR_MEDICINE' },
    ],
    [
      'a complication ended it',
      {},
      { complicationsSince: ['SCAR_KELOID'] },
      { code: 'COMPLICATION_SINCE', complications: ['SCAR_KELOID'] },
    ],
    ['the birth date is not known', {}, { bornOn: null }, { code: 'BIRTH_DATE_UNKNOWN' }],
    [
      'it was interpreted into another language',
      {},
      { language: 'pl' },
      { code: 'LANGUAGE_DIFFERS', signed: 'en', needed: 'pl' },
    ],
    ['the patient does not agree today', {}, { agreesToday: false }, { code: 'NOT_AGREED_TODAY' }],
  ]
  test.each(retakes)('does not carry the plan when %s', (_, onFile, need, problem) => {
    expect(judge(consentOnFileOf(onFile), consentNeedOf(need))).toMatchObject({ valid: false, problems: [problem] })
  })

  test('holds for twelve months and not a day longer', () => {
    expect(judge(consentOnFileOf(), consentNeedOf(), '2027-01-20').valid).toBe(true)
    expect(judge(consentOnFileOf(), consentNeedOf(), '2027-01-21')).toEqual({
      valid: false,
      state: 'EXPIRED',
      problems: [{ code: 'TOO_OLD', lapsedOn: '2027-01-20' }],
    })
  })

  test('survives a new minor version and another English', () => {
    expect(judge(consentOnFileOf(), consentNeedOf({ language: 'en-GB', agreesToday: null })).valid).toBe(true)
  })

  test('needs one line when the aesthetician or the supervising physician changes', () => {
    const need = consentNeedOf({ practitionerId: noor, supervisingPhysicianId: deputy })
    const before = judge(consentOnFileOf(), need)
    expect(before.problems).toEqual([{ code: 'STAFF_CHANGED', practitioner: true, supervisingPhysician: true }])
    expect(before.problems.map(({ code }) => consentRemedies[code])).toEqual(['REACKNOWLEDGE'])

    const line = {
      at: '2026-02-28T14:00:00.000Z',
      by: 'Mara Lindqvist',
      practitionerId: noor,
      supervisingPhysicianId: deputy,
      takenBy: frontDesk,
    }
    const after = consentOnFileOf({ reacknowledgements: [line] })
    expect(judge(after, need).valid).toBe(true)
    expect(judge(after, consentNeedOf({ practitionerId: lena, supervisingPhysicianId: deputy })).problems).toEqual([
      { code: 'STAFF_CHANGED', practitioner: true, supervisingPhysician: false },
    ])
  })

  test('names every problem, not only the first', () => {
    const need = consentNeedOf({ maxDepthUm: 2000, currentMajor: 2, hasNewClearFinding: true })
    expect(judge(consentOnFileOf(), need).problems.map(({ code }) => code)).toEqual([
      'NEW_MAJOR_VERSION',
      'DEPTH_NOT_COVERED',
      'NEW_CLEAR_FINDING',
    ])
  })

  test('of a named scar does not carry the scar beside it', () => {
    const scarOn = (site: string) => ({ zone: 'SCAR_SITE', side: 'L', site }) as const
    const scope = { ...body.scope, zones: [scarOn('left knee')] }
    const consent = consentOnFileOf({ body: consentBodyOf({ scope }) })
    expect(judge(consent, consentNeedOf({ zones: [scarOn('Left  Knee')] })).valid).toBe(true)
    expect(judge(consent, consentNeedOf({ zones: [scarOn('left elbow')] })).valid).toBe(false)
  })

  test('is needed anew after grade 3 or any scarring, not after a mild reaction', () => {
    expect(needsNewConsent(complicationBodyOf({ code: 'BRUISING', worstGrade: 3 }))).toBe(true)
    expect(needsNewConsent(complicationBodyOf({ code: 'SCAR_TRAM_TRACK', worstGrade: 1 }))).toBe(true)
    expect(needsNewConsent(complicationBodyOf({ code: 'PIH', worstGrade: 2 }))).toBe(false)
  })
})

describe('a minor (scenario 3: Priya Nair, born 10 Apr 2008)', () => {
  const consent = consentOnFileOf({ body: priyasBody, signedOn: '2026-03-02' })
  const need = consentNeedOf({ bornOn: '2008-04-10', guardianName: 'Anjali Nair' })

  test('is treated on her mother’s consent at 17', () => {
    expect(judge(consent, need, '2026-03-02').valid).toBe(true)
    expect(mayInformGuardian({ bornOn: '2008-04-10', today: '2026-03-02', ageOfMajority: 18 })).toBe(true)
  })

  test('cannot start on 13 Apr 2026: the guardian consent has expired with her 18th birthday', () => {
    expect(judge(consent, need, '2026-04-09').state).toBe('SIGNED')
    expect(judge(consent, need, '2026-04-13')).toEqual({
      valid: false,
      state: 'EXPIRED',
      problems: [{ code: 'GUARDIAN_CONSENT_EXPIRED', majorityOn: '2026-04-10' }],
    })
    expect(mayInformGuardian({ bornOn: '2008-04-10', today: '2026-04-13', ageOfMajority: 18 })).toBe(false)
  })

  test('is treated on her own consent from then on', () => {
    const own = consentOnFileOf({ body: consentBodyOf({ patient: priya }), signedOn: '2026-04-13' })
    expect(judge(own, need, '2026-04-13').valid).toBe(true)
  })

  test('is still a minor at 18 where majority is 19 or 21', () => {
    const validity = consentValidity({
      consent,
      need,
      today: '2026-04-13',
      settings: { ...settings, ageOfMajority: 19 },
    })
    expect(validity.valid).toBe(true)
  })

  test('needs another consent when the guardian changes, and any guardian at all', () => {
    expect(judge(consent, { ...need, guardianName: 'Rohan Nair' }, '2026-03-03').problems).toEqual([
      { code: 'GUARDIAN_CHANGED' },
    ])
    const alone = consentOnFileOf({ body: consentBodyOf({ patient: priya }), signedOn: '2026-03-02' })
    expect(judge(alone, need, '2026-03-03').problems).toEqual([{ code: 'GUARDIAN_NEEDED' }])
    const lenient = { ...settings, isGuardianRequired: false }
    expect(consentValidity({ consent: alone, need, today: '2026-03-03', settings: lenient }).problems).toEqual([])
  })

  test('born on 29 February comes of age on 1 March of a common year', () => {
    expect(majorityOn('2008-02-29', 18)).toBe('2026-03-01')
    expect(majorityOn('2008-02-29', 20)).toBe('2028-02-29')
  })
})

describe('a withdrawal (scenario 8: Helen Marsh, by phone, also her marketing photos)', () => {
  test('blocks starts, holds bookings, ends the series and asks for a take-down', () => {
    expect(withdrawalEffects(['SERIES', 'PHOTO_MARKETING'])).toEqual({
      blocksStarts: true,
      holdsBookings: true,
      endsSeries: true,
      needsTakeDown: true,
    })
  })

  test('of a photo permission alone touches neither series nor bookings', () => {
    expect(withdrawalEffects(['PHOTO_TEACHING'])).toEqual({
      blocksStarts: false,
      holdsBookings: false,
      endsSeries: false,
      needsTakeDown: false,
    })
  })

  test('takes back the named photo choices, or all of them', () => {
    const given = { ownRecord: true, staffTeaching: true, marketing: true }
    expect(photoPermissionsAfter(given, [{ scopes: ['PHOTO_MARKETING'] }])).toEqual({ ...given, marketing: false })
    expect(photoPermissionsAfter(given, [{ scopes: ['ALL'] }])).toEqual({
      ownRecord: false,
      staffTeaching: false,
      marketing: false,
    })
  })

  test('is answered in 2027 by a new consent, which carries the plan again', () => {
    const old = consentOnFileOf({ state: 'WITHDRAWN', withdrawals: [] })
    expect(judge(old, consentNeedOf()).problems).toEqual([{ code: 'WITHDRAWN', by: null }])
    expect(judge(consentOnFileOf({ signedOn: '2027-03-01' }), consentNeedOf(), '2027-03-01').valid).toBe(true)
  })
})
