import type { RefusalText } from './refusal-text.ts'

export const patientModeTexts: Readonly<Record<string, RefusalText>> = {
  PATIENT_FORM_NOT_OPEN: () =>
    'This form is signed or not ready to be shown, so the screen stays with you. Open the chart to see where it stands.',
  NOT_IN_PATIENT_MODE: () => 'This screen is not with a patient. Go on as usual.',
}
