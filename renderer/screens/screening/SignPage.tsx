import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { type SignerRole, signerRoles } from '../../../shared/domain/consent/consent.ts'
import { screeningStatement } from '../../../shared/domain/screening/statement.ts'
import type { PatientId, ScreeningId } from '../../../shared/kernel/ids.ts'
import type { Input } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatSpokenName } from '../../parts/format.ts'
import type { PatientModeFrameProps } from '../../parts/PatientModeFrame.tsx'
import { PatientFormPage } from '../../parts/PatientWindow.tsx'
import { type DrawnSignature, SignaturePad } from '../../parts/SignaturePad.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { OpenForm } from './use-answers.ts'

const signerWords: Readonly<Record<SignerRole, string>> = {
  PATIENT: 'The patient',
  GUARDIAN: 'Parent or guardian',
  REPRESENTATIVE: 'Representative',
}

export type SignPageProps = {
  readonly frame: Pick<
    PatientModeFrameProps,
    'name' | 'bornOn' | 'page' | 'pageCount' | 'language' | 'languages' | 'onLanguageChange' | 'onBack' | 'onQuestion'
  >
  readonly form: OpenForm
  readonly patientId: PatientId
  readonly screeningId: ScreeningId
  /** Saves what is left and gives the version to sign; null where it could not. */
  readonly flush: () => Promise<number | null>
  readonly onDone: () => void
}

/** Who signs, what the signature means, and the signature itself. */
export function SignPage({ frame, form, patientId, screeningId, flush, onDone }: SignPageProps) {
  const [role, setRole] = useState<SignerRole | null>(form.needsGuardian ? null : 'PATIENT')
  const [name, setName] = useState('')
  const [relationship, setRelationship] = useState('')
  const [drawn, setDrawn] = useState<DrawnSignature | null>(null)
  const [isIntended, setIntended] = useState(false)
  const [isUnsaved, setUnsaved] = useState(false)
  const sign = useCommand('screening.sign')

  const patientName = formatSpokenName(frame.name)
  const isNamed = role === 'PATIENT' || (role !== null && name.trim() !== '' && relationship.trim() !== '')
  const missing = whatIsMissing({ role, isNamed, isDrawn: drawn !== null, isIntended })

  async function signNow() {
    if (role === null || drawn === null) return
    const version = await flush()
    setUnsaved(version === null)
    if (version === null) return
    const reply = await sign.run({
      patientId,
      screeningId,
      version,
      signer: role === 'PATIENT' ? { role } : { role, name: name.trim(), relationship: relationship.trim() },
      mark: drawn.mark as Input<'screening.sign'>['mark'],
      intentTicked: isIntended,
    })
    if (reply.ok) onDone()
  }

  const refusal = sign.refusal
    ? sentenceFor(sign.refusal)
    : isUnsaved
      ? 'Your last answers could not be saved, so nothing was signed. Please try again.'
      : null
  return (
    <PatientFormPage
      {...frame}
      title="Your signature"
      lead="Your answers help us treat you safely. The clinic’s staff can explain an answer in their notes, and never change it."
      asideWidth="wide"
      aside={
        <SignaturePad
          title="Sign here with finger or pen"
          size="patient"
          signerText={
            role === 'PATIENT' || role === null
              ? `${patientName}, patient`
              : `${name.trim() || 'Name'}, ${relationship.trim() || roleWords[role]}`
          }
          intentStatement={screeningStatement}
          isIntended={isIntended}
          onIntendedChange={setIntended}
          onChange={setDrawn}
        />
      }
      next={{
        text: 'Sign my answers',
        kind: 'sign',
        isDisabled: missing !== null || sign.isRunning,
        onNext: () => void signNow(),
      }}
      hint={refusal ?? missing}
    >
      <div className="patient-signer">
        <fieldset>
          <legend>Who signs?</legend>
          {signerRoles.map((value) => (
            <div key={value} className="patient-option" data-chosen={role === value}>
              <label>
                <input
                  type="radio"
                  name="signer"
                  checked={role === value}
                  disabled={value === 'PATIENT' && form.needsGuardian}
                  onChange={() => setRole(value)}
                />
                <span className="patient-option__mark" data-kind="radio" aria-hidden="true" />
                <span>{signerWords[value]}</span>
              </label>
            </div>
          ))}
        </fieldset>
        {form.needsGuardian && <p>A parent, guardian or representative signs for a minor.</p>}
        {role !== null && role !== 'PATIENT' && (
          <>
            <TextInput
              label="Full name of the person who signs"
              size="xl"
              autoComplete="off"
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={`Relationship to ${patientName}, for example mother`}
              size="xl"
              autoComplete="off"
              maxLength={200}
              value={relationship}
              onChange={(event) => setRelationship(event.currentTarget.value)}
            />
          </>
        )}
      </div>
    </PatientFormPage>
  )
}

const roleWords = { PATIENT: 'patient', GUARDIAN: 'parent or guardian', REPRESENTATIVE: 'representative' } as const

/** The next thing to do before signing; null where nothing is missing. */
function whatIsMissing(done: {
  readonly role: SignerRole | null
  readonly isNamed: boolean
  readonly isDrawn: boolean
  readonly isIntended: boolean
}): string | null {
  if (done.role === null) return 'Choose who signs'
  if (!done.isNamed) return 'Type the name and the relationship of the person who signs'
  if (!done.isDrawn) return 'Sign in the box, or type the name instead'
  return done.isIntended ? null : 'Tick the sentence under the signature'
}
