import { formatDate } from '../parts/format.ts'
import type { RefusalText } from './refusal-text.ts'

/** `10:00 to 11:15`. */
function spanText(fromTime: unknown, untilTime: unknown): string {
  return typeof fromTime === 'string' && typeof untilTime === 'string' ? `${fromTime} to ${untilTime}` : 'at that time'
}

export const visitTexts: Readonly<Record<string, RefusalText>> = {
  PATIENT_BUSY: ({ fromTime, untilTime }) =>
    `This patient is booked ${spanText(fromTime, untilTime)} already. Nothing was saved; choose another time or open that line.`,
  PRACTITIONER_BUSY: ({ fromTime, untilTime }) =>
    `This practitioner is booked ${spanText(fromTime, untilTime)}. Nothing was saved; choose another time or another person.`,
  ROOM_BUSY: ({ fromTime, untilTime }) =>
    `This room is taken ${spanText(fromTime, untilTime)}. Nothing was saved; choose another time or another room.`,
  CLINIC_CLOSED: () => 'The clinic is closed on that day. Nothing was saved; choose another day.',
  PRACTITIONER_ABSENT: () =>
    'This practitioner is away on that day. Nothing was saved; choose another day or another person.',
  OUTSIDE_OPENING_HOURS: ({ fromTime, untilTime }) =>
    `${fromTime ? `The clinic is open ${spanText(fromTime, untilTime)} on that day` : 'The clinic does not open on that weekday'}. Nothing was saved; choose another time, or book outside the hours on purpose.`,
  PRACTITIONER_NOT_IN: ({ fromTime, untilTime }) =>
    `${fromTime ? `This practitioner works ${spanText(fromTime, untilTime)} on that day` : 'This practitioner does not work on that weekday'}. Nothing was saved; choose another time, or book outside the hours on purpose.`,
  BOOKING_PAST: ({ onDate }) =>
    `${typeof onDate === 'string' ? formatDate(onDate) : 'That day'} is over. Nothing was saved; choose today or a later day.`,
  BOOKING_STOPPED: ({ eligibleOn }) =>
    `An answer of the questionnaire stops a treatment on that day${typeof eligibleOn === 'string' ? `; time alone lifts it on ${formatDate(eligibleOn)}` : ''}. Nothing was saved; book a consultation with a physician instead.`,
  BOOKING_LICENCE_EXPIRED: ({ endedOn }) =>
    `This practitioner’s licence ends on ${typeof endedOn === 'string' ? formatDate(endedOn) : 'an earlier day'}, before that treatment. Nothing was saved; choose another person or enter the renewed licence first.`,
  BOOKING_COURSE_NOT_OPEN: () =>
    'This course of treatment is on hold or over, so nothing was booked for it. A physician resumes it in the chart.',
  VISIT_NO_SHOW_TOO_EARLY: ({ atTime }) =>
    `It is not ${String(atTime ?? 'the time')} yet, so the patient may still come. Nothing was changed; choose another reason.`,
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
