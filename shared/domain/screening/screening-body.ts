import type { PatientId, ScreeningId, StaffId } from '../../kernel/ids.ts'
import type { CalendarDate, Instant } from '../../kernel/time.ts'
import type { ConsentSignature } from '../consent/consent.ts'
import type { ScreeningAnswers } from './answer.ts'
import type { PractitionerConcerns } from './context.ts'
import type { ScreeningForm } from './question.ts'
import type { AskedQuestionId } from './questionnaire.ts'

/** Evidence of the signature, in the shape the consent uses: clinical reference, section 6. */
export type ScreeningSignature = Pick<
  ConsentSignature,
  | 'role'
  | 'name'
  | 'relationship'
  | 'mark'
  | 'imageId'
  | 'intentStatement'
  | 'intentTicked'
  | 'signedAt'
  | 'utcOffsetMin'
>

/** Staff may explain an answer, never change it. */
export type Clarification = {
  readonly questionId: AskedQuestionId
  readonly text: string
  readonly by: StaffId
  readonly at: Instant
}

/** One filled form. `signature` is null only while the patient is still answering. */
export type ScreeningBody = {
  readonly schema: 'screening/1'
  readonly id: ScreeningId
  readonly patientId: PatientId
  readonly form: ScreeningForm
  readonly questionnaireVersion: string
  /** BCP 47 tag of the language the questions were shown in. */
  readonly language: string
  readonly takenOn: CalendarDate
  readonly answers: ScreeningAnswers
  readonly signature: ScreeningSignature | null
  readonly clarifications: readonly Clarification[]
  readonly concerns: PractitionerConcerns
}
