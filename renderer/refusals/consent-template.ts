import type { RefusalText } from './refusal-text.ts'

export const consentTemplateTexts: Readonly<Record<string, RefusalText>> = {
  TEMPLATE_DRAFT_EXISTS: () =>
    'A new version of this text is being written already. Open that draft and go on with it.',
  TEMPLATE_NAME_TAKEN: () => 'A text with this name exists already. Choose another name.',
  TEMPLATE_DAMAGED: () =>
    'The stored words of this version are not the ones that were published, so nothing was started from it. Choose another version.',
  TEMPLATE_STARTS_IN_THE_PAST: () =>
    'The first day of this text has gone by, and no text starts in the past. Nothing was published; set today or a later day.',
  TEMPLATE_STARTS_BEFORE_NEWEST: () =>
    'An earlier version starts later than this day. Nothing was published; choose that version’s first day or a later one.',
  TEMPLATE_UNCHANGED: () => 'Nothing was published: the text is the same as the version before it.',
}
