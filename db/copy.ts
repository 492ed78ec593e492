import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BackupReason, backupsToLetGo } from '../shared/domain/backup.ts'
import { dateInZone, type Instant } from '../shared/kernel/time.ts'
import { checkStoreFile, type StoreKeys, selectAuditHead, shrunkTables } from './copy-check.ts'
import { CopyFault } from './copy-fault.ts'
import { copySealedFiles, sha256OfFile, syncFile, syncFolder } from './copy-files.ts'
import {
  type AuditHead,
  type FoundCopy,
  findCopies,
  isManifestAuthentic,
  type Manifest,
  manifestName,
  sealManifest,
  writeManifest,
} from './copy-manifest.ts'
import { lastingTables } from './lasting-tables.ts'
import { openStore } from './open.ts'
import { one } from './records.ts'

export type CopyOptions = {
  readonly storePath: string
  readonly storeId: string
  readonly keys: StoreKeys
  /** The folder that holds the copies; it must be there. */
  readonly target: string
  /** The copy's own folder below `target`. */
  readonly name: string
  readonly reason: BackupReason
  readonly at: Instant
  readonly timeZone: string
  readonly appVersion: string
  /** Text of the keyring that goes with the copy, and the kinds of its slots; null where none of them may travel. */
  readonly keyring: { readonly text: string; readonly kinds: readonly string[] } | null
}

export type CopyReport = {
  /** The folder that now holds `store.db`, `keyring.json`, `manifest.json` and `files/`. */
  readonly folder: string
  readonly bytes: number
  readonly sha256: string
  readonly patients: number
  readonly auditRows: number
  readonly auditHead: AuditHead
  readonly files: number
  /** Files of an earlier copy that were found whole and kept instead of being written again. */
  readonly linkedFiles: number
  /** Attachments whose sealed file was already gone from the records folder, and so is not in the copy either. */
  readonly missingFiles: number
  readonly signaturesChecked: number
  /** Older copies that were let go. */
  readonly letGo: number
}

export type CopyPhase = 'COPYING' | 'CHECKING' | 'FILES' | 'NAMING'
export type OnCopyPhase = (phase: CopyPhase, done: number, total: number | null) => void

/**
 * A verified copy of the open store. Everything is made in a folder that bears no final name: `VACUUM INTO`, opened again
 * with the key and proved, sealed files linked or copied and read back, keyring and manifest beside it, all synced; then
 * the folder is renamed. Whatever fails, the half-made copy goes and older ones stay. Only a run that came this far lets
 * older copies go. `db.backup()` would leave an empty file here, and a plain file copy of a store in use is broken.
 */
export async function copyStore(options: CopyOptions, onPhase: OnCopyPhase): Promise<CopyReport> {
  const { target, name, storeId } = options
  const folder = join(target, name)
  if (!statSync(target, { throwIfNoEntry: false })?.isDirectory()) throw new CopyFault('FOLDER_MISSING')
  if (existsSync(folder)) throw new CopyFault('FOLDER_NOT_EMPTY')
  const part = join(target, `${partPrefix(storeId)}${randomUUID()}`)
  try {
    refuseWithoutRoom(options.storePath, target)
    mkdirSync(part, { mode: 0o700 })
    const report = await fillCopy(options, part, onPhase)
    onPhase('NAMING', 0, null)
    syncFolder(part)
    renameSync(part, folder)
    syncFolder(target)
    return { ...report, folder, letGo: letOldCopiesGo(options) }
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    throw error
  }
}

