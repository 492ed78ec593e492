import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { createApp } from '../../main/app/create-app.ts'
import { createMemoryHost, type MemoryHost } from '../../main/hosts/memory-host.ts'
import { buildSample } from '../../main/sample.ts'
import { type Preview, servePreview } from '../../main/transports/http.ts'
import type { InputOf, OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { createClient, type DefinitionOf, type ProcedureName } from '../../shared/rpc/client.ts'
import { finishSetUp } from '../support/recovery-code.ts'

export { expect } from '@playwright/test'

/** Monday 3 August 2026, 10:42 in Chicago. */
export const journeyNow = '2026-08-03T15:42:00.000Z'
export const password = 'quiet harbour lantern 41'
export const passphrase = 'seven grey herons stand still'
export const pin = '294718'

type Name = ProcedureName<Api>

/** A window without a browser: what a journey needs done before its own story begins goes through the same door. */
export type Desk = {
  must<P extends Name>(name: P, input: InputOf<DefinitionOf<Api, P>>): Promise<OutputOf<DefinitionOf<Api, P>>>
}

export type Person = {
  readonly staffId: StaffId
  readonly signInName: string
  readonly printedName: string
  readonly desk: Desk
}

export type House = {
  readonly host: MemoryHost
  readonly preview: Preview
  readonly folder: string
  /** A new window of the program without a browser. */
  desk(): Desk
  /** What the program's own timer does each second: locks idle windows and the like. */
  tick(): Promise<void>
  /** Somebody locks the computer itself. */
  lockComputer(): Promise<void>
  /** Ends the program early, for journeys that look at what it leaves behind. */
  stop(): Promise<void>
  /** Sets the clinic up by commands: owner, physician, aesthetician, front desk. For journeys that begin later in the day. */
  openClinic(): Promise<{
    readonly owner: Person
    readonly recoveryCode: string
    hire(name: string, roles: readonly Role[]): Promise<Person>
  }>
}

/** One served application on an empty folder, with a clock that stands until the journey moves it. */
export const test = base.extend<{ startsAt: string; house: House }>({
  /** The moment at which the clinic's clock stands first; `test.use({ startsAt })` where the story has a date. */
  startsAt: [journeyNow, { option: true }],
  house: async ({ startsAt }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-journey-'))
    const house = await openHouse(folder, startsAt)
    await use(house)
    await house.stop()
    rmSync(folder, { recursive: true, force: true })
  },
})

/** The application in this process, its records below `folder`; ended by its own `stop`. */
export async function openHouse(folder: string, now = journeyNow): Promise<House> {
  const host = createMemoryHost({
    folders: { data: join(folder, 'data'), scratch: join(folder, 'scratch'), logs: join(folder, 'logs') },
    now,
  })
  // A browser saves in real time, however the clinic's clock stands.
  host.pause = (ms) => new Promise((end) => setTimeout(end, ms))
  const app = await createApp({ host, buildSample })
  const preview = await servePreview({
    app,
    rendererFolder: new URL('../../out/renderer', import.meta.url).pathname,
    port: 0,
  })
  const desk = (): Desk => {
    const connection = app.connect()
    const client = createClient<Api>((text) => app.call(connection, text))
    return {
      async must(name, input) {
        const reply = await client.call(name, input, randomUUID())
        if (!reply.ok) throw new Error(`${name} was refused: ${JSON.stringify(reply.refusal)}`)
        return reply.value
      },
    }
  }
  let hasStopped = false
  return {
    host,
    preview,
    folder,
    desk,
    tick: () => app.tick(),
    lockComputer: () => app.lockAll('OS_LOCK'),
    openClinic: () => openClinic(desk),
    async stop() {
      if (hasStopped) return
      hasStopped = true
      await preview.close()
      await app.close()
    },
  }
}

export const clinicTimeZone = 'America/Chicago'

/** Sets the clinic up through desks of this kind. */
export async function openClinic(desk: () => Desk) {
  const ownerDesk = desk()
  await ownerDesk.must('clinic.setUp', {
    clinicName: 'Alder Row Skin Clinic',
    state: 'IL',
    timeZone: clinicTimeZone,
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
    passphrase,
  })
  const recoveryCode = await finishSetUp(ownerDesk.must)
  const state = await ownerDesk.must('signIn.state', {})
  if (state.kind !== 'SIGNED_IN') throw new Error('the owner is not signed in')
  const owner: Person = {
    staffId: state.person.staffId,
    signInName: 'greta',
    printedName: 'Greta Ansbach',
    desk: ownerDesk,
  }
  return {
    owner,
    recoveryCode,
    async hire(name: string, roles: readonly Role[]): Promise<Person> {
      const isPhysician = roles.includes('physician')
      const treats = isPhysician || roles.includes('aesthetician')
      const signInName = name.toLowerCase().replaceAll(/[^a-z]/g, '')
      const { staffId, oneTimeCode } = await ownerDesk.must('staff.invite', {
        signInName,
        roles: [...roles],
        printedName: name,
        credential: isPhysician ? 'MD' : treats ? 'Licensed aesthetician' : 'Front desk',
        boardCertification: isPhysician ? 'Dermatology' : null,
        licence: treats
          ? {
              number: `IL-${signInName.length}4810`,
              state: 'IL',
              level: isPhysician ? 'PHYSICIAN' : 'AESTHETICIAN',
              expiresOn: '2029-12-31',
            }
          : null,
        examinerKind: isPhysician ? 'PHYSICIAN' : null,
        supervisor: null,
      })
      const window = desk()
      await window.must('signIn.withCode', { signInName, code: oneTimeCode, newPassword: password, pin })
      return { staffId, signInName, printedName: name, desk: window }
    },
  }
}

/** Opens a window of the served program at its first screen. */
export async function openProgram(page: Page, house: House): Promise<void> {
  await page.goto(house.preview.newAddress())
}

/** Opens a window and signs a person in with name and password, up to Today. */
export async function signIn(page: Page, house: House, person: Person): Promise<void> {
  await openProgram(page, house)
  await page.getByRole('button', { name: 'Name and password' }).click()
  await page.getByLabel('Sign-in name').fill(person.signInName)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
}

/** What is looked at: all that is shown, or only what lies `within` a selector, such as a dialog over a long page. */
type Scope = { readonly within?: string }

/** No WCAG 2.2 A or AA violation on what is shown now. */
export async function expectAccessible(page: Page, scope: Scope = {}): Promise<void> {
  expect(await violationsOf(page, scope)).toEqual([])
}

/** Each broken WCAG 2.2 A or AA rule with the elements that break it. */
export async function violationsOf(
  page: Page,
  { within = ':root' }: Scope = {},
): Promise<readonly { readonly id: string; readonly targets: readonly string[] }[]> {
  const report = await new AxeBuilder({ page })
    .include(within)
    .options({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    })
    // There are no frames to gather from, so no page of its own is needed for it.
    .setLegacyMode()
    .analyze()
  return report.violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target.join(' ')) }))
}
