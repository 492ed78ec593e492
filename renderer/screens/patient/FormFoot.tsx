import type { ReactNode } from 'react'
import type { Instant } from '../../../shared/kernel/time.ts'
import { formatPlural, formatTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import type { FormProblems } from './form-problems.ts'

/** The line under a form that stays in sight: what is saved, what stands against it, and the one primary button. */
export function FormFoot({
  problems,
  refusal,
  mark,
  children,
}: {
  readonly problems: FormProblems
  readonly refusal: string | null
  readonly mark: ReactNode
  readonly children: ReactNode
}) {
  const count = Object.keys(problems).length
  return (
    <footer className="patient-foot">
      {mark}
      <RefusalText>
        {refusal ??
          (count > 0 ? `${formatPlural(count, 'field')} to put right. Nothing was saved in the chart yet.` : null)}
      </RefusalText>
      <div className="patient-foot__actions">{children}</div>
    </footer>
  )
}

export function DraftMark({
  savedAt,
  isUnsaved,
  failure,
  timeZone,
}: {
  readonly savedAt: Instant | null
  readonly isUnsaved: boolean
  readonly failure: string | null
  readonly timeZone: string
}) {
  if (failure !== null) return <RefusalText>{failure}</RefusalText>
  if (isUnsaved) return <StateTag state="draft">Draft, not saved yet</StateTag>
  if (savedAt === null) return null
  return <StateTag state="draft">{`Draft, saved ${formatTime(savedAt, timeZone)}`}</StateTag>
}
