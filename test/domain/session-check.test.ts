import { describe, expect, test } from 'vitest'
import type { SessionDraft } from '../../shared/domain/session.ts'
import { emptyDraft, readPlan } from '../../shared/domain/session.ts'
import type { SessionFacts } from '../../shared/domain/session-check.ts'
import { checkSession, maySubmit } from '../../shared/domain/session-check.ts'
import type { StartGateFacts } from '../../shared/domain/start-gate-facts.ts'
import {
  cartridge,
  cheekLeft,
  cheekRight,
  consent,
  draftWith,
  gateFacts,
  ids,
  lena,
  okafor,
  orderWith,
  planned,
  policyWith,
  sessionFacts,
  zoneRow,
  zoneSides,
} from './given-session.ts'

type Part<Key extends keyof SessionDraft> = NonNullable<SessionDraft[Key]>

const draft = draftWith()
const anaesthetic = (change: Partial<Part<'anaesthetic'>>): Partial<SessionDraft> => ({
  anaesthetic: { ...draft.anaesthetic, ...change },
})
const firstCartridge = draft.cartridgeUses?.[0] ?? {}
const use = (change: Partial<Part<'cartridgeUses'>[number]>): Partial<SessionDraft> => ({
  cartridgeUses: [{ ...firstCartridge, ...change }],
})
const rows = (...change: readonly Parameters<typeof zoneRow>[1][]): Partial<SessionDraft> => ({
  zoneRows: change.map((one, index) => zoneRow(index === 0 ? cheekLeft : cheekRight, one)),
})
const gate = (change: Partial<StartGateFacts>): Partial<SessionFacts> => ({ gate: gateFacts(change) })
const pass = (no: number, endpointAfter: 'NONE' | 'ERYTHEMA' | 'PINPOINT' | 'FRANK_BLEEDING' = 'ERYTHEMA') => ({
  no,
  directions: ['V' as const],
  endpointAfter,
})

function check(change: Partial<SessionDraft> = {}, facts: Partial<SessionFacts> = {}) {
  return checkSession(draftWith(change), sessionFacts(facts))
}

test('a complete log of an ordinary session has nothing to remark and may be submitted', () => {
  const found = check()
  expect(found).toEqual({ hard: [], soft: [], deviations: [], missing: [], redFlags: [], isLateEntry: false })
  expect(maySubmit(found)).toBe(true)
})

