import type { StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Host } from '../hosts/host.ts'
import type { Connection, SignIn } from './connection.ts'
import type { Jobs } from './jobs.ts'
import type { StoreLife } from './store-life.ts'
import type { Uploads } from './uploads.ts'

/** A sign-in that its person left by lock or switch, on this PC; a PIN takes it up again. */
export type ParkedSignIn = { readonly signIn: SignIn; readonly parkedAt: Instant }

/** What handlers may use besides their transaction. */
export type Services = {
  readonly host: Host
  readonly storeLife: StoreLife
  readonly parked: Map<StaffId, ParkedSignIn>
  /** When the wait after wrong passwords is over, on the clock that only moves forward. */
  readonly waitEndMsByStaff: Map<StaffId, number>
  readonly connections: Set<Connection>
  readonly uploads: Uploads
  readonly jobs: Jobs
  /** Tells windows that subjects changed. */
  publish(subjects: readonly string[]): void
  /** Tells one window that its own state changed. */
  publishState(connection: Connection): void
}
