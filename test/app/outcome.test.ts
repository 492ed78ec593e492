import { describe, expect, it } from 'vitest'
import { scoreOf } from '../../shared/domain/outcome.ts'
import type { OutcomeScaleCode } from '../../shared/domain/outcome-scales.ts'
import { addDays } from '../../shared/kernel/time.ts'
import type { Window } from '../support/clinic.ts'
import { auditOf, byPassword } from '../support/course.ts'
import { patientOnFile, signInAgain } from '../support/screening.ts'
import { type SessionClinic, sessionClinic, signInAgainAt, submittedSession } from '../support/session.ts'

/** The contract's types are mutable where the domain's are not. */
const score = (scale: OutcomeScaleCode, level: number) => ({ ...scoreOf(scale, level), parts: [] })
const scar = (level: number) => score('GB_QUAL', level)

const baselineOf = ({ patientId, seriesId }: SessionClinic) => ({
  patientId,
  seriesId,
  occasion: 'BASELINE' as const,
  scores: [scar(3)],
  photoIds: [],
  note: 'Rolling scars on both cheeks',
  reason: null,
  reauth: byPassword,
})
const outcomeOf = (clinic: SessionClinic) => ({
  ...baselineOf(clinic),
  occasion: 'OUTCOME' as const,
  scores: [scar(2), score('GAIS', 2)],
  note: '',
})

async function goTo(clinic: SessionClinic, day: string): Promise<void> {
  clinic.host.setNow(`${day}T16:00:00.000Z`)
  await signInAgainAt(clinic)
}

/** Baseline by the physician, the one planned session on 3 August 2026, and the day of the review after it. */
async function reviewedClinic({ on = '2027-02-03', baseline = true } = {}) {
  const clinic = await sessionClinic({ sessionsPlanned: 1 })
  if (baseline) await clinic.phy.must('outcome.rate', baselineOf(clinic))
  await submittedSession(clinic)
  await goTo(clinic, on)
  return clinic
}

const courseOf = ({ patientId, seriesId }: SessionClinic) => ({ patientId, seriesId })

const reviewsOf = async ({ aes, patientId }: SessionClinic) =>
  (await aes.must('followUp.ofPatient', { patientId })).tasks.filter(({ kind }) => kind === 'OUTCOME_REVIEW')

describe('the baseline of a course', () => {
  it('is rated by a clinician before the first session, with the skin type, signed and on record', async () => {
    const clinic = await sessionClinic({ sessionsPlanned: 1 })
    const { aes, patientId, seriesId } = clinic
    const { outcomeId } = await aes.must('outcome.rate', baselineOf(clinic))
    const open = await aes.must('outcome.open', { patientId, seriesId })
    expect(open).toMatchObject({
      fst: 'II',
      review: null,
      scales: { needed: ['GB_QUAL'], optional: ['GB_QUANT'] },
      baselines: [
        {
          outcomeId,
          isIntact: true,
          isMine: true,
          body: {
            fst: 'II',
            ratedOn: '2026-08-03',
            scores: [{ scale: 'GB_QUAL', scaleVersion: '2006', level: 3, parts: [] }],
            review: null,
          },
          signatures: [{ isIntact: true }],
        },
      ],
      outcomes: [],
    })
    expect(await auditOf(clinic, outcomeId)).toEqual(['outcome.rate aesthetician DONE BASELINE'])
    expect(await auditOf(clinic, seriesId)).toContain('outcome.open aesthetician DONE')
  })

  it('needs the scale of its indication, no change yet, and a recorded skin type', async () => {
    const clinic = await sessionClinic({ patient: { fst: null } })
    const { aes } = clinic
    const rate = baselineOf(clinic)
    expect(await aes.code('outcome.rate', rate)).toBe('OUTCOME_SKIN_TYPE_MISSING')
    const typed = await sessionClinic()
    const other = baselineOf(typed)
    expect(await typed.aes.code('outcome.rate', { ...other, scores: [] })).toBe('OUTCOME_SCORE_MISSING')
    expect(await typed.aes.code('outcome.rate', { ...other, scores: [scar(5)] })).toBe('OUTCOME_SCORE_INVALID')
    expect(await typed.aes.code('outcome.rate', { ...other, photoIds: [typed.host.newId()] })).toBe('NOT_FOUND')
    expect(await typed.aes.code('outcome.rate', { ...other, reauth: { method: 'PASSWORD', password: 'no' } })).toBe(
      'REAUTH_WRONG',
    )
    const bare = { scale: 'GB_QUAL', level: 3, parts: [] }
    expect(await typed.aes.code('outcome.rate', { ...other, scores: [bare] })).toBe('INVALID_INPUT')
  })

  it('is too late once the course has begun, until the gap is long enough for a new one', async () => {
    const clinic = await sessionClinic()
    await submittedSession(clinic)
    expect(await clinic.aes.code('outcome.rate', baselineOf(clinic))).toBe('OUTCOME_BASELINE_TOO_LATE')
    await goTo(clinic, '2026-11-01')
    expect(await clinic.aes.code('outcome.rate', baselineOf(clinic))).toBe('OUTCOME_BASELINE_TOO_LATE')
    await goTo(clinic, '2026-11-02')
    const { patientId, seriesId } = clinic
    expect((await clinic.aes.must('outcome.open', { patientId, seriesId })).isNewBaselineDue).toBe(true)
    expect(await clinic.aes.code('outcome.rate', baselineOf(clinic))).toBe('ok')
  })
})

