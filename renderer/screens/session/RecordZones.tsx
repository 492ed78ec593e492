import { type ReactNode, useState } from 'react'
import type { SessionBody, ZoneRow } from '../../../shared/domain/session.ts'
import type { LastSession } from '../../../shared/domain/session-desk.ts'
import { BodyMap } from '../../parts/BodyMap.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { DepthLegend, DepthSwatch } from '../../parts/DepthSwatch.tsx'
import { directionsText } from '../../parts/DirectionToggles.tsx'
import { FaceMap } from '../../parts/FaceMap.tsx'
import { formatDayMonth, formatMm } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { zoneName } from '../../parts/zone-names.ts'
import { isGateCode } from './field-names.ts'
import { failureSentence } from './gate-words.ts'
import { isOnFaceMap } from './selection.ts'
import { deviationTitle, endpointWords, stopReasonWords, techniqueWords } from './session-words.ts'
import { deviationNumber, lastDepth, marksOf, plannedDepth, sortedRows } from './zone-rows.ts'

type RecordZonesProps = {
  readonly body: SessionBody
  readonly last: LastSession | null
  /** What stands beside the map, under the table. */
  readonly children: ReactNode
}

/** The map, the equal table and the deviations of a submitted session. */
export function RecordZones({ body, last, children }: RecordZonesProps) {
  const [view, setView] = useState<'FACE' | 'BODY'>(body.zoneRows.some(isOnFaceMap) ? 'FACE' : 'BODY')
  const marks = marksOf({
    rows: body.zoneRows,
    last,
    deviations: body.deviations,
    isOver: (row) =>
      body.deviations.some((one) => one.code === 'DEPTH_OVER_LIMIT' && one.zone === row.zone && one.side === row.side),
  })
  return (
    <div className="session-record__zones">
      <SectionCard
        title={view === 'FACE' ? 'Face map' : 'Body map'}
        size="panel"
        note="depth setting, mm"
        aside={
          <SegmentedChoice
            label="Map"
            labelPlace="hidden"
            size="compact"
            segments={[
              { value: 'FACE', label: 'Face' },
              { value: 'BODY', label: 'Body' },
            ]}
            value={view}
            onChange={setView}
          />
        }
      >
        <div className="session-map">
          {view === 'FACE' ? (
            <FaceMap marks={marks} showsLast={last !== null} />
          ) : (
            <BodyMap marks={marks} showsLast={last !== null} />
          )}
        </div>
        <DepthLegend />
      </SectionCard>
      <div className="session-record__lists">
        <SectionCard title="Zones" size="panel" note={`${body.zoneRows.length} rows`} isFlush>
          <div className="session-record__table">
            <DataTable<{ row: ZoneRow; index: number }>
              label="Zones of this session"
              look="plain"
              columns={columnsOf(body, last)}
              rows={sortedRows(body.zoneRows).flatMap(({ index }) => {
                const row = body.zoneRows[index]
                return row ? [{ row, index }] : []
              })}
              rowKey={({ index }) => String(index)}
            />
          </div>
        </SectionCard>
        {body.deviations.length > 0 && <DeviationList body={body} />}
        {children}
      </div>
    </div>
  )
}

type Line = { readonly row: ZoneRow; readonly index: number }

function columnsOf(body: SessionBody, last: LastSession | null): readonly Column<Line>[] {
  const planned = { schema: 'session/1', plan: body.plan } as const
  return [
    {
      key: 'zone',
      header: 'Zone',
      width: 'auto',
      isRowName: true,
      cell: ({ row }) => <ZoneCell row={row} number={deviationNumber(body.deviations, row)} />,
    },
    { key: 'side', header: 'Side', width: '36px', cell: ({ row }) => row.side },
    {
      key: 'depth',
      header: 'Depth mm',
      width: '70px',
      align: 'end',
      cell: ({ row }) => <DepthSwatch depthUm={row.depthUm} isOver={deviationNumber(body.deviations, row) !== null} />,
    },
    {
      key: 'plan',
      header: 'Plan',
      width: '42px',
      cell: ({ row }) => <span className="text-2">{depthText(plannedDepth(planned, row))}</span>,
    },
    ...(last === null
      ? []
      : [
          {
            key: 'last',
            header: formatDayMonth(last.performedOn),
            width: '48px',
            cell: ({ row }: Line) => <span className="text-2">{depthText(lastDepth(last, row))}</span>,
          },
        ]),
    { key: 'passes', header: 'Passes', width: '50px', cell: ({ row }) => row.passes.length },
    { key: 'directions', header: 'Directions', width: '92px', cell: ({ row }) => directionsText(row.passes) },
    {
      key: 'endpoint',
      header: 'Endpoint',
      width: '84px',
      cell: ({ row }) => endpointWords[row.passes.at(-1)?.endpointAfter ?? 'NONE'],
    },
    { key: 'technique', header: 'Technique', width: '62px', cell: ({ row }) => techniqueWords[row.technique] },
    { key: 'stop', header: 'Stopped', width: '132px', cell: ({ row }) => stopReasonWords[row.stopReason] },
    ...(body.cartridgeUses.length > 1
      ? [{ key: 'cartridge', header: 'Tip', width: '36px', cell: ({ row }: Line) => row.cartridge }]
      : []),
  ]
}

/** `Chin, dev. 1`: the mark stands with the name, where a narrow table still shows it. */
function ZoneCell({ row, number }: { readonly row: ZoneRow; readonly number: number | null }) {
  return (
    <span className="session-record__zone">
      {row.site || zoneName(row.zone)}
      {number !== null && <StateLine state="overLimit">dev. {number}</StateLine>}
    </span>
  )
}

function DeviationList({ body }: Pick<RecordZonesProps, 'body'>) {
  return (
    <SectionCard title="Deviations">
      <ul className="session-warnings">
        {body.deviations.map((deviation, index) => (
          <li key={deviation.deviationId} className="session-said">
            <p>
              <StateGlyph state="overLimit" label={null} size={15} />{' '}
              <strong>
                Deviation {index + 1}: {deviationTitle(deviation) ?? 'outside policy or order'}
              </strong>
            </p>
            {isGateCode(deviation.code) && (
              <span className="text-2">
                {failureSentence({ ...deviation, code: deviation.code, facts: deviation.detail })}
              </span>
            )}
            <span>
              {deviation.reason} · patient {deviation.patientTold ? 'told' : 'not told'}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

function depthText(depthUm: number | null): string {
  return depthUm === null ? '–' : formatMm(depthUm)
}
