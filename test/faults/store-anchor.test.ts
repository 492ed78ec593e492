import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchorPath } from '../../main/app/anchor.ts'
import { auditRows, isAuditWhole } from '../support/audit-rows.ts'
import { backupDisk, endOfJob, makeCopy } from '../support/backup.ts'
import { clinicNow, newClinic, openWindow, password, type TestClinic, type TestHouse } from '../support/clinic.ts'
import { reopen } from '../support/reopen.ts'
import { replaceStore, seize, startOn, tamper } from '../support/seized.ts'

type Started = Awaited<ReturnType<typeof startOn>>

describe('F7 a log of changes that lost entries', () => {
  it('F7 is told before anybody is signed in where the log was deleted', async () => {
    const folder = await diedWithLog()
    for (const name of ['store.db-wal', 'store.db-shm']) rmSync(join(folder, 'data', name))
    await expectHeld(await startOn(folder, clinicNow), { kind: 'BEHIND' })
  })

  it('F7 is told wherever in the log a byte was flipped', async () => {
    const whole = await diedWithLog()
    const bytes = statSync(join(whole, 'data', 'store.db-wal')).size
    expect(bytes).toBeGreaterThan(4096 * 8)
    for (const part of [0.02, 0.5, 0.9]) {
      const folder = seizeAgain(whole)
      const path = join(folder, 'data', 'store.db-wal')
      const log = readFileSync(path)
      const place = Math.floor(bytes * part)
      log.writeUInt8((log[place] ?? 0) ^ 1, place)
      writeFileSync(path, log)
      rmSync(join(folder, 'data', 'store.db-shm'), { force: true })
      await expectHeld(await startOn(folder, clinicNow), { kind: 'BEHIND' })
    }
  })
})

