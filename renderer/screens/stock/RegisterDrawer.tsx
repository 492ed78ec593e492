import { Button, Drawer } from '@mantine/core'
import { Fragment, type ReactNode, useState } from 'react'
import type { Refusal } from '../../../shared/kernel/result.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** What is open in a drawer: a row, or a new one. */
export type OpenRow<Row> = { readonly row: Row | null }

export type RegisterProps<Row> = {
  /** Null while closed. */
  readonly open: OpenRow<Row> | null
  readonly clinic: Clinic
  readonly mayWrite: boolean
  readonly onClose: () => void
}

/** The drawer of every register. A row that was saved is shown anew as main tells it, by `rowKey`. */
export function RegisterDrawer<Row>({
  open,
  title,
  rowKey,
  onClose,
  children,
}: {
  readonly open: OpenRow<Row> | null
  readonly title: string
  readonly rowKey: (row: Row) => string
  readonly onClose: () => void
  readonly children: (row: Row | null) => ReactNode
}) {
  return (
    <Drawer opened={open !== null} onClose={onClose} title={title} size={520}>
      {open && <Fragment key={open.row ? rowKey(open.row) : 'new'}>{children(open.row)}</Fragment>}
    </Drawer>
  )
}

type Saving = { readonly isRunning: boolean; readonly refusal: Refusal | null }

/** The draft of a row's facts, and what it is saved by: `add` a new one, `edit` the one that is open. */
export function useRegisterForm<Draft, Facts>({
  first,
  factsOf,
  save,
  commands,
}: {
  readonly first: () => Draft
  /** Null while something is missing. */
  readonly factsOf: (draft: Draft) => Facts | null
  readonly save: (facts: Facts) => Promise<void>
  readonly commands: readonly Saving[]
}) {
  const [draft, setDraft] = useState<Draft>(first)
  const facts = factsOf(draft)
  return {
    draft,
    set: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    form: {
      isComplete: facts !== null,
      isBusy: commands.some(({ isRunning }) => isRunning),
      refusal: commands.map(({ refusal }) => refusal).find((refusal) => refusal !== null) ?? null,
      onSave: () => {
        if (facts !== null) void save(facts)
      },
    },
  }
}

/** The form of one row: fields, what was refused, one primary button; for people who may only read, the fields alone. */
export function DrawerForm({
  children,
  isComplete,
  isBusy,
  refusal,
  saveText,
  mayWrite,
  onSave,
}: {
  readonly children: ReactNode
  readonly isComplete: boolean
  readonly isBusy: boolean
  readonly refusal: Refusal | null
  readonly saveText: string
  readonly mayWrite: boolean
  readonly onSave: () => void
}) {
  return (
    <form
      className="stock-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (mayWrite && isComplete && !isBusy) onSave()
      }}
    >
      <fieldset className="stock-form__fields" disabled={!mayWrite}>
        <legend className="visually-hidden">Details</legend>
        {children}
      </fieldset>
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      {mayWrite && (
        <div className="stock-form__foot">
          <Button type="submit" variant="filled" disabled={!isComplete || isBusy}>
            {saveText}
          </Button>
        </div>
      )}
    </form>
  )
}
