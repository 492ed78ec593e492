import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { many } from '../../db/records.ts'
import { loadAllFeatures } from '../../main/features/index.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import { auditRows } from '../support/audit-rows.ts'
import { makeCopy } from '../support/backup.ts'
import { emptyHouse, newClinic, openWindow, password } from '../support/clinic.ts'
import { filesBelow, filesThatName } from '../support/name-scan.ts'
import { detailsOf, registerInput } from '../support/people.ts'
import { reopen } from '../support/reopen.ts'
import { type Procedure, procedures, sampleInput } from '../support/sample-input.ts'
import { scratchFolder } from '../support/store.ts'

/** Fifty invented surnames that look unlike each other and stand in no word of the program. */
const surnames = ['Quab', 'Zeph', 'Vioxl', 'Thraw', 'Wemk', 'Yogz', 'Krill', 'Juxta', 'Odeq', 'Flimb'].flatMap(
  (front) => ['ramwick', 'holzter', 'undsey', 'orndale', 'exley'].map((end) => `${front}${end}`),
)

describe('F1 after a day with fifty patients', () => {
  it('F1 no name stands in the store, its log, the copies or the program’s log, open, closed and copied', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    for (const [index, family] of surnames.entries()) {
      const bornOn = `${1940 + index}-0${1 + (index % 9)}-1${index % 9}`
      const details = detailsOf({
        family,
        given: `Ge${family.slice(2, 5)}ona`,
        bornOn,
        deskNotes: `${family} likes the early slot`,
      })
      await desk.must('patient.register', registerInput(details))
      await desk.must('patientSearch.find', { text: family.slice(0, 6) })
    }
    const disk = scratchFolder()
    await makeCopy(clinic.manager, disk)
    expect(existsSync(join(clinic.folder, 'data', 'store.db-wal'))).toBe(true)
    writeFileSync(join(clinic.folder, 'data', 'log'), JSON.stringify(clinic.host.logged))
    const names = surnames
    expect(filesThatName(clinic.folder, names)).toEqual([])
    expect(filesThatName(disk, names)).toEqual([])
    expect(filesBelow(disk).length).toBeGreaterThan(2)
    await clinic.app.close()
    expect(filesThatName(clinic.folder, names)).toEqual([])
    const { app } = await reopen(clinic)
    const rows = await many<{ n: number }>(app.services.storeLife.open.store.db, 'select count(*) as n from patient')
    expect(rows).toEqual([{ n: 50 }])
    // The control: the same search finds the name where it was put.
    writeFileSync(join(disk, 'planted'), `x${surnames[7]?.toUpperCase()}x`)
    expect(filesThatName(disk, names)).toEqual([`planted: ${surnames[7]} (UTF-8)`])
  })
})

describe('F2 a large sort', () => {
  it('F2 that is killed in the middle has left no name in any temporary file', async () => {
    const folder = scratchFolder()
    const script = fileURLToPath(new URL('./sort-child.ts', import.meta.url))
    const env = { ...process.env, TMPDIR: folder, SQLITE_TMPDIR: folder, TEMP: folder, TMP: folder }
    const child = spawn(process.execPath, [script, join(folder, 'store.db')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise((settle) => child.once('exit', settle))
    onTestFinished(() => void child.kill('SIGKILL'))
    await new Promise<void>((settle, fail) => {
      child.stdout.once('data', () => settle())
      child.once('exit', () => fail(new Error('the sort ended before it was killed')))
    })
    const unlinked = openFilesWithoutName(child.pid ?? 0)
    child.kill('SIGKILL')
    await ended
    expect(unlinked).toEqual([])
    expect(filesThatName(folder, ['Quillfeather'])).toEqual([])
    const bytes = filesBelow(folder).map((path) => statSync(join(folder, path)).size)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(1_000_000)
  })
})

/** Files that a process writes though nobody can see them in a folder: where sorts go that memory does not hold. */
function openFilesWithoutName(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((name) => readLink(join(folder, name)))
    .filter((target) => target.endsWith(' (deleted)') && !/memfd|shm|anon/.test(target))
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

describe('F3 an exception in a handler', () => {
  const secret = 'Wilhelmina Featherstone'

  it('F3 shows and logs a code and a reference, in every procedure of the contract, whatever its arguments held', async () => {
    const clinic = await newClinic()
    const people = new Map([['manager', clinic.manager]])
    for (const role of ['frontDesk', 'aesthetician', 'physician'] as const)
      people.set(role, (await clinic.hire([role])).window)
    const { app, host } = clinic
    Object.assign(host, { showBug: undefined })
    const wrong: unknown[] = []
    for (const procedure of procedures) {
      const restore = failing(procedure, secret)
      const window = openWindow(app)
      const { may } = procedure.definition
      const role = may === 'ANYONE' ? 'manager' : (rolesWith(may)[0] ?? 'manager')
      const state = people.get(role)?.connection.state
      if (state) window.connection.state = state
      const input = withPassword(sampleInput(procedure.definition.input))
      const reply = await app.call(
        window.connection,
        JSON.stringify({ name: procedure.name, input, key: randomUUID() }),
      )
      app.services.connections.delete(window.connection)
      restore()
      if (!/^\{"ok":false,"refusal":\{"code":"INTERNAL","facts":\{"ref":"[0-9a-f]{8}"\}\}\}$/.test(reply))
        wrong.push([procedure.name, reply.slice(0, 200)])
    }
    expect(wrong).toEqual([])
    expect(host.logged.filter(({ event }) => event === 'dispatch.fault').map(({ procedure }) => procedure)).toEqual(
      procedures.map(({ name }) => name),
    )
    expect(JSON.stringify(host.logged)).not.toMatch(/Featherstone|Lantern|quiet harbour/)
    expect(JSON.stringify(await auditRows(app))).not.toMatch(/Featherstone|quiet harbour/)
  })

  it('F3 of the sample clinic is told no other way', async () => {
    const { app, host } = await emptyHouse()
    Object.assign(host, { showBug: undefined })
    const [first] = procedures.filter(({ name }) => name === 'clinic.openSample')
    if (!first) throw new Error('there is no sample')
    const restore = failing(first, secret)
    const reply = await openWindow(app).call('clinic.openSample', { reset: false })
    restore()
    expect(JSON.stringify([reply, host.logged])).not.toContain('Featherstone')
  })
})

const features = await loadAllFeatures()

/** The handler throws with everything it was given, wherever it would begin; returns the way back. */
function failing({ name, feature }: Procedure, secret: string): () => void {
  const group = features.get(feature)?.handlers as Record<string, unknown> | undefined
  const member = name.slice(feature.length + 1)
  if (!group) throw new Error(`${feature} has no handlers`)
  const real = group[member]
  const fail = async (...given: readonly unknown[]) => {
    throw new Error(`${secret}: ${JSON.stringify(given.at(-1))}`)
  }
  if (typeof real === 'function') group[member] = fail
  else if (real && typeof real === 'object' && 'outside' in real) group[member] = { outside: fail }
  else group[member] = { prepare: fail, run: fail }
  return () => {
    group[member] = real
  }
}

/** Where it signs, the door proves the person before the handler begins. */
function withPassword(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'reauth' in input
    ? { ...input, reauth: { method: 'PASSWORD', password } }
    : input
}
