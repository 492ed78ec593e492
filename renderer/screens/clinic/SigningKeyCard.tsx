import { useQuery } from '../../client/use-query.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** The fingerprint by which a stranger knows that a signed packet comes from this clinic. */
export function SigningKeyCard() {
  const { value, refusal } = useQuery('packet.clinicKey', {})
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return null
  return (
    <SectionCard title="Signing key of the clinic">
      <div className="clinic-form">
        <p className="mono clinic-fingerprint">{value.fingerprint.replaceAll('-', ' ')}</p>
        <p className="text-12 text-2">
          It stands at the foot of every printed record. Whoever checks a signed packet compares it with this one: only
          then is it certain that the packet comes from this clinic.
        </p>
      </div>
    </SectionCard>
  )
}
