import { describe, expect, it } from 'vitest'
import { insertFollowUp } from '../../db/queries/follow-up.ts'
import { insertOutcome, insertPatientScore, selectOutcomesOf, selectReviewedOn } from '../../db/queries/outcome.ts'
import { insertPatient } from '../../db/queries/patient.ts'
import { seriesRecord } from '../../db/queries/series.ts'
import { change, insertRecord } from '../../db/records.ts'
import type { OutcomeBody } from '../../shared/domain/outcome.ts'
import { scoreOf } from '../../shared/domain/outcome.ts'
import type { OutcomeId, PatientScoreId, SeriesId } from '../../shared/kernel/ids.ts'
import { addStaff, newStore, storeNow } from '../support/store.ts'
import { person } from './patient-store.ts'

const seriesId = 'series-1' as SeriesId
const baselineId = 'baseline-1' as OutcomeId
const outcomeId = 'outcome-1' as OutcomeId

/** A store with a finished course, its baseline, its outcome, and the review that the outcome closed. */
async function storeWithOutcome() {
  const store = await newStore()
  const by = await addStaff(store)
  const { id: patientId, ...rest } = person({ family: 'Lindqvist', given: 'Mara' })
  let made = 0
  const newId = () => `made-${++made}`
  const making = { newId, at: storeNow, by, reason: 'SIGNED' }
  const baseline: OutcomeBody = {
    schema: 'outcome/1',
    patientId,
    seriesId,
    occasion: 'BASELINE',
    indications: ['ACNE_SCAR', 'PORES'],
    ratedOn: '2026-01-20',
    fst: 'II',
    photoIds: [],
    scores: [scoreOf('GB_QUAL', 3)],
    note: '',
    review: null,
    correctionReason: null,
    rater: {
      staffId: by,
      printedName: 'Dr Chidi Okafor',
      credential: 'MD',
      licence: null,
      signedAt: storeNow,
      utcOffsetMin: -300,
    },
  }
  await store.write(async (trx) => {
    await insertPatient(trx, { body: { id: patientId, ...rest }, newId, at: storeNow, by })
    await insertRecord(trx, seriesRecord, {
      ...making,
      id: seriesId,
      body: {
        schema: 'series/1',
        patientId,
        goals: ['ACNE_SCAR', 'PORES'],
        goalText: '',
        zones: [],
        sessionsPlanned: 4,
        intervalMonths: 1,
        photos: 'DECLINED',
        photoViews: [],
        status: 'COMPLETED',
        statusReason: null,
        maintenanceMonths: null,
      },
    })
    const versionId = await insertOutcome(trx, { ...making, outcomeId: baselineId, body: baseline, followUpId: null })
    const followUpId = await insertFollowUp(
      trx,
      { patientId, kind: 'OUTCOME_REVIEW', seriesId, dueOn: '2026-10-28', fromOn: '2026-10-14', untilOn: '2026-11-11' },
      { newId, at: storeNow },
    )
    const review = {
      baseline: { outcomeId: baselineId, versionId },
      differences: [],
      reason: null,
      window: { dueOn: '2026-10-28', fromOn: '2026-10-14', untilOn: '2026-11-11', standing: 'WITHIN' as const },
    }
    const scores = [scoreOf('GB_QUAL', 2), scoreOf('GAIS', 2)]
    const body: OutcomeBody = { ...baseline, occasion: 'OUTCOME', ratedOn: '2026-10-28', scores, review }
    await insertOutcome(trx, { ...making, outcomeId, body, followUpId })
    await insertPatientScore(trx, 'said-1' as PatientScoreId, {
      patientId,
      seriesId,
      reportedOn: '2026-10-28',
      how: 'PHONE',
      scores: [scoreOf('GAIS', 3)],
      enteredBy: by,
      enteredAt: storeNow,
    })
  })
  const tryTo = (text: string, values: readonly (string | number | null)[] = []) =>
    store
      .write((trx) => change(trx, text, values))
      .then(
        () => 'done',
        (error: Error) => error.message,
      )
  return { ...store, patientId, by, tryTo }
}

