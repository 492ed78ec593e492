import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  checkPatientScores,
  type OutcomeScore,
  type ReportedHow,
  reportedHows,
} from '../../../shared/domain/outcome.ts'
import { outcomeScales, patientScaleCodes } from '../../../shared/domain/outcome-scales.ts'
import type { PatientId, SeriesId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { useCommand } from '../../client/use-command.ts'
import { DateField } from '../../parts/DateField.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { howWords, levelText, type OpenOutcome, scoreIn } from './outcome-words.ts'
import { ScoreField } from './ScoreField.tsx'

type PatientSaysProps = {
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly open: OpenOutcome
  readonly clinic: Clinic
  readonly mayWrite: boolean
}

/** The patient's own scores, apart from the clinician's. */
export function PatientSays(props: PatientSaysProps) {
  const { open, mayWrite } = props
  const [isWriting, setWriting] = useState(false)
  const [newest] = open.patientScores
  const mayBegin = mayWrite && !isWriting && open.course.performedOn.length > 0
  return (
    <SectionCard
      title="Reported by the patient"
      aside={mayBegin && <Button onClick={() => setWriting(true)}>Write down</Button>}
    >
      {isWriting ? (
        <PatientScoreForm {...props} onClose={() => setWriting(false)} />
      ) : newest ? (
        <>
          <FactList
            labelWidth={150}
            facts={newest.scores.map((score) => ({
              label: score.scale === 'GAIS' ? 'GAIS, patient' : outcomeScales[score.scale].name,
              value: levelText(score),
            }))}
          />
          <p className="text-12 text-2 outcome-said">
            {howWords[newest.how]} on {formatDate(newest.reportedOn)}, written down by {newest.enteredBy}
          </p>
        </>
      ) : (
        <p className="text-2">Nothing is written down yet.</p>
      )}
    </SectionCard>
  )
}

function PatientScoreForm({
  patientId,
  seriesId,
  clinic,
  onClose,
}: PatientSaysProps & { readonly onClose: () => void }) {
  const take = useCommand('outcome.takePatientScore')
  const [scores, setScores] = useState<readonly OutcomeScore[]>([])
  const [how, setHow] = useState<ReportedHow>('IN_PERSON')
  const [reportedOn, setReportedOn] = useState<CalendarDate | null>(clinic.today)
  const isComplete = reportedOn !== null && checkPatientScores(scores) === null

  async function save() {
    if (reportedOn === null || !isComplete || take.isRunning) return
    const given = patientScaleCodes.flatMap((scale) => scoreIn(scores, scale) ?? [])
    const reply = await take.run({
      patientId,
      seriesId,
      reportedOn,
      how,
      scores: given.map(({ parts, ...score }) => ({ ...score, parts: [...parts] })),
    })
    if (reply.ok) onClose()
  }

  return (
    <form
      className="outcome-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {patientScaleCodes.map((scale) => (
        <ScoreField
          key={scale}
          scale={scale}
          isOptional
          value={scoreIn(scores, scale)}
          onChange={(score) => setScores([...scores.filter((one) => one.scale !== scale), ...(score ? [score] : [])])}
        />
      ))}
      <SegmentedChoice
        label="How it was said"
        segments={reportedHows.map((value) => ({ value, label: howWords[value] }))}
        value={how}
        onChange={setHow}
      />
      <DateField
        label="On"
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={reportedOn}
        onChange={setReportedOn}
        isRequired
      />
      <RefusalText>{take.refusal ? sentenceFor(take.refusal) : null}</RefusalText>
      <div className="outcome-form__foot">
        <Button onClick={onClose}>Not now</Button>
        <Button variant="filled" type="submit" disabled={!isComplete || take.isRunning}>
          Save what the patient said
        </Button>
      </div>
    </form>
  )
}
