import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Reader, Trx } from '../../db/open.ts'
import { insertRow, many, one } from '../../db/records.ts'
import type { AttachmentTable } from '../../db/tables/core.ts'
import type { AttachmentId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Host } from '../hosts/host.ts'
import { syncFolder } from './keyring.ts'

const chunkBytes = 65_536
const nonceBytes = 12
const tagBytes = 16

/**
 * Signature images and documents. The content lies as a sealed file under `files/`: AES-256-GCM in chunks, each bound to
 * its place and to the last one, so that no byte can change, move or go missing unseen. Never in clear on disk.
 */
export class Attachments {
  readonly #host: Host
  readonly #folder: string
  readonly #key: Buffer

  constructor(host: Host, folder: string, key: Buffer) {
    this.#host = host
    this.#folder = folder
    this.#key = key
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** The file is complete and renamed before its row is written, so a committed row always has its file. */
  async add(
    trx: Trx,
    {
      bytes,
      mediaType,
      at,
      by,
      patientId,
    }: { bytes: Buffer; mediaType: string; at: Instant; by: StaffId | null; patientId: PatientId | null },
  ): Promise<AttachmentId> {
    const id = this.#host.newId() as AttachmentId
    const fileName = this.#host.randomBytes(16).toString('hex')
    this.#writeSealed(fileName, id, bytes)
    await insertRow(trx, 'attachment', {
      id,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      media_type: mediaType,
      bytes: bytes.length,
      file_name: fileName,
      made_at: at,
      made_by: by,
      patient_id: patientId,
    })
    return id
  }

  /** Opens and checks the content against its row; throws where a byte differs. Null where there is no such row. */
  async read(
    reader: Reader,
    id: AttachmentId,
  ): Promise<{ mediaType: string; bytes: Buffer; patientId: PatientId | null } | null> {
    const row = await one<AttachmentTable>(reader, 'select * from attachment where id = ?', [id])
    if (!row) return null
    const bytes = this.#readSealed(row.file_name, id)
    if (createHash('sha256').update(bytes).digest('hex') !== row.sha256)
      throw new Error(`attachment ${id} does not match its hash`)
    return { mediaType: row.media_type, bytes, patientId: row.patient_id }
  }

  /** Removes files whose row never committed. Returns how many. */
  async sweepOrphans(reader: Reader): Promise<number> {
    const rows = await many<{ file_name: string }>(reader, 'select file_name from attachment order by file_name')
    const known = new Set(rows.map((row) => row.file_name))
    const orphans = readdirSync(this.#folder).filter((name) => !known.has(name))
    for (const name of orphans) rmSync(join(this.#folder, name), { recursive: true, force: true })
    return orphans.length
  }

  /** After this nothing is read or added any more. */
  forgetKey(): void {
    this.#key.fill(0)
  }

  #writeSealed(fileName: string, id: AttachmentId, bytes: Buffer): void {
    const temporary = join(this.#folder, `${fileName}.part`)
    const handle = openSync(temporary, 'wx', 0o600)
    try {
      const chunks = Math.max(1, Math.ceil(bytes.length / chunkBytes))
      for (let index = 0; index < chunks; index += 1) {
        const nonce = this.#host.randomBytes(nonceBytes)
        const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
        cipher.setAAD(chunkPlace(id, index, index === chunks - 1))
        const part = bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes)
        writeFileSync(handle, Buffer.concat([nonce, cipher.update(part), cipher.final(), cipher.getAuthTag()]))
      }
      fsyncSync(handle)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    } finally {
      closeSync(handle)
    }
    renameSync(temporary, join(this.#folder, fileName))
    syncFolder(this.#folder)
  }

  #readSealed(fileName: string, id: AttachmentId): Buffer {
    const path = join(this.#folder, fileName)
    if (!existsSync(path)) throw new Error(`attachment ${id} lost its file`)
    const sealed = readFileSync(path)
    const stride = nonceBytes + chunkBytes + tagBytes
    const lastBytes = sealed.length % stride
    if (sealed.length === 0 || (lastBytes > 0 && lastBytes < nonceBytes + tagBytes))
      throw new Error(`attachment ${id} was cut`)
    const parts: Buffer[] = []
    for (let at = 0; at < sealed.length; at += stride) {
      const chunk = sealed.subarray(at, at + stride)
      const decipher = createDecipheriv('aes-256-gcm', this.#key, chunk.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAAD(chunkPlace(id, at / stride, at + stride >= sealed.length))
      decipher.setAuthTag(chunk.subarray(chunk.length - tagBytes))
      parts.push(decipher.update(chunk.subarray(nonceBytes, chunk.length - tagBytes)), decipher.final())
    }
    return Buffer.concat(parts)
  }
}

function chunkPlace(id: AttachmentId, index: number, isLast: boolean): Buffer {
  return Buffer.from(`countersign|attachment|${id}|${index}|${isLast ? 'last' : 'more'}`)
}
