import type { Clinic } from '../../app/use-clinic.ts'
import { formatDateTimeZone } from '../../parts/format.ts'
import { keyResetSentence } from '../../parts/key-reset.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SignatureStrip } from '../../parts/SignatureStrip.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import type { OpenSession } from './desk-context.ts'
import { dispositionWords, meaningWords } from './session-words.ts'

/** Who signed what, when and meaning what, each bound to a version by its hash. */
export function SignaturesCard({ opened, clinic }: { readonly opened: OpenSession; readonly clinic: Clinic }) {
  const { signatures, dispositions, session, record } = opened
  return (
    <SectionCard title="Signatures">
      <div className="session-fields">
        {signatures.map((signature) => (
          <div key={`${signature.versionId} ${signature.signedAt} ${signature.meaning}`}>
            <SignatureStrip
              printedName={signature.signerName}
              credential={signature.credential}
              licence={signature.licence || null}
              forWhom={signature.meaning.startsWith('REVIEWED') ? `for ${session.practitioner.printedName}` : null}
              meaning={`${meaningWords[signature.meaning] ?? signature.meaning}.`}
              sentence={signature.versionId === record?.versionId ? '' : 'An earlier version, kept as it was.'}
              attestationVersion={signature.meaning === 'AUTHOR' ? 'by the author' : 'by the physician'}
              recordVersion={signature.versionNumber}
              sha256={signature.sha256}
              signedText={formatDateTimeZone(signature.signedAt, clinic.timeZone)}
            />
            <p className="text-12 text-2">
              {keyResetSentence(signature.keyReset, (at) => formatDateTimeZone(at, clinic.timeZone))}
            </p>
            {!signature.isIntact && (
              <StateLine state="blocked">The bytes under this signature were changed outside this program.</StateLine>
            )}
          </div>
        ))}
        {session.state === 'SUBMITTED' && <p className="text-2">{waitingSentence(session, clinic)}</p>}
        {dispositions.length > 0 && (
          <ul className="session-warnings">
            {dispositions.map((entry) => {
              const number = (record?.body.deviations ?? []).findIndex(
                ({ deviationId }) => deviationId === entry.deviationId,
              )
              return (
                <li key={`${entry.versionId} ${entry.deviationId}`}>
                  <span>
                    {number < 0 ? 'A deviation of an earlier version' : `Deviation ${number + 1}`}:{' '}
                    <strong>{dispositionWords[entry.disposition].toLowerCase()}</strong> by{' '}
                    {entry.decidedBy.printedName}
                    {entry.note ? `. ${entry.note}` : ''}
                  </span>
                </li>
              )
            })}
          </ul>
        )}
      </div>
    </SectionCard>
  )
}

function waitingSentence(
  { supervisingPhysician, dueAt, lateness }: OpenSession['session'],
  { timeZone }: Clinic,
): string {
  if (lateness === 'NOT_REQUIRED') return 'The policy asks for no countersignature. A physician may still sign it.'
  const due = dueAt ? `, due ${formatDateTimeZone(dueAt, timeZone)}` : ''
  return `Waits for ${supervisingPhysician?.printedName ?? 'a physician'}${due}.`
}
