import type { CalendarDate } from '../../kernel/time.ts'
import type { SupervisionMode } from '../policy.ts'
import {
  expandPreset,
  type Indication,
  includesPlace,
  isFacial,
  requiresSite,
  type ZoneCode,
  type ZonePlace,
} from '../zones.ts'
import type { Interpreter } from './consent.ts'
import type { OffLabelItem } from './off-label.ts'

/**
 * The words that fill a form, in the language of its text. They are part of what is signed, so they stand beside the
 * model text and not among the sentences of the screen. A language without them cannot be filled yet.
 */
export type FormWords = {
  zones(zones: readonly ZonePlace[]): string
  goals(indications: readonly Indication[]): string
  /** One entry per indication outside the authorised use, and one for the age. */
  offLabel(items: readonly OffLabelItem[], zones: readonly ZonePlace[], age: number): readonly string[]
  list(parts: readonly string[]): string
  isPhysician(isPhysician: boolean): string
  /** After "the responsible physician is Dr ..., who": null where that physician treats in person. */
  supervision(mode: SupervisionMode | null): string
  interval(months: number): string
  date(date: CalendarDate): string
  language(tag: string): string
  interpreter(interpreter: Interpreter | null): string
  questions(text: string): string
  readonly patientHerself: string
  /** What the signer states by the mark (clinical reference, section 6, intent to sign [F9]). */
  readonly intent: string
}

