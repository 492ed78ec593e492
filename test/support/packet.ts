import { sessionRecord } from '../../db/queries/session.ts'
import { insertPatientSignature } from '../../db/signatures.ts'
import type { SessionDraft } from '../../shared/domain/session.ts'
import type { SignedPacket } from '../../shared/domain/signed-packet.ts'
import type { PatientId, PhotoId, SessionId, SignatureId, VersionId } from '../../shared/kernel/ids.ts'
import type { TestHouse, Window } from './clinic.ts'
import { keepPhoto, photoClinic } from './photos.ts'
import { byPassword, type SessionClinic, submittedSession, write } from './session.ts'

export type SignedChart = SessionClinic & { readonly sessionId: SessionId }

/** A chart with a screening, a consent, and a session with a photograph that author and physician signed. */
export async function signedChart(): Promise<SignedChart> {
  const clinic = await photoClinic()
  const { aes, phy, patientId } = clinic
  const photoId = await keepPhoto(aes, patientId)
  const log: Partial<SessionDraft> = {
    prePhotos: { kind: 'TAKEN', photos: [{ photoId }] },
    warnings: [{ code: 'PHOTO_VIEW_MISSING', path: 'prePhotos', reason: 'only the front is treated' }],
  }
  const sessionId = await submittedSession(clinic, { log })
  const { record } = await phy.must('session.open', { patientId, sessionId })
  if (!record) throw new Error('nothing was submitted')
  await phy.must('signOff.sign', {
    patientId,
    sessionId,
    seenVersionId: record.versionId,
    seenSha256: record.sha256,
    supervision: { mode: 'ON_SITE', confirmed: true, note: '' },
    patientSeen: true,
    dispositions: [],
    decision: 'PROCEED',
    comment: '',
    takeoverReason: null,
    reauth: byPassword,
  })
  await markWithPhoto({ ...clinic, sessionId }, { photoId, versionId: record.versionId })
  return { ...clinic, sessionId }
}

/** The patient's mark over the session, sealed together with the picture itself. */
async function markWithPhoto(
  chart: SignedChart,
  { photoId, versionId }: { readonly photoId: PhotoId; readonly versionId: VersionId },
): Promise<void> {
  const { app, host, sessionId } = chart
  await write(chart, (trx) =>
    insertPatientSignature(trx, { ...sessionRecord, photos: () => [photoId] }, sessionId, {
      signatureId: host.newId() as SignatureId,
      versionId,
      signerName: 'Mara Lindqvist',
      credential: 'PATIENT',
      meaning: 'SEEN',
      signedAt: host.now(),
      offsetMin: -300,
      sealer: app.services.storeLife.open.clinicSealer,
    }),
  )
}

export const givenTo = { recipient: 'Dr Ines Falk, Lakeside Dermatology', purpose: 'Second opinion' }

/** The file that the screen saves. */
export async function packetText(
  { app }: Pick<TestHouse, 'app'>,
  window: Window,
  patientId: PatientId,
): Promise<string> {
  const { token } = await window.must('packet.make', { patientId, ...givenTo })
  const blob = await app.readBlob(window.connection, token)
  if (blob?.mediaType !== 'application/json') throw new Error('there is no packet to save')
  return blob.bytes.toString('utf8')
}

export async function packetOf(clinic: SignedChart): Promise<SignedPacket> {
  return JSON.parse(await packetText(clinic, clinic.phy, clinic.patientId)) as SignedPacket
}
