import { appendAudit } from '../../db/audit/write.ts'
import { codeOf, type Trx } from '../../db/open.ts'
import type { Role } from '../../shared/domain/roles.ts'
import { dateInZone, type Instant, offsetMinutes } from '../../shared/kernel/time.ts'
import type { Envelope } from '../../shared/rpc/envelope.ts'
import type { Connection, SignIn } from './connection.ts'
import type { AuditNote, CommandContext, PrepareContext, QueryContext } from './context.ts'
import type { Services } from './services.ts'

const busyPatienceMs = 5000

/** Rolls back what a refusal left behind; a success commits. */
export async function transactResult<Value extends { envelope: Envelope }>(
  services: Services,
  work: (trx: Trx) => Promise<Value>,
): Promise<Value> {
  let refused: Value | null = null
  try {
    return await transact(services, async (trx) => {
      const value = await work(trx)
      if (!value.envelope.ok) {
        refused = value
        throw new RefusedError()
      }
      return value
    })
  } catch (error) {
    if (error instanceof RefusedError && refused) return refused
    throw error
  }
}

class RefusedError extends Error {}

/**
 * One transaction, `begin immediate`. Main never sleeps on a lock that another process holds: the driver's timeout is 0
 * and the wait is here, asynchronous, up to five seconds.
 */
export async function transact<Value>(services: Services, work: (trx: Trx) => Promise<Value>): Promise<Value> {
  const { store } = services.storeLife.open
  const startedMs = services.host.monotonicMs()
  for (;;) {
    let began = false
    try {
      return await store.db.transaction().execute((trx) => {
        began = true
        return work(trx)
      })
    } catch (error) {
      const isBusy = codeOf(error) === 'SQLITE_BUSY'
      if (began || !isBusy || services.host.monotonicMs() - startedMs > busyPatienceMs) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

export function prepareContext(services: Services, connection: Connection, name: string): PrepareContext {
  return {
    ...commonContext(services, connection, []),
    get caller() {
      return callerOf(connection)
    },
    get reader() {
      return services.storeLife.open.store.db
    },
    async commit(work) {
      return transact(services, async (trx) => {
        const notes: AuditNote[] = []
        const effects: (() => void | Promise<void>)[] = []
        const context = commandContext(services, connection, trx, notes, new Set(), effects, null)
        const value = await work(context)
        if (notes.length > 0) await writeAudit(services, connection, trx, context.now, notes, 'DONE')
        if (effects.length > 0) throw new Error(`${name}: effects belong to the command itself`)
        return value
      })
    },
  }
}

export function commandContext(
  services: Services,
  connection: Connection,
  trx: Trx,
  notes: AuditNote[],
  touched: Set<string>,
  effects: (() => void | Promise<void>)[],
  provedBy: 'PASSWORD' | 'PIN' | null,
): CommandContext {
  return {
    ...commonContext(services, connection, notes),
    get caller() {
      return callerOf(connection)
    },
    trx,
    reauthenticatedBy: provedBy,
    newId: <Id extends string>() => services.host.newId() as Id,
    touch: (...subjects) => {
      for (const subject of subjects) touched.add(subject)
    },
    afterCommit: (effect) => {
      effects.push(effect)
    },
  }
}

export function commonContext(services: Services, connection: Connection, notes: AuditNote[]): Omit<QueryContext, 'reader' | 'caller'> {
  const now = services.host.now()
  const timeZone = zoneOf(services)
  return {
    patientForm: connection.state.kind === 'PATIENT_MODE' ? connection.state.form : null,
    connection,
    now,
    today: dateInZone(now, timeZone),
    timeZone,
    offsetMin: offsetMinutes(now, timeZone),
    services,
    hasRole: (role: Role) => signInOf(connection)?.roles.includes(role) ?? false,
    audit: (note) => {
      notes.push(note)
    },
    giveFile: ({ mediaType, fileName, load }) => {
      const token = services.host.newId()
      connection.blobs.set(token, async () => ({ mediaType, fileName, bytes: await load() }))
      return token
    },
  }
}

/** The clinic's zone, or the machine's while there is no clinic. */
export function zoneOf(services: Services): string {
  const { state } = services.storeLife
  return state.kind === 'OPEN' ? state.open.facts.timeZone : Intl.DateTimeFormat().resolvedOptions().timeZone
}

export function signInOf(connection: Connection): SignIn | null {
  return connection.state.kind === 'SIGNED_OUT' ? null : connection.state.signIn
}

export async function writeAudit(
  services: Services,
  connection: Connection,
  trx: Trx,
  at: Instant,
  notes: readonly AuditNote[],
  outcome: 'DONE' | 'REFUSED' | 'FAILED',
): Promise<void> {
  const { auditKey, facts } = services.storeLife.open
  const signIn = signInOf(connection)
  for (const note of notes) {
    await appendAudit(trx, auditKey, {
      at,
      offset_min: offsetMinutes(at, facts.timeZone),
      actor_id: signIn?.staffId ?? null,
      roles: connection.state.kind === 'PATIENT_MODE' ? 'patient' : (signIn?.roles.join(' ') ?? ''),
      sign_in_id: signIn?.signInId ?? null,
      connection_id: connection.connectionId,
      app_version: services.host.appVersion,
      action: note.action,
      subject: note.subject,
      subject_id: note.subjectId ?? null,
      version_id: note.versionId ?? null,
      version_before_id: note.versionBeforeId ?? null,
      patient_id: note.patientId ?? null,
      outcome,
      reason: note.reason ?? null,
    })
  }
}

/** For what main does by itself: idle lock, sign-in bookkeeping. */
export async function auditAlone(services: Services, connection: Connection, note: AuditNote): Promise<void> {
  const notes = [...takeSearch(connection), note]
  await transact(services, (trx) => writeAudit(services, connection, trx, services.host.now(), notes, 'DONE'))
}

export function takeSearch(connection: Connection): AuditNote[] {
  if (!connection.pendingSearch) return []
  connection.pendingSearch = null
  return [{ action: 'patient.search', subject: 'patient_list' }]
}

/** Who is signed in on this window; a getter in every context, since set-up and sign-in have nobody yet. */
export function callerOf(connection: Connection): SignIn {
  const signIn = signInOf(connection)
  if (!signIn) throw new Error('nobody is signed in')
  return signIn
}
