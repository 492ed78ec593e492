import { Button, Modal, NumberInput } from '@mantine/core'
import { useState } from 'react'
import type { SeriesSummary } from '../../../shared/contract/series.ts'
import { maintenanceMonthBounds } from '../../../shared/domain/series.ts'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type MaintenanceDialogProps = {
  readonly series: SeriesSummary
  /** What the clinic starts from. */
  readonly usualMonths: number
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The physician takes a finished course over to maintenance, or sets its interval anew. */
export function MaintenanceDialog(props: MaintenanceDialogProps) {
  const isRunning = props.series.body.status === 'MAINTENANCE'
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={isRunning ? 'Change the interval of maintenance' : 'Go over to maintenance'}
      size={440}
    >
      {props.isOpen && <MaintenanceForm {...props} />}
    </Modal>
  )
}

function MaintenanceForm({ series, usualMonths, onClose }: MaintenanceDialogProps) {
  const { seriesId, version, body } = series
  const maintain = useCommand('series.maintain')
  const [months, setMonths] = useState<number | null>(body.maintenanceMonths ?? usualMonths)
  const { from, to } = maintenanceMonthBounds
  const isInBounds = months !== null && months >= from && months <= to

  async function save() {
    if (!isInBounds || maintain.isRunning) return
    const reply = await maintain.run({ patientId: body.patientId, seriesId, version, everyMonths: months })
    if (reply.ok) onClose()
  }

  return (
    <form
      className="maintenance-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <NumberInput
        label="A session every how many months"
        description={`${from} to ${to}`}
        min={from}
        max={to}
        step={1}
        decimalScale={0}
        required
        data-autofocus
        value={months ?? ''}
        onChange={(written) => setMonths(written === '' ? null : Number(written))}
      />
      <p className="text-2">
        Each session asks for its short questionnaire, a consent and an order that are valid. The outcome is reviewed
        once a year.
      </p>
      <RefusalText>{maintain.refusal ? sentenceFor(maintain.refusal) : null}</RefusalText>
      <Button variant="filled" type="submit" disabled={!isInBounds || maintain.isRunning}>
        {body.status === 'MAINTENANCE' ? 'Change the interval' : 'Go over to maintenance'}
      </Button>
    </form>
  )
}
