import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { sealManifest } from '../../db/copy-manifest.ts'
import { subKey } from '../../main/app/keyring.ts'
import { keepOwnKeyring } from '../../main/app/restore.ts'
import { asideName, incomingName, sealSwap, swapRecords } from '../../main/app/restore-swap.ts'
import { auditRows, isAuditWhole } from '../support/audit-rows.ts'
import { backupDisk, endOfJob, makeCopy } from '../support/backup.ts'
import { emptyHouse, newClinic, openWindow, password, pin, type TestClinic, type Window } from '../support/clinic.ts'
import { reopen } from '../support/reopen.ts'
import { fingerprint } from '../support/store.ts'

const passphrase = 'seven grey herons stand still'
const reauth = { method: 'PASSWORD', password } as const

/** A clinic with a copy, after which somebody else was hired. */
async function clinicAfterCopy(): Promise<TestClinic & { readonly copy: string; readonly disk: string }> {
  const clinic = await newClinic()
  const disk = backupDisk(clinic)
  const copy = await makeCopy(clinic.manager, disk)
  clinic.host.advanceMinutes(3)
  await clinic.hire(['frontDesk'], 'Mina Late')
  return { ...clinic, copy, disk }
}

async function check(window: Window, folder: string): Promise<void> {
  const { jobId } = await window.must('restore.check', { folder })
  expect(await endOfJob(window, jobId)).toMatchObject({ kind: 'DONE' })
}

async function namesOf(window: Window): Promise<readonly string[]> {
  const { members } = await window.must('staff.list', {})
  return members.map((member) => member.printedName)
}

describe('a restore', () => {
  it('lists the copies with date, counts and whether these records vouch for them', async () => {
    const clinic = await clinicAfterCopy()
    const { copies, wayBack } = await clinic.manager.must('restore.list', { folder: null })
    expect(copies).toEqual([
      expect.objectContaining({
        folder: clinic.copy,
        standing: 'VERIFIED',
        about: expect.objectContaining({ reason: 'DEMAND', patients: 0, sessions: 0 }),
      }),
    ])
    expect(wayBack).toBe(null)
  })

  it('shows what would be lost, then replaces the records, tells the audit both ends, and goes back by one act', async () => {
    const clinic = await clinicAfterCopy()
    const { manager } = clinic
    await check(manager, clinic.copy)
    const preview = await manager.must('restore.preview', {})
    expect(preview).toMatchObject({ relation: 'EARLIER', folder: clinic.copy })
    expect(preview.lost.map(({ action }) => action)).toContain('staff.invite')
    expect(preview.safetyCopy).not.toBe(null)

    const [headBefore] = (await auditRows(clinic.app)).slice(-1)
    await manager.must('restore.apply', { reauth })
    expect(await manager.must('signIn.state', {})).toMatchObject({ kind: 'SIGNED_OUT' })
    await manager.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await namesOf(manager)).not.toContain('Mina Late')
    // What this computer knows of its backups goes on, though the copy is older than that.
    expect(await manager.must('backup.state', {})).toMatchObject({ last: { folder: clinic.copy }, standing: 'DONE' })
    const epoch = (await auditRows(clinic.app)).find((row) => row.action === 'restore.epoch')
    expect(epoch).toMatchObject({ actor_id: clinic.managerId, subject_id: '1', outcome: 'DONE' })
    const seqBefore = Number(/BEFORE (\d+):/.exec(epoch?.reason ?? '')?.[1])
    expect(seqBefore).toBeGreaterThan(headBefore?.seq ?? 0)
    expect(epoch?.reason).toMatch(/^RESTORE BEFORE \d+:[0-9a-f]{64} AFTER \d+:[0-9a-f]{64}$/)
    expect(await isAuditWhole(clinic.app)).toBe(true)

    const { wayBack } = await manager.must('restore.list', { folder: null })
    expect(wayBack).toMatchObject({ kind: 'RESTORE' })
    clinic.host.advanceMinutes(1)
    await manager.must('restore.goBack', { reauth })
    await manager.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await namesOf(manager)).toContain('Mina Late')
    expect((await auditRows(clinic.app)).filter((row) => row.action === 'restore.epoch')).toMatchObject([
      { subject_id: '2' },
    ])
    expect(await isAuditWhole(clinic.app)).toBe(true)
    // The restored ones are kept beside these too.
    const kept = readdirSync(join(clinic.folder, 'data')).filter((name) => name.startsWith('before-restore-'))
    expect(kept).toHaveLength(1)
  })

  it('opens again at the next start with the newest passphrase, and the copy is left as it was', async () => {
    const clinic = await clinicAfterCopy()
    const before = fingerprint(clinic.copy)
    await check(clinic.manager, clinic.copy)
    await clinic.manager.must('restore.apply', { reauth })
    expect(fingerprint(clinic.copy)).toEqual(before)
    const { window } = await reopen(clinic)
    await window.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await namesOf(window)).toEqual(['Greta Ansbach'])
    expect(readdirSync(join(clinic.folder, 'data'))).not.toContain('restore.json')
  })

  it('is the manager’s, asks for the whole password, and takes nothing that was not checked', async () => {
    const clinic = await clinicAfterCopy()
    const { window: desk } = await clinic.hire(['frontDesk'])
    for (const name of ['restore.list', 'restore.check'] as const)
      expect(await desk.code(name, { folder: clinic.copy })).toBe('DENIED')
    expect(await desk.code('restore.preview', {})).toBe('DENIED')
    expect(await desk.code('restore.apply', { reauth })).toBe('DENIED')
    expect(await desk.code('restore.goBack', { reauth })).toBe('DENIED')
    const { manager } = clinic
    expect(await manager.code('restore.preview', {})).toBe('NOT_CHECKED')
    expect(await manager.code('restore.apply', { reauth })).toBe('NOT_CHECKED')
    expect(await manager.code('restore.goBack', { reauth })).toBe('NO_WAY_BACK')
    expect(await manager.code('restore.apply', { reauth: { method: 'PASSWORD', password: 'x' } })).toBe('REAUTH_WRONG')
    expect(await manager.code('restore.list', { folder: 'copies' })).toBe('FOLDER_NOT_ABSOLUTE')
    expect(await manager.code('restore.list', { folder: join(clinic.folder, 'nowhere') })).toBe('FOLDER_MISSING')
    expect(await manager.code('restore.check', { folder: 'copies' })).toBe('FOLDER_NOT_ABSOLUTE')
    expect(await manager.code('restore.check', {})).toBe('INVALID_INPUT')
    await check(manager, clinic.copy)
    expect(await manager.code('restore.apply', { reauth: { method: 'PIN', pin } })).toBe('PASSWORD_NEEDED')
    expect(await manager.code('restore.find', { folder: clinic.disk })).toBe('RECORDS_ARE_OPEN')
    expect(await manager.code('restore.recover', { folder: clinic.copy, secret: passphrase })).toBe('RECORDS_ARE_OPEN')
    expect(await manager.code('restore.chooseFolder', {})).toBe('RECORDS_ARE_OPEN')
  })

  it('leaves the sample clinic as it is', async () => {
    const house = await emptyHouse()
    const window = openWindow(house.app)
    await window.must('clinic.openSample', { reset: false })
    const { sample } = await window.must('signIn.people', {})
    const owner = sample.find((person) => person.roles.includes('manager'))
    await window.must('signIn.asSample', { staffId: owner?.staffId ?? sampleMissing() })
    expect(await window.code('restore.check', { folder: house.folder })).toBe('SAMPLE_STAYS')
  })
})

