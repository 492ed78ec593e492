/** The dial of a device moves in steps of 0.05 mm (clinical reference, section 4). */
export const depthStepUm = 50

/**
 * Micrometres that a typed depth in mm means: `0.75`, `.75`, `0,75`, `0.75 mm`. Null where the text is no depth.
 * A value between the steps is kept: it may be what the dial showed.
 */
export function readDepthText(text: string): number | null {
  const match = /^(\d{0,2})(?:[.,](\d{1,3}))?\s*(?:mm)?$/.exec(text.trim())
  if (!match || ((match[1] ?? '') === '' && match[2] === undefined)) return null
  return Number(match[1] || '0') * 1000 + Number((match[2] ?? '').padEnd(3, '0'))
}

/** The next step up or down, from a value that may lie between two steps. Never under zero. */
export function stepDepth(depthUm: number | null, steps: number): number {
  const from = depthUm ?? 0
  const onStep = steps > 0 ? Math.floor(from / depthStepUm) : Math.ceil(from / depthStepUm)
  return Math.max(0, (onStep + steps) * depthStepUm)
}

/** Shade of the one ramp of the accent, 0 (not treated) to 6 (over 1.50 mm). */
export function depthShade(depthUm: number | null): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  if (depthUm === null || depthUm <= 0) return 0
  if (depthUm <= 250) return 1
  if (depthUm <= 500) return 2
  if (depthUm <= 750) return 3
  if (depthUm <= 1000) return 4
  if (depthUm <= 1500) return 5
  return 6
}

export const depthLegend = [
  { shade: 1, words: 'to 0.25' },
  { shade: 2, words: '0.30–0.50' },
  { shade: 3, words: '0.55–0.75' },
  { shade: 4, words: '0.80–1.00' },
  { shade: 5, words: '1.05–1.50' },
  { shade: 6, words: 'over 1.50' },
] as const
