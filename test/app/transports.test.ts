import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../main/app/create-app.ts'
import type { Keychain } from '../../main/hosts/host.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import { buildSample } from '../../main/sample.ts'
import { clinicNow, password, pin, type TestHouse } from '../support/clinic.ts'
import { openShell } from '../support/electron-double/shell-fixture.ts'
import { openPreview } from '../support/preview.ts'
import { askedGroups } from '../support/recovery-code.ts'

/** Carries the text of a request and gives the text of its answer. */
type Send = (requestText: string) => Promise<string>
/** What a later call needs from an earlier answer. */
type Seen = { staffId: string; code: string; groups: { first: string; second: string } }

const key = randomUUID()
const otherKey = randomUUID()
const unknownId = '5f8e2c90-7a44-4c7e-8d0b-1e2f3a4b5c6d'
const noor = {
  signInName: 'Noor',
  roles: ['frontDesk'],
  printedName: 'Zoe\u0308 "Noor" Haddad \u{1f600}',
  credential: 'Front desk',
  boardCertification: null,
  licence: null,
  examinerKind: null,
  supervisor: null,
}
const setUp = {
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
}

const asText = (name: string, input: unknown, itsKey?: string) => JSON.stringify({ name, input, key: itsKey })

/** From an empty folder to a clinic with two people: values, refusals of every kind, and text that is no request. */
const calls: readonly ((seen: Seen) => string)[] = [
  () => asText('clinic.status', {}),
  () => asText('signIn.state', {}),
  () => asText('staff.list', {}),
  () => asText('clinic.setUp', { ...setUp, timeZone: 'Mars/Olympus' }),
  () => asText('clinic.setUp', { ...setUp, owner: { ...setUp.owner, pin: '123456' } }),
  () => asText('clinic.setUp', setUp),
  () => asText('clinic.setUp', setUp),
  () => asText('staff.list', {}),
  () => asText('keys.makeFirstCode', {}),
  ({ groups }) => asText('keys.confirmCode', groups),
  () => asText('signIn.state', {}),
  () => asText('signIn.people', {}),
  () => asText('staff.list', {}),
  () => asText('staff.invite', noor),
  () => asText('staff.invite', noor, key),
  () => asText('staff.invite', noor, key),
  () => asText('staff.invite', { ...noor, printedName: 'Other' }, key),
  () => asText('staff.invite', noor, otherKey),
  () => asText('staff.invite', { ...noor, signInName: '' }, otherKey),
  () => asText('staff.invite', { ...noor, licence: { number: 'x' } }, otherKey),
  () => asText('staff.list', {}),
  ({ staffId }) => asText('staff.deactivate', { staffId, version: 9 }, randomUUID()),
  () => asText('staff.deactivate', { staffId: unknownId, version: 1 }, randomUUID()),
  () => asText('patient.open', { patientId: unknownId }),
  () => asText('signIn.withPassword', { signInName: 'greta', password: 'wrong' }),
  ({ code }) => asText('signIn.withCode', { signInName: 'noor', code, newPassword: password, pin }),
  () => asText('signIn.state', {}),
  () => asText('staff.deactivate', { staffId: unknownId, version: 1 }, randomUUID()),
  () => asText('signIn.lock', {}),
  () => asText('staff.list', {}),
  ({ staffId }) => asText('signIn.withPin', { staffId, pin: '111112' }),
  ({ staffId }) => asText('signIn.withPin', { staffId, pin }),
  () => asText('signIn.signOut', {}),
  () => asText('staff.list', {}),
  () => asText('nobody.knows', {}),
  () => asText('__proto__.toString', {}),
  () => asText('staff.list', { more: 1 }),
  () => asText('staff.list', []),
  () => '',
  () => 'null',
  () => '{"name":',
  () => '{"name":"staff.list","input":{"a":"\\ud800"}}',
  () => '{"name":"staff.list","input":{"a":"\\u0000"}}',
  () => '{"name":"staff.list","input":{"__proto__":{}}}',
  () => `{"name":"staff.list","input":"${'x'.repeat(1024 * 1024)}"}`,
  () => `{"name":"staff.list","input":"${'\u00e9'.repeat(520_000)}"}`,
  () => asText('clinic.status', {}),
]

