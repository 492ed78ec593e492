import type { DeviationDisposition, NextSessionDecision, SignOffMeaning } from '../../../shared/domain/sign-off.ts'
import type { ZonePlace } from '../../../shared/domain/zones.ts'
import type { Output } from '../../client/client.ts'
import { formatMmUnit } from '../../parts/format.ts'
import { zoneName } from '../../parts/zone-names.ts'

export type QueuedSession = Output<'signOff.queue'>['sessions'][number]
export type QueuedAddendum = Output<'signOff.queue'>['addenda'][number]
export type OpenSession = Output<'session.open'>
export type Record_ = NonNullable<OpenSession['record']>
export type SessionBody = Record_['body']
export type Review = Output<'signOff.review'>
export type Deviation = SessionBody['deviations'][number]

const abbreviations = new Set(['FST', 'RF', 'PRP', 'LED', 'PIH'])

/** "Depth over limit" from `DEPTH_OVER_LIMIT`: codes are permanent English words. */
export function codeWords(code: string): string {
  const [first = '', ...rest] = code.split('_').map((word) => (abbreviations.has(word) ? word : word.toLowerCase()))
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ')
}

/** "Cheek, front, left". */
export function placeName({ zone, side, site }: ZonePlace): string {
  const where = side === 'L' ? 'left' : side === 'R' ? 'right' : ''
  return [zoneName(zone), where, site ?? ''].filter((part) => part !== '').join(', ')
}

export const dispositionNames: Readonly<Record<DeviationDisposition, string>> = {
  ACCEPTED: 'Accepted',
  COUNSELLED: 'Counselled',
  INCIDENT: 'Incident',
  REPORTED: 'Reported',
}

export const decisionNames: Readonly<Record<NextSessionDecision, string>> = {
  PROCEED: 'Proceed',
  MODIFY: 'Modify',
  HOLD: 'Hold',
  STOP: 'Stop',
}

export const meaningNames: Readonly<Record<SignOffMeaning, string>> = {
  REVIEWED_AND_APPROVED: 'Reviewed and approved.',
  REVIEWED_WITH_DEVIATIONS: 'Reviewed with deviations.',
  AUTHOR_PHYSICIAN: 'Author, physician.',
}

export const supervisionNames = {
  ON_SITE: 'on site',
  IMMEDIATE: 'within 15 minutes',
  AVAILABLE: 'by phone or video',
  NONE: 'no supervision',
} as const

const warningNames: Readonly<Record<string, string>> = {
  HAEMOSTASIS_LONG: 'Bled long',
  LIDOCAINE_STRONG: 'Strong lidocaine',
  PASS_OVER_THREE: 'More than three passes',
}

/** "Bled long": a warning as the list names it. */
export function warningName(code: string): string {
  return warningNames[code] ?? codeWords(code)
}

const deviationNames: Readonly<Partial<Record<Deviation['code'], string>>> = {
  DEPTH_OVER_LIMIT: 'deeper than allowed',
  ORDER_ZONE_NOT_COVERED: 'a zone that was not ordered',
  CONSENT_ZONE_NOT_COVERED: 'a zone the consent does not name',
  RECORD_ONLY: 'recorded without the start gate',
  CARTRIDGE_NOT_DISCARDED: 'cartridge not discarded',
  SHARPS_NOT_DISPOSED: 'sharps not in the sharps box',
}

const limitSources: Readonly<Record<string, string>> = {
  ORDER: 'order',
  POLICY: 'policy',
  CLEARANCE: 'clearance',
  CONSENT: 'consent',
  DEVICE: 'device',
  CARTRIDGE: 'cartridge',
}

/** "deeper than allowed", after "Deviation 1:". */
export function deviationName({ code }: Pick<Deviation, 'code'>): string {
  return deviationNames[code] ?? codeWords(code).toLowerCase()
}

type DepthDetail = { readonly detail: Readonly<Record<string, unknown>> }

/** "1.50 mm, order 1.00 mm", where the deviation is one of depth. */
export function depthDetail({ detail }: DepthDetail): string | null {
  const { depthUm, limitUm, decidedBy } = detail
  if (typeof depthUm !== 'number' || typeof limitUm !== 'number') return null
  const source =
    typeof decidedBy === 'string' ? (limitSources[decidedBy] ?? codeWords(decidedBy).toLowerCase()) : 'limit'
  return `${formatMmUnit(depthUm)}, ${source} ${formatMmUnit(limitUm)}`
}

/** The one line of the list that says where to look. */
export function firstLine({ first, isCorrected, isRecordOnly, complications }: QueuedSession): string {
  if (first?.kind === 'REACTION') return `${codeWords(first.code)}, grade ${first.grade}`
  if (first?.kind === 'DEVIATION') {
    const place = first.zone && first.side ? placeName({ zone: first.zone, side: first.side, site: first.site }) : null
    const what = depthDetail(first) ?? deviationName(first)
    return place === null ? what.charAt(0).toUpperCase() + what.slice(1) : `${place} ${what}`
  }
  if (first?.kind === 'WARNING') return `${warningName(first.code)}${first.reason ? ', reason given' : ''}`
  if (complications > 0) return 'A complication was reported about it'
  if (isCorrected) return 'Came back corrected'
  return isRecordOnly ? 'Recorded without the start gate' : 'Waits for your review'
}

/** "2 of 4", or "Maintenance". */
export function sessionOf({ sessionNo, sessionsPlanned, isMaintenance }: QueuedSession): string {
  return isMaintenance ? 'Maintenance' : `${sessionNo} of ${Math.max(sessionsPlanned, sessionNo)}`
}

/** "L. Brook": lists have little room and the author is known. */
export function shortName(printedName: string): string {
  const words = printedName.split(' ').filter((word) => word !== 'Dr')
  const [first = '', ...rest] = words
  return rest.length === 0 ? first : `${first.charAt(0)}. ${rest.join(' ')}`
}

/** "41 h". */
export function ageWords(hours: number): string {
  return hours < 48 ? `${Math.floor(hours)} h` : `${Math.floor(hours / 24)} d`
}
