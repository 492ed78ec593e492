import './ConfirmDialog.css'
import { Button, Modal, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { RefusalText } from './RefusalText.tsx'

export type ConfirmDialogProps = {
  readonly isOpen: boolean
  readonly title: string
  /** What happens, and what cannot be undone. */
  readonly children: ReactNode
  /** The verb of the act: `Withdraw the consent`. */
  readonly confirmText: string
  readonly tone?: 'accent' | 'red'
  /** Label of the reason, where the act needs one. */
  readonly reasonLabel?: string
  readonly refusal?: string | null
  readonly isBusy?: boolean
  /** `reason` is empty where none is asked. */
  readonly onConfirm: (reason: string) => void
  readonly onCancel: () => void
}

/** For what cannot be taken back. Everything else is done without asking. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onCancel} title={props.title} size={440}>
      {props.isOpen && <ConfirmForm {...props} />}
    </Modal>
  )
}

function ConfirmForm(props: ConfirmDialogProps) {
  const { children, confirmText, tone = 'accent', reasonLabel, refusal = null, isBusy = false } = props
  const [reason, setReason] = useState('')
  const isComplete = reasonLabel === undefined || reason.trim() !== ''
  return (
    <form
      className="confirm-dialog"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete && !isBusy) props.onConfirm(reason.trim())
      }}
    >
      <div>{children}</div>
      {reasonLabel !== undefined && (
        <Textarea
          label={reasonLabel}
          autosize
          minRows={2}
          maxRows={6}
          required
          value={reason}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <RefusalText>{refusal}</RefusalText>
      <div className="confirm-dialog__actions">
        <Button onClick={props.onCancel}>Cancel</Button>
        <Button
          variant="filled"
          type="submit"
          disabled={!isComplete || isBusy}
          {...(tone === 'red' && { color: 'red' })}
        >
          {confirmText}
        </Button>
      </div>
    </form>
  )
}
