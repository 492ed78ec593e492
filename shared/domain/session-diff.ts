import type { OrderBody } from './order.ts'
import { orderedMaxUm } from './order.ts'
import type { SessionBody, SessionDraft, SessionPlan, ZoneRow } from './session.ts'
import type { ZonePlace } from './zones.ts'
import { placeKey } from './zones.ts'

/** A leaf of a record; null also stands for "not there". */
export type DiffValue = string | number | boolean | null
export type FieldChange = {
  /** In the later version, e.g. `zoneRows[2].depthUm`; in the earlier one where the field was removed. */
  readonly path: string
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED'
  readonly before: DiffValue
  readonly after: DiffValue
}

/**
 * Every field that differs between two versions of a session. Rows are matched by what they are about (place and
 * cartridge, pass number, label ...), so a row put in between changes no other; their order alone is no change.
 */
export function diffSessions(before: SessionBody, after: SessionBody): readonly FieldChange[] {
  return diffValues('', before, after)
}

/** The same of what is typed: a submitted record opened again beside its correction. */
export function diffDrafts(before: SessionDraft, after: SessionDraft): readonly FieldChange[] {
  return diffValues('', before, after)
}

export const planVerdicts = ['AS_PLANNED', 'DEEPER', 'SHALLOWER', 'NOT_DONE', 'NOT_PLANNED'] as const
export type PlanComparison = ZonePlace & {
  readonly plannedUm: number | null
  /** The deepest of the place's rows. */
  readonly loggedUm: number | null
  readonly verdict: (typeof planVerdicts)[number]
}

/** Plan beside log, planned places first and in the plan's order. */
export function comparePlanToLog(plan: SessionPlan | null, log: readonly ZoneRow[]): readonly PlanComparison[] {
  const planned = plan?.zones ?? []
  return unionOfPlaces(planned, log).map((place) => {
    const plannedUm = deepestUm(planned, place)
    const loggedUm = deepestUm(log, place)
    return { ...place, plannedUm, loggedUm, verdict: planVerdict(plannedUm, loggedUm) }
  })
}

export const zoneMarks = [
  'OVER_ORDER',
  'NOT_ORDERED',
  'OVER_PLAN',
  'UNDER_PLAN',
  'NOT_PLANNED',
  'NOT_DONE',
  'DEEPER_THAN_LAST',
  'NEW_ZONE',
] as const
export type ZoneMark = (typeof zoneMarks)[number]

/** One row of "what changed" on the sign-off screen; depths in micrometres, null where a source says nothing. */
export type ZoneComparison = ZonePlace & {
  readonly loggedUm: number | null
  readonly plannedUm: number | null
  readonly orderedMaxUm: number | null
  readonly lastUm: number | null
  readonly marks: readonly ZoneMark[]
}

/** The log of a session against its order, its plan and the last session of the series. */
export function compareZones(
  session: Pick<SessionBody, 'zoneRows' | 'plan'>,
  against: { readonly order: Pick<OrderBody, 'zones'> | null; readonly last: Pick<SessionBody, 'zoneRows'> | null },
): readonly ZoneComparison[] {
  const planned = session.plan?.zones ?? []
  return unionOfPlaces(planned, session.zoneRows).map((place) => {
    const loggedUm = deepestUm(session.zoneRows, place)
    const plannedUm = deepestUm(planned, place)
    const maxUm = against.order === null ? null : orderedMaxUm(against.order, place)
    const lastUm = against.last === null ? null : deepestUm(against.last.zoneRows, place)
    const marks: ZoneMark[] = []
    if (loggedUm === null) marks.push('NOT_DONE')
    else {
      if (maxUm !== null && loggedUm > maxUm) marks.push('OVER_ORDER')
      if (against.order !== null && maxUm === null) marks.push('NOT_ORDERED')
      if (session.plan !== null && plannedUm === null) marks.push('NOT_PLANNED')
      if (plannedUm !== null && loggedUm > plannedUm) marks.push('OVER_PLAN')
      if (plannedUm !== null && loggedUm < plannedUm) marks.push('UNDER_PLAN')
      if (lastUm !== null && loggedUm > lastUm) marks.push('DEEPER_THAN_LAST')
      if (against.last !== null && lastUm === null) marks.push('NEW_ZONE')
    }
    return { ...place, loggedUm, plannedUm, orderedMaxUm: maxUm, lastUm, marks }
  })
}