describe('F41 a copy that is not one', () => {
  const harms: readonly (readonly [what: string, code: string, harm: (copy: string) => void])[] = [
    ['of 0 bytes', 'COPY_EMPTY', (copy) => truncateSync(join(copy, 'store.db'), 0)],
    [
      'cut by one byte',
      'COPY_CUT',
      (copy) => truncateSync(join(copy, 'store.db'), readFileSync(join(copy, 'store.db')).length - 1),
    ],
    ['of another store', 'COPY_OTHER_STORE', (copy) => changeManifest(copy, { storeId: 'other' })],
    ['with an old log beside it', 'COPY_LOG_BESIDE', (copy) => writeFileSync(join(copy, 'store.db-wal'), 'old')],
    ['without an account of itself', 'COPY_NO_MANIFEST', (copy) => writeFileSync(join(copy, 'manifest.json'), '{}')],
    ['with a count changed', 'COPY_MANIFEST_ALTERED', (copy) => changeManifest(copy, { epoch: 3 })],
    ['without its store', 'COPY_MISSING', (copy) => mkdirSync(join(copy, '..', 'empty'))],
  ]
  test.for(harms)('F41 %s is refused as %s, and the records stay', async ([what, code, harm]) => {
    const clinic = await clinicAfterCopy()
    harm(clinic.copy)
    const folder = what === 'without its store' ? join(clinic.disk, 'empty') : clinic.copy
    expect(await clinic.manager.code('restore.check', { folder })).toBe(code)
    expect(await namesOf(clinic.manager)).toContain('Mina Late')
  })

  it('F41 of a newer schema is refused with the reason', async () => {
    const clinic = await clinicAfterCopy()
    const path = join(clinic.copy, 'manifest.json')
    const { hmac: _, ...manifest } = JSON.parse(readFileSync(path, 'utf8'))
    const key = subKey(clinic.app.services.storeLife.key, 'manifest/v1')
    writeFileSync(path, JSON.stringify(sealManifest({ ...manifest, userVersion: 9_990 }, key)))
    expect(await clinic.manager.code('restore.check', { folder: clinic.copy })).toBe('COPY_NEWER')
  })

  it('F41 with one byte changed is refused after it was read, and nothing of it stays', async () => {
    const clinic = await clinicAfterCopy()
    const path = join(clinic.copy, 'store.db')
    const bytes = readFileSync(path)
    bytes[9000] = (bytes[9000] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const { jobId } = await clinic.manager.must('restore.check', { folder: clinic.copy })
    expect(await endOfJob(clinic.manager, jobId)).toEqual({ kind: 'FAILED', code: 'COPY_ALTERED' })
    expect(existsSync(join(clinic.folder, 'data', '.restoring'))).toBe(false)
    expect(await clinic.manager.code('restore.preview', {})).toBe('NOT_CHECKED')
  })
})

describe('F42 a restore that was killed', () => {
  test.for([0, 2, 5, 8, 10])(
    'F42 after step %i is finished by the next start and told to the audit once',
    async (last) => {
      const clinic = await clinicAfterCopy()
      const data = join(clinic.folder, 'data')
      await check(clinic.manager, clinic.copy)
      const key = Buffer.from(clinic.app.services.storeLife.key)
      await clinic.app.close()
      keepOwnKeyring(data)
      const event = {
        kind: 'RESTORE' as const,
        at: clinic.host.now(),
        by: null,
        copyMadeAt: clinic.host.now(),
        headBefore: { seq: 9, hash: 'b' },
        headAfter: { seq: 5, hash: 'a' },
        epoch: 1,
        carried: {},
      }
      const aside = asideName(data, event.at)
      let step = -1
      const dies = () =>
        swapRecords(data, sealSwap({ incoming: incomingName, aside, event }, key), () => {
          step += 1
          if (step === last) throw new Error('killed')
        })
      expect(dies).toThrow('killed')
      const { window, app, ...house } = await reopen(clinic)
      await window.must('signIn.withPassword', { signInName: 'greta', password })
      expect(await namesOf(window)).toEqual(['Greta Ansbach'])
      const again = await reopen({ ...house, app })
      expect((await auditRows(again.app)).filter((row) => row.action === 'restore.epoch')).toHaveLength(1)
      expect(await isAuditWhole(again.app)).toBe(true)
      expect(existsSync(join(data, aside, 'store.db'))).toBe(true)
    },
  )
})

describe('a bare computer', () => {
  it('opens a backup with the folder and the passphrase alone', async () => {
    const clinic = await clinicAfterCopy()
    const stick = join(clinic.folder, 'carried')
    cpSync(clinic.disk, stick, { recursive: true })
    const bare = await emptyHouse()
    const window = openWindow(bare.app)
    expect(await window.must('clinic.status', {})).toMatchObject({ store: { state: 'NONE' } })
    const { copies } = await window.must('restore.find', { folder: stick })
    expect(copies).toEqual([expect.objectContaining({ standing: 'UNKNOWN' })])
    const folder = copies[0]?.folder ?? ''
    expect(await window.code('restore.recover', { folder, secret: 'not this one at all' })).toBe('SECRET_WRONG')
    expect(await window.code('restore.recover', { folder: stick, secret: passphrase })).toBe('KEYRING_MISSING')
    expect(await window.code('restore.find', { folder: 'stick' })).toBe('FOLDER_NOT_ABSOLUTE')
    expect(await window.code('restore.recover', { folder, secret: '' })).toBe('INVALID_INPUT')
    await window.must('restore.recover', { folder, secret: passphrase })
    await window.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await namesOf(window)).toEqual(['Greta Ansbach'])
    const epoch = (await auditRows(bare.app)).find((row) => row.action === 'restore.epoch')
    expect(epoch).toMatchObject({ actor_id: null, reason: expect.stringMatching(/^RECOVER BEFORE UNREADABLE AFTER /) })
    // And it opens there again the next morning.
    const { window: next } = await reopen(bare)
    await next.must('signIn.withPassword', { signInName: 'greta', password })
  })

  it('recovers records that cannot be opened, and keeps the damaged ones', async () => {
    const clinic = await clinicAfterCopy()
    await clinic.app.close()
    writeFileSync(join(clinic.folder, 'data', 'store.db'), '')
    const { app, window } = await reopen(clinic)
    expect(app.services.storeLife.state).toEqual({ kind: 'FAULT', fault: 'EMPTY_FILE' })
    await window.must('restore.recover', { folder: clinic.copy, secret: passphrase })
    await window.must('signIn.withPassword', { signInName: 'greta', password })
    const aside = readdirSync(join(clinic.folder, 'data')).find((name) => name.startsWith('before-restore-')) ?? ''
    expect(readFileSync(join(clinic.folder, 'data', aside, 'store.db'))).toHaveLength(0)
  })

  it('refuses a copy that a person with the passphrase altered', async () => {
    const clinic = await clinicAfterCopy()
    changeManifest(clinic.copy, { epoch: 4 })
    const window = openWindow((await emptyHouse()).app)
    expect(await window.code('restore.recover', { folder: clinic.copy, secret: passphrase })).toBe(
      'COPY_MANIFEST_ALTERED',
    )
    expect(await window.must('clinic.status', {})).toMatchObject({ store: { state: 'NONE' } })
  })
})

function changeManifest(copy: string, changes: Readonly<Record<string, unknown>>): void {
  const path = join(copy, 'manifest.json')
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }))
}

function sampleMissing(): never {
  throw new Error('the sample clinic has no manager')
}
