import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../main/app/create-app.ts'
import type { Keychain } from '../../main/hosts/host.ts'
import { buildSample } from '../../main/sample.ts'
import { emptyForm } from '../../renderer/screens/patient/patient-form.ts'
import { auditRows, isAuditWhole } from '../support/audit-rows.ts'
import { emptyHouse, newClinic, openWindow, password, pin, type TestHouse } from '../support/clinic.ts'
import { finishSetUp } from '../support/recovery-code.ts'
import { reopen } from '../support/reopen.ts'

const passphrase = 'seven grey herons stand still'

/** Where a keychain or the sample's own key opens the records. */
const setUp = {
  clinicName: 'Alder Row Skin Clinic',
  state: 'IL',
  timeZone: 'America/Chicago',
  dateOrder: 'MDY',
  urgentPhone: '+1 312 555 0100',
  owner: {
    printedName: 'Greta Ansbach',
    credential: 'Practice manager',
    signInName: 'greta',
    password,
    pin,
    alsoPhysician: false,
    licence: null,
  },
  passphrase: null,
} as const

describe('the records of a clinic where nobody is at any window', () => {
  it('are closed after half an hour, and no key of theirs stays', async () => {
    const clinic = await newClinic()
    const { storeLife } = clinic.app.services
    await clinic.manager.must('signIn.lock', {})
    await clinic.app.tick()
    clinic.host.advanceMinutes(29.9)
    await clinic.app.tick()
    expect(storeLife.state.kind).toBe('OPEN')

    const { key, open } = storeLife
    clinic.host.advanceMinutes(0.2)
    await clinic.app.tick()
    expect(storeLife.state).toEqual({ kind: 'RESTING', opensBy: 'PASSPHRASE' })
    expect(open.store.driver.open).toBe(false)
    expect([key, open.auditKey].every((one) => one.equals(Buffer.alloc(32)))).toBe(true)
    expect(() => storeLife.key).toThrow('no store is open')
    expect((await clinic.manager.must('clinic.status', {})).store).toEqual({
      state: 'RESTING',
      opensBy: 'PASSPHRASE',
    })
    expect(await clinic.manager.code('signIn.people', {})).toBe('STORE_LOCKED')
    expect(await clinic.manager.code('signIn.withPin', { staffId: clinic.managerId, pin })).toBe('STORE_LOCKED')
    expect(await clinic.manager.code('clinic.openSample', { reset: false })).toBe('CLINIC_IS_OPEN')
  })

  it('open again by the passphrase alone, and the windows are locked as before, drafts and all', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    const form = { ...emptyForm, family: 'Bramblewood' }
    const draft = { patientId: null, chartVersion: null, draftId: null, draftVersion: 0, form }
    expect(await window.code('patient.saveDraft', draft)).toBe('ok')
    await rest(clinic)

    expect(await window.code('clinic.unlockStore', { passphrase: null })).toBe('PASSPHRASE_WRONG')
    expect(await window.code('clinic.unlockStore', { passphrase: 'seven grey herons fly off' })).toBe(
      'PASSPHRASE_WRONG',
    )
    const told: string[] = []
    clinic.app.subscribe(clinic.manager.connection, (text) => told.push(text))
    expect(await window.code('clinic.unlockStore', { passphrase })).toBe('ok')
    expect(told).toEqual(['{"type":"STATE"}'])

    expect(await window.code('patient.draft', { patientId: null })).toBe('LOCKED')
    expect(await window.must('signIn.state', {})).toMatchObject({ kind: 'LOCKED', pinUsable: true })
    await window.must('signIn.withPin', { staffId, pin })
    expect((await window.must('patient.draft', { patientId: null })).draft?.form).toMatchObject({
      family: 'Bramblewood',
    })
    await clinic.app.tick()
    expect(clinic.app.services.storeLife.state.kind).toBe('OPEN')
  })

  it('are said to be closed and opened by nobody, whoever left the window locked', async () => {
    const clinic = await newClinic()
    await rest(clinic)
    await clinic.manager.must('clinic.unlockStore', { passphrase })
    const rows = (await auditRows(clinic.app)).slice(-3)
    expect(rows.map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['signIn.lock', clinic.managerId],
      ['store.rest', null],
      ['store.open', null],
    ])
    expect(await isAuditWhole(clinic.app)).toBe(true)
  })

  it('wait another half hour after they were opened', async () => {
    const clinic = await newClinic()
    await rest(clinic)
    await clinic.manager.must('clinic.unlockStore', { passphrase })
    await clinic.app.tick()
    expect(clinic.app.services.storeLife.state.kind).toBe('OPEN')
    clinic.host.advanceMinutes(31)
    await clinic.app.tick()
    expect(clinic.app.services.storeLife.state.kind).toBe('RESTING')
  })

  it('open by the keychain where the computer has one, still behind the lock', async () => {
    const clinic = await clinicWithKeychain()
    await clinic.window.must('signIn.lock', {})
    await restLocked(clinic)
    expect((await clinic.window.must('clinic.status', {})).store).toEqual({ state: 'RESTING', opensBy: 'KEYCHAIN' })
    expect(await clinic.window.code('clinic.unlockStore', { passphrase: null })).toBe('ok')
    expect(await clinic.window.must('signIn.state', {})).toMatchObject({ kind: 'LOCKED', pinUsable: true })
    expect(await clinic.window.code('staff.list', {})).toBe('LOCKED')
  })

  it('close also when the clock was set back, and at once after the computer slept for an hour', async () => {
    for (const move of [
      ({ host }: TestHouse) => {
        host.setNow('2026-08-02T15:42:00.000Z')
        host.advanceMinutes(31)
      },
      ({ host }: TestHouse) => host.setNow('2026-08-03T16:42:00.000Z'),
    ]) {
      const clinic = await newClinic()
      await clinic.app.lockAll('SUSPEND')
      move(clinic)
      await clinic.app.tick()
      expect(clinic.app.services.storeLife.state.kind).toBe('RESTING')
    }
  })
})

