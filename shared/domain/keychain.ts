/** Why this computer has no keychain that may hold the key of the records. */
export const keychainGaps = ['UNAVAILABLE', 'BASIC_TEXT', 'UNKNOWN_BACKEND'] as const
export type KeychainGap = (typeof keychainGaps)[number]

/**
 * Whether the system's keychain may hold the key; null means that it may. On Linux `basic_text` only looks like one: it
 * encrypts with a password that is written in Chromium's source, and `unknown` cannot be told from it (trust design, 4.1).
 */
export function keychainGapOf({
  isAvailable,
  backend,
}: {
  readonly isAvailable: boolean
  readonly backend: string
}): KeychainGap | null {
  if (!isAvailable) return 'UNAVAILABLE'
  if (backend === 'basic_text') return 'BASIC_TEXT'
  return backend === 'unknown' ? 'UNKNOWN_BACKEND' : null
}
