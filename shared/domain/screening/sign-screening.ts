import { accept, type Result, refuse } from '../../kernel/result.ts'
import { ageOn, type CalendarDate } from '../../kernel/time.ts'
import { answerFaults, type ScreeningAnswers, unansweredQuestions } from './answer.ts'
import type { ScreeningForm } from './question.ts'
import type { ScreeningSignature } from './screening-body.ts'
import type { ScreeningSettings } from './settings.ts'

export type SignScreeningRefusal =
  | 'SCREENING_UNANSWERED'
  | 'SCREENING_ANSWER_FAULT'
  | 'SCREENING_GUARDIAN_NEEDED'
  | 'SCREENING_INTENT_NOT_TICKED'
  | 'SCREENING_SIGNER_MISSING'
  | 'SCREENING_MARK_MISSING'

/**
 * Whether a form may be signed as it stands. Refused with the questions still open, with those that do not fit, and
 * where a minor signs alone against the clinic's guardian rule (clinical reference, SQ-02 and section 8).
 */
export function maySignScreening({
  form,
  answers,
  bornOn,
  today,
  signature,
  settings,
}: {
  readonly form: ScreeningForm
  readonly answers: ScreeningAnswers
  readonly bornOn: CalendarDate | null
  readonly today: CalendarDate
  readonly signature: ScreeningSignature
  readonly settings: Pick<ScreeningSettings, 'minAge' | 'isGuardianRequired'>
}): Result<null, SignScreeningRefusal> {
  const open = unansweredQuestions(form, answers)
  if (open.length > 0) return refuse('SCREENING_UNANSWERED', { questions: open })
  const faults = answerFaults({ form, answers, bornOn, today })
  if (faults.length > 0) {
    return refuse('SCREENING_ANSWER_FAULT', {
      questions: faults.map((fault) => `${fault.questionId} ${fault.problem}`),
    })
  }
  if (signature.role === 'PATIENT' && needsGuardian(bornOn, today, settings)) return refuse('SCREENING_GUARDIAN_NEEDED')
  if (!signature.intentTicked) return refuse('SCREENING_INTENT_NOT_TICKED')
  if (signature.name.trim() === '') return refuse('SCREENING_SIGNER_MISSING')
  return hasMark(signature) ? accept(null) : refuse('SCREENING_MARK_MISSING')
}

/**
 * Below the clinic's minimum age a guardian or representative signs, where the clinic asks for one; an unknown birth date
 * asks nobody else.
 */
export function needsGuardian(
  bornOn: CalendarDate | null,
  today: CalendarDate,
  { minAge, isGuardianRequired }: Pick<ScreeningSettings, 'minAge' | 'isGuardianRequired'>,
): boolean {
  return isGuardianRequired && bornOn !== null && ageOn(bornOn, today) < minAge
}

/** A dot is no signature: at least one stroke that moved. */
function hasMark({ mark }: ScreeningSignature): boolean {
  return mark.kind === 'TYPED' ? mark.name.trim() !== '' : mark.strokes.some((stroke) => stroke.length >= 2)
}
