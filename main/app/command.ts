import { type AuditInput, appendAudit } from '../../db/audit/write.ts'
import { codeOf, type Trx } from '../../db/open.ts'
import type { Role } from '../../shared/domain/roles.ts'
import { type CalendarDate, dateInZone, type Instant, offsetMinutes } from '../../shared/kernel/time.ts'
import type { Envelope } from '../../shared/rpc/envelope.ts'
import type { Connection, SignIn } from './connection.ts'
import type { AuditNote, CommandContext, PrepareContext, QueryContext } from './context.ts'
import type { Services } from './services.ts'
import { sealerOf } from './signing-keys.ts'

const busyPatienceMs = 5000
/** Files that a window can be reading at one time; older tokens are forgotten. */
const mostBlobs = 500

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
  const { signIn, window } = seeWindow(connection)
  return {
    ...commonContext(services, connection, []),
    get caller() {
      return personOf(signIn)
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
        if (notes.length > 0) await writeAudit(services, window, trx, context.now, notes, 'DONE')
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
  const { signIn } = seeWindow(connection)
  return {
    ...commonContext(services, connection, notes),
    get caller() {
      return personOf(signIn)
    },
    trx,
    reauthenticatedBy: provedBy,
    get sealer() {
      const { signingKey } = connection
      if (provedBy === null || signingKey?.staffId !== signIn?.staffId) throw new Error('nobody proved who signs')
      return sealerOf(services.storeLife.open.facts.storeId, personOf(signingKey))
    },
    get clinicSealer() {
      return services.storeLife.open.clinicSealer
    },
    newId: <Id extends string>() => services.host.newId() as Id,
    touch: (...subjects) => {
      for (const subject of subjects) touched.add(subject)
    },
    afterCommit: (effect) => {
      effects.push(effect)
    },
  }
}

export function commonContext(
  services: Services,
  connection: Connection,
  notes: AuditNote[],
): Omit<QueryContext, 'reader' | 'caller'> {
  const now = services.host.now()
  const timeZone = zoneOf(services)
  const { signIn } = seeWindow(connection)
  return {
    patientForm: connection.state.kind === 'PATIENT_MODE' ? connection.state.form : null,
    connection,
    now,
    timeZone,
    ...localTimeAt(now, timeZone),
    services,
    hasRole: (role: Role) => signIn?.roles.includes(role) ?? false,
    audit: (note) => {
      notes.push(note)
    },
    giveFile: ({ mediaType, fileName, load }) => {
      const token = services.host.newId()
      const oldest = connection.blobs.size >= mostBlobs ? connection.blobs.keys().next().value : undefined
      if (oldest !== undefined) connection.blobs.delete(oldest)
      connection.blobs.set(token, async () => ({ mediaType, fileName, bytes: await load() }))
      return token
    },
  }
}

type LocalTime = { readonly today: CalendarDate; readonly offsetMin: number }
let lastLocalTime: { readonly minute: string; readonly timeZone: string; readonly local: LocalTime } | null = null

/** Every call asks; the answer is the same for a whole minute and costs more to work out than many a read. */
function localTimeAt(now: Instant, timeZone: string): LocalTime {
  const minute = now.slice(0, 16)
  if (lastLocalTime?.minute === minute && lastLocalTime.timeZone === timeZone) return lastLocalTime.local
  const local = { today: dateInZone(now, timeZone), offsetMin: offsetMinutes(now, timeZone) }
  lastLocalTime = { minute, timeZone, local }
  return local
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
  const { auditKey } = services.storeLife.open
  for (const note of notes) await appendAudit(trx, auditKey, auditRow(services, connection, at, note, outcome))
}

/** One row as it will be chained; a worker that writes by itself takes it along. */
export function auditRow(
  services: Services,
  connection: Connection,
  at: Instant,
  note: AuditNote,
  outcome: 'DONE' | 'REFUSED' | 'FAILED',
): AuditInput {
  const actor = note.actor ?? signInOf(connection)
  const isPatient = note.actor === undefined && connection.state.kind === 'PATIENT_MODE'
  return {
    at,
    offset_min: localTimeAt(at, services.storeLife.open.facts.timeZone).offsetMin,
    actor_id: actor?.staffId ?? null,
    roles: isPatient ? 'patient' : (actor?.roles.join(' ') ?? ''),
    sign_in_id: actor?.signInId ?? null,
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
  }
}

/** For what main does by itself: locks, ended sign-ins, an opened store. The rows tell of the window as it is now. */
export async function auditAlone(
  services: Services,
  connection: Connection,
  ...notes: readonly AuditNote[]
): Promise<void> {
  const { window } = seeWindow(connection)
  await withSearch(connection, (searched) =>
    transact(services, (trx) =>
      writeAudit(services, window, trx, services.host.now(), [...searched(), ...notes], 'DONE'),
    ),
  )
}

/**
 * A search is audited once, with the first thing that ends it. `work` takes its row when it writes; where that write did
 * not reach the disk, the search is still to be told.
 */
export async function withSearch<Value>(
  connection: Connection,
  work: (takeSearch: () => readonly AuditNote[]) => Promise<Value>,
): Promise<Value> {
  let taken: Connection['pendingSearch'] = null
  try {
    return await work(() => {
      taken = connection.pendingSearch
      connection.pendingSearch = null
      return taken ? [{ action: 'patient.search', subject: 'patient_list' }] : []
    })
  } catch (error) {
    connection.pendingSearch ??= taken
    throw error
  }
}

/** The window as it is at this moment: what belongs to one call keeps to it, whoever takes the window meanwhile. */
export function seeWindow(connection: Connection): { readonly window: Connection; readonly signIn: SignIn | null } {
  return { window: { ...connection }, signIn: signInOf(connection) }
}

/** A getter in every context, since set-up and sign-in have nobody yet. */
export function personOf<Person>(signedIn: Person | null): Person {
  if (!signedIn) throw new Error('nobody is signed in')
  return signedIn
}
