import { describe, expect, it } from 'vitest'
import { selectConsentFacts } from '../../db/queries/consent.ts'
import { many } from '../../db/records.ts'
import { selectSignatures } from '../../db/signatures.ts'
import type { ConsentPreparation } from '../../shared/domain/consent/prepare-consent.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import type { ConsentId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import { newClinic, openWindow, password, pin, type TestClinic, type Window } from '../support/clinic.ts'
import {
  answerConsent,
  approveModelText,
  consentOnFile,
  modelText,
  noAnswersYet,
  prepareConsent,
  presentConsent,
  publishNextText,
  signConsent,
  type Team,
} from '../support/consent.ts'
import { planSeries } from '../support/course.ts'
import { patientOnFile, stroke, wire } from '../support/screening.ts'

const mara = { family: 'Lindqvist', given: 'Mara', bornOn: '1991-02-14', language: 'en' }

type ConsentClinic = {
  readonly clinic: TestClinic
  readonly desk: Window
  readonly lena: Window
  readonly okafor: Window
  readonly team: Team
  readonly patientId: PatientId
}

/** A clinic whose physician has approved the model text, with one patient on file. */
async function consentClinic(now?: string, patient: Partial<PatientBody> = mara): Promise<ConsentClinic> {
  const clinic = await newClinic(now)
  const aesthetician = await clinic.hire(['aesthetician'], 'Lena Brook')
  const physician = await clinic.hire(['physician'], 'Dr Samuel Okafor')
  const frontDesk = await clinic.hire(['frontDesk'], 'Noor Haddad')
  await approveModelText(physician.window)
  return {
    clinic,
    desk: frontDesk.window,
    lena: aesthetician.window,
    okafor: physician.window,
    team: { practitionerId: aesthetician.staffId, physicianId: physician.staffId },
    patientId: await patientOnFile(clinic, patient),
  }
}

async function auditOf({ app }: TestClinic, patientId: PatientId): Promise<readonly string[]> {
  const rows = await many<{ action: string; outcome: string }>(
    app.services.storeLife.open.store.db,
    "select action, outcome from audit_entry where patient_id = ? or subject = 'procedure' order by seq",
    [patientId],
  )
  return rows.map(({ action, outcome }) => (outcome === 'DONE' ? action : `${action} ${outcome}`))
}

function storeOf({ app }: TestClinic) {
  return app.services.storeLife.open.store.db
}

/** Everybody comes back on another day: windows locked themselves meanwhile. */
async function comeBack(window: Window, person: string): Promise<void> {
  await window.must('signIn.withPassword', { signInName: person, password })
}

