import { describe, expect, it } from 'vitest'
import { newClinic } from '../support/clinic.ts'
import { auditOf, cheeks, planSeries } from '../support/course.ts'
import { patientOnFile } from '../support/screening.ts'

async function clinicWithAesthetician() {
  const clinic = await newClinic()
  const aesthetician = (await clinic.hire(['aesthetician'])).window
  const patientId = await patientOnFile(clinic)
  return { clinic, aesthetician, patientId }
}

describe('a course of treatment', () => {
  it('is planned with what the policy calls usual and has nothing due before its first session', async () => {
    const { clinic, aesthetician, patientId } = await clinicWithAesthetician()
    expect((await aesthetician.must('series.list', { patientId })).usual).toEqual({
      sessions: 4,
      intervalMonths: 1,
      maintenanceMonths: 6,
    })
    const seriesId = await planSeries(aesthetician, patientId)
    const { series } = await aesthetician.must('series.list', { patientId })
    expect(series).toMatchObject([
      {
        seriesId,
        version: 1,
        isIntact: true,
        body: { ...cheeks, status: 'PLANNED', statusReason: null },
        sessionsPerformed: 0,
        nextDueOn: null,
        spacing: { verdict: 'FIRST' },
        outcomeReview: null,
      },
    ])
    expect(await auditOf(clinic, seriesId)).toEqual(['series.plan aesthetician DONE'])
    expect(await auditOf(clinic, patientId)).toEqual(['series.list aesthetician DONE', 'series.list aesthetician DONE'])
  })

  it('is changed under the version that was seen', async () => {
    const { clinic, aesthetician, patientId } = await clinicWithAesthetician()
    const seriesId = await planSeries(aesthetician, patientId)
    const edit = { patientId, seriesId, version: 1, ...cheeks, sessionsPlanned: 6 }
    await aesthetician.must('series.edit', edit)
    expect(await aesthetician.code('series.edit', edit)).toBe('CONFLICT')
    expect(await aesthetician.code('series.edit', { ...edit, version: 2, goals: [] })).toBe('SERIES_HAS_PROBLEMS')
    expect(await aesthetician.code('series.plan', { patientId, ...cheeks, sessionsPlanned: 13 })).toBe(
      'SERIES_HAS_PROBLEMS',
    )
    const { series } = await aesthetician.must('series.list', { patientId })
    expect(series[0]).toMatchObject({ version: 2, body: { sessionsPlanned: 6 } })
    expect(await auditOf(clinic, seriesId)).toContain('series.edit aesthetician DONE EDITED')
  })

  it('is held with a reason by who treats and let go on by a physician', async () => {
    const { clinic, aesthetician, patientId } = await clinicWithAesthetician()
    const physician = (await clinic.hire(['physician'])).window
    const seriesId = await planSeries(aesthetician, patientId)
    const move = (version: number, status: string, reason: string | null) => ({
      patientId,
      seriesId,
      version,
      status,
      reason,
    })
    expect(await aesthetician.code('series.setStatus', move(1, 'ON_HOLD', ' '))).toBe('SERIES_REASON_MISSING')
    expect(await aesthetician.code('series.setStatus', move(1, 'COMPLETED', null))).toBe('SERIES_MOVE_NOT_ALLOWED')
    expect(await aesthetician.code('series.setStatus', move(1, 'ON_HOLD', 'darker patches'))).toBe('ok')
    expect(await aesthetician.code('series.setStatus', move(2, 'ACTIVE', null))).toBe('SERIES_RESUME_NEEDS_PHYSICIAN')
    expect(await physician.code('series.setStatus', move(1, 'ACTIVE', null))).toBe('CONFLICT')
    expect(await physician.code('series.setStatus', move(2, 'ACTIVE', null))).toBe('ok')
    expect(await aesthetician.code('series.setStatus', move(3, 'ENDED_EARLY', 'moves to another city'))).toBe('ok')
    const { series } = await aesthetician.must('series.list', { patientId })
    expect(series[0]?.body).toMatchObject({ status: 'ENDED_EARLY', statusReason: 'moves to another city' })
    expect(await auditOf(clinic, seriesId)).toEqual([
      'series.plan aesthetician DONE',
      'series.setStatus aesthetician DONE ON_HOLD',
      'series.setStatus physician DONE ACTIVE',
      'series.setStatus aesthetician DONE ENDED_EARLY',
    ])
  })

  it('is not for the desk, nor reached through another patient', async () => {
    const { clinic, aesthetician, patientId } = await clinicWithAesthetician()
    const desk = (await clinic.hire(['frontDesk'])).window
    const seriesId = await planSeries(aesthetician, patientId)
    const other = await patientOnFile(clinic, { family: 'Ferreira', given: 'Tomas' })
    const status = { seriesId, version: 1, status: 'ON_HOLD', reason: 'wait' } as const
    for (const [name, input] of [
      ['series.list', {}],
      ['series.plan', cheeks],
      ['series.edit', { seriesId, version: 1, ...cheeks }],
      ['series.setStatus', status],
    ] as const) {
      expect(await desk.code(name, { patientId, ...input })).toBe('DENIED')
      expect(await clinic.manager.code(name, { patientId, ...input })).toBe('DENIED')
      const isAboutChild = 'seriesId' in input
      expect(await aesthetician.code(name, { patientId: other, ...input })).toBe(isAboutChild ? 'NOT_FOUND' : 'ok')
    }
    const wrongSide = [{ zone: 'CHIN', side: 'L', site: null, depthUm: 500 }]
    expect(await aesthetician.code('series.plan', { patientId, ...cheeks, zones: wrongSide })).toBe('INVALID_INPUT')
  })
})
