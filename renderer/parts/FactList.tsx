import './FactList.css'
import type { ReactNode } from 'react'

export type Fact = { readonly label: string; readonly value: ReactNode }

/** Label and value in two columns; what is unknown is written out by the caller, never left blank. */
export function FactList({
  facts,
  labelWidth = 104,
}: {
  readonly facts: readonly Fact[]
  readonly labelWidth?: number
}) {
  return (
    <dl className="fact-list" style={{ gridTemplateColumns: `${labelWidth}px minmax(0, 1fr)` }}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The same facts as cells side by side, label over value. */
export function FactRow({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="fact-row">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
