import type { AmendedRecordKind } from '../../shared/domain/addendum.ts'
import type { RecordKind } from '../../shared/domain/record-kinds.ts'
import type { ConsentId, PatientId, SessionId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many, selectRecordOf, sha256Of } from '../records.ts'
import { selectSignatures } from '../signatures.ts'
import type { RecordVersionTable } from '../tables/core.ts'
import { selectConsentFile } from './consent.ts'
import { screeningRecord } from './screening.ts'
import { selectSession } from './session.ts'
import { selectStaffMember } from './staff.ts'
import { selectSupervisorOn } from './staff-practice.ts'

/** A record as an addendum to it sees it. */
export type AmendedRecord = {
  readonly kind: AmendedRecordKind
  readonly recordId: string
  readonly patientId: PatientId
  readonly versionId: VersionId
  readonly sha256: string
  readonly body: unknown
  readonly isSigned: boolean
  readonly isIntact: boolean
  /** Who made the record; null where nobody of the clinic did. */
  readonly authorId: StaffId | null
  /** The physician who signs an aesthetician's addendum without taking it over. */
  readonly supervisingPhysicianId: StaffId | null
  /** Who countersigned it; null where nobody did, or that person works here no more. */
  readonly acceptedById: StaffId | null
}

type Address = { readonly kind: AmendedRecordKind; readonly recordId: string; readonly patientId: PatientId }

/**
 * Null where the patient has no such record; `today` decides who supervises its author, where the record itself does not
 * say. Addenda are for what is signed; before that a record is corrected.
 */
export async function selectAmendedRecord(
  reader: Reader,
  address: Address,
  today: CalendarDate,
): Promise<AmendedRecord | null> {
  switch (address.kind) {
    case 'SESSION':
      return selectAmendedSession(reader, address)
    case 'CONSENT':
      return selectAmendedConsent(reader, address)
    case 'SCREENING':
      return selectAmendedScreening(reader, address, today)
    case 'COMPLICATION':
      return selectByVersions(reader, 'complication', address, today)
  }
}

async function selectAmendedSession(reader: Reader, address: Address): Promise<AmendedRecord | null> {
  const session = await selectSession(reader, address.patientId, address.recordId as SessionId)
  if (!session) return null
  return {
    ...address,
    versionId: session.versionId,
    sha256: session.sha256,
    body: session.body,
    isSigned: session.state === 'SIGNED',
    isIntact: session.integrity === 'INTACT',
    authorId: session.head.practitioner_id,
    supervisingPhysicianId: session.head.supervising_physician_id,
    acceptedById: await activePhysician(reader, session.head.signed_by),
  }
}

async function selectAmendedConsent(reader: Reader, address: Address): Promise<AmendedRecord | null> {
  const file = await selectConsentFile(reader, {
    patientId: address.patientId,
    consentId: address.recordId as ConsentId,
  })
  if (!file) return null
  return {
    ...address,
    versionId: file.versionId,
    sha256: file.recordSha256,
    body: file.body,
    isSigned: file.body.signature !== null && file.state !== 'VOIDED',
    isIntact: file.integrity === 'INTACT',
    authorId: file.body.explainedBy.staffId,
    supervisingPhysicianId: file.body.supervisingPhysician.staffId,
    acceptedById: await activePhysician(reader, file.body.supervisingPhysician.staffId),
  }
}

async function selectAmendedScreening(
  reader: Reader,
  address: Address,
  today: CalendarDate,
): Promise<AmendedRecord | null> {
  const record = await selectRecordOf(reader, screeningRecord, address.patientId, address.recordId)
  if (!record) return null
  return {
    ...address,
    versionId: record.versionId,
    sha256: record.sha256,
    body: record.body,
    isSigned: record.body.signature !== null,
    isIntact: record.integrity === 'INTACT',
    authorId: record.madeBy,
    supervisingPhysicianId: record.madeBy && (await selectSupervisorOn(reader, record.madeBy, today)),
    acceptedById: null,
  }
}

/** A record that is signed where somebody's signature stands over its newest version. */
async function selectByVersions(
  reader: Reader,
  kind: RecordKind,
  address: Address,
  today: CalendarDate,
): Promise<AmendedRecord | null> {
  const rows = await many<RecordVersionTable>(
    reader,
    'select * from record_version where kind = ? and record_id = ? and patient_id = ? order by number limit 1000',
    [kind, address.recordId, address.patientId],
  )
  const first = rows[0]
  const newest = rows.at(-1)
  if (!first || !newest) return null
  const signatures = await selectSignatures(reader, kind, address.recordId)
  return {
    ...address,
    versionId: newest.id,
    sha256: newest.sha256,
    body: JSON.parse(newest.body),
    isSigned: signatures.some(({ versionId }) => versionId === newest.id),
    isIntact: sha256Of(newest.body) === newest.sha256,
    authorId: first.made_by,
    supervisingPhysicianId: first.made_by && (await selectSupervisorOn(reader, first.made_by, today)),
    acceptedById: await activePhysician(reader, signatures.at(-1)?.signerId ?? null),
  }
}

async function activePhysician(reader: Reader, staffId: StaffId | null): Promise<StaffId | null> {
  const member = staffId === null ? null : await selectStaffMember(reader, staffId)
  return member?.status === 'ACTIVE' && member.roles.includes('physician') ? staffId : null
}
