import './PageHeader.css'
import type { ReactNode } from 'react'

export type PageHeaderProps = {
  readonly title: string
  /** One grey line: `30 patients · 5 done`. */
  readonly summary?: ReactNode
  readonly counters?: ReactNode
  /** The one primary button of the screen. */
  readonly action?: ReactNode
}

export function PageHeader({ title, summary, counters, action }: PageHeaderProps) {
  return (
    <div className="page-header">
      <h1 className="title-20">{title}</h1>
      {summary !== undefined && <p className="page-header__summary">{summary}</p>}
      <div className="page-header__end">
        {counters !== undefined && <ul className="page-header__counters">{counters}</ul>}
        {action}
      </div>
    </div>
  )
}

export type CounterProps = {
  readonly count: number
  /** Two short lines beside the figure. */
  readonly lines: readonly [string, string]
  /** Coloured only while there is something to act on. */
  readonly tone?: 'plain' | 'red' | 'amber'
}

export function Counter({ count, lines, tone = 'plain' }: CounterProps) {
  return (
    <li className="counter" data-tone={count === 0 ? 'plain' : tone}>
      <span className="counter__figure">{count}</span>
      <span className="counter__lines">
        {lines[0]} <br />
        {lines[1]}
      </span>
    </li>
  )
}
