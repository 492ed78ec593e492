import type { Reader } from '../../../db/open.ts'
import { type StoredSession, selectSession, selectSessionDraft } from '../../../db/queries/session.ts'
import { selectTransitionFacts } from '../../../db/queries/session-queue.ts'
import { selectCartridgeLot, selectDevice, selectProductLot } from '../../../db/queries/stock.ts'
import { isRecordOf } from '../../../db/records.ts'
import type { SessionDraft } from '../../../shared/domain/session.ts'
import { reopenSession } from '../../../shared/domain/session-close.ts'
import { productUsesOf } from '../../../shared/domain/session-desk.ts'
import type { SessionOpening } from '../../../shared/domain/session-opening.ts'
import { decideTransition } from '../../../shared/domain/session-state.ts'
import type { ReturnReply } from '../../../shared/domain/sign-off.ts'
import type { PatientId, SessionId, StaffId } from '../../../shared/kernel/ids.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import { type Instant, offsetMinutes } from '../../../shared/kernel/time.ts'
import type { CommandContext } from '../../app/context.ts'

export type OpenDraft = {
  readonly session: StoredSession
  readonly draft: SessionDraft
  /** Answers to the last return. */
  readonly replies: readonly ReturnReply[]
  /** 0: nobody has typed since the record was submitted, and `draft` is that record opened again. */
  readonly draftVersion: number
  readonly savedAt: Instant
}

/** What is typed so far in a session that takes text; null in every other state. */
export async function selectOpenDraft(reader: Reader, session: StoredSession): Promise<OpenDraft | null> {
  if (session.state !== 'DRAFT' && session.state !== 'RETURNED') return null
  const row = await selectSessionDraft(reader, session)
  if (row) return { session, ...row.body, draftVersion: row.version, savedAt: row.updatedAt }
  if (!session.body) throw new Error(`session ${session.sessionId} has neither draft nor body`)
  const draft = reopenSession(session.body)
  return { session, draft, replies: [], draftVersion: 0, savedAt: session.head.updated_at }
}

/** The author's own draft as they saw it: somebody else's, a closed one and an older text are refused. */
export async function findOwnDraft(
  { trx, caller }: CommandContext,
  { patientId, sessionId, draftVersion }: { patientId: PatientId; sessionId: SessionId; draftVersion: number },
) {
  const session = await selectSession(trx, patientId, sessionId)
  if (!session) return refuse('NOT_FOUND')
  const facts = await selectTransitionFacts(trx, session, caller.staffId)
  const event = { kind: 'EDIT', seenVersionId: session.versionId } as const
  const decision = decideTransition({ state: session.state, event, actor: caller, facts })
  if (!decision.ok) {
    const { code } = decision.refusal
    return code === 'SESSION_MOVE_NOT_ALLOWED' ? refuse(code, { state: session.state }) : refuse('NOT_THE_AUTHOR')
  }
  const open = await selectOpenDraft(trx, session)
  if (open?.draftVersion !== draftVersion) return refuse('CONFLICT')
  return accept({ ...open, facts })
}

/** Fields that no client decides: whose session it is, which, where, and after the start what the gate judged. */
export function keepFixedFields(
  { caller, now, timeZone, services }: CommandContext,
  { session, draft: stored }: OpenDraft,
  typed: SessionDraft,
  start: SessionOpening | null,
): SessionDraft {
  const isStarted = session.head.is_started === 1
  const { identityCheck } = typed
  const isChecked = (identityCheck?.identifiers ?? []).length > 0
  return {
    ...typed,
    schema: 'session/1',
    patientId: session.patientId,
    seriesId: session.head.series_id,
    sessionNo: session.head.session_no,
    clinic: services.storeLife.open.facts.clinicName,
    practitionerId: session.head.practitioner_id,
    recordOnly: session.head.record_only === 1,
    utcOffsetMin: offsetMinutes(typed.startedAt ?? now, timeZone),
    ...(identityCheck && isChecked
      ? { identityCheck: { ...identityCheck, ...checkedBy(stored, caller.staffId, now) } }
      : {}),
    ...(start ? { plan: start.draft.plan } : {}),
    ...(isStarted
      ? {
          orderId: stored.orderId,
          consentId: stored.consentId,
          addonConsentIds: stored.addonConsentIds,
          screeningIds: stored.screeningIds,
          clearanceIds: stored.clearanceIds,
        }
      : {}),
  }
}

/** A device, lot or product that stands in no register of the clinic, or a record that is none of this patient's. */
export async function namesWhatIsNotThere(
  reader: Reader,
  named: { readonly patientId: PatientId; readonly draft: SessionDraft },
): Promise<boolean> {
  return (await namesUnknownStock(reader, named.draft)) || (await namesForeignRecord(reader, named))
}

/** An order, consent, questionnaire or clearance. */
async function namesForeignRecord(
  reader: Reader,
  { patientId, draft }: { readonly patientId: PatientId; readonly draft: SessionDraft },
): Promise<boolean> {
  const orders = [draft.orderId, draft.anaesthetic?.orderId, ...(draft.addons ?? []).map(({ orderId }) => orderId)]
  const named = [
    ['treatment_order', orders],
    ['consent', [draft.consentId, ...(draft.addonConsentIds ?? [])]],
    ['screening', draft.screeningIds ?? []],
    ['clearance', draft.clearanceIds ?? []],
  ] as const
  for (const [table, ids] of named)
    for (const id of ids) if (id && !(await isRecordOf(reader, table, patientId, id))) return true
  return false
}

async function namesUnknownStock(reader: Reader, draft: SessionDraft): Promise<boolean> {
  if (draft.deviceId && !(await selectDevice(reader, draft.deviceId))) return true
  for (const { cartridgeLotId } of draft.cartridgeUses ?? []) {
    if (cartridgeLotId && !(await selectCartridgeLot(reader, cartridgeLotId))) return true
  }
  for (const { productLotId } of productUsesOf(draft)) {
    if (productLotId && !(await selectProductLot(reader, productLotId))) return true
  }
  return false
}

/** Whoever ticked first, and when by the clinic's clock. */
function checkedBy({ identityCheck }: SessionDraft, staffId: StaffId, now: Instant) {
  const isKnown = (identityCheck?.identifiers ?? []).length > 0
  return {
    checkedBy: (isKnown ? identityCheck?.checkedBy : null) ?? staffId,
    checkedAt: (isKnown ? identityCheck?.checkedAt : null) ?? now,
  }
}
