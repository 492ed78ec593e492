import { Button, Modal, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import { type VisitCancelReason, visitCancelReasons } from '../../../shared/domain/visit.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { cancelReasonWords } from '../../app/visits/visit-words.ts'
import { formatBorn, formatName } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { VisitActions } from './use-visit-actions.ts'

/** The questions that come before a check-in, a room and a cancellation. */
export function VisitDialogs({ actions, today }: { readonly actions: VisitActions; readonly today: CalendarDate }) {
  const { dialog, close } = actions
  const titles = { identity: 'Make sure who is at the desk', room: 'Into which room', cancel: 'Cancel this visit' }
  return (
    <Modal opened={dialog !== null} onClose={close} title={dialog ? titles[dialog.kind] : ''} size={440}>
      {dialog?.kind === 'identity' && <IdentityForm visit={dialog.visit} actions={actions} today={today} />}
      {dialog?.kind === 'room' && <RoomForm visit={dialog.visit} actions={actions} />}
      {dialog?.kind === 'cancel' && <CancelForm visit={dialog.visit} actions={actions} />}
    </Modal>
  )
}

type FormProps = { readonly visit: DayVisit; readonly actions: VisitActions }

function IdentityForm({ visit, actions, today }: FormProps & { readonly today: CalendarDate }) {
  const [chartNumber, setChartNumber] = useState('')
  return (
    <form
      className="visit-dialog"
      onSubmit={(event) => {
        event.preventDefault()
        if (chartNumber.trim() !== '') actions.confirmIdentity(visit, chartNumber.trim())
      }}
    >
      <p>
        Another patient’s name and birth date are close to those of <strong>{formatName(visit)}</strong>, born{' '}
        {formatBorn(visit.bornOn, today)}. Ask for name and birth date, and enter the chart number from the patient’s
        own card or file.
      </p>
      <TextInput
        label="Chart number as the patient shows it"
        autoComplete="off"
        maxLength={40}
        value={chartNumber}
        data-autofocus
        onChange={(event) => setChartNumber(event.currentTarget.value)}
      />
      <Foot actions={actions} isReady={chartNumber.trim() !== ''} confirmText="Check in" />
    </form>
  )
}

function RoomForm({ visit, actions }: FormProps) {
  const [room, setRoom] = useState('')
  return (
    <form
      className="visit-dialog"
      onSubmit={(event) => {
        event.preventDefault()
        if (room.trim() !== '') actions.confirmRoom(visit, room.trim())
      }}
    >
      <TextInput
        label={`Room for ${formatName(visit)}`}
        autoComplete="off"
        maxLength={20}
        value={room}
        data-autofocus
        onChange={(event) => setRoom(event.currentTarget.value)}
      />
      <Foot actions={actions} isReady={room.trim() !== ''} confirmText="Into the room" />
    </form>
  )
}

function CancelForm({ visit, actions }: FormProps) {
  const [reason, setReason] = useState<VisitCancelReason | null>(null)
  return (
    <form
      className="visit-dialog"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason !== null) actions.cancel(visit, reason)
      }}
    >
      <Radio.Group
        label={`Why is the visit of ${formatName(visit)} at ${visit.atTime} cancelled?`}
        value={reason}
        onChange={(value) => setReason(visitCancelReasons.find((known) => known === value) ?? null)}
      >
        <div className="visit-dialog__reasons">
          {visitCancelReasons.map((value) => (
            <Radio key={value} value={value} label={cancelReasonWords[value]} />
          ))}
        </div>
      </Radio.Group>
      <p className="text-12 text-2">The line stays in the list, struck through by its reason, and can be taken back.</p>
      <Foot actions={actions} isReady={reason !== null} confirmText="Cancel the visit" />
    </form>
  )
}

function Foot({
  actions,
  isReady,
  confirmText,
}: {
  readonly actions: VisitActions
  readonly isReady: boolean
  readonly confirmText: string
}) {
  return (
    <>
      <RefusalText>{actions.refusal ? sentenceFor(actions.refusal) : null}</RefusalText>
      <div className="visit-dialog__foot">
        <Button onClick={actions.close}>Back</Button>
        <Button type="submit" variant="filled" disabled={!isReady || actions.isRunning}>
          {confirmText}
        </Button>
      </div>
    </>
  )
}
