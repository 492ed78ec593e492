import type { SetUpPage } from '../../app/set-up-progress.ts'
import type { WizardStep } from '../../parts/Wizard.tsx'

/** The five steps as people count them; the first one has up to three pages. */
const steps = [
  {
    key: 'clinic',
    title: 'Your clinic',
    sentence: 'Name, state, time zone, your own account, the recovery code',
    time: '4 min',
    pages: ['clinic', 'account', 'passphrase'],
  },
  {
    key: 'physician',
    title: 'The responsible physician',
    sentence: 'Name, licence, board certification',
    time: '2 min',
    pages: ['physician'],
  },
  {
    key: 'policy',
    title: 'Who may treat, how deep',
    sentence: 'Supervision and depth limits. Nothing is allowed until a physician approves it',
    time: '4 min',
    pages: ['policy'],
  },
  {
    key: 'team',
    title: 'Your team',
    sentence: 'A personal sign-in and PIN for each person',
    time: '2 min',
    pages: ['team'],
  },
  {
    key: 'backup',
    title: 'Backup',
    sentence: 'A first verified copy on another disk',
    time: '1 min',
    pages: ['copy'],
  },
] as const satisfies readonly (WizardStep & { pages: readonly SetUpPage[] })[]

export type StepKey = (typeof steps)[number]['key']

/** The steps with their states; `page` null is before the start. */
export function setUpSteps(page: SetUpPage | null, isDone: (key: StepKey) => boolean): readonly WizardStep[] {
  return steps.map(({ pages, ...step }) => {
    const isNow = page !== null && (pages as readonly SetUpPage[]).includes(page)
    return { ...step, state: isNow ? 'now' : isDone(step.key) ? 'done' : 'toCome' }
  })
}
