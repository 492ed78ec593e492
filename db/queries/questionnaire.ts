import { compareTemplateVersions, type TemplateVersion } from '../../shared/domain/consent/template-version.ts'
import { type QuestionnaireDraft, questionnaireInForce } from '../../shared/domain/screening/questionnaire-edit.ts'
import { type QuestionnaireText, questionnaireVersionOf } from '../../shared/domain/screening/questionnaire-text.ts'
import { isTreatment, visitServices } from '../../shared/domain/visit.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { PatientId, StaffId, VisitId } from '../../shared/kernel/ids.ts'
import { addMonths, type CalendarDate, type Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { insertRow, many, sha256Of } from '../records.ts'
import type { QuestionnaireTextTable } from '../tables/questionnaire.ts'
import { type Draft, deleteDraft, insertDraft, saveDraft, selectDraft } from './draft.ts'

export type StoredQuestionnaire = {
  readonly text: QuestionnaireText
  readonly sha256: string
  readonly publishedAt: Instant
  /** Null for the wording that is shipped. */
  readonly publishedBy: StaffId | null
  /** False where the bytes no longer match their hash: such a text is put before nobody. */
  readonly isIntact: boolean
}

/** Every published text, newest version first, at most 500. */
export async function selectQuestionnaires(reader: Reader): Promise<readonly StoredQuestionnaire[]> {
  const rows = await many<QuestionnaireTextTable>(
    reader,
    'select * from questionnaire_text order by major desc, minor desc limit 500',
  )
  return rows.map((row) => ({
    // Written by this program from a parsed text; its hash is checked right here.
    text: JSON.parse(row.body) as QuestionnaireText,
    sha256: row.sha256,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    isIntact: sha256Of(row.body) === row.sha256,
  }))
}

export async function selectQuestionnaire(
  reader: Reader,
  version: TemplateVersion,
): Promise<StoredQuestionnaire | null> {
  const texts = await selectQuestionnaires(reader)
  return texts.find(({ text }) => compareTemplateVersions(text, version) === 0) ?? null
}

/** The text that a form begun on this day shows. Damaged ones are passed over. */
export async function selectQuestionnaireInForce(reader: Reader, on: CalendarDate): Promise<QuestionnaireText> {
  const texts = (await selectQuestionnaires(reader)).filter(({ isIntact }) => isIntact).map(({ text }) => text)
  const inForce = questionnaireInForce(texts, on) ?? texts.at(-1)
  if (!inForce) throw new Error('the store has no intact text of the questionnaire')
  return inForce
}

/** The words a form was asked in. Its version is one that was published, because nothing published ever goes. */
export async function selectQuestionnaireOf(reader: Reader, versionName: string): Promise<QuestionnaireText> {
  const stored = await selectQuestionnaire(reader, questionnaireVersionOf(versionName))
  if (!stored) throw new Error(`no text ${versionName} of the questionnaire`)
  return stored.text
}

/** Publishes a text for good, with the approval of the physician `by`. */
export async function insertQuestionnaire(
  trx: Trx,
  text: QuestionnaireText,
  { at, by }: { readonly at: Instant; readonly by: StaffId },
): Promise<string> {
  const body = canonicalJson(text)
  const sha256 = sha256Of(body)
  await insertRow(trx, 'questionnaire_text', {
    major: text.major,
    minor: text.minor,
    language: text.language,
    effective_from: text.effectiveFrom,
    body,
    sha256,
    published_at: at,
    published_by: by,
  })
  return sha256
}

/** Kind and id of the one row that holds the text that is being written. */
const draftKind = 'questionnaire_text'
const draftId = 'questionnaire-text'

export type StoredQuestionnaireDraft = Draft<QuestionnaireDraft>

type Writing = { readonly draft: QuestionnaireDraft; readonly at: Instant; readonly by: StaffId }

export function selectQuestionnaireDraft(reader: Reader): Promise<StoredQuestionnaireDraft | null> {
  return selectDraft<QuestionnaireDraft>(reader, draftKind, draftId)
}

export function insertQuestionnaireDraft(trx: Trx, { draft, at, by }: Writing): Promise<void> {
  return insertDraft(trx, { id: draftId, kind: draftKind, patientId: null, ownerId: by, body: draft, at })
}

/** Null when somebody saved in between; otherwise `startsSpell` says whether this save is the one to audit. */
export function saveQuestionnaireDraft(
  trx: Trx,
  { draft, at, by, expectedVersion }: Writing & { readonly expectedVersion: number },
) {
  return saveDraft(trx, { id: draftId, kind: draftKind, ownerId: by, body: draft, at, expectedVersion })
}

export function deleteQuestionnaireDraft(trx: Trx): Promise<boolean> {
  return deleteDraft(trx, draftKind, draftId)
}

export type AnswerAgainRow = {
  readonly visitId: VisitId
  readonly patientId: PatientId
  readonly family: string | null
  readonly given: string | null
  readonly preferred: string | null
  readonly chartNumber: string
  readonly onDate: CalendarDate
  readonly atTime: string
  readonly takenOn: CalendarDate
}

/**
 * Treatments still to come on or after `from` whose patients' newest full form was asked in an older major than `major`
 * and would otherwise be good on that day. Earliest first, at most 5,000.
 */
export async function selectAnswerAgain(
  reader: Reader,
  {
    major,
    from,
    today,
    validMonths,
  }: {
    readonly major: number
    readonly from: CalendarDate
    readonly today: CalendarDate
    readonly validMonths: number
  },
): Promise<readonly AnswerAgainRow[]> {
  const treatments = visitServices.filter(isTreatment)
  const rows = await many<AnswerAgainRow>(
    reader,
    `select visit.id as "visitId", visit.patient_id as "patientId", patient.family as "family",
       patient.given as "given", patient.preferred as "preferred", patient.chart_number as "chartNumber",
       visit.on_date as "onDate", visit.at_time as "atTime", max(screening.taken_on) as "takenOn"
     from visit
       join patient on patient.id = visit.patient_id
       join screening on screening.patient_id = visit.patient_id and screening.form = 'FULL'
     where visit.on_date >= ? and visit.status in ('EXPECTED', 'HERE', 'IN_ROOM')
       and visit.service in (${treatments.map(() => '?').join(', ')})
     group by visit.id, visit.patient_id, patient.family, patient.given, patient.preferred, patient.chart_number,
       visit.on_date, visit.at_time
     having max(screening.questionnaire_major) < ?
     order by visit.on_date, visit.at_time, visit.id limit 5000`,
    [from < today ? today : from, ...treatments, major],
  )
  return rows.filter(({ takenOn, onDate }) => addMonths(takenOn, validMonths) >= onDate)
}
