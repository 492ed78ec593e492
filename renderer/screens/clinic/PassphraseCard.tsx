import { Button, Checkbox, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { NewPasswordField } from '../../parts/NewPasswordField.tsx'
import { showTypedButton } from '../../parts/password-toggle.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { readSecretStrength } from '../../parts/secret-strength.ts'
import { sentenceFor } from '../../refusals/index.ts'

type KeysState = Output<'keys.state'>
type Asking = 'SET' | 'REMOVE' | null

/** The passphrase beside the code: set, changed, removed. It locks the key; the records themselves stay as they are. */
export function PassphraseCard({ state, clinicName }: { readonly state: KeysState; readonly clinicName: string }) {
  const [isTyping, setTyping] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [atEachStart, setAtEachStart] = useState(state.opensBy !== 'KEYCHAIN')
  const [asking, setAsking] = useState<Asking>(null)
  const setCommand = useCommand('keys.setPassphrase')
  const removeCommand = useCommand('keys.removePassphrase')
  const hasKeychain = state.keychainGap === null
  const isOther = again.length >= passphrase.length && again !== passphrase
  const isReady = readSecretStrength(passphrase, [clinicName]).isEnough && passphrase === again
  const command = asking === 'REMOVE' ? removeCommand : setCommand

  function end() {
    setAsking(null)
    setTyping(false)
    setPassphrase('')
    setAgain('')
  }

  return (
    <SectionCard
      title="Passphrase"
      aside={
        state.hasPassphrase ? <StateTag state="checked">Set</StateTag> : <StateTag state="notNeeded">Not set</StateTag>
      }
    >
      {isTyping ? (
        <form
          className="clinic-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady) setAsking('SET')
          }}
        >
          <NewPasswordField
            label="New passphrase of the clinic"
            value={passphrase}
            onChange={setPassphrase}
            words={[clinicName]}
          />
          <PasswordInput
            visibilityToggleButtonProps={showTypedButton}
            label="Once more"
            size="md"
            autoComplete="new-password"
            maxLength={256}
            value={again}
            error={again !== '' && isOther ? 'This is not the same.' : null}
            onChange={(event) => setAgain(event.currentTarget.value)}
          />
          {hasKeychain && (
            <Checkbox
              label="Ask for it at each start"
              description="Otherwise the keychain of this computer goes on opening the records by itself"
              checked={atEachStart}
              onChange={(event) => setAtEachStart(event.currentTarget.checked)}
            />
          )}
          <div className="clinic-form__foot">
            <Button onClick={end}>Cancel</Button>
            <Button variant="filled" type="submit" disabled={!isReady}>
              Set the passphrase
            </Button>
          </div>
        </form>
      ) : (
        <div className="clinic-form">
          <p className="text-2">
            {hasKeychain
              ? 'A second way to open the records, which people can remember. It may also be asked for at each start.'
              : 'It opens the records at each start of this computer, and from copies.'}
          </p>
          <div className="clinic-form__foot">
            {state.hasPassphrase && hasKeychain && <Button onClick={() => setAsking('REMOVE')}>Remove it</Button>}
            <Button onClick={() => setTyping(true)}>
              {state.hasPassphrase ? 'Change the passphrase' : 'Set a passphrase'}
            </Button>
          </div>
        </div>
      )}
      <ReauthDialog
        isOpen={asking !== null}
        title={asking === 'REMOVE' ? 'Remove the passphrase' : 'Set the passphrase'}
        method="PASSWORD"
        confirmText={asking === 'REMOVE' ? 'Remove it' : 'Set it'}
        refusal={command.refusal ? sentenceFor(command.refusal) : null}
        isBusy={command.isRunning}
        onConfirm={(reauth) => {
          const reply =
            asking === 'REMOVE'
              ? removeCommand.run({ reauth })
              : setCommand.run({ reauth, passphrase, atEachStart: atEachStart || !hasKeychain })
          void reply.then((answer) => {
            if (answer.ok) end()
          })
        }}
        onCancel={() => {
          setAsking(null)
          command.reset()
        }}
      >
        {asking === 'REMOVE'
          ? 'The keychain of this computer is tried first; it opens the records from then on. Copies open with the recovery code.'
          : 'The passphrase before it opens nothing here any more. Copies that were made before still open with it.'}
      </ReauthDialog>
    </SectionCard>
  )
}
