import type { RefusalText } from './refusal-text.ts'

export const signInTexts: Readonly<Record<string, RefusalText>> = {
  SIGN_IN_WRONG: ({ left }) => {
    if (typeof left !== 'number') return 'Name and password or code do not match. Check both and try again.'
    return `That was not the PIN. ${left === 1 ? 'One try is' : `${left} tries are`} left before it is switched off.`
  },
  SIGN_IN_LOCKED: () =>
    'Too many wrong tries. Wait a few minutes, or ask the practice manager for a new one-time code.',
  SIGN_IN_EXPIRED: () => 'This sign-in is over. Sign in with your name and password.',
  PIN_OFF: () => 'The PIN is switched off after five wrong tries. Use your password; that switches it on again.',
  PIN_NOT_SET: () => 'No PIN is set for you yet. Use your password.',
  SIGNING_KEY_DAMAGED: () =>
    'Your signing key cannot be opened, so nothing was signed. Ask the practice manager for a new one-time code; old signatures stay valid.',
  PASSWORD_NEEDED: () =>
    'The first signature after signing in or unlocking needs your password; later ones take the PIN.',
  REAUTH_WRONG: ({ left }) =>
    `That was not right, so nothing was signed.${typeof left === 'number' ? ` ${left} tries are left.` : ''}`,
  REAUTH_LOCKED: () => 'Too many wrong tries, so nothing was signed. Wait a few minutes and try again.',
  PASSWORD_TOO_COMMON: () =>
    'This password is easy to guess. Use at least 15 characters that do not repeat your name; several plain words work well.',
  PIN_TOO_SIMPLE: () => 'This PIN is too simple. Use six digits that are not all the same and not a run.',
}
