import { z } from 'zod'
import { type AddendumBody, amendedRecordKinds } from '../../domain/addendum.ts'
import {
  addendumId,
  calendarDate,
  filledLine,
  instant,
  patientId,
  prose,
  recordVersion,
  staffId,
  versionId,
} from '../scalars.ts'
import type { SameType } from './same-type.ts'

export const addendumBody = z.strictObject({
  schema: z.literal('addendum/1'),
  addendumId,
  version: recordVersion,
  patientId,
  amends: z.strictObject({
    kind: z.enum(amendedRecordKinds),
    recordId: z.uuid(),
    versionId,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    fieldPath: z
      .string()
      .max(300)
      .regex(/^(?:\/[^\p{Cc}/]*)+$/u)
      .nullable(),
  }),
  reason: prose(),
  text: prose(20_000),
  correction: z.strictObject({ was: prose(), shouldBe: prose() }).nullable(),
  happenedAt: instant.nullable(),
  writtenAt: instant,
  isLateEntry: z.boolean(),
  amendmentRequest: z.strictObject({ requestedBy: filledLine(), requestedOn: calendarDate }).nullable(),
  author: z.strictObject({
    staffId,
    printedName: filledLine(),
    credential: filledLine(),
    isPhysician: z.boolean(),
  }),
})
true satisfies SameType<z.infer<typeof addendumBody>, AddendumBody>
