import type { PatientNames } from '../../shared/domain/patient.ts'
import type { PhotoView } from '../../shared/domain/photo.ts'
import { type ZonePlace, zoneFacts } from '../../shared/domain/zones.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const abbreviations = new Set(['FST', 'PIH', 'HSV', 'PRP', 'LED', 'RF', 'V', 'H', 'OR', 'OL', 'SPF'])

/** "14-Mar-1984": the one way people read dates here. */
export function dateWords(date: CalendarDate): string {
  const [year = '', month = '1', day = ''] = date.split('-')
  return `${day}-${months[Number(month) - 1] ?? ''}-${year}`
}

/** "03-Aug-2026 10:42 (UTC-05:00)", as the wall clock stood when it happened. */
export function timeWords(instant: Instant, utcOffsetMin: number): string {
  const local = new Date(Date.parse(instant) + utcOffsetMin * 60_000).toISOString()
  return `${dateWords(local.slice(0, 10))} ${local.slice(11, 16)} (${zoneOffset(utcOffsetMin)})`
}

/** "10:42": a time on the day that stands beside it. */
export function clockWords(instant: Instant, utcOffsetMin: number): string {
  return new Date(Date.parse(instant) + utcOffsetMin * 60_000).toISOString().slice(11, 16)
}

/** "1.50 mm" from micrometres. */
export function depthWords(depthUm: number): string {
  return `${(depthUm / 1000).toFixed(2)} mm`
}

/** "Doe, Jane "Jo"", unknown parts written out. */
export function nameWords({ family, given, middle, preferred }: Omit<PatientNames, 'formerNames'>): string {
  const first = [given ?? '(given name unknown)', middle ?? ''].filter((part) => part !== '').join(' ')
  return `${family ?? '(surname unknown)'}, ${first}${preferred ? ` "${preferred}"` : ''}`
}

/** "Temple, patient's left", with a named site behind it. */
export function placeWords({ zone, side, site }: ZonePlace): string {
  const where = side === 'L' ? ", patient's left" : side === 'R' ? ", patient's right" : ''
  return `${zoneFacts(zone).label}${where}${site ? `: ${site}` : ''}`
}

/** "Depth over limit" from `DEPTH_OVER_LIMIT`: codes are permanent English words, so print can show them. */
export function codeWords(code: string): string {
  const [first = '', ...rest] = code.split('_').map((word) => (abbreviations.has(word) ? word : word.toLowerCase()))
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ')
}

function zoneOffset(minutes: number): string {
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')
  return `UTC${minutes < 0 ? '-' : '+'}${hours}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`
}

/** The views of the photo protocol; left and right are the patient's. */
export const viewWords: Readonly<Record<PhotoView, string>> = {
  FRONT: 'Front',
  L45: 'Left half turned',
  L90: 'Left profile',
  R45: 'Right half turned',
  R90: 'Right profile',
  DETAIL: 'Close-up',
}
