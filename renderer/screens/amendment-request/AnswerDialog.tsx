import { Button, Checkbox, Modal, Select, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type DenialGround, denialGrounds } from '../../../shared/domain/amendment-request.ts'
import { useGo } from '../../app/go.ts'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { groundWords, type RequestProps, recordHref, recordName } from './amendment-words.ts'

export type Answer = 'ACCEPT' | 'DENY' | 'EXTEND' | 'DISAGREE' | 'REBUT'

const titles: Readonly<Record<Answer, string>> = {
  ACCEPT: 'Accept the request',
  DENY: 'Deny the request',
  EXTEND: 'Extend the time to answer',
  DISAGREE: 'The patient’s statement of disagreement',
  REBUT: 'Answer the statement',
}
type FormProps = RequestProps & { readonly onClose: () => void }

/** Everything that can be answered to a request, one at a time. */
export function AnswerDialog({ answer, ...props }: FormProps & { readonly answer: Answer | null }) {
  return (
    <Modal opened={answer !== null} onClose={props.onClose} title={answer === null ? '' : titles[answer]} size={520}>
      {answer === 'ACCEPT' && <AcceptForm {...props} />}
      {answer === 'DENY' && <DenyForm {...props} />}
      {answer === 'EXTEND' && <ExtendForm {...props} />}
      {answer === 'DISAGREE' && <DisagreeForm {...props} />}
      {answer === 'REBUT' && <RebutForm {...props} />}
    </Modal>
  )
}

function AcceptForm({ patientId, request, records, onClose }: FormProps) {
  const go = useGo()
  const accept = useCommand('amendmentRequest.accept')
  const [recordId, setRecordId] = useState<string | null>(request.record?.recordId ?? null)
  const record = records.find((one) => one.recordId === recordId)

  async function save() {
    if (!record) return
    const { amendmentRequestId, version } = request
    const { kind } = record
    const reply = await accept.run({ patientId, amendmentRequestId, version, kind, recordId: record.recordId })
    if (!reply.ok) return
    onClose()
    go(recordHref(patientId, record).slice(1))
  }

  return (
    <AnswerForm
      button="Accept and write the addendum"
      isReady={record !== undefined && !accept.isRunning}
      refusal={accept.refusal ? sentenceFor(accept.refusal) : null}
      onSubmit={save}
    >
      <p className="text-2">
        The record stays as it was signed. An addendum beside it says what is right, with the patient’s request.
      </p>
      <RecordSelect records={records} value={recordId} onChange={setRecordId} isRequired />
    </AnswerForm>
  )
}

function DenyForm({ patientId, request, records, onClose }: FormProps) {
  const deny = useCommand('amendmentRequest.deny')
  const [grounds, setGrounds] = useState<readonly DenialGround[]>([])
  const [reason, setReason] = useState('')
  const [recordId, setRecordId] = useState<string | null>(null)
  const record = records.find((one) => one.recordId === recordId)

  async function save() {
    const { amendmentRequestId, version } = request
    const reply = await deny.run({
      patientId,
      amendmentRequestId,
      version,
      record: record ? { kind: record.kind, recordId: record.recordId } : null,
      grounds: [...grounds],
      reason: reason.trim(),
    })
    if (reply.ok) onClose()
  }

  return (
    <AnswerForm
      button="Deny the request"
      isReady={grounds.length > 0 && reason.trim() !== '' && !deny.isRunning}
      refusal={deny.refusal ? sentenceFor(deny.refusal) : null}
      onSubmit={save}
    >
      <fieldset className="amendment-grounds">
        <legend>Grounds</legend>
        {denialGrounds.map((ground) => (
          <Checkbox
            key={ground}
            label={groundWords[ground]}
            checked={grounds.includes(ground)}
            onChange={(event) =>
              setGrounds(
                event.currentTarget.checked ? [...grounds, ground] : grounds.filter((other) => other !== ground),
              )
            }
          />
        ))}
      </fieldset>
      <RecordSelect records={records} value={recordId} onChange={setRecordId} />
      <LongText label="Reasons, as the patient gets them in writing" value={reason} onChange={setReason} />
    </AnswerForm>
  )
}

