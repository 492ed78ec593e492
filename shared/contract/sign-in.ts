import { z } from 'zod'
import { roles } from '../domain/roles.ts'
import { command, query } from './define.ts'
import { filledLine, instant, nothing, staffId } from './scalars.ts'

const pin = z.string().regex(/^\d{6}$/, 'six digits')
const password = z.string().min(1).max(256)
const newPassword = z.string().min(15).max(256)

const person = z.object({
  staffId,
  printedName: z.string(),
  credential: z.string(),
  roles: z.array(z.enum(roles)),
  hasPin: z.boolean(),
})

const windowState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('SIGNED_OUT') }),
  z.object({ kind: z.literal('SIGNED_IN'), person, startedAt: instant, passwordNeededToSign: z.boolean() }),
  z.object({ kind: z.literal('LOCKED'), person, lockedAt: instant, pinUsable: z.boolean() }),
  z.object({
    kind: z.literal('PATIENT_MODE'),
    form: z.object({ patientId: z.string(), kind: z.enum(['SCREENING', 'CONSENT']), formId: z.string() }),
  }),
])

const missRefusals = ['SIGN_IN_WRONG', 'SIGN_IN_LOCKED', 'PIN_OFF', 'PIN_NOT_SET', 'SIGN_IN_EXPIRED'] as const

export const signIn = {
  /** Who this window belongs to now. */
  state: query({ reach: 'ALWAYS', may: 'ANYONE', input: nothing, output: windowState }),
  /** People whose sign-in is parked on this PC and can be taken up again by PIN; in the sample clinic, everybody. */
  people: query({
    reach: 'SIGN_IN',
    may: 'ANYONE',
    input: nothing,
    output: z.object({ parked: z.array(person), sample: z.array(person) }),
  }),
  withPassword: command({
    reach: 'SIGN_IN',
    may: 'ANYONE',
    keyed: false,
    input: z.strictObject({ signInName: filledLine(80), password }),
    output: windowState,
    refusals: missRefusals,
  }),
  /** Takes up a parked or locked sign-in. */
  withPin: command({
    reach: 'SIGN_IN',
    may: 'ANYONE',
    keyed: false,
    input: z.strictObject({ staffId, pin }),
    output: windowState,
    refusals: missRefusals,
  }),
  /** A first or new password and PIN by the one-time code that a manager gave. */
  withCode: command({
    reach: 'SIGN_IN',
    may: 'ANYONE',
    keyed: false,
    input: z.strictObject({ signInName: filledLine(80), code: filledLine(40), newPassword, pin }),
    output: windowState,
    refusals: ['SIGN_IN_WRONG', 'SIGN_IN_LOCKED', 'PASSWORD_TOO_COMMON', 'PIN_TOO_SIMPLE'],
  }),
  /** Sample clinic only: sign in as one of its invented people by a click. */
  asSample: command({
    reach: 'SIGN_IN',
    may: 'ANYONE',
    keyed: false,
    input: z.strictObject({ staffId }),
    output: windowState,
    refusals: ['NOT_A_SAMPLE'],
  }),
  lock: command({ may: 'self', keyed: false, input: nothing, output: windowState }),
  signOut: command({ reach: 'SIGN_IN', may: 'ANYONE', keyed: false, input: nothing, output: windowState }),
  setPin: command({
    may: 'self',
    keyed: false,
    reauth: true,
    input: z.strictObject({ pin, reauth: z.strictObject({ method: z.literal('PASSWORD'), password }) }),
    output: nothing,
    refusals: ['PIN_TOO_SIMPLE'],
  }),
  changePassword: command({
    may: 'self',
    keyed: false,
    reauth: true,
    input: z.strictObject({ newPassword, reauth: z.strictObject({ method: z.literal('PASSWORD'), password }) }),
    output: nothing,
    refusals: ['PASSWORD_TOO_COMMON'],
  }),
  /** A key or pointer was used: keeps the idle lock away. Sent at most every few seconds. */
  ping: query({ reach: 'PATIENT_FORM', may: 'self', input: nothing, output: z.object({ idleLockInMs: z.number() }) }),
}
