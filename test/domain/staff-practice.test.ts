import { describe, expect, it } from 'vitest'
import {
  type Delegation,
  type DeviceTraining,
  deputyOn,
  judgeDelegation,
  judgeSupervision,
  mostSupervisees,
  overlaps,
  type PhysicianFacts,
  standsInOn,
  supervisorOn,
  trainingStanding,
} from '../../shared/domain/staff-practice.ts'
import { judgeStart } from '../../shared/domain/start-gate.ts'
import type { DelegationId, StaffId, TrainingId } from '../../shared/kernel/ids.ts'
import { gateFacts, policyWith } from './given-session.ts'

const okafor = 'okafor' as StaffId
const brandt = 'brandt' as StaffId
const third = 'third' as StaffId
const lena = 'lena' as StaffId

const physician = (change: Partial<PhysicianFacts> = {}): PhysicianFacts => ({
  staffId: okafor,
  roles: ['physician'],
  isActive: true,
  licence: { number: 'MD-1', state: 'IL', level: 'PHYSICIAN', expiresOn: '2026-12-31' },
  ...change,
})
const period = (fromOn: string, untilOn: string | null) => ({ fromOn, untilOn })
const link = (staffId: string, fromOn: string, untilOn: string | null) => ({
  staffId: staffId as StaffId,
  ...period(fromOn, untilOn),
})

describe('two periods', () => {
  it.each([
    ['a day apart', period('2026-01-01', '2026-01-31'), period('2026-02-01', null), false],
    ['on one last day', period('2026-01-01', '2026-02-01'), period('2026-02-01', null), true],
    ['both without an end', period('2026-01-01', null), period('2026-09-01', null), true],
    ['one inside the other', period('2026-01-01', '2026-12-31'), period('2026-03-01', '2026-03-01'), true],
  ])('%s overlap in either order: %s', (_how, one, other, isShared) => {
    expect([overlaps(one, other), overlaps(other, one)]).toEqual([isShared, isShared])
  })
})

describe('a supervising physician', () => {
  it('is the one of the session’s day', () => {
    const links = [period('2026-01-01', '2026-02-28'), period('2026-03-01', null)]
    expect(supervisorOn(links, '2026-02-28')).toBe(links[0])
    expect(supervisorOn(links, '2026-03-01')).toBe(links[1])
    expect(supervisorOn(links, '2025-12-31')).toBeNull()
  })

  it('is counted by people on the busiest day, not by links', () => {
    const links = [
      link('a', '2026-01-01', '2026-03-31'),
      link('a', '2026-04-01', null),
      link('b', '2026-02-01', '2026-02-10'),
      link('c', '2026-02-10', null),
    ]
    expect(mostSupervisees(links, period('2026-01-01', null))).toBe(3)
    expect(mostSupervisees(links, period('2026-02-11', null))).toBe(2)
    expect(mostSupervisees([], period('2026-01-01', null))).toBe(0)
  })

  const facts = {
    roles: ['aesthetician' as const],
    physician: physician(),
    own: [],
    ofPhysician: [],
    maxSupervisees: 4,
  }
  const wanted = link('lena', '2026-03-01', null)
  const four = ['a', 'b', 'c', 'd'].map((one) => link(one, '2026-01-01', null))
  it.each([
    ['a physician with room for one more', wanted, facts, 'ok'],
    ['the last day before the first', link('lena', '2026-03-01', '2026-02-28'), facts, 'PERIOD_ENDS_BEFORE_IT_BEGINS'],
    ['somebody at the desk', wanted, { ...facts, roles: ['frontDesk' as const] }, 'SUPERVISION_NOT_NEEDED'],
    ['a physician who treats', wanted, { ...facts, roles: ['physician' as const] }, 'SUPERVISION_NOT_NEEDED'],
    [
      'another aesthetician',
      wanted,
      { ...facts, physician: physician({ roles: ['aesthetician'] }) },
      'SUPERVISION_NOT_QUALIFIED',
    ],
    ['somebody who left', wanted, { ...facts, physician: physician({ isActive: false }) }, 'SUPERVISION_NOT_QUALIFIED'],
    ['an expired licence', link('lena', '2027-01-01', null), facts, 'SUPERVISION_NOT_QUALIFIED'],
    ['two at once', wanted, { ...facts, own: [period('2025-01-01', null)] }, 'SUPERVISION_OVERLAPS'],
    ['one after the other', wanted, { ...facts, own: [period('2025-01-01', '2026-02-28')] }, 'ok'],
    ['the policy’s most people', wanted, { ...facts, ofPhysician: four }, 'SUPERVISEES_FULL'],
    [
      'room again by then',
      wanted,
      { ...facts, ofPhysician: [...four.slice(1), link('a', '2026-01-01', '2026-02-28')] },
      'ok',
    ],
  ])('%s: %s', (_what, asked, known, expected) => {
    const verdict = judgeSupervision(asked, known)
    expect(verdict.ok ? 'ok' : verdict.refusal.code).toBe(expected)
  })
})

