import type { ReactNode } from 'react'
import type { JudgedBooking } from '../../../shared/contract/booking.ts'
import { StateLine } from '../../parts/StateTag.tsx'
import { clockSentence, lacksOf, problemSentence } from './booking-words.ts'

/** What stands against a time and what the visit lacks. Nothing but a free time where nothing does. */
export function CheckResult({
  judged,
  action,
}: {
  readonly judged: JudgedBooking
  /** What a stopped treatment may become. */
  readonly action?: ReactNode
}) {
  const clock = clockSentence(judged)
  const lacks = lacksOf(judged)
  return (
    <div className="booking-check" aria-live="polite">
      {judged.problems.map((problem) => (
        <p key={problem.code}>
          <StateLine state={problem.mayAgree ? 'warning' : 'blocked'}>{problemSentence(problem)}</StateLine>
        </p>
      ))}
      {judged.problems.length === 0 && (
        <p>
          <StateLine state="done">This time is free.</StateLine>
        </p>
      )}
      {clock !== null && (
        <p>
          <StateLine state={judged.verdict === 'STOPPED' ? 'blocked' : 'warning'}>{clock}</StateLine>
        </p>
      )}
      {judged.verdict === 'STOPPED' && action}
      {lacks.length > 0 && <p className="text-12 text-2">As things stand: {lacks.join(', ')}.</p>}
    </div>
  )
}
