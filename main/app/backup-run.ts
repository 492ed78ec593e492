import type { CopyReport } from '../../db/copy.ts'
import type { Trx } from '../../db/open.ts'
import type { BackupReason } from '../../shared/domain/backup.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import { rememberPlace } from './backup-places.ts'
import { copyWork } from './backup-work.ts'
import { transact, writeAudit } from './command.ts'
import type { Connection } from './connection.ts'
import type { Services } from './services.ts'
import { keepFact, keepText } from './store-fact.ts'
import { stopWritingWhereLost } from './store-watch.ts'
import { startWorkerJob } from './worker-job.ts'

/** `first` is the place of every backup, `own` beside the records themselves, `second` another disk that is not always there. */
export type BackupPlace = 'first' | 'second' | 'own'

/** The newest copy, as the status line and the copies page tell of it. */
export type LastCopy = CopyReport & { readonly at: Instant; readonly reason: BackupReason }
export const planFact = 'backup_plan'
export const lastCopyFact = 'last_copy'
export const lastSecondFact = 'last_second_copy'
export const failureFact = 'backup_failure'
export type BackupFailure = { readonly at: Instant; readonly code: string; readonly place: BackupPlace }

/** One copy at a time per application; a second one would only wait for the first. */
const runningCopy = new WeakMap<Services, string>()

export function runningCopyOf(services: Services): string | null {
  return runningCopy.get(services) ?? null
}

type Run = {
  readonly jobId: string
  readonly target: string
  readonly reason: BackupReason
  readonly place: BackupPlace
}

/**
 * Makes a verified copy beside whatever goes on, and keeps what came of it: the newest copy, or why there is none. Settles
 * at its end and never throws; progress and end are told as a job.
 */
export async function startBackup(services: Services, connection: Connection, run: Run): Promise<void> {
  runningCopy.set(services, run.jobId)
  // Another file under the store's name would be copied, and pass for the records.
  if (await stopWritingWhereLost(services)) {
    runningCopy.delete(services)
    services.jobs.end(run.jobId, { kind: 'FAILED', code: 'STORE_MOVED' })
    return
  }
  const { storeLife } = services
  const { jobId, place, reason } = run
  const at = services.host.now()
  await new Promise<void>((resolve) => {
    startWorkerJob(services, connection, {
      jobId,
      worker: 'copy',
      input: copyWork(services.host, {
        at,
        run,
        folder: storeLife.folder,
        key: storeLife.key,
        timeZone: storeLife.open.facts.timeZone,
        storeId: storeLife.open.facts.storeId,
      }),
      phase: 'COPYING',
      async onDone(trx, report) {
        rememberPlace(storeLife.folder, run.target)
        await keepMade(trx, report as CopyReport, { at: services.host.now(), reason, place })
        return [{ action: 'backup.made', subject: 'backup', subjectId: jobId, reason }]
      },
      onFailed: (code) => keepFailure(services, connection, { jobId, code, place }),
      describe: (report) => ({ of: 'COPY', ...(report as CopyReport) }),
      onEnd: () => {
        runningCopy.delete(services)
        resolve()
      },
      touches: ['backup', 'clinic'],
    })
  })
}

async function keepMade(
  trx: Trx,
  report: CopyReport,
  { at, reason, place }: { at: Instant; reason: BackupReason; place: BackupPlace },
): Promise<void> {
  const last: LastCopy = { ...report, at, reason }
  if (place === 'second') await keepFact(trx, lastSecondFact, last)
  else {
    // `last_copy_at` is what the clinic's status reads.
    await keepText(trx, 'last_copy_at', at)
    await keepFact(trx, lastCopyFact, last)
  }
  await keepFact(trx, failureFact, null)
}

async function keepFailure(
  services: Services,
  connection: Connection,
  { jobId, code, place }: { jobId: string; code: string; place: BackupPlace },
): Promise<void> {
  const at = services.host.now()
  const failure: BackupFailure = { at, code, place }
  await transact(services, async (trx) => {
    await keepFact(trx, failureFact, failure)
    const note = { action: 'backup.failed', subject: 'backup', subjectId: jobId, reason: code }
    await writeAudit(services, connection, trx, at, [note], 'FAILED')
  })
}
