import { useQuery } from '../client/use-query.ts'
import type { RailName } from './Rail.tsx'
import { mayDo, usePerson } from './use-person.ts'

/** What waits behind each entry of the rail; nothing is shown for a missing or zero count. */
export type RailCounts = Readonly<Partial<Record<RailName, number>>>

const subjects = ['visit', 'followUp', 'complication', 'patientImport', 'stock', 'staff'] as const

/** Counts beside the rail's entries for the person who is signed in. */
export function useCounts(): RailCounts {
  const person = usePerson()
  const { value } = useQuery('today.counts', {}, { isEnabled: person !== null, dependsOn: subjects })
  // The same figures as at the head of the queue.
  const queue = useQuery(
    'signOff.counts',
    {},
    { isEnabled: mayDo(person, 'session.countersign'), dependsOn: ['session', 'addendum'] },
  ).value
  if (!value) return {}
  const { today, followUp, patients, stock, clinic } = value
  return {
    today: today ?? 0,
    signOff: queue ? queue.redFlag + queue.attention + queue.clean + queue.addenda : 0,
    followUp: followUp ?? 0,
    patients: patients ?? 0,
    stock: stock ?? 0,
    clinic: clinic ?? 0,
  }
}
