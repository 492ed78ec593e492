import { describe, expect, it } from 'vitest'
import { auditOf } from '../support/course.ts'
import { patientOnFile, signInAgain } from '../support/screening.ts'
import { byPassword, countersign, type SessionClinic, sessionClinic, submittedSession } from '../support/session.ts'

// Invented people; 45 CFR 164.526 as the clinical reference has it in section 10.

const wish = 'The cream was LMX 4, not lidocaine cream.'

async function asked() {
  const clinic = await sessionClinic()
  const sessionId = await submittedSession(clinic)
  await countersign(clinic, sessionId)
  const { patientId, aes } = clinic
  const { amendmentRequestId, dueOn } = await aes.must('amendmentRequest.take', {
    patientId,
    requestedBy: 'Mara Lindqvist',
    requestedOn: '2026-08-03',
    wish,
  })
  return { clinic, sessionId, dueOn, address: { patientId, amendmentRequestId, version: 1 } }
}

async function worklist({ aes, patientId }: SessionClinic) {
  const { tasks } = await aes.must('followUp.ofPatient', { patientId })
  return tasks.filter(({ kind }) => kind === 'AMENDMENT_REQUEST')
}

async function listed({ phy, patientId }: SessionClinic) {
  const { requests } = await phy.must('amendmentRequest.list', { patientId })
  return requests[0]
}

