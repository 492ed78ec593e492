import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { ConnectionState, SignIn } from '../../main/app/connection.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import * as scalars from '../../shared/contract/scalars.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { lastAuditRow } from '../support/audit-rows.ts'
import { openWindow } from '../support/clinic.ts'
import { type Procedure, placesIn, procedures, sampleInput, withValueAt } from '../support/sample-input.ts'
import { type SchemaPlace, schemaPlaces } from '../support/schema-places.ts'
import { type FullClinic, fullClinic, kindNamedBy, type OwnedKind, type Row } from './patients-rows.ts'

/** Identifiers beside a patient that open nothing, with the reason. Everything else has to be answered with NOT_FOUND. */
const opensNothing: Readonly<Record<string, string>> = {
  'chart.timeline before.id': 'a place in the list of this patient: rows before it, whoever’s it is',
  'patient.register draftId': 'a form that the same person typed; thrown away after, where it is theirs',
  'patient.edit draftId': 'a form that the same person typed; thrown away after, where it is theirs',
  'photo.add image': 'a token of this window’s own upload',
  'photo.add thumbnail': 'a token of this window’s own upload',
  'photo.add original': 'a token of this window’s own upload',
}
/** What a person saw, compared with what stands; another version is STALE_VERSION, whoever’s it is. */
const compared = 'seenVersionId'

type Place = SchemaPlace & { readonly name: string; readonly kind: OwnedKind | 'ANY' }
type Case = { readonly procedure: Procedure; readonly places: readonly Place[]; readonly place: Place }

const cases: readonly Case[] = procedures.flatMap((procedure) => {
  const places = schemaPlaces(procedure.definition.input)
  if (!places.some(({ schema }) => schema === scalars.patientId)) return []
  const named = new Map<string, Place>()
  for (const place of places) {
    const kind = kindNamedBy(place.schema)
    const name = place.path.join('.')
    if (kind && !named.has(name)) named.set(name, { ...place, name, kind })
  }
  return [...named.values()].map((place) => ({ procedure, places: [...named.values()], place }))
})

it('F34 an id of another patient is not found by any procedure, wherever it stands beside a patient, and is written down', async () => {
  const clinic = await fullClinic()
  const wrong: unknown[] = []
  for (const one of cases) {
    const label = labelOf(one)
    if (Object.hasOwn(opensNothing, label) || one.place.name.endsWith(compared)) continue
    const answers = await answersTo(clinic, one)
    if (!answers.includes('NOT_FOUND')) wrong.push([label, one.place.kind, ...new Set(answers)])
  }
  expect(wrong).toEqual([])
})

it('F34 asks it of every procedure of the contract that takes two', () => {
  const asked = new Set(cases.map(({ procedure }) => procedure.name))
  expect(asked.size).toBeGreaterThan(100)
  expect(Object.keys(opensNothing).filter((label) => !cases.some((one) => labelOf(one) === label))).toEqual([])
})

/** Codes of attempts by different people for different patients, up to the first NOT_FOUND; `ok` says that one came through. */
async function answersTo(clinic: FullClinic, one: Case): Promise<readonly string[]> {
  const answers: string[] = []
  for (const patientId of clinic.patients)
    for (const own of await ownSets(clinic, one, patientId))
      for (const signIn of peopleFor(clinic, one.procedure)) {
        const foreign = await clinic.someoneElses(one.place.kind, patientId)
        if (foreign === null) return ['NO SUCH ROW OF ANYBODY ELSE']
        const code = await attempt(clinic, one, { patientId, own, foreign, signIn })
        answers.push(code)
        if (code === 'NOT_FOUND' || code === 'ok') return answers
      }
  return answers.length > 0 ? answers : ['NO PATIENT WITH ALL THE REST']
}

type OwnSet = ReadonlyMap<string, Row>

