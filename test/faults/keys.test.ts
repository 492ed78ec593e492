import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import type { SafeStorage } from '../../main/hosts/safe-storage-keychain.ts'
import { countRows, isAuditWhole } from '../support/audit-rows.ts'
import { backupDisk, makeCopy } from '../support/backup.ts'
import { emptyHouse, password, type TestHouse, type Window } from '../support/clinic.ts'
import {
  carriedTo,
  clinicOn,
  type KeysClinic,
  passphrase,
  setUpInput,
  slotRows,
  startAgain,
} from '../support/keys-house.ts'
import { computerWith, FakeSafeStorage } from '../support/safe-storage.ts'
import { fingerprint } from '../support/store.ts'

describe('F10 a keychain that cannot be trusted', () => {
  const gaps: readonly (readonly [gap: string, change: (keychain: FakeSafeStorage) => void])[] = [
    ['UNAVAILABLE', (keychain) => Object.assign(keychain, { standing: 'ABSENT' })],
    ['UNAVAILABLE', (keychain) => Object.assign(keychain, { standing: 'BROKEN' })],
    ['BASIC_TEXT', (keychain) => Object.assign(keychain, { backend: 'basic_text' })],
    ['UNKNOWN_BACKEND', (keychain) => Object.assign(keychain, { backend: 'unknown' })],
  ]
  test.for(gaps)('F10 says %s, gets no slot and leaves the records to a passphrase', async ([gap, change]) => {
    const safeStorage = new FakeSafeStorage()
    change(safeStorage)
    const computer = await computerWith(safeStorage)
    const house = await startAgain(await emptyHouse(), computer)
    const { window } = house
    expect(await window.must('clinic.status', {})).toMatchObject({ passphraseRequired: true, keychainGap: gap })
    expect(await window.code('clinic.setUp', setUpInput)).toBe('PASSPHRASE_REQUIRED')
    expect(existsSync(house.host.folders.data)).toBe(false)

    const clinic = await clinicOn(computer, passphrase)
    expect(slotKinds(clinic)).toEqual(['recovery', 'passphrase'])
    expect(safeStorage.sealed).toBe(0)
    const { key } = clinic.app.services.storeLife
    for (const name of ['keyring.json', 'keyring.json.bak']) {
      const text = readFileSync(join(clinic.host.folders.data, name), 'utf8')
      for (const spelling of ['hex', 'base64', 'base64url'] as const) expect(text).not.toContain(key.toString(spelling))
      expect(text).not.toContain(passphrase)
      expect(text).not.toContain(clinic.recoveryCode.slice(0, 9))
    }
    const next = await startAgain(clinic, computer)
    expect((await next.window.must('clinic.status', {})).store).toEqual({
      state: 'PASSPHRASE_NEEDED',
      why: 'EACH_START',
      opensBy: ['PASSPHRASE', 'RECOVERY_CODE'],
    })
    await next.window.must('clinic.unlockStore', { passphrase })
    expect(safeStorage.sealed).toBe(0)
  })

  it('F10 is not asked on systems that always have one', async () => {
    const backends = await Promise.all(
      (['win32', 'darwin'] as const).map(async (platform) => {
        const safeStorage: SafeStorage = Object.assign(new FakeSafeStorage(), { backend: 'unknown' })
        return (await computerWith(safeStorage, platform)).keychain?.backend
      }),
    )
    expect(backends).toEqual(['dpapi', 'keychain'])
  })
})