describe('a request to correct the record', () => {
  it('is taken by whoever is there, stands on the worklist with its day and is not finished there', async () => {
    const { clinic, sessionId, dueOn, address } = await asked()
    const { aes, phy, patientId } = clinic
    expect(dueOn).toBe('2026-10-02')
    const [task] = await worklist(clinic)
    expect(task).toMatchObject({ dueOn, fromOn: '2026-08-03', state: 'OPEN', status: { kind: 'DUE' } })
    if (!task) throw new Error('nothing on the worklist')
    const { followUpId, version } = task
    const done = { patientId, followUpId, version, result: 'REACHED', outcome: 'Told them', againOn: null }
    expect(await aes.code('followUp.done', done)).toBe('ANSWERED_IN_THE_CHART')
    const { requests, records } = await phy.must('amendmentRequest.list', { patientId })
    expect(requests).toMatchObject([{ state: 'OPEN', wish, dueOn, isOverdue: false, requestedBy: 'Mara Lindqvist' }])
    expect(records).toContainEqual({ kind: 'SESSION', recordId: sessionId, on: '2026-08-03', no: 1 })
    expect(records.map(({ kind }) => kind).sort()).toEqual(['CONSENT', 'SCREENING', 'SESSION'])
    const take = { patientId, requestedBy: 'Mara Lindqvist', requestedOn: '2026-08-03', wish }
    expect(await aes.code('amendmentRequest.take', { ...take, requestedOn: '2026-08-04' })).toBe('REQUESTED_IN_FUTURE')
    expect(await aes.code('amendmentRequest.take', { ...take, wish: ' ' })).toBe('INVALID_INPUT')
    expect(await aes.code('amendmentRequest.take', { ...take, patientId: clinic.host.newId() })).toBe('NOT_FOUND')
    expect(await auditOf(clinic, address.amendmentRequestId)).toContain('amendmentRequest.take aesthetician DONE')
    await signInAgain(clinic.manager, 'greta')
    const desk = await clinic.hire(['frontDesk'])
    expect(await desk.window.code('amendmentRequest.take', take)).toBe('ok')
    expect(await desk.window.code('amendmentRequest.list', { patientId })).toBe('DENIED')
    expect(await clinic.manager.code('amendmentRequest.take', take)).toBe('DENIED')
    expect(await phy.code('amendmentRequest.list', { patientId: clinic.host.newId() })).toBe('NOT_FOUND')
    expect(await phy.code('amendmentRequest.list', {})).toBe('INVALID_INPUT')
  })

  it('that is accepted becomes an addendum with the request in it; the record stays and the worklist is done', async () => {
    const { clinic, sessionId, address } = await asked()
    const { aes, phy, patientId } = clinic
    const before = await phy.must('session.open', { patientId, sessionId })
    const naming = { ...address, kind: 'SESSION', recordId: sessionId }
    expect(await aes.code('amendmentRequest.accept', naming)).toBe('DENIED')
    expect(await phy.code('amendmentRequest.accept', { ...naming, kind: 'ORDER' })).toBe('INVALID_INPUT')
    expect(await phy.code('amendmentRequest.accept', { ...naming, recordId: clinic.host.newId() })).toBe('NOT_FOUND')
    const { addendumId } = await phy.must('amendmentRequest.accept', { ...naming, kind: 'SESSION' })
    expect(await listed(clinic)).toMatchObject({ state: 'ACCEPTED', addendum: { addendumId, state: 'DRAFT' } })
    expect(await phy.code('amendmentRequest.accept', { ...naming, version: 2 })).toBe('AMENDMENT_ANSWERED')

    await phy.must('addendum.discard', { patientId, addendumId })
    expect(await listed(clinic)).toMatchObject({ state: 'ACCEPTED', addendum: { state: null } })
    const again = await phy.must('amendmentRequest.accept', { ...naming, kind: 'SESSION', version: 2 })
    const { draft } = await phy.must('addendum.open', { patientId, addendumId: again.addendumId })
    const amendmentRequest = { requestedBy: 'Mara Lindqvist', requestedOn: '2026-08-03' }
    expect(draft).toMatchObject({ reason: wish, amendmentRequest })
    if (!draft) throw new Error('the addendum has no text')
    const { savedAt: _at, ...written } = draft
    const saved = await phy.must('addendum.saveDraft', {
      patientId,
      addendumId: again.addendumId,
      ...written,
      fieldPath: '/anaesthetic/name',
      correction: { was: 'Lidocaine cream 4 %', shouldBe: 'LMX 4' },
    })
    expect(await worklist(clinic)).toMatchObject([{ state: 'OPEN' }])
    await phy.must('addendum.submit', {
      patientId,
      addendumId: again.addendumId,
      draftVersion: saved.draftVersion,
      replies: [],
      reauth: byPassword,
    })
    expect(await worklist(clinic)).toMatchObject([{ state: 'DONE', doneOn: '2026-08-03', outcome: 'ACCEPTED' }])
    expect(await listed(clinic)).toMatchObject({
      addendum: { state: 'SIGNED' },
      record: { recordId: sessionId, no: 1 },
    })
    const { addenda } = await aes.must('addendum.list', { patientId, kind: 'SESSION', recordId: sessionId })
    expect(addenda).toMatchObject([{ state: 'SIGNED', body: { amendmentRequest } }])
    const after = await phy.must('session.open', { patientId, sessionId })
    expect(after.record).toEqual(before.record)
    expect(await auditOf(clinic, address.amendmentRequestId)).toContain('amendmentRequest.accept physician DONE')
  })

  it('that is denied keeps the grounds, the patient’s disagreement and the clinic’s answer, each written once', async () => {
    const { clinic, sessionId, address } = await asked()
    const { aes, phy } = clinic
    const record = { kind: 'SESSION', recordId: sessionId } as const
    const denial = { ...address, record, grounds: ['ACCURATE_AND_COMPLETE'], reason: 'The tube is in the photo.' }
    const statement = { ...address, version: 2, statement: 'I kept the tube.' }
    const rebuttal = { ...address, version: 3, rebuttal: 'It is another tube.' }
    expect(await aes.code('amendmentRequest.deny', denial)).toBe('DENIED')
    expect(await phy.code('amendmentRequest.deny', { ...denial, grounds: [] })).toBe('DENIAL_GROUND_MISSING')
    expect(await phy.code('amendmentRequest.deny', { ...denial, reason: ' ' })).toBe('DENIAL_REASON_MISSING')
    expect(await phy.code('amendmentRequest.deny', { ...denial, grounds: ['TOO_LATE'] })).toBe('INVALID_INPUT')
    expect(await phy.code('amendmentRequest.deny', { ...denial, version: 7 })).toBe('CONFLICT')
    expect(await aes.code('amendmentRequest.disagree', { ...statement, version: 1 })).toBe('AMENDMENT_NOT_DENIED')
    await phy.must('amendmentRequest.deny', { ...denial, grounds: ['ACCURATE_AND_COMPLETE'] })
    expect(await worklist(clinic)).toMatchObject([{ state: 'DONE', outcome: 'DENIED' }])
    expect(await phy.code('amendmentRequest.rebut', { ...rebuttal, version: 2 })).toBe('NOTHING_TO_REBUT')
    expect(await aes.code('amendmentRequest.disagree', { ...statement, statement: '' })).toBe('STATEMENT_MISSING')
    await aes.must('amendmentRequest.disagree', statement)
    expect(await aes.code('amendmentRequest.disagree', { ...statement, version: 3 })).toBe('STATEMENT_ON_FILE')
    await phy.must('amendmentRequest.rebut', rebuttal)
    expect(await aes.code('amendmentRequest.rebut', rebuttal)).toBe('DENIED')
    expect(await listed(clinic)).toMatchObject({
      state: 'DENIED',
      denial: { grounds: ['ACCURATE_AND_COMPLETE'], reason: 'The tube is in the photo.' },
      disagreement: { text: 'I kept the tube.' },
      rebuttal: { text: 'It is another tube.' },
      record: { recordId: sessionId },
    })
    const rows = await auditOf(clinic, address.amendmentRequestId)
    for (const line of ['deny physician', 'disagree aesthetician', 'rebut physician'])
      expect(rows).toContain(`amendmentRequest.${line} DONE`)
    const other = await patientOnFile(clinic)
    expect(await phy.code('amendmentRequest.deny', { ...denial, patientId: other })).toBe('NOT_FOUND')
  })

  it('takes thirty days more once, with a written reason, on the worklist too', async () => {
    const { clinic, address } = await asked()
    const { aes, phy } = clinic
    const extension = { ...address, reason: 'The supplier has to confirm the name.' }
    expect(await aes.code('amendmentRequest.extend', extension)).toBe('DENIED')
    expect(await phy.code('amendmentRequest.extend', { ...extension, reason: '' })).toBe('EXTENSION_REASON_MISSING')
    expect(await phy.code('amendmentRequest.extend', { ...extension, version: 0 })).toBe('INVALID_INPUT')
    expect(await phy.must('amendmentRequest.extend', extension)).toEqual({ version: 2, dueOn: '2026-11-01' })
    expect(await phy.code('amendmentRequest.extend', { ...extension, version: 2 })).toBe('EXTENDED_ALREADY')
    expect(await worklist(clinic)).toMatchObject([{ dueOn: '2026-11-01', untilOn: '2026-11-01', state: 'OPEN' }])
    expect(await listed(clinic)).toMatchObject({ extension: { text: extension.reason }, dueOn: '2026-11-01' })
    expect(await auditOf(clinic, address.amendmentRequestId)).toContain('amendmentRequest.extend physician DONE')
  })
})
