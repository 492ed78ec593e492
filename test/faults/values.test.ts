import { describe, expect, it, test } from 'vitest'
import { newClinic } from '../support/clinic.ts'
import { detailsOf, registerInput } from '../support/people.ts'
import { reopen, sessionClinic, startedSession, type } from '../support/session.ts'

describe('F47 dates', () => {
  // The clinic's day is Monday 3 August 2026.
  const births: readonly (readonly [bornOn: string, code: string])[] = [
    ['2024-02-29', 'ok'],
    ['2023-02-29', 'INVALID_INPUT'],
    ['1900-02-29', 'INVALID_INPUT'],
    ['2000-02-29', 'ok'],
    ['2026-02-30', 'INVALID_INPUT'],
    ['2026-04-31', 'INVALID_INPUT'],
    ['2026-13-01', 'INVALID_INPUT'],
    ['2026-00-10', 'INVALID_INPUT'],
    ['26-01-10', 'INVALID_INPUT'],
    ['0001-01-01', 'BORN_TOO_LONG_AGO'],
    ['1896-08-02', 'BORN_TOO_LONG_AGO'],
    ['1896-08-03', 'ok'],
    ['2026-08-03', 'ok'],
    ['2026-08-04', 'BORN_IN_FUTURE'],
    ['9999-12-31', 'BORN_IN_FUTURE'],
    ['10000-01-01', 'INVALID_INPUT'],
    ['2026-08-03T00:00:00.000Z', 'INVALID_INPUT'],
  ]
  test.for(births)('F47 a birth date %s is kept or refused with its field: %s', async ([bornOn, code]) => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const details = { ...detailsOf({ family: 'Probe', given: 'Ines' }), bornOn }
    const reply = await desk.call('patient.register', registerInput(details))
    if (code !== 'ok') {
      expect(reply).toMatchObject({ refusal: { code, facts: { field: expect.stringContaining('bornOn') } } })
      return
    }
    const { patientId } = (reply as { value: { patientId: never } }).value
    expect((await desk.must('patient.open', { patientId })).facts.details.bornOn).toBe(bornOn)
  })

  it('F47 a moment in the hour that the clinic’s clocks leave out or live twice is one moment, kept to the millisecond', async () => {
    const clinic = await sessionClinic()
    const { sessionId, ...desk } = await startedSession(clinic)
    for (const startedAt of ['2026-03-08T08:30:00.000Z', '2026-11-01T06:30:00.000Z', '2026-11-01T07:30:00.000Z']) {
      const open = await reopen(clinic, clinic.aes, sessionId)
      expect(open.draftVersion).toBeGreaterThanOrEqual(desk.draftVersion)
      await type(clinic, clinic.aes, open, { startedAt })
      expect((await reopen(clinic, clinic.aes, sessionId)).draft.startedAt).toBe(startedAt)
    }
  })
})

describe('F47 units', () => {
  const depths: readonly (readonly [depthUm: number, isTaken: boolean])[] = [
    [0, true],
    [-1, false],
    [0.1 + 0.2, false],
    [1e308, false],
    [Number.MAX_SAFE_INTEGER + 2, false],
    [50, true],
    [1000, true],
  ]
  test.for(depths)('F47 a depth of %d µm is kept exactly or refused with its field: %s', async ([depthUm, isTaken]) => {
    const clinic = await sessionClinic()
    const desk = await startedSession(clinic)
    const { patientId } = clinic
    const zoneRows = [{ ...desk.draft.zoneRows?.[0], zone: 'CHEEK_ANT', side: 'L', site: null, depthUm }]
    const { sessionId, draftVersion } = desk
    const reply = await clinic.aes.call('session.save', {
      patientId,
      sessionId,
      draftVersion,
      draft: { ...desk.draft, zoneRows },
    })
    if (!isTaken) {
      expect(reply).toMatchObject({
        refusal: { code: 'INVALID_INPUT', facts: { field: expect.stringContaining('depthUm') } },
      })
      return
    }
    expect(reply.ok).toBe(true)
    expect((await reopen(clinic, clinic.aes, sessionId)).draft.zoneRows?.[0]?.depthUm).toBe(depthUm)
  })
})

describe('F47 names', () => {
  const names: readonly (readonly [what: string, family: string, code: string])[] = [
    ['of one letter', 'O', 'ok'],
    ['from right to left', 'דוד בן־גוריון', 'ok'],
    ['in Arabic', 'عبد الله', 'ok'],
    ['in Han letters', '李', 'ok'],
    ['with a sign of feeling', 'Zoë 🌻', 'ok'],
    ['of joined signs', '👩‍⚕️', 'ok'],
    ['with letters typed in parts', 'Zoe\u0308 N\u0303ez', 'ok'],
    ['of two hundred letters', 'x'.repeat(200), 'ok'],
    ['of five hundred letters', 'x'.repeat(500), 'INVALID_INPUT'],
    ['of blanks', '   ', 'INVALID_INPUT'],
    ['with a line break', 'Pro\nbe', 'INVALID_INPUT'],
  ]
  test.for(names)('F47 a name %s is kept as it is, or refused with its field', async ([, family, code]) => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const reply = await desk.call(
      'patient.register',
      registerInput(detailsOf({ family, given: 'Ines', bornOn: '1990-05-05' })),
    )
    if (code !== 'ok') {
      expect(reply).toMatchObject({ refusal: { code, facts: { field: 'details.family' } } })
      return
    }
    const { patientId } = (reply as { value: { patientId: never } }).value
    const { details } = (await desk.must('patient.open', { patientId })).facts
    expect(details.family).toBe(family.normalize('NFC'))
    const { hits } = await desk.must('patientSearch.find', { text: family })
    expect(hits.length <= 1).toBe(true)
  })
})