describe('values that are refused', () => {
  test.each<[string, Partial<SessionDraft>, Partial<SessionFacts>, readonly string[]]>([
    ['a session number that the series has already', {}, { isSessionNoTaken: true }, ['SESSION_NO_TAKEN sessionNo']],
    [
      'cream taken off before it was put on',
      anaesthetic({ offAt: '2026-02-28T16:04:00.000Z' }),
      {},
      ['ANAESTHETIC_OFF_BEFORE_ON anaesthetic.offAt'],
    ],
    ['a speed above the device', { speed: 151 }, {}, ['SPEED_OUTSIDE_DEVICE_RANGE speed']],
    ['a speed below the device', { speed: 49 }, {}, ['SPEED_OUTSIDE_DEVICE_RANGE speed']],
    [
      'a speed in one zone outside the device',
      rows({ speedOverride: 200 }),
      {},
      ['SPEED_OUTSIDE_DEVICE_RANGE zoneRows[0].speedOverride'],
    ],
    ['an end before the start', { endedAt: '2026-02-28T16:39:00.000Z' }, {}, ['END_NOT_AFTER_START endedAt']],
    ['an end at the start', { endedAt: '2026-02-28T16:40:00.000Z' }, {}, ['END_NOT_AFTER_START endedAt']],
    ['an end in the future', { endedAt: '2026-02-28T17:21:00.000Z' }, {}, ['TIME_IN_FUTURE endedAt']],
    ['longer than eight hours', { startedAt: '2026-02-28T09:07:00.000Z' }, {}, ['SESSION_TOO_LONG endedAt']],
    [
      'one zone and side twice with one cartridge',
      { zoneRows: [zoneRow(cheekLeft), zoneRow(cheekLeft)] },
      {},
      ['DUPLICATE_ZONE_ROW zoneRows[1]'],
    ],
    [
      'a side that the zone does not have',
      { zoneRows: [zoneRow({ ...cheekLeft, side: 'M' })] },
      {},
      ['SIDE_NOT_OF_ZONE zoneRows[0].side'],
    ],
    [
      'a cartridge that was never opened',
      rows({ cartridge: 'c2' }),
      {},
      ['CARTRIDGE_USE_UNKNOWN zoneRows[0].cartridge'],
    ],
    [
      'two cartridges of one name',
      { cartridgeUses: [firstCartridge, firstCartridge] },
      {},
      ['CARTRIDGE_LABEL_TWICE cartridgeUses[1].label'],
    ],
    ['a depth no needle has', rows({ depthUm: 99 }), {}, ['DEPTH_BELOW_MINIMUM zoneRows[0].depthUm']],
    ['pain above ten', { painMax: 11 }, {}, ['PAIN_OUT_OF_RANGE painMax']],
    ['pain below none', { painMax: -1 }, {}, ['PAIN_OUT_OF_RANGE painMax']],
    ['half a point of pain', { painMax: 2.5 }, {}, ['PAIN_OUT_OF_RANGE painMax']],
    ['an early end without its reason', { endedEarly: true }, {}, ['ENDED_EARLY_REASON_MISSING endedEarlyReason']],
    [
      'an eleventh pass',
      rows({ passes: [pass(11)], stopReason: 'PAIN' }),
      {},
      ['PASS_NO_IMPOSSIBLE zoneRows[0].passes[0].no'],
    ],
  ])('%s', (_, change, facts, expected) => {
    const found = check(change, facts)
    const refused = found.hard.filter(({ code }) => !code.endsWith('REASON_MISSING') || code.startsWith('ENDED'))
    expect(refused.map(({ code, path }) => `${code} ${path}`)).toEqual(expected)
    expect(maySubmit(found)).toBe(false)
  })

  test.each([
    ['eight hours exactly', { startedAt: '2026-02-28T09:08:00.000Z' }],
    [
      'one zone twice with two cartridges',
      {
        cartridgeUses: [firstCartridge, { ...firstCartridge, label: 'c2' }],
        zoneRows: [zoneRow(cheekLeft), zoneRow(cheekLeft, { cartridge: 'c2' })],
      },
    ],
    ['an early end with its reason', { endedEarly: true, endedEarlyReason: 'PAIN' as const }],
    ['pain of ten', { painMax: 10 }],
  ])('%s is possible', (_, change) => {
    expect(check(change).hard.filter(({ code }) => code !== 'WARNING_REASON_MISSING')).toEqual([])
  })

  test('scenario 4: 15 mm typed for 1.5 mm is refused', () => {
    const codes = check(rows({ depthUm: 15_000 })).hard.map(({ code, path }) => `${code} ${path}`)
    expect(codes).toContain('DEPTH_OVER_DEVICE_MAX zoneRows[0].depthUm')
    expect(codes).toContain('DEPTH_OVER_MECHANICAL_MAX zoneRows[0].depthUm')
  })
})