/** The words for a template's language; null where this version has none. */
export function formWordsFor(language: string): FormWords | null {
  return language.toLowerCase().split('-')[0] === 'en' ? english : null
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six'] as const

/** One side and both sides; a zone of the midline has one form. */
const zoneWords: Readonly<Record<ZoneCode, readonly [one: string, both?: string]>> = {
  FOREHEAD: ['forehead'],
  GLABELLA: ['area between the brows'],
  TEMPLE: ['temple', 'temples'],
  PERIORB_LAT: ["crow's feet", "crow's feet"],
  INFRAORB: ['area below the eye', 'areas below the eyes'],
  ORBITAL: ['eyelid', 'eyelids'],
  NOSE_BRIDGE: ['bridge of the nose'],
  NOSE_LOWER: ['tip and sides of the nose'],
  CHEEK_ANT: ['front cheek', 'front cheeks'],
  CHEEK_LAT: ['side cheek', 'side cheeks'],
  LIP_UPPER: ['skin above the upper lip'],
  LIP_LOWER: ['skin below the lower lip'],
  CHIN: ['chin'],
  JAWLINE: ['jawline', 'jawline'],
  SUBMENTAL: ['skin under the chin'],
  NECK_ANT: ['front of the neck'],
  NECK_LAT: ['side of the neck', 'sides of the neck'],
  DECOLLETAGE: ['upper chest'],
  SCALP_FRONT: ['front of the scalp'],
  SCALP_VERTEX: ['crown of the scalp'],
  SHOULDER: ['shoulder', 'shoulders'],
  UPPER_ARM: ['upper arm', 'upper arms'],
  FOREARM: ['forearm', 'forearms'],
  HAND_DORSUM: ['back of the hand', 'backs of the hands'],
  BACK_UPPER: ['upper back'],
  BACK_LOWER: ['lower back'],
  ABDOMEN: ['abdomen'],
  FLANK: ['flank', 'flanks'],
  BUTTOCK: ['buttock', 'buttocks'],
  THIGH_ANT: ['front of the thigh', 'fronts of the thighs'],
  THIGH_POST: ['back of the thigh', 'backs of the thighs'],
  KNEE: ['knee', 'knees'],
  LOWER_LEG: ['lower leg', 'lower legs'],
  SCAR_SITE: ['scar'],
}

const goalWords: Readonly<Record<Indication, string>> = {
  ACNE_SCAR: 'acne scars',
  OTHER_SCAR: 'scars',
  DYSCHROMIA: 'uneven pigment',
  RHYTIDES_FINE: 'fine lines',
  RHYTIDES_DEEP: 'deeper lines',
  PORES: 'enlarged pores',
  TEXTURE: 'skin texture',
  LAXITY: 'loose skin',
  TONE: 'uneven skin tone',
  STRIAE: 'stretch marks',
  PHOTOAGING: 'sun damage',
}

const supervisionWords: Readonly<Record<SupervisionMode, string>> = {
  ON_SITE: 'is in the building during my treatment',
  IMMEDIATE: 'is close by and can be with me within 15 minutes during my treatment',
  AVAILABLE: 'can be reached by phone or video during my treatment',
  NONE: 'answers for my treatment and can be reached through the clinic',
}

const interpreterModeWords = { IN_PERSON: 'in person', VIDEO: 'by video', PHONE: 'by phone' } as const

const english: FormWords = {
  zones: (zones) => `my ${englishList(zoneParts(zones))}`,
  goals: (indications) => englishList(indications.map((indication) => goalWords[indication])),
  offLabel: (items, zones, age) => offLabelWords(items, zones, age),
  list: englishList,
  isPhysician: (isPhysician) => (isPhysician ? 'is' : 'is not'),
  supervision: (mode) => (mode === null ? 'carries out my treatment in person' : supervisionWords[mode]),
  interval: (count) => (count === 1 ? 'one month' : `${numbers[count] ?? count} months`),
  date: (date) => `${date.slice(8, 10)}-${months[Number(date.slice(5, 7)) - 1] ?? '???'}-${date.slice(0, 4)}`,
  language: englishLanguageName,
  interpreter: (interpreter) => (interpreter === null ? '' : interpreterWords(interpreter)),
  questions: (text) => {
    const lines = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    // "none" is the answer of someone who asked nothing; it is a word of the form, so it stands without quotes.
    return lines.length === 0 ? 'none' : lines.map((line) => `“${line}”`).join(', ')
  },
  patientHerself: 'the patient in person',
  intent: 'I mean this to be my signature, the same as one on paper.',
}

/** Zones in table order; two sides of one zone are one phrase, a whole face is one as well. */
function zoneParts(zones: readonly ZonePlace[]): readonly string[] {
  const fullFace = expandPreset('FULL_FACE').map((place) => ({ ...place, site: null }))
  const isFullFace = fullFace.every((place) => includesPlace(zones, place))
  const rest = isFullFace ? zones.filter(({ zone }) => !isFacial(zone) || zone === 'ORBITAL') : zones
  const parts = isFullFace ? ['full face'] : []
  for (const zone of new Set(rest.map((place) => place.zone))) {
    const places = rest.filter((place) => place.zone === zone)
    if (requiresSite(zone)) {
      parts.push(...places.map(({ site }) => `${zoneWords[zone][0]} (${(site ?? '').trim()})`))
      continue
    }
    const [one, both = one] = zoneWords[zone]
    const hasLeft = places.some(({ side }) => side === 'L')
    const hasRight = places.some(({ side }) => side === 'R')
    if (hasLeft && hasRight) parts.push(both)
    else if (hasLeft || hasRight) parts.push(`${hasLeft ? 'left' : 'right'} ${one}`)
    else parts.push(one)
  }
  return parts
}

function offLabelWords(items: readonly OffLabelItem[], zones: readonly ZonePlace[], age: number): readonly string[] {
  const uses = items.filter((item) => item.kind === 'USE')
  const words = [...new Set(uses.map((use) => use.indication))].map((indication) => {
    const named = uses.filter((use) => use.indication === indication).map((use) => use.zone)
    const where = zones.filter((place) => named.includes(place.zone))
    return `${goalWords[indication]} of my ${englishList(zoneParts(where))}`
  })
  return items.some((item) => item.kind === 'AGE') ? [...words, `a person of my age (${age})`] : words
}

function interpreterWords({ name, identifier, mode, language }: Interpreter): string {
  const badge = identifier.trim() === '' ? '' : `${identifier.trim()}, `
  const how = `${interpreterModeWords[mode]}, ${englishLanguageName(language)}`
  return `with the help of the interpreter ${name.trim()} (${badge}${how})`
}

function englishList(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language' })
function englishLanguageName(tag: string): string {
  try {
    return languageNames.of(tag) ?? tag
  } catch {
    return tag
  }
}
