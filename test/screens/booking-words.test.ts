import { describe, expect, it } from 'vitest'
import { clockSentence, problemSentence } from '../../renderer/app/visits/booking-words.ts'
import { readClock } from '../../renderer/app/visits/clock-text.ts'
import { serviceWords } from '../../renderer/app/visits/visit-words.ts'
import { reminderText } from '../../renderer/screens/calendar/reminder-text.ts'
import { visitServices } from '../../shared/domain/visit.ts'

describe('the text of a reminder', () => {
  const facts = {
    givenName: 'Joanna',
    preferredName: 'Jo',
    onDate: '2026-08-10',
    atTime: '10:00',
    clinicName: 'Alder Row Skin Clinic',
    clinicPhone: '+1 312 555 0100',
  }

  it('says who, when, where and how to change it', () => {
    expect(reminderText(facts)).toBe(
      'Hello Jo, this is a reminder of your appointment at Alder Row Skin Clinic on Mon 10-Aug-2026 at 10:00. If you cannot come, please call +1 312 555 0100.',
    )
    expect(reminderText({ ...facts, givenName: null, preferredName: null, clinicPhone: '' })).toContain(
      'Hello, this is',
    )
  })

  it('never says what the visit is for', () => {
    const told = reminderText(facts).toLowerCase()
    for (const service of visitServices) expect(told).not.toContain(serviceWords[service].toLowerCase())
    expect(told).not.toMatch(/needling|treatment|skin type|cheek|consult|follow-up/)
  })
})

describe('the words of a booking', () => {
  it.each([
    ['9:30', '09:30'],
    ['930', '09:30'],
    ['9', '09:00'],
    ['2:15 pm', '14:15'],
    ['12 am', '00:00'],
    ['24:00', null],
    ['half past', null],
  ])('reads %s as %s', (typed, time) => {
    expect(readClock(typed)).toBe(time)
  })

  it('names the span in the way and the earliest date, not the answer behind it', () => {
    const span = { fromTime: '10:00', untilTime: '11:15', mayAgree: false }
    expect(problemSentence({ code: 'ROOM_BUSY', ...span })).toBe('The room is taken 10:00–11:15.')
    const judged = { problems: [], readiness: {}, next: {} } as unknown as Parameters<typeof clockSentence>[0]
    expect(clockSentence({ ...judged, verdict: 'EARLY', eligibleOn: '2026-11-03' })).toContain('03-Nov-2026')
    expect(clockSentence({ ...judged, verdict: 'FREE', eligibleOn: null })).toBeNull()
  })
})
