import type { JudgedBooking } from '../../../shared/contract/booking.ts'
import type { BookingProblemCode } from '../../../shared/domain/booking.ts'
import { formatDate } from '../../parts/format.ts'
import { blockText } from './visit-words.ts'

type Problem = JudgedBooking['problems'][number]

/** What stands in the way, in one line. */
export function problemSentence({ code, fromTime, untilTime }: Problem): string {
  const span = fromTime !== null && untilTime !== null ? `${fromTime}–${untilTime}` : null
  return problemWords[code](span)
}

const problemWords: Readonly<Record<BookingProblemCode, (span: string | null) => string>> = {
  PATIENT_BUSY: (span) => `The patient is booked ${span ?? 'then'} already.`,
  PRACTITIONER_BUSY: (span) => `The practitioner is booked ${span ?? 'then'}.`,
  ROOM_BUSY: (span) => `The room is taken ${span ?? 'then'}.`,
  CLINIC_CLOSED: () => 'The clinic is closed on that day.',
  PRACTITIONER_ABSENT: () => 'The practitioner is away on that day.',
  OUTSIDE_OPENING_HOURS: (span) =>
    span ? `Outside the opening hours, ${span}.` : 'The clinic does not open on that weekday.',
  PRACTITIONER_NOT_IN: (span) =>
    span ? `Outside this practitioner’s hours, ${span}.` : 'This practitioner does not work on that weekday.',
}

/** What the questionnaire says about that day, without a word of what was answered. */
export function clockSentence({ verdict, eligibleOn }: JudgedBooking): string | null {
  const day = eligibleOn === null ? null : formatDate(eligibleOn)
  switch (verdict) {
    case 'FREE':
      return null
    case 'EARLY':
      return day === null
        ? 'A physician must clear an answer of the questionnaire before this treatment.'
        : `Earliest eligible date ${day}. Before it a physician must clear the treatment in writing.`
    case 'STOPPED':
      return day === null
        ? 'An answer of the questionnaire stops a treatment. A physician sees the patient first.'
        : `An answer of the questionnaire stops a treatment until ${day}. A physician may see the patient before.`
  }
}

/** What the visit lacks as things stand: `order used up, consent, screening on the day`. Empty where nothing is. */
export function lacksOf({ next, readiness }: JudgedBooking): readonly string[] {
  const toDo = next.toDo.map((step) => todoWords[step])
  const told = new Set(next.blocks.map(({ code }) => code))
  const blocks = next.blocks
    .filter(({ code }) => code !== 'SCREENING_STOP' && code !== 'CLEARANCE_NEEDED')
    .map((block) => blockText(block))
  const clearance = told.has('SCREENING_STOP') || told.has('CLEARANCE_NEEDED') ? ['clearance'] : []
  const isConsentThere = readiness.consent === 'done'
  return [...clearance, ...blocks, ...toDo.filter((words) => !(isConsentThere && words === todoWords.CONSENT))]
}

const todoWords: Readonly<Record<'SCREEN_FULL' | 'SCREEN_SHORT' | 'CONSENT', string>> = {
  SCREEN_FULL: 'full screening',
  SCREEN_SHORT: 'screening on the day',
  CONSENT: 'consent',
}
