import './MapFigure.css'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import type { ZoneSide } from '../../shared/domain/zones.ts'
import { depthShade } from './depth-text.ts'
import type { Point } from './face-geometry.ts'
import { formatMm } from './format.ts'
import { isSameZone, type ZoneMark, zoneMarkName } from './zone-names.ts'

/** One zone as a map draws it. */
export type MapZone = {
  readonly mark: ZoneMark
  readonly path: string
  readonly figureAt: Point
  readonly was: 'oneLine' | 'twoLines' | 'none'
  /** Hatched: not to be treated until the clinic enables it. */
  readonly isForbidden: boolean
}

export type MapFigureProps = {
  readonly label: string
  readonly viewBox: string
  readonly zones: readonly MapZone[]
  readonly selected: ZoneSide | null
  /** Without it the map is a picture. */
  readonly onSelect?: ((place: ZoneSide) => void) | undefined
  /** `+` and `-` on the focused zone. */
  readonly onStepDepth?: ((place: ZoneSide, steps: 1 | -1) => void) | undefined
  readonly hasFigures: boolean
  readonly showsLast: boolean
  readonly size: 'full' | 'mini'
  /** What lies under the zones: skin, hair, outlines. */
  readonly behind: ReactNode
  /** What lies over the fills and under the figures: brows, eyes, dashes. */
  readonly over: ReactNode
  /** Deviation marks with their leaders. */
  readonly marks?: ReactNode
}

/** The buttons carry every value; the printed figures would be read a second time. */
export const silent = { 'aria-hidden': true } as const

/** Fills, figures, selection and keys of a map; what it is a map of is drawn by the caller. */
export function MapFigure(props: MapFigureProps) {
  const { label, viewBox, zones, selected, onSelect, onStepDepth, size } = props
  const svg = useRef<SVGSVGElement>(null)
  const usable = zones.filter((zone) => !zone.isForbidden)
  const selectedZone = zones.find((zone) => isSameZone(selected, zone.mark))
  const tabStop = selectedZone ?? usable[0]

  function choose(zone: MapZone | undefined) {
    if (!zone) return
    onSelect?.({ zone: zone.mark.zone, side: zone.mark.side })
    svg.current?.querySelector<SVGGElement>(`[data-zone="${zone.mark.zone} ${zone.mark.side}"]`)?.focus()
  }

  function onKeyDown(event: KeyboardEvent, zone: MapZone) {
    const at = usable.indexOf(zone)
    const place = { zone: zone.mark.zone, side: zone.mark.side }
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key in arrows) choose(nearest(usable, zone, event.key))
    else if (event.key === 'PageDown') choose(usable[(at + 1) % usable.length])
    else if (event.key === 'PageUp') choose(usable[(at - 1 + usable.length) % usable.length])
    else if (event.key === 'Home') choose(usable[0])
    else if (event.key === 'End') choose(usable.at(-1))
    else if (event.key === 'Enter' || event.key === ' ') choose(zone)
    else if (event.key === '+' || event.key === '=') onStepDepth?.(place, 1)
    else if (event.key === '-') onStepDepth?.(place, -1)
    else return
    event.preventDefault()
  }

  const isPicture = onSelect === undefined
  return (
    <svg
      ref={svg}
      className="map-figure"
      data-size={size}
      viewBox={viewBox}
      role={isPicture ? 'img' : 'group'}
      aria-label={isPicture ? `${label}. ${pictureText(zones)}` : label}
    >
      {props.behind}
      {!isPicture &&
        // Wide, unseen edges below all fills: a thin zone is still a target of 24 px.
        usable.map((zone) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: only widens the button of the same zone
          <path
            key={keyOf(zone)}
            className="map-figure__reach"
            d={zone.path}
            {...silent}
            onClick={() => choose(zone)}
          />
        ))}
      {zones.map((zone) => (
        <ZoneShape
          key={keyOf(zone)}
          zone={zone}
          isPicture={isPicture}
          isSelected={zone === selectedZone}
          isTabStop={zone === tabStop}
          onChoose={() => choose(zone)}
          onKeyDown={(event) => onKeyDown(event, zone)}
        />
      ))}
      {props.showsLast && <Ghosts zones={zones} />}
      <g className="map-figure__over">{props.over}</g>
      {selectedZone && (
        <g className="map-figure__selection">
          <path d={selectedZone.path} className="map-figure__halo" />
          <path d={selectedZone.path} className="map-figure__outline" />
        </g>
      )}
      {props.marks}
      {props.hasFigures && (
        <g className="map-figure__figures" {...silent}>
          {zones
            .filter((zone) => !zone.isForbidden)
            .map((zone) => (
              <ZoneFigure key={keyOf(zone)} zone={zone} showsLast={props.showsLast} />
            ))}
        </g>
      )}
    </svg>
  )
}

