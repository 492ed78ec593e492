import { describe, expect, it } from 'vitest'
import type { QuestionnaireWords } from '../../shared/domain/screening/questionnaire-text.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { auditedBy } from '../support/audit-rows.ts'
import { newClinic, password, pin, type Window } from '../support/clinic.ts'
import { answerForm, handOver, patientOnFile, screenPatient, signInAgain, wire } from '../support/screening.ts'

const byPassword = { method: 'PASSWORD', password } as const
const fullAnswers = answersOfHealthyPerson('FULL')

async function textClinic() {
  const clinic = await newClinic()
  const { window: lena } = await clinic.hire(['aesthetician'], 'Lena Brook')
  const { window: okafor } = await clinic.hire(['physician'], 'Dr Samuel Okafor')
  const { window: desk } = await clinic.hire(['frontDesk'], 'Noor Haddad')
  return { clinic, greta: clinic.manager, lena, okafor, desk }
}

function reworded<Text extends QuestionnaireWords>(text: Text, wording = 'Are you, or could you be, pregnant?'): Text {
  return wire({
    ...text,
    questions: text.questions.map((words) => (words.questionId === 'SQ-01' ? { ...words, wording } : words)),
  })
}

/** A draft of the next version with another wording of the first question. */
async function draftOnFile(by: Window, change: object = {}) {
  await by.must('questionnaire.startDraft', {})
  const { text, version } = await by.must('questionnaire.openDraft', {})
  const changed = { ...reworded(text), ...change }
  const saved = await by.must('questionnaire.saveDraft', { version, text: changed })
  return { text: changed, version: saved.version }
}

async function publishNext(by: Window, change: object = {}) {
  const { version } = await draftOnFile(by, change)
  return by.must('questionnaire.publishDraft', { version, reauth: byPassword })
}

const linesOf = (rows: Awaited<ReturnType<typeof auditedBy>>) =>
  rows.map(({ action, subject_id, outcome, reason }) => [action, subject_id, outcome, reason])

describe('a draft of the health questions', () => {
  it('is started by the manager or a physician from the newest version, once', async () => {
    const { clinic, greta, okafor, desk, lena } = await textClinic()
    expect([
      await desk.code('questionnaire.startDraft', {}),
      await lena.code('questionnaire.startDraft', {}),
      await greta.code('questionnaire.startDraft', { from: 1 }),
    ]).toEqual(['DENIED', 'DENIED', 'INVALID_INPUT'])
    const rows = await auditedBy(clinic.app, () => greta.must('questionnaire.startDraft', {}))
    expect(linesOf(rows)).toEqual([['questionnaire.start', null, 'DONE', null]])
    expect(await okafor.code('questionnaire.startDraft', {})).toBe('QUESTIONNAIRE_DRAFT_EXISTS')
    expect(await desk.must('questionnaire.versions', {})).toMatchObject({
      versions: [{ major: 1, minor: 0, isInForce: true, isIntact: true, publishedBy: null }],
      draft: { savedBy: 'Greta Ansbach' },
    })
    expect(await desk.code('questionnaire.versions', { all: true })).toBe('INVALID_INPUT')
  })

  it('opens with the newest published version beside it', async () => {
    const { greta, desk } = await textClinic()
    expect(await desk.code('questionnaire.openDraft', {})).toBe('NOT_FOUND')
    await greta.must('questionnaire.startDraft', {})
    const { text, newest } = await desk.must('questionnaire.openDraft', {})
    expect(text).toEqual({ ...newest.words, bump: 'MINOR', effectiveFrom: '2026-08-03' })
    expect(await desk.code('questionnaire.openDraft', { version: 1 })).toBe('INVALID_INPUT')
  })

  it('keeps what is half typed, and is audited once per person and spell', async () => {
    const { clinic, greta, okafor, desk } = await textClinic()
    await greta.must('questionnaire.startDraft', {})
    const { text } = await greta.must('questionnaire.openDraft', {})
    const half = reworded(text, '')
    const save = { version: 1, text: half }
    expect([
      await desk.code('questionnaire.saveDraft', save),
      await greta.code('questionnaire.saveDraft', { ...save, text: { ...half, bump: 'HUGE' } }),
      await greta.code('questionnaire.saveDraft', {
        ...save,
        text: { ...half, questions: [{ questionId: 'SQ-99', wording: '', help: '', labels: [] }] },
      }),
      await greta.code('questionnaire.saveDraft', { ...save, version: 7 }),
    ]).toEqual(['DENIED', 'INVALID_INPUT', 'INVALID_INPUT', 'CONFLICT'])
    const rows = await auditedBy(clinic.app, async () => {
      await greta.must('questionnaire.saveDraft', save)
      await okafor.must('questionnaire.saveDraft', { ...save, version: 2 })
      await okafor.must('questionnaire.saveDraft', { ...save, version: 3 })
    })
    expect(linesOf(rows)).toEqual([['questionnaire.edit', null, 'DONE', null]])
    expect((await greta.must('questionnaire.openDraft', {})).text).toEqual(half)
  })

  it('is given up as it was seen, and another may be started', async () => {
    const { clinic, greta, desk } = await textClinic()
    expect(await greta.code('questionnaire.discardDraft', { version: 1 })).toBe('NOT_FOUND')
    const { version } = await draftOnFile(greta)
    expect([
      await desk.code('questionnaire.discardDraft', { version }),
      await greta.code('questionnaire.discardDraft', {}),
      await greta.code('questionnaire.discardDraft', { version: 1 }),
    ]).toEqual(['DENIED', 'INVALID_INPUT', 'CONFLICT'])
    const rows = await auditedBy(clinic.app, () => greta.must('questionnaire.discardDraft', { version }))
    expect(linesOf(rows)).toEqual([['questionnaire.discard', null, 'DONE', null]])
    expect(await greta.code('questionnaire.startDraft', {})).toBe('ok')
  })
})

