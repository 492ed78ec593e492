import { factText, type RefusalText } from './refusal-text.ts'

export const recallTexts: Readonly<Record<string, RefusalText>> = {
  LOT_NEEDED: () => 'A lot number needs a letter or a digit. Type it as the notice has it, or scan the label.',
  ARTICLE_NEEDED: () => 'Choose the article whose lots are to be traced.',
  UDI_NEEDED: () => 'Type or scan the code of the label.',
  EXPOSURE_NEEDED: () => 'Choose a person, a room or a device; a look-back at everybody would find everybody.',
  WINDOW_NEEDED: () => 'A look-back needs its first and its last day.',
  WINDOW_BACKWARDS: () => 'The last day lies before the first. Enter them the other way round.',
  NOTHING_FOUND: () =>
    'No record and no row of the registers names this, so no recall was opened. Check the number against the notice.',
  TRACE_TOO_WIDE: ({ most }) =>
    `More than ${factText(most)} sessions are concerned, so nothing was kept. Narrow the days and open one recall for each part.`,
  LETTER_FIELD_UNKNOWN: ({ fields }) =>
    `The letter was not saved: nothing fills in {{${factText(fields)}}}. Correct the field or write the words out.`,
  RECALL_CLOSED: () => 'This recall is closed, so nothing was changed. Its report says how it ended.',
  TASK_MOVE_NOT_ALLOWED: () =>
    'This patient’s task has moved on by now, so nothing was changed. Look at it again and then note the result.',
  NOTE_MISSING: () => 'Nothing was saved: say in a few words what happened, since it stays with the recall.',
  TASKS_OPEN: ({ open }) =>
    `The recall was not closed: ${factText(open)} people are not settled yet. Note for each that they were reached, declined, or could not be found.`,
}
