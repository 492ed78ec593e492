import { describe, expect, test } from 'vitest'
import type { Finding } from '../../shared/domain/finding.ts'
import type { PolicyBody } from '../../shared/domain/policy.ts'
import { shippedPolicy, supervisionModes } from '../../shared/domain/policy.ts'
import {
  type BookedTreatment,
  changesScreening,
  plannedFor,
  type ScreenedUnder,
  toldWithoutChart,
  tryPolicy,
} from '../../shared/domain/policy-dry-run.ts'
import { licenceLevels } from '../../shared/domain/staff.ts'
import { limitForPlace } from '../../shared/domain/start-gate-practice.ts'
import {
  aestheticianRow,
  cheekLeft,
  cheekRight,
  gateFacts,
  ids,
  lena,
  okafor,
  orderWith,
  planned,
  policyWith,
} from './given-session.ts'

/** Both front cheeks at 1.0 mm by Lena, booked for March, everything in order under the policy in force. */
function booked(change: Partial<BookedTreatment> = {}): BookedTreatment {
  return {
    on: '2026-03-28',
    bornOn: '1990-04-11',
    practitioner: lena,
    plan: { zones: [planned(cheekLeft, 1000), planned(cheekRight, 750)], addons: [] },
    confirmedMode: null,
    orders: [{ orderId: ids.order, body: orderWith(), sessionsUsed: 1 }],
    lastPerformedOn: '2026-02-28',
    isPreviousUnsigned: false,
    consents: [{ state: 'SIGNED', signedOn: '2026-01-20', signerRole: 'PATIENT', isOfSeries: true }],
    screened: null,
    ...change,
  }
}

const settingsWith = (change: Partial<PolicyBody['settings']>): Partial<PolicyBody> => ({
  settings: { ...shippedPolicy('2026-01-01').settings, ...change },
})
const roleWith = (change: Partial<typeof aestheticianRow>): Partial<PolicyBody> => ({
  permittedRoles: [{ ...aestheticianRow, ...change }],
})

function tried(visit: Partial<BookedTreatment>, draft: Partial<PolicyBody>, inForce: Partial<PolicyBody> | null = {}) {
  const { blocked, freed } = tryPolicy(booked(visit), {
    inForce: inForce && policyWith(inForce),
    draft: policyWith(draft),
  })
  const words = ({ code, side }: { readonly code: string; readonly side: string | null }) =>
    side === null ? code : `${code} ${side}`
  return { blocked: blocked.map(words), freed: freed.map(words) }
}

