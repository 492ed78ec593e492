import './PatientModeFrame.css'
import { Button, Menu, Modal } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconHelpCircle,
  IconLanguage,
  IconLock,
  IconSignature,
} from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { formatDate, formatSpokenName, type PersonName } from './format.ts'
import { Logo } from './Logo.tsx'
import { PinField } from './PinField.tsx'
import { RefusalText } from './RefusalText.tsx'

export const patientTextSizes = ['normal', 'large', 'largest'] as const
export type PatientTextSize = (typeof patientTextSizes)[number]

export type PatientModeFrameProps = {
  readonly name: PersonName
  readonly bornOn: CalendarDate | null
  /** 1-based. */
  readonly page: number
  readonly pageCount: number
  readonly title: string
  readonly lead?: ReactNode
  /** Beside the page: a note, initials, the signature. Under it where there is no room. */
  readonly aside?: ReactNode
  readonly asideWidth?: 'narrow' | 'wide'
  readonly textSize: PatientTextSize
  readonly onTextSizeChange: (size: PatientTextSize) => void
  readonly language: string
  readonly languages: readonly { readonly code: string; readonly name: string }[]
  readonly onLanguageChange: (code: string) => void
  readonly onBack: (() => void) | null
  readonly onQuestion: (() => void) | null
  readonly next: {
    readonly text: string
    readonly kind: 'next' | 'sign'
    readonly isDisabled: boolean
    readonly onNext: () => void
  }
  /** What is still missing on this page, beside the button; or a refusal. */
  readonly hint?: string | null
  readonly onLeave: (pin: string) => void
  readonly leaveRefusal: string | null
  readonly children: ReactNode
}

/** The clinic's screen in the patient's hands: nothing else is reachable, a staff PIN ends it. */
export function PatientModeFrame(props: PatientModeFrameProps) {
  const { name, bornOn, page, pageCount, title, lead, aside, asideWidth = 'narrow', textSize, children } = props
  const [isLeaving, setLeaving] = useState(false)

  return (
    <div className="patient-mode" data-text={textSize}>
      <header className="patient-mode__top">
        <Logo size={34} />
        <p className="patient-mode__who">
          <strong>{formatSpokenName(name)}</strong>
          {bornOn !== null && <span>Born {formatDate(bornOn)}</span>}
        </p>
        <PageProgress page={page} pageCount={pageCount} />
        <LanguageMenu {...props} />
        <TextSizeButton textSize={textSize} onChange={props.onTextSizeChange} />
      </header>
      <PatientPage key={page} title={title} lead={lead} aside={aside} asideWidth={asideWidth}>
        {children}
      </PatientPage>
      <PatientModeFoot {...props} onAskLeave={() => setLeaving(true)} />
      <LeaveDialog
        isOpen={isLeaving}
        refusal={props.leaveRefusal}
        onLeave={props.onLeave}
        onCancel={() => setLeaving(false)}
      />
    </div>
  )
}

type PatientPageProps = {
  readonly title: string
  readonly lead: ReactNode
  readonly aside: ReactNode
  readonly asideWidth: 'narrow' | 'wide'
  readonly children: ReactNode
}

/** Made anew for each page, so it starts at its top and is read out from its heading. */
function PatientPage({ title, lead, aside, asideWidth, children }: PatientPageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <main className="patient-mode__body" data-aside={aside === undefined ? 'none' : asideWidth}>
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <p className="patient-mode__lead">{lead}</p>}
        {children}
      </div>
      {aside !== undefined && <div>{aside}</div>}
    </main>
  )
}

function PageProgress({ page, pageCount }: { readonly page: number; readonly pageCount: number }) {
  return (
    <div className="patient-mode__progress">
      <div aria-hidden="true">
        {Array.from({ length: pageCount }, (_, index) => index + 1).map((number) => (
          <span key={number} data-state={number < page ? 'done' : number === page ? 'now' : 'toCome'} />
        ))}
      </div>
      <strong role="status">
        {page} of {pageCount}
      </strong>
    </div>
  )
}

function LanguageMenu({ language, languages, onLanguageChange }: PatientModeFrameProps) {
  const current = languages.find((known) => known.code === language)?.name ?? language
  if (languages.length < 2) return null
  return (
    <Menu>
      <Menu.Target>
        <button type="button" className="patient-mode__tool" aria-label={`Language: ${current}`}>
          <IconLanguage size={20} stroke={1.7} aria-hidden="true" />
          {current}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((known) => (
          <Menu.Item key={known.code} lang={known.code} onClick={() => onLanguageChange(known.code)}>
            {known.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function TextSizeButton({
  textSize,
  onChange,
}: {
  textSize: PatientTextSize
  onChange: (size: PatientTextSize) => void
}) {
  const at = patientTextSizes.indexOf(textSize)
  const next = patientTextSizes[(at + 1) % patientTextSizes.length] ?? 'normal'
  return (
    <button
      type="button"
      className="patient-mode__tool"
      aria-label={`Text size: ${textSize}. Change to ${next}`}
      onClick={() => onChange(next)}
    >
      <span aria-hidden="true" className="patient-mode__sizes">
        <small>A</small>
        <big>A</big>
      </span>
    </button>
  )
}

function PatientModeFoot(props: PatientModeFrameProps & { readonly onAskLeave: () => void }) {
  const { onBack, onQuestion, next, hint = null, onAskLeave } = props
  return (
    <footer className="patient-mode__foot">
      {onBack !== null && (
        <Button size="xl" leftSection={<IconArrowLeft size={22} stroke={1.8} aria-hidden="true" />} onClick={onBack}>
          Back
        </Button>
      )}
      {onQuestion !== null && (
        <button type="button" className="patient-mode__link" onClick={onQuestion}>
          <IconHelpCircle size={22} stroke={1.8} aria-hidden="true" />I have a question
        </button>
      )}
      <span className="patient-mode__hint" role="status">
        {hint}
      </span>
      <button type="button" className="patient-mode__leave" onClick={onAskLeave}>
        <IconLock size={18} stroke={1.7} aria-hidden="true" />
        Staff PIN to leave this screen
      </button>
      <Button
        size="xl"
        variant="filled"
        disabled={next.isDisabled}
        onClick={next.onNext}
        leftSection={next.kind === 'sign' ? <IconSignature size={24} stroke={1.8} aria-hidden="true" /> : undefined}
        rightSection={next.kind === 'next' ? <IconArrowRight size={22} stroke={1.8} aria-hidden="true" /> : undefined}
      >
        {next.text}
      </Button>
    </footer>
  )
}

type LeaveDialogProps = {
  readonly isOpen: boolean
  readonly refusal: string | null
  readonly onLeave: (pin: string) => void
  readonly onCancel: () => void
}

function LeaveDialog({ isOpen, refusal, onLeave, onCancel }: LeaveDialogProps) {
  const [pin, setPin] = useState('')
  return (
    <Modal opened={isOpen} onClose={onCancel} title="For the clinic’s staff" size={420}>
      <div className="patient-mode__leave-form">
        <p>What was answered so far is kept. Type your PIN to take the screen back.</p>
        <PinField
          size="large"
          value={pin}
          isFocused
          onChange={setPin}
          onComplete={(complete) => {
            setPin('')
            onLeave(complete)
          }}
        />
        <RefusalText>{refusal}</RefusalText>
      </div>
    </Modal>
  )
}
