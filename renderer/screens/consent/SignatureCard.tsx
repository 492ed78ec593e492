import type { OpenedConsent } from '../../../shared/contract/consent.ts'
import { signatureDrawing } from '../../../shared/domain/consent/signature-picture.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDateTimeZone, formatHash, formatPlural } from '../../parts/format.ts'
import { languageName } from '../../parts/language-name.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SignedMark } from '../../parts/SignedMark.tsx'
import { identityWords, interpreterWords, signerWords } from './consent-words.ts'

type Record = NonNullable<OpenedConsent['record']>
type Signature = NonNullable<Record['body']['signature']>

export type SignatureCardProps = {
  readonly record: Record
  readonly signature: Signature
  readonly timeZone: string
}

/** The mark and everything that makes it count: who, meaning what, on which text, seen by whom. */
export function SignatureCard({ record, signature, timeZone }: SignatureCardProps) {
  const { body } = record
  const { interpreter, minor } = body
  return (
    <SectionCard title="Signature" aside={<SignedMark text={formatDateTimeZone(signature.signedAt, timeZone)} />}>
      <Mark mark={signature.mark} name={signature.name} />
      <FactList
        labelWidth={120}
        facts={[
          {
            label: 'Signed by',
            value: (
              <>
                <strong>{signature.name}</strong>,{' '}
                {signature.role === 'PATIENT' ? 'the patient' : signature.relationship}
              </>
            ),
          },
          ...(signature.proofOfAuthority === null
            ? []
            : [{ label: 'Authority', value: `${signerWords[signature.role]}; seen: ${signature.proofOfAuthority}` }]),
          { label: 'Identity seen', value: identityWords[signature.identityDocument] },
          { label: 'Intent, ticked', value: `“${signature.intentStatement}”` },
          { label: 'Witness', value: printed(body.witness) },
          { label: 'Explained by', value: printed(body.explainedBy) },
          {
            label: 'Language',
            value: interpreter
              ? `${languageName(body.language)}; ${interpreter.name}, ${interpreterWords[interpreter.mode].toLowerCase()}, ${languageName(interpreter.language)}`
              : languageName(body.language),
          },
          { label: 'Reading time', value: readingTime(body.readingTimeSec) },
          { label: 'Questions', value: body.questionsAsked === '' ? 'None' : body.questionsAsked },
          ...(minor
            ? [
                {
                  label: 'Own agreement',
                  value: minor.assent.note === '' ? 'Given' : `Given: “${minor.assent.note}”`,
                },
                {
                  label: 'Examined by',
                  value: `${printed(minor.physicianExam.physician)}, ${formatDate(minor.physicianExam.examinedOn)}`,
                },
                {
                  label: 'Chaperone',
                  value: [minor.chaperone.name, minor.chaperone.relation].filter(Boolean).join(', '),
                },
              ]
            : []),
          { label: 'Device', value: <span className="mono">{signature.workstation.slice(0, 8)}</span> },
          { label: 'Text signed', value: <span className="mono">{formatHash(signature.documentSha256)}</span> },
          {
            label: 'Record',
            value: (
              <>
                <span className="mono">{formatHash(record.sha256)}</span>, version {record.versionNumber}
              </>
            ),
          },
        ]}
      />
    </SectionCard>
  )
}

function Mark({ mark, name }: { readonly mark: Signature['mark']; readonly name: string }) {
  if (mark.kind === 'TYPED') return <p className="consent-mark consent-mark--typed">{mark.name}</p>
  const { viewBox, paths } = signatureDrawing(mark.strokes)
  return (
    <svg className="consent-mark" viewBox={viewBox} role="img" aria-label={`Signature of ${name}`}>
      {paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}

function printed({ name, credential }: { readonly name: string; readonly credential: string }): string {
  return credential === '' ? name : `${name}, ${credential}`
}

function readingTime(seconds: number): string {
  if (seconds < 60) return formatPlural(seconds, 'second')
  const rest = seconds % 60
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`
}
