import type { RefusalFact } from '../../shared/kernel/result.ts'

export type RefusalFacts = Readonly<Record<string, RefusalFact | undefined>>
/** A sentence from the facts of a refusal. */
export type RefusalText = (facts: RefusalFacts) => string

/** A fact inside a sentence; a list reads with commas, a missing one as nothing. */
export function factText(fact: RefusalFact | undefined): string {
  if (fact === null || fact === undefined) return ''
  if (typeof fact === 'object') return fact.join(', ')
  return String(fact)
}
