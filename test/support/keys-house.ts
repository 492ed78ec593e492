import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createApp } from '../../main/app/create-app.ts'
import type { Host } from '../../main/hosts/host.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import { buildSample } from '../../main/sample.ts'
import type { InputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import { auditRows } from './audit-rows.ts'
import { emptyHouse, openWindow, password, pin, type TestHouse, type Window } from './clinic.ts'
import { finishSetUp } from './recovery-code.ts'

export const passphrase = 'seven grey herons stand still'

type Computer = Partial<Pick<Host, 'keychain' | 'keychainGap'>>

export const setUpInput: InputOf<Api['clinic']['setUp']> = {
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
  passphrase: null,
}

export type KeysClinic = TestHouse & { readonly window: Window; readonly recoveryCode: string }

/** A clinic that was set up on this computer, its owner signed in, its code on paper. */
export async function clinicOn(computer: Computer, secret: string | null = null): Promise<KeysClinic> {
  const house = await startAgain(await emptyHouse(), computer)
  await house.window.must('clinic.setUp', { ...setUpInput, passphrase: secret })
  return { ...house, recoveryCode: await finishSetUp(house.window.must) }
}

/** Ends the program and starts it on the same folder; nobody types anything yet. */
export async function startAgain(
  house: TestHouse,
  computer: Computer = {},
): Promise<TestHouse & { readonly window: Window }> {
  await house.app.close()
  const host = Object.assign(createMemoryHost({ folders: house.host.folders, now: house.host.now() }), computer)
  const app = await createApp({ host, buildSample })
  onTestFinished(() => app.close())
  return { host, app, folder: house.folder, window: openWindow(app) }
}

/** The same folder of records on another computer. */
export async function carriedTo(
  house: TestHouse,
  computer: Computer = {},
): Promise<TestHouse & { readonly window: Window }> {
  await house.app.close()
  const other = await emptyHouse(house.host.now())
  cpSync(house.host.folders.data, join(other.folder, 'data'), { recursive: true })
  return startAgain(other, computer)
}

/** Reasons of the rows that tell of a changed key slot, oldest first. */
export async function slotRows({ app }: Pick<TestHouse, 'app'>): Promise<readonly (string | null)[]> {
  return (await auditRows(app)).filter(({ action }) => action === 'store.keySlot').map(({ reason }) => reason)
}
