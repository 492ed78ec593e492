import { readdirSync, rmSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { many } from '../../db/records.ts'
import { auditedBy, auditRows, isAuditWhole } from '../support/audit-rows.ts'
import { emptyHouse, newClinic, openWindow, password, pin } from '../support/clinic.ts'
import { reopen } from '../support/reopen.ts'

const setUp = {
  clinicName: 'Alder Row Skin Clinic',
  state: 'IL',
  timeZone: 'America/Chicago',
  dateOrder: 'MDY',
  urgentPhone: '+1 312 555 0100',
  owner: {
    printedName: 'Greta Ansbach',
    credential: 'Practice manager',
    signInName: 'Greta',
    password,
    pin,
    alsoPhysician: false,
    licence: null,
  },
  passphrase: 'seven grey herons stand still',
} as const

describe('setting up the clinic', () => {
  it('makes the store, the owner`s account and a policy draft, and signs the owner in', async () => {
    const { app, host } = await emptyHouse()
    const window = openWindow(app)
    expect((await window.must('clinic.status', {})).store).toEqual({ state: 'NONE' })
    const status = await window.must('clinic.setUp', setUp)
    expect(status).toMatchObject({
      store: { state: 'OPEN', clinicName: setUp.clinicName, policyMissing: true, isSample: false, lastCopyAt: null },
      timeZone: 'America/Chicago',
      today: '2026-08-03',
      now: host.now(),
    })
    expect(await window.must('signIn.state', {})).toMatchObject({
      kind: 'SIGNED_IN',
      person: { printedName: 'Greta Ansbach', roles: ['manager'], hasPin: true },
      passwordNeededToSign: true,
    })
    const rows = await auditRows(app)
    expect(rows.map(({ action }) => action)).toEqual(['policy.draft', 'store.clinicKey', 'clinic.setUp', 'signIn.in'])
    expect(new Set(rows.map(({ actor_id }) => actor_id)).size).toBe(1)
    expect(rows[0]?.actor_id).not.toBeNull()
    expect(await isAuditWhole(app)).toBe(true)
    expect(readdirSync(host.folders.data).sort()).toEqual(expect.arrayContaining(['files', 'keyring.json', 'store.db']))
    expect(readdirSync(host.folders.data)).not.toContain('set-up-unfinished')
  })

  it('gives an owner who is a physician both grants', async () => {
    const { app } = await emptyHouse()
    const window = openWindow(app)
    const licence = { number: 'MD 1', state: 'IL', expiresOn: '2029-12-31' }
    expect(await window.code('clinic.setUp', { ...setUp, owner: { ...setUp.owner, alsoPhysician: true } })).toBe(
      'LICENCE_REQUIRED',
    )
    await window.must('clinic.setUp', { ...setUp, owner: { ...setUp.owner, alsoPhysician: true, licence } })
    expect(await window.must('signIn.state', {})).toMatchObject({ person: { roles: ['manager', 'physician'] } })
  })

  const refusals: readonly (readonly [code: string, change: object])[] = [
    ['PASSPHRASE_REQUIRED', { passphrase: null }],
    ['PASSWORD_TOO_COMMON', { owner: { ...setUp.owner, password: 'aaaaaaaaaaaaaaaa' } }],
    ['PASSWORD_TOO_COMMON', { owner: { ...setUp.owner, password: 'greta ansbach 1' } }],
    ['PIN_TOO_SIMPLE', { owner: { ...setUp.owner, pin: '123456' } }],
    ['INVALID_INPUT', { timeZone: 'Mars/Olympus' }],
    ['INVALID_INPUT', { passphrase: 'short' }],
    ['INVALID_INPUT', { owner: { ...setUp.owner, password: 'short' } }],
  ]
  test.for(refusals)('answers %s to %j and makes nothing', async ([code, change]) => {
    const { app, host } = await emptyHouse()
    const window = openWindow(app)
    expect(await window.code('clinic.setUp', { ...setUp, ...change })).toBe(code)
    expect((await window.must('clinic.status', {})).store).toEqual({ state: 'NONE' })
    expect(() => readdirSync(host.folders.data)).toThrow('ENOENT')
    expect(await window.code('clinic.setUp', setUp)).toBe('ok')
  })

  it('happens once, also when it is clicked twice', async () => {
    const house = await emptyHouse()
    const windows = [openWindow(house.app), openWindow(house.app)]
    const codes = await Promise.all(windows.map((window) => window.code('clinic.setUp', setUp)))
    expect(codes.sort()).toEqual(['STORE_EXISTS', 'ok'])
    expect(await openWindow(house.app).code('clinic.setUp', setUp)).toBe('STORE_EXISTS')
    const again = await reopen(house)
    expect(await again.window.code('signIn.withPassword', { signInName: 'greta', password })).toBe('ok')
  })

  it('that was interrupted leaves a folder in which it can begin anew', async () => {
    const house = await emptyHouse()
    const { storeLife } = house.app.services
    const facts = { clinicName: 'Half', timeZone: 'UTC', dateOrder: 'MDY', urgentPhone: '1' } as const
    await storeLife.create(facts, setUp.passphrase)
    const again = await reopen(house)
    expect((await again.window.must('clinic.status', {})).store).toEqual({ state: 'NONE' })
    expect(await again.window.code('clinic.setUp', setUp)).toBe('ok')
    const third = await reopen(again)
    expect((await third.window.must('clinic.status', {})).store).toMatchObject({ clinicName: setUp.clinicName })
  })
})

describe('opening the records', () => {
  it('needs the passphrase, and says so until it is right', async () => {
    const clinic = await newClinic()
    await clinic.app.close()
    const again = await reopen({ ...clinic, app: clinic.app }, { host: {} })
    const { window } = again
    await again.app.services.storeLife.leaveSample()
    expect((await window.must('clinic.status', {})).store).toEqual({
      state: 'PASSPHRASE_NEEDED',
      why: 'EACH_START',
      opensBy: ['PASSPHRASE', 'RECOVERY_CODE'],
    })
    expect(await window.code('signIn.people', {})).toBe('STORE_LOCKED')
    expect(await window.code('staff.list', {})).toBe('STORE_LOCKED')
    expect(await window.code('clinic.unlockStore', { passphrase: 'seven grey herons fly off' })).toBe(
      'PASSPHRASE_WRONG',
    )
    expect(await window.code('clinic.unlockStore', { passphrase: setUp.passphrase })).toBe('ok')
    expect(await window.code('clinic.unlockStore', { passphrase: setUp.passphrase })).toBe('NOTHING_TO_UNLOCK')
    const rows = await auditRows(again.app)
    expect(rows.filter(({ action }) => action === 'store.open')).toHaveLength(2)
  })

  it('fails with a word for what is wrong, and every other call is refused', async () => {
    const clinic = await newClinic()
    await clinic.app.close()
    for (const name of ['keyring.json', 'keyring.json.bak']) rmSync(`${clinic.host.folders.data}/${name}`)
    const again = await reopen({ ...clinic, app: clinic.app })
    expect(await again.window.must('clinic.status', {})).toMatchObject({
      store: { state: 'FAULT', fault: 'KEYRING_DAMAGED' },
    })
    expect(await again.window.code('clinic.setUp', setUp)).toBe('STORE_EXISTS')
    expect(await again.window.code('staff.list', {})).toBe('NO_STORE')
    expect(await again.window.code('signIn.withPassword', { signInName: 'greta', password })).toBe('NO_STORE')
  })
})

describe('the sample clinic', () => {
  it('is not opened over a clinic that is open, nor left where none is', async () => {
    const clinic = await newClinic()
    expect(await clinic.manager.code('clinic.openSample', { reset: false })).toBe('CLINIC_IS_OPEN')
    expect(await clinic.manager.code('clinic.leaveSample', {})).toBe('NOT_A_SAMPLE')
    expect(await clinic.manager.code('signIn.asSample', { staffId: clinic.managerId })).toBe('NOT_A_SAMPLE')
  })
})

describe('the clinic`s facts', () => {
  const change = {
    clinicName: 'Alder Row',
    timeZone: 'Europe/Dublin',
    dateOrder: 'DMY',
    urgentPhone: '112',
    emergencyPhone: '999',
  } as const

  it('are changed by the manager and hold at once, and after a restart', async () => {
    const clinic = await newClinic()
    const rows = await auditedBy(clinic.app, async () => {
      expect(await clinic.manager.must('clinic.edit', change)).toMatchObject({
        store: { clinicName: 'Alder Row', dateOrder: 'DMY' },
        timeZone: 'Europe/Dublin',
      })
    })
    expect(rows.map(({ action }) => action)).toEqual(['clinic.edit'])
    expect(await clinic.manager.must('clinic.status', {})).toMatchObject({ timeZone: 'Europe/Dublin' })
    const again = await reopen(clinic)
    expect((await again.window.must('clinic.status', {})).store).toMatchObject({
      clinicName: 'Alder Row',
      emergencyPhone: '999',
    })
    const offsets = await many<{ n: number }>(
      again.app.services.storeLife.open.store.db,
      'select count(*) as n from audit_entry where offset_min = 60',
    )
    expect(offsets[0]?.n).toBeGreaterThan(0)
  })

  it('are not for the desk to change, and take no nonsense', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    expect(await window.code('clinic.edit', change)).toBe('DENIED')
    const reply = await clinic.manager.call('clinic.edit', { ...change, timeZone: '' })
    expect(reply).toEqual({ ok: false, refusal: { code: 'INVALID_INPUT', facts: { field: 'timeZone' } } })
  })
})
