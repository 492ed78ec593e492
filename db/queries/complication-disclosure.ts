import type { DisclosureEntry } from '../../shared/domain/complication-report.ts'
import type { ComplicationId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { insertRow, many } from '../records.ts'
import type { ComplicationDisclosureTable } from '../tables/complication.ts'

export type StoredDisclosure = DisclosureEntry & { readonly enteredBy: StaffId; readonly enteredAt: Instant }

export async function insertDisclosure(
  trx: Trx,
  id: string,
  entry: StoredDisclosure & { readonly patientId: PatientId; readonly complicationId: ComplicationId },
): Promise<void> {
  await insertRow(trx, 'complication_disclosure', {
    id,
    patient_id: entry.patientId,
    complication_id: entry.complicationId,
    disclosed_on: entry.disclosedOn,
    recipient: entry.recipient,
    address: entry.address,
    description: entry.description,
    purpose: entry.purpose,
    entered_by: entry.enteredBy,
    entered_at: entry.enteredAt,
  })
}

/** What left the clinic about this report, oldest first. */
export async function selectDisclosuresOf(
  reader: Reader,
  { patientId, complicationId }: { readonly patientId: PatientId; readonly complicationId: ComplicationId },
): Promise<readonly StoredDisclosure[]> {
  const rows = await many<ComplicationDisclosureTable>(
    reader,
    `select * from complication_disclosure where patient_id = ? and complication_id = ?
       order by disclosed_on, entered_at, id limit 500`,
    [patientId, complicationId],
  )
  return rows.map((row) => ({
    disclosedOn: row.disclosed_on,
    recipient: row.recipient,
    address: row.address,
    description: row.description,
    purpose: row.purpose,
    enteredBy: row.entered_by,
    enteredAt: row.entered_at,
  }))
}
