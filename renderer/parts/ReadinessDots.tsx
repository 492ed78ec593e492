import './ReadinessDots.css'
import { type GlyphState, StateGlyph, stateLooks } from './StateGlyph.tsx'

export const readinessParts = ['screening', 'consent', 'photos', 'order', 'licence', 'lot'] as const
export type ReadinessPart = (typeof readinessParts)[number]
export type ReadinessState = Extract<GlyphState, 'done' | 'toDo' | 'missing' | 'blocked' | 'later' | 'notNeeded'>
export type Readiness = Readonly<Record<ReadinessPart, ReadinessState>>

export const readinessLabels: Readonly<Record<ReadinessPart, string>> = {
  screening: 'Screening',
  consent: 'Consent',
  photos: 'Photos',
  order: 'Order',
  licence: 'Licence',
  lot: 'Lot',
}

/** One cell of a readiness column; the column's heading says which part it is. */
export function ReadinessDot({ part, state }: { readonly part: ReadinessPart; readonly state: ReadinessState }) {
  return (
    <span className="readiness-dot" title={`${readinessLabels[part]}: ${stateLooks[state].words}`}>
      <StateGlyph state={state} label={stateLooks[state].words} />
    </span>
  )
}

/** All six with their names, for a card or a banner. */
export function ReadinessDots({ readiness }: { readonly readiness: Readiness }) {
  return (
    <ul className="readiness-dots">
      {readinessParts.map((part) => (
        <li key={part}>
          <StateGlyph state={readiness[part]} label={null} />
          {readinessLabels[part]}
          <span className="visually-hidden">: {stateLooks[readiness[part]].words}</span>
        </li>
      ))}
    </ul>
  )
}

const legendStates: readonly GlyphState[] = [
  'done',
  'toDo',
  'missing',
  'blocked',
  'later',
  'notNeeded',
  'openComplication',
  'redFlag',
]

/** What the shapes mean, under the list of the day. */
export function ReadinessLegend() {
  return (
    <ul className="readiness-legend" aria-label="What the marks mean">
      {legendStates.map((state) => (
        <li key={state}>
          <StateGlyph state={state} size={13} label={null} />
          {stateLooks[state].words}
        </li>
      ))}
    </ul>
  )
}
