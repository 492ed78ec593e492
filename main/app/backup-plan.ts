import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { findCopies, isManifestAuthentic } from '../../db/copy-manifest.ts'
import type { Reader } from '../../db/open.ts'
import { one } from '../../db/records.ts'
import { isDailyBackupDue, isDrillDue } from '../../shared/domain/backup.ts'
import { addMinutes, dateInZone, type Instant, minutesBetween, offsetMinutes } from '../../shared/kernel/time.ts'
import {
  type BackupFailure,
  failureFact,
  type LastCopy,
  lastCopyFact,
  planFact,
  runningCopyOf,
  startBackup,
} from './backup-run.ts'
import type { Connection } from './connection.ts'
import { subKey } from './keyring.ts'
import { type Proven, provenFact, startDrill } from './restore-drill.ts'
import type { Services } from './services.ts'
import { isQuiet } from './sign-in.ts'
import { selectFact } from './store-fact.ts'

/** Where backups go by themselves. Without a first place there are none but those made by hand. */
export type BackupPlan = { readonly first: string | null; readonly second: string | null }

export async function selectPlan(reader: Reader): Promise<BackupPlan> {
  return (await selectFact<BackupPlan>(reader, planFact)) ?? { first: null, second: null }
}

/** How often the timer looks at more than a clock. */
const lookEveryMs = 30_000
const retryAfterMin = 60

/**
 * Makes the backups that nobody asks for: one a day at the first quiet moment after noon, one at the close where something
 * changed, and once in thirty days a restore of the newest one into a place of its own. Never in the sample clinic.
 */
export class BackupPlanRunner {
  readonly #services: Services
  readonly #nobody: Connection
  #lookedAtMs = Number.NEGATIVE_INFINITY
  #underway: Promise<void> | null = null

  constructor(services: Services, nobody: Connection) {
    this.#services = services
    this.#nobody = nobody
  }

  /** By the host's timer. Starts what is due and does not wait for it. */
  async look(): Promise<void> {
    const { host, jobs } = this.#services
    const nowMs = host.monotonicMs()
    if (nowMs - this.#lookedAtMs < lookEveryMs || this.#underway || jobs.isRunning || !this.#isClinicOpen()) return
    this.#lookedAtMs = nowMs
    const due = await this.#findDue()
    if (due === null) return
    this.#underway = due().finally(() => {
      this.#underway = null
    })
  }

  /** Before the store is closed: what changed since the newest backup is backed up first. Waits for one that is running. */
  async beforeClose(): Promise<void> {
    await this.#underway
    if (!this.#isClinicOpen() || runningCopyOf(this.#services)) return
    const { db } = this.#services.storeLife.open.store
    const plan = await selectPlan(db)
    const last = await selectFact<LastCopy>(db, lastCopyFact)
    if (plan.first === null || !(await hasChangedSince(db, last))) return
    await this.#backUp(plan, 'CLOSE')
  }

  #isClinicOpen(): boolean {
    const { state } = this.#services.storeLife
    if (state.kind !== 'OPEN') return false
    const { facts, readOnly, hold } = state.open
    return !facts.isSample && readOnly === null && !hold
  }

  async #findDue(): Promise<(() => Promise<void>) | null> {
    const { host, storeLife } = this.#services
    const { db } = storeLife.open.store
    const plan = await selectPlan(db)
    const { first } = plan
    if (first === null || !isQuiet(this.#services)) return null
    const now = host.now()
    const last = await selectFact<LastCopy>(db, lastCopyFact)
    const failure = await selectFact<BackupFailure>(db, failureFact)
    if (failure && minutesBetween(failure.at, now) < retryAfterMin) return null
    const { timeZone } = storeLife.open.facts
    const wall = wallTime(now, timeZone)
    const isDue = isDailyBackupDue({
      today: wall.on,
      minute: wall.minute,
      isQuiet: true,
      hasChanged: await hasChangedSince(db, last),
      last: last && wallTime(last.at, timeZone),
    })
    if (isDue) return () => this.#backUp(plan, 'DAILY')
    const proven = await selectFact<Proven>(db, provenFact)
    const hasFailedLately = proven?.failure != null && minutesBetween(proven.failure.at, now) < 24 * 60
    if (hasFailedLately || !isDrillDue(proven?.at ?? null, now)) return null
    const newest = newestVerifiedCopy(first, this.#services)
    return newest === null ? null : () => startDrill(this.#services, this.#nobody, host.newId(), newest)
  }

  async #backUp({ first, second }: BackupPlan, reason: 'DAILY' | 'CLOSE'): Promise<void> {
    const { host } = this.#services
    if (first === null) return
    await startBackup(this.#services, this.#nobody, { jobId: host.newId(), target: first, reason, place: 'first' })
    // A stick or a network folder that is not there is no failure: the status line reminds of it after two days.
    if (second === null || !isFolder(second) || !this.#isClinicOpen()) return
    await startBackup(this.#services, this.#nobody, { jobId: host.newId(), target: second, reason, place: 'second' })
  }
}

/** The newest copy of the open store in `target` whose manifest the store's own key made; null where there is none. */
export function newestVerifiedCopy(target: string, { storeLife }: Services): string | null {
  const key = subKey(storeLife.key, 'manifest/v1')
  const { storeId } = storeLife.open.facts
  const found = findCopies(target).find(
    ({ manifest }) => manifest?.storeId === storeId && isManifestAuthentic(manifest, key),
  )
  return found?.folder ?? null
}

/** True where anything but backups, sign-ins and openings was recorded, or a draft saved, since the copy was made. */
async function hasChangedSince(reader: Reader, last: LastCopy | null): Promise<boolean> {
  if (last === null || !existsSync(join(last.folder, 'store.db'))) return true
  const head = await one<{ hash: string }>(reader, 'select hash from audit_entry where seq = ?', [last.auditHead.seq])
  // A restore lies between: these records are not the ones that were copied.
  if (head?.hash !== last.auditHead.hash) return true
  const row = await one<{ seq: number }>(
    reader,
    `select seq from audit_entry where seq > ? and action not like 'backup.%' and action not like 'signIn.%'
      and action not like 'store.%' and action not like 'audit.verif%' order by seq limit 1`,
    [last.auditHead.seq],
  )
  if (row) return true
  const draft = await one<{ id: string }>(reader, 'select id from draft where updated_at > ? order by id limit 1', [
    last.at,
  ])
  return draft !== null
}

function wallTime(at: Instant, timeZone: string): { readonly on: string; readonly minute: number } {
  const wall = addMinutes(at, offsetMinutes(at, timeZone))
  return { on: dateInZone(at, timeZone), minute: Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)) }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
