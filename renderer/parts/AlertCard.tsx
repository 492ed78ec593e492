import './AlertCard.css'
import type { ReactNode } from 'react'
import { type GlyphState, StateGlyph, stateLooks, type Tone } from './StateGlyph.tsx'

export type AlertCardProps = {
  readonly state: GlyphState
  readonly tone?: Extract<Tone, 'red' | 'amber' | 'green' | 'accent'>
  /** One line: what. */
  readonly title: string
  /** One line: what lifts it, or what follows from it. */
  readonly sentence: ReactNode
  /** At most one button. */
  readonly action?: ReactNode
}

export function AlertCard({ state, tone, title, sentence, action }: AlertCardProps) {
  return (
    <section className="alert-card" data-tone={tone ?? stateLooks[state].tone} aria-label={title}>
      <StateGlyph state={state} size={17} label={null} />
      <div className="alert-card__text">
        <h2>{title}</h2>
        <p>{sentence}</p>
      </div>
      {action}
    </section>
  )
}

/** Up to three side by side above the chart. */
export function AlertRow({ children }: { readonly children: ReactNode }) {
  return <div className="alert-row">{children}</div>
}
