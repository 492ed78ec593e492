import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { appendAudit } from '../../db/audit/write.ts'
import { type CopyOptions, type CopyReport, copyStore, type OnCopyPhase } from '../../db/copy.ts'
import { isManifestAuthentic, readManifest } from '../../db/copy-manifest.ts'
import { codeOf, openStore } from '../../db/open.ts'
import { insertRow, many } from '../../db/records.ts'
import { Attachments } from '../../main/app/attachments.ts'
import { keysOfWorker, workerKeys } from '../../main/app/backup-work.ts'
import { subKey } from '../../main/app/keyring.ts'
import { runWorker } from '../../main/app/workers.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import { fingerprint, newStore, scratchFolder, storeNow, type TestStore } from '../support/store.ts'

it('opens with the same key, with its attachments, its keyring and what it says of itself beside it', async () => {
  const clinic = await clinicWithFiles()
  const target = join(scratchFolder(), "Praxis' Sicherung; $(date) %41")
  mkdirSync(target)
  const report = await copy(clinic, target)
  const folder = join(target, 'copy')
  expect(report).toMatchObject({
    folder,
    bytes: statSync(join(folder, 'store.db')).size,
    sha256: fingerprint(folder)['store.db'],
    patients: 0,
    auditRows: 1,
    files: 1,
    linkedFiles: 0,
    missingFiles: 0,
    letGo: 0,
  })
  expect(readdirSync(folder).sort()).toEqual(['files', 'keyring.json', 'manifest.json', 'store.db'])
  expect(readFileSync(join(folder, 'keyring.json'), 'utf8')).toBe('{"v":1}')
  const manifest = readManifest(folder)
  if (!manifest) throw new Error('no manifest')
  expect(isManifestAuthentic(manifest, subKey(clinic.key, 'manifest/v1'))).toBe(true)
  expect(isManifestAuthentic({ ...manifest, epoch: 7 }, subKey(clinic.key, 'manifest/v1'))).toBe(false)
  expect(isManifestAuthentic(manifest, randomBytes(32))).toBe(false)
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
  const { folder } = await copy(clinic, scratchFolder())
  const store = openStore({ path: join(folder, 'store.db'), key: clinic.key })
  expect(await many(store.db, "select value from store_fact where name = 'late'")).toEqual([{ value: 'yes' }])
  await store.close()
})

it('holds nothing in the clear and changes nothing of the records', async () => {
  const clinic = await clinicWithFiles()
  const before = fingerprint(join(clinic.folder, 'files'))
  const { folder } = await copy(clinic, scratchFolder())
  for (const path of Object.keys(fingerprint(folder))) {
    const bytes = readFileSync(join(folder, path))
    for (const secret of ['Featherstone', 'strokes of a', clinic.key.toString('hex'), 'SQLite format'])
      expect([path, bytes.includes(secret)]).toEqual([path, false])
  }
  expect(fingerprint(join(clinic.folder, 'files'))).toEqual(before)
})

describe('sealed files', () => {
  it('that an earlier copy holds whole are kept, not written again', async () => {
    const clinic = await clinicWithFiles()
    const target = scratchFolder()
    const first = await copy(clinic, target, { name: 'first' })
    await addFile(clinic, 'a second document')
    const second = await copy(clinic, target, { name: 'second', at: '2026-08-04T10:00:00.000Z' })
    expect(second).toMatchObject({ files: 2, linkedFiles: 1 })
    const [name = ''] = readdirSync(join(first.folder, 'files'))
    expect(statSync(join(second.folder, 'files', name)).ino).toBe(statSync(join(first.folder, 'files', name)).ino)
  })

  it('that were damaged in the earlier copy are written anew', async () => {
    const clinic = await clinicWithFiles()
    const target = scratchFolder()
    const first = await copy(clinic, target, { name: 'first' })
    const [name = ''] = readdirSync(join(first.folder, 'files'))
    const damaged = readFileSync(join(first.folder, 'files', name))
    damaged[20] = (damaged[20] ?? 0) ^ 1
    writeFileSync(join(first.folder, 'files', name), damaged)
    const second = await copy(clinic, target, { name: 'second', at: '2026-08-04T10:00:00.000Z' })
    expect(second).toMatchObject({ files: 1, linkedFiles: 0 })
    expect(readFileSync(join(second.folder, 'files', name))).toEqual(readFileSync(join(clinic.folder, 'files', name)))
  })

  it('that are already missing are counted, and the copy is made all the same', async () => {
    const clinic = await clinicWithFiles()
    for (const name of readdirSync(join(clinic.folder, 'files'))) rmSync(join(clinic.folder, 'files', name))
    expect((await copy(clinic, scratchFolder())).missingFiles).toBe(1)
  })
})

