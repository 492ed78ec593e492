import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, test } from 'vitest'
import { appendAudit } from '../../db/audit/write.ts'
import { type CopyReport, copyStore } from '../../db/copy.ts'
import { codeOf, openStore } from '../../db/open.ts'
import { insertRow, many } from '../../db/records.ts'
import { Attachments } from '../../main/app/attachments.ts'
import { subKey } from '../../main/app/keyring.ts'
import { runWorker } from '../../main/app/workers.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import { fingerprint, newStore, scratchFolder, storeNow, type TestStore } from '../support/store.ts'

it('opens with the same key, with its attachments and its keyring beside it', async () => {
  const clinic = await clinicWithFiles()
  const folder = join(scratchFolder(), "Praxis' Sicherung; $(date) %41")
  const report = copy(clinic, folder)
  expect(report).toEqual({
    folder,
    bytes: readFileSync(join(folder, 'store.db')).length,
    sha256: fingerprint(folder)['store.db'],
    patients: 0,
    auditRows: 1,
    missingFiles: 0,
  })
  expect(readdirSync(folder).sort()).toEqual(['files', 'keyring.json', 'store.db'])
  expect(readFileSync(join(folder, 'keyring.json'), 'utf8')).toBe('{"v":1}')
  const store = openStore({ path: join(folder, 'store.db'), key: clinic.key })
  expect(await many(store.db, "select value from store_fact where name = 'clinic_name'")).toEqual([
    { value: 'Wilhelmina Featherstone' },
  ])
  const files = new Attachments(memoryHost(), join(folder, 'files'), subKey(clinic.key, 'attachment/v1'))
  expect((await files.read(store.db, clinic.attachmentId))?.bytes.toString()).toBe('the strokes of a signature')
  await store.close()
})

it('holds what was saved up to that moment, also where it still lay in the log of changes', async () => {
  const clinic = await clinicWithFiles()
  await clinic.write((trx) => insertRow(trx, 'store_fact', { name: 'late', value: 'yes' }))
  expect(readFileSync(join(clinic.folder, 'store.db-wal')).length).toBeGreaterThan(0)
  const folder = join(scratchFolder(), 'copy')
  copy(clinic, folder)
  const store = openStore({ path: join(folder, 'store.db'), key: clinic.key })
  expect(await many(store.db, "select value from store_fact where name = 'late'")).toEqual([{ value: 'yes' }])
  await store.close()
})

it('holds nothing in the clear and changes nothing of the records', async () => {
  const clinic = await clinicWithFiles()
  const before = fingerprint(join(clinic.folder, 'files'))
  const folder = join(scratchFolder(), 'copy')
  copy(clinic, folder)
  for (const path of Object.keys(fingerprint(folder))) {
    const bytes = readFileSync(join(folder, path))
    for (const secret of ['Featherstone', 'strokes of a', clinic.key.toString('hex'), 'SQLite format'])
      expect([path, bytes.includes(secret)]).toEqual([path, false])
  }
  expect(fingerprint(join(clinic.folder, 'files'))).toEqual(before)
  expect(await many(clinic.store.db, 'select count(*) as n from store_fact')).toEqual([{ n: 1 }])
})

it('says how many sealed files were already missing, and is made all the same', async () => {
  const clinic = await clinicWithFiles()
  for (const name of readdirSync(join(clinic.folder, 'files'))) rmSync(join(clinic.folder, 'files', name))
  expect(copy(clinic, join(scratchFolder(), 'copy')).missingFiles).toBe(1)
})

it('refuses a folder in which something lies, and touches nothing there', async () => {
  const clinic = await clinicWithFiles()
  const folder = scratchFolder()
  writeFileSync(join(folder, 'store.db'), 'last week')
  expect(codeThrownBy(() => copy(clinic, folder))).toBe('FOLDER_NOT_EMPTY')
  expect(readFileSync(join(folder, 'store.db'), 'utf8')).toBe('last week')
  expect(readdirSync(folder)).toEqual(['store.db'])
})

