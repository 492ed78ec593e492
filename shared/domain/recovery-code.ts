/**
 * The recovery code that a clinic prints: 160 random bits as 32 characters of Crockford's base 32, which has no I, L, O
 * and U, in eight groups of four, and one check character (trust design, 4.1). People read it from paper and type it, so
 * the reading forgives what paper and typing confuse, and the check character names a slip before any key is tried.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const groupLength = 4
const codeLength = 32

/** Random bytes that a code is made of. */
export const recoveryCodeBytes = (codeLength * 5) / 8

/** Groups that may be asked for; the check character stands behind the last of them and is never asked alone. */
export const recoveryGroups = codeLength / groupLength

/** 32 characters as the key is locked with, without the check character. */
export type RecoveryCode = string

/** Exactly `recoveryCodeBytes` random bytes as a code. */
export function recoveryCodeOf(random: Uint8Array): RecoveryCode {
  if (random.length !== recoveryCodeBytes) throw new Error(`a recovery code is made of ${recoveryCodeBytes} bytes`)
  const bits = [...random].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from(
    { length: codeLength },
    (_, at) => alphabet[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)],
  ).join('')
}

/** The eight groups as they are printed and asked for. */
export function recoveryGroupsOf(code: RecoveryCode): readonly string[] {
  return Array.from({ length: recoveryGroups }, (_, at) => code.slice(at * groupLength, (at + 1) * groupLength))
}

/** `7K3M-92QF-...-X9QA-C`, the last one being the check character. */
export function printedRecoveryCode(code: RecoveryCode): string {
  return [...recoveryGroupsOf(code), checkCharacter(code)].join('-')
}

export type RecoveryReading =
  | { readonly kind: 'CODE'; readonly code: RecoveryCode }
  /** As long as a code and of its characters, but the check character does not fit: one or more were mistyped. */
  | { readonly kind: 'MISTYPED' }
  /** No code at all: a passphrase, or a code cut short. */
  | { readonly kind: 'OTHER' }

/** Reads what a person typed: any case, any blanks and dashes, O for 0, I and L for 1. */
export function readRecoveryCode(typed: string): RecoveryReading {
  const folded = foldTyped(typed)
  if (folded.length !== codeLength + 1 || [...folded].some((sign) => !alphabet.includes(sign))) return { kind: 'OTHER' }
  const code = folded.slice(0, codeLength)
  return folded[codeLength] === checkCharacter(code) ? { kind: 'CODE', code } : { kind: 'MISTYPED' }
}

/** Whether `typed` is the group of this number (1 to 8). */
export function isRecoveryGroup(code: RecoveryCode, number: number, typed: string): boolean {
  return foldTyped(typed) === recoveryGroupsOf(code)[number - 1]
}

/** Two different groups to be typed back, the lower first, from two random bytes. */
export function askedRecoveryGroups(random: Uint8Array): readonly [number, number] {
  const [first = 0, second = 0] = random
  const one = first % recoveryGroups
  const other = (one + 1 + (second % (recoveryGroups - 1))) % recoveryGroups
  return [Math.min(one, other) + 1, Math.max(one, other) + 1]
}

function foldTyped(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\u2010-\u2015_-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}

/**
 * Luhn's check over 32 signs: every single wrong character and every two neighbours that changed places are found, but
 * for 0 and Z beside each other.
 */
function checkCharacter(code: RecoveryCode): string {
  const size = alphabet.length
  const sum = [...code].reduceRight(
    ({ total, isDoubled }, sign) => {
      const value = alphabet.indexOf(sign) * (isDoubled ? 2 : 1)
      return { total: total + Math.floor(value / size) + (value % size), isDoubled: !isDoubled }
    },
    { total: 0, isDoubled: true },
  ).total
  return alphabet[(size - (sum % size)) % size] ?? ''
}
