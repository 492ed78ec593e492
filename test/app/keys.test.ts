import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { changeSlots } from '../../main/app/key-slots.ts'
import { openWithSecret, readKeyrings } from '../../main/app/keyring.ts'
import { auditedBy, auditRows } from '../support/audit-rows.ts'
import { backupDisk, makeCopy } from '../support/backup.ts'
import { emptyHouse, newClinic, openWindow, password, pin, type TestHouse } from '../support/clinic.ts'
import { clinicOn, passphrase, setUpInput, startAgain } from '../support/keys-house.ts'
import { askedGroups, finishSetUp } from '../support/recovery-code.ts'
import { computerWith, FakeSafeStorage } from '../support/safe-storage.ts'

const reauth = { method: 'PASSWORD', password } as const

describe('a clinic that is being set up', () => {
  it('opens nothing but its recovery code until two groups were typed back, also after a restart', async () => {
    const house = await startAgain(await emptyHouse(), await computerWith(new FakeSafeStorage()))
    const { window } = house
    expect(await window.must('clinic.setUp', setUpInput)).toMatchObject({ store: { keys: 'CODE_PENDING' } })
    expect(await window.code('staff.list', {})).toBe('SET_UP_UNFINISHED')
    expect(await window.code('backup.makeCopy', { folder: house.folder })).toBe('SET_UP_UNFINISHED')
    expect(await window.code('audit.verify', {})).toBe('SET_UP_UNFINISHED')
    expect(await window.code('keys.confirmCode', { first: '7777', second: '8888' })).toBe('CODE_NOT_SHOWN')
    await window.must('keys.makeFirstCode', {})
    expect(slotKinds(house)).toEqual(['os'])

    const again = await startAgain(house, house.host)
    expect((await again.window.must('clinic.status', {})).store).toMatchObject({ keys: 'CODE_PENDING' })
    await again.window.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await again.window.code('staff.list', {})).toBe('SET_UP_UNFINISHED')
    await finishSetUp(again.window.must)
    expect(await again.window.code('staff.list', {})).toBe('ok')
    expect((await again.window.must('clinic.status', {})).store).toMatchObject({ keys: 'KEPT' })
    expect(await again.window.code('keys.makeFirstCode', {})).toBe('CODE_EXISTS')
    expect(slotKinds(again)).toEqual(['recovery', 'os'])
    // The next morning nothing is asked.
    const morning = await startAgain(again, house.host)
    await morning.window.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await morning.window.code('staff.list', {})).toBe('ok')
  })

  it('takes the groups as people type them, and no others', async () => {
    const house = await startAgain(await emptyHouse(), await computerWith(new FakeSafeStorage()))
    const { window } = house
    await window.must('clinic.setUp', setUpInput)
    const shown = await window.must('keys.makeFirstCode', {})
    const { first, second } = askedGroups(shown)
    for (const wrong of [
      { first: second, second: first },
      { first, second: '7777' },
      { first: '', second },
    ])
      expect(await window.code('keys.confirmCode', wrong)).toBe(wrong.first === '' ? 'INVALID_INPUT' : 'GROUPS_WRONG')
    expect(slotKinds(house)).toEqual(['os'])
    expect(await window.code('keys.confirmCode', { first: ` ${first.toLowerCase()}`, second })).toBe('ok')
    expect(await window.code('keys.confirmCode', { first, second })).toBe('CODE_NOT_SHOWN')
  })

  it('leaves the sample clinic as it is: nobody prints a code for invented people', async () => {
    const { app } = await emptyHouse()
    const window = openWindow(app)
    expect(await window.must('clinic.openSample', { reset: false })).toMatchObject({ store: { keys: 'KEPT' } })
  })
})