describe('what is saved with a warning and its reason', () => {
  const lowLimits = gate({ policy: policyWith(), fst: 'V' })
  const deep: Partial<StartGateFacts> = {
    practitioner: okafor,
    order: {
      orderId: ids.order,
      body: orderWith({
        zones: [
          { ...cheekLeft, maxDepthUm: 2500 },
          { ...cheekRight, maxDepthUm: 2500 },
        ],
      }),
      sessionsUsed: 1,
    },
    consent: { ...consent, maxDepthUm: 2500 },
  }
  const byPhysician: Partial<SessionDraft> = {
    practitionerId: ids.okafor,
    supervisingPhysicianId: null,
    supervisionModeActual: null,
  }

  test.each<[string, Partial<SessionDraft>, Partial<SessionFacts>, readonly string[]]>([
    ['a fifth session of four', { sessionNo: 5 }, {}, ['SESSION_NO_OVER_PLAN sessionNo']],
    [
      'twenty days after the last session',
      {},
      gate({ series: { status: 'ACTIVE', lastPerformedOn: '2026-02-08', isIntervalCleared: false } }),
      ['INTERVAL_SHORT startedAt'],
    ],
    [
      'an antiseptic without lot',
      { skinPrep: { name: 'Chlorhexidine 2 %' } },
      {},
      ['PRODUCT_LOT_MISSING skinPrep.lotRaw'],
    ],
    [
      'lidocaine above 4 % over the counter',
      anaesthetic({ agents: [{ agent: 'LIDOCAINE', percent: 5 }] }),
      {},
      ['LIDOCAINE_STRONG anaesthetic.agents[0].percent'],
    ],
    [
      'lidocaine above 4 % on an order',
      anaesthetic({ agents: [{ agent: 'LIDOCAINE', percent: 5 }], orderId: ids.order }),
      {},
      [],
    ],
    ['another agent above 4 %', anaesthetic({ agents: [{ agent: 'TETRACAINE', percent: 7 }] }), {}, []],
    ['cream under occlusion', anaesthetic({ isOccluded: true }), {}, ['ANAESTHETIC_OCCLUDED anaesthetic.isOccluded']],
    [
      'cream on face and chest',
      anaesthetic({ area: [...zoneSides(cheekLeft), { zone: 'DECOLLETAGE', side: 'M' }] }),
      {},
      ['ANAESTHETIC_AREA_LARGE anaesthetic.area'],
    ],
    [
      'cream on the back',
      anaesthetic({ area: [{ zone: 'BACK_UPPER', side: 'M' }] }),
      {},
      ['ANAESTHETIC_AREA_LARGE anaesthetic.area'],
    ],
    [
      'cream on face and neck',
      anaesthetic({ area: [...zoneSides(cheekLeft), { zone: 'NECK_ANT', side: 'M' }] }),
      {},
      [],
    ],
    [
      'cream for fourteen minutes',
      anaesthetic({ offAt: '2026-02-28T16:19:00.000Z' }),
      {},
      ['ANAESTHETIC_DWELL_SHORT anaesthetic.offAt'],
    ],
    ['cream for fifteen minutes', anaesthetic({ offAt: '2026-02-28T16:20:00.000Z' }), {}, []],
    ['cream for an hour', anaesthetic({ onAt: '2026-02-28T15:35:00.000Z' }), {}, []],
    [
      'cream for longer than an hour',
      anaesthetic({ onAt: '2026-02-28T15:34:00.000Z' }),
      {},
      ['ANAESTHETIC_DWELL_LONG anaesthetic.offAt'],
    ],
    [
      'nobody noted when the cream came off',
      anaesthetic({ offAt: null }),
      {},
      ['ANAESTHETIC_OFF_TIME_MISSING anaesthetic.offAt'],
    ],
    [
      'a device without a training certificate, where the clinic asks for one',
      {},
      gate({ trainings: [] }),
      ['DEVICE_TRAINING_MISSING deviceId'],
    ],
    [
      'a device past its calibration',
      {},
      gate({
        device:
          gateFacts().device && ({ ...gateFacts().device, calibrationDueOn: '2026-02-27' } as StartGateFacts['device']),
      }),
      ['DEVICE_CALIBRATION_OVERDUE deviceId'],
    ],
    ['nine minutes', { endedAt: '2026-02-28T16:49:00.000Z' }, {}, ['DURATION_SHORT endedAt']],
    ['ten minutes', { endedAt: '2026-02-28T16:50:00.000Z' }, {}, []],
    ['ninety minutes', { startedAt: '2026-02-28T15:38:00.000Z' }, {}, []],
    ['ninety-one minutes', { startedAt: '2026-02-28T15:37:00.000Z' }, {}, ['DURATION_LONG endedAt']],
    [
      'deeper than usual for the zone',
      { ...byPhysician, ...rows({ depthUm: 2050 }) },
      gate(deep),
      ['DEPTH_OVER_ZONE_SOFT_MAX zoneRows[0].depthUm'],
    ],
    [
      'over 1.5 mm in skin type V',
      { ...byPhysician, fst: 'V', ...rows({ depthUm: 1550 }) },
      gate(deep),
      ['DEPTH_HIGH_FOR_SKIN_TYPE zoneRows[0].depthUm'],
    ],
    ['1.0 mm in skin type V', { fst: 'V' }, lowLimits, []],
    [
      'a fourth pass',
      rows({ passes: [pass(1), pass(2), pass(3), pass(4, 'PINPOINT')] }),
      {},
      ['PASS_OVER_THREE zoneRows[0].passes[3].no'],
    ],
    [
      'a pass after pinpoint bleeding',
      rows({ passes: [pass(1, 'PINPOINT'), pass(2, 'PINPOINT')] }),
      {},
      ['PASS_AFTER_PINPOINT zoneRows[0].passes[1]'],
    ],
    [
      'frank bleeding',
      rows({ passes: [pass(1, 'FRANK_BLEEDING')] }),
      {},
      ['FRANK_BLEEDING zoneRows[0].passes[0].endpointAfter'],
    ],
    [
      'stopped at an endpoint that was not reached',
      rows({ passes: [pass(1, 'NONE')] }),
      {},
      ['ENDPOINT_CONTRADICTS_STOP_REASON zoneRows[0].stopReason'],
    ],
    [
      'an active product',
      {
        postProducts: {
          kind: 'APPLIED',
          products: [{ name: 'Vitamin C', lotRaw: 'V1', productClass: 'ACTIVE_AVOID', moment: 'DURING' }],
        },
      },
      gate({ policy: policyWith({ topicalActivesBlocked: false }) }),
      ['ACTIVE_PRODUCT postProducts.products[0]'],
    ],
    ['bleeding for eleven minutes', { haemostasisMin: 11 }, {}, ['HAEMOSTASIS_LONG haemostasisMin']],
    ['bleeding for ten minutes', { haemostasisMin: 10 }, {}, []],
    [
      'the next session in 27 days',
      { nextSessionSuggestedOn: '2026-03-27' },
      {},
      ['NEXT_SESSION_TOO_SOON nextSessionSuggestedOn'],
    ],
  ])('%s', (_, change, facts, expected) => {
    const found = check(change, facts)
    expect(found.soft.map(({ code, path }) => `${code} ${path}`)).toEqual(expected)
    expect(found.deviations).toEqual([])
  })

  test('is submitted only with its reason', () => {
    const change = { haemostasisMin: 11 }
    expect(check(change).hard).toEqual([
      { code: 'WARNING_REASON_MISSING', path: 'haemostasisMin', facts: { warning: 'HAEMOSTASIS_LONG' } },
    ])
    const warnings = [
      { code: 'HAEMOSTASIS_LONG', path: 'haemostasisMin', reason: 'pressed longer to be sure' },
    ] as const
    expect(maySubmit(check({ ...change, warnings }))).toBe(true)
  })

  test('scenario 7: a missing off-time and an endpoint that contradicts its reason can be submitted, and are seen', () => {
    const found = check({ ...anaesthetic({ offAt: null }), ...rows({ passes: [pass(1, 'NONE')] }) })
    expect(found.soft.map(({ code }) => code)).toEqual([
      'ANAESTHETIC_OFF_TIME_MISSING',
      'ENDPOINT_CONTRADICTS_STOP_REASON',
    ])
    expect(maySubmit(found)).toBe(true)
  })
})

