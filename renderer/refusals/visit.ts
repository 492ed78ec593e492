import { formatDate } from '../parts/format.ts'
import type { RefusalText } from './refusal-text.ts'

export const visitTexts: Readonly<Record<string, RefusalText>> = {
  VISIT_EXISTS: ({ atTime }) =>
    `This patient is in the list at ${String(atTime ?? 'that time')} already. Nothing was added; choose another time or open that line.`,
  VISIT_PATIENT_ARCHIVED: () =>
    'This chart is archived, so no visit was added. Take the chart back from the archive first.',
  VISIT_PRACTITIONER_NOT_TREATING: () =>
    'This person does not treat patients here. Nothing was saved; choose another practitioner.',
  VISIT_OVER: () => 'This visit is over or cancelled, so it is not changed any more. Add a new one.',
  VISIT_MOVE_NOT_ALLOWED: () => 'The visit stands otherwise by now. Nothing was changed; look at the list again.',
  VISIT_NOT_TODAY: ({ onDate }) =>
    `This visit is on ${typeof onDate === 'string' ? formatDate(onDate) : 'another day'}. Move it to today to check the patient in.`,
  VISIT_CHECK_IN_INSTEAD: () => 'The patient has not arrived yet. Check them in first.',
  NO_VISIT_TODAY: () => 'This patient is not in today’s list. Add a visit first.',
  IDENTITY_CHECK_NEEDED: () =>
    'Another chart is easily mixed up with this one. Ask for name and birth date and enter the chart number from the patient’s own card or file.',
  IDENTITY_DIFFERS: () =>
    'This is not the chart number of this patient. Nobody was checked in; make sure who is at the desk.',
  ROOM_MISSING: () => 'Say which room. Nothing was changed.',
}
