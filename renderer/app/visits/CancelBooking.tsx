import { Button, Checkbox, Radio } from '@mantine/core'
import { useState } from 'react'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import { type VisitCancelReason, visitCancelReasons } from '../../../shared/domain/visit.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatDate, formatName } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { cancelReasonWords } from './visit-words.ts'

type Props = { readonly visit: DayVisit; readonly onBack: () => void; readonly onDone: () => void }

/** Frees the time. The line stays in the list of its day with the reason, and the patient may wait for another time. */
export function CancelBooking({ visit, onBack, onDone }: Props) {
  const cancel = useCommand('visit.cancel')
  const [reason, setReason] = useState<VisitCancelReason | null>(null)
  const [isToWait, setToWait] = useState(false)

  async function save() {
    if (reason === null) return
    const { patientId, visitId, version } = visit
    const reply = await cancel.run({ patientId, visitId, version, reason, isToWait })
    if (reply.ok) onDone()
  }

  return (
    <form
      className="booking-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Radio.Group
        label={`Why is the booking of ${formatName(visit)} on ${formatDate(visit.onDate)} at ${visit.atTime} cancelled?`}
        value={reason}
        onChange={(value) => setReason(visitCancelReasons.find((known) => known === value) ?? null)}
      >
        <div className="booking-reasons">
          {visitCancelReasons.map((value) => (
            <Radio key={value} value={value} label={cancelReasonWords[value]} />
          ))}
        </div>
      </Radio.Group>
      <Checkbox
        label="Put the patient on the waiting list for another time"
        checked={isToWait}
        onChange={(event) => setToWait(event.currentTarget.checked)}
      />
      <p className="text-12 text-2">
        A patient who cancels later than the clinic asks for, or does not come, is marked as late.
      </p>
      <RefusalText>{cancel.refusal ? sentenceFor(cancel.refusal) : null}</RefusalText>
      <div className="booking-foot">
        <span className="booking-foot__space" />
        <Button onClick={onBack}>Back</Button>
        <Button type="submit" variant="filled" disabled={reason === null || cancel.isRunning}>
          Cancel the booking
        </Button>
      </div>
    </form>
  )
}