describe('required fields', () => {
  test('an empty draft misses them all and is judged without a fault', () => {
    const found = checkSession(emptyDraft, sessionFacts())
    expect(found.hard).toEqual([])
    expect(found.missing).toEqual([
      'patientId',
      'seriesId',
      'sessionNo',
      'clinic',
      'room',
      'practitionerId',
      'stillAgreesToday',
      'fst',
      'deviceId',
      'startedAt',
      'endedAt',
      'utcOffsetMin',
      'painMax',
      'endedEarly',
      'needlestickInjury',
      'recordOnly',
      'supervisingPhysicianId',
      'supervisionModeActual',
      'identityCheck',
      'prePhotos',
      'skinPrep',
      'anaesthetic.kind',
      'speed',
      'cartridgeUses',
      'zoneRows',
      'postProducts.kind',
      'immediateReactions.kind',
      'aftercareGiven',
    ])
    expect(found.deviations).toEqual([])
  })

  test.each([
    ['the patient who no longer agreed', { stillAgreesToday: false }, 'STILL_AGREES_NOT_ASKED'],
    [
      'an identity nobody checked',
      { identityCheck: { ...draft.identityCheck, identifiers: [] } },
      'IDENTITY_NOT_CHECKED',
    ],
    ['no supervision at all', { supervisionModeActual: 'NONE' as const }, 'SUPERVISION_INSUFFICIENT'],
  ])('%s is an answer and a deviation', (_, change, code) => {
    expect(check(change).deviations.map((deviation) => deviation.code)).toContain(code)
  })

  test.each<[string, Partial<SessionDraft>, readonly string[]]>([
    ['a blank room', { room: ' ' }, ['room']],
    ['photos declined without a reason', { prePhotos: { kind: 'DECLINED', reason: '' } }, ['prePhotos.reason']],
    ['later photos without a reason', { postPhotos: { kind: 'KEPT_ELSEWHERE' } }, ['postPhotos.reason']],
    ['no anaesthetic is an answer', { anaesthetic: { kind: 'NONE' } }, []],
    [
      'cream without agents or area',
      anaesthetic({ agents: [], area: null }),
      ['anaesthetic.agents', 'anaesthetic.area'],
    ],
    ['an agent without strength', anaesthetic({ agents: [{ agent: 'LIDOCAINE' }] }), ['anaesthetic.agents[0].percent']],
    ['a cartridge nobody said was discarded', use({ isDiscarded: null }), ['cartridgeUses[0].isDiscarded']],
    ['a zone without indication', rows({ indication: null }), ['zoneRows[0].indication']],
    ['a zone without passes', rows({ passes: [] }), ['zoneRows[0].passes']],
    [
      'a pass without direction',
      rows({ passes: [{ ...pass(1, 'PINPOINT'), directions: [] }] }),
      ['zoneRows[0].passes[0].directions'],
    ],
    ['an add-on without name', { addons: [{ kind: 'LED' }] }, ['addons[0].name']],
    ['products applied, none named', { postProducts: { kind: 'APPLIED', products: [] } }, ['postProducts.products']],
    ['no product is an answer', { postProducts: { kind: 'NONE' } }, []],
    [
      'a reaction without grade',
      { immediateReactions: { kind: 'SEEN', reactions: [{ code: 'OEDEMA' }] } },
      ['immediateReactions.reactions[0].grade'],
    ],
    ['no reaction is an answer', { immediateReactions: { kind: 'NONE' } }, []],
    [
      'aftercare without teach-back',
      { aftercareGiven: { templateVersion: '1.0', channel: 'EMAIL', language: 'es' } },
      ['aftercareGiven.hasTaughtBack'],
    ],
  ])('%s', (_, change, expected) => {
    expect(check(change).missing.filter((path) => !path.startsWith('deviations'))).toEqual(expected)
  })

  test('a named scar needs its name', () => {
    const scar = zoneRow({ zone: 'SCAR_SITE', side: 'L', site: null })
    expect(check({ zoneRows: [scar] }).missing).toContain('zoneRows[0].site')
  })

  test('a physician who treats names no supervisor', () => {
    const physician = { practitionerId: ids.okafor, supervisingPhysicianId: null, supervisionModeActual: null }
    const found = check(
      physician,
      gate({ practitioner: okafor, supervision: { physician: null, confirmedMode: null } }),
    )
    expect(found.missing).toEqual([])
  })

  test('a device without a motor has no speed', () => {
    const device = gateFacts().device
    if (device === null) throw new Error('no device')
    expect(check({ speed: null }, gate({ device: { ...device, speed: null } })).missing).toEqual([])
    expect(check({}, gate({ device: { ...device, speed: null } })).hard.map(({ code }) => code)).toEqual([
      'SPEED_OUTSIDE_DEVICE_RANGE',
    ])
  })
})

