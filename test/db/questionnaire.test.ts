import { beforeEach, describe, expect, it } from 'vitest'
import {
  insertQuestionnaire,
  selectQuestionnaireInForce,
  selectQuestionnaireOf,
  selectQuestionnaires,
} from '../../db/queries/questionnaire.ts'
import { change } from '../../db/records.ts'
import { type QuestionnaireText, shippedWords } from '../../shared/domain/screening/questionnaire-text.ts'
import { at, type Clinic, deskId, openClinic } from './patient-store.ts'

let clinic: Clinic
const next: QuestionnaireText = {
  major: 1,
  minor: 1,
  language: 'en',
  effectiveFrom: '2026-09-01',
  ...shippedWords(),
}

beforeEach(async () => {
  clinic = await openClinic()
})

const alter = (sql: string) => clinic.write((trx) => change(trx, sql))
const publish = (text: QuestionnaireText) => clinic.write((trx) => insertQuestionnaire(trx, text, { at, by: deskId }))

describe('the texts of the questionnaire in the store', () => {
  it('begin with the wording that is shipped, word for word', async () => {
    expect(await selectQuestionnaires(clinic.store.db)).toMatchObject([
      { text: { major: 1, minor: 0, ...shippedWords() }, publishedBy: null, isIntact: true },
    ])
  })

  it('never change and never go', async () => {
    await expect(alter("update questionnaire_text set effective_from = '2027-01-01'")).rejects.toThrow('append-only')
    await expect(alter('delete from questionnaire_text')).rejects.toThrow('append-only')
  })

  it('have one row for each version, and a physician behind each that is not the shipped one', async () => {
    await publish(next)
    await expect(publish(next)).rejects.toThrow('UNIQUE')
    await expect(
      alter(
        `insert into questionnaire_text (major, minor, language, effective_from, body, sha256, published_at)
           select 2, 0, language, effective_from, body, sha256, published_at from questionnaire_text where minor = 0`,
      ),
    ).rejects.toThrow('CHECK')
  })

  it('are asked from their first day on, and found again by the version a form names', async () => {
    await publish(next)
    expect(await selectQuestionnaireInForce(clinic.store.db, '2026-08-31')).toMatchObject({ minor: 0 })
    expect(await selectQuestionnaireInForce(clinic.store.db, '2026-09-01')).toMatchObject({ minor: 1 })
    expect(await selectQuestionnaireOf(clinic.store.db, '1.0')).toMatchObject({ minor: 0 })
    await expect(selectQuestionnaireOf(clinic.store.db, '7.0')).rejects.toThrow('no text 7.0')
  })

  it('are put before nobody once their bytes are not what was published', async () => {
    await publish(next)
    await alter('drop trigger questionnaire_text_never_changes')
    await alter("update questionnaire_text set body = replace(body, 'Do you', 'Do they') where minor = 1")
    expect((await selectQuestionnaires(clinic.store.db)).map(({ isIntact }) => isIntact)).toEqual([false, true])
    expect(await selectQuestionnaireInForce(clinic.store.db, '2026-09-01')).toMatchObject({ minor: 0 })
  })
})
