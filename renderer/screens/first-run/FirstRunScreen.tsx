import './first-run.css'
import { Button } from '@mantine/core'
import { IconArrowRight, IconDatabaseImport, IconFileImport, IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { RecoverScreen } from '../../app/backup/RecoverScreen.tsx'
import { showSetUpPage, useSetUpPage } from '../../app/set-up-progress.ts'
import type { ClinicStatus } from '../../app/use-clinic.ts'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { Logo } from '../../parts/Logo.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SchemeSwitch } from '../../parts/SchemeSwitch.tsx'
import { StartChoice, WizardSteps } from '../../parts/Wizard.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { RecoveryStep } from './RecoveryStep.tsx'
import { SampleGlimpse } from './SampleGlimpse.tsx'
import { SetUpScreen } from './SetUpScreen.tsx'
import { setUpSteps } from './set-up-steps.ts'

/** An empty computer: set up a clinic, or look around among invented people. */
export function FirstRunScreen({ status }: { readonly status: ClinicStatus }) {
  const page = useSetUpPage()
  const [isRecovering, setRecovering] = useState(false)
  if (status.store.state === 'OPEN' && status.store.keys === 'CODE_PENDING') return <RecoveryStep />
  if (page !== null) return <SetUpScreen status={status} page={page} />
  if (isRecovering) return <RecoverScreen canChoose={status.host === 'electron'} onBack={() => setRecovering(false)} />
  return <Choice onRecover={() => setRecovering(true)} />
}

function Choice({ onRecover }: { readonly onRecover: () => void }) {
  const sample = useCommand('clinic.openSample')
  const [isOpening, setOpening] = useState(false)

  async function lookAround() {
    setOpening(true)
    const reply = await sample.run({ reset: false })
    setOpening(false)
    if (reply.ok) forgetEverything()
  }

  return (
    <main className="first-run">
      <header className="first-run__head">
        <Logo size={60} />
        <div>
          <h1>Countersign</h1>
          <p>
            Clinic records for microneedling, signed twice: by the person who treats and the physician who answers for
            it.
          </p>
        </div>
      </header>
      <div className="first-run__choices">
        <StartChoice
          title="Set up my clinic"
          sentence="Five short steps, about twelve minutes. Stop after any, go on later."
          isMain
          action={
            <>
              <Button
                variant="filled"
                size="lg"
                autoFocus
                rightSection={<IconArrowRight size={16} aria-hidden="true" />}
                onClick={() => showSetUpPage('clinic')}
              >
                Set up my clinic
              </Button>
              <span>
                or press <KeyHint keys="Enter" />
              </span>
              <Button
                variant="subtle"
                ml="auto"
                leftSection={<IconDatabaseImport size={16} stroke={1.6} aria-hidden="true" />}
                onClick={onRecover}
              >
                I have a backup
              </Button>
            </>
          }
        >
          <WizardSteps label="Steps" steps={setUpSteps(null, () => false)} />
        </StartChoice>
        <StartChoice
          title="Look around with a sample clinic"
          sentence="Invented people, marked on every screen. Reset at any time."
          action={
            <>
              <Button size="lg" onClick={() => void lookAround()} disabled={isOpening}>
                {isOpening ? 'Preparing the sample' : 'Look around'}
              </Button>
              <span>Your own clinic stays empty</span>
              <RefusalText>{sample.refusal ? sentenceFor(sample.refusal) : null}</RefusalText>
            </>
          }
        >
          <SampleGlimpse />
        </StartChoice>
      </div>
      <footer className="first-run__foot">
        <span>
          <IconLock size={16} stroke={1.6} aria-hidden="true" />
          Records stay on this computer, encrypted
        </span>
        <span>
          <IconFileImport size={16} stroke={1.6} aria-hidden="true" />
          Moving from another system? Patients can be imported after the set-up
        </span>
        <SchemeSwitch labelPlace="hidden" />
      </footer>
    </main>
  )
}
