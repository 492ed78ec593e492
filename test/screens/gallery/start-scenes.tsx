import { Button, TextInput } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { KeyHint } from '../../../renderer/parts/KeyHint.tsx'
import { Logo } from '../../../renderer/parts/Logo.tsx'
import { SchemeSwitch } from '../../../renderer/parts/SchemeSwitch.tsx'
import { StartChoice, WizardFrame, type WizardStep, WizardSteps } from '../../../renderer/parts/Wizard.tsx'

const steps: readonly WizardStep[] = [
  { key: 'clinic', title: 'Your clinic', sentence: 'Name, state, time zone, how dates are read', time: '1 min' },
  {
    key: 'physician',
    title: 'The responsible physician',
    sentence: 'Name, licence, board certification',
    time: '2 min',
  },
  {
    key: 'policy',
    title: 'Who may treat, how deep',
    sentence: 'Supervision and depth limits. Nothing is allowed until a physician approves it',
    time: '4 min',
  },
  { key: 'team', title: 'Your team', sentence: 'A personal sign-in and PIN for each person', time: '2 min' },
  {
    key: 'backup',
    title: 'Backup',
    sentence: 'Where copies go, and the recovery key to print and lock away',
    time: '1 min',
  },
]

export function FirstRunScene() {
  return (
    <main className="gallery-first-run">
      <header>
        <Logo size={60} />
        <div>
          <h1>Countersign</h1>
          <p>
            Clinic records for microneedling, signed twice: by the person who treats and the physician who answers for
            it.
          </p>
        </div>
      </header>
      <div className="gallery-first-run-choices">
        <StartChoice
          title="Set up my clinic"
          sentence="Five short steps, about twelve minutes. Stop after any, go on later."
          isMain
          action={
            <>
              <Button variant="filled" size="lg" rightSection={<IconArrowRight size={16} aria-hidden="true" />}>
                Set up my clinic
              </Button>
              <span>
                or press <KeyHint keys="Enter" />
              </span>
            </>
          }
        >
          <WizardSteps label="Steps" steps={steps} />
        </StartChoice>
        <StartChoice
          title="Look around with a sample clinic"
          sentence="Invented people, marked on every screen. Reset at any time."
          action={
            <>
              <Button size="lg">Look around</Button>
              <span>Your own clinic stays empty</span>
            </>
          }
        >
          {null}
        </StartChoice>
      </div>
      <SchemeSwitch labelPlace="beside" />
    </main>
  )
}

export function WizardScene() {
  return (
    <WizardFrame
      title="Set up my clinic"
      steps={steps.map((step, index) => ({ ...step, state: index === 0 ? 'done' : index === 1 ? 'now' : 'toCome' }))}
      stepTitle="The responsible physician"
      stepSentence="The person who reviews and signs every treatment record."
      onBack={() => undefined}
      nextText="Save and go on"
      onNext={() => undefined}
    >
      <TextInput label="Name as printed" defaultValue="Samuel Okafor, MD" />
      <TextInput
        label="Licence number"
        error="A licence number has at least four signs. It is printed with every signature."
      />
    </WizardFrame>
  )
}
