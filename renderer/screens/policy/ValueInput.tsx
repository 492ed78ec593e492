import { useId, useState } from 'react'

export type ValueInputProps = {
  readonly label: string
  /** `hidden` where a table head already says it. */
  readonly labelPlace?: 'hidden' | 'none'
  /** Id of a label that stands elsewhere, with `labelPlace` none. */
  readonly id?: string
  readonly value: number | null
  readonly format: (value: number) => string
  /** Null for text that is no value of this kind. */
  readonly parse: (text: string) => number | null
  readonly onChange: (value: number | null) => void
  readonly mayBeEmpty?: boolean
  readonly isWrong?: boolean
  readonly describedBy?: string
  readonly width?: number
  readonly wrongSentence?: string
}

/** A number as text: what cannot be read stays as typed, is marked, and is not taken. */
export function ValueInput(props: ValueInputProps) {
  const { label, labelPlace = 'hidden', value, format, parse, onChange, mayBeEmpty = false, isWrong = false } = props
  const ownId = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === null ? '' : format(value))
  const isUnreadable = typed !== null && (typed.trim() === '' ? !mayBeEmpty : parse(typed) === null)
  return (
    <>
      <input
        id={props.id ?? ownId}
        className="policy-input figures"
        style={{ width: props.width ?? 72 }}
        inputMode="decimal"
        autoComplete="off"
        aria-label={labelPlace === 'hidden' ? label : undefined}
        aria-invalid={isWrong || isUnreadable}
        aria-describedby={props.describedBy}
        title={isUnreadable ? props.wrongSentence : undefined}
        placeholder={mayBeEmpty ? '–' : undefined}
        value={shown}
        onChange={(event) => {
          const text = event.currentTarget.value
          setTyped(text)
          if (text.trim() === '') {
            if (mayBeEmpty) onChange(null)
            return
          }
          const read = parse(text)
          if (read !== null) onChange(read)
        }}
        onBlur={() => {
          if (!isUnreadable) setTyped(null)
        }}
      />
      {isUnreadable && props.wrongSentence !== undefined && (
        <span className="policy-wrong" role="alert">
          {props.wrongSentence}
        </span>
      )}
    </>
  )
}
