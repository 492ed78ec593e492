import { Button } from '@mantine/core'
import { useState } from 'react'
import { type SkinType, skinTypes } from '../../../shared/domain/patient.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** Fitzpatrick skin type: recorded by a clinician with its day, never inferred. */
export function SkinTypeCard({ clinic, chart }: { readonly clinic: Clinic; readonly chart: Output<'patient.open'> }) {
  const { fst } = chart.facts
  const record = useCommand('patient.setSkinType')
  const [type, setType] = useState<SkinType | null>(null)
  const [recordedOn, setRecordedOn] = useState<CalendarDate | null>(clinic.today)

  async function save() {
    if (type === null || recordedOn === null || record.isRunning) return
    const reply = await record.run({ patientId: chart.patientId, version: chart.version, type, recordedOn })
    if (reply.ok) setType(null)
  }

  return (
    <SectionCard
      title="Skin type"
      note={fst === null ? 'Not recorded' : `${fst.type}, recorded ${formatDate(fst.recordedOn)}`}
    >
      <div className="patient-side">
        <SegmentedChoice
          label="Fitzpatrick type"
          segments={skinTypes.map((value) => ({ value, label: value }))}
          value={type}
          onChange={setType}
        />
        {type !== null && (
          <>
            <DateField
              label="Recorded on"
              kind="any"
              order={clinic.dateOrder}
              today={clinic.today}
              value={recordedOn}
              onChange={setRecordedOn}
            />
            <RefusalText>{record.refusal ? sentenceFor(record.refusal) : null}</RefusalText>
            <div>
              <Button size="xs" disabled={recordedOn === null || record.isRunning} onClick={() => void save()}>
                Record type {type}
              </Button>
            </div>
          </>
        )}
      </div>
    </SectionCard>
  )
}
