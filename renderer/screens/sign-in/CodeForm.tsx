import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { NewPasswordField } from '../../parts/NewPasswordField.tsx'
import { isNewPinReady, NewPinFields } from '../../parts/NewPinFields.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { readSecretStrength } from '../../parts/secret-strength.ts'
import { sentenceFor } from '../../refusals/index.ts'

/** A one-time code turns into a password and a PIN that only the person knows. */
export function CodeForm() {
  const [signInName, setSignInName] = useState('')
  const [code, setCode] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [newPin, setNewPin] = useState({ pin: '', again: '' })
  const enter = useCommand('signIn.withCode')
  const words = [signInName]
  const isComplete =
    signInName.trim() !== '' &&
    code.trim() !== '' &&
    readSecretStrength(newPassword, words).isEnough &&
    isNewPinReady(newPin)

  async function tryCode() {
    if (!isComplete || enter.isRunning) return
    const reply = await enter.run({ signInName, code, newPassword, pin: newPin.pin })
    if (reply.ok) forgetEverything()
  }

  return (
    <div className="sign-in" aria-busy={enter.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void tryCode()
        }}
      >
        <TextInput
          label="Sign-in name"
          size="md"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={80}
          autoFocus
          value={signInName}
          onChange={(event) => setSignInName(event.currentTarget.value)}
        />
        <TextInput
          label="One-time code"
          description="Twelve letters and digits, with or without the hyphens"
          size="md"
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          classNames={{ input: 'mono' }}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
        />
        <NewPasswordField label="Your new password" value={newPassword} onChange={setNewPassword} words={words} />
        <NewPinFields value={newPin} onChange={setNewPin} />
        <RefusalText>{enter.refusal ? sentenceFor(enter.refusal) : null}</RefusalText>
        <div className="sign-in__foot">
          <span />
          <Button type="submit" size="md" variant="filled" disabled={!isComplete || enter.isRunning}>
            Set and sign in
          </Button>
        </div>
      </form>
    </div>
  )
}