describe('publishing the health questions', () => {
  it('is a physician’s act with a proof of identity, of the draft as it was last saved', async () => {
    const { clinic, greta, desk, okafor } = await textClinic()
    const { version } = await draftOnFile(greta)
    const input = { version, reauth: byPassword }
    expect([
      await desk.code('questionnaire.publishDraft', input),
      await greta.code('questionnaire.publishDraft', input),
      await okafor.code('questionnaire.publishDraft', { version }),
      await okafor.code('questionnaire.publishDraft', { ...input, reauth: { method: 'PASSWORD', password: 'x' } }),
      await okafor.code('questionnaire.publishDraft', { ...input, version: 1 }),
    ]).toEqual(['DENIED', 'DENIED', 'INVALID_INPUT', 'REAUTH_WRONG', 'CONFLICT'])
    const rows = await auditedBy(clinic.app, () => okafor.must('questionnaire.publishDraft', input))
    expect(linesOf(rows)).toContainEqual(['questionnaire.publish', '1.1', 'DONE', 'PASSWORD'])
    expect((await desk.must('questionnaire.versions', {})).versions).toMatchObject([
      { major: 1, minor: 1, isInForce: true, publishedBy: 'Dr Samuel Okafor' },
      { major: 1, minor: 0, isInForce: false },
    ])
    const { words } = await desk.must('questionnaire.version', { major: 1, minor: 1 })
    expect(words.questions[0]?.wording).toBe('Are you, or could you be, pregnant?')
    expect([
      await desk.code('questionnaire.version', { major: 3, minor: 0 }),
      await desk.code('questionnaire.version', { major: 0, minor: 0 }),
    ]).toEqual(['NOT_FOUND', 'INVALID_INPUT'])
  })

  it.each([
    ['QUESTIONNAIRE_UNCHANGED', (text: QuestionnaireWords) => text],
    [
      'QUESTIONNAIRE_STARTS_IN_THE_PAST',
      (text: QuestionnaireWords) => ({ ...reworded(text), effectiveFrom: '2026-08-02' }),
    ],
    [
      'QUESTIONNAIRE_FAULTY',
      (text: QuestionnaireWords) => ({
        ...text,
        questions: text.questions.filter(({ questionId }) => questionId !== 'SQ-27'),
      }),
    ],
  ])('is refused with %s and leaves the draft as it is', async (code, change) => {
    const { okafor } = await textClinic()
    await okafor.must('questionnaire.startDraft', {})
    const { text } = await okafor.must('questionnaire.openDraft', {})
    const changed = wire(change(text))
    const { version } = await okafor.must('questionnaire.saveDraft', { version: 1, text: changed })
    expect(await okafor.code('questionnaire.publishDraft', { version, reauth: byPassword })).toBe(code)
    expect((await okafor.must('questionnaire.openDraft', {})).text).toEqual(changed)
  })

  it('with a later first day leaves the version in force until then, and nothing comes before it', async () => {
    const { okafor } = await textClinic()
    await publishNext(okafor, { effectiveFrom: '2026-09-01' })
    const { versions } = await okafor.must('questionnaire.versions', {})
    expect(versions.map(({ minor, isInForce }) => [minor, isInForce])).toEqual([
      [1, false],
      [0, true],
    ])
    await okafor.must('questionnaire.startDraft', {})
    const { text } = await okafor.must('questionnaire.openDraft', {})
    expect(text.effectiveFrom).toBe('2026-09-01')
    const early = { ...reworded(text, 'Are you pregnant or nursing?'), effectiveFrom: '2026-08-20' }
    const { version } = await okafor.must('questionnaire.saveDraft', { version: 1, text: early })
    expect(await okafor.code('questionnaire.publishDraft', { version, reauth: byPassword })).toBe(
      'QUESTIONNAIRE_STARTS_BEFORE_NEWEST',
    )
  })
})

