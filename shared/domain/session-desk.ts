import type { CartridgeLotId, ClearanceId, ProductLotId, ScreeningId, SessionId, VersionId } from '../kernel/ids.ts'
import type { CalendarDate, Instant } from '../kernel/time.ts'
import type { DeviceFacts } from './device.ts'
import type { AgentStrength, CartridgeFacts, LotStatus, ProductClass, ProductFacts, ProductKind } from './lot.ts'
import { normaliseLot } from './lot.ts'
import type { PolicyBody } from './policy.ts'
import type { DraftOf, ProductUse, SessionDraft, ZoneRow } from './session.ts'
import { readPlan } from './session.ts'
import type { SessionFacts } from './session-check.ts'
import type { PhotoDesk } from './session-photos.ts'
import type { StaffSnapshot } from './staff.ts'
import type { StartGateFacts } from './start-gate-facts.ts'

/** A cartridge lot as it can be chosen for a session. */
export type CartridgeChoice = {
  readonly cartridgeLotId: CartridgeLotId
  readonly manufacturer: string
  readonly model: string
  readonly lotRaw: string
  readonly expiresOn: CalendarDate
  readonly needleCount: number
  readonly maxLengthUm: number
  readonly status: LotStatus
}

/** A product lot as it can be chosen for a session. */
export type ProductChoice = {
  readonly productLotId: ProductLotId
  readonly kind: ProductKind
  readonly name: string
  readonly productClass: ProductClass
  readonly ingredientsOfConcern: readonly string[]
  readonly agents: readonly AgentStrength[]
  readonly lotRaw: string
  readonly expiresOn: CalendarDate
  readonly status: LotStatus
}

/**
 * Everything that gate, limits and check read besides the draft itself. Main collects it; main and screen then judge the
 * draft by the same functions, so that a limit moves with the device the moment it is chosen.
 */
export type SessionDesk = Pick<
  StartGateFacts,
  | 'on'
  | 'screening'
  | 'clearances'
  | 'consentTexts'
  | 'consent'
  | 'order'
  | 'series'
  | 'previousSession'
  | 'blockingComplications'
  | 'practitioner'
  | 'trainings'
  | 'policy'
  | 'blockedSubstances'
> &
  PhotoDesk & {
    readonly policyVersionId: VersionId | null
    /** As the chart has it. */
    readonly fst: StartGateFacts['fst']
    /** Questionnaires and clearances that the screening facts were read from. */
    readonly screeningIds: readonly ScreeningId[]
    readonly clearanceIds: readonly ClearanceId[]
    readonly sessionsPlanned: number
    readonly isSessionNoTaken: boolean
    readonly physicians: readonly StaffSnapshot[]
    readonly devices: readonly DeviceFacts[]
    readonly cartridgeLots: readonly CartridgeChoice[]
    readonly productLots: readonly ProductChoice[]
    /** `cartridgeKey` of those of this session's cartridges that another visit has used. */
    readonly usedCartridges: readonly string[]
  }

/**
 * A desk as it is kept with a started session: the policy by its version, and of the stock only what was used. Photos
 * are taken meanwhile, and certificates are handed in later.
 */
export type SessionBasis = Omit<SessionDesk, 'policy' | 'trainings' | keyof PhotoDesk>

/** The last performed session of the series, for comparison and copy-forward. */
export type LastSession = {
  readonly sessionId: SessionId
  readonly sessionNo: number
  readonly performedOn: CalendarDate
  readonly zoneRows: readonly Pick<ZoneRow, 'zone' | 'side' | 'site' | 'indication' | 'depthUm' | 'technique'>[]
}

/** One physical cartridge; null where nothing tells it from others of its lot. */
export function cartridgeKey(use: {
  readonly lotRaw?: string | null | undefined
  readonly serial?: string | null | undefined
}): string | null {
  const serial = use.serial?.trim()
  return use.lotRaw && serial ? `${normaliseLot(use.lotRaw)}|${serial.toUpperCase()}` : null
}

/** What the start gate judges: the draft's plan and choices with everything the desk knows of them. */
export function gateFactsOf(draft: SessionDraft, desk: SessionDesk): StartGateFacts {
  const { identityCheck } = draft
  return {
    on: desk.on,
    identityCheck: identityCheck ? { identifiers: identityCheck.identifiers ?? [] } : null,
    fst: draft.fst ?? desk.fst,
    plan: readPlan(draft.plan).plan,
    screening: desk.screening,
    clearances: desk.clearances,
    consentTexts: desk.consentTexts,
    consent: desk.consent,
    stillAgreesToday: draft.stillAgreesToday === true,
    order: desk.order,
    series: desk.series,
    previousSession: desk.previousSession,
    blockingComplications: desk.blockingComplications,
    practitioner: desk.practitioner,
    trainings: desk.trainings,
    policy: desk.policy,
    supervision: {
      physician: desk.physicians.find((physician) => physician.staffId === draft.supervisingPhysicianId) ?? null,
      confirmedMode: draft.supervisionModeActual ?? null,
    },
    device: desk.devices.find((device) => device.deviceId === draft.deviceId) ?? null,
    cartridges: (draft.cartridgeUses ?? []).map((use) => cartridgeFactsOf(use, desk)),
    products: productUsesOf(draft).map((use) => productFactsOf(use, desk)),
    blockedSubstances: desk.blockedSubstances,
  }
}

/** What the check of the log judges. */
export function sessionFactsOf(draft: SessionDraft, desk: SessionDesk, now: Instant): SessionFacts {
  const { isSessionNoTaken, sessionsPlanned, photoChoices, photoViews } = desk
  const photos = { photoChoices, photoViews }
  return { now, isSessionNoTaken, sessionsPlanned, photos, gate: gateFactsOf(draft, desk) }
}

