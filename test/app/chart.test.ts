import { describe, expect, it } from 'vitest'
import { newClinic } from '../support/clinic.ts'
import { auditOf } from '../support/course.ts'
import { patientOnFile } from '../support/screening.ts'
import { countersign, sessionClinic, startedSession, submittedSession } from '../support/session.ts'

describe('the chart', () => {
  it('tells what happened, newest first, and what is still to do', async () => {
    const clinic = await sessionClinic()
    const { aes, patientId } = clinic
    const sessionId = await submittedSession(clinic)
    const opened = await aes.must('chart.open', { patientId })
    expect(opened.timeline.entries.map(({ facts }) => facts.kind)).toEqual(
      expect.arrayContaining(['SESSION', 'CONSENT', 'SCREENING', 'ORDER']),
    )
    const times = opened.timeline.entries.map(({ at }) => at)
    expect(times).toEqual([...times].sort().reverse())
    expect(opened.timeline.entries.find(({ id }) => id === sessionId)).toMatchObject({
      who: 'Lena Brook 1',
      signedAt: null,
      isStruck: false,
      facts: { state: 'SUBMITTED', sessionNo: 1, maxDepthUm: 1000, deviations: 0 },
    })
    expect(opened.plan).toMatchObject({
      status: 'ACTIVE',
      sessionsPlanned: 4,
      performedOn: ['2026-08-03'],
      nextDueOn: '2026-09-03',
      outcomeReviewOn: null,
      order: { sessionsLeft: 3, signedBy: 'Dr Samuel Okafor 2' },
    })
    expect(opened.lastSession).toMatchObject({
      sessionId,
      state: 'SUBMITTED',
      signedBy: null,
      zones: [
        { zone: 'CHEEK_ANT', side: 'L', depthUm: 1000 },
        { zone: 'CHEEK_ANT', side: 'R', depthUm: 1000 },
      ],
      lots: ['MN24-0917B'],
    })
    expect(opened.outstanding.filter(({ kind }) => kind === 'SESSION')).toMatchObject([
      { sessionId, state: 'SUBMITTED', who: 'Lena Brook 1' },
    ])
    expect(opened.counts).toMatchObject({ SESSIONS: 1, CONSENTS: 1, COMPLICATIONS: 0, SIGN_OFFS: 0 })
    expect(await auditOf(clinic, patientId)).toContain('chart.open aesthetician DONE')
  })

  it('shows a signed session with its signer and nothing left to sign', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    await countersign(clinic, sessionId)
    const { lastSession, outstanding } = await clinic.phy.must('chart.open', { patientId: clinic.patientId })
    expect(lastSession).toMatchObject({ state: 'SIGNED', signedBy: 'Dr Samuel Okafor 2' })
    expect(outstanding.map(({ kind }) => kind)).not.toContain('SESSION')
  })

  it('calls no session the last one while its author still writes it', async () => {
    const clinic = await sessionClinic()
    await startedSession(clinic)
    const { lastSession, outstanding } = await clinic.phy.must('chart.open', { patientId: clinic.patientId })
    expect(lastSession).toBeNull()
    expect(outstanding).toMatchObject([{ kind: 'SESSION', state: 'DRAFT' }])
  })

  it('is handed out in pages that neither skip nor repeat a line', async () => {
    const clinic = await newClinic()
    const { window: aes } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    const ids: string[] = []
    for (let day = 0; day < 35; day += 1) {
      const { followUpId, version } = {
        ...(await aes.must('followUp.add', {
          patientId,
          kind: 'CALL',
          complicationId: null,
          about: '',
          ownerId: null,
          dueOn: clinic.host.now().slice(0, 10),
        })),
        version: 1,
      }
      await aes.must('followUp.done', {
        patientId,
        followUpId,
        version,
        result: 'REACHED',
        outcome: 'All well',
        againOn: null,
      })
      ids.push(followUpId)
    }
    const first = await aes.must('chart.timeline', { patientId, filter: 'ALL', before: null })
    expect(first.entries).toHaveLength(20)
    const second = await aes.must('chart.timeline', { patientId, filter: 'ALL', before: first.next })
    expect(second.next).toBeNull()
    expect([...first.entries, ...second.entries].map(({ id }) => id).sort()).toEqual(ids.sort())
    expect(first.entries[0]).toMatchObject({ who: 'Lena Brook 1', facts: { task: 'CALL', outcome: 'All well' } })
    expect((await aes.must('chart.timeline', { patientId, filter: 'CONSENTS', before: null })).entries).toEqual([])
  })

  it('leaves the desk the visits of a person, past and coming', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const talk = { service: 'CONSULTATION' as const, serviceNote: null, practitionerId: null, room: null }
    await desk.must('visit.add', { patientId, onDate: '2026-08-03', atTime: '11:00', ...talk })
    await desk.must('visit.add', { patientId, onDate: '2026-08-20', atTime: '09:00', ...talk })
    expect((await desk.must('chart.visits', { patientId })).visits).toMatchObject([
      { onDate: '2026-08-20', status: 'EXPECTED', who: null },
      { onDate: '2026-08-03', atTime: '11:00', service: 'CONSULTATION' },
    ])
    expect(await desk.code('chart.visits', { patientId: clinic.host.newId() })).toBe('NOT_FOUND')
    expect(await desk.code('chart.visits', {})).toBe('INVALID_INPUT')
  })

  it('is closed to the desk and the manager, and there is none of a person nobody registered', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const { window: phy } = await clinic.hire(['physician'])
    const patientId = await patientOnFile(clinic)
    for (const window of [desk, clinic.manager]) {
      expect(await window.code('chart.open', { patientId })).toBe('DENIED')
      expect(await window.code('chart.timeline', { patientId, filter: 'ALL', before: null })).toBe('DENIED')
    }
    expect(await phy.code('chart.open', { patientId: 'x' })).toBe('INVALID_INPUT')
    expect(await phy.code('chart.timeline', { patientId, filter: 'PHOTOS', before: null })).toBe('INVALID_INPUT')
    const nobody = clinic.host.newId()
    expect(await phy.code('chart.open', { patientId: nobody })).toBe('NOT_FOUND')
    expect(await phy.code('chart.timeline', { patientId: nobody, filter: 'ALL', before: null })).toBe('NOT_FOUND')
  })
})
