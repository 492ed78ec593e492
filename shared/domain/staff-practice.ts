import type { DelegationId, StaffId, SupervisionId, TrainingId } from '../kernel/ids.ts'
import type { Result } from '../kernel/result.ts'
import { accept, refuse } from '../kernel/result.ts'
import type { CalendarDate } from '../kernel/time.ts'
import type { DeviceSnapshot } from './device.ts'
import type { Role } from './roles.ts'
import type { Licence } from './staff.ts'
import { isLicenceValidOn } from './staff.ts'

/** Both days belong to it; `untilOn` is null while it goes on. */
export type Period = { readonly fromOn: CalendarDate; readonly untilOn: CalendarDate | null }

/** Who answers for an aesthetician's sessions, and from when until when (clinical reference, section 8, staff record). */
export type SupervisorLink = Period & {
  readonly supervisionId: SupervisionId
  readonly staffId: StaffId
  readonly physicianId: StaffId
}

/** While a physician is away, the deputy is asked as well. */
export type Delegation = Period & {
  readonly delegationId: DelegationId
  readonly physicianId: StaffId
  readonly deputyId: StaffId
  readonly untilOn: CalendarDate
}

/** A certificate for one device model; `expiresOn` is its last day, null for one that does not end. */
export type DeviceTraining = Pick<DeviceSnapshot, 'manufacturer' | 'model'> & {
  readonly trainingId: TrainingId
  readonly certificate: string
  readonly completedOn: CalendarDate
  readonly expiresOn: CalendarDate | null
}

/** What the clinic asks of a person without a current certificate for the device (**CC** WARN). */
export const deviceTrainingRules = ['OFF', 'WARN', 'BLOCK'] as const
export type DeviceTrainingRule = (typeof deviceTrainingRules)[number]

export function includesDay(period: Period, on: CalendarDate): boolean {
  return period.fromOn <= on && (period.untilOn === null || on <= period.untilOn)
}

export function overlaps(one: Period, other: Period): boolean {
  const beginsInTime = (first: Period, second: Period) => second.untilOn === null || first.fromOn <= second.untilOn
  return beginsInTime(one, other) && beginsInTime(other, one)
}

/** The link that stands on the day; there is never more than one. */
export function supervisorOn<Link extends Period>(links: readonly Link[], on: CalendarDate): Link | null {
  return links.find((link) => includesDay(link, on)) ?? null
}

/** The most people whom a physician supervises on any one day of the period. Every peak begins with a link's first day. */
export function mostSupervisees(links: readonly (Period & { readonly staffId: StaffId })[], during: Period): number {
  const firstDays = [during.fromOn, ...links.map(({ fromOn }) => fromOn)].filter((day) => includesDay(during, day))
  const counts = firstDays.map(
    (day) => new Set(links.filter((link) => includesDay(link, day)).map(({ staffId }) => staffId)).size,
  )
  return Math.max(0, ...counts)
}

/** A person of the clinic as a supervisor or a deputy must stand. */
export type PhysicianFacts = {
  readonly staffId: StaffId
  readonly roles: readonly Role[]
  readonly isActive: boolean
  readonly licence: Licence | null
}

/** Works here as a physician, with a licence that is valid on the day. */
export function isPhysicianOn({ roles, isActive, licence }: PhysicianFacts, on: CalendarDate): boolean {
  return isActive && roles.includes('physician') && isLicenceValidOn(licence, on)
}

export type SupervisionCode =
  | 'PERIOD_ENDS_BEFORE_IT_BEGINS'
  | 'SUPERVISION_NOT_NEEDED'
  | 'SUPERVISION_NOT_QUALIFIED'
  | 'SUPERVISION_OVERLAPS'
  | 'SUPERVISEES_FULL'

/**
 * May this physician supervise this person in the period? An aesthetician has one supervisor a day, who is a physician
 * with a valid licence and answers on no day for more than `maxSupervisees` people (clinical reference, section 8,
 * `max_supervisees_per_physician`, **CC** 4).
 */
