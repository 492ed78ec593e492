import type { RailName } from './Rail.tsx'

/** What waits behind each entry of the rail; nothing is shown for a missing or zero count. */
export type RailCounts = Readonly<Partial<Record<RailName, number>>>

const none: RailCounts = {}

/** Counts beside the rail's entries for the person who is signed in. */
export function useCounts(): RailCounts {
  return none
}
