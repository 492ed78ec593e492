import { describe, expect, it } from 'vitest'
import { newClinic, openWindow, password, pin } from '../support/clinic.ts'

describe('signing in', () => {
  it('lets a new person in by the one-time code and once only', async () => {
    const clinic = await newClinic()
    const { staffId, oneTimeCode } = await clinic.manager.must('staff.invite', {
      signInName: 'Noor',
      roles: ['frontDesk'],
      printedName: 'Noor Haddad',
      credential: 'Front desk',
      boardCertification: null,
      licence: null,
      examinerKind: null,
      supervisor: null,
    })
    const window = openWindow(clinic.app)
    const input = { signInName: 'noor', code: oneTimeCode, newPassword: password, pin }
    expect(await window.code('signIn.withCode', input)).toBe('ok')
    expect(await window.must('signIn.state', {})).toMatchObject({
      kind: 'SIGNED_IN',
      person: { staffId, roles: ['frontDesk'] },
    })
    expect(await openWindow(clinic.app).code('signIn.withCode', input)).toBe('SIGN_IN_WRONG')
  })

  it('makes a wait after five wrong passwords, and the right one does not get through it', async () => {
    const clinic = await newClinic()
    const window = openWindow(clinic.app)
    for (let miss = 1; miss <= 5; miss += 1)
      expect(await window.code('signIn.withPassword', { signInName: 'greta', password: 'wrong' })).toBe('SIGN_IN_WRONG')
    expect(await window.code('signIn.withPassword', { signInName: 'greta', password })).toBe('SIGN_IN_LOCKED')
    clinic.host.advanceMinutes(2)
    expect(await window.code('signIn.withPassword', { signInName: 'greta', password })).toBe('ok')
  })

  it('switches the PIN off after five misses until the next full password', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    await window.must('signIn.lock', {})
    for (let miss = 1; miss <= 4; miss += 1)
      expect(await window.code('signIn.withPin', { staffId, pin: '111112' })).toBe('SIGN_IN_WRONG')
    expect(await window.code('signIn.withPin', { staffId, pin: '111112' })).toBe('PIN_OFF')
    expect(await window.code('signIn.withPin', { staffId, pin })).toBe('SIGN_IN_EXPIRED')
    expect(await window.code('signIn.withPassword', { signInName: 'person1', password })).toBe('ok')
  })

  it('locks a window in main when nobody touched it for the set time', async () => {
    const clinic = await newClinic()
    clinic.host.advanceMinutes(11)
    expect(await clinic.manager.code('staff.list', {})).toBe('LOCKED')
    expect(await clinic.manager.must('signIn.state', {})).toMatchObject({ kind: 'LOCKED', pinUsable: true })
    expect(await clinic.manager.code('signIn.withPin', { staffId: clinic.managerId, pin })).toBe('ok')
    expect(await clinic.manager.code('staff.list', {})).toBe('ok')
  })
})
