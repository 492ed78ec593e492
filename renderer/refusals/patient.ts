import type { RefusalText } from './refusal-text.ts'

export const patientTexts: Readonly<Record<string, RefusalText>> = {
  NAME_MISSING: () => 'A chart needs a surname or a given name. Enter at least one of them.',
  BORN_IN_FUTURE: () => 'This birth date is in the future. Check the year.',
  BORN_TOO_LONG_AGO: () => 'Nobody alive was born that long ago. Check the year.',
  BORN_TWICE: () => 'The birth date stands twice, once as a date and once as text. Enter it once.',
  ALLERGY_LIST_EMPTY: () => 'The list of allergies is empty. Name one, or choose “No known allergies” or “Not asked”.',
  FORMER_NAME_EMPTY: () => 'A former name is empty. Enter it or take the line away.',
  ALLERGIES_ASKED_IN_FUTURE: () => 'The day on which the patient was asked about allergies is in the future. Check it.',
  DUPLICATES_NOT_SEEN: ({ count }) =>
    `Nothing was saved yet: ${count === 1 ? 'a chart' : `${String(count ?? 'some')} charts`} beside the form may be this person. Look at ${count === 1 ? 'it' : 'them'}; if it is somebody else, register again.`,
  NAME_CHANGE_UNSAID: () =>
    'The name was changed, and nothing was saved yet. Say whether it is a new name, so that the old one stays findable, or a correction.',
  NOTHING_CHANGED: () => 'The form says what the chart says already, so there is nothing to save.',
  ALREADY_ARCHIVED: () => 'This chart is archived already. Open it again to see by whom.',
  ARCHIVE_NOTE_NEEDED: () => 'Another reason needs a note that says which. The chart was not archived.',
  NOT_ARCHIVED: () => 'This chart is active; there is nothing to bring back.',
  RECORDED_IN_FUTURE: () => 'The skin type cannot be recorded for a day to come. Check the date.',
  RECORDED_BEFORE_BIRTH: () => 'That day lies before the patient was born. Check the date.',
}
