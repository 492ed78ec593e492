import { app, dialog } from 'electron'
import type { Host } from '../hosts/host.ts'
import { readStartOptions } from './start-options.ts'

/** After so many ends by itself the next start opens nothing (trust design, 4.7: three in five minutes). */
export const relaunchesUntilClosed = 3
/** A program that ends even so is not started again. */
const relaunchLimit = 4
/** A run that lasted this long was no start that failed at once; the count begins again. */
const steadyRunSeconds = 100

/** Quitting waits until the store is closed, however it was asked for: window, menu, system shutdown. */
export function leaveCleanly(host: Pick<Host, 'log'>, close: () => Promise<void>): void {
  let state: 'RUNNING' | 'CLOSING' | 'CLOSED' = 'RUNNING'
  app.on('before-quit', (event) => {
    if (state === 'CLOSED') return
    event.preventDefault()
    if (state === 'CLOSING') return
    state = 'CLOSING'
    void close()
      .catch((error: unknown) => host.log({ level: 'error', event: 'CLOSE_FAILED', code: codeOf(error) }))
      .finally(() => {
        state = 'CLOSED'
        app.quit()
      })
  })
}

/**
 * A bug that nothing caught ends the process: its state can no longer be trusted. The program starts again at the
 * sign-in screen; the third time within five minutes it opens nothing and shows the ways on instead. Only the kind of error is written down, for its message may hold what a person typed.
 */
export function relaunchAfterCrash(host: Pick<Host, 'log'>, checkpoint: () => void): void {
  process.on('unhandledRejection', (error) => {
    host.log({ level: 'error', event: 'UNHANDLED_REJECTION', code: codeOf(error) })
  })
  process.on('uncaughtException', (error) => {
    host.log({ level: 'error', event: 'CRASH', code: codeOf(error) })
    try {
      checkpoint()
    } catch (fault) {
      // The log of changes stays beside the store and is taken into it at the next start.
      host.log({ level: 'error', event: 'CRASH_NO_CHECKPOINT', code: codeOf(fault) })
    }
    const { relaunched } = readStartOptions(process.argv)
    const inARow = process.uptime() < steadyRunSeconds ? relaunched + 1 : 1
    if (inARow <= relaunchLimit) {
      const kept = process.argv.slice(1).filter((argument) => !argument.startsWith('--relaunched='))
      app.relaunch({ args: [...kept, `--relaunched=${inARow}`] })
    } else {
      dialog.showErrorBox(
        'Countersign cannot start',
        'It stopped several times in a row. Your records are unchanged. Restart the computer; if that does not help, send the log folder to support.',
      )
    }
    // The store survives a killed process (write-ahead log); closing it from a broken state might not be safe.
    app.exit(1)
  })
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.name : typeof error
}
