import { describe, expect, test } from 'vitest'
import { policyBody } from '../../shared/contract/schemas/policy.ts'
import type { PolicyBody } from '../../shared/domain/policy.ts'
import {
  checkPolicy,
  depthPolicyFor,
  isSupervisionSufficient,
  policyInForce,
  shippedPolicy,
  supervisionModes,
  supervisionRequired,
} from '../../shared/domain/policy.ts'
import { tableRows } from './clinical-reference.ts'
import { aestheticianRow, policyWith, signature } from './given-session.ts'

const shipped = shippedPolicy('2026-01-01')

describe('the shipped policy', () => {
  const defaultsByKey = new Map(
    tableRows('| Key | Type | Shipped default').map(([key = '', , defaults = '']) => [key, defaults] as const),
  )
  const said = (words: string) => {
    const found = [...defaultsByKey].find(([key]) => key.startsWith(words))
    if (!found) throw new Error(words)
    return found[1]
  }
  const list = (words: string) => said(words).split('; ')

  test('has a value for every row of the clinical reference', () => {
    expect([...defaultsByKey.keys()].map((key) => key.split(/[ [,]/)[0])).toEqual([
      'permitted_roles',
      'supervision_mode_required',
      'gfe_required',
      'order_valid_months',
      'signoff_required_for',
      'author_complete_hours',
      'next_session_blocked_if_unsigned',
      'max_supervisees_per_physician;',
      'min_age;',
      'ceiling_depth_um;',
    ])
  })

  test('lets no aesthetician needle until the clinic says so', () => {
    expect(said('permitted_roles')).toBe(
      'aesthetician: may_needle **false until set**; suggested 0.5 mm; physician 3.5 mm',
    )
    expect(shipped.permittedRoles.map(({ role, mayNeedle, maxDepthUm }) => [role, mayNeedle, maxDepthUm])).toEqual([
      ['aesthetician', false, 500],
      ['physician', true, 3500],
    ])
  })

  test('asks for presence above 0.5 mm and availability up to it', () => {
    expect(said('supervision_mode_required')).toBe('ON_SITE above 0.5 mm; AVAILABLE below')
    expect([250, 500, 550].map((depthUm) => supervisionRequired(shipped, depthUm))).toEqual([
      'AVAILABLE',
      'AVAILABLE',
      'ON_SITE',
    ])
  })

  test.each<[string, (policy: PolicyBody) => readonly unknown[]]>([
    ['gfe_required', (p) => [p.gfeRequired, ...p.gfeBy, ...p.gfeModes, p.gfeValidMonths]],
    ['order_valid_months', (p) => [p.orderValidMonths, p.orderMaxSessions]],
    ['signoff_required_for', (p) => [p.signOffRequiredFor]],
    ['next_session_blocked_if_unsigned', (p) => [p.nextSessionBlockedIfUnsigned]],
    ['max_supervisees_per_physician', (p) => [p.maxSuperviseesPerPhysician, p.protocolReviewMonths]],
    ['ceiling_depth_um', (p) => [p.ceilingDepthUm, p.orbitalEnabled, p.topicalActivesBlocked]],
  ])('ships the defaults of %s', (key, values) => {
    expect(values(shipped).map(String)).toEqual(list(key))
  })

  test('ships the deadlines of author, countersigner and escalation', () => {
    expect(said('author_complete_hours')).toBe('24 / 72 / 168; red flag same day')
    expect([shipped.authorCompleteHours, shipped.countersignDueHours, shipped.escalateHours]).toEqual([24, 72, 168])
  })

  test('ships age, guardian, isotretinoin wait and interval', () => {
    expect(said('min_age')).toBe('18; required; 6; 28')
    expect([
      shipped.minAgeYears,
      shipped.isGuardianRequired,
      shipped.isotretinoinWaitMonths,
      shipped.sessionIntervalMinDays,
    ]).toEqual([18, true, 6, 28])
  })

  test('stands in no way of being approved and passes the wire as it is', () => {
    expect(checkPolicy(shipped)).toEqual([])
    expect(policyBody.parse(JSON.parse(JSON.stringify(shipped)))).toEqual(shipped)
  })
})

describe('the policy in force', () => {
  const version = (name: string, effectiveFrom: string, signedAt: string | null) => ({
    name,
    body: policyWith({ effectiveFrom, approvedBy: signedAt === null ? null : { ...signature, signedAt } }),
  })
  const versions = [
    version('spring', '2026-04-01', '2026-03-20T10:00:00.000Z'),
    version('winter', '2026-01-01', '2025-12-20T10:00:00.000Z'),
    version('winter, corrected', '2026-01-01', '2025-12-21T10:00:00.000Z'),
    version('draft', '2026-02-01', null),
  ]

  test.each([
    ['before the first one there is none', '2025-12-31', null],
    ['a draft never counts, and the later approval of one day wins', '2026-03-31', 'winter, corrected'],
    ['a policy begins on its day', '2026-04-01', 'spring'],
  ])('%s', (_, on, name) => {
    expect(policyInForce(versions, on)?.name ?? null).toBe(name)
  })
})

describe('what the policy allows a person', () => {
  const policy = policyWith({
    permittedRoles: [
      { ...aestheticianRow, zonesExcluded: ['INFRAORB'] },
      { ...aestheticianRow, licenceLevel: 'MASTER_AESTHETICIAN', maxDepthUm: 1500, maxDepthUnsupervisedUm: 1500 },
    ],
  })
  const by = {
    role: 'aesthetician',
    licenceLevel: 'AESTHETICIAN',
    supervisionMode: 'ON_SITE',
    zone: 'CHEEK_ANT',
  } as const

  test.each([
    ['supervised, the row of any level', {}, { mayNeedle: true, limitUm: 1000, isZoneExcluded: false }],
    ['a level with a row of its own', { licenceLevel: 'MASTER_AESTHETICIAN' }, { limitUm: 1500 }],
    ['unsupervised, the lower depth', { supervisionMode: 'NONE' }, { limitUm: 500 }],
    ['by telephone, the supervised depth', { supervisionMode: 'AVAILABLE' }, { limitUm: 1000 }],
    ['an excluded zone, nothing', { zone: 'INFRAORB' }, { mayNeedle: true, limitUm: 0, isZoneExcluded: true }],
    ['without a licence level, the row of any level', { licenceLevel: null }, { limitUm: 1000 }],
    ['a role without a row, nothing', { role: 'physician' }, { mayNeedle: false, limitUm: 0 }],
  ] as const)('%s', (_, change, expected) => {
    expect(depthPolicyFor(policy, { ...by, ...change })).toMatchObject(expected)
  })
})

test('a stronger supervision satisfies a weaker requirement and never the reverse', () => {
  const satisfied = supervisionModes.map((actual) =>
    supervisionModes.filter((needed) => isSupervisionSufficient(actual, needed)),
  )
  expect(satisfied).toEqual([
    ['ON_SITE', 'IMMEDIATE', 'AVAILABLE', 'NONE'],
    ['IMMEDIATE', 'AVAILABLE', 'NONE'],
    ['AVAILABLE', 'NONE'],
    ['NONE'],
  ])
})

test('a depth below the first band needs the strongest supervision', () => {
  expect(supervisionRequired({ supervisionBands: [{ aboveUm: 500, mode: 'AVAILABLE' }] }, 250)).toBe('ON_SITE')
})

test.each<[string, Partial<PolicyBody>, string]>([
  ['a ceiling above 3.5 mm', { ceilingDepthUm: 4000 }, 'CEILING_IMPOSSIBLE'],
  ['one role and level twice', { permittedRoles: [aestheticianRow, aestheticianRow] }, 'ROLE_TWICE'],
  [
    'a role deeper than the ceiling',
    { permittedRoles: [{ ...aestheticianRow, maxDepthUm: 3600 }] },
    'DEPTH_OVER_CEILING',
  ],
  [
    'more unsupervised than supervised',
    { permittedRoles: [{ ...aestheticianRow, maxDepthUnsupervisedUm: 1500 }] },
    'UNSUPERVISED_OVER_SUPERVISED',
  ],
  ['depths without supervision rule', { supervisionBands: [{ aboveUm: 500, mode: 'ON_SITE' }] }, 'BANDS_LEAVE_A_GAP'],
  [
    'two rules for one depth',
    {
      supervisionBands: [
        { aboveUm: 0, mode: 'ON_SITE' },
        { aboveUm: 0, mode: 'NONE' },
      ],
    },
    'BAND_TWICE',
  ],
  ['an exam that nobody may do', { gfeBy: [] }, 'EXAMINER_MISSING'],
  ['an exam that can be done in no way', { gfeModes: [] }, 'EXAMINER_MISSING'],
  ['an escalation before the deadline', { escalateHours: 48 }, 'DEADLINES_OUT_OF_ORDER'],
  [
    'a countersignature from a depth that nobody reaches',
    { signOffRequiredFor: 'ABOVE_DEPTH', signOffAboveUm: 3500 },
    'SIGN_OFF_DEPTH_OVER_CEILING',
  ],
])('a policy is not approved with %s', (_, change, code) => {
  expect(checkPolicy(policyWith(change)).map((problem) => problem.code)).toEqual([code])
})
