import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import type { Envelope } from '../../../shared/rpc/envelope.ts'
import { finishSetUp } from '../recovery-code.ts'
import { type Machine, type MachineOptions, startMachine } from './machine.ts'

export type Shell = {
  readonly machine: Machine
  readonly userData: string
  /** Calls a procedure as the program's page does. */
  call(name: string, input: unknown): Promise<Envelope>
}

type ShellOptions = Partial<Pick<MachineOptions, 'args' | 'userData' | 'keychain' | 'isPackaged'>>

/** Starts `main/main.ts` as it stands on the Electron double, with a renderer build of two files and no screen. */
export function openShell(options: ShellOptions = {}): Promise<Shell> {
  return openShellUntil(onTestFinished, options)
}

/** One shell for all tests of a file that only ask it and change nothing; starting one takes half a second. */
export function openSharedShell(options: ShellOptions = {}): { readonly machine: Machine } {
  const cleanups: (() => void | Promise<void>)[] = []
  let shell: Shell | undefined
  beforeAll(async () => {
    shell = await openShellUntil((cleanup) => cleanups.push(cleanup), options)
  })
  afterAll(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup()
  })
  return {
    get machine() {
      if (shell === undefined) throw new Error('the shared shell is open only while tests run')
      return shell.machine
    },
  }
}

type WhenFinished = (cleanup: () => void | Promise<void>) => unknown

async function openShellUntil(whenFinished: WhenFinished, options: ShellOptions): Promise<Shell> {
  const userData = options.userData ?? temporaryFolder(whenFinished)
  const shown = Promise.withResolvers<null>()
  const machine = startMachine({
    ...options,
    entry: fileURLToPath(new URL('../../../main/main.ts', import.meta.url)),
    appFolder: makeAppFolder(whenFinished),
    userData,
    screen: {
      load: () => shown.resolve(null) ?? null,
      reload: () => null,
      closed: () => null,
      chooseFolder: () => null,
    },
  })
  whenFinished(() => machine.kill())
  await Promise.race([shown.promise, machine.ended])
  return {
    machine,
    userData,
    call: async (name, input) =>
      JSON.parse(String(await machine.invoke('countersign:call', [JSON.stringify({ name, input })]))),
  }
}

/** Sets up a clinic and leaves its owner signed in. */
export async function setUpClinic({ call }: Shell): Promise<void> {
  const made = await call('clinic.setUp', {
    clinicName: 'Quillhaven Skin Clinic',
    state: 'CA',
    timeZone: 'America/Los_Angeles',
    dateOrder: 'MDY',
    urgentPhone: '+1 555 010 0100',
    owner: {
      printedName: 'Ottoline Quillhaven',
      credential: 'Clinic manager',
      signInName: 'ottoline',
      password: 'nine lamps over the harbour',
      pin: '730519',
      alsoPhysician: false,
      licence: null,
    },
    passphrase: null,
  })
  if (!made.ok) throw new Error(`the clinic was not set up: ${JSON.stringify(made)}`)
  await finishSetUp(async (name, input) => {
    const reply = await call(name, input)
    if (!reply.ok) throw new Error(`${name} was refused: ${JSON.stringify(reply.refusal)}`)
    return reply.value as never
  })
}

/** A folder that is gone when the test has ended. */
export function temporaryFolder(whenFinished: WhenFinished = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-shell-'))
  whenFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function makeAppFolder(whenFinished: WhenFinished): string {
  const folder = temporaryFolder(whenFinished)
  const renderer = join(folder, 'out', 'renderer')
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>Countersign</title>')
  writeFileSync(join(renderer, 'assets', 'app.js'), 'export {}')
  writeFileSync(join(renderer, 'assets', 'not-listed.js'), 'export {}')
  writeFileSync(join(renderer, 'files.json'), JSON.stringify(['assets/app.js', 'index.html']))
  writeFileSync(join(folder, 'out', 'store.db'), 'not for the page')
  return folder
}
