import type { Side, ZoneCode } from '../../shared/domain/zones.ts'
import type { Point } from './face-geometry.ts'

/**
 * Two figures in one drawing, 0-100 across and down: from the front, centred on x = 27 with the patient's right on the
 * viewer's left; from behind, centred on x = 73 with the patient's left on the viewer's left. One half is written down
 * and mirrored at its centre. A limb's zone goes round the limb and is drawn once, on the figure it is usually seen on.
 */
type BodyZone = {
  readonly view: 'front' | 'back'
  readonly isMidline: boolean
  /** The viewer's left half or part, in offsets from the centre of its figure. */
  readonly outline: string
  readonly figureAt: Point
}

export const bodyZoneCodes = [
  'DECOLLETAGE',
  'SCALP_FRONT',
  'SCALP_VERTEX',
  'SHOULDER',
  'UPPER_ARM',
  'FOREARM',
  'HAND_DORSUM',
  'BACK_UPPER',
  'BACK_LOWER',
  'ABDOMEN',
  'FLANK',
  'BUTTOCK',
  'THIGH_ANT',
  'THIGH_POST',
  'KNEE',
  'LOWER_LEG',
] as const satisfies readonly ZoneCode[]
export type BodyZoneCode = (typeof bodyZoneCodes)[number]

const bodyZones = {
  SCALP_FRONT: {
    view: 'front',
    isMidline: true,
    outline: 'M-4.1 6.4C-4.2 3.4 -2.4 1.8 0 1.8S4.2 3.4 4.1 6.4C2.8 5.4 -2.8 5.4 -4.1 6.4Z',
    figureAt: [0, 4],
  },
  DECOLLETAGE: {
    view: 'front',
    isMidline: true,
    outline: 'M-2.4 15.2C-4 16.8 -6.4 17.5 -8.4 18.2L-7.8 25.5C-3 27 3 27 7.8 25.5L8.4 18.2C6.4 17.5 4 16.8 2.4 15.2Z',
    figureAt: [0, 21],
  },
  SHOULDER: {
    view: 'front',
    isMidline: false,
    outline: 'M-8.4 18.2C-11.2 18.6 -12.8 20.2 -13.1 23.6L-8 24.8Z',
    figureAt: [-10.6, 21.6],
  },
  UPPER_ARM: {
    view: 'front',
    isMidline: false,
    outline: 'M-13.1 23.6L-8 24.8 -8.8 28 -9.6 36 -13.7 35.4C-13.9 31 -13.5 27 -13.1 23.6Z',
    figureAt: [-11.2, 30],
  },
  FOREARM: {
    view: 'front',
    isMidline: false,
    outline: 'M-13.7 35.4L-9.6 36C-9.8 40.5 -10.5 44.5 -11.3 48.2L-14.2 47.7C-14.5 43.5 -14.3 39.5 -13.7 35.4Z',
    figureAt: [-12.1, 42],
  },
  ABDOMEN: {
    view: 'front',
    isMidline: true,
    outline: 'M-3.7 26.4C-1.2 26.7 1.2 26.7 3.7 26.4L3.9 43.6C3 46 1.5 47.5 0 48.2 -1.5 47.5 -3 46 -3.9 43.6Z',
    figureAt: [0, 36],
  },
  FLANK: {
    view: 'front',
    isMidline: false,
    outline: 'M-7.8 25.5L-3.7 26.4 -3.9 43.6 -8 44C-7.5 40 -6.7 37.5 -6.9 34.5 -7 31.5 -7.6 29 -7.8 25.5Z',
    figureAt: [-5.4, 34.6],
  },
  THIGH_ANT: {
    view: 'front',
    isMidline: false,
    outline:
      'M-8 44L-3.9 43.6C-3 46 -1.5 47.5 -0.3 48.2L-0.6 52C-0.9 57.5 -1.5 62.5 -1.9 66.5L-6.9 66.5C-7.9 59.5 -8.9 51 -8 44Z',
    figureAt: [-4.6, 57],
  },
  KNEE: {
    view: 'front',
    isMidline: false,
    outline: 'M-1.9 66.5L-6.9 66.5C-7 69 -7 71 -6.8 73L-2 73C-1.7 71 -1.7 69 -1.9 66.5Z',
    figureAt: [-4.4, 69.9],
  },
  LOWER_LEG: {
    view: 'front',
    isMidline: false,
    outline: 'M-2 73L-6.8 73C-7.4 78.5 -6.3 85.5 -5.5 92L-2.9 92C-2.2 85.5 -1.5 79 -2 73Z',
    figureAt: [-4.4, 81],
  },
  SCALP_VERTEX: {
    view: 'back',
    isMidline: true,
    outline: 'M-4.2 9.5C-4.8 4.5 -2.8 1.8 0 1.8S4.8 4.5 4.2 9.5C2.5 11 -2.5 11 -4.2 9.5Z',
    figureAt: [0, 6.2],
  },
  BACK_UPPER: {
    view: 'back',
    isMidline: true,
    outline:
      'M-2.4 15.2C-4 16.8 -6.4 17.5 -8.4 18.2L-7.8 25.5C-7.6 29 -7 31 -6.9 32.5L6.9 32.5C7 31 7.6 29 7.8 25.5L8.4 18.2C6.4 17.5 4 16.8 2.4 15.2Z',
    figureAt: [0, 24.5],
  },
  BACK_LOWER: {
    view: 'back',
    isMidline: true,
    outline: 'M-6.9 32.5L6.9 32.5C6.7 36 7.3 39 7.7 41.5 5 42.6 -5 42.6 -7.7 41.5 -7.3 39 -6.7 36 -6.9 32.5Z',
    figureAt: [0, 37.4],
  },
  BUTTOCK: {
    view: 'back',
    isMidline: false,
    outline: 'M-7.7 41.5C-5 42.3 -2 42.4 0 42.3L0 50.5C-2.5 52.5 -6 52.3 -8.3 50.5 -8.5 47 -8.2 44 -7.7 41.5Z',
    figureAt: [-4.2, 46.7],
  },
  THIGH_POST: {
    view: 'back',
    isMidline: false,
    outline: 'M-8.3 50.5C-6 52.3 -2.5 52.5 -0.3 50.7 -0.7 57 -1.5 63 -1.9 68L-6.9 68C-7.7 62 -8.4 56 -8.3 50.5Z',
    figureAt: [-4.6, 59.5],
  },
  HAND_DORSUM: {
    view: 'back',
    isMidline: false,
    outline:
      'M-14.3 47.7L-11.3 48.2C-10.9 50.5 -10.9 53 -11.8 55.5 -13 56.6 -14.6 55.8 -14.9 53.5 -15.1 51.5 -14.7 49.5 -14.3 47.7Z',
    figureAt: [-13, 51.6],
  },
} as const satisfies Readonly<Record<BodyZoneCode, BodyZone>>

