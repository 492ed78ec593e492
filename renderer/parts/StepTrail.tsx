import './StepTrail.css'
import type { ReactNode } from 'react'
import { StateGlyph } from './StateGlyph.tsx'

export type TrailStep = {
  readonly name: string
  readonly state: 'done' | 'now' | 'toCome' | 'blocked'
  /** `10:18`, `zones 15 of 16`. */
  readonly detail?: string
}

export type StepTrailProps = {
  readonly label: string
  readonly steps: readonly TrailStep[]
  /** Facts at the right end. */
  readonly aside?: ReactNode
  /** The one primary button. */
  readonly action?: ReactNode
}

/** Screening, consent, start, log, submit: where this visit stands. */
export function StepTrail({ label, steps, aside, action }: StepTrailProps) {
  return (
    <div className="step-trail">
      <ol aria-label={label}>
        {steps.map((step) => (
          <li key={step.name} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
            {glyphOf(step)}
            <strong>{step.name}</strong>
            {step.detail !== undefined && <span>{step.detail}</span>}
          </li>
        ))}
      </ol>
      <div className="step-trail__end">
        {aside}
        {action}
      </div>
    </div>
  )
}

function glyphOf(step: TrailStep) {
  if (step.state === 'done') return <StateGlyph state="checked" label="done" />
  if (step.state === 'blocked') return <StateGlyph state="blocked" label="blocked" />
  if (step.state === 'now') return <span className="step-trail__now" aria-hidden="true" />
  return <StateGlyph state="toDo" label="to come" />
}
