import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { holdLock, OpenError } from '../../db/open.ts'
import { type PlaceFault, placeFacts, placeFault } from '../../db/store-file.ts'

/**
 * One program for one folder, also under another user of the computer: whoever has the lock file open for itself alone is
 * the one. The system lets go of it when the process ends, however it ends. A folder that takes no file needs no holding,
 * since nobody can write there.
 */
export class FolderHold {
  readonly #folder: string
  #lock: { release(): void } | null = null

  constructor(folder: string) {
    this.#folder = folder
  }

  /** What keeps this program from the folder, or null: it is held now, or there is no folder yet. */
  take(): PlaceFault | 'LOCKED_BY_OTHER' | null {
    const fault = placeFault(placeFacts(this.#folder))
    if (fault) return fault
    if (this.#lock || !existsSync(this.#folder)) return null
    try {
      this.#lock = holdLock(join(this.#folder, 'instance.lock'))
      return null
    } catch (error) {
      if (!(error instanceof OpenError)) throw error
      return error.fault === 'LOCKED_BY_OTHER' ? error.fault : null
    }
  }

  release(): void {
    this.#lock?.release()
    this.#lock = null
  }
}
