import type { Side, ZoneCode, ZoneSide } from '../../shared/domain/zones.ts'

/**
 * The face in its own units: x and y 0-100, the same unit both ways, centre line x = 50, the patient's right at x < 50.
 * Landmarks: hairline 11, brows 29, eyes 36, nose base 51, lip line 58.6, chin 72. Everything is drawn for the
 * patient's right and mirrored at x = 50. Neighbouring zones share one curve, so they meet without a gap.
 */
export type Point = readonly [x: number, y: number]

/** Cubic curve: a start, then control, control, end for each piece. */
type Curve = readonly Point[]

/** `faceEdge` curves are drawn by the outline itself and never dashed. */
const curves = {
  hairlineTop: [
    [33.3, 15.9],
    [38, 12.2],
    [44, 11.2],
    [50, 11.2],
  ],
  hairlineSide: [
    [33.3, 15.9],
    [29.6, 19.2],
    [27.55, 26],
    [27.55, 33],
    [27.5, 35.5],
    [27.5, 37.6],
    [27.65, 39.7],
  ],
  foreheadTemple: [
    [33.3, 15.9],
    [33.2, 19.6],
    [33.4, 24],
    [34.25, 27.7],
  ],
  browTop: [
    [34.25, 27.7],
    [37, 25.2],
    [41.6, 25],
    [45.15, 27.4],
  ],
  glabellaTop: [
    [45.15, 27.4],
    [45.6, 26],
    [47.2, 25.3],
    [50, 25.3],
  ],
  glabellaSide: [
    [45.15, 27.4],
    [44.9, 28.5],
    [45.2, 29.4],
    [45.7, 30.2],
  ],
  glabellaOrbital: [
    [45.7, 30.2],
    [46.3, 31.2],
    [46.8, 32.3],
    [46.9, 33.6],
  ],
  glabellaBottom: [
    [46.9, 33.6],
    [47.8, 34.2],
    [48.9, 34.3],
    [50, 34.3],
  ],
  browTemple: [
    [34.25, 27.7],
    [34.5, 28.9],
    [34.1, 30.2],
    [33.4, 31],
  ],
  browBottom: [
    [33.4, 31],
    [34, 29.4],
    [42, 28.9],
    [45.7, 30.2],
  ],
  templePeriorbital: [
    [33.4, 31],
    [31.4, 32.3],
    [30.05, 35.6],
    [30.1, 40.1],
  ],
  periorbitalOrbital: [
    [33.4, 31],
    [33, 34],
    [34.2, 38],
    [35.5, 40],
  ],
  templeCheek: [
    [27.65, 39.7],
    [28.4, 40.1],
    [29.2, 40.2],
    [30.1, 40.1],
  ],
  periorbitalCheek: [
    [30.1, 40.1],
    [31.5, 41],
    [33.8, 41.1],
    [35.5, 40],
  ],
  orbitalBottom: [
    [35.5, 40],
    [37.6, 41.4],
    [43.2, 42],
    [46.35, 38.4],
  ],
  bridgeOrbital: [
    [46.9, 33.6],
    [47.2, 35.4],
    [46.9, 37],
    [46.35, 38.4],
  ],
  bridgeInfraorbital: [
    [46.35, 38.4],
    [46, 39.8],
    [45.7, 41.2],
    [45.2, 42.4],
  ],
  bridgeBottom: [
    [45.2, 42.4],
    [46.5, 43],
    [48.2, 43.1],
    [50, 43.1],
  ],
  infraorbitalCheek: [
    [35.5, 40],
    [35.1, 41.3],
    [34.9, 42.6],
    [34.8, 43.8],
  ],
  infraorbitalBottom: [
    [34.8, 43.8],
    [37.6, 45.3],
    [42.2, 45.6],
    [45.2, 42.4],
  ],
  noseCheek: [
    [45.2, 42.4],
    [44.7, 44.8],
    [43.7, 46.9],
    [43.4, 49],
  ],
  noseBottom: [
    [43.4, 49],
    [43.3, 50.5],
    [44.2, 51.2],
    [45.5, 51.3],
    [46.6, 51.4],
    [47.2, 52.4],
    [50, 52.4],
  ],
  nasolabialFold: [
    [43.4, 49],
    [42.8, 52],
    [40.9, 55],
    [40.2, 58.7],
  ],
  cheeks: [
    [34.8, 43.8],
    [33.4, 47.6],
    [33.8, 52.4],
    [35.9, 57.9],
  ],
  cheekSideEdge: [
    [27.65, 39.7],
    [27.9, 46],
    [28.7, 51.2],
    [29.85, 55.4],
  ],
  jawTopSide: [
    [29.85, 55.4],
    [31.2, 57.4],
    [33.2, 57.9],
    [35.9, 57.9],
  ],
  jawTopFront: [
    [35.9, 57.9],
    [37.2, 58.5],
    [38.7, 58.8],
    [40.2, 58.7],
  ],
  lipRedTop: [
    [40.2, 58.7],
    [42.6, 57.4],
    [46.4, 55.2],
    [48.2, 55.2],
    [49, 55.2],
    [49.6, 55.6],
    [50, 55.8],
  ],
  lipRedBottom: [
    [40.2, 58.7],
    [42.8, 60.8],
    [46.4, 61.9],
    [50, 61.9],
  ],
  lowerLipJaw: [
    [40.2, 58.7],
    [40.6, 61],
    [41.5, 63.3],
    [42.7, 65],
  ],
  chinTop: [
    [42.7, 65],
    [44.6, 64.5],
    [47, 64.9],
    [50, 65.1],
  ],
  chinJaw: [
    [42.7, 65],
    [42.4, 67.8],
    [43, 70],
    [44.7, 71.6],
  ],
  chinEdge: [
    [44.7, 71.6],
    [46.3, 72.1],
    [48, 72.25],
    [50, 72.25],
  ],
  jawEdge: [
    [29.85, 55.4],
    [31.6, 62],
    [37.4, 69.6],
    [44.7, 71.6],
  ],
  underJaw: [
    [37.4, 68.3],
    [40.6, 71.4],
    [44.6, 73.3],
    [50, 73.3],
  ],
  submentalSide: [
    [37.4, 68.3],
    [37.4, 70.3],
    [37.4, 72.4],
    [37.4, 74.4],
  ],
  submentalNeckSide: [
    [37.4, 74.4],
    [39, 75.7],
    [41, 76.7],
    [43.1, 77.3],
  ],
  submentalNeckFront: [
    [43.1, 77.3],
    [45.2, 77.8],
    [47.6, 78],
    [50, 78],
  ],
  neckEdge: [
    [37.4, 74.4],
    [37.4, 78],
    [37.4, 82],
    [37.4, 85],
    [37.4, 87.8],
    [37.1, 89.4],
    [36.1, 90.9],
  ],
  neckInner: [
    [43.1, 77.3],
    [43.9, 82.6],
    [44.9, 88],
    [45.8, 93.1],
  ],
  neckBottomSide: [
    [36.1, 90.9],
    [38.7, 92.1],
    [42, 92.8],
    [45.8, 93.1],
  ],
  neckBottomFront: [
    [45.8, 93.1],
    [47.1, 93.3],
    [48.6, 93.5],
    [50, 93.5],
  ],
} as const satisfies Readonly<Record<string, Curve>>

