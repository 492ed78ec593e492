import type { KeychainGap } from '../../shared/domain/keychain.ts'

/** Why a passphrase is needed on this computer. */
export const keychainGapTexts: Readonly<Record<KeychainGap, string>> = {
  UNAVAILABLE:
    'This computer has no keychain that Countersign can use, so it cannot keep the key of the records for you.',
  BASIC_TEXT:
    'The keychain of this computer only looks like one: it locks with a password that everybody can look up. The key of the records is not given to it.',
  UNKNOWN_BACKEND: 'It cannot be told which keychain this computer uses, so the key of the records is not given to it.',
}
