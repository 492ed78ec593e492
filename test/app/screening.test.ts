import { describe, expect, it } from 'vitest'
import { many } from '../../db/records.ts'
import { shippedWords } from '../../shared/domain/screening/questionnaire-text.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { choice, multi, on, place, text, where } from '../domain/screening-answers.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { newClinic, pin, type TestApp } from '../support/clinic.ts'
import { planSeries } from '../support/course.ts'
import { answerForm, handOver, patientOnFile, screenPatient, signInAgain, stroke, wire } from '../support/screening.ts'

const healthy = answersOfHealthyPerson('FULL')
const healthyShort = answersOfHealthyPerson('SHORT')
const noPlan = { plannedZones: [], deviceType: null }
const series = { seriesId: null } as const

async function auditOf(app: TestApp, patientId: PatientId) {
  const { db } = app.services.storeLife.open.store
  const rows = await many<{ action: string; roles: string; outcome: string }>(
    db,
    'select action, roles, outcome from audit_entry where patient_id = ? order by seq',
    [patientId],
  )
  return rows.map(({ action, roles, outcome }) => `${action} ${roles} ${outcome}`)
}

describe('the questionnaire from the desk', () => {
  it('is due in full the first time, short at the next visit, and not again on the same day', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const needed = async () => (await window.must('screening.standing', { patientId, ...series })).needed
    expect(await needed()).toBe('FULL')
    await screenPatient(window, patientId, healthy)
    expect(await needed()).toBe('NONE')
    clinic.host.setNow('2026-08-31T15:00:00.000Z')
    await signInAgain(window)
    expect(await needed()).toBe('SHORT')
    await screenPatient(window, patientId, healthyShort)
    expect(await needed()).toBe('NONE')
    clinic.host.setNow('2027-08-04T15:00:00.000Z')
    await signInAgain(window)
    expect(await needed()).toBe('FULL')
  })

  it('is due in full again for a new course, also where nobody says which course it is for', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const physician = (await clinic.hire(['physician'])).window
    const patientId = await patientOnFile(clinic)
    const seriesId = await planSeries(physician, patientId)
    const { screeningId } = await window.must('screening.begin', { patientId, seriesId, wanted: 'NEEDED' })
    await window.must('patientMode.begin', { kind: 'SCREENING', patientId, formId: screeningId })
    await answerForm(window, { patientId, screeningId, answers: healthy })
    await window.must('patientMode.end', { pin })
    clinic.host.setNow('2026-08-31T15:00:00.000Z')
    await signInAgain(window)
    await signInAgain(physician, 'person2')
    const needed = async () => (await window.must('screening.standing', { patientId, ...series })).needed
    expect(await needed()).toBe('SHORT')
    const [first] = (await physician.must('series.list', { patientId })).series
    const end = { patientId, seriesId, status: 'ENDED_EARLY', reason: 'moved away' } as const
    await physician.must('series.setStatus', { ...end, version: first?.version ?? 0 })
    expect(await needed()).toBe('FULL')
    await planSeries(physician, patientId)
    expect(await needed()).toBe('FULL')
    expect((await window.must('screening.begin', { patientId, ...series, wanted: 'NEEDED' })).form).toBe('FULL')
  })

  it('tells the front desk whether it is answered and not what', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await screenPatient(window, patientId, healthy)
    expect(await window.must('screening.standing', { patientId, ...series })).toEqual({
      needed: 'NONE',
      unsigned: null,
      lastSigned: { screeningId, form: 'FULL', takenOn: '2026-08-03' },
    })
    for (const [name, input] of [
      ['screening.list', { patientId }],
      ['screening.open', { patientId, screeningId }],
      ['screening.outcome', { patientId, ...series, ...noPlan }],
      ['screening.clarify', { patientId, screeningId, version: 1, questionId: 'SQ-12', text: 'on apixaban' }],
      ['screening.setConcerns', { patientId, screeningId, version: 1, concerns: { bodyImage: true, capacity: false } }],
      ['screening.discard', { patientId, screeningId }],
      ['clearance.list', { patientId }],
    ] as const)
      expect(await window.code(name, input)).toBe('DENIED')
    expect(await window.code('screening.patientForm', { patientId, screeningId })).toBe('PATIENT_MODE_NEEDED')
  })

  it('is no business of the practice manager', async () => {
    const clinic = await newClinic()
    const patientId = await patientOnFile(clinic)
    const { manager } = clinic
    expect(await manager.code('screening.standing', { patientId, ...series })).toBe('DENIED')
    expect(await manager.code('screening.begin', { patientId, ...series, wanted: 'NEEDED' })).toBe('DENIED')
    expect(await manager.code('screening.list', { patientId })).toBe('DENIED')
    expect(await manager.code('screening.open', { patientId, screeningId: patientId })).toBe('DENIED')
    expect(await manager.code('screening.outcome', { patientId, ...series, ...noPlan })).toBe('DENIED')
  })

  it('takes up a form that was started, and makes it full where a full one is asked for', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    await screenPatient(window, patientId, healthy)
    clinic.host.advanceMinutes(24 * 60)
    await signInAgain(window)
    const begin = (wanted: 'NEEDED' | 'FULL') => window.must('screening.begin', { patientId, ...series, wanted })
    const first = await begin('NEEDED')
    expect(first.form).toBe('SHORT')
    expect(await begin('NEEDED')).toEqual(first)
    expect(await begin('FULL')).toEqual({ ...first, form: 'FULL' })
    expect(await begin('NEEDED')).toEqual({ ...first, form: 'FULL' })
    expect(await window.code('screening.begin', { patientId, ...series, wanted: 'SOME' })).toBe('INVALID_INPUT')
  })

  it('is not started for an archived chart, nor for a chart that is not there', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const archived = await patientOnFile(clinic, { status: { state: 'ARCHIVED', reason: 'MOVED_AWAY', note: null } })
    const begin = { ...series, wanted: 'NEEDED' } as const
    expect(await window.code('screening.begin', { patientId: archived, ...begin })).toBe('SCREENING_PATIENT_ARCHIVED')
    expect(await window.code('screening.begin', { patientId: clinic.host.newId(), ...begin })).toBe('NOT_FOUND')
    expect(await window.code('screening.standing', { patientId: clinic.host.newId(), ...series })).toBe('NOT_FOUND')
  })
})