describe('the outcome of a course', () => {
  it('is rated by the same rater in its window, closes the review and says how the scars moved', async () => {
    const clinic = await reviewedClinic()
    const { phy, patientId, seriesId } = clinic
    expect(await reviewsOf(clinic)).toMatchObject([
      { dueOn: '2027-02-03', fromOn: '2027-01-20', untilOn: '2027-02-17', state: 'OPEN' },
    ])
    const { outcomeId, differences } = await phy.must('outcome.rate', outcomeOf(clinic))
    expect(differences).toEqual([])
    const open = await phy.must('outcome.open', { patientId, seriesId })
    expect(open.outcomes).toMatchObject([
      {
        outcomeId,
        body: { review: { differences: [], reason: null, window: { dueOn: '2027-02-03', standing: 'WITHIN' } } },
        changes: [{ scale: 'GB_QUAL', before: 3, after: 2, direction: 'BETTER' }],
      },
    ])
    expect(await reviewsOf(clinic)).toMatchObject([{ state: 'DONE', result: 'REACHED' }])
    expect(await auditOf(clinic, outcomeId)).toEqual(['outcome.rate physician DONE OUTCOME'])
  })

  it.each([
    ['2027-01-19', 'BEFORE'],
    ['2027-02-18', 'AFTER'],
  ])('on %s says that it is %s its window', async (on, standing) => {
    const clinic = await reviewedClinic({ on })
    await clinic.phy.must('outcome.rate', outcomeOf(clinic))
    const { outcomes } = await clinic.phy.must('outcome.open', courseOf(clinic))
    expect(outcomes[0]?.body.review?.window?.standing).toBe(standing)
    expect(await reviewsOf(clinic)).toMatchObject([{ state: 'DONE' }])
  })

  it('by another rater, on another scale or without a baseline needs a reason and is not comparable', async () => {
    const clinic = await reviewedClinic()
    const { aes } = clinic
    const rating = { ...outcomeOf(clinic), scores: [score('GB_QUANT', 20)] }
    const refused = await aes.call('outcome.rate', rating)
    expect(refused).toMatchObject({
      ok: false,
      refusal: { code: 'OUTCOME_REASON_MISSING', facts: { differences: ['OTHER_RATER', 'OTHER_SCALE'] } },
    })
    const { differences } = await aes.must('outcome.rate', { ...rating, reason: 'Dr Okafor is away' })
    expect(differences).toEqual(['OTHER_RATER', 'OTHER_SCALE'])
    const { outcomes } = await aes.must('outcome.open', courseOf(clinic))
    expect(outcomes[0]).toMatchObject({ body: { review: { reason: 'Dr Okafor is away' } }, changes: [] })

    const without = await reviewedClinic({ baseline: false })
    expect(await without.phy.code('outcome.rate', outcomeOf(without))).toBe('OUTCOME_REASON_MISSING')
    expect(await without.phy.code('outcome.rate', { ...outcomeOf(without), reason: 'came from elsewhere' })).toBe('ok')
  })

  it('waits until the course is over, and the physician’s GAIS is the physician’s', async () => {
    const clinic = await sessionClinic()
    await submittedSession(clinic)
    expect(await clinic.phy.code('outcome.rate', outcomeOf(clinic))).toBe('OUTCOME_COURSE_NOT_OVER')
    const { patientId, seriesId, aes, phy } = clinic
    const { series } = await aes.must('series.list', { patientId })
    const version = series[0]?.version ?? 0
    await aes.must('series.setStatus', { patientId, seriesId, version, status: 'ENDED_EARLY', reason: 'moves away' })
    expect(await reviewsOf(clinic)).toMatchObject([{ dueOn: '2027-02-03' }])
    expect(await aes.code('outcome.rate', { ...outcomeOf(clinic), reason: 'x' })).toBe('OUTCOME_SCORE_INVALID')
    expect(await phy.code('outcome.rate', { ...outcomeOf(clinic), scores: [scar(2)], reason: 'x' })).toBe(
      'OUTCOME_SCORE_MISSING',
    )
    expect(await phy.code('outcome.rate', { ...outcomeOf(clinic), reason: 'no baseline' })).toBe('ok')
  })

  it('is corrected by its rater alone, with the earlier version kept', async () => {
    const clinic = await reviewedClinic()
    const { aes, phy, patientId, seriesId } = clinic
    const { outcomeId } = await phy.must('outcome.rate', outcomeOf(clinic))
    const { occasion: _o, seriesId: _s, ...rated } = outcomeOf(clinic)
    const correction = {
      ...rated,
      outcomeId,
      version: 1,
      scores: [scar(1), score('GAIS', 1)],
      correctionReason: 'wrong line read',
    }
    expect(await aes.code('outcome.correct', correction)).toBe('OUTCOME_NOT_THE_RATER')
    expect(await phy.code('outcome.correct', { ...correction, correctionReason: ' ' })).toBe('INVALID_INPUT')
    expect(await phy.code('outcome.correct', { ...correction, version: 2 })).toBe('CONFLICT')
    await phy.must('outcome.correct', correction)
    const { outcomes } = await phy.must('outcome.open', { patientId, seriesId })
    expect(outcomes).toMatchObject([
      { version: 2, versionNumber: 2, isIntact: true, body: { correctionReason: 'wrong line read' } },
    ])
    expect(outcomes[0]?.changes).toMatchObject([{ before: 3, after: 1 }])
    expect(await auditOf(clinic, outcomeId)).toEqual([
      'outcome.rate physician DONE OUTCOME',
      'outcome.correct physician DONE',
    ])
  })

  it('is not for the desk or the manager, nor reached through another patient', async () => {
    const clinic = await sessionClinic()
    const { patientId, seriesId, aes } = clinic
    const desk = (await clinic.hire(['frontDesk'])).window
    const other = await patientOnFile(clinic, { family: 'Ferreira', given: 'Tomas' })
    await signInAgain(clinic.manager, 'greta')
    const said = { seriesId, reportedOn: '2026-08-03', how: 'PHONE', scores: [score('GAIS', 3)] }
    const { occasion: _o, seriesId: _s, ...rated } = baselineOf(clinic)
    const inputs = [
      ['outcome.open', { seriesId }],
      ['outcome.print', { seriesId }],
      ['outcome.rate', baselineOf(clinic)],
      ['outcome.correct', { ...rated, outcomeId: clinic.host.newId(), version: 1, correctionReason: 'x' }],
      ['outcome.takePatientScore', said],
    ] as const
    for (const [name, input] of inputs) {
      const refusals = async (window: Window, of: string) => window.code(name, { ...input, patientId: of })
      expect([name, await refusals(desk, patientId)]).toEqual([name, 'DENIED'])
      expect([name, await refusals(clinic.manager, patientId)]).toEqual([name, 'DENIED'])
      expect([name, await refusals(aes, other)]).toEqual([name, 'NOT_FOUND'])
    }
    expect(await aes.code('outcome.print', { patientId, seriesId })).toBe('NOTHING_TO_PRINT')
    expect(await aes.code('outcome.open', { patientId, seriesId: 'x' })).toBe('INVALID_INPUT')
  })
})

