import { createHash } from 'node:crypto'
import type { AuditInput } from '../../db/audit/write.ts'
import type { ColumnMapping } from '../../shared/domain/patient-import-columns.ts'
import type { ColumnDateShape } from '../../shared/domain/patient-import-dates.ts'
import type { ImportId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Connection } from '../app/connection.ts'
import { vocabularyOf } from '../app/patient-vocabulary.ts'
import type { Services } from '../app/services.ts'
import { startWorkerJob } from '../app/worker-job.ts'
import type { PlanReport } from './preparation.ts'

/** A list on its way in, in memory only: it is gone with the program, or two hours after it was last looked at. */
export type Preparation = {
  readonly previewId: string
  readonly connectionId: string
  readonly staffId: StaffId
  readonly fileName: string
  readonly bytes: Buffer
  /** The reading that is going on. */
  jobId: string | null
  plan: PlanReport | null
  touchedMs: number
}

export type RunningImport = { readonly importId: ImportId; readonly kind: 'COMMIT' | 'UNDO'; readonly jobId: string }

const keptMs = 2 * 60 * 60_000
const desks = new WeakMap<Services, ImportDesk>()

export function importDeskOf(services: Services): ImportDesk {
  const known = desks.get(services)
  if (known) return known
  const desk = new ImportDesk(services)
  desks.set(services, desk)
  return desk
}

type Owner = { readonly connection: Connection; readonly staffId: StaffId }
type Written = {
  readonly importId: ImportId
  readonly jobId: string
  readonly at: Instant
  readonly by: StaffId
  readonly audit: AuditInput
}

/** Keeps lists that are being looked through and starts the worker that reads, writes and undoes them. */
class ImportDesk {
  readonly #services: Services
  readonly #preparations = new Map<string, Preparation>()
  #running: RunningImport | null = null

  constructor(services: Services) {
    this.#services = services
  }

  get running(): RunningImport | null {
    return this.#running
  }

  /** The list that this person is looking through on this window; one at a time. */
  preparationOf({ connection, staffId }: Owner): Preparation | null {
    this.#dropOld()
    const own = [...this.#preparations.values()].find(
      (one) => one.connectionId === connection.connectionId && one.staffId === staffId,
    )
    return own ?? null
  }

  /** Null for one that is unknown, gone, or another person's. */
  find(owner: Owner, previewId: string): Preparation | null {
    const own = this.preparationOf(owner)
    if (own?.previewId !== previewId) return null
    own.touchedMs = this.#services.host.monotonicMs()
    return own
  }

  /** Takes a file in; the list that this window looked through before is dropped. */
  take({ connection, staffId }: Owner, file: Pick<Preparation, 'previewId' | 'fileName' | 'bytes'>): Preparation {
    for (const [id, one] of this.#preparations)
      if (one.connectionId === connection.connectionId) this.#preparations.delete(id)
    const preparation: Preparation = {
      ...file,
      connectionId: connection.connectionId,
      staffId,
      jobId: null,
      plan: null,
      touchedMs: this.#services.host.monotonicMs(),
    }
    this.#preparations.set(file.previewId, preparation)
    return preparation
  }

  drop(previewId: string): void {
    this.#preparations.delete(previewId)
  }

  /** Reads the list in a worker; what was read before stays in sight until then. */
  read(
    connection: Connection,
    preparation: Preparation,
    reading: {
      readonly jobId: string
      readonly mapping: ColumnMapping | null
      readonly dateShape: ColumnDateShape | null
      readonly today: CalendarDate
    },
  ): void {
    const { jobId, ...choices } = reading
    preparation.jobId = jobId
    startWorkerJob(this.#services, connection, {
      jobId,
      worker: 'patient-import',
      input: { kind: 'PREVIEW', ...this.#access(), ...choices, ...this.#reading(preparation) },
      phase: 'CHECKING',
      onDone: async (_trx, report) => {
        preparation.plan = report as PlanReport
        return []
      },
      describe: () => null,
      onEnd: () => {
        preparation.jobId = null
      },
      touches: ['patientImport'],
    })
  }

  /** Writes the list as it was last read; where a chart changed since, it is read once more. The audit row goes with it, in the worker's own transaction. */
  write(
    connection: Connection,
    preparation: Preparation,
    plan: PlanReport,
    written: Written,
    today: CalendarDate,
  ): void {
    this.#start(connection, written, 'COMMIT', {
      ...this.#reading(preparation),
      mapping: plan.mapping,
      dateShape: plan.dateShape,
      kept: plan.kept,
      today,
      fileName: preparation.fileName,
      fileSha256: createHash('sha256').update(preparation.bytes).digest('hex'),
      onWritten: () => this.drop(preparation.previewId),
    })
  }

  undo(connection: Connection, written: Written): void {
    this.#start(connection, written, 'UNDO', {})
  }

  #start(
    connection: Connection,
    { importId, jobId, at, by, audit }: Written,
    kind: RunningImport['kind'],
    { onWritten, ...extra }: { readonly onWritten?: () => void; readonly [name: string]: unknown },
  ): void {
    const services = this.#services
    const { auditKey } = services.storeLife.open
    const vocabulary = vocabularyOf(services)
    this.#running = { importId, kind, jobId }
    startWorkerJob(services, connection, {
      jobId,
      worker: 'patient-import',
      input: { kind, ...this.#access(), ...extra, importId, at, by, audit, auditKey: auditKey.toString('hex') },
      phase: kind === 'COMMIT' ? 'CHECKING' : 'UNDOING',
      onDone: async () => {
        services.storeLife.open.lastSavedAt = services.host.now()
        onWritten?.()
        return []
      },
      describe: () => null,
      onEnd: () => {
        this.#running = null
        vocabulary.forget()
      },
      touches: ['patientImport', 'patient', 'patientSearch', 'chart', 'today'],
    })
  }

  #access() {
    const { storeLife } = this.#services
    return { storePath: storeLife.open.store.path, key: storeLife.key.toString('hex') }
  }

  #reading({ bytes }: Preparation) {
    return { bytes, clinicOrder: this.#services.storeLife.open.facts.dateOrder }
  }

  #dropOld(): void {
    const now = this.#services.host.monotonicMs()
    for (const [id, one] of this.#preparations)
      if (one.jobId === null && now - one.touchedMs > keptMs) this.#preparations.delete(id)
  }
}
