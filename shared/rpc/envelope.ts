import type { Refusal } from '../kernel/result.ts'

/** What every call answers, on every transport. */
export type Envelope<Value = unknown, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal<Code> }

/** The text that travels to `dispatch`. `key` is the idempotency key of a command, made when its form opened. */
export type CallRequest = { readonly name: string; readonly input: unknown; readonly key?: string }

/** Refusals that any procedure may give, besides its own. */
export const doorRefusals = [
  'UNKNOWN_PROCEDURE',
  'INVALID_INPUT',
  'TOO_LARGE',
  'NO_STORE',
  'STORE_LOCKED',
  'RECORDS_HELD',
  'SIGNED_OUT',
  'LOCKED',
  'PATIENT_MODE',
  'SET_UP_UNFINISHED',
  'DENIED',
  'NOT_FOUND',
  'CONFLICT',
  'MERGED',
  'KEY_REUSED',
  'RECORD_UNREADABLE',
  'BUSY',
  'DISK_FULL',
  'READ_ONLY',
  'STORE_MOVED',
  'STORE_DAMAGED',
  'INTERNAL',
] as const
export type DoorRefusal = (typeof doorRefusals)[number]

/** What main pushes: it says what changed, never the data. */
export type AppEvent =
  | { readonly type: 'CHANGED'; readonly subjects: readonly string[] }
  | { readonly type: 'STATE' }
  /** The window is locked in a moment: what was typed and is not saved yet goes now. */
  | { readonly type: 'LOCKING' }
  | {
      readonly type: 'JOB'
      readonly jobId: string
      readonly done: number
      readonly total: number | null
      readonly phase: string
    }
