import { Switch } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { ZoneSide } from '../../../shared/domain/zones.ts'
import { BodyMap } from '../../parts/BodyMap.tsx'
import { DepthLegend } from '../../parts/DepthSwatch.tsx'
import { stepDepth } from '../../parts/depth-text.ts'
import { FaceMap } from '../../parts/FaceMap.tsx'
import { formatDate, formatMm } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { type SessionWork, useSessionWork } from './desk-context.ts'
import { CopyTools, PlanTools } from './PlanTools.tsx'
import { isOnFaceMap, type Selection } from './selection.ts'
import { ZoneEditor } from './ZoneEditor.tsx'
import { ZoneTable } from './ZoneTable.tsx'
import {
  lastSessionText,
  limitOf,
  marksOf,
  newRow,
  rowAt,
  sortedRows,
  type WorkRow,
  withRows,
  workRows,
} from './zone-rows.ts'

/** Map, editor and table of the same rows: the plan before the start, the log after it. */
export function ZonesPart() {
  const work = useSessionWork()
  const { draft, isStarted } = work
  const rows = workRows(draft, isStarted)
  const [selection, select] = useSelection(work, rows)
  const sorted = sortedRows(rows)
  const at = sorted.findIndex(({ index }) => index === selection?.index)

  function move(steps: number) {
    const next = sorted[(at + steps + sorted.length) % sorted.length]
    if (next?.row.zone && next.row.side) select({ zone: next.row.zone, side: next.row.side }, next.index)
  }

  useShortcuts([
    { keys: '[', label: 'Previous zone', group: 'Session', run: () => move(-1), isEnabled: sorted.length > 0 },
    { keys: ']', label: 'Next zone', group: 'Session', run: () => move(1), isEnabled: sorted.length > 0 },
  ])

  return (
    <div className="session-zones">
      <MapCard selection={selection} onSelect={(place) => select(place, null)} />
      <div className="session-zones__right">
        {isStarted ? <CopyTools /> : <PlanTools />}
        {selection ? (
          <ZoneEditor
            key={`${selection.place.zone} ${selection.place.side} ${selection.index ?? 'new'}`}
            selection={selection}
            position={at < 0 ? null : { number: at + 1, of: sorted.length }}
            onMove={move}
            onSelect={select}
          />
        ) : (
          <SectionCard title="No zone yet" size="panel">
            <p className="text-2">
              {isStarted
                ? 'Choose a zone on the map to log what was done there.'
                : 'Choose zones on the map, or take them from the order, the last session or a preset.'}
            </p>
          </SectionCard>
        )}
        <div className="session-zones__table">
          <ZoneTable selectedIndex={selection?.index ?? null} onSelect={select} />
        </div>
      </div>
    </div>
  )
}

/** Stays where the person is, also when a row is finished or removed; a jump from "left to do" moves it once. */
function useSelection(
  { draft, isStarted, check }: SessionWork,
  rows: readonly WorkRow[],
): [Selection | null, (place: ZoneSide, index: number | null) => void] {
  const search: { readonly row?: unknown } = useSearch({ strict: false })
  const asked = Number(search.row ?? Number.NaN)
  const [seen, setSeen] = useState<number | null>(null)
  const [chosen, setChosen] = useState(() => firstSelection(rows, check.missing))

  if (Number.isInteger(asked) && asked !== seen) {
    setSeen(asked)
    const row = rows[asked]
    if (row?.zone && row.side) setChosen({ place: { zone: row.zone, side: row.side }, index: asked })
  }
  const selection = chosen ? settle(chosen, workRows(draft, isStarted)) : firstSelection(rows, [])
  return [selection, (place, index) => setChosen({ place, index })]
}

/** The row that a selection means now: its own while that is still of this place, else the place's first. */
function settle(chosen: Selection, rows: readonly WorkRow[]): Selection {
  const row = chosen.index === null ? undefined : rows[chosen.index]
  if (row?.zone === chosen.place.zone && row.side === chosen.place.side) return chosen
  const found = rowAt(rows, chosen.place)
  return { ...chosen, index: found < 0 ? null : found }
}

