import type { EffectiveLimit } from './depth-limit.ts'
import { judgeDepth } from './depth-limit.ts'
import type { Deviation, GateFailureCode } from './deviation.ts'
import { deviationKey } from './deviation.ts'
import { shippedPolicy } from './policy.ts'
import type { AddonKind, DraftDeviation, DraftZoneRow, PlannedZone, SessionDraft } from './session.ts'
import { readPlan } from './session.ts'
import { judgeStart } from './start-gate.ts'
import type { StartGateFacts } from './start-gate-facts.ts'
import { limitForPlace, overLimit } from './start-gate-practice.ts'

/** Judged from the log whatever the gate once said: these facts may differ from what was planned. */
const judgedFromLog: ReadonlySet<GateFailureCode> = new Set([
  'IDENTITY_NOT_CHECKED',
  'LICENCE_MISSING',
  'LICENCE_EXPIRED',
  'PRACTITIONER_NOT_PERMITTED',
  'RF_NOT_PERMITTED',
  'SUPERVISOR_NOT_QUALIFIED',
  'SUPERVISION_INSUFFICIENT',
  'STILL_AGREES_NOT_ASKED',
  'ORDER_DEVICE_TYPE_DIFFERS',
  'CONSENT_TEXT_MISSING',
  'CONSENT_PROCEDURE_NOT_COVERED',
  'DEVICE_QUARANTINED',
  'DEVICE_RETIRED',
  'DEVICE_TRAINING_MISSING',
  'CARTRIDGE_EXPIRED',
  'CARTRIDGE_RECALLED',
  'CARTRIDGE_QUARANTINED',
  'CARTRIDGE_SEAL_BROKEN',
  'CARTRIDGE_ALREADY_USED',
  'PRODUCT_ALLERGY',
  'ACTIVE_PRODUCT_BLOCKED',
  'ADDON_NOT_ORDERED',
  'ADDON_NOT_CONSENTED',
])

/** Said by a required or refused field already, or judged row by row with the cartridge really used. */
const saidElsewhere: ReadonlySet<GateFailureCode> = new Set([
  'SKIN_TYPE_MISSING',
  'NOTHING_PLANNED',
  'SUPERVISOR_MISSING',
  'DEVICE_MISSING',
  'CARTRIDGE_MISSING',
  'CARTRIDGE_DETAILS_MISSING',
  'ZONE_SITE_MISSING',
  'ZONE_SIDE_IMPOSSIBLE',
  'ZONE_PLANNED_TWICE',
  'DEPTH_IMPOSSIBLE',
  'DEPTH_OVER_LIMIT',
])

/**
 * Every fact of the log outside policy or order. A session that passed the gate is not judged again on what was settled
 * then (screening, consent, interval ...), except where more was done than planned; a record-only entry is judged on
 * everything. Reasons and "patient told" are taken over from the draft.
 */
export function deviationsOf(draft: SessionDraft, gate: StartGateFacts): readonly Deviation[] {
  const facts = logFacts(draft, gate)
  const settled =
    draft.recordOnly === true
      ? new Set<string>()
      : new Set(judgeStart({ ...gate, plan: readPlan(draft.plan).plan }).map(deviationKey))
  const failures = judgeStart(facts)
    .filter((found) => !saidElsewhere.has(found.code) && !isUnanswered(draft, found.code))
    .filter((found) => judgedFromLog.has(found.code) || !settled.has(deviationKey(found)))
  const automatic = [
    ...failures.map(({ code, zone, side, site, ref, facts: detail }) => ({ code, zone, side, site, ref, detail })),
    ...depthDeviations(draft, facts),
    ...cartridgeDeviations(draft),
    ...(draft.recordOnly === true ? [bare('RECORD_ONLY', null)] : []),
  ]
  const written = draft.deviations ?? []
  const manual = written.filter((deviation) => deviation.origin === 'MANUAL' && deviation.code).map(manualDeviation)
  return [...automatic.map((found) => withReason(found, written)), ...manual]
}