describe('preparing a consent', () => {
  it('names everything that is missing and shows nothing before it is there', async () => {
    const { desk, patientId } = await consentClinic()
    const { consentId } = await desk.must('consent.prepare', { patientId, basedOn: null })
    const { draft, state } = await desk.must('consent.open', { patientId, consentId })
    expect(state).toBe('DRAFT')
    expect(draft?.gaps).toEqual(['ZONES', 'INDICATIONS', 'DEPTH', 'PRACTITIONER', 'EXPLAINED_BY', 'IDENTITY_DOCUMENT'])
    const reply = await desk.call('consent.present', { patientId, consentId, version: draft?.version })
    expect(reply).toMatchObject({ ok: false, refusal: { code: 'CONSENT_INCOMPLETE', facts: { missing: draft?.gaps } } })
    expect(await desk.must('consent.list', { patientId })).toMatchObject({ consents: [{ consentId, state: 'DRAFT' }] })
  })

  it('waits for the text to be approved by a physician', async () => {
    const clinic = await newClinic()
    const { window: okafor } = await clinic.hire(['physician'])
    const patientId = await patientOnFile(clinic, mara)
    const { consentId } = await okafor.must('consent.prepare', { patientId, basedOn: null })
    const gapsNow = async () => (await okafor.must('consent.open', { patientId, consentId })).draft?.gaps
    expect(await gapsNow()).toContain('TEMPLATE_NOT_APPROVED')
    await approveModelText(okafor)
    expect(await gapsNow()).not.toContain('TEMPLATE_NOT_APPROVED')
  })

  it('keeps the text as it is typed, tells a second editor, and audits one spell of editing once', async () => {
    const { clinic, desk, lena, team, patientId } = await consentClinic()
    const { consentId, version } = await prepareConsent(desk, patientId, team)
    const { draft } = await desk.must('consent.open', { patientId, consentId })
    if (!draft) throw new Error('no draft')
    const save = (window: Window, seen: number) =>
      window.code('consent.savePreparation', { patientId, consentId, version: seen, preparation: draft.preparation })
    expect([await save(desk, version), await save(lena, version), await save(lena, version + 1)]).toEqual([
      'ok',
      'CONFLICT',
      'ok',
    ])
    expect((await auditOf(clinic, patientId)).filter((action) => action === 'consent.edit')).toHaveLength(1)
  })

  it('prints what is outside the authorised use in the patient’s words', async () => {
    const { lena, team, patientId } = await consentClinic()
    const consentId = await presentConsent(lena, patientId, team, {
      zones: [
        { zone: 'CHEEK_ANT', side: 'L', site: null },
        { zone: 'CHEEK_ANT', side: 'R', site: null },
        { zone: 'CHIN', side: 'M', site: null },
      ],
      indications: ['ACNE_SCAR', 'PORES'],
    })
    const { record } = await lena.must('consent.open', { patientId, consentId })
    expect(record?.body.offLabelItems).toEqual(['enlarged pores of my front cheeks and chin'])
    expect(record?.body.document.text).toContain(
      'My treatment for enlarged pores of my front cheeks and chin is outside',
    )
  })

  it('takes over what an earlier form asked for, and asks anew who signs', async () => {
    const { lena, team, patientId } = await consentClinic()
    const basedOn = await consentOnFile(lena, patientId, team)
    const { consentId } = await lena.must('consent.prepare', { patientId, basedOn })
    const { draft } = await lena.must('consent.open', { patientId, consentId })
    expect(draft?.gaps).toEqual(['IDENTITY_DOCUMENT'])
    expect(draft?.preparation).toMatchObject({ maxDepthUm: 1500, indications: ['ACNE_SCAR'] })
  })

  it('is not the manager’s to see or to make', async () => {
    const { clinic, desk, team, patientId } = await consentClinic()
    const { consentId } = await prepareConsent(desk, patientId, team)
    expect([
      await clinic.manager.code('consent.prepare', { patientId, basedOn: null }),
      await clinic.manager.code('consent.open', { patientId, consentId }),
      await clinic.manager.code('consent.list', { patientId }),
    ]).toEqual(['DENIED', 'DENIED', 'DENIED'])
  })

  it.each([
    ['a depth that is no number', { maxDepthUm: '1500' }],
    ['a zone that does not exist', { zones: [{ zone: 'NOSTRIL', side: 'L', site: null }] }],
    ['a field nobody asked for', { discount: 20 }],
    [
      'a name with a line break in it',
      { interpreter: { name: 'A\nB', identifier: '', mode: 'PHONE', language: 'pl' } },
    ],
  ])('refuses %s', async (_, changes) => {
    const { desk, patientId } = await consentClinic()
    const { consentId } = await desk.must('consent.prepare', { patientId, basedOn: null })
    const { draft } = await desk.must('consent.open', { patientId, consentId })
    const preparation = { ...draft?.preparation, ...changes }
    expect(await desk.code('consent.savePreparation', { patientId, consentId, version: 1, preparation })).toBe(
      'INVALID_INPUT',
    )
  })
})

