import { realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, sep } from 'node:path'
import type { CopyReport } from '../../db/copy.ts'
import type { Reader, Trx } from '../../db/open.ts'
import { change, insertRow, one } from '../../db/records.ts'
import type { OutputOf } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { type Instant, minutesBetween } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import type { Services } from '../app/services.ts'
import { startWorkerJob } from '../app/worker-job.ts'

type BackupContract = typeof contract.backup

/** A copy is asked for again after this long (trust design, 4.6). */
const lateHours = 48

/** One copy at a time per application; a second one would only wait for the first. */
const runningCopy = new WeakMap<Services, string>()

export const backupHandlers = {
  state: async (context) => {
    const last = await selectLastCopy(context)
    return accept({
      standing: copyStanding(last?.at ?? null, context.now),
      last,
      runningJobId: runningCopy.get(context.services) ?? null,
    })
  },

  chooseFolder: async (context) => {
    const answer = await context.services.host.chooseFolder('Folder for the copy of the records')
    return accept(
      answer === 'UNSUPPORTED' ? { folder: null, isSupported: false } : { folder: answer, isSupported: true },
    )
  },

  makeCopy: async (context, input) => {
    const { services, connection } = context
    if (!isAbsolute(input.folder)) return refuse('FOLDER_NOT_ABSOLUTE')
    if (!statSync(input.folder, { throwIfNoEntry: false })?.isDirectory()) return refuse('FOLDER_MISSING')
    if (isWithin(input.folder, services.storeLife.folder)) return refuse('FOLDER_INSIDE_RECORDS')
    if (runningCopy.has(services)) return refuse('COPY_RUNNING')
    const jobId = context.newId<string>()
    const folder = join(input.folder, copyName(context))
    context.audit({ action: 'backup.start', subject: 'backup', subjectId: jobId })
    context.touch('backup')
    context.afterCommit(() => {
      runningCopy.set(services, jobId)
      startWorkerJob(services, connection, {
        jobId,
        worker: 'copy',
        input: { storePath: services.storeLife.open.store.path, key: services.storeLife.key.toString('hex'), folder },
        phase: 'COPYING',
        async onDone(trx, report) {
          await keepLastCopy(trx, report as CopyReport, services.host.now())
          return [{ action: 'backup.made', subject: 'backup', subjectId: jobId }]
        },
        describe: (report) => ({ of: 'COPY', ...(report as CopyReport) }),
        onEnd: () => runningCopy.delete(services),
        touches: ['backup', 'clinic'],
      })
    })
    return accept({ jobId, folder })
  },

  job: async (context, input) => {
    const state = context.services.jobs.state(input.jobId)
    if (state === null) return accept({ kind: 'UNKNOWN' as const })
    if (state.kind !== 'DONE') return accept(state)
    return accept({ kind: 'DONE' as const, report: hasReport(state.report) ? state.report : null })
  },

  cancelJob: async (context, input) => {
    context.audit({ action: 'job.cancel', subject: 'job', subjectId: input.jobId })
    context.afterCommit(() => context.services.jobs.cancel(input.jobId))
    return accept({})
  },
} satisfies Handlers<BackupContract>

const lastCopyFact = 'last_copy'

type LastCopy = CopyReport & { readonly at: Instant }

async function selectLastCopy(context: { readonly reader: Reader }): Promise<LastCopy | null> {
  const row = await one<{ value: string }>(context.reader, 'select value from store_fact where name = ?', [
    lastCopyFact,
  ])
  // Written by this program from its own report.
  return row ? (JSON.parse(row.value) as LastCopy) : null
}

/** `last_copy_at` is what the clinic's status reads; `last_copy` holds what was verified. */
async function keepLastCopy(trx: Trx, report: CopyReport, at: Instant): Promise<void> {
  const values = { last_copy_at: at, [lastCopyFact]: JSON.stringify({ ...report, at }) }
  for (const [name, value] of Object.entries(values)) {
    const changed = await change(trx, 'update store_fact set value = ? where name = ?', [value, name])
    if (changed === 0) await insertRow(trx, 'store_fact', { name, value })
  }
}

function copyStanding(lastAt: Instant | null, now: Instant): 'NEVER' | 'DONE' | 'LATE' {
  if (lastAt === null) return 'NEVER'
  return minutesBetween(lastAt, now) > lateHours * 60 ? 'LATE' : 'DONE'
}

/** `countersign-copy-2026-08-03-154200`: sorts by time and tells nothing of the clinic. */
function copyName(context: CommandContext): string {
  return `countersign-copy-${context.now.slice(0, 19).replaceAll(':', '').replace('T', '-')}`
}

function isWithin(folder: string, records: string): boolean {
  const real = realpathSync(folder)
  const inside = realpathSync(records)
  return real === inside || real.startsWith(inside + sep)
}

type KnownReport = Extract<OutputOf<BackupContract['job']>, { kind: 'DONE' }>['report']

/** Reports of work that has a shape in the contract carry `of`; the output's parse checks the rest. */
function hasReport(report: unknown): report is NonNullable<KnownReport> {
  return typeof report === 'object' && report !== null && 'of' in report
}
