import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../main/app/create-app.ts'
import { createMemoryHost, type MemoryHost } from '../../main/hosts/memory-host.ts'
import { buildSample } from '../../main/sample.ts'
import type { Api } from '../../shared/contract/index.ts'
import { createClient, type ProcedureName } from '../../shared/rpc/client.ts'
import { finishSetUp } from '../support/recovery-code.ts'

export const passphrase = 'seven grey herons stand still'
export const password = 'quiet harbour lantern 41'
const now = '2026-08-03T15:42:00.000Z'

/** One window, for work that no test frame stands round. */
export type PlainWindow = {
  /** The answer as it is. */
  call(name: ProcedureName<Api>, input: unknown): ReturnType<ReturnType<typeof createClient<Api>>['call']>
}
export type PlainApp = Awaited<ReturnType<typeof createApp>>

/** A clinic in a folder of its own, without anything that belongs to one test. */
export type ScratchClinic = {
  readonly folder: string
  readonly data: string
  readonly host: MemoryHost
  remove(): void
}

export function scratchHost(folder: string): MemoryHost {
  return createMemoryHost({
    folders: { data: join(folder, 'data'), scratch: join(folder, 'scratch'), logs: join(folder, 'logs') },
    now,
  })
}

export function plainWindow(app: PlainApp): PlainWindow {
  const connection = app.connect()
  const client = createClient<Api>((text) => app.call(connection, text))
  return { call: (name, input) => client.call(name, input as never, randomUUID()) }
}

/** Makes a clinic with `people` invited, closes it, and leaves its folder. */
export async function makeScratchClinic(people: number): Promise<ScratchClinic> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-fault-'))
  const host = scratchHost(folder)
  const app = await createApp({ host, buildSample })
  const window = plainWindow(app)
  const made = await window.call('clinic.setUp', {
    clinicName: 'Alder Row Skin Clinic',
    state: 'IL',
    timeZone: 'America/Chicago',
    dateOrder: 'MDY',
    urgentPhone: '+1 312 555 0100',
    owner: {
      printedName: 'Greta Ansbach',
      credential: 'Practice manager',
      signInName: 'greta',
      password,
      pin: '294718',
      alsoPhysician: false,
      licence: null,
    },
    passphrase,
  })
  if (!made.ok) throw new Error(`the clinic was refused: ${made.refusal.code}`)
  await finishSetUp(async (name, input) => {
    const reply = await window.call(name, input)
    if (!reply.ok) throw new Error(`${name} was refused: ${reply.refusal.code}`)
    return reply.value as never
  })
  for (let person = 1; person <= people; person += 1) await window.call('staff.invite', invited(person))
  await app.close()
  return { folder, data: host.folders.data, host, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export function invited(person: number) {
  return {
    signInName: `person ${person}`,
    roles: ['frontDesk' as const],
    printedName: `Invented Person ${person} ${'x'.repeat(60)}`,
    credential: 'Front desk',
    boardCertification: null,
    licence: null,
    examinerKind: null,
    supervisor: null,
  }
}

/** Opens the clinic in `folder` as the next morning does; the caller closes the application. */
export async function openScratchClinic(
  folder: string,
): Promise<{ readonly app: PlainApp; readonly window: PlainWindow }> {
  const app = await createApp({ host: scratchHost(folder), buildSample })
  const window = plainWindow(app)
  if (app.services.storeLife.state.kind === 'PASSPHRASE_NEEDED') await window.call('clinic.unlockStore', { passphrase })
  return { app, window }
}

/** Whole numbers from 0 to `below`, the same for the same seed (mulberry32). */
export function seededNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
