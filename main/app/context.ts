import type { z } from 'zod'
import type { Reader, Trx } from '../../db/open.ts'
import type { Sealer } from '../../db/signing/seal.ts'
import type { CodeOf, InputOf, ProcedureDefinition } from '../../shared/contract/define.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { DoorRefusal } from '../../shared/rpc/envelope.ts'
import type { AuditNote } from './audit-note.ts'
import type { Connection, PatientForm, SignIn } from './connection.ts'
import type { Services } from './services.ts'

export type { AuditNote }

type CommonContext = {
  /** The person who is asking; throws where nobody is signed in (`reach` SIGN_IN and ALWAYS). */
  readonly caller: SignIn
  /** Set in patient mode: the one form this window may touch. */
  readonly patientForm: PatientForm | null
  readonly connection: Connection
  readonly now: Instant
  /** The clinic's calendar day. */
  readonly today: CalendarDate
  readonly timeZone: string
  readonly offsetMin: number
  readonly services: Services
  hasRole(role: Role): boolean
  audit(note: AuditNote): void
  /** Lets this window read these bytes, by token, through the blob route, until it is locked or changes hands. */
  giveFile(file: { mediaType: string; fileName: string; load: () => Promise<Buffer> }): string
}

export type QueryContext = CommonContext & { readonly reader: Reader }

export type CommandContext = CommonContext & {
  readonly trx: Trx
  newId<Id extends string>(): Id
  /** Names a subject that changed, so that open screens fetch it again. */
  touch(...subjects: readonly string[]): void
  /** Runs once the transaction is on disk; for state that lives outside the store. */
  afterCommit(effect: () => void | Promise<void>): void
  /** True when the door proved the caller's identity for this very call. */
  readonly reauthenticatedBy: 'PASSWORD' | 'PIN' | null
  /** The caller's own key; throws where identity was not proved for this call. */
  readonly sealer: Sealer
  /** The clinic's key: for marks of patients and certificates. */
  readonly clinicSealer: Sealer
}

/** Before the transaction: slow proofs (scrypt) and files. Writes only through `commit`, each in its own transaction. */
export type PrepareContext = Omit<QueryContext, 'audit'> & {
  commit<Value>(work: (context: CommandContext) => Promise<Value>): Promise<Value>
}

type OutputBefore<Definition> = Definition extends { readonly output: infer Output extends z.ZodType }
  ? z.input<Output>
  : never
export type HandlerResult<Definition> = Promise<Result<OutputBefore<Definition>, CodeOf<Definition> | DoorRefusal>>

export type QueryHandler<Definition> = (context: QueryContext, input: InputOf<Definition>) => HandlerResult<Definition>
export type CommandHandler<Definition> =
  | ((context: CommandContext, input: InputOf<Definition>) => HandlerResult<Definition>)
  | PreparedHandler<Definition>
  | OutsideHandler<Definition>

/** Opens or closes the store itself, so no transaction can be around it; it writes its own audit rows. */
export type OutsideHandler<Definition> = {
  outside(services: Services, connection: Connection, input: InputOf<Definition>): HandlerResult<Definition>
}

export type PreparedHandler<Definition> = {
  prepare(
    context: PrepareContext,
    input: InputOf<Definition>,
  ): Promise<Result<unknown, CodeOf<Definition> | DoorRefusal>>
  run(context: CommandContext, input: InputOf<Definition>, prepared: never): HandlerResult<Definition>
}

/** Joins a slow first step and the transaction; what the first gives is what the second takes. */
export function prepared<Definition extends ProcedureDefinition, Prepared>(steps: {
  prepare(
    context: PrepareContext,
    input: InputOf<Definition>,
  ): Promise<Result<Prepared, CodeOf<Definition> | DoorRefusal>>
  run(context: CommandContext, input: InputOf<Definition>, prepared: Prepared): HandlerResult<Definition>
}): PreparedHandler<Definition> {
  // `never` hides what one procedure passes from its first step to its second; only dispatch calls both, in order.
  return steps as unknown as PreparedHandler<Definition>
}

export type Handlers<Feature> = {
  readonly [Name in keyof Feature]: Feature[Name] extends { readonly kind: 'query' }
    ? QueryHandler<Feature[Name]>
    : CommandHandler<Feature[Name]>
}
