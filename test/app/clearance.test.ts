import { describe, expect, it } from 'vitest'
import { bindScreeningsToSeries, selectScreeningFacts } from '../../db/queries/screening.ts'
import { many } from '../../db/records.ts'
import type { ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import type { PatientId, SeriesId } from '../../shared/kernel/ids.ts'
import { choice, hbA1c, multi, on, place, select } from '../domain/screening-answers.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { newClinic, password, pin, type TestClinic, type Window } from '../support/clinic.ts'
import { patientOnFile, screenPatient, signInAgain, wire } from '../support/screening.ts'

const healthy = answersOfHealthyPerson('FULL')
const healthyShort = answersOfHealthyPerson('SHORT')
const byPassword = { method: 'PASSWORD', password } as const
const noConditions = {
  maxDepthUm: null,
  zonesExcluded: [],
  zonesAllowed: null,
  prophylaxis: null,
  anaestheticPlan: null,
}

/** A decision on one finding with everything plain; `change` says what the case is about. */
function decision(patientId: PatientId, rule: readonly [questionId: string, rule: string], change: object = {}) {
  return wire({
    patientId,
    seriesId: null,
    plannedZones: [],
    deviceType: null,
    findings: [{ questionId: rule[0], rule: rule[1] }],
    decision: 'CLEARED',
    reason: 'Seen today; well controlled.',
    conditions: noConditions,
    offLabelNote: null,
    expiresOn: '2026-11-01',
    reauth: byPassword,
    ...change,
  })
}

const bloodThinner = ['SQ-12', 'BLOOD_THINNER_DOAC'] as const

async function clinicWithPatient(answers: ScreeningAnswers, now?: string) {
  const clinic = await newClinic(now)
  const physician = await clinic.hire(['physician'])
  const aesthetician = await clinic.hire(['aesthetician'])
  const patientId = await patientOnFile(clinic)
  await screenPatient(aesthetician.window, patientId, { ...healthy, ...answers })
  return { clinic, physician, aesthetician, patientId }
}

/** What the start of a session would read. */
function gateFacts(
  { app }: TestClinic,
  input: Omit<Parameters<typeof selectScreeningFacts>[1], 'deviceType' | 'policy'>,
) {
  return selectScreeningFacts(app.services.storeLife.open.store.db, { deviceType: 'PEN', policy: null, ...input })
}

async function outcome(window: Window, patientId: PatientId) {
  const { findings } = await window.must('screening.outcome', {
    patientId,
    seriesId: null,
    plannedZones: [],
    deviceType: null,
  })
  return findings.map(({ rule, standing, earlier }) => `${rule} ${standing}${earlier === 'NONE' ? '' : ` ${earlier}`}`)
}

describe('a physician’s clearance', () => {
  it('lifts the finding it names until its last day, signed and audited', async () => {
    const { clinic, physician, patientId } = await clinicWithPatient(multi('SQ-12', ['DOAC']))
    expect(await outcome(physician.window, patientId)).toEqual(['BLOOD_THINNER_DOAC NEEDS_CLEARANCE'])
    const { clearanceId } = await physician.window.must('clearance.decide', decision(patientId, bloodThinner))
    expect(await outcome(physician.window, patientId)).toEqual(['BLOOD_THINNER_DOAC CLEARED'])
    expect(await physician.window.must('clearance.list', { patientId })).toMatchObject({
      defaultExpiresOn: '2026-11-01',
      clearances: [
        {
          isInForce: true,
          isIntact: true,
          body: {
            id: clearanceId,
            decision: 'CLEARED',
            reason: 'Seen today; well controlled.',
            findings: [{ questionId: 'SQ-12', rule: 'BLOOD_THINNER_DOAC', scope: 'PATIENT' }],
            signature: { staffId: physician.staffId, credential: 'MD', licence: { level: 'PHYSICIAN' } },
          },
        },
      ],
    })
    const { db } = clinic.app.services.storeLife.open.store
    expect(await many(db, 'select meaning, signer_id from signature where record_id = ?', [clearanceId])).toEqual([
      { meaning: 'CLEARANCE_GIVEN', signer_id: physician.staffId },
    ])
    expect(await many(db, "select reason from audit_entry where action = 'clearance.decide'")).toEqual([
      { reason: 'CLEARED' },
    ])
    clinic.host.setNow('2026-11-02T16:00:00.000Z')
    await signInAgain(physician.window)
    expect(await outcome(physician.window, patientId)).toEqual(['BLOOD_THINNER_DOAC NEEDS_CLEARANCE EXPIRED'])
  })

  it('is a physician’s alone, with identity proved at that moment', async () => {
    const { clinic, physician, aesthetician, patientId } = await clinicWithPatient(multi('SQ-12', ['DOAC']))
    const desk = await clinic.hire(['frontDesk'])
    for (const window of [aesthetician.window, desk.window, clinic.manager]) {
      expect(await window.code('clearance.decide', decision(patientId, bloodThinner))).toBe('DENIED')
      expect(await window.code('clearance.asked', {})).toBe('DENIED')
    }
    const byPin = { reauth: { method: 'PIN', pin } }
    expect(await physician.window.code('clearance.decide', decision(patientId, bloodThinner, byPin))).toBe(
      'PASSWORD_NEEDED',
    )
    const wrong = { reauth: { method: 'PASSWORD', password: 'not this one' } }
    expect(await physician.window.code('clearance.decide', decision(patientId, bloodThinner, wrong))).toBe(
      'REAUTH_WRONG',
    )
    expect(await physician.window.code('clearance.decide', decision(patientId, bloodThinner))).toBe('ok')
    expect(await physician.window.code('clearance.decide', decision(patientId, bloodThinner, byPin))).toBe('ok')
    expect(await aesthetician.window.code('clearance.list', { patientId })).toBe('ok')
  })

  it('refuses a decision on something the answers do not say, or that nobody may lift', async () => {
    const { physician, patientId } = await clinicWithPatient(choice('SQ-21', 'YES'))
    const decide = (rule: readonly [string, string], change: object = {}) =>
      physician.window.call('clearance.decide', decision(patientId, rule, change))
    expect(await decide(bloodThinner)).toMatchObject({ refusal: { code: 'CLEARANCE_FINDING_CHANGED' } })
    expect(await decide(['SQ-21', 'SKIN_NOT_INTACT'], { offLabelNote: 'told' })).toMatchObject({
      refusal: { code: 'CLEARANCE_HAS_PROBLEMS', facts: { problems: ['FINDING_NOT_CLEARABLE'] } },
    })
    expect(await decide(bloodThinner, { findings: [] })).toMatchObject({
      refusal: { code: 'CLEARANCE_HAS_PROBLEMS', facts: { problems: ['NO_FINDING'] } },
    })
    expect(await decide(bloodThinner, { expiresOn: '2026-02-30' })).toMatchObject({
      refusal: { code: 'INVALID_INPUT', facts: { field: 'expiresOn' } },
    })
  })

  it('wants the anaesthetic plan for an allergy and the off-label note for a labelled contraindication', async () => {
    const { clinic, physician, patientId } = await clinicWithPatient(multi('SQ-36', ['LIDOCAINE']))
    const allergy = ['SQ-36', 'ANAESTHETIC_ALLERGY_LIDOCAINE'] as const
    const decide = (change: object) => physician.window.call('clearance.decide', decision(patientId, allergy, change))
    expect(await decide({})).toMatchObject({
      refusal: { facts: { problems: ['ANAESTHETIC_PLAN_MISSING', 'OFF_LABEL_NOTE_MISSING'] } },
    })
    const plan = { ...noConditions, anaestheticPlan: { kind: 'NO_ANAESTHETIC' } }
    expect(await decide({ conditions: plan, offLabelNote: 'Told that the label advises against it.' })).toMatchObject({
      ok: true,
    })
    const { blockedSubstances } = await gateFacts(clinic, {
      patientId,
      today: '2026-08-03',
      plannedZones: [],
      seriesId: null,
    })
    expect(blockedSubstances).toEqual(['LIDOCAINE', 'TETRACAINE', 'PRILOCAINE', 'BENZOCAINE', 'OTHER'])
  })

  it('wants a licence that is valid on the day', async () => {
    const { clinic, physician, patientId } = await clinicWithPatient(multi('SQ-12', ['DOAC']))
    clinic.host.setNow('2030-01-02T16:00:00.000Z')
    await signInAgain(physician.window)
    expect(
      await physician.window.code('clearance.decide', decision(patientId, bloodThinner, { expiresOn: '2030-02-01' })),
    ).toBe('CLEARANCE_LICENCE_NOT_VALID')
  })

  it('can be a refusal, which stands against an earlier clearance', async () => {
    const { clinic, physician, patientId } = await clinicWithPatient(multi('SQ-12', ['DOAC']))
    await physician.window.must('clearance.decide', decision(patientId, bloodThinner))
    clinic.host.advanceMinutes(5)
    const no = { decision: 'REFUSED', reason: 'Bruised badly last time.', expiresOn: '2026-08-03' }
    await physician.window.must('clearance.decide', decision(patientId, bloodThinner, no))
    expect(await outcome(physician.window, patientId)).toEqual(['BLOOD_THINNER_DOAC NEEDS_CLEARANCE REFUSED'])
    expect(await physician.window.must('clearance.asked', {})).toEqual({ patients: [] })
  })

  it('is not found for a patient who is not there', async () => {
    const { clinic, physician } = await clinicWithPatient({})
    const nobody = clinic.host.newId() as PatientId
    expect(await physician.window.code('clearance.decide', decision(nobody, bloodThinner))).toBe('NOT_FOUND')
    expect(await physician.window.code('clearance.list', { patientId: nobody })).toBe('NOT_FOUND')
  })
})

describe('what physicians are asked', () => {
  it('lists every patient whose newest answers need a decision, longest waiting first', async () => {
    const { clinic, physician, aesthetician, patientId: ruth } = await clinicWithPatient(multi('SQ-12', ['DOAC']))
    const helen = await patientOnFile(clinic, { family: 'Marsh', given: 'Helen', chartNumber: 'C-20399' })
    const well = await patientOnFile(clinic, { family: 'Petrov', given: 'Ivo' })
    clinic.host.advanceMinutes(1)
    const diabetes = choice('SQ-29', 'YES', hbA1c(86), on('2026-06-11'), select('SLOW_HEALING', 'NO'))
    await screenPatient(aesthetician.window, helen, { ...healthy, ...diabetes })
    await screenPatient(aesthetician.window, well, healthy)
    const asked = async () => (await physician.window.must('clearance.asked', {})).patients
    expect(await asked()).toMatchObject([
      { patientId: ruth, findings: [{ rule: 'BLOOD_THINNER_DOAC', outcome: 'CLEAR', eligibleOn: null }] },
      { patientId: helen, familyName: 'Marsh', chartNumber: 'C-20399', findings: [{ rule: 'DIABETES_HBA1C_HIGH' }] },
    ])
    await physician.window.must('clearance.decide', decision(ruth, bloodThinner))
    expect((await asked()).map((one) => one.patientId)).toEqual([helen])
  })

  it('asks again when a later form says something new, and no more once a wait has ended', async () => {
    const { clinic, physician, aesthetician, patientId } = await clinicWithPatient(
      choice('SQ-10', 'PAST', on('2026-03-02')),
    )
    const wait = ['SQ-10', 'ISOTRETINOIN_WAIT'] as const
    const rules = async () =>
      (await physician.window.must('clearance.asked', {})).patients.flatMap((one) =>
        one.findings.map(({ rule }) => rule),
      )
    expect(await rules()).toEqual(['ISOTRETINOIN_WAIT'])
    await physician.window.must('clearance.decide', decision(patientId, wait))
    expect(await rules()).toEqual([])
    clinic.host.setNow('2026-08-10T16:00:00.000Z')
    await signInAgain(aesthetician.window, 'person2')
    await signInAgain(physician.window)
    await screenPatient(aesthetician.window, patientId, {
      ...healthyShort,
      ...choice('SQ-10', 'PAST', on('2026-06-20')),
    })
    expect(await rules()).toEqual(['ISOTRETINOIN_WAIT'])
    clinic.host.setNow('2026-12-20T16:00:00.000Z')
    await signInAgain(physician.window)
    expect(await rules()).toEqual([])
  })
})

describe('scenario 2, Tomas Ferreira: isotretinoin, at the clinic', () => {
  const june = '2026-06-02T15:00:00.000Z'
  const today = '2026-06-02'
  const lastDose = choice('SQ-10', 'PAST', on('2026-03-02'))

  it('is stopped by the wait, and starts at 0.5 mm in the test zone once a physician has cleared it', async () => {
    const { clinic, physician, patientId } = await clinicWithPatient(lastDose, june)
    const plannedZones = [place('JAWLINE.R')]
    const before = await gateFacts(clinic, { patientId, today, plannedZones, seriesId: null })
    expect(before).toMatchObject({
      fullAnsweredOn: today,
      stops: [],
      uncleared: [{ rule: 'ISOTRETINOIN_WAIT', eligibleOn: '2026-09-02' }],
      clearances: [],
    })
    const { clearanceId } = await physician.window.must(
      'clearance.decide',
      decision(patientId, ['SQ-10', 'ISOTRETINOIN_WAIT'], {
        reason: 'ASDS 2017; superficial; max 0.5 mm, test zone JAWLINE R',
        conditions: { ...noConditions, maxDepthUm: 500, zonesAllowed: plannedZones },
        expiresOn: '2026-08-31',
      }),
    )
    expect(await gateFacts(clinic, { patientId, today, plannedZones, seriesId: null })).toMatchObject({
      stops: [],
      uncleared: [],
      clearanceIds: [clearanceId],
      clearances: [
        { clearanceId, expiresOn: '2026-08-31', maxDepthUm: 500, zonesAllowed: plannedZones, unmetConditions: [] },
      ],
    })
  })

  it('is a STOP while he still takes it', async () => {
    const { clinic, patientId } = await clinicWithPatient(choice('SQ-10', 'NOW'), june)
    const facts = await gateFacts(clinic, { patientId, today, plannedZones: [place('CHIN.M')], seriesId: null })
    expect(facts).toMatchObject({ stops: [{ rule: 'ISOTRETINOIN_NOW', override: 'PHYSICIAN' }], uncleared: [] })
  })
})

describe('scenario 10, Ruth Adeyemi: cold sores and apixaban, at the clinic', () => {
  const lips = [place('LIP_UPPER.M'), place('LIP_LOWER.M')]
  const plannedZones = [place('LIP_UPPER.M'), place('CHEEK_ANT.L')]
  const coldSores = (started: 'YES' | 'NO' | 'NOT_PRESCRIBED') => ({
    ...choice('SQ-19', 'YES', select('FREQUENCY', 'THREE_OR_MORE_A_YEAR'), select('ANTIVIRAL_STARTED', started)),
    ...multi('SQ-12', ['DOAC']),
  })

  it('lets the cheeks go ahead and stops the lips until the antiviral is started', async () => {
    const { clinic, physician, aesthetician, patientId } = await clinicWithPatient(coldSores('NOT_PRESCRIBED'))
    const read = (zones = plannedZones, today = '2026-08-03') =>
      gateFacts(clinic, { patientId, today, plannedZones: zones, seriesId: null })
    expect((await read()).uncleared.map(({ rule }) => rule)).toEqual(['BLOOD_THINNER_DOAC', 'HERPES_HISTORY'])

    const both = [
      { questionId: 'SQ-12', rule: 'BLOOD_THINNER_DOAC' },
      { questionId: 'SQ-19', rule: 'HERPES_HISTORY' },
    ]
    const missing = decision(patientId, bloodThinner, { findings: both })
    expect(await physician.window.call('clearance.decide', missing)).toMatchObject({
      refusal: { facts: { problems: ['PROPHYLAXIS_DECISION_MISSING'] } },
    })
    const conditions = {
      ...noConditions,
      maxDepthUm: 500,
      prophylaxis: { ordered: true, zones: lips, text: 'As prescribed, from the morning before.' },
    }
    await physician.window.must(
      'clearance.decide',
      decision(patientId, bloodThinner, { findings: both, reason: 'Apixaban continues.', conditions }),
    )

    clinic.host.setNow('2026-08-17T15:00:00.000Z')
    await signInAgain(aesthetician.window, 'person2')
    await screenPatient(aesthetician.window, patientId, { ...healthyShort, ...coldSores('NO') })
    const dayOf = await read(plannedZones, '2026-08-17')
    expect(dayOf).toMatchObject({
      fullAnsweredOn: '2026-08-03',
      shortAnsweredOn: '2026-08-17',
      stops: [{ rule: 'ANTIVIRAL_NOT_STARTED', zones: [place('LIP_UPPER.M')] }],
      uncleared: [],
      clearances: [{ maxDepthUm: 500 }],
    })
    expect(dayOf.screeningIds).toHaveLength(2)
    expect((await read([place('CHEEK_ANT.L')], '2026-08-17')).stops).toEqual([])

    clinic.host.advanceMinutes(5)
    await screenPatient(aesthetician.window, patientId, { ...healthyShort, ...coldSores('YES') })
    expect(await read(plannedZones, '2026-08-17')).toMatchObject({
      stops: [],
      uncleared: [],
      clearances: [{ maxDepthUm: 500 }],
    })
  })

  it('obeys an antiviral that the treatment order names, without any clearance', async () => {
    const { clinic, patientId } = await clinicWithPatient(coldSores('NO'))
    const facts = await gateFacts(clinic, {
      patientId,
      today: '2026-08-03',
      plannedZones,
      seriesId: null,
      orderProphylaxis: { zones: lips },
    })
    expect(facts.stops.map(({ rule }) => rule)).toEqual(['ANTIVIRAL_NOT_STARTED'])
  })
})

describe('a full form of another series', () => {
  it('does not carry a new series', async () => {
    const { clinic, aesthetician } = await clinicWithPatient({})
    const patientId = await patientOnFile(clinic, { given: 'Ivo', family: 'Petrov' })
    const { window } = aesthetician
    const plan = async (goalText: string) =>
      window.must('series.plan', {
        patientId,
        goals: ['ACNE_SCAR'],
        goalText,
        zones: [],
        sessionsPlanned: 4,
        intervalMonths: 1,
        photos: 'DECLINED',
        photoViews: [],
      })
    const { seriesId: first } = await plan('Softer scars')
    const { seriesId: second } = await plan('Softer scars on the chin')
    await screenPatient(window, patientId, healthy)
    const today = '2026-08-03'
    const read = (seriesId: SeriesId) => gateFacts(clinic, { patientId, today, plannedZones: [], seriesId })
    expect((await read(first)).fullAnsweredOn).toBe(today)
    const { store } = clinic.app.services.storeLife.open
    const { screeningIds } = await read(first)
    await store.db.transaction().execute((trx) => bindScreeningsToSeries(trx, patientId, screeningIds, first))
    expect((await read(first)).fullAnsweredOn).toBe(today)
    expect((await read(second)).fullAnsweredOn).toBe(null)
    expect((await window.must('screening.standing', { patientId, seriesId: second })).needed).toBe('FULL')
    expect((await window.must('screening.standing', { patientId, seriesId: first })).needed).toBe('NONE')
  })
})
