import './SignInScreen.css'
import { Button } from '@mantine/core'
import { OutsideFrame } from '../../app/OutsideFrame.tsx'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { PassphraseScreen } from './PassphraseScreen.tsx'

const whyClosed = 'Nobody was here for half an hour, so the records were closed.'
const whatFollows = 'Once they are open, everybody comes back to the same place; drafts are as they were.'

/** The records were closed behind the lock. They open as at the start of the program, and a PIN follows. */
export function RestingScreen({ opensBy }: { readonly opensBy: 'KEYCHAIN' | 'PASSPHRASE' }) {
  if (opensBy === 'PASSPHRASE')
    return <PassphraseScreen sentence={`${whyClosed} The passphrase of the clinic opens them. ${whatFollows}`} />
  return <OpenByKeychain />
}

function OpenByKeychain() {
  const unlock = useCommand('clinic.unlockStore')

  async function open() {
    const reply = await unlock.run({ passphrase: null })
    if (reply.ok) forgetEverything()
  }

  return (
    <OutsideFrame name="Countersign" line="Clinic records, encrypted">
      <div className="sign-in__title">
        <h1 className="title-20">Open the records</h1>
        <p className="text-2">
          {whyClosed} {whatFollows}
        </p>
      </div>
      <div className="sign-in" aria-busy={unlock.isRunning}>
        <RefusalText>{unlock.refusal ? sentenceFor(unlock.refusal) : null}</RefusalText>
        <div className="sign-in__foot">
          <span className="text-12 text-3">{unlock.isRunning && 'Opening the records'}</span>
          <Button size="md" variant="filled" autoFocus disabled={unlock.isRunning} onClick={() => void open()}>
            Open
          </Button>
        </div>
      </div>
    </OutsideFrame>
  )
}
