import { z } from 'zod'
import { keychainGaps } from '../domain/keychain.ts'
import { isTimeZone } from '../kernel/time.ts'
import { command, query } from './define.ts'
import { calendarDate, filledLine, instant, nothing } from './scalars.ts'

const newPassword = z.string().min(15).max(256)
const timeZone = z.string().refine(isTimeZone, 'not a time zone')
export const dateOrders = ['MDY', 'DMY'] as const

export const storeFaults = [
  'MISSING',
  'EMPTY_FILE',
  'NOT_A_FILE',
  'PLAINTEXT',
  'WRONG_KEY_OR_DAMAGED',
  'FOREIGN',
  'LOCKED_BY_OTHER',
  'UNREADABLE',
  'KEYRING_DAMAGED',
  'KEYCHAIN_CHANGED',
  'NEWER_STORE',
  'UPGRADE_FAILED',
  'RESTORE_UNFINISHED',
  'OTHER_STORE',
  'DAMAGED',
  'NETWORK_DRIVE',
  'LINKED_STORE',
  'ENDED_OFTEN',
] as const

const status = z.object({
  store: z.discriminatedUnion('state', [
    z.object({ state: z.literal('NONE') }),
    z.object({
      state: z.literal('PASSPHRASE_NEEDED'),
      /** KEYCHAIN_CHANGED: this computer's keychain opened the records before and no longer does. */
      why: z.enum(['EACH_START', 'KEYCHAIN_CHANGED']),
      opensBy: z.array(z.enum(['PASSPHRASE', 'RECOVERY_CODE'])),
    }),
    /** Closed because nobody was there; people come back to their locked windows once it is open. */
    z.object({ state: z.literal('RESTING'), opensBy: z.enum(['KEYCHAIN', 'PASSPHRASE']) }),
    /** The program ended without closing the records; each page is read before anybody signs in. In tables. */
    z.object({ state: z.literal('CHECKING'), done: z.int(), total: z.int().nullable() }),
    z.object({
      state: z.literal('FAULT'),
      fault: z.enum(storeFaults),
      /** The copy that was made before an upgrade that failed: its folder's name, beside the records. */
      copyName: z.string().nullable(),
      /** The program that the records ask for, where they say so. */
      neededVersion: z.string().nullable(),
    }),
    z.object({
      state: z.literal('OPEN'),
      clinicName: z.string(),
      timeZone: z.string(),
      dateOrder: z.enum(dateOrders),
      urgentPhone: z.string(),
      /** Of the emergency services. */
      emergencyPhone: z.string(),
      /** The state that the clinic works in; its licences come from there. */
      inState: z.string().nullable(),
      isSample: z.boolean(),
      /** True until a physician has signed in and approved a policy. */
      policyMissing: z.boolean(),
      /** Entries are missing at the end: nobody works with the records until a manager decided. */
      hold: z
        .object({
          kind: z.enum(['BEHIND', 'OTHER_LINE', 'NO_ANCHOR']),
          /** Null where it cannot be counted. */
          missing: z.int().nullable(),
          /** When the end that is missing was noted beside the records. */
          anchoredAt: instant.nullable(),
          /** Of the newest entry that is there. */
          lastEntryAt: instant.nullable(),
        })
        .nullable(),
      lastCopyAt: instant.nullable(),
      lastSavedAt: instant.nullable(),
      /** What is still to do so that the records open without this computer, and at its next start. */
      keys: z.enum(['KEPT', 'CODE_PENDING', 'CODE_MISSING', 'PASSPHRASE_MISSING']),
      /** Why nothing can be saved; null while everything can. */
      readOnly: z.enum(['READ_ONLY', 'MOVED']).nullable(),
      /** The service that carries the folder of the records to other computers by itself. */
      cloudFolder: z.string().nullable(),
    }),
  ]),
  /** The clinic's clock: the renderer never reads its own. */
  now: instant,
  today: calendarDate,
  timeZone: z.string(),
  appVersion: z.string(),
  /** A passphrase opens the store at each start where there is no keychain to trust, and always in the preview. */
  passphraseRequired: z.boolean(),
  /** Why this computer's keychain may not keep the key; null where it may. */
  keychainGap: z.enum(keychainGaps).nullable(),
  host: z.enum(['electron', 'node', 'memory']),
})

export const clinic = {
  status: query({ reach: 'ALWAYS', may: 'ANYONE', input: nothing, output: status }),
  /** Makes the store, the owner's account with the manager grant, and the policy draft. Signs the owner in. */
  setUp: command({
    reach: 'ALWAYS',
    may: 'ANYONE',
    keyed: false,
    input: z.strictObject({
      clinicName: filledLine(120),
      state: z.string().regex(/^[A-Z]{2}$/),
      timeZone,
      dateOrder: z.enum(dateOrders),
      urgentPhone: filledLine(40),
      owner: z.strictObject({
        printedName: filledLine(120),
        credential: filledLine(120),
        signInName: filledLine(80),
        password: newPassword,
        pin: z.string().regex(/^\d{6}$/),
        /** An owner-physician holds both grants, both shown. */
        alsoPhysician: z.boolean(),
        licence: z
          .strictObject({ number: filledLine(60), state: z.string().regex(/^[A-Z]{2}$/), expiresOn: calendarDate })
          .nullable(),
      }),
      passphrase: z.string().min(15).max(256).nullable(),
    }),
    output: status,
    refusals: ['STORE_EXISTS', 'PASSPHRASE_REQUIRED', 'PASSWORD_TOO_COMMON', 'PIN_TOO_SIMPLE', 'LICENCE_REQUIRED'],
  }),
  unlockStore: command({
    reach: 'ALWAYS',
    may: 'ANYONE',
    keyed: false,
    /** The passphrase or the recovery code; null where this computer's keychain opens a resting store. */
    input: z.strictObject({ passphrase: z.string().min(1).max(256).nullable() }),
    output: status,
    refusals: ['PASSPHRASE_WRONG', 'CODE_MISTYPED', 'NOTHING_TO_UNLOCK'],
  }),
  /** Looks again whether the records can be opened, or written again. */
  lookAgain: command({
    reach: 'ALWAYS',
    may: 'ANYONE',
    keyed: false,
    input: nothing,
    output: status,
    refusals: ['NOTHING_TO_LOOK_FOR'],
  }),
  /** Opens (or makes) the sample clinic in its scratch folder; the clinic's own store stays closed meanwhile. */
  openSample: command({
    reach: 'ALWAYS',
    may: 'ANYONE',
    keyed: false,
    input: z.strictObject({ reset: z.boolean() }),
    output: status,
    refusals: ['CLINIC_IS_OPEN'],
  }),
  leaveSample: command({
    reach: 'ALWAYS',
    may: 'ANYONE',
    keyed: false,
    input: nothing,
    output: status,
    refusals: ['NOT_A_SAMPLE'],
  }),
  edit: command({
    may: 'clinic.write',
    input: z.strictObject({
      clinicName: filledLine(120),
      timeZone,
      dateOrder: z.enum(dateOrders),
      urgentPhone: filledLine(40),
      emergencyPhone: filledLine(20),
    }),
    output: status,
  }),
}