const failures: readonly (readonly [what: string, harm: (clinic: ClinicWithFiles, phase: string) => void])[] = [
  ['before it is begun', (_, phase) => stopAt(phase, 'COPYING')],
  ['before it is checked', (_, phase) => stopAt(phase, 'CHECKING')],
  [
    'while its files are copied',
    ({ folder }, phase) => {
      // A folder where a sealed file belongs cannot be copied as one.
      if (phase === 'CHECKING') mkdirSync(join(folder, 'files', 'not-a-file'))
    },
  ],
]
test.for(failures)(
  'leaves nothing behind when it fails %s, neither in a new folder nor in an empty one',
  async ([, harm]) => {
    for (const isThere of [false, true]) {
      const clinic = await clinicWithFiles()
      const parent = scratchFolder()
      const folder = join(parent, 'copy')
      if (isThere) mkdirSync(folder)
      expect(() =>
        copyStore({ storePath: clinic.path, key: clinic.key, folder }, (phase) => harm(clinic, phase)),
      ).toThrow()
      expect(readdirSync(parent)).toEqual(isThere ? ['copy'] : [])
      if (isThere) expect(readdirSync(folder)).toEqual([])
    }
  },
)

it('is refused where the store is damaged, and the damage is not handed on', async () => {
  const clinic = await clinicWithFiles()
  await clinic.write(async (trx) => {
    for (let row = 0; row < 400; row += 1)
      await insertRow(trx, 'store_fact', { name: `fact ${row}`, value: 'x'.repeat(200) })
  })
  await clinic.store.close()
  const bytes = readFileSync(clinic.path)
  randomBytes(4096).copy(bytes, bytes.length - 3 * 4096)
  writeFileSync(clinic.path, bytes)
  const folder = join(scratchFolder(), 'copy')
  expect(() => copy(clinic, folder)).toThrow()
  expect(existsSync(folder)).toBe(false)
})

it('needs the key of the store', async () => {
  const clinic = await clinicWithFiles()
  const folder = join(scratchFolder(), 'copy')
  expect(() => copy({ ...clinic, key: randomBytes(32) }, folder)).toThrow('WRONG_KEY')
  expect(existsSync(folder)).toBe(false)
})

it('is made by a worker of its own while the store stays in use', async () => {
  const clinic = await clinicWithFiles()
  const folder = join(scratchFolder(), 'copy')
  const phases: string[] = []
  const input = { storePath: clinic.path, key: clinic.key.toString('hex'), folder }
  const making = runWorker(memoryHost(), 'copy', input, ({ phase }) => phases.push(phase))
  await clinic.write((trx) => insertRow(trx, 'store_fact', { name: 'meanwhile', value: 'saved' }))
  const report = (await making) as CopyReport
  expect(report).toMatchObject({ folder, auditRows: 1, missingFiles: 0 })
  expect(phases).toEqual(['COPYING', 'CHECKING'])
  expect(existsSync(join(folder, 'store.db'))).toBe(true)
  await expect(runWorker(memoryHost(), 'copy', input)).rejects.toMatchObject({ code: 'FOLDER_NOT_EMPTY' })
})

type ClinicWithFiles = TestStore & { readonly attachmentId: Awaited<ReturnType<Attachments['add']>> }

async function clinicWithFiles(): Promise<ClinicWithFiles> {
  const clinic = await newStore()
  writeFileSync(join(clinic.folder, 'keyring.json'), '{"v":1}')
  const files = new Attachments(memoryHost(), join(clinic.folder, 'files'), subKey(clinic.key, 'attachment/v1'))
  const attachmentId = await clinic.write(async (trx) => {
    await insertRow(trx, 'store_fact', { name: 'clinic_name', value: 'Wilhelmina Featherstone' })
    await appendAudit(trx, Buffer.alloc(32, 9), {
      at: storeNow,
      offset_min: 0,
      actor_id: null,
      roles: '',
      sign_in_id: null,
      connection_id: null,
      app_version: '0',
      action: 'a',
      subject: 's',
      subject_id: randomUUID(),
      version_id: null,
      version_before_id: null,
      patient_id: null,
      outcome: 'DONE',
      reason: null,
    })
    const bytes = Buffer.from('the strokes of a signature')
    return files.add(trx, { bytes, mediaType: 'image/png', at: storeNow, by: null, patientId: null })
  })
  return { ...clinic, attachmentId }
}

function copy({ path, key }: Pick<TestStore, 'path' | 'key'>, folder: string): CopyReport {
  return copyStore({ storePath: path, key, folder }, () => undefined)
}

function memoryHost() {
  return createMemoryHost({ folders: { data: '', scratch: '', logs: '' }, now: storeNow })
}

function stopAt(phase: string, wanted: string): void {
  if (phase === wanted) throw new Error('interrupted')
}

function codeThrownBy(work: () => unknown): string {
  try {
    work()
    return ''
  } catch (error) {
    return codeOf(error)
  }
}
