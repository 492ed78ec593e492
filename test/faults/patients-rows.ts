import type { z } from 'zod'
import { many, one } from '../../db/records.ts'
import type { SignIn } from '../../main/app/connection.ts'
import * as scalars from '../../shared/contract/scalars.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { emptyHouse, openWindow, type TestApp } from '../support/clinic.ts'

/** Kinds of rows that belong to one patient: the scalar of the contract that names one, and the table that holds them. */
export const owned = {
  screening: [scalars.screeningId, 'screening'],
  consent: [scalars.consentId, 'consent'],
  order: [scalars.orderId, 'treatment_order'],
  clearance: [scalars.clearanceId, 'clearance'],
  series: [scalars.seriesId, 'series'],
  session: [scalars.sessionId, 'session'],
  signOff: [scalars.signOffId, 'sign_off'],
  addendum: [scalars.addendumId, 'draft'],
  amendmentRequest: [scalars.amendmentRequestId, 'amendment_request'],
  complication: [scalars.complicationId, 'complication'],
  visit: [scalars.visitId, 'visit'],
  waiting: [scalars.waitingId, 'waiting_entry'],
  followUp: [scalars.followUpId, 'follow_up'],
  photo: [scalars.photoId, 'photo'],
  attachment: [scalars.attachmentId, 'attachment'],
  version: [scalars.versionId, 'record_version'],
  outcome: [scalars.outcomeId, 'outcome'],
  score: [scalars.patientScoreId, 'patient_score'],
} as const satisfies Readonly<Record<string, readonly [z.ZodType, string]>>
export type OwnedKind = keyof typeof owned
const kinds = Object.keys(owned) as OwnedKind[]

/** Scalars of what is no patient's: people, things, rules. */
const clinics: readonly z.ZodType[] = [
  scalars.staffId,
  scalars.policyId,
  scalars.deviceId,
  scalars.cartridgeLotId,
  scalars.productLotId,
  scalars.sessionPresetId,
  scalars.absenceId,
  scalars.supervisionId,
  scalars.trainingId,
  scalars.delegationId,
  scalars.importId,
  scalars.recallId,
  scalars.recallTaskId,
]

/** What an identifier in an input names: a kind, ANY where the contract lets the record's kind open, null for no patient's. */
export function kindNamedBy(schema: z.ZodType): OwnedKind | 'ANY' | null {
  const kind = kinds.find((one) => owned[one][0] === schema)
  if (kind) return kind
  const isScalar = (scalar: z.ZodType) => scalar === schema || insideOf(scalar) === schema
  if (clinics.some(isScalar) || isScalar(scalars.patientId) || kinds.some((one) => isScalar(owned[one][0]))) return null
  const def = schema._zod.def as unknown as { readonly type: string; readonly format?: string }
  return def.type === 'string' && def.format === 'uuid' ? 'ANY' : null
}

function insideOf(schema: z.ZodType): unknown {
  return (schema._zod.def as unknown as { readonly in?: unknown }).in
}

export type Row = {
  readonly id: string
  readonly patientId: string
  readonly version: number
  readonly versionId: string | null
}

export type FullClinic = {
  readonly app: TestApp
  readonly people: readonly SignIn[]
  readonly physicianId: string
  /** Patients with the most kinds of rows first. */
  readonly patients: readonly string[]
  rowsOf(kind: OwnedKind, patientId: string): Promise<readonly Row[]>
  someoneElses(kind: OwnedKind | 'ANY', patientId: string): Promise<string | null>
  draftVersionOf(id: string): Promise<number | null>
}

/** The sample clinic, with a person of each role, in which every kind of row is there for two patients at least. */
export async function fullClinic(): Promise<FullClinic> {
  const { app } = await emptyHouse(new Date().toISOString())
  const window = openWindow(app)
  await window.must('clinic.openSample', { reset: false })
  const { sample } = await window.must('signIn.people', {})
  const people: SignIn[] = []
  for (const { staffId } of sample) people.push(await signInOf(app, staffId as StaffId))
  const reader = app.services.storeLife.open.store.db
  const find = async (kind: OwnedKind, condition: string, value: string): Promise<readonly Row[]> => {
    const table = owned[kind][1]
    const isAddendum = kind === 'addendum' ? "and kind = 'addendum'" : ''
    const rows = await many<{ id: string; patient_id: string; version?: number; version_id?: string }>(
      reader,
      `select * from ${table} where patient_id is not null and ${condition} ${isAddendum} order by id`,
      [value],
    )
    return rows.map((row) => ({
      id: row.id,
      patientId: row.patient_id,
      version: row.version ?? 1,
      versionId: row.version_id ?? null,
    }))
  }
  const physician = people.find(({ roles }) => roles.includes('physician'))
  await addWhatTheSampleLacks(app, people)
  const all = await many<{ id: string }>(reader, 'select id from patient')
  const counted: { readonly id: string; readonly kinds: number }[] = []
  for (const { id } of all) {
    const held = await Promise.all(kinds.map((kind) => find(kind, 'patient_id = ?', id)))
    counted.push({ id, kinds: held.filter((rows) => rows.length > 0).length })
  }
  return {
    app,
    people,
    physicianId: physician?.staffId ?? '',
    patients: counted.sort((one, other) => other.kinds - one.kinds).map(({ id }) => id),
    rowsOf: (kind, patientId) => find(kind, 'patient_id = ?', patientId),
    async someoneElses(kind, patientId) {
      // The sample has no clearance: any other row that is not this patient's stands for one.
      for (const wanted of kind === 'ANY' || kind === 'clearance'
        ? (['session', 'consent', 'order'] as const)
        : [kind]) {
        const [row] = await find(wanted, 'patient_id <> ?', patientId)
        if (row) return row.id
      }
      return null
    },
    async draftVersionOf(id) {
      return (await one<{ version: number }>(reader, 'select version from draft where id = ?', [id]))?.version ?? null
    },
  }
}

async function signInOf(app: TestApp, staffId: StaffId): Promise<SignIn> {
  const window = openWindow(app)
  await window.must('signIn.asSample', { staffId })
  const { state } = window.connection
  if (state.kind !== 'SIGNED_IN') throw new Error('nobody is signed in')
  return state.signIn
}

/** Requests to correct a record and addenda in writing, for two patients. */
async function addWhatTheSampleLacks(app: TestApp, people: readonly SignIn[]): Promise<void> {
  const signed = await many<{ id: string; patient_id: string; practitioner_id: string }>(
    app.services.storeLife.open.store.db,
    "select id, patient_id, practitioner_id from session where state = 'SIGNED' order by created_at",
  )
  for (const { id, patient_id: patientId, practitioner_id: authorId } of [signed[0], signed.at(-1)].filter(
    (row) => row !== undefined,
  )) {
    const window = openWindow(app)
    const signIn = people.find(({ staffId }) => staffId === authorId)
    if (!signIn) throw new Error('the author is not among the people')
    window.connection.state = { kind: 'SIGNED_IN', signIn }
    await window.must('addendum.begin', { patientId, kind: 'SESSION', recordId: id, fieldPath: '/notes' } as never)
    await window.must('amendmentRequest.take', {
      patientId,
      requestedBy: 'Ines Probe',
      requestedOn: '2026-08-03',
      wish: 'Please add it',
    } as never)
    window.connection.state = { kind: 'SIGNED_OUT' }
  }
}
