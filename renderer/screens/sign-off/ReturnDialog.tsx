import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { addDays, type CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { DateField } from '../../parts/DateField.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { type ReturnField, returnTemplates } from './return-fields.ts'

export type ReturnInput = {
  readonly reason: string
  readonly pointers: { path: string; text: string }[]
  readonly dueOn: CalendarDate
  readonly takeoverReason: string | null
}

type ReturnDialogProps = {
  readonly isOpen: boolean
  readonly author: string
  readonly fields: readonly ReturnField[]
  readonly clinic: Clinic
  readonly isOfAnother: boolean
  /** Why the caller takes it over, where the clinic knows it already. */
  readonly knownReason: string
  readonly isBusy: boolean
  readonly refusal: string | null
  readonly onReturn: (input: ReturnInput) => void
  readonly onCancel: () => void
}

export function ReturnDialog(props: ReturnDialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onCancel} title={`Return to ${props.author}`} size={620}>
      {props.isOpen && <ReturnForm {...props} />}
    </Modal>
  )
}

function ReturnForm({
  fields,
  clinic,
  isOfAnother,
  knownReason,
  isBusy,
  refusal,
  onReturn,
  onCancel,
}: ReturnDialogProps) {
  const [reason, setReason] = useState('')
  const [pointers, setPointers] = useState<readonly { readonly path: string; readonly text: string }[]>([])
  const [dueOn, setDueOn] = useState<CalendarDate | null>(addDays(clinic.today, 1))
  const [takeoverReason, setTakeoverReason] = useState(knownReason)
  const left = fields.filter((field) => pointers.every(({ path }) => path !== field.path))
  const isComplete =
    reason.trim() !== '' &&
    pointers.length > 0 &&
    pointers.every(({ text }) => text.trim() !== '') &&
    dueOn !== null &&
    (!isOfAnother || takeoverReason.trim() !== '')

  return (
    <form
      className="sign-off__form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isComplete || isBusy || dueOn === null) return
        onReturn({ reason, pointers: [...pointers], dueOn, takeoverReason: isOfAnother ? takeoverReason : null })
      }}
    >
      <fieldset className="sign-off__templates">
        <legend className="label-11">Begin with</legend>
        {returnTemplates.map((template) => (
          <Button key={template.label} size="compact-sm" onClick={() => setReason(template.text)}>
            {template.label}
          </Button>
        ))}
      </fieldset>
      <Textarea
        label="Why it goes back"
        required
        autosize
        minRows={2}
        maxRows={6}
        maxLength={4000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Select
        label="Point at a field"
        description="Every field you name gets an answer from the author."
        placeholder="Choose a field of the record"
        searchable
        data={left.map(({ path, label, value }) => ({ value: path, label: `${label}: ${value}` }))}
        value={null}
        onChange={(path) => path && setPointers([...pointers, { path, text: '' }])}
      />
      <ul className="sign-off__pointers">
        {pointers.map((pointer) => {
          const field = fields.find(({ path }) => path === pointer.path)
          const label = field?.label ?? pointer.path
          return (
            <li key={pointer.path}>
              <TextInput
                label={`${label}: ${field?.value ?? ''}`}
                placeholder="What is asked"
                required
                maxLength={1000}
                value={pointer.text}
                onChange={(event) => {
                  const text = event.currentTarget.value
                  setPointers(pointers.map((one) => (one.path === pointer.path ? { ...one, text } : one)))
                }}
              />
              <Button
                size="compact-sm"
                aria-label={`Take ${label} off the list`}
                onClick={() => setPointers(pointers.filter(({ path }) => path !== pointer.path))}
              >
                <IconX size={14} aria-hidden="true" />
              </Button>
            </li>
          )
        })}
      </ul>
      <DateField
        label="Wanted back by the end of"
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={dueOn}
        onChange={setDueOn}
        isRequired
      />
      {isOfAnother && (
        <TextInput
          label="Why you take it over from its supervising physician"
          required
          maxLength={1000}
          value={takeoverReason}
          onChange={(event) => setTakeoverReason(event.currentTarget.value)}
        />
      )}
      <RefusalText>{refusal}</RefusalText>
      <div className="sign-off__form-actions">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="filled" type="submit" disabled={!isComplete || isBusy}>
          Return the record
        </Button>
      </div>
    </form>
  )
}
