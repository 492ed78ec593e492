import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { type CalendarDate, dateInZone, type Instant } from '../../../shared/kernel/time.ts'
import { formatDate, formatTime } from '../../parts/format.ts'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { useSessionWork } from './desk-context.ts'
import { pointedPath, replyPath } from './left-to-do.ts'
import { instantAt, instantNear, readTimeText } from './wall-time.ts'

/** Cards in as many columns as fit; the sheet scrolls, the head of the desk stays. */
export function Sheet({ children }: { readonly children: ReactNode }) {
  return (
    <div className="session-sheet">
      <div className="session-sheet__columns">{children}</div>
    </div>
  )
}

/** Marks where the field of a path stands, so that "left to do" can go there, and says what the physician asks of it. */
export function Field({ path, children }: { readonly path: string; readonly children: ReactNode }) {
  const { points, opened, jumpTo } = useSessionWork()
  const asked = points.filter((point) => pointedPath(point.path) === path)
  return (
    <div className="session-field" data-path={path}>
      {children}
      {asked.map((point) => (
        <p key={point.path} className="session-asked">
          <StateGlyph state="returned" label={null} size={14} />
          <span>
            {opened.returns.at(-1)?.returnedBy.printedName}: {point.text}
          </span>
          <button type="button" className="session-link" onClick={() => jumpTo(replyPath(point.path))}>
            Answer
          </button>
        </p>
      ))}
    </div>
  )
}

/** Moves the focus to the field of this path, to the first that it holds, or to the nearest that holds it. */
export function focusField(path: string): void {
  for (let wanted = path; wanted !== ''; wanted = shorter(wanted)) {
    const escaped = CSS.escape(wanted)
    const field = document.querySelector(`[data-path="${escaped}"], [data-path^="${escaped}."]`)
    if (!field) continue
    field.scrollIntoView({ block: 'center' })
    field.querySelector<HTMLElement>('input, textarea, select, button')?.focus()
    return
  }
}

function shorter(path: string): string {
  const cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))
  return cut < 0 ? '' : path.slice(0, cut)
}

export type LineProps = {
  readonly label: string
  readonly value: string | null | undefined
  readonly onChange: (value: string) => void
  readonly maxLength?: number
  readonly placeholder?: string
  readonly error?: string | null
}

export function LineField({ label, value, onChange, maxLength = 120, placeholder, error = null }: LineProps) {
  return (
    <TextInput
      label={label}
      value={value ?? ''}
      maxLength={maxLength}
      autoComplete="off"
      error={error}
      {...(placeholder === undefined ? {} : { placeholder })}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export function ProseField({ label, value, onChange, maxLength = 1000, placeholder }: LineProps) {
  return (
    <Textarea
      label={label}
      autosize
      minRows={2}
      maxRows={8}
      value={value ?? ''}
      maxLength={maxLength}
      {...(placeholder === undefined ? {} : { placeholder })}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
] as const

/** A question that stays open until somebody answers it. */
export function YesNoField({
  label,
  value,
  onChange,
  labelPlace = 'above',
}: {
  readonly label: string
  readonly value: boolean | null | undefined
  readonly onChange: (value: boolean) => void
  readonly labelPlace?: 'above' | 'beside'
}) {
  return (
    <SegmentedChoice
      label={label}
      labelPlace={labelPlace}
      segments={yesNo}
      value={value === true ? 'yes' : value === false ? 'no' : null}
      onChange={(answer) => onChange(answer === 'yes')}
    />
  )
}

/** Several of a few. */
export function TickList<Value extends string>({
  label,
  options,
  chosen,
  onChange,
}: {
  readonly label: string
  readonly options: readonly (readonly [Value, string])[]
  readonly chosen: readonly Value[]
  readonly onChange: (chosen: readonly Value[]) => void
}) {
  return (
    <fieldset className="session-ticks">
      <legend>{label}</legend>
      {options.map(([value, words]) => (
        <Checkbox
          key={value}
          label={words}
          checked={chosen.includes(value)}
          onChange={(event) => {
            const isTicked = event.currentTarget.checked
            // In the list's own order, so that the same ticks are the same text.
            onChange(options.flatMap(([one]) => ((one === value ? isTicked : chosen.includes(one)) ? [one] : [])))
          }}
        />
      ))}
    </fieldset>
  )
}

export type NumberProps = {
  readonly label: string
  readonly value: number | null | undefined
  readonly onChange: (value: number | null) => void
  readonly placeholder?: string
  readonly error?: string | null
}

/** A plain number; what is no number stays as typed and is not taken. */
export function NumberField({ label, value, onChange, placeholder, error = null }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const isUnreadable = typed !== null && typed.trim() !== '' && readNumber(typed) === null
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      autoComplete="off"
      maxLength={12}
      value={typed ?? (typeof value === 'number' ? String(value) : '')}
      error={isUnreadable ? 'Not a number' : error}
      {...(placeholder === undefined ? {} : { placeholder })}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        if (text.trim() === '') onChange(null)
        else if (readNumber(text) !== null) onChange(readNumber(text))
      }}
      onBlur={() => {
        if (!isUnreadable) setTyped(null)
      }}
    />
  )
}

function readNumber(text: string): number | null {
  const match = /^-?\d{1,6}(?:[.,]\d{1,3})?$/u.exec(text.trim())
  return match ? Number(text.trim().replace(',', '.')) : null
}

export type TimeProps = {
  readonly label: string
  readonly value: Instant | null | undefined
  readonly onChange: (value: Instant | null) => void
  readonly now: Instant
  readonly timeZone: string
  /** The moment the time is near to: a time alone then means that day, or the day beside it. */
  readonly near?: Instant | null
  /** The day it belongs to, where nothing is known yet. */
  readonly day: CalendarDate
  readonly error?: string | null
}

/** A time of the clinic's clock, typed as `10:18` or taken by a press. */
export function TimeField({ label, value, onChange, now, timeZone, near = null, day, error = null }: TimeProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const id = useId()
  const isUnreadable = typed !== null && typed.trim() !== '' && readTimeText(typed) === null
  const isOtherDay = value ? dateInZone(value, timeZone) !== day : false
  return (
    <div className="session-time">
      <TextInput
        id={id}
        label={label}
        placeholder="10:18"
        autoComplete="off"
        maxLength={8}
        value={typed ?? (value ? formatTime(value, timeZone) : '')}
        error={isUnreadable ? 'Not a time. Type e.g. 10:18' : error}
        {...(isOtherDay && value ? { description: formatDate(dateInZone(value, timeZone)) } : {})}
        onChange={(event) => {
          const text = event.currentTarget.value
          setTyped(text)
          const minutes = readTimeText(text)
          if (text.trim() === '') onChange(null)
          else if (minutes !== null)
            onChange(near ? instantNear(near, minutes, timeZone) : instantAt(day, minutes, timeZone))
        }}
        onBlur={() => {
          if (!isUnreadable) setTyped(null)
        }}
      />
      <button
        type="button"
        className="session-time__now"
        aria-label={`${label}: now`}
        onClick={() => {
          setTyped(null)
          onChange(now)
        }}
      >
        Now
      </button>
    </div>
  )
}