describe('older copies', () => {
  it('go by the rotation once a newer one is whole, and those of another clinic stay', async () => {
    const clinic = await clinicWithFiles()
    const target = scratchFolder()
    mkdirSync(join(target, 'holiday pictures'))
    mkdirSync(join(target, '.part-ffffffff-of another clinic'))
    for (const hour of ['15', '16', '17'])
      await copy(clinic, target, { name: `at ${hour}`, at: `2026-08-03T${hour}:00:00.000Z` })
    expect(readdirSync(target)).toHaveLength(5)
    await copy(clinic, target, { name: 'next day', at: '2026-08-04T17:00:00.000Z' })
    expect(readdirSync(target).sort()).toEqual([
      '.part-ffffffff-of another clinic',
      'at 17',
      'holiday pictures',
      'next day',
    ])
  })

  it('whose own account does not fit are nobody’s to delete', async () => {
    const clinic = await clinicWithFiles()
    const target = scratchFolder()
    const { folder } = await copy(clinic, target, { name: 'first', at: '2026-08-03T08:00:00.000Z' })
    const path = join(folder, 'manifest.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"epoch": 0', '"epoch": 1'))
    await copy(clinic, target, { name: 'second', at: '2026-08-03T09:00:00.000Z' })
    expect(readdirSync(target).sort()).toEqual(['first', 'second'])
  })
})

describe('F40 a backup that cannot be made', () => {
  it('F40 is refused where its name is taken, and touches nothing there', async () => {
    const clinic = await clinicWithFiles()
    const target = scratchFolder()
    mkdirSync(join(target, 'copy'))
    writeFileSync(join(target, 'copy', 'store.db'), 'last week')
    expect(await codeOfCopy(clinic, target)).toBe('FOLDER_NOT_EMPTY')
    expect(readFileSync(join(target, 'copy', 'store.db'), 'utf8')).toBe('last week')
    expect(readdirSync(target)).toEqual(['copy'])
  })

  it('F40 is refused where its disk is not there', async () => {
    const clinic = await clinicWithFiles()
    expect(await codeOfCopy(clinic, join(scratchFolder(), 'unplugged'))).toBe('FOLDER_MISSING')
  })

  const phases = ['COPYING', 'CHECKING', 'FILES', 'NAMING'] as const
  test.for(phases)('F40 leaves the earlier one whole and no other when it fails at %s', async (wanted) => {
    const clinic = await clinicWithFiles()
    const target = scratchFolder()
    await copy(clinic, target, { name: 'earlier', at: '2026-08-03T08:00:00.000Z' })
    const before = fingerprint(target)
    const failing = copy(clinic, target, { name: 'later', at: '2026-08-03T09:00:00.000Z' }, (phase) => {
      if (phase === wanted) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    })
    await expect(failing).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(readdirSync(target)).toEqual(['earlier'])
    expect(fingerprint(target)).toEqual(before)
  })

  it('F40 clears away what an earlier run was killed over, once a newer one is whole', async () => {
    const clinic = await clinicWithFiles()
    const target = scratchFolder()
    const left = join(target, `.part-${storeId.slice(0, 8)}-left`)
    mkdirSync(left)
    writeFileSync(join(left, 'store.db'), 'half')
    expect(await codeOfCopy({ ...clinic, key: randomBytes(32) }, target)).not.toBe('ok')
    expect(readdirSync(target)).toHaveLength(1)
    await copy(clinic, target)
    expect(readdirSync(target)).toEqual(['copy'])
  })

  it('F40 is refused where the records lost rows that may never go', async () => {
    const clinic = await clinicWithFiles()
    const target = scratchFolder()
    await copy(clinic, target, { name: 'first' })
    const { driver } = clinic.store
    driver.exec('drop trigger audit_entry_never_goes')
    driver.exec('delete from audit_entry')
    driver.exec(
      "create trigger audit_entry_never_goes before delete on audit_entry begin select raise(abort, 'no'); end",
    )
    const code = await codeOfCopy(clinic, target, { name: 'second', at: '2026-08-04T08:00:00.000Z' })
    expect(code).toBe('COPY_ROWS_MISSING')
    expect(readdirSync(target)).toEqual(['first'])
  })

  it('F40 is refused where the store is damaged, and the damage is not handed on', async () => {
    const clinic = await clinicWithFiles()
    await clinic.write(async (trx) => {
      for (let row = 0; row < 400; row += 1)
        await insertRow(trx, 'store_fact', { name: `fact ${row}`, value: 'x'.repeat(200) })
    })
    await clinic.store.close()
    const bytes = readFileSync(clinic.path)
    randomBytes(4096).copy(bytes, bytes.length - 3 * 4096)
    writeFileSync(clinic.path, bytes)
    const target = scratchFolder()
    await expect(copy(clinic, target)).rejects.toThrow()
    expect(readdirSync(target)).toEqual([])
  })

  it('F40 is refused with another key than the store’s', async () => {
    const clinic = await clinicWithFiles()
    const target = scratchFolder()
    await expect(copy({ ...clinic, key: randomBytes(32) }, target)).rejects.toThrow('WRONG_KEY')
    expect(readdirSync(target)).toEqual([])
  })
})