describe('F11 a keychain that no longer opens the records', () => {
  const changes: readonly (readonly [what: string, change: (keychain: FakeSafeStorage) => FakeSafeStorage])[] = [
    [
      'refuses what it sealed',
      (keychain) => {
        keychain.forget()
        return keychain
      },
    ],
    ['has another name', (keychain) => Object.assign(keychain, { backend: 'kwallet6' })],
    ['was set up anew', () => new FakeSafeStorage()],
    ['is gone', (keychain) => Object.assign(keychain, { standing: 'ABSENT' })],
    ['only looks like one', (keychain) => Object.assign(keychain, { backend: 'basic_text' })],
  ]
  test.for(changes)('F11 that %s leads to the recovery code, and the records stay as they are', async ([, change]) => {
    const before = new FakeSafeStorage()
    const clinic = await clinicOn(await computerWith(before))
    const rows = countRows(clinic.app)
    await clinic.app.close()
    const files = fingerprint(clinic.host.folders.data)
    const after = change(before)
    const computer = await computerWith(after)
    const next = await startAgain(clinic, computer)
    const { window } = next
    expect((await window.must('clinic.status', {})).store).toEqual({
      state: 'PASSPHRASE_NEEDED',
      why: 'KEYCHAIN_CHANGED',
      opensBy: ['RECOVERY_CODE'],
    })
    expect(await window.code('clinic.setUp', setUpInput)).toBe('STORE_EXISTS')
    const { recoveryCode } = clinic
    const slip = mistyped(recoveryCode)
    expect(await window.code('clinic.unlockStore', { passphrase: slip })).toBe('CODE_MISTYPED')
    expect(await window.code('clinic.unlockStore', { passphrase })).toBe('PASSPHRASE_WRONG')
    expect(fingerprint(clinic.host.folders.data)).toEqual(files)

    await window.must('clinic.unlockStore', { passphrase: recoveryCode.toLowerCase().replaceAll('-', ' ') })
    expect(lasting(countRows(next.app))).toEqual(lasting(rows))
    const hasKeychain = computer.keychain !== null
    expect(await slotRows(next)).toEqual(hasKeychain ? ['OS'] : [])
    expect(await isAuditWhole(next.app)).toBe(true)
    // Where there is a keychain it opens them from now on; elsewhere the manager is told to choose a passphrase.
    const { store } = await window.must('clinic.status', {})
    expect(store).toMatchObject({ keys: hasKeychain ? 'KEPT' : 'PASSPHRASE_MISSING' })
    const morning = await startAgain(next, computer)
    expect(morning.app.services.storeLife.state.kind).toBe(hasKeychain ? 'OPEN' : 'PASSPHRASE_NEEDED')
  })

  it('F11 is told where nothing but it could open the records, and nothing is made in their place', async () => {
    const safeStorage = new FakeSafeStorage()
    const house = await startAgain(await emptyHouse(), await computerWith(safeStorage))
    await house.window.must('clinic.setUp', setUpInput)
    const next = await startAgain(house, await computerWith(new FakeSafeStorage()))
    expect(next.app.services.storeLife.state).toEqual({ kind: 'FAULT', fault: 'KEYCHAIN_CHANGED' })
    expect(await next.window.code('clinic.setUp', setUpInput)).toBe('STORE_EXISTS')
    // The account comes back, and with it the records.
    expect((await startAgain(next, await computerWith(safeStorage))).app.services.storeLife.state.kind).toBe('OPEN')
  })

  it('F11 wraps the key anew where the keychain asks for it', async () => {
    const safeStorage = new FakeSafeStorage()
    const computer = await computerWith(safeStorage)
    const clinic = await clinicOn(computer)
    safeStorage.shouldReEncrypt = true
    const before = osSlotOf(clinic)
    const next = await startAgain(clinic, computer)
    expect(await slotRows(next)).toEqual(['OS'])
    expect(osSlotOf(next)).not.toBe(before)
    safeStorage.shouldReEncrypt = false
    expect((await startAgain(next, computer)).app.services.storeLife.state.kind).toBe('OPEN')
  })
})