describe('the recovery code', () => {
  it('is made anew by the manager with the password, and the one before opens nothing more', async () => {
    const clinic = await newClinic()
    const { manager } = clinic
    expect(await manager.code('keys.makeCode', { reauth: { method: 'PIN', pin } })).toBe('PASSWORD_NEEDED')
    expect(await manager.code('keys.makeCode', { reauth: { method: 'PASSWORD', password: 'x' } })).toBe('REAUTH_WRONG')
    const rows = await auditedBy(clinic.app, async () => {
      const shown = await manager.must('keys.makeCode', { reauth })
      // Until it is typed back the old one is the one.
      expect(await opens(clinic, clinic.recoveryCode)).toBe(true)
      expect(await opens(clinic, shown.code)).toBe(false)
      await manager.must('keys.confirmCode', askedGroups(shown))
      expect(await opens(clinic, shown.code)).toBe(true)
    })
    expect(await opens(clinic, clinic.recoveryCode)).toBe(false)
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(['keys.makeCode', 'keys.confirmCode']))
    expect(rows.find(({ action }) => action === 'keys.confirmCode')).toMatchObject({
      actor_id: clinic.managerId,
      subject: 'keyring',
      reason: 'RECOVERY',
    })
    expect(await manager.must('keys.state', {})).toMatchObject({
      recoveryCode: { madeAt: clinic.host.now() },
      hasPassphrase: true,
      opensBy: 'PASSPHRASE',
      keychainGap: 'UNAVAILABLE',
    })
  })

  it('is never kept in the open: not in the store, not in the keyring, not in a copy', async () => {
    const clinic = await newClinic()
    const copy = await makeCopy(clinic.manager, backupDisk(clinic))
    const code = clinic.recoveryCode.replaceAll('-', '').slice(0, 32)
    const kept = JSON.stringify([
      await auditRows(clinic.app),
      clinic.app.services.storeLife.open.store.driver.prepare('select * from store_fact').all(),
      clinic.app.services.storeLife.open.store.driver.prepare('select * from command_reply').all(),
      readFileSync(join(clinic.host.folders.data, 'keyring.json'), 'utf8'),
      readFileSync(join(copy, 'keyring.json'), 'utf8'),
      clinic.host.logged,
    ])
    for (const spelling of [
      code,
      clinic.recoveryCode,
      ...clinic.recoveryCode.split('-').filter((one) => one.length > 1),
    ])
      expect(kept).not.toContain(spelling)
  })

  it('belongs to the person who was shown it', async () => {
    const clinic = await newClinic()
    const { window: second } = await clinic.hire(['manager'], 'Petra Lang')
    const shown = await clinic.manager.must('keys.makeCode', { reauth })
    expect(await second.code('keys.confirmCode', askedGroups(shown))).toBe('CODE_NOT_SHOWN')
    expect(await second.code('keys.sheet', {})).toBe('CODE_NOT_SHOWN')
    expect(await clinic.manager.code('keys.confirmCode', askedGroups(shown))).toBe('ok')
  })

  it('is printed on one sheet that names the clinic and its records, and the printing is told', async () => {
    const clinic = await newClinic()
    expect(await clinic.manager.code('keys.sheet', {})).toBe('CODE_NOT_SHOWN')
    await clinic.manager.must('keys.makeCode', { reauth })
    const rows = await auditedBy(clinic.app, async () => {
      const { token, fileName } = await clinic.manager.must('keys.sheet', {})
      expect(fileName).toBe('recovery-code.pdf')
      const file = await clinic.app.readBlob(clinic.manager.connection, token)
      expect(file?.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    })
    expect(rows.map(({ action }) => action)).toEqual(['keys.sheet'])
  })

  it('travels with every copy, which it opens, and the slot of this computer does not', async () => {
    const clinic = await clinicOn(await computerWith(new FakeSafeStorage()))
    const copy = await makeCopy(clinic.window, backupDisk(clinic))
    const [keyring] = keyringsAt(join(copy, 'keyring.json'))
    expect(keyring?.slots.map(({ kind }) => kind)).toEqual(['recovery'])
    expect(await clinic.window.must('backup.state', {})).toMatchObject({ opensElsewhere: true })
  })

  it('is asked for by a clinic that was made before there were codes', async () => {
    const clinic = await newClinic()
    const { data } = clinic.host.folders
    changeSlots(clinic.app.services, { without: ['recovery'] })
    expect((await clinic.manager.must('clinic.status', {})).store).toMatchObject({ keys: 'CODE_MISSING' })
    expect(await clinic.manager.code('staff.list', {})).toBe('ok')
    await clinic.manager.must('keys.confirmCode', askedGroups(await clinic.manager.must('keys.makeCode', { reauth })))
    expect((await clinic.manager.must('clinic.status', {})).store).toMatchObject({ keys: 'KEPT' })
    expect(keyringsAt(join(data, 'keyring.json'))).toHaveLength(2)
  })
})