/** The facts of the start with what the log says happened in place of what was planned. */
export function logFacts(draft: SessionDraft, gate: StartGateFacts): StartGateFacts {
  return {
    ...gate,
    plan: { zones: loggedZones(draft.zoneRows ?? []), addons: loggedAddons(draft) },
    identityCheck: draft.identityCheck ? { identifiers: draft.identityCheck.identifiers ?? [] } : null,
    fst: draft.fst ?? gate.fst,
    stillAgreesToday: draft.stillAgreesToday === true,
    supervision: { ...gate.supervision, confirmedMode: draft.supervisionModeActual ?? null },
  }
}

/** The limit of a logged row under the cartridge that the row names. */
function limitForRow(draft: SessionDraft, facts: StartGateFacts, row: PlannedZone, label: string): EffectiveLimit {
  const use = (draft.cartridgeUses ?? []).find((candidate) => candidate.label === label)
  const inStock = facts.cartridges.find((cartridge) => cartridge.label === label)
  return limitForPlace(facts, row, inStock?.maxLengthUm ?? use?.maxLengthUm ?? null)
}

/** An open question is a missing field, not yet a deviation. */
function isUnanswered(draft: SessionDraft, code: GateFailureCode): boolean {
  if (code === 'IDENTITY_NOT_CHECKED') return !draft.identityCheck?.identifiers
  if (code === 'STILL_AGREES_NOT_ASKED') return typeof draft.stillAgreesToday !== 'boolean'
  return code === 'SUPERVISION_INSUFFICIENT' && !draft.supervisionModeActual
}

type Found = Pick<Deviation, 'code' | 'zone' | 'side' | 'site' | 'ref' | 'detail'>

function depthDeviations(draft: SessionDraft, facts: StartGateFacts): readonly Found[] {
  const { settings } = facts.policy ?? shippedPolicy(facts.on)
  return (draft.zoneRows ?? []).flatMap((row): readonly Found[] => {
    const [place] = loggedZones([row])
    if (!place) return []
    const verdict = judgeDepth({
      depthUm: place.depthUm,
      device: facts.device,
      limit: limitForRow(draft, facts, place, row.cartridge ?? ''),
      softMaxUm: settings.zoneDepths[place.zone].softMaxUm,
      fst: facts.fst,
      pigmentProneWarnAboveUm: settings.pigmentProneWarnAboveUm,
    })
    if (verdict.overLimit === null) return []
    const { code, zone, side, site, facts: detail } = overLimit(place, verdict.overLimit)
    return [{ code, zone, side, site, ref: row.cartridge ?? null, detail }]
  })
}

function cartridgeDeviations({ cartridgeUses }: SessionDraft): readonly Found[] {
  return (cartridgeUses ?? []).flatMap((use) => {
    const found: Found[] = []
    if (use.isDiscarded === false) found.push(bare('CARTRIDGE_NOT_DISCARDED', use.label ?? null))
    if (use.isSharpsDisposed === false) found.push(bare('SHARPS_NOT_DISPOSED', use.label ?? null))
    return found
  })
}

function loggedZones(rows: readonly DraftZoneRow[]): readonly PlannedZone[] {
  return rows.flatMap(({ zone, side, site, indication, depthUm }) =>
    zone && side && indication && typeof depthUm === 'number'
      ? [{ zone, side, site: site ?? null, indication, depthUm }]
      : [],
  )
}

function loggedAddons({ addons }: SessionDraft): readonly AddonKind[] {
  return [...new Set((addons ?? []).flatMap(({ kind }) => (kind ? [kind] : [])))]
}

function withReason(found: Found, written: readonly DraftDeviation[]): Deviation {
  const deviationId = deviationKey(found)
  const own = written.find((deviation) => deviation.origin !== 'MANUAL' && deviationKey(deviation) === deviationId)
  return { ...found, deviationId, origin: 'AUTO', reason: own?.reason ?? '', patientTold: own?.patientTold ?? null }
}

function manualDeviation(written: DraftDeviation, index: number): Deviation {
  const named = {
    code: written.code ?? 'OTHER',
    zone: written.zone ?? null,
    side: written.side ?? null,
    site: written.site ?? null,
    ref: written.ref ?? `manual-${index + 1}`,
  }
  return {
    ...named,
    deviationId: deviationKey(named),
    origin: 'MANUAL',
    detail: { text: written.text ?? '' },
    reason: written.reason ?? '',
    patientTold: written.patientTold ?? null,
  }
}

function bare(code: Deviation['code'], ref: string | null): Found {
  return { code, zone: null, side: null, site: null, ref, detail: {} }
}
