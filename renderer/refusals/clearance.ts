import { type ClearanceProblem, clearanceProblems } from '../../shared/domain/clearance.ts'
import type { RefusalText } from './refusal-text.ts'

/** What keeps a clearance from being signed; shown while it is written and again if it is refused. */
export const clearanceProblemTexts: Readonly<Record<ClearanceProblem, string>> = {
  NO_FINDING: 'Choose at least one finding.',
  FINDING_NOT_CLEARABLE: 'One of the findings cannot be lifted by anybody; take it out.',
  REASON_MISSING: 'Write the reason.',
  EXPIRED_AT_SIGNING: 'The last day lies in the past.',
  PROPHYLAXIS_DECISION_MISSING: 'Decide about a medicine against cold sores.',
  PROPHYLAXIS_ZONES_MISSING: 'Name the zones that wait until the medicine is started.',
  ANAESTHETIC_PLAN_MISSING: 'Name the numbing plan.',
  OFF_LABEL_NOTE_MISSING: 'Write what the patient is told about use against the labelling.',
  NO_ZONE_LEFT: 'No zone is left to treat: mark one that is allowed and not excluded.',
}

export const clearanceTexts: Readonly<Record<string, RefusalText>> = {
  CLEARANCE_FINDING_CHANGED: () =>
    'The answers have changed since you opened them, so nothing was signed. Look at the findings again and decide anew.',
  CLEARANCE_HAS_PROBLEMS: ({ problems }) => {
    const known = clearanceProblems.filter((code) => Array.isArray(problems) && problems.includes(code))
    const texts = known.map((code) => clearanceProblemTexts[code])
    return ['Nothing was signed.', ...(texts.length > 0 ? texts : ['Look at the decision again.'])].join(' ')
  },
  CLEARANCE_LICENCE_NOT_VALID: () =>
    'Your licence is missing or expired in the clinic’s list, so nothing was signed. Ask the practice manager to renew it.',
}
