import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { many } from '../../db/records.ts'
import { Attachments } from '../../main/app/attachments.ts'
import { subKey } from '../../main/app/keyring.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import type { AttachmentId } from '../../shared/kernel/ids.ts'
import { newStore, storeNow, type TestStore } from '../support/store.ts'

const chunk = 65_536
const sealedChunk = 12 + chunk + 16

describe('an attachment', () => {
  test.for([0, 1, 26, chunk - 1, chunk, chunk + 1, 3 * chunk + 500])(
    'of %s bytes comes back as it was',
    async (size) => {
      const clinic = await newFiles()
      const bytes = randomBytes(size)
      const id = await add(clinic, bytes)
      const read = await clinic.files.read(clinic.store.db, id)
      expect(read?.bytes.equals(bytes)).toBe(true)
      expect(read?.mediaType).toBe('image/png')
    },
  )

  it('lies under a random name and without a readable byte', async () => {
    const clinic = await newFiles()
    const id = await add(clinic, Buffer.from('Wilhelmina Featherstone '.repeat(9000)))
    const [name = ''] = readdirSync(clinic.filesFolder)
    expect(name).toMatch(/^[0-9a-f]{32}$/)
    const sealed = readFileSync(join(clinic.filesFolder, name))
    for (const secret of ['Featherstone', 'Wilhelmina', id, 'image/png', clinic.key.toString('hex')])
      expect([secret, sealed.includes(secret)]).toEqual([secret, false])
    expect(sealed.includes(Buffer.from('Featherstone', 'utf16le'))).toBe(false)
  })

  it('is sealed anew each time, so that equal files do not look equal', async () => {
    const clinic = await newFiles()
    await add(clinic, Buffer.from('the same strokes'))
    await add(clinic, Buffer.from('the same strokes'))
    const [one, two] = readdirSync(clinic.filesFolder).map((name) => readFileSync(join(clinic.filesFolder, name)))
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(false)
  })

  it('that nobody knows is nothing', async () => {
    const clinic = await newFiles()
    expect(await clinic.files.read(clinic.store.db, 'unknown' as AttachmentId)).toBeNull()
  })

  it('has a row with its hash, length and maker, and that row never changes', async () => {
    const clinic = await newFiles()
    const id = await add(clinic, Buffer.from('strokes'))
    expect(await many(clinic.store.db, 'select id, media_type, bytes, made_at from attachment')).toEqual([
      { id, media_type: 'image/png', bytes: 7, made_at: storeNow },
    ])
    expect(() => clinic.store.driver.exec("update attachment set media_type = 'text/html'")).toThrow('append-only')
  })
})