describe('what the patient says', () => {
  it('is kept apart from the rating, with who wrote it down', async () => {
    const clinic = await reviewedClinic()
    const { aes, patientId, seriesId } = clinic
    const said = {
      patientId,
      seriesId,
      reportedOn: '2027-02-03',
      how: 'PHONE' as const,
      scores: [score('GAIS', 3), score('SATISFACTION', 4), score('WOULD_REPEAT', 1), score('PAIN_NRS', 3)],
    }
    expect(await aes.code('outcome.takePatientScore', { ...said, scores: [scar(2)] })).toBe('OUTCOME_SCORE_INVALID')
    expect(await aes.code('outcome.takePatientScore', { ...said, scores: [] })).toBe('OUTCOME_NOTHING_RATED')
    expect(await aes.code('outcome.takePatientScore', { ...said, reportedOn: '2027-02-04' })).toBe(
      'OUTCOME_DATE_IN_FUTURE',
    )
    expect(await aes.code('outcome.takePatientScore', { ...said, how: 'LETTER' })).toBe('INVALID_INPUT')
    const { patientScoreId } = await aes.must('outcome.takePatientScore', said)
    const { patientScores, outcomes } = await aes.must('outcome.open', { patientId, seriesId })
    expect(patientScores).toMatchObject([{ patientScoreId, how: 'PHONE', reportedOn: '2027-02-03' }])
    expect(patientScores[0]?.enteredBy).toMatch(/Lena/)
    expect(patientScores[0]?.scores).toContainEqual({ scale: 'GAIS', scaleVersion: '5_BEST_1', level: 3, parts: [] })
    expect(outcomes).toEqual([])
    expect(await auditOf(clinic, patientScoreId)).toEqual(['outcome.takePatientScore aesthetician DONE'])
  })
})

