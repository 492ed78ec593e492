import type { ConsentSection } from '../../../shared/domain/consent/template.ts'
import {
  compareSections,
  type SectionChange,
  type TextPiece,
} from '../../../shared/domain/consent/template-edit-diff.ts'

export type SectionDiffsProps = {
  readonly before: readonly ConsentSection[]
  readonly after: readonly ConsentSection[]
}

/** What two versions say differently, section by section, each changed word marked and said aloud. */
export function SectionDiffs({ before, after }: SectionDiffsProps) {
  const changes = compareSections(before, after)
  if (changes.length === 0) return <p className="text-2">Every section is the same.</p>
  return (
    <ul className="text-diffs">
      {changes.map((change) => (
        <li key={change.key}>
          <h3>
            <Pieces pieces={change.heading} />
          </h3>
          <p>
            <Pieces pieces={change.body} />
          </p>
          <InitialsLine change={change} />
        </li>
      ))}
    </ul>
  )
}

function Pieces({ pieces }: { readonly pieces: readonly TextPiece[] }) {
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

function InitialsLine({ change: { initialRequired, kind } }: { readonly change: SectionChange }) {
  if (kind !== 'CHANGED' || initialRequired.before === initialRequired.after) return null
  return (
    <p className="text-3">{initialRequired.after ? 'To be initialled from now on' : 'No longer to be initialled'}</p>
  )
}
