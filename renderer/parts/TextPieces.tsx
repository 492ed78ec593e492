export type TextPiecesProps = {
  readonly pieces: readonly { readonly kind: 'SAME' | 'REMOVED' | 'ADDED'; readonly text: string }[]
}

/** Two versions of a text in one line, each changed word marked and said aloud. */
export function TextPieces({ pieces }: TextPiecesProps) {
  let position = 0
  return pieces.map((piece) => {
    position += piece.text.length
    if (piece.kind === 'SAME') return <span key={position}>{piece.text}</span>
    const isAdded = piece.kind === 'ADDED'
    const Mark = isAdded ? 'ins' : 'del'
    return (
      <Mark key={position}>
        <span className="visually-hidden">{isAdded ? 'added: ' : 'taken out: '}</span>
        {piece.text}
      </Mark>
    )
  })
}
