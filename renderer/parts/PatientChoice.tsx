import './PatientChoice.css'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'

export type PatientChoiceProps = {
  readonly title: string
  /** What the choice means, in smaller type. */
  readonly sentence?: ReactNode
  readonly isChosen: boolean
  readonly onChange: (isChosen: boolean) => void
}

/** A large tick of patient mode. Each is a choice of its own: none is ticked beforehand. */
export function PatientChoice({ title, sentence, isChosen, onChange }: PatientChoiceProps) {
  const id = useId()
  return (
    <div className="patient-choice">
      <span className="patient-choice__box">
        <input
          type="checkbox"
          id={id}
          checked={isChosen}
          aria-describedby={sentence === undefined ? undefined : `${id}-sentence`}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <IconCheck size={24} stroke={3} aria-hidden="true" />
      </span>
      <div>
        <label htmlFor={id}>{title}</label>
        {sentence !== undefined && <p id={`${id}-sentence`}>{sentence}</p>}
      </div>
    </div>
  )
}

/** Choices under each other, parted by hairlines. */
export function PatientChoices({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <fieldset className="patient-choices">
      <legend className="visually-hidden">{label}</legend>
      {children}
    </fieldset>
  )
}
