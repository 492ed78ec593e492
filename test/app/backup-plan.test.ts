import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditRows } from '../support/audit-rows.ts'
import { backupDisk, endOfJob, makeCopy } from '../support/backup.ts'
import { newClinic, openWindow, password, type TestClinic, type Window } from '../support/clinic.ts'
import { reopen } from '../support/reopen.ts'

/** What the host's timer does, until the work it began is over. */
async function tickUntilQuiet(clinic: TestClinic): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await clinic.app.tick()
    while (clinic.app.services.jobs.isRunning) await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function signedIn(clinic: TestClinic): Promise<Window> {
  const window = openWindow(clinic.app)
  await window.must('signIn.withPassword', { signInName: 'greta', password })
  return window
}

async function actions(clinic: { readonly app: TestClinic['app'] }): Promise<readonly string[]> {
  return (await auditRows(clinic.app)).map((row) => row.action).filter((action) => action.startsWith('backup.'))
}

describe('backups that nobody asks for', () => {
  it('go where the first copy went, until somebody chooses another place', async () => {
    const clinic = await newClinic()
    const disk = backupDisk(clinic)
    expect(await clinic.manager.must('backup.state', {})).toMatchObject({ plan: { first: null, second: null } })
    await makeCopy(clinic.manager, disk)
    expect(await clinic.manager.must('backup.state', {})).toMatchObject({ plan: { first: disk }, opensElsewhere: true })
    const other = backupDisk(clinic, 'network')
    await clinic.manager.must('backup.setPlan', { first: other, second: disk })
    expect(await clinic.manager.must('backup.state', {})).toMatchObject({
      plan: { first: other, second: disk },
      second: { standing: 'NEVER', at: null },
    })
    expect((await actions(clinic)).at(-1)).toBe('backup.plan')
  })

  it('are planned by the manager, into folders that are there and not the same', async () => {
    const clinic = await newClinic()
    const disk = backupDisk(clinic)
    const { window: desk } = await clinic.hire(['frontDesk'])
    expect(await desk.code('backup.setPlan', { first: disk, second: null })).toBe('DENIED')
    expect(await desk.code('backup.proveRestore', {})).toBe('DENIED')
    const code = (first: unknown, second: unknown) => clinic.manager.code('backup.setPlan', { first, second })
    expect(await code('disk', null)).toBe('FOLDER_NOT_ABSOLUTE')
    expect(await code(disk, join(clinic.folder, 'nowhere'))).toBe('FOLDER_MISSING')
    expect(await code(join(clinic.folder, 'data'), null)).toBe('FOLDER_INSIDE_RECORDS')
    expect(await code(disk, disk)).toBe('FOLDERS_SAME')
    expect(await code(null, disk)).toBe('SECOND_WITHOUT_FIRST')
    expect(await code(7, null)).toBe('INVALID_INPUT')
    expect(await clinic.manager.code('backup.proveRestore', {})).toBe('NO_COPY')
  })

  it('are made once a day, at the first quiet moment after noon, to both places', async () => {
    const clinic = await newClinic()
    const [first, second] = [backupDisk(clinic), backupDisk(clinic, 'second')]
    await clinic.manager.must('backup.setPlan', { first, second })
    await tickUntilQuiet(clinic)
    expect(readdirSync(first)).toEqual([])
    // 10:42 in Chicago; noon and a quiet moment are an hour and a half later.
    clinic.host.advanceMinutes(90)
    await tickUntilQuiet(clinic)
    expect(readdirSync(first)).toHaveLength(1)
    expect(readdirSync(second)).toHaveLength(1)
    clinic.host.advanceMinutes(20)
    await tickUntilQuiet(clinic)
    expect(readdirSync(first)).toHaveLength(1)
    const window = await signedIn(clinic)
    expect(await window.must('backup.state', {})).toMatchObject({
      standing: 'DONE',
      last: { reason: 'DAILY' },
      second: { standing: 'DONE' },
      proven: { failure: null },
    })
  })

  it('are made at the close where something changed, and not where nothing did', async () => {
    const clinic = await newClinic()
    const disk = backupDisk(clinic)
    await makeCopy(clinic.manager, disk)
    clinic.host.advanceMinutes(1)
    const unchanged = await reopen(clinic)
    expect(readdirSync(disk)).toHaveLength(1)
    await unchanged.window.must('signIn.withPassword', { signInName: 'greta', password })
    await unchanged.window.must('clinic.edit', {
      clinicName: 'Alder Row',
      timeZone: 'America/Chicago',
      dateOrder: 'MDY',
      urgentPhone: '+1 312 555 0101',
      emergencyPhone: '911',
    })
    unchanged.host.advanceMinutes(1)
    const changed = await reopen(unchanged)
    await changed.window.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await changed.window.must('backup.state', {})).toMatchObject({ last: { reason: 'CLOSE' } })
  })

  it('that fail are told, on record, and tried again an hour later', async () => {
    const clinic = await newClinic()
    const disk = backupDisk(clinic)
    await clinic.manager.must('backup.setPlan', { first: disk, second: null })
    rmSync(disk, { recursive: true })
    clinic.host.advanceMinutes(90)
    await tickUntilQuiet(clinic)
    const window = await signedIn(clinic)
    expect(await window.must('backup.state', {})).toMatchObject({
      standing: 'NEVER',
      failure: { code: 'FOLDER_MISSING', place: 'first' },
    })
    expect((await actions(clinic)).at(-1)).toBe('backup.failed')
    backupDisk(clinic)
    // Somebody is about, so the records stay open; between two inputs there are quiet moments.
    for (let minutes = 5; minutes < 60; minutes += 5) {
      await window.must('signIn.ping', {})
      clinic.host.advanceMinutes(5)
      await tickUntilQuiet(clinic)
      expect(readdirSync(disk)).toEqual([])
    }
    await window.must('signIn.ping', {})
    clinic.host.advanceMinutes(6)
    await tickUntilQuiet(clinic)
    expect(readdirSync(disk)).toHaveLength(1)
    expect(await window.must('backup.state', {})).toMatchObject({ standing: 'DONE', failure: null })
  })
})

describe('the restore drill', () => {
  it('restores the newest copy, proves it, and leaves nothing behind', async () => {
    const clinic = await newClinic()
    await makeCopy(clinic.manager, backupDisk(clinic))
    const { jobId } = await clinic.manager.must('backup.proveRestore', {})
    expect(await endOfJob(clinic.manager, jobId)).toMatchObject({ kind: 'DONE' })
    const { proven } = await clinic.manager.must('backup.state', {})
    expect(proven).toMatchObject({ at: clinic.host.now(), patients: 0, failure: null })
    expect(proven?.auditRows).toBeGreaterThan(0)
    expect(readdirSync(join(clinic.folder, 'data'))).not.toContain('.drill')
    expect((await actions(clinic)).slice(-2)).toEqual(['backup.prove', 'backup.proved'])
  })

  it('says why a copy could not be restored', async () => {
    const clinic = await newClinic()
    const copy = await makeCopy(clinic.manager, backupDisk(clinic))
    rmSync(join(copy, 'store.db'))
    const { jobId } = await clinic.manager.must('backup.proveRestore', {})
    expect(await endOfJob(clinic.manager, jobId)).toEqual({ kind: 'FAILED', code: 'COPY_MISSING' })
    expect(await clinic.manager.must('backup.state', {})).toMatchObject({
      proven: { at: null, failure: { code: 'COPY_MISSING' } },
    })
  })
})
