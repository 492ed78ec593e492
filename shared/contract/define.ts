import type { z } from 'zod'
import type { PermissionName } from './permissions.ts'

/** In which states of a window a procedure may be called at all. */
export type Reach =
  /** Before a store is open: first run, passphrase, status. */
  | 'ALWAYS'
  /** With an open store and nobody signed in (or locked): the sign-in screen. */
  | 'SIGN_IN'
  /** By a person who is signed in, not locked, not in patient mode. */
  | 'STAFF'
  /** By the patient's form in patient mode, and by staff. */
  | 'PATIENT_FORM'

export type ProcedureDefinition<
  Kind extends 'query' | 'command' = 'query' | 'command',
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Code extends string = string,
> = {
  readonly kind: Kind
  readonly reach: Reach
  /** Name of a row of the permission table, or ANYONE where `reach` needs no sign-in. */
  readonly may: PermissionName | 'ANYONE'
  readonly input: Input
  readonly output: Output
  /** Codes beside the door's own. Each has a sentence in the renderer. */
  readonly refusals: readonly Code[]
  /**
   * ALWAYS: a success without an audit row is a bug (every command; queries that open, print or export a record).
   * SPELL: draft autosave, audited once per person and editing spell. NEVER: lists and counts.
   */
  readonly audited: 'ALWAYS' | 'SPELL' | 'NEVER'
  /** The input carries `reauth` (password or PIN), which the door proves before the transaction opens. */
  readonly reauth: boolean
  /** A command that may be repeated without harm (draft autosave, sign-in) keeps no idempotency key. */
  readonly keyed: boolean
}

type Options<Input, Output, Code extends string> = {
  readonly reach?: Reach
  readonly may: PermissionName | 'ANYONE'
  readonly input: Input
  readonly output: Output
  readonly refusals?: readonly Code[]
}

export function query<Input extends z.ZodType, Output extends z.ZodType, const Code extends string = never>(
  options: Options<Input, Output, Code> & { readonly audited?: boolean },
): ProcedureDefinition<'query', Input, Output, Code> {
  const { reach = 'STAFF', may, input, output, refusals = [], audited = false } = options
  return {
    kind: 'query',
    reach,
    may,
    input,
    output,
    refusals,
    audited: audited ? 'ALWAYS' : 'NEVER',
    reauth: false,
    keyed: false,
  }
}

export function command<Input extends z.ZodType, Output extends z.ZodType, const Code extends string = never>(
  options: Options<Input, Output, Code> & {
    readonly keyed?: boolean
    readonly draft?: boolean
    readonly reauth?: boolean
  },
): ProcedureDefinition<'command', Input, Output, Code> {
  const { reach = 'STAFF', may, input, output, refusals = [], draft = false, keyed = !draft, reauth = false } = options
  return { kind: 'command', reach, may, input, output, refusals, audited: draft ? 'SPELL' : 'ALWAYS', reauth, keyed }
}

export type InputOf<Definition> = Definition extends { readonly input: infer Input extends z.ZodType }
  ? z.output<Input>
  : never
export type OutputOf<Definition> = Definition extends { readonly output: infer Output extends z.ZodType }
  ? z.output<Output>
  : never
export type CodeOf<Definition> = Definition extends { readonly refusals: readonly (infer Code extends string)[] }
  ? Code
  : never
