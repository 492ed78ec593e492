import type { SeriesId } from '../../kernel/ids.ts'
import { addMonths, type CalendarDate } from '../../kernel/time.ts'
import type { ZoneSide } from '../zones.ts'
import { type Answer, answeredIds, type ChosenOption, type InputValue, type ScreeningAnswers } from './answer.ts'
import { type AskedQuestionId, askedIdsOf } from './questionnaire.ts'

/**
 * The full form as it stands today: for the questions of the short form only today's answers count, so a question left
 * open today is open and not answered by an old form. Without a short form (null) the full one stands alone: it was
 * taken today itself.
 */
export function effectiveAnswers(full: ScreeningAnswers, short: ScreeningAnswers | null): ScreeningAnswers {
  if (short === null) return full
  const asked = askedIdsOf('SHORT')
  return Object.fromEntries(
    askedIdsOf('FULL').flatMap((id) => {
      const answer = asked.includes(id) ? short[id] : full[id]
      return answer === undefined ? [] : [[id, answer] as const]
    }),
  )
}

/**
 * Whether a full form may still carry a session: up to and including the day the policy's months end on, and not
 * already used for another series. `usedForSeriesId` is the series of the first session that stood on it, or null.
 */
export function isFormInDate({
  takenOn,
  today,
  validMonths,
  seriesId,
  usedForSeriesId,
}: {
  readonly takenOn: CalendarDate
  readonly today: CalendarDate
  readonly validMonths: number
  readonly seriesId: SeriesId | null
  readonly usedForSeriesId: SeriesId | null
}): boolean {
  if (takenOn > today || today > addMonths(takenOn, validMonths)) return false
  return usedForSeriesId === null || usedForSeriesId === seriesId
}

export type ChangedAnswer = {
  readonly questionId: AskedQuestionId
  readonly before: Answer | null
  readonly after: Answer
}

/** What the newer answers say differently; questions they do not answer are not a change. The order of ticks is none. */
export function changedAnswers(before: ScreeningAnswers, after: ScreeningAnswers): readonly ChangedAnswer[] {
  return answeredIds(after).flatMap((questionId) => {
    const [was, is] = [before[questionId] ?? null, after[questionId]]
    if (is === undefined || (was !== null && canonicalAnswer(was) === canonicalAnswer(is))) return []
    return [{ questionId, before: was, after: is }]
  })
}

function canonicalAnswer(answer: Answer): string {
  switch (answer.kind) {
    case 'CHOICE':
      return canonicalOption(answer.chosen)
    case 'MULTI':
      return JSON.stringify(answer.chosen.map(canonicalOption).sort())
    case 'TEXT':
      return JSON.stringify([answer.text.trim(), canonicalOption(answer.chosen)])
  }
}

function canonicalOption({ option, inputs }: ChosenOption): string {
  return JSON.stringify([option, inputs.map(canonicalInput).sort()])
}

function canonicalInput(input: InputValue): string {
  const { kind, name, ...value } = input
  if (input.kind === 'ZONES') return JSON.stringify([name, input.zones.map(zoneKey).sort()])
  return JSON.stringify([name, kind, Object.values(value)])
}

function zoneKey({ zone, side }: ZoneSide): string {
  return `${zone} ${side}`
}
