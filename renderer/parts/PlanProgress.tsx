import './PlanProgress.css'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { formatDate } from './format.ts'

export type PlannedSession = {
  readonly number: number
  readonly state: 'done' | 'running' | 'held' | 'toCome'
  /** Done on, or due on. */
  readonly on: CalendarDate | null
}

const words = { done: 'done', running: 'now', held: 'held', toCome: 'to come' } as const

/** The course of treatment: done solid, held striped, to come outlined, the date under each. */
export function PlanProgress({ sessions }: { readonly sessions: readonly PlannedSession[] }) {
  return (
    <ol className="plan-progress">
      {sessions.map((session) => (
        <li key={session.number} data-state={session.state}>
          <span className="plan-progress__bar" aria-hidden="true" />
          <span className="plan-progress__number">
            {session.number}
            {session.state === 'toCome' && session.on !== null && <small> due</small>}
          </span>
          <span className="visually-hidden">{words[session.state]}</span>
          {session.state === 'held' || session.state === 'running' ? (
            <span className="plan-progress__word" aria-hidden="true">
              {words[session.state]}
            </span>
          ) : (
            <span className="plan-progress__date">{session.on !== null && formatDate(session.on)}</span>
          )}
        </li>
      ))}
    </ol>
  )
}