describe('a rated course in the store', () => {
  it('reads back as it was signed, newest first, and knows when it was reviewed', async () => {
    const { store, patientId } = await storeWithOutcome()
    const records = await selectOutcomesOf(store.db, patientId, seriesId)
    expect(records.map(({ integrity, body }) => [integrity, body.occasion]).sort()).toEqual([
      ['INTACT', 'BASELINE'],
      ['INTACT', 'OUTCOME'],
    ])
    expect(await selectReviewedOn(store.db, patientId)).toEqual(new Map([[seriesId, ['2026-10-28']]]))
  })

  it.each([
    ['rated_on', '2026-10-29'],
    ['occasion', 'BASELINE'],
    ['rater_id', 'somebody'],
    ['baseline_id', null],
    ['follow_up_id', null],
  ])('never changes its %s', async (column, value) => {
    const { tryTo } = await storeWithOutcome()
    expect(await tryTo(`update outcome set ${column} = ? where id = ?`, [value, outcomeId])).toBe(
      'outcome: stays_what_it_was',
    )
  })

  it.each([
    ['delete from outcome', 'outcome is never deleted'],
    ['update outcome_score set level_tenths = 10', 'outcome_score is append-only'],
    ['delete from outcome_photo', 'done'],
    ['delete from patient_score', 'patient_score is append-only'],
    ['update patient_score_level set level_tenths = 10', 'patient_score_level is append-only'],
  ])('%s: %s', async (statement, answer) => {
    const { tryTo } = await storeWithOutcome()
    expect(await tryTo(statement)).toBe(answer)
  })

  it.each([
    ['a level outside its scale', 'GB_QUAL', '2006', 50],
    ['a scale in another version', 'GB_QUAL', '1990', 20],
    ['a patient’s scale among the rater’s', 'PAIN_NRS', '0_TO_10', 20],
  ])('refuses %s', async (_, scale, version, tenths) => {
    const { tryTo } = await storeWithOutcome()
    const insert = `insert into outcome_score select outcome_id, (select id from record_version order by made_at, id limit 1), ?, ?, ? from outcome_score limit 1`
    expect(await tryTo(insert, [scale, version, tenths])).toMatch(/CHECK constraint failed/)
  })

  it('compares an outcome with a baseline alone', async () => {
    const { tryTo } = await storeWithOutcome()
    const again = `insert into outcome (id, patient_id, version, version_id, created_at, updated_at, series_id, occasion,
        rated_on, rater_id, indications, baseline_id, baseline_version_id, is_comparable)
      select 'outcome-2', patient_id, version, version_id, created_at, updated_at, series_id, occasion,
        rated_on, rater_id, indications, id, version_id, 1 from outcome where id = ?`
    expect(await tryTo(again, [outcomeId])).toBe('outcome: compared_with_its_baseline')
  })

  it('has its review reached on the worklist by a rating and by nothing else', async () => {
    const { write, patientId, by, tryTo } = await storeWithOutcome()
    const done =
      "update follow_up set state = 'DONE', result = ?, outcome = 'x', done_on = '2026-10-28', done_by = ? where id = ?"
    const rated = 'select follow_up_id from outcome where follow_up_id is not null'
    expect(await tryTo(done.replace('id = ?', `id = (${rated})`), ['REACHED', by])).toBe('done')
    let unrated = ''
    await write(async (trx) => {
      const planned = { patientId, kind: 'OUTCOME_REVIEW' as const, seriesId, dueOn: '2027-10-28' }
      unrated = await insertFollowUp(trx, planned, { newId: () => 'review-2', at: storeNow })
    })
    expect(await tryTo(done, ['REACHED', by, unrated])).toBe('follow_up: review_needs_its_rating')
    expect(await tryTo(done, ['NOT_NEEDED', by, unrated])).toBe('done')
  })
})
