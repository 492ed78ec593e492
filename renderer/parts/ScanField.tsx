import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useRef } from 'react'
import { gs1Separator, gs1SeparatorSign, readStockCode, type StockCodeWarning } from '../../shared/domain/gs1.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'

export type ScanFieldProps = {
  readonly label: string
  readonly value: string
  /** The text with the separator of GS1 as its visible sign. */
  readonly onChange: (text: string) => void
  readonly today: CalendarDate
  /** Enter, which a scanner types behind every code. */
  readonly onEnter?: () => void
  readonly description?: string
  readonly isRequired?: boolean
  readonly isFirst?: boolean
}

const warningWords: Readonly<Record<StockCodeWarning, string>> = {
  CHECK_DIGIT_WRONG: 'The check digit of this code is wrong. It is kept as read: compare it with the box.',
  DATE_IMPOSSIBLE: 'A date of this code does not exist. Enter it from the box.',
  PART_UNREADABLE: 'A part of this code could not be read. Compare every field with the box.',
}

/** A field into which people type and a scanner types too; the line below says how the code was read. */
export function ScanField({
  label,
  value,
  onChange,
  today,
  onEnter,
  description,
  isRequired,
  isFirst,
}: ScanFieldProps) {
  const input = useRef<HTMLInputElement>(null)

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter') {
      event.preventDefault()
      onEnter?.()
    }
    // A scanner that acts as a keyboard types the separator between two parts as Ctrl and the right bracket.
    if (event.ctrlKey && event.key === ']') {
      event.preventDefault()
      const { selectionStart, selectionEnd } = event.currentTarget
      const from = selectionStart ?? value.length
      onChange(`${value.slice(0, from)}${gs1SeparatorSign}${value.slice(selectionEnd ?? from)}`)
      requestAnimationFrame(() => input.current?.setSelectionRange(from + 1, from + 1))
    }
  }

  const notice = scanNotice(value, today)
  return (
    <TextInput
      ref={input}
      label={label}
      description={<span aria-live="polite">{notice ?? description ?? ''}</span>}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      required={isRequired ?? false}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      data-autofocus={isFirst || undefined}
      value={value}
      onKeyDown={onKeyDown}
      onChange={(event) => onChange(withoutControls(event.currentTarget.value))}
    />
  )
}

/** What to say about the code in the field; null where it is plain text. */
function scanNotice(text: string, today: CalendarDate): string | null {
  const code = readStockCode(text, today)
  if (code.kind === 'HIBCC') return 'This is an HIBCC code. It is not taken apart: type lot and expiry from the box.'
  if (code.kind === 'PLAIN') return null
  if (code.warnings.length > 0) return code.warnings.map((warning) => warningWords[warning]).join(' ')
  const parts = [
    code.lotRaw && `lot ${code.lotRaw}`,
    code.serial && `serial ${code.serial}`,
    code.expiresOn && 'expiry',
  ]
  return `Read as a GS1 code: ${parts.filter(Boolean).join(', ') || 'article only'}.`
}

function withoutControls(text: string): string {
  return text.replaceAll(gs1Separator, gs1SeparatorSign).replaceAll(/\p{Cc}/gu, '')
}
