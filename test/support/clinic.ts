import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Connection } from '../../main/app/connection.ts'
import { createApp } from '../../main/app/create-app.ts'
import { createMemoryHost, type MemoryHost } from '../../main/hosts/memory-host.ts'
import { buildSample } from '../../main/sample.ts'
import type { InputOf, OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { type Client, createClient, type DefinitionOf, type ProcedureName } from '../../shared/rpc/client.ts'
import { finishSetUp } from './recovery-code.ts'

/** Monday 3 August 2026, 10:42 in Chicago. */
export const clinicNow = '2026-08-03T15:42:00.000Z'
export const password = 'quiet harbour lantern 41'
export const pin = '294718'

export type TestApp = Awaited<ReturnType<typeof createApp>>
type Name = ProcedureName<Api>

/** One window of the application, called in process. */
export type Window = {
  readonly connection: Connection
  /** The envelope as it is. Commands get a fresh idempotency key unless one is given. */
  call<P extends Name>(name: P, input: unknown, key?: string): ReturnType<Client<Api>['call']>
  /** The value; throws with the refusal's code where there is none. */
  must<P extends Name>(name: P, input: InputOf<DefinitionOf<Api, P>>): Promise<OutputOf<DefinitionOf<Api, P>>>
  /** The refusal's code, or `ok`. */
  code<P extends Name>(name: P, input: unknown): Promise<string>
}

export function openWindow(app: TestApp): Window {
  const connection = app.connect()
  const client = createClient<Api>((text) => app.call(connection, text))
  const call: Window['call'] = (name, input, key = randomUUID()) => client.call(name, input as never, key)
  return {
    connection,
    call,
    async must(name, input) {
      const reply = await call(name, input)
      if (!reply.ok) throw new Error(`${name} was refused: ${JSON.stringify(reply.refusal)}`)
      return reply.value as never
    },
    async code(name, input) {
      const reply = await call(name, input)
      return reply.ok ? 'ok' : reply.refusal.code
    },
  }
}

export type TestHouse = { readonly host: MemoryHost; readonly app: TestApp; readonly folder: string }

/** An application on an empty folder that goes away with the test. */
export async function emptyHouse(now = clinicNow): Promise<TestHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  const host = createMemoryHost({
    folders: { data: join(folder, 'data'), scratch: join(folder, 'scratch'), logs: join(folder, 'logs') },
    now,
  })
  const app = await createApp({ host, buildSample })
  onTestFinished(async () => {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { host, app, folder }
}

export type TestClinic = TestHouse & {
  /** The owner's window: manager only. */
  readonly manager: Window
  readonly managerId: StaffId
  /** As it stands on the sheet. */
  readonly recoveryCode: string
  /** Invites a person with these grants and signs them in on a window of their own. */
  hire(
    roles: readonly Role[],
    name?: string,
  ): Promise<{ readonly window: Window; readonly staffId: StaffId; readonly printedName: string }>
}

/** A clinic that was set up a moment ago: Alder Row Skin Clinic, Chicago, with its owner signed in. */
export async function newClinic(now = clinicNow): Promise<TestClinic> {
  const house = await emptyHouse(now)
  const manager = openWindow(house.app)
  await manager.must('clinic.setUp', {
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
      pin,
      alsoPhysician: false,
      licence: null,
    },
    passphrase: 'seven grey herons stand still',
  })
  const recoveryCode = await finishSetUp(manager.must)
  const state = await manager.must('signIn.state', {})
  if (state.kind !== 'SIGNED_IN') throw new Error('the owner is not signed in')
  let hired = 0
  return {
    ...house,
    manager,
    managerId: state.person.staffId,
    recoveryCode,
    async hire(roles, name) {
      hired += 1
      const printedName = name ?? `${roles.includes('physician') ? 'Dr Samuel Okafor' : 'Lena Brook'} ${hired}`
      const signInName = `person${hired}`
      const treats = roles.includes('physician') || roles.includes('aesthetician')
      const { staffId, oneTimeCode } = await manager.must('staff.invite', {
        signInName,
        roles: [...roles],
        printedName,
        credential: roles.includes('physician')
          ? 'MD'
          : roles.includes('aesthetician')
            ? 'Licensed aesthetician'
            : 'Front desk',
        boardCertification: roles.includes('physician') ? 'Dermatology' : null,
        licence: treats
          ? {
              number: `LIC-${1000 + hired}`,
              state: 'IL',
              level: roles.includes('physician') ? 'PHYSICIAN' : 'AESTHETICIAN',
              expiresOn: '2029-12-31',
            }
          : null,
        examinerKind: roles.includes('physician') ? 'PHYSICIAN' : null,
        supervisor: null,
      })
      const window = openWindow(house.app)
      await window.must('signIn.withCode', { signInName, code: oneTimeCode, newPassword: password, pin })
      return { window, staffId, printedName }
    },
  }
}
