import { z } from 'zod'
import { keychainGaps } from '../domain/keychain.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import { filledLine, instant, nothing } from './scalars.ts'

const groupNumber = z.int().min(1).max(8)

/** A code that opens nothing yet: shown once, printed, and in force when two of its groups were typed back. */
const shownCode = z.object({
  /** `7K3M-92QF-...-C` */
  code: z.string(),
  asked: z.object({ first: groupNumber, second: groupNumber }),
})
export type ShownCode = z.output<typeof shownCode>

export const keys = {
  /** How the records open: on this computer, and without it. */
  state: query({
    may: 'keys.write',
    input: nothing,
    output: z.object({
      storeId: z.string(),
      /** Null where there is no recovery code. */
      recoveryCode: z.object({ madeAt: instant.nullable() }).nullable(),
      hasPassphrase: z.boolean(),
      /** What opens the records at each start of this computer. */
      opensBy: z.enum(['KEYCHAIN', 'PASSPHRASE', 'RECOVERY_CODE']),
      /** Why this computer's keychain cannot; null where it can. */
      keychainGap: z.enum(keychainGaps).nullable(),
    }),
  }),
  /** The code of a clinic that is being set up; its owner proved who they are a moment ago. */
  makeFirstCode: command({
    may: 'keys.write',
    keyed: false,
    input: nothing,
    output: shownCode,
    refusals: ['CODE_EXISTS'],
  }),
  /** A new code. The one before works until this one was typed back. */
  makeCode: command({
    may: 'keys.write',
    reauth: true,
    keyed: false,
    input: z.strictObject({ reauth }),
    output: shownCode,
    refusals: [...reauthRefusals],
  }),
  /** The sheet for the safe: code, clinic and store id, nothing of any patient. */
  sheet: query({
    may: 'keys.write',
    audited: true,
    input: nothing,
    output: z.object({ token: z.string(), fileName: z.string() }),
    refusals: ['CODE_NOT_SHOWN'],
  }),
  /** Two groups typed back from the paper: from now on this code opens the records, and the one before does not. */
  confirmCode: command({
    may: 'keys.write',
    keyed: false,
    input: z.strictObject({ first: filledLine(40), second: filledLine(40) }),
    output: nothing,
    refusals: ['CODE_NOT_SHOWN', 'GROUPS_WRONG'],
  }),
  /** Sets or changes the passphrase. `atEachStart`: it is asked for at each start, and the keychain's slot goes. */
  setPassphrase: command({
    may: 'keys.write',
    reauth: true,
    keyed: false,
    input: z.strictObject({ reauth, passphrase: z.string().min(15).max(256), atEachStart: z.boolean() }),
    output: nothing,
    refusals: [...reauthRefusals, 'PASSPHRASE_TOO_COMMON'],
  }),
  /** Only where this computer's keychain opens the records, which is tried first. */
  removePassphrase: command({
    may: 'keys.write',
    reauth: true,
    keyed: false,
    input: z.strictObject({ reauth }),
    output: nothing,
    refusals: [...reauthRefusals, 'NO_PASSPHRASE', 'KEYCHAIN_NEEDED', 'CODE_NEEDED'],
  }),
}
