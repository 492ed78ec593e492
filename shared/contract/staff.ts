import { z } from 'zod'
import { roles } from '../domain/roles.ts'
import { command, query } from './define.ts'
import { calendarDate, filledLine, line, nothing, recordVersion, staffId } from './scalars.ts'

const state = z.string().regex(/^[A-Z]{2}$/)
export const staffStatuses = ['INVITED', 'ACTIVE', 'DEACTIVATED'] as const

const facts = {
  printedName: filledLine(120),
  credential: line(120),
  boardCertification: line(200).nullable(),
  licence: z
    .strictObject({
      number: filledLine(60),
      state,
      /** e.g. MASTER; the policy's rows name levels. */
      level: filledLine(60).nullable(),
      expiresOn: calendarDate,
    })
    .nullable(),
  examinerKind: z.enum(['PHYSICIAN', 'NP', 'PA']).nullable(),
}
const supervisor = { staffId, from: calendarDate, until: calendarDate.nullable() }

const member = z.object({
  staffId,
  version: recordVersion,
  signInName: z.string(),
  ...facts,
  licence: z
    .object({ number: z.string(), state: z.string(), level: z.string().nullable(), expiresOn: calendarDate })
    .nullable(),
  /** Today's; null where nobody supervises the person today. */
  supervisor: z.object(supervisor).nullable(),
  /** Who stands in while the person is away today. */
  deputy: z.object({ staffId, until: calendarDate }).nullable(),
  /** Physicians who are away today and named this one. */
  standsInFor: z.array(z.object({ staffId, until: calendarDate })),
  roles: z.array(z.enum(roles)),
  status: z.enum(staffStatuses),
})
export type StaffMember = z.output<typeof member>

const codeGiven = z.object({ staffId, oneTimeCode: z.string() })

export const staff = {
  list: query({ may: 'staff.read', input: nothing, output: z.object({ members: z.array(member) }) }),
  /** Makes the account and gives a one-time code, shown once; the person sets password and PIN with it. */
  invite: command({
    may: 'staff.write',
    input: z.strictObject({
      signInName: filledLine(80),
      roles: z.array(z.enum(roles)).min(1).max(4),
      ...facts,
      /** The first supervisor; later ones come under `staffPractice`. */
      supervisor: z.strictObject(supervisor).nullable(),
    }),
    output: codeGiven,
    refusals: [
      'SIGN_IN_NAME_TAKEN',
      'LICENCE_REQUIRED',
      'PERIOD_ENDS_BEFORE_IT_BEGINS',
      'SUPERVISION_NOT_NEEDED',
      'SUPERVISION_NOT_QUALIFIED',
      'SUPERVISION_OVERLAPS',
      'SUPERVISEES_FULL',
    ],
  }),
  edit: command({
    may: 'staff.write',
    input: z.strictObject({ staffId, version: recordVersion, ...facts }),
    output: member,
    refusals: ['LICENCE_REQUIRED'],
  }),
  setRoles: command({
    may: 'staff.write',
    input: z.strictObject({ staffId, version: recordVersion, roles: z.array(z.enum(roles)).min(1).max(4) }),
    output: member,
    refusals: ['OWN_MANAGER_GRANT', 'LAST_MANAGER', 'LICENCE_REQUIRED'],
  }),
  /** A new one-time code; the old password stops working at once and every sign-in of the person ends. */
  resetPassword: command({ may: 'staff.write', input: z.strictObject({ staffId }), output: codeGiven }),
  deactivate: command({
    may: 'staff.write',
    input: z.strictObject({ staffId, version: recordVersion }),
    output: member,
    refusals: ['OWN_MANAGER_GRANT', 'LAST_MANAGER'],
  }),
  reactivate: command({
    may: 'staff.write',
    input: z.strictObject({ staffId, version: recordVersion }),
    output: codeGiven,
  }),
}
