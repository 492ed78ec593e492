import { z } from 'zod'
import {
  confirmedSupervisionModes,
  deviationDispositions,
  nextSessionDecisions,
  type ReturnBody,
  type ReturnReply,
  type SignOffBody,
  signedRecordKinds,
  signOffMeanings,
} from '../../domain/sign-off.ts'
import {
  filledLine,
  instant,
  line,
  patientId,
  prose,
  recordVersion,
  signOffId,
  staffId,
  versionId,
} from '../scalars.ts'
import type { SameType } from './same-type.ts'
import { licence } from './staff.ts'

const jsonPointer = z
  .string()
  .max(300)
  .regex(/^(?:\/[^\p{Cc}/]*)+$/u)

export const signOffBody = z.strictObject({
  schema: z.literal('sign-off/1'),
  signOffId,
  patientId,
  record: z.strictObject({
    kind: z.enum(signedRecordKinds),
    recordId: z.uuid(),
    version: recordVersion,
    versionId,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  signer: z.strictObject({
    staffId,
    printedName: filledLine(),
    credential: filledLine(),
    licence: licence.nullable(),
  }),
  policyVersionId: versionId.nullable(),
  signedAt: instant,
  utcOffsetMin: z
    .int()
    .min(-14 * 60)
    .max(14 * 60),
  meaning: z.enum(signOffMeanings),
  attestation: z.strictObject({ version: filledLine(40), text: filledLine(2000) }),
  supervision: z
    .strictObject({ mode: z.enum(confirmedSupervisionModes), confirmed: z.boolean(), note: prose() })
    .nullable(),
  patientSeen: z.boolean(),
  dispositions: z
    .array(
      z.strictObject({ deviationId: line(1000).min(1), disposition: z.enum(deviationDispositions), note: prose() }),
    )
    .max(500),
  decision: z.enum(nextSessionDecisions),
  comment: prose(),
  takeoverReason: prose().nullable(),
  batchId: z.uuid().nullable(),
})
true satisfies SameType<z.infer<typeof signOffBody>, SignOffBody>

export const returnPointer = z.strictObject({ path: jsonPointer, text: prose(1000) })
export const returnBody = z.strictObject({
  reason: prose(),
  pointers: z.array(returnPointer).min(1).max(100),
  dueAt: instant,
  returnedBy: staffId,
  returnedAt: instant,
  takeoverReason: prose().nullable(),
})
true satisfies SameType<z.infer<typeof returnBody>, ReturnBody>

export const returnReply = z.strictObject({ path: jsonPointer, reply: prose(1000) })
true satisfies SameType<z.infer<typeof returnReply>, ReturnReply>