describe('the passphrase', () => {
  it('is changed: the new one opens the records, the old one nothing, and the key is the same', async () => {
    const clinic = await newClinic()
    const { key } = clinic.app.services.storeLife
    const before = Buffer.from(key)
    const next = 'three kettles on a long shelf'
    const rows = await auditedBy(clinic.app, () =>
      clinic.manager.must('keys.setPassphrase', { reauth, passphrase: next, atEachStart: true }),
    )
    expect(rows.map(({ action, reason }) => [action, reason])).toContainEqual(['keys.setPassphrase', 'AT_EACH_START'])
    expect(clinic.app.services.storeLife.key.equals(before)).toBe(true)
    expect(await opens(clinic, passphrase)).toBe(false)
    const again = await startAgain(clinic)
    expect(await again.window.code('clinic.unlockStore', { passphrase })).toBe('PASSPHRASE_WRONG')
    expect(await again.window.code('clinic.unlockStore', { passphrase: next })).toBe('ok')
  })

  it('is set beside a keychain, which goes on opening the records, or asked for at each start', async () => {
    const computer = await computerWith(new FakeSafeStorage())
    const clinic = await clinicOn(computer)
    await clinic.window.must('keys.setPassphrase', { reauth, passphrase, atEachStart: false })
    expect(await clinic.window.must('keys.state', {})).toMatchObject({ hasPassphrase: true, opensBy: 'KEYCHAIN' })
    const second = await startAgain(clinic, computer)
    expect(second.app.services.storeLife.state.kind).toBe('OPEN')
    await second.window.must('signIn.withPassword', { signInName: 'greta', password })
    await second.window.must('keys.setPassphrase', { reauth, passphrase, atEachStart: true })
    expect(slotKinds(second)).toEqual(['passphrase', 'recovery'])
    const third = await startAgain(second, computer)
    expect((await third.window.must('clinic.status', {})).store).toMatchObject({ why: 'EACH_START' })
    await third.window.must('clinic.unlockStore', { passphrase })
    expect(slotKinds(third)).toEqual(['passphrase', 'recovery'])
  })

  it('is removed only where the keychain gives the key back', async () => {
    const safeStorage = new FakeSafeStorage()
    const computer = await computerWith(safeStorage)
    const clinic = await clinicOn(computer, passphrase)
    safeStorage.isLocked = true
    expect(await clinic.window.code('keys.removePassphrase', { reauth })).toBe('KEYCHAIN_NEEDED')
    safeStorage.isLocked = false
    await clinic.window.must('keys.removePassphrase', { reauth })
    expect(slotKinds(clinic)).toEqual(['os', 'recovery'])
    expect(await clinic.window.code('keys.removePassphrase', { reauth })).toBe('NO_PASSPHRASE')
    expect((await startAgain(clinic, computer)).app.services.storeLife.state.kind).toBe('OPEN')
    const plain = await newClinic()
    expect(await plain.manager.code('keys.removePassphrase', { reauth })).toBe('KEYCHAIN_NEEDED')
  })

  it('is fifteen characters or more, and none that everybody tries', async () => {
    const { manager } = await newClinic()
    const set = (secret: string) =>
      manager.code('keys.setPassphrase', { reauth, passphrase: secret, atEachStart: true })
    expect(await set('fourteen chars')).toBe('INVALID_INPUT')
    expect(await set('aaaaaaaaaaaaaaaa')).toBe('PASSPHRASE_TOO_COMMON')
    expect(await set('alder row skin clinic')).toBe('PASSPHRASE_TOO_COMMON')
    expect(await set('three kettles on a shelf')).toBe('ok')
  })
})

describe('the keys', () => {
  const commands = [
    ['keys.state', {}],
    ['keys.makeFirstCode', {}],
    ['keys.makeCode', { reauth }],
    ['keys.sheet', {}],
    ['keys.confirmCode', { first: '7777', second: '8888' }],
    ['keys.setPassphrase', { reauth, passphrase, atEachStart: true }],
    ['keys.removePassphrase', { reauth }],
  ] as const
  test.for(commands)('are the manager’s: %s', async ([name, input]) => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['physician'])
    expect(await window.code(name, input)).toBe('DENIED')
  })
})

function keyringsAt(path: string) {
  const keyrings = readKeyrings(path)
  if (keyrings === null || keyrings === 'KEYRING_DAMAGED') throw new Error('no keyring')
  return keyrings
}

/** Whether the secret opens the records by either of the two files. */
async function opens(house: TestHouse, secret: string): Promise<boolean> {
  const keyrings = keyringsAt(join(house.host.folders.data, 'keyring.json'))
  const opened = await Promise.all(keyrings.map((keyring) => openWithSecret(keyring, secret)))
  return opened.some((one) => one !== null)
}

function slotKinds(house: TestHouse): readonly string[] {
  return keyringsAt(join(house.host.folders.data, 'keyring.json'))[0]?.slots.map(({ kind }) => kind) ?? []
}
