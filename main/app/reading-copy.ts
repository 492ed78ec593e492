import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A store in a place that takes nothing cannot be opened where it lies: its log needs a file beside it. So its pages, as
 * they are and encrypted as they are, are copied to the system's own place for such files, and read there. Nothing that is
 * written there ever comes back; the copy goes when it is closed.
 */
export function makeReadingCopy(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'countersign-reading-'))
  for (const name of ['store.db', 'store.db-wal'])
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copy, name))
  return copy
}

export function removeReadingCopy(copy: string): void {
  rmSync(copy, { recursive: true, force: true })
}
