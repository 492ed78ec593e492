import { describe, expect, it } from 'vitest'
import { firstLetter } from '../../shared/domain/recall-letter.ts'
import { auditRows } from '../support/audit-rows.ts'
import { sessionClinic, submittedSession } from '../support/session.ts'

async function clinicAfterSession() {
  const clinic = await sessionClinic()
  return { clinic, sessionId: await submittedSession(clinic) }
}

describe('a look-back', () => {
  const august = { from: '2026-08-01', to: '2026-08-31' }
  const nobody = { practitionerId: null, room: null, deviceId: null }

  it('finds everybody who was treated by a person, in a room or with a device', async () => {
    const { clinic, sessionId } = await clinicAfterSession()
    const search = async (exposure: object) =>
      (await clinic.phy.must('lookBack.search', { ...nobody, ...august, ...exposure })).patients.flatMap((patient) =>
        patient.sessions.map((session) => session.sessionId),
      )
    expect(await search({ practitionerId: clinic.aesId })).toEqual([sessionId])
    expect(await search({ practitionerId: clinic.phyId })).toEqual([])
    expect(await search({ room: ' 2 ' })).toEqual([sessionId])
    expect(await search({ room: '3' })).toEqual([])
    expect(await search({ deviceId: clinic.deviceId, room: '2', practitionerId: clinic.aesId })).toEqual([sessionId])
    expect(await search({ practitionerId: clinic.aesId, from: '2026-08-04' })).toEqual([])
    expect((await auditRows(clinic.app)).map(({ action }) => action)).toContain('lookBack.search')
  })

  it('becomes a recall, which sets no stock aside', async () => {
    const { clinic } = await clinicAfterSession()
    const { recallId } = await clinic.phy.must('recall.open', {
      criteria: { kind: 'EXPOSURE', ...nobody, ...august, room: '2' },
      title: 'Needlestick in room 2',
      source: 'CLINIC',
      notice: null,
      letter: firstLetter,
      stockStatus: 'RECALLED',
      tellsNotRuledOut: true,
    })
    const view = await clinic.phy.must('recall.view', { recallId })
    expect(view).toMatchObject({ openTasks: 1, stock: [], subject: 'something used in the clinic' })
  })

  it('needs something to look for and both ends of its window, and is for physician and manager', async () => {
    const clinic = await sessionClinic()
    expect(await clinic.phy.code('lookBack.search', { ...nobody, ...august })).toBe('EXPOSURE_NEEDED')
    expect(await clinic.phy.code('lookBack.search', { ...nobody, room: '2', from: null, to: null })).toBe(
      'WINDOW_NEEDED',
    )
    expect(await clinic.phy.code('lookBack.search', { ...nobody, ...august, room: 2 })).toBe('INVALID_INPUT')
    expect(await clinic.aes.code('lookBack.search', { ...nobody, ...august, room: '2' })).toBe('DENIED')
  })
})