describe('a booked treatment tried under a draft', () => {
  test.each<[string, Partial<BookedTreatment>, Partial<PolicyBody>, readonly string[]]>([
    ['nothing changes', {}, {}, []],
    ['the role goes less deep than planned in one zone', {}, roleWith({ maxDepthUm: 900 }), ['DEPTH_OVER_LIMIT L']],
    ['the role still goes as deep as planned', {}, roleWith({ maxDepthUm: 1000 }), []],
    ['the ceiling of everybody falls', {}, { ceilingDepthUm: 500 }, ['DEPTH_OVER_LIMIT L', 'DEPTH_OVER_LIMIT R']],
    ['the role may not needle any more', {}, roleWith({ mayNeedle: false }), ['PRACTITIONER_NOT_PERMITTED']],
    ['the role has no row any more', {}, { permittedRoles: [] }, ['PRACTITIONER_NOT_PERMITTED']],
    [
      'the level of this licence gets a row of its own',
      {},
      {
        permittedRoles: [aestheticianRow, { ...aestheticianRow, licenceLevel: 'MASTER_AESTHETICIAN', maxDepthUm: 500 }],
      },
      ['DEPTH_OVER_LIMIT L', 'DEPTH_OVER_LIMIT R'],
    ],
    [
      'another level gets a row of its own',
      {},
      { permittedRoles: [aestheticianRow, { ...aestheticianRow, licenceLevel: 'AESTHETICIAN', maxDepthUm: 500 }] },
      [],
    ],
    [
      'a zone is kept from the role',
      {},
      roleWith({ zonesExcluded: ['CHEEK_ANT'] }),
      ['ZONE_NOT_PERMITTED L', 'ZONE_NOT_PERMITTED R'],
    ],
    ['a physician treats, and only aestheticians lose', { practitioner: okafor }, {}, []],
    [
      'nobody is named yet, so nothing is said about who may treat',
      { practitioner: null },
      roleWith({ mayNeedle: false }),
      [],
    ],
    [
      'the eyelid is closed again',
      { plan: { zones: [planned({ zone: 'ORBITAL', side: 'L', site: null }, 250)], addons: [] } },
      { orbitalEnabled: false },
      ['ZONE_NOT_PLANNABLE L'],
    ],
    ['the examination is good for a shorter time', {}, { gfeValidMonths: 2 }, ['ORDER_NOT_ACTIVE']],
    ['an examination becomes required and no order stands', { orders: [] }, {}, ['ORDER_MISSING']],
    ['orders may name fewer sessions: what is signed stands', {}, { orderMaxSessions: 1, orderValidMonths: 1 }, []],
    [
      'gaps that a physician clears get longer',
      { lastPerformedOn: '2026-03-10' },
      settingsWith({ intervalClearUnderDays: 28 }),
      ['INTERVAL_TOO_SHORT'],
    ],
    [
      'an unsigned session blocks the next one',
      { isPreviousUnsigned: true },
      { nextSessionBlockedIfUnsigned: true },
      ['PREVIOUS_SESSION_UNSIGNED'],
    ],
    ['a consent is good for a shorter time', {}, settingsWith({ consentValidMonths: 1 }), ['CONSENT_NOT_VALID']],
    [
      'the age at which one signs in person rises',
      { bornOn: '2007-06-01' },
      settingsWith({ majorityAgeYears: 21 }),
      ['CONSENT_NOT_VALID'],
    ],
    [
      'an order for radiofrequency, which the role may not use any more',
      { orders: [{ orderId: ids.order, body: orderWith({ deviceType: 'RF_PEN' }), sessionsUsed: 1 }] },
      roleWith({ rfAllowed: false }),
      ['RF_NOT_PERMITTED'],
    ],
  ])('%s', (_, visit, draft, codes) => {
    const inForce = {
      ...roleWith({ rfAllowed: true }),
      orbitalEnabled: true,
      gfeRequired: codes[0] !== 'ORDER_MISSING',
      nextSessionBlockedIfUnsigned: false,
    }
    const physicianRow = shippedPolicy('2026-01-01').permittedRoles.filter((row) => row.role === 'physician')
    const withPhysician = (policy: Partial<PolicyBody>) => ({
      ...policy,
      permittedRoles: [...(policy.permittedRoles ?? [aestheticianRow]), ...physicianRow],
    })
    const change = { ...inForce, gfeRequired: true, ...draft }
    expect(tried(visit, withPhysician(change), withPhysician(inForce)).blocked).toEqual(codes)
  })

  test('a stronger supervision than the one in force asks for blocks what was arranged under it', () => {
    const bands = (mode: (typeof supervisionModes)[number]): Partial<PolicyBody> => ({
      supervisionBands: [{ aboveUm: 0, mode }],
    })
    const blocking = supervisionModes.map((before) =>
      supervisionModes.filter((after) =>
        tried({ plan: { zones: [planned(cheekLeft, 500)], addons: [] } }, bands(after), bands(before)).blocked.includes(
          'SUPERVISION_INSUFFICIENT',
        ),
      ),
    )
    expect(blocking).toEqual([[], ['ON_SITE'], ['ON_SITE', 'IMMEDIATE'], ['ON_SITE', 'IMMEDIATE', 'AVAILABLE']])
  })

  test('a band that begins lower reaches only the depths above it', () => {
    const draft = {
      supervisionBands: [
        { aboveUm: 0, mode: 'AVAILABLE' as const },
        { aboveUm: 300, mode: 'ON_SITE' as const },
      ],
    }
    const at = (depthUm: number) => ({ plan: { zones: [planned(cheekLeft, depthUm)], addons: [] } })
    expect(tried(at(300), draft).blocked).toEqual([])
    expect(tried(at(400), draft).blocked).toEqual(['SUPERVISION_INSUFFICIENT'])
  })

  test('what is allowed without supervision falls under what was planned alone', () => {
    const alone: Partial<PolicyBody> = { supervisionBands: [{ aboveUm: 0, mode: 'NONE' }] }
    const visit = { plan: { zones: [planned(cheekLeft, 500)], addons: [] } }
    expect(tried(visit, { ...alone, ...roleWith({ maxDepthUnsupervisedUm: 250 }) }, alone).blocked).toEqual([
      'DEPTH_OVER_LIMIT L',
    ])
    expect(tried({}, { ...alone, ...roleWith({ maxDepthUnsupervisedUm: 250 }) }, alone).blocked).toEqual([])
  })

  test('what blocked before and holds now is told as freed, and what blocks under both is told by neither', () => {
    expect(tried({}, {}, roleWith({ maxDepthUm: 500 }))).toEqual({
      blocked: [],
      freed: ['DEPTH_OVER_LIMIT L', 'DEPTH_OVER_LIMIT R'],
    })
    expect(tried({ orders: [] }, roleWith({ mayNeedle: false }))).toEqual({
      blocked: ['PRACTITIONER_NOT_PERMITTED'],
      freed: [],
    })
  })

  test('a first policy frees what waits for one', () => {
    expect(tried({}, {}, null)).toEqual({ blocked: [], freed: ['POLICY_MISSING'] })
  })

  test('a questionnaire that reads otherwise blocks by its finding', () => {
    const under = (stops: ScreenedUnder['screening']['stops']): ScreenedUnder => ({
      screening: { fullAnsweredOn: '2026-01-20', shortAnsweredOn: null, stops, uncleared: [] },
      clearances: [],
    })
    const stop: Finding = {
      questionId: 'A1',
      rule: 'UNDER_AGE',
      outcome: 'STOP',
      override: 'NONE',
      scope: 'PATIENT',
      zones: [],
      eligibleOn: null,
    } as const
    const screened = { inForce: under([]), draft: under([stop]) }
    expect(tried({ screened }, { minAgeYears: 21 }).blocked).toEqual(['SCREENING_STOP'])
  })

  test('questionnaires are opened only where one of their waits changes', () => {
    const draft = policyWith({ ...roleWith({ maxDepthUm: 250 }), gfeValidMonths: 3 })
    expect(changesScreening(policyWith(), draft)).toBe(false)
    expect(changesScreening(policyWith(), policyWith({ minAgeYears: 21 }))).toBe(true)
    expect(changesScreening(null, policyWith({ isotretinoinWaitMonths: 12 }))).toBe(true)
    expect(changesScreening(policyWith(), policyWith(settingsWith({ fullScreeningValidMonths: 6 })))).toBe(true)
  })

  test('somebody without charts hears which rule it is and nothing about the patient', () => {
    const { blocked } = tryPolicy(
      booked({ consents: [{ state: 'SIGNED', signedOn: '2026-01-20', signerRole: 'PATIENT', isOfSeries: true }] }),
      {
        inForce: policyWith(),
        draft: policyWith({ ceilingDepthUm: 500, ...settingsWith({ consentValidMonths: 1 }) }),
      },
    )
    expect(blocked.map(({ code }) => code)).toEqual(['CONSENT_NOT_VALID', 'DEPTH_OVER_LIMIT', 'DEPTH_OVER_LIMIT'])
    expect(toldWithoutChart(blocked)).toEqual([
      {
        code: 'DEPTH_OVER_LIMIT',
        zone: null,
        side: null,
        site: null,
        ref: null,
        facts: { limitUm: 500, decidedBy: 'CLINIC_CEILING' },
      },
    ])
  })
})

