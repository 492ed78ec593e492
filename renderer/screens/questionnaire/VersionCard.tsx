import { nextTemplateVersion, type TemplateBump } from '../../../shared/domain/consent/template-version.ts'
import {
  compareQuestionnaires,
  type QuestionnaireDraftProblem,
  suggestQuestionnaireBump,
} from '../../../shared/domain/screening/questionnaire-edit.ts'
import { questionnaireVersionName } from '../../../shared/domain/screening/questionnaire-text.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { placeWords } from './questionnaire-words.ts'
import type { DraftText, OpenedDraft } from './use-questionnaire-draft.ts'

export type VersionCardProps = {
  readonly text: DraftText
  readonly newest: OpenedDraft['newest']
  readonly clinic: Clinic
  readonly problems: readonly QuestionnaireDraftProblem[]
  readonly onChange: (change: Partial<Pick<DraftText, 'bump' | 'effectiveFrom'>>) => void
}

/** Which number the text gets, what that means for the patients, and from which day it is asked. */
export function VersionCard({ text, newest, clinic, problems, onChange }: VersionCardProps) {
  const advice = suggestQuestionnaireBump(compareQuestionnaires(newest.words, text))
  const numbered = (bump: TemplateBump) => questionnaireVersionName(nextTemplateVersion(newest, bump))
  return (
    <SectionCard title="Version">
      <div className="text-version">
        <SegmentedChoice
          label="What changes for the patients"
          isFullWidth
          segments={[
            { value: 'MINOR', label: `Wording: ${numbered('MINOR')}` },
            { value: 'MAJOR', label: `Answered again: ${numbered('MAJOR')}` },
          ]}
          value={text.bump}
          onChange={(bump) => onChange({ bump })}
        />
        {advice.bump === 'MAJOR' ? (
          <StateLine state={text.bump === 'MAJOR' ? 'done' : 'missing'}>
            {text.bump === 'MAJOR' ? 'Everybody answers again' : 'Suggested: everybody answers again'}, because most
            words are new. {advice.because.map(placeWords).join('; ')}.
          </StateLine>
        ) : (
          <p className="text-3">Choose “Answered again” where a question no longer asks the same thing.</p>
        )}
        {problems.includes('UNCHANGED') && (
          <p className="text-3">Nothing differs from version {questionnaireVersionName(newest)} yet.</p>
        )}
        <DateField
          label="In force from"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={text.effectiveFrom}
          error={startSentence(problems, newest)}
          onChange={(effectiveFrom) => effectiveFrom !== null && onChange({ effectiveFrom })}
        />
      </div>
    </SectionCard>
  )
}

function startSentence(problems: readonly QuestionnaireDraftProblem[], newest: OpenedDraft['newest']): string | null {
  if (problems.includes('STARTS_IN_THE_PAST')) return 'This day has gone by; set today or a later day'
  if (!problems.includes('STARTS_BEFORE_NEWEST')) return null
  const name = questionnaireVersionName(newest)
  return `Version ${name} starts on ${formatDate(newest.effectiveFrom)}; set that day or a later one`
}
