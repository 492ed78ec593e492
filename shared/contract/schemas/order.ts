import { z } from 'zod'
import { deviceTypes } from '../../domain/device.ts'
import { type OrderBody, scarGrades } from '../../domain/order.ts'
import { examinerKinds, examModes } from '../../domain/policy.ts'
import { addonKinds } from '../../domain/session.ts'
import { fitzpatrickTypes, indications } from '../../domain/zones.ts'
import { calendarDate, filledLine, patientId, prose, seriesId, staffId } from '../scalars.ts'
import type { SameType } from './same-type.ts'
import { physicianSignature } from './staff.ts'
import { lengthUm } from './stock.ts'
import { isPlace, zonePlace, zoneSide } from './zones.ts'

/** Everything but the signature, which main adds from the person who signs. Rules under the policy: `checkOrder`. */
export const orderInput = z.strictObject({
  schema: z.literal('order/1'),
  patientId,
  seriesId: seriesId.nullable(),
  examiner: z.strictObject({
    staffId: staffId.nullable(),
    printedName: filledLine(120),
    kind: z.enum(examinerKinds),
  }),
  examMode: z.enum(examModes),
  examinedOn: calendarDate,
  isHistoryReviewed: z.boolean(),
  findings: prose(),
  fst: z.enum(fitzpatrickTypes),
  diagnosis: prose(1000),
  indications: z.array(z.enum(indications)).min(1).max(indications.length),
  scarGrade: z.enum(scarGrades).nullable(),
  zones: z
    .array(z.strictObject({ ...zonePlace, maxDepthUm: lengthUm.min(1) }).refine(isPlace, 'no such place'))
    .max(100),
  deviceType: z.enum(deviceTypes),
  sessions: z.int().min(1).max(52),
  intervalMonths: z.int().min(1).max(12),
  anaestheticOrder: prose(1000).nullable(),
  prophylaxis: z.strictObject({ order: prose(1000), zones: z.array(zoneSide).max(100) }).nullable(),
  addons: z.array(z.enum(addonKinds)).max(addonKinds.length),
  conditions: prose(2000).nullable(),
  expiresOn: calendarDate,
})

export const orderBody = orderInput.extend({
  signature: physicianSignature.nullable(),
}) satisfies z.ZodType<OrderBody>
true satisfies SameType<z.infer<typeof orderBody>, OrderBody>