export type CurveName = keyof typeof curves

/** Drawn already, by the outline of the head or of the lips: no dashes there. */
const outlineCurves: ReadonlySet<CurveName> = new Set([
  'cheekSideEdge',
  'jawEdge',
  'chinEdge',
  'lipRedTop',
  'lipRedBottom',
])

/** One stretch of a zone's border; `back` runs it from its end to its start. */
type Stretch = readonly [CurveName, 'on' | 'back']

type FaceZone = {
  /** The border of the patient's right half, in one direction round; a midline zone runs from centre to centre. */
  readonly border: readonly Stretch[]
  readonly isMidline: boolean
  /** Middle of the printed figure, for the right side. */
  readonly figureAt: Point
  /** How the last session's depth fits under the figure: beside `was`, below it, or not at all. */
  readonly was: 'oneLine' | 'twoLines' | 'none'
  /** Where a deviation's leader touches the zone, for the right side. */
  readonly anchor: Point
}

export const faceZoneCodes = [
  'FOREHEAD',
  'GLABELLA',
  'TEMPLE',
  'PERIORB_LAT',
  'INFRAORB',
  'ORBITAL',
  'NOSE_BRIDGE',
  'NOSE_LOWER',
  'CHEEK_ANT',
  'CHEEK_LAT',
  'LIP_UPPER',
  'LIP_LOWER',
  'CHIN',
  'JAWLINE',
  'SUBMENTAL',
  'NECK_ANT',
  'NECK_LAT',
] as const satisfies readonly ZoneCode[]
export type FaceZoneCode = (typeof faceZoneCodes)[number]

