import type { PatientId } from '../../../shared/kernel/ids.ts'
import { blobAddress } from '../../client/transport.ts'
import { useQuery } from '../../client/use-query.ts'
import { mayDo, usePerson } from '../use-person.ts'

/** Addresses of the small pictures of these people's faces, by patient; who has none is not in it. */
export function usePortraits(patientIds: readonly PatientId[]): ReadonlyMap<PatientId, string> {
  const person = usePerson()
  const { value } = useQuery(
    'photo.portraits',
    { patientIds: [...patientIds] },
    {
      isEnabled: patientIds.length > 0 && person !== null && mayDo(person, 'alerts.read'),
      dependsOn: ['photo', 'consent'],
    },
  )
  return new Map((value?.portraits ?? []).map(({ patientId, token }) => [patientId, blobAddress(token)]))
}
