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

const afterChange =
  'This computer’s keychain no longer opens the records: a new user account, a reset keychain or another computer. The records are whole, and nothing was changed. What you type now opens them, and the keychain learns the key anew.'
const codeOnly = 'This computer keeps no key of these records. The printed recovery code opens them.'

type PassphraseScreenProps = {
  readonly why?: 'EACH_START' | 'KEYCHAIN_CHANGED'
  readonly opensBy?: readonly ('PASSPHRASE' | 'RECOVERY_CODE')[]
  /** In the place of the reason at a start. */
  readonly sentence?: string
}

/** The records of this computer, before their key: one field, for the passphrase or the recovery code. */
export function PassphraseScreen({
  why = 'EACH_START',
  opensBy = ['PASSPHRASE', 'RECOVERY_CODE'],
  sentence,
}: PassphraseScreenProps) {
  const hasPassphrase = opensBy.includes('PASSPHRASE')
  const hasCode = opensBy.includes('RECOVERY_CODE')
  const reason = why === 'KEYCHAIN_CHANGED' ? afterChange : hasPassphrase ? atStart : codeOnly
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
        <p className="text-2">{sentence ?? reason}</p>
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
            label={hasPassphrase ? 'Passphrase of the clinic' : 'Recovery code of the clinic'}
            description={hasPassphrase && hasCode ? 'Or the recovery code from its sheet' : null}
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
