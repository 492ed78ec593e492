import type { RefusalText } from './refusal-text.ts'

export const complicationTexts: Readonly<Record<string, RefusalText>> = {
  CLINICIAN_NAMES_IT: () =>
    'A complication is named and graded by a clinician. Leave both empty: the call is saved and shown to them.',
  NOT_A_PHYSICIAN: () =>
    'One of the people named as told is no active physician here. Nothing was saved; choose a physician.',
  ONSET_IN_FUTURE: () => 'A day in the form lies ahead. Nothing was saved; correct the day or leave it empty.',
  COMPLICATION_MOVE_NOT_ALLOWED: () =>
    'The complication stands otherwise by now. Nothing was changed; look at its state on this page.',
  ROLE_NOT_ALLOWED: () =>
    'This step is a physician’s, because a physician had to be told or the grade was 2 or more. Nothing was changed.',
  PHYSICIAN_NOT_NOTIFIED: () =>
    'This is a red flag, and a red flag is not saved before a physician was told. Tell one now, then name who and how.',
  ACKNOWLEDGEMENT_MISSING: () =>
    'No physician has acknowledged this red flag yet, so it stays where it is. A physician acknowledges it on this page.',
  COMPLICATION_NOT_CODED: () => 'It stays open: nobody has said what it is. Name it in the assessment first.',
  GRADE_MISSING: () => 'It stays open: it has no grade. Grade it in the assessment first.',
  OUTCOME_MISSING: () => 'It stays open: its outcome is not settled. Enter the outcome in the assessment first.',
  RESOLVED_DATE_MISSING: () => 'It stays open: the day it ended is missing. Enter it in the assessment first.',
  PHYSICIAN_SIGNATURE_NEEDED: () =>
    'It stays open: from grade 2 on, and wherever a physician had to be told, a physician closes it.',
  REPORT_DECISION_MISSING: () =>
    'It stays open: a physician has to decide whether it is reported to the FDA, with the reason.',
  REOPEN_REASON_MISSING: () => 'It stays closed: say why it is opened again.',
  DISCLOSED_IN_FUTURE: () => 'The day of the disclosure lies ahead. Nothing was saved; correct the day.',
  PHYSICIAN_DECIDES: () =>
    'What becomes of the course is a physician’s decision. Nothing was saved; leave it as it stands.',
}
