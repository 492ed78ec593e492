import { selectAddendaOf } from '../../db/queries/addendum.ts'
import { selectDisagreementsOn } from '../../db/queries/amendment-request.ts'
import { type ConsentFile, consentDraftKind, selectConsentFile } from '../../db/queries/consent.ts'
import { insertCopyGiven } from '../../db/queries/copy-given.ts'
import { selectDraft } from '../../db/queries/draft.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import { selectPolicyStart } from '../../db/queries/policy.ts'
import { type StoredSession, selectSession, selectSessionVersions } from '../../db/queries/session.ts'
import { selectSignOffOf } from '../../db/queries/sign-off.ts'
import { type Signature, selectSignatures } from '../../db/signatures.ts'
import type { contract } from '../../shared/contract/index.ts'
import { isRf } from '../../shared/domain/device.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import type { SessionBody } from '../../shared/domain/session.ts'
import { isSubmittedBody } from '../../shared/domain/session-opening.ts'
import { attestations, authorAttestation, type SignOffBody, signOffMeanings } from '../../shared/domain/sign-off.ts'
import type { ConsentId, PatientId, SessionId, VersionId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addMinutes } from '../../shared/kernel/time.ts'
import type { Handlers, QueryContext } from '../app/context.ts'
import { givePdf } from '../app/pdf.ts'
import { recordFileName, recordSheet } from '../app/record-sheet.ts'
import { printedStatement } from '../app/signer.ts'
import type { ConsentPrint } from '../print/consent-document.ts'
import type { PrintedAddendum, PrintedDisagreement, SessionPrint } from '../print/session-document.ts'
import type { PrintedSignature } from '../print/sheet.ts'
import { codeWords, dateWords } from '../print/words.ts'

type PrintContract = typeof contract.print

