import type { StaffId } from '../kernel/ids.ts'
import { type Instant, minutesBetween } from '../kernel/time.ts'
import { median, ninetiethPercentile } from './report.ts'
import { type DeviationDisposition, deviationDispositions, isOverdue, signOffLateness } from './sign-off.ts'

/** Who was named as supervisor and who treated; no supervisor where a physician treated alone. */
export type SupervisionPair = { readonly supervisorId: StaffId | null; readonly practitionerId: StaffId }

/** Sessions of the period: performed, neither voided nor cancelled. */
export type SupervisedSessions = SupervisionPair & {
  readonly performed: number
  /** Countersigned by a second person. */
  readonly countersigned: number
  /** Signed by the physician who treated; nobody else had to. */
  readonly authorSigned: number
  /** Of the countersigned ones: together with others under one proof of identity, and after the due time. */
  readonly inBatch: number
  readonly signedLate: number
  readonly returns: number
  readonly deviations: number
}
export type DisposedDeviations = SupervisionPair & {
  readonly disposition: DeviationDisposition
  readonly count: number
}
/** A countersigned session: from its last submission to the signature. */
export type SigningTime = SupervisionPair & { readonly submittedAt: Instant; readonly signedAt: Instant }
/** A session that waits in the queue at this moment, whatever the period. */
export type WaitingSignature = SupervisionPair & {
  readonly isRequired: boolean
  readonly dueAt: Instant
  readonly escalateAt: Instant
}

export type SupervisionFigures = {
  readonly performed: number
  readonly countersigned: number
  readonly authorSigned: number
  readonly signedSingly: number
  readonly inBatch: number
  readonly signedLate: number
  readonly returns: number
  readonly deviations: number
  readonly dispositions: Readonly<Record<DeviationDisposition, number>>
  readonly medianMin: number | null
  readonly ninetiethMin: number | null
  readonly waitingNow: number
  /** `escalated` ones are among the overdue. */
  readonly overdueNow: number
  readonly escalatedNow: number
}
export type SupervisionReport = {
  readonly rows: readonly (SupervisionPair & SupervisionFigures)[]
  readonly total: SupervisionFigures
}

type Material = {
  readonly sessions: readonly SupervisedSessions[]
  readonly disposed: readonly DisposedDeviations[]
  readonly times: readonly SigningTime[]
  readonly waiting: readonly WaitingSignature[]
  readonly now: Instant
}

/** One row for each pair of people who have anything to show, and the same figures over all of them. */
export function supervisionReport(material: Material): SupervisionReport {
  const { sessions, disposed, times, waiting } = material
  const pairs = new Map(
    [...sessions, ...disposed, ...times, ...waiting].map(({ supervisorId, practitionerId }) => [
      pairKey({ supervisorId, practitionerId }),
      { supervisorId, practitionerId },
    ]),
  )
  const parts = {
    sessions: Map.groupBy(sessions, pairKey),
    disposed: Map.groupBy(disposed, pairKey),
    times: Map.groupBy(times, pairKey),
    waiting: Map.groupBy(waiting, pairKey),
  }
  const rows = [...pairs].map(([key, pair]) => ({
    ...pair,
    ...figuresOf({
      sessions: parts.sessions.get(key) ?? [],
      disposed: parts.disposed.get(key) ?? [],
      times: parts.times.get(key) ?? [],
      waiting: parts.waiting.get(key) ?? [],
      now: material.now,
    }),
  }))
  return { rows, total: figuresOf(material) }
}

function figuresOf({ sessions, disposed, times, waiting, now }: Material): SupervisionFigures {
  const minutes = times.map(({ submittedAt, signedAt }) => minutesBetween(submittedAt, signedAt))
  const lateness = waiting.map((one) => signOffLateness(one, now))
  const countersigned = sum(sessions.map((one) => one.countersigned))
  const inBatch = sum(sessions.map((one) => one.inBatch))
  const countOf = (disposition: DeviationDisposition) =>
    sum(disposed.filter((one) => one.disposition === disposition).map((one) => one.count))
  return {
    performed: sum(sessions.map((one) => one.performed)),
    countersigned,
    authorSigned: sum(sessions.map((one) => one.authorSigned)),
    signedSingly: countersigned - inBatch,
    inBatch,
    signedLate: sum(sessions.map((one) => one.signedLate)),
    returns: sum(sessions.map((one) => one.returns)),
    deviations: sum(sessions.map((one) => one.deviations)),
    // Every code of the closed list is a key, which fromEntries cannot say in its type.
    dispositions: Object.fromEntries(deviationDispositions.map((code) => [code, countOf(code)])) as Record<
      DeviationDisposition,
      number
    >,
    medianMin: median(minutes),
    ninetiethMin: ninetiethPercentile(minutes),
    waitingNow: waiting.length,
    overdueNow: lateness.filter(isOverdue).length,
    escalatedNow: lateness.filter((one) => one === 'ESCALATED').length,
  }
}

function pairKey({ supervisorId, practitionerId }: SupervisionPair): string {
  return `${supervisorId ?? '-'} ${practitionerId}`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
