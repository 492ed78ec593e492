import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LogEvent } from '../../main/hosts/host.ts'
import { relaunchAfterCrash, relaunchesUntilClosed } from '../../main/windows/ending.ts'
import { readStartOptions } from '../../main/windows/start-options.ts'

const electron = vi.hoisted(() => ({
  app: { relaunch: vi.fn(), exit: vi.fn() },
  dialog: { showErrorBox: vi.fn() },
}))
vi.mock('electron', () => electron)

const ownArguments = process.argv
const listenersBefore = { fault: process.listeners('uncaughtException'), late: process.listeners('unhandledRejection') }
const logged: LogEvent[] = []
const checkpoint = vi.fn()

/** What the process does with a bug that nothing caught, `relaunched` starts after the first. */
function crash(relaunched: number): void {
  process.argv = ['countersign', '.', ...(relaunched > 0 ? [`--relaunched=${relaunched}`] : [])]
  relaunchAfterCrash({ log: (event) => void logged.push(event) }, checkpoint)
  const added = process.listeners('uncaughtException').filter((one) => !listenersBefore.fault.includes(one))
  added[0]?.(new TypeError('cannot read Featherstone'), 'uncaughtException')
}

beforeEach(() => {
  vi.resetAllMocks()
  logged.length = 0
})
afterEach(() => {
  process.argv = ownArguments
  for (const one of process.listeners('uncaughtException'))
    if (!listenersBefore.fault.includes(one)) process.off('uncaughtException', one)
  for (const one of process.listeners('unhandledRejection'))
    if (!listenersBefore.late.includes(one)) process.off('unhandledRejection', one)
})

describe('a bug that nothing caught', () => {
  it('brings the log of changes into the store, starts the program again and tells only its kind', () => {
    crash(0)
    expect(checkpoint).toHaveBeenCalledTimes(1)
    expect(electron.app.relaunch).toHaveBeenCalledWith({ args: ['.', '--relaunched=1'] })
    expect(electron.app.exit).toHaveBeenCalledWith(1)
    expect(JSON.stringify(logged)).toContain('TypeError')
    expect(JSON.stringify(logged)).not.toContain('Featherstone')
  })

  it('ends the program also where the store cannot be brought up to date', () => {
    checkpoint.mockImplementation(() => {
      throw new Error('disk')
    })
    crash(0)
    expect(logged.map(({ event }) => event)).toEqual(['CRASH', 'CRASH_NO_CHECKPOINT'])
    expect(electron.app.exit).toHaveBeenCalledWith(1)
  })

  it('starts without opening the records after the third in a row, and not at all after that', () => {
    crash(2)
    const [{ args }] = electron.app.relaunch.mock.calls[0] as [{ args: string[] }]
    expect(readStartOptions(args).relaunched).toBe(relaunchesUntilClosed)
    vi.resetAllMocks()
    crash(4)
    expect(electron.app.relaunch).not.toHaveBeenCalled()
    expect(electron.dialog.showErrorBox).toHaveBeenCalledTimes(1)
  })
})
