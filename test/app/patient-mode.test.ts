import { describe, expect, it } from 'vitest'
import type { ProcedureDefinition } from '../../shared/contract/define.ts'
import { contract } from '../../shared/contract/index.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { newClinic, openWindow, password, pin } from '../support/clinic.ts'
import { answerForm, handOver, patientOnFile, screenPatient, wire } from '../support/screening.ts'

const healthy = answersOfHealthyPerson('FULL')
const otherPin = '518203'

describe('the clinic’s screen in the patient’s hands', () => {
  it('reaches this patient’s form and nothing else', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk', 'aesthetician', 'physician'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await handOver(window, patientId)
    expect(await window.must('signIn.state', {})).toEqual({
      kind: 'PATIENT_MODE',
      form: { patientId, kind: 'SCREENING', formId: screeningId },
    })
    const features: Readonly<Record<string, Readonly<Record<string, ProcedureDefinition>>>> = contract
    for (const [feature, procedures] of Object.entries(features)) {
      for (const [name, definition] of Object.entries(procedures)) {
        if (definition.reach !== 'STAFF' && definition.reach !== 'SIGN_IN') continue
        const code = await window.code(`${feature}.${name}` as 'screening.list', { patientId, screeningId })
        expect(['PATIENT_MODE', 'INVALID_INPUT'], `${feature}.${name}`).toContain(code)
      }
    }
    expect(await window.code('screening.list', { patientId })).toBe('PATIENT_MODE')
    expect(await window.code('signIn.signOut', {})).toBe('PATIENT_MODE')
    expect(await window.code('signIn.withPassword', { signInName: 'person1', password })).toBe('PATIENT_MODE')
    expect(await window.code('signIn.ping', {})).toBe('ok')
  })

  it('reaches no other form, not even one of the same patient', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const [ana, eva] = [await patientOnFile(clinic, { given: 'Ana' }), await patientOnFile(clinic, { given: 'Eva' })]
    const signedBefore = await screenPatient(window, ana, healthy)
    const other = await window.must('screening.begin', { patientId: eva, seriesId: null, wanted: 'NEEDED' })
    const own = await handOver(window, ana, 'FULL')
    const save = { version: 1, language: 'en', answers: {}, looseTexts: [], marked: [] }
    for (const form of [
      { patientId: eva, screeningId: other.screeningId },
      { patientId: ana, screeningId: other.screeningId },
      { patientId: eva, screeningId: own },
      { patientId: ana, screeningId: signedBefore },
    ]) {
      expect(await window.code('screening.patientForm', form)).toBe('NOT_FOUND')
      expect(await window.code('screening.saveAnswers', { ...form, ...save })).toBe('NOT_FOUND')
    }
  })

  it('leaves other windows as they were', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    const second = openWindow(clinic.app)
    await second.must('signIn.withPin', { staffId, pin })
    await handOver(window, await patientOnFile(clinic))
    expect(await second.must('signIn.state', {})).toMatchObject({ kind: 'SIGNED_IN' })
  })

  it('takes back files that the window was given before', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    window.connection.blobs.set('token', async () => ({
      mediaType: 'text/plain',
      fileName: 'x',
      bytes: Buffer.from('x'),
    }))
    await handOver(window, patientId)
    expect(await clinic.app.readBlob(window.connection, 'token')).toBe(null)
  })

  it('is for an open form of that very patient, and for those who may hand over', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const [ana, eva] = [await patientOnFile(clinic, { given: 'Ana' }), await patientOnFile(clinic, { given: 'Eva' })]
    const signed = await screenPatient(window, ana, healthy)
    const begin = (patientId: string, formId: string, kind = 'SCREENING') =>
      window.code('patientMode.begin', { kind, patientId, formId })
    expect(await begin(ana, signed)).toBe('PATIENT_FORM_NOT_OPEN')
    expect(await begin(eva, signed)).toBe('NOT_FOUND')
    expect(await begin(eva, clinic.host.newId())).toBe('NOT_FOUND')
    expect(await begin(eva, clinic.host.newId(), 'ORDER')).toBe('INVALID_INPUT')
    expect(await clinic.manager.code('patientMode.begin', { kind: 'SCREENING', patientId: ana, formId: signed })).toBe(
      'DENIED',
    )
    expect(await window.code('patientMode.end', { pin })).toBe('NOT_IN_PATIENT_MODE')
  })

  it('locks itself when nobody touches it, and keeps what was answered', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await handOver(window, patientId)
    const save = {
      patientId,
      screeningId,
      version: 1,
      language: 'en' as const,
      answers: wire(healthy),
      looseTexts: [],
      marked: [],
    }
    await window.must('screening.saveAnswers', save)
    clinic.host.advanceMinutes(11)
    expect(await window.code('screening.patientForm', { patientId, screeningId })).toBe('LOCKED')
    await window.must('signIn.withPin', { staffId, pin })
    expect(await window.must('screening.standing', { patientId, seriesId: null })).toMatchObject({
      unsigned: { screeningId, answered: 37, asked: 37 },
    })
  })
})

