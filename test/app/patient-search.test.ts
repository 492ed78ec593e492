import { describe, expect, it } from 'vitest'
import { many } from '../../db/records.ts'
import { newClinic, openWindow, type TestClinic, type Window } from '../support/clinic.ts'
import { register } from '../support/people.ts'

async function clinicWithPeople(): Promise<{
  clinic: TestClinic
  desk: Window
  find(text: string, dateOrder?: 'MDY' | 'DMY'): ReturnType<typeof search>
  names(text: string): Promise<readonly string[]>
}> {
  const clinic = await newClinic()
  const { window: desk } = await clinic.hire(['frontDesk'])
  await register(desk, {
    family: 'Walker',
    given: 'Joanna',
    preferred: 'Jo',
    bornOn: '1984-03-14',
    phones: [{ kind: 'MOBILE', number: '+1 312 555 0142' }],
  })
  await register(desk, {
    family: 'Wallace',
    given: 'Jolene',
    bornOn: '1984-04-03',
    phones: [{ kind: 'HOME', number: '312 555 7730' }],
  })
  await register(desk, { family: 'Walsh', given: 'John', bornOn: '1984-03-04' })
  await register(desk, { family: 'Sørensen', given: 'Jakob', bornOn: '2001-09-07' })
  await register(desk, { family: "O'Brien", given: 'Una', bornOn: '1990-12-25' })
  await register(desk, { family: 'Castellane', given: 'Étienne', bornOn: '1980-10-09' })
  await register(desk, {
    family: 'Bright',
    given: 'Margaret',
    formerNames: [{ family: 'Thibodeaux', given: null, from: null, until: null }],
    bornOn: '1971-01-02',
  })
  const find = (text: string, dateOrder?: 'MDY' | 'DMY') => search(desk, text, dateOrder)
  const names = async (text: string) => (await find(text)).hits.map((hit) => `${hit.family}, ${hit.given}`)
  return { clinic, desk, find, names }
}

function search(desk: Window, text: string, dateOrder?: 'MDY' | 'DMY') {
  return desk.must('patientSearch.find', dateOrder ? { text, dateOrder } : { text })
}