describe('facts outside policy or order become deviations', () => {
  const device = gateFacts().device

  test.each<[string, Partial<SessionDraft>, Partial<SessionFacts>, readonly string[]]>([
    [
      'a licence expired on the day',
      {},
      gate({ practitioner: { ...lena, licence: lena.licence && { ...lena.licence, expiresOn: '2026-02-27' } } }),
      ['LICENCE_EXPIRED||||'],
    ],
    [
      'a practitioner the policy does not permit',
      {},
      gate({ policy: policyWith({ permittedRoles: [] }) }),
      ['PRACTITIONER_NOT_PERMITTED||||'],
    ],
    [
      'supervision weaker than the policy',
      { supervisionModeActual: 'IMMEDIATE' },
      {},
      ['SUPERVISION_INSUFFICIENT||||'],
    ],
    [
      'one identifier only',
      { identityCheck: { ...draft.identityCheck, identifiers: ['FULL_NAME'] } },
      {},
      ['IDENTITY_NOT_CHECKED||||'],
    ],
    [
      'a product the patient is allergic to',
      {},
      gate({
        products: [{ productLotId: null, name: 'Cream', substances: ['LIDOCAINE'], productClass: null }],
        blockedSubstances: ['lidocaine'],
      }),
      ['PRODUCT_ALLERGY||||Cream:LIDOCAINE'],
    ],
    [
      'an active product that the policy keeps off open channels',
      {},
      gate({ products: [{ productLotId: null, name: 'Vitamin C', substances: [], productClass: 'ACTIVE_AVOID' }] }),
      ['ACTIVE_PRODUCT_BLOCKED||||Vitamin C'],
    ],
    [
      'a device in quarantine',
      {},
      gate({ device: device && { ...device, status: 'QUARANTINED' } }),
      [`DEVICE_QUARANTINED||||${ids.device}`],
    ],
    [
      'an expired cartridge',
      {},
      gate({ cartridges: [{ ...cartridge, expiresOn: '2026-02-27' }] }),
      ['CARTRIDGE_EXPIRED||||c1'],
    ],
    [
      'a recalled cartridge',
      {},
      gate({ cartridges: [{ ...cartridge, status: 'RECALLED' }] }),
      ['CARTRIDGE_RECALLED||||c1'],
    ],
    ['a broken seal', {}, gate({ cartridges: [{ ...cartridge, sealIntact: false }] }), ['CARTRIDGE_SEAL_BROKEN||||c1']],
    [
      'a cartridge used on another visit',
      {},
      gate({ cartridges: [{ ...cartridge, isUsedOnAnotherVisit: true }] }),
      ['CARTRIDGE_ALREADY_USED||||c1'],
    ],
    ['a cartridge that was not discarded', use({ isDiscarded: false }), {}, ['CARTRIDGE_NOT_DISCARDED||||c1']],
    ['needles that did not go to the sharps', use({ isSharpsDisposed: false }), {}, ['SHARPS_NOT_DISPOSED||||c1']],
    [
      'an add-on without order and consent',
      { addons: [{ kind: 'LED', name: 'LED panel' }] },
      {},
      ['CONSENT_TEXT_MISSING||||ADDON', 'ADDON_NOT_ORDERED||||LED', 'ADDON_NOT_CONSENTED||||LED'],
    ],
    ['deeper than policy and order', rows({ depthUm: 1500 }), {}, ['DEPTH_OVER_LIMIT|CHEEK_ANT|L||c1']],
    [
      'deeper than the cartridge of that row is long',
      {},
      gate({ cartridges: [{ ...cartridge, maxLengthUm: 900 }] }),
      ['DEPTH_OVER_LIMIT|CHEEK_ANT|L||c1', 'DEPTH_OVER_LIMIT|CHEEK_ANT|R||c1'],
    ],
    [
      'a zone that was neither planned nor ordered nor consented to',
      { zoneRows: [zoneRow(cheekLeft), zoneRow({ zone: 'CHIN', side: 'M', site: null })] },
      {},
      ['CONSENT_ZONE_NOT_COVERED|CHIN|M||', 'ORDER_ZONE_NOT_COVERED|CHIN|M||'],
    ],
    [
      'an eyelid',
      { zoneRows: [zoneRow({ zone: 'ORBITAL', side: 'L', site: null }, { depthUm: 300 })] },
      gate({
        consent: { ...consent, zones: [{ zone: 'ORBITAL', side: 'L' }] },
        order: {
          orderId: ids.order,
          body: orderWith({ zones: [{ zone: 'ORBITAL', side: 'L', site: null, maxDepthUm: 300 }] }),
          sessionsUsed: 1,
        },
      }),
      ['ZONE_NOT_PLANNABLE|ORBITAL|L||'],
    ],
  ])('%s', (_, change, facts, expected) => {
    const found = check(change, facts)
    expect(found.deviations.map(({ deviationId }) => deviationId)).toEqual(expected)
    expect(found.hard.map(({ code }) => code)).toEqual(expected.map(() => 'DEVIATION_REASON_MISSING'))
    expect(found.missing).toEqual(expected.map((_id, index) => `deviations[${index}].patientTold`))
  })

  test('what the gate settled at the start is not judged again', () => {
    const later = gate({
      screening: { fullAnsweredOn: null, shortAnsweredOn: null, stops: [], uncleared: [] },
      consent: { ...consent, problems: ['WITHDRAWN'] },
      order: { orderId: ids.order, body: orderWith({ expiresOn: '2026-02-01' }), sessionsUsed: 4 },
      series: { status: 'ON_HOLD', lastPerformedOn: '2026-02-20', isIntervalCleared: false },
      previousSession: { isSigned: false },
    })
    expect(check({}, later).deviations).toEqual([])
  })

  test('a STOP for a zone that was treated without being planned is a deviation', () => {
    const chin = { zone: 'CHIN', side: 'M', site: null } as const
    const stop = {
      questionId: 'SQ-21',
      outcome: 'STOP',
      scope: 'ZONES',
      zones: [{ zone: 'CHIN', side: 'M' }],
      override: 'NONE',
      rule: 'SKIN_NOT_INTACT',
      eligibleOn: null,
    } as const
    const facts = gate({
      screening: { ...gateFacts().screening, stops: [stop] },
      consent: { ...consent, zones: zoneSides(cheekLeft, chin) },
      order: {
        orderId: ids.order,
        body: orderWith({
          zones: [
            { ...cheekLeft, maxDepthUm: 1000 },
            { ...chin, maxDepthUm: 1000 },
          ],
        }),
        sessionsUsed: 1,
      },
    })
    const plan = { zones: [planned(cheekLeft, 1000)], addons: [] }
    const found = check({ plan, zoneRows: [zoneRow(cheekLeft), zoneRow(chin)] }, facts)
    expect(found.deviations.map(({ code }) => code)).toEqual(['SCREENING_STOP'])
  })

  test('a record-only entry keeps every condition that the start failed', () => {
    const facts = gate({
      consent: null,
      order: null,
      screening: { fullAnsweredOn: null, shortAnsweredOn: null, stops: [], uncleared: [] },
      series: { status: 'ON_HOLD', lastPerformedOn: '2026-02-20', isIntervalCleared: false },
    })
    const found = check({ recordOnly: true, plan: null, orderId: null, consentId: null, screeningIds: [] }, facts)
    expect(found.deviations.map(({ code }) => code)).toEqual([
      'SCREENING_FULL_MISSING',
      'SCREENING_SHORT_NOT_TODAY',
      'CONSENT_MISSING',
      'ORDER_MISSING',
      'SERIES_NOT_OPEN',
      'INTERVAL_TOO_SHORT',
      'RECORD_ONLY',
    ])
    expect(found.missing.filter((path) => !path.startsWith('deviations'))).toEqual([])
  })

  test('scenario 4: 1.5 mm over 1.0 mm is saved with its reason and what the patient was told', () => {
    const deep = rows({ depthUm: 1500 }, {})
    const written = {
      code: 'DEPTH_OVER_LIMIT',
      ...cheekLeft,
      ref: 'c1',
      reason: 'dial slipped',
      patientTold: true,
    } as const
    const found = check({ ...deep, deviations: [written] })
    expect(found.deviations).toEqual([
      {
        deviationId: 'DEPTH_OVER_LIMIT|CHEEK_ANT|L||c1',
        origin: 'AUTO',
        code: 'DEPTH_OVER_LIMIT',
        ...cheekLeft,
        ref: 'c1',
        detail: {
          depthUm: 1500,
          limitUm: 1000,
          decidedBy: 'POLICY',
          sources: ['POLICY', 'ORDER'],
          limitsUm: ['1000', '1000'],
        },
        reason: 'dial slipped',
        patientTold: true,
      },
    ])
    expect(maySubmit(found)).toBe(true)
  })

  test('a deviation written by hand stands beside the found ones, and one that no longer holds is gone', () => {
    const gone = {
      code: 'DEPTH_OVER_LIMIT',
      ...cheekLeft,
      ref: 'c1',
      reason: 'dial slipped',
      patientTold: true,
    } as const
    const byHand = { code: 'OTHER', origin: 'MANUAL', text: 'power cut', reason: 'storm', patientTold: true } as const
    const found = check({ deviations: [gone, byHand] })
    expect(found.deviations).toMatchObject([
      { code: 'OTHER', origin: 'MANUAL', ref: 'manual-1', detail: { text: 'power cut' } },
    ])
    expect(maySubmit(found)).toBe(true)
  })
})

