import { outcomeScales } from '../../../shared/domain/outcome-scales.ts'
import type { Rate, ReportPeriod } from '../../../shared/domain/report.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { indicationWords } from '../../parts/treatment-words.ts'
import { BarChart } from './BarChart.tsx'
import { intervalText, percent } from './report-words.ts'

type Outcomes = Output<'report.outcomes'>
type Figures = Outcomes['total']
type Line = Figures & { readonly key: string; readonly label: string }
type ScaleLine = {
  readonly key: string
  readonly label: string
  readonly scale: string
  readonly better: Rate
  readonly same: number
  readonly worse: number
}

/** What courses came to, by what they were for; every share with its n and its interval. */
export function OutcomeReport({ period }: { readonly period: ReportPeriod }) {
  const { value } = useQuery('report.outcomes', period, {
    dependsOn: ['outcome', 'session', 'series', 'complication'],
    keepPrevious: true,
  })
  if (!value) return <div aria-busy="true" />
  if (value.total.courses === 0) return <EmptyState sentence="No course was reviewed in this period." />
  const lines = linesOf(value)
  const moved = lines.flatMap(scaleLines)
  return (
    <>
      <SectionCard title="Outcomes">
        <p>
          {formatPlural(value.total.courses, 'course')} reviewed, {value.total.comparable} comparable with the baseline:
          same scale, rater and views.
        </p>
        <p className="text-12 text-3">
          A course counts by the day of its newest outcome rating, once for each of its goals. Changes are of comparable
          courses alone. Courses whose sessions were all entered in error are in no figure. Intervals after Wilson, J Am
          Stat Assoc 1927; 22: 209.
        </p>
      </SectionCard>
      <SectionCard title="Improved in the physician’s eyes" note="GAIS 1 to 3; bar: share, line: 95 % interval">
        <ImprovedChart lines={lines} />
      </SectionCard>
      <SectionCard title="Courses" note="share, n, and 95 % interval below it" isFlush>
        <DataTable
          label="Outcomes by indication"
          density="comfortable"
          columns={courseColumns}
          rows={lines}
          rowKey={(line) => line.key}
        />
      </SectionCard>
      {moved.length > 0 && (
        <SectionCard title="Change on the scales" note="comparable courses" isFlush>
          <DataTable
            label="Change on the scales by indication"
            density="comfortable"
            columns={scaleColumns}
            rows={moved}
            rowKey={(line) => line.key}
          />
        </SectionCard>
      )}
      <SectionCard title="Levels of the GAIS" note="1 very much improved, 5 worse" isFlush>
        <DataTable
          label="GAIS by physician and by patient"
          density="comfortable"
          columns={gaisColumns}
          rows={lines}
          rowKey={(line) => line.key}
        />
      </SectionCard>
    </>
  )
}

function linesOf({ indications, total }: Outcomes): readonly Line[] {
  return [
    ...indications.map(({ indication, ...figures }) => ({
      ...figures,
      key: indication as string,
      label: indicationWords[indication],
    })),
    { ...total, key: 'all', label: 'All' },
  ]
}

function scaleLines({ key, label, scales }: Line): readonly ScaleLine[] {
  return scales.map(({ scale, ...moved }) => ({
    ...moved,
    key: `${key} ${scale}`,
    label,
    scale: `${outcomeScales[scale].name} (${outcomeScales[scale].version})`,
  }))
}

function ImprovedChart({ lines }: { readonly lines: readonly Line[] }) {
  const bars = lines.flatMap(({ key, label, physicianImproved: rate }) =>
    rate === null
      ? []
      : [
          {
            key,
            label,
            value: rate.share,
            low: rate.low,
            high: rate.high,
            text: `${percent(rate.share)} (${rate.events} of ${rate.n})`,
          },
        ],
  )
  if (bars.length === 0) return <p className="text-2">No physician gave a GAIS in this period.</p>
  return <BarChart label="Share of courses that the physician calls improved, by indication" bars={bars} max={1} />
}

function rateCell(rate: Rate | null) {
  if (rate === null) return '–'
  return (
    <>
      {percent(rate.share)} ({rate.events} of {rate.n})<small className="report-interval">{intervalText(rate)}</small>
    </>
  )
}

const courseColumns: readonly Column<Line>[] = [
  { key: 'label', header: 'Indication', width: 'auto', isRowName: true, cell: (line) => line.label },
  { key: 'n', header: 'Courses (n)', width: '92px', align: 'end', cell: (line) => line.courses },
  { key: 'comparable', header: 'Comparable', width: '92px', align: 'end', cell: (line) => line.comparable },
  {
    key: 'sessions',
    header: 'Sessions done',
    width: '112px',
    align: 'end',
    cell: (line) => `${line.sessionsDone} of ${line.sessionsPlanned}`,
  },
  {
    key: 'physician',
    header: 'Improved, physician',
    width: '180px',
    align: 'end',
    cell: (line) => rateCell(line.physicianImproved),
  },
  {
    key: 'patient',
    header: 'Improved, patient',
    width: '180px',
    align: 'end',
    cell: (line) => rateCell(line.patientImproved),
  },
  {
    key: 'complications',
    header: 'With complication',
    width: '180px',
    align: 'end',
    cell: (line) => rateCell(line.complications),
  },
]

const scaleColumns: readonly Column<ScaleLine>[] = [
  { key: 'label', header: 'Indication', width: 'auto', isRowName: true, cell: (line) => line.label },
  { key: 'scale', header: 'Scale', width: 'auto', cell: (line) => line.scale },
  { key: 'better', header: 'Better', width: '76px', align: 'end', cell: (line) => line.better.events },
  { key: 'same', header: 'The same', width: '76px', align: 'end', cell: (line) => line.same },
  { key: 'worse', header: 'Worse', width: '76px', align: 'end', cell: (line) => line.worse },
  { key: 'n', header: 'n', width: '60px', align: 'end', cell: (line) => line.better.n },
  { key: 'share', header: 'Share better', width: '96px', align: 'end', cell: (line) => percent(line.better.share) },
  { key: 'interval', header: '95 % interval', width: '140px', align: 'end', cell: (line) => intervalText(line.better) },
]

function gaisColumn(by: 'physicianGais' | 'patientGais', word: string): readonly Column<Line>[] {
  return outcomeScales.GAIS.levels.map(({ level }) => ({
    key: `${by} ${level}`,
    header: `${word} ${level}`,
    width: '84px',
    align: 'end',
    cell: (line) => line[by][level - 1] ?? 0,
  }))
}

const gaisColumns: readonly Column<Line>[] = [
  { key: 'label', header: 'Indication', width: 'auto', isRowName: true, cell: (line) => line.label },
  ...gaisColumn('physicianGais', 'Physician'),
  ...gaisColumn('patientGais', 'Patient'),
]
