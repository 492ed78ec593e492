import { Checkbox } from '@mantine/core'
import { signatureDrawing } from '../../../shared/domain/consent/signature-picture.ts'
import type { ScreeningSignature } from '../../../shared/domain/screening/screening-body.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatDateTime, formatHash } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import type { SignedScreening } from './AnswersCard.tsx'

export type SignatureCardProps = {
  readonly screening: SignedScreening
  readonly timeZone: string
  /** Null for those who may not write. */
  readonly onConcernsChange: ((concerns: SignedScreening['body']['concerns']) => void) | null
}

const roleWords = { PATIENT: 'patient', GUARDIAN: 'guardian', REPRESENTATIVE: 'representative' } as const

/** Who signed what and when, and the practitioner's own two ticks. */
export function SignatureCard({ screening, timeZone, onConcernsChange }: SignatureCardProps) {
  const { body, sha256, versionNumber, handedOverBy } = screening
  const { signature, concerns } = body
  return (
    <SectionCard title="Signature and concerns">
      {signature !== null && (
        <div className="screening-signature">
          <PatientMark signature={signature} />
          <FactList
            facts={[
              { label: 'Signed by', value: signerWords(signature) },
              { label: 'Signed', value: formatDateTime(signature.signedAt, timeZone) },
              { label: 'Meaning', value: signature.intentStatement },
              { label: 'Handed over', value: handedOverBy },
              {
                label: 'Record',
                value: (
                  <>
                    questionnaire {body.questionnaireVersion}, version {versionNumber},{' '}
                    <span className="mono">{formatHash(sha256)}</span>
                  </>
                ),
              },
            ]}
          />
        </div>
      )}
      <fieldset className="screening-concerns">
        <legend>Practitioner’s concerns</legend>
        <Checkbox
          label="Unrealistic expectation or body-image concern"
          checked={concerns.bodyImage}
          disabled={onConcernsChange === null}
          onChange={(event) => onConcernsChange?.({ ...concerns, bodyImage: event.currentTarget.checked })}
        />
        <Checkbox
          label="Doubt about the capacity to decide"
          checked={concerns.capacity}
          disabled={onConcernsChange === null}
          onChange={(event) => onConcernsChange?.({ ...concerns, capacity: event.currentTarget.checked })}
        />
        <p className="text-3">A tick asks a physician to decide. It changes no answer.</p>
      </fieldset>
    </SectionCard>
  )
}

function signerWords({ name, role, relationship }: ScreeningSignature): string {
  return `${name}, ${relationship ?? roleWords[role]}`
}

function PatientMark({ signature }: { readonly signature: ScreeningSignature }) {
  const { mark, name } = signature
  if (mark.kind === 'TYPED') return <p className="screening-signature__typed">{mark.name}</p>
  const { viewBox, paths } = signatureDrawing(mark.strokes)
  return (
    <svg className="screening-signature__drawn" viewBox={viewBox} role="img" aria-label={`Signature of ${name}`}>
      {paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}
