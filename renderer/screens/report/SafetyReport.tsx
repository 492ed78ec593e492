import { useState } from 'react'
import type { Rate, ReportPeriod } from '../../../shared/domain/report.ts'
import { type SafetyGrouping, safetyGroupings } from '../../../shared/domain/report-safety.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { complicationWords } from '../../parts/complication-words.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { BarChart } from './BarChart.tsx'
import { groupingWords, groupText, intervalText, percent } from './report-words.ts'

type Safety = Output<'report.safety'>
type Grouping = SafetyGrouping | 'CODE'
type Line = { readonly key: string; readonly label: string; readonly rate: Rate }

const segments = [
  { value: 'CODE', label: 'Complication' },
  ...safetyGroupings.map((value) => ({ value, label: groupingWords[value] })),
] as const

/** Complications per performed sessions, each share with its n and its interval. */
export function SafetyReport({ period }: { readonly period: ReportPeriod }) {
  const [grouping, setGrouping] = useState<Grouping>('CODE')
  const { value } = useQuery('report.safety', period, {
    dependsOn: ['session', 'complication', 'patient', 'stock', 'signOff'],
    keepPrevious: true,
  })
  if (!value) return <div aria-busy="true" />
  if (value.total === null) return <EmptyState sentence="No session was performed in this period." />
  const { total, unrelated } = value
  const lines = linesOf(value, grouping)
  return (
    <>
      <SectionCard title="Complications">
        <p>
          {total.events} of {formatPlural(total.n, 'session')} with at least one complication:{' '}
          <strong>{percent(total.share)}</strong>, 95 % interval {intervalText(total)}.
        </p>
        <p className="text-12 text-3">
          A session counts once, however many reports there are about it.{' '}
          {unrelated > 0 && `${formatPlural(unrelated, 'report')} judged unrelated left out. `}
          Dissatisfaction and broken devices have a line under Complication and are in no other figure. Intervals after
          Wilson, J Am Stat Assoc 1927; 22: 209. Skin types as recorded today.
        </p>
      </SectionCard>
      <SegmentedChoice label="Grouped by" segments={segments} value={grouping} onChange={setGrouping} />
      {lines.length === 0 ? (
        <EmptyState sentence="No complication was reported about a session of this period." />
      ) : (
        <Groups lines={lines} heading={grouping === 'CODE' ? 'Complication' : groupingWords[grouping]} />
      )}
    </>
  )
}

function Groups({ lines, heading }: { readonly lines: readonly Line[]; readonly heading: string }) {
  const bars = lines.slice(0, chartLines).map(({ key, label, rate }) => ({
    key,
    label,
    value: rate.share,
    low: rate.low,
    high: rate.high,
    text: `${percent(rate.share)} (${rate.events} of ${rate.n})`,
  }))
  return (
    <>
      <SectionCard
        title={`By ${heading.toLowerCase()}`}
        note={
          lines.length > chartLines
            ? `bar: share, line: 95 % interval; the first ${chartLines}, all are in the table`
            : 'bar: share, line: 95 % interval'
        }
      >
        <BarChart
          label={`Share of sessions with a complication, by ${heading.toLowerCase()}`}
          bars={bars}
          max={Math.max(...bars.map((bar) => bar.high), 0.01)}
        />
      </SectionCard>
      <SectionCard title="Figures" isFlush>
        <DataTable
          label={`Complications by ${heading.toLowerCase()}`}
          density="comfortable"
          columns={columnsFor(heading)}
          rows={lines}
          rowKey={(line) => line.key}
        />
      </SectionCard>
    </>
  )
}

/** More bars than these are no picture any more. */
const chartLines = 20

function linesOf({ codes, groups }: Safety, grouping: Grouping): readonly Line[] {
  const named =
    grouping === 'CODE'
      ? codes.map(({ code, rate }) => ({
          key: code ?? '',
          label: code === null ? 'Not named yet' : complicationWords[code],
          rate,
        }))
      : groups
          .filter((group) => group.grouping === grouping)
          .map((group) => ({ key: group.key, label: groupText(group), rate: group.rate }))
  return named.flatMap(({ rate, ...line }) => (rate === null ? [] : [{ ...line, rate }]))
}

function columnsFor(heading: string): readonly Column<Line>[] {
  return [
    { key: 'label', header: heading, width: 'auto', isRowName: true, cell: (line) => line.label },
    { key: 'events', header: 'With complication', width: '130px', align: 'end', cell: (line) => line.rate.events },
    { key: 'n', header: 'Sessions (n)', width: '110px', align: 'end', cell: (line) => line.rate.n },
    { key: 'share', header: 'Share', width: '90px', align: 'end', cell: (line) => percent(line.rate.share) },
    { key: 'interval', header: '95 % interval', width: '150px', align: 'end', cell: (line) => intervalText(line.rate) },
  ]
}