/** The desk as a started session keeps it. */
export function basisOf(draft: SessionDraft, desk: SessionDesk): SessionBasis {
  const { policy: _byVersion, trainings: _certificates, photoChoices: _taken, photoViews: _asked, ...kept } = desk
  const cartridges = (draft.cartridgeUses ?? []).map((use) => use.cartridgeLotId)
  const numbers = (draft.cartridgeUses ?? []).map((use) => normaliseLot(use.lotRaw ?? ''))
  const products = productUsesOf(draft).map((use) => use.productLotId)
  return {
    ...kept,
    physicians: desk.physicians.filter((physician) => physician.staffId === draft.supervisingPhysicianId),
    devices: desk.devices.filter((device) => device.deviceId === draft.deviceId),
    cartridgeLots: desk.cartridgeLots.filter(
      (lot) => cartridges.includes(lot.cartridgeLotId) || numbers.includes(normaliseLot(lot.lotRaw)),
    ),
    productLots: desk.productLots.filter((lot) => products.includes(lot.productLotId)),
  }
}

/** What is asked of the clinic's registers anew even for a session that has started. */
export type DeskToday = Pick<
  SessionDesk,
  | 'isSessionNoTaken'
  | 'usedCartridges'
  | 'physicians'
  | 'trainings'
  | 'devices'
  | 'cartridgeLots'
  | 'productLots'
  | keyof PhotoDesk
>

/**
 * The desk a started session is judged by: what the gate read that day, and for anything taken up since (a second
 * cartridge, another device) what is known of it now. A lot recalled afterwards makes no deviation of the day's work.
 */
export function deskOnTheDay(basis: SessionBasis, now: DeskToday, policy: PolicyBody | null): SessionDesk {
  return {
    ...basis,
    policy,
    trainings: now.trainings,
    photoChoices: now.photoChoices,
    photoViews: now.photoViews,
    isSessionNoTaken: now.isSessionNoTaken,
    usedCartridges: now.usedCartridges,
    physicians: joinBy(basis.physicians, now.physicians, (physician) => physician.staffId),
    devices: joinBy(basis.devices, now.devices, (device) => device.deviceId),
    cartridgeLots: joinBy(basis.cartridgeLots, now.cartridgeLots, (lot) => lot.cartridgeLotId),
    productLots: joinBy(basis.productLots, now.productLots, (lot) => lot.productLotId),
  }
}

type DraftProductUse = DraftOf<ProductUse> & {
  readonly agents?: readonly DraftOf<AgentStrength>[] | null | undefined
  readonly productClass?: ProductClass | null | undefined
}

/** Every product the draft names: skin preparation, anaesthetic, add-ons, products during and after. */
export function productUsesOf(draft: SessionDraft): readonly DraftProductUse[] {
  const { skinPrep, anaesthetic, addons, postProducts } = draft
  return [
    ...(skinPrep ? [skinPrep] : []),
    ...(anaesthetic?.kind === 'APPLIED' ? [anaesthetic] : []),
    ...(addons ?? []),
    ...(postProducts?.kind === 'APPLIED' ? (postProducts.products ?? []) : []),
  ].filter((use) => use.name || use.productLotId)
}

function cartridgeFactsOf(use: NonNullable<SessionDraft['cartridgeUses']>[number], desk: SessionDesk): CartridgeFacts {
  const lot = desk.cartridgeLots.find((known) => known.cartridgeLotId === use.cartridgeLotId) ?? null
  const lotRaw = use.lotRaw ?? lot?.lotRaw ?? ''
  const key = cartridgeKey({ lotRaw, serial: use.serial })
  return {
    label: use.label ?? '',
    cartridgeLotId: lot?.cartridgeLotId ?? null,
    lotRaw,
    lotNormalised: normaliseLot(lotRaw),
    expiresOn: use.expiresOn ?? lot?.expiresOn ?? null,
    maxLengthUm: use.maxLengthUm ?? lot?.maxLengthUm ?? null,
    status: lot?.status ?? keptBack(lotRaw, desk),
    sealIntact: use.isSealIntact ?? null,
    isUsedOnAnotherVisit: key !== null && desk.usedCartridges.includes(key),
  }
}

/**
 * A lot typed by hand names no line of the register, but a recall is known by its number in any spelling. Two makers may
 * use one number; choosing the lot from the register then tells them apart.
 */
function keptBack(lotRaw: string, desk: SessionDesk): LotStatus | null {
  const number = normaliseLot(lotRaw)
  const found = desk.cartridgeLots.filter((lot) => number !== '' && normaliseLot(lot.lotRaw) === number)
  const statuses = found.map(({ status }) => status)
  return (['RECALLED', 'QUARANTINED'] as const).find((status) => statuses.includes(status)) ?? null
}

function productFactsOf(use: DraftProductUse, desk: SessionDesk): ProductFacts {
  const lot = desk.productLots.find((known) => known.productLotId === use.productLotId) ?? null
  const typed = (use.agents ?? []).flatMap(({ agent }) => (agent ? [agent] : []))
  const known = lot ? [...lot.agents.map(({ agent }) => agent), ...lot.ingredientsOfConcern] : []
  return {
    productLotId: lot?.productLotId ?? null,
    name: use.name ?? lot?.name ?? '',
    substances: [...new Set([...typed, ...known])],
    productClass: use.productClass ?? null,
  }
}

function joinBy<One>(first: readonly One[], second: readonly One[], key: (one: One) => string): readonly One[] {
  const known = new Set(first.map(key))
  return [...first, ...second.filter((one) => !known.has(key(one)))]
}
