import type { ConsentSection } from '../../../shared/domain/consent/template.ts'
import { compareSections, type SectionChange } from '../../../shared/domain/consent/template-edit-diff.ts'
import { TextPieces } from '../../parts/TextPieces.tsx'

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
            <TextPieces pieces={change.heading} />
          </h3>
          <p>
            <TextPieces pieces={change.body} />
          </p>
          <InitialsLine change={change} />
        </li>
      ))}
    </ul>
  )
}

function InitialsLine({ change: { initialRequired, kind } }: { readonly change: SectionChange }) {
  if (kind !== 'CHANGED' || initialRequired.before === initialRequired.after) return null
  return (
    <p className="text-3">{initialRequired.after ? 'To be initialled from now on' : 'No longer to be initialled'}</p>
  )
}
