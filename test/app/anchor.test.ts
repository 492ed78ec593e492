import { describe, expect, it } from 'vitest'
import { auditRows } from '../support/audit-rows.ts'
import { clinicNow, newClinic, openWindow, password } from '../support/clinic.ts'
import { replaceStore, seize, startOn } from '../support/seized.ts'

const reauth = { method: 'PASSWORD' as const, password }

describe('going on without missing entries', () => {
  it('is the manager’s, by the whole password, and only where something is missing', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    expect(await window.code('anchor.accept', { missing: 3, reauth })).toBe('DENIED')
    expect(await clinic.manager.code('anchor.accept', { missing: 3, reauth })).toBe('NOTHING_HELD')
    expect(await clinic.manager.code('anchor.accept', { missing: 1.5, reauth })).toBe('INVALID_INPUT')
  })

  it('takes no PIN, and is told by one row with who did it', async () => {
    const clinic = await newClinic()
    const old = seize(clinic)
    await clinic.hire(['frontDesk'])
    await clinic.app.close()
    const folder = seize(clinic)
    replaceStore(folder, old)
    const { app } = await startOn(folder, clinicNow)
    const manager = openWindow(app)
    await manager.must('signIn.withPassword', { signInName: 'greta', password })
    const { store } = await manager.must('clinic.status', {})
    const missing = store.state === 'OPEN' ? (store.hold?.missing ?? null) : null
    expect(await manager.code('anchor.accept', { missing, reauth: { method: 'PIN', pin: '294718' } })).toBe(
      'PASSWORD_NEEDED',
    )
    await manager.must('anchor.accept', { missing, reauth })
    const told = (await auditRows(app)).filter(({ action }) => action === 'anchor.accept')
    expect(told).toMatchObject([{ actor_id: clinic.managerId, roles: 'manager', outcome: 'DONE' }])
  })
})
