import type { Role } from '../../shared/domain/roles.ts'
import type { PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { HeldKey } from './signing-keys.ts'

/** A person who is signed in on one window. Held in main only; the renderer has no token. */
export type SignIn = {
  readonly signInId: string
  readonly staffId: StaffId
  readonly printedName: string
  readonly roles: readonly Role[]
  readonly startedAt: Instant
}

/** The form that a patient fills in on the clinic's screen; nothing else can be reached until a staff PIN ends it. */
export type PatientForm = {
  readonly patientId: PatientId
  readonly kind: 'SCREENING' | 'CONSENT'
  readonly formId: string
  readonly handedOverBy: StaffId
}

export type ConnectionState =
  | { readonly kind: 'SIGNED_OUT' }
  | { readonly kind: 'SIGNED_IN'; readonly signIn: SignIn }
  | { readonly kind: 'LOCKED'; readonly signIn: SignIn; readonly lockedAt: Instant }
  | { readonly kind: 'PATIENT_MODE'; readonly signIn: SignIn; readonly form: PatientForm }

/** Mutable by `main/app` only. */
export type Connection = {
  readonly connectionId: string
  state: ConnectionState
  /** Wall time of the last call that a person caused. */
  lastInputAt: Instant
  /** The same on the clock that only moves forward: a wall clock that is set back must not keep a window open. */
  lastInputMs: number
  /** True from a sign-in or unlock until the first signing: that one asks for the password, later ones for the PIN. */
  passwordNeededToSign: boolean
  /** The person's private key, from that first signing until the window is locked, left or taken over. */
  signingKey: HeldKey | null
  /** A search that no chart opening has ended yet; audited once when it is opened or abandoned. */
  pendingSearch: { readonly startedAt: Instant } | null
  listeners: Set<(eventText: string) => void>
  /** Files this window may read, by token, until it is locked or changes hands. */
  blobs: Map<string, () => Promise<{ mediaType: string; fileName: string; bytes: Buffer }>>
}