describe('F9 an older copy in the place of the records', () => {
  it('F9 is told before anybody is signed in, with the number of missing entries', async () => {
    const { folder, missing } = await withLastWeeksCopy()
    const started = await startOn(folder, clinicNow)
    await expectHeld(started, { kind: 'BEHIND', missing })
  })

  it('F9 lets nobody work, whatever their role, until a manager decided', async () => {
    const { folder } = await withLastWeeksCopy()
    const { app, window } = await startOn(folder, clinicNow)
    expect(await window.code('patient.register', {})).not.toBe('ok')
    await window.must('signIn.withPassword', { signInName: 'person1', password })
    expect(await window.code('staff.list', {})).toBe('RECORDS_HELD')
    const asks = { missing: 0, reauth: { method: 'PASSWORD', password } }
    expect(await window.code('anchor.accept', asks)).toBe('DENIED')
    const manager = openWindow(app)
    await manager.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await manager.code('staff.list', {})).toBe('RECORDS_HELD')
    expect(await manager.code('restore.list', { folder: null })).toBe('ok')
  })

  it('F9 goes on after a manager read the number and gave the password, in an epoch of its own', async () => {
    const { folder, missing, lastHash } = await withLastWeeksCopy()
    const { app, window, host } = await startOn(folder, clinicNow)
    const reauth = { method: 'PASSWORD' as const, password }
    await window.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await window.code('anchor.accept', { missing: missing + 1, reauth })).toBe('COUNT_DIFFERS')
    expect(await window.code('anchor.accept', { missing, reauth: { method: 'PASSWORD', password: 'no' } })).toBe(
      'REAUTH_WRONG',
    )
    expect(await window.code('anchor.accept', { missing: -1, reauth })).toBe('INVALID_INPUT')
    await window.must('anchor.accept', { missing, reauth })
    expect(await window.code('staff.list', {})).toBe('ok')
    expect(await window.code('anchor.accept', { missing, reauth })).toBe('NOTHING_HELD')
    const rows = await auditRows(app)
    const accepted = rows.find((row) => row.action === 'anchor.accept')
    expect(accepted).toMatchObject({ subject_id: '1', outcome: 'DONE' })
    expect(accepted?.reason).toMatch(
      new RegExp(`^BEHIND ANCHORED \\d+:${lastHash} FOUND \\d+:\\w+ MISSING ${missing}$`),
    )
    expect(rows.some((row) => row.action === 'anchor.held')).toBe(true)
    expect(await isAuditWhole(app)).toBe(true)
    const { window: next } = await reopen({ app, host, folder })
    expect(await holdOf(next)).toBe(null)
  })

  it('F9 is still held at the next start, also when the anchor was taken away meanwhile', async () => {
    const { folder, missing } = await withLastWeeksCopy()
    const first = await startOn(folder, clinicNow)
    await first.app.close()
    rmSync(anchorPath(join(folder, 'data')))
    rmSync(`${anchorPath(join(folder, 'data'))}.bak`, { force: true })
    await expectHeld(await startOn(folder, clinicNow), { kind: 'BEHIND', missing })
  })

  it('F9 ends with a restore of a copy by the manager', async () => {
    const clinic = await newClinic()
    const disk = backupDisk(clinic)
    const old = seize(clinic)
    await clinic.hire(['frontDesk'])
    await makeCopy(clinic.manager, disk)
    await clinic.app.close()
    const folder = seize(clinic)
    replaceStore(folder, old)
    const { app, window, host } = await startOn(folder, clinicNow)
    await expectHeld({ window }, { kind: 'BEHIND' })
    await window.must('signIn.withPassword', { signInName: 'greta', password })
    const { copies } = await window.must('restore.list', { folder: disk })
    const { jobId } = await window.must('restore.check', { folder: copies[0]?.folder ?? '' })
    expect(await endOfJob(window, jobId)).toMatchObject({ kind: 'DONE' })
    await window.must('restore.apply', { reauth: { method: 'PASSWORD', password } })
    expect(await holdOf(window)).toBe(null)
    await window.must('signIn.withPassword', { signInName: 'greta', password })
    expect((await window.must('staff.list', {})).members).toHaveLength(2)
    const { window: next } = await reopen({ app, host, folder })
    expect(await holdOf(next)).toBe(null)
  })

  it('F9 is not excused by a journal of a restore that the clinic’s key did not seal', async () => {
    const { folder } = await withLastWeeksCopy()
    const event = {
      kind: 'RESTORE',
      at: clinicNow,
      by: null,
      copyMadeAt: clinicNow,
      headBefore: null,
      headAfter: { seq: 1, hash: 'a' },
      epoch: 9,
      carried: {},
    }
    const journal = { v: 1, stage: 'OPENING', incoming: '.restoring', aside: 'before-restore-x', event, seal: 'mine' }
    writeFileSync(join(folder, 'data', 'restore.json'), JSON.stringify(journal))
    await expectHeld(await startOn(folder, clinicNow), { kind: 'BEHIND' })
  })

  it('keeps the photographs and documents that the older records do not know', async () => {
    const { folder } = await withLastWeeksCopy()
    const orphan = join(folder, 'data', 'files', 'of-the-lost-entries')
    writeFileSync(orphan, 'sealed')
    await startOn(folder, clinicNow)
    expect(statSync(orphan).isFile()).toBe(true)
  })
})

