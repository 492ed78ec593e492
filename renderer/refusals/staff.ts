import type { RefusalText } from './refusal-text.ts'

export const staffTexts: Readonly<Record<string, RefusalText>> = {
  SIGN_IN_NAME_TAKEN: () => 'Somebody signs in with this name already. Nobody was added; choose another one.',
  LICENCE_REQUIRED: () => 'Who treats or signs does so under a licence. Enter its number, state and last day.',
  OWN_MANAGER_GRANT: () =>
    'Nobody takes the manager role from themselves or closes their own account. Ask another manager.',
  LAST_MANAGER: () =>
    'This is the last manager, and without one nobody could let people in. Name another manager first.',
}