describe('a sealed file', () => {
  it('is refused with any one byte flipped', async () => {
    const { clinic, id, path, sealed } = await oneFile(40)
    for (let place = 0; place < sealed.length; place += 1) {
      const changed = Buffer.from(sealed)
      changed[place] = (changed[place] ?? 0) ^ 1
      writeFileSync(path, changed)
      await expect(clinic.files.read(clinic.store.db, id), `byte ${place}`).rejects.toThrow()
    }
    writeFileSync(path, sealed)
    expect((await clinic.files.read(clinic.store.db, id))?.bytes).toHaveLength(40)
  })

  const harms: readonly (readonly [what: string, harm: (sealed: Buffer) => Buffer])[] = [
    ['cut by one byte', (sealed) => sealed.subarray(0, -1)],
    ['cut to its first byte', (sealed) => sealed.subarray(0, 1)],
    ['cut to nothing', () => Buffer.alloc(0)],
    ['cut after its first part', (sealed) => sealed.subarray(0, sealedChunk)],
    ['cut after its second part', (sealed) => sealed.subarray(0, 2 * sealedChunk)],
    ['cut within the mark of its last part', (sealed) => sealed.subarray(0, 2 * sealedChunk + 20)],
    ['longer by one byte', (sealed) => Buffer.concat([sealed, Buffer.alloc(1)])],
    ['given its last part twice', (sealed) => Buffer.concat([sealed, sealed.subarray(2 * sealedChunk)])],
    [
      'with two parts swapped',
      (sealed) =>
        Buffer.concat([
          sealed.subarray(sealedChunk, 2 * sealedChunk),
          sealed.subarray(0, sealedChunk),
          sealed.subarray(2 * sealedChunk),
        ]),
    ],
    [
      'with a part left out',
      (sealed) => Buffer.concat([sealed.subarray(0, sealedChunk), sealed.subarray(2 * sealedChunk)]),
    ],
    ['with a part given twice', (sealed) => Buffer.concat([sealed.subarray(0, sealedChunk), sealed])],
  ]
  test.for(harms)('is refused when %s', async ([, harm]) => {
    const { clinic, id, path, sealed } = await oneFile(2 * chunk + 100)
    writeFileSync(path, harm(sealed))
    await expect(clinic.files.read(clinic.store.db, id)).rejects.toThrow()
  })

  it('is refused in the place of another, under another key, and when it is gone', async () => {
    const { clinic, id, path, sealed } = await oneFile(100)
    const other = await add(clinic, randomBytes(100))
    const otherPath = readdirSync(clinic.filesFolder)
      .map((name) => join(clinic.filesFolder, name))
      .find((name) => name !== path)
    writeFileSync(otherPath ?? '', sealed)
    await expect(clinic.files.read(clinic.store.db, other)).rejects.toThrow()
    const stranger = new Attachments(host(), clinic.filesFolder, randomBytes(32))
    await expect(stranger.read(clinic.store.db, id)).rejects.toThrow()
    rmSync(path)
    await expect(clinic.files.read(clinic.store.db, id)).rejects.toThrow('lost its file')
  })

  it('is refused when the row of the store tells another hash', async () => {
    const { clinic, id } = await oneFile(100)
    clinic.store.driver.exec('drop trigger attachment_never_changes')
    clinic.store.driver.exec(`update attachment set sha256 = '${'0'.repeat(64)}'`)
    await expect(clinic.files.read(clinic.store.db, id)).rejects.toThrow('hash')
  })
})

describe('at the start of the program', () => {
  it('files whose row never came are swept away, and no other', async () => {
    const clinic = await newFiles()
    const id = await add(clinic, Buffer.from('kept'))
    const interrupted = clinic.write(async (trx) => {
      await addIn(clinic, trx, Buffer.from('never saved'))
      throw new Error('interrupted')
    })
    await expect(interrupted).rejects.toThrow('interrupted')
    writeFileSync(join(clinic.filesFolder, 'half.part'), 'half')
    mkdirSync(join(clinic.filesFolder, 'a folder'))
    expect(readdirSync(clinic.filesFolder)).toHaveLength(4)
    expect(await clinic.files.sweepOrphans(clinic.store.db)).toBe(3)
    expect(readdirSync(clinic.filesFolder)).toHaveLength(1)
    expect((await clinic.files.read(clinic.store.db, id))?.bytes.toString()).toBe('kept')
    expect(await clinic.files.sweepOrphans(clinic.store.db)).toBe(0)
  })
})

type Files = TestStore & { readonly files: Attachments; readonly filesFolder: string }

async function newFiles(): Promise<Files> {
  const clinic = await newStore()
  const filesFolder = join(clinic.folder, 'files')
  return { ...clinic, filesFolder, files: new Attachments(host(), filesFolder, subKey(clinic.key, 'attachment/v1')) }
}

function add(clinic: Files, bytes: Buffer): Promise<AttachmentId> {
  return clinic.write((trx) => addIn(clinic, trx, bytes))
}

function addIn({ files }: Files, trx: Parameters<Attachments['add']>[0], bytes: Buffer): Promise<AttachmentId> {
  return files.add(trx, { bytes, mediaType: 'image/png', at: storeNow, by: null, patientId: null })
}

async function oneFile(size: number) {
  const clinic = await newFiles()
  const id = await add(clinic, randomBytes(size))
  const path = join(clinic.filesFolder, readdirSync(clinic.filesFolder)[0] ?? '')
  return { clinic, id, path, sealed: readFileSync(path) }
}

function host() {
  return createMemoryHost({ folders: { data: '', scratch: '', logs: '' }, now: storeNow })
}
