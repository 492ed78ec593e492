import type { StaffId } from '../kernel/ids.ts'
import type { CalendarDate, Instant } from '../kernel/time.ts'
import type { Role } from './roles.ts'

/** The two roles that may hold the needle; whoever is also a physician treats as one. */
export const treatingRoles = ['aesthetician', 'physician'] as const
export type TreatingRole = (typeof treatingRoles)[number]

export const licenceLevels = ['AESTHETICIAN', 'MASTER_AESTHETICIAN', 'PHYSICIAN'] as const
export type LicenceLevel = (typeof licenceLevels)[number]

export type Licence = {
  readonly number: string
  /** Issuing state, e.g. `UT`. */
  readonly state: string
  readonly level: LicenceLevel
  /** Last day of validity. */
  readonly expiresOn: CalendarDate
}

/** Who treated or answered for it, as that person stood on the day: kept inside signed records. */
export type StaffSnapshot = {
  readonly staffId: StaffId
  readonly printedName: string
  readonly credential: string
  readonly boardCertification: string | null
  readonly treatingRole: TreatingRole
  readonly licence: Licence | null
}

/** What a signed record shows of its physician (clinical reference, section 10, 21 CFR 11.50). */
export type PhysicianSignature = {
  readonly staffId: StaffId
  readonly printedName: string
  readonly credential: string
  readonly licence: Licence | null
  readonly signedAt: Instant
  /** Minutes the wall clock was ahead of UTC. */
  readonly utcOffsetMin: number
}

/** Null for front desk and managers, who treat nobody. */
export function treatingRoleOf(roles: readonly Role[]): TreatingRole | null {
  if (roles.includes('physician')) return 'physician'
  return roles.includes('aesthetician') ? 'aesthetician' : null
}

/** True up to and including the licence's last day. */
export function isLicenceValidOn(licence: Licence | null, on: CalendarDate): boolean {
  return licence !== null && on <= licence.expiresOn
}
