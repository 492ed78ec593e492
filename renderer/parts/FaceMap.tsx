import './FaceMap.css'
import './DepthSwatch.css'
import { type ReactNode, useId } from 'react'
import type { ZoneSide } from '../../shared/domain/zones.ts'
import {
  browGapPath,
  dashedPaths,
  type FaceZoneCode,
  faceDrawing,
  facePath,
  faceZoneCodes,
  faceZones,
  figurePoint,
  isFaceZone,
  leaderPoints,
  lipRedPath,
} from './face-geometry.ts'
import { MapFigure, type MapZone, silent } from './MapFigure.tsx'
import { isSameZone, untreated, type ZoneMark } from './zone-names.ts'

export type FaceMapProps = {
  /** Zones without a mark are shown as not treated; zones that are not of face or neck are left out. */
  readonly marks: readonly ZoneMark[]
  readonly selected?: ZoneSide | null
  readonly onSelect?: (place: ZoneSide) => void
  readonly onStepDepth?: (place: ZoneSide, steps: 1 | -1) => void
  /** `was 0.50` under the figures where it fits. */
  readonly showsLast?: boolean
  /** Eyelids can be chosen only where the clinic enabled them; if it happened anyway its mark is shown. */
  readonly isOrbitalEnabled?: boolean
  /** `mini` has no figures: a picture beside a list that has them. */
  readonly size?: 'full' | 'mini'
  readonly label?: string
}

const viewBoxes = { full: '16 1.6 68 93.4', mini: '22 1.4 56 74.8' } as const

/** Depth settings of face and neck, drawn as the operator sees the patient. */
export function FaceMap(props: FaceMapProps) {
  const { marks, selected = null, onSelect, onStepDepth, showsLast = false, isOrbitalEnabled = false } = props
  const { size = 'full', label = 'Face map, depth setting in mm' } = props
  const hatchId = useId()
  const zones = faceMarks(marks)
    .filter((mark) => size === 'full' || !mark.zone.startsWith('NECK'))
    .map((mark) => mapZone(mark, isOrbitalEnabled))
  const untreatedPlaces = zones
    .filter((zone) => zone.mark.depthUm === null && !zone.isForbidden)
    .map((zone) => zone.mark)
  const flagged = zones.filter((zone) => zone.mark.deviation !== null)

  return (
    <div className="face-map" data-size={size}>
      <span className="face-map__side">{size === 'full' ? 'R' : 'Patient’s R'}</span>
      <span className="face-map__side face-map__side--left">L</span>
      {size === 'full' && (
        <>
          <span className="face-map__words">Patient’s right</span>
          <span className="face-map__words face-map__words--left">Patient’s left</span>
        </>
      )}
      <MapFigure
        label={label}
        viewBox={viewBoxes[size]}
        zones={zones}
        selected={selected}
        onSelect={onSelect}
        onStepDepth={onStepDepth}
        hasFigures={size === 'full'}
        showsLast={showsLast}
        size={size}
        behind={<Behind hatchId={hatchId} size={size} />}
        over={
          <>
            <Features hatchId={hatchId} forbidden={zones.filter((zone) => zone.isForbidden)} />
            {dashedPaths(untreatedPlaces).map((dash) => (
              <path key={dash.key} d={dash.path} className="map-figure__dashes" />
            ))}
            <Outline />
          </>
        }
        marks={size === 'full' ? <Deviations zones={flagged} /> : undefined}
      />
    </div>
  )
}

/** Every face and neck zone in table order, with its mark where there is one. */
function faceMarks(marks: readonly ZoneMark[]): readonly (ZoneMark & { readonly zone: FaceZoneCode })[] {
  return untreated(faceZoneCodes).flatMap((empty) => {
    const mark = marks.find((known) => isSameZone(known, empty)) ?? empty
    return isFaceZone(mark.zone) ? [{ ...mark, zone: mark.zone }] : []
  })
}

function mapZone(mark: ZoneMark & { readonly zone: FaceZoneCode }, isOrbitalEnabled: boolean): MapZone {
  return {
    mark,
    path: facePath(mark),
    figureAt: figurePoint(mark),
    was: faceZones[mark.zone].was,
    isForbidden: mark.zone === 'ORBITAL' && !isOrbitalEnabled && mark.depthUm === null,
  }
}

