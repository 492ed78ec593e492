import { describe, expect, it } from 'vitest'
import { dateReadingOf, hitToPerson, registrationText } from '../../renderer/app/patient-search/person-hits.ts'
import type { SearchHit } from '../../shared/contract/patient-search.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'

const hit: SearchHit = {
  patientId: 'p' as PatientId,
  mergedInto: null,
  chartNumber: 'C10001',
  family: 'Walker',
  given: 'Joanna',
  middle: 'Mae',
  preferred: 'Jo',
  formerNames: [{ family: 'Bright', given: null }],
  bornOn: '1984-03-14',
  bornText: null,
  phoneTail: '0142',
  status: 'ACTIVE',
  isLookAlike: false,
  lastVisitOn: null,
  visitToday: null,
  reasons: ['SURNAME'],
  isExact: true,
  ranges: [],
}

describe('a row of the search', () => {
  it.each([
    [{ reasons: ['SURNAME', 'GIVEN', 'BIRTH_DATE'] as const, isExact: true }, 'Surname, given name, birth date'],
    [
      {
        reasons: ['SURNAME', 'FORMER_NAME'] as const,
        isExact: false,
        ranges: [{ field: 'former' as const, index: 0, start: 0, end: 3 }],
      },
      'Former name Bright',
    ],
    [{ reasons: ['SURNAME', 'BIRTH_YEAR_OFF_BY_ONE'] as const, isExact: false }, 'Birth year differs by one'],
    [{ reasons: ['SURNAME'] as const, isExact: true, status: 'ARCHIVED' as const }, 'Archived, surname'],
  ])('says why it is there: %#', (part, why) => {
    expect(hitToPerson({ ...hit, ...part, reasons: [...part.reasons] }).why).toBe(why)
  })

  it('underlines a middle name where it is printed, and the year in the printed date', () => {
    const person = hitToPerson({
      ...hit,
      reasons: ['GIVEN', 'BIRTH_YEAR'],
      ranges: [{ field: 'middle', index: 0, start: 0, end: 2 }],
    })
    expect(person.name.givenName).toBe('Joanna Mae')
    expect(person.givenMarks).toEqual([[7, 9]])
    expect('14-Mar-1984'.slice(...(person.bornMarks[0] ?? [0, 0]))).toBe('1984')
  })

  it('says how a date was read, by whose choice, and what a registration begins with', () => {
    const found = {
      text: '3/4/84',
      dateOrder: 'MDY' as const,
      hits: [],
      hasMore: false,
      isTooShort: false,
      unreadableDates: [],
      registration: { family: null, given: null, bornOn: null, phone: null },
      dateReading: {
        typed: '3/4/84',
        readAs: '1984-03-04',
        shape: 'MDY' as const,
        isCenturyGuessed: false,
        other: { readAs: '1984-04-03', dateOrder: 'DMY' as const },
      },
    }
    expect(dateReadingOf(found, 'MDY')).toMatchObject({
      how: 'month first, as set for this clinic',
      otherReading: '1984-04-03',
    })
    expect(dateReadingOf(found, 'DMY')?.how).toBe('month first, as you chose')
    expect(registrationText({ family: 'Haddad', given: 'Noor', bornOn: '1984-03-04', phone: null })).toBe(
      '“Noor Haddad”, born 04-Mar-1984',
    )
    expect(registrationText(found.registration)).toBe('a new patient')
  })
})
