import './entered-in-error.css'
import { Button, Modal, PasswordInput, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import type { SessionState } from '../../../shared/domain/session-state.ts'
import type { PatientId, SessionId, VersionId } from '../../../shared/kernel/ids.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate, formatName } from '../../parts/format.ts'
import { PinField } from '../../parts/PinField.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

export type ErrorDialogProps = {
  readonly isOpen: boolean
  readonly patientId: PatientId
  readonly sessionId: SessionId
  /** The version on the screen. */
  readonly seenVersionId: VersionId
  readonly method: Reauth['method']
  readonly onDone: () => void
  readonly onCancel: () => void
}

/** Marks a session as entered in error: it stays, struck through, and counts nowhere any more. */
export function ErrorDialog(props: ErrorDialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onCancel} title="Mark as entered in error" size={520}>
      {props.isOpen && <ErrorForm {...props} />}
    </Modal>
  )
}

function ErrorForm({ patientId, sessionId, seenVersionId, method, onDone, onCancel }: ErrorDialogProps) {
  const { run, isRunning, refusal } = useCommand('signOff.markEnteredInError')
  const lookAlikes = useQuery('patient.banner', { patientId }).value?.lookAlikes ?? []
  const [rightPatientId, setRightPatientId] = useState<PatientId>(patientId)
  const { value: list } = useQuery('session.list', { patientId: rightPatientId })
  const [reason, setReason] = useState('')
  const [correctId, setCorrectId] = useState<string | null>(null)
  const [secret, setSecret] = useState('')
  const others = (list?.sessions ?? []).filter((one) => one.sessionId !== sessionId && one.state !== 'VOIDED')
  const isProved = method === 'PIN' ? secret.length === 6 : secret !== ''
  const isComplete = reason.trim() !== '' && isProved && !isRunning

  async function mark() {
    const correct = others.find((one) => one.sessionId === correctId)
    const reply = await run({
      patientId,
      sessionId,
      seenVersionId,
      reason,
      correct: correct ? { patientId: rightPatientId, sessionId: correct.sessionId } : null,
      reauth: method === 'PIN' ? { method, pin: secret } : { method, password: secret },
    })
    setSecret('')
    if (reply.ok) onDone()
  }

  return (
    <form
      className="entered-in-error"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) void mark()
      }}
    >
      <p className="text-2">
        The record stays in the chart, struck through, and no longer counts: not in the series, not in a report. This
        cannot be taken back.
      </p>
      <Textarea
        label="What is wrong with it"
        placeholder="e.g. recorded on the wrong patient"
        required
        autosize
        minRows={2}
        maxRows={6}
        maxLength={4000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {lookAlikes.length > 0 && (
        <Select
          label="Whose chart has the correct record"
          allowDeselect={false}
          data={[
            { value: patientId as string, label: 'This chart' },
            ...lookAlikes.map((other) => ({
              value: other.patientId as string,
              label: `${formatName({ familyName: other.family, givenName: other.given, preferredName: other.preferred })}, ${other.chartNumber}`,
            })),
          ]}
          value={rightPatientId}
          onChange={(id) => {
            setRightPatientId((id ?? patientId) as PatientId)
            setCorrectId(null)
          }}
        />
      )}
      <Select
        label="The correct record, where the chart has it"
        placeholder="None in the chart"
        clearable
        data={others.map((one) => ({
          value: one.sessionId,
          label: `Session ${one.sessionNo}, ${one.performedOn ? formatDate(one.performedOn) : 'not started'}, ${stateWords[one.state]}`,
        }))}
        value={correctId}
        onChange={setCorrectId}
      />
      {method === 'PIN' ? (
        <PinField value={secret} onChange={setSecret} isDisabled={isRunning} />
      ) : (
        <PasswordInput
          label="Your password"
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
      )}
      <RefusalText>{refusal && sentenceFor(refusal)}</RefusalText>
      <div className="entered-in-error__actions">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="filled" color="red" type="submit" disabled={!isComplete}>
          Mark as entered in error
        </Button>
      </div>
    </form>
  )
}

const stateWords: Readonly<Record<SessionState, string>> = {
  DRAFT: 'draft',
  SUBMITTED: 'waits for sign-off',
  RETURNED: 'returned',
  SIGNED: 'signed',
  VOIDED: 'entered in error',
  CANCELLED: 'discarded',
}