export const faceZones = {
  FOREHEAD: {
    border: [
      ['hairlineTop', 'back'],
      ['foreheadTemple', 'on'],
      ['browTop', 'on'],
      ['glabellaTop', 'on'],
    ],
    isMidline: true,
    figureAt: [50, 19.4],
    was: 'oneLine',
    anchor: [35.5, 17],
  },
  GLABELLA: {
    border: [
      ['glabellaTop', 'back'],
      ['glabellaSide', 'on'],
      ['glabellaOrbital', 'on'],
      ['glabellaBottom', 'on'],
    ],
    isMidline: true,
    figureAt: [50, 29.9],
    was: 'none',
    anchor: [46.5, 27.5],
  },
  TEMPLE: {
    border: [
      ['foreheadTemple', 'on'],
      ['browTemple', 'on'],
      ['templePeriorbital', 'on'],
      ['templeCheek', 'back'],
      ['hairlineSide', 'back'],
    ],
    isMidline: false,
    figureAt: [30.9, 25.5],
    was: 'none',
    anchor: [29.2, 21.4],
  },
  PERIORB_LAT: {
    border: [
      ['periorbitalOrbital', 'on'],
      ['periorbitalCheek', 'back'],
      ['templePeriorbital', 'back'],
    ],
    isMidline: false,
    figureAt: [32.4, 38.5],
    was: 'none',
    anchor: [31.2, 36],
  },
  INFRAORB: {
    border: [
      ['orbitalBottom', 'on'],
      ['bridgeInfraorbital', 'on'],
      ['infraorbitalBottom', 'back'],
      ['infraorbitalCheek', 'back'],
    ],
    isMidline: false,
    figureAt: [39.9, 42.8],
    was: 'none',
    anchor: [36, 42.4],
  },
  ORBITAL: {
    border: [
      ['browBottom', 'on'],
      ['glabellaOrbital', 'on'],
      ['bridgeOrbital', 'on'],
      ['orbitalBottom', 'back'],
      ['periorbitalOrbital', 'back'],
    ],
    isMidline: false,
    figureAt: [40.2, 39.4],
    was: 'none',
    anchor: [34.6, 35],
  },
  NOSE_BRIDGE: {
    border: [
      ['glabellaBottom', 'back'],
      ['bridgeOrbital', 'on'],
      ['bridgeInfraorbital', 'on'],
      ['bridgeBottom', 'on'],
    ],
    isMidline: true,
    figureAt: [50, 39],
    was: 'none',
    anchor: [47.2, 40.5],
  },
  NOSE_LOWER: {
    border: [
      ['bridgeBottom', 'back'],
      ['noseCheek', 'on'],
      ['noseBottom', 'on'],
    ],
    isMidline: true,
    figureAt: [50, 47.6],
    was: 'none',
    anchor: [45, 47.5],
  },
  CHEEK_ANT: {
    border: [
      ['infraorbitalBottom', 'on'],
      ['noseCheek', 'on'],
      ['nasolabialFold', 'on'],
      ['jawTopFront', 'back'],
      ['cheeks', 'back'],
    ],
    isMidline: false,
    figureAt: [38.6, 48.6],
    was: 'twoLines',
    anchor: [35.2, 52],
  },
  CHEEK_LAT: {
    border: [
      ['templeCheek', 'on'],
      ['periorbitalCheek', 'on'],
      ['infraorbitalCheek', 'on'],
      ['cheeks', 'on'],
      ['jawTopSide', 'back'],
      ['cheekSideEdge', 'back'],
    ],
    isMidline: false,
    figureAt: [31.2, 48.4],
    was: 'none',
    anchor: [29.6, 52],
  },
  LIP_UPPER: {
    border: [
      ['noseBottom', 'back'],
      ['nasolabialFold', 'on'],
      ['lipRedTop', 'on'],
    ],
    isMidline: true,
    figureAt: [50, 54.1],
    was: 'none',
    anchor: [43.6, 53.5],
  },
  LIP_LOWER: {
    border: [
      ['lipRedBottom', 'back'],
      ['lowerLipJaw', 'on'],
      ['chinTop', 'on'],
    ],
    isMidline: true,
    figureAt: [50, 63.7],
    was: 'none',
    anchor: [42.6, 62.8],
  },
  CHIN: {
    border: [
      ['chinTop', 'back'],
      ['chinJaw', 'on'],
      ['chinEdge', 'on'],
    ],
    isMidline: true,
    figureAt: [50, 68.4],
    was: 'none',
    anchor: [44.2, 68.5],
  },
  JAWLINE: {
    border: [
      ['jawTopSide', 'on'],
      ['jawTopFront', 'on'],
      ['lowerLipJaw', 'on'],
      ['chinJaw', 'on'],
      ['jawEdge', 'back'],
    ],
    isMidline: false,
    figureAt: [36.4, 62.4],
    was: 'none',
    anchor: [33.2, 61],
  },
  SUBMENTAL: {
    border: [
      ['underJaw', 'back'],
      ['submentalSide', 'on'],
      ['submentalNeckSide', 'on'],
      ['submentalNeckFront', 'on'],
    ],
    isMidline: true,
    figureAt: [50, 75.7],
    was: 'none',
    anchor: [38.2, 72.5],
  },
  NECK_ANT: {
    border: [
      ['submentalNeckFront', 'back'],
      ['neckInner', 'on'],
      ['neckBottomFront', 'on'],
    ],
    isMidline: true,
    figureAt: [50, 86.2],
    was: 'oneLine',
    anchor: [45.2, 85],
  },
  NECK_LAT: {
    border: [
      ['submentalNeckSide', 'on'],
      ['neckInner', 'on'],
      ['neckBottomSide', 'back'],
      ['neckEdge', 'back'],
    ],
    isMidline: false,
    figureAt: [40.4, 85.8],
    was: 'none',
    anchor: [38.3, 82],
  },
} as const satisfies Readonly<Record<FaceZoneCode, FaceZone>>

