import { describe, expect, it } from 'vitest'
import { many } from '../../db/records.ts'
import { auditedBy, countRows } from '../support/audit-rows.ts'
import { newClinic, openWindow, password, type TestClinic } from '../support/clinic.ts'

const noor = {
  signInName: 'Noor',
  roles: ['frontDesk' as const],
  printedName: 'Noor Haddad',
  credential: 'Front desk',
  boardCertification: null,
  licence: null,
  examinerKind: null,
  supervisor: null,
}
const licence = { number: 'MD 123-456', state: 'IL', level: 'PHYSICIAN', expiresOn: '2029-12-31' }

describe('inviting', () => {
  it('makes an account that waits for its person, written down once', async () => {
    const clinic = await newClinic()
    let staffId = ''
    const rows = await auditedBy(clinic.app, async () => {
      staffId = (await clinic.manager.must('staff.invite', { ...noor, roles: ['frontDesk', 'manager', 'frontDesk'] }))
        .staffId
    })
    expect(rows.map(({ action, subject_id, actor_id, outcome }) => [action, subject_id, actor_id, outcome])).toEqual([
      ['staff.invite', staffId, clinic.managerId, 'DONE'],
    ])
    const { members } = await clinic.manager.must('staff.list', {})
    expect(members.find((member) => member.staffId === staffId)).toMatchObject({
      signInName: 'noor',
      status: 'INVITED',
      roles: ['frontDesk', 'manager'],
      version: 1,
    })
  })

  it('refuses a name that is taken, in any case, also at the same moment', async () => {
    const clinic = await newClinic()
    const codes = await Promise.all(
      ['noor', 'NOOR'].map((signInName) => clinic.manager.code('staff.invite', { ...noor, signInName })),
    )
    expect(codes.sort()).toEqual(['SIGN_IN_NAME_TAKEN', 'ok'])
    expect(await clinic.manager.code('staff.invite', { ...noor, signInName: 'nOOr' })).toBe('SIGN_IN_NAME_TAKEN')
    expect(await clinic.manager.code('staff.invite', { ...noor, signInName: 'greta' })).toBe('SIGN_IN_NAME_TAKEN')
  })

  it('asks for the licence of whoever treats or signs', async () => {
    const clinic = await newClinic()
    for (const role of ['aesthetician', 'physician'] as const) {
      expect(await clinic.manager.code('staff.invite', { ...noor, roles: [role] })).toBe('LICENCE_REQUIRED')
      expect(await clinic.manager.code('staff.invite', { ...noor, signInName: role, roles: [role], licence })).toBe(
        'ok',
      )
    }
  })

  it('refuses a supervisor whom nobody knows', async () => {
    const clinic = await newClinic()
    const supervisor = { staffId: '5f8e2c90-7a44-4c7e-8d0b-1e2f3a4b5c6d', from: '2026-01-01', until: null }
    expect(await clinic.manager.code('staff.invite', { ...noor, supervisor })).toBe('NOT_FOUND')
  })

  it('gives a code only once: the store has its hash alone', async () => {
    const clinic = await newClinic()
    const { oneTimeCode } = await clinic.manager.must('staff.invite', noor)
    const secrets = await many(clinic.app.services.storeLife.open.store.db, 'select * from staff_secret')
    for (const spelling of [oneTimeCode, oneTimeCode.replaceAll('-', '')])
      expect(JSON.stringify(secrets)).not.toContain(spelling)
  })
})

describe('editing', () => {
  it('changes what a person is called and keeps the lock of the row', async () => {
    const clinic = await newClinic()
    const { staffId } = await clinic.hire(['frontDesk'])
    const { roles: _roles, signInName: _name, supervisor: _nobody, ...facts } = noor
    const rows = await auditedBy(clinic.app, async () => {
      const edited = await clinic.manager.must('staff.edit', { staffId, version: 2, ...facts })
      expect(edited).toMatchObject({ printedName: 'Noor Haddad', version: 3 })
    })
    expect(rows.map(({ action, subject_id }) => [action, subject_id])).toEqual([['staff.edit', staffId]])
    expect(await clinic.manager.code('staff.edit', { staffId, version: 2, ...facts })).toBe('CONFLICT')
  })

  it('keeps the licence of whoever treats', async () => {
    const clinic = await newClinic()
    const { staffId } = await clinic.hire(['physician'])
    const { roles: _roles, signInName: _name, supervisor: _nobody, ...facts } = noor
    expect(await clinic.manager.code('staff.edit', { staffId, version: 2, ...facts })).toBe('LICENCE_REQUIRED')
  })

  it('knows nobody under another number', async () => {
    const clinic = await newClinic()
    const staffId = '5f8e2c90-7a44-4c7e-8d0b-1e2f3a4b5c6d'
    const { roles: _roles, signInName: _name, supervisor: _nobody, ...facts } = noor
    const before = countRows(clinic.app)
    expect(await clinic.manager.code('staff.edit', { staffId, version: 1, ...facts })).toBe('NOT_FOUND')
    expect(await clinic.manager.code('staff.setRoles', { staffId, version: 1, roles: ['frontDesk'] })).toBe('NOT_FOUND')
    expect(await clinic.manager.code('staff.resetPassword', { staffId })).toBe('NOT_FOUND')
    expect(await clinic.manager.code('staff.deactivate', { staffId, version: 1 })).toBe('NOT_FOUND')
    expect(await clinic.manager.code('staff.reactivate', { staffId, version: 1 })).toBe('NOT_FOUND')
    expect(countRows(clinic.app)).toEqual({ ...before, audit_entry: (before['audit_entry'] ?? 0) + 5 })
  })
})

