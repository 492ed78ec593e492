import { NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { readDepthText } from '../../parts/depth-text.ts'
import { formatMm } from '../../parts/format.ts'

type FieldProps<Value> = {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly isRequired?: boolean
}

/** A length in mm, kept in micrometres. */
export function LengthField({ label, value, onChange, isRequired = false }: FieldProps<number | null>) {
  const [typed, setTyped] = useState<string | null>(null)
  const isUnreadable = typed !== null && typed.trim() !== '' && readDepthText(typed) === null
  return (
    <TextInput
      label={`${label}, mm`}
      required={isRequired}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? (value === null ? '' : formatMm(value))}
      error={isUnreadable ? 'Type millimetres, e.g. 2.50' : null}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(readDepthText(event.currentTarget.value))
      }}
      onBlur={() => !isUnreadable && setTyped(null)}
    />
  )
}

export function WholeField({
  label,
  value,
  onChange,
  min,
  max,
  isRequired = false,
}: FieldProps<number | null> & { readonly min: number; readonly max: number }) {
  return (
    <NumberInput
      label={label}
      required={isRequired}
      min={min}
      max={max}
      allowDecimal={false}
      hideControls
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  )
}

export function TextField({
  label,
  value,
  onChange,
  max,
  isRequired = false,
  description,
}: FieldProps<string> & { readonly max: number; readonly description?: string }) {
  return (
    <TextInput
      label={label}
      description={description}
      inputWrapperOrder={descriptionBelow}
      required={isRequired}
      maxLength={max}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** Below the field, so that fields side by side stand in one line. */
export const descriptionBelow: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
]

/** An empty field is stored as nothing. */
export function orNull(text: string): string | null {
  return text.trim() || null
}
