import {
  type ConsentBody,
  type ConsentReacknowledgement,
  type ConsentWithdrawal,
  photoPermissionsAfter,
  type WithdrawalScope,
} from '../../shared/domain/consent/consent.ts'
import type { ConsentState } from '../../shared/domain/consent/consent-state.ts'
import {
  type ConsentNeed,
  type ConsentOnFile,
  type ConsentProblem,
  type ConsentSettings,
  consentStateOn,
  consentValidity,
} from '../../shared/domain/consent/consent-validity.ts'
import type { ConsentAnswers } from '../../shared/domain/consent/fill-consent.ts'
import type { ConsentPreparation } from '../../shared/domain/consent/prepare-consent.ts'
import type { ConsentValues, PhotoPermissions } from '../../shared/domain/consent/render-consent.ts'
import type { ConsentProcedure, ConsentTemplate } from '../../shared/domain/consent/template.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import { photoPermissionsOfPerson } from '../../shared/domain/patient-merge.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import type { ConsentFacts } from '../../shared/domain/start-gate-facts.ts'
import type { ConsentId, PatientId, SeriesId, SignatureId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import { addMinutes, type CalendarDate, type Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import {
  type Integrity,
  insertRow,
  many,
  type RecordDefinition,
  type StoredRecord,
  selectRecordOf,
  selectRecordsOf,
} from '../records.ts'
import { insertPatientSignature } from '../signatures.ts'
import type { Sealer } from '../signing/seal.ts'
import type { ConsentReacknowledgementTable, ConsentWithdrawalTable } from '../tables/consent.ts'
import { selectTemplatesInForce } from './consent-template.ts'
import { selectPatient } from './patient.ts'
import { selectOtherChartIds } from './patient-merge.ts'
import { selectPolicyInForce } from './policy.ts'

export const consentRecord: RecordDefinition<ConsentBody> = {
  kind: 'consent',
  table: 'consent',
  schema: 'consent/1',
  patientIdOf: (body) => body.patient.patientId,
  project: (body) => ({
    series_id: body.seriesId,
    template_id: body.template.templateId,
    template_major: body.template.major,
    template_minor: body.template.minor,
    procedure: body.scope.procedure,
    max_depth_um: body.scope.maxDepthUm,
    document_sha256: body.document.sha256,
    signer_role: body.signature?.role ?? null,
    signed_at: body.signature?.signedAt ?? null,
    signed_on: signedOnOf(body),
  }),
}

/** Kind of the `draft` row that holds a form from its preparation until it is signed. Its id is the consent's. */
export const consentDraftKind = 'consent'

export type ConsentDraft = {
  readonly preparation: ConsentPreparation
  /** What filled the form when it was shown; null while it is prepared. */
  readonly shown: ConsentValues | null
  readonly answers: ConsentAnswers
}

/** A consent with the rows that came after its signature. */
export type ConsentFile = ConsentOnFile & {
  readonly consentId: ConsentId
  readonly patientId: PatientId
  /** Optimistic lock of the head row. */
  readonly version: number
  readonly versionId: VersionId
  readonly versionNumber: number
  /** Of the record's bytes; the form's own hash is `body.document.sha256`. */
  readonly recordSha256: string
  readonly integrity: Integrity
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly voided: { readonly at: Instant; readonly by: StaffId; readonly reason: string } | null
}

/** Every form of the patient that was ever shown, newest first. Prepared ones that were not are drafts. */
export async function selectConsentFiles(reader: Reader, patientId: PatientId): Promise<readonly ConsentFile[]> {
  const files: ConsentFile[] = []
  for (const record of await selectRecordsOf(reader, consentRecord, patientId)) {
    files.push(await recordToFile(reader, record))
  }
  return files
}

export async function selectConsentFile(
  reader: Reader,
  { patientId, consentId }: { readonly patientId: PatientId; readonly consentId: ConsentId },
): Promise<ConsentFile | null> {
  const record = await selectRecordOf(reader, consentRecord, patientId, consentId)
  return record ? recordToFile(reader, record) : null
}

/** What the policy in force (or, before one, the shipped one) says about consents. */
export async function selectConsentSettings(reader: Reader, today: CalendarDate): Promise<ConsentSettings> {
  const policy = await selectPolicyInForce(reader, today)
  return consentSettingsOf(policy?.body ?? shippedPolicy(today))
}

export function consentSettingsOf({
  settings,
  isGuardianRequired,
}: Pick<PolicyBody, 'settings' | 'isGuardianRequired'>): ConsentSettings {
  return { maxAgeMonths: settings.consentValidMonths, ageOfMajority: settings.majorityAgeYears, isGuardianRequired }
}

/** The photo choices that hold today, less what another chart of the same person withholds. */
export async function selectPhotoPermissions(reader: Reader, patientId: PatientId): Promise<PhotoPermissions | null> {
  const others = await selectOtherChartIds(reader, patientId)
  return photoPermissionsOfPerson(
    await selectOwnPhotoPermissions(reader, patientId),
    await Promise.all(others.map((id) => selectOwnPhotoPermissions(reader, id))),
  )
}

/** Those of the form signed last, less what was withdrawn since. */
async function selectOwnPhotoPermissions(reader: Reader, patientId: PatientId): Promise<PhotoPermissions | null> {
  const files = (await selectConsentFiles(reader, patientId)).filter((file) => file.state !== 'VOIDED')
  const newest = bySignature(files).find((file) => file.integrity === 'INTACT')
  return newest ? photoPermissionsAfter(newest.body.photoPermissions, newest.withdrawals) : null
}

type Wanted = {
  /** Undefined: any series. */
  readonly seriesId?: SeriesId | null
  readonly procedure?: ConsentProcedure
}

/** The newest form that still stands on `today`: signed, not lapsed, not withdrawn. Null where there is none. */
export async function selectActiveConsent(
  reader: Reader,
  patientId: PatientId,
  today: CalendarDate,
  wanted: Wanted = {},
): Promise<ConsentFile | null> {
  const settings = await selectConsentSettings(reader, today)
  const bornOn = (await selectPatient(reader, patientId))?.body.bornOn ?? null
  const files = (await selectConsentFiles(reader, patientId)).filter((file) => isWanted(file, wanted))
  return (
    bySignature(files).find(
      (file) => file.integrity === 'INTACT' && consentStateOn({ consent: file, bornOn, today, settings }) === 'SIGNED',
    ) ?? null
  )
}

/** What the session knows about its plan and about what happened since; the store adds the rest of `ConsentNeed`. */
export type ConsentPlan = Omit<ConsentNeed, 'currentMajor' | 'bornOn' | 'guardianName' | 'language'>

/** What a start's consent is judged by: read once, for as many plans as are asked about. */
export type ConsentGround = {
  readonly today: CalendarDate
  readonly settings: ConsentSettings
  readonly patient: PatientBody | null
  /** Signed and intact, neither voided nor superseded; newest signature first. */
  readonly files: readonly ConsentFile[]
  /** The texts in force on `today`. */
  readonly templates: readonly ConsentTemplate[]
}

export async function selectConsentGround(
  reader: Reader,
  {
    patientId,
    today,
    settings,
  }: { readonly patientId: PatientId; readonly today: CalendarDate; readonly settings: ConsentSettings },
): Promise<ConsentGround> {
  const files = bySignature(await selectConsentFiles(reader, patientId)).filter(
    (file) => file.integrity === 'INTACT' && file.state !== 'VOIDED' && file.state !== 'SUPERSEDED',
  )
  const patient = (await selectPatient(reader, patientId))?.body ?? null
  const inForce = files.length === 0 ? [] : await selectTemplatesInForce(reader, today)
  return { today, settings, patient, files, templates: inForce.map(({ template }) => template) }
}

type JudgedConsent = {
  readonly file: ConsentFile
  readonly state: ConsentState
  readonly problems: readonly ConsentProblem[]
}

/**
 * The consent that a start would rest on and everything that stands against it. The best candidate is judged, so that
 * a lapsed or withdrawn form is named as such; null only where the patient never signed one. A form whose bytes or
 * columns were changed carries nothing and is passed over.
 */
export function judgeConsent(
  { today, settings, patient, files, templates }: ConsentGround,
  plan: ConsentPlan,
): JudgedConsent | null {
  let best: JudgedConsent | null = null
  for (const file of files) {
    const { templateId, major } = file.body.template
    const need: ConsentNeed = {
      ...plan,
      currentMajor: templates.find((template) => template.templateId === templateId)?.major ?? major,
      bornOn: patient?.bornOn ?? null,
      guardianName: patient?.guardian?.name ?? null,
      language: patient?.language ?? file.body.language,
    }
    const { state, problems } = consentValidity({ consent: file, need, today, settings })
    // The one with the fewest objections; of equals the newest, which comes first.
    if (best === null || problems.length < best.problems.length) best = { file, state, problems }
  }
  return best
}

/** The same, reduced to what the start gate reads. */
export async function selectConsentFacts(
  reader: Reader,
  { plan, ...whose }: { readonly patientId: PatientId; readonly today: CalendarDate; readonly plan: ConsentPlan },
): Promise<ConsentFacts | null> {
  const settings = await selectConsentSettings(reader, whose.today)
  const judged = judgeConsent(await selectConsentGround(reader, { ...whose, settings }), plan)
  return judged && consentFactsOf(judged)
}

export function consentFactsOf({ file, problems }: JudgedConsent): ConsentFacts {
  const { scope } = file.body
  return {
    consentId: file.consentId,
    procedures: [scope.procedure],
    zones: scope.zones.map(({ zone, side }) => ({ zone, side })),
    indications: scope.indications,
    addons: scope.addons,
    addonConsentIds: [],
    maxDepthUm: scope.maxDepthUm,
    problems: problems.map(({ code }) => code),
  }
}

export type StoredWithdrawal = ConsentWithdrawal & { readonly patientId: PatientId; readonly consentId: ConsentId }

export async function insertWithdrawal(
  trx: Trx,
  { id, patientId, consentId, withdrawal }: RowOf<'withdrawal', ConsentWithdrawal>,
): Promise<void> {
  await insertRow(trx, 'consent_withdrawal', {
    id,
    patient_id: patientId,
    consent_id: consentId,
    at: withdrawal.at,
    said_by: withdrawal.by,
    how: withdrawal.how,
    scopes: withdrawal.scopes.join(' '),
    taken_by: withdrawal.takenBy,
    note: withdrawal.note,
  })
}

export async function insertReacknowledgement(
  trx: Trx,
  { id, patientId, consentId, line }: RowOf<'line', ConsentReacknowledgement>,
): Promise<void> {
  await insertRow(trx, 'consent_reacknowledgement', {
    id,
    patient_id: patientId,
    consent_id: consentId,
    at: line.at,
    said_by: line.by,
    practitioner_id: line.practitionerId,
    supervising_physician_id: line.supervisingPhysicianId,
    taken_by: line.takenBy,
  })
}

/**
 * Binds the patient's (or guardian's) mark to the signed bytes. Nobody of the clinic proved an identity for it, so it
 * has a scheme of its own; the evidence stands inside the bytes.
 */
export async function insertConsentSignature(
  trx: Trx,
  body: ConsentBody,
  {
    signatureId,
    versionId,
    sealer,
  }: { readonly signatureId: SignatureId; readonly versionId: VersionId; readonly sealer: Sealer },
): Promise<void> {
  const { signature } = body
  if (signature === null) throw new Error(`consent ${body.consentId} is not signed`)
  await insertPatientSignature(trx, consentRecord, body.consentId, {
    signatureId,
    versionId,
    signerName: signature.name,
    credential: signature.relationship ?? '',
    meaning: 'PATIENT_CONSENT',
    signedAt: signature.signedAt,
    offsetMin: signature.utcOffsetMin,
    sealer,
  })
}

/** Newest signature first; forms without one come last. */
function bySignature(files: readonly ConsentFile[]): readonly ConsentFile[] {
  const signedAt = (file: ConsentFile): string => file.body.signature?.signedAt ?? ''
  return files
    .filter((file) => file.body.signature !== null)
    .sort((a, b) => (signedAt(a) < signedAt(b) ? 1 : signedAt(a) > signedAt(b) ? -1 : 0))
}

function isWanted({ body }: ConsentFile, { seriesId, procedure }: Wanted): boolean {
  if (seriesId !== undefined && body.seriesId !== seriesId) return false
  return procedure === undefined || body.scope.procedure === procedure
}

async function recordToFile(reader: Reader, record: StoredRecord<ConsentBody>): Promise<ConsentFile> {
  const { head, body } = record
  const id = [record.id]
  const withdrawals = await many<ConsentWithdrawalTable>(
    reader,
    'select * from consent_withdrawal where consent_id = ? order by at, id limit 200',
    id,
  )
  const lines = await many<ConsentReacknowledgementTable>(
    reader,
    'select * from consent_reacknowledgement where consent_id = ? order by at, id limit 200',
    id,
  )
  const voidedAt = head['voided_at']
  return {
    consentId: record.id as ConsentId,
    patientId: body.patient.patientId,
    version: record.version,
    versionId: record.versionId,
    versionNumber: record.number,
    recordSha256: record.sha256,
    integrity: record.integrity,
    createdAt: String(head['created_at']),
    updatedAt: String(head['updated_at']),
    body,
    // The column is filled from the closed list by a CHECK.
    state: head['state'] as ConsentState,
    signedOn: signedOnOf(body),
    withdrawals: withdrawals.map(rowToWithdrawal),
    reacknowledgements: lines.map(rowToLine),
    voided:
      voidedAt === null || voidedAt === undefined
        ? null
        : { at: String(voidedAt), by: head['voided_by'] as StaffId, reason: String(head['void_reason']) },
  }
}

/** The clinic's calendar date at the moment of signing, by the offset that stands in the signed bytes. */
function signedOnOf({ signature }: ConsentBody): CalendarDate | null {
  return signature === null ? null : addMinutes(signature.signedAt, signature.utcOffsetMin).slice(0, 10)
}

function rowToWithdrawal(row: ConsentWithdrawalTable): ConsentWithdrawal {
  return {
    by: row.said_by,
    at: row.at,
    how: row.how,
    // Written from the closed list, after it was parsed.
    scopes: row.scopes.split(' ') as WithdrawalScope[],
    takenBy: row.taken_by,
    note: row.note,
  }
}

function rowToLine(row: ConsentReacknowledgementTable): ConsentReacknowledgement {
  return {
    at: row.at,
    by: row.said_by,
    practitionerId: row.practitioner_id,
    supervisingPhysicianId: row.supervising_physician_id,
    takenBy: row.taken_by,
  }
}

type RowOf<Name extends string, Content> = {
  readonly id: string
  readonly patientId: PatientId
  readonly consentId: ConsentId
} & { readonly [Key in Name]: Content }
