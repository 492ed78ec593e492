import { useSyncExternalStore } from 'react'
import type { RegistrationStart } from '../../../shared/contract/patient-search.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'

/**
 * What one screen hands to the next, in memory only: a name in an address would stay in the browser's history on disk.
 */
type Carried = {
  /** The text of a search that found nobody, for the registration form. */
  readonly registration: RegistrationStart | null
  /** The patient that a search chose to check in, for the list of the day. */
  readonly checkIn: PatientId | null
}

let carried: Carried = { registration: null, checkIn: null }
const listeners = new Set<() => void>()

export function carry(next: Partial<Carried>): void {
  carried = { ...carried, ...next }
  for (const listener of listeners) listener()
}

/** What was carried here and not taken yet. Whoever uses it takes it: `carry({ registration: null })`. */
export function useCarried(): Carried {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => carried,
  )
}
