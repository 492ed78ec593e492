import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import {
  type Handlers,
  type InvokeAsk,
  type KeychainBackend,
  type MachineFacts,
  type MachineRequests,
  type MainEvent,
  type MainRequests,
  type Message,
  Wire,
} from './wire.ts'

export type MachineOptions = {
  /** The program's entry: the built `out/main/main.js`, or `main/main.ts` as it stands. */
  readonly entry: string
  /** What `app.getAppPath()` answers: the folder that holds `out/`. */
  readonly appFolder: string
  /** Folder that is Electron's `userData` unless the program says otherwise. */
  readonly userData: string
  readonly args?: readonly string[]
  readonly isPackaged?: boolean
  readonly keychain?: { readonly backend: KeychainBackend; readonly keyHex: string }
  /** Who plays the renderer process; without one, pages load at once and show nothing. */
  readonly screen?: Handlers<MachineRequests>
}

export type Machine = {
  ask<Name extends keyof MainRequests>(
    name: Name,
    ask: MainRequests[Name]['ask'],
  ): Promise<MainRequests[Name]['answer']>
  /** As the preload does it from the main frame of the only window, unless told otherwise. */
  invoke(channel: string, args: readonly unknown[], from?: Partial<InvokeAsk['frame']>): Promise<unknown>
  onEvent(listener: (event: MainEvent) => void): void
  /** Everything that the main process has told so far. */
  readonly events: readonly MainEvent[]
  readonly pid: number
  /** What the main process wrote to its console. */
  output(): string
  /** Exit code, once the process has ended. */
  readonly ended: Promise<number | null>
  quit(): Promise<number | null>
  kill(): Promise<void>
}

export const pageAddress = 'app://countersign/'

/** A keychain for one test: give the same one to a second start, as the same computer would. */
export function newKeychain(backend: KeychainBackend = 'gnome_libsecret'): NonNullable<MachineOptions['keychain']> {
  return { backend, keyHex: randomBytes(32).toString('hex') }
}

/** Starts the program's main process on the Electron double, in a process of its own. */
export function startMachine(options: MachineOptions): Machine {
  const facts: MachineFacts = {
    appFolder: options.appFolder,
    appVersion: '0.0.0-double',
    isPackaged: options.isPackaged ?? false,
    userData: options.userData,
    keychain: options.keychain ?? newKeychain(),
  }
  const register = fileURLToPath(new URL('./register.ts', import.meta.url))
  const child = fork(options.entry, [...(options.args ?? [])], {
    execArgv: ['--import', register, '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, COUNTERSIGN_ELECTRON_DOUBLE: JSON.stringify(facts) },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  return watch(child, options.screen ?? blankScreen)
}

const blankScreen: Handlers<MachineRequests> = {
  load: () => null,
  reload: () => null,
  closed: () => null,
  chooseFolder: () => null,
}

function watch(child: ChildProcess, screen: Handlers<MachineRequests>): Machine {
  const events: MainEvent[] = []
  const listeners = new Set<(event: MainEvent) => void>()
  const written: string[] = []
  child.stdout?.on('data', (bytes: Buffer) => written.push(bytes.toString('utf8')))
  child.stderr?.on('data', (bytes: Buffer) => written.push(bytes.toString('utf8')))

  const wire = new Wire<MainRequests, MachineRequests>((message) => {
    // The process may end between the question and the wire; whoever waits hears of it from its exit.
    if (child.connected) child.send(message, () => {})
  }, screen)
  child.on('message', (message: Message) => {
    if (message.kind !== 'EVENT') return wire.receive(message)
    events.push(message.event)
    for (const listener of listeners) listener(message.event)
  })
  const ended = new Promise<number | null>((settle) => {
    child.on('exit', (code) => {
      wire.break(`the main process has ended with ${code}:\n${written.join('')}`)
      settle(code)
    })
  })

  const ask: Machine['ask'] = (name, question) => wire.ask(name, question)
  return {
    ask,
    invoke: (channel, args, from = {}) =>
      ask('invoke', { windowId: 1, channel, args, frame: { url: pageAddress, isMainFrame: true, ...from } }),
    onEvent: (listener) => listeners.add(listener),
    events,
    pid: child.pid ?? 0,
    output: () => written.join(''),
    ended,
    async quit() {
      // The process may be gone before it can answer; how it ended is the answer then.
      await ask('quit', null).catch(() => null)
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
