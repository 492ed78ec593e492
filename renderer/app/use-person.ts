import { type PermissionName, rolesWith } from '../../shared/contract/permissions.ts'
import type { Reauth } from '../../shared/contract/reauth.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { useQuery } from '../client/use-query.ts'

export type Person = {
  readonly staffId: StaffId
  readonly printedName: string
  readonly credential: string
  readonly roles: readonly Role[]
  /** The first signing after a sign-in or a lock asks the password, later ones the PIN. */
  readonly signsBy: Reauth['method']
}

/** Who is signed in on this window; null while nobody is, or nothing has arrived. */
export function usePerson(): Person | null {
  const { value } = useQuery('signIn.state', {}, { dependsOn: personSubjects })
  if (value?.kind !== 'SIGNED_IN') return null
  const { staffId, printedName, credential, roles, hasPin } = value.person
  return {
    staffId,
    printedName,
    credential,
    roles,
    signsBy: value.passwordNeededToSign || !hasPin ? 'PASSWORD' : 'PIN',
  }
}

/** Whether the person may use what asks for this permission: to show it or leave it out. Main decides anew each time. */
export function mayDo(person: Pick<Person, 'roles'> | null, permission: PermissionName): boolean {
  return person?.roles.some((role) => rolesWith(permission).includes(role)) ?? false
}

/** Asks again who is signed in after these: a signing changes what the next one asks for. */
export const personSubjects = ['staff'] as const
