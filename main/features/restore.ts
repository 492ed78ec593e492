import { existsSync, mkdirSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { selectAuditHead } from '../../db/copy-check.ts'
import { readTrustedManifest } from '../../db/copy-restore.ts'
import { codeOf, openStore } from '../../db/open.ts'
import { one } from '../../db/records.ts'
import { contract } from '../../shared/contract/index.ts'
import { readRecoveryCode } from '../../shared/domain/recovery-code.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { isFolder, selectPlan } from '../app/backup-plan.ts'
import { keysOfWorker, ownCopiesFolder, workerKeys } from '../app/backup-work.ts'
import { auditAlone } from '../app/command.ts'
import type { Connection } from '../app/connection.ts'
import type { Handlers } from '../app/context.ts'
import { openWithSecret, readKeyrings, subKey, travellingKeyring } from '../app/keyring.ts'
import {
  checkedCopyOf,
  exchangeRecords,
  keepOwnKeyring,
  makeSafetyCopy,
  rememberChecked,
  takeCopyKeyring,
  takeWork,
  viewCopies,
} from '../app/restore.ts'
import type { TakeReport } from '../app/restore-drill.ts'
import { type Restored, restoredFact } from '../app/restore-note.ts'
import { previewRestore } from '../app/restore-preview.ts'
import { incomingName } from '../app/restore-swap.ts'
import type { Services } from '../app/services.ts'
import { selectFact } from '../app/store-fact.ts'
import { startWorkerJob } from '../app/worker-job.ts'
import { runWorker, WorkerError } from '../app/workers.ts'

type RestoreContract = typeof contract.restore
type CheckCode = (typeof contract.restore.check.refusals)[number]
type RecoverCode = (typeof contract.restore.recover.refusals)[number]

export const restoreHandlers = {
  list: async (context, input) => {
    const { services, reader } = context
    if (input.folder !== null && !isAbsolute(input.folder)) return refuse('FOLDER_NOT_ABSOLUTE')
    if (input.folder !== null && !isFolder(input.folder)) return refuse('FOLDER_MISSING')
    const { first, second } = await selectPlan(reader)
    const places = [first, second, ownCopiesFolder(services.storeLife.folder), input.folder]
    const ours = {
      manifestKey: subKey(services.storeLife.key, 'manifest/v1'),
      storeId: services.storeLife.open.facts.storeId,
    }
    const found = [...new Set(places.filter((place) => place !== null))].flatMap((place) => viewCopies(place, ours))
    const copies = found.sort((a, b) => ((a.about?.madeAt ?? '') < (b.about?.madeAt ?? '') ? 1 : -1)).slice(0, 200)
    const restored = await wayBackOf(services)
    return accept({
      copies,
      wayBack: restored && { at: restored.at, kind: restored.kind, copyMadeAt: restored.copyMadeAt },
    })
  },

  check: async (context, input) => {
    const { services, connection } = context
    const { storeLife } = services
    if (storeLife.open.facts.isSample) return refuse('SAMPLE_STAYS')
    if (!isAbsolute(input.folder)) return refuse('FOLDER_NOT_ABSOLUTE')
    if (services.jobs.isRunning) return refuse('WORK_RUNNING')
    const { storeId } = storeLife.open.facts
    const fault = faultOf(() => readTrustedManifest(input.folder, keysOfWorker(workerKeys(storeLife.key)), storeId))
    if (fault) return refuse(fault as CheckCode)
    const jobId = context.newId<string>()
    context.audit({ action: 'restore.check', subject: 'backup', subjectId: jobId })
    context.afterCommit(() => {
      rememberChecked(services, null)
      services.jobs.start(jobId, 'SAFETY', () => undefined)
      void startCheck(services, connection, { jobId, folder: input.folder })
    })
    return accept({ jobId })
  },

  preview: async (context) => {
    const checked = checkedCopyOf(context.services)
    if (!checked) return refuse('NOT_CHECKED')
    return accept(await previewRestore(context.services.storeLife.open.store, checked))
  },

  apply: {
    async outside(services, connection, input) {
      const { storeLife } = services
      const checked = checkedCopyOf(services)
      if (!checked) return refuse('NOT_CHECKED')
      if (input.reauth.method !== 'PASSWORD') return refuse('PASSWORD_NEEDED')
      if (services.jobs.isRunning) return refuse('WORK_RUNNING')
      keepOwnKeyring(storeLife.folder)
      await exchangeRecords(services, connection, {
        kind: 'RESTORE',
        incoming: incomingName,
        copyMadeAt: checked.report.madeAt,
        key: storeLife.key,
        storeId: storeLife.open.facts.storeId,
        headAfter: checked.report.auditHead,
        epochAfter: checked.report.epoch,
      })
      return storeLife.state.kind === 'OPEN' ? accept({}) : refuse('RESTORE_FAILED')
    },
  },

  goBack: {
    async outside(services, connection) {
      const { storeLife, jobs } = services
      const restored = await wayBackOf(services)
      if (!restored) return refuse('NO_WAY_BACK')
      if (jobs.isRunning) return refuse('WORK_RUNNING')
      const end = await readAside(join(storeLife.folder, restored.aside), storeLife.key)
      if (!end) return refuse('NO_WAY_BACK')
      await exchangeRecords(services, connection, {
        kind: 'GO_BACK',
        incoming: restored.aside,
        copyMadeAt: null,
        key: storeLife.key,
        storeId: storeLife.open.facts.storeId,
        ...end,
      })
      return storeLife.state.kind === 'OPEN' ? accept({}) : refuse('RESTORE_FAILED')
    },
  },

  find: async (context, input) => {
    if (!mayRecover(context.services)) return refuse('RECORDS_ARE_OPEN')
    if (!isAbsolute(input.folder)) return refuse('FOLDER_NOT_ABSOLUTE')
    if (!isFolder(input.folder)) return refuse('FOLDER_MISSING')
    return accept({ copies: [...viewCopies(input.folder, null)].slice(0, 200) })
  },

  chooseFolder: async ({ services }) => {
    if (!mayRecover(services)) return refuse('RECORDS_ARE_OPEN')
    const answer = await services.host.chooseFolder('Folder with the backups of the clinic')
    return accept({ folder: answer === 'UNSUPPORTED' ? null : answer })
  },

  openWithCopy: {
    async outside(services, connection, input) {
      const { storeLife } = services
      if (storeLife.state.kind !== 'FAULT') return refuse('RECORDS_ARE_OPEN')
      if (!isAbsolute(input.folder)) return refuse('FOLDER_NOT_ABSOLUTE')
      if (!isFolder(input.folder)) return refuse('FOLDER_MISSING')
      const keyrings = readKeyrings(join(input.folder, 'keyring.json'))
      if (keyrings === null || keyrings === 'KEYRING_DAMAGED') return refuse('KEYRING_MISSING')
      const keyring = keyrings.map(travellingKeyring).find((one) => one !== null)
      const opened = keyring ? await openWithSecret(keyring, input.secret) : null
      if (!keyring || !opened) return refuse(secretRefusal(input.secret))
      const hasOpened = await storeLife.openWithKeyring(keyring, opened.key)
      opened.key.fill(0)
      if (!hasOpened) return refuse('KEY_DOES_NOT_FIT')
      const window: Connection = { ...connection, state: { kind: 'SIGNED_OUT' }, pendingSearch: null }
      await auditAlone(services, window, ...storeLife.takeOpeningNotes())
      for (const other of services.connections) services.publishState(other)
      return accept({})
    },
  },

  recover: {
    async outside(services, connection, input) {
      const { host, jobs } = services
      if (!mayRecover(services)) return refuse('RECORDS_ARE_OPEN')
      if (!isAbsolute(input.folder)) return refuse('FOLDER_NOT_ABSOLUTE')
      if (!isFolder(input.folder)) return refuse('FOLDER_MISSING')
      if (jobs.isRunning) return refuse('WORK_RUNNING')
      const keyrings = readKeyrings(join(input.folder, 'keyring.json'))
      if (keyrings === null || keyrings === 'KEYRING_DAMAGED') return refuse('KEYRING_MISSING')
      const keyring = keyrings[0]
      const key = keyring ? ((await openWithSecret(keyring, input.secret))?.key ?? null) : null
      if (!keyring || !key) return refuse(secretRefusal(input.secret))
      const jobId = host.newId()
      jobs.start(jobId, 'COPYING', () => undefined)
      mkdirSync(host.folders.data, { recursive: true, mode: 0o700 })
      let report: TakeReport
      try {
        const work = takeWork(host.folders.data, key, input.folder, keyring.storeId)
        report = (await runWorker(host, 'take-copy', work, ({ done, total, phase }) =>
          jobs.progress(jobId, done, total, phase),
        )) as TakeReport
        jobs.end(jobId, { kind: 'DONE', report: null })
      } catch (error) {
        const code = error instanceof WorkerError ? error.code : 'INTERNAL'
        jobs.end(jobId, { kind: 'FAILED', code })
        if (contract.restore.recover.refusals.some((known) => known === code)) return refuse(code as RecoverCode)
        throw error
      }
      takeCopyKeyring(input.folder, host.folders.data)
      await exchangeRecords(services, connection, {
        kind: 'RECOVER',
        incoming: incomingName,
        copyMadeAt: report.madeAt,
        key,
        storeId: keyring.storeId,
        headAfter: report.auditHead,
        epochAfter: report.epoch,
      })
      key.fill(0)
      return services.storeLife.state.kind === 'OPEN' ? accept({}) : refuse('RESTORE_FAILED')
    },
  },
} satisfies Handlers<RestoreContract>

/** A copy of the records as they are comes first; then the chosen copy is taken beside them and proved. */
async function startCheck(
  services: Services,
  connection: Connection,
  { jobId, folder }: { readonly jobId: string; readonly folder: string },
): Promise<void> {
  const { storeLife, jobs } = services
  const startedBy = { ...connection }
  const safetyCopy = await makeSafetyCopy(services)
  if (storeLife.state.kind !== 'OPEN') return jobs.end(jobId, { kind: 'FAILED', code: 'STORE_CLOSED' })
  startWorkerJob(services, startedBy, {
    jobId,
    worker: 'take-copy',
    input: takeWork(storeLife.folder, storeLife.key, folder, storeLife.open.facts.storeId),
    phase: 'COPYING',
    async onDone(_trx, report) {
      rememberChecked(services, { folder, report: report as TakeReport, safetyCopy })
      return [{ action: 'restore.checked', subject: 'backup', subjectId: jobId }]
    },
    describe: () => null,
    touches: ['restore'],
  })
}

/** Only where nobody's records are at hand: none were made here, or those that were cannot be opened. */
function mayRecover({ storeLife }: Services): boolean {
  return storeLife.state.kind === 'NONE' || storeLife.state.kind === 'FAULT'
}

/** The last restore while the records that it replaced still lie beside these. */
async function wayBackOf({ storeLife }: Services): Promise<Restored | null> {
  const restored = await selectFact<Restored>(storeLife.open.store.db, restoredFact)
  return restored && existsSync(join(storeLife.folder, restored.aside, 'store.db')) ? restored : null
}

/** The end of the audit in records that were put aside; null where they do not open with this key. */
async function readAside(folder: string, key: Buffer) {
  try {
    const store = openStore({ path: join(folder, 'store.db'), key })
    try {
      const row = await one<{ value: string }>(store.db, "select value from store_fact where name = 'epoch'")
      return { headAfter: await selectAuditHead(store), epochAfter: Number(row?.value ?? 0) }
    } finally {
      await store.close()
    }
  } catch {
    // Damaged, or of another key: there is no way back that this computer could open.
    return null
  }
}

/** A slip of the finger in the code is told apart from a secret that opens nothing. */
function secretRefusal(typed: string): 'CODE_MISTYPED' | 'SECRET_WRONG' {
  return readRecoveryCode(typed).kind === 'MISTYPED' ? 'CODE_MISTYPED' : 'SECRET_WRONG'
}

function faultOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (error) {
    const code = codeOf(error)
    if (code === '') throw error
    return code
  }
}
