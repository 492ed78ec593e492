import './outcome.css'
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { RatingOccasion } from '../../../shared/domain/outcome.ts'
import type { PatientId, SeriesId } from '../../../shared/kernel/ids.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { PatientFrame, useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { usePatientParam } from '../../app/patient-banner/use-patient-param.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatPlural } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { indicationWords } from '../../parts/treatment-words.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { ComparedPhotos } from './ComparedPhotos.tsx'
import { CourseCard } from './CourseCard.tsx'
import type { OpenForm, OpenOutcome, Rating } from './outcome-words.ts'
import { PatientSays } from './PatientSays.tsx'
import { RatingForm } from './RatingForm.tsx'
import { RatingsCard } from './RatingsCard.tsx'
import { saveOutcomePdf } from './save-pdf.ts'

/** One course from its baseline to its outcome, side by side. */
export function OutcomeScreen() {
  const patientId = usePatientParam()
  const { seriesId } = useParams({ strict: false })
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  return (
    <PatientFrame patientId={patientId}>
      {/* The address was written by `pathTo`, or by a person whose text the contract refuses. */}
      <Outcome patientId={patientId} seriesId={(seriesId ?? '') as SeriesId} clinic={clinic} person={person} />
    </PatientFrame>
  )
}

type OutcomeProps = {
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly clinic: Clinic
  readonly person: Person
}

function Outcome(props: OutcomeProps) {
  const { patientId, seriesId } = props
  useSamePatient(patientId)
  const { value, refusal } = useQuery(
    'outcome.open',
    { patientId, seriesId },
    { dependsOn: ['series', 'session', 'photo', 'patient', 'policy', 'complication'] },
  )
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  return value ? <OpenedOutcome {...props} open={value} /> : <div aria-busy="true" />
}

function OpenedOutcome({ patientId, seriesId, clinic, person, open }: OutcomeProps & { readonly open: OpenOutcome }) {
  const [form, setForm] = useState<OpenForm | null>(null)
  const [printRefusal, setPrintRefusal] = useState<string | null>(null)
  const mayRate = mayDo(person, 'series.write')
  const { course, baselines, outcomes } = open
  const next: RatingOccasion = open.whyNoOutcome === null ? 'OUTCOME' : 'BASELINE'
  const isOpen = next === 'OUTCOME' ? open.whyNoOutcome === null : open.whyNoBaseline === null
  const begin = () => setForm({ occasion: next, corrects: null })
  useShortcuts([
    {
      keys: 'R',
      label: next === 'OUTCOME' ? 'Rate the outcome' : 'Rate the baseline',
      group: 'Outcome',
      run: begin,
      isEnabled: mayRate && isOpen && form === null,
    },
  ])
  const correct = (rating: Rating) => setForm({ occasion: rating.body.occasion, corrects: rating })
  // The baseline stays in sight while the outcome is rated; of an outcome that is corrected, the one it names.
  const outcome = form === null ? (outcomes[0] ?? null) : form.corrects
  const named = outcome?.body.review?.baseline?.outcomeId
  const baseline =
    baselines.find(({ outcomeId }) => outcomeId === named) ?? (outcome === null ? (baselines[0] ?? null) : null)

  return (
    <div className="outcome-screen">
      <PageHeader
        title="Outcome"
        summary={`${course.goals.map((goal) => indicationWords[goal]).join(', ')}, ${course.performedOn.length} of ${formatPlural(course.sessionsPlanned, 'session')} done`}
        action={
          <>
            <a href={hrefTo(pathTo.plan(patientId))}>Courses and orders</a>
            <a href={hrefTo(pathTo.photos(patientId))}>Photos</a>
            {baselines.length + outcomes.length > 0 && (
              <Button
                leftSection={<IconPrinter size={16} stroke={1.7} aria-hidden="true" />}
                onClick={() => void saveOutcomePdf(patientId, seriesId).then(setPrintRefusal)}
              >
                Print
              </Button>
            )}
            {mayRate && isOpen && form === null && (
              <Button variant={outcomes.length > 0 ? 'default' : 'filled'} onClick={begin}>
                {next === 'OUTCOME' ? (outcomes.length > 0 ? 'Rate again' : 'Rate the outcome') : 'Rate the baseline'}
              </Button>
            )}
          </>
        }
      />
      {printRefusal && <RefusalText>{printRefusal}</RefusalText>}
      <div className="outcome-screen__columns">
        <div className="outcome-screen__column">
          <ComparedPhotos
            patientId={patientId}
            photos={open.photos}
            baseline={form?.occasion === 'BASELINE' ? null : baseline}
            outcome={form === null ? outcome : null}
            isRating={form !== null}
          />
          <RatingsCard
            baseline={baseline ?? null}
            outcome={form?.occasion === 'OUTCOME' ? null : outcome?.body.occasion === 'OUTCOME' ? outcome : null}
            timeZone={clinic.timeZone}
            onCorrect={mayRate && form === null ? correct : null}
          />
        </div>
        <div className="outcome-screen__column">
          {form && (
            <RatingForm
              key={`${form.occasion} ${form.corrects?.outcomeId ?? ''}`}
              patientId={patientId}
              seriesId={seriesId}
              open={open}
              form={form}
              baseline={form.occasion === 'OUTCOME' ? (baseline ?? null) : null}
              person={person}
              onClose={() => setForm(null)}
            />
          )}
          <CourseCard open={open} />
          <PatientSays patientId={patientId} seriesId={seriesId} open={open} clinic={clinic} mayWrite={mayRate} />
        </div>
      </div>
    </div>
  )
}
