import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { codeOf, isDamage, type Trx } from '../../db/open.ts'
import { change, insertRow, one } from '../../db/records.ts'
import type { CommandReplyTable } from '../../db/tables/core.ts'
import type { ProcedureDefinition } from '../../shared/contract/define.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import type { Reauth } from '../../shared/contract/reauth.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { type Refusal, type Result, refuse } from '../../shared/kernel/result.ts'
import { addDays } from '../../shared/kernel/time.ts'
import type { Envelope } from '../../shared/rpc/envelope.ts'
import { loadFeature } from '../features/index.ts'
import {
  commandContext,
  commonContext,
  personOf,
  prepareContext,
  seeWindow,
  signInOf,
  transact,
  transactResult,
  withSearch,
  writeAudit,
} from './command.ts'
import type { Connection, SignIn } from './connection.ts'
import type { AuditNote, CommandContext, PrepareContext, QueryContext } from './context.ts'
import { refuseOnMergedChart } from './merged-chart.ts'
import { readInput } from './read-input.ts'
import { goesWithoutWriting } from './read-only.ts'
import type { Services } from './services.ts'
import { enforceIdleLock, noteInput, proveIdentity } from './sign-in.ts'
import { stopWritingWhereLost } from './store-watch.ts'

const maxRequestBytes = 1024 * 1024
const slowMs = 40
const maxFieldLength = 200
/** Until a new clinic's recovery code was typed back, its store is there for that alone. */
const rightsDuringSetUp: readonly string[] = ['self', 'keys.write']

type AnyResult = Result<unknown, string>
type AnyQuery = (context: QueryContext, input: unknown) => Promise<AnyResult>
type AnyCommand = ((context: CommandContext, input: unknown) => Promise<AnyResult>) | AnyPrepared | AnyOutside
type AnyOutside = { outside(services: Services, connection: Connection, input: unknown): Promise<AnyResult> }
type AnyPrepared = {
  prepare(context: PrepareContext, input: unknown): Promise<AnyResult>
  run(context: CommandContext, input: unknown, prepared: unknown): Promise<AnyResult>
}

/**
 * The one door. In this order: small enough, JSON, known, valid, right state of the window, right role, identity proved
 * where it signs; then the handler, in one transaction if it is a command, with its audit row; then the output is parsed,
 * which strips what was not promised. State and role are asked again where waiting (for a proof, for another command) may
 * have changed them. Bugs end here, once, and are logged by reference, never with a patient's data.
 */
export async function dispatch(services: Services, connection: Connection, requestText: string): Promise<string> {
  const startedMs = services.host.monotonicMs()
  const { name, envelope } = await answer(services, connection, requestText)
  const ms = Math.round(services.host.monotonicMs() - startedMs)
  if (ms > slowMs) services.host.log({ level: 'info', event: 'dispatch.slow', procedure: name, ms })
  return JSON.stringify(envelope)
}

async function answer(
  services: Services,
  connection: Connection,
  requestText: string,
): Promise<{ name: string; envelope: Envelope }> {
  if (Buffer.byteLength(requestText, 'utf8') > maxRequestBytes) return { name: '', envelope: refuse('TOO_LARGE') }
  const request = parseRequest(requestText)
  if (!request.ok) return { name: '', envelope: refuse('INVALID_INPUT', { field: request.field }) }
  // Who asks is who has the window now, when the call arrives; whoever takes it later has not asked.
  const signIn = signInOf(connection)
  try {
    const procedure = await findProcedure(request.name)
    if (!procedure) return { name: '', envelope: refuse('UNKNOWN_PROCEDURE') }
    return { name: request.name, envelope: await callProcedure(services, connection, procedure, request, signIn) }
  } catch (error) {
    return { name: request.name, envelope: await faultToRefusal(services, request.name, error) }
  }
}

type Procedure = { readonly definition: ProcedureDefinition; readonly handler: unknown }
type Request = { readonly name: string; readonly input: unknown; readonly key: string | null }