describe('answering on the clinic’s screen', () => {
  it('keeps every answer as it is given, and brings it back', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await handOver(window, patientId)
    const answers = wire({ ...choice('SQ-10', 'PAST', on(null)), ...multi('SQ-12', ['OTHER']) })
    const saved = await window.must('screening.saveAnswers', {
      patientId,
      screeningId,
      version: 1,
      language: 'en',
      answers,
      looseTexts: [{ questionId: 'SQ-43', text: 'Softer sc' }],
      marked: ['SQ-29'],
    })
    expect(saved).toEqual({ version: 2 })
    expect(await window.must('screening.patientForm', { patientId, screeningId })).toEqual({
      state: 'OPEN',
      form: 'FULL',
      version: 2,
      familyName: 'Lindqvist',
      givenName: 'Mara',
      bornOn: '1990-03-14',
      language: 'en',
      answers,
      looseTexts: [{ questionId: 'SQ-43', text: 'Softer sc' }],
      marked: ['SQ-29'],
      words: wire(shippedWords()),
      needsGuardian: false,
    })
  })

  it('refuses an answer the question does not offer, and a save over a newer one', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await handOver(window, patientId)
    const input = { patientId, screeningId, version: 1, language: 'en', answers: {}, looseTexts: [], marked: [] }
    const wrong = { 'SQ-01': { kind: 'CHOICE', chosen: { option: 'PERHAPS', inputs: [] } } }
    expect(await window.code('screening.saveAnswers', { ...input, answers: wrong })).toBe('INVALID_INPUT')
    expect(await window.code('screening.saveAnswers', input)).toBe('ok')
    expect(await window.code('screening.saveAnswers', input)).toBe('CONFLICT')
  })

  it('is audited once per spell, as the patient’s doing', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await handOver(window, patientId)
    const save = (version: number) =>
      window.must('screening.saveAnswers', {
        patientId,
        screeningId,
        version,
        language: 'en',
        answers: wire(choice('SQ-01', 'NO')),
        looseTexts: [],
        marked: [],
      })
    await save(1)
    await save(2)
    await save(3)
    expect(await auditOf(clinic.app, patientId)).toEqual([
      'screening.begin frontDesk DONE',
      'patientMode.begin frontDesk DONE',
      'screening.answer patient DONE',
    ])
  })

  it('refuses the signature of a form with an open question, and names it', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await handOver(window, patientId)
    const { 'SQ-29': _left, ...rest } = healthy
    await window.must('screening.saveAnswers', {
      patientId,
      screeningId,
      version: 1,
      language: 'en',
      answers: wire(rest),
      looseTexts: [],
      marked: [],
    })
    const sign = { patientId, screeningId, version: 2, signer: { role: 'PATIENT' }, mark: stroke, intentTicked: true }
    expect(await window.call('screening.sign', wire(sign))).toEqual({
      ok: false,
      refusal: { code: 'SCREENING_UNANSWERED', facts: { questions: ['SQ-29'] } },
    })
  })

  it('asks for the tick, for a mark that moved, and for a guardian where the patient is a minor', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic, { bornOn: '2009-05-01' })
    const screeningId = await handOver(window, patientId)
    await window.must('screening.saveAnswers', {
      patientId,
      screeningId,
      version: 1,
      language: 'en',
      answers: wire(healthy),
      looseTexts: [],
      marked: [],
    })
    const mother = { role: 'GUARDIAN', name: 'Ines Lindqvist', relationship: 'mother' }
    const base = { patientId, screeningId, version: 2, signer: mother, mark: wire(stroke), intentTicked: true }
    const dot = { kind: 'STROKES', strokes: [[{ x: 1, y: 1, atMs: 0 }]] }
    const code = (change: object) => window.code('screening.sign', { ...base, ...change })
    expect(await code({ signer: { role: 'PATIENT' } })).toBe('SCREENING_GUARDIAN_NEEDED')
    expect(await code({ intentTicked: false })).toBe('SCREENING_INTENT_NOT_TICKED')
    expect(await code({ mark: dot })).toBe('SCREENING_MARK_MISSING')
    expect(await code({ signer: { ...mother, name: ' ' } })).toBe('SCREENING_SIGNER_MISSING')
    expect(await code({ version: 1 })).toBe('CONFLICT')
    expect(await code({ mark: { kind: 'STROKES', strokes: [] } })).toBe('INVALID_INPUT')
    expect(await code({})).toBe('ok')
    expect(await code({})).toBe('SCREENING_ALREADY_SIGNED')
    expect(await window.must('screening.patientForm', { patientId, screeningId })).toMatchObject({ state: 'SIGNED' })
  })

  it('refuses a date after today and keeps the form open', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await handOver(window, patientId)
    await window.must('screening.saveAnswers', {
      patientId,
      screeningId,
      version: 1,
      language: 'en',
      answers: wire({ ...healthy, ...choice('SQ-10', 'PAST', on('2026-08-04')) }),
      looseTexts: [],
      marked: [],
    })
    const sign = { patientId, screeningId, version: 2, signer: { role: 'PATIENT' }, mark: stroke, intentTicked: true }
    expect(await window.call('screening.sign', wire(sign))).toMatchObject({
      refusal: { code: 'SCREENING_ANSWER_FAULT', facts: { questions: ['SQ-10 DATE_IN_FUTURE'] } },
    })
  })

  it('keeps what was signed: bytes, the patient’s signature, and the picture of the mark sealed', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await screenPatient(window, patientId, healthy)
    const opened = await window.must('screening.open', { patientId, screeningId })
    expect(opened).toMatchObject({
      state: 'SIGNED',
      version: 1,
      isIntact: true,
      isNewest: true,
      handedOverBy: 'Lena Brook 1',
      changes: null,
      body: {
        form: 'FULL',
        takenOn: '2026-08-03',
        answers: healthy,
        signature: { role: 'PATIENT', name: 'Mara Lindqvist', mark: stroke, intentTicked: true },
      },
    })
    const { store, attachments } = clinic.app.services.storeLife.open
    expect(
      await many(
        store.db,
        'select scheme, signer_id, signer_name, credential, meaning from signature where record_id = ?',
        [screeningId],
      ),
    ).toEqual([
      {
        scheme: 'mark/1',
        signer_id: null,
        signer_name: 'Mara Lindqvist',
        credential: 'PATIENT',
        meaning: 'PATIENT_ANSWERS',
      },
    ])
    const imageId = opened.state === 'SIGNED' ? opened.body.signature?.imageId : null
    const picture = imageId ? await attachments.read(store.db, imageId) : null
    expect(picture?.mediaType).toBe('image/svg+xml')
    expect(picture?.bytes.toString('utf8')).toContain('<path d="M')
    expect(await auditOf(clinic.app, patientId)).toEqual([
      'screening.begin aesthetician DONE',
      'patientMode.begin aesthetician DONE',
      'screening.answer patient DONE',
      'screening.sign patient DONE',
      'patientMode.end patient DONE',
      'screening.open aesthetician DONE',
    ])
  })
})

