import type { RefusalText } from './refusal-text.ts'

export const questionnaireTexts: Readonly<Record<string, RefusalText>> = {
  QUESTIONNAIRE_DRAFT_EXISTS: () => 'The next version is being written already. Open that draft and go on with it.',
  QUESTIONNAIRE_DAMAGED: () =>
    'The stored words of the newest version are not the ones that were published, so nothing was started from them. Restore a copy of the store first.',
  QUESTIONNAIRE_FAULTY: () =>
    'Nothing was published: some words are missing or too long. Open the draft; each place is named beside it.',
  QUESTIONNAIRE_STARTS_IN_THE_PAST: () =>
    'The first day of this text has gone by, and no text starts in the past. Nothing was published; set today or a later day.',
  QUESTIONNAIRE_STARTS_BEFORE_NEWEST: () =>
    'The version before it starts later than this day. Nothing was published; choose that version’s first day or a later one.',
  QUESTIONNAIRE_UNCHANGED: () => 'Nothing was published: the words are the same as in the version before.',
}
