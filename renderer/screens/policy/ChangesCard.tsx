import { DiffTable } from '../../parts/DiffTable.tsx'
import { formatDate, formatPlural } from '../../parts/format.ts'
import { ScrollRegion } from '../../parts/ScrollRegion.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { comparePolicies } from './compare-policies.ts'
import { type OpenedPolicy, type PolicyText, toPolicyText } from './policy-body.ts'

/** What a draft or another policy changes against the one in force. */
export function ChangesCard({
  text,
  inForce,
}: {
  readonly text: PolicyText
  readonly inForce: NonNullable<OpenedPolicy['inForce']>
}) {
  const changes = comparePolicies(toPolicyText(inForce.body), text)
  const since = `the policy in force since ${formatDate(inForce.effectiveFrom)}`
  if (changes.length === 0)
    return (
      <SectionCard title="Changes">
        <p className="text-2">Every value is as in {since}.</p>
      </SectionCard>
    )
  return (
    <SectionCard title="Changes" note={`${formatPlural(changes.length, 'value')} against ${since}`} isFlush>
      {/* A long list scrolls, so it can be reached by the keyboard. */}
      <ScrollRegion className="policy-changes" label="Changed values">
        <DiffTable
          label={`Changes against ${since}`}
          beforeHeading="In force"
          afterHeading="Here"
          rows={changes.map((change) => ({
            id: change.id,
            field: change.label,
            before: change.before ?? 'Not there',
            after: change.after ?? 'Removed',
            note: null,
            tone: 'plain',
          }))}
        />
      </ScrollRegion>
    </SectionCard>
  )
}
