import { insertPatient } from '../../db/queries/patient.ts'
import { emptyPatientDetails, type PatientBody } from '../../shared/domain/patient.ts'
import type { ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import type { PatientId, ScreeningId } from '../../shared/kernel/ids.ts'
import { password, pin, type TestHouse, type Window } from './clinic.ts'

/** A patient whom nobody needs to have registered first. Born 14 March 1990 with skin type III unless told otherwise. */
export async function patientOnFile(
  { app, host }: Pick<TestHouse, 'app' | 'host'>,
  overrides: Partial<PatientBody> = {},
): Promise<PatientId> {
  const id = host.newId() as PatientId
  const body: PatientBody = {
    ...emptyPatientDetails,
    family: 'Lindqvist',
    given: 'Mara',
    bornOn: '1990-03-14',
    schema: 'patient/1',
    id,
    chartNumber: `S-${id.slice(0, 8)}`,
    fst: null,
    status: { state: 'ACTIVE' },
    source: { kind: 'REGISTERED' },
    ...overrides,
  }
  const { store } = app.services.storeLife.open
  await store.db
    .transaction()
    .execute((trx) => insertPatient(trx, { body, newId: () => host.newId(), at: host.now(), by: null }))
  return id
}

/** A finger's stroke, as the clinic's screen sends it. */
export const stroke = {
  kind: 'STROKES',
  strokes: [
    [
      { x: 100, y: 200, atMs: 0 },
      { x: 900, y: 260, atMs: 40 },
      { x: 1500, y: 180, atMs: 90 },
    ],
  ],
} as const

/** A contract's input type is mutable where the domain's is not. */
export function wire<Value>(value: Value) {
  return JSON.parse(JSON.stringify(value))
}

/** Starts the form that is due and gives this window to the patient. */
export async function handOver(
  window: Window,
  patientId: PatientId,
  wanted: 'NEEDED' | 'FULL' = 'NEEDED',
): Promise<ScreeningId> {
  const { screeningId } = await window.must('screening.begin', { patientId, seriesId: null, wanted })
  await window.must('patientMode.begin', { kind: 'SCREENING', patientId, formId: screeningId })
  return screeningId
}

/** What the patient does on the clinic's screen once it is theirs: answers, looks through, signs. */
export async function answerForm(
  window: Window,
  { patientId, screeningId, answers }: { patientId: PatientId; screeningId: ScreeningId; answers: ScreeningAnswers },
): Promise<void> {
  const form = await window.must('screening.patientForm', { patientId, screeningId })
  if (form.state !== 'OPEN') throw new Error('the form is signed already')
  const { version } = await window.must('screening.saveAnswers', {
    patientId,
    screeningId,
    version: form.version,
    language: 'en',
    answers: wire(answers),
    looseTexts: [],
    marked: [],
  })
  await window.must('screening.sign', {
    patientId,
    screeningId,
    version,
    signer: { role: 'PATIENT' },
    mark: wire(stroke),
    intentTicked: true,
  })
}

/** The whole visit to the clinic's screen: handed over, answered, signed, taken back. */
export async function screenPatient(
  window: Window,
  patientId: PatientId,
  answers: ScreeningAnswers,
  wanted: 'NEEDED' | 'FULL' = 'NEEDED',
): Promise<ScreeningId> {
  const screeningId = await handOver(window, patientId, wanted)
  await answerForm(window, { patientId, screeningId, answers })
  await window.must('patientMode.end', { pin })
  return screeningId
}

/** The first person who was hired comes back on a later day. */
export async function signInAgain(window: Window, signInName = 'person1'): Promise<void> {
  await window.must('signIn.withPassword', { signInName, password })
}
