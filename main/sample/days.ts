import type { DayVisit } from '../../shared/contract/visit.ts'
import { mayFinishByHand } from '../../shared/domain/follow-up.ts'
import type { VisitService } from '../../shared/domain/visit.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { SampleHouse } from './house.ts'
import type { StaffKey } from './people.ts'

export type Appointment = {
  readonly patientId: PatientId
  readonly atTime: string
  readonly service: VisitService
  readonly practitioner: StaffKey
  readonly room: string
}

/** Writes the line into the list of that day; the story must not have passed the day. */
export async function book(house: SampleHouse, day: number, appointment: Appointment): Promise<void> {
  const { practitioner, ...plan } = appointment
  const noor = await house.as('noor')
  await noor('visit.add', {
    ...plan,
    onDate: house.day(day),
    serviceNote: null,
    practitionerId: house.id(practitioner),
  })
}

/** The patient came on a day gone by and went home again. */
export async function came(house: SampleHouse, day: number, appointment: Appointment): Promise<void> {
  house.at(day, appointment.atTime)
  await book(house, day, appointment)
  await seeTo(house, day, appointment.patientId, 'DONE')
}

/** From the door to a room or out again, with the chart number read from the card where two charts look alike. */
export async function seeTo(
  house: SampleHouse,
  day: number,
  patientId: PatientId,
  to: 'HERE' | 'IN_ROOM' | 'DONE',
): Promise<void> {
  const noor = await house.as('noor')
  const { visits } = await noor('visit.day', { on: house.day(day), isMine: false })
  const visit: DayVisit | undefined = visits.find((one) => one.patientId === patientId && one.status === 'EXPECTED')
  if (!visit) throw new Error('sample: nobody expects this patient')
  const { visitId, room, chartNumber } = visit
  let { version } = await noor('visit.checkIn', {
    patientId,
    visitId,
    version: visit.version,
    identity: visit.isLookAlike ? { chartNumber } : null,
  })
  const stations = to === 'HERE' ? [] : to === 'IN_ROOM' ? (['IN_ROOM'] as const) : (['IN_ROOM', 'DONE'] as const)
  for (const station of stations)
    version = (await noor('visit.move', { patientId, visitId, version, to: station, room })).version
}

/** Calls the patient about everything that is due by this day of the story. */
export async function workFollowUps(house: SampleHouse, patientId: PatientId): Promise<void> {
  const noor = await house.as('noor')
  const { tasks } = await noor('followUp.ofPatient', { patientId })
  const today = house.today
  for (const { followUpId, version, kind, state, dueOn } of tasks)
    if (state === 'OPEN' && dueOn <= today && mayFinishByHand(kind, 'REACHED'))
      await noor('followUp.done', {
        patientId,
        followUpId,
        version,
        result: 'REACHED',
        outcome: 'Settled as expected, no questions.',
        againOn: null,
      })
}
