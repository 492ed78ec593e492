import { gateFailureCodes } from '../../../shared/domain/deviation.ts'
import type { SessionDraft, SessionWarningCode } from '../../../shared/domain/session.ts'
import type { SessionHardCode } from '../../../shared/domain/session-problem.ts'
import { formatMmUnit } from '../../parts/format.ts'
import { missingViewWords, photoName } from '../../parts/photo-words.ts'
import { sessionFieldWords, sessionGroupNames } from '../../parts/session-field-names.ts'
import { zoneName, zoneSideName } from '../../parts/zone-names.ts'
import { trainingSentence } from './gate-words.ts'

/** The parts of the screen a field can stand in. */
export const sessionParts = ['zones', 'before', 'products', 'after', 'review'] as const
export type SessionPart = (typeof sessionParts)[number]

export type FieldPlace = {
  readonly part: SessionPart
  /** What it belongs to: a zone, the numbing cream, the cartridge ... */
  readonly group: string
  /** The field itself; empty where the group says it all. */
  readonly field: string
}

type Named = readonly [part: SessionPart, field?: string]

const topLevel: Readonly<Record<string, Named>> = {
  room: ['before'],
  fst: ['before'],
  identityCheck: ['before'],
  stillAgreesToday: ['before'],
  supervisingPhysicianId: ['before'],
  supervisionModeActual: ['before'],
  deviceId: ['before'],
  speed: ['before'],
  cartridgeUses: ['before'],
  prePhotos: ['before'],
  preObservations: ['before'],
  plan: ['zones'],
  zoneRows: ['zones'],
  skinPrep: ['products'],
  anaesthetic: ['products'],
  addons: ['products'],
  postProducts: ['products'],
  startedAt: ['after'],
  endedAt: ['after'],
  painMax: ['after'],
  immediateReactions: ['after'],
  haemostasisMin: ['after'],
  postPhotos: ['after'],
  aftercareGiven: ['after'],
  endedEarly: ['after'],
  endedEarlyReason: ['after', 'reason'],
  needlestickInjury: ['after'],
  nextSessionSuggestedOn: ['after'],
  notes: ['after'],
  sessionNo: ['review'],
  deviations: ['review'],
  // A warning's reason and an answer to the physician stand with the check, whatever they are about.
  warnings: ['review', 'reason'],
  replies: ['review', ''],
}

/** Where the field of a path such as `zoneRows[2].passes[0].directions` stands and what a person calls it. */
export function fieldPlace(path: string, draft: SessionDraft): FieldPlace {
  const [first = '', ...rest] = path.split('.')
  const name = first.replace(/\[\d+\]$/u, '')
  const index = Number(/\[(\d+)\]$/u.exec(first)?.[1] ?? -1)
  const named: Named = topLevel[name] ?? ['review']
  const last = (rest.at(-1) ?? '').replace(/\[\d+\]$/u, '')
  const field = named[1] ?? (last === '' ? '' : (sessionFieldWords[last] ?? last))
  return { part: named[0], group: groupName(name, index, draft) ?? sessionGroupNames[name] ?? name, field }
}

/** `Chin: depth`. */
export function fieldName(path: string, draft: SessionDraft): string {
  const { group, field } = fieldPlace(path, draft)
  return field === '' ? group : `${group}: ${field}`
}

function groupName(name: string, index: number, draft: SessionDraft): string | null {
  if (index < 0) return null
  if (name === 'zoneRows') {
    const row = draft.zoneRows?.[index]
    if (!row?.zone) return 'Zone'
    return row.side ? zoneSideName({ zone: row.zone, side: row.side }) : zoneName(row.zone)
  }
  if (name === 'cartridgeUses') return `Cartridge ${draft.cartridgeUses?.[index]?.label ?? index + 1}`
  if (name === 'deviations') return `Deviation ${index + 1}`
  if (name === 'addons') return `Add-on ${index + 1}`
  return null
}

/** `chin, reactions, aftercare and 4 more`: what is left, by group, each once. */
export function leftToDo(missing: readonly string[], draft: SessionDraft, most = 3): readonly string[] {
  const groups = [...new Set(missing.map((path) => fieldPlace(path, draft).group.toLowerCase()))]
  return groups.length > most ? [...groups.slice(0, most), `${groups.length - most} more`] : groups
}

/** Open fields by what they belong to, each group once and with the path of its first field. */
export function openGroups(missing: readonly string[], draft: SessionDraft) {
  const byGroup = new Map<string, { readonly group: string; readonly path: string; readonly fields: string[] }>()
  for (const path of missing) {
    const { group, field } = fieldPlace(path, draft)
    const known = byGroup.get(group) ?? { group, path, fields: [] }
    if (field !== '' && !known.fields.includes(field)) known.fields.push(field)
    byGroup.set(group, known)
  }
  return [...byGroup.values()]
}

type Facts = Readonly<Record<string, unknown>>