describe('the plan that a booking is tried with', () => {
  const none = { practitioner: lena, typed: null, series: null, last: [], order: null, inForce: policyWith() }
  const depths = (sources: Partial<Parameters<typeof plannedFor>[0]>) =>
    plannedFor({ ...none, ...sources }).zones.map(({ side, depthUm }) => [side, depthUm])
  const course = { goals: ['ACNE_SCAR'] as const, zones: [{ ...cheekLeft, depthUm: 800 }] }

  test.each<[string, Partial<Parameters<typeof plannedFor>[0]>, readonly (readonly [string, number])[]]>([
    ['nothing is on file', {}, []],
    [
      'the order, as deep as it allows',
      { order: orderWith() },
      [
        ['L', 1000],
        ['R', 1000],
      ],
    ],
    [
      'the order, no deeper than the policy in force',
      { order: orderWith(), inForce: policyWith(roleWith({ maxDepthUm: 700 })) },
      [
        ['L', 700],
        ['R', 700],
      ],
    ],
    ['the last session before the order', { order: orderWith(), last: [planned(cheekRight, 600)] }, [['R', 600]]],
    ['the course before the last session', { series: course, last: [planned(cheekRight, 600)] }, [['L', 800]]],
    [
      'a zone of the course without a depth, as deep as last time',
      { series: { ...course, zones: [{ ...cheekLeft, depthUm: null }] }, last: [planned(cheekLeft, 650)] },
      [['L', 650]],
    ],
    [
      'a zone of which no depth is known, as shallow as a needle can be set',
      { series: { ...course, zones: [{ ...cheekLeft, depthUm: null }] } },
      [['L', 100]],
    ],
    [
      'what is typed for the session before everything',
      { series: course, typed: { zones: [planned(cheekRight, 450)], addons: [] } },
      [['R', 450]],
    ],
  ])('%s', (_, sources, expected) => {
    expect(depths(sources)).toEqual(expected)
  })
})

