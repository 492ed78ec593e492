import { z } from 'zod'
import {
  type ClearanceBody,
  type ClearanceConditions,
  type ClearedFinding,
  clearanceDecisions,
} from '../../domain/clearance.ts'
import { licenceLevels, type PhysicianSignature } from '../../domain/staff.ts'
import { calendarDate, clearanceId, filledLine, instant, patientId, prose, seriesId, staffId } from '../scalars.ts'
import type { SameType } from './same-type.ts'
import { zoneSides } from './screening.ts'

const filledProse = prose(4000).refine((text) => text.trim() !== '', 'must not be empty')

export const clearedFinding = z.strictObject({
  questionId: z.string().regex(/^[A-Z0-9_-]{1,40}$/u),
  rule: z.string().regex(/^[A-Z][A-Z0-9_]{0,59}$/u),
  scope: z.enum(['PATIENT', 'ZONES']),
  zones: zoneSides,
  eligibleOn: calendarDate.nullable(),
}) satisfies z.ZodType<ClearedFinding>

export const clearanceConditions = z.strictObject({
  maxDepthUm: z.int().min(1).max(10_000).nullable(),
  zonesExcluded: zoneSides,
  zonesAllowed: zoneSides.nullable(),
  prophylaxis: z.strictObject({ ordered: z.boolean(), zones: zoneSides, text: prose(2000) }).nullable(),
  anaestheticPlan: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('NO_ANAESTHETIC') }),
      z.strictObject({ kind: z.literal('OTHER_CLASS'), text: filledProse }),
    ])
    .nullable(),
}) satisfies z.ZodType<ClearanceConditions>

export const clearanceSignature = z.strictObject({
  staffId,
  printedName: filledLine(),
  credential: filledLine(),
  licence: z
    .strictObject({
      number: filledLine(60),
      state: filledLine(60),
      level: z.enum(licenceLevels),
      expiresOn: calendarDate,
    })
    .nullable(),
  signedAt: instant,
  utcOffsetMin: z.int().min(-1440).max(1440),
}) satisfies z.ZodType<PhysicianSignature>

export const clearanceBody = z.strictObject({
  schema: z.literal('clearance/1'),
  id: clearanceId,
  patientId,
  seriesId: seriesId.nullable(),
  findings: z.array(clearedFinding).min(1).max(200),
  decision: z.enum(clearanceDecisions),
  reason: filledProse,
  conditions: clearanceConditions,
  offLabelNote: filledProse.nullable(),
  expiresOn: calendarDate,
  signature: clearanceSignature,
}) satisfies z.ZodType<ClearanceBody>
true satisfies SameType<z.infer<typeof clearanceBody>, ClearanceBody>