/** Rows of this patient for all the other places, one set for each of the first place's rows; empty where one is lacking. */
async function ownSets({ rowsOf }: FullClinic, { places, place }: Case, patientId: string): Promise<readonly OwnSet[]> {
  const others = places.filter(({ name, kind }) => name !== place.name && kind !== 'ANY')
  const [first, ...rest] = others
  const fixed = new Map<string, Row>()
  for (const { name, kind } of rest) {
    const [row] = await rowsOf(kind as OwnedKind, patientId)
    if (row) fixed.set(name, row)
    else if (!name.includes('.')) return []
  }
  if (!first) return [fixed]
  return (await rowsOf(first.kind as OwnedKind, patientId)).map((row) => new Map([[first.name, row], ...fixed]))
}

function peopleFor({ people }: FullClinic, { definition: { may } }: Procedure): readonly SignIn[] {
  return may === 'ANYONE' ? people : people.filter(({ roles }) => roles.some((role) => rolesWith(may).includes(role)))
}

type Attempt = { readonly patientId: string; readonly own: OwnSet; readonly foreign: string; readonly signIn: SignIn }

async function attempt(clinic: FullClinic, { procedure, place }: Case, told: Attempt): Promise<string> {
  const { app } = clinic
  const { connection } = openWindow(app)
  connection.state = stateFor(procedure, told)
  const input = await inputFor(clinic, procedure, place, told)
  const before = await lastAuditRow(app)
  const request = JSON.stringify({ name: procedure.name, input, key: randomUUID() })
  const reply = JSON.parse(await app.call(connection, request))
  app.services.connections.delete(connection)
  if (reply.ok) return 'ok'
  if (reply.refusal.code !== 'NOT_FOUND') return reply.refusal.code
  const row = await lastAuditRow(app)
  const isToldOf = (input as { patientId?: string }).patientId ?? null
  const isWritten =
    row?.seq === (before?.seq ?? 0) + 1 &&
    row.action === procedure.name &&
    row.outcome === 'REFUSED' &&
    row.reason === 'NOT_FOUND' &&
    row.patient_id === isToldOf
  return isWritten ? 'NOT_FOUND' : 'NOT WRITTEN DOWN'
}

/** Forms of the patient are reached from patient mode, with the patient's own form on the screen. */
function stateFor({ name, definition }: Procedure, { patientId, own, signIn }: Attempt): ConnectionState {
  if (definition.reach !== 'PATIENT_FORM') return { kind: 'SIGNED_IN', signIn }
  const formId = [...own.values()][0]?.id ?? randomUUID()
  const kind = name.startsWith('consent.') ? 'CONSENT' : 'SCREENING'
  const form = { patientId: patientId as PatientId, kind, formId, handedOverBy: signIn.staffId } as const
  return { kind: 'PATIENT_MODE', signIn, form }
}

/** The sample of the schema with this patient's own rows in it, and the other's at the place. */
async function inputFor(
  { physicianId, draftVersionOf }: FullClinic,
  { definition }: Procedure,
  place: Place,
  { patientId, own, foreign }: Attempt,
): Promise<unknown> {
  const sample = sampleInput(definition.input)
  const main = [...own.values()][0]
  const draftVersion = main ? await draftVersionOf(main.id) : null
  let input = sample
  for (const path of placesIn(sample)) {
    const member = path.at(-1)
    const name = path.map((part) => (typeof part === 'number' ? '[]' : part)).join('.')
    const set = (value: unknown) => {
      input = withValueAt(input, path, value)
    }
    const row = own.get(name)
    if (name === place.name) set(foreign)
    else if (member === 'patientId') set(patientId)
    else if (row) set(row.id)
    else if (member === compared && main?.versionId) set(main.versionId)
    else if (member === 'version' && main) set(main.version)
    else if (member === 'draftVersion' && draftVersion !== null) set(draftVersion)
    else if (schemaIs(definition, path, scalars.staffId)) set(physicianId)
  }
  return input
}

function schemaIs({ input }: Procedure['definition'], path: readonly (string | number)[], scalar: unknown): boolean {
  const name = path.map((part) => (typeof part === 'number' ? '[]' : part)).join('.')
  return schemaPlaces(input).some((place) => place.schema === scalar && place.path.join('.') === name)
}

function labelOf({ procedure, place }: Case): string {
  return `${procedure.name} ${place.name}`
}
