import { useState } from 'react'
import { IdleGuard } from '../../app/IdleGuard.tsx'
import { RecoveryCode, type ShownCode, useTypedBack } from '../../app/keys/RecoveryCode.tsx'
import { showSetUpPage, useSetUpPage } from '../../app/set-up-progress.ts'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { WizardFrame } from '../../parts/Wizard.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { setUpSteps } from './set-up-steps.ts'

/** The end of the first step: nothing else opens until the code is on paper and two of its groups were typed back. */
export function RecoveryStep() {
  const page = useSetUpPage()
  const make = useCommand('keys.makeFirstCode')
  const [shown, setShown] = useState<ShownCode | null>(null)
  const typedBack = useTypedBack(() => {
    if (page === null) showSetUpPage('physician')
    forgetEverything()
  })

  async function makeCode() {
    const reply = await make.run({})
    if (reply.ok) setShown(reply.value)
  }

  const isBusy = make.isRunning || typedBack.isRunning
  return (
    <>
      <IdleGuard />
      <WizardFrame
        title="Set up my clinic"
        steps={setUpSteps('clinic', () => false)}
        stepTitle="The recovery code"
        stepSentence="It opens the records when this computer cannot: stolen, broken, or its keychain changed."
        onBack={null}
        nextText={shown === null ? 'Make the code' : 'This is the code'}
        isNextDisabled={isBusy || (shown !== null && !typedBack.isReady)}
        onNext={() => void (shown === null ? makeCode() : typedBack.confirm())}
        foot={<RefusalText>{make.refusal ? sentenceFor(make.refusal) : null}</RefusalText>}
      >
        <div className="set-up-fields">
          {shown === null ? (
            <p className="set-up-note">
              <strong>Nobody can make it again from outside.</strong> With the code and a copy of the records anybody
              reads them; without the code and without this computer nobody does. Have a printer or a pen at hand: two
              of its groups are asked for before the clinic opens.
            </p>
          ) : (
            <RecoveryCode
              shown={shown}
              typed={typedBack.typed}
              onType={typedBack.setTyped}
              refusal={typedBack.refusal}
            />
          )}
        </div>
      </WizardFrame>
    </>
  )
}