const hardSentences: Readonly<Record<SessionHardCode, (facts: Facts) => string>> = {
  SESSION_NO_TAKEN: () => 'Another session of the course has this number.',
  ANAESTHETIC_OFF_BEFORE_ON: () => 'The cream cannot come off before it went on.',
  SPEED_OUTSIDE_DEVICE_RANGE: ({ from, to }) =>
    from === null ? 'This device has no speed.' : `The device runs from ${Number(from)} to ${Number(to)}.`,
  END_NOT_AFTER_START: () => 'The end is not after the start.',
  TIME_IN_FUTURE: () => 'This time is still to come.',
  SESSION_TOO_LONG: () => 'More than eight hours is a typing error.',
  DUPLICATE_ZONE_ROW: () => 'The same zone with the same cartridge stands here twice.',
  SIDE_NOT_OF_ZONE: () => 'This zone has no such side.',
  CARTRIDGE_USE_UNKNOWN: () => 'No cartridge of this name was opened.',
  CARTRIDGE_LABEL_TWICE: () => 'Two cartridges have this name.',
  PAIN_OUT_OF_RANGE: () => 'Pain is a whole number from 0 to 10.',
  ENDED_EARLY_REASON_MISSING: () => 'Say why it ended early.',
  DEVIATION_REASON_MISSING: () => 'The deviation needs its reason.',
  WARNING_REASON_MISSING: ({ warning }) => `${warningSentence(String(warning), {})} It needs a reason.`,
  PHOTO_NOT_OF_PATIENT: () => 'One of the photos is not in this chart. Take it out.',
  PHOTO_REMOVED: ({ view }) => `${photoName(view)} was marked as entered in error. Take it out.`,
  PHOTO_NOT_OF_DAY: ({ view }) => `${photoName(view)} was not taken on the day of the session. Take it out.`,
  PHOTO_PERMISSION_WITHDRAWN: () => 'The patient took back the permission for photos. Answer without them.',
  PASS_NO_IMPOSSIBLE: () => 'More than ten passes is a typing error.',
  DEPTH_BELOW_MINIMUM: ({ boundUm }) => `Less than ${formatMmUnit(Number(boundUm))} is no depth setting.`,
  DEPTH_OVER_DEVICE_MAX: ({ boundUm }) => `The device goes to ${formatMmUnit(Number(boundUm))}.`,
  DEPTH_OVER_MECHANICAL_MAX: ({ boundUm }) => `No needle of this kind goes over ${formatMmUnit(Number(boundUm))}.`,
}

/** Why a value is refused. */
export function hardSentence(code: SessionHardCode, facts: Facts): string {
  return hardSentences[code](facts)
}

const warningSentences: Readonly<Record<SessionWarningCode, (facts: Facts) => string>> = {
  SESSION_NO_OVER_PLAN: () => 'More sessions than the course planned.',
  INTERVAL_SHORT: ({ days }) => `Only ${Number(days)} days since the last session.`,
  PRODUCT_LOT_MISSING: () => 'The product has no lot.',
  LIDOCAINE_STRONG: () => 'Lidocaine over 4 % without an order.',
  ANAESTHETIC_OCCLUDED: () => 'The numbing cream was covered.',
  ANAESTHETIC_AREA_LARGE: () => 'Numbed a larger area than face and neck.',
  ANAESTHETIC_DWELL_SHORT: () => 'The numbing cream was on for a short time.',
  ANAESTHETIC_DWELL_LONG: () => 'The numbing cream was on for a long time.',
  ANAESTHETIC_OFF_TIME_MISSING: () => 'The time the numbing cream came off is missing.',
  DEVICE_CALIBRATION_OVERDUE: () => 'The device’s calibration is overdue.',
  DEVICE_TRAINING_MISSING: trainingSentence,
  DURATION_SHORT: () => 'The needling was unusually short.',
  DURATION_LONG: () => 'The needling was unusually long.',
  DEPTH_OVER_ZONE_SOFT_MAX: ({ boundUm }) =>
    typeof boundUm === 'number'
      ? `Deeper than usual for this zone (${formatMmUnit(boundUm)}).`
      : 'Deeper than usual for this zone.',
  DEPTH_HIGH_FOR_SKIN_TYPE: () => 'Deep for skin types IV to VI.',
  PASS_OVER_THREE: () => 'More than three passes.',
  PASS_AFTER_PINPOINT: () => 'A pass after pinpoint bleeding.',
  FRANK_BLEEDING: () => 'Frank bleeding.',
  ENDPOINT_CONTRADICTS_STOP_REASON: () => 'Stopped at the endpoint, but no endpoint is noted.',
  ACTIVE_PRODUCT: () => 'An active product during or after needling.',
  HAEMOSTASIS_LONG: () => 'Bleeding took long to stop.',
  NEXT_SESSION_TOO_SOON: () => 'The next session is suggested sooner than usual.',
  PHOTO_VIEW_MISSING: ({ views }) =>
    Array.isArray(views) ? `${missingViewWords(views.map(String))}.` : 'The set of photos lacks a planned view.',
}

/** What is unusual and still in order. */
export function warningSentence(code: string, facts: Facts): string {
  const known = Object.entries(warningSentences).find(([one]) => one === code)
  return known ? known[1](facts) : code
}

export function isGateCode(code: string): code is (typeof gateFailureCodes)[number] {
  return gateFailureCodes.some((known) => known === code)
}
