import './SegmentedChoice.css'
import { useId } from 'react'

export type Segment<Value extends string> = {
  readonly value: Value
  readonly label: string
  readonly isDisabled?: boolean
}

export type SegmentedChoiceProps<Value extends string> = {
  readonly label: string
  /** `beside` puts the label to the left, `hidden` leaves it to listeners. */
  readonly labelPlace?: 'above' | 'beside' | 'hidden'
  readonly segments: readonly Segment<Value>[]
  /** Null while nothing is chosen: no answer is made up. */
  readonly value: Value | null
  readonly onChange: (value: Value) => void
  readonly isFullWidth?: boolean
  readonly size?: 'compact' | 'normal' | 'patient'
  readonly isDisabled?: boolean
}

/** One of a few, all in sight. Radio buttons underneath, so arrows, Tab and form labels work as everywhere. */
export function SegmentedChoice<Value extends string>(props: SegmentedChoiceProps<Value>) {
  const { label, labelPlace = 'above', segments, value, onChange, isFullWidth, size = 'normal', isDisabled } = props
  const name = useId()
  return (
    <fieldset className="segmented-choice" data-label={labelPlace} data-full={isFullWidth ?? false} data-size={size}>
      <legend className={labelPlace === 'hidden' ? 'visually-hidden' : 'segmented-choice__label'}>{label}</legend>
      <div className="segmented-choice__track">
        {segments.map((segment) => (
          <label key={segment.value} className="segmented-choice__segment">
            <input
              type="radio"
              name={name}
              value={segment.value}
              checked={segment.value === value}
              disabled={isDisabled || segment.isDisabled}
              onChange={() => onChange(segment.value)}
            />
            <span className="segmented-choice__text">{segment.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