export function judgeSupervision(
  link: Period & { readonly staffId: StaffId },
  {
    roles,
    physician,
    own,
    ofPhysician,
    maxSupervisees,
  }: {
    /** Of the person who is to be supervised. */
    readonly roles: readonly Role[]
    readonly physician: PhysicianFacts
    /** Other links of the person, and of the physician. */
    readonly own: readonly Period[]
    readonly ofPhysician: readonly (Period & { readonly staffId: StaffId })[]
    readonly maxSupervisees: number
  },
): Result<null, SupervisionCode> {
  if (link.untilOn !== null && link.untilOn < link.fromOn) return refuse('PERIOD_ENDS_BEFORE_IT_BEGINS')
  if (roles.includes('physician') || !roles.includes('aesthetician')) return refuse('SUPERVISION_NOT_NEEDED')
  if (physician.staffId === link.staffId || !isPhysicianOn(physician, link.fromOn))
    return refuse('SUPERVISION_NOT_QUALIFIED')
  const other = own.find((known) => overlaps(known, link))
  if (other) return refuse('SUPERVISION_OVERLAPS', { fromOn: other.fromOn, untilOn: other.untilOn })
  if (mostSupervisees([...ofPhysician, link], link) > maxSupervisees)
    return refuse('SUPERVISEES_FULL', { limit: maxSupervisees })
  return accept(null)
}

/** Who stands in for a physician on the day; null while the physician is there. */
export function deputyOn(
  delegations: readonly Delegation[],
  physicianId: StaffId,
  on: CalendarDate,
): Delegation | null {
  return delegations.find((known) => known.physicianId === physicianId && includesDay(known, on)) ?? null
}

/** True where `staffId` is asked today in place of the physician named in a record. */
export function standsInOn(
  delegations: readonly Delegation[],
  {
    staffId,
    physicianId,
    on,
  }: { readonly staffId: StaffId; readonly physicianId: StaffId | null; readonly on: CalendarDate },
): Delegation | null {
  const standing = physicianId === null ? null : deputyOn(delegations, physicianId, on)
  return standing?.deputyId === staffId ? standing : null
}

export type DelegationCode =
  | 'PERIOD_ENDS_BEFORE_IT_BEGINS'
  | 'DELEGATION_IN_THE_PAST'
  | 'DEPUTY_NOT_QUALIFIED'
  | 'DELEGATION_OVERLAPS'
  | 'DEPUTY_AWAY'
  | 'STANDS_IN_FOR_ANOTHER'

/**
 * May this deputy stand in? Another physician, licensed to the last day of it, who is not away in that time; and
 * nobody hands over what was handed to them, so that every task has a person one step away.
 */
export function judgeDelegation(
  delegation: Omit<Delegation, 'delegationId'>,
  {
    today,
    deputy,
    others,
  }: { readonly today: CalendarDate; readonly deputy: PhysicianFacts; readonly others: readonly Delegation[] },
): Result<null, DelegationCode> {
  const { physicianId, deputyId, fromOn, untilOn } = delegation
  if (untilOn < fromOn) return refuse('PERIOD_ENDS_BEFORE_IT_BEGINS')
  if (fromOn < today) return refuse('DELEGATION_IN_THE_PAST')
  if (deputyId === physicianId || !isPhysicianOn(deputy, untilOn)) return refuse('DEPUTY_NOT_QUALIFIED')
  const meanwhile = others.filter((known) => overlaps(known, delegation))
  if (meanwhile.some((known) => known.physicianId === physicianId)) return refuse('DELEGATION_OVERLAPS')
  if (meanwhile.some((known) => known.physicianId === deputyId)) return refuse('DEPUTY_AWAY')
  if (meanwhile.some((known) => known.deputyId === physicianId)) return refuse('STANDS_IN_FOR_ANOTHER')
  return accept(null)
}

export const trainingStandings = ['CURRENT', 'EXPIRED', 'MISSING'] as const
export type TrainingStanding = (typeof trainingStandings)[number]

/** Whether a certificate covers this device model on the day; names are compared without case and outer spaces. */
export function trainingStanding(
  trainings: readonly DeviceTraining[],
  device: Pick<DeviceSnapshot, 'manufacturer' | 'model'>,
  on: CalendarDate,
): TrainingStanding {
  const forModel = trainings.filter((training) => deviceModelKey(training) === deviceModelKey(device))
  const begun = forModel.filter(({ completedOn }) => completedOn <= on)
  if (begun.some(({ expiresOn }) => expiresOn === null || on <= expiresOn)) return 'CURRENT'
  return begun.length > 0 ? 'EXPIRED' : 'MISSING'
}

export function deviceModelKey({ manufacturer, model }: Pick<DeviceSnapshot, 'manufacturer' | 'model'>): string {
  return `${manufacturer.trim().toLowerCase()}|${model.trim().toLowerCase()}`
}
