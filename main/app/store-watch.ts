import { isStillAt, isWritable } from '../../db/store-file.ts'
import type { Services } from './services.ts'

/** How often the timer looks whether the open store is still the file under its name (trust design, F19). */
const lookEveryMs = 60_000

/** What no engine tells: an open file that was moved, replaced or deleted takes every write and gives it to nobody. */
export class StoreWatch {
  readonly #services: Services
  #lookedAtMs = Number.NEGATIVE_INFINITY

  constructor(services: Services) {
    this.#services = services
  }

  /** By the host's timer. */
  async look(): Promise<void> {
    const nowMs = this.#services.host.monotonicMs()
    if (nowMs - this.#lookedAtMs < lookEveryMs) return
    this.#lookedAtMs = nowMs
    await stopWritingWhereLost(this.#services)
  }
}

/** Also before each backup. True where the store is read only, now or since before. */
export async function stopWritingWhereLost({ storeLife }: Services): Promise<boolean> {
  if (storeLife.state.kind !== 'OPEN') return false
  const { store, identity, readOnly } = storeLife.open
  if (readOnly !== null) return true
  if (!isStillAt(store.path, identity)) await storeLife.stopWriting('MOVED')
  else if (!isWritable(store.path)) await storeLife.stopWriting('READ_ONLY')
  return storeLife.state.kind === 'OPEN' && storeLife.open.readOnly !== null
}
