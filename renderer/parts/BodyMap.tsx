import './BodyMap.css'
import './DepthSwatch.css'
import type { ZoneSide } from '../../shared/domain/zones.ts'
import { bodyFigurePoint, bodyHalfPath, bodyPath, bodyZoneCodes, isBodyZone } from './body-geometry.ts'
import { depthShade } from './depth-text.ts'
import { formatMm } from './format.ts'
import { MapFigure, type MapZone } from './MapFigure.tsx'
import { isSameZone, untreated, type ZoneMark, zoneMarkName } from './zone-names.ts'

export type BodyMapProps = {
  /** Zones without a mark are shown as not treated. Named scars stand in a list under the figures. */
  readonly marks: readonly ZoneMark[]
  readonly selected?: ZoneSide | null
  readonly onSelect?: (place: ZoneSide) => void
  readonly onStepDepth?: (place: ZoneSide, steps: 1 | -1) => void
  readonly showsLast?: boolean
  readonly size?: 'full' | 'mini'
  readonly label?: string
}

/** Depth settings of scalp, trunk and limbs, from the front and from behind. */
export function BodyMap(props: BodyMapProps) {
  const { marks, selected = null, onSelect, onStepDepth, showsLast = false, size = 'full' } = props
  const { label = 'Body map, depth setting in mm' } = props
  const zones = untreated(bodyZoneCodes).flatMap((empty): MapZone[] => {
    const mark = marks.find((known) => isSameZone(known, empty)) ?? empty
    const { zone, side } = mark
    if (!isBodyZone(zone)) return []
    return [
      {
        mark,
        path: bodyPath({ zone, side }),
        figureAt: bodyFigurePoint({ zone, side }),
        was: 'none',
        isForbidden: false,
      },
    ]
  })
  const scars = marks.filter((mark) => mark.zone === 'SCAR_SITE')

  return (
    <div className="body-map" data-size={size}>
      <div className="body-map__views">
        <p>
          <span>R</span>
          Front
          <span>L</span>
        </p>
        <p>
          <span>L</span>
          Back
          <span>R</span>
        </p>
      </div>
      <MapFigure
        label={label}
        viewBox="8 0 84 100"
        zones={zones}
        selected={selected}
        onSelect={onSelect}
        onStepDepth={onStepDepth}
        hasFigures={size === 'full'}
        showsLast={showsLast}
        size={size}
        behind={
          <g>
            {(['front', 'back'] as const).flatMap((view) =>
              [false, true].map((isMirrored) => (
                <g key={`${view}${isMirrored}`}>
                  <path d={bodyHalfPath(view, isMirrored)} className="map-figure__skin" />
                  <path d={bodyHalfPath(view, isMirrored).replace('Z', '')} className="map-figure__line" />
                </g>
              )),
            )}
          </g>
        }
        over={zones
          .filter((zone) => zone.mark.depthUm === null)
          .map((zone) => (
            <path key={`${zone.mark.zone} ${zone.mark.side}`} d={zone.path} className="map-figure__dashes" />
          ))}
      />
      {scars.length > 0 && (
        <ul className="body-map__scars" aria-label="Named scars">
          {scars.map((mark) => (
            <li key={mark.side}>
              <button
                type="button"
                aria-pressed={isSameZone(selected, mark)}
                aria-label={zoneMarkName(mark)}
                disabled={onSelect === undefined}
                onClick={() => onSelect?.({ zone: mark.zone, side: mark.side })}
              >
                <span className="depth-swatch__square" data-shade={depthShade(mark.depthUm)} aria-hidden="true" />
                Single scar, {mark.side}
                <strong>{mark.depthUm === null ? '–' : formatMm(mark.depthUm)}</strong>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
