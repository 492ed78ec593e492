import { z } from 'zod'
import { roles } from '../../domain/roles.ts'
import type { Licence, PhysicianSignature, StaffBody, StaffSnapshot } from '../../domain/staff.ts'
import { licenceLevels, treatingRoles } from '../../domain/staff.ts'
import { calendarDate, filledLine, instant, staffId } from '../scalars.ts'
import type { SameType } from './same-type.ts'

/** Minutes from UTC that a wall clock can be: -12 h to +14 h. */
export const utcOffsetMin = z.int().min(-720).max(840)

export const licence = z.strictObject({
  number: filledLine(60),
  state: filledLine(60),
  level: z.enum(licenceLevels),
  expiresOn: calendarDate,
}) satisfies z.ZodType<Licence>

export const staffBody = z.strictObject({
  printedName: filledLine(120),
  roles: z.array(z.enum(roles)).min(1).max(roles.length),
  credential: filledLine(120),
  boardCertification: filledLine(200).nullable(),
  licence: licence.nullable(),
  trainings: z
    .array(z.strictObject({ deviceModel: filledLine(120), certificate: filledLine(200), completedOn: calendarDate }))
    .max(100),
  supervisors: z
    .array(z.strictObject({ physicianId: staffId, fromOn: calendarDate, untilOn: calendarDate.nullable() }))
    .max(100),
}) satisfies z.ZodType<StaffBody>
true satisfies SameType<z.infer<typeof staffBody>, StaffBody>

export const staffSnapshot = z.strictObject({
  staffId,
  printedName: filledLine(120),
  credential: filledLine(120),
  boardCertification: filledLine(200).nullable(),
  treatingRole: z.enum(treatingRoles),
  licence: licence.nullable(),
}) satisfies z.ZodType<StaffSnapshot>
true satisfies SameType<z.infer<typeof staffSnapshot>, StaffSnapshot>

export const physicianSignature = z.strictObject({
  staffId,
  printedName: filledLine(120),
  credential: filledLine(120),
  licence: licence.nullable(),
  signedAt: instant,
  utcOffsetMin,
}) satisfies z.ZodType<PhysicianSignature>
true satisfies SameType<z.infer<typeof physicianSignature>, PhysicianSignature>
