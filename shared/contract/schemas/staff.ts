import { z } from 'zod'
import type { Licence, PhysicianSignature, StaffSnapshot } from '../../domain/staff.ts'
import { licenceLevels, treatingRoles } from '../../domain/staff.ts'
import type { Delegation, DeviceTraining, SupervisorLink } from '../../domain/staff-practice.ts'
import { calendarDate, delegationId, filledLine, instant, staffId, supervisionId, trainingId } from '../scalars.ts'
import type { SameType } from './same-type.ts'

/** Minutes from UTC that a wall clock can be: -12 h to +14 h. */
export const utcOffsetMin = z.int().min(-720).max(840)

export const licence = z.strictObject({
  number: filledLine(60),
  state: filledLine(60),
  level: z.enum(licenceLevels),
  expiresOn: calendarDate,
}) satisfies z.ZodType<Licence>

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

export const supervisorLink = z.strictObject({
  supervisionId,
  staffId,
  physicianId: staffId,
  fromOn: calendarDate,
  untilOn: calendarDate.nullable(),
}) satisfies z.ZodType<SupervisorLink>
true satisfies SameType<z.infer<typeof supervisorLink>, SupervisorLink>

export const delegation = z.strictObject({
  delegationId,
  physicianId: staffId,
  deputyId: staffId,
  fromOn: calendarDate,
  untilOn: calendarDate,
}) satisfies z.ZodType<Delegation>
true satisfies SameType<z.infer<typeof delegation>, Delegation>

export const deviceTraining = z.strictObject({
  trainingId,
  manufacturer: filledLine(120),
  model: filledLine(120),
  certificate: filledLine(200),
  completedOn: calendarDate,
  expiresOn: calendarDate.nullable(),
}) satisfies z.ZodType<DeviceTraining>
true satisfies SameType<z.infer<typeof deviceTraining>, DeviceTraining>
