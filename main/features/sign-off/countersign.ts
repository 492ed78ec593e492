import { selectPolicyInForce } from '../../../db/queries/policy.ts'
import { selectSeries, seriesRecord } from '../../../db/queries/series.ts'
import { moveSession, type StoredSession, sessionRecord } from '../../../db/queries/session.ts'
import { selectTransitionFacts } from '../../../db/queries/session-queue.ts'
import { insertDispositions } from '../../../db/queries/session-return.ts'
import { insertSignOff } from '../../../db/queries/sign-off.ts'
import type { StaffMember } from '../../../db/queries/staff.ts'
import { appendVersion } from '../../../db/records.ts'
import { insertSignature } from '../../../db/signatures.ts'
import { mayMoveSeries } from '../../../shared/domain/series.ts'
import type { SessionBody } from '../../../shared/domain/session.ts'
import { decideTransition } from '../../../shared/domain/session-state.ts'
import {
  attestations,
  maySignOff,
  type NextSessionDecision,
  type SignOffBody,
  signOffMeaning,
} from '../../../shared/domain/sign-off.ts'
import type { PatientId, SignOffId, VersionId } from '../../../shared/kernel/ids.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import type { CommandContext } from '../../app/context.ts'
import { signerOf, takeoverOf } from '../../app/countersigner.ts'
import { passRefusal } from '../../app/pass-refusal.ts'
import { signatureRow } from '../../app/signer.ts'

/** What the physician states; the rest of the signed content follows from the record. */
export type Statement = Pick<
  SignOffBody,
  'supervision' | 'patientSeen' | 'dispositions' | 'decision' | 'comment' | 'takeoverReason' | 'batchId'
> & { readonly seenVersionId: VersionId; readonly seenSha256: string }

const promised = [
  'SESSION_MOVE_NOT_ALLOWED',
  'OWN_SESSION',
  'STALE_VERSION',
  'TAKEOVER_REASON_MISSING',
  'DEVIATION_NOT_DISPOSED',
  'DISPOSITION_WITHOUT_DEVIATION',
  'DISPOSITION_TWICE',
  'SUPERVISION_NOT_CONFIRMED',
  'COMMENT_MISSING',
  'BATCH_DEVIATION',
  'BATCH_COMPLICATION',
  'BATCH_WARNING',
  'BATCH_NOT_OPENED',
] as const

/**
 * One countersignature: judged, written as a record of its own, bound to the reviewed version's bytes, and only then the
 * session moves. Refuses a damaged record; nobody signs what cannot be shown as it was submitted.
 */