async function callProcedure(
  services: Services,
  connection: Connection,
  procedure: Procedure,
  request: Request,
  signIn: SignIn | null,
): Promise<Envelope> {
  const { definition } = procedure
  const parsed = definition.input.safeParse(request.input)
  if (!parsed.success) return refuse('INVALID_INPUT', { field: fieldOf(parsed.error.issues[0]) })
  if (definition.kind === 'command' && definition.keyed && request.key === null)
    return refuse('INVALID_INPUT', { field: 'key' })

  const closed =
    (await refuseByState(services, connection, definition, signIn)) ??
    refusalOfReadOnly(services, definition, request.name)
  if (closed) {
    if (closed.code === 'DENIED') await auditRefusal(services, connection, request.name, closed, parsed.data)
    return { ok: false, refusal: closed }
  }
  // A draft is saved and tried again by itself; whoever types is told by the ping.
  const isByPerson = definition.kind === 'command' && definition.audited !== 'SPELL'
  if (isByPerson || request.name === 'signIn.ping') noteInput(services, connection)

  let provedBy: 'PASSWORD' | 'PIN' | null = null
  if (definition.reauth) {
    const proof = await proveIdentity(
      prepareContext(services, connection, request.name),
      (parsed.data as { reauth: Reauth }).reauth,
    )
    if (!proof.ok) return proof
    provedBy = proof.value
  }

  const result =
    definition.kind === 'query'
      ? await runQuery(services, connection, procedure, request, parsed.data, signIn)
      : await runCommand(services, connection, procedure, request, parsed.data, signIn, provedBy)
  if (!result.ok && (result.refusal.code === 'NOT_FOUND' || result.refusal.code === 'DENIED'))
    await auditRefusal(services, connection, request.name, result.refusal, parsed.data)
  // A window that was locked meanwhile asks again.
  const isStillOpen = refusalOfState(services, connection, definition, signIn) === null
  if (result.ok && provedBy === 'PASSWORD' && isStillOpen) connection.passwordNeededToSign = false
  return result
}

async function runQuery(
  services: Services,
  connection: Connection,
  procedure: Procedure,
  request: Request,
  input: unknown,
  signIn: SignIn | null,
): Promise<Envelope> {
  const { definition } = procedure
  const handler = procedure.handler as AnyQuery
  const notes: AuditNote[] = []
  const { window } = seeWindow(connection)
  const context: QueryContext = {
    ...commonContext(services, connection, notes),
    get caller() {
      return personOf(signIn)
    },
    get reader() {
      return services.storeLife.open.store.db
    },
  }
  const result = await handler(context, input)
  const closed = refusalOfState(services, connection, definition, signIn)
  if (closed) return { ok: false, refusal: closed }
  if (!result.ok) return result
  const value = definition.output.parse(result.value)
  if (definition.audited === 'ALWAYS' && notes.length === 0)
    throw new Error(`${request.name} read without an audit row`)
  if (request.name === 'patientSearch.find') connection.pendingSearch ??= { startedAt: context.now }
  if (notes.length > 0)
    await withSearch(connection, (takeSearch) =>
      transact(services, (trx) => writeAudit(services, window, trx, context.now, [...takeSearch(), ...notes], 'DONE')),
    )
  return { ok: true, value }
}

async function runCommand(
  services: Services,
  connection: Connection,
  procedure: Procedure,
  request: Request,
  input: unknown,
  signIn: SignIn | null,
  provedBy: 'PASSWORD' | 'PIN' | null,
): Promise<Envelope> {
  const { definition } = procedure
  const handler = procedure.handler as AnyCommand
  const key = definition.keyed && connection.state.kind !== 'SIGNED_OUT' ? request.key : null
  const inputHash = key === null ? '' : hashInput(request.input)
  if (key !== null) {
    const earlier = await findReply(services, connection, request.name, key, inputHash)
    if (earlier) return earlier
  }

  if ('outside' in handler) {
    const result = await handler.outside(services, connection, input)
    return result.ok ? { ok: true, value: definition.output.parse(result.value) } : result
  }
  let first: AnyResult | null = null
  if (typeof handler !== 'function') {
    first = await handler.prepare(prepareContext(services, connection, request.name), input)
    // The first of two clicks may have been stored meanwhile; the second gets its reply, not a refusal of its own.
    if (!first.ok)
      return (key === null ? null : await findReply(services, connection, request.name, key, inputHash)) ?? first
  }

  const effects: (() => void | Promise<void>)[] = []
  const touched = new Set<string>()
  const runOnce = async (trx: Trx, takeSearch: () => readonly AuditNote[]) => {
    const closed = refusalOfState(services, connection, definition, signIn)
    if (closed) return { envelope: { ok: false, refusal: closed } as Envelope, isNew: false }
    if (key !== null) {
      const earlier = await findReply(services, connection, request.name, key, inputHash, trx)
      if (earlier) return { envelope: earlier, isNew: false }
    }
    const merged = await refuseOnMergedChart(trx, request.name, input)
    if (merged) return { envelope: merged, isNew: false }
    const notes: AuditNote[] = []
    const { window } = seeWindow(connection)
    const context = commandContext(services, connection, trx, notes, touched, effects, provedBy)
    const result =
      typeof handler === 'function'
        ? await handler(context, input)
        : await handler.run(context, input, first?.ok ? first.value : undefined)
    if (!result.ok) return { envelope: result, isNew: false }
    const value = definition.output.parse(result.value)
    if (notes.length === 0 && definition.audited === 'ALWAYS')
      throw new Error(`${request.name} changed records without an audit row`)
    await writeAudit(services, window, trx, context.now, [...takeSearch(), ...notes], 'DONE')
    const envelope: Envelope = { ok: true, value }
    if (key !== null) await keepReply(trx, context, request.name, key, inputHash, envelope)
    return { envelope, isNew: true }
  }
  const outcome = await withSearch(connection, (takeSearch) =>
    transactResult(services, (trx) => runOnce(trx, takeSearch)),
  )
  if (outcome.isNew) {
    services.storeLife.open.lastSavedAt = services.host.now()
    for (const effect of effects) await effect()
    if (maySign(definition)) await services.storeLife.anchorNow()
    if (touched.size > 0) services.publish([...touched])
  }
  return outcome.envelope
}

