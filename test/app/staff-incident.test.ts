import { describe, expect, it } from 'vitest'
import { evaluations, mayCloseStaffIncident } from '../../shared/domain/staff-incident.ts'
import { newClinic } from '../support/clinic.ts'
import { auditOf } from '../support/course.ts'

describe('an incident of staff', () => {
  it('is recorded and worked by manager or physician, apart from every chart, and closed after an evaluation', async () => {
    const clinic = await newClinic()
    const aes = await clinic.hire(['aesthetician'])
    const incident = {
      kind: 'NEEDLESTICK' as const,
      injuredId: aes.staffId,
      happenedOn: '2026-08-03',
      atTime: '09:40',
      place: 'Room 1',
      device: 'Pen cartridge, 12 needles',
      howItHappened: 'Stuck while removing the cartridge',
      firstAid: 'Washed for five minutes',
    }
    expect(await aes.window.code('staffIncident.list', {})).toBe('DENIED')
    expect(await aes.window.code('staffIncident.record', incident)).toBe('DENIED')
    const record = (change: object) => clinic.manager.code('staffIncident.record', { ...incident, ...change })
    expect(await record({ happenedOn: '2026-08-04' })).toBe('INCIDENT_IN_FUTURE')
    expect(await record({ atTime: '25:00' })).toBe('INVALID_INPUT')
    expect(await record({ injuredId: clinic.host.newId() })).toBe('NOT_FOUND')
    expect(await record({ patientId: clinic.host.newId() })).toBe('INVALID_INPUT')
    const { incidentId } = await clinic.manager.must('staffIncident.record', incident)
    expect(await clinic.manager.code('staffIncident.close', { incidentId })).toBe('EVALUATION_MISSING')
    const note = { incidentId, text: 'Seen by occupational health', evaluation: 'DONE' as const }
    expect(await aes.window.code('staffIncident.note', note)).toBe('DENIED')
    expect(await clinic.manager.code('staffIncident.note', { ...note, text: ' ' })).toBe('INVALID_INPUT')
    await clinic.manager.must('staffIncident.note', note)
    expect(await aes.window.code('staffIncident.close', { incidentId })).toBe('DENIED')
    expect(await clinic.manager.code('staffIncident.close', { incidentId: 'x' })).toBe('INVALID_INPUT')
    await clinic.manager.must('staffIncident.close', { incidentId })
    expect(await clinic.manager.code('staffIncident.close', { incidentId })).toBe('INCIDENT_CLOSED')
    expect(await clinic.manager.code('staffIncident.note', note)).toBe('INCIDENT_CLOSED')
    const { incidents } = await clinic.manager.must('staffIncident.list', {})
    expect(incidents).toMatchObject([
      { ...incident, isClosed: true, evaluation: 'DONE', notes: [{ text: note.text, byName: 'Greta Ansbach' }] },
    ])
    expect(await auditOf(clinic, incidentId)).toEqual([
      'staffIncident.record manager DONE',
      'staffIncident.note manager DONE',
      'staffIncident.close manager DONE',
    ])
    const phy = await clinic.hire(['physician'])
    expect(await phy.window.code('staffIncident.list', {})).toBe('ok')
  })

  it.each([
    [false, 'TO_ARRANGE', 'EVALUATION_MISSING'],
    [false, 'DONE', 'ok'],
    [false, 'DECLINED', 'ok'],
    [true, 'DONE', 'INCIDENT_CLOSED'],
  ] as const)('closed before: %s, evaluation %s: %s', (isClosed, evaluation, expected) => {
    expect(evaluations).toContain(evaluation)
    const decided = mayCloseStaffIncident({ isClosed, evaluation })
    expect(decided.ok ? 'ok' : decided.refusal.code).toBe(expected)
  })
})
