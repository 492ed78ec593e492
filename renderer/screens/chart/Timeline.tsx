import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { ChartEntry } from '../../../shared/contract/chart.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { client, type Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { FilterPills } from '../../parts/FilterPills.tsx'
import { formatDateTime, formatTime } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SignedMark } from '../../parts/SignedMark.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { type TimelineEntry, TimelineList } from '../../parts/TimelineList.tsx'
import { entryText, underText } from './chart-words.ts'

type Filter = keyof Output<'chart.open'>['counts']
type Page = Output<'chart.timeline'>

const filters = [
  ['ALL', 'All'],
  ['SESSIONS', 'Sessions'],
  ['COMPLICATIONS', 'Complications'],
  ['CONSENTS', 'Consents'],
  ['SIGN_OFFS', 'Sign-offs'],
] as const satisfies readonly (readonly [Filter, string])[]

export type TimelineProps = {
  readonly patientId: PatientId
  readonly chart: Output<'chart.open'>
  readonly timeZone: string
  readonly action: ReactNode
}

/** What happened, newest first; older pages are fetched when asked for. */
export function Timeline({ patientId, chart, timeZone, action }: TimelineProps) {
  const [filter, setFilter] = useState<Filter>('ALL')
  const filtered = useQuery(
    'chart.timeline',
    { patientId, filter, before: null },
    { isEnabled: filter !== 'ALL', dependsOn: ['session', 'complication', 'followUp', 'consent', 'signOff'] },
  )
  const first = filter === 'ALL' ? chart.timeline : filtered.value
  return (
    <SectionCard title="Timeline" size="panel" aside={action} isFlush>
      <div className="chart-timeline__head">
        <FilterPills
          label="Show of the timeline"
          pills={filters.map(([value, label]) => ({ value, label, count: chart.counts[value] }))}
          value={filter}
          onChange={setFilter}
        />
      </div>
      {first && (
        // A new first page starts the older ones anew.
        <Pages key={`${filter} ${first.next?.id ?? ''}`} {...{ patientId, filter, first, timeZone }} />
      )}
    </SectionCard>
  )
}

function Pages({
  patientId,
  filter,
  first,
  timeZone,
}: {
  readonly patientId: PatientId
  readonly filter: Filter
  readonly first: Page
  readonly timeZone: string
}) {
  const [older, setOlder] = useState<readonly Page[]>([])
  const [isLoading, setLoading] = useState(false)
  const pages = [first, ...older]
  const next = pages.at(-1)?.next ?? null
  const entries = pages.flatMap((page) => page.entries)

  async function loadMore() {
    setLoading(true)
    const reply = await client.call('chart.timeline', { patientId, filter, before: next }).catch(() => null)
    setLoading(false)
    if (reply?.ok) setOlder([...older, reply.value])
  }

  if (entries.length === 0) return <p className="text-2 chart-timeline__more">Nothing is recorded here yet.</p>
  return (
    <>
      <TimelineList entries={entries.map((entry) => timelineEntry(entry, timeZone))} />
      {next !== null && (
        <div className="chart-timeline__more">
          <Button disabled={isLoading} onClick={() => void loadMore()}>
            Show older
          </Button>
        </div>
      )}
    </>
  )
}

function timelineEntry(entry: ChartEntry, timeZone: string): TimelineEntry {
  const { kind, title, detail, tag, href } = entryText(entry)
  return {
    id: entry.id,
    kind,
    on: entry.on,
    time: formatTime(entry.at, timeZone),
    title,
    isStruck: entry.isStruck,
    detail: entry.under === null ? detail : [underText(entry.under), detail].filter(Boolean).join('. '),
    who: entry.who ?? '',
    state: tag ? (
      <StateTag state={tag.state}>{tag.words}</StateTag>
    ) : entry.signedAt !== null ? (
      <SignedMark text={`Signed ${formatDateTime(entry.signedAt, timeZone)}`} />
    ) : null,
    isPast: entry.isStruck || entry.signedAt !== null,
    href,
  }
}
