import { codeOf } from '../../db/open.ts'
import { type Instant, minutesBetween } from '../../shared/kernel/time.ts'
import type { BackupPlanRunner } from './backup-plan.ts'
import { auditAlone } from './command.ts'
import type { Connection } from './connection.ts'
import type { Services } from './services.ts'

/** Minutes in which every window is locked or signed out until the store is closed (trust design, 4.3). */
const restAfterMin = 30

/**
 * Closes the clinic's store once nobody was at any window for half an hour: its key and its connection leave the memory.
 * The windows stay locked, so that a PIN takes them up again once the store is open.
 */
export class StoreRest {
  readonly #services: Services
  /** Whose window the closing is: nobody's. */
  readonly #nobody: Connection
  readonly #backups: Pick<BackupPlanRunner, 'beforeClose'>
  #quietSince: { readonly at: Instant; readonly ms: number } | null = null
  #underway = 0
  #closing: Promise<void> | null = null

  constructor(services: Services, nobody: Connection, backups: Pick<BackupPlanRunner, 'beforeClose'>) {
    this.#services = services
    this.#nobody = nobody
    this.#backups = backups
  }

  get isClosing(): boolean {
    return this.#closing !== null
  }

  /** Work of a window: it waits while the store closes, and the store does not close under it. */
  async during<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#closing) await this.#closing
    this.#underway += 1
    try {
      return await work()
    } finally {
      this.#underway -= 1
    }
  }

  /** Looks whether somebody is at a window; after each lock and by the timer. */
  note(): void {
    const { connections, host } = this.#services
    const isQuiet = [...connections].every(({ state }) => state.kind === 'LOCKED' || state.kind === 'SIGNED_OUT')
    if (!isQuiet) this.#quietSince = null
    else this.#quietSince ??= { at: host.now(), ms: host.monotonicMs() }
  }

  /** Closes the store when the half hour is over. Never throws. */
  async closeWhenDue(): Promise<void> {
    if (this.isClosing) return
    this.note()
    if (!this.#isDue()) return
    this.#closing = this.#close().finally(() => {
      this.#closing = null
    })
    await this.#closing
  }

  #isDue(): boolean {
    const { storeLife, jobs } = this.#services
    if (storeLife.state.kind !== 'OPEN' || storeLife.state.open.facts.isSample) return false
    return this.#quietMinutes() >= restAfterMin && this.#underway === 0 && !jobs.isRunning
  }

  /** The larger of both clocks, since one can be set and the other stands still in sleep. */
  #quietMinutes(): number {
    if (!this.#quietSince) return 0
    const { host } = this.#services
    const monotonicMin = (host.monotonicMs() - this.#quietSince.ms) / 60_000
    return Math.max(minutesBetween(this.#quietSince.at, host.now()), monotonicMin)
  }

  async #close(): Promise<void> {
    const services = this.#services
    const { host, storeLife } = services
    try {
      await this.#backups.beforeClose()
      await auditAlone(services, this.#nobody, { action: 'store.rest', subject: 'store' })
    } catch (error) {
      // It closes also where the disk takes no row: the other order would leave the key in memory.
      host.log({ level: 'error', event: 'rest.unaudited', code: codeOf(error) })
    }
    try {
      await storeLife.rest()
    } catch (error) {
      host.log({ level: 'error', event: 'rest.fault', code: codeOf(error) })
    }
    this.#quietSince = null
    for (const connection of services.connections) services.publishState(connection)
  }
}
