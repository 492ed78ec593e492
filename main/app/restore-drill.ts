import { join } from 'node:path'
import type { CheckedStore } from '../../db/copy-check.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { TakeWork } from '../workers/take-copy.ts'
import { workerKeys } from './backup-work.ts'
import { transact, writeAudit } from './command.ts'
import type { Connection } from './connection.ts'
import type { Services } from './services.ts'
import { keepFact, selectFact } from './store-fact.ts'
import { startWorkerJob } from './worker-job.ts'

/** What `take-copy` reports: the facts of the copy it restored and proved. */
export type TakeReport = Omit<CheckedStore, 'fileNames'> & {
  readonly madeAt: Instant
  readonly reason: string
  readonly files: number
}

/** The last restore that was proved, and the last that could not be. */
export type Proven = {
  readonly at: Instant | null
  readonly folder: string
  readonly patients: number
  readonly auditRows: number
  readonly signaturesChecked: number
  readonly failure: { readonly at: Instant; readonly code: string } | null
}
export const provenFact = 'last_proven'

/**
 * Restores a copy into a place of its own beside the records, proves its counts, its audit from the first row, its
 * signatures and its files, and removes it again. Settles at the end and never throws.
 */
export function startDrill(
  services: Services,
  connection: Connection,
  jobId: string,
  copyFolder: string,
): Promise<void> {
  const { storeLife, host } = services
  const input: TakeWork = {
    from: copyFolder,
    to: join(storeLife.folder, '.drill'),
    keys: workerKeys(storeLife.key),
    storeId: storeLife.open.facts.storeId,
    isDrill: true,
  }
  return new Promise((resolve) => {
    startWorkerJob(services, connection, {
      jobId,
      worker: 'take-copy',
      input,
      phase: 'COPYING',
      async onDone(trx, report) {
        const { counts, signaturesChecked } = report as TakeReport
        const proven: Proven = {
          at: host.now(),
          folder: copyFolder,
          patients: counts['patient'] ?? 0,
          auditRows: counts['audit_entry'] ?? 0,
          signaturesChecked,
          failure: null,
        }
        await keepFact(trx, provenFact, proven)
        return [{ action: 'backup.proved', subject: 'backup', subjectId: jobId }]
      },
      onFailed: (code) => keepFailure(services, connection, jobId, copyFolder, code),
      describe: () => null,
      onEnd: resolve,
      touches: ['backup'],
    })
  })
}

async function keepFailure(
  services: Services,
  connection: Connection,
  jobId: string,
  folder: string,
  code: string,
): Promise<void> {
  const at = services.host.now()
  await transact(services, async (trx) => {
    const before = await selectFact<Proven>(trx, provenFact)
    const none: Proven = { at: null, folder, patients: 0, auditRows: 0, signaturesChecked: 0, failure: null }
    await keepFact(trx, provenFact, { ...(before ?? none), failure: { at, code } })
    const note = { action: 'backup.notProved', subject: 'backup', subjectId: jobId, reason: code }
    await writeAudit(services, connection, trx, at, [note], 'FAILED')
  })
}