describe('a deputy', () => {
  const known = (physicianId: StaffId, deputyId: StaffId, fromOn: string, untilOn: string): Delegation => ({
    delegationId: 'd' as DelegationId,
    physicianId,
    deputyId,
    fromOn,
    untilOn,
  })
  const away = known(okafor, brandt, '2026-03-02', '2026-03-13')

  it('stands in from the first day to the last', () => {
    const asked = (on: string) => standsInOn([away], { staffId: brandt, physicianId: okafor, on })
    expect([asked('2026-03-01'), asked('2026-03-02'), asked('2026-03-13'), asked('2026-03-14')]).toEqual([
      null,
      away,
      away,
      null,
    ])
    expect(standsInOn([away], { staffId: lena, physicianId: okafor, on: '2026-03-02' })).toBeNull()
    expect(standsInOn([away], { staffId: brandt, physicianId: null, on: '2026-03-02' })).toBeNull()
    expect(deputyOn([away], brandt, '2026-03-02')).toBeNull()
  })

  const deputy = physician({ staffId: brandt })
  const wanted = { physicianId: okafor, deputyId: brandt, fromOn: '2026-03-02', untilOn: '2026-03-13' }
  it.each([
    ['another physician', wanted, { deputy, others: [] }, 'ok'],
    [
      'the last day before the first',
      { ...wanted, untilOn: '2026-03-01' },
      { deputy, others: [] },
      'PERIOD_ENDS_BEFORE_IT_BEGINS',
    ],
    ['days that are over', { ...wanted, fromOn: '2026-02-27' }, { deputy, others: [] }, 'DELEGATION_IN_THE_PAST'],
    ['oneself', { ...wanted, deputyId: okafor }, { deputy: physician(), others: [] }, 'DEPUTY_NOT_QUALIFIED'],
    [
      'a licence that ends meanwhile',
      { ...wanted, untilOn: '2027-01-01' },
      { deputy, others: [] },
      'DEPUTY_NOT_QUALIFIED',
    ],
    [
      'an aesthetician',
      wanted,
      { deputy: { ...deputy, roles: ['aesthetician' as const] }, others: [] },
      'DEPUTY_NOT_QUALIFIED',
    ],
    [
      'days handed over already',
      wanted,
      { deputy, others: [known(okafor, third, '2026-03-13', '2026-03-20')] },
      'DELEGATION_OVERLAPS',
    ],
    [
      'somebody away too',
      wanted,
      { deputy, others: [known(brandt, third, '2026-03-01', '2026-03-02')] },
      'DEPUTY_AWAY',
    ],
    [
      'days of another’s that were handed over',
      wanted,
      { deputy, others: [known(third, okafor, '2026-03-10', '2026-03-11')] },
      'STANDS_IN_FOR_ANOTHER',
    ],
    [
      'somebody away the day after',
      wanted,
      { deputy, others: [known(brandt, third, '2026-03-14', '2026-03-20')] },
      'ok',
    ],
  ])('%s: %s', (_what, asked, given, expected) => {
    const verdict = judgeDelegation(asked, { today: '2026-03-01', ...given })
    expect(verdict.ok ? 'ok' : verdict.refusal.code).toBe(expected)
  })
})

describe('a training certificate', () => {
  const training = (change: Partial<DeviceTraining> = {}): DeviceTraining => ({
    trainingId: 't' as TrainingId,
    manufacturer: 'Kestrel Medical',
    model: 'Pen 2',
    certificate: 'KM-1',
    completedOn: '2025-05-05',
    expiresOn: '2026-05-05',
    ...change,
  })
  const pen = { manufacturer: 'KESTREL MEDICAL ', model: 'pen 2' }
  it.each([
    ['on its last day', [training()], '2026-05-05', 'CURRENT'],
    ['a day later', [training()], '2026-05-06', 'EXPIRED'],
    ['without an end', [training({ expiresOn: null })], '2030-01-01', 'CURRENT'],
    ['before it was earned', [training()], '2025-05-04', 'MISSING'],
    ['for another model', [training({ model: 'Pen 3' })], '2025-06-01', 'MISSING'],
    ['renewed', [training(), training({ completedOn: '2026-05-01', expiresOn: null })], '2026-06-01', 'CURRENT'],
  ] as const)('%s', (_how, trainings, on, standing) => {
    expect(trainingStanding(trainings, pen, on)).toBe(standing)
  })

  it('blocks the start only where the clinic says so', () => {
    const codes = (deviceTrainingRule: 'OFF' | 'WARN' | 'BLOCK') => {
      const policy = policyWith()
      const facts = gateFacts({
        trainings: [],
        policy: { ...policy, settings: { ...policy.settings, deviceTrainingRule } },
      })
      return judgeStart(facts).map(({ code }) => code)
    }
    expect([codes('OFF'), codes('WARN'), codes('BLOCK')]).toEqual([[], [], ['DEVICE_TRAINING_MISSING']])
  })
})