describe('finding a patient', () => {
  it.each([
    ['wal jo', ['Walker, Joanna', 'Wallace, Jolene', 'Walsh, John']],
    ['jo walk', ['Walker, Joanna']],
    ['walker, jo', ['Walker, Joanna']],
    ['wal 84', ['Walker, Joanna', 'Wallace, Jolene', 'Walsh, John']],
    ['14 mar 84', ['Walker, Joanna']],
    ['840314', ['Walker, Joanna']],
    ['0142', ['Walker, Joanna']],
    ['312 555 0142', ['Walker, Joanna']],
    ['C10002', ['Wallace, Jolene']],
    ['sorensen', ['Sørensen, Jakob']],
    ['etienne cas', ['Castellane, Étienne']],
    ['obrien', ["O'Brien, Una"]],
    ["o'bri", ["O'Brien, Una"]],
    ['Wlaker', ['Walker, Joanna']],
    ['sorensenn jakob', ['Sørensen, Jakob']],
    ['peggy bright', ['Bright, Margaret']],
    ['thibo', ['Bright, Margaret']],
  ])('"%s" finds %j', async (text, wanted) => {
    const { names } = await clinicWithPeople()
    expect(await names(text)).toEqual(wanted)
  })

  it('says how 3/4/84 was read, finds the other reading too, and can be told to read it that way', async () => {
    const { find } = await clinicWithPeople()
    const monthFirst = await find('3/4/1984')
    expect(monthFirst.dateReading).toEqual({
      typed: '3/4/1984',
      readAs: '1984-03-04',
      shape: 'MDY',
      isCenturyGuessed: false,
      other: { readAs: '1984-04-03', dateOrder: 'DMY' },
    })
    expect(monthFirst.hits.map((hit) => [hit.family, hit.isExact])).toEqual([
      ['Walsh', true],
      ['Wallace', false],
    ])
    const dayFirst = await find('3/4/1984', 'DMY')
    expect(dayFirst.dateReading).toMatchObject({
      readAs: '1984-04-03',
      other: { readAs: '1984-03-04', dateOrder: 'MDY' },
    })
    expect(dayFirst.hits.map((hit) => hit.family)).toEqual(['Wallace', 'Walsh'])
  })

  it('reads 14/3/1984 the only way it can be read', async () => {
    const { find } = await clinicWithPeople()
    const reply = await find('14/3/1984')
    expect(reply.dateReading).toMatchObject({ readAs: '1984-03-14', shape: 'DMY', other: null })
    expect(reply.hits.map((hit) => hit.family)).toEqual(['Walker'])
  })

  it('names a date that is none, and calls a query too short rather than answering nobody', async () => {
    const { find } = await clinicWithPeople()
    expect(await find('31/2/1984')).toMatchObject({ unreadableDates: ['31/2/1984'], hits: [], dateReading: null })
    expect(await find('q')).toMatchObject({ hits: [], isTooShort: true })
    expect(await find('3/')).toMatchObject({ isTooShort: true })
    expect((await find('w')).hits).toHaveLength(3)
    expect(await find('quxley')).toMatchObject({ hits: [], isTooShort: false })
    expect(await find('')).toMatchObject({ hits: [], isTooShort: true })
  })

  it('tells which letters matched, why, and what a registration would start with', async () => {
    const { find } = await clinicWithPeople()
    const reply = await find('wal jo')
    expect(reply.hits[0]).toMatchObject({
      preferred: 'Jo',
      phoneTail: '0142',
      isLookAlike: false,
      isExact: true,
      reasons: ['SURNAME', 'GIVEN'],
      lastVisitOn: null,
      ranges: [
        { field: 'family', index: 0, start: 0, end: 3 },
        { field: 'given', index: 0, start: 0, end: 2 },
      ],
    })
    expect((await find('thibo')).hits[0]).toMatchObject({
      reasons: ['FORMER_NAME'],
      isExact: false,
      formerNames: [{ family: 'Thibodeaux' }],
    })
    expect((await find('noor haddad 3/4/84')).registration).toEqual({
      family: 'Haddad',
      given: 'Noor',
      bornOn: '1984-03-04',
      phone: null,
    })
  })

  it('finds a misspelt name as soon as it was registered, edited or imported', async () => {
    const { desk, names } = await clinicWithPeople()
    expect(await names('Quennevile')).toEqual([])
    await register(desk, { family: 'Quenneville', given: 'Paul' })
    expect(await names('Quennevile')).toEqual(['Quenneville, Paul'])
  })

  it('is for everybody who is signed in, and for nobody else', async () => {
    const { clinic, desk } = await clinicWithPeople()
    expect(await clinic.manager.code('patientSearch.find', { text: 'wal' })).toBe('ok')
    expect(await openWindow(clinic.app).code('patientSearch.find', { text: 'wal' })).toBe('SIGNED_OUT')
    expect(await desk.code('patientSearch.find', { text: 'w'.repeat(201) })).toBe('INVALID_INPUT')
    expect(await desk.code('patientSearch.find', { text: 'wal', limit: 5000 })).toBe('INVALID_INPUT')
  })

  it('is told of once when a chart ends it, never per keystroke', async () => {
    const { clinic, desk, find } = await clinicWithPeople()
    const searches = async () =>
      (
        await many(
          clinic.app.services.storeLife.open.store.db,
          "select seq from audit_entry where action = 'patient.search'",
        )
      ).length
    for (const text of ['w', 'wa', 'wal']) await find(text)
    expect(await searches()).toBe(0)
    const [hit] = (await find('walker')).hits
    if (!hit) throw new Error('nobody was found')
    await desk.must('patient.open', { patientId: hit.patientId })
    expect(await searches()).toBe(1)
  })
})
