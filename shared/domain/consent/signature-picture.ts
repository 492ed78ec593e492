import type { SignatureMark } from './consent.ts'

type Strokes = Extract<SignatureMark, { readonly kind: 'STROKES' }>['strokes']

/** Where the strokes lie and how a pen draws them; `x` and `y` of the points are hundredths of a CSS pixel. */
export function signatureDrawing(strokes: Strokes): {
  readonly viewBox: string
  readonly widthPx: number
  readonly heightPx: number
  readonly paths: readonly string[]
} {
  const points = strokes.flat()
  const margin = 400
  const left = Math.min(...points.map(({ x }) => x)) - margin
  const top = Math.min(...points.map(({ y }) => y)) - margin
  const width = Math.max(...points.map(({ x }) => x)) + margin - left
  const height = Math.max(...points.map(({ y }) => y)) + margin - top
  return {
    viewBox: `0 0 ${px(width)} ${px(height)}`,
    widthPx: px(width),
    heightPx: px(height),
    // A touch that did not move is a line of no length, which a round pen draws as a dot.
    paths: strokes.map((stroke) =>
      (stroke.length === 1 ? [...stroke, ...stroke] : stroke)
        .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${px(x - left)} ${px(y - top)}`)
        .join(''),
    ),
  }
}

/** The mark as a picture for print: dark on nothing, made from the very points that are in the signed record. */
export function signatureSvg(strokes: Strokes): string {
  const { viewBox, widthPx, heightPx, paths } = signatureDrawing(strokes)
  const lines = paths.map((path) => `<path d="${path}"/>`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="${viewBox}"><g fill="none" stroke="#1f3380" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${lines}</g></svg>`
}

function px(hundredths: number): number {
  return Math.round(hundredths) / 100
}
