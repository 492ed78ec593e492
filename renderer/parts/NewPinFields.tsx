import './NewPinFields.css'
import { PinField } from './PinField.tsx'
import { readPinProblem } from './secret-strength.ts'

export type NewPin = { readonly pin: string; readonly again: string }

/** A new PIN, typed twice since it is never shown. */
export function NewPinFields({
  value,
  onChange,
}: {
  readonly value: NewPin
  readonly onChange: (value: NewPin) => void
}) {
  const isOther = value.again.length === 6 && value.again !== value.pin
  return (
    <div className="new-pin">
      <PinField
        label="PIN"
        value={value.pin}
        onChange={(pin) => onChange({ ...value, pin })}
        error={readPinProblem(value.pin)}
      />
      <PinField
        label="Once more"
        value={value.again}
        onChange={(again) => onChange({ ...value, again })}
        error={isOther ? 'These are not the same six digits.' : null}
      />
      <p className="text-12 text-3">Six digits, for taking up a locked screen and for later signatures.</p>
    </div>
  )
}

export function isNewPinReady({ pin, again }: NewPin): boolean {
  return pin.length === 6 && pin === again && readPinProblem(pin) === null
}
