import { join, resolve } from 'node:path'
import { app } from 'electron'

export type StartOptions = {
  /** Folder of the store when it is not the usual one; null for the usual one. */
  readonly dataFolder: string | null
  /** Opens the sample clinic in a scratch folder. */
  readonly sample: boolean
  /** How often in a row the program has already started again after a crash. */
  readonly relaunched: number
}

/** Reads `--data=DIR`, `--sample` and `--relaunched=N`; everything else on the line belongs to Chromium. */
export function readStartOptions(argv: readonly string[]): StartOptions {
  const data = readValue(argv, '--data=')
  const relaunched = Number.parseInt(readValue(argv, '--relaunched=') ?? '0', 10)
  return {
    dataFolder: data === null || data === '' ? null : resolve(data),
    sample: argv.includes('--sample'),
    relaunched: Number.isSafeInteger(relaunched) && relaunched > 0 ? relaunched : 0,
  }
}

/**
 * Points Electron's own folder below the wished data folder, so that two data folders are two programs (the
 * single-instance lock belongs to that folder) and nothing is left elsewhere. To be called before the lock is asked for.
 */
export function placeUserData(options: StartOptions): void {
  const localFolder = process.env['LOCALAPPDATA']
  if (options.dataFolder !== null) app.setPath('userData', join(options.dataFolder, 'desktop'))
  // Electron would take the roaming folder, which a domain may keep on a network drive: no place for a store.
  else if (process.platform === 'win32' && localFolder !== undefined)
    app.setPath('userData', join(localFolder, app.name))
}

function readValue(argv: readonly string[], prefix: string): string | null {
  const found = argv.find((argument) => argument.startsWith(prefix))
  return found === undefined ? null : found.slice(prefix.length)
}
