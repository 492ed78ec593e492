import type { DateOrder } from '../../shared/domain/patient-birth-date.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Output } from '../client/client.ts'
import { useQuery } from '../client/use-query.ts'

export type ClinicStatus = Output<'clinic.status'>
export type OpenClinic = Extract<ClinicStatus['store'], { state: 'OPEN' }>

export type Clinic = {
  readonly name: string
  /** The clinic's clock, read from main and at most some seconds old. */
  readonly now: Instant
  readonly today: CalendarDate
  readonly timeZone: string
  readonly dateOrder: DateOrder
  readonly urgentPhone: string
  /** Of the emergency services. */
  readonly emergencyPhone: string
  /** The state that the clinic works in, as its licences name it. */
  readonly inState: string | null
  readonly isSample: boolean
  /** True until a physician has approved a policy. */
  readonly isPolicyMissing: boolean
  /** Electron has windows of the system; the preview in a browser has none. */
  readonly hasSystemDialogs: boolean
}

/** The clinic that is open; null while nothing has arrived. Shared by every screen, asked once. */
export function useClinic(): Clinic | null {
  const { value } = useQuery('clinic.status', {}, { dependsOn: clinicSubjects })
  if (value?.store.state !== 'OPEN') return null
  const { store, now, today, timeZone } = value
  return {
    name: store.clinicName,
    now,
    today,
    timeZone,
    dateOrder: store.dateOrder,
    urgentPhone: store.urgentPhone,
    emergencyPhone: store.emergencyPhone,
    inState: store.inState,
    isSample: store.isSample,
    isPolicyMissing: store.policyMissing,
    hasSystemDialogs: value.host === 'electron',
  }
}

/** What makes the clinic's status stale; one list, so that every reader shares one answer. */
export const clinicSubjects = ['policy', 'backup', 'keys'] as const
