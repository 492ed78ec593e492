import { z } from 'zod'
import { addendumStates, amendedRecordKinds } from '../domain/addendum.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import { addendumId, calendarDate, instant, line, patientId, prose, signOffId, staffId, versionId } from './scalars.ts'
import { addendumBody } from './schemas/addendum.ts'
import { returnPointer, returnReply } from './schemas/sign-off.ts'
import { keyReset } from './schemas/signature.ts'

const person = z.object({ staffId, printedName: z.string() })
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const fieldPath = z
  .string()
  .max(300)
  .regex(/^(?:\/[^\p{Cc}/]*)+$/u)
  .nullable()

/** What a person types; everything may be empty until it is submitted. */
const written = {
  fieldPath,
  reason: prose(2000),
  text: prose(20_000),
  correction: z.strictObject({ was: prose(2000), shouldBe: prose(2000) }).nullable(),
  happenedAt: instant.nullable(),
  amendmentRequest: z.strictObject({ requestedBy: line(), requestedOn: calendarDate }).nullable(),
}
/** 0 while nobody has typed since it was returned. */
const draftVersion = z.int().min(0)
const draft = z.object({ draftVersion, savedAt: instant, ...written })

const signature = z.object({
  versionNumber: z.int(),
  signerName: z.string(),
  credential: z.string(),
  licence: z.string(),
  meaning: z.string(),
  signedAt: instant,
  offsetMin: z.int(),
  isIntact: z.boolean(),
  keyReset,
})

const shown = z.object({
  addendumId,
  state: z.enum(addendumStates),
  versionId,
  versionNumber: z.int(),
  sha256: z.string(),
  isIntact: z.boolean(),
  body: addendumBody,
  isMine: z.boolean(),
  /** It touches what a physician's acceptance of the record rested on, so that acceptance is asked anew. */
  asksAcceptance: z.boolean(),
  submittedAt: instant.nullable(),
  dueAt: instant.nullable(),
  signatures: z.array(signature),
  /** Last day to answer the patient's request; null where nobody asked. */
  amendmentDueOn: calendarDate.nullable(),
})

const returned = z.object({
  no: z.int(),
  reason: z.string(),
  pointers: z.array(returnPointer),
  dueAt: instant,
  returnedBy: person,
  returnedAt: instant,
  takeoverReason: z.string().nullable(),
  replies: z.array(returnReply),
  repliedAt: instant.nullable(),
})

const amended = { patientId, kind: z.enum(amendedRecordKinds), recordId: z.uuid() }
const whose = { patientId, addendumId }
const moveRefusals = ['ADDENDUM_MOVE_NOT_ALLOWED', 'NOT_THE_AUTHOR'] as const
const reviewRefusals = [
  'ADDENDUM_MOVE_NOT_ALLOWED',
  'OWN_ADDENDUM',
  'STALE_VERSION',
  'TAKEOVER_REASON_MISSING',
] as const

export const addendum = {
  /** Every addendum to one record, oldest first, and the caller's unfinished ones. */
  list: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject(amended),
    output: z.object({
      addenda: z.array(shown),
      drafts: z.array(z.object({ addendumId, draft })),
      /** The caller may write one: the record is signed, and theirs or they are a physician. */
      mayWrite: z.boolean(),
    }),
  }),
  open: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject(whose),
    output: z.object({
      /** Null while it was never submitted. */
      addendum: shown.nullable(),
      /** What is typed; null where the caller writes nothing now. */
      draft: draft.nullable(),
      returns: z.array(returned),
      /** What it adds to. */
      amends: z.object({
        kind: z.enum(amendedRecordKinds),
        recordId: z.string(),
        /** The named field as the signed record has it, as text; null for the record as a whole. */
        fieldText: z.string().nullable(),
        /** The version that the addendum names is still the newest one. */
        isCurrent: z.boolean(),
        isIntact: z.boolean(),
        /** Who countersigned it and is asked again where the addendum touches what that rested on. */
        acceptedBy: person.nullable(),
      }),
      supervisor: person.nullable(),
      isOfAnother: z.boolean(),
      /** The days on which the caller stands in for the physician named. */
      standsIn: z.object({ fromOn: calendarDate, untilOn: calendarDate }).nullable(),
    }),
  }),
  begin: command({
    may: 'addendum.write',
    input: z.strictObject({ ...amended, fieldPath }),
    output: z.object({ addendumId, draftVersion }),
    refusals: ['RECORD_NOT_SIGNED', 'NOT_THE_AUTHOR', 'ADDENDUM_FIELD_UNKNOWN'],
  }),
  saveDraft: command({
    may: 'addendum.write',
    draft: true,
    input: z.strictObject({ ...whose, draftVersion, ...written }),
    output: z.object({ draftVersion, savedAt: instant }),
    refusals: [...moveRefusals, 'ADDENDUM_FIELD_UNKNOWN'],
  }),
  /** Throws away what was typed and never submitted. */
  discard: command({
    may: 'addendum.write',
    input: z.strictObject(whose),
    output: z.object({}),
    refusals: moveRefusals,
  }),
  /**
   * The author's signature. A physician's own addendum is signed by it; any other one waits for a second person. After a
   * return it is a new version with a reply to every point.
   */
  submit: command({
    may: 'addendum.write',
    reauth: true,
    input: z.strictObject({ ...whose, draftVersion, replies: z.array(returnReply).max(100), reauth }),
    output: z.object({ state: z.enum(['SUBMITTED', 'SIGNED']), versionNumber: z.int(), dueAt: instant.nullable() }),
    refusals: [
      ...moveRefusals,
      'RECORD_NOT_SIGNED',
      'RECORD_DAMAGED',
      'ADDENDUM_REASON_MISSING',
      'ADDENDUM_INCOMPLETE',
      'REPLY_MISSING',
      ...reauthRefusals,
    ],
  }),
  sign: command({
    may: 'session.countersign',
    reauth: true,
    input: z.strictObject({
      ...whose,
      seenVersionId: versionId,
      seenSha256: sha256,
      comment: prose(),
      takeoverReason: prose(1000).nullable(),
      reauth,
    }),
    output: z.object({ signOffId, signedAt: instant }),
    refusals: [...reviewRefusals, 'RECORD_DAMAGED', 'OWN_LICENCE_NOT_VALID', ...reauthRefusals],
  }),
  return: command({
    may: 'session.countersign',
    input: z.strictObject({
      ...whose,
      seenVersionId: versionId,
      reason: prose(),
      pointers: z.array(returnPointer).max(20),
      dueOn: calendarDate,
      takeoverReason: prose(1000).nullable(),
    }),
    output: z.object({ dueAt: instant }),
    refusals: [
      ...reviewRefusals,
      'RETURN_REASON_MISSING',
      'RETURN_POINTERS_MISSING',
      'RETURN_FIELD_UNKNOWN',
      'RETURN_DUE_PAST',
    ],
  }),
}