export function isFaceZone(zone: ZoneCode): zone is FaceZoneCode {
  return zone in faceZones
}

/** Closed SVG path of one zone and side. */
export function facePath({ zone, side }: { readonly zone: FaceZoneCode; readonly side: Side }): string {
  const { border, isMidline } = faceZones[zone]
  const half = border.flatMap(([name, way], index) => pointsOf(name, way).slice(index === 0 ? 0 : 1))
  if (!isMidline) return closed(side === 'L' ? half.map(mirror) : half)
  // From centre to centre down the right side, then back up the mirrored left side.
  const other = half.toReversed().map(mirror)
  return closed([...half, ...other.slice(1)])
}

/** The red of the lips: never treated, hatched. */
export function lipRedPath(): string {
  const half = [...pointsOf('lipRedTop', 'back'), ...pointsOf('lipRedBottom', 'on').slice(1)]
  return closed([...half, ...half.toReversed().map(mirror).slice(1)])
}

/** Between brow and eye: not a zone, skin that keeps the paper's colour. */
export function browGapPath(side: 'L' | 'R'): string {
  const ring = [
    ...pointsOf('browTop', 'on'),
    ...pointsOf('glabellaSide', 'on').slice(1),
    ...pointsOf('browBottom', 'back').slice(1),
    ...pointsOf('browTemple', 'back').slice(1),
  ]
  return closed(side === 'L' ? ring.map(mirror) : ring)
}

/** Each stretch of border that a dash belongs on, once, even where two untreated zones meet. */
export function dashedPaths(places: readonly ZoneSide[]): readonly { readonly key: string; readonly path: string }[] {
  const found = new Map<string, string>()
  for (const { zone, side } of places) {
    if (!isFaceZone(zone)) continue
    const { border, isMidline } = faceZones[zone]
    for (const [name] of border) {
      if (outlineCurves.has(name)) continue
      const points = pointsOf(name, 'on')
      if (isMidline || side === 'R') found.set(`${name} R`, open(points))
      if (isMidline || side === 'L') found.set(`${name} L`, open(points.map(mirror)))
    }
  }
  return [...found].map(([key, path]) => ({ key, path }))
}

/** Middle of the printed figure. */
export function figurePoint({ zone, side }: { readonly zone: FaceZoneCode; readonly side: Side }): Point {
  const { figureAt } = faceZones[zone]
  return side === 'L' ? mirror(figureAt) : figureAt
}

