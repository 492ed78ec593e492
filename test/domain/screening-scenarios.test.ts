import { describe, expect, test } from 'vitest'
import {
  type ClearanceBody,
  clearanceLimits,
  clearedFindingOf,
  judgeClearance,
  orderedProphylaxis,
  uncleared,
} from '../../shared/domain/clearance.ts'
import { decideScreening, findingsForZones, overallOutcome } from '../../shared/domain/screening/decide-screening.ts'
import type { ClearanceId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import { daysBetween } from '../../shared/kernel/time.ts'
import { choice, multi, on, ordinaryDay, place, select, told } from './screening-answers.ts'

const okafor: ClearanceBody = {
  schema: 'clearance/1',
  id: 'clearance-okafor' as ClearanceId,
  patientId: 'patient-of-the-day' as PatientId,
  seriesId: null,
  findings: [],
  decision: 'CLEARED',
  reason: '',
  conditions: { maxDepthUm: null, zonesExcluded: [], zonesAllowed: null, prophylaxis: null, anaestheticPlan: null },
  offLabelNote: null,
  expiresOn: '2026-08-31',
  signature: {
    staffId: 'staff-okafor' as StaffId,
    printedName: 'Dr Ada Okafor',
    credential: 'MD, dermatology',
    licence: null,
    signedAt: '2026-06-02T15:00:00.000Z',
    utcOffsetMin: -360,
  },
}

describe('scenario 2, Tomas Ferreira: isotretinoin', () => {
  const visit = { ...ordinaryDay, form: 'FULL', bornOn: '2004-01-20', today: '2026-06-02' } as const
  const lastDose = choice('SQ-10', 'PAST', on('2026-03-02'))

  test('92 days after the last dose needs clearance and is eligible on 2 September', () => {
    expect(daysBetween('2026-03-02', '2026-06-02')).toBe(92)
    const { findings, overall } = decideScreening({ ...visit, answers: lastDose })
    expect(findings.map(told)).toEqual(['CLEAR ISOTRETINOIN_WAIT until 2026-09-02'])
    expect(overall).toBe('CLEAR')
  })

  test('is free on 2 September itself and not the day before', () => {
    const outcomeOn = (today: string) => decideScreening({ ...visit, today, answers: lastDose }).overall
    expect([outcomeOn('2026-09-01'), outcomeOn('2026-09-02')]).toEqual(['CLEAR', 'INFO'])
  })

  test('goes ahead at 0.5 mm in the test zone once the physician cleared it', () => {
    const { findings } = decideScreening({ ...visit, answers: lastDose })
    const clearance: ClearanceBody = {
      ...okafor,
      findings: findings.map(clearedFindingOf),
      reason: 'ASDS 2017; superficial; max 0.5 mm, test zone JAWLINE R',
      conditions: { ...okafor.conditions, maxDepthUm: 500, zonesAllowed: [place('JAWLINE.R')] },
    }
    expect(uncleared(findings, [], visit.today)).toHaveLength(1)
    expect(judgeClearance(clearance, findings, visit.today)).toEqual([])
    expect(uncleared(findings, [clearance], visit.today)).toEqual([])
    expect(clearanceLimits([clearance], place('JAWLINE.R'), visit.today)).toMatchObject({
      maxDepthUm: 500,
      isExcluded: false,
    })
    expect(clearanceLimits([clearance], place('CHEEK_ANT.L'), visit.today)).toMatchObject({ isExcluded: true })
  })

  test('stops while he still takes it, and the earlier clearance does not help', () => {
    const past = decideScreening({ ...visit, answers: lastDose }).findings
    const { findings, overall } = decideScreening({ ...visit, answers: choice('SQ-10', 'NOW') })
    expect(overall).toBe('STOP')
    expect(uncleared(findings, [{ ...okafor, findings: past.map(clearedFindingOf) }], visit.today)).toMatchObject([
      { state: 'NEEDS_CLEARANCE', earlier: 'OTHER_FACTS' },
    ])
  })
})

describe('scenario 3, Priya Nair: majority', () => {
  const visit = { ...ordinaryDay, form: 'FULL', answers: {}, bornOn: '2008-04-10', fst: 'V' } as const

  test('needs clearance and the age-22 caution at 17, only the caution at 18', () => {
    const outcomesOn = (today: string) =>
      decideScreening({ ...visit, today }).findings.map((finding) => `${finding.outcome} ${finding.rule}`)
    expect(outcomesOn('2026-03-02')).toEqual(['CLEAR UNDER_AGE', 'CAUTION OUTSIDE_AUTHORISED_AGE'])
    expect(outcomesOn('2026-04-13')).toEqual(['CAUTION OUTSIDE_AUTHORISED_AGE'])
  })
})

describe('scenario 10, Ruth Adeyemi: cold sores and apixaban', () => {
  const lips = [place('LIP_UPPER.M'), place('LIP_LOWER.M')]
  const cheeks = [place('CHEEK_ANT.L'), place('CHEEK_ANT.R')]
  const visit = {
    ...ordinaryDay,
    form: 'FULL',
    bornOn: '1981-02-11',
    plannedZones: [place('LIP_UPPER.M'), ...cheeks],
  } as const
  const answered = (started: 'YES' | 'NO') => ({
    ...choice('SQ-19', 'YES', select('FREQUENCY', 'THREE_OR_MORE_A_YEAR'), select('ANTIVIRAL_STARTED', started)),
    ...multi('SQ-12', ['DOAC']),
  })
  const first = decideScreening({ ...visit, answers: answered('NO') })
  const clearance: ClearanceBody = {
    ...okafor,
    findings: first.findings.map(clearedFindingOf),
    reason: 'Prophylaxis ordered; apixaban continues.',
    conditions: {
      ...okafor.conditions,
      maxDepthUm: 500,
      prophylaxis: { ordered: true, zones: lips, text: 'Antiviral as prescribed, from the morning before.' },
    },
  }

  test('needs clearance for both before the first visit', () => {
    expect(first.findings.map(told)).toEqual([
      'CLEAR BLOOD_THINNER_DOAC',
      'CLEAR HERPES_HISTORY @LIP_UPPER.M CHEEK_ANT.L CHEEK_ANT.R',
    ])
    expect(judgeClearance(clearance, first.findings, visit.today)).toEqual([])
  })

  test('stops the lips while the antiviral is not started, and only the lips', () => {
    const prophylaxis = orderedProphylaxis([clearance], visit.today)
    const { findings } = decideScreening({ ...visit, answers: answered('NO'), prophylaxis })
    expect(uncleared(findings, [clearance], visit.today).map((open) => told(open.finding))).toEqual([
      'STOP/PHYSICIAN ANTIVIRAL_NOT_STARTED @LIP_UPPER.M LIP_LOWER.M',
    ])
    expect(uncleared(findingsForZones(findings, cheeks), [clearance], visit.today)).toEqual([])
    expect(overallOutcome(findingsForZones(findings, cheeks))).toBe('CLEAR')
  })

  test('goes ahead at 0.5 mm everywhere once it is started', () => {
    const prophylaxis = orderedProphylaxis([clearance], visit.today)
    const { findings } = decideScreening({ ...visit, answers: answered('YES'), prophylaxis })
    expect(uncleared(findings, [clearance], visit.today)).toEqual([])
    expect(clearanceLimits([clearance], place('LIP_UPPER.M'), visit.today).maxDepthUm).toBe(500)
  })
})
