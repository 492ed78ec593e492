import { useState } from 'react'
import type { CartridgeLotRow, DeviceRow, ProductLotRow } from '../../../shared/contract/stock.ts'
import type { DateState } from '../../../shared/domain/stock-status.ts'
import { DataTable } from '../../parts/DataTable.tsx'
import { formatCount, formatDate, formatMmUnit } from '../../parts/format.ts'
import { StateLine } from '../../parts/StateTag.tsx'
import { deviceTypeWords } from '../../parts/treatment-words.ts'
import {
  agentWords,
  dateGlyphs,
  deviceStatusWords,
  lotStatusWords,
  productClassWords,
  productKindWords,
  statusGlyphs,
} from './stock-words.ts'

export function CartridgeLotTable({
  lots,
  onOpen,
}: {
  readonly lots: readonly CartridgeLotRow[]
  readonly onOpen: (row: CartridgeLotRow) => void
}) {
  const [selected, setSelected] = useState<string | null>(null)
  return (
    <DataTable
      label="Cartridge lots"
      rows={lots}
      rowKey={(row) => row.cartridgeLotId}
      density="comfortable"
      selectedKey={selected}
      onSelect={(row) => {
        setSelected(row.cartridgeLotId)
        onOpen(row)
      }}
      onOpen={onOpen}
      rowTone={(row) => (row.statusToday === 'AVAILABLE' ? undefined : 'past')}
      columns={[
        {
          key: 'lot',
          header: 'Lot',
          width: '150px',
          isRowName: true,
          cell: ({ body }) => <span className="mono">{body.lotRaw}</span>,
        },
        {
          key: 'article',
          header: 'Maker and model',
          width: 'auto',
          cell: ({ body }) => `${body.manufacturer} ${body.model}`,
        },
        {
          key: 'needles',
          header: 'Needles',
          width: '92px',
          cell: ({ body }) => needleText(body.needleCount, body.needleGauge),
        },
        {
          key: 'length',
          header: 'Length',
          width: '92px',
          align: 'end',
          cell: ({ body }) => formatMmUnit(body.maxLengthUm),
        },
        {
          key: 'expires',
          header: 'Expires',
          width: '170px',
          cell: (row) => <DateCell on={row.body.expiresOn} state={row.dateState} />,
        },
        {
          key: 'left',
          header: 'Left of received',
          width: '150px',
          cell: ({ count }) => <CountCell count={count} />,
        },
        {
          key: 'status',
          header: 'Status',
          width: '140px',
          cell: (row) => <StateLine state={statusGlyphs[row.statusToday]}>{lotStatusWords[row.statusToday]}</StateLine>,
        },
      ]}
    />
  )
}

export function ProductLotTable({
  lots,
  onOpen,
}: {
  readonly lots: readonly ProductLotRow[]
  readonly onOpen: (row: ProductLotRow) => void
}) {
  const [selected, setSelected] = useState<string | null>(null)
  return (
    <DataTable
      label="Product lots"
      rows={lots}
      rowKey={(row) => row.productLotId}
      density="comfortable"
      selectedKey={selected}
      onSelect={(row) => {
        setSelected(row.productLotId)
        onOpen(row)
      }}
      onOpen={onOpen}
      rowTone={(row) => (row.statusToday === 'AVAILABLE' ? undefined : 'past')}
      columns={[
        {
          key: 'name',
          header: 'Product',
          width: 'auto',
          isRowName: true,
          cell: ({ body }) => <span title={body.name}>{body.name}</span>,
        },
        { key: 'kind', header: 'Kind', width: '110px', cell: ({ body }) => productKindWords[body.kind] },
        { key: 'lot', header: 'Lot', width: '130px', cell: ({ body }) => <span className="mono">{body.lotRaw}</span> },
        { key: 'class', header: 'Class', width: '150px', cell: ({ body }) => <ClassCell row={body.productClass} /> },
        { key: 'agents', header: 'Agents', width: '15%', cell: ({ body }) => <AgentsCell agents={body.agents} /> },
        {
          key: 'expires',
          header: 'Expires',
          width: '160px',
          cell: (row) => <DateCell on={row.body.expiresOn} state={row.dateState} />,
        },
        {
          key: 'opened',
          header: 'Opened',
          width: '110px',
          cell: ({ body }) => (body.openedOn ? formatDate(body.openedOn) : 'Not opened'),
        },
        {
          key: 'status',
          header: 'Status',
          width: '130px',
          cell: (row) => <StateLine state={statusGlyphs[row.statusToday]}>{lotStatusWords[row.statusToday]}</StateLine>,
        },
      ]}
    />
  )
}

