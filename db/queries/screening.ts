import type { ClearanceBody } from '../../shared/domain/clearance.ts'
import type { DeviceType } from '../../shared/domain/device.ts'
import { type MergedScreening, screeningOfPerson } from '../../shared/domain/patient-merge.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import type { ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import type { ProphylaxisOrder } from '../../shared/domain/screening/context.ts'
import type { ScreeningForm } from '../../shared/domain/screening/question.ts'
import type { AskedQuestionId } from '../../shared/domain/screening/questionnaire.ts'
import { questionnaireVersionOf } from '../../shared/domain/screening/questionnaire-text.ts'
import type { ScreeningBody } from '../../shared/domain/screening/screening-body.ts'
import {
  askedFindings,
  type FormsOnFile,
  type ScreeningFacts,
  type SignedForm,
  screeningFacts,
} from '../../shared/domain/screening/screening-facts.ts'
import { screeningSettingsOf } from '../../shared/domain/screening/settings.ts'
import type { FitzpatrickType, ZoneSide } from '../../shared/domain/zones.ts'
import type { PatientId, ScreeningId, SeriesId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import {
  change,
  many,
  one,
  type RecordDefinition,
  type StoredRecord,
  selectRecordOf,
  selectRecordsOf,
} from '../records.ts'
import type { ScreeningTable } from '../tables/screening.ts'
import { selectIntactClearances } from './clearance.ts'
import { type Draft, selectDraft, selectDraftsOf } from './draft.ts'
import { selectLinksInto } from './patient-merge.ts'

export const screeningRecord: RecordDefinition<ScreeningBody> = {
  kind: 'screening',
  table: 'screening',
  schema: 'screening/1',
  patientIdOf: (body) => body.patientId,
  project: (body) => ({
    form: body.form,
    taken_on: body.takenOn,
    questionnaire_major: questionnaireVersionOf(body.questionnaireVersion).major,
    signed_at: body.signature?.signedAt ?? null,
  }),
}

/** Kind of the row that holds a form while the patient answers, under the id of the record it becomes. */
export const screeningDraftKind = 'screening'

/** A form that is not signed yet. */
export type ScreeningDraft = {
  readonly form: ScreeningForm
  /** The text that the patient reads; the signed form names it. */
  readonly questionnaireVersion: string
  readonly language: string
  readonly seriesId: SeriesId | null
  readonly answers: ScreeningAnswers
  /** Free text typed before its question has an answer: kept, so that nothing typed is lost. */
  readonly looseTexts: readonly { readonly questionId: AskedQuestionId; readonly text: string }[]
  /** Questions about which the patient wants to ask something. */
  readonly marked: readonly AskedQuestionId[]
  readonly begunAt: Instant
}

/** The unsigned form with this id, where it is this patient's. */
export async function selectScreeningDraft(
  reader: Reader,
  patientId: PatientId,
  screeningId: ScreeningId,
): Promise<Draft<ScreeningDraft> | null> {
  const draft = await selectDraft<ScreeningDraft>(reader, screeningDraftKind, screeningId)
  return draft?.patientId === patientId ? draft : null
}

/** The form this patient has not signed yet; there is at most one. */
export async function selectOpenScreening(reader: Reader, patientId: PatientId): Promise<Draft<ScreeningDraft> | null> {
  const [draft] = await selectDraftsOf<ScreeningDraft>(reader, screeningDraftKind, patientId)
  return draft ?? null
}

/** Signed forms, newest first, at most `limit`. */
export function selectScreenings(
  reader: Reader,
  patientId: PatientId,
  limit = 100,
): Promise<readonly StoredRecord<ScreeningBody>[]> {
  return selectRecordsOf(reader, screeningRecord, patientId, limit)
}

/**
 * The newest full form, and the newest short one signed after it. A merge with a chart in which a form was signed asks
 * everything anew, as of one person.
 */
export async function selectFormsOnFile(reader: Reader, patientId: PatientId): Promise<FormsOnFile> {
  const full = await newestForm(reader, patientId, 'FULL')
  return { full, short: await newestForm(reader, patientId, 'SHORT', { after: full?.signedAt ?? '' }) }
}

/** The same as it was before a form signed at `signedAt`. */
export async function selectFormsBefore(reader: Reader, patientId: PatientId, signedAt: Instant): Promise<FormsOnFile> {
  const full = await newestForm(reader, patientId, 'FULL', { before: signedAt })
  return {
    full,
    short: await newestForm(reader, patientId, 'SHORT', { after: full?.signedAt ?? '', before: signedAt }),
  }
}

/** What the questionnaire reads from the chart. */
export type ScreenedPatient = {
  readonly bornOn: CalendarDate | null
  readonly fst: FitzpatrickType | null
  readonly familyName: string | null
  readonly givenName: string | null
  readonly isArchived: boolean
}

export async function selectScreenedPatient(reader: Reader, patientId: PatientId): Promise<ScreenedPatient | null> {
  const row = await one<{
    born_on: CalendarDate | null
    skin_type: FitzpatrickType | null
    family: string | null
    given: string | null
    status: string
  }>(reader, 'select born_on, skin_type, family, given, status from patient where id = ?', [patientId])
  if (!row) return null
  return {
    bornOn: row.born_on,
    fst: row.skin_type,
    familyName: row.family,
    givenName: row.given,
    isArchived: row.status !== 'ACTIVE',
  }
}

export type ScreeningFactsInput = {
  readonly patientId: PatientId
  readonly today: CalendarDate
  /** Empty while nothing is planned: then every finding counts, wherever it is. */
  readonly plannedZones: readonly ZoneSide[]
  readonly deviceType: DeviceType | null
  /** Left out: as the chart has it. */
  readonly fst?: FitzpatrickType | null
  readonly seriesId: SeriesId | null
  /** Null: the shipped waits. */
  readonly policy: PolicyBody | null
  /** An antiviral that the treatment order names; the clearances' own orders are read here. */
  readonly orderProphylaxis?: ProphylaxisOrder | null
}

type OwnScreeningFile = {
  readonly patient: ScreenedPatient | null
  readonly forms: FormsOnFile
  /** Intact ones only. */
  readonly clearances: readonly ClearanceBody[]
}

/** What a patient's screening is judged by: read once, for as many questions as there are. */
export type ScreeningFile = OwnScreeningFile & {
  /** Of charts that were merged into this one. */
  readonly merged: readonly (OwnScreeningFile & Pick<MergedScreening, 'isAskedSince'>)[]
}

export async function selectScreeningFile(reader: Reader, patientId: PatientId): Promise<ScreeningFile> {
  const own = await selectOwnFile(reader, patientId)
  const merged: ScreeningFile['merged'][number][] = []
  for (const { mergedId, mergedAt } of await selectLinksInto(reader, patientId)) {
    const { full } = own.forms
    const isAskedSince = full?.isIntact === true && full.signedAt > mergedAt
    merged.push({ ...(await selectOwnFile(reader, mergedId)), isAskedSince })
  }
  return { ...own, merged }
}

async function selectOwnFile(reader: Reader, patientId: PatientId): Promise<OwnScreeningFile> {
  return {
    patient: await selectScreenedPatient(reader, patientId),
    forms: await selectFormsOnFile(reader, patientId),
    clearances: await selectIntactClearances(reader, patientId),
  }
}

/** Questionnaire and clearances as the start of a session reads them on `today`: see `screeningFacts`. */
export async function selectScreeningFacts(reader: Reader, input: ScreeningFactsInput): Promise<ScreeningFacts> {
  return judgeScreening(await selectScreeningFile(reader, input.patientId), input)
}

/** The same of a file that was read before, with what other charts of the person say. */
export function judgeScreening(
  { merged, ...own }: ScreeningFile,
  input: Omit<ScreeningFactsInput, 'patientId'>,
): ScreeningFacts {
  return screeningOfPerson(
    judgeOwn(own, input),
    merged.map(({ isAskedSince, ...file }) => ({
      facts: judgeOwn(file, { ...input, seriesId: null, orderProphylaxis: null }),
      isAskedSince,
    })),
  )
}

function judgeOwn(
  { patient, forms, clearances }: OwnScreeningFile,
  input: Omit<ScreeningFactsInput, 'patientId'>,
): ScreeningFacts {
  const { today, plannedZones, deviceType, seriesId, policy, orderProphylaxis = null } = input
  return screeningFacts({
    forms,
    clearances,
    today,
    bornOn: patient?.bornOn ?? null,
    fst: input.fst === undefined ? (patient?.fst ?? null) : input.fst,
    plannedZones,
    deviceType,
    seriesId,
    settings: screeningSettingsOf(policy ?? shippedPolicy(today)),
    orderProphylaxis,
  })
}

/**
 * Ties the forms a session stands on to its series, so that another series asks for a full form of its own. A form that
 * already belongs to a series keeps it.
 */
export async function bindScreeningsToSeries(
  trx: Trx,
  patientId: PatientId,
  screeningIds: readonly ScreeningId[],
  seriesId: SeriesId,
): Promise<void> {
  for (const id of screeningIds) {
    await change(trx, 'update screening set series_id = ? where id = ? and patient_id = ? and series_id is null', [
      seriesId,
      id,
      patientId,
    ])
  }
}

type AskInput = { readonly patientId: PatientId; readonly today: CalendarDate; readonly policy: PolicyBody | null }

/** What a physician is asked to decide for this patient today. */
export async function selectAskedFindings(reader: Reader, input: AskInput) {
  const facts = await selectScreeningFacts(reader, { ...input, plannedZones: [], deviceType: null, seriesId: null })
  const clearances = await selectIntactClearances(reader, input.patientId)
  return askedFindings(facts.findings, clearances, input.today)
}

/** Keeps `has_open_clear` true on the newest form alone, and only while it asks for something. */
export async function renewOpenClear(trx: Trx, input: AskInput): Promise<void> {
  const asked = await selectAskedFindings(trx, input)
  const newest = await one<{ id: ScreeningId }>(
    trx,
    'select id from screening where patient_id = ? order by created_at desc, id desc limit 1',
    [input.patientId],
  )
  await change(trx, 'update screening set has_open_clear = 0 where patient_id = ? and has_open_clear = 1', [
    input.patientId,
  ])
  if (newest && asked.length > 0) await change(trx, 'update screening set has_open_clear = 1 where id = ?', [newest.id])
}

export type AskingForm = {
  readonly patientId: PatientId
  readonly screeningId: ScreeningId
  readonly form: ScreeningForm
  readonly takenOn: CalendarDate
  readonly signedAt: Instant
}

/** Newest forms that asked for a decision when they were last looked at, longest waiting first, at most `limit`. */
export async function selectAskingForms(reader: Reader, limit = 200): Promise<readonly AskingForm[]> {
  const rows = await many<ScreeningTable>(
    reader,
    `select * from screening where has_open_clear = 1 order by signed_at, id limit ${limit}`,
  )
  return rows.map((row) => ({
    patientId: row.patient_id,
    screeningId: row.id,
    form: row.form,
    takenOn: row.taken_on,
    signedAt: row.signed_at,
  }))
}

/** Columns that no body carries. */
export function screeningState(input: {
  readonly seriesId: SeriesId | null
  readonly handedOverBy: StaffId
  readonly marked: readonly AskedQuestionId[]
}) {
  return {
    series_id: input.seriesId,
    handed_over_by: input.handedOverBy,
    marked: JSON.stringify(input.marked),
    has_open_clear: 0,
  }
}

/** Questions the patient wanted to ask about when the form was signed. */
export function markedOf(record: StoredRecord<ScreeningBody>): readonly AskedQuestionId[] {
  // Written by `screeningState` and frozen since.
  return JSON.parse(String(record.head['marked'])) as readonly AskedQuestionId[]
}

async function newestForm(
  reader: Reader,
  patientId: PatientId,
  form: ScreeningForm,
  // Instants are text of one length, so every one of them lies between these two.
  { after = '', before = '9' }: { readonly after?: Instant; readonly before?: Instant } = {},
): Promise<SignedForm | null> {
  const row = await one<{
    id: ScreeningId
    series_id: SeriesId | null
    series_status: string | null
    signed_at: Instant
    asked_again_from: CalendarDate | null
  }>(
    reader,
    `select id, series_id, signed_at,
         (select status from series where series.id = series_id) as series_status,
         (select min(asked_from) from (
            select min(effective_from) as asked_from from questionnaire_text where major > questionnaire_major
            union all
            select min(merged_on) from patient_link where kept_id = screening.patient_id and ended_at is null
              and merged_at >= screening.signed_at and exists (select 1 from screening other where other.patient_id = merged_id)
          ) asked) as asked_again_from
       from screening where patient_id = ? and form = ? and created_at > ? and created_at < ? order by created_at desc, id desc limit 1`,
    [patientId, form, after, before],
  )
  const record = row ? await selectRecordOf(reader, screeningRecord, patientId, row.id) : null
  if (!row || !record) return null
  return {
    screeningId: row.id,
    body: record.body,
    signedAt: row.signed_at,
    usedForSeriesId: row.series_id,
    isCourseOver: row.series_status === 'COMPLETED' || row.series_status === 'ENDED_EARLY',
    askedAgainFrom: row.asked_again_from,
    isIntact: record.integrity === 'INTACT',
  }
}