function ExtendForm({ patientId, request, onClose }: FormProps) {
  const extend = useCommand('amendmentRequest.extend')
  const [reason, setReason] = useState('')

  async function save() {
    const { amendmentRequestId, version } = request
    const reply = await extend.run({ patientId, amendmentRequestId, version, reason: reason.trim() })
    if (reply.ok) onClose()
  }

  return (
    <AnswerForm
      button="Extend by 30 days"
      isReady={reason.trim() !== '' && !extend.isRunning}
      refusal={extend.refusal ? sentenceFor(extend.refusal) : null}
      onSubmit={save}
    >
      <p className="text-2">Once only. The patient is told in writing why, and by when.</p>
      <LongText label="Why it takes longer" value={reason} onChange={setReason} />
    </AnswerForm>
  )
}

function DisagreeForm({ patientId, request, onClose }: FormProps) {
  const disagree = useCommand('amendmentRequest.disagree')
  const [statement, setStatement] = useState('')

  async function save() {
    const { amendmentRequestId, version } = request
    const reply = await disagree.run({ patientId, amendmentRequestId, version, statement: statement.trim() })
    if (reply.ok) onClose()
  }

  return (
    <AnswerForm
      button="Keep the statement"
      isReady={statement.trim() !== '' && !disagree.isRunning}
      refusal={disagree.refusal ? sentenceFor(disagree.refusal) : null}
      onSubmit={save}
    >
      <p className="text-2">It stays as it is and goes out with every later copy of the record.</p>
      <LongText label="Statement, in the patient’s words" value={statement} onChange={setStatement} />
    </AnswerForm>
  )
}

function RebutForm({ patientId, request, onClose }: FormProps) {
  const rebut = useCommand('amendmentRequest.rebut')
  const [rebuttal, setRebuttal] = useState('')

  async function save() {
    const { amendmentRequestId, version } = request
    const reply = await rebut.run({ patientId, amendmentRequestId, version, rebuttal: rebuttal.trim() })
    if (reply.ok) onClose()
  }

  return (
    <AnswerForm
      button="Keep the answer"
      isReady={rebuttal.trim() !== '' && !rebut.isRunning}
      refusal={rebut.refusal ? sentenceFor(rebut.refusal) : null}
      onSubmit={save}
    >
      <p className="text-2">It stands below the patient’s statement; the patient gets a copy.</p>
      <LongText label="The clinic’s answer" value={rebuttal} onChange={setRebuttal} />
    </AnswerForm>
  )
}

function AnswerForm({
  button,
  isReady,
  refusal,
  onSubmit,
  children,
}: {
  readonly button: string
  readonly isReady: boolean
  readonly refusal: string | null
  readonly onSubmit: () => Promise<void>
  readonly children: ReactNode
}) {
  return (
    <form
      className="amendment-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void onSubmit()
      }}
    >
      {children}
      <RefusalText>{refusal}</RefusalText>
      <div className="amendment-form__actions">
        <Button variant="filled" type="submit" disabled={!isReady}>
          {button}
        </Button>
      </div>
    </form>
  )
}

function LongText({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  return (
    <Textarea
      label={label}
      required
      autosize
      minRows={3}
      maxRows={10}
      maxLength={4000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function RecordSelect({
  records,
  value,
  onChange,
  isRequired = false,
}: {
  readonly records: RequestProps['records']
  readonly value: string | null
  readonly onChange: (recordId: string | null) => void
  readonly isRequired?: boolean
}) {
  return (
    <Select
      label="Record it is about"
      placeholder={isRequired ? 'Choose the record' : 'None of the clinic’s records'}
      required={isRequired}
      searchable
      clearable={!isRequired}
      data={records.map((record) => ({ value: record.recordId, label: recordName(record) }))}
      value={value}
      onChange={onChange}
    />
  )
}