describe('F12 the records on another computer', () => {
  it('F12 open with the recovery code where the folder was carried over, and then by that computer', async () => {
    const clinic = await clinicOn(await computerWith(new FakeSafeStorage()))
    const rows = countRows(clinic.app)
    const computer = await computerWith(new FakeSafeStorage())
    const other = await carriedTo(clinic, computer)
    await other.window.must('clinic.unlockStore', { passphrase: clinic.recoveryCode })
    expect(lasting(countRows(other.app))).toEqual(lasting(rows))
    expect(await slotRows(other)).toEqual(['OS'])
    await other.window.must('signIn.withPassword', { signInName: 'greta', password })
    expect((await startAgain(other, computer)).app.services.storeLife.state.kind).toBe('OPEN')
  })

  it('F12 open with the recovery code where the passphrase was forgotten', async () => {
    const clinic = await clinicOn({}, passphrase)
    const computer = await computerWith(new FakeSafeStorage())
    const other = await carriedTo(clinic, computer)
    expect((await other.window.must('clinic.status', {})).store).toMatchObject({ why: 'EACH_START' })
    await other.window.must('clinic.unlockStore', { passphrase: clinic.recoveryCode })
    expect((await startAgain(other, computer)).app.services.storeLife.state.kind).toBe('OPEN')
  })

  it('F12 go on being asked for where a passphrase is typed and the computer could keep the key', async () => {
    const clinic = await clinicOn({}, passphrase)
    const computer = await computerWith(new FakeSafeStorage())
    const other = await carriedTo(clinic, computer)
    await other.window.must('clinic.unlockStore', { passphrase })
    expect((await startAgain(other, computer)).app.services.storeLife.state.kind).toBe('PASSPHRASE_NEEDED')
  })

  it('F12 open on an empty computer with the folder of the copies and the recovery code alone', async () => {
    const clinic = await clinicOn(await computerWith(new FakeSafeStorage()))
    const disk = backupDisk(clinic)
    await makeCopy(clinic.window, disk)
    const rows = countRows(clinic.app)
    const stick = join(clinic.folder, 'carried')
    cpSync(disk, stick, { recursive: true })
    const computer = await computerWith(new FakeSafeStorage())
    const bare = await startAgain(await emptyHouse(), computer)
    const { copies } = await bare.window.must('restore.find', { folder: stick })
    const folder = copies[0]?.folder ?? ''
    expect(await bare.window.code('restore.recover', { folder, secret: passphrase })).toBe('SECRET_WRONG')
    expect(await bare.window.code('restore.recover', { folder, secret: mistyped(clinic.recoveryCode) })).toBe(
      'CODE_MISTYPED',
    )
    await bare.window.must('restore.recover', { folder, secret: clinic.recoveryCode })
    await bare.window.must('signIn.withPassword', { signInName: 'greta', password })
    expect(countRows(bare.app)).toMatchObject({ staff: rows['staff'], record_version: rows['record_version'] })
    expect(await isAuditWhole(bare.app)).toBe(true)
    expect(await slotRows(bare)).toEqual(['OS'])
    // The code stays the clinic's, and the keychain opens the records from now on.
    expect((await bare.window.must('clinic.status', {})).store).toMatchObject({ keys: 'KEPT' })
    expect((await startAgain(bare, computer)).app.services.storeLife.state.kind).toBe('OPEN')
  })
})

describe('F13 a keyring that is not one', () => {
  const damages: readonly (readonly [what: string, harm: (path: string, other: string) => void])[] = [
    ['missing', (path) => rmSync(path)],
    ['empty', (path) => writeFileSync(path, '')],
    ['cut in half', (path) => writeFileSync(path, readFileSync(path).subarray(0, readFileSync(path).length / 2))],
    ['without slots', (path) => writeFileSync(path, '{"v":1,"storeId":"x","slots":[]}')],
    [
      'a folder',
      (path) => {
        rmSync(path)
        mkdirSync(path)
      },
    ],
    ['of another clinic', (path, other) => cpSync(other, path)],
  ]

  for (const way of ['by the keychain', 'by the passphrase', 'by the recovery code'] as const)
    test.for(damages)(`F13 that is %s is replaced by its second copy, ${way}`, async ([what, harm]) => {
      const { clinic, computer, other } = await twoClinics(way === 'by the keychain')
      const path = join(clinic.host.folders.data, 'keyring.json')
      const whole = readFileSync(path, 'utf8')
      await clinic.app.close()
      harm(path, other)
      const next = await startAgain(clinic, computer)
      if (way !== 'by the keychain') {
        const secret = way === 'by the passphrase' ? ownPassphrase : clinic.recoveryCode
        await next.window.must('clinic.unlockStore', { passphrase: secret })
      }
      expect(await ownerOf(next)).toBe('Greta Ansbach')
      // A folder in its place is left for a person to move away; the second copy opens the records meanwhile.
      if (what === 'a folder') return
      expect(readFileSync(path, 'utf8')).toBe(whole)
      expect(await slotRows(next)).toContain('SECOND_COPY')
      const aside = readdirSync(clinic.host.folders.data).filter((name) => name.startsWith('keyring.json.aside-'))
      expect(aside).toHaveLength(what === 'missing' ? 0 : 1)
    })

  test.for(damages.filter(([what]) => what !== 'a folder'))(
    'F13 that is %s, with its second copy, is brought back from a backup without losing a row',
    async ([what, harm]) => {
      const { clinic, computer, other } = await twoClinics(true)
      const copy = await makeCopy(clinic.window, backupDisk(clinic))
      await clinic.window.must('clinic.edit', { ...facts, clinicName: 'Alder Row after the copy' })
      const rows = countRows(clinic.app)
      await clinic.app.close()
      const { data } = clinic.host.folders
      for (const name of ['keyring.json', 'keyring.json.bak']) harm(join(data, name), other)
      const files = fingerprint(data)

      const next = await startAgain(clinic, computer)
      const { state } = next.app.services.storeLife
      expect(state).toEqual({
        kind: 'FAULT',
        fault: what === 'of another clinic' ? 'WRONG_KEY_OR_DAMAGED' : 'KEYRING_DAMAGED',
      })
      expect(await next.window.code('clinic.setUp', setUpInput)).toBe('STORE_EXISTS')
      expect(await next.window.code('restore.openWithCopy', { folder: copy, secret: otherPassphrase })).toBe(
        'SECRET_WRONG',
      )
      expect(fingerprint(data)).toEqual(files)
      await next.window.must('restore.openWithCopy', { folder: copy, secret: clinic.recoveryCode })
      expect(lasting(countRows(next.app))).toEqual(lasting(rows))
      expect((await next.window.must('clinic.status', {})).store).toMatchObject({
        clinicName: 'Alder Row after the copy',
        keys: 'KEPT',
      })
      expect(await isAuditWhole(next.app)).toBe(true)
      expect((await startAgain(next, computer)).app.services.storeLife.state.kind).toBe('OPEN')
    },
  )

  it('F13 is not brought back with the key of another clinic', async () => {
    const { clinic, computer } = await twoClinics(true)
    const stranger = await clinicOn({}, passphrase)
    const copy = await makeCopy(stranger.window, backupDisk(stranger))
    await clinic.app.close()
    for (const name of ['keyring.json', 'keyring.json.bak']) rmSync(join(clinic.host.folders.data, name))
    const next = await startAgain(clinic, computer)
    const files = fingerprint(clinic.host.folders.data)
    expect(await next.window.code('restore.openWithCopy', { folder: copy, secret: stranger.recoveryCode })).toBe(
      'KEY_DOES_NOT_FIT',
    )
    expect(fingerprint(clinic.host.folders.data)).toEqual(files)
    expect(next.app.services.storeLife.state).toEqual({ kind: 'FAULT', fault: 'KEYRING_DAMAGED' })
  })

  it('F13 never makes an empty clinic where a store or a keyring lies', async () => {
    const { clinic } = await twoClinics(true)
    const kept = join(clinic.folder, 'kept')
    await clinic.app.close()
    cpSync(clinic.host.folders.data, kept, { recursive: true })
    for (const part of ['store.db', 'keyring.json', 'keyring.json.bak']) {
      const house = await emptyHouse()
      mkdirSync(house.host.folders.data, { recursive: true })
      cpSync(join(kept, part), join(house.host.folders.data, part))
      const files = fingerprint(house.host.folders.data)
      const next = await startAgain(house, await computerWith(new FakeSafeStorage()))
      expect(next.app.services.storeLife.state.kind).not.toBe('NONE')
      expect(await next.window.code('clinic.setUp', setUpInput)).toBe('STORE_EXISTS')
      expect(fingerprint(house.host.folders.data)).toEqual(files)
    }
  })
})

