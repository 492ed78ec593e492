import { selectPolicyStart } from '../../../db/queries/policy.ts'
import { type StoredSession, selectSessionVersions } from '../../../db/queries/session.ts'
import { selectLastSession } from '../../../db/queries/session-course.ts'
import { selectReadings } from '../../../db/queries/session-queue.ts'
import { selectDispositions, selectReturns } from '../../../db/queries/session-return.ts'
import { type StaffMember, selectStaff } from '../../../db/queries/staff.ts'
import type { StoredVersion } from '../../../db/records.ts'
import { type Signature, selectSignatures } from '../../../db/signatures.ts'
import { readPlan, type SessionBody } from '../../../shared/domain/session.ts'
import { diffSessions } from '../../../shared/domain/session-diff.ts'
import { isSubmittedBody, type SessionRecordBody } from '../../../shared/domain/session-opening.ts'
import type { VersionId } from '../../../shared/kernel/ids.ts'
import type { QueryContext } from '../../app/context.ts'
import { headToSummary, nameOf } from '../../app/session-summary.ts'
import { toWire } from '../../app/to-wire.ts'
import { selectOpenDraft } from './draft.ts'

/** One session with everything ever kept of it. */
export async function viewSession({ reader, caller, now, today }: QueryContext, session: StoredSession) {
  const { sessionId, patientId, head } = session
  const members = await selectStaff(reader)
  const versions = await selectSessionVersions(reader, sessionId)
  const readings = await selectReadings(reader, session.versionId)
  const open = await selectOpenDraft(reader, session)
  const signatures = await selectSignatures(reader, 'session', sessionId)
  const numberById = submissionNumbers(versions)
  const isMine = head.practitioner_id === caller.staffId
  const byPhysician = readings.some((one) => one.isPhysician && one.staffId !== head.practitioner_id)
  return toWire({
    session: headToSummary(head, { members, callerId: caller.staffId, now }),
    draft: open && {
      draftVersion: open.draftVersion,
      draft: open.draft,
      replies: open.replies,
      savedAt: open.savedAt,
    },
    record: session.body && {
      versionId: session.versionId,
      versionNumber: numberById.get(session.versionId) ?? 0,
      sha256: session.sha256,
      isIntact: session.integrity === 'INTACT',
      body: session.body,
      policyFrom: await selectPolicyStart(reader, session.body.policyVersionId),
    },
    plan: session.body?.plan ?? readStartedPlan(versions),
    gatePassedAt: head.gate_passed_at,
    versions: versionsToWire(versions, { members, numberById }),
    signatures: inOrder(signatures).map((signature) => ({
      versionId: signature.versionId,
      versionNumber: numberById.get(signature.versionId) ?? 0,
      signer: signature.signerId && nameOf(members, signature.signerId),
      signerName: signature.signerName,
      credential: signature.credential,
      licence: signature.licence,
      meaning: signature.meaning,
      signedAt: signature.signedAt,
      offsetMin: signature.offsetMin,
      sha256: signature.sha256,
      isIntact: signature.integrity === 'INTACT',
      keyReset: signature.keyReset,
    })),
    returns: (await selectReturns(reader, sessionId)).map(({ replyVersionId: _version, ...sent }) => ({
      ...sent,
      returnedBy: nameOf(members, sent.returnedBy),
    })),
    dispositions: (await selectDispositions(reader, sessionId)).map((entry) => ({
      ...entry,
      decidedBy: nameOf(members, entry.decidedBy),
    })),
    voided:
      head.voided_at !== null && head.voided_by !== null
        ? {
            at: head.voided_at,
            by: nameOf(members, head.voided_by),
            reason: head.void_reason ?? '',
            correctSessionId: head.correct_session_id,
          }
        : null,
    last: await selectLastSession(reader, {
      patientId,
      seriesId: head.series_id,
      on: head.performed_on ?? today,
      except: sessionId,
    }),
    isRecallable: isMine && session.state === 'SUBMITTED' && !byPhysician,
  })
}

/** By time; of two in the same moment the author's comes first, as it was made first. */
function inOrder(signatures: readonly Signature[]): readonly Signature[] {
  const place = ({ signedAt, meaning }: Signature) => `${signedAt}${meaning === 'AUTHOR' ? 0 : 1}`
  return [...signatures].sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0))
}

function readStartedPlan(versions: readonly StoredVersion<SessionRecordBody>[]): SessionBody['plan'] {
  const start = versions.map(({ body }) => body).find((body) => !isSubmittedBody(body) && body.stage === 'STARTED')
  if (!start || isSubmittedBody(start)) return null
  // The gate passed, so every row of this plan is complete.
  return readPlan(start.draft.plan).plan
}

/** Version 1 is what was first submitted, on the screen, in the sign-off and on paper; openings have no number. */
function submissionNumbers(versions: readonly StoredVersion<SessionRecordBody>[]): ReadonlyMap<VersionId, number> {
  const submitted = versions.filter(({ body }) => isSubmittedBody(body))
  return new Map(submitted.map(({ versionId }, index) => [versionId, index + 1]))
}

function versionsToWire(
  versions: readonly StoredVersion<SessionRecordBody>[],
  {
    members,
    numberById,
  }: { readonly members: readonly StaffMember[]; readonly numberById: ReadonlyMap<VersionId, number> },
) {
  let before: SessionBody | null = null
  return versions.map((version) => {
    const body = isSubmittedBody(version.body) ? version.body : null
    const changes = body && before ? diffSessions(before, body) : null
    if (body) before = body
    return {
      versionId: version.versionId,
      number: numberById.get(version.versionId) ?? null,
      kind: body ? ('SUBMISSION' as const) : ('OPENING' as const),
      reason: version.reason,
      madeAt: version.madeAt,
      madeBy: version.madeBy && nameOf(members, version.madeBy),
      sha256: version.sha256,
      isIntact: version.integrity === 'INTACT',
      changes,
    }
  })
}
