import './DepthInput.css'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { readDepthText, stepDepth } from './depth-text.ts'
import { formatMm } from './format.ts'

export type DepthInputProps = {
  readonly label: string
  /** Micrometres; null while nothing is set. */
  readonly depthUm: number | null
  readonly onChange: (depthUm: number | null) => void
  /** Over a limit: red border, and `sentence` beside it says which. The value stays as it was typed. */
  readonly isOver?: boolean
  /** What the value means, or the refusal, beside the field. */
  readonly sentence?: ReactNode
  readonly isDisabled?: boolean
}

/** The depth setting in mm with two decimals; arrows and side buttons move by 0.05, Page keys by 0.25. */
export function DepthInput({ label, depthUm, onChange, isOver = false, sentence, isDisabled }: DepthInputProps) {
  const id = useId()
  // The text while somebody types; null shows the value itself.
  const [typed, setTyped] = useState<string | null>(null)
  const isUnreadable = typed !== null && typed.trim() !== '' && readDepthText(typed) === null
  const shown = typed ?? (depthUm === null ? '' : formatMm(depthUm))

  function step(steps: number) {
    setTyped(null)
    onChange(stepDepth(depthUm, steps))
  }

  function onKeyDown(event: KeyboardEvent) {
    const steps: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }
    const by = steps[event.key]
    if (by === undefined) return
    event.preventDefault()
    step(by)
  }

  return (
    <div className="depth-input" data-over={isOver || isUnreadable}>
      <label htmlFor={id}>{label}</label>
      <div className="depth-input__line">
        <div className="depth-input__box">
          <button
            type="button"
            aria-label={`${label}: 0.05 less`}
            disabled={isDisabled || depthUm === null || depthUm <= 0}
            onClick={() => step(-1)}
          >
            <IconMinus size={15} stroke={1.7} aria-hidden="true" />
          </button>
          <input
            id={id}
            inputMode="decimal"
            autoComplete="off"
            role="spinbutton"
            aria-valuenow={depthUm === null ? undefined : depthUm / 1000}
            aria-valuetext={depthUm === null ? 'not set' : `${formatMm(depthUm)} mm`}
            aria-invalid={isOver || isUnreadable}
            aria-describedby={`${id}-sentence`}
            placeholder="–"
            disabled={isDisabled}
            value={shown}
            onChange={(event) => {
              const text = event.currentTarget.value
              setTyped(text)
              if (text.trim() === '') onChange(null)
              else {
                const read = readDepthText(text)
                if (read !== null) onChange(read)
              }
            }}
            onBlur={() => {
              if (!isUnreadable) setTyped(null)
            }}
            onKeyDown={onKeyDown}
          />
          <button type="button" aria-label={`${label}: 0.05 more`} disabled={isDisabled} onClick={() => step(1)}>
            <IconPlus size={15} stroke={1.7} aria-hidden="true" />
          </button>
        </div>
        <div className="depth-input__sentence" id={`${id}-sentence`} aria-live="polite">
          {isUnreadable ? 'Not a depth. Type millimetres, e.g. 0.75' : sentence}
        </div>
      </div>
    </div>
  )
}

/** How far over which limit, for the sentence of a `DepthInput`. */
export function OverLimit({ overUm, limitText }: { readonly overUm: number; readonly limitText: string }) {
  return (
    <>
      <strong className="depth-input__over">{formatMm(overUm)} mm over</strong>
      <span>{limitText}</span>
    </>
  )
}