const ownPassphrase = 'nine lamps over the harbour'
const otherPassphrase = 'two owls on a fence post'
const facts = {
  clinicName: 'Alder Row',
  timeZone: 'America/Chicago',
  dateOrder: 'MDY',
  urgentPhone: '112',
  emergencyPhone: '911',
} as const

/** A clinic, and the keyring of another one that was set up on the same computer. */
async function twoClinics(hasKeychain: boolean) {
  const computer = hasKeychain ? await computerWith(new FakeSafeStorage()) : {}
  const stranger = await clinicOn(computer, hasKeychain ? null : otherPassphrase)
  const clinic = await clinicOn(computer, hasKeychain ? null : ownPassphrase)
  return { clinic, computer, other: join(stranger.host.folders.data, 'keyring.json') }
}

async function ownerOf({ window }: { readonly window: Window }): Promise<string> {
  await window.must('signIn.withPassword', { signInName: 'greta', password })
  const state = await window.must('signIn.state', {})
  return state.kind === 'SIGNED_IN' ? state.person.printedName : state.kind
}

function slotKinds(house: TestHouse): readonly string[] {
  const keyring = JSON.parse(readFileSync(join(house.host.folders.data, 'keyring.json'), 'utf8'))
  return keyring.slots.map((slot: { kind: string }) => slot.kind)
}

function osSlotOf(house: TestHouse): string {
  const keyring = JSON.parse(readFileSync(join(house.host.folders.data, 'keyring.json'), 'utf8'))
  return keyring.slots.find((slot: { kind: string }) => slot.kind === 'os')?.wrapped ?? 'none'
}

function mistyped(code: KeysClinic['recoveryCode']): string {
  return code.startsWith('7') ? `8${code.slice(1)}` : `7${code.slice(1)}`
}

/** Rows of every table but the audit, which grows with each opening. */
/** The audit and the program's own notes on it grow by every opening. */
function lasting({ audit_entry: _, store_fact: _facts, ...rows }: Readonly<Record<string, number>>) {
  return rows
}
