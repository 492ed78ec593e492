import { describe, expect, test } from 'vitest'
import {
  type ClearanceBody,
  clearanceCovers,
  clearanceLimits,
  clearancesInForce,
  clearedFindingOf,
  defaultClearanceExpiry,
  judgeClearance,
  mayClear,
  orderedProphylaxis,
  uncleared,
} from '../../shared/domain/clearance.ts'
import type { Finding } from '../../shared/domain/finding.ts'
import { defaultScreeningSettings } from '../../shared/domain/screening/settings.ts'
import type { ClearanceId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import { place } from './screening-answers.ts'

const today = '2026-06-02'

const patientWide: Finding = {
  questionId: 'SQ-12',
  outcome: 'CLEAR',
  scope: 'PATIENT',
  zones: [],
  override: 'PHYSICIAN',
  rule: 'BLOOD_THINNER_DOAC',
  eligibleOn: null,
}
const filler: Finding = {
  ...patientWide,
  questionId: 'SQ-31',
  scope: 'ZONES',
  zones: [place('CHEEK_ANT.L'), place('CHEEK_ANT.R')],
  rule: 'FILLER_WAIT',
  eligibleOn: '2026-06-20',
}
const keloid: Finding = { ...filler, questionId: 'SQ-26', outcome: 'STOP', rule: 'KELOID_IN_ZONE', eligibleOn: null }
const sunburn: Finding = { ...keloid, questionId: 'SQ-25', rule: 'SUNBURN', override: 'NONE' }
const caution: Finding = { ...patientWide, outcome: 'CAUTION', override: 'NONE', questionId: 'SQ-40', rule: 'UNWELL' }
const pregnancy: Finding = { ...patientWide, questionId: 'SQ-01', outcome: 'STOP', rule: 'PREGNANT' }

let made = 0
function clearance(
  findings: readonly Finding[],
  change: Partial<ClearanceBody> = {},
  signedAt = '2026-06-01T16:00:00.000Z',
): ClearanceBody {
  made += 1
  return {
    schema: 'clearance/1',
    id: `clearance-${made}` as ClearanceId,
    patientId: 'patient-1' as PatientId,
    seriesId: null,
    findings: findings.map(clearedFindingOf),
    decision: 'CLEARED',
    reason: 'Discussed with the prescriber; superficial treatment.',
    conditions: { maxDepthUm: null, zonesExcluded: [], zonesAllowed: null, prophylaxis: null, anaestheticPlan: null },
    offLabelNote: null,
    expiresOn: '2026-08-30',
    signature: {
      staffId: 'staff-physician' as StaffId,
      printedName: 'Dr Ada Okafor',
      credential: 'MD, dermatology',
      licence: null,
      signedAt,
      utcOffsetMin: -360,
    },
    ...change,
  }
}
const conditions = clearance([]).conditions

describe('a finding', () => {
  test.each([
    ['CLEAR may be cleared', patientWide, true],
    ['STOP that a physician may lift may be cleared', keloid, true],
    ['STOP that nobody may lift may never be cleared', sunburn, false],
    ['CAUTION needs no clearance', caution, false],
  ] as const)('%s', (_says, finding, expected) => {
    expect(mayClear(finding)).toBe(expected)
  })
})

describe('a clearance', () => {
  test('runs 90 days unless the clinic sets another term', () => {
    expect(defaultClearanceExpiry(today, defaultScreeningSettings)).toBe('2026-08-31')
  })

  test.each([
    ['covers the finding it names', patientWide, today, true],
    ['covers it on its last day', patientWide, '2026-08-30', true],
    ['covers nothing the day after', patientWide, '2026-08-31', false],
    [
      'does not cover another rule of the same question',
      { ...patientWide, rule: 'BLOOD_THINNER_WARFARIN' },
      today,
      false,
    ],
    ['does not cover a STOP that nobody may lift', sunburn, today, false],
    ['covers a finding in one of its zones', { ...filler, zones: [place('CHEEK_ANT.L')] }, today, true],
    ['does not cover a zone it does not name', { ...filler, zones: [...filler.zones, place('CHIN.M')] }, today, false],
    ['does not cover the whole patient with its zones', { ...filler, scope: 'PATIENT', zones: [] }, today, false],
    ['does not cover a later date than the physician saw', { ...filler, eligibleOn: '2026-06-25' }, today, false],
    ['covers an earlier date', { ...filler, eligibleOn: '2026-06-10' }, today, true],
  ] as const)('%s', (_says, finding, on, expected) => {
    expect(clearanceCovers(clearance([patientWide, filler, sunburn]), finding, on)).toBe(expected)
  })

  test('that refuses covers nothing', () => {
    expect(clearanceCovers(clearance([patientWide], { decision: 'REFUSED' }), patientWide, today)).toBe(false)
  })
})

describe('signing a clearance', () => {
  const good = clearance([patientWide])

  test('is accepted with a reason', () => {
    expect(judgeClearance(good, [patientWide, filler], today)).toEqual([])
  })

  test('needs a decision on prophylaxis for a cold sore history and its zones when ordered', () => {
    const history = { ...filler, questionId: 'SQ-19', rule: 'HERPES_HISTORY', eligibleOn: null }
    expect(judgeClearance(good, [history], today)).toEqual(['PROPHYLAXIS_DECISION_MISSING'])
    const ordered = {
      ...good,
      conditions: { ...conditions, prophylaxis: { ordered: true, zones: [], text: 'as prescribed' } },
    }
    expect(judgeClearance(ordered, [history], today)).toEqual(['PROPHYLAXIS_ZONES_MISSING'])
    const none = { ...good, conditions: { ...conditions, prophylaxis: { ordered: false, zones: [], text: 'rare' } } }
    expect(judgeClearance(none, [history], today)).toEqual([])
  })

  test('needs an anaesthetic plan and an off-label note for an allergy to a numbing agent', () => {
    const allergy = { ...pregnancy, questionId: 'SQ-36', rule: 'ANAESTHETIC_ALLERGY_LIDOCAINE' }
    expect(judgeClearance(good, [allergy], today)).toEqual(['ANAESTHETIC_PLAN_MISSING', 'OFF_LABEL_NOTE_MISSING'])
    const planned = {
      ...good,
      offLabelNote: 'Told that the labelling advises against it.',
      conditions: { ...conditions, anaestheticPlan: { kind: 'NO_ANAESTHETIC' } as const },
    }
    expect(judgeClearance(planned, [allergy], today)).toEqual([])
  })

  test.each([
    ['without a reason', { reason: '  ' }, [patientWide], ['REASON_MISSING']],
    ['for nothing', {}, [], ['NO_FINDING']],
    ['for a STOP that nobody may lift', {}, [sunburn], ['FINDING_NOT_CLEARABLE']],
    ['for a caution', {}, [caution], ['FINDING_NOT_CLEARABLE']],
    ['already expired', { expiresOn: '2026-06-01' }, [patientWide], ['EXPIRED_AT_SIGNING']],
    [
      'that leaves no zone',
      { conditions: { ...conditions, zonesAllowed: [place('CHIN.M')], zonesExcluded: [place('CHIN.M')] } },
      [patientWide],
      ['NO_ZONE_LEFT'],
    ],
    ['that refuses without a reason', { decision: 'REFUSED', reason: '' }, [pregnancy], ['REASON_MISSING']],
  ] as const)('is refused %s', (_says, change, findings, problems) => {
    expect(judgeClearance({ ...good, ...change }, findings, today)).toEqual(problems)
  })

  test('that refuses needs no conditions', () => {
    expect(judgeClearance({ ...good, decision: 'REFUSED' }, [pregnancy], today)).toEqual([])
  })
})

describe('what still blocks', () => {
  const all = [pregnancy, sunburn, keloid, patientWide, filler, caution]

  test('names each finding, who lifts it and from when', () => {
    expect(uncleared(all, [], today)).toEqual([
      { finding: pregnancy, zones: [], state: 'NEEDS_CLEARANCE', lifts: ['PHYSICIAN', 'ANSWER'], earlier: 'NONE' },
      { finding: sunburn, zones: sunburn.zones, state: 'STANDS', lifts: ['ANSWER'], earlier: 'NONE' },
      {
        finding: keloid,
        zones: keloid.zones,
        state: 'NEEDS_CLEARANCE',
        lifts: ['PHYSICIAN', 'ANSWER'],
        earlier: 'NONE',
      },
      { finding: patientWide, zones: [], state: 'NEEDS_CLEARANCE', lifts: ['PHYSICIAN'], earlier: 'NONE' },
      { finding: filler, zones: filler.zones, state: 'NEEDS_CLEARANCE', lifts: ['PHYSICIAN', 'DATE'], earlier: 'NONE' },
    ])
  })

  test('is only the STOP nobody may lift once the physician cleared the rest', () => {
    expect(uncleared(all, [clearance(all)], today).map((open) => open.finding)).toEqual([sunburn])
  })

  test('is the zone that no clearance names, when two clearances share the rest', () => {
    const wide = { ...filler, zones: [...filler.zones, place('CHIN.M')] }
    const [left, right] = filler.zones.map((zone) => clearance([{ ...filler, zones: [zone] }]))
    expect(uncleared([wide], left && right ? [left, right] : [], today)).toMatchObject([
      { zones: [place('CHIN.M')], earlier: 'OTHER_FACTS' },
    ])
  })

  test('says why an earlier decision does not help', () => {
    const earlier = (clearances: readonly ClearanceBody[], on = today) =>
      uncleared([patientWide], clearances, on).map((open) => open.earlier)
    expect(earlier([clearance([patientWide])], '2026-09-01')).toEqual(['EXPIRED'])
    expect(earlier([clearance([patientWide], { decision: 'REFUSED' })])).toEqual(['REFUSED'])
    expect(earlier([clearance([{ ...patientWide, rule: 'BLOOD_THINNER_HEPARIN' }])])).toEqual(['OTHER_FACTS'])
  })

  test('follows the newest decision, whatever the order of the list', () => {
    const cleared = clearance([patientWide], {}, '2026-05-01T16:00:00.000Z')
    const refused = clearance([patientWide], { decision: 'REFUSED' }, '2026-05-02T16:00:00.000Z')
    const again = clearance([patientWide], {}, '2026-05-03T16:00:00.000Z')
    expect(uncleared([patientWide], [refused, cleared], today)).toHaveLength(1)
    expect(uncleared([patientWide], [again, refused, cleared], today)).toEqual([])
  })
})

describe('the limits of clearances', () => {
  const zone = place('CHEEK_ANT.L')

  test('are the lowest depth of those in force', () => {
    const shallow = clearance([patientWide], { conditions: { ...conditions, maxDepthUm: 500 } })
    const deeper = clearance([filler], { conditions: { ...conditions, maxDepthUm: 1000 } })
    expect(clearanceLimits([deeper, shallow], zone, today)).toEqual({
      maxDepthUm: 500,
      isExcluded: false,
      clearanceIds: [deeper.id, shallow.id],
    })
  })

  test('exclude the zones the physician left out and all but a test zone', () => {
    const without = clearance([patientWide], { conditions: { ...conditions, zonesExcluded: [zone] } })
    const testZone = clearance([patientWide], { conditions: { ...conditions, zonesAllowed: [place('JAWLINE.R')] } })
    expect(clearanceLimits([without], zone, today).isExcluded).toBe(true)
    expect(clearanceLimits([without], place('CHEEK_ANT.R'), today).isExcluded).toBe(false)
    expect(clearanceLimits([testZone], zone, today).isExcluded).toBe(true)
    expect(clearanceLimits([testZone], place('JAWLINE.R'), today).isExcluded).toBe(false)
  })

  test('end with the expiry and with a newer decision on the same finding', () => {
    const old = clearance([patientWide], { conditions: { ...conditions, maxDepthUm: 300 } }, '2026-05-01T16:00:00.000Z')
    const newer = clearance(
      [patientWide],
      { conditions: { ...conditions, maxDepthUm: 800 } },
      '2026-05-20T16:00:00.000Z',
    )
    expect(clearanceLimits([old, newer], zone, today).maxDepthUm).toBe(800)
    expect(clearancesInForce([old, newer], today)).toEqual([newer])
    expect(clearanceLimits([old, newer], zone, '2026-08-31').maxDepthUm).toBeNull()
  })

  test('carry the zones of an ordered antiviral', () => {
    const prophylaxis = { ordered: true, zones: [place('LIP_UPPER.M')], text: 'as prescribed' }
    const ordered = clearance([patientWide], { conditions: { ...conditions, prophylaxis } })
    expect(orderedProphylaxis([ordered], today)).toEqual({ zones: [place('LIP_UPPER.M')] })
    expect(orderedProphylaxis([ordered], '2026-08-31')).toBeNull()
  })
})
