import type { Role } from '../../shared/domain/roles.ts'

export const roleTexts: Readonly<Record<Role, string>> = {
  frontDesk: 'Front desk',
  aesthetician: 'Aesthetician',
  physician: 'Physician',
  manager: 'Manager',
}

/** Every grant is shown: `Physician, Manager`. */
export function formatRoles(roles: readonly Role[]): string {
  return roles.map((role) => roleTexts[role]).join(', ')
}
