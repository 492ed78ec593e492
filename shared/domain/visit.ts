/** Why a patient comes. SESSION and MAINTENANCE are treatments, which the start gate judges; the rest are talks. */
export const visitServices = [
  'SESSION',
  'MAINTENANCE',
  'CONSULTATION',
  'FOLLOW_UP_CHECK',
  'OUTCOME_REVIEW',
  'OTHER',
] as const
export type VisitService = (typeof visitServices)[number]

export const visitStatuses = ['EXPECTED', 'HERE', 'IN_ROOM', 'DONE', 'CANCELLED'] as const
export type VisitStatus = (typeof visitStatuses)[number]

export const visitCancelReasons = ['PATIENT', 'CLINIC', 'NO_SHOW', 'MISTAKE'] as const
export type VisitCancelReason = (typeof visitCancelReasons)[number]

const nextStatuses: Readonly<Record<VisitStatus, readonly VisitStatus[]>> = {
  EXPECTED: ['HERE', 'CANCELLED'],
  // Back to EXPECTED: the wrong person was checked in.
  HERE: ['IN_ROOM', 'DONE', 'EXPECTED', 'CANCELLED'],
  IN_ROOM: ['HERE', 'DONE'],
  DONE: ['HERE'],
  CANCELLED: ['EXPECTED'],
}

export function mayMoveVisit(from: VisitStatus, to: VisitStatus): boolean {
  return nextStatuses[from].includes(to)
}

/** A treatment needs screening, consent, order, licence and a lot; a talk needs none of them. */
export function isTreatment(service: VisitService): boolean {
  return service === 'SESSION' || service === 'MAINTENANCE'
}

/** Statuses in which the patient is in the house. */
export function isInHouse(status: VisitStatus): boolean {
  return status === 'HERE' || status === 'IN_ROOM'
}
