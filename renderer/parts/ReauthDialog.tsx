import './ReauthDialog.css'
import { Button, Modal, PasswordInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Reauth } from '../../shared/contract/reauth.ts'
import { PinField } from './PinField.tsx'
import { RefusalText } from './RefusalText.tsx'

export type ReauthDialogProps = {
  readonly isOpen: boolean
  /** `Sign 9 records`. */
  readonly title: string
  /** Who signs and what it means. */
  readonly children: ReactNode
  /** Every record by name, where more than one is signed at once. */
  readonly records?: readonly { readonly id: string; readonly text: string }[]
  /** The first signing after a sign-in or a lock asks the password, later ones the PIN. */
  readonly method: Reauth['method']
  readonly confirmText: string
  readonly refusal: string | null
  readonly isBusy: boolean
  /** False while something that is asked in `children` has no answer. */
  readonly isReady?: boolean
  readonly onConfirm: (reauth: Reauth) => void
  readonly onCancel: () => void
}

export function ReauthDialog(props: ReauthDialogProps) {
  const { isOpen, title, onCancel } = props
  return (
    <Modal opened={isOpen} onClose={onCancel} title={title} size={440}>
      {isOpen && <ReauthForm {...props} />}
    </Modal>
  )
}

function ReauthForm(props: ReauthDialogProps) {
  const { children, records, method, confirmText, refusal, isBusy, isReady = true, onConfirm, onCancel } = props
  const [secret, setSecret] = useState('')
  const isComplete = isReady && (method === 'PIN' ? secret.length === 6 : secret !== '')

  function confirm() {
    if (!isComplete || isBusy) return
    onConfirm(method === 'PIN' ? { method, pin: secret } : { method, password: secret })
    setSecret('')
  }

  return (
    <form
      className="reauth-dialog"
      onSubmit={(event) => {
        event.preventDefault()
        confirm()
      }}
    >
      <div className="reauth-dialog__text text-2">{children}</div>
      {records !== undefined && (
        <ul className="reauth-dialog__records">
          {records.map((record) => (
            <li key={record.id}>{record.text}</li>
          ))}
        </ul>
      )}
      {method === 'PIN' ? (
        <PinField value={secret} onChange={setSecret} isDisabled={isBusy} isFocused />
      ) : (
        <PasswordInput
          label="Your password"
          value={secret}
          disabled={isBusy}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
      )}
      <RefusalText>{refusal}</RefusalText>
      <div className="reauth-dialog__actions">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="filled" type="submit" disabled={!isComplete || isBusy}>
          {confirmText}
        </Button>
      </div>
    </form>
  )
}
