import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { SessionSummary } from '../../../shared/contract/session.ts'
import { usePerson } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** A physician lets a session follow the last one sooner than the policy's shorter bound, with the reason. */
export function IntervalDialog({
  session: { patientId, sessionId },
  onClose,
}: {
  readonly session: Pick<SessionSummary, 'patientId' | 'sessionId'>
  readonly onClose: () => void
}) {
  const person = usePerson()
  const { run, isRunning, refusal } = useCommand('session.clearInterval')
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  return (
    <ReauthDialog
      isOpen
      title="Allow the short interval"
      method={person?.signsBy ?? 'PASSWORD'}
      confirmText="Allow it"
      refusal={isAsked ? 'Write the reason first.' : refusal ? sentenceFor(refusal) : null}
      isBusy={isRunning}
      onCancel={onClose}
      onConfirm={(reauth) => {
        setAsked(reason.trim() === '')
        if (reason.trim() === '') return
        void run({ patientId, sessionId, reason, reauth }).then((reply) => reply.ok && onClose())
      }}
    >
      <p>This session alone may follow the last one this soon. The reason stands in the record of the start.</p>
      <Textarea
        label="Reason"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={1000}
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ReauthDialog>
  )
}