/** Where a leader starts, and the place of its mark outside the figure; the mark of a midline zone stands on the left. */
export function leaderPoints({ zone, side }: { readonly zone: FaceZoneCode; readonly side: Side }): {
  readonly from: Point
  readonly to: Point
  readonly isBesideEar: boolean
} {
  const { anchor } = faceZones[zone]
  // Beside the ears there is less room.
  const isBesideEar = anchor[1] > 30 && anchor[1] < 50
  const to: Point = [isBesideEar ? 20 : 23.6, anchor[1] < 60 ? anchor[1] - 3.6 : anchor[1]]
  return side === 'R' ? { from: anchor, to, isBesideEar } : { from: mirror(anchor), to: mirror(to), isBesideEar }
}

/** Heads, ears, hair and features, for the patient's right unless they cross the centre. */
export const faceDrawing = {
  neck: 'M37.4 66V85C37.4 87.8 37.1 89.4 36.1 90.9 34.6 93.2 32.6 94.4 29.6 95.4H70.4C67.4 94.4 65.4 93.2 63.9 90.9 62.9 89.4 62.6 87.8 62.6 85V66Z',
  shoulder: 'M36.1 90.9C34.6 93.2 32.6 94.4 29.6 95.4',
  head: 'M50 2.2C36.6 2.2 26.8 11.4 26.7 26.2 26.7 29 27 31.6 27.3 34 27.2 43.5 28.4 50.4 29.85 55.4 31.6 62 37.4 69.6 44.7 71.6 46.3 72.1 48 72.25 50 72.25 52 72.25 53.7 72.1 55.3 71.6 62.6 69.6 68.4 62 70.15 55.4 71.6 50.4 72.8 43.5 72.7 34 73 31.6 73.3 29 73.3 26.2 73.2 11.4 63.4 2.2 50 2.2Z',
  hair: 'M50 2.2C36.6 2.2 26.8 11.4 26.7 26.2 26.7 29 27 31.6 27.3 34L27.55 33C27.55 26 29.6 19.2 33.3 15.9 38 12.2 44 11.2 50 11.2 56 11.2 62 12.2 66.7 15.9 70.4 19.2 72.45 26 72.45 33L72.7 34C73 31.6 73.3 29 73.3 26.2 73.2 11.4 63.4 2.2 50 2.2Z',
  faceEdge:
    'M27.75 28.9C27.3 32.5 27.2 36 27.65 39.7 27.9 46 28.7 51.2 29.85 55.4 31.6 62 37.4 69.6 44.7 71.6 46.3 72.1 48 72.25 50 72.25',
  skull: 'M50 2.2C36.6 2.2 26.8 11.4 26.7 26.2 26.7 29 26.9 31.4 27.2 33.8',
  strands: 'M36.1 13C39.4 8.6 43.6 5.2 49 4.35M30.3 19.2C31 13.6 34.8 8.2 40 5.3',
  ear: 'M27.2 33.9C25.9 32.7 23.9 33 23.9 36.3 23.9 40 24.7 43 25.8 45.5 26.4 46.9 27.5 46.9 28 46.1',
  earFold: 'M26.8 36C25.5 35.6 25.3 37 25.5 38.7 25.7 40.2 26.3 41.3 27 42.2',
  brow: 'M34.7 29.1C37.2 27.5 41.2 26.6 44.6 28.7 45.1 29.1 44.7 29.95 44 29.6 41 27.8 38 28 34.7 29.1Z',
  crease: 'M36.9 33.4C38.5 31.7 42.4 31.6 44.5 33.7',
  lid: 'M36.2 35.4C38 37.6 43 37.7 45.1 35.7',
  lashes: 'M37 36.4 36.4 37.2M38.4 37 38.1 37.9M40 37.3V38.3M41.8 37.2 42 38.1M43.4 36.7 43.8 37.5',
  nostril: 'M45.7 51.1C46.2 50.1 47.2 49.9 48.1 50.6',
  mouth: 'M41 58.3C44 58.8 46.6 58.4 48 58.5 49 58.6 49.5 58.75 50 58.75',
} as const

export function mirror([x, y]: Point): Point {
  return [round(100 - x), y]
}

function pointsOf(name: CurveName, way: 'on' | 'back'): readonly Point[] {
  const points: Curve = curves[name]
  return way === 'on' ? points : points.toReversed()
}

function closed(points: readonly Point[]): string {
  return `${open(points)}Z`
}

function open(points: readonly Point[]): string {
  const [start, ...rest] = points
  if (!start) return ''
  return `M${start[0]} ${start[1]}C${rest.map(([x, y]) => `${x} ${y}`).join(' ')}`
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
