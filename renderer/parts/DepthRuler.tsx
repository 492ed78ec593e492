import './DepthRuler.css'
import { placeLimits, type RulerLimit } from './depth-ruler-layout.ts'
import { formatMm } from './format.ts'

export type DepthRulerProps = {
  readonly depthUm: number | null
  /** Every limit that applies, each with the words of its source: `treatment order`, `consent`, `policy, on site`. */
  readonly limits: readonly RulerLimit[]
  /** The zone's usual range, drawn as a grey band. */
  readonly usual: { readonly fromUm: number; readonly toUm: number } | null
  /** Right end: the device's maximum, or the clinic's ceiling. */
  readonly maxUm: number
}

const left = 14
const width = 360
const rowHeight = 13.5
const axisY = 22

/** All limits of a zone on one scale. The lowest is the longest line and bold: it is the one that counts. */
export function DepthRuler({ depthUm, limits, usual, maxUm }: DepthRulerProps) {
  const xOf = (um: number) => left + (Math.min(um, maxUm) / maxUm) * width
  const placed = placeLimits({ limits, xOf, rightEdge: left + width + 22 })
  const rowCount = Math.max(1, ...placed.map((limit) => limit.row + 1))
  const height = axisY + 12 + rowCount * rowHeight
  const lowestUm = placed[0]?.depthUm ?? maxUm
  const isOver = depthUm !== null && depthUm > lowestUm
  const ticks = Array.from({ length: Math.floor(maxUm / 100) + 1 }, (_, index) => index * 100)
  return (
    <figure className="depth-ruler">
      <svg viewBox={`0 0 ${left + width + 26} ${height}`} role="img" aria-label={sentence(depthUm, placed, usual)}>
        {usual !== null && (
          <rect
            className="depth-ruler__usual"
            x={xOf(usual.fromUm)}
            y={axisY - 7}
            width={xOf(usual.toUm) - xOf(usual.fromUm)}
            height={7}
          />
        )}
        <line className="depth-ruler__axis" x1={left} x2={left + width} y1={axisY} y2={axisY} />
        {ticks.map((um) => (
          <line
            key={um}
            className="depth-ruler__axis"
            x1={xOf(um)}
            x2={xOf(um)}
            y1={axisY - (um % 500 === 0 ? 6 : 3)}
            y2={axisY}
          />
        ))}
        {ticks
          .filter((um) => um % 500 === 0)
          .map((um) => (
            <text key={um} className="depth-ruler__number" x={xOf(um)} y={10} textAnchor="middle">
              {formatMm(um)}
            </text>
          ))}
        {placed.map((limit) => (
          <g key={limit.depthUm} data-lowest={limit.isLowest}>
            <line
              className="depth-ruler__limit"
              x1={limit.x}
              x2={limit.x}
              y1={axisY}
              y2={axisY + 10 + limit.row * rowHeight}
            />
            <text
              className="depth-ruler__label"
              x={limit.labelX}
              y={axisY + 20 + limit.row * rowHeight}
              textAnchor={limit.anchor}
            >
              {limit.text}
            </text>
          </g>
        ))}
        {depthUm !== null && (
          <>
            <line
              className="depth-ruler__depth"
              x1={left}
              x2={xOf(Math.min(depthUm, lowestUm))}
              y1={axisY}
              y2={axisY}
            />
            {isOver && (
              <line className="depth-ruler__over" x1={xOf(lowestUm)} x2={xOf(depthUm)} y1={axisY} y2={axisY} />
            )}
            <path
              className={isOver ? 'depth-ruler__mark depth-ruler__mark--over' : 'depth-ruler__mark'}
              d={`M${xOf(depthUm)} ${axisY + 3}l5 8h-10z`}
            />
          </>
        )}
      </svg>
      {usual !== null && (
        <figcaption>
          grey band: usual {formatMm(usual.fromUm)}–{formatMm(usual.toUm)}
        </figcaption>
      )}
    </figure>
  )
}

function sentence(
  depthUm: number | null,
  placed: ReturnType<typeof placeLimits>,
  usual: DepthRulerProps['usual'],
): string {
  const set = depthUm === null ? 'No depth set' : `Depth setting ${formatMm(depthUm)} mm`
  const limits = placed.map((limit) => `${limit.text}${limit.isLowest ? ', the limit that counts' : ''}`)
  const usualText = usual === null ? [] : [`usual ${formatMm(usual.fromUm)} to ${formatMm(usual.toUm)} mm`]
  return [set, ...limits, ...usualText].join('; ')
}
