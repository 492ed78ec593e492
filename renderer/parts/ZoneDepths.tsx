import './ZoneDepths.css'
import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import {
  expandPreset,
  presets,
  requiresSite,
  type ZonePlace,
  type ZoneSide,
  zoneCodes,
  zoneFacts,
} from '../../shared/domain/zones.ts'
import { DepthInput } from './DepthInput.tsx'
import { stepDepth } from './depth-text.ts'
import { FaceMap } from './FaceMap.tsx'
import { presetWords } from './treatment-words.ts'
import { compareZones, isSameZone, zoneSideName } from './zone-names.ts'

/** A zone with one depth in micrometres: what an order allows at most, or what a course plans. */
export type ZoneDepth = ZonePlace & { readonly depthUm: number | null }

export type ZoneDepthsProps = {
  readonly rows: readonly ZoneDepth[]
  readonly onChange: (rows: readonly ZoneDepth[]) => void
  /** What the depth is: `Maximum depth`. */
  readonly depthLabel: string
  readonly isOrbitalEnabled: boolean
  /** What is to be said about a row's depth; `isOver` draws it red. */
  readonly judge?: (row: ZoneDepth) => { readonly isOver: boolean; readonly sentence: ReactNode }
}

/** Zones with one depth each: chosen on the map or from a list, edited as a list that says everything the map shows. */
export function ZoneDepths({ rows, onChange, depthLabel, isOrbitalEnabled, judge }: ZoneDepthsProps) {
  const [selected, setSelected] = useState<ZoneSide | null>(null)
  const listId = useId()
  const sorted = [...rows].sort(compareZones)
  const marks = rows
    .filter(({ zone }) => !requiresSite(zone))
    .map((row) => ({
      zone: row.zone,
      side: row.side,
      depthUm: row.depthUm,
      wasUm: null,
      isOver: judge?.(row).isOver ?? false,
      deviation: null,
    }))

  function add(place: ZoneSide, depthUm: number | null = lastDepth(rows)) {
    setSelected(place)
    const isNew = requiresSite(place.zone) || !rows.some((row) => isSameZone(row, place))
    if (isNew) onChange([...rows, { ...place, site: requiresSite(place.zone) ? '' : null, depthUm }])
  }

  function setRow(row: ZoneDepth, change: Partial<ZoneDepth>) {
    onChange(rows.map((other) => (other === row ? { ...other, ...change } : other)))
  }

  function stepOnMap(place: ZoneSide, steps: 1 | -1) {
    const row = rows.find((other) => isSameZone(other, place))
    if (row) setRow(row, { depthUm: stepDepth(row.depthUm, steps) })
    else add(place)
  }

  return (
    <div className="zone-depths">
      <div className="zone-depths__map">
        <FaceMap
          marks={marks}
          selected={selected}
          onSelect={(place) => add(place)}
          onStepDepth={stepOnMap}
          isOrbitalEnabled={isOrbitalEnabled}
          label={`${depthLabel} on the face, mm. Choose a zone to add it.`}
        />
      </div>
      <div className="zone-depths__list">
        <div className="zone-depths__add">
          <Select
            label="Add a zone"
            placeholder="Name of a zone"
            searchable
            value={null}
            nothingFoundMessage="No zone of this name"
            data={zoneOptions(rows, isOrbitalEnabled)}
            onChange={(value) => {
              const place = placeOf(value)
              if (place) add(place)
            }}
          />
          <fieldset className="zone-depths__presets">
            <legend className="visually-hidden">Several zones at once</legend>
            {presets.map((preset) => (
              <Button
                key={preset}
                size="xs"
                onClick={() => {
                  const missing = expandPreset(preset).filter((place) => !rows.some((row) => isSameZone(row, place)))
                  onChange([...rows, ...missing.map((place) => ({ ...place, site: null, depthUm: lastDepth(rows) }))])
                }}
              >
                {presetWords[preset]}
              </Button>
            ))}
            {rows.length > 0 && (
              <Button size="xs" variant="subtle" onClick={() => onChange([])}>
                Remove all
              </Button>
            )}
          </fieldset>
        </div>
        {rows.length === 0 ? (
          <p className="zone-depths__empty">No zone yet. Choose one on the map or from the list.</p>
        ) : (
          <ul id={listId} aria-label="Chosen zones">
            {rows.length > 1 && (
              <li className="zone-depths__all">
                <span>All {rows.length} zones</span>
                <DepthInput
                  label={`${depthLabel}, mm: all zones`}
                  depthUm={commonDepth(rows)}
                  onChange={(depthUm) => onChange(rows.map((row) => ({ ...row, depthUm })))}
                  sentence={commonDepth(rows) === null ? 'not all the same' : null}
                />
              </li>
            )}
            {sorted.map((row) => {
              const verdict = judge?.(row)
              const name = zoneSideName(row)
              return (
                <li
                  key={`${row.zone} ${row.side} ${rows.indexOf(row)}`}
                  data-selected={isSameZone(selected, row) || undefined}
                >
                  <div className="zone-depths__name">
                    <span>{name}</span>
                    {requiresSite(row.zone) && (
                      <TextInput
                        aria-label={`Which scar: ${name}`}
                        placeholder="Which scar, e.g. left knee"
                        maxLength={120}
                        value={row.site ?? ''}
                        onChange={(event) => setRow(row, { site: event.currentTarget.value })}
                      />
                    )}
                  </div>
                  <DepthInput
                    label={`${depthLabel}, mm: ${name}`}
                    depthUm={row.depthUm}
                    onChange={(depthUm) => setRow(row, { depthUm })}
                    isOver={verdict?.isOver ?? false}
                    sentence={verdict?.sentence}
                  />
                  <ActionIcon
                    variant="subtle"
                    aria-label={`Remove ${name}`}
                    onClick={() => onChange(rows.filter((other) => other !== row))}
                  >
                    <IconTrash size={16} stroke={1.6} aria-hidden="true" />
                  </ActionIcon>
                </li>
              )
            })}
          </ul>
        )}
      </div>
    </div>
  )
}

/** Null where they differ, or none is set. */
function commonDepth(rows: readonly ZoneDepth[]): number | null {
  const [first] = rows
  return first && rows.every((row) => row.depthUm === first.depthUm) ? first.depthUm : null
}

/** A new zone starts from the depth that was set last, so that equal zones need no typing. */
function lastDepth(rows: readonly ZoneDepth[]): number | null {
  return rows.findLast((row) => row.depthUm !== null)?.depthUm ?? null
}

function zoneOptions(rows: readonly ZoneDepth[], isOrbitalEnabled: boolean) {
  return zoneCodes
    .filter((zone) => zone !== 'ORBITAL' || isOrbitalEnabled)
    .flatMap((zone) => zoneFacts(zone).sides.map((side) => ({ zone, side })))
    .filter((place) => requiresSite(place.zone) || !rows.some((row) => isSameZone(row, place)))
    .sort(compareZones)
    .map((place) => ({ value: `${place.zone} ${place.side}`, label: zoneSideName(place) }))
}

function placeOf(value: string | null): ZoneSide | null {
  const [zone, side] = (value ?? '').split(' ')
  const code = zoneCodes.find((known) => known === zone)
  const found = code && zoneFacts(code).sides.find((known) => known === side)
  return code && found ? { zone: code, side: found } : null
}