/** The last session behind this one: its zones by a dotted edge, and those not treated now by a pale fill as well. */
function Ghosts({ zones }: { readonly zones: readonly MapZone[] }) {
  const treated = zones.filter(({ mark }) => (mark.ghostUm ?? null) !== null)
  return (
    <g className="map-figure__ghosts" {...silent}>
      {treated.map((zone) => (
        <path
          key={keyOf(zone)}
          d={zone.path}
          className="map-figure__ghost"
          data-shade={zone.mark.depthUm === null ? depthShade(zone.mark.ghostUm ?? null) : undefined}
        />
      ))}
    </g>
  )
}

type ZoneShapeProps = {
  readonly zone: MapZone
  readonly isPicture: boolean
  readonly isSelected: boolean
  readonly isTabStop: boolean
  readonly onChoose: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

function ZoneShape({ zone, isPicture, isSelected, isTabStop, onChoose, onKeyDown }: ZoneShapeProps) {
  const shade = depthShade(zone.mark.depthUm)
  if (isPicture || zone.isForbidden) {
    return <path d={zone.path} className="map-figure__zone" data-shade={shade} data-forbidden={zone.isForbidden} />
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element cannot stand inside a drawing
    <g
      role="button"
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={isSelected}
      aria-label={zoneMarkName(zone.mark)}
      data-zone={`${zone.mark.zone} ${zone.mark.side}`}
      className="map-figure__button"
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      <path d={zone.path} className="map-figure__zone" data-shade={shade} />
    </g>
  )
}

function ZoneFigure({ zone, showsLast }: { readonly zone: MapZone; readonly showsLast: boolean }) {
  const [x, y] = zone.figureAt
  const { depthUm, wasUm } = zone.mark
  const ghostUm = showsLast ? (zone.mark.ghostUm ?? null) : null
  if (depthUm === null && ghostUm !== null) {
    return (
      <text className="map-figure__ghost-figure" x={x} y={y + 0.6} textAnchor="middle">
        {formatMm(ghostUm)}
      </text>
    )
  }
  if (depthUm === null) {
    return <line className="map-figure__dash" x1={x - 0.35} x2={x + 0.35} y1={y} y2={y} />
  }
  const shade = depthShade(depthUm)
  const was = showsLast && wasUm !== null && zone.was !== 'none' ? formatMm(wasUm) : null
  return (
    <text className="map-figure__figure" data-shade={shade} x={x} y={y + 0.7} textAnchor="middle">
      {formatMm(depthUm)}
      {was !== null && (
        <tspan className="map-figure__was" x={x} dy={2.5}>
          {zone.was === 'oneLine' ? `was ${was}` : 'was'}
        </tspan>
      )}
      {was !== null && zone.was === 'twoLines' && (
        <tspan className="map-figure__was" x={x} dy={2.2}>
          {was}
        </tspan>
      )}
    </text>
  )
}

const arrows: Readonly<Record<string, Point>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

/** The zone whose figure is nearest in the arrow's direction: straight ahead counts, aside counts double. */
export function nearest(zones: readonly MapZone[], from: MapZone, key: string): MapZone | undefined {
  const [dx, dy] = arrows[key] ?? [0, 0]
  const candidates = zones.flatMap((zone) => {
    const [x, y] = [zone.figureAt[0] - from.figureAt[0], zone.figureAt[1] - from.figureAt[1]]
    const ahead = x * dx + y * dy
    const aside = Math.abs(x * dy) + Math.abs(y * dx)
    return zone === from || ahead < 0.5 || aside > ahead * 3 ? [] : [{ zone, cost: ahead + aside * 2 }]
  })
  return candidates.sort((a, b) => a.cost - b.cost)[0]?.zone
}

function keyOf(zone: MapZone): string {
  return `${zone.mark.zone} ${zone.mark.side}`
}

function pictureText(zones: readonly MapZone[]): string {
  const treated = zones.filter((zone) => zone.mark.depthUm !== null).map((zone) => zoneMarkName(zone.mark))
  return treated.length === 0 ? 'No zone treated' : treated.join('; ')
}
