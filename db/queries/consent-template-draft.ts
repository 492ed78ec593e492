import type { TemplateDraft } from '../../shared/domain/consent/template-edit.ts'
import { isTreatment, visitServices } from '../../shared/domain/visit.ts'
import type { PatientId, StaffId, VisitId } from '../../shared/kernel/ids.ts'
import { addMonths, type CalendarDate, type Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { many } from '../records.ts'
import { selectConsentSettings } from './consent.ts'
import { type Draft, deleteDraft, insertDraft, saveDraft, selectDraft } from './draft.ts'

/** Kind of the `draft` row of a text that is being written. Its id is the text's name, so there is one at a time. */
const draftKind = 'consent_template'

export type StoredTemplateDraft = Draft<TemplateDraft>

export function selectTemplateDraft(reader: Reader, templateId: string): Promise<StoredTemplateDraft | null> {
  return selectDraft<TemplateDraft>(reader, draftKind, templateId)
}

/** Newest first, at most 100. */
export async function selectTemplateDrafts(reader: Reader): Promise<readonly StoredTemplateDraft[]> {
  const rows = await many<{ id: string }>(
    reader,
    'select id from draft where kind = ? order by updated_at desc, id limit 100',
    [draftKind],
  )
  const drafts = await Promise.all(rows.map(({ id }) => selectTemplateDraft(reader, id)))
  return drafts.filter((draft) => draft !== null)
}

type Writing = { readonly draft: TemplateDraft; readonly at: Instant; readonly by: StaffId }

export function insertTemplateDraft(trx: Trx, { draft, at, by }: Writing): Promise<void> {
  return insertDraft(trx, { id: draft.templateId, kind: draftKind, patientId: null, ownerId: by, body: draft, at })
}

/** Null when somebody saved in between; otherwise `startsSpell` says whether this save is the one to audit. */
export function saveTemplateDraft(trx: Trx, { draft, at, by, expectedVersion }: Writing & { expectedVersion: number }) {
  return saveDraft(trx, { id: draft.templateId, kind: draftKind, ownerId: by, body: draft, at, expectedVersion })
}

export function deleteTemplateDraft(trx: Trx, templateId: string): Promise<boolean> {
  return deleteDraft(trx, draftKind, templateId)
}

export type SignAgainRow = {
  readonly visitId: VisitId
  readonly patientId: PatientId
  readonly family: string | null
  readonly given: string | null
  readonly preferred: string | null
  readonly chartNumber: string
  readonly onDate: CalendarDate
  readonly atTime: string
  readonly major: number
  readonly signedOn: CalendarDate
}

/**
 * Treatments still to come on or after `from` whose patients have a signed form of this text, older than `major`, that
 * would otherwise stand on that day. A form that lapses by its age before the visit is left out: it is signed again
 * whatever is published. Earliest first, at most 5,000.
 */
export async function selectSignAgain(
  reader: Reader,
  {
    templateId,
    major,
    from,
    today,
  }: {
    readonly templateId: string
    readonly major: number
    readonly from: CalendarDate
    readonly today: CalendarDate
  },
): Promise<readonly SignAgainRow[]> {
  const treatments = visitServices.filter(isTreatment)
  const rows = await many<SignAgainRow>(
    reader,
    `select visit.id as "visitId", visit.patient_id as "patientId", patient.family as "family",
       patient.given as "given", patient.preferred as "preferred", patient.chart_number as "chartNumber",
       visit.on_date as "onDate", visit.at_time as "atTime", max(consent.template_major) as "major",
       max(consent.signed_on) as "signedOn"
     from visit
       join patient on patient.id = visit.patient_id
       join consent on consent.patient_id = visit.patient_id and consent.state = 'SIGNED'
         and consent.template_id = ? and consent.template_major < ?
     where visit.on_date >= ? and visit.status in ('EXPECTED', 'HERE', 'IN_ROOM')
       and visit.service in (${treatments.map(() => '?').join(', ')})
     group by visit.id, visit.patient_id, patient.family, patient.given, patient.preferred, patient.chart_number,
       visit.on_date, visit.at_time
     order by visit.on_date, visit.at_time, visit.id limit 5000`,
    [templateId, major, from < today ? today : from, ...treatments],
  )
  const { maxAgeMonths } = await selectConsentSettings(reader, today)
  return rows.filter(({ signedOn, onDate }) => addMonths(signedOn, maxAgeMonths) >= onDate)
}
