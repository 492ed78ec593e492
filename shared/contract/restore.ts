import { z } from 'zod'
import { backupReasons } from '../domain/backup.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import { filledLine, instant, nothing } from './scalars.ts'

/** What a copy's manifest tells; nothing of it is a patient's. */
export const copy = z.object({
  folder: z.string(),
  name: z.string(),
  /** Null where there is no manifest that can be read. */
  about: z
    .object({
      madeAt: instant,
      reason: z.enum(backupReasons),
      bytes: z.int(),
      patients: z.int(),
      sessions: z.int(),
      signatures: z.int(),
      auditRows: z.int(),
      files: z.int(),
    })
    .nullable(),
  /** VERIFIED when it was made, by the key of these records. UNKNOWN: only the key can tell. */
  standing: z.enum(['VERIFIED', 'UNKNOWN', 'NOT_OURS', 'NO_MANIFEST']),
})
export type CopyView = z.output<typeof copy>

const difference = z.object({
  what: z.enum(['patient', 'session', 'screening', 'consent', 'photo', 'record_version', 'signature', 'audit_entry']),
  inCopy: z.int(),
  /** Null where the records cannot be read. */
  now: z.int().nullable(),
})

const preview = z.object({
  folder: z.string(),
  madeAt: instant,
  signaturesChecked: z.int(),
  auditRows: z.int(),
  files: z.int(),
  /** EARLIER: everything in the copy is in the records too. OTHER_LINE: a restore lies between, so either has what the other lacks. */
  relation: z.enum(['SAME', 'EARLIER', 'OTHER_LINE']),
  differences: z.array(difference),
  /** What was recorded after the copy, the newest first; at most 50. */
  lost: z.array(z.object({ seq: z.int(), at: instant, actorName: z.string().nullable(), action: z.string() })),
  lostRows: z.int(),
  /** The records as they are were copied first; null where they could not be, which the restore keeps aside anyway. */
  safetyCopy: z.string().nullable(),
})
export type RestorePreview = z.output<typeof preview>

const copyFaults = [
  'COPY_MISSING',
  'COPY_EMPTY',
  'COPY_CUT',
  'COPY_ALTERED',
  'COPY_LOG_BESIDE',
  'COPY_NO_MANIFEST',
  'COPY_MANIFEST_ALTERED',
  'COPY_OTHER_STORE',
  'COPY_NEWER',
  'COPY_FOREIGN',
  'COPY_DAMAGED',
  'COPY_HEAD',
  'COPY_ROWS_MISSING',
  'COPY_CHAIN_BROKEN',
  'COPY_SIGNATURES_BROKEN',
  'COPY_FILES_MISSING',
  'COPY_FILE_ALTERED',
  'NO_ROOM_HERE',
] as const

const secret = z.string().min(1).max(256)

export const restore = {
  /** The copies in the places of the plan, beside the records, and in `folder` where one is given. The newest first. */
  list: query({
    may: 'backup.restore',
    input: z.strictObject({ folder: filledLine(1000).nullable() }),
    output: z.object({
      copies: z.array(copy),
      /** The last restore, while the records before it are still there. */
      wayBack: z
        .object({
          at: instant,
          kind: z.enum(['RESTORE', 'GO_BACK', 'RECOVER', 'SALVAGE']),
          copyMadeAt: instant.nullable(),
        })
        .nullable(),
    }),
    refusals: ['FOLDER_NOT_ABSOLUTE', 'FOLDER_MISSING'],
  }),
  /** Copies the records as they are, takes the copy beside them and proves it. Nothing of the records changes. */
  check: command({
    may: 'backup.restore',
    input: z.strictObject({ folder: filledLine(1000) }),
    output: z.object({ jobId: z.uuid() }),
    refusals: ['FOLDER_NOT_ABSOLUTE', 'SAMPLE_STAYS', 'WORK_RUNNING', ...copyFaults],
  }),
  /** What the restore of the checked copy would lose. */
  preview: query({ may: 'backup.restore', input: nothing, output: preview, refusals: ['NOT_CHECKED'] }),
  /** Puts the checked copy in the place of the records, which are kept beside it. Everybody signs in again. */
  apply: command({
    may: 'backup.restore',
    reauth: true,
    keyed: false,
    input: z.strictObject({ reauth }),
    output: nothing,
    refusals: [...reauthRefusals, 'NOT_CHECKED', 'SAMPLE_STAYS', 'WORK_RUNNING', 'RESTORE_FAILED'],
  }),
  /** Puts the records that the last restore replaced back in their place, and keeps the restored ones beside them. */
  goBack: command({
    may: 'backup.restore',
    reauth: true,
    keyed: false,
    input: z.strictObject({ reauth }),
    output: nothing,
    refusals: [...reauthRefusals, 'NO_WAY_BACK', 'WORK_RUNNING', 'RESTORE_FAILED'],
  }),
  /** The copies in a folder, before there are records or while they cannot be opened. */
  find: query({
    reach: 'ALWAYS',
    may: 'ANYONE',
    input: z.strictObject({ folder: filledLine(1000) }),
    output: z.object({ copies: z.array(copy) }),
    refusals: ['RECORDS_ARE_OPEN', 'FOLDER_NOT_ABSOLUTE', 'FOLDER_MISSING'],
  }),
  /** The system's window for a folder, before anybody is signed in. */
  chooseFolder: query({
    reach: 'ALWAYS',
    may: 'ANYONE',
    input: nothing,
    output: z.object({ folder: z.string().nullable() }),
    refusals: ['RECORDS_ARE_OPEN'],
  }),
  /** Opens the records of this computer, whose own keyring is lost or damaged, with the keyring of a copy. */
  openWithCopy: command({
    reach: 'ALWAYS',
    may: 'ANYONE',
    keyed: false,
    input: z.strictObject({ folder: filledLine(1000), secret }),
    output: nothing,
    refusals: [
      'RECORDS_ARE_OPEN',
      'FOLDER_NOT_ABSOLUTE',
      'FOLDER_MISSING',
      'SECRET_WRONG',
      'CODE_MISTYPED',
      'KEYRING_MISSING',
      'KEY_DOES_NOT_FIT',
    ],
  }),
  /** Opens a copy with a secret of its clinic, proves it and makes it the records of this computer. */
  recover: command({
    reach: 'ALWAYS',
    may: 'ANYONE',
    keyed: false,
    input: z.strictObject({ folder: filledLine(1000), secret }),
    output: nothing,
    refusals: [
      'RECORDS_ARE_OPEN',
      'FOLDER_NOT_ABSOLUTE',
      'FOLDER_MISSING',
      'SECRET_WRONG',
      'CODE_MISTYPED',
      'KEYRING_MISSING',
      'WORK_RUNNING',
      'RESTORE_FAILED',
      ...copyFaults,
    ],
  }),
}
