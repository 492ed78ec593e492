import { describe, expect, it } from 'vitest'
import { many } from '../../db/records.ts'
import type { Window } from '../support/clinic.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { patientOnFile, signInAgain } from '../support/screening.ts'
import {
  byPassword,
  reopen,
  type SessionClinic,
  sessionClinic,
  startedSession,
  submittedSession,
} from '../support/session.ts'

async function pagesOf({ app }: SessionClinic, window: Window, token: string): Promise<readonly string[]> {
  const blob = await app.readBlob(window.connection, token)
  if (!blob) throw new Error('the file is not this window’s')
  expect(blob.mediaType).toBe('application/pdf')
  return (await pdfPages(blob.bytes)).map((page) => page.replaceAll(/\s+/g, ' '))
}

function audited({ app }: SessionClinic, action: string) {
  const { db } = app.services.storeLife.open.store
  return many(db, "select subject_id, reason from audit_entry where action = ? and outcome = 'DONE'", [action])
}

describe('a printed session', () => {
  it('says on every page that it waits, and after the signature who signed it for whom, with the addendum beside it', async () => {
    const clinic = await sessionClinic()
    const { patientId, phy, aes } = clinic
    const sessionId = await submittedSession(clinic)
    const draft = await aes.must('print.session', { patientId, sessionId })
    expect(draft.fileName).toMatch(/^S-[0-9a-f]{8}-session-1\.pdf$/)
    for (const page of await pagesOf(clinic, aes, draft.token)) expect(page).toContain('DRAFT - NOT SIGNED')
    const { record } = await phy.must('session.open', { patientId, sessionId })
    if (!record) throw new Error('nothing was submitted')
    await phy.must('signOff.sign', {
      patientId,
      sessionId,
      seenVersionId: record.versionId,
      seenSha256: record.sha256,
      supervision: { mode: 'ON_SITE', confirmed: true, note: '' },
      patientSeen: true,
      dispositions: [],
      decision: 'PROCEED',
      comment: 'Good work',
      takeoverReason: null,
      reauth: byPassword,
    })
    const { addendumId, draftVersion } = await phy.must('addendum.begin', {
      patientId,
      kind: 'SESSION',
      recordId: sessionId,
      fieldPath: '/notes',
    })
    const saved = await phy.must('addendum.saveDraft', {
      patientId,
      addendumId,
      draftVersion,
      fieldPath: '/notes',
      reason: 'Left out',
      text: 'The skin was calm after ten minutes.',
      correction: null,
      happenedAt: null,
      amendmentRequest: null,
    })
    await phy.must('addendum.submit', {
      patientId,
      addendumId,
      draftVersion: saved.draftVersion,
      replies: [],
      reauth: byPassword,
    })
    const signed = await phy.must('print.session', { patientId, sessionId })
    const pages = await pagesOf(clinic, phy, signed.token)
    const text = pages.join(' ')
    expect(text).not.toContain('DRAFT')
    expect(text).toContain('Reviewed and approved, for Lena Brook 1')
    expect(text).toContain('I have reviewed this record in the version named here')
    expect(text).toContain('The skin was calm after ten minutes.')
    expect(text).toContain('MN24-0917B')
    expect(text.replaceAll(' ', '')).toContain(record.sha256)
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('Lindqvist, Mara')
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
    }
    expect(await audited(clinic, 'print.session')).toHaveLength(2)
    expect(await clinic.app.readBlob(aes.connection, signed.token)).toBeNull()
  })

  it('is not for the desk, not before there is a record, and not of another patient', async () => {
    const clinic = await sessionClinic()
    const desk = await clinic.hire(['frontDesk'])
    const { sessionId } = await startedSession(clinic)
    await signInAgain(desk.window, 'person3')
    const { patientId } = clinic
    expect(await clinic.aes.code('print.session', { patientId, sessionId })).toBe('NOTHING_TO_PRINT')
    expect(await desk.window.code('print.session', { patientId, sessionId })).toBe('DENIED')
    const other = await patientOnFile(clinic)
    expect(await clinic.aes.code('print.session', { patientId: other, sessionId })).toBe('NOT_FOUND')
    expect(await clinic.aes.code('print.session', { patientId, sessionId: 'x' })).toBe('INVALID_INPUT')
    await reopen(clinic, clinic.aes, sessionId)
    const copy = { patientId, kind: 'SESSION', recordId: sessionId, method: 'PAPER', recipient: '' } as const
    expect(await clinic.aes.code('print.copyGiven', copy)).toBe('NOTHING_TO_PRINT')
    expect(await desk.window.code('print.copyGiven', copy)).toBe('DENIED')
  })
})

describe('a printed consent', () => {
  it('carries the patient’s own stroke; the desk may print it and say that a copy was given', async () => {
    const clinic = await sessionClinic()
    const desk = await clinic.hire(['frontDesk'])
    const { patientId, consentId } = clinic
    const { token, fileName } = await desk.window.must('print.consent', { patientId, consentId })
    expect(fileName).toMatch(/^S-[0-9a-f]{8}-consent\.pdf$/)
    const text = (await pagesOf(clinic, desk.window, token)).join(' ')
    expect(text).toContain('Meaning: Consent of the patient')
    expect(text).toContain('Mara Lindqvist')
    expect(await audited(clinic, 'print.consent')).toEqual([{ subject_id: consentId, reason: null }])
    expect(await clinic.manager.code('print.consent', { patientId, consentId })).toBe('DENIED')
    const copy = { patientId, kind: 'CONSENT', recordId: consentId, method: 'PAPER', recipient: '' } as const
    expect(await clinic.manager.code('print.copyGiven', copy)).toBe('DENIED')
    expect(await desk.window.code('print.copyGiven', { ...copy, method: 'FAX' })).toBe('INVALID_INPUT')
    await desk.window.must('print.copyGiven', copy)
    expect(await audited(clinic, 'print.copyGiven')).toEqual([{ subject_id: consentId, reason: 'PAPER' }])
    const { db } = clinic.app.services.storeLife.open.store
    expect(await many(db, 'select record_kind, method, recipient from copy_given')).toEqual([
      { record_kind: 'CONSENT', method: 'PAPER', recipient: '' },
    ])
  })
})
