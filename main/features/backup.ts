import { realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, sep } from 'node:path'
import type { OutputOf } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import { backupStanding } from '../../shared/domain/backup.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { isFolder, newestVerifiedCopy, selectPlan } from '../app/backup-plan.ts'
import {
  type BackupFailure,
  failureFact,
  type LastCopy,
  lastCopyFact,
  lastSecondFact,
  planFact,
  runningCopyOf,
  startBackup,
} from '../app/backup-run.ts'
import { copyName, keyringToTravel } from '../app/backup-work.ts'
import type { Handlers } from '../app/context.ts'
import { type Proven, provenFact, startDrill } from '../app/restore-drill.ts'
import type { Services } from '../app/services.ts'
import { keepFact, selectFact } from '../app/store-fact.ts'

type BackupContract = typeof contract.backup

export const backupHandlers = {
  state: async (context) => {
    const { reader, now, services } = context
    const plan = await selectPlan(reader)
    const last = await selectFact<LastCopy>(reader, lastCopyFact)
    const second = await selectFact<LastCopy>(reader, lastSecondFact)
    return accept({
      standing: backupStanding(last?.at ?? null, now),
      last,
      runningJobId: runningCopyOf(services),
      plan,
      second:
        plan.second === null ? null : { standing: backupStanding(second?.at ?? null, now), at: second?.at ?? null },
      failure: await selectFact<BackupFailure>(reader, failureFact),
      proven: await selectFact<Proven>(reader, provenFact),
      opensElsewhere: keyringToTravel(services.storeLife.folder) !== null,
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
    const fault = folderFault(input.folder, services)
    if (fault) return refuse(fault)
    if (runningCopyOf(services)) return refuse('COPY_RUNNING')
    const plan = await selectPlan(context.trx)
    const isFirstEver = plan.first === null && !services.storeLife.open.facts.isSample
    // The folder of the first copy is where later ones go by themselves, until somebody chooses another.
    if (isFirstEver) await keepFact(context.trx, planFact, { ...plan, first: input.folder })
    const place = plan.second === input.folder ? 'second' : 'first'
    const jobId = context.newId<string>()
    context.audit({ action: 'backup.start', subject: 'backup', subjectId: jobId })
    context.touch('backup')
    context.afterCommit(() => {
      void startBackup(services, connection, { jobId, target: input.folder, reason: 'DEMAND', place })
    })
    return accept({ jobId, folder: join(input.folder, copyName(context.now)) })
  },

  setPlan: async (context, { first, second }) => {
    if (first === null && second !== null) return refuse('SECOND_WITHOUT_FIRST')
    if (first !== null && first === second) return refuse('FOLDERS_SAME')
    for (const folder of [first, second]) {
      const fault = folder === null ? null : folderFault(folder, context.services)
      if (fault) return refuse(fault, { folder })
    }
    await keepFact(context.trx, planFact, { first, second })
    context.audit({ action: 'backup.plan', subject: 'backup' })
    context.touch('backup')
    return accept({})
  },

  proveRestore: async (context) => {
    const { services, connection } = context
    const last = await selectFact<LastCopy>(context.trx, lastCopyFact)
    const { first } = await selectPlan(context.trx)
    const places = [first, last && dirname(last.folder)].filter((place) => place !== null)
    const newest = places.map((place) => newestVerifiedCopy(place, services)).find((folder) => folder !== null)
    if (!newest) return refuse('NO_COPY')
    if (services.jobs.isRunning) return refuse('COPY_RUNNING')
    const jobId = context.newId<string>()
    context.audit({ action: 'backup.prove', subject: 'backup', subjectId: jobId })
    context.afterCommit(() => {
      void startDrill(services, connection, jobId, newest)
    })
    return accept({ jobId })
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

function folderFault(
  folder: string,
  { storeLife }: Services,
): 'FOLDER_NOT_ABSOLUTE' | 'FOLDER_MISSING' | 'FOLDER_INSIDE_RECORDS' | null {
  if (!isAbsolute(folder)) return 'FOLDER_NOT_ABSOLUTE'
  if (!isFolder(folder)) return 'FOLDER_MISSING'
  return isWithin(folder, storeLife.folder) ? 'FOLDER_INSIDE_RECORDS' : null
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
