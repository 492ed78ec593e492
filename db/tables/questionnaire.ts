import type { StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** A published wording of the questionnaire. A row never changes; new wording is a new row. */
export interface QuestionnaireTextTable {
  major: number
  minor: number
  language: string
  effective_from: CalendarDate
  /** The text as published, RFC 8785. */
  body: string
  sha256: string
  published_at: Instant
  /** The physician who approved and published it; null for the wording that is shipped, version 1.0. */
  published_by: StaffId | null
}

export type QuestionnaireTables = { questionnaire_text: QuestionnaireTextTable }
