import type { ShownKeyReset } from '../../shared/contract/schemas/signature.ts'
import type { Instant } from '../../shared/kernel/time.ts'

/** What stands under a signature whose key was made after somebody else had reset the signer's access; null without. */
export function keyResetSentence(reset: ShownKeyReset, format: (at: Instant) => string): string | null {
  return reset && `Signed with a key made after ${reset.byName} had reset this access on ${format(reset.at)}.`
}
