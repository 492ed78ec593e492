import { describe, expect, test } from 'vitest'
import { bodyFigurePoint, bodyPath, bodyZoneCodes } from '../../renderer/parts/body-geometry.ts'
import {
  dashedPaths,
  facePath,
  faceZoneCodes,
  figurePoint,
  leaderPoints,
  lipRedPath,
} from '../../renderer/parts/face-geometry.ts'
import { compareZones, untreated, type ZoneMark, zoneMarkName } from '../../renderer/parts/zone-names.ts'
import { type ZoneSide, zoneCodes, zoneFacts } from '../../shared/domain/zones.ts'

const faceSides = faceZoneCodes.flatMap((zone) => zoneFacts(zone).sides.map((side) => ({ zone, side })))
const bodySides = bodyZoneCodes.flatMap((zone) => zoneFacts(zone).sides.map((side) => ({ zone, side })))

describe('the face map', () => {
  test('has a place for every zone of face and neck, and the body map for the rest but named scars', () => {
    const drawn = [...faceZoneCodes, ...bodyZoneCodes, 'SCAR_SITE']
    expect(drawn.toSorted()).toEqual([...zoneCodes].toSorted())
  })

  test.each(faceSides)('keeps the figure of $zone $side inside its own zone and no other', (place) => {
    const [x, y] = figurePoint(place)
    const holders = faceSides.filter((other) => isInside(polygonOf(facePath(other)), x, y))
    expect(holders).toEqual([place])
  })

  test("mirrors the patient's left at x = 50", () => {
    expect(figurePoint({ zone: 'TEMPLE', side: 'R' })).toEqual([30.9, 25.5])
    expect(figurePoint({ zone: 'TEMPLE', side: 'L' })).toEqual([69.1, 25.5])
  })

  test('lets neighbours meet: between eyes and chin every point is in one zone, but for the red of the lips', () => {
    const polygons = [...faceSides.map(facePath), lipRedPath()].map(polygonOf)
    const counts = new Set<number>()
    for (let y = 42; y <= 67; y += 0.25) {
      for (let x = 40; x <= 60; x += 0.25) {
        counts.add(polygons.filter((polygon) => isInside(polygon, x + 0.013, y + 0.017)).length)
      }
    }
    expect([...counts]).toEqual([1])
  })

  test('dashes a border between two untreated zones once', () => {
    const keys = dashedPaths([
      { zone: 'CHEEK_ANT', side: 'R' },
      { zone: 'CHEEK_LAT', side: 'R' },
    ]).map((dash) => dash.key)
    expect(keys.filter((key) => key === 'cheeks R')).toHaveLength(1)
  })

  test.each(faceSides)('puts the mark of a deviation in $zone $side outside the face, in the window', (place) => {
    const { to } = leaderPoints(place)
    expect(to[0] < 27 || to[0] > 73).toBe(true)
    expect(to[0]).toBeGreaterThan(16)
    expect(to[0]).toBeLessThan(84)
  })
})

describe('the body map', () => {
  test.each(bodySides)('keeps the figure of $zone $side inside its own zone', (place) => {
    const [x, y] = bodyFigurePoint(place)
    expect(isInside(polygonOf(bodyPath(place)), x, y)).toBe(true)
  })

  test("shows the patient's left on the viewer's right in front, and on the viewer's left from behind", () => {
    expect(bodyFigurePoint({ zone: 'THIGH_ANT', side: 'L' })[0]).toBeGreaterThan(27)
    expect(bodyFigurePoint({ zone: 'THIGH_POST', side: 'L' })[0]).toBeLessThan(73)
  })
})

describe('the name of a zone on a map', () => {
  const temple: ZoneMark = {
    zone: 'TEMPLE',
    side: 'L',
    depthUm: 750,
    wasUm: 500,
    isOver: true,
    deviation: 'dev. 1',
  }

  test('says side, depth, limit, deviation and the last time', () => {
    expect(zoneMarkName(temple)).toBe('Temple, patient’s left, 0.75 mm, over the limit, deviation 1, last time 0.50 mm')
  })

  test('says that a zone was not treated', () => {
    expect(zoneMarkName({ ...temple, depthUm: null, wasUm: null, isOver: false, deviation: null })).toBe(
      'Temple, patient’s left, not treated',
    )
  })

  test('keeps the order of the tables, right before left', () => {
    const places: readonly ZoneSide[] = untreated(['TEMPLE', 'FOREHEAD'])
    expect(places.toSorted(compareZones).map(({ zone, side }) => `${zone} ${side}`)).toEqual([
      'FOREHEAD M',
      'TEMPLE R',
      'TEMPLE L',
    ])
  })
})

type Polygon = readonly (readonly [number, number])[]

/** Corners of a path of absolute M, L and C commands, each cubic piece in 24 steps. */
function polygonOf(path: string): Polygon {
  const corners: [number, number][] = []
  for (const [, command = '', text = ''] of path.matchAll(/([MLC])([^MLCZ]*)/g)) {
    const numbers = [...text.matchAll(/-?\d+(?:\.\d+)?/g)].map((match) => Number(match[0]))
    const points = pairs(numbers)
    if (command !== 'C') corners.push(...points)
    for (let index = 0; command === 'C' && index + 2 < points.length; index += 3) {
      const start = corners.at(-1)
      const [c1, c2, end] = points.slice(index, index + 3)
      if (!start || !c1 || !c2 || !end) continue
      for (let step = 1; step <= 24; step += 1) corners.push(cubic(start, c1, c2, end, step / 24))
    }
    // `C` may be followed by a bare line: what is left over are straight corners.
    if (command === 'C') corners.push(...points.slice(points.length - (points.length % 3)))
  }
  return corners
}

function pairs(numbers: readonly number[]): [number, number][] {
  return Array.from({ length: Math.floor(numbers.length / 2) }, (_, index) => [
    numbers[index * 2] ?? 0,
    numbers[index * 2 + 1] ?? 0,
  ])
}

function cubic(
  a: readonly [number, number],
  b: readonly [number, number],
  c: readonly [number, number],
  d: readonly [number, number],
  t: number,
): [number, number] {
  const u = 1 - t
  const mix = (axis: 0 | 1) => u ** 3 * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t ** 3 * d[axis]
  return [mix(0), mix(1)]
}

function isInside(polygon: Polygon, x: number, y: number): boolean {
  let inside = false
  polygon.forEach(([ax, ay], index) => {
    const [bx, by] = polygon[(index + 1) % polygon.length] ?? [ax, ay]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  })
  return inside
}
