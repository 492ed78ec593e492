/** The rule is length alone; main also refuses the ones that everybody tries. */
export const secretMinLength = 15

export type SecretStrength = {
  readonly isEnough: boolean
  readonly tone: 'plain' | 'amber' | 'green'
  readonly sentence: string
}

/** What a typed password still lacks, in words. `words` are names that make it easy to guess. */
export function readSecretStrength(secret: string, words: readonly string[]): SecretStrength {
  const missing = secretMinLength - secret.length
  if (secret === '')
    return plain(`At least ${secretMinLength} characters. Several plain words are easy to type and hard to guess.`)
  if (missing > 0) return plain(`${missing} more ${missing === 1 ? 'character' : 'characters'}. Spaces count.`)
  const folded = secret.toLowerCase()
  const repeated = words.find((word) => word.length >= 4 && folded.includes(word.toLowerCase()))
  if (repeated !== undefined) return amber(`It repeats “${repeated}”, which is the first thing somebody would try.`)
  if (new Set(folded.replaceAll(' ', '')).size < 5) return amber('It is nearly all the same sign.')
  return { isEnough: true, tone: 'green', sentence: 'Long enough.' }
}

/** What a PIN lacks, or null: six digits, not all the same and not a run. */
export function readPinProblem(pin: string): string | null {
  if (pin.length < 6) return null
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]))
  const isRun = steps.every((step) => step === steps[0]) && Math.abs(steps[0] ?? 0) <= 1
  return isRun ? 'Not all the same digit, and not a run like 123456.' : null
}

function plain(sentence: string): SecretStrength {
  return { isEnough: false, tone: 'plain', sentence }
}

function amber(sentence: string): SecretStrength {
  return { isEnough: false, tone: 'amber', sentence }
}