/** Circumstances that differ from the last session of the series; equal ones are left out. */
export function compareToLast(session: SessionBody, last: SessionBody): readonly FieldChange[] {
  return diffValues('', circumstances(last), circumstances(session))
}

function circumstances(session: SessionBody) {
  const { anaesthetic, device, practitioner, supervisingPhysician, postProducts } = session
  return {
    practitioner: practitioner.printedName,
    supervisingPhysician: supervisingPhysician?.printedName ?? null,
    supervisionModeActual: session.supervisionModeActual,
    room: session.room,
    fst: session.fst,
    device: `${device.manufacturer} ${device.model} ${device.serial}`,
    speed: session.speed,
    anaesthetic: anaesthetic.kind === 'NONE' ? null : anaesthetic.name,
    skinPrep: session.skinPrep.name,
    postProducts: postProducts.kind === 'NONE' ? [] : postProducts.products.map(({ name }) => name),
    painMax: session.painMax,
    stillAgreesToday: session.stillAgreesToday,
  }
}

function planVerdict(plannedUm: number | null, loggedUm: number | null): PlanComparison['verdict'] {
  if (loggedUm === null) return 'NOT_DONE'
  if (plannedUm === null) return 'NOT_PLANNED'
  if (loggedUm === plannedUm) return 'AS_PLANNED'
  return loggedUm > plannedUm ? 'DEEPER' : 'SHALLOWER'
}

function unionOfPlaces(first: readonly ZonePlace[], second: readonly ZonePlace[]): readonly ZonePlace[] {
  const placeByKey = new Map<string, ZonePlace>()
  for (const place of [...first, ...second]) {
    const { zone, side, site } = place
    if (!placeByKey.has(placeKey(place))) placeByKey.set(placeKey(place), { zone, side, site })
  }
  return [...placeByKey.values()]
}

function deepestUm(rows: readonly (ZonePlace & { readonly depthUm: number })[], place: ZonePlace): number | null {
  const key = placeKey(place)
  const depths = rows.filter((row) => placeKey(row) === key).map((row) => row.depthUm)
  return depths.length === 0 ? null : Math.max(...depths)
}

function diffValues(path: string, before: unknown, after: unknown): readonly FieldChange[] {
  if (Array.isArray(before) || Array.isArray(after)) return diffLists(path, asList(before), asList(after))
  if (isRecord(before) || isRecord(after)) {
    const earlier = isRecord(before) ? before : {}
    const later = isRecord(after) ? after : {}
    // A value that became a group, or a group that became a value, also shows the value itself.
    const own = isRecord(before) && isRecord(after) ? [] : diffLeaf(path, leaf(before), leaf(after))
    const keys = [...new Set([...Object.keys(earlier), ...Object.keys(later)])]
    return [
      ...own,
      ...keys.flatMap((key) => diffValues(path === '' ? key : `${path}.${key}`, earlier[key], later[key])),
    ]
  }
  return diffLeaf(path, leaf(before), leaf(after))
}

function diffLists(path: string, before: readonly unknown[], after: readonly unknown[]): readonly FieldChange[] {
  const beforeKeys = rowKeys(before)
  const afterKeys = rowKeys(after)
  const changes: FieldChange[] = []
  for (const [index, row] of after.entries()) {
    const earlier = beforeKeys.indexOf(afterKeys[index] ?? '')
    changes.push(...diffValues(`${path}[${index}]`, earlier < 0 ? null : before[earlier], row))
  }
  for (const [index, row] of before.entries()) {
    if (!afterKeys.includes(beforeKeys[index] ?? '')) changes.push(...diffValues(`${path}[${index}]`, row, null))
  }
  return changes
}

/** What makes a row the same row in the next version; equal keys are numbered in their order. */
function rowKeys(rows: readonly unknown[]): readonly string[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const key = rowKey(row)
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return `${key}#${count}`
  })
}

const identifyingFields = ['photoId', 'label', 'zone', 'side', 'site', 'no', 'agent', 'code', 'kind', 'path', 'name']

function rowKey(row: unknown): string {
  if (!isRecord(row)) return JSON.stringify(row)
  const { deviationId } = row
  if (typeof deviationId === 'string') return deviationId
  return identifyingFields.map((field) => leaf(row[field]) ?? '').join('|')
}

function diffLeaf(path: string, before: DiffValue, after: DiffValue): readonly FieldChange[] {
  if (before === after) return []
  const kind = before === null ? 'ADDED' : after === null ? 'REMOVED' : 'CHANGED'
  return [{ path, kind, before, after }]
}

function leaf(value: unknown): DiffValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