describe('the anchor itself', () => {
  it('is missed where it was taken away, and where somebody else wrote one', async () => {
    for (const damage of [() => null, () => '{"v":1}', (text: string) => text.replace(/"seq": \d+/, '"seq": 1')]) {
      const folder = await closedClinic()
      const path = anchorPath(join(folder, 'data'))
      const text = damage(readFileSync(path, 'utf8'))
      rmSync(path)
      rmSync(`${path}.bak`, { force: true })
      if (text !== null) writeFileSync(path, text)
      await expectHeld(await startOn(folder, clinicNow), { kind: 'NO_ANCHOR', missing: null })
    }
  })

  it('is taken from the one before where the newest was not finished', async () => {
    const folder = await closedClinic()
    const path = anchorPath(join(folder, 'data'))
    writeFileSync(path, '')
    const { window } = await startOn(folder, clinicNow)
    expect(await holdOf(window)).toBe(null)
  })

  it('tells a row that was exchanged for another one of the same number', async () => {
    const folder = await closedClinic()
    await tamper(folder, (exec) =>
      exec(`update audit_entry set hash = '${'0'.repeat(64)}' where seq = (select max(seq) from audit_entry)`),
    )
    await expectHeld(await startOn(folder, clinicNow), { kind: 'OTHER_LINE', missing: null })
  })

  it('moves with the minute, with a signature and with the close, and never for the same end twice', async () => {
    const clinic = await newClinic()
    await clinic.app.tick()
    const seq = () => (JSON.parse(readFileSync(anchorPath(clinic.host.folders.data), 'utf8')) as { seq: number }).seq
    clinic.host.advanceMinutes(2)
    await clinic.app.tick()
    const first = seq()
    await clinic.hire(['frontDesk'])
    expect(seq()).toBe(first)
    clinic.host.advanceMinutes(1)
    await clinic.app.tick()
    expect(seq()).toBe((await auditRows(clinic.app)).length)
    await clinic.manager.must('clinic.edit', { ...facts, clinicName: 'Alder Row' })
    const rows = (await auditRows(clinic.app)).length
    await clinic.app.close()
    expect(seq()).toBeGreaterThanOrEqual(rows)
  })
})

const facts = {
  timeZone: 'America/Chicago',
  dateOrder: 'MDY' as const,
  urgentPhone: '+1 312 555 0100',
  emergencyPhone: '911',
}

/** A clinic that worked, and whose power failed while its last entries stood in the log alone. */
async function diedWithLog(): Promise<string> {
  const clinic = await newClinic()
  const { app, host, window } = await reopen(clinic)
  await window.must('signIn.withPassword', { signInName: 'greta', password })
  for (const clinicName of ['Alder Row', 'Alder Row Skin', 'Alder Row Skin Clinic'])
    await window.must('clinic.edit', { ...facts, clinicName })
  host.advanceMinutes(2)
  await app.tick()
  return seize({ host })
}

function seizeAgain(folder: string): string {
  return seize({ host: { folders: { data: join(folder, 'data') } } as TestHouse['host'] })
}

async function closedClinic(): Promise<string> {
  const clinic = await newClinic()
  await clinic.hire(['frontDesk'])
  clinic.host.advanceMinutes(2)
  await clinic.app.tick()
  await clinic.app.close()
  return seize(clinic)
}

/** The records of a week ago under the anchor of today. */
async function withLastWeeksCopy(): Promise<{ folder: string; missing: number; lastHash: string }> {
  const clinic: TestClinic = await newClinic()
  await clinic.hire(['physician'])
  const old = seize(clinic)
  const oldRows = (await auditRows(clinic.app)).length
  await clinic.hire(['frontDesk'])
  await clinic.hire(['aesthetician'])
  const last = (await auditRows(clinic.app)).at(-1)
  await clinic.app.services.storeLife.anchorNow()
  const folder = seize(clinic)
  replaceStore(folder, old)
  return { folder, missing: (last?.seq ?? 0) - oldRows, lastHash: last?.hash ?? '' }
}

async function holdOf(window: Started['window']) {
  const { store } = await window.must('clinic.status', {})
  if (store.state !== 'OPEN') throw new Error(`the store is ${store.state}`)
  return store.hold
}

/** Told while nobody is signed in, and no anchor is written over the one that tells it. */
async function expectHeld({ window }: Pick<Started, 'window'>, hold: object): Promise<void> {
  expect(await window.must('signIn.state', {})).toMatchObject({ kind: 'SIGNED_OUT' })
  expect(await holdOf(window)).toMatchObject(hold)
}
