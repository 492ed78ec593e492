import type { CartridgeLotId, ProductLotId } from '../kernel/ids.ts'
import type { CalendarDate } from '../kernel/time.ts'

export const lotStatuses = ['AVAILABLE', 'QUARANTINED', 'RECALLED', 'EXPIRED'] as const
export type LotStatus = (typeof lotStatuses)[number]

/** Clinical reference, section 4, register table. Lengths in micrometres. */
export type CartridgeLotBody = {
  readonly manufacturer: string
  readonly model: string
  readonly udiDi: string | null
  readonly lotRaw: string
  readonly lotNormalised: string
  readonly expiresOn: CalendarDate
  readonly needleCount: number
  readonly needleGauge: number | null
  readonly maxLengthUm: number
  readonly sterileMethod: string | null
  readonly receivedQuantity: number
  readonly receivedOn: CalendarDate
  readonly supplier: string | null
  readonly status: LotStatus
}

export const productKinds = ['ANAESTHETIC', 'GLIDE_GEL', 'SERUM', 'ANTISEPTIC', 'POST_CARE'] as const
export type ProductKind = (typeof productKinds)[number]

/** ACTIVE_AVOID: acids, retinoids, vitamin C, fragrance, benzoyl peroxide (clinical reference, section 2, row 24). */
export const productClasses = ['RESTORATIVE', 'NEUTRAL', 'ACTIVE_AVOID'] as const
export type ProductClass = (typeof productClasses)[number]

export const anaestheticAgents = ['LIDOCAINE', 'TETRACAINE', 'PRILOCAINE', 'BENZOCAINE', 'OTHER'] as const
export type AnaestheticAgent = (typeof anaestheticAgents)[number]
/** Share by weight, e.g. 4 for 4 %. */
export type AgentStrength = { readonly agent: AnaestheticAgent; readonly percent: number }

export type ProductLotBody = {
  readonly kind: ProductKind
  readonly name: string
  readonly productClass: ProductClass
  /** Names as a patient's allergy would name them. */
  readonly ingredientsOfConcern: readonly string[]
  /** Empty unless `kind` is ANAESTHETIC. */
  readonly agents: readonly AgentStrength[]
  readonly lotRaw: string
  readonly lotNormalised: string
  readonly expiresOn: CalendarDate
  readonly openedOn: CalendarDate | null
  readonly status: LotStatus
}

/**
 * The spelling a lot is searched and compared by: upper case without spaces, hyphens or the "(10)" that a scanned GS1
 * code puts before a lot number. The text as typed is kept beside it and shown.
 */
export function normaliseLot(raw: string): string {
  return raw
    .normalize('NFKC')
    .trim()
    .replace(/^\(10\)/u, '')
    .replace(/[\s\p{Pd}\u2212]+/gu, '')
    .toUpperCase()
}

const noLot =
  /^(?:\?+|X+|0+|N\/?A|NONE|NO(?:LOT|NUMBER)?|UNKNOWN|MISSING|ILLEGIBLE|UNREADABLE|NOTREADABLE|SMUDGED|TORN|LOST)$/u

/** False where what stands for the lot tells no lot from another: nothing, a question mark, "illegible". */
export function isLegibleLot(raw: string | null): boolean {
  const lot = normaliseLot(raw ?? '').replaceAll(/[.,;:!()[\]]/gu, '')
  return lot !== '' && !lot.includes('?') && !noLot.test(lot)
}

/** A lot may be used up to and including the day of its expiry date. */
export function isExpired(expiresOn: CalendarDate, on: CalendarDate): boolean {
  return on > expiresOn
}

/** The stored status, or EXPIRED where the date has passed: nobody needs to have opened the app that day. */
export function lotStatusOn(
  lot: { readonly status: LotStatus; readonly expiresOn: CalendarDate },
  on: CalendarDate,
): LotStatus {
  return lot.status === 'AVAILABLE' && isExpired(lot.expiresOn, on) ? 'EXPIRED' : lot.status
}

/** One cartridge as taken from its box: what the clinic knows of its lot and of this very piece. */
export type CartridgeFacts = {
  /** c1, c2 ... within the session. */
  readonly label: string
  /** Null where the lot stands in no register: typed by hand in a record of what happened. */
  readonly cartridgeLotId: CartridgeLotId | null
  readonly lotRaw: string
  readonly lotNormalised: string
  readonly expiresOn: CalendarDate | null
  readonly maxLengthUm: number | null
  /** Null: not in the register, so no recall is known. */
  readonly status: LotStatus | null
  readonly sealIntact: boolean | null
  readonly isUsedOnAnotherVisit: boolean
}

export const cartridgeProblems = [
  'CARTRIDGE_EXPIRED',
  'CARTRIDGE_RECALLED',
  'CARTRIDGE_QUARANTINED',
  'CARTRIDGE_SEAL_BROKEN',
  'CARTRIDGE_ALREADY_USED',
  'CARTRIDGE_DETAILS_MISSING',
] as const
export type CartridgeProblem = (typeof cartridgeProblems)[number]

/** Every reason why this cartridge may not be used on `on`; none means it may (clinical reference, section 5). */
export function mayUseCartridge(cartridge: CartridgeFacts, on: CalendarDate): readonly CartridgeProblem[] {
  const problems: CartridgeProblem[] = []
  const isPastDate = cartridge.expiresOn !== null && isExpired(cartridge.expiresOn, on)
  if (isPastDate || cartridge.status === 'EXPIRED') problems.push('CARTRIDGE_EXPIRED')
  if (cartridge.status === 'RECALLED') problems.push('CARTRIDGE_RECALLED')
  if (cartridge.status === 'QUARANTINED') problems.push('CARTRIDGE_QUARANTINED')
  if (cartridge.sealIntact === false) problems.push('CARTRIDGE_SEAL_BROKEN')
  if (cartridge.isUsedOnAnotherVisit) problems.push('CARTRIDGE_ALREADY_USED')
  if (cartridge.lotNormalised === '' || cartridge.expiresOn === null || cartridge.sealIntact === null) {
    problems.push('CARTRIDGE_DETAILS_MISSING')
  }
  return problems
}

/** A product that the plan names, with what an allergy can be compared to. */
export type ProductFacts = {
  readonly productLotId: ProductLotId | null
  readonly name: string
  /** Agents and ingredients of concern. */
  readonly substances: readonly string[]
  /** Of a product meant for the skin during or after needling; null of any other. */
  readonly productClass: ProductClass | null
}

/** The substances of `product` that this patient must not get; compared without regard to case. */
export function blockedSubstancesOf(product: ProductFacts, blockedSubstances: readonly string[]): readonly string[] {
  const blocked = new Set(blockedSubstances.map((substance) => substance.trim().toLowerCase()))
  return [product.name, ...product.substances].filter((substance) => blocked.has(substance.trim().toLowerCase()))
}
