import './patient-merge.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { useGo } from '../../app/go.ts'
import { hrefTo, paths, pathTo } from '../../app/paths.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { PatientPicker, type PickedPatient } from '../../app/visits/PatientPicker.tsx'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { duplicateWords } from '../../parts/duplicate-words.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatBorn, formatCount, formatNameWithoutPreferred, formatPlural } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type Pair = Output<'patientMerge.pairs'>['pairs'][number]

/** Charts that look like one person's, to be looked at one pair after the other. */
export function DuplicatesScreen() {
  const clinic = useClinic()
  const { value, refusal } = useQuery('patientMerge.pairs', {}, { dependsOn: ['patientMerge', 'patient'] })
  if (!clinic) return null
  return (
    <div className="merge-screen">
      <PageHeader
        title="Duplicates"
        {...(value && { summary: `${formatPlural(value.total, 'pair')} to look at` })}
        action={<a href={hrefTo(paths.patients)}>All patients</a>}
      />
      {refusal && <RefusalText>{sentenceFor(refusal)}</RefusalText>}
      {value && <Comparison left={value.uncompared} />}
      {value && (
        <SectionCard title="Charts that may be one person’s" isFlush>
          {value.pairs.length === 0 ? (
            <EmptyState
              sentence={
                value.uncompared > 0 ? 'Nothing found in the charts compared so far.' : 'No two charts look alike.'
              }
            />
          ) : (
            <ul className="merge-pairs">
              {value.pairs.map((pair) => (
                <PairRow key={`${pair.low.patientId} ${pair.high.patientId}`} pair={pair} today={clinic.today} />
              ))}
            </ul>
          )}
        </SectionCard>
      )}
      <OtherPair today={clinic.today} />
    </div>
  )
}

/** New and changed charts are compared when somebody asks for it: a part at a time, so that nobody waits for it. */
function Comparison({ left }: { readonly left: number }) {
  const find = useCommand('patientMerge.findPairs')
  const [isGoing, setGoing] = useState(false)
  if (left === 0 && !isGoing) return null

  async function compareAll() {
    setGoing(true)
    for (;;) {
      const reply = await find.run({})
      if (!reply.ok || reply.value.compared === 0 || reply.value.left === 0) break
    }
    setGoing(false)
  }

  return (
    <div className="merge-screen__actions">
      <Button variant="filled" disabled={isGoing} onClick={() => void compareAll()}>
        Compare {formatPlural(left, 'chart')}
      </Button>
      <p className="text-2" role="status">
        {isGoing
          ? `Comparing, ${formatCount(left)} left. You can go on working meanwhile.`
          : 'New or changed since they were compared last.'}
      </p>
      <RefusalText>{find.refusal ? sentenceFor(find.refusal) : null}</RefusalText>
    </div>
  )
}

function PairRow({ pair, today }: { readonly pair: Pair; readonly today: CalendarDate }) {
  const { low, high, reasons } = pair
  return (
    <li>
      {[low, high].map((chart) => (
        <div key={chart.patientId}>
          <a href={hrefTo(pathTo.chart(chart.patientId))}>
            {formatNameWithoutPreferred({ familyName: chart.family, givenName: chart.given })}
          </a>
          <p className="text-12 text-2">
            {formatBorn(chart.bornOn, today)} <span className="mono">{chart.chartNumber}</span>
            {chart.phoneTail !== null && `, phone ··· ${chart.phoneTail}`}
          </p>
        </div>
      ))}
      <p className="text-12 text-2">{reasons.map((reason) => duplicateWords[reason]).join(', ')}</p>
      <a
        href={hrefTo(pathTo.merge(high.patientId, low.patientId))}
        aria-label={`Compare ${low.chartNumber} with ${high.chartNumber}`}
      >
        Compare
      </a>
    </li>
  )
}

function OtherPair({ today }: { readonly today: CalendarDate }) {
  const go = useGo()
  const [first, setFirst] = useState<PickedPatient | null>(null)
  const [second, setSecond] = useState<PickedPatient | null>(null)
  const isPair = first !== null && second !== null && first.patientId !== second.patientId
  return (
    <SectionCard title="Two charts that are not in the list">
      <form
        className="merge-screen__pickers"
        aria-label="Compare two charts"
        onSubmit={(event) => {
          event.preventDefault()
          if (isPair) go(pathTo.merge(second.patientId, first.patientId))
        }}
      >
        <PatientPicker label="One chart" value={first} onChange={setFirst} today={today} />
        <PatientPicker label="The other chart" value={second} onChange={setSecond} today={today} />
        <Button type="submit" disabled={!isPair}>
          Compare
        </Button>
      </form>
    </SectionCard>
  )
}