/** What a person or a patient signs reaches the anchor before the answer goes out. */
function maySign({ reauth, reach, audited }: ProcedureDefinition): boolean {
  return reauth || (reach === 'PATIENT_FORM' && audited === 'ALWAYS')
}

async function refuseByState(
  services: Services,
  connection: Connection,
  definition: ProcedureDefinition,
  signIn: SignIn | null,
): Promise<Refusal | null> {
  const { state: store } = services.storeLife
  if (definition.reach === 'ALWAYS') return null
  if (store.kind === 'PASSPHRASE_NEEDED' || store.kind === 'RESTING') return { code: 'STORE_LOCKED' }
  if (store.kind !== 'OPEN') return { code: 'NO_STORE' }
  await enforceIdleLock(services, connection)
  return refusalOfState(services, connection, definition, signIn)
}

/** Where nothing can be written, only what needs no writing goes on; the form keeps what it holds. */
function refusalOfReadOnly({ storeLife }: Services, definition: ProcedureDefinition, name: string): Refusal | null {
  if (definition.kind === 'query' || definition.reach === 'ALWAYS' || storeLife.state.kind !== 'OPEN') return null
  const { readOnly } = storeLife.open
  if (readOnly === null || goesWithoutWriting(name)) return null
  return { code: readOnly === 'MOVED' ? 'STORE_MOVED' : 'READ_ONLY' }
}

/** While entries are missing: the own sign-in, and what a manager decides about the records. Nothing of a patient. */
const mayWhileHeld: readonly string[] = ['ANYONE', 'self', 'backup.restore', 'backup.make']

/** What the window's state says now; SIGNED_OUT too where it is no longer the window of `signIn`. */
function refusalOfState(
  services: Services,
  connection: Connection,
  definition: ProcedureDefinition,
  signIn: SignIn | null,
): Refusal | null {
  if (definition.reach === 'ALWAYS') return null
  if (services.storeLife.state.kind !== 'OPEN') return { code: 'NO_STORE' }
  const { state } = connection
  if (definition.reach === 'SIGN_IN') return state.kind === 'PATIENT_MODE' ? { code: 'PATIENT_MODE' } : null
  if (state.kind === 'SIGNED_OUT' || state.signIn.signInId !== signIn?.signInId) return { code: 'SIGNED_OUT' }
  if (state.kind === 'LOCKED') return { code: 'LOCKED' }
  if (services.storeLife.open.hold && !mayWhileHeld.includes(definition.may)) return { code: 'RECORDS_HELD' }
  if (state.kind === 'PATIENT_MODE') return definition.reach === 'PATIENT_FORM' ? null : { code: 'PATIENT_MODE' }
  const { isSetUpUnfinished } = services.storeLife.state.open.facts
  if (isSetUpUnfinished && !rightsDuringSetUp.includes(definition.may)) return { code: 'SET_UP_UNFINISHED' }
  if (definition.may === 'ANYONE') return null
  const allowed = rolesWith(definition.may)
  return state.signIn.roles.some((role) => allowed.includes(role)) ? null : { code: 'DENIED' }
}

async function auditRefusal(
  services: Services,
  connection: Connection,
  name: string,
  refusal: Refusal,
  input: unknown,
): Promise<void> {
  if (services.storeLife.state.kind !== 'OPEN') return
  const patientId = typeof input === 'object' && input !== null && 'patientId' in input ? String(input.patientId) : null
  const note: AuditNote = {
    action: name,
    subject: 'procedure',
    subjectId: patientId,
    patientId: patientId as PatientId | null,
    reason: refusal.code,
  }
  const { window } = seeWindow(connection)
  await transact(services, (trx) => writeAudit(services, window, trx, services.host.now(), [note], 'REFUSED'))
}

