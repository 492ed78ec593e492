import type { PatientModeFrameProps } from '../../parts/PatientModeFrame.tsx'
import type { Answers } from './use-answers.ts'

/** What every page of the form has round it. */
export type Frame = Pick<
  PatientModeFrameProps,
  'name' | 'bornOn' | 'page' | 'pageCount' | 'language' | 'languages' | 'onLanguageChange' | 'onBack' | 'onQuestion'
>
export type Change = (update: (before: Answers) => Answers) => void

/** Empty while that section is not initialled. */
export function initialsOf({ initials }: Answers, key: string): string {
  return initials.find(({ section }) => section === key)?.initials ?? ''
}
