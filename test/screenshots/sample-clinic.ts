import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, test as base, type Page } from '@playwright/test'
import { createApp } from '../../main/app/create-app.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import type { PersonKey } from '../../main/sample/people.ts'
import { buildSample } from '../../main/sample.ts'
import { servePreview } from '../../main/transports/http.ts'
import type { ChartEntry } from '../../shared/contract/chart.ts'
import type { InputOf, OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { createClient, type DefinitionOf, type ProcedureName } from '../../shared/rpc/client.ts'
import { openHouse } from '../journeys/house.ts'

/** Monday 3 August 2026, 10:42 in Chicago: the minute that every picture shows. */
const now = '2026-08-03T15:42:00.000Z'

export const staffNames = {
  noor: 'Noor Haddad',
  lena: 'Lena Brook',
  miguel: 'Miguel Castellanos',
  okafor: 'Dr Samuel Okafor',
  greta: 'Greta Ansbach',
} as const
export type StaffName = keyof typeof staffNames

type Must = <P extends ProcedureName<Api>>(
  name: P,
  input: InputOf<DefinitionOf<Api, P>>,
) => Promise<OutputOf<DefinitionOf<Api, P>>>

/** The sample clinic as it is served, with the addresses of the records that the pictures show. */
export type SampleClinic = {
  readonly origin: string
  newAddress(): string
  /** One window per person, signed in; it is kept and only its address changes. */
  windowOf(who: StaffName, browser: Browser): Promise<Page>
  /** What the windows complained of since the last time: thrown errors and the console's. */
  takeFaults(): readonly string[]
  patientId(given: PersonKey): PatientId
  /** The newest record of its kind in this chart. */
  recordId(given: PersonKey, kind: ChartEntry['facts']['kind']): string
  /** Forms that somebody has just begun; the sample itself holds none. */
  readonly begun: {
    readonly screeningId: string
    readonly consentId: string
    /** Filled and frozen: it can be handed over. */
    readonly frozenConsentId: string
    readonly sessionId: string
  }
}

const chartsShown = [
  'Aisha',
  'Giulia',
  'Rosalind',
  'Ivo',
  'Tomas',
  'Maja',
  'Jakob',
] as const satisfies readonly PersonKey[]

/** One sample clinic for all pictures of a run, a program that nobody has set up yet, and one that waits for its passphrase. */
export const test = base.extend<object, { sample: SampleClinic; firstAddress: string; lockedAddress: string }>({
  sample: [
    // biome-ignore lint/correctness/noEmptyPattern: required by Playwright
    async ({}, use) => {
      const program = await serve({ startWithSample: true })
      const windows = new Map<StaffName, Page>()
      const faults: string[] = []
      await use({
        ...(await findRecords(program.desk())),
        origin: program.origin,
        newAddress: program.newAddress,
        takeFaults: () => faults.splice(0),
        async windowOf(who, browser) {
          const known = windows.get(who)
          if (known) return known
          const page = await browser.newPage()
          page.on('pageerror', (error) => faults.push(error.message))
          page.on('console', (message) => {
            if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`)
          })
          await page.goto(program.newAddress())
          await page.getByRole('button', { name: staffNames[who] }).click()
          await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
          windows.set(who, page)
          return page
        },
      })
      for (const page of windows.values()) await page.context().close()
      await program.close()
    },
    { scope: 'worker' },
  ],
  lockedAddress: [
    // biome-ignore lint/correctness/noEmptyPattern: required by Playwright
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'countersign-pictures-'))
      const first = await openHouse(folder)
      await first.openClinic()
      await first.stop()
      const again = await openHouse(folder)
      await use(again.preview.newAddress())
      await again.stop()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  firstAddress: [
    // biome-ignore lint/correctness/noEmptyPattern: required by Playwright
    async ({}, use) => {
      const program = await serve({ startWithSample: false })
      await use(program.newAddress())
      await program.close()
    },
    { scope: 'worker' },
  ],
})

async function serve({ startWithSample }: { startWithSample: boolean }) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-pictures-'))
  const host = createMemoryHost({
    folders: { data: join(folder, 'data'), scratch: join(folder, 'scratch'), logs: join(folder, 'logs') },
    now,
  })
  const app = await createApp({ host, buildSample, startWithSample })
  const preview = await servePreview({
    app,
    rendererFolder: new URL('../../out/renderer', import.meta.url).pathname,
    port: 0,
  })
  return {
    origin: `http://127.0.0.1:${preview.port}`,
    newAddress: () => preview.newAddress(),
    desk(): Must {
      const connection = app.connect()
      const client = createClient<Api>((text) => app.call(connection, text))
      return async (name, input) => {
        const reply = await client.call(name, input, randomUUID())
        if (!reply.ok) throw new Error(`${name} was refused: ${JSON.stringify(reply.refusal)}`)
        return reply.value
      }
    },
    async close() {
      await preview.close()
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function findRecords(must: Must): Promise<Pick<SampleClinic, 'patientId' | 'recordId' | 'begun'>> {
  const { sample } = await must('signIn.people', {})
  const enter = async (who: StaffName) => {
    const staffId = sample.find(({ printedName }) => printedName === staffNames[who])?.staffId
    if (!staffId) throw new Error(`the sample clinic has no ${staffNames[who]}`)
    await must('signIn.asSample', { staffId })
  }
  await enter('okafor')
  const { patients } = await must('patient.list', { status: 'ACTIVE', after: null, limit: 200 })
  const patientId = (given: PersonKey): PatientId => {
    const id = patients.find((one) => one.given === given)?.patientId
    if (!id) throw new Error(`the sample clinic has no ${given}`)
    return id
  }
  const newest = new Map<string, string>()
  for (const given of chartsShown) {
    const { timeline } = await must('chart.open', { patientId: patientId(given) })
    for (const { id, facts } of [...timeline.entries].reverse()) newest.set(`${given} ${facts.kind}`, id)
  }
  const haruka = await must('chart.open', { patientId: patientId('Haruka') })
  if (!haruka.plan) throw new Error('the sample clinic has no course that goes on')

  await enter('lena')
  const { screeningId } = await must('screening.begin', {
    patientId: patientId('Eva'),
    seriesId: null,
    wanted: 'NEEDED',
  })
  const { consentId } = await must('consent.prepare', { patientId: patientId('Ana'), basedOn: null })
  const frozenConsentId = await freezeConsent(must, patientId('Tomas'))
  await enter('miguel')
  const { sessionId } = await must('session.begin', {
    patientId: patientId('Haruka'),
    seriesId: haruka.plan.seriesId,
  })
  return {
    patientId,
    recordId(given, kind) {
      const id = newest.get(`${given} ${kind}`)
      if (!id) throw new Error(`the chart of ${given} holds no ${kind}`)
      return id
    },
    begun: { screeningId, consentId, frozenConsentId, sessionId },
  }
}

async function freezeConsent(must: Must, patientId: PatientId): Promise<string> {
  const { consentId } = await must('consent.prepare', { patientId, basedOn: null })
  const { draft } = await must('consent.open', { patientId, consentId })
  if (!draft) throw new Error('the form has no draft')
  const { practitioners } = await must('visit.choices', {})
  const idOf = (who: StaffName) => practitioners.find(({ printedName }) => printedName === staffNames[who])?.staffId
  const saved = await must('consent.savePreparation', {
    patientId,
    consentId,
    version: draft.version,
    preparation: JSON.parse(
      JSON.stringify({
        ...draft.preparation,
        zones: [
          { zone: 'JAWLINE', side: 'L', site: null },
          { zone: 'JAWLINE', side: 'R', site: null },
        ],
        indications: ['ACNE_SCAR'],
        maxDepthUm: 1000,
        sessions: 4,
        practitionerId: idOf('lena'),
        supervisingPhysicianId: idOf('okafor'),
        explainedById: idOf('lena'),
        signer: { ...draft.preparation.signer, identityDocument: 'DRIVING_LICENCE' },
      }),
    ),
  })
  await must('consent.present', { patientId, consentId, version: saved.version })
  return consentId
}
