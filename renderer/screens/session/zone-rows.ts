import type { EffectiveLimit } from '../../../shared/domain/depth-limit.ts'
import type { Deviation } from '../../../shared/domain/deviation.ts'
import { type ClinicSettings, shippedPolicy } from '../../../shared/domain/policy.ts'
import type { DraftZoneRow, SessionDraft } from '../../../shared/domain/session.ts'
import { gateFactsOf, type LastSession, type SessionDesk } from '../../../shared/domain/session-desk.ts'
import { logFacts } from '../../../shared/domain/session-deviations.ts'
import type { StartGateFacts } from '../../../shared/domain/start-gate-facts.ts'
import { limitForPlace } from '../../../shared/domain/start-gate-practice.ts'
import {
  type DepthRange,
  type Indication,
  isScarIndication,
  placeKey,
  requiresSite,
  type ZonePlace,
  type ZoneSide,
} from '../../../shared/domain/zones.ts'
import type { RulerLimit } from '../../parts/depth-ruler-layout.ts'
import { formatMmUnit } from '../../parts/format.ts'
import { compareZones, type ZoneMark, zoneSideName } from '../../parts/zone-names.ts'
import { limitSourceWords, supervisionWords } from './session-words.ts'

/** A row of the plan or of the log: the log's has more. */
export type WorkRow = DraftZoneRow

/** Before the start the plan is edited, afterwards the log. */
export function workRows(draft: SessionDraft, isStarted: boolean): readonly WorkRow[] {
  return (isStarted ? draft.zoneRows : draft.plan?.zones) ?? []
}

export function withRows(draft: SessionDraft, isStarted: boolean, rows: readonly WorkRow[]): SessionDraft {
  return isStarted ? { ...draft, zoneRows: rows } : { ...draft, plan: { ...draft.plan, zones: rows } }
}

/** Rows in the order of every table, with the place each has in the draft. */
export function sortedRows(rows: readonly WorkRow[]): readonly { readonly row: WorkRow; readonly index: number }[] {
  return rows.map((row, index) => ({ row, index })).sort((a, b) => compareRows(a.row, b.row))
}

function compareRows(a: WorkRow, b: WorkRow): number {
  if (!a.zone || !a.side || !b.zone || !b.side) return 0
  return compareZones({ zone: a.zone, side: a.side }, { zone: b.zone, side: b.side })
}

export function rowAt(rows: readonly WorkRow[], place: ZoneSide): number {
  return rows.findIndex((row) => row.zone === place.zone && row.side === place.side)
}

/** A row is done once everything of it is entered. */
export function isRowDone(path: string, missing: readonly string[]): boolean {
  return !missing.some((open) => open.startsWith(path))
}

/** What limits are judged by: the plan before the start, what the log says happened after it. */
export function limitFacts(draft: SessionDraft, desk: SessionDesk, isStarted: boolean): StartGateFacts {
  const facts = gateFactsOf(draft, desk)
  return isStarted ? logFacts(draft, facts) : facts
}

/** The limit of a row with every source; in a log under the cartridge that the row names. */
export function limitOf(facts: StartGateFacts, row: WorkRow, isStarted: boolean): EffectiveLimit | null {
  const place = placeOf(row)
  if (!place) return null
  if (!isStarted) return limitForPlace(facts, place)
  const cartridge = facts.cartridges.find(({ label }) => label === row.cartridge)
  return limitForPlace(facts, place, cartridge?.maxLengthUm ?? null)
}

/** Every source that limits this place, lowest first, each by its name. */
export function namedLimits(limit: EffectiveLimit, draft: SessionDraft): readonly RulerLimit[] {
  const mode = draft.supervisionModeActual
  return limit.sources.map(({ source, limitUm }) => ({
    depthUm: limitUm,
    name:
      source === 'POLICY' && mode
        ? `${limitSourceWords.POLICY}, ${supervisionWords[mode].toLowerCase()}`
        : limitSourceWords[source],
  }))
}

/** The limits as the ruler names them, the zone's soft maximum among them. */
export function rulerLimits(
  limit: EffectiveLimit,
  softMaxUm: number | null,
  draft: SessionDraft,
): readonly RulerLimit[] {
  const named = namedLimits(limit, draft)
  return softMaxUm === null ? named : [...named, { depthUm: softMaxUm, name: 'soft max' }]
}

/** The zone's usual range for this indication, and the depth above which a warning stands. */
export function usualDepths(
  desk: SessionDesk,
  row: Pick<WorkRow, 'zone' | 'indication'>,
): { readonly usual: DepthRange | null; readonly softMaxUm: number | null } {
  if (!row.zone) return { usual: null, softMaxUm: null }
  const depths = settingsOf(desk).zoneDepths[row.zone]
  const isScar = row.indication ? isScarIndication(row.indication) : false
  return { usual: isScar ? depths.scar : depths.usual, softMaxUm: depths.softMaxUm }
}

export function settingsOf({ policy, on }: SessionDesk): ClinicSettings {
  return (policy ?? shippedPolicy(on)).settings
}