/** The first row with something open, else the first of the table. */
function firstSelection(rows: readonly WorkRow[], missing: readonly string[]): Selection | null {
  const sorted = sortedRows(rows)
  const open = sorted.find(({ index }) => missing.some((path) => path.startsWith(`zoneRows[${index}]`)))
  const { row, index } = open ?? sorted[0] ?? {}
  return row?.zone && row.side && index !== undefined ? { place: { zone: row.zone, side: row.side }, index } : null
}

type MapProps = { readonly selection: Selection | null; readonly onSelect: (place: ZoneSide) => void }

function MapCard({ selection, onSelect }: MapProps) {
  const work = useSessionWork()
  const { draft, change, desk, facts, check, isStarted, opened } = work
  const { last } = opened
  const rows = workRows(draft, isStarted)
  const [showsLast, setShowsLast] = useState(true)
  const [chosenView, setView] = useState<'FACE' | 'BODY' | null>(null)
  const view = chosenView ?? (selection && !isOnFaceMap(selection.place) ? 'BODY' : 'FACE')
  const marks = marksOf({
    rows,
    last: showsLast ? last : null,
    deviations: isStarted ? check.deviations : [],
    isOver: (row) => {
      const limit = limitOf(facts, row, isStarted)
      return limit !== null && typeof row.depthUm === 'number' && row.depthUm > limit.limitUm
    },
  })

  function stepOnMap(place: ZoneSide, steps: 1 | -1) {
    change((before) => {
      const known = workRows(before, isStarted)
      const index = rowAt(known, place)
      if (index < 0) {
        const row = { ...newRow(place, known, desk, isStarted, before), depthUm: stepDepth(null, steps) }
        return withRows(before, isStarted, [...known, row])
      }
      const next = known.map((row, at) =>
        at === index ? { ...row, depthUm: stepDepth(row.depthUm ?? null, steps) } : row,
      )
      return withRows(before, isStarted, next)
    })
    onSelect(place)
  }

  const map = {
    marks,
    selected: selection?.place ?? null,
    onSelect: (place: ZoneSide) => {
      setView(isOnFaceMap(place) ? 'FACE' : 'BODY')
      onSelect(place)
    },
    onStepDepth: stepOnMap,
    showsLast: showsLast && last !== null,
  }
  return (
    <SectionCard
      title={view === 'FACE' ? 'Face map' : 'Body map'}
      size="panel"
      note={isStarted ? 'depth setting, mm' : 'planned depth, mm'}
      aside={
        <>
          {last !== null && (
            <Switch
              label={`Last session, ${formatDate(last.performedOn)}`}
              checked={showsLast}
              onChange={(event) => setShowsLast(event.currentTarget.checked)}
            />
          )}
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
        </>
      }
      footer={<MapFoot work={work} />}
    >
      <div className="session-map">
        {view === 'FACE' ? (
          <FaceMap {...map} isOrbitalEnabled={desk.policy?.orbitalEnabled ?? false} />
        ) : (
          <BodyMap {...map} />
        )}
      </div>
      <DepthLegend showsLast={map.showsLast} />
      {map.showsLast && last !== null && (
        <p className="visually-hidden">
          Last session, {formatDate(last.performedOn)}: {lastSessionText(last)}
        </p>
      )}
    </SectionCard>
  )
}

function MapFoot({ work: { draft, facts } }: { readonly work: SessionWork }) {
  const uses = draft.cartridgeUses ?? []
  const [use] = uses
  return (
    <>
      <span>
        {facts.device === null ? (
          'No device chosen'
        ) : (
          <>
            <strong>
              {facts.device.manufacturer} {facts.device.model}
            </strong>{' '}
            max {formatMm(facts.device.maxDepthUm)}
          </>
        )}
      </span>
      <span>
        {use ? (
          <>
            Lot <span className="mono">{use.lotRaw || 'not entered'}</span>
            {use.expiresOn ? ` exp ${formatDate(use.expiresOn)}` : ''}
            {use.isSealIntact === true ? ', seal intact' : ''}
            {uses.length > 1 ? ` and ${uses.length - 1} more` : ''}
          </>
        ) : (
          'No cartridge opened'
        )}
      </span>
    </>
  )
}
