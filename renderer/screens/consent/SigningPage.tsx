import { useState } from 'react'
import type { ConsentId, PatientId } from '../../../shared/kernel/ids.ts'
import type { Input } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatDateTimeZone } from '../../parts/format.ts'
import { PatientFormPage } from '../../parts/PatientWindow.tsx'
import { type DrawnSignature, SignaturePad } from '../../parts/SignaturePad.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { Agreement } from './Agreement.tsx'
import { type ConsentPage, type OpenForm, photoChoices } from './consent-pages.ts'
import { type Change, type Frame, initialsOf } from './page-props.ts'
import type { Answers } from './use-answers.ts'

type SigningPageProps = {
  readonly frame: Frame
  readonly page: ConsentPage
  readonly pages: readonly ConsentPage[]
  readonly form: OpenForm
  readonly address: { readonly patientId: PatientId; readonly consentId: ConsentId }
  readonly answers: Answers
  readonly now: string
  readonly saveHint: string | null
  readonly onChange: Change
  /** Saves what is left and gives the text as it stands in the store. */
  readonly onFlush: () => Promise<{ readonly sha256: string } | null>
  readonly onChangePhotos: () => void
  readonly onRefuse: () => void
  readonly onDone: () => void
}

/** What is agreed to, and the mark beside it. */
export function SigningPage(props: SigningPageProps) {
  const { frame, page, pages, form, address, answers, now, saveHint, onChange, onFlush, onDone } = props
  const [drawn, setDrawn] = useState<DrawnSignature | null>(null)
  const [isIntended, setIntended] = useState(false)
  const sign = useCommand('consent.sign')
  const photos = pages.find(({ kind }) => kind === 'PHOTOS')?.sections[0]
  const missing = whatIsMissing({ form, answers, isDrawn: drawn !== null, isIntended })

  async function signNow() {
    if (drawn === null) return
    const text = await onFlush()
    if (text === null) return
    const reply = await sign.run({
      ...address,
      version: form.version,
      // The wire's types are of arrays that could be changed; nobody changes these.
      mark: drawn.mark as Input<'consent.sign'>['mark'],
      intentTicked: isIntended,
      documentSha256: text.sha256,
    })
    if (reply.ok) onDone()
  }

  return (
    <PatientFormPage
      {...frame}
      title="Your agreement"
      asideWidth="wide"
      aside={
        <SignaturePad
          title="Sign here with finger or pen"
          timeText={formatDateTimeZone(now, form.timeZone)}
          size="patient"
          signerText={`${form.signer.name}, ${form.signer.role === 'PATIENT' ? 'patient' : form.signer.relationship}`}
          intentStatement={form.intentStatement}
          isIntended={isIntended}
          onIntendedChange={setIntended}
          onChange={setDrawn}
        />
      }
      next={{
        text: 'I agree and sign',
        kind: 'sign',
        isDisabled: missing !== null || sign.isRunning,
        onNext: () => void signNow(),
      }}
      hint={sign.refusal ? sentenceFor(sign.refusal) : (saveHint ?? missing)}
    >
      <Agreement
        form={form}
        sections={page.sections}
        photoChoices={photos ? photoChoices(photos).choices : []}
        answers={answers}
        onChange={onChange}
        onChangePhotos={props.onChangePhotos}
        onRefuse={props.onRefuse}
      />
    </PatientFormPage>
  )
}

/** The next thing to do before signing; null where nothing is missing. */
function whatIsMissing(done: {
  readonly form: OpenForm
  readonly answers: Answers
  readonly isDrawn: boolean
  readonly isIntended: boolean
}): string | null {
  const { form, answers } = done
  const isInitialled = form.sections
    .filter((section) => section.initialRequired)
    .every(({ key }) => initialsOf(answers, key).trim() !== '')
  if (!isInitialled) return 'Initials are missing on an earlier page'
  if (!answers.agreed) return 'Tick what you agree to'
  if (form.isMinor && !answers.assent.given) return 'The young person ticks their own agreement'
  if (!done.isDrawn) return 'Sign in the box, or type your name'
  return done.isIntended ? null : 'Tick the sentence under the signature'
}
