import type { DeviceId, StaffId } from '../kernel/ids.ts'
import type { CalendarDate } from '../kernel/time.ts'
import { normaliseLot } from './lot.ts'

export const recallSources = ['MANUFACTURER', 'AUTHORITY', 'CLINIC'] as const
export type RecallSource = (typeof recallSources)[number]

export const recallStates = ['OPEN', 'CLOSED'] as const
export type RecallState = (typeof recallStates)[number]

/** Where a lot, an article or a UDI is looked for. */
export const tracedRegisters = ['CARTRIDGE_LOT', 'PRODUCT_LOT'] as const
export type TracedRegister = (typeof tracedRegisters)[number]

type Window = {
  /** First and last clinic day that matter, both included; null: without a bound. */
  readonly from: CalendarDate | null
  readonly to: CalendarDate | null
}

/**
 * What is traced (clinical reference, section 7, "Lot recall search"): a lot in any spelling, every lot of one article, a
 * UDI, a device, or everybody who was treated by one person, in one room or with one device (exposure look-back).
 */
export type TraceCriteria = Window &
  (
    | { readonly kind: 'LOT'; readonly lot: string }
    | { readonly kind: 'PRODUCT'; readonly register: TracedRegister; readonly article: string }
    | { readonly kind: 'UDI'; readonly code: string }
    | { readonly kind: 'DEVICE'; readonly deviceId: DeviceId }
    | ({ readonly kind: 'EXPOSURE' } & Exposure)
  )
export type TraceKind = TraceCriteria['kind']

/** Every part that is named must hold; at least one is. */
export type Exposure = {
  readonly practitionerId: StaffId | null
  readonly room: string | null
  readonly deviceId: DeviceId | null
}

/**
 * TRACED: the record names it. NOT_RULED_OUT: the record could mean it (the lot is missing or cannot be read, the device
 * or the room is not named), so nobody may say that this patient is unaffected.
 */
export const recallFindings = ['TRACED', 'NOT_RULED_OUT'] as const
export type RecallFinding = (typeof recallFindings)[number]

export const traceReasons = [
  'LOT_NAMED',
  'ARTICLE_NAMED',
  'DEVICE_NAMED',
  'EXPOSED',
  'LOT_MISSING',
  'LOT_ILLEGIBLE',
  'NO_CARTRIDGE_ENTERED',
  'DEVICE_MISSING',
  'ROOM_MISSING',
] as const
export type TraceReason = (typeof traceReasons)[number]

/** Most sessions that one trace shows or one recall works on; a wider one is narrowed by its window. */
export const mostTracedSessions = 1000

export const taskStates = ['DUE', 'SENT', 'REACHED', 'DECLINED', 'UNREACHABLE'] as const
export type TaskState = (typeof taskStates)[number]

/** A patient who was told, would not be told, or could not be found despite trying. */
const settledStates: readonly TaskState[] = ['REACHED', 'DECLINED', 'UNREACHABLE']

export function isSettled(state: TaskState): boolean {
  return settledStates.includes(state)
}

const movesFrom: Readonly<Record<TaskState, readonly TaskState[]>> = {
  DUE: ['SENT', 'REACHED', 'DECLINED', 'UNREACHABLE'],
  SENT: ['REACHED', 'DECLINED', 'UNREACHABLE'],
  // Somebody who could not be found may yet turn up.
  UNREACHABLE: ['SENT', 'REACHED', 'DECLINED'],
  // Only a slip is taken back, and its reason stays.
  REACHED: ['DUE'],
  DECLINED: ['DUE', 'REACHED'],
}

export function taskMoves(from: TaskState): readonly TaskState[] {
  return movesFrom[from]
}

export type TaskProblem = 'TASK_MOVE_NOT_ALLOWED' | 'NOTE_MISSING'

/** A refusal, an unanswered search and a step back say in words what happened. */
export function decideTask(from: TaskState, to: TaskState, note: string): TaskProblem | null {
  if (!movesFrom[from].includes(to)) return 'TASK_MOVE_NOT_ALLOWED'
  const needsNote = to === 'DECLINED' || to === 'UNREACHABLE' || to === 'DUE'
  return needsNote && note.trim() === '' ? 'NOTE_MISSING' : null
}

/** How many people have to be settled before the recall can be closed. */
export function unsettledTasks(tasks: readonly { readonly state: TaskState }[]): number {
  return tasks.filter(({ state }) => !isSettled(state)).length
}

export type TraceProblem =
  | 'LOT_NEEDED'
  | 'ARTICLE_NEEDED'
  | 'UDI_NEEDED'
  | 'EXPOSURE_NEEDED'
  | 'WINDOW_BACKWARDS'
  | 'WINDOW_NEEDED'

/** Whether these criteria say something that can be traced. An exposure needs both ends of its window. */
export function traceProblem(criteria: TraceCriteria): TraceProblem | null {
  const { from, to } = criteria
  if (from !== null && to !== null && from > to) return 'WINDOW_BACKWARDS'
  switch (criteria.kind) {
    case 'LOT':
      return normaliseLot(criteria.lot) === '' ? 'LOT_NEEDED' : null
    case 'PRODUCT':
      return criteria.article.trim() === '' ? 'ARTICLE_NEEDED' : null
    case 'UDI':
      return criteria.code.trim() === '' ? 'UDI_NEEDED' : null
    case 'DEVICE':
      return null
    case 'EXPOSURE': {
      const { practitionerId, room, deviceId } = criteria
      if (practitionerId === null && deviceId === null && foldRoom(room) === null) return 'EXPOSURE_NEEDED'
      return from === null || to === null ? 'WINDOW_NEEDED' : null
    }
  }
}

/** Rooms are compared without regard to case and spacing; null where none is named. */
export function foldRoom(room: string | null | undefined): string | null {
  return (room ?? '').normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase() || null
}