describe('the records stay open', () => {
  it('while one window is in use, and half an hour from when it was left', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    await window.must('signIn.lock', {})
    for (let minute = 0; minute < 40; minute += 5) {
      clinic.host.advanceMinutes(5)
      await clinic.manager.must('signIn.ping', {})
      await clinic.app.tick()
    }
    expect(clinic.app.services.storeLife.state.kind).toBe('OPEN')
    await clinic.manager.must('signIn.signOut', {})
    await clinic.app.tick()
    clinic.host.advanceMinutes(29)
    await clinic.app.tick()
    expect(clinic.app.services.storeLife.state.kind).toBe('OPEN')
    clinic.host.advanceMinutes(2)
    await clinic.app.tick()
    expect(clinic.app.services.storeLife.state.kind).toBe('RESTING')
  })

  it('while a long piece of work goes on, and close when it is done', async () => {
    const clinic = await newClinic()
    const { jobs, storeLife } = clinic.app.services
    await clinic.manager.must('signIn.lock', {})
    jobs.start('copy', 'COPYING', () => undefined)
    await restLocked(clinic)
    expect(storeLife.state.kind).toBe('OPEN')
    jobs.end('copy', { kind: 'CANCELLED' })
    await clinic.app.tick()
    expect(storeLife.state.kind).toBe('RESTING')
  })

  it('while somebody is just signing in', async () => {
    const clinic = await newClinic()
    await clinic.manager.must('signIn.lock', {})
    await clinic.app.tick()
    clinic.host.advanceMinutes(31)
    const entering = clinic.manager.code('signIn.withPassword', { signInName: 'greta', password })
    await clinic.app.tick()
    expect(await entering).toBe('ok')
    await clinic.app.tick()
    expect(clinic.app.services.storeLife.state.kind).toBe('OPEN')
  })

  it('in the sample clinic, whose key guards invented people only', async () => {
    const { host } = await emptyHouse()
    const app = await createApp({ host, buildSample, makesSample: true })
    onTestFinished(() => app.close())
    const window = openWindow(app)
    await window.must('clinic.setUp', setUp)
    await window.must('signIn.lock', {})
    await restLocked({ host, app })
    expect(app.services.storeLife.state.kind).toBe('OPEN')
  })
})

describe('a program that ends while the records rest', () => {
  it('ends cleanly, and they open at the next start', async () => {
    const clinic = await newClinic()
    await rest(clinic)
    const again = await reopen(clinic)
    expect((await again.window.must('clinic.status', {})).store).toMatchObject({ state: 'OPEN' })
    expect(await isAuditWhole(again.app)).toBe(true)
  })
})

/** The manager leaves, and the half hour passes. */
async function rest(clinic: Awaited<ReturnType<typeof newClinic>>): Promise<void> {
  await clinic.app.lockAll('SUSPEND')
  await restLocked(clinic)
  expect(clinic.app.services.storeLife.state.kind).toBe('RESTING')
}

async function restLocked({ host, app }: Pick<TestHouse, 'host' | 'app'>): Promise<void> {
  await app.tick()
  host.advanceMinutes(31)
  await app.tick()
}

/** A clinic on a computer whose keychain is trusted. */
async function clinicWithKeychain() {
  const keychain: Keychain = {
    backend: 'test',
    wrap: async (secret) => secret.toString('base64'),
    unwrap: async (wrapped) => ({ secret: Buffer.from(wrapped, 'base64'), shouldWrapAgain: false }),
  }
  const again = await reopen(await emptyHouse(), { host: { keychain } })
  const window = openWindow(again.app)
  await window.must('clinic.setUp', setUp)
  await finishSetUp(window.must)
  return { ...again, window }
}
