import { type OutcomeScore, scoreChanges } from './outcome.ts'
import { type OutcomeScaleCode, outcomeScales, stateScaleCodes } from './outcome-scales.ts'
import { type Rate, rateOf } from './report.ts'
import type { Indication } from './zones.ts'

/** One course by its newest outcome rating of the period. Sessions entered in error are counted nowhere. */
export type ReviewedCourse = {
  readonly indications: readonly Indication[]
  readonly sessionsDone: number
  readonly sessionsPlanned: number
  /** Same scale, rater and views as its baseline. */
  readonly isComparable: boolean
  /** At least one report about a session of the course that nobody judged unrelated. */
  readonly hasComplication: boolean
  readonly baseline: readonly OutcomeScore[]
  readonly outcome: readonly OutcomeScore[]
  /** The newest that the patient said. */
  readonly patient: readonly OutcomeScore[]
}

/** How a scale moved in the comparable courses that have it; `better` is of all of them. */
export type ScaleOutcome = {
  readonly scale: OutcomeScaleCode
  readonly better: Rate
  readonly same: number
  readonly worse: number
}

export type OutcomeFigures = {
  readonly courses: number
  readonly comparable: number
  readonly sessionsDone: number
  readonly sessionsPlanned: number
  readonly scales: readonly ScaleOutcome[]
  /** Courses at each level of the GAIS, 1 to 5, by physician and by patient. */
  readonly physicianGais: readonly number[]
  readonly patientGais: readonly number[]
  /** GAIS 1 to 3 of those who gave one. */
  readonly physicianImproved: Rate | null
  readonly patientImproved: Rate | null
  readonly complications: Rate | null
}

export type OutcomeReport = {
  readonly total: OutcomeFigures
  /** A course for two indications stands in both. */
  readonly indications: readonly (OutcomeFigures & { readonly indication: Indication })[]
}

/** GAIS 3 is the worst level that is still an improvement (clinical reference, section 9). */
const lastImprovedLevel = 3

export function outcomeReport(reviewed: readonly ReviewedCourse[], order: readonly Indication[]): OutcomeReport {
  const courses = reviewed.filter(({ sessionsDone }) => sessionsDone > 0)
  return {
    total: figuresOf(courses),
    indications: order.flatMap((indication) => {
      const concerned = courses.filter(({ indications }) => indications.includes(indication))
      return concerned.length === 0 ? [] : [{ indication, ...figuresOf(concerned) }]
    }),
  }
}

function figuresOf(courses: readonly ReviewedCourse[]): OutcomeFigures {
  const comparable = courses.filter(({ isComparable }) => isComparable)
  const physicianGais = gaisLevels(courses.map(({ outcome }) => outcome))
  const patientGais = gaisLevels(courses.map(({ patient }) => patient))
  return {
    courses: courses.length,
    comparable: comparable.length,
    sessionsDone: sum(courses.map(({ sessionsDone }) => sessionsDone)),
    sessionsPlanned: sum(courses.map(({ sessionsPlanned }) => sessionsPlanned)),
    scales: stateScaleCodes.flatMap((scale) => scaleOutcome(scale, comparable) ?? []),
    physicianGais,
    patientGais,
    physicianImproved: improvedShare(physicianGais),
    patientImproved: improvedShare(patientGais),
    complications: rateOf(courses.filter(({ hasComplication }) => hasComplication).length, courses.length),
  }
}

function scaleOutcome(scale: OutcomeScaleCode, courses: readonly ReviewedCourse[]): ScaleOutcome | null {
  const directions = courses.flatMap(({ baseline, outcome }) =>
    scoreChanges(baseline, outcome).flatMap((change) => (change.scale === scale ? [change.direction] : [])),
  )
  const count = (wanted: string) => directions.filter((direction) => direction === wanted).length
  const better = rateOf(count('BETTER'), directions.length)
  return better && { scale, better, same: count('SAME'), worse: count('WORSE') }
}

function gaisLevels(scores: readonly (readonly OutcomeScore[])[]): readonly number[] {
  const given = scores.flatMap((one) => one.filter(({ scale }) => scale === 'GAIS').map(({ level }) => level))
  return outcomeScales.GAIS.levels.map(({ level }) => given.filter((one) => one === level).length)
}

function improvedShare(levels: readonly number[]): Rate | null {
  return rateOf(sum(levels.slice(0, lastImprovedLevel)), sum(levels))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
