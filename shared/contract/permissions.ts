import type { Role } from '../domain/roles.ts'

const desk: Role = 'frontDesk'
const aes: Role = 'aesthetician'
const phy: Role = 'physician'
const man: Role = 'manager'

/**
 * Who may do what: clinical reference, section 8 "Rights"; where it is silent, the roles table of the trust design.
 * Grants combine and there are no deny rows, so a person's rights are the union of their grants.
 */
export const permissions = {
  // Own sign-in, PIN, lock, input pings.
  self: [desk, aes, phy, man],
  'demographics.read': [desk, aes, phy, man],
  'demographics.write': [desk, aes, phy],
  'demographics.import': [desk, man],
  // Whose records are read as one person's: by physician or manager, reversible (clinical reference, section 10).
  'patient.merge': [phy, man],
  // Allergies, open red flags, consent state, look-alike: what the desk must see to keep people safe.
  'alerts.read': [desk, aes, phy],
  'schedule.read': [desk, aes, phy, man],
  'schedule.write': [desk, aes, phy],
  'chart.read': [aes, phy],
  'screening.handOver': [desk, aes, phy],
  'screening.read': [aes, phy],
  'screening.write': [aes, phy],
  'consent.capture': [desk, aes, phy],
  'consent.withdraw': [desk, aes, phy],
  'consent.void': [phy],
  'clearance.write': [phy],
  'order.write': [phy],
  'series.write': [aes, phy],
  'photo.write': [aes, phy],
  'photo.release': [aes, phy],
  'session.write': [aes, phy],
  // How a zone is treated is the physician's to say; whoever treats chooses inside it.
  'preset.read': [aes, phy, man],
  'preset.write': [phy],
  'session.countersign': [phy],
  'addendum.write': [aes, phy],
  // A patient may ask anybody at the clinic; only a physician answers for the record.
  'amendment.take': [desk, aes, phy],
  'amendment.decide': [phy],
  'complication.report': [desk, aes, phy],
  'complication.write': [aes, phy],
  'complication.decide': [phy],
  'followUp.read': [desk, aes, phy, man],
  'followUp.work': [desk, aes, phy],
  'stock.read': [desk, aes, phy, man],
  'stock.write': [aes, phy, man],
  // A recall goes through the registers; whom to call and how is demographics, which the desk works with.
  'recall.read': [desk, aes, phy, man],
  'recall.write': [aes, phy, man],
  'recall.notify': [desk, aes, phy, man],
  'lookBack.read': [phy, man],
  // What leaves the clinic as proof: the physician one patient at a time, the manager as for every export.
  'packet.make': [phy, man],
  'staff.read': [desk, aes, phy, man],
  'staff.write': [man],
  'staff.delegate': [phy],
  // Apart from the chart: the injured person's own health.
  'staffIncident.work': [phy, man],
  'policy.read': [desk, aes, phy, man],
  'policy.draft': [phy, man],
  'policy.approve': [phy],
  // Everybody sees their own rows; a physician also those of the patients they signed for; the manager all.
  'audit.read': [desk, aes, phy, man],
  'audit.verify': [man],
  'clinic.write': [man],
  'backup.make': [man],
  'backup.restore': [man],
  'keys.write': [man],
  'counts.read': [phy, man],
} as const satisfies Record<string, readonly Role[]>

export type PermissionName = keyof typeof permissions

export function rolesWith(permission: string): readonly Role[] {
  return Object.hasOwn(permissions, permission) ? permissions[permission as PermissionName] : []
}