it('is made by a worker of its own while the store stays in use', async () => {
  const clinic = await clinicWithFiles()
  const target = scratchFolder()
  const phases: string[] = []
  const input = { ...options(clinic, target), keys: workerKeys(clinic.key) }
  const making = runWorker(memoryHost(), 'copy', input, ({ phase }) => phases.push(phase))
  await clinic.write((trx) => insertRow(trx, 'store_fact', { name: 'meanwhile', value: 'saved' }))
  const report = (await making) as CopyReport
  expect(report).toMatchObject({ folder: join(target, 'copy'), auditRows: 1, missingFiles: 0 })
  expect([...new Set(phases)]).toEqual(['COPYING', 'CHECKING', 'FILES', 'NAMING'])
  expect(existsSync(join(target, 'copy', 'store.db'))).toBe(true)
  await expect(runWorker(memoryHost(), 'copy', input)).rejects.toMatchObject({ code: 'FOLDER_NOT_EMPTY' })
})

const storeId = '5f1c2a77-0000-4000-8000-000000000001'

type ClinicWithFiles = TestStore & { readonly attachmentId: Awaited<ReturnType<Attachments['add']>> }

async function clinicWithFiles(): Promise<ClinicWithFiles> {
  const clinic = await newStore()
  await clinic.write(async (trx) => {
    await insertRow(trx, 'store_fact', { name: 'store_id', value: storeId })
    await insertRow(trx, 'store_fact', { name: 'clinic_name', value: 'Wilhelmina Featherstone' })
    await appendAudit(trx, subKey(clinic.key, 'audit-hmac/v1'), {
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
  })
  return { ...clinic, attachmentId: await addFile(clinic, 'the strokes of a signature') }
}

function addFile(clinic: TestStore, text: string): ReturnType<Attachments['add']> {
  const files = new Attachments(memoryHost(), join(clinic.folder, 'files'), subKey(clinic.key, 'attachment/v1'))
  return clinic.write((trx) =>
    files.add(trx, { bytes: Buffer.from(text), mediaType: 'image/png', at: storeNow, by: null, patientId: null }),
  )
}

function options({ path, key }: Pick<TestStore, 'path' | 'key'>, target: string): CopyOptions {
  return {
    storePath: path,
    storeId,
    keys: keysOfWorker(workerKeys(key)),
    target,
    name: 'copy',
    reason: 'DEMAND',
    at: storeNow,
    timeZone: 'America/Chicago',
    appVersion: '0.1.0',
    keyring: { text: '{"v":1}', kinds: ['passphrase'] },
  }
}

function copy(
  clinic: Pick<TestStore, 'path' | 'key'>,
  target: string,
  changes: Partial<CopyOptions> = {},
  onPhase: OnCopyPhase = () => undefined,
): Promise<CopyReport> {
  return copyStore({ ...options(clinic, target), ...changes }, onPhase)
}

async function codeOfCopy(
  clinic: Pick<TestStore, 'path' | 'key'>,
  target: string,
  changes: Partial<CopyOptions> = {},
): Promise<string> {
  try {
    await copy(clinic, target, changes)
    return 'ok'
  } catch (error) {
    return codeOf(error)
  }
}

function memoryHost() {
  return createMemoryHost({ folders: { data: '', scratch: '', logs: '' }, now: storeNow })
}