describe('the form in the patient’s hands', () => {
  it('is filled in, signed with the whole evidence and given back', async () => {
    const { clinic, desk, team, patientId } = await consentClinic()
    const consentId = await presentConsent(desk, patientId, team)
    const shown = await desk.must('consent.open', { patientId, consentId })
    await desk.must('patientMode.begin', { kind: 'CONSENT', patientId, formId: consentId })
    const address = { patientId, consentId }

    const first = await desk.must('consent.form', address)
    if (first.state !== 'OPEN') throw new Error('the form is closed')
    const answers = {
      ...noAnswersYet,
      initials: [
        { section: 'RISKS' as const, initials: 'ML' },
        { section: 'PHOTOGRAPHS' as const, initials: 'ML' },
      ],
    }
    const opened = await desk.must('consent.answer', {
      ...address,
      version: first.draftVersion,
      isOpening: true,
      answers,
    })
    clinic.host.advanceMinutes(4)
    const final = await desk.must('consent.answer', {
      ...address,
      version: opened.version,
      isOpening: false,
      answers: {
        ...answers,
        photoPermissions: { ownRecord: true, staffTeaching: false, marketing: false },
        questions: 'Will it hurt?\nMay I swim?',
        agreed: true,
      },
    })
    clinic.host.advanceMinutes(1)
    await desk.must('consent.sign', {
      ...address,
      version: first.version,
      mark: wire(stroke),
      intentTicked: true,
      documentSha256: final.sha256,
    })
    expect(await desk.must('consent.form', address)).toMatchObject({ state: 'CLOSED', isSigned: true })
    await desk.must('patientMode.end', { pin })

    const { record, state } = await desk.must('consent.open', address)
    expect(state).toBe('SIGNED')
    expect(record).toMatchObject({
      integrity: 'INTACT',
      signedOn: '2026-08-03',
      lapsesOn: '2027-08-03',
      problems: [],
      body: {
        photoPermissions: { ownRecord: true, staffTeaching: false, marketing: false },
        questionsAsked: 'Will it hurt?\nMay I swim?',
        readingTimeSec: 300,
        witness: { name: 'Noor Haddad' },
        initials: [
          { section: 'RISKS', initials: 'ML', at: '2026-08-03T15:42:00.000Z' },
          { section: 'PHOTOGRAPHS', initials: 'ML', at: '2026-08-03T15:42:00.000Z' },
        ],
        signature: {
          role: 'PATIENT',
          name: 'Mara Lindqvist',
          identityDocument: 'DRIVING_LICENCE',
          intentStatement: 'I mean this to be my signature, the same as one on paper.',
          intentTicked: true,
          documentSha256: final.sha256,
          signedAt: '2026-08-03T15:47:00.000Z',
          utcOffsetMin: -300,
          workstation: desk.connection.connectionId,
        },
      },
    })
    const text = record?.body.document.text
    expect(text).toContain('My questions were: “Will it hurt?”, “May I swim?”. They were answered.')
    expect(text).toContain('[x] Photos for my own medical record. [ ] Staff teaching')
    expect(text).not.toContain('{{')
    expect(shown.record?.body.document.text).toContain('[ ] Photos for my own medical record.')
    expect(await selectSignatures(storeOf(clinic), 'consent', consentId)).toMatchObject([
      { signerId: null, signerName: 'Mara Lindqvist', meaning: 'PATIENT_CONSENT', sha256: record?.sha256 },
    ])
    expect(await auditOf(clinic, patientId)).toEqual([
      'consent.prepare',
      'consent.open',
      'consent.present',
      'consent.open',
      'patientMode.begin',
      'consent.form',
      'consent.sign',
      'consent.form',
      'patientMode.end',
      'consent.open',
    ])
  })

  it('keeps the mark as a sealed picture, never in clear on disk', async () => {
    const { clinic, lena, team, patientId } = await consentClinic()
    const consentId = await consentOnFile(lena, patientId, team)
    const { record } = await lena.must('consent.open', { patientId, consentId })
    const imageId = record?.body.signature?.imageId
    if (!imageId) throw new Error('no picture')
    const picture = await clinic.app.services.storeLife.open.attachments.read(storeOf(clinic), imageId)
    expect(picture).toMatchObject({ mediaType: 'image/svg+xml', patientId })
    expect(picture?.bytes.toString('utf8')).toMatch(/^<svg .*<path d="M4 4.2L12 4.8L18 4"\/>/)
  })

  it('may be signed by a typed name, with a member of staff beside the patient', async () => {
    const { lena, team, patientId } = await consentClinic()
    const consentId = await presentConsent(lena, patientId, team)
    const form = await answerConsent(lena, { patientId, consentId })
    const mark = { kind: 'TYPED' as const, name: 'Mara Lindqvist' }
    await lena.must('consent.sign', { patientId, consentId, ...form, mark, intentTicked: true })
    const { record } = await lena.must('consent.open', { patientId, consentId })
    expect(record?.body).toMatchObject({ witness: { name: 'Lena Brook' }, signature: { mark, imageId: null } })
  })

  it('reaches its own form and no other one, nor anything else of the chart', async () => {
    const { clinic, desk, team, patientId } = await consentClinic()
    const own = await presentConsent(desk, patientId, team)
    const otherPatient = await patientOnFile(clinic, { ...mara, family: 'Okoro', given: 'Ife' })
    const other = await presentConsent(desk, otherPatient, team)
    await desk.must('patientMode.begin', { kind: 'CONSENT', patientId, formId: own })
    const answers = wire(noAnswersYet)
    const sha = '0'.repeat(64)
    expect([
      await desk.code('consent.form', { patientId: otherPatient, consentId: other }),
      await desk.code('consent.form', { patientId, consentId: other }),
      await desk.code('consent.answer', {
        patientId: otherPatient,
        consentId: other,
        version: 1,
        isOpening: true,
        answers,
      }),
      await desk.code('consent.sign', {
        patientId: otherPatient,
        consentId: other,
        version: 1,
        mark: wire(stroke),
        intentTicked: true,
        documentSha256: sha,
      }),
      await desk.code('consent.refuse', { patientId: otherPatient, consentId: other, version: 1, reason: 'no' }),
      await desk.code('consent.open', { patientId, consentId: own }),
      await desk.code('consent.list', { patientId }),
      await desk.code('consent.withdraw', {
        patientId,
        consentId: own,
        by: 'x',
        how: 'VERBAL',
        scopes: ['ALL'],
        note: '',
      }),
    ]).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'PATIENT_MODE',
      'PATIENT_MODE',
      'PATIENT_MODE',
    ])
    expect(await auditOf(clinic, patientId)).toContain('consent.sign REFUSED')
  })

  const sign = {
    mark: wire(stroke),
    intentTicked: true,
  }
  it.each([
    ['nothing was agreed to', { agreed: false }, {}, 'CONSENT_NOT_AGREED'],
    ['initials are missing', { initials: [] }, {}, 'CONSENT_INITIALS_MISSING'],
    ['the intent was not ticked', {}, { intentTicked: false }, 'CONSENT_INTENT_NOT_TICKED'],
    [
      'the mark is a dot',
      {},
      { mark: { kind: 'STROKES', strokes: [[{ x: 1, y: 1, atMs: 0 }]] } },
      'CONSENT_SIGNATURE_MISSING',
    ],
    ['another text was on the screen', {}, { documentSha256: '0'.repeat(64) }, 'CONSENT_DOCUMENT_CHANGED'],
    ['somebody changed the form meanwhile', {}, { version: 7 }, 'CONFLICT'],
  ])('is not signed where %s', async (_, answers, changes, code) => {
    const { clinic, lena, team, patientId } = await consentClinic()
    const consentId = await presentConsent(lena, patientId, team)
    const form = await answerConsent(lena, { patientId, consentId }, answers)
    expect(await lena.code('consent.sign', { patientId, consentId, ...form, ...sign, ...changes })).toBe(code)
    expect((await lena.must('consent.open', { patientId, consentId })).state).toBe('PRESENTED')
    expect(await selectSignatures(storeOf(clinic), 'consent', consentId)).toEqual([])
  })

  it('is not signed with choices that were not yet in the text on the screen', async () => {
    const { lena, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await presentConsent(lena, patientId, team) }
    const before = await answerConsent(lena, address)
    await answerConsent(lena, address, { photoPermissions: { ownRecord: true, staffTeaching: true, marketing: true } })
    expect(await lena.code('consent.sign', { ...address, ...before, ...sign })).toBe('CONSENT_DOCUMENT_CHANGED')
  })

  it('cannot be signed twice, and a repeated call with the same key signs once', async () => {
    const { clinic, lena, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await presentConsent(lena, patientId, team) }
    const input = { ...address, ...(await answerConsent(lena, address)), ...sign }
    const key = '6f1f4a53-6f64-4f7c-9a33-0d2f2d6f7a11'
    const first = await lena.call('consent.sign', input, key)
    expect(await lena.call('consent.sign', input, key)).toEqual(first)
    expect(await lena.code('consent.sign', input)).toBe('CONSENT_MOVE_NOT_ALLOWED')
    expect(await selectSignatures(storeOf(clinic), 'consent', address.consentId)).toHaveLength(1)
  })

  it('asks for the interpreter whom the chart asks for', async () => {
    const { lena, team, patientId } = await consentClinic(undefined, {
      ...mara,
      language: 'pl',
      interpreterNeeded: true,
    })
    const { consentId, version } = await prepareConsent(lena, patientId, team, { language: 'pl' })
    expect(await lena.call('consent.present', { patientId, consentId, version })).toMatchObject({
      refusal: { facts: { missing: ['INTERPRETER'] } },
    })
    const interpreter = { name: 'Jan Wolny', identifier: 'INT-7', mode: 'PHONE', language: 'pl' } as const
    const shown = await presentConsent(lena, patientId, team, { language: 'pl', interpreter })
    await signConsent(lena, { patientId, consentId: shown })
    const { record } = await lena.must('consent.open', { patientId, consentId: shown })
    expect(record?.body.document.text).toContain(
      'in Polish with the help of the interpreter Jan Wolny (INT-7, by phone, Polish).',
    )
    expect(record?.problems).toEqual([])
  })

  it('records a no with its reason, stays open, and can still be signed on another day', async () => {
    const { lena, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await presentConsent(lena, patientId, team) }
    expect(await lena.code('consent.refuse', { ...address, version: 1, reason: ' ' })).toBe('CONSENT_REASON_MISSING')
    await lena.must('consent.refuse', { ...address, version: 1, reason: 'Wants to think about it' })
    await signConsent(lena, address)
    const { record, state } = await lena.must('consent.open', address)
    expect([state, record?.body.refusals]).toEqual([
      'SIGNED',
      [{ at: '2026-08-03T15:42:00.000Z', by: 'Mara Lindqvist', reason: 'Wants to think about it' }],
    ])
  })

  it('goes back to the desk to be changed, and what was initialled before counts no more', async () => {
    const { lena, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await presentConsent(lena, patientId, team) }
    await answerConsent(lena, address)
    await lena.must('consent.revise', { ...address, version: 1 })
    const { draft, state } = await lena.must('consent.open', address)
    if (!draft) throw new Error('no draft')
    expect(state).toBe('DRAFT')
    const saved = await lena.must('consent.savePreparation', {
      ...address,
      version: draft.version,
      preparation: { ...draft.preparation, maxDepthUm: 1000 },
    })
    await lena.must('consent.present', { ...address, version: saved.version })
    const form = await lena.must('consent.form', address)
    expect(form).toMatchObject({
      state: 'OPEN',
      agreement: { maxDepthUm: 1000 },
      answers: { initials: [], agreed: false },
    })
  })

  it('is given up before it is signed: a draft goes, a form that was shown is kept as void', async () => {
    const { lena, team, patientId } = await consentClinic()
    const draft = await prepareConsent(lena, patientId, team)
    await lena.must('consent.discard', { patientId, consentId: draft.consentId, reason: '' })
    const shown = await presentConsent(lena, patientId, team)
    expect(await lena.code('consent.discard', { patientId, consentId: shown, reason: '' })).toBe(
      'CONSENT_REASON_MISSING',
    )
    await lena.must('consent.discard', { patientId, consentId: shown, reason: 'Wrong zones' })
    expect(await lena.must('consent.list', { patientId })).toMatchObject({
      consents: [{ consentId: shown, state: 'VOIDED' }],
    })
  })
})

