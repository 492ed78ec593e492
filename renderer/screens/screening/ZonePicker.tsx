import './ZonePicker.css'
import { IconChevronDown } from '@tabler/icons-react'
import { useId, useState } from 'react'
import {
  includesZoneSide,
  type Region,
  regions,
  type Side,
  type ZoneCode,
  type ZoneSide,
  zoneCodes,
  zoneFacts,
} from '../../../shared/domain/zones.ts'
import { zoneName } from '../../parts/zone-names.ts'

export type ZonePickerProps = {
  readonly label: string
  readonly zones: readonly ZoneSide[]
  readonly onChange: (zones: readonly ZoneSide[]) => void
  /** The patient marks their own skin and reads "my left"; staff read the patient's left. */
  readonly reader: 'patient' | 'staff'
}

const regionNames: Readonly<Record<Region, string>> = { FACE: 'Face', NECK: 'Neck', SCALP: 'Scalp', BODY: 'Body' }

/** Areas of the body by name, each side a button of its own. */
export function ZonePicker({ label, zones, onChange, reader }: ZonePickerProps) {
  const id = useId()
  const [opened, setOpened] = useState<readonly Region[]>(() =>
    regions.filter((region) => isOpenAtFirst(region, zones, reader)),
  )

  function toggle(place: ZoneSide) {
    const others = zones.filter((one) => !includesZoneSide([place], one))
    onChange(others.length === zones.length ? [...zones, place] : others)
  }

  return (
    <fieldset className="zone-picker" data-reader={reader}>
      <legend id={id}>{label}</legend>
      {regions.map((region) => {
        const codes = zoneCodes.filter((zone) => zoneFacts(zone).region === region)
        const count = zones.filter(({ zone }) => codes.includes(zone)).length
        const isOpen = opened.includes(region)
        return (
          <div key={region} className="zone-picker__region">
            <button
              type="button"
              className="zone-picker__head"
              aria-expanded={isOpen}
              onClick={() => setOpened(isOpen ? opened.filter((one) => one !== region) : [...opened, region])}
            >
              {regionNames[region]}
              <span>{count === 0 ? 'none marked' : `${count} marked`}</span>
              <IconChevronDown size={18} stroke={1.7} aria-hidden="true" />
            </button>
            {isOpen && (
              <ul>
                {codes.map((zone) => (
                  <ZoneRow key={zone} zone={zone} zones={zones} reader={reader} onToggle={toggle} />
                ))}
              </ul>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}

/** Most answers are about the face; staff see the regions that carry a mark. */
function isOpenAtFirst(region: Region, zones: readonly ZoneSide[], reader: ZonePickerProps['reader']): boolean {
  return (reader === 'patient' && region === 'FACE') || zones.some(({ zone }) => zoneFacts(zone).region === region)
}

type ZoneRowProps = Pick<ZonePickerProps, 'zones' | 'reader'> & {
  readonly zone: ZoneCode
  readonly onToggle: (place: ZoneSide) => void
}

function ZoneRow({ zone, zones, reader, onToggle }: ZoneRowProps) {
  const { sides } = zoneFacts(zone)
  const name = zoneName(zone)
  // As the operator sees it: the patient's right comes first. The patient reads their own left first.
  const ordered = reader === 'staff' ? [...sides].sort((a, b) => order.indexOf(a) - order.indexOf(b)) : sides
  return (
    <li>
      <span>{name}</span>
      <span className="zone-picker__sides">
        {ordered.map((side) => {
          const words = sideWords(side, sides.length, reader)
          return (
            <button
              key={side}
              type="button"
              aria-pressed={includesZoneSide(zones, { zone, side })}
              aria-label={`${name}, ${words}`}
              onClick={() => onToggle({ zone, side })}
            >
              {words}
            </button>
          )
        })}
      </span>
    </li>
  )
}

const order: readonly Side[] = ['R', 'L', 'M']

function sideWords(side: Side, count: number, reader: ZonePickerProps['reader']): string {
  if (side === 'M') return count === 1 ? 'here' : 'middle'
  const word = side === 'L' ? 'left' : 'right'
  return reader === 'patient' ? `my ${word}` : word
}
