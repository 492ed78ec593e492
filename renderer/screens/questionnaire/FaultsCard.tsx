import { placeKey } from '../../../shared/domain/screening/questionnaire-edit.ts'
import type { QuestionnaireFault, WordsPlace } from '../../../shared/domain/screening/questionnaire-lint.ts'
import { formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { faultSentence, placeWords } from './questionnaire-words.ts'

export type FaultsCardProps = {
  readonly faults: readonly QuestionnaireFault[]
  readonly onGoTo: (place: WordsPlace) => void
}

/** What keeps the text from being published; each line leads to the words that are to be put right. */
export function FaultsCard({ faults, onGoTo }: FaultsCardProps) {
  if (faults.length === 0)
    return (
      <SectionCard title="What every question needs">
        <StateLine state="done">Everything is there and can be read at a glance</StateLine>
      </SectionCard>
    )
  return (
    <SectionCard title="What every question needs" note={`${formatPlural(faults.length, 'thing')} to put right`}>
      <ul className="text-faults">
        {faults.map((fault) => (
          <li key={`${fault.code} ${placeKey(fault.place)}`}>
            <StateLine state="overLimit">
              <button type="button" className="text-faults__link" onClick={() => onGoTo(fault.place)}>
                {placeWords(fault.place)}
              </button>
              . {faultSentence(fault)}
            </StateLine>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