describe('a signed consent', () => {
  it('is superseded by the next one for the same course, and says so', async () => {
    const { clinic, lena, team, patientId } = await consentClinic()
    const older = await consentOnFile(lena, patientId, team)
    const newer = await consentOnFile(lena, patientId, team, { maxDepthUm: 2000 })
    const { consents } = await lena.must('consent.list', { patientId })
    expect(Object.fromEntries(consents.map(({ consentId, state }) => [consentId, state]))).toEqual({
      [older]: 'SUPERSEDED',
      [newer]: 'SIGNED',
    })
    expect(await auditOf(clinic, patientId)).toContain('consent.supersede')
  })

  it('is left alone when a new version of the text is published, and only a major one asks for a new signature', async () => {
    const { lena, okafor, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await consentOnFile(lena, patientId, team) }
    const before = await lena.must('consent.open', address)
    const publish = async (bump: 'MINOR' | 'MAJOR') => {
      const { major, minor } = await publishNextText(okafor, bump)
      return `${major}.${minor}`
    }
    expect(await publish('MINOR')).toBe('1.1')
    expect((await lena.must('consent.open', address)).record).toEqual(before.record)
    expect(await publish('MAJOR')).toBe('2.0')
    const after = await lena.must('consent.open', address)
    expect(after).toEqual({ ...before, record: { ...before.record, problems: ['NEW_MAJOR_VERSION'] } })

    const next = await presentConsent(lena, patientId, team)
    expect((await lena.must('consent.open', { patientId, consentId: next })).record?.body).toMatchObject({
      template: { major: 2, minor: 0 },
    })
  })

  it('is not signed on a text that was replaced after it was shown', async () => {
    const { lena, okafor, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await presentConsent(lena, patientId, team) }
    const form = await answerConsent(lena, address)
    await publishNextText(okafor, 'MAJOR')
    expect(await lena.code('consent.sign', { ...address, ...form, mark: wire(stroke), intentTicked: true })).toBe(
      'CONSENT_TEMPLATE_REPLACED',
    )
  })

  it('is voided by a physician alone, with a reason, and stays readable', async () => {
    const { clinic, lena, desk, okafor, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await consentOnFile(lena, patientId, team) }
    const { version } = await okafor.must('consent.open', address)
    const input = { ...address, version, reason: 'Signed in the twin’s chart' }
    expect([await desk.code('consent.void', input), await lena.code('consent.void', input)]).toEqual([
      'DENIED',
      'DENIED',
    ])
    expect(await okafor.code('consent.void', { ...input, reason: '' })).toBe('CONSENT_REASON_MISSING')
    expect(await okafor.code('consent.void', { ...input, version: 9 })).toBe('CONFLICT')
    expect(await okafor.code('consent.void', input)).toBe('ok')
    expect(await lena.must('consent.open', address)).toMatchObject({
      state: 'VOIDED',
      record: {
        voided: { by: 'Dr Samuel Okafor', reason: 'Signed in the twin’s chart' },
        body: { signature: { role: 'PATIENT' } },
      },
    })
    expect(await auditOf(clinic, patientId)).toContain('consent.void')
  })

  it('takes one line when somebody else treats from now on, and the start gate asks for no new form', async () => {
    const { clinic, lena, desk, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await consentOnFile(lena, patientId, team) }
    const deputy = await clinic.hire(['aesthetician'], 'Ruth Calder')
    const problems = async () => {
      const facts = await selectConsentFacts(storeOf(clinic), {
        patientId,
        today: '2026-08-03',
        plan: planOf({ practitionerId: deputy.staffId, supervisingPhysicianId: team.physicianId }),
      })
      return facts?.problems
    }
    expect(await problems()).toEqual(['STAFF_CHANGED'])
    const line = { ...address, by: 'Mara Lindqvist', practitionerId: deputy.staffId }
    expect(await desk.code('consent.reacknowledge', { ...line, supervisingPhysicianId: deputy.staffId })).toBe(
      'CONSENT_STAFF_NOT_ALLOWED',
    )
    await desk.must('consent.reacknowledge', { ...line, supervisingPhysicianId: team.physicianId })
    expect(await problems()).toEqual([])
    expect(await auditOf(clinic, patientId)).toContain('consent.reacknowledge')
  })

  it('says how a copy was given and by whom', async () => {
    const { lena, desk, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await consentOnFile(lena, patientId, team) }
    const copy = { patientId, kind: 'CONSENT' as const, recordId: address.consentId, method: 'PAPER' as const }
    await desk.must('print.copyGiven', { ...copy, recipient: '' })
    expect((await desk.must('consent.open', address)).record?.copies).toEqual([
      { at: '2026-08-03T15:42:00.000Z', method: 'PAPER', recipient: '', givenBy: 'Noor Haddad' },
    ])
  })

  it('belongs to its patient: under another one it is not there, and the attempt is audited', async () => {
    const { clinic, lena, team, patientId } = await consentClinic()
    const consentId = await consentOnFile(lena, patientId, team)
    const other = await patientOnFile(clinic, { ...mara, family: 'Okoro', given: 'Ife' })
    const address = { patientId: other, consentId }
    expect([
      await lena.code('consent.open', address),
      await lena.code('consent.form', address),
      await lena.code('consent.withdraw', { ...address, by: 'x', how: 'VERBAL', scopes: ['ALL'], note: '' }),
      await lena.code('consent.prepare', { patientId: other, basedOn: consentId }),
    ]).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'])
    expect(await auditOf(clinic, other)).toContain('consent.open REFUSED')
  })
})