describe('after the session', () => {
  test.each([
    ['an expected reaction of grade 2', 'ERYTHEMA', 2, false],
    ['an expected reaction of grade 3', 'ERYTHEMA', 3, true],
    ['a faint', 'VASOVAGAL', 1, false],
    ['hives at any grade', 'URTICARIA', 1, true],
    ['a hurt eye at any grade', 'OCULAR_INJURY', 1, true],
    ['signs of anaesthetic toxicity at any grade', 'ANAESTHETIC_TOXICITY', 1, true],
  ] as const)('%s', (_, code, grade, isFlag) => {
    const found = check({ immediateReactions: { kind: 'SEEN', reactions: [{ code, grade, zones: [] }] } })
    expect(found.redFlags).toEqual(isFlag ? [{ path: 'immediateReactions.reactions[0]', code, grade }] : [])
  })

  test.each([
    ['24 hours after the end', '2026-03-01T17:08:00.000Z', false],
    ['a minute later', '2026-03-01T17:09:00.000Z', true],
  ])('an entry %s is late: %s', (_, now, isLateEntry) => {
    expect(check({}, { now }).isLateEntry).toBe(isLateEntry)
  })
})

test('a plan is read from its complete rows and tells what is open', () => {
  const open = { zones: [planned(cheekLeft, 1000), { zone: 'CHIN' as const, depthUm: null }], addons: null }
  expect(readPlan(open)).toEqual({
    plan: { zones: [planned(cheekLeft, 1000)], addons: [] },
    missing: ['plan.zones[1].side', 'plan.zones[1].indication', 'plan.zones[1].depthUm'],
  })
  expect(readPlan(null).missing).toEqual(['plan.zones'])
})