it('says the same through every transport: byte for byte in process and over HTTP', async () => {
  const inProcess = await countedHouse()
  const connection = inProcess.app.connect()
  const overHttp = await countedHouse()
  const browser = await (await openPreview(overHttp)).openBrowser()
  const expected = await askAll((text) => inProcess.app.call(connection, text))
  expect(await askAll(browser.call)).toEqual(expected)
  expect(expected.filter((text) => text.startsWith('{"ok":true')).length).toBeGreaterThan(10)
  expect(expected.filter((text) => text.includes('"INTERNAL"'))).toEqual([])
})

it('says the same through Electron`s IPC, but for its numbers, times and names of the machine', async () => {
  const inProcess = await countedHouse()
  const connection = inProcess.app.connect()
  const { machine } = await openShell()
  const overIpc = await askAll(async (text) => String(await machine.invoke('countersign:call', [text])))
  const expected = await askAll((text) => inProcess.app.call(connection, text))
  expect(overIpc.map(withoutChance())).toEqual(expected.map(withoutChance()))
})

async function askAll(send: Send): Promise<readonly string[]> {
  const seen: Seen = { staffId: '', code: '', groups: { first: '', second: '' } }
  const answers: string[] = []
  for (const call of calls) {
    const answer = await send(call(seen))
    const { value } = JSON.parse(answer)
    if (value?.oneTimeCode) Object.assign(seen, { staffId: value.staffId, code: value.oneTimeCode })
    if (value?.asked) Object.assign(seen, { groups: askedGroups(value) })
    answers.push(answer)
  }
  return answers
}

/** An application in which nothing is left to chance: two of them that are asked the same say the same. */
async function countedHouse(): Promise<TestHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-transports-'))
  let ids = 0
  let drawn = 0
  const host = Object.assign(
    createMemoryHost({
      folders: { data: join(folder, 'data'), scratch: join(folder, 'scratch'), logs: join(folder, 'logs') },
      now: clinicNow,
      keychain: plainKeychain,
    }),
    {
      newId: () => {
        ids += 1
        return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
      },
      randomBytes: (size: number) => {
        drawn += 1
        const block = createHash('sha512').update(String(drawn)).digest()
        return Buffer.concat(Array.from({ length: Math.ceil(size / 64) }, () => block)).subarray(0, size)
      },
    },
  )
  const app = await createApp({ host, buildSample })
  onTestFinished(async () => {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { host, app, folder }
}

/** As Electron has one; without it the clinic would need its passphrase at every start. */
const plainKeychain: Keychain = {
  backend: 'plain',
  wrap: async (secret) => secret.toString('base64'),
  unwrap: async (wrapped) => ({ secret: Buffer.from(wrapped, 'base64'), shouldWrapAgain: false }),
}

/** Ids as the order in which they were first seen, so that the same id stays the same and a wrong one shows. */
function withoutChance(): (answer: string) => string {
  const seen: string[] = []
  return (answer) =>
    answer
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
        if (!seen.includes(id)) seen.push(id)
        return `#${seen.indexOf(id)}`
      })
      .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '@')
      .replaceAll(/"today":"[\d-]+"/g, '"today":"@"')
      .replaceAll(/"timeZone":"[^"]*"/g, '"timeZone":"@"')
      .replaceAll(/"host":"\w+"/g, '"host":"@"')
      .replaceAll(/"appVersion":"[^"]*"/g, '"appVersion":"@"')
      .replaceAll(/(?:[0-9A-Z]{4}-){8}[0-9A-Z]/g, 'RECOVERY CODE')
      .replaceAll(/"asked":\{[^}]*\}/g, '"asked":"@"')
      .replaceAll(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'CODE')
}
