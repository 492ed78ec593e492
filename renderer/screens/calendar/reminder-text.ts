import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { formatWeekdayDate } from '../../parts/format.ts'

/**
 * What a reminder may say: whom, when, where and how to change it. Never what the visit is for, so that a preview on a
 * locked phone gives nothing away (clinical reference, section 9). The type has no place for a treatment.
 */
export type ReminderFacts = {
  readonly givenName: string | null
  readonly preferredName: string | null
  readonly onDate: CalendarDate
  readonly atTime: string
  readonly clinicName: string
  readonly clinicPhone: string
}

export function reminderText(facts: ReminderFacts): string {
  const name = facts.preferredName ?? facts.givenName
  const hello = name === null ? 'Hello,' : `Hello ${name},`
  const call = facts.clinicPhone === '' ? 'please call us' : `please call ${facts.clinicPhone}`
  return `${hello} this is a reminder of your appointment at ${facts.clinicName} on ${formatWeekdayDate(facts.onDate)} at ${facts.atTime}. If you cannot come, ${call}.`
}
