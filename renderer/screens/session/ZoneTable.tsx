import type { Deviation } from '../../../shared/domain/deviation.ts'
import type { ZoneSide } from '../../../shared/domain/zones.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { DepthSwatch } from '../../parts/DepthSwatch.tsx'
import { directionsText } from '../../parts/DirectionToggles.tsx'
import { formatDayMonth, formatMm } from '../../parts/format.ts'
import { StateLine } from '../../parts/StateTag.tsx'
import { indicationWords } from '../../parts/treatment-words.ts'
import { zoneName } from '../../parts/zone-names.ts'
import { type SessionWork, useSessionWork } from './desk-context.ts'
import { endpointWords, limitSourceWords, techniqueWords } from './session-words.ts'
import { deviationNumber, lastDepth, limitOf, plannedDepth, sortedRows, type WorkRow, workRows } from './zone-rows.ts'

export type Line = { readonly row: WorkRow; readonly index: number }

/** Every value of the map, as a table of the same rows. */
export function ZoneTable({
  selectedIndex,
  onSelect,
}: {
  readonly selectedIndex: number | null
  readonly onSelect: (place: ZoneSide, index: number | null) => void
}) {
  const work = useSessionWork()
  const { draft, isStarted } = work
  const lines = sortedRows(workRows(draft, isStarted))
  return (
    <DataTable<Line>
      label={isStarted ? 'Zones of this session' : 'Planned zones'}
      look="plain"
      columns={columnsOf(work)}
      rows={lines}
      rowKey={({ index }) => String(index)}
      selectedKey={selectedIndex === null ? null : String(selectedIndex)}
      onSelect={({ row, index }) => {
        if (row.zone && row.side) onSelect({ zone: row.zone, side: row.side }, index)
      }}
      rowTone={({ row }) => (isStarted && typeof row.depthUm !== 'number' ? 'past' : undefined)}
      empty={<p className="session-empty">{isStarted ? 'No zone is logged yet.' : 'No zone is planned yet.'}</p>}
    />
  )
}

function columnsOf(work: SessionWork): readonly Column<Line>[] {
  const { draft, facts, check, isStarted, opened } = work
  const { last } = opened
  const hasDeviations = check.deviations.some(({ zone }) => zone !== null)
  const limit = ({ row }: Line) => limitOf(facts, row, isStarted)
  const isOver = (line: Line) => {
    const found = limit(line)
    return found !== null && typeof line.row.depthUm === 'number' && line.row.depthUm > found.limitUm
  }
  const always: readonly Column<Line>[] = [
    {
      key: 'zone',
      header: 'Zone',
      width: 'auto',
      isRowName: true,
      cell: ({ row }) => (row.zone ? row.site || zoneName(row.zone) : ''),
    },
    { key: 'side', header: 'Side', width: '34px', cell: ({ row }) => row.side },
    {
      key: 'depth',
      header: 'Depth mm',
      width: '66px',
      align: 'end',
      cell: (line) =>
        typeof line.row.depthUm === 'number' ? (
          <DepthSwatch depthUm={line.row.depthUm} isOver={isOver(line)} />
        ) : (
          <span>to do</span>
        ),
    },
    {
      key: 'limit',
      header: 'Limit mm · source',
      width: '138px',
      cell: (line) => {
        const found = limit(line)
        if (found === null) return '–'
        return (
          <>
            {formatMm(found.limitUm)} <span className="text-2">{limitSourceWords[found.decidedBy]}</span>
          </>
        )
      },
    },
    ...(last === null
      ? []
      : [
          {
            key: 'last',
            header: formatDayMonth(last.performedOn),
            width: '46px',
            cell: ({ row }: Line) => <span className="text-2">{depthText(lastDepth(last, row))}</span>,
          },
        ]),
  ]
  if (!isStarted) {
    return [
      ...always,
      {
        key: 'indication',
        header: 'To help with',
        width: '150px',
        cell: ({ row }) => (row.indication ? indicationWords[row.indication] : '–'),
      },
    ]
  }
  return [
    ...always,
    // Beside the last session or a deviation there is no room for the plan as well; the zone's own panel says it.
    ...(last === null && !hasDeviations
      ? [
          {
            key: 'planned',
            header: 'Plan',
            width: '40px',
            cell: ({ row }: Line) => <span className="text-2">{depthText(plannedDepth(draft, row))}</span>,
          },
        ]
      : []),
    { key: 'passes', header: 'Passes', width: '46px', cell: ({ row }) => row.passes?.length || '–' },
    {
      key: 'directions',
      header: 'Directions per pass',
      width: '110px',
      cell: ({ row }) => directionsOf(row) || '–',
    },
    {
      key: 'endpoint',
      header: 'Endpoint',
      width: '84px',
      cell: ({ row }) => {
        const endpoint = row.passes?.at(-1)?.endpointAfter
        return endpoint ? endpointWords[endpoint] : '–'
      },
    },
    {
      key: 'technique',
      header: 'Technique',
      width: '82px',
      cell: ({ row }) => (row.technique ? techniqueWords[row.technique] : '–'),
    },
    ...(hasDeviations ? [deviationColumn(check.deviations)] : []),
  ]
}

/** `dev. 1` at the end of the row it is about. */
export function deviationColumn(deviations: readonly Deviation[]): Column<Line> {
  return {
    key: 'deviation',
    header: <span className="visually-hidden">Deviation</span>,
    width: '76px',
    align: 'end',
    cell: ({ row }) => {
      const number = deviationNumber(deviations, row)
      return number !== null && <StateLine state="overLimit">dev. {number}</StateLine>
    },
  }
}

export function directionsOf(row: WorkRow): string {
  return directionsText((row.passes ?? []).map((pass) => ({ directions: pass.directions ?? [] })))
}

function depthText(depthUm: number | null): string {
  return depthUm === null ? '–' : formatMm(depthUm)
}
