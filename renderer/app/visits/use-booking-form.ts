import { useState } from 'react'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import { lengthOf, usualLengthMin } from '../../../shared/domain/booking.ts'
import { isTreatment, type VisitService } from '../../../shared/domain/visit.ts'
import type { PatientId, SeriesId, StaffId, WaitingId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { readClock } from './clock-text.ts'
import type { PickedPatient } from './PatientPicker.tsx'

/** What the drawer opens with; `visit` null books a new one. */
export type BookingStart = {
  readonly visit: DayVisit | null
  readonly patient: PickedPatient | null
  readonly onDate: CalendarDate
  readonly atTime: string | null
  readonly practitionerId?: StaffId | null
  readonly room?: string | null
  readonly service?: VisitService
  readonly lengthMin?: number
  readonly seriesId?: SeriesId | null
  /** The wait that this booking ends. */
  readonly waiting?: { readonly waitingId: WaitingId; readonly version: number }
}

export type UsualMin = { readonly treatment: number; readonly talk: number }

/** The fields of one booking, and the plan they make once they are complete. */
export function useBookingForm(start: BookingStart, usualMin: UsualMin) {
  const { visit } = start
  const usual = (service: VisitService) =>
    usualLengthMin(service, { bookingMin: usualMin.treatment, talkMin: usualMin.talk })
  const [patient, setPatient] = useState<PickedPatient | null>(start.patient)
  const [onDate, setOnDate] = useState<CalendarDate | null>(visit?.onDate ?? start.onDate)
  const [timeText, setTimeText] = useState(visit?.atTime ?? start.atTime ?? '')
  const [service, setServiceOnly] = useState<VisitService>(visit?.service ?? start.service ?? 'SESSION')
  const [lengthMin, setLengthMin] = useState<number>(
    visit ? lengthOf(visit) : (start.lengthMin ?? usual(start.service ?? 'SESSION')),
  )
  const [serviceNote, setServiceNote] = useState(visit?.serviceNote ?? '')
  const [practitionerId, setPractitionerId] = useState<StaffId | null>(
    visit ? visit.practitionerId : (start.practitionerId ?? null),
  )
  const [room, setRoom] = useState((visit ? visit.room : start.room) ?? '')
  const [seriesId, setSeriesId] = useState<SeriesId | null>(visit?.seriesId ?? start.seriesId ?? null)
  const [isOutsideHours, setOutsideHours] = useState(false)
  const atTime = readClock(timeText)
  const patientId: PatientId | null = visit?.patientId ?? patient?.patientId ?? null

  function setService(next: VisitService) {
    // A length that nobody changed follows the kind of visit.
    if (lengthMin === usual(service)) setLengthMin(usual(next))
    if (!isTreatment(next)) setSeriesId(null)
    setServiceOnly(next)
  }

  const slot = { lengthMin, practitionerId, room: room.trim() || null }
  const plan =
    patientId === null || onDate === null || atTime === null || lengthMin < 5
      ? null
      : { ...slot, patientId, onDate, atTime, service, serviceNote: serviceNote.trim() || null, seriesId }
  return {
    visit,
    patient,
    patientId,
    setPatient,
    onDate,
    setOnDate,
    timeText,
    setTimeText,
    atTime,
    service,
    setService,
    lengthMin,
    setLengthMin,
    serviceNote,
    setServiceNote,
    practitionerId,
    setPractitionerId,
    room,
    setRoom,
    seriesId,
    setSeriesId,
    isOutsideHours,
    setOutsideHours,
    slot,
    /** Null while something is missing. */
    plan,
  }
}

export type BookingForm = ReturnType<typeof useBookingForm>
