import './StateTag.css'
import type { ReactNode } from 'react'
import { type GlyphState, StateGlyph, stateLooks, type Tone } from './StateGlyph.tsx'

export type StateTagProps = {
  readonly state: GlyphState
  /** The words, e.g. `1 deviation`, `Draft, saved 10:42`. Without them the state's own words stand. */
  readonly children?: ReactNode
  /** Only where the same shape means something weaker here. */
  readonly tone?: Tone
}

/** A small box with a shape and words. One per place: tags are not stacked. */
export function StateTag({ state, children, tone }: StateTagProps) {
  const look = stateLooks[state]
  return (
    <span className="state-tag" data-tone={tone ?? look.tone}>
      <StateGlyph state={state} size={13} label={null} />
      <span>{children ?? sentenceCase(look.words)}</span>
    </span>
  )
}

/** The same shape and words without a box, for lines of text and table cells. */
export function StateLine({ state, children, tone }: StateTagProps) {
  const look = stateLooks[state]
  return (
    <span className="state-line" data-tone={tone ?? look.tone}>
      <StateGlyph state={state} size={14} label={null} />
      <span>{children ?? sentenceCase(look.words)}</span>
    </span>
  )
}

function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
