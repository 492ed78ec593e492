import { formatMm } from './format.ts'

export type RulerLimit = { readonly depthUm: number; readonly name: string }

export type PlacedLimit = {
  readonly depthUm: number
  /** `1.00 consent, soft max`: equal limits share one line. */
  readonly text: string
  readonly isLowest: boolean
  readonly x: number
  readonly row: number
  readonly labelX: number
  readonly anchor: 'start' | 'end'
}

/** Mean width of a letter of the 11 px label; the labels are short, so a mean is near enough to keep them apart. */
const letterWidth = 5.7

/**
 * Puts each limit's label on the highest row where it touches neither another label nor the line of a limit to its
 * right. Limits over the end of the ruler are left out by the caller. Sorted, lowest first.
 */
export function placeLimits(options: {
  readonly limits: readonly RulerLimit[]
  readonly xOf: (depthUm: number) => number
  readonly rightEdge: number
}): readonly PlacedLimit[] {
  const { limits, xOf, rightEdge } = options
  const depths = [...new Set(limits.map((limit) => limit.depthUm))].sort((a, b) => a - b)
  const placed: PlacedLimit[] = []
  for (const depthUm of depths.toReversed()) {
    const isLowest = depthUm === depths[0]
    const names = limits.filter((limit) => limit.depthUm === depthUm).map((limit) => limit.name)
    const text = `${formatMm(depthUm)} ${names.join(', ')}`
    const x = xOf(depthUm)
    const textWidth = text.length * letterWidth * (isLowest ? 1.06 : 1)
    const isFitting = x - 2 + textWidth <= rightEdge
    const from = isFitting ? x - 2 : Math.max(0, rightEdge - textWidth)
    const to = isFitting ? x - 2 + textWidth : rightEdge
    let row = 0
    while (placed.some((other) => touches({ from, to, row }, other))) row += 1
    if (isLowest) row = Math.max(row, ...placed.map((other) => other.row + 1))
    placed.push({
      depthUm,
      text,
      isLowest,
      x,
      row,
      labelX: isFitting ? x - 2 : rightEdge,
      anchor: isFitting ? 'start' : 'end',
    })
  }
  return placed.reverse()
}

function touches(label: { from: number; to: number; row: number }, other: PlacedLimit): boolean {
  const otherWidth = other.text.length * letterWidth
  const otherFrom = other.anchor === 'start' ? other.labelX : other.labelX - otherWidth
  const sharesRow = label.row === other.row && label.from < otherFrom + otherWidth + 6 && otherFrom < label.to + 6
  const crossesLine = label.row <= other.row && label.from < other.x + 3 && other.x - 3 < label.to
  return sharesRow || crossesLine
}