async function findReply(
  services: Services,
  connection: Connection,
  name: string,
  key: string,
  inputHash: string,
  reader: Pick<Trx, 'executeQuery'> = services.storeLife.open.store.db,
): Promise<Envelope | null> {
  const row = await one<CommandReplyTable>(reader as Trx, 'select * from command_reply where key = ?', [key])
  if (!row) return null
  const isSame =
    row.procedure === name && row.input_sha256 === inputHash && row.staff_id === signInOf(connection)?.staffId
  return isSame ? (JSON.parse(row.reply) as Envelope) : refuse('KEY_REUSED')
}

async function keepReply(
  trx: Trx,
  context: CommandContext,
  name: string,
  key: string,
  inputHash: string,
  envelope: Envelope,
): Promise<void> {
  await change(trx, 'delete from command_reply where at < ?', [
    `${addDays(context.now.slice(0, 10), -7)}T00:00:00.000Z`,
  ])
  await insertRow(trx, 'command_reply', {
    key,
    staff_id: context.caller.staffId,
    procedure: name,
    input_sha256: inputHash,
    reply: JSON.stringify(envelope),
    at: context.now,
  })
}

function hashInput(input: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(withoutSecrets(input)), 'utf8')
    .digest('hex')
}

/** A repeated call may prove identity anew; the proof is not part of what was asked. */
function withoutSecrets(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('reauth' in input)) return input
  const { reauth: _proof, ...rest } = input
  return rest
}

function parseRequest(
  text: string,
): ({ readonly ok: true } & Request) | { readonly ok: false; readonly field: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { ok: false, field: '' }
  }
  const read = readInput(parsed)
  if (!read.ok) return { ok: false, field: read.field.replace(/^input\.?/, '').slice(0, maxFieldLength) }
  const { value } = read
  if (typeof value !== 'object' || value === null || !('name' in value) || typeof value.name !== 'string')
    return { ok: false, field: 'name' }
  const key = 'key' in value ? value.key : null
  if (key !== null && (typeof key !== 'string' || !/^[0-9a-f-]{36}$/.test(key))) return { ok: false, field: 'key' }
  return { ok: true, name: value.name, input: 'input' in value ? value.input : {}, key }
}

async function findProcedure(name: string): Promise<Procedure | null> {
  const [featureName = '', procedureName = '', ...rest] = name.split('.')
  const feature = rest.length > 0 ? null : await loadFeature(featureName)
  if (!feature || !Object.hasOwn(feature.procedures, procedureName)) return null
  const definitions: Readonly<Record<string, ProcedureDefinition>> = feature.procedures
  const handlers: Readonly<Record<string, unknown>> = feature.handlers
  const definition = definitions[procedureName]
  const handler = handlers[procedureName]
  if (!definition || handler === undefined) throw new Error(`${name} has no handler`)
  return { definition, handler }
}

/** The path of the first thing wrong, e.g. `zones[2].depthUm`; of a member that should not be there, its own name. */
function fieldOf(issue: z.core.$ZodIssue | undefined): string {
  const path = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : String(part)))
    .join('.')
    .replaceAll('.[', '[')
    .slice(0, maxFieldLength)
}

async function faultToRefusal(services: Services, name: string, error: unknown): Promise<Envelope> {
  const code = codeOf(error)
  if (isDamage(error)) {
    await services.storeLife.meetDamage()
    return refuse('STORE_DAMAGED')
  }
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') return refuse('BUSY')
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return refuse('DISK_FULL')
  if (code === 'RECORD_UNREADABLE') {
    services.host.log({ level: 'error', event: 'record.unreadable', procedure: name })
    return refuse('RECORD_UNREADABLE')
  }
  if (code.startsWith('SQLITE_READONLY') || /^(?:EROFS|EACCES|EPERM)$/.test(code)) {
    await stopWritingWhereLost(services)
    return refuse('READ_ONLY')
  }
  services.host.showBug?.(error)
  const ref = services.host.newId().slice(0, 8)
  services.host.log({ level: 'error', event: 'dispatch.fault', procedure: name, ref, code, where: whereOf(error) })
  return refuse('INTERNAL', { ref })
}

/** File names and lines only: an error's message may hold what a person typed. */
function whereOf(error: unknown): string {
  if (!(error instanceof Error) || !error.stack) return ''
  const frames = error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
  return `${error.name} ${frames.map((frame) => /([\w.-]+\.(?:ts|js):\d+)/.exec(frame)?.[1] ?? '').join(' < ')}`
}
