import { formatDate } from '../parts/format.ts'
import { factText, type RefusalText } from './refusal-text.ts'

export const staffPracticeTexts: Readonly<Record<string, RefusalText>> = {
  PERIOD_ENDS_BEFORE_IT_BEGINS: () => 'The last day lies before the first one. Nothing was saved; correct the days.',
  SUPERVISION_NOT_NEEDED: () =>
    'Only an aesthetician has a supervising physician. Nothing was saved; change the roles first.',
  SUPERVISION_NOT_QUALIFIED: () =>
    'Only another physician whose licence is valid on the first day can supervise. Nothing was saved; choose another person or enter the renewed licence.',
  SUPERVISION_OVERLAPS: ({ fromOn, untilOn }) =>
    `There is a supervisor ${typeof fromOn === 'string' ? `from ${formatDate(fromOn)}` : 'already'}${typeof untilOn === 'string' ? ` until ${formatDate(untilOn)}` : ''}, and nobody has two at once. Nothing was saved; end that one first.`,
  SUPERVISEES_FULL: ({ limit }) =>
    `The policy lets one physician supervise ${factText(limit)} at most. Nothing was saved; choose another physician, or a physician changes the policy.`,
  SUPERVISION_ENDED_BEFORE: ({ untilOn }) =>
    `This supervision ends on ${typeof untilOn === 'string' ? formatDate(untilOn) : 'an earlier day'} already. Nothing was changed; name a new one to go on.`,
  TRAINING_IN_THE_FUTURE: () =>
    'A training that is still to come is no certificate yet. Enter it once it is completed.',
  DELEGATION_IN_THE_PAST: () => 'Days that are over cannot be handed over. Begin today or later.',
  DEPUTY_NOT_QUALIFIED: () =>
    'Only another physician whose licence is valid to the last day can stand in. Nothing was saved; choose another person.',
  DELEGATION_OVERLAPS: () =>
    'Somebody stands in for you on some of these days already. Nothing was saved; end that time first or choose other days.',
  DEPUTY_AWAY: () => 'This physician is away on some of these days. Nothing was saved; choose another one.',
  STANDS_IN_FOR_ANOTHER: () =>
    'You stand in for another physician on some of these days. Nothing was saved; settle with them who does.',
}