describe('rights', () => {
  it('are grants with a beginning and an end, and what was held stays readable', async () => {
    const clinic = await newClinic()
    const { staffId } = await clinic.hire(['frontDesk', 'manager'])
    const rows = await auditedBy(clinic.app, () =>
      clinic.manager.must('staff.setRoles', { staffId, version: 2, roles: ['manager'] }),
    )
    expect(rows[0]).toMatchObject({ action: 'staff.setRoles', subject_id: staffId, reason: 'manager' })
    const grants = await many<{ role: string; ended: number }>(
      clinic.app.services.storeLife.open.store.db,
      'select role, case when ended_at is null then 0 else 1 end as ended from staff_grant where staff_id = ? order by role',
      [staffId],
    )
    expect(grants).toEqual([
      { role: 'frontDesk', ended: 1 },
      { role: 'manager', ended: 0 },
    ])
  })

  it('never leave the clinic without a manager', async () => {
    const clinic = await newClinic()
    const staffId = clinic.managerId
    expect(await clinic.manager.code('staff.setRoles', { staffId, version: 1, roles: ['frontDesk'] })).toBe(
      'OWN_MANAGER_GRANT',
    )
    expect(await clinic.manager.code('staff.deactivate', { staffId, version: 1 })).toBe('OWN_MANAGER_GRANT')
    const second = await clinic.hire(['manager'])
    await clinic.hire(['manager'])
    await clinic.manager.must('staff.deactivate', { staffId: second.staffId, version: 2 })
    const { members } = await clinic.manager.must('staff.list', {})
    const third = members.find((member) => member.signInName === 'person2')
    const window = openWindow(clinic.app)
    await window.must('signIn.withPassword', { signInName: 'person2', password })
    await window.must('staff.deactivate', { staffId, version: 1 })
    expect(await clinic.manager.code('staff.list', {})).toBe('SIGNED_OUT')
    expect(await window.code('staff.deactivate', { staffId: third?.staffId, version: 2 })).toBe('OWN_MANAGER_GRANT')
  })

  it('to manage stay with the last active manager, whoever asks', async () => {
    const clinic = await newClinic()
    const invited = await clinic.manager.must('staff.invite', { ...noor, roles: ['manager'] })
    const second = await clinic.hire(['manager'])
    const { staffId } = second
    // Only an invitation is left beside the two; it counts for nobody.
    await second.window.must('staff.deactivate', { staffId: clinic.managerId, version: 1 })
    expect(await second.window.code('staff.deactivate', { staffId, version: 2 })).toBe('OWN_MANAGER_GRANT')
    expect(
      await second.window.code('staff.setRoles', { staffId: invited.staffId, version: 1, roles: ['frontDesk'] }),
    ).toBe('ok')
  })
})

describe('a person who left', () => {
  it('comes back by a new code, with the rights they had', async () => {
    const clinic = await newClinic()
    const { staffId } = await clinic.hire(['frontDesk'])
    await clinic.manager.must('staff.deactivate', { staffId, version: 2 })
    const { oneTimeCode } = await clinic.manager.must('staff.reactivate', { staffId, version: 3 })
    const window = openWindow(clinic.app)
    await window.must('signIn.withCode', {
      signInName: 'person1',
      code: oneTimeCode,
      newPassword: password,
      pin: '294718',
    })
    expect(await window.must('signIn.state', {})).toMatchObject({
      kind: 'SIGNED_IN',
      person: { staffId, roles: ['frontDesk'] },
    })
  })

  it('is the only one who can be taken back: nobody loses a password by it', async () => {
    const clinic = await newClinic()
    const { staffId, window } = await clinic.hire(['frontDesk'])
    expect(await clinic.manager.code('staff.reactivate', { staffId, version: 2 })).toBe('CONFLICT')
    expect(await window.code('staff.list', {})).toBe('ok')
    expect(await openWindow(clinic.app).code('signIn.withPassword', { signInName: 'person1', password })).toBe('ok')
  })

  it('stays in the list and in what they signed', async () => {
    const clinic = await newClinic()
    const { staffId } = await clinic.hire(['physician'])
    await clinic.manager.must('staff.deactivate', { staffId, version: 2 })
    expect(await memberOf(clinic, staffId)).toMatchObject({ status: 'DEACTIVATED', roles: ['physician'] })
  })
})

describe('who may', () => {
  it('see the staff is everybody, and change it the manager alone', async () => {
    const clinic = await newClinic()
    for (const role of ['frontDesk', 'aesthetician', 'physician'] as const) {
      const { window } = await clinic.hire([role])
      expect(await window.code('staff.list', {})).toBe('ok')
      const rows = await auditedBy(clinic.app, async () => {
        expect(await window.code('staff.invite', noor)).toBe('DENIED')
      })
      expect(rows.map(({ action, outcome, reason }) => [action, outcome, reason])).toEqual([
        ['staff.invite', 'REFUSED', 'DENIED'],
      ])
    }
  })

  it('send nonsense is nobody', async () => {
    const clinic = await newClinic()
    const reply = await clinic.manager.call('staff.invite', { ...noor, roles: [] })
    expect(reply).toEqual({ ok: false, refusal: { code: 'INVALID_INPUT', facts: { field: 'roles' } } })
  })
})

async function memberOf(clinic: TestClinic, staffId: string) {
  const { members } = await clinic.manager.must('staff.list', {})
  return members.find((member) => member.staffId === staffId)
}
