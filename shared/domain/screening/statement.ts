/** What a patient states by signing the questionnaire, as shown and as kept inside the signed bytes. */
export const screeningStatement =
  'My answers are true and complete as far as I know. I mean this to be my signature, the same as one on paper.'

/** Languages the questionnaire exists in, as BCP 47 tags, each by its own name. */
export const screeningLanguages = [{ code: 'en', name: 'English' }] as const
