import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Refusal } from '../../../shared/kernel/result.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** The form of one register row: fields, what was refused, one primary button. */
export function DrawerForm({
  children,
  isComplete,
  isBusy,
  refusal,
  saveText,
  onSave,
}: {
  readonly children: ReactNode
  readonly isComplete: boolean
  readonly isBusy: boolean
  readonly refusal: Refusal | null
  readonly saveText: string
  /** Null: the person may only read. */
  readonly onSave: (() => void) | null
}) {
  return (
    <form
      className="stock-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete && !isBusy) onSave?.()
      }}
    >
      <fieldset className="stock-form__fields" disabled={onSave === null}>
        <legend className="visually-hidden">Details</legend>
        {children}
      </fieldset>
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      {onSave && (
        <div className="stock-form__foot">
          <Button type="submit" variant="filled" disabled={!isComplete || isBusy}>
            {saveText}
          </Button>
        </div>
      )}
    </form>
  )
}
