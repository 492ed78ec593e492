import { compareQuestionnaires, placeKey } from '../../../shared/domain/screening/questionnaire-edit.ts'
import type { QuestionnaireWords } from '../../../shared/domain/screening/questionnaire-text.ts'
import { TextPieces } from '../../parts/TextPieces.tsx'
import { placeWords } from './questionnaire-words.ts'

export type WordsDiffsProps = { readonly before: QuestionnaireWords; readonly after: QuestionnaireWords }

/** What two versions say differently, in the order in which the patient reads it. */
export function WordsDiffs({ before, after }: WordsDiffsProps) {
  const changes = compareQuestionnaires(before, after)
  if (changes.length === 0) return <p className="text-2">Every question is the same.</p>
  return (
    <ul className="text-diffs">
      {changes.map(({ place, pieces }) => (
        <li key={placeKey(place)}>
          <h3>{placeWords(place)}</h3>
          <p>
            <TextPieces pieces={pieces} />
          </p>
        </li>
      ))}
    </ul>
  )
}
