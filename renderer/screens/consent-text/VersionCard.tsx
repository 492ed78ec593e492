import { suggestBump, type TemplateDraft } from '../../../shared/domain/consent/template-edit.ts'
import { nextTemplateVersion, type TemplateBump } from '../../../shared/domain/consent/template-version.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { reasonSentence } from './fault-words.ts'
import type { DraftText, OpenedDraft } from './use-template-draft.ts'

export type VersionCardProps = {
  readonly draft: TemplateDraft
  readonly newest: OpenedDraft['newest']
  readonly clinic: Clinic
  readonly startProblem: 'STARTS_IN_THE_PAST' | 'STARTS_BEFORE_NEWEST' | null
  readonly onChange: (change: Partial<DraftText>) => void
}

/** Which number the text gets, what that means for the patients, and from which day it is used. */
export function VersionCard({ draft, newest, clinic, startProblem, onChange }: VersionCardProps) {
  return (
    <SectionCard title="Version">
      <div className="text-version">
        {newest ? (
          <BumpChoice draft={draft} newest={newest} onChange={(bump) => onChange({ bump })} />
        ) : (
          <p className="text-2">This text is new: it is published as version 1.0.</p>
        )}
        <DateField
          label="In force from"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={draft.effectiveFrom}
          error={startProblem && startSentence(startProblem, newest)}
          onChange={(effectiveFrom) => effectiveFrom !== null && onChange({ effectiveFrom })}
        />
      </div>
    </SectionCard>
  )
}

type BumpChoiceProps = {
  readonly draft: TemplateDraft
  readonly newest: NonNullable<OpenedDraft['newest']>
  readonly onChange: (bump: TemplateBump) => void
}

function BumpChoice({ draft, newest, onChange }: BumpChoiceProps) {
  const advice = suggestBump(newest.sections, draft.sections)
  const numbered = (bump: TemplateBump) => {
    const { major, minor } = nextTemplateVersion(newest, bump)
    return `${major}.${minor}`
  }
  return (
    <>
      <SegmentedChoice
        label="What changes for the patients"
        isFullWidth
        segments={[
          { value: 'MINOR', label: `Wording: ${numbered('MINOR')}` },
          { value: 'MAJOR', label: `Signed again: ${numbered('MAJOR')}` },
        ]}
        value={draft.bump}
        onChange={onChange}
      />
      {advice.bump === 'MAJOR' && (
        <StateLine state={draft.bump === 'MAJOR' ? 'done' : 'missing'}>
          {draft.bump === 'MAJOR' ? 'Everybody signs again' : 'Suggested: everybody signs again'}, because{' '}
          {advice.reasons.map(reasonSentence).join(', ')}.
        </StateLine>
      )}
      {advice.bump === 'MINOR' && (
        <p className="text-3">
          Only words differ from version {newest.major}.{newest.minor}. Choose “Signed again” where they change what a
          patient agrees to.
        </p>
      )}
    </>
  )
}

function startSentence(problem: NonNullable<VersionCardProps['startProblem']>, newest: OpenedDraft['newest']): string {
  if (problem === 'STARTS_IN_THE_PAST' || newest === null) return 'This day has gone by; set today or a later day'
  return `Version ${newest.major}.${newest.minor} starts on ${formatDate(newest.effectiveFrom)}; set that day or a later one`
}
