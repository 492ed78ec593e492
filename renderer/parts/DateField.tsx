import './DateField.css'
import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { DateOrder } from '../../shared/domain/patient-birth-date.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { type DateKind, readDateText } from './date-text.ts'
import { formatAge, formatDate, formatWeekdayDate } from './format.ts'

export type DateFieldProps = {
  readonly label: string
  readonly kind: DateKind
  /** How the clinic reads `3/4/84`. */
  readonly order: DateOrder
  readonly today: CalendarDate
  readonly value: CalendarDate | null
  /** Null while the text is empty or no date yet; the text itself stays. */
  readonly onChange: (value: CalendarDate | null) => void
  readonly error?: string | null
  readonly isRequired?: boolean
  readonly isDisabled?: boolean
  readonly description?: ReactNode
  readonly size?: 'sm' | 'xl'
}

/** A date typed in any common form; the line below says how it was read, and offers the other way. */
export function DateField(props: DateFieldProps) {
  const { label, kind, order, today, value, onChange, error = null, isRequired, isDisabled, description, size } = props
  // The text while it is edited; null shows the value.
  const [typed, setTyped] = useState<string | null>(null)
  const read = typed === null ? null : readDateText(typed, { kind, order, today })
  const isUnreadable = typed !== null && typed.trim() !== '' && read === null
  const [hasLeft, setLeft] = useState(false)
  const other = read !== null && read.date === value ? read.other : null
  const sentence = isUnreadable && hasLeft ? unreadable(kind) : error

  return (
    <div className="date-field">
      <TextInput
        label={label}
        description={description}
        size={size ?? 'sm'}
        withAsterisk={isRequired ?? false}
        required={isRequired ?? false}
        disabled={isDisabled ?? false}
        autoComplete="off"
        placeholder={example(kind, order)}
        value={typed ?? (value === null ? '' : formatDate(value))}
        error={sentence}
        onFocus={() => setLeft(false)}
        onChange={(event) => {
          const text = event.currentTarget.value
          setTyped(text)
          onChange(readDateText(text, { kind, order, today })?.date ?? null)
        }}
        onBlur={() => {
          setLeft(true)
          // Stays as typed while it could still be read the other way.
          if (read !== null && read.other === null) setTyped(null)
        }}
      />
      {sentence === null && (
        <p className="date-field__reading" aria-live="polite">
          {value !== null && typed !== null && (
            <>
              read as{' '}
              <strong>
                {kind === 'birth' ? `${formatDate(value)} (${formatAge(value, today)})` : formatWeekdayDate(value)}
              </strong>
            </>
          )}
          {other !== null && (
            <button
              type="button"
              onClick={() => {
                setTyped(null)
                onChange(other)
              }}
            >
              Read it as {formatDate(other)}
            </button>
          )}
        </p>
      )}
    </div>
  )
}

function example(kind: DateKind, order: DateOrder): string {
  if (kind === 'any') return order === 'DMY' ? '14 mar 2026 or 14/3' : '14 mar 2026 or 3/14'
  return order === 'DMY' ? '14/3/1984 or 14 mar 84' : '3/14/1984 or 14 mar 84'
}

function unreadable(kind: DateKind): string {
  return kind === 'birth'
    ? 'Not a birth date. Type day, month and year, e.g. 14 mar 1984'
    : 'Not a date. Type e.g. 14 mar 2026, 14/3 or +14 for in 14 days'
}