/** The map's marks: depth, the last session's beside it, and the number of the row's deviation. */
export function marksOf(options: {
  readonly rows: readonly WorkRow[]
  readonly last: LastSession | null
  readonly deviations: readonly Deviation[]
  readonly isOver: (row: WorkRow) => boolean
}): readonly ZoneMark[] {
  const { rows, last, deviations, isOver } = options
  const marks = rows.flatMap((row): readonly ZoneMark[] => {
    if (!row.zone || !row.side) return []
    const wasUm = lastDepth(last, row)
    const number = deviationNumber(deviations, row)
    return [
      {
        zone: row.zone,
        side: row.side,
        depthUm: row.depthUm ?? null,
        wasUm: wasUm === row.depthUm ? null : wasUm,
        ghostUm: wasUm,
        isOver: isOver(row),
        deviation: number === null ? null : `dev. ${number}`,
      },
    ]
  })
  return [...marks, ...ghostMarks(last, rows)]
}

/** Places that the last session treated and this one does not, so far. */
function ghostMarks(last: LastSession | null, rows: readonly WorkRow[]): readonly ZoneMark[] {
  const places = (last?.zoneRows ?? []).filter((row) => rowAt(rows, row) < 0)
  const byZone = new Map(places.map(({ zone, side, site }) => [`${zone} ${side}`, { zone, side, site }]))
  return [...byZone.values()].map((place) => ({
    zone: place.zone,
    side: place.side,
    depthUm: null,
    wasUm: null,
    ghostUm: lastDepth(last, place),
    isOver: false,
    deviation: null,
  }))
}

/** `Forehead 0.50 mm; Cheek, front, patient’s left 1.00 mm`: the ghost in words. */
export function lastSessionText(last: LastSession): string {
  return [...last.zoneRows]
    .sort(compareZones)
    .map((row) => `${row.site ?? zoneSideName(row)} ${formatMmUnit(row.depthUm)}`)
    .join('; ')
}

/** The deepest that the last session went at this place. */
export function lastDepth(last: LastSession | null, row: WorkRow): number | null {
  const place = placeOf(row)
  if (!last || !place) return null
  const depths = last.zoneRows.filter((one) => placeKey(one) === placeKey(place)).map((one) => one.depthUm)
  return depths.length === 0 ? null : Math.max(...depths)
}

export function plannedDepth(draft: SessionDraft, row: WorkRow): number | null {
  const place = placeOf(row)
  const planned = (draft.plan?.zones ?? []).find((one) => {
    const other = placeOf(one)
    return place && other && placeKey(other) === placeKey(place)
  })
  return planned?.depthUm ?? null
}

/** 1 for the first deviation of the record that is about this row; null where none is. */
export function deviationNumber(deviations: readonly Deviation[], row: WorkRow): number | null {
  const found = deviations.findIndex((deviation) => isAboutRow(deviation, row))
  return found < 0 ? null : found + 1
}

export function isAboutRow(deviation: Pick<Deviation, 'zone' | 'side' | 'site'>, row: WorkRow): boolean {
  return (
    deviation.zone !== null &&
    deviation.zone === row.zone &&
    deviation.side === row.side &&
    (deviation.site ?? '') === (row.site ?? '')
  )
}

/** A new row at this place: the indication that the other rows have, or the order's first. */
export function newRow(
  place: ZoneSide,
  rows: readonly WorkRow[],
  desk: SessionDesk,
  isStarted: boolean,
  draft: SessionDraft,
): WorkRow {
  const base: WorkRow = {
    zone: place.zone,
    side: place.side,
    site: requiresSite(place.zone) ? '' : null,
    indication: usualIndication(rows, desk),
  }
  if (!isStarted) return base
  const labels = (draft.cartridgeUses ?? []).map((use) => use.label)
  return { ...base, cartridge: labels.length === 1 ? (labels[0] ?? null) : (rows.at(-1)?.cartridge ?? null) }
}

function usualIndication(rows: readonly WorkRow[], desk: SessionDesk): Indication | null {
  return rows.findLast((row) => row.indication)?.indication ?? desk.order?.body.indications[0] ?? null
}

/** The order's zones as a plan, each at the depth that is both ordered and allowed today. */
export function planFromOrder(draft: SessionDraft, desk: SessionDesk): readonly WorkRow[] {
  const { order } = desk
  if (!order) return []
  const facts = limitFacts(draft, desk, false)
  return order.body.zones.map((zone): WorkRow => {
    const { maxDepthUm, ...place } = zone
    const row: WorkRow = { ...place, indication: order.body.indications[0] ?? null }
    const limit = limitOf(facts, row, false)
    return { ...row, depthUm: Math.min(maxDepthUm, limit?.limitUm ?? maxDepthUm) }
  })
}

export function placeOf(row: WorkRow): ZonePlace | null {
  return row.zone && row.side ? { zone: row.zone, side: row.side, site: row.site ?? null } : null
}
