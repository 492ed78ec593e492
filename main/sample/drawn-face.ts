import type { PhotoView } from '../../shared/domain/photo.ts'
import { type Colour, drawnJpeg } from './drawn-jpeg.ts'

/** What a drawn face shows: nobody's. */
export type DrawnFace = {
  readonly view: PhotoView
  readonly skin: Colour
  /** 0 even skin, 1 many marks. */
  readonly marks: number
  /** Redness of cheeks and chin, 0 to 1. */
  readonly redness: number
}

const wall: Colour = [139, 148, 161]
const cloth: Colour = [72, 84, 104]
const dark: Colour = [58, 46, 44]
const lips: Colour = [168, 92, 88]
const mark: Colour = [126, 78, 70]

/** A picture as the clinic keeps it, and its small one. */
export function drawnFace(face: DrawnFace): { readonly image: Buffer; readonly thumbnail: Buffer } {
  const draw = (x: number, y: number) => colourAt(face, x, y)
  return { image: drawnJpeg(96, 120, draw), thumbnail: drawnJpeg(32, 40, draw) }
}

/** How far the face is turned: -1 shows the patient's left profile, 1 the right one. */
const turnByView: Readonly<Record<PhotoView, number>> = { FRONT: 0, L45: -0.55, L90: -1, R45: 0.55, R90: 1, DETAIL: 0 }

function colourAt({ view, skin, marks, redness }: DrawnFace, atX: number, atY: number): Colour {
  // A close-up is the chin and what lies around it.
  const [x, y] = view === 'DETAIL' ? [0.36 + atX * 0.28, 0.5 + atY * 0.26] : [atX, atY]
  const turn = turnByView[view]
  const centre = 0.5 + turn * 0.03
  const isProfile = Math.abs(turn) === 1
  const noseX = centre + turn * (isProfile ? 0.265 : 0.16)

  if (isIn(x, y, centre, 0.3, 0.27, 0.2) && y < 0.27 + Math.abs(x - centre) * 0.5) return dark
  if (isProfile && isIn(x, y, noseX, 0.5, 0.045, 0.05)) return shade(skin, x, centre)
  if (isIn(x, y, centre, 0.46, isProfile ? 0.25 : 0.235, 0.31)) {
    for (const side of [-1, 1]) {
      const eyeX = centre + turn * 0.15 + side * 0.1 * (1 - Math.abs(turn) * 0.45)
      if ((!isProfile || side === Math.sign(turn)) && isIn(x, y, eyeX, 0.42, 0.032, 0.012)) return dark
    }
    if (isIn(x, y, centre + turn * (isProfile ? 0.19 : 0.15), 0.635, isProfile ? 0.05 : 0.075, 0.016)) return lips
    if (!isProfile && isIn(x, y, noseX, 0.53, 0.022, 0.045)) return mix(shade(skin, x, centre), dark, 0.16)
    return markedSkin(shade(skin, x, centre), { x, y, centre: centre + turn * 0.12, marks, redness })
  }
  if (Math.abs(x - centre) < 0.1 && y > 0.7 && y < 0.86) return mix(skin, dark, 0.18)
  if (isIn(x, y, 0.5, 1.08, 0.46, 0.26)) return cloth
  return mix(wall, dark, 0.28 * y)
}

/** Marks lie in rows and columns on cheeks and chin, so that the same place is found again months later. */
function markedSkin(
  skin: Colour,
  { x, y, centre, marks, redness }: { x: number; y: number; centre: number; marks: number; redness: number },
): Colour {
  const near = [centre - 0.13, centre + 0.13].some((cheek) => isIn(x, y, cheek, 0.55, 0.085, 0.09))
  const isOnChin = isIn(x, y, centre, 0.71, 0.07, 0.045)
  if (!near && !isOnChin) return skin
  const warm = mix(skin, [198, 84, 76], redness * 0.45)
  const column = Math.floor(x * 46)
  const row = Math.floor(y * 58)
  const isMark = (column * 7 + row * 13) % 9 === 0
  return isMark ? mix(warm, mark, marks * 0.75) : warm
}

function isIn(x: number, y: number, centreX: number, centreY: number, radiusX: number, radiusY: number): boolean {
  return ((x - centreX) / radiusX) ** 2 + ((y - centreY) / radiusY) ** 2 <= 1
}

/** The light comes from the left of the picture. */
function shade(skin: Colour, x: number, centre: number): Colour {
  return mix(skin, dark, Math.max(0, (x - centre) * 0.55))
}

function mix(one: Colour, other: Colour, part: number): Colour {
  const at = (index: 0 | 1 | 2) => one[index] + (other[index] - one[index]) * part
  return [at(0), at(1), at(2)]
}
