import { Button, Modal, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { Person } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { NewPasswordField } from '../../parts/NewPasswordField.tsx'
import { isNewPinReady, NewPinFields } from '../../parts/NewPinFields.tsx'
import { showTypedButton } from '../../parts/password-toggle.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { readSecretStrength } from '../../parts/secret-strength.ts'
import { sentenceFor } from '../../refusals/index.ts'

/** One's own password and PIN; nobody else can set them, a manager can only give a new one-time code. */
export function OwnSignInCard({ person }: { readonly person: Person }) {
  const [asking, setAsking] = useState<'password' | 'pin' | null>(null)
  const [done, setDone] = useState<string | null>(null)

  function end(sentence: string | null) {
    setAsking(null)
    setDone(sentence)
  }

  return (
    <SectionCard title="Your own sign-in" note={person.printedName}>
      <div className="own-sign-in">
        <Button onClick={() => setAsking('password')}>Change the password</Button>
        <Button onClick={() => setAsking('pin')}>Change the PIN</Button>
        <span role="status" className="text-12 text-2">
          {done}
        </span>
      </div>
      <Modal opened={asking === 'password'} onClose={() => end(null)} title="Change your password" size={440}>
        {asking === 'password' && <PasswordForm person={person} onEnd={end} />}
      </Modal>
      <Modal opened={asking === 'pin'} onClose={() => end(null)} title="Change your PIN" size={440}>
        {asking === 'pin' && <PinForm onEnd={end} />}
      </Modal>
    </SectionCard>
  )
}

type FormProps = { readonly onEnd: (sentence: string | null) => void }

function PasswordForm({ person, onEnd }: FormProps & { readonly person: Person }) {
  const [current, setCurrent] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const change = useCommand('signIn.changePassword')
  const words = person.printedName.split(' ')
  const isComplete = current !== '' && readSecretStrength(newPassword, words).isEnough

  async function send() {
    if (!isComplete || change.isRunning) return
    const reply = await change.run({ newPassword, reauth: { method: 'PASSWORD', password: current } })
    if (reply.ok) onEnd('The new password holds from now on.')
  }

  return (
    <form
      className="clinic-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <CurrentPassword value={current} onChange={setCurrent} />
      <NewPasswordField label="New password" value={newPassword} onChange={setNewPassword} words={words} />
      <RefusalText>{change.refusal ? sentenceFor(change.refusal) : null}</RefusalText>
      <div className="clinic-form__foot">
        <Button onClick={() => onEnd(null)}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={!isComplete || change.isRunning}>
          Change the password
        </Button>
      </div>
    </form>
  )
}

function PinForm({ onEnd }: FormProps) {
  const [current, setCurrent] = useState('')
  const [newPin, setNewPin] = useState({ pin: '', again: '' })
  const change = useCommand('signIn.setPin')
  const isComplete = current !== '' && isNewPinReady(newPin)

  async function send() {
    if (!isComplete || change.isRunning) return
    const reply = await change.run({ pin: newPin.pin, reauth: { method: 'PASSWORD', password: current } })
    if (reply.ok) onEnd('The new PIN holds from now on.')
  }

  return (
    <form
      className="clinic-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <CurrentPassword value={current} onChange={setCurrent} />
      <NewPinFields value={newPin} onChange={setNewPin} />
      <RefusalText>{change.refusal ? sentenceFor(change.refusal) : null}</RefusalText>
      <div className="clinic-form__foot">
        <Button onClick={() => onEnd(null)}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={!isComplete || change.isRunning}>
          Change the PIN
        </Button>
      </div>
    </form>
  )
}

function CurrentPassword({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <PasswordInput
      label="Your present password"
      size="md"
      autoComplete="off"
      maxLength={256}
      data-autofocus
      visibilityToggleButtonProps={showTypedButton}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