function Behind({ hatchId, size }: { readonly hatchId: string; readonly size: 'full' | 'mini' }) {
  return (
    <g>
      <defs>
        <pattern id={hatchId} width="1.45" height="1.45" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" x2="0" y1="0" y2="1.45" className="face-map__hatch" />
        </pattern>
        <clipPath id={`${hatchId}-neck`}>
          <rect x="22" y="60" width="56" height="15" />
        </clipPath>
      </defs>
      <g clipPath={size === 'mini' ? `url(#${hatchId}-neck)` : undefined}>
        <path d={faceDrawing.neck} className="map-figure__skin" />
      </g>
      {size === 'full' && (
        <Mirrored>
          <path d={faceDrawing.shoulder} className="map-figure__line" />
        </Mirrored>
      )}
      <Mirrored>
        <path d={`${faceDrawing.ear}Z`} className="map-figure__skin" />
        <path d={faceDrawing.ear} className="map-figure__line" />
        <path d={faceDrawing.earFold} className="map-figure__line" />
      </Mirrored>
      <path d={faceDrawing.head} className="map-figure__skin" />
      <path d={faceDrawing.hair} className="map-figure__hair" />
      <Mirrored>
        <path d={faceDrawing.strands} className="map-figure__thin" />
      </Mirrored>
    </g>
  )
}

function Features({ hatchId, forbidden }: { readonly hatchId: string; readonly forbidden: readonly MapZone[] }) {
  return (
    <g>
      <path d={browGapPath('R')} className="map-figure__paper" />
      <path d={browGapPath('L')} className="map-figure__paper" />
      {forbidden.map((zone) => (
        <path key={zone.path} d={zone.path} fill={`url(#${hatchId})`} />
      ))}
      <path d={lipRedPath()} className="face-map__lips" />
      <path d={lipRedPath()} fill={`url(#${hatchId})`} />
      <Mirrored>
        <path d={faceDrawing.brow} className="map-figure__feature" />
        <path d={faceDrawing.crease} className="map-figure__thin" />
        <path d={faceDrawing.lid} className="map-figure__line" />
        <path d={faceDrawing.lashes} className="map-figure__line face-map__lashes" />
        <path d={faceDrawing.nostril} className="map-figure__line" />
        <path d={faceDrawing.mouth} className="map-figure__line" />
      </Mirrored>
    </g>
  )
}

function Outline() {
  return (
    <g>
      <Mirrored>
        <path d={faceDrawing.skull} className="map-figure__line" />
        <path d={faceDrawing.faceEdge} className="map-figure__line" />
      </Mirrored>
    </g>
  )
}

function Mirrored({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <g>{children}</g>
      <g transform="matrix(-1 0 0 1 100 0)">{children}</g>
    </>
  )
}

function Deviations({ zones }: { readonly zones: readonly MapZone[] }) {
  return (
    <g {...silent}>
      {zones.map(({ mark }) => {
        if (!isFaceZone(mark.zone)) return null
        const { from, to, isBesideEar } = leaderPoints({ zone: mark.zone, side: mark.side })
        const outward = mark.side === 'R' ? -1 : 1
        return (
          <g key={`${mark.zone} ${mark.side}`}>
            <line className="map-figure__leader-halo" x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
            <line className="map-figure__leader" x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
            <path className="map-figure__triangle" d={`M${to[0]} ${to[1] - 1.5}l1.35 2.4h-2.7z`} />
            <path className="map-figure__leader" d={`M${to[0]} ${to[1] - 0.7}v0.75M${to[0]} ${to[1] + 0.35}v0.1`} />
            <text
              className="map-figure__mark"
              x={isBesideEar ? to[0] + outward * 0.4 : to[0] + outward * 1.8}
              y={isBesideEar ? to[1] + 3.2 : to[1] + 0.65}
              textAnchor={isBesideEar ? 'middle' : outward < 0 ? 'end' : 'start'}
            >
              {mark.deviation}
            </text>
          </g>
        )
      })}
    </g>
  )
}
