import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { selectAuditHead } from '../../db/copy-check.ts'
import { type AuditHead, findCopies, isManifestAuthentic, type Manifest } from '../../db/copy-manifest.ts'
import { codeOf } from '../../db/open.ts'
import { many } from '../../db/records.ts'
import type { CopyView } from '../../shared/contract/restore.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { TakeWork } from '../workers/take-copy.ts'
import { readAnchor } from './anchor.ts'
import { lastCopyFact, lastSecondFact, planFact } from './backup-run.ts'
import { copyWork, ownCopiesFolder, workerKeys } from './backup-work.ts'
import { auditAlone, signInOf } from './command.ts'
import type { Connection } from './connection.ts'
import { recoveryMadeFact } from './key-slots.ts'
import { readKeyrings, subKey, travellingKeyring, writeKeyring } from './keyring.ts'
import { provenFact, type TakeReport } from './restore-drill.ts'
import { asideName, incomingName, type RestoreEvent, sealSwap, swapRecords } from './restore-swap.ts'
import type { Services } from './services.ts'
import { endSignIn } from './sign-in.ts'
import { runWorker, WorkerError } from './workers.ts'

/** A copy that was taken and proved, waiting for the person's word. */
export type CheckedCopy = {
  readonly folder: string
  readonly report: TakeReport
  /** Folder of the copy that was made of the records as they are; null where none could be made. */
  readonly safetyCopy: string | null
}

const checkedCopy = new WeakMap<Services, CheckedCopy>()

/** Null where none was checked since the start, or where what was taken is gone. */
export function checkedCopyOf(services: Services): CheckedCopy | null {
  const checked = checkedCopy.get(services) ?? null
  return checked && existsSync(join(services.storeLife.folder, incomingName, 'store.db')) ? checked : null
}

export function rememberChecked(services: Services, checked: CheckedCopy | null): void {
  if (checked) checkedCopy.set(services, checked)
  else checkedCopy.delete(services)
}

/** One copy as a list shows it. Without a key nobody can say whether its manifest is true. */
export function viewCopies(folder: string, ours: { manifestKey: Buffer; storeId: string } | null): readonly CopyView[] {
  return findCopies(folder).map(({ manifest, ...found }) => ({
    ...found,
    about: manifest && {
      madeAt: manifest.madeAt,
      reason: manifest.reason,
      bytes: manifest.store.bytes + manifest.files.reduce((sum, file) => sum + file.bytes, 0),
      patients: manifest.counts['patient'] ?? 0,
      sessions: manifest.counts['session'] ?? 0,
      signatures: manifest.counts['signature'] ?? 0,
      auditRows: manifest.counts['audit_entry'] ?? 0,
      files: manifest.files.length,
    },
    standing: standingOf(manifest, ours),
  }))
}

function standingOf(
  manifest: Manifest | null,
  ours: { manifestKey: Buffer; storeId: string } | null,
): CopyView['standing'] {
  if (!manifest) return 'NO_MANIFEST'
  if (!ours) return 'UNKNOWN'
  const isOurs = manifest.storeId === ours.storeId && isManifestAuthentic(manifest, ours.manifestKey)
  return isOurs ? 'VERIFIED' : 'NOT_OURS'
}

/** Takes `from` beside the records of `folder` and proves it; the worker's own input, for whoever runs it. */
export function takeWork(folder: string, key: Buffer, from: string, storeId: string | null): TakeWork {
  return { from, to: join(folder, incomingName), keys: workerKeys(key), storeId, isDrill: false }
}

/**
 * A copy of the records as they are, in their own folder. Null where they cannot be copied: a restore is often made because
 * they are damaged, and keeps them aside in any case.
 */
export async function makeSafetyCopy(services: Services): Promise<string | null> {
  const { host, storeLife } = services
  const { folder, key, open } = storeLife
  const run = { target: ownCopiesFolder(folder), reason: 'BEFORE_RESTORE' as const }
  const { timeZone, storeId } = open.facts
  const work = copyWork(host, { at: host.now(), run, folder, key, timeZone, storeId })
  try {
    mkdirSync(run.target, { recursive: true, mode: 0o700 })
    await runWorker(host, 'copy', work)
    return join(run.target, work.name)
  } catch (error) {
    const code = error instanceof WorkerError ? error.code : codeOf(error)
    host.log({ level: 'warn', event: 'restore.noSafetyCopy', code })
    return null
  }
}

