import { z } from 'zod'
import { backupReasons } from '../domain/backup.ts'
import { command, query } from './define.ts'
import { filledLine, instant, nothing } from './scalars.ts'

const backupStandings = ['NEVER', 'DONE', 'LATE'] as const

const copyReport = z.object({
  of: z.literal('COPY'),
  folder: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  patients: z.int(),
  auditRows: z.int(),
  files: z.int(),
  /** Kept from an earlier copy after they were read again. */
  linkedFiles: z.int(),
  missingFiles: z.int(),
  signaturesChecked: z.int(),
  letGo: z.int(),
})

const chainReport = z.discriminatedUnion('state', [
  z.object({ of: z.literal('AUDIT_CHAIN'), state: z.literal('INTACT'), rows: z.int(), head: z.string() }),
  z.object({
    of: z.literal('AUDIT_CHAIN'),
    state: z.literal('BROKEN'),
    rows: z.int(),
    firstBadSeq: z.int(),
    fault: z.enum(['GAP', 'HASH', 'MAC', 'END']),
  }),
])

const jobState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('UNKNOWN') }),
  z.object({ kind: z.literal('RUNNING'), done: z.int(), total: z.int().nullable(), phase: z.string() }),
  /** `report` is null for work that tells its end elsewhere. */
  z.object({ kind: z.literal('DONE'), report: z.union([copyReport, chainReport]).nullable() }),
  z.object({ kind: z.literal('CANCELLED') }),
  z.object({ kind: z.literal('FAILED'), code: z.string() }),
])
export type JobView = z.output<typeof jobState>

export const backup = {
  /** For the status line and the copies page: nothing here tells of a patient. */
  state: query({
    may: 'self',
    input: nothing,
    output: z.object({
      /** LATE from 48 hours after the last one (trust design, 4.6). */
      standing: z.enum(backupStandings),
      last: z
        .object({
          at: instant,
          reason: z.enum(backupReasons),
          folder: z.string(),
          bytes: z.int(),
          sha256: z.string(),
          patients: z.int(),
          auditRows: z.int(),
          files: z.int(),
          missingFiles: z.int(),
          signaturesChecked: z.int(),
        })
        .nullable(),
      runningJobId: z.uuid().nullable(),
      /** Where backups go by themselves; none are made where `first` is null. */
      plan: z.object({ first: z.string().nullable(), second: z.string().nullable() }),
      /** The second disk; null where none is chosen. */
      second: z.object({ standing: z.enum(backupStandings), at: instant.nullable() }).nullable(),
      /** Why the newest attempt failed; null once one was made after it. */
      failure: z.object({ at: instant, code: z.string(), place: z.enum(['first', 'second', 'own']) }).nullable(),
      /** The newest restore that was proved, and why the last attempt since could not be. */
      proven: z
        .object({
          at: instant.nullable(),
          patients: z.int(),
          auditRows: z.int(),
          signaturesChecked: z.int(),
          failure: z.object({ at: instant, code: z.string() }).nullable(),
        })
        .nullable(),
      /** False where a copy opens with nothing but this computer's keychain: no passphrase, no recovery code. */
      opensElsewhere: z.boolean(),
    }),
  }),
  /** Asks for a folder in a window of the system; `isSupported` is false where a path has to be typed. */
  chooseFolder: query({
    may: 'backup.make',
    input: nothing,
    output: z.object({ folder: z.string().nullable(), isSupported: z.boolean() }),
  }),
  /** Copies store, keyring and files into a new folder below `folder`, opens the copy and checks it page by page. */
  makeCopy: command({
    may: 'backup.make',
    input: z.strictObject({ folder: filledLine(1000) }),
    output: z.object({ jobId: z.uuid(), folder: z.string() }),
    refusals: ['FOLDER_NOT_ABSOLUTE', 'FOLDER_MISSING', 'FOLDER_INSIDE_RECORDS', 'COPY_RUNNING'],
  }),
  /** Chooses where backups go by themselves. */
  setPlan: command({
    may: 'backup.make',
    input: z.strictObject({ first: filledLine(1000).nullable(), second: filledLine(1000).nullable() }),
    output: nothing,
    refusals: [
      'FOLDER_NOT_ABSOLUTE',
      'FOLDER_MISSING',
      'FOLDER_INSIDE_RECORDS',
      'FOLDERS_SAME',
      'SECOND_WITHOUT_FIRST',
    ],
  }),
  /** Restores the newest copy into a place of its own, proves it and removes it again. */
  proveRestore: command({
    may: 'backup.make',
    input: nothing,
    output: z.object({ jobId: z.uuid() }),
    refusals: ['NO_COPY', 'COPY_RUNNING'],
  }),
  /** How far a long piece of work is; it pushes JOB events with the same id. */
  job: query({ may: 'self', input: z.strictObject({ jobId: z.uuid() }), output: jobState }),
  /** Asks it to stop at its next safe point; a finished one is left as it is. */
  cancelJob: command({ may: 'self', keyed: false, input: z.strictObject({ jobId: z.uuid() }), output: nothing }),
}
