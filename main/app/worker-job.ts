import { codeOf, type Trx } from '../../db/open.ts'
import { transact, writeAudit } from './command.ts'
import type { Connection } from './connection.ts'
import type { AuditNote } from './context.ts'
import type { Services } from './services.ts'
import { startWorker, WorkerError } from './workers.ts'

export type WorkerJob = {
  readonly jobId: string
  /** Name of the entry under `main/workers`. */
  readonly worker: string
  readonly input: unknown
  readonly phase: string
  /** Called once the worker reported, in one transaction with the audit rows it gives. */
  onDone(trx: Trx, report: unknown): Promise<readonly AuditNote[]>
  /** The report as `backup.job` tells it: with `of`, where the contract knows its shape. */
  describe(report: unknown): unknown
  /** Subjects whose open screens ask again at the end. */
  readonly touches: readonly string[]
  /** Called with the code where it failed, before `onEnd`; not where it was cancelled. */
  onFailed?(code: string): Promise<void>
  /** Whatever the end was. */
  onEnd?(): void
}

/**
 * Runs long work beside the window: progress as events, cancel, and an end that is kept until it is read. It goes on
 * when the person locks or signs out; its audit rows name who started it. Nothing is written when the store was closed
 * or changed for another meanwhile.
 */
export function startWorkerJob(services: Services, connection: Connection, job: WorkerJob): void {
  const { host, jobs, storeLife } = services
  const startedBy: Connection = { ...connection }
  const { storeId } = storeLife.open.facts
  const run = startWorker(host, job.worker, job.input, ({ done, total, phase }) =>
    jobs.progress(job.jobId, done, total, phase),
  )
  jobs.start(job.jobId, job.phase, run.cancel)
  run.ended
    .then(async (report) => {
      if (storeLife.state.kind === 'OPEN' && storeLife.state.open.facts.storeId === storeId) {
        await transact(services, async (trx) => {
          const notes = await job.onDone(trx, report)
          await writeAudit(services, startedBy, trx, host.now(), notes, 'DONE')
        })
      }
      job.onEnd?.()
      jobs.end(job.jobId, { kind: 'DONE', report: job.describe(report) })
    })
    .catch(async (error: unknown) => {
      const code = error instanceof WorkerError ? error.code : 'INTERNAL'
      if (code !== 'CANCELLED') {
        host.log({ level: 'error', event: 'job.failed', worker: job.worker, code })
        await tellFailure(job, code, host)
      }
      job.onEnd?.()
      jobs.end(job.jobId, code === 'CANCELLED' ? { kind: 'CANCELLED' } : { kind: 'FAILED', code })
    })
    .finally(() => services.publish(job.touches))
}

async function tellFailure(job: WorkerJob, code: string, host: Services['host']): Promise<void> {
  try {
    await job.onFailed?.(code)
  } catch (error) {
    // A disk that took no copy may take no row either; the end of the work is told all the same.
    host.log({ level: 'error', event: 'job.failureUntold', worker: job.worker, code: codeOf(error) })
  }
}
