import './DepthSwatch.css'
import { depthLegend, depthShade } from './depth-text.ts'
import { formatMm } from './format.ts'

/** A square of the ramp beside its printed figure; the figure carries the meaning. */
export function DepthSwatch({ depthUm, isOver = false }: { readonly depthUm: number; readonly isOver?: boolean }) {
  return (
    <span className="depth-swatch" data-over={isOver}>
      <span className="depth-swatch__square" data-shade={depthShade(depthUm)} aria-hidden="true" />
      <span className="figures">{formatMm(depthUm)}</span>
    </span>
  )
}

/** The ramp with its bounds, under a map. */
export function DepthLegend({ showsLast = false }: { readonly showsLast?: boolean }) {
  return (
    <div className="depth-legend">
      <ul>
        {depthLegend.map((step) => (
          <li key={step.shade}>
            <span data-shade={step.shade} aria-hidden="true" />
            {step.words}
          </li>
        ))}
      </ul>
      <ul className="depth-legend__states">
        <li>
          <span className="depth-legend__untreated" aria-hidden="true" />
          not treated
        </li>
        <li>
          <span className="depth-legend__hatched" aria-hidden="true" />
          not to be treated: eyelids, lip red
        </li>
        <li>
          <span className="depth-legend__selected" aria-hidden="true" />
          selected
        </li>
        {showsLast && (
          <li>
            <span className="depth-legend__ghost" aria-hidden="true" />
            last session
          </li>
        )}
      </ul>
    </div>
  )
}
