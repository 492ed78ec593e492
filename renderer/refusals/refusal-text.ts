import type { RefusalFact } from '../../shared/kernel/result.ts'

export type RefusalFacts = Readonly<Record<string, RefusalFact | undefined>>
/** A sentence from the facts of a refusal. */
export type RefusalText = (facts: RefusalFacts) => string
