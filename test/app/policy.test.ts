import { describe, expect, expectTypeOf, it } from 'vitest'
import { many } from '../../db/records.ts'
import type { PolicyBody } from '../../shared/domain/policy.ts'
import type { PolicyId } from '../../shared/kernel/ids.ts'
import { addDays } from '../../shared/kernel/time.ts'
import { newClinic, openWindow, password, pin, type TestClinic, type Window } from '../support/clinic.ts'

const byPassword = { method: 'PASSWORD', password } as const

async function firstDraft(window: Window): Promise<{ policyId: PolicyId; draftVersion: number; body: Body }> {
  const { policies } = await window.must('policy.list', {})
  const draft = policies.find((policy) => policy.standing === 'DRAFT')
  if (!draft) throw new Error('there is no draft')
  const { draftVersion, body } = await window.must('policy.open', { policyId: draft.policyId })
  const { approvedBy: _nobody, ...rest } = body
  return { policyId: draft.policyId, draftVersion, body: rest }
}
type Opened = Awaited<ReturnType<typeof openPolicy>>
type Body = Omit<Opened['body'], 'approvedBy'>
function openPolicy(window: Window, policyId: PolicyId) {
  return window.must('policy.open', { policyId })
}

async function approveFirst(physician: Window, change: (body: Body) => Body = (body) => body): Promise<PolicyId> {
  const { policyId, draftVersion, body } = await firstDraft(physician)
  const saved = await physician.must('policy.saveDraft', { policyId, draftVersion, body: change(body) })
  await physician.must('policy.approve', { policyId, draftVersion: saved.draftVersion, reauth: byPassword })
  return policyId
}

async function auditActions(clinic: TestClinic, policyId: string): Promise<readonly string[]> {
  const rows = await many<{ action: string }>(
    clinic.app.services.storeLife.open.store.db,
    "select action from audit_entry where subject_id = ? and outcome = 'DONE' order by seq",
    [policyId],
  )
  return rows.map((row) => row.action)
}

