/**
 * A person's grants; they combine (an owner-physician holds `physician` and `manager`, both shown).
 * `manager` is called admin or owner in the clinical reference, section 8.
 */
export const roles = ['frontDesk', 'aesthetician', 'physician', 'manager'] as const
export type Role = (typeof roles)[number]
