import { describe, expect, test } from 'vitest'
import { orderBody } from '../../shared/contract/schemas/order.ts'
import type { OrderBody } from '../../shared/domain/order.ts'
import { checkOrder, orderActiveOn, orderedMaxUm, orderStateOn, sessionsLeft } from '../../shared/domain/order.ts'
import type { PolicyBody } from '../../shared/domain/policy.ts'
import { cheekLeft, orderWith, policyWith, zoneSides } from './given-session.ts'

const policy = policyWith()

describe('a treatment order', () => {
  test.each<[string, Partial<OrderBody>, string, Partial<PolicyBody>]>([
    ['counts from its exam', { examinedOn: '2026-02-28' }, 'ACTIVE', {}],
    ['does not count before it', { examinedOn: '2026-03-01' }, 'NOT_YET', {}],
    ['counts on its last day', { expiresOn: '2026-02-28' }, 'ACTIVE', {}],
    ['has expired the day after', { expiresOn: '2026-02-27' }, 'EXPIRED', {}],
    ['counts only signed', { signature: null }, 'UNSIGNED', {}],
    ['counts twelve months after the exam', { examinedOn: '2025-02-28' }, 'ACTIVE', {}],
    ['not a day longer', { examinedOn: '2025-02-27' }, 'EXAM_OUT_OF_DATE', {}],
    ['outlives its exam where none is required', { examinedOn: '2025-02-27' }, 'ACTIVE', { gfeRequired: false }],
  ])('%s', (_, change, state, policyChange) => {
    const rules = policyWith(policyChange)
    expect(orderStateOn(orderWith(change), '2026-02-28', rules)).toBe(state)
    expect(orderActiveOn(orderWith(change), '2026-02-28', rules)).toBe(state === 'ACTIVE')
  })

  test('counts down its sessions and never below none', () => {
    expect([0, 3, 4, 5].map((used) => sessionsLeft(orderWith(), used))).toEqual([4, 1, 0, 0])
  })

  test('gives the maximum of a place it names and nothing for others', () => {
    const scar = { zone: 'SCAR_SITE', side: 'L', site: 'Left elbow' } as const
    const order = orderWith({ zones: [{ ...scar, maxDepthUm: 2000 }] })
    expect(orderedMaxUm(order, { ...scar, site: 'left  elbow' })).toBe(2000)
    expect(orderedMaxUm(order, { ...scar, site: 'left wrist' })).toBeNull()
    expect(orderedMaxUm(order, cheekLeft)).toBeNull()
  })

  test.each<[string, Partial<OrderBody>, readonly string[]]>([
    ['as the clinic writes it', {}, []],
    [
      'by an examiner the policy does not allow',
      { examiner: { staffId: null, printedName: 'Nora Vance', kind: 'PA' } },
      ['EXAMINER_NOT_ALLOWED examiner.kind'],
    ],
    [
      'by telehealth where the policy asks for presence',
      { examMode: 'TELEHEALTH' },
      ['EXAM_MODE_NOT_ALLOWED examMode'],
    ],
    ['without the history', { isHistoryReviewed: false }, ['HISTORY_NOT_REVIEWED isHistoryReviewed']],
    ['for acne scars without their grade', { scarGrade: null }, ['SCAR_GRADE_MISSING scarGrade']],
    ['for texture, which has none', { indications: ['TEXTURE'], scarGrade: null }, []],
    ['without a zone', { zones: [] }, ['ZONES_MISSING zones']],
    [
      'with one zone twice',
      {
        zones: [
          { ...cheekLeft, maxDepthUm: 500 },
          { ...cheekLeft, maxDepthUm: 750 },
        ],
      },
      ['ZONE_TWICE zones[1]'],
    ],
    [
      'with a scar that has no name',
      { zones: [{ zone: 'SCAR_SITE', side: 'L', site: null, maxDepthUm: 500 }] },
      ['SITE_MISSING zones[0].site'],
    ],
    [
      'for the eyelids',
      { zones: [{ zone: 'ORBITAL', side: 'L', site: null, maxDepthUm: 500 }] },
      ['ORBITAL_NOT_ENABLED zones[0]'],
    ],
    [
      'deeper than the clinic ceiling',
      { zones: [{ ...cheekLeft, maxDepthUm: 3550 }] },
      ['DEPTH_OVER_CEILING zones[0].maxDepthUm'],
    ],
    ['for more sessions than the policy allows', { sessions: 7 }, ['TOO_MANY_SESSIONS sessions']],
    ['for longer than twelve months', { expiresOn: '2027-01-21' }, ['EXPIRES_TOO_LATE expiresOn']],
    ['that ends before its exam', { expiresOn: '2026-01-19' }, ['EXPIRES_BEFORE_EXAM expiresOn']],
    [
      'with prophylaxis for zones it does not name',
      { prophylaxis: { order: 'as prescribed', zones: zoneSides({ zone: 'LIP_UPPER', side: 'M', site: null }) } },
      ['PROPHYLAXIS_OUTSIDE_ZONES prophylaxis.zones'],
    ],
  ])('%s', (_, change, expected) => {
    expect(checkOrder(orderWith(change), policy).map(({ code, path }) => `${code} ${path}`)).toEqual(expected)
  })

  test('passes the wire as it is, and not with a side the zone does not have', () => {
    expect(orderBody.parse(orderWith())).toEqual(orderWith())
    expect(orderBody.safeParse(orderWith({ zones: [{ ...cheekLeft, side: 'M', maxDepthUm: 500 }] })).success).toBe(
      false,
    )
  })
})
