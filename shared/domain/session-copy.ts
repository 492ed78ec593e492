import type { DraftPlannedZone, DraftZoneRow, RowAim } from './session.ts'
import type { LastSession } from './session-desk.ts'
import { placeKey } from './zones.ts'

/** What a row may take from elsewhere; everything that happened stays to be entered (clinical reference, section 5). */
type CopyableRow = Pick<
  LastSession['zoneRows'][number],
  'zone' | 'side' | 'site' | 'indication' | 'depthUm' | 'technique'
>

const noAim: RowAim = { technique: null, passes: [], endpoint: null, speed: null }

/**
 * A plan from the last performed session: its places, what they were treated for, depth and technique. Passes,
 * endpoints, lots, times, pain and reactions are never carried (clinical reference, section 5).
 */
export function copyForward({ zoneRows }: { readonly zoneRows: readonly CopyableRow[] }): readonly DraftPlannedZone[] {
  return zoneRows.map(({ zone, side, site, indication, depthUm, technique }) => ({
    zone,
    side,
    site,
    indication,
    depthUm,
    aim: { ...noAim, technique },
    copiedFrom: 'LAST_SESSION',
  }))
}

/**
 * Depth and technique of the same place put into a log's rows where they are still open. What somebody entered stays,
 * and every row that took something says so until it is touched or confirmed.
 */
export function fillOpenRows(
  rows: readonly DraftZoneRow[],
  source: readonly DraftPlannedZone[],
): readonly DraftZoneRow[] {
  return rows.map((row) => {
    const key = keyOf(row)
    const found = source.find((one) => key !== null && keyOf(one) === key)
    if (!found) return row
    const depthUm = row.depthUm ?? found.depthUm ?? null
    const technique = row.technique ?? found.aim?.technique ?? null
    const aim = row.aim ?? found.aim ?? null
    const hasTaken = depthUm !== (row.depthUm ?? null) || technique !== (row.technique ?? null)
    return hasTaken ? { ...row, depthUm, technique, aim, copiedFrom: found.copiedFrom } : row
  })
}

/**
 * Rows put into a plan: a place that is not planned yet gets its row, and one whose depth is still open takes it. What
 * somebody planned already stays.
 */
export function addToPlan(
  rows: readonly DraftPlannedZone[],
  source: readonly DraftPlannedZone[],
): readonly DraftPlannedZone[] {
  const known = new Set(rows.map(keyOf))
  const filled = rows.map((row) => {
    const found = source.find((one) => keyOf(one) === keyOf(row))
    if (!found || typeof row.depthUm === 'number') return row
    return { ...row, depthUm: found.depthUm, aim: found.aim, copiedFrom: found.copiedFrom }
  })
  return [...filled, ...source.filter((one) => !known.has(keyOf(one)))]
}

/** The row once a person has set depth or technique themselves, or said that the copied ones are right. */
export function withoutCopyMark<Row extends { readonly copiedFrom?: unknown }>(row: Row): Row {
  return { ...row, copiedFrom: null }
}

/** True where the change is about what can be copied, so that the row is the person's own from then on. */
export function touchesCopied(change: Partial<DraftZoneRow>): boolean {
  return 'depthUm' in change || 'technique' in change
}

function keyOf({ zone, side, site }: DraftPlannedZone | DraftZoneRow): string | null {
  return zone && side ? placeKey({ zone, side, site: site ?? null }) : null
}
