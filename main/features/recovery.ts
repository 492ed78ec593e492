import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { SalvageReport } from '../../db/dialects/sqlite-salvage.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { CopyView } from '../../shared/contract/restore.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { rememberedPlaces } from '../app/backup-places.ts'
import { isFolder } from '../app/backup-plan.ts'
import { copyName, ownCopiesFolder } from '../app/backup-work.ts'
import type { Handlers } from '../app/context.ts'
import { readKeyrings, subKey } from '../app/keyring.ts'
import { exchangeRecords, keepOwnKeyring, viewCopies } from '../app/restore.ts'
import { incomingName } from '../app/restore-swap.ts'
import type { Services } from '../app/services.ts'
import { runWorker, WorkerError } from '../app/workers.ts'
import type { SalvageWork } from '../workers/salvage.ts'

const salvagedBy = new WeakMap<Services, SalvageReport>()

export const recoveryHandlers = {
  state: async ({ services }) => {
    const report = salvagedOf(services)
    return accept({
      newest: services.storeLife.state.kind === 'FAULT' ? newestCopy(services) : null,
      canSalvage: services.storeLife.faultKey !== null,
      salvaged: report && viewOf(report),
    })
  },

  salvage: {
    async outside(services) {
      const { host, jobs, storeLife } = services
      const { faultKey } = storeLife
      if (!faultKey) return refuse('NOTHING_TO_SALVAGE')
      if (jobs.isRunning) return refuse('WORK_RUNNING')
      salvagedBy.delete(services)
      const { data } = host.folders
      const work: SalvageWork = { from: data, to: join(data, incomingName), key: faultKey.toString('hex') }
      const jobId = host.newId()
      jobs.start(jobId, 'SALVAGING', () => undefined)
      try {
        const report = (await runWorker(host, 'salvage', work, ({ done, total, phase }) =>
          jobs.progress(jobId, done, total, phase),
        )) as SalvageReport
        jobs.end(jobId, { kind: 'DONE', report: null })
        salvagedBy.set(services, report)
        host.log({ level: 'warn', event: 'store.salvaged', tables: report.tables.length })
        return accept(viewOf(report))
      } catch (error) {
        const code = error instanceof WorkerError ? error.code : 'INTERNAL'
        jobs.end(jobId, { kind: 'FAILED', code })
        if (code === 'NOTHING_READABLE') return refuse('NOTHING_READABLE')
        throw error
      }
    },
  },

  openSalvaged: {
    async outside(services, connection) {
      const { storeLife, host } = services
      const report = salvagedOf(services)
      const { faultKey } = storeLife
      if (!report || !faultKey) return refuse('NOT_SALVAGED')
      const storeId = keepOwnKeyring(host.folders.data)
      salvagedBy.delete(services)
      await exchangeRecords(services, connection, {
        kind: 'SALVAGE',
        incoming: incomingName,
        copyMadeAt: null,
        key: Buffer.from(faultKey),
        storeId,
        headAfter: report.auditHead,
        epochAfter: report.epoch,
      })
      return storeLife.state.kind === 'OPEN' ? accept({}) : refuse('RESTORE_FAILED')
    },
  },

  keepCopy: {
    async outside(services, _connection, input) {
      const { host, storeLife } = services
      const { state } = storeLife
      const isMoved = state.kind === 'OPEN' && state.open.readOnly === 'MOVED'
      const lies = join(host.folders.data, 'store.db')
      if (!isMoved && !(state.kind === 'FAULT' && isFile(lies))) return refuse('NOTHING_TO_KEEP')
      if (!isAbsolute(input.folder)) return refuse('FOLDER_NOT_ABSOLUTE')
      if (!isFolder(input.folder)) return refuse('FOLDER_MISSING')
      const folder = join(input.folder, `${copyName(host.now())}-as-it-is`)
      mkdirSync(folder, { mode: 0o700 })
      if (isMoved) state.open.store.driver.prepare('vacuum into ?').run(join(folder, 'store.db'))
      else
        for (const name of ['store.db', 'store.db-wal'])
          if (existsSync(join(host.folders.data, name))) copyFileSync(join(host.folders.data, name), join(folder, name))
      return accept({ folder })
    },
  },
} satisfies Handlers<typeof contract.recovery>

function isFile(path: string): boolean {
  return existsSync(path) && !isFolder(path)
}

/** The report while what was salvaged still waits beside the records. */
function salvagedOf(services: Services): SalvageReport | null {
  const waits = existsSync(join(services.host.folders.data, incomingName, 'store.db'))
  return waits ? (salvagedBy.get(services) ?? null) : null
}

function viewOf(report: SalvageReport) {
  return { ...report, tables: report.tables.filter(({ read, lost }) => read > 0 || lost !== 0) }
}

/** Among the places that backups went to; without the key nobody can say whether a manifest is true. */
function newestCopy({ host, storeLife }: Services): CopyView | null {
  const { data } = host.folders
  const keyrings = readKeyrings(join(data, 'keyring.json'))
  const storeId = keyrings === null || keyrings === 'KEYRING_DAMAGED' ? undefined : keyrings[0]?.storeId
  const { faultKey } = storeLife
  const ours = faultKey && storeId ? { manifestKey: subKey(faultKey, 'manifest/v1'), storeId } : null
  const copies = [ownCopiesFolder(data), ...rememberedPlaces(data)]
    .filter(isFolder)
    .flatMap((place) => viewCopies(place, ours))
    .filter(({ standing }) => standing === 'VERIFIED' || standing === 'UNKNOWN')
  return copies.sort((a, b) => ((a.about?.madeAt ?? '') < (b.about?.madeAt ?? '') ? 1 : -1))[0] ?? null
}