export async function countersign(
  context: CommandContext,
  session: StoredSession,
  { signer, statement }: { readonly signer: StaffMember; readonly statement: Statement },
) {
  const { trx, caller, now } = context
  const { sessionId, patientId, head, body } = session
  if (session.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
  const facts = await selectTransitionFacts(trx, session, caller.staffId)
  const deviationIds = (body?.deviations ?? []).map(({ deviationId }) => deviationId)
  const disposed = new Set(statement.dispositions.map(({ deviationId }) => deviationId))
  const isBatch = statement.batchId !== null
  const decision = decideTransition({
    state: session.state,
    event: {
      kind: 'SIGN_OFF',
      seenVersionId: statement.seenVersionId,
      seenSha256: statement.seenSha256,
      // The door has proved the caller's identity for this very call.
      isReauthenticated: true,
      // In a batch the reason is the deviation itself, not that nobody decided on it.
      undisposedDeviations: isBatch ? 0 : deviationIds.filter((id) => !disposed.has(id)).length,
      takeoverReason: statement.takeoverReason,
      isBatch,
    },
    actor: caller,
    // A reaction that must reach the physician at once is never signed among others.
    facts: { ...facts, complications: facts.complications + head.red_flags },
  })
  if (!decision.ok) return passRefusal(decision.refusal, promised)
  if (!body) throw new Error(`session ${sessionId} was never submitted`)

  const policyVersionId = (await selectPolicyInForce(trx, context.today))?.versionId ?? null
  const signOff = signOffBodyOf(context, { session, body, signer, statement, policyVersionId })
  const allowed = maySignOff({
    body: signOff,
    authorId: facts.authorId,
    authorIsPhysician: facts.authorIsPhysician,
    deviationIds,
    currentVersionId: session.versionId,
    currentSha256: session.sha256,
  })
  if (!allowed.ok) return passRefusal(allowed.refusal, promised)

  const making = { newId: context.newId, at: now, by: caller.staffId }
  const signOffVersionId = await insertSignOff(trx, { body: signOff, ...making })
  const { versionId } = session
  const { meaning } = signOff
  await insertSignature(trx, sessionRecord, sessionId, {
    ...signatureRow(context, signer, { versionId, meaning }),
    along: [{ kind: 'sign_off', versionId: signOffVersionId }],
  })
  await insertDispositions(trx, session, { entries: statement.dispositions, ...making })
  const columns = { signed_at: now, signed_by: caller.staffId }
  if (!(await moveSession(trx, session, { to: 'SIGNED', at: now, columns }))) return refuse('STALE_VERSION')
  await moveSeries(context, session, statement)
  context.audit({
    action: isBatch ? 'signOff.signBatch' : 'signOff.sign',
    subject: 'session',
    subjectId: sessionId,
    versionId: signOffVersionId,
    versionBeforeId: versionId,
    patientId,
    reason: context.reauthenticatedBy,
  })
  return accept({ signOffId: signOff.signOffId, meaning })
}

function signOffBodyOf(
  context: CommandContext,
  {
    session,
    body,
    signer,
    statement,
    policyVersionId,
  }: {
    readonly session: StoredSession
    readonly body: SessionBody
    readonly signer: StaffMember
    readonly statement: Statement
    readonly policyVersionId: VersionId | null
  },
): SignOffBody {
  const meaning = signOffMeaning({ isAuthor: false, deviations: body.deviations.length })
  const { seenVersionId: _seen, seenSha256: _hash, ...stated } = statement
  return {
    schema: 'sign-off/1',
    signOffId: context.newId<SignOffId>(),
    patientId: session.patientId,
    record: {
      kind: 'SESSION',
      recordId: session.sessionId,
      version: session.head.submissions,
      versionId: session.versionId,
      sha256: session.sha256,
    },
    signer: signerOf(signer),
    policyVersionId,
    signedAt: context.now,
    utcOffsetMin: context.offsetMin,
    meaning,
    attestation: attestations[meaning],
    ...stated,
    takeoverReason: takeoverOf(session.head.supervising_physician_id, signer, statement.takeoverReason),
  }
}

const statusAfter = { PROCEED: null, MODIFY: null, HOLD: 'ON_HOLD', STOP: 'ENDED_EARLY' } as const satisfies Readonly<
  Record<NextSessionDecision, string | null>
>

/** HOLD and STOP move the series with the physician's words as the reason; one that is over already stays as it is. */
async function moveSeries(
  context: CommandContext,
  { patientId, head }: { readonly patientId: PatientId; readonly head: StoredSession['head'] },
  { decision, comment }: Pick<Statement, 'decision' | 'comment'>,
): Promise<void> {
  const status = statusAfter[decision]
  if (status === null) return
  const series = await selectSeries(context.trx, patientId, head.series_id)
  if (!series || !mayMoveSeries(series.body.status, status)) return
  const saved = await appendVersion(context.trx, seriesRecord, {
    id: series.id,
    expectedVersion: series.version,
    body: { ...series.body, status, statusReason: comment.trim() },
    newId: context.newId,
    at: context.now,
    by: context.caller.staffId,
    reason: status,
  })
  if (!saved) throw new Error(`series ${series.id} moved inside one transaction`)
  context.audit({
    action: 'series.setStatus',
    subject: 'series',
    subjectId: series.id,
    versionId: saved.versionId,
    versionBeforeId: series.versionId,
    patientId,
    reason: status,
  })
}
