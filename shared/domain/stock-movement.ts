import type { LotStatus } from './lot.ts'

/** What goes in and out of the cupboard. A use is written once, in the session that used the piece, and counted there. */
export const stockMovementKinds = ['RECEIVED', 'DISCARDED', 'QUARANTINED', 'RELEASED', 'EXPIRED', 'CORRECTED'] as const
export type StockMovementKind = (typeof stockMovementKinds)[number]

/** The ones a person notes by hand; the others follow a change of status. */
export const notedMovementKinds = ['RECEIVED', 'DISCARDED', 'CORRECTED'] as const
export type NotedMovementKind = (typeof notedMovementKinds)[number]

/** Pieces of one lot. `received` includes corrections of the count. */
export type StockCount = { readonly received: number; readonly used: number; readonly discarded: number }

/** Negative where sessions name more pieces than ever came in: then the register or a record is wrong. */
export function piecesLeft({ received, used, discarded }: StockCount): number {
  return received - used - discarded
}

export type MovementProblem = 'PIECES_MISSING' | 'MORE_THAN_LEFT' | 'REASON_MISSING'

/**
 * Whether a person may note this movement. `pieces` is a whole number, negative only for a correction downwards; nothing
 * can leave that is not there, and every movement but a receipt says why.
 */
export function decideMovement(
  { kind, pieces, reason }: { readonly kind: NotedMovementKind; readonly pieces: number; readonly reason: string },
  count: StockCount,
): MovementProblem | null {
  if (pieces === 0 || (pieces < 0 && kind !== 'CORRECTED')) return 'PIECES_MISSING'
  if (kind !== 'RECEIVED' && reason.trim() === '') return 'REASON_MISSING'
  const leaving = kind === 'DISCARDED' ? pieces : kind === 'CORRECTED' ? -pieces : 0
  return leaving > 0 && leaving > piecesLeft(count) ? 'MORE_THAN_LEFT' : null
}

/**
 * The movement that a change of a lot's status stands for: its pieces go out of reach, or come back. Null where they stay
 * where they are. Nothing leaves the clinic by it; throwing away is a movement of its own.
 */
export function movementOfStatus(from: LotStatus, to: LotStatus): StockMovementKind | null {
  if (to === 'AVAILABLE') return 'RELEASED'
  if (to === 'EXPIRED') return 'EXPIRED'
  return from === 'AVAILABLE' ? 'QUARANTINED' : null
}

/** Lots of which a session takes more pieces than the register has left; `taken` counts this session alone. */
export function overdrawnLots<Lot extends { readonly count: StockCount; readonly taken: number }>(
  lots: readonly Lot[],
): readonly Lot[] {
  return lots.filter(({ count, taken }) => taken > piecesLeft(count))
}
