import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { showTypedButton } from '../../parts/password-toggle.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** Name and password. Also the way back for a PIN that is switched off. */
export function PasswordForm({ lockedBy }: { readonly lockedBy: { readonly printedName: string } | null }) {
  const [signInName, setSignInName] = useState('')
  const [password, setPassword] = useState('')
  const enter = useCommand('signIn.withPassword')
  const isComplete = signInName.trim() !== '' && password !== ''

  async function tryPassword() {
    if (!isComplete || enter.isRunning) return
    const reply = await enter.run({ signInName, password })
    setPassword('')
    if (reply.ok) forgetEverything()
  }

  return (
    <div className="sign-in" aria-busy={enter.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void tryPassword()
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
        <PasswordInput
          visibilityToggleButtonProps={showTypedButton}
          label="Password"
          size="md"
          autoComplete="off"
          maxLength={256}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <RefusalText>{enter.refusal ? sentenceFor(enter.refusal) : null}</RefusalText>
        <div className="sign-in__foot">
          <span className="text-12 text-3">
            {lockedBy !== null && `Signing in as somebody else leaves ${lockedBy.printedName} parked.`}
          </span>
          <Button type="submit" size="md" variant="filled" disabled={!isComplete || enter.isRunning}>
            Sign in
          </Button>
        </div>
      </form>
    </div>
  )
}
