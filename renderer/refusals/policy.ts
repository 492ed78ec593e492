import type { RefusalText } from './refusal-text.ts'

export const policyTexts: Readonly<Record<string, RefusalText>> = {
  POLICY_DRAFT_EXISTS: () =>
    'A policy is being drafted already, and there is one draft at a time. Open that draft and go on with it.',
  NOT_A_POLICY_DRAFT: () =>
    'This policy is no longer a draft: somebody approved or discarded it meanwhile. Nothing was changed; open the list again.',
  POLICY_STARTS_IN_THE_PAST: () =>
    'The first day of this policy has gone by, and no policy starts in the past. Nothing was signed; set today or a later day.',
  POLICY_HAS_PROBLEMS: ({ problems }) =>
    `Nothing was signed: ${Array.isArray(problems) && problems.length > 1 ? `${problems.length} values contradict each other` : 'one value contradicts another'}. The fields are marked below.`,
  OWN_LICENCE_NOT_VALID: () =>
    'Your licence is not on record or has expired, so nothing was signed. The practice manager can enter the new expiry under Staff.',
}
