import './Wizard.css'
import { Button } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export type WizardStep = {
  readonly key: string
  readonly title: string
  readonly sentence: string
  /** `2 min`. */
  readonly time?: string
  readonly state?: 'done' | 'now' | 'toCome'
}

/** The numbered steps of a set-up, before it starts or beside it. */
export function WizardSteps({ label, steps }: { readonly label: string; readonly steps: readonly WizardStep[] }) {
  return (
    <ol className="wizard-steps" aria-label={label}>
      {steps.map((step, index) => (
        <li key={step.key} data-state={step.state ?? 'toCome'} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className="wizard-steps__number">
            {step.state === 'done' ? <IconCheck size={14} stroke={2} aria-label="done" /> : index + 1}
          </span>
          <span className="wizard-steps__text">
            <strong>{step.title}</strong>
            <span>{step.sentence}</span>
          </span>
          {step.time !== undefined && <span className="wizard-steps__time">{step.time}</span>}
        </li>
      ))}
    </ol>
  )
}

export type WizardFrameProps = {
  readonly title: string
  readonly steps: readonly WizardStep[]
  readonly stepTitle: string
  readonly stepSentence?: string
  readonly children: ReactNode
  readonly onBack: (() => void) | null
  readonly nextText: string
  readonly isNextDisabled?: boolean
  readonly onNext: () => void
  /** Refusal or what is missing, beside the buttons. */
  readonly foot?: ReactNode
}

/** One step at a time, all steps in sight; every finished step is already saved. */
export function WizardFrame(props: WizardFrameProps) {
  const { title, steps, stepTitle, stepSentence, children, onBack, nextText, isNextDisabled, onNext, foot } = props
  return (
    <main className="wizard-frame">
      <div className="wizard-frame__steps">
        <h1 className="title-20">{title}</h1>
        <WizardSteps label="Steps" steps={steps} />
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onNext()
        }}
      >
        <div className="wizard-frame__body">
          <h2 className="title-16">{stepTitle}</h2>
          {stepSentence !== undefined && <p className="text-2">{stepSentence}</p>}
          {children}
        </div>
        <footer>
          {onBack !== null && (
            <Button size="md" leftSection={<IconArrowLeft size={16} aria-hidden="true" />} onClick={onBack}>
              Back
            </Button>
          )}
          <div className="wizard-frame__foot">{foot}</div>
          <Button
            size="md"
            variant="filled"
            type="submit"
            disabled={isNextDisabled ?? false}
            rightSection={<IconArrowRight size={16} aria-hidden="true" />}
          >
            {nextText}
          </Button>
        </footer>
      </form>
    </main>
  )
}

export type StartChoiceProps = {
  readonly title: string
  readonly sentence: string
  readonly children: ReactNode
  readonly action: ReactNode
  /** The recommended one has the accent edge. */
  readonly isMain?: boolean
}

/** One of the two ways in at first run. */
export function StartChoice({ title, sentence, children, action, isMain = false }: StartChoiceProps) {
  return (
    <section className="start-choice" data-main={isMain} aria-label={title}>
      <h2>{title}</h2>
      <p>{sentence}</p>
      <div className="start-choice__body">{children}</div>
      <div className="start-choice__action">{action}</div>
    </section>
  )
}
