import './SignInScreen.css'
import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { OutsideFrame } from '../../app/OutsideFrame.tsx'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { showTypedButton } from '../../parts/password-toggle.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

const atStart =
  'The records of this clinic are opened with its passphrase each time Countersign starts. Afterwards everybody signs in as themselves.'

/** The records of this computer, before their key: one field. */
export function PassphraseScreen({ sentence = atStart }: { readonly sentence?: string }) {
  const [passphrase, setPassphrase] = useState('')
  const unlock = useCommand('clinic.unlockStore')

  async function tryPassphrase() {
    if (passphrase === '' || unlock.isRunning) return
    const reply = await unlock.run({ passphrase })
    if (reply.ok) forgetEverything()
    else setPassphrase('')
  }

  return (
    <OutsideFrame name="Countersign" line="Clinic records, encrypted">
      <div className="sign-in__title">
        <h1 className="title-20">Open the records</h1>
        <p className="text-2">{sentence}</p>
      </div>
      <div className="sign-in" aria-busy={unlock.isRunning}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void tryPassphrase()
          }}
        >
          <PasswordInput
            visibilityToggleButtonProps={showTypedButton}
            label="Passphrase of the clinic"
            size="md"
            autoComplete="off"
            maxLength={256}
            autoFocus
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          <RefusalText>{unlock.refusal ? sentenceFor(unlock.refusal) : null}</RefusalText>
          <div className="sign-in__foot">
            <span className="text-12 text-3">{unlock.isRunning && 'Opening the records'}</span>
            <Button type="submit" size="md" variant="filled" disabled={passphrase === '' || unlock.isRunning}>
              Open
            </Button>
          </div>
        </form>
      </div>
    </OutsideFrame>
  )
}
