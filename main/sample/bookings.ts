import type { PatientId, SeriesId } from '../../shared/kernel/ids.ts'
import type { SampleHouse } from './house.ts'
import type { PersonKey, StaffKey } from './people.ts'

type IdOf = (given: PersonKey) => PatientId
type Talk = 'CONSULTATION' | 'FOLLOW_UP_CHECK'

/** The days after today: series of treatments, talks, somebody away, somebody who waits for a time. */
export async function bookTheWeek(
  house: SampleHouse,
  id: IdOf,
  courses: ReadonlyMap<PatientId, { readonly seriesId: SeriesId }>,
): Promise<void> {
  await openTheHouse(house)
  const noor = await house.as('noor')
  const series: readonly (readonly [PersonKey, number, string, StaffKey, string])[] = [
    // The first one is too soon after the last treatment: the calendar shows it as held.
    ['Maja', 5, '09:00', 'lena', '1'],
    ['Belén', 29, '10:30', 'lena', '1'],
    ['Astrid', 29, '12:00', 'lena', '1'],
    ['Leila', 30, '13:00', 'miguel', '2'],
  ]
  for (const [given, day, atTime, practitioner, room] of series) {
    const course = courses.get(id(given))
    if (!course) throw new Error(`sample: nobody planned a course for ${given}`)
    const input = {
      patientId: id(given),
      seriesId: course.seriesId,
      lengthMin: 75,
      practitionerId: house.id(practitioner),
      room,
    }
    const { dates } = await noor('booking.previewSeries', { ...input, firstOn: house.day(day), atTime, count: 3 })
    await noor('booking.bookSeries', { ...input, dates: dates.map(({ onDate }) => ({ onDate, atTime })) })
  }
  const talks: readonly (readonly [PersonKey, number, string, Talk, StaffKey, string])[] = [
    ['Ruth', 1, '08:30', 'FOLLOW_UP_CHECK', 'okafor', '4'],
    ['Ciarán', 1, '11:00', 'CONSULTATION', 'brandt', '3'],
    ['Nathaniel', 2, '13:30', 'FOLLOW_UP_CHECK', 'brandt', '3'],
    ['Giulia', 3, '12:00', 'FOLLOW_UP_CHECK', 'okafor', '4'],
    ['Joan', 1, '09:30', 'CONSULTATION', 'okafor', '4'],
    ['Rosalind', 1, '14:00', 'CONSULTATION', 'brandt', '3'],
    ['Pilar', 2, '09:00', 'FOLLOW_UP_CHECK', 'okafor', '4'],
    ['Odette', 3, '10:00', 'CONSULTATION', 'okafor', '4'],
    ['Ivo', 3, '15:30', 'FOLLOW_UP_CHECK', 'okafor', '4'],
    ['Jakob', 4, '11:00', 'CONSULTATION', 'brandt', '3'],
    ['Lindiwe', 4, '16:00', 'CONSULTATION', 'okafor', '4'],
    ['Marguerite', 7, '10:30', 'FOLLOW_UP_CHECK', 'okafor', '4'],
  ]
  for (const [given, day, atTime, service, practitioner, room] of talks)
    await noor('visit.add', {
      patientId: id(given),
      onDate: house.day(day),
      atTime,
      service,
      serviceNote: null,
      practitionerId: house.id(practitioner),
      room,
    })
  await noor('booking.addAbsence', {
    staffId: house.id('miguel'),
    fromOn: house.day(3),
    untilOn: house.day(4),
    reason: 'TRAINING',
  })
  await noor('booking.wait', {
    patientId: id('Nathaniel'),
    service: 'CONSULTATION',
    seriesId: null,
    lengthMin: 30,
    practitionerId: null,
    dayPart: 'MORNING',
    fromOn: house.day(1),
    untilOn: house.day(14),
    note: 'before the school run',
  })
}

async function openTheHouse(house: SampleHouse): Promise<void> {
  const spans = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromTime: '08:00', untilTime: '18:00' }))
  await house.owner('booking.setHours', { staffId: null, spans })
}
