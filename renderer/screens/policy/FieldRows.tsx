import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useId } from 'react'
import { readDepthText } from '../../parts/depth-text.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import type { PolicyText } from './policy-body.ts'
import {
  type DaysField,
  formatField,
  formatNumber,
  type NumberField,
  type PolicyField,
  type PolicySection,
} from './policy-fields.ts'
import { ValueInput } from './ValueInput.tsx'

export type FieldRowsProps = {
  readonly section: PolicySection
  readonly text: PolicyText
  /** Null shows the values alone. */
  readonly onChange: ((text: PolicyText) => void) | null
  readonly problemAt: (path: string) => string | null
}

/** A group of single values: label, value, unit, and what stands against it. */
export function FieldRows({ section, text, onChange, problemAt }: FieldRowsProps) {
  return (
    <SectionCard title={section.title} note={section.note}>
      <div className="policy-rows">
        {section.fields.map((field) => (
          <FieldRow key={field.path} field={field} text={text} onChange={onChange} problem={problemAt(field.path)} />
        ))}
      </div>
    </SectionCard>
  )
}

type FieldRowProps = {
  readonly field: PolicyField
  readonly text: PolicyText
  readonly onChange: ((text: PolicyText) => void) | null
  readonly problem: string | null
}

function FieldRow({ field, text, onChange, problem }: FieldRowProps) {
  const id = useId()
  if (onChange === null)
    return (
      <div className="policy-row">
        <span>{field.label}</span>
        <strong className="policy-row__value">{formatField(field, text)}</strong>
      </div>
    )
  if (field.kind === 'flag')
    return (
      <div className="policy-row policy-row--flag">
        <Checkbox
          label={field.label}
          description={field.hint}
          checked={field.read(text)}
          onChange={(event) => onChange(field.write(text, event.currentTarget.checked))}
        />
      </div>
    )
  return (
    <div className="policy-row" data-wrong={problem !== null}>
      <label htmlFor={id}>
        {field.label}
        {field.hint !== undefined && <span className="policy-row__hint">{field.hint}</span>}
      </label>
      <span className="policy-row__value">
        <FieldInput id={id} field={field} text={text} onChange={onChange} isWrong={problem !== null} />
        {'unit' in field && <span className="policy-row__unit">{field.unit}</span>}
      </span>
      {problem !== null && (
        <p className="policy-wrong" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  )
}

type FieldInputProps = {
  readonly id: string
  readonly field: Exclude<PolicyField, { kind: 'flag' }>
  readonly text: PolicyText
  readonly onChange: (text: PolicyText) => void
  readonly isWrong: boolean
}

function FieldInput({ id, field, text, onChange, isWrong }: FieldInputProps) {
  if (field.kind === 'text')
    return (
      <TextInput
        id={id}
        w={180}
        maxLength={field.maxLength}
        value={field.read(text)}
        onChange={(event) => onChange(field.write(text, event.currentTarget.value))}
      />
    )
  if (field.kind === 'choice')
    return (
      <NativeSelect
        id={id}
        w={180}
        data={[...field.options]}
        value={field.read(text)}
        onChange={(event) => onChange(field.write(text, event.currentTarget.value))}
      />
    )
  if (field.kind === 'days') return <DaysInput id={id} field={field} text={text} onChange={onChange} />
  return (
    <ValueInput
      id={id}
      label={field.label}
      labelPlace="none"
      value={field.read(text)}
      format={(value) => formatNumber(field.kind, value)}
      parse={(typed) => parseNumber(field, typed)}
      onChange={(value) => value !== null && onChange(field.write(text, value))}
      isWrong={isWrong}
      describedBy={`${id}-problem`}
      wrongSentence={`${formatNumber(field.kind, field.min)} to ${formatNumber(field.kind, field.max)}`}
    />
  )
}

/** Days as one text; kept as numbers, in order, each once. */
function DaysInput({
  id,
  field,
  text,
  onChange,
}: {
  readonly id: string
  readonly field: DaysField
  readonly text: PolicyText
  readonly onChange: (text: PolicyText) => void
}) {
  return (
    <TextInput
      key={field.read(text).join()}
      id={id}
      w={180}
      defaultValue={field.read(text).join(', ')}
      maxLength={200}
      onBlur={(event) => {
        const days = readDays(event.currentTarget.value)
        if (days.join() !== field.read(text).join()) onChange(field.write(text, days))
        else event.currentTarget.value = days.join(', ')
      }}
    />
  )
}

function readDays(typed: string): number[] {
  const days = (typed.match(/\d{1,4}/g) ?? []).map(Number).filter((day) => day <= 3660)
  return [...new Set(days)].sort((a, b) => a - b).slice(0, 50)
}

function parseNumber({ kind, min, max }: NumberField, typed: string): number | null {
  const value = kind === 'depth' ? readDepthText(typed) : readDecimal(typed, kind === 'tenths' ? 10 : 1)
  if (value === null || value < min || value > max) return null
  return kind === 'percent' || Number.isInteger(value) ? value : null
}

function readDecimal(typed: string, times: number): number | null {
  const written = typed.trim().replace(',', '.')
  if (!/^\d+(?:\.\d+)?$/.test(written)) return null
  return times === 1 ? Number(written) : Math.round(Number(written) * times)
}
