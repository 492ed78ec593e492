import { z } from 'zod'
import { addendumStates, amendedRecordKinds } from '../domain/addendum.ts'
import { amendmentStates, denialGrounds } from '../domain/amendment-request.ts'
import { command, query } from './define.ts'
import {
  addendumId,
  amendmentRequestId,
  calendarDate,
  filledLine,
  instant,
  patientId,
  prose,
  recordVersion,
} from './scalars.ts'

/** What a person of the clinic or the patient said, with when and who took it down. */
const said = z.object({ text: z.string(), at: instant, byName: z.string() })
const record = { kind: z.enum(amendedRecordKinds), recordId: z.uuid() }
const recordLine = z.object({
  ...record,
  /** Day it was made. */
  on: calendarDate,
  /** Number of a session; null for the others. */
  no: z.int().nullable(),
})

const shown = z.object({
  amendmentRequestId,
  version: recordVersion,
  state: z.enum(amendmentStates),
  requestedBy: z.string(),
  requestedOn: calendarDate,
  wish: z.string(),
  dueOn: calendarDate,
  isOverdue: z.boolean(),
  takenByName: z.string(),
  /** Why the answer takes longer; the due day counts it already. */
  extension: said.nullable(),
  decidedAt: instant.nullable(),
  decidedByName: z.string().nullable(),
  record: z.object({ ...record, on: calendarDate.nullable(), no: z.int().nullable() }).nullable(),
  /** Of an accepted request; `state` is null where its text was thrown away unsigned. */
  addendum: z.object({ addendumId, state: z.enum(addendumStates).nullable() }).nullable(),
  denial: z.object({ grounds: z.array(z.enum(denialGrounds)), reason: z.string() }).nullable(),
  disagreement: said.nullable(),
  rebuttal: said.nullable(),
})
export type ShownAmendmentRequest = z.output<typeof shown>
export type AmendableRecordLine = z.output<typeof recordLine>

const whose = { patientId, amendmentRequestId, version: recordVersion }
const saved = z.object({ version: recordVersion })
const writing = prose(4000).trim()

/** Requests of patients to correct their records: 45 CFR 164.526, clinical reference, section 10. */
export const amendmentRequest = {
  list: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId }),
    output: z.object({
      requests: z.array(shown),
      /** Signed records that a request can be about, newest first of each kind. */
      records: z.array(recordLine),
    }),
  }),
  take: command({
    may: 'amendment.take',
    input: z.strictObject({
      patientId,
      requestedBy: filledLine(),
      requestedOn: calendarDate,
      /** In the patient's words. */
      wish: writing.max(2000).min(1),
    }),
    output: z.object({ amendmentRequestId, dueOn: calendarDate }),
    refusals: ['REQUESTED_IN_FUTURE'],
  }),
  /** Once, in writing, before the first sixty days are over. */
  extend: command({
    may: 'amendment.decide',
    input: z.strictObject({ ...whose, reason: writing }),
    output: z.object({ version: recordVersion, dueOn: calendarDate }),
    refusals: ['AMENDMENT_ANSWERED', 'EXTENDED_ALREADY', 'EXTENSION_TOO_LATE', 'EXTENSION_REASON_MISSING'],
  }),
  /** Begins the addendum in which the physician writes the correction; the record itself stays as signed. */
  accept: command({
    may: 'amendment.decide',
    input: z.strictObject({ ...whose, ...record }),
    output: z.object({ version: recordVersion, addendumId }),
    refusals: ['AMENDMENT_ANSWERED', 'RECORD_NOT_SIGNED'],
  }),
  deny: command({
    may: 'amendment.decide',
    input: z.strictObject({
      ...whose,
      /** What it is about; null where the clinic has no such record. */
      record: z.strictObject(record).nullable(),
      grounds: z.array(z.enum(denialGrounds)).max(denialGrounds.length),
      reason: writing,
    }),
    output: saved,
    refusals: ['AMENDMENT_ANSWERED', 'DENIAL_GROUND_MISSING', 'DENIAL_REASON_MISSING'],
  }),
  /** The patient's written statement after a denial; it goes out with every later copy of the record. */
  disagree: command({
    may: 'addendum.write',
    input: z.strictObject({ ...whose, statement: writing }),
    output: saved,
    refusals: ['AMENDMENT_NOT_DENIED', 'STATEMENT_MISSING', 'STATEMENT_ON_FILE'],
  }),
  rebut: command({
    may: 'amendment.decide',
    input: z.strictObject({ ...whose, rebuttal: writing }),
    output: saved,
    refusals: ['NOTHING_TO_REBUT', 'STATEMENT_MISSING'],
  }),
}