describe('the review on the worklist', () => {
  it('is reached by rating alone, and ends without one only where nobody came', async () => {
    const clinic = await reviewedClinic()
    const { aes, patientId } = clinic
    const [review] = await reviewsOf(clinic)
    if (!review) throw new Error('no review is planned')
    const { followUpId, version } = review
    const done = { patientId, followUpId, version, outcome: 'Does not want to come', againOn: null }
    expect(await aes.code('followUp.done', { ...done, result: 'REACHED' })).toBe('FOLLOW_UP_NEEDS_RATING')
    await aes.must('followUp.done', { ...done, result: 'NOT_NEEDED' })
    expect(await reviewsOf(clinic)).toMatchObject([{ state: 'DONE', result: 'NOT_NEEDED' }])
  })
})

describe('maintenance', () => {
  it('is begun by a physician with its interval, and reviewed a year after the last review', async () => {
    const clinic = await reviewedClinic()
    const { aes, phy, patientId, seriesId } = clinic
    await phy.must('outcome.rate', outcomeOf(clinic))
    const { series } = await aes.must('series.list', { patientId })
    const version = series[0]?.version ?? 0
    const maintain = { patientId, seriesId, version: version + 1, everyMonths: 4 }
    await aes.must('series.setStatus', { patientId, seriesId, version, status: 'COMPLETED', reason: null })
    expect(await aes.code('series.maintain', maintain)).toBe('SERIES_MAINTENANCE_NEEDS_PHYSICIAN')
    expect(await phy.code('series.maintain', { ...maintain, everyMonths: 2 })).toBe('INVALID_INPUT')
    expect(
      await aes.code('series.setStatus', {
        patientId,
        seriesId,
        version: version + 1,
        status: 'MAINTENANCE',
        reason: null,
      }),
    ).toBe('SERIES_MOVE_NOT_ALLOWED')
    await phy.must('series.maintain', maintain)
    expect(await phy.code('series.maintain', maintain)).toBe('CONFLICT')
    const { tasks } = await aes.must('followUp.ofPatient', { patientId })
    const open = tasks.filter(({ state, seriesId: of }) => state === 'OPEN' && of === seriesId)
    expect(open.map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['MAINTENANCE', '2026-12-03'],
      ['OUTCOME_REVIEW', '2028-02-03'],
    ])
    expect((await aes.must('series.list', { patientId })).series).toMatchObject([
      { nextDueOn: '2026-12-03', reviewedOn: ['2027-02-03'], body: { status: 'MAINTENANCE', maintenanceMonths: 4 } },
    ])
    expect(await auditOf(clinic, seriesId)).toContain('series.maintain physician DONE MAINTENANCE')
  })
})

