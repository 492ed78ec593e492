import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../main/app/create-app.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import { buildSample } from '../../main/sample.ts'
import { newClinic, openWindow, password, type TestClinic, type Window } from '../support/clinic.ts'

async function endOf(window: Window, jobId: string) {
  for (;;) {
    const state = await window.must('backup.job', { jobId })
    if (state.kind !== 'RUNNING') return state
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function targetFolder(clinic: TestClinic): string {
  const folder = join(clinic.folder, 'stick with spaces')
  mkdirSync(folder)
  return folder
}

describe('a copy of the records', () => {
  it('is made into a new folder, checked, and remembered', async () => {
    const clinic = await newClinic()
    const target = targetFolder(clinic)
    expect(await clinic.manager.must('backup.state', {})).toMatchObject({ standing: 'NEVER', last: null })
    const { jobId, folder } = await clinic.manager.must('backup.makeCopy', { folder: target })
    const end = await endOf(clinic.manager, jobId)
    expect(end).toMatchObject({ kind: 'DONE', report: { of: 'COPY', folder } })
    expect(readdirSync(folder).sort()).toEqual(['files', 'keyring.json', 'manifest.json', 'store.db'])
    expect(await clinic.manager.must('backup.state', {})).toMatchObject({
      standing: 'DONE',
      last: { folder, at: clinic.host.now() },
      runningJobId: null,
    })
    expect(await clinic.manager.must('clinic.status', {})).toMatchObject({ store: { lastCopyAt: clinic.host.now() } })
    const { rows } = await clinic.manager.must('audit.list', {
      fromOn: null,
      untilOn: null,
      actorId: clinic.managerId,
      chartNumber: null,
      action: 'backup.',
      category: null,
      outcome: null,
      sort: 'seq',
      order: 'DESCENDING',
      after: null,
      limit: 10,
    })
    expect(rows.map((row) => row.action)).toEqual(['backup.made', 'backup.start'])
  })

  it('opens on another computer with the passphrase of the clinic, people and all', async () => {
    const clinic = await newClinic()
    const { jobId, folder } = await clinic.manager.must('backup.makeCopy', { folder: targetFolder(clinic) })
    await endOf(clinic.manager, jobId)
    const host = createMemoryHost({
      folders: { data: folder, scratch: join(clinic.folder, 'other-scratch'), logs: join(clinic.folder, 'other-logs') },
      now: clinic.host.now(),
    })
    const app = await createApp({ host, buildSample })
    const window = openWindow(app)
    await window.must('clinic.unlockStore', { passphrase: 'seven grey herons stand still' })
    expect(await window.must('signIn.withPassword', { signInName: 'greta', password })).toMatchObject({
      person: { printedName: 'Greta Ansbach' },
    })
    await app.close()
  })

  it('is asked for again after two days', async () => {
    const clinic = await newClinic()
    const { jobId } = await clinic.manager.must('backup.makeCopy', { folder: targetFolder(clinic) })
    await endOf(clinic.manager, jobId)
    clinic.host.advanceMinutes(49 * 60)
    const later = openWindow(clinic.app)
    await later.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await later.must('backup.state', {})).toMatchObject({ standing: 'LATE' })
  })

  it('is the manager’s to make, and not beside or inside the records themselves', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const folder = targetFolder(clinic)
    expect(await desk.code('backup.makeCopy', { folder })).toBe('DENIED')
    expect(await desk.code('backup.chooseFolder', {})).toBe('DENIED')
    expect(await desk.code('backup.state', {})).toBe('ok')
    const code = (where: string) => clinic.manager.code('backup.makeCopy', { folder: where })
    expect(await code('copies')).toBe('FOLDER_NOT_ABSOLUTE')
    expect(await code(join(clinic.folder, 'nowhere'))).toBe('FOLDER_MISSING')
    expect(await code(join(clinic.folder, 'data'))).toBe('FOLDER_INSIDE_RECORDS')
    expect(await code(join(clinic.folder, 'data', 'files', '..'))).toBe('FOLDER_INSIDE_RECORDS')
    expect(await code(' ')).toBe('INVALID_INPUT')
  })

  it('that fails leaves nothing that could pass for a copy and says why', async () => {
    const clinic = await newClinic()
    const target = targetFolder(clinic)
    const taken = join(
      target,
      `countersign-copy-${clinic.host.now().slice(0, 19).replaceAll(':', '').replace('T', '-')}`,
    )
    mkdirSync(join(taken, 'something else'), { recursive: true })
    const { jobId } = await clinic.manager.must('backup.makeCopy', { folder: target })
    expect(await endOf(clinic.manager, jobId)).toEqual({ kind: 'FAILED', code: 'FOLDER_NOT_EMPTY' })
    expect(existsSync(join(taken, 'store.db'))).toBe(false)
    expect(await clinic.manager.must('backup.state', {})).toMatchObject({ standing: 'NEVER', runningJobId: null })
  })
})

describe('long work', () => {
  it('that nobody knows is said to be unknown, and cancelling it is on record', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const jobId = crypto.randomUUID()
    expect(await desk.must('backup.job', { jobId })).toEqual({ kind: 'UNKNOWN' })
    expect(await desk.code('backup.job', { jobId: 'seven' })).toBe('INVALID_INPUT')
    expect(await desk.code('backup.cancelJob', { jobId })).toBe('ok')
    expect(await openWindow(clinic.app).code('backup.job', { jobId })).toBe('SIGNED_OUT')
  })

  it('offers typing a path where the host has no folder window', async () => {
    const clinic = await newClinic()
    expect(await clinic.manager.must('backup.chooseFolder', {})).toEqual({ folder: null, isSupported: false })
  })
})