export function isBodyZone(zone: ZoneCode): zone is BodyZoneCode {
  return zone in bodyZones
}

const centres = { front: 27, back: 73 } as const

/** The offsets were drawn slim; limbs need room for their figures. */
const breadth = 1.2

/** Outline of a zone's side, moved to its figure. From behind the patient's left is on the viewer's left. */
export function bodyPath({ zone, side }: { readonly zone: BodyZoneCode; readonly side: Side }): string {
  const { view, outline } = bodyZones[zone]
  return placed(outline, centres[view], isMirrored(zone, side))
}

export function bodyFigurePoint({ zone, side }: { readonly zone: BodyZoneCode; readonly side: Side }): Point {
  const { view, figureAt } = bodyZones[zone]
  const [x, y] = figureAt
  return [centres[view] + (isMirrored(zone, side) ? -x : x) * breadth, y]
}

/** The same body under both views: head, trunk, arms, hands, legs, feet, as offsets from the centre. */
export const bodyHalf =
  'M0 1.8C-2.8 1.8 -4.8 3.8 -4.6 7.5 -4.4 10.8 -3 13 -2.4 13.8L-2.4 15.2C-4 16.8 -6.4 17.5 -8.4 18.2 -11.2 18.6 -12.8 20.2 -13.1 23.6 -13.5 27 -13.9 31 -13.7 35.4 -14.3 39.5 -14.5 43.5 -14.3 47.7 -14.7 49.5 -15.1 51.5 -14.9 53.5 -14.6 55.8 -13 56.6 -11.8 55.5 -10.9 53 -10.9 50.5 -11.3 48.2 -10.5 44.5 -9.8 40.5 -9.6 36L-8.8 28 -7.8 25.5C-7.6 29 -7 31.5 -6.9 34.5 -6.7 37.5 -7.5 40 -8 44 -8.9 51 -7.9 59.5 -6.9 66.5 -7 69 -7 71 -6.8 73 -7.4 78.5 -6.3 85.5 -5.5 92 -5.9 94.5 -6.6 95.8 -6.8 97 -6.9 98.2 -3.2 98.2 -2.8 97 -2.6 95.5 -2.9 93.5 -2.9 92 -2.2 85.5 -1.5 79 -2 73 -1.7 71 -1.7 69 -1.9 66.5 -1.5 62.5 -0.9 57.5 -0.6 52L0 48.5Z'

export function bodyHalfPath(view: 'front' | 'back', isMirroredHalf: boolean): string {
  return placed(bodyHalf, centres[view], isMirroredHalf)
}

function isMirrored(zone: BodyZoneCode, side: Side): boolean {
  const { view, isMidline } = bodyZones[zone]
  if (isMidline) return false
  return view === 'front' ? side === 'L' : side === 'R'
}

/** Moves the offsets of a path to a centre, mirrored or not; only absolute commands with pairs of numbers. */
function placed(path: string, centre: number, isFlipped: boolean): string {
  let isX = true
  return path.replace(/-?\d+(?:\.\d+)?/g, (number) => {
    const value = isX ? centre + (isFlipped ? -1 : 1) * breadth * Number(number) : Number(number)
    isX = !isX
    return String(Math.round(value * 1000) / 1000)
  })
}