describe('the report of outcomes', () => {
  it('counts a reviewed course under its indication, with n and interval, and gives it as a file', async () => {
    const clinic = await reviewedClinic()
    const { phy, patientId, seriesId } = clinic
    await phy.must('outcome.rate', outcomeOf(clinic))
    await phy.must('outcome.takePatientScore', {
      patientId,
      seriesId,
      reportedOn: '2027-02-03',
      how: 'IN_PERSON',
      scores: [score('GAIS', 3)],
    })
    const period = { from: '2027-02-01', to: '2027-02-28' }
    const report = await phy.must('report.outcomes', period)
    expect(report.indications).toEqual([{ indication: 'ACNE_SCAR', ...report.total }])
    expect(report.total).toMatchObject({
      courses: 1,
      comparable: 1,
      sessionsDone: 1,
      sessionsPlanned: 1,
      scales: [{ scale: 'GB_QUAL', better: { events: 1, n: 1, share: 1 }, same: 0, worse: 0 }],
      physicianGais: [0, 1, 0, 0, 0],
      patientGais: [0, 0, 1, 0, 0],
      physicianImproved: { events: 1, n: 1 },
      complications: { events: 0, n: 1 },
    })
    const { token } = await phy.must('report.outcomesCsv', period)
    const file = await clinic.app.readBlob(phy.connection, token)
    expect(file?.bytes.toString('utf8')).toContain('ACNE_SCAR,GB_QUAL,1,1,1,1,1,0,0,1,1,')
    const earlier = { from: '2027-01-01', to: addDays('2027-02-01', -1) }
    expect((await phy.must('report.outcomes', earlier)).total.courses).toBe(0)
    expect(await clinic.aes.code('report.outcomes', period)).toBe('DENIED')
  })

  it('leaves out a course whose session was entered in error', async () => {
    const clinic = await sessionClinic({ sessionsPlanned: 1 })
    const sessionId = await submittedSession(clinic)
    const { phy, patientId } = clinic
    await goTo(clinic, '2027-02-03')
    await phy.must('outcome.rate', { ...outcomeOf(clinic), reason: 'no baseline' })
    const { record } = await phy.must('session.open', { patientId, sessionId })
    if (!record) throw new Error('nothing was submitted')
    await phy.must('signOff.markEnteredInError', {
      patientId,
      sessionId,
      seenVersionId: record.versionId,
      reason: 'wrong chart',
      correct: null,
      reauth: byPassword,
    })
    const report = await phy.must('report.outcomes', { from: '2027-02-01', to: '2027-02-28' })
    expect(report).toMatchObject({ total: { courses: 0, complications: null }, indications: [] })
  })

  it('prints the course on a page', async () => {
    const clinic = await reviewedClinic()
    const { phy, patientId, seriesId } = clinic
    await phy.must('outcome.rate', outcomeOf(clinic))
    const { token, fileName } = await phy.must('outcome.print', { patientId, seriesId })
    const file = await clinic.app.readBlob(phy.connection, token)
    expect(fileName).toMatch(/-outcome\.pdf$/)
    expect(file?.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(await auditOf(clinic, seriesId)).toContain('outcome.print physician DONE')
  })
})