describe('the policy of a clinic', () => {
  it('is a draft from the first day and in force only once a physician has approved it', async () => {
    const clinic = await newClinic()
    const { window: physician, printedName } = await clinic.hire(['physician'])
    expect(await clinic.manager.must('clinic.status', {})).toMatchObject({ store: { policyMissing: true } })
    const policyId = await approveFirst(physician)
    const { policies } = await clinic.manager.must('policy.list', {})
    expect(policies).toMatchObject([
      { policyId, standing: 'IN_FORCE', effectiveFrom: '2026-08-03', approvedBy: { printedName }, isIntact: true },
    ])
    expect(await clinic.manager.must('clinic.status', {})).toMatchObject({ store: { policyMissing: false } })
  })

  it('is read by everybody, drafted by manager and physician, approved by a physician alone', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const { policyId, draftVersion, body } = await firstDraft(clinic.manager)
    const save = { policyId, draftVersion, body }
    expect(await desk.code('policy.list', {})).toBe('ok')
    expect(await desk.code('policy.open', { policyId })).toBe('ok')
    expect(await desk.code('policy.startDraft', {})).toBe('DENIED')
    expect(await desk.code('policy.saveDraft', save)).toBe('DENIED')
    expect(await desk.code('policy.discardDraft', { policyId, draftVersion })).toBe('DENIED')
    expect(await clinic.manager.code('policy.saveDraft', save)).toBe('ok')
    expect(await clinic.manager.code('policy.approve', { policyId, draftVersion: 1, reauth: byPassword })).toBe(
      'DENIED',
    )
  })

  it('keeps what two people type apart by the number of the last save', async () => {
    const clinic = await newClinic()
    const { window: physician } = await clinic.hire(['physician'])
    const { policyId, body } = await firstDraft(clinic.manager)
    await clinic.manager.must('policy.saveDraft', { policyId, draftVersion: 0, body: { ...body, minAgeYears: 21 } })
    expect(await physician.code('policy.saveDraft', { policyId, draftVersion: 0, body })).toBe('CONFLICT')
    expect(await physician.must('policy.open', { policyId })).toMatchObject({
      draftVersion: 1,
      body: { minAgeYears: 21 },
    })
    expect(await physician.code('policy.approve', { policyId, draftVersion: 0, reauth: byPassword })).toBe('CONFLICT')
  })

  it('refuses a body with a field that does not belong or a depth that is no length', async () => {
    const clinic = await newClinic()
    const { policyId, draftVersion, body } = await firstDraft(clinic.manager)
    const bad = [
      { ...body, surprise: 1 },
      { ...body, ceilingDepthUm: -1 },
      { ...body, effectiveFrom: '2026-02-30' },
    ]
    for (const wrong of bad)
      expect(await clinic.manager.code('policy.saveDraft', { policyId, draftVersion, body: wrong })).toBe(
        'INVALID_INPUT',
      )
    expect(await clinic.manager.code('policy.open', { policyId: crypto.randomUUID() })).toBe('NOT_FOUND')
  })

  it('audits typing once per person and spell, and every other step', async () => {
    const clinic = await newClinic()
    const { window: physician } = await clinic.hire(['physician'])
    const { policyId, body } = await firstDraft(clinic.manager)
    for (const draftVersion of [0, 1, 2])
      await clinic.manager.must('policy.saveDraft', { policyId, draftVersion, body })
    await physician.must('policy.saveDraft', { policyId, draftVersion: 3, body })
    await physician.must('policy.approve', { policyId, draftVersion: 4, reauth: byPassword })
    expect(await auditActions(clinic, policyId)).toEqual([
      'policy.draft',
      'policy.edit',
      'policy.edit',
      'policy.approve',
    ])
  })

  it('is not approved with problems, for a day gone by, or under an expired licence', async () => {
    const clinic = await newClinic()
    const { window: physician } = await clinic.hire(['physician'])
    const { policyId, body } = await firstDraft(physician)
    const approveWith = async (draftVersion: number, changed: Body) => {
      await physician.must('policy.saveDraft', { policyId, draftVersion, body: changed })
      return physician.code('policy.approve', { policyId, draftVersion: draftVersion + 1, reauth: byPassword })
    }
    expect(await approveWith(0, { ...body, ceilingDepthUm: 5000 })).toBe('POLICY_HAS_PROBLEMS')
    expect(await approveWith(1, { ...body, effectiveFrom: '2026-08-02' })).toBe('POLICY_STARTS_IN_THE_PAST')
    clinic.host.setNow('2030-01-02T16:00:00.000Z')
    await physician.must('signIn.withPassword', { signInName: 'person1', password })
    expect(await approveWith(2, { ...body, effectiveFrom: '2030-01-02' })).toBe('OWN_LICENCE_NOT_VALID')
  })

  it('asks who signs: the first time by password, and a wrong one signs nothing', async () => {
    const clinic = await newClinic()
    const { window: physician } = await clinic.hire(['physician'])
    const { policyId, draftVersion } = await firstDraft(physician)
    const approve = (reauth: unknown) => physician.code('policy.approve', { policyId, draftVersion, reauth })
    expect(await approve({ method: 'PIN', pin })).toBe('PASSWORD_NEEDED')
    expect(await approve({ method: 'PASSWORD', password: 'not this one at all' })).toBe('REAUTH_WRONG')
    expect(await approve(byPassword)).toBe('ok')
    expect(await approve(byPassword)).toBe('NOT_A_POLICY_DRAFT')
  })

  it('stays as it was approved: bytes, hash and signature, against the program and against SQL', async () => {
    const clinic = await newClinic()
    const { window: physician, staffId } = await clinic.hire(['physician'])
    const policyId = await approveFirst(physician, (body) => ({ ...body, minAgeYears: 21 }))
    const { driver, db } = clinic.app.services.storeLife.open.store
    const opened = await openPolicy(physician, policyId)
    expect(opened).toMatchObject({ isIntact: true, body: { minAgeYears: 21, approvedBy: { staffId } } })
    const { approvedBy: _by, ...body } = opened.body
    expect(await physician.code('policy.saveDraft', { policyId, draftVersion: 0, body })).toBe('NOT_A_POLICY_DRAFT')
    expect(await physician.code('policy.discardDraft', { policyId, draftVersion: 0 })).toBe('NOT_A_POLICY_DRAFT')
    expect(() => driver.prepare("update policy set effective_from = '2020-01-01' where id = ?").run(policyId)).toThrow(
      'approved_stays',
    )
    expect(() => driver.prepare("update policy set state = 'DISCARDED' where id = ?").run(policyId)).toThrow()
    expect(() => driver.prepare('delete from policy where id = ?').run(policyId)).toThrow('never deleted')
    const signatures = await many<{ meaning: string; sha256: string; signer_id: string }>(
      db,
      "select meaning, sha256, signer_id from signature where kind = 'policy' and record_id = ?",
      [policyId],
    )
    expect(signatures).toEqual([{ meaning: 'POLICY_APPROVED', sha256: opened.sha256, signer_id: staffId }])
  })

  it('has one draft at a time, which starts from the policy in force and can be given up', async () => {
    const clinic = await newClinic()
    const { window: physician } = await clinic.hire(['physician'])
    expect(await clinic.manager.code('policy.startDraft', {})).toBe('POLICY_DRAFT_EXISTS')
    const first = await approveFirst(physician, (body) => ({ ...body, minAgeYears: 21 }))
    const { policyId } = await clinic.manager.must('policy.startDraft', {})
    expect(await openPolicy(clinic.manager, policyId)).toMatchObject({
      standing: 'DRAFT',
      body: { minAgeYears: 21, approvedBy: null },
      inForce: { policyId: first },
    })
    await clinic.manager.must('policy.discardDraft', { policyId, draftVersion: 0 })
    expect(await openPolicy(clinic.manager, policyId)).toMatchObject({ standing: 'DISCARDED' })
    expect(await clinic.manager.code('policy.startDraft', {})).toBe('ok')
  })

  it('takes over on its own day, with the idle lock that it sets', async () => {
    const clinic = await newClinic()
    const { window: physician } = await clinic.hire(['physician'])
    const idleLockMin = () => clinic.app.services.storeLife.open.facts.idleLockMin
    const withLock = (minutes: number, body: Body): Body => ({
      ...body,
      settings: { ...body.settings, idleLockMin: minutes },
    })
    const first = await approveFirst(physician, (body) => withLock(5, body))
    expect(idleLockMin()).toBe(5)

    await physician.must('policy.startDraft', {})
    const second = await approveFirst(physician, (body) => ({
      ...withLock(3, body),
      effectiveFrom: addDays('2026-08-03', 1),
    }))
    expect(idleLockMin()).toBe(5)
    expect((await physician.must('policy.list', {})).policies).toMatchObject([
      { policyId: second, standing: 'UPCOMING' },
      { policyId: first, standing: 'IN_FORCE' },
    ])

    clinic.host.advanceMinutes(24 * 60)
    await clinic.app.tick()
    expect(idleLockMin()).toBe(3)
    const later = openWindow(clinic.app)
    await later.must('signIn.withPassword', { signInName: 'greta', password })
    expect((await later.must('policy.list', {})).policies).toMatchObject([
      { policyId: second, standing: 'IN_FORCE' },
      { policyId: first, standing: 'REPLACED' },
    ])
  })
})

it('sends a policy as the domain knows it', () => {
  expectTypeOf<Opened['body']>().toExtend<PolicyBody>()
})
