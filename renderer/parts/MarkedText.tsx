import './MarkedText.css'

/** Half-open range of letters, `[from, to)`. */
export type TextMark = readonly [from: number, to: number]

/** Matched letters are underlined, not only tinted. */
export function MarkedText({ text, marks }: { readonly text: string; readonly marks: readonly TextMark[] }) {
  const pieces: { readonly from: number; readonly text: string; readonly isMarked: boolean }[] = []
  let at = 0
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (from > at) pieces.push({ from: at, text: text.slice(at, from), isMarked: false })
    if (to > Math.max(from, at))
      pieces.push({ from: Math.max(from, at), text: text.slice(Math.max(from, at), to), isMarked: true })
    at = Math.max(at, to)
  }
  if (at < text.length) pieces.push({ from: at, text: text.slice(at), isMarked: false })
  return (
    <>
      {pieces.map((piece) =>
        piece.isMarked ? (
          <mark key={piece.from} className="marked-text">
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </>
  )
}
