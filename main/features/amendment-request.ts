import { addendumDraftKind } from '../../db/queries/addendum.ts'
import { selectAmendedRecord } from '../../db/queries/amended-record.ts'
import {
  insertAmendmentRequest,
  selectAmendableRecords,
  selectAmendmentRequest,
  selectAmendmentRequestsOf,
  updateAmendmentRequest,
} from '../../db/queries/amendment-request.ts'
import { insertDraft } from '../../db/queries/draft.ts'
import { insertFollowUp, moveFollowUp } from '../../db/queries/follow-up.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import { selectStaff } from '../../db/queries/staff.ts'
import type { AmendmentRequestTable } from '../../db/tables/amendment-request.ts'
import type { contract } from '../../shared/contract/index.ts'
import { type AmendmentEvent, answerDueOn, decideAmendment } from '../../shared/domain/amendment-request.ts'
import type { AddendumId, AmendmentRequestId, PatientId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { finishAmendment } from '../app/amendment-worklist.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { passRefusal } from '../app/pass-refusal.ts'
import { factsOf, viewRequest } from './amendment-request/view.ts'

export const amendmentRequestHandlers = {
  list: async (context, { patientId }) => {
    const { reader, today } = context
    if (!(await selectPatient(reader, patientId))) return refuse('NOT_FOUND')
    const nameById = new Map((await selectStaff(reader)).map((member) => [member.staffId, member.printedName]))
    const records = await selectAmendableRecords(reader, patientId, context.timeZone)
    const requests = []
    for (const row of await selectAmendmentRequestsOf(reader, patientId)) {
      requests.push(await viewRequest(reader, row, { nameById, records, today }))
    }
    context.audit({ action: 'amendmentRequest.list', subject: 'patient', subjectId: patientId, patientId })
    return accept({ requests, records: [...records] })
  },

  take: async (context, { patientId, requestedBy, requestedOn, wish }) => {
    const { trx, now, caller } = context
    if (!(await selectPatient(trx, patientId))) return refuse('NOT_FOUND')
    if (requestedOn > context.today) return refuse('REQUESTED_IN_FUTURE')
    const amendmentRequestId = context.newId<AmendmentRequestId>()
    const dueOn = answerDueOn({ requestedOn, isExtended: false })
    const followUpId = await insertFollowUp(
      trx,
      { patientId, kind: 'AMENDMENT_REQUEST', dueOn, fromOn: requestedOn },
      { newId: context.newId, at: now },
    )
    await insertAmendmentRequest(trx, {
      ...unanswered,
      id: amendmentRequestId,
      patient_id: patientId,
      version: 1,
      created_at: now,
      updated_at: now,
      taken_by: caller.staffId,
      requested_by: requestedBy,
      requested_on: requestedOn,
      wish,
      due_on: dueOn,
      follow_up_id: followUpId,
    })
    noteRequest(context, 'amendmentRequest.take', { patientId, amendmentRequestId })
    return accept({ amendmentRequestId, dueOn })
  },

  extend: async (context, input) => {
    const row = await selectAmendmentRequest(context.trx, input.patientId, input.amendmentRequestId)
    if (!row) return refuse('NOT_FOUND')
    const decision = await decide(context, row, { kind: 'EXTEND', reason: input.reason })
    if (!decision.ok) return passRefusal(decision.refusal, extendPromised)
    const dueOn = answerDueOn({ requestedOn: row.requested_on, isExtended: true })
    const { now, caller } = context
    const columns = {
      due_on: dueOn,
      extended_at: now,
      extended_by: caller.staffId,
      extension_reason: input.reason,
      updated_at: now,
    }
    if (!(await updateAmendmentRequest(context.trx, { id: row.id, version: input.version, columns })))
      return refuse('CONFLICT')
    await moveFollowUp(context.trx, { id: row.follow_up_id, dueOn, at: now })
    noteRequest(context, 'amendmentRequest.extend', input)
    return accept({ version: input.version + 1, dueOn })
  },

  accept: async (context, input) => {
    const { trx, now, caller } = context
    const { patientId, kind, recordId, version } = input
    const row = await selectAmendmentRequest(trx, patientId, input.amendmentRequestId)
    const amended = await selectAmendedRecord(trx, { patientId, kind, recordId }, context.today)
    if (!row || !amended) return refuse('NOT_FOUND')
    const decision = await decide(context, row, { kind: 'ACCEPT', isRecordSigned: amended.isSigned })
    if (!decision.ok) return passRefusal(decision.refusal, acceptPromised)
    const addendumId = context.newId<AddendumId>()
    await insertDraft(trx, {
      id: addendumId,
      kind: addendumDraftKind,
      patientId,
      ownerId: caller.staffId,
      body: {
        amends: { kind, recordId },
        fieldPath: null,
        reason: row.wish,
        text: '',
        correction: null,
        happenedAt: null,
        amendmentRequest: { requestedBy: row.requested_by, requestedOn: row.requested_on },
      },
      at: now,
    })
    const columns = {
      state: decision.value,
      decided_at: now,
      decided_by: caller.staffId,
      record_kind: kind,
      record_id: recordId,
      addendum_id: addendumId,
      updated_at: now,
    }
    if (!(await updateAmendmentRequest(trx, { id: row.id, version, columns }))) return refuse('CONFLICT')
    noteRequest(context, 'amendmentRequest.accept', input)
    context.touch('addendum')
    return accept({ version: version + 1, addendumId })
  },

  deny: async (context, input) => {
    const { trx, now, caller } = context
    const { patientId, record, grounds, reason, version } = input
    const row = await selectAmendmentRequest(trx, patientId, input.amendmentRequestId)
    if (!row) return refuse('NOT_FOUND')
    if (record && !(await selectAmendedRecord(trx, { patientId, ...record }, context.today))) return refuse('NOT_FOUND')
    const decision = await decide(context, row, { kind: 'DENY', grounds, reason })
    if (!decision.ok) return passRefusal(decision.refusal, denyPromised)
    const columns = {
      state: decision.value,
      decided_at: now,
      decided_by: caller.staffId,
      record_kind: record?.kind ?? null,
      record_id: record?.recordId ?? null,
      denial_grounds: [...new Set(grounds)].join(' '),
      denial_reason: reason,
      updated_at: now,
    }
    if (!(await updateAmendmentRequest(trx, { id: row.id, version, columns }))) return refuse('CONFLICT')
    await finishAmendment(context, row, 'DENIED')
    noteRequest(context, 'amendmentRequest.deny', input)
    return accept({ version: version + 1 })
  },

  disagree: async (context, input) => {
    const { now, caller } = context
    const row = await selectAmendmentRequest(context.trx, input.patientId, input.amendmentRequestId)
    if (!row) return refuse('NOT_FOUND')
    const decision = await decide(context, row, { kind: 'DISAGREE', statement: input.statement })
    if (!decision.ok) return passRefusal(decision.refusal, disagreePromised)
    const columns = {
      disagreement: input.statement,
      disagreement_at: now,
      disagreement_by: caller.staffId,
      updated_at: now,
    }
    if (!(await updateAmendmentRequest(context.trx, { id: row.id, version: input.version, columns })))
      return refuse('CONFLICT')
    noteRequest(context, 'amendmentRequest.disagree', input)
    return accept({ version: input.version + 1 })
  },

  rebut: async (context, input) => {
    const { now, caller } = context
    const row = await selectAmendmentRequest(context.trx, input.patientId, input.amendmentRequestId)
    if (!row) return refuse('NOT_FOUND')
    const decision = await decide(context, row, { kind: 'REBUT', rebuttal: input.rebuttal })
    if (!decision.ok) return passRefusal(decision.refusal, rebutPromised)
    const columns = { rebuttal: input.rebuttal, rebuttal_at: now, rebuttal_by: caller.staffId, updated_at: now }
    if (!(await updateAmendmentRequest(context.trx, { id: row.id, version: input.version, columns })))
      return refuse('CONFLICT')
    noteRequest(context, 'amendmentRequest.rebut', input)
    return accept({ version: input.version + 1 })
  },
} satisfies Handlers<typeof contract.amendmentRequest>

const extendPromised = [
  'AMENDMENT_ANSWERED',
  'EXTENDED_ALREADY',
  'EXTENSION_TOO_LATE',
  'EXTENSION_REASON_MISSING',
] as const
const acceptPromised = ['AMENDMENT_ANSWERED', 'RECORD_NOT_SIGNED'] as const
const denyPromised = ['AMENDMENT_ANSWERED', 'DENIAL_GROUND_MISSING', 'DENIAL_REASON_MISSING'] as const
const disagreePromised = ['AMENDMENT_NOT_DENIED', 'STATEMENT_MISSING', 'STATEMENT_ON_FILE'] as const
const rebutPromised = ['NOTHING_TO_REBUT', 'STATEMENT_MISSING'] as const

const unanswered = {
  state: 'OPEN',
  extended_at: null,
  extended_by: null,
  extension_reason: null,
  decided_at: null,
  decided_by: null,
  record_kind: null,
  record_id: null,
  addendum_id: null,
  denial_grounds: null,
  denial_reason: null,
  disagreement: null,
  disagreement_at: null,
  disagreement_by: null,
  rebuttal: null,
  rebuttal_at: null,
  rebuttal_by: null,
} as const

async function decide(context: CommandContext, row: AmendmentRequestTable, event: AmendmentEvent) {
  const facts = await factsOf(context.trx, row)
  return decideAmendment({ facts, event, actor: context.caller, today: context.today })
}

function noteRequest(
  context: CommandContext,
  action: string,
  { patientId, amendmentRequestId }: { readonly patientId: PatientId; readonly amendmentRequestId: AmendmentRequestId },
): void {
  context.audit({ action, subject: 'amendment_request', subjectId: amendmentRequestId, patientId })
  context.touch('amendmentRequest', 'followUp', 'today', 'chart')
}
