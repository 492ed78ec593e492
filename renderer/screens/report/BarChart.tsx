export type Bar = {
  readonly key: string
  readonly label: string
  readonly value: number
  /** Ends of the line across the bar: an interval, or from the value on to a higher one. */
  readonly low: number
  readonly high: number
  /** What stands behind the bar. */
  readonly text: string
}

type BarChartProps = {
  /** What the picture shows, for people who do not see it; the figures follow by themselves. */
  readonly label: string
  readonly bars: readonly Bar[]
  /** The value at the right edge; more than every `high`. */
  readonly max: number
}

const rowHeight = 26
const nameWidth = 270
const plotWidth = 410
const width = 860

/** Bars side by side with a line for each interval. The same figures stand in the table that belongs to it. */
export function BarChart({ label, bars, max }: BarChartProps) {
  const at = (value: number) => nameWidth + (max > 0 ? (value / max) * plotWidth : 0)
  const spoken = `${label}. ${bars.map((bar) => `${bar.label}: ${bar.text}`).join('; ')}.`
  return (
    <svg
      className="bar-chart"
      role="img"
      aria-label={spoken}
      viewBox={`0 0 ${width} ${bars.length * rowHeight + 6}`}
      preserveAspectRatio="xMinYMin meet"
    >
      <line className="bar-chart__axis" x1={nameWidth} x2={nameWidth} y1={0} y2={bars.length * rowHeight + 6} />
      {bars.map((bar, index) => {
        const middle = index * rowHeight + rowHeight / 2 + 3
        return (
          <g key={bar.key}>
            <text className="bar-chart__name" x={nameWidth - 10} y={middle + 4} textAnchor="end">
              {shortened(bar.label)}
            </text>
            <rect
              className="bar-chart__bar"
              x={nameWidth}
              y={middle - 7}
              width={Math.max(0, at(bar.value) - nameWidth)}
              height={14}
            />
            <path
              className="bar-chart__reach"
              d={`M${at(bar.low)} ${middle}H${at(bar.high)}M${at(bar.low)} ${middle - 4}v8M${at(bar.high)} ${middle - 4}v8`}
            />
            <text className="bar-chart__text" x={nameWidth + plotWidth + 14} y={middle + 4}>
              {bar.text}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

/** The table has the whole name. */
function shortened(label: string): string {
  return label.length <= 38 ? label : `${label.slice(0, 37)}…`
}