describe('a patient’s form and the text it was asked in', () => {
  it('names the version it showed and is read in those words ever after', async () => {
    const { clinic, okafor, lena } = await textClinic()
    const patientId = await patientOnFile(clinic)
    const screeningId = await screenPatient(lena, patientId, fullAnswers)
    await publishNext(okafor)
    const opened = await lena.must('screening.open', { patientId, screeningId })
    if (opened.state !== 'SIGNED') throw new Error('the form is not signed')
    expect(opened.body.questionnaireVersion).toBe('1.0')
    expect(opened.words.questions[0]?.wording).toContain('are you breastfeeding')
    expect(await lena.must('screening.standing', { patientId, seriesId: null })).toMatchObject({ needed: 'NONE' })
  })

  it('shows the text in force to a form that has no answer yet', async () => {
    const { clinic, okafor, lena } = await textClinic()
    const patientId = await patientOnFile(clinic)
    await lena.must('screening.begin', { patientId, seriesId: null, wanted: 'NEEDED' })
    await publishNext(okafor)
    const screeningId = await handOver(lena, patientId)
    const form = await lena.must('screening.patientForm', { patientId, screeningId })
    expect(form.state === 'OPEN' && form.words.questions[0]?.wording).toBe('Are you, or could you be, pregnant?')
    await answerForm(lena, { patientId, screeningId, answers: fullAnswers })
    await lena.must('patientMode.end', { pin })
    expect(await lena.must('screening.open', { patientId, screeningId })).toMatchObject({
      body: { questionnaireVersion: '1.1' },
    })
  })

  it.each([
    ['goes on in its own words while only the wording changed', 'MINOR', '1.0', 'YES'],
    ['begins again where the new text asks something else', 'MAJOR', '2.0', 'NO'],
  ])('that was begun %s', async (_says, bump, questionnaireVersion, keepsAnswers) => {
    const { clinic, okafor, lena } = await textClinic()
    const patientId = await patientOnFile(clinic)
    const screeningId = await handOver(lena, patientId)
    const { 'SQ-01': first } = fullAnswers
    await lena.must('screening.saveAnswers', {
      patientId,
      screeningId,
      version: 1,
      language: 'en',
      answers: wire({ 'SQ-01': first }),
      looseTexts: [],
      marked: [],
    })
    await lena.must('patientMode.end', { pin })
    await publishNext(okafor, { bump })
    await handOver(lena, patientId)
    const form = await lena.must('screening.patientForm', { patientId, screeningId })
    expect(form.state === 'OPEN' && [Object.keys(form.answers).length === 1 ? 'YES' : 'NO']).toEqual([keepsAnswers])
    await answerForm(lena, { patientId, screeningId, answers: fullAnswers })
    await lena.must('patientMode.end', { pin })
    expect(await lena.must('screening.open', { patientId, screeningId })).toMatchObject({
      body: { questionnaireVersion },
    })
  })

  it('is answered again in full from the first day of a new major, and not before', async () => {
    const { clinic, okafor, lena } = await textClinic()
    const patientId = await patientOnFile(clinic)
    await screenPatient(lena, patientId, fullAnswers)
    await publishNext(okafor, { bump: 'MAJOR', effectiveFrom: '2026-08-04' })
    const standing = () => lena.must('screening.standing', { patientId, seriesId: null })
    expect(await standing()).toMatchObject({ needed: 'NONE' })
    clinic.host.advanceMinutes(24 * 60)
    await signInAgain(lena)
    expect(await standing()).toMatchObject({ needed: 'FULL' })
    await screenPatient(lena, patientId, fullAnswers)
    expect(await standing()).toMatchObject({ needed: 'NONE' })
  })
})

describe('who answers again', () => {
  const plan = { serviceNote: null, practitionerId: null, room: null }

  it('names the patients with a treatment booked on or after the first day, whose full form is older', async () => {
    const { clinic, greta, lena, desk, okafor } = await textClinic()
    const mara = await patientOnFile(clinic)
    const unasked = await patientOnFile(clinic, { family: 'Ferreira', given: 'Tomas' })
    await screenPatient(lena, mara, fullAnswers)
    const add = (patientId: string, onDate: string, service: string, atTime = '11:15') =>
      desk.must('visit.add', wire({ ...plan, patientId, onDate, service, atTime }))
    await add(mara, '2026-08-10', 'SESSION')
    const { visitId } = wire(await add(mara, '2026-09-10', 'SESSION'))
    await add(mara, '2026-09-11', 'CONSULTATION')
    await add(mara, '2027-09-10', 'SESSION')
    await add(unasked, '2026-09-10', 'SESSION', '14:00')
    const input = { major: 2, from: '2026-09-01' }
    expect(await okafor.must('questionnaire.answerAgain', input)).toMatchObject({
      visits: 1,
      patients: 1,
      rows: [{ visitId, patientId: mara, familyName: 'Lindqvist', onDate: '2026-09-10', atTime: '11:15' }],
    })
    expect(await okafor.must('questionnaire.answerAgain', { ...input, from: '2020-01-01' })).toMatchObject({
      visits: 2,
    })
    expect(await okafor.must('questionnaire.answerAgain', { ...input, major: 1 })).toMatchObject({ visits: 0 })
    expect(await greta.must('questionnaire.answerAgain', input)).toEqual({ visits: 1, patients: 1, rows: null })
    expect(await greta.code('questionnaire.answerAgain', { ...input, major: 0 })).toBe('INVALID_INPUT')
  })
})