export const printHandlers = {
  session: async (context, { patientId, sessionId }) => {
    const session = await selectSession(context.reader, patientId, sessionId)
    const patient = await selectPatient(context.reader, patientId)
    if (!session || !patient) return refuse('NOT_FOUND')
    if (session.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    if (!session.body) return refuse('NOTHING_TO_PRINT')
    const print = await sessionPrintOf(context, { session, body: session.body, patient: patient.body })
    const { versionId } = session
    context.audit({ action: 'print.session', subject: 'session', subjectId: sessionId, versionId, patientId })
    const fileName = recordFileName(patient.body, `session-${session.head.session_no}`)
    return accept(await givePdf(context, fileName, { kind: 'SESSION', print }))
  },

  consent: async (context, { patientId, consentId }) => {
    const file = await selectConsentFile(context.reader, { patientId, consentId })
    const patient = await selectPatient(context.reader, patientId)
    if (!patient) return refuse('NOT_FOUND')
    if (!file) {
      const draft = await selectDraft(context.reader, consentDraftKind, consentId)
      return refuse(draft?.patientId === patientId ? 'NOTHING_TO_PRINT' : 'NOT_FOUND')
    }
    if (file.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    const print = await consentPrintOf(context, file, patient.body)
    const { versionId } = file
    context.audit({ action: 'print.consent', subject: 'consent', subjectId: consentId, versionId, patientId })
    return accept(await givePdf(context, recordFileName(patient.body, 'consent'), { kind: 'CONSENT', print }))
  },

  copyGiven: async (context, { patientId, kind, recordId, method, recipient }) => {
    const { trx, caller, now } = context
    if (kind === 'SESSION' && !context.hasRole('aesthetician') && !context.hasRole('physician')) return refuse('DENIED')
    const id = context.newId<string>()
    const copy = {
      patientId,
      kind,
      recordId,
      method,
      recipient: recipient.trim(),
      givenAt: now,
      givenBy: caller.staffId,
    }
    let versionId: VersionId
    if (kind === 'SESSION') {
      const session = await selectSession(trx, patientId, recordId as SessionId)
      if (!session) return refuse('NOT_FOUND')
      if (!session.body) return refuse('NOTHING_TO_PRINT')
      versionId = session.versionId
    } else {
      const consentId = recordId as ConsentId
      const file = await selectConsentFile(trx, { patientId, consentId })
      if (!file) return refuse('NOT_FOUND')
      if (file.body.signature === null) return refuse('NOTHING_TO_PRINT')
      versionId = file.versionId
    }
    await insertCopyGiven(trx, id, { ...copy, versionId })
    const subject = kind.toLowerCase()
    context.audit({ action: 'print.copyGiven', subject, subjectId: recordId, versionId, patientId, reason: method })
    context.touch('print', subject, 'chart')
    return accept({})
  },
} satisfies Handlers<PrintContract>

async function sessionPrintOf(
  context: QueryContext,
  {
    session,
    body,
    patient,
  }: { readonly session: StoredSession; readonly body: SessionBody; readonly patient: PatientBody },
): Promise<SessionPrint> {
  const { reader } = context
  const { sessionId, patientId, head, state } = session
  const review = await selectSignOffOf(reader, 'SESSION', sessionId, patientId)
  const signOff = review?.integrity === 'INTACT' ? review.body : null
  const submissions = (await selectSessionVersions(reader, sessionId)).filter((one) => isSubmittedBody(one.body))
  const ordinalById = new Map(submissions.map((one, index) => [one.versionId, index + 1]))
  const signatures = await selectSignatures(reader, 'session', sessionId)
  const performedOn = addMinutes(body.startedAt, body.utcOffsetMin).slice(0, 10)
  return {
    sheet: await recordSheet(context, patient, {
      title: `${isRf(body.device.type) ? 'Radiofrequency (RF) microneedling' : 'Microneedling'} session ${body.sessionNo}, ${dateWords(performedOn)}`,
      unsigned: head.signed_at !== null ? null : state === 'SUBMITTED' ? 'WAITING' : 'DRAFT',
      isVoided: state === 'VOIDED',
      version: head.submissions,
      sha256: session.sha256,
    }),
    body,
    policyFrom: await selectPolicyStart(reader, body.policyVersionId),
    signatures: signatures.map((signature) =>
      staffSignature(signature, {
        version: ordinalById.get(signature.versionId) ?? 0,
        signOff: signOff?.record.versionId === signature.versionId ? signOff : null,
        author: body.practitioner.printedName,
      }),
    ),
    signOff,
    addenda: await addendaOf(context, patientId, sessionId),
    disagreements: await disagreementsOn(context, sessionId),
  }
}

async function disagreementsOn(
  { reader }: QueryContext,
  sessionId: SessionId,
): Promise<readonly PrintedDisagreement[]> {
  const requests = await selectDisagreementsOn(reader, { kind: 'SESSION', recordId: sessionId })
  return requests.map((request) => ({
    requestedBy: request.requested_by,
    requestedOn: request.requested_on,
    wish: request.wish,
    denialReason: request.denial_reason ?? '',
    statement: request.disagreement ?? '',
    rebuttal: request.rebuttal,
  }))
}

async function addendaOf(
  { reader }: QueryContext,
  patientId: PatientId,
  sessionId: SessionId,
): Promise<readonly PrintedAddendum[]> {
  const printed: PrintedAddendum[] = []
  for (const addendum of await selectAddendaOf(reader, { kind: 'SESSION', recordId: sessionId, patientId })) {
    const { body, table, versionId } = addendum
    const signOff = await selectSignOffOf(reader, 'ADDENDUM', addendum.id, patientId)
    const signatures = await selectSignatures(reader, 'addendum', addendum.id)
    printed.push({
      body,
      state: table.state,
      signatures: signatures
        .filter((signature) => signature.versionId === versionId)
        .map((signature) =>
          staffSignature(signature, {
            version: body.version,
            signOff: signOff?.body ?? null,
            author: body.author.printedName,
          }),
        ),
    })
  }
  return printed
}

function staffSignature(
  signature: Signature,
  {
    version,
    signOff,
    author,
  }: { readonly version: number; readonly signOff: SignOffBody | null; readonly author: string },
): PrintedSignature {
  const meaning = signOffMeanings.find((known) => known === signature.meaning)
  const isReview = meaning !== undefined && meaning !== 'AUTHOR_PHYSICIAN'
  const text =
    isReview && signOff ? signOff.attestation.text : (meaning ? attestations[meaning] : authorAttestation).text
  return {
    name: signature.signerName,
    credential: signature.credential,
    licence: signature.licence,
    meaning: isReview ? `${codeWords(signature.meaning)}, for ${author}` : codeWords(signature.meaning),
    statement: printedStatement(signature, text),
    signedAt: signature.signedAt,
    utcOffsetMin: signature.offsetMin,
    sha256: signature.sha256,
    version,
    pictureSvg: null,
  }
}

async function consentPrintOf(context: QueryContext, file: ConsentFile, patient: PatientBody): Promise<ConsentPrint> {
  const { body } = file
  return {
    sheet: await recordSheet(context, patient, {
      title: 'Consent to microneedling',
      unsigned: body.signature === null ? 'DRAFT' : null,
      isVoided: file.state === 'VOIDED',
      version: body.version,
      sha256: file.recordSha256,
    }),
    body,
    signatures: body.signature ? [await patientSignature(context, file, body.signature)] : [],
    withdrawals: file.withdrawals,
    reacknowledgements: file.reacknowledgements,
  }
}

async function patientSignature(
  { reader, services }: QueryContext,
  { body, recordSha256, patientId }: ConsentFile,
  signature: NonNullable<ConsentFile['body']['signature']>,
): Promise<PrintedSignature> {
  const { attachments } = services.storeLife.open
  const image = signature.imageId === null ? null : await attachments.read(reader, signature.imageId)
  const isOwn = image?.patientId === patientId
  return {
    name: signature.name,
    credential: codeWords(signature.role) + (signature.relationship ? `, ${signature.relationship}` : ''),
    licence: '',
    meaning: signature.role === 'PATIENT' ? 'Consent of the patient' : 'Consent for the patient',
    statement: signature.intentStatement,
    signedAt: signature.signedAt,
    utcOffsetMin: signature.utcOffsetMin,
    sha256: recordSha256,
    version: body.version,
    pictureSvg: image?.mediaType === 'image/svg+xml' && isOwn ? image.bytes.toString('utf8') : null,
  }
}
