import { z } from 'zod'

/** Proof of identity at the moment of signing: the first one of a sign-in (or after a lock) by password, later by PIN. */
export const reauth = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('PASSWORD'), password: z.string().min(1).max(256) }),
  z.strictObject({ method: z.literal('PIN'), pin: z.string().regex(/^\d{6}$/) }),
])
export type Reauth = z.output<typeof reauth>

/** Refusals of every procedure that signs. */
export const reauthRefusals = [
  'PASSWORD_NEEDED',
  'REAUTH_WRONG',
  'REAUTH_LOCKED',
  'PIN_OFF',
  'PIN_NOT_SET',
  'SIGNING_KEY_DAMAGED',
] as const