describe('after the signature', () => {
  it('lets the practitioner clarify an answer and never change it', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await screenPatient(window, patientId, { ...healthy, ...multi('SQ-12', ['OTHER']) })
    const clarify = {
      patientId,
      screeningId,
      version: 1,
      questionId: 'SQ-12',
      text: 'Apixaban 5 mg twice a day.',
    } as const
    expect(await window.must('screening.clarify', clarify)).toEqual({ version: 2 })
    expect(await window.code('screening.clarify', clarify)).toBe('CONFLICT')
    expect(await window.code('screening.clarify', { ...clarify, version: 2, text: '  ' })).toBe('INVALID_INPUT')
    expect(await window.must('screening.open', { patientId, screeningId })).toMatchObject({
      version: 2,
      versionNumber: 2,
      isIntact: true,
      people: [{ staffId, printedName: 'Lena Brook 1' }],
      body: {
        answers: { 'SQ-12': { kind: 'MULTI', chosen: [{ option: 'OTHER', inputs: [] }] } },
        clarifications: [{ questionId: 'SQ-12', text: 'Apixaban 5 mg twice a day.', by: staffId }],
      },
    })
  })

  it('clarifies nothing before the patient has signed, and nothing the short form did not ask', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['physician'])
    const patientId = await patientOnFile(clinic)
    await screenPatient(window, patientId, healthy)
    clinic.host.advanceMinutes(24 * 60)
    await signInAgain(window)
    const { screeningId } = await window.must('screening.begin', { patientId, ...series, wanted: 'NEEDED' })
    const clarify = { patientId, screeningId, version: 1, questionId: 'SQ-29', text: 'HbA1c 6.9 %.' } as const
    const concerns = { bodyImage: false, capacity: true }
    expect(await window.code('screening.clarify', clarify)).toBe('SCREENING_NOT_SIGNED')
    expect(await window.code('screening.setConcerns', { patientId, screeningId, version: 1, concerns })).toBe(
      'SCREENING_NOT_SIGNED',
    )
    await window.must('patientMode.begin', { kind: 'SCREENING', patientId, formId: screeningId })
    await answerForm(window, { patientId, screeningId, answers: healthyShort })
    await window.must('patientMode.end', { pin })
    expect(await window.code('screening.clarify', clarify)).toBe('SCREENING_QUESTION_NOT_ASKED')
  })

  it('adds the practitioner’s concern as a finding that a physician clears', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await screenPatient(window, patientId, healthy)
    const outcome = () => window.must('screening.outcome', { patientId, ...series, ...noPlan })
    expect((await outcome()).overall).toBe('NONE')
    const concerns = { bodyImage: true, capacity: false }
    expect(await window.must('screening.setConcerns', { patientId, screeningId, version: 1, concerns })).toEqual({
      version: 2,
    })
    expect((await outcome()).findings.map(({ rule, standing }) => `${rule} ${standing}`)).toEqual([
      'EXPECTATION_CONCERN NEEDS_CLEARANCE',
    ])
  })

  it('shows what the newest form says differently from what stood before', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    await screenPatient(window, patientId, healthy)
    clinic.host.advanceMinutes(24 * 60)
    await signInAgain(window)
    const today = { ...healthyShort, ...choice('SQ-31', 'YES', on('2026-07-30'), where('CHEEK_ANT.L')) }
    const screeningId = await screenPatient(window, patientId, today)
    const { changes, findings, eligibleOn } = await window.must('screening.outcome', {
      patientId,
      ...series,
      plannedZones: [place('CHEEK_ANT.L'), place('CHIN.M')],
      deviceType: 'PEN',
    })
    expect(changes).toMatchObject({
      since: '2026-08-03',
      answers: [{ questionId: 'SQ-31', before: { chosen: { option: 'NO' } }, after: { chosen: { option: 'YES' } } }],
    })
    expect(eligibleOn).toBe('2026-08-27')
    expect(findings).toMatchObject([
      {
        rule: 'FILLER_WAIT',
        standing: 'NEEDS_CLEARANCE',
        zones: [{ zone: 'CHEEK_ANT', side: 'L' }],
        eligibleOn: '2026-08-27',
        lifts: ['PHYSICIAN', 'DATE'],
        source: { screeningId, form: 'SHORT' },
      },
    ])
    const elsewhere = await window.must('screening.outcome', {
      patientId,
      ...series,
      plannedZones: [place('CHIN.M')],
      deviceType: 'PEN',
    })
    expect(elsewhere.findings).toEqual([])
  })

  it('tells who treats which answers changed, and the desk nothing of it', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    const { window: desk } = await clinic.hire(['frontDesk'])
    expect(await desk.code('screening.changes', { patientId })).toBe('DENIED')
    expect(await window.must('screening.changes', { patientId })).toEqual({ newest: null })
    await screenPatient(window, patientId, healthy)
    expect(await window.must('screening.changes', { patientId })).toMatchObject({ newest: { changes: null } })
    clinic.host.advanceMinutes(24 * 60)
    await signInAgain(window)
    await screenPatient(window, patientId, { ...healthyShort, ...choice('SQ-01', 'PREGNANT') })
    const { newest } = await window.must('screening.changes', { patientId })
    expect(newest?.changes).toMatchObject({
      since: '2026-08-03',
      answers: [{ questionId: 'SQ-01', before: healthy['SQ-01'], after: choice('SQ-01', 'PREGNANT')['SQ-01'] }],
    })
    expect([
      await window.code('screening.changes', {}),
      await window.code('screening.changes', { patientId: newest?.screeningId }),
    ]).toEqual(['INVALID_INPUT', 'NOT_FOUND'])
  })

  it('keeps the questions the patient wanted to ask about', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await handOver(window, patientId)
    await window.must('screening.saveAnswers', {
      patientId,
      screeningId,
      version: 1,
      language: 'en',
      answers: wire({ ...healthy, ...multi('SQ-28', ['OTHER', text('not sure of the name')]) }),
      looseTexts: [],
      marked: ['SQ-28'],
    })
    const sign = { patientId, screeningId, version: 2, signer: { role: 'PATIENT' }, mark: stroke, intentTicked: true }
    expect(await window.code('screening.sign', wire(sign))).toBe('ok')
    await window.must('patientMode.end', { pin })
    expect(await window.must('screening.open', { patientId, screeningId })).toMatchObject({ marked: ['SQ-28'] })
  })

  it('opens no form of another patient, and records the attempt', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['aesthetician'])
    const ana = await patientOnFile(clinic, { given: 'Ana' })
    const eva = await patientOnFile(clinic, { given: 'Eva' })
    const screeningId = await screenPatient(window, ana, healthy)
    expect(await window.code('screening.open', { patientId: eva, screeningId })).toBe('NOT_FOUND')
    const clarify = { patientId: eva, screeningId, version: 1, questionId: 'SQ-12', text: 'x' }
    expect(await window.code('screening.clarify', clarify)).toBe('NOT_FOUND')
    expect(await window.code('screening.discard', { patientId: eva, screeningId })).toBe('NOT_FOUND')
    const { db } = clinic.app.services.storeLife.open.store
    const refused = await many<{ action: string }>(
      db,
      "select action from audit_entry where outcome = 'REFUSED' and subject_id = ? order by seq",
      [eva],
    )
    expect(refused.map(({ action }) => action)).toEqual(['screening.open', 'screening.clarify', 'screening.discard'])
  })

  it('gives up a form that nobody signed, and never a signed one', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    const { screeningId } = await window.must('screening.begin', { patientId, ...series, wanted: 'NEEDED' })
    expect(await window.must('screening.list', { patientId })).toMatchObject({ forms: [], unsigned: { screeningId } })
    expect(await window.code('screening.discard', { patientId, screeningId })).toBe('ok')
    expect(await window.must('screening.list', { patientId })).toEqual({ forms: [], unsigned: null })
    const signed = await screenPatient(window, patientId, healthy)
    expect(await window.code('screening.discard', { patientId, screeningId: signed })).toBe('SCREENING_ALREADY_SIGNED')
    expect((await window.must('screening.list', { patientId })).forms).toMatchObject([
      { screeningId: signed, form: 'FULL', signerName: 'Mara Lindqvist', clarifications: 0, isIntact: true },
    ])
  })
})
