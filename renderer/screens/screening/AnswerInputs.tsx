import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { DateOrder } from '../../../shared/domain/patient-birth-date.ts'
import type { InputValue } from '../../../shared/domain/screening/answer.ts'
import type { QuestionInput } from '../../../shared/domain/screening/question.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { DateField } from '../../parts/DateField.tsx'
import { readDepthText } from '../../parts/depth-text.ts'
import { formatMm } from '../../parts/format.ts'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { ZonePicker } from './ZonePicker.tsx'

/** How dates are read in this clinic, and what day it is there. */
export type DateReading = { readonly order: DateOrder; readonly today: CalendarDate }

type AnswerInputProps = {
  readonly input: QuestionInput
  readonly value: InputValue | undefined
  /** Null takes the entry back. */
  readonly onChange: (value: InputValue | null) => void
  readonly reading: DateReading
}

/** What an option asks once it is chosen. */
export function AnswerInput({ input, value, onChange, reading }: AnswerInputProps) {
  const { name, label } = input
  switch (input.kind) {
    case 'DATE':
      return (
        <KnownDate
          label={label}
          value={value?.kind === 'DATE' ? value.date : undefined}
          reading={reading}
          onChange={(date) => onChange(date === undefined ? null : { kind: 'DATE', name, date })}
        />
      )
    case 'ZONES':
      return (
        <ZonePicker
          label={label}
          reader="patient"
          zones={value?.kind === 'ZONES' ? value.zones : []}
          onChange={(zones) => onChange(zones.length === 0 ? null : { kind: 'ZONES', name, zones })}
        />
      )
    case 'TEXT':
      return (
        <Textarea
          label={label}
          size="xl"
          autosize
          minRows={1}
          maxLength={1000}
          value={value?.kind === 'TEXT' ? value.text : ''}
          onChange={(event) => {
            const text = event.currentTarget.value
            onChange(text === '' ? null : { kind: 'TEXT', name, text })
          }}
        />
      )
    case 'PERCENT':
      return (
        <KnownNumber
          label={label}
          value={value?.kind === 'PERCENT' ? value.tenths : undefined}
          show={(tenths) => (tenths / 10).toFixed(1)}
          read={readTenths}
          example="6.5"
          onChange={(tenths) => onChange(tenths === undefined ? null : { kind: 'PERCENT', name, tenths })}
        />
      )
    case 'DEPTH':
      return (
        <KnownNumber
          label={label}
          value={value?.kind === 'DEPTH' ? value.depthUm : undefined}
          show={formatMm}
          read={readNeedleLength}
          example="0.50"
          onChange={(depthUm) => onChange(depthUm === undefined ? null : { kind: 'DEPTH', name, depthUm })}
        />
      )
    case 'SELECT':
      return (
        <SegmentedChoice
          label={label}
          size="patient"
          segments={input.options.map(({ code, label: words }) => ({ value: code, label: words }))}
          value={value?.kind === 'SELECT' ? value.option : null}
          onChange={(option) => onChange({ kind: 'SELECT', name, option })}
        />
      )
  }
}

type KnownDateProps = {
  readonly label: string
  /** Undefined while blank, null for "I do not know". */
  readonly value: CalendarDate | null | undefined
  readonly reading: DateReading
  readonly onChange: (value: CalendarDate | null | undefined) => void
}

function KnownDate({ label, value, reading, onChange }: KnownDateProps) {
  return (
    <div className="patient-known">
      <DateField
        // A typed date goes when the patient says that it is not known.
        key={value === null ? 'unknown' : 'known'}
        label={label}
        kind="any"
        size="xl"
        order={reading.order}
        today={reading.today}
        value={value ?? null}
        isDisabled={value === null}
        onChange={(date) => onChange(date ?? undefined)}
      />
      <Unknown
        label={label}
        isUnknown={value === null}
        onChange={(isUnknown) => onChange(isUnknown ? null : undefined)}
      />
    </div>
  )
}

type KnownNumberProps = {
  readonly label: string
  readonly value: number | null | undefined
  readonly show: (value: number) => string
  readonly read: (text: string) => number | null
  readonly example: string
  readonly onChange: (value: number | null | undefined) => void
}

function KnownNumber({ label, value, show, read, example, onChange }: KnownNumberProps) {
  // The text while it is typed; null shows the value.
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === null || value === undefined ? '' : show(value))
  const isUnreadable = typed !== null && typed.trim() !== '' && read(typed) === null
  return (
    <div className="patient-known">
      <TextInput
        label={label}
        size="xl"
        inputMode="decimal"
        autoComplete="off"
        disabled={value === null}
        value={shown}
        error={isUnreadable ? `Please type a number, for example ${example}` : null}
        onChange={(event) => {
          const text = event.currentTarget.value
          setTyped(text)
          onChange(read(text) ?? undefined)
        }}
        onBlur={() => {
          if (!isUnreadable) setTyped(null)
        }}
      />
      <Unknown
        label={label}
        isUnknown={value === null}
        onChange={(isUnknown) => {
          setTyped(null)
          onChange(isUnknown ? null : undefined)
        }}
      />
    </div>
  )
}

type UnknownProps = {
  readonly label: string
  readonly isUnknown: boolean
  readonly onChange: (isUnknown: boolean) => void
}

/** "I do not know" is an answer of its own: a blank may only have been overlooked. */
function Unknown({ label, isUnknown, onChange }: UnknownProps) {
  return (
    <Checkbox
      className="patient-unknown"
      label="I do not know"
      aria-label={`${label} I do not know`}
      checked={isUnknown}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}

/** Tenths of a percent from `6.5`, `6,5` or `7 %`; null where it is no such number. */
function readTenths(text: string): number | null {
  const match = /^(\d{1,2})(?:[.,](\d))?\s*%?$/.exec(text.trim())
  return match ? Number(match[1]) * 10 + Number(match[2] ?? 0) : null
}

/** Null also for a length no needle has. */
function readNeedleLength(text: string): number | null {
  const depthUm = readDepthText(text)
  return depthUm !== null && depthUm >= 1 && depthUm <= 10_000 ? depthUm : null
}
