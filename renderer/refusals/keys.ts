import type { RefusalText } from './refusal-text.ts'

export const keysTexts: Readonly<Record<string, RefusalText>> = {
  CODE_EXISTS: () => 'This clinic is set up and has its way to recover. Make a new code under Clinic, Recovery.',
  CODE_NOT_SHOWN: () =>
    'No code waits to be typed back at this window. Nothing was changed: the code before still holds; make a new one.',
  GROUPS_WRONG: () =>
    'These are not the two groups that were asked for. The code is not in force yet; read them from the paper again.',
  PASSPHRASE_TOO_COMMON: () => 'This passphrase is among the first that somebody would try. Choose another.',
  NO_PASSPHRASE: () => 'These records have no passphrase, so there is none to remove.',
  KEYCHAIN_NEEDED: () =>
    'The keychain of this computer does not keep the key, so without the passphrase the records would not open here. It stays.',
  CODE_NEEDED: () => 'Make the recovery code first: without it, no copy would open on another computer.',
}