describe('taking the screen back', () => {
  it('takes the PIN of the person who handed over, and nothing was lost', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    const screeningId = await handOver(window, patientId)
    await answerForm(window, { patientId, screeningId, answers: healthy })
    expect(await window.code('patientMode.end', { pin: '111112' })).toBe('SIGN_IN_WRONG')
    expect(await window.code('patientMode.end', { pin: 'no pin' })).toBe('INVALID_INPUT')
    expect(await window.must('signIn.state', {})).toMatchObject({ kind: 'PATIENT_MODE' })
    expect(await window.code('patientMode.end', { pin })).toBe('ok')
    expect(await window.must('signIn.state', {})).toMatchObject({ kind: 'SIGNED_IN', person: { staffId } })
    expect(await window.code('screening.open', { patientId, screeningId })).toBe('ok')
  })

  it('takes the PIN of somebody else who is signed in here and may hand over, as that person', async () => {
    const clinic = await newClinic()
    const desk = await clinic.hire(['frontDesk'])
    const aesthetician = await clinic.hire(['aesthetician'])
    await aesthetician.window.must('signIn.setPin', { pin: otherPin, reauth: { method: 'PASSWORD', password } })
    await clinic.manager.must('signIn.setPin', { pin: '740215', reauth: { method: 'PASSWORD', password } })
    const patientId = await patientOnFile(clinic)
    await handOver(desk.window, patientId)
    expect(await desk.window.code('patientMode.end', { pin: '740215' })).toBe('SIGN_IN_WRONG')
    expect(await desk.window.code('patientMode.end', { pin: otherPin })).toBe('ok')
    expect(await desk.window.must('signIn.state', {})).toMatchObject({
      kind: 'SIGNED_IN',
      person: { staffId: aesthetician.staffId, roles: ['aesthetician'] },
      passwordNeededToSign: true,
    })
    // The miss before was counted, the right PIN of a colleague was not.
    await handOver(desk.window, await patientOnFile(clinic))
    expect(await desk.window.call('patientMode.end', { pin: '111112' })).toMatchObject({
      refusal: { facts: { left: 4 } },
    })
  })

  it('locks the window at the fifth miss, and then only a password opens it', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    await handOver(window, patientId)
    for (const left of [4, 3, 2, 1])
      expect(await window.call('patientMode.end', { pin: '111112' })).toMatchObject({
        refusal: { code: 'SIGN_IN_WRONG', facts: { left } },
      })
    expect(await window.code('patientMode.end', { pin: '111112' })).toBe('PIN_OFF')
    expect(await window.must('signIn.state', {})).toMatchObject({ kind: 'LOCKED', pinUsable: false })
    expect(await window.code('signIn.withPin', { staffId, pin })).toBe('PIN_OFF')
    expect(await window.code('signIn.withPassword', { signInName: 'person1', password })).toBe('ok')
    expect(await window.code('screening.standing', { patientId, seriesId: null })).toBe('ok')
  })

  it('is not begun by a person whose PIN could not end it', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    const second = openWindow(clinic.app)
    for (let miss = 1; miss <= 5; miss += 1) await second.code('signIn.withPin', { staffId, pin: '111112' })
    const patientId = await patientOnFile(clinic)
    const { screeningId } = await window.must('screening.begin', { patientId, seriesId: null, wanted: 'NEEDED' })
    expect(await window.code('patientMode.begin', { kind: 'SCREENING', patientId, formId: screeningId })).toBe(
      'PIN_OFF',
    )
  })
})
