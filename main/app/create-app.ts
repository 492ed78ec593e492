import { codeOf } from '../../db/open.ts'
import { one } from '../../db/records.ts'
import type { AppEvent } from '../../shared/rpc/envelope.ts'
import type { Host } from '../hosts/host.ts'
import type { App } from './app.ts'
import { BackupPlanRunner } from './backup-plan.ts'
import { ChainWatch } from './chain-watch.ts'
import { auditAlone } from './command.ts'
import type { Connection } from './connection.ts'
import { dispatch } from './dispatch.ts'
import { Jobs } from './jobs.ts'
import type { Services } from './services.ts'
import { endSignIn, enforceIdleLock, lockConnection } from './sign-in.ts'
import { StoreLife } from './store-life.ts'
import { StoreRest } from './store-rest.ts'
import { StoreWatch } from './store-watch.ts'
import { Uploads } from './uploads.ts'

/** Time for a window to save what was typed last, before the computer's lock or the menu's. */
const lockGraceMs = 400

export type AppOptions = {
  readonly host: Host
  /** Fills a fresh folder with the sample clinic; given by the entry, so that the application does not carry it. */
  readonly buildSample: (folder: string, host: Host) => Promise<void>
  /** For the sample's builder alone: what set-up makes here is a sample store. */
  readonly makesSample?: boolean
  /** Opens the sample clinic at once (`--sample`). */
  readonly startWithSample?: boolean
  /** Opens nothing: the program ended by itself several times in a row. */
  readonly staysClosed?: boolean
}

/** The whole application without any window: Electron, the preview and tests put their transports around it. */
export async function createApp({
  host,
  buildSample,
  makesSample = false,
  startWithSample = false,
  staysClosed = false,
}: AppOptions): Promise<App & { readonly services: Services }> {
  const connections = new Set<Connection>()
  const push = (connection: Connection, event: AppEvent) => {
    const text = JSON.stringify(event)
    for (const listener of connection.listeners) listener(text)
  }
  const services: Services = {
    host,
    storeLife: new StoreLife(host, buildSample, makesSample),
    parked: new Map(),
    waitEndMsByStaff: new Map(),
    connections,
    uploads: new Uploads(host),
    jobs: new Jobs((event) => {
      for (const connection of connections) push(connection, event)
    }),
    publish: (subjects) => {
      for (const connection of connections) push(connection, { type: 'CHANGED', subjects })
    },
    publishState: (connection) => push(connection, { type: 'STATE' }),
  }
  const backups = new BackupPlanRunner(services, newConnection(host))
  const chain = new ChainWatch(services, newConnection(host))
  const rest = new StoreRest(services, newConnection(host), backups)
  const watch = new StoreWatch(services)
  const { storeLife } = services
  // A store that is checked first takes its time, and the window tells of it meanwhile.
  const isShown = new Promise<void>((resolve) => {
    storeLife.onState(() => {
      if (storeLife.state.kind === 'CHECKING') resolve()
      for (const connection of connections) services.publishState(connection)
    })
  })
  const opening = open()
  await Promise.race([opening, isShown])
  // A crash closes sign-ins with the process; the log says how the store was found.
  host.log({ level: 'info', event: 'app.start', store: storeLife.state.kind })

  return {
    services,
    connect() {
      const connection = newConnection(host)
      connections.add(connection)
      return connection
    },
    disconnect(connection) {
      connections.delete(connection)
      void rest.during(() => endSignIn(services, connection, 'WINDOW_CLOSED'))
    },
    call: (connection, requestText) => rest.during(() => dispatch(services, connection, requestText)),
    subscribe(connection, listener) {
      connection.listeners.add(listener)
      return () => connection.listeners.delete(listener)
    },
    async readBlob(connection, token) {
      const load = connection.blobs.get(token)
      if (!load || connection.state.kind === 'LOCKED' || connection.state.kind === 'SIGNED_OUT') return null
      return load()
    },
    async lockAll(reason) {
      if (services.storeLife.state.kind !== 'OPEN') return
      const told = reason === 'OS_LOCK' || reason === 'PERSON' ? tellOfLock() : 0
      if (told > 0) await host.pause(lockGraceMs)
      for (const connection of connections) await lockConnection(services, connection, reason)
      if (reason === 'SUSPEND') chain.forgetClocks()
      // A computer that sleeps now has no timer to see that everybody left.
      rest.note()
    },
    async tick() {
      if (services.storeLife.state.kind !== 'OPEN' || rest.isClosing) return
      for (const connection of connections) await enforceIdleLock(services, connection)
      try {
        await watch.look()
        await services.storeLife.renewPolicyOnNewDay()
        await backups.look()
        await chain.look()
      } catch (error) {
        // A timer has nobody to answer to; the next tick tries again.
        host.log({ level: 'error', event: 'tick.fault', code: codeOf(error) })
      }
      await rest.closeWhenDue()
    },
    checkpoint() {
      if (storeLife.state.kind === 'OPEN') storeLife.open.store.driver.pragma('wal_checkpoint(PASSIVE)')
    },
    close: () => rest.during(close),
  }

  async function open(): Promise<void> {
    if (staysClosed) return storeLife.stayClosed()
    if (startWithSample) await storeLife.openSample(false)
    else await storeLife.start()
    if (storeLife.state.kind === 'OPEN')
      await auditAlone(services, newConnection(host), ...storeLife.takeOpeningNotes())
    for (const connection of connections) services.publishState(connection)
  }

  /** How many windows that somebody uses heard it; without one there is nothing to wait for. */
  function tellOfLock(): number {
    const used = [...connections].filter(
      ({ state, listeners }) => (state.kind === 'SIGNED_IN' || state.kind === 'PATIENT_MODE') && listeners.size > 0,
    )
    for (const connection of used) push(connection, { type: 'LOCKING' })
    return used.length
  }

  async function close(): Promise<void> {
    await opening
    for (const connection of connections) await endSignIn(services, connection, 'STORE_CLOSED')
    services.parked.clear()
    // Whatever was asked before has its turn on the one connection.
    if (services.storeLife.state.kind === 'OPEN') await one(services.storeLife.open.store.db, 'select 1 as done')
    await backups.beforeClose().catch((error: unknown) => {
      // The close holds also where nothing can be read any more.
      host.log({ level: 'error', event: 'backup.closeFault', code: codeOf(error) })
    })
    await services.storeLife.close()
  }
}

function newConnection(host: Host): Connection {
  return {
    connectionId: host.newId(),
    state: { kind: 'SIGNED_OUT' },
    lastInputAt: host.now(),
    lastInputMs: host.monotonicMs(),
    passwordNeededToSign: true,
    signingKey: null,
    pendingSearch: null,
    listeners: new Set(),
    blobs: new Map(),
  }
}