async function fillCopy(
  options: CopyOptions,
  part: string,
  onPhase: OnCopyPhase,
): Promise<Omit<CopyReport, 'folder' | 'letGo'>> {
  const { storePath, storeId, keys, keyring } = options
  const path = join(part, 'store.db')
  const earlier = newestOwnCopy(options)
  onPhase('COPYING', 0, null)
  const source = await copyPages(storePath, keys.store, path)
  onPhase('CHECKING', 0, null)
  const checked = await checkStoreFile(path, { keys, storeId, isWholeChain: false })
  if (checked.auditHead.seq < source.head.seq) throw new CopyFault('COPY_HEAD')
  refuseLostRows(earlier?.manifest ?? null, source.lasting, checked)
  syncFile(path)
  const { fileNames, signaturesChecked, auditHead, counts, epoch, userVersion } = checked
  onPhase('FILES', 0, fileNames.length)
  const { files, linked, missing } = copySealedFiles(
    {
      from: join(storePath, '..', 'files'),
      to: join(part, 'files'),
      names: fileNames,
      earlier: earlier && { folder: join(earlier.folder, 'files'), files: earlier.manifest.files },
    },
    (done) => onPhase('FILES', done, fileNames.length),
  )
  if (keyring) {
    writeFileSync(join(part, 'keyring.json'), keyring.text, { mode: 0o600, flag: 'wx' })
    syncFile(join(part, 'keyring.json'))
  }
  const store = { bytes: statSync(path).size, sha256: sha256OfFile(path) }
  const manifest: Omit<Manifest, 'hmac'> = {
    v: 1,
    storeId,
    madeAt: options.at,
    reason: options.reason,
    appVersion: options.appVersion,
    userVersion,
    epoch,
    store,
    counts,
    auditHead,
    signaturesChecked,
    files,
    missingFiles: missing,
    opensWith: keyring?.kinds ?? [],
  }
  writeManifest(part, sealManifest(manifest, keys.manifest))
  return {
    ...store,
    patients: counts['patient'] ?? 0,
    auditRows: counts['audit_entry'] ?? 0,
    auditHead,
    files: files.length,
    linkedFiles: linked,
    missingFiles: missing,
    signaturesChecked,
  }
}

/** A connection of its own. The audit's end is read first, since `VACUUM INTO` sees the store as it is a moment later. */
async function copyPages(
  storePath: string,
  key: Buffer,
  path: string,
): Promise<{ readonly head: AuditHead; readonly lasting: readonly string[] }> {
  const source = openStore({ path: storePath, key, busyTimeoutMs: 5000, cacheMb: 16 })
  try {
    const seen = { head: await selectAuditHead(source), lasting: lastingTables(source) }
    source.driver.prepare('vacuum into ?').run(path)
    const again = await one<{ hash: string }>(source.db, 'select hash from audit_entry where seq = ?', [seen.head.seq])
    if (seen.head.seq > 0 && again?.hash !== seen.head.hash) throw new CopyFault('COPY_HEAD')
    return seen
  } finally {
    // Only the driver: the checkpoint of a full close is main's to make.
    source.driver.close()
  }
}

/** Rows that may never go cannot be fewer than in the copy before, unless a restore lies between the two. */
function refuseLostRows(
  earlier: Manifest | null,
  lasting: readonly string[],
  { counts, epoch }: { readonly counts: Readonly<Record<string, number>>; readonly epoch: number },
): void {
  if (!earlier || earlier.epoch !== epoch) return
  if (shrunkTables(lasting, earlier.counts, counts).length > 0) throw new CopyFault('COPY_ROWS_MISSING')
}

type OwnCopy = FoundCopy & { readonly manifest: Manifest }

/** Copies of this very store whose manifest this store's key made, the newest first. */
function ownCopies({ target, storeId, keys }: Pick<CopyOptions, 'target' | 'storeId' | 'keys'>): readonly OwnCopy[] {
  const hasOwnManifest = (copy: FoundCopy): copy is OwnCopy =>
    copy.manifest !== null && copy.manifest.storeId === storeId && isManifestAuthentic(copy.manifest, keys.manifest)
  if (existsSync(join(target, manifestName))) return []
  return findCopies(target).filter(hasOwnManifest)
}

function newestOwnCopy(options: CopyOptions): OwnCopy | null {
  return ownCopies(options)[0] ?? null
}

/** Each is renamed before it is emptied, so that half of one never bears a copy's name. */
function letOldCopiesGo(options: CopyOptions): number {
  const { target, storeId, timeZone, at } = options
  const kept = ownCopies(options).map(({ name, manifest }) => ({
    name,
    at: manifest.madeAt,
    on: dateInZone(manifest.madeAt, timeZone),
    reason: manifest.reason,
  }))
  const names = backupsToLetGo(kept, dateInZone(at, timeZone))
  for (const name of names) renameSync(join(target, name), join(target, `${partPrefix(storeId)}gone-${randomUUID()}`))
  // What an earlier run of this store could not finish is of no use to anybody.
  for (const name of readdirSync(target).filter((entry) => entry.startsWith(partPrefix(storeId))))
    rmSync(join(target, name), { recursive: true, force: true })
  return names.length
}

/** Several clinics may share a disk; nobody clears away what another one is making. */
function partPrefix(storeId: string): string {
  return `.part-${storeId.slice(0, 8)}-`
}

function refuseWithoutRoom(storePath: string, target: string): void {
  const room = statfsSync(target)
  if (room.bavail * room.bsize < statSync(storePath).size * 1.2) throw new CopyFault('NO_ROOM')
}