/** The live keyring stays where it opens the copy too: it knows this computer and the newest passphrase. */
export function keepOwnKeyring(folder: string): string {
  const keyrings = readKeyrings(join(folder, 'keyring.json'))
  if (keyrings === null || keyrings === 'KEYRING_DAMAGED' || !keyrings[0]) throw new Error('the keyring cannot be read')
  writeKeyring(join(folder, incomingName, 'keyring.json'), keyrings[0])
  return keyrings[0].storeId
}

/** The copy's own keyring, for a computer that knows no other. */
export function takeCopyKeyring(copyFolder: string, folder: string): void {
  const keyrings = readKeyrings(join(copyFolder, 'keyring.json'))
  const keyring = keyrings === 'KEYRING_DAMAGED' || !keyrings?.[0] ? null : travellingKeyring(keyrings[0])
  if (!keyring) throw new Error('the copy has no keyring that may travel')
  writeKeyring(join(folder, incomingName, 'keyring.json'), keyring)
}

type Exchange = {
  readonly kind: RestoreEvent['kind']
  readonly incoming: string
  readonly copyMadeAt: Instant | null
  readonly key: Buffer
  readonly storeId: string
  /** The audit of what takes the place of the records. */
  readonly headAfter: AuditHead
  readonly epochAfter: number
}

/** Signs everybody out, puts `incoming` in the place of the records, opens it and lets its audit tell. */
export async function exchangeRecords(services: Services, connection: Connection, exchange: Exchange): Promise<void> {
  const { host, storeLife } = services
  const { kind, incoming, copyMadeAt, key, storeId, headAfter, epochAfter } = exchange
  const at = host.now()
  const signIn = signInOf(connection)
  const by = signIn && { staffId: signIn.staffId, roles: signIn.roles.join(' '), signInId: signIn.signInId }
  services.parked.clear()
  for (const window of services.connections) await endSignIn(services, window, 'STORE_CLOSED')
  const before = storeLife.state.kind === 'OPEN' ? await readEnd(services) : null
  const { data } = host.folders
  const aside = asideName(data, at)
  const beside = readAnchor(data, storeId, subKey(key, 'audit-hmac/v1'))
  const anchor = beside.kind === 'KEPT' ? beside.anchor : null
  const event: RestoreEvent = {
    kind,
    at,
    by,
    copyMadeAt,
    // Records that cannot be read any more still have their anchor.
    headBefore: before?.head ?? (anchor && { seq: anchor.seq, hash: anchor.hash }),
    headAfter,
    epoch: Math.max(before?.epoch ?? 0, epochAfter, anchor?.epoch ?? 0) + 1,
    carried: before?.carried ?? {},
  }
  rememberChecked(services, null)
  // Before the records are closed, which empties their key.
  const swap = sealSwap({ incoming, aside, event }, key)
  await storeLife.exchange(() => swapRecords(data, swap), key, { isNewHere: kind === 'RECOVER' })
  if (storeLife.state.kind === 'OPEN') {
    // Nobody is at this window any more; opening the records is the program's own act.
    const window: Connection = { ...connection, state: { kind: 'SIGNED_OUT' }, pendingSearch: null }
    await auditAlone(services, window, ...storeLife.takeOpeningNotes())
  }
  for (const window of services.connections) services.publishState(window)
}

const carriedFacts: readonly string[] = [
  planFact,
  'last_copy_at',
  lastCopyFact,
  lastSecondFact,
  provenFact,
  recoveryMadeFact,
]

/** The last thing on the one connection: whatever was asked before has had its turn. */
async function readEnd(services: Services): Promise<{
  readonly head: AuditHead
  readonly epoch: number
  readonly carried: Readonly<Record<string, string>>
} | null> {
  const { store } = services.storeLife.open
  try {
    const facts = await many<{ name: string; value: string }>(
      store.db,
      'select name, value from store_fact order by name limit 100',
    )
    const valueByName = new Map(facts.map(({ name, value }) => [name, value]))
    return {
      head: await selectAuditHead(store),
      epoch: Number(valueByName.get('epoch') ?? 0),
      carried: Object.fromEntries([...valueByName].filter(([name]) => carriedFacts.includes(name))),
    }
  } catch (error) {
    services.host.log({ level: 'warn', event: 'restore.endUnread', code: codeOf(error) })
    return null
  }
}