describe('withdrawing', () => {
  const said = { by: 'Mara Lindqvist', how: 'VERBAL' as const, note: '' }

  it('of one photo choice leaves the treatment agreed to', async () => {
    const { desk, lena, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await presentConsent(lena, patientId, team) }
    await signConsent(lena, address, { photoPermissions: { ownRecord: true, staffTeaching: false, marketing: true } })
    expect(await desk.must('consent.withdraw', { ...address, ...said, scopes: ['PHOTO_MARKETING'] })).toEqual({
      state: 'SIGNED',
      effects: { blocksStarts: false, holdsBookings: false, endsSeries: false, needsTakeDown: true },
    })
    const { record, state } = await lena.must('consent.open', address)
    expect([state, record?.photoPermissionsNow]).toEqual([
      'SIGNED',
      { ownRecord: true, staffTeaching: false, marketing: false },
    ])
  })

  it('is never lost to a second editor, and needs to say what', async () => {
    const { desk, lena, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await consentOnFile(lena, patientId, team) }
    expect(await desk.code('consent.withdraw', { ...address, ...said, scopes: [] })).toBe('WITHDRAWAL_SCOPE_MISSING')
    await desk.must('consent.withdraw', { ...address, ...said, scopes: ['SERIES'] })
    await lena.must('consent.withdraw', { ...address, ...said, scopes: ['PHOTO_OWN_RECORD'] })
    expect((await lena.must('consent.open', address)).record?.withdrawals).toHaveLength(2)
  })

  it('has nothing to withdraw before a signature', async () => {
    const { desk, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await presentConsent(desk, patientId, team) }
    expect(await desk.code('consent.withdraw', { ...address, ...said, scopes: ['ALL'] })).toBe(
      'CONSENT_MOVE_NOT_ALLOWED',
    )
  })

  it('is not the manager’s', async () => {
    const { clinic, lena, team, patientId } = await consentClinic()
    const address = { patientId, consentId: await consentOnFile(lena, patientId, team) }
    expect(await clinic.manager.code('consent.withdraw', { ...address, ...said, scopes: ['ALL'] })).toBe('DENIED')
  })
})

