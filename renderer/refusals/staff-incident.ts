import type { RefusalText } from './refusal-text.ts'

export const staffIncidentTexts: Readonly<Record<string, RefusalText>> = {
  INCIDENT_IN_FUTURE: () => 'The day of the incident lies ahead. Nothing was saved; correct the day.',
  INCIDENT_CLOSED: () => 'This incident is closed already, so nothing was written. The list shows it as closed.',
  EVALUATION_MISSING: () =>
    'It stays open: note first that the medical evaluation was done, or that it was offered and declined.',
}
