import './PinField.css'
import { useId } from 'react'

const pinLength = 6

export type PinFieldProps = {
  readonly label?: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Called with the sixth digit. */
  readonly onComplete?: (pin: string) => void
  readonly error?: string | null
  readonly isDisabled?: boolean
  readonly isFocused?: boolean
  readonly size?: 'normal' | 'large'
}

/** Six digits, never shown. One field, so a scanner of fields, a paste and a screen reader all meet a single thing. */
export function PinField(props: PinFieldProps) {
  const { label = 'PIN', value, onChange, onComplete, error = null, isDisabled, isFocused, size = 'normal' } = props
  const id = useId()
  return (
    <div className="pin-field" data-error={error !== null} data-size={size}>
      <div className="pin-field__box">
        <label htmlFor={id}>{label}</label>
        <span className="pin-field__dots" aria-hidden="true">
          {Array.from({ length: pinLength }, (_, index) => index).map((index) => (
            <span key={index} data-filled={index < value.length} />
          ))}
        </span>
        <input
          id={id}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={pinLength}
          disabled={isDisabled}
          // The dialog that asks for a PIN asks for nothing else.
          // biome-ignore lint/a11y/noAutofocus: only set by a dialog's single field
          autoFocus={isFocused}
          data-autofocus={isFocused || undefined}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          value={value}
          onChange={(event) => {
            const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, pinLength)
            onChange(digits)
            if (digits.length === pinLength && digits !== value) onComplete?.(digits)
          }}
        />
      </div>
      {error !== null && (
        <p id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