describe('the texts', () => {
  it('are read by everybody and approved by a physician who proves who that is', async () => {
    const clinic = await newClinic()
    const { window: okafor } = await clinic.hire(['physician'])
    const { window: desk } = await clinic.hire(['frontDesk'])
    expect(await desk.must('consent.template', modelText)).toMatchObject({
      isInForce: false,
      faults: [],
      approvedBy: null,
    })
    const input = { ...modelText, reauth: { method: 'PASSWORD' as const, password } }
    expect([
      await desk.code('consent.approveTemplate', input),
      await clinic.manager.code('consent.approveTemplate', input),
    ]).toEqual(['DENIED', 'DENIED'])
    expect(
      await okafor.code('consent.approveTemplate', { ...input, reauth: { method: 'PASSWORD', password: 'x' } }),
    ).toBe('REAUTH_WRONG')
    await okafor.must('consent.approveTemplate', input)
    expect((await desk.must('consent.templates', {})).templates).toMatchObject([
      { ...modelText, isInForce: true, approvedBy: 'Dr Samuel Okafor 1' },
    ])
    expect(await okafor.code('consent.approveTemplate', input)).toBe('TEMPLATE_ALREADY_APPROVED')
    const rows = await many<{ action: string }>(
      storeOf(clinic),
      "select action from audit_entry where subject = 'consent_template' and subject_id = 'model-mechanical-en 1.0'",
    )
    expect(rows).toEqual([{ action: 'consent.approveTemplate' }])
  })
})