test('role, licence level, supervision mode and zone each decide the policy’s part of the effective limit', () => {
  const policy = policyWith({
    permittedRoles: [
      { ...aestheticianRow, licenceLevel: 'ANY', maxDepthUm: 600, maxDepthUnsupervisedUm: 200 },
      {
        ...aestheticianRow,
        licenceLevel: 'MASTER_AESTHETICIAN',
        maxDepthUm: 900,
        maxDepthUnsupervisedUm: 400,
        zonesExcluded: ['CHIN'],
      },
      { ...aestheticianRow, role: 'physician', maxDepthUm: 3000, maxDepthUnsupervisedUm: 3000 },
    ],
  })
  const open = { order: null, consent: null, device: null, cartridges: [] }
  const limit = (who: typeof lena, confirmedMode: (typeof supervisionModes)[number]) =>
    limitForPlace(
      gateFacts({ ...open, policy, practitioner: who, supervision: { physician: okafor, confirmedMode } }),
      {
        ...cheekLeft,
      },
    ).sources.find(({ source }) => source === 'POLICY')?.limitUm
  const withLevel = (level: (typeof licenceLevels)[number]) => ({
    ...lena,
    licence: { number: 'X', state: 'UT', level, expiresOn: '2027-01-01' },
  })
  expect(licenceLevels.map((level) => supervisionModes.map((mode) => limit(withLevel(level), mode)))).toEqual([
    [600, 600, 600, 200],
    [900, 900, 900, 400],
    [600, 600, 600, 200],
  ])
  expect(supervisionModes.map((mode) => limit(okafor, mode))).toEqual([3000, 3000, 3000, 3000])
})
