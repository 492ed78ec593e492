import type { ReportPeriod } from '../../../shared/domain/report.ts'
import { deviationDispositions } from '../../../shared/domain/sign-off.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatDateTime, formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { type Bar, BarChart } from './BarChart.tsx'
import { dispositionWords, formatDuration, shareText } from './report-words.ts'

type Supervision = Output<'report.supervision'>
type Figures = Supervision['total']
type Line = Figures & { readonly key: string; readonly supervisor: string; readonly practitioner: string }

/** Who supervised whom, how soon records were signed, what came back and what deviated. */
export function SupervisionReport({ period, timeZone }: { readonly period: ReportPeriod; readonly timeZone: string }) {
  const { value } = useQuery('report.supervision', period, {
    dependsOn: ['session', 'signOff', 'today'],
    keepPrevious: true,
  })
  if (!value) return <div aria-busy="true" />
  if (value.rows.length === 0)
    return <EmptyState sentence="No session was performed in this period, and none waits for a signature." />
  const lines = linesOf(value)
  const { total } = value
  return (
    <>
      <SectionCard
        title="Supervision"
        note={`${formatPlural(total.performed, 'session')} performed; waiting and overdue as of ${formatDateTime(value.asOf, timeZone)}`}
        isFlush
      >
        <DataTable
          label="Sessions by supervisor and practitioner"
          density="comfortable"
          columns={supervisionColumns}
          rows={lines}
          rowKey={(line) => line.key}
        />
      </SectionCard>
      <div className="report-pair">
        <SectionCard title="Time to sign" note="bar: median, line: up to the 90th percentile">
          <SigningChart lines={lines} />
        </SectionCard>
        <SectionCard title="Ways of signing">
          <p className="text-2">{signingSentence(total)}</p>
        </SectionCard>
      </div>
      <SectionCard title="Deviations" note="and what was decided on each when the record was signed" isFlush>
        <DataTable
          label="Deviations by supervisor and practitioner"
          density="comfortable"
          columns={deviationColumns}
          rows={lines}
          rowKey={(line) => line.key}
        />
      </SectionCard>
    </>
  )
}

function linesOf({ rows, total }: Supervision): readonly Line[] {
  return [
    ...rows.map(({ supervisor, practitioner, ...figures }) => ({
      ...figures,
      key: `${supervisor?.staffId ?? '-'} ${practitioner.staffId}`,
      supervisor: supervisor?.printedName ?? 'None needed',
      practitioner: practitioner.printedName,
    })),
    { ...total, key: 'all', supervisor: 'All', practitioner: '' },
  ]
}

const names: readonly Column<Line>[] = [
  { key: 'supervisor', header: 'Supervisor', width: 'auto', isRowName: true, cell: (line) => line.supervisor },
  { key: 'practitioner', header: 'Treated by', width: 'auto', cell: (line) => line.practitioner },
]

function figure(key: string, header: string, width: string, cell: (line: Line) => string | number): Column<Line> {
  return { key, header, width, align: 'end', cell }
}

const supervisionColumns: readonly Column<Line>[] = [
  ...names,
  figure('performed', 'Sessions', '74px', (line) => line.performed),
  figure('countersigned', 'Countersigned', '100px', (line) => line.countersigned),
  figure('batch', 'In batch', '92px', (line) => shareText(line.inBatch, line.countersigned)),
  figure('median', 'Median', '80px', (line) => formatDuration(line.medianMin)),
  figure('ninetieth', '90th pct.', '80px', (line) => formatDuration(line.ninetiethMin)),
  figure('late', 'Late', '56px', (line) => line.signedLate),
  figure('returns', 'Returns', '68px', (line) => line.returns),
  figure('waiting', 'Waiting now', '88px', (line) => line.waitingNow),
  figure('overdue', 'Overdue now', '96px', (line) => line.overdueNow),
]

const deviationColumns: readonly Column<Line>[] = [
  ...names,
  figure('deviations', 'Deviations', '90px', (line) => line.deviations),
  ...deviationDispositions.map((code) =>
    figure(code, dispositionWords[code], '90px', (line) => line.dispositions[code] ?? 0),
  ),
  figure('open', 'Not decided', '90px', undecided),
]

/** Of records that wait, went back, or were signed by the physician who treated. */
function undecided(line: Figures): number {
  return line.deviations - deviationDispositions.reduce((sum, code) => sum + (line.dispositions[code] ?? 0), 0)
}

function SigningChart({ lines }: { readonly lines: readonly Line[] }) {
  const bars = lines.flatMap((line): readonly Bar[] =>
    line.medianMin === null || line.ninetiethMin === null
      ? []
      : [
          {
            key: line.key,
            label: line.key === 'all' ? 'All' : `${line.practitioner}, ${line.supervisor}`,
            value: line.medianMin,
            low: line.medianMin,
            high: Math.max(line.medianMin, line.ninetiethMin),
            text: `${formatDuration(line.medianMin)}, 90 % within ${formatDuration(line.ninetiethMin)}`,
          },
        ],
  )
  if (bars.length === 0) return <p className="text-2">No session of this period has been countersigned yet.</p>
  return <BarChart label="Time to sign" bars={bars} max={Math.max(...bars.map((bar) => bar.high)) * 1.05} />
}

function signingSentence({ countersigned, signedSingly, inBatch, authorSigned }: Figures): string {
  const own = authorSigned > 0 ? ` ${formatPlural(authorSigned, 'session')} signed by the physician who treated.` : ''
  if (countersigned === 0) return `Nothing was countersigned.${own}`
  return `${signedSingly} of ${countersigned} signed singly (${shareText(signedSingly, countersigned)}), ${inBatch} in a batch (${shareText(inBatch, countersigned)}).${own}`
}
