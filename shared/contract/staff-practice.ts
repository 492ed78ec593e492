import { z } from 'zod'
import { deviceTrainingRules } from '../domain/staff-practice.ts'
import { command, query } from './define.ts'
import {
  calendarDate,
  delegationId,
  filledLine,
  instant,
  nothing,
  prose,
  staffId,
  supervisionId,
  trainingId,
} from './scalars.ts'
import { delegation, deviceTraining, supervisorLink } from './schemas/staff.ts'

const period = { fromOn: calendarDate, untilOn: calendarDate.nullable() }
const deviceModel = { manufacturer: filledLine(120), model: filledLine(120) }

/** What stood beside the name from `since` on. */
const credential = z.object({
  printedName: z.string(),
  credential: z.string(),
  boardCertification: z.string().nullable(),
  licence: z
    .object({ number: z.string(), state: z.string(), level: z.string().nullable(), expiresOn: calendarDate })
    .nullable(),
  since: instant,
  enteredBy: z.string().nullable(),
})

/** Who answers for whom, who is trained on what, and who stands in: clinical reference, section 8, staff record. */
export const staffPractice = {
  /** One person's record; links and delegations of the person in either place. */
  open: query({
    may: 'staff.read',
    input: z.strictObject({ staffId }),
    output: z.object({
      credentials: z.array(credential),
      trainings: z.array(deviceTraining),
      supervisors: z.array(supervisorLink),
      supervisees: z.array(supervisorLink),
      delegations: z.array(delegation),
    }),
  }),
  /** What the forms offer and the clinic asks for. */
  settings: query({
    may: 'staff.read',
    input: nothing,
    output: z.object({
      deviceModels: z.array(z.object({ manufacturer: z.string(), model: z.string() })),
      maxSupervisees: z.int(),
      licenceWarnDays: z.int(),
      deviceTrainingRule: z.enum(deviceTrainingRules),
    }),
  }),
  nameSupervisor: command({
    may: 'staff.write',
    input: z.strictObject({ staffId, physicianId: staffId, ...period }),
    output: z.object({ supervisionId }),
    refusals: [
      'PERIOD_ENDS_BEFORE_IT_BEGINS',
      'SUPERVISION_NOT_NEEDED',
      'SUPERVISION_NOT_QUALIFIED',
      'SUPERVISION_OVERLAPS',
      'SUPERVISEES_FULL',
    ],
  }),
  /** `untilOn` is the last day; one that has not begun is taken back. */
  endSupervision: command({
    may: 'staff.write',
    input: z.strictObject({ staffId, supervisionId, untilOn: calendarDate }),
    output: nothing,
    refusals: ['SUPERVISION_ENDED_BEFORE'],
  }),
  addTraining: command({
    may: 'staff.write',
    input: z.strictObject({
      staffId,
      ...deviceModel,
      certificate: filledLine(200),
      completedOn: calendarDate,
      expiresOn: calendarDate.nullable(),
    }),
    output: z.object({ trainingId }),
    refusals: ['PERIOD_ENDS_BEFORE_IT_BEGINS', 'TRAINING_IN_THE_FUTURE'],
  }),
  /** Entered wrongly; it stays in the store with its reason. */
  withdrawTraining: command({
    may: 'staff.write',
    input: z.strictObject({ staffId, trainingId, reason: prose(1000) }),
    output: nothing,
  }),
  /** The caller, a physician, will be away; the deputy is asked as well from the first day to the last. */
  nameDeputy: command({
    may: 'staff.delegate',
    input: z.strictObject({ deputyId: staffId, fromOn: calendarDate, untilOn: calendarDate }),
    output: z.object({ delegationId }),
    refusals: [
      'PERIOD_ENDS_BEFORE_IT_BEGINS',
      'DELEGATION_IN_THE_PAST',
      'DEPUTY_NOT_QUALIFIED',
      'DELEGATION_OVERLAPS',
      'DEPUTY_AWAY',
      'STANDS_IN_FOR_ANOTHER',
    ],
  }),
  /** The caller is back: today is no day of it any more. */
  endDelegation: command({
    may: 'staff.delegate',
    input: z.strictObject({ delegationId }),
    output: nothing,
  }),
}