describe('the clinical reference', () => {
  it('scenario 3: a guardian signs for Priya with her assent, and it lapses on the day she comes of age', async () => {
    const priya = {
      family: 'Nair',
      given: 'Priya',
      bornOn: '2008-04-10',
      language: 'en',
      guardian: { name: 'Anjali Nair', relationship: 'mother', phone: null, proofSeen: 'Birth certificate seen' },
    }
    const { clinic, lena, team, patientId } = await consentClinic('2026-03-02T16:00:00.000Z', priya)
    const { consentId } = await lena.must('consent.prepare', { patientId, basedOn: null })
    const { draft } = await lena.must('consent.open', { patientId, consentId })
    expect(draft?.preparation.signer).toMatchObject({ role: 'GUARDIAN', name: 'Anjali Nair', relationship: 'mother' })
    expect(draft?.gaps).toEqual(expect.arrayContaining(['MINOR_EXAM', 'CHAPERONE']))

    const minor: ConsentPreparation['minor'] = {
      physicianId: team.physicianId,
      examinedOn: '2026-03-02',
      chaperoneName: 'Anjali Nair',
      chaperoneRelation: 'mother',
    }
    const address = { patientId, consentId: await presentConsent(lena, patientId, team, { minor }) }
    const mark = { kind: 'TYPED' as const, name: 'Anjali Nair' }
    const alone = await answerConsent(lena, address)
    expect(await lena.code('consent.sign', { ...address, ...alone, mark, intentTicked: true })).toBe(
      'CONSENT_ASSENT_MISSING',
    )
    const both = await answerConsent(lena, address, { assent: { given: true, note: 'I want this too' } })
    await lena.must('consent.sign', { ...address, ...both, mark, intentTicked: true })

    const signed = await lena.must('consent.open', address)
    expect(signed).toMatchObject({
      state: 'SIGNED',
      record: {
        body: {
          offLabelItems: ['a person of my age (17)'],
          minor: {
            assent: { given: true, note: 'I want this too' },
            physicianExam: { physician: { name: 'Dr Samuel Okafor' }, examinedOn: '2026-03-02' },
          },
          signature: { role: 'GUARDIAN', name: 'Anjali Nair', proofOfAuthority: 'Birth certificate seen' },
        },
      },
    })
    expect(signed.record?.body.document.text).toContain('for adults of 22 and over')

    clinic.host.setNow('2026-04-13T15:00:00.000Z')
    await comeBack(lena, 'person1')
    expect(await lena.must('consent.open', address)).toMatchObject({
      state: 'EXPIRED',
      record: { problems: ['GUARDIAN_CONSENT_EXPIRED'] },
    })
    const facts = () =>
      selectConsentFacts(storeOf(clinic), { patientId, today: '2026-04-13', plan: planOf(teamNames(team)) })
    expect((await facts())?.problems).toEqual(['GUARDIAN_CONSENT_EXPIRED'])

    await consentOnFile(lena, patientId, team)
    expect((await facts())?.problems).toEqual([])
  })

  it('scenario 8: Helen withdraws by phone after two of four; nothing signed is touched and she may come back', async () => {
    const helen = { family: 'Marsh', given: 'Helen', bornOn: '1975-05-05', language: 'en' }
    const { clinic, desk, lena, team, patientId } = await consentClinic('2026-05-20T15:00:00.000Z', helen)
    const seriesId = await planSeries(lena, patientId)
    const address = { patientId, consentId: await presentConsent(lena, patientId, team) }
    await signConsent(lena, address, { photoPermissions: { ownRecord: true, staffTeaching: true, marketing: true } })
    const before = await lena.must('consent.open', address)

    clinic.host.setNow('2026-07-03T14:30:00.000Z')
    await comeBack(desk, 'person3')
    const withdrawn = await desk.must('consent.withdraw', {
      ...address,
      by: 'Helen Marsh',
      how: 'VERBAL',
      scopes: ['SERIES', 'PHOTO_MARKETING'],
      note: 'By phone',
    })
    expect(withdrawn).toEqual({
      state: 'WITHDRAWN',
      effects: { blocksStarts: true, holdsBookings: true, endsSeries: true, needsTakeDown: true },
    })
    const after = await desk.must('consent.open', address)
    expect(after).toMatchObject({
      state: 'WITHDRAWN',
      record: {
        body: before.record?.body,
        sha256: before.record?.sha256,
        integrity: 'INTACT',
        photoPermissionsNow: { ownRecord: true, staffTeaching: true, marketing: false },
        withdrawals: [{ by: 'Helen Marsh', how: 'VERBAL', takenBy: 'Noor Haddad', at: '2026-07-03T14:30:00.000Z' }],
      },
    })
    const facts = (today: string, course = seriesId) =>
      selectConsentFacts(storeOf(clinic), { patientId, today, plan: { ...planOf(teamNames(team)), seriesId: course } })
    expect((await facts('2026-07-18'))?.problems).toEqual(['WITHDRAWN'])
    await comeBack(lena, 'person1')
    const { series } = await lena.must('series.list', { patientId })
    expect(series).toMatchObject([
      { body: { status: 'ENDED_EARLY', statusReason: 'The patient withdrew the consent' }, outcomeReview: null },
    ])
    const { tasks } = await desk.must('followUp.ofPatient', { patientId })
    expect(tasks).toMatchObject([{ kind: 'TAKE_DOWN', dueOn: '2026-07-03', state: 'OPEN' }])
    await desk.must('consent.withdraw', { ...address, by: 'H', how: 'VERBAL', scopes: ['PHOTO_MARKETING'], note: '' })
    expect((await desk.must('followUp.ofPatient', { patientId })).tasks).toHaveLength(1)

    clinic.host.setNow('2027-02-01T15:00:00.000Z')
    await comeBack(lena, 'person1')
    const again = await planSeries(lena, patientId)
    await consentOnFile(lena, patientId, team, { seriesId: again })
    expect((await facts('2027-02-01', again))?.problems).toEqual([])
    expect((await lena.must('consent.open', address)).state).toBe('WITHDRAWN')
  })
})

it('tells a signed-out window nothing', async () => {
  const { clinic, patientId } = await consentClinic()
  const window = openWindow(clinic.app)
  const consentId = clinic.host.newId() as ConsentId
  expect([
    await window.code('consent.list', { patientId }),
    await window.code('consent.form', { patientId, consentId }),
  ]).toEqual(['SIGNED_OUT', 'SIGNED_OUT'])
})

function teamNames({ practitionerId, physicianId }: Team) {
  return { practitionerId, supervisingPhysicianId: physicianId }
}

/** Both front cheeks at 1.00 mm against acne scars, with nothing new since the signature. */
function planOf(people: { readonly practitionerId: StaffId; readonly supervisingPhysicianId: StaffId }) {
  return {
    seriesId: null,
    zones: [
      { zone: 'CHEEK_ANT', side: 'L', site: null },
      { zone: 'CHEEK_ANT', side: 'R', site: null },
    ],
    indications: ['ACNE_SCAR'],
    maxDepthUm: 1000,
    procedure: 'MECHANICAL',
    addons: [],
    hasNewClearFinding: false,
    hasNewDiagnosisOrMedicine: false,
    complicationsSince: [],
    agreesToday: true,
    ...people,
  } as const
}
