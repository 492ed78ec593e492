import type { RefusalText } from './refusal-text.ts'

export const amendmentRequestTexts: Readonly<Record<string, RefusalText>> = {
  REQUESTED_IN_FUTURE: () => 'That day is still to come. Enter the day on which the patient asked.',
  AMENDMENT_ANSWERED: () => 'This request is answered already, so nothing was changed. Its answer stands below it.',
  EXTENDED_ALREADY: () => 'The time was extended once already, and the law allows it only once. Answer the request.',
  EXTENSION_TOO_LATE: () =>
    'The sixty days are over; the time can only be extended before that. Answer the request as soon as you can.',
  EXTENSION_REASON_MISSING: () => 'Say why the answer takes longer: the patient is told in writing.',
  DENIAL_GROUND_MISSING: () => 'Choose at least one of the four grounds. Nothing was changed yet.',
  DENIAL_REASON_MISSING: () => 'Write why the request is denied: the patient gets it in writing.',
  AMENDMENT_NOT_DENIED: () => 'A statement of disagreement follows a denial. This request is not denied.',
  STATEMENT_MISSING: () => 'There is no text yet. Nothing was saved.',
  STATEMENT_ON_FILE: () => 'The patient’s statement is on file already and stays as it is.',
  NOTHING_TO_REBUT: () => 'There is no statement left to answer. Look at the request again as it stands now.',
}
