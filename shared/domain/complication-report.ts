import { addDays, type CalendarDate, daysBetween } from '../kernel/time.ts'
import type { ComplicationBody } from './complication.ts'

export const reportRecipients = ['FDA', 'MANUFACTURER'] as const
export type ReportRecipient = (typeof reportRecipients)[number]

/** What the law asks of a device user facility: to whom, and by when. */
export type MandatoryReport = { readonly to: readonly ReportRecipient[]; readonly dueOn: CalendarDate }

/** Work days from becoming aware: 21 CFR 803.30 (clinical reference, section 7). */
export const reportWorkDays = 10

/**
 * Only a device user facility must report, which most clinics of this kind are not: a death to the FDA and the
 * manufacturer; a serious injury (life-threatening, permanent change, or an intervention needed to prevent it, 803.3)
 * to the manufacturer, or to the FDA where the manufacturer is not known. Null: reporting is voluntary.
 */
export function mandatoryReportOf(
  body: Pick<ComplicationBody, 'outcome' | 'worstGrade' | 'isPermanentChange' | 'neededIntervention'>,
  {
    isDeviceUserFacility,
    isManufacturerKnown,
    awareOn,
  }: {
    readonly isDeviceUserFacility: boolean
    readonly isManufacturerKnown: boolean
    readonly awareOn: CalendarDate
  },
): MandatoryReport | null {
  if (!isDeviceUserFacility) return null
  const dueOn = addWorkDays(awareOn, reportWorkDays)
  const isDeath = body.outcome === 'FATAL' || body.worstGrade === 5
  if (isDeath) return { to: isManufacturerKnown ? ['FDA', 'MANUFACTURER'] : ['FDA'], dueOn }
  const isLifeThreatening = body.worstGrade === 4
  const isPermanent = body.isPermanentChange || body.outcome === 'RESOLVED_WITH_SEQUELAE'
  const isSerious = isLifeThreatening || isPermanent || body.neededIntervention
  return isSerious ? { to: [isManufacturerKnown ? 'MANUFACTURER' : 'FDA'], dueOn } : null
}

/** Monday to Friday; public holidays are not known here and are counted, so the date is never too late. */
export function addWorkDays(from: CalendarDate, workDays: number): CalendarDate {
  let on = from
  for (let counted = 0; counted < workDays; ) {
    on = addDays(on, 1)
    if (!isWeekend(on)) counted += 1
  }
  return on
}

/** "AE-" and the end of the report's own id: tells reports apart without naming a person. */
export function patientCodeOf(complicationId: string): string {
  return `AE-${complicationId.replaceAll('-', '').slice(-8).toUpperCase()}`
}

/** To whom a patient's information went, when and why: 45 CFR 164.528 (clinical reference, section 10). */
export type DisclosureEntry = {
  readonly disclosedOn: CalendarDate
  readonly recipient: string
  /** Empty where nobody knows it. */
  readonly address: string
  readonly description: string
  readonly purpose: string
}

function isWeekend(on: CalendarDate): boolean {
  const sinceMonday = ((daysBetween('2024-01-01', on) % 7) + 7) % 7
  return sinceMonday >= 5
}
