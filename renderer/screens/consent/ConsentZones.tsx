import './ConsentZones.css'
import { Button, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import {
  expandPreset,
  includesPlace,
  isFacial,
  type Region,
  regions,
  requiresSite,
  type Side,
  type ZoneCode,
  type ZonePlace,
  zoneCodes,
  zoneFacts,
} from '../../../shared/domain/zones.ts'
import { FaceMap } from '../../parts/FaceMap.tsx'
import { sideName, zoneName } from '../../parts/zone-names.ts'

export type ConsentZonesProps = {
  readonly zones: readonly ZonePlace[]
  readonly onChange: (zones: readonly ZonePlace[]) => void
  /** Shades the map; null while no depth is set. */
  readonly depthUm: number | null
  readonly isOrbitalEnabled: boolean
}

const regionNames: Readonly<Record<Region, string>> = { FACE: 'Face', NECK: 'Neck', SCALP: 'Scalp', BODY: 'Body' }
const sideOrder: readonly Side[] = ['R', 'L', 'M']

/** The areas that a form covers: each side of each zone is a choice, the map shows what was chosen. */
export function ConsentZones({ zones, onChange, depthUm, isOrbitalEnabled }: ConsentZonesProps) {
  const marks = zones
    .filter(({ zone }) => !requiresSite(zone))
    .map(({ zone, side }) => ({ zone, side, depthUm: depthUm ?? 250, wasUm: null, isOver: false, deviation: null }))
  const fullFace = expandPreset('FULL_FACE').map((place) => ({ ...place, site: null }))
  const isFullFace = fullFace.every((place) => includesPlace(zones, place))

  function toggle(zone: ZoneCode, side: Side) {
    const isChosen = zones.some((place) => place.zone === zone && place.side === side)
    onChange(
      isChosen
        ? zones.filter((place) => place.zone !== zone || place.side !== side)
        : inOrder([...zones, { zone, side, site: requiresSite(zone) ? '' : null }]),
    )
  }

  return (
    <div className="consent-zones">
      <div className="consent-zones__map" aria-hidden="true">
        <FaceMap marks={marks} size="mini" isOrbitalEnabled={isOrbitalEnabled} />
      </div>
      <div className="consent-zones__lists">
        <Button
          size="xs"
          onClick={() =>
            onChange(
              isFullFace
                ? zones.filter(({ zone }) => !isFacial(zone))
                : inOrder([...zones.filter((place) => !includesPlace(fullFace, place)), ...fullFace]),
            )
          }
        >
          {isFullFace ? 'Clear the face' : 'Full face'}
        </Button>
        {regions.map((region) => (
          <RegionList
            key={region}
            region={region}
            zones={zones}
            isOrbitalEnabled={isOrbitalEnabled}
            onToggle={toggle}
            onSite={(side, site) =>
              onChange(
                zones.map((place) => (requiresSite(place.zone) && place.side === side ? { ...place, site } : place)),
              )
            }
          />
        ))}
      </div>
    </div>
  )
}

type RegionListProps = {
  readonly region: Region
  readonly zones: readonly ZonePlace[]
  readonly isOrbitalEnabled: boolean
  readonly onToggle: (zone: ZoneCode, side: Side) => void
  readonly onSite: (side: Side, site: string) => void
}

function RegionList({ region, zones, isOrbitalEnabled, onToggle, onSite }: RegionListProps) {
  const id = useId()
  const codes = zoneCodes.filter(
    (zone) => zoneFacts(zone).region === region && (zone !== 'ORBITAL' || isOrbitalEnabled),
  )
  const own = zones.filter(({ zone }) => codes.includes(zone))
  const [isOpen, setOpen] = useState(region === 'FACE' || own.length > 0)
  return (
    <section className="consent-region">
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        {regionNames[region]}
        <span>{own.length === 0 ? 'none' : `${own.length} chosen`}</span>
      </button>
      {isOpen && (
        <ul id={id}>
          {codes.map((zone) => (
            <li key={zone}>
              <span>{zoneName(zone)}</span>
              <span className="consent-region__sides">
                {[...zoneFacts(zone).sides]
                  .sort((a, b) => sideOrder.indexOf(a) - sideOrder.indexOf(b))
                  .map((side) => (
                    <button
                      key={side}
                      type="button"
                      aria-pressed={own.some((place) => place.zone === zone && place.side === side)}
                      aria-label={[zoneName(zone), sideName(side) || 'middle'].join(', ')}
                      onClick={() => onToggle(zone, side)}
                    >
                      {sideLetter(side, zone)}
                    </button>
                  ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      {own
        .filter(({ zone }) => requiresSite(zone))
        .map(({ side, site }) => (
          <TextInput
            key={side}
            label={`Which scar (${side === 'M' ? 'middle' : sideName(side)})`}
            placeholder="e.g. knee, 4 cm, after surgery"
            maxLength={120}
            value={site ?? ''}
            onChange={(event) => onSite(side, event.currentTarget.value)}
          />
        ))}
    </section>
  )
}

/** L and R are the patient's own; a zone of the midline is simply chosen. */
function sideLetter(side: Side, zone: ZoneCode): string {
  if (side !== 'M') return side
  return zoneFacts(zone).sides.length === 1 ? 'Yes' : 'Mid'
}

function inOrder(zones: readonly ZonePlace[]): readonly ZonePlace[] {
  return [...zones].sort(
    (a, b) =>
      zoneCodes.indexOf(a.zone) - zoneCodes.indexOf(b.zone) || sideOrder.indexOf(a.side) - sideOrder.indexOf(b.side),
  )
}
