import type { ReactNode } from 'react'
import type { DateState } from '../../../shared/domain/stock-status.ts'
import { ClusterCard } from '../../app/complications/ClusterCard.tsx'
import { hrefTo, paths, pathTo } from '../../app/paths.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { useQuery } from '../../client/use-query.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'

const subjects = ['session', 'signOff', 'complication', 'staff', 'policy', 'stock', 'backup', 'clinic'] as const

/** Counts and names of staff: what is late, what ends soon, when the records were last copied. */
export function ManagerTab({ clinic }: { readonly clinic: Clinic }) {
  const seen = useQuery('today.manager', {}, { dependsOn: subjects })
  if (seen.refusal) return <RefusalText>{sentenceFor(seen.refusal)}</RefusalText>
  if (!seen.value) return <div aria-busy="true" />
  const { signOff, unsubmitted, complications, licences, licenceWarnDays, policy, lots, calibrationsDue, lastCopyAt } =
    seen.value
  return (
    <div className="today-cards">
      <SectionCard title="Records to be signed">
        <FactList
          labelWidth={190}
          facts={[
            { label: 'Waiting for a physician', value: signOff.waiting },
            { label: 'Overdue', value: counted(signOff.overdue, 'due') },
            { label: 'Long overdue', value: counted(signOff.escalated, 'due') },
            { label: 'Treated and not submitted', value: counted(unsubmitted.drafts, 'missing') },
            { label: 'Returned to the author', value: counted(unsubmitted.returned, 'returned') },
          ]}
        />
      </SectionCard>
      <SectionCard title="Complications">
        <FactList
          labelWidth={190}
          facts={[
            { label: 'Open', value: complications.open },
            { label: 'Red flags among them', value: counted(complications.redFlags, 'redFlag') },
          ]}
        />
      </SectionCard>
      <ClusterCard />
      <SectionCard title="Licences about to expire" aside={<a href={hrefTo(pathTo.clinicPart('staff'))}>Staff</a>}>
        {licences.length === 0 ? (
          <p className="text-2">No licence ends in the next {licenceWarnDays} days.</p>
        ) : (
          <FactList
            labelWidth={190}
            facts={licences.map((one) => ({
              label: one.printedName,
              value: <DateFact on={one.expiresOn} state={one.dateState} past="expired" soon="ends" />,
            }))}
          />
        )}
      </SectionCard>
      <SectionCard title="Policy" aside={<a href={hrefTo(pathTo.clinicPart('policy'))}>Policy</a>}>
        <FactList
          labelWidth={190}
          facts={[
            {
              label: 'In force',
              value:
                policy.effectiveFrom === null ? (
                  <StateLine state="missing">None is approved</StateLine>
                ) : (
                  `since ${formatDate(policy.effectiveFrom)}`
                ),
            },
            ...(policy.reviewOn && policy.reviewState
              ? [
                  {
                    label: 'To be reviewed',
                    value: <DateFact on={policy.reviewOn} state={policy.reviewState} past="was due" soon="due" />,
                  },
                ]
              : []),
            { label: 'Draft', value: policy.hasDraft ? 'Waits for a physician’s approval' : 'None' },
          ]}
        />
      </SectionCard>
      <SectionCard title="Stock" aside={<a href={hrefTo(paths.stock)}>Stock</a>}>
        <FactList
          labelWidth={190}
          facts={[
            { label: 'Lots past their date', value: counted(lots.past, 'blocked') },
            { label: 'Lots about to end', value: counted(lots.soon, 'missing') },
            { label: 'Calibrations due', value: counted(calibrationsDue, 'missing') },
          ]}
        />
      </SectionCard>
      <SectionCard title="Copies of the records" aside={<a href={hrefTo(pathTo.clinicPart('copies'))}>Copies</a>}>
        <FactList
          labelWidth={190}
          facts={[
            {
              label: 'Last verified copy',
              value:
                lastCopyAt === null ? (
                  <StateLine state="missing">Never made</StateLine>
                ) : (
                  formatDateTime(lastCopyAt, clinic.timeZone)
                ),
            },
            { label: 'Restore', value: 'Not yet proven' },
          ]}
        />
      </SectionCard>
    </div>
  )
}

function counted(count: number, state: 'due' | 'missing' | 'returned' | 'redFlag' | 'blocked'): ReactNode {
  return count === 0 ? '0' : <StateLine state={state}>{String(count)}</StateLine>
}

function DateFact({
  on,
  state,
  past,
  soon,
}: {
  readonly on: string
  readonly state: DateState
  readonly past: string
  readonly soon: string
}) {
  if (state === 'PAST') return <StateLine state="blocked">{`${past} ${formatDate(on)}`}</StateLine>
  if (state === 'ENDS_SOON') return <StateLine state="missing">{`${soon} ${formatDate(on)}`}</StateLine>
  return formatDate(on)
}