export function DeviceTable({
  devices,
  onOpen,
}: {
  readonly devices: readonly DeviceRow[]
  readonly onOpen: (row: DeviceRow) => void
}) {
  const [selected, setSelected] = useState<string | null>(null)
  return (
    <DataTable
      label="Devices"
      rows={devices}
      rowKey={(row) => row.deviceId}
      density="comfortable"
      selectedKey={selected}
      onSelect={(row) => {
        setSelected(row.deviceId)
        onOpen(row)
      }}
      onOpen={onOpen}
      rowTone={(row) => (row.body.status === 'ACTIVE' ? undefined : 'past')}
      columns={[
        {
          key: 'device',
          header: 'Device',
          width: 'auto',
          isRowName: true,
          cell: ({ body }) => `${body.manufacturer} ${body.model}`,
        },
        { key: 'type', header: 'Type', width: '150px', cell: ({ body }) => deviceTypeWords[body.type] },
        {
          key: 'serial',
          header: 'Serial',
          width: '140px',
          cell: ({ body }) => <span className="mono">{body.serial}</span>,
        },
        {
          key: 'depth',
          header: 'Deepest',
          width: '92px',
          align: 'end',
          cell: ({ body }) => formatMmUnit(body.maxDepthUm),
        },
        {
          key: 'calibration',
          header: 'Calibration due',
          width: '160px',
          cell: ({ body, calibration }) =>
            body.calibrationDueOn && calibration ? (
              <DateCell on={body.calibrationDueOn} state={calibration} />
            ) : (
              'Not set'
            ),
        },
        {
          key: 'cleaned',
          header: 'Last cleaned',
          width: '120px',
          cell: ({ body }) => (body.cleaningLog[0] ? formatDate(body.cleaningLog[0].cleanedOn) : 'Never noted'),
        },
        {
          key: 'status',
          header: 'Status',
          width: '140px',
          cell: ({ body }) => <StateLine state={statusGlyphs[body.status]}>{deviceStatusWords[body.status]}</StateLine>,
        },
      ]}
    />
  )
}

/** The date with how it stands: soon and past have their own shape and a word. */
function DateCell({ on, state }: { readonly on: string; readonly state: DateState }) {
  const glyph = dateGlyphs[state]
  if (glyph === null) return <>{formatDate(on)}</>
  return <StateLine state={glyph}>{`${formatDate(on)}, ${state === 'PAST' ? 'past' : 'soon'}`}</StateLine>
}

/** Below nothing: sessions name more pieces than ever came in, which somebody has to look into. */
function CountCell({ count }: { readonly count: CartridgeLotRow['count'] }) {
  const text = `${formatCount(count.left)} of ${formatCount(count.received)}`
  return count.left < 0 ? <StateLine state="warning">{text}</StateLine> : text
}

function ClassCell({ row }: { readonly row: ProductLotRow['body']['productClass'] }) {
  if (row === 'ACTIVE_AVOID') return <StateLine state="warning">{productClassWords[row]}</StateLine>
  return <>{productClassWords[row]}</>
}

function AgentsCell({ agents }: { readonly agents: ProductLotRow['body']['agents'] }) {
  const text = agents.map(({ agent, percent }) => `${agentWords[agent]} ${percent} %`).join(', ')
  return <span title={text}>{text || <span className="text-3">none</span>}</span>
}

function needleText(count: number, gauge: number | null): string {
  return gauge === null ? String(count) : `${count}, ${gauge} G`
}
