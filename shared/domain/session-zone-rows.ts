import { judgeDepth } from './depth-limit.ts'
import type { ClinicSettings } from './policy.ts'
import type { DraftZoneRow, SessionDraft, SessionWarningCode } from './session.ts'
import type { Findings, HardProblem, Problem } from './session-problem.ts'
import type { StartGateFacts } from './start-gate-facts.ts'
import { allowsSide, placeKey } from './zones.ts'

/** Same area up to three times (clinical reference, section 2, row 21); beyond ten it is a typing error (section 5). */
const usualPasses = 3
const maxPassNo = 10

/** Zone rows of the log (clinical reference, section 5, zone row). Over the effective limit is a deviation, not said here. */
export function zoneRowFindings(draft: SessionDraft, facts: StartGateFacts, settings: ClinicSettings): Findings {
  const rows = draft.zoneRows ?? []
  const keys = rows.map(rowKey)
  const labels = new Set((draft.cartridgeUses ?? []).map((use) => use.label))
  const hard: HardProblem[] = []
  const soft: Problem<SessionWarningCode>[] = []
  for (const [index, row] of rows.entries()) {
    const path = `zoneRows[${index}]`
    const { zone, side, cartridge } = row
    if (zone && side && keys.indexOf(rowKey(row)) !== index) {
      hard.push({ code: 'DUPLICATE_ZONE_ROW', path, facts: { zone, side, cartridge: cartridge ?? null } })
    }
    if (zone && side && !allowsSide(zone, side)) {
      hard.push({ code: 'SIDE_NOT_OF_ZONE', path: `${path}.side`, facts: { zone, side } })
    }
    if (cartridge && !labels.has(cartridge)) {
      hard.push({ code: 'CARTRIDGE_USE_UNKNOWN', path: `${path}.cartridge`, facts: { cartridge } })
    }
    const depth = depthFindings(row, path, facts, settings)
    const passes = passFindings(row, path)
    hard.push(...depth.hard, ...passes.hard)
    soft.push(...depth.soft, ...passes.soft)
  }
  return { hard, soft }
}

function depthFindings(
  { zone, depthUm }: DraftZoneRow,
  rowPath: string,
  { device, fst }: StartGateFacts,
  settings: ClinicSettings,
): Findings {
  if (typeof depthUm !== 'number') return { hard: [], soft: [] }
  const verdict = judgeDepth({
    depthUm,
    device,
    limit: null,
    softMaxUm: zone ? settings.zoneDepths[zone].softMaxUm : null,
    fst,
    pigmentProneWarnAboveUm: settings.pigmentProneWarnAboveUm,
  })
  const path = `${rowPath}.depthUm`
  return {
    hard: verdict.refusals.map(({ code, boundUm }) => ({ code, path, facts: { depthUm, boundUm } })),
    soft: verdict.warnings.map(({ code, boundUm }) => ({ code, path, facts: { depthUm, boundUm } })),
  }
}

function passFindings({ passes, stopReason }: DraftZoneRow, path: string): Findings {
  const hard: HardProblem[] = []
  const soft: Problem<SessionWarningCode>[] = []
  let hasReachedEndpoint = false
  for (const [index, { no, endpointAfter }] of (passes ?? []).entries()) {
    const passPath = `${path}.passes[${index}]`
    const facts = { no: no ?? null }
    if (typeof no === 'number' && (no < 1 || no > maxPassNo || !Number.isInteger(no))) {
      hard.push({ code: 'PASS_NO_IMPOSSIBLE', path: `${passPath}.no`, facts })
    } else if (typeof no === 'number' && no > usualPasses) {
      soft.push({ code: 'PASS_OVER_THREE', path: `${passPath}.no`, facts })
    }
    if (hasReachedEndpoint) soft.push({ code: 'PASS_AFTER_PINPOINT', path: passPath, facts })
    if (endpointAfter === 'FRANK_BLEEDING') {
      soft.push({ code: 'FRANK_BLEEDING', path: `${passPath}.endpointAfter`, facts })
    }
    hasReachedEndpoint ||= endpointAfter === 'PINPOINT' || endpointAfter === 'FRANK_BLEEDING'
  }
  if (stopReason === 'ENDPOINT' && passes?.at(-1)?.endpointAfter === 'NONE') {
    soft.push({ code: 'ENDPOINT_CONTRADICTS_STOP_REASON', path: `${path}.stopReason`, facts: {} })
  }
  return { hard, soft }
}

function rowKey({ zone, side, site, cartridge }: DraftZoneRow): string {
  if (!zone || !side) return ''
  return `${placeKey({ zone, side, site: site ?? null })}|${cartridge ?? ''}`
}
