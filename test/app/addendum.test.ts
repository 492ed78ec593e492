import { describe, expect, it } from 'vitest'
import { many } from '../../db/records.ts'
import type { AddendumId, SessionId } from '../../shared/kernel/ids.ts'
import type { Window } from '../support/clinic.ts'
import { patientOnFile, signInAgain, wire } from '../support/screening.ts'
import { byPassword, type SessionClinic, sessionClinic, signInAgainAt, submittedSession } from '../support/session.ts'

const words = {
  fieldPath: '/anaesthetic/lotRaw',
  reason: 'The lot was read from the wrong tube',
  text: 'Lot read again from the tube in the waste.',
  correction: { was: 'LC 77', shouldBe: 'LC 71' },
  happenedAt: null,
  amendmentRequest: null,
}

async function signedSession(clinic: SessionClinic): Promise<SessionId> {
  const sessionId = await submittedSession(clinic)
  const { patientId } = clinic
  const { record } = await clinic.phy.must('session.open', { patientId, sessionId })
  if (!record) throw new Error('nothing was submitted')
  await clinic.phy.must('signOff.sign', {
    patientId,
    sessionId,
    seenVersionId: record.versionId,
    seenSha256: record.sha256,
    supervision: { mode: 'ON_SITE', confirmed: true, note: '' },
    patientSeen: false,
    dispositions: [],
    decision: 'PROCEED',
    comment: '',
    takeoverReason: null,
    reauth: byPassword,
  })
  return sessionId
}

async function writeAddendum(
  clinic: SessionClinic,
  window: Window,
  sessionId: SessionId,
  change: object = {},
): Promise<{ patientId: SessionClinic['patientId']; addendumId: AddendumId; draftVersion: number }> {
  const { patientId } = clinic
  const { fieldPath } = words
  const begun = await window.must('addendum.begin', { patientId, kind: 'SESSION', recordId: sessionId, fieldPath })
  const { addendumId } = begun
  const saved = await window.must(
    'addendum.saveDraft',
    wire({ patientId, addendumId, draftVersion: begun.draftVersion, ...words, ...change }),
  )
  return { patientId, addendumId, draftVersion: saved.draftVersion }
}

function noReplies(address: Awaited<ReturnType<typeof writeAddendum>>) {
  return { ...address, replies: [], reauth: byPassword }
}

function audited({ app }: SessionClinic, action: string) {
  const { db } = app.services.storeLife.open.store
  return many(db, "select outcome from audit_entry where action = ? and outcome = 'DONE'", [action])
}

describe('an addendum', () => {
  it('of the aesthetician waits for the physician, stands beside the record and leaves it as signed', async () => {
    const clinic = await sessionClinic()
    const { patientId, phy, aes } = clinic
    const sessionId = await signedSession(clinic)
    const before = await phy.must('session.open', { patientId, sessionId })
    const address = await writeAddendum(clinic, aes, sessionId)
    const { addendumId } = address
    expect(await aes.must('addendum.list', { patientId, kind: 'SESSION', recordId: sessionId })).toMatchObject({
      addenda: [],
      drafts: [{ addendumId, draft: { text: words.text } }],
      mayWrite: true,
    })
    expect(await aes.must('addendum.submit', noReplies(address))).toMatchObject({
      state: 'SUBMITTED',
      versionNumber: 1,
    })
    const queue = await phy.must('signOff.queue', { after: null })
    expect(queue.addenda).toMatchObject([{ addendumId, reason: words.reason, isOfAnother: false }])
    expect(queue.counts.addenda).toBe(1)
    const { addendum, amends } = await phy.must('addendum.open', { patientId, addendumId })
    expect(amends).toMatchObject({ fieldText: 'LC 77', isCurrent: true })
    if (!addendum) throw new Error('the addendum is not there')
    const seen = { patientId, addendumId, seenVersionId: addendum.versionId, seenSha256: addendum.sha256 }
    const signing = { ...seen, comment: '', takeoverReason: null, reauth: byPassword }
    expect(await aes.code('addendum.sign', signing)).toBe('DENIED')
    expect(await phy.code('addendum.sign', { ...signing, seenSha256: '0'.repeat(64) })).toBe('STALE_VERSION')
    clinic.host.advanceMinutes(1)
    await phy.must('addendum.sign', signing)
    expect(await phy.code('addendum.sign', signing)).toBe('ADDENDUM_MOVE_NOT_ALLOWED')
    const after = await phy.must('session.open', { patientId, sessionId })
    expect(after.record).toEqual(before.record)
    const listed = await phy.must('addendum.list', { patientId, kind: 'SESSION', recordId: sessionId })
    expect(listed.addenda).toMatchObject([
      {
        state: 'SIGNED',
        body: { correction: words.correction },
        signatures: [{ meaning: 'AUTHOR' }, { meaning: 'REVIEWED_AND_APPROVED' }],
      },
    ])
    for (const action of ['addendum.begin', 'addendum.submit', 'addendum.sign', 'addendum.open']) {
      expect(await audited(clinic, action)).not.toHaveLength(0)
    }
    const other = await patientOnFile(clinic)
    expect(await phy.code('addendum.open', { patientId: other, addendumId })).toBe('NOT_FOUND')
  })

  it('of a physician is signed by their own signature alone, and says when it is a late entry', async () => {
    const clinic = await sessionClinic()
    const sessionId = await signedSession(clinic)
    clinic.host.setNow('2026-08-06T15:00:00.000Z')
    await signInAgainAt(clinic)
    const address = await writeAddendum(clinic, clinic.phy, sessionId, { happenedAt: '2026-08-03T16:00:00.000Z' })
    expect(await clinic.phy.must('addendum.submit', noReplies(address))).toEqual({
      state: 'SIGNED',
      versionNumber: 1,
      dueAt: null,
    })
    const { addendum } = await clinic.aes.must('addendum.open', {
      patientId: clinic.patientId,
      addendumId: address.addendumId,
    })
    expect(addendum).toMatchObject({
      state: 'SIGNED',
      body: { isLateEntry: true },
      signatures: [{ meaning: 'AUTHOR_PHYSICIAN' }],
    })
    expect(await audited(clinic, 'addendum.signAsAuthor')).toHaveLength(1)
  })

  it('asks the physician who accepted the session again where another one changes a lot, a depth or a zone', async () => {
    const clinic = await sessionClinic()
    const { patientId, phy } = clinic
    const { window: second } = await clinic.hire(['physician'])
    const sessionId = await signedSession(clinic)
    await signInAgain(second, 'person3')
    const address = await writeAddendum(clinic, second, sessionId)
    const { addendumId } = address
    expect(await second.must('addendum.open', { patientId, addendumId })).toMatchObject({
      amends: { acceptedBy: { staffId: clinic.phyId } },
    })
    expect(await second.must('addendum.submit', noReplies(address))).toMatchObject({ state: 'SUBMITTED' })
    expect(await second.must('signOff.queue', { after: null })).toMatchObject({ addenda: [] })
    expect(await phy.must('signOff.queue', { after: null })).toMatchObject({
      addenda: [{ addendumId, asksAcceptance: true, isOfAnother: false }],
    })
    const { addendum } = await phy.must('addendum.open', { patientId, addendumId })
    if (!addendum) throw new Error('the addendum is not there')
    const { versionId: seenVersionId, sha256: seenSha256 } = addendum
    const seen = { patientId, addendumId, seenVersionId, seenSha256, comment: '', takeoverReason: null }
    expect(await second.code('addendum.sign', { ...seen, reauth: byPassword })).toBe('OWN_ADDENDUM')
    await phy.must('addendum.sign', { ...seen, reauth: byPassword })
    const { db } = clinic.app.services.storeLife.open.store
    const [review] = await many<{ body: string }>(
      db,
      "select v.body from record_version v join sign_off on sign_off.version_id = v.id where sign_off.record_kind = 'ADDENDUM'",
    )
    expect(JSON.parse(review?.body ?? '{}')).toMatchObject({ attestation: { version: 'addendum-acceptance/1' } })
    expect(await phy.must('addendum.open', { patientId, addendumId })).toMatchObject({
      addendum: { state: 'SIGNED', asksAcceptance: true, signatures: [{ meaning: 'AUTHOR' }, {}] },
    })
  })

  it('comes back as a new version with an answer to each point', async () => {
    const clinic = await sessionClinic()
    const { patientId, phy, aes } = clinic
    const sessionId = await signedSession(clinic)
    const address = await writeAddendum(clinic, aes, sessionId)
    const { addendumId } = address
    await aes.must('addendum.submit', noReplies(address))
    const { addendum } = await phy.must('addendum.open', { patientId, addendumId })
    if (!addendum) throw new Error('the addendum is not there')
    const back = {
      patientId,
      addendumId,
      seenVersionId: addendum.versionId,
      reason: 'Say who read the lot',
      pointers: [{ path: '/text', text: 'Who read it?' }],
      dueOn: '2026-08-04',
      takeoverReason: null,
    }
    expect(await phy.code('addendum.return', { ...back, dueOn: '2026-08-01' })).toBe('RETURN_DUE_PAST')
    expect(await phy.code('addendum.return', { ...back, pointers: [] })).toBe('RETURN_POINTERS_MISSING')
    expect(await aes.code('addendum.return', back)).toBe('DENIED')
    await phy.must('addendum.return', back)
    const returned = await aes.must('addendum.open', { patientId, addendumId })
    expect(returned).toMatchObject({ draft: { draftVersion: 0, text: words.text }, returns: [{ reason: back.reason }] })
    const saved = await aes.must('addendum.saveDraft', {
      patientId,
      addendumId,
      draftVersion: 0,
      ...words,
      text: 'Lena Brook read it.',
    })
    const again = { patientId, addendumId, draftVersion: saved.draftVersion, reauth: byPassword }
    expect(await aes.code('addendum.submit', { ...again, replies: [] })).toBe('REPLY_MISSING')
    const replies = [{ path: '/text', reply: 'Named' }]
    expect(await aes.must('addendum.submit', { ...again, replies })).toMatchObject({
      state: 'SUBMITTED',
      versionNumber: 2,
    })
    const second = await phy.must('addendum.open', { patientId, addendumId })
    expect(second).toMatchObject({ addendum: { versionNumber: 2 }, returns: [{ replies }] })
  })

  it('is for signed records alone, of one’s own unless one is a physician, and says why', async () => {
    const clinic = await sessionClinic()
    const { patientId, phy, aes } = clinic
    const other = await clinic.hire(['aesthetician'], 'Mira Castellanos')
    const desk = await clinic.hire(['frontDesk'])
    const sessionId = await submittedSession(clinic)
    const begin = { patientId, kind: 'SESSION', recordId: sessionId, fieldPath: null } as const
    expect(await aes.code('addendum.begin', begin)).toBe('RECORD_NOT_SIGNED')
    const { record } = await phy.must('session.open', { patientId, sessionId })
    if (!record) throw new Error('nothing was submitted')
    await phy.must('signOff.sign', {
      patientId,
      sessionId,
      seenVersionId: record.versionId,
      seenSha256: record.sha256,
      supervision: { mode: 'ON_SITE', confirmed: true, note: '' },
      patientSeen: false,
      dispositions: [],
      decision: 'PROCEED',
      comment: '',
      takeoverReason: null,
      reauth: byPassword,
    })
    await signInAgain(other.window, 'person3')
    await signInAgain(desk.window, 'person4')
    expect(await other.window.code('addendum.begin', begin)).toBe('NOT_THE_AUTHOR')
    expect(await desk.window.code('addendum.begin', begin)).toBe('DENIED')
    expect(await desk.window.code('addendum.list', { patientId, kind: 'SESSION', recordId: sessionId })).toBe('DENIED')
    expect(await aes.code('addendum.begin', { ...begin, fieldPath: '/nothing/here' })).toBe('ADDENDUM_FIELD_UNKNOWN')
    expect(await aes.code('addendum.begin', { ...begin, kind: 'ORDER' })).toBe('INVALID_INPUT')
    const blank = await writeAddendum(clinic, aes, sessionId, { reason: ' ' })
    expect(await aes.code('addendum.submit', noReplies(blank))).toBe('ADDENDUM_REASON_MISSING')
    const empty = await writeAddendum(clinic, aes, sessionId, { text: '', correction: null })
    expect(await aes.code('addendum.submit', noReplies(empty))).toBe('ADDENDUM_INCOMPLETE')
    expect(await phy.code('addendum.discard', { patientId, addendumId: empty.addendumId })).toBe('NOT_THE_AUTHOR')
    await aes.must('addendum.discard', { patientId, addendumId: empty.addendumId })
    expect(await aes.code('addendum.open', { patientId, addendumId: empty.addendumId })).toBe('NOT_FOUND')
    expect(
      await aes.code('addendum.saveDraft', { patientId, addendumId: blank.addendumId, draftVersion: 1, ...words }),
    ).toBe('CONFLICT')
  })

  it('also stands beside a signed consent', async () => {
    const clinic = await sessionClinic()
    const { patientId, consentId, phy } = clinic
    const begun = await phy.must('addendum.begin', {
      patientId,
      kind: 'CONSENT',
      recordId: consentId,
      fieldPath: '/questionsAsked',
    })
    const saved = await phy.must('addendum.saveDraft', {
      patientId,
      ...begun,
      ...words,
      fieldPath: '/questionsAsked',
      correction: null,
    })
    await phy.must('addendum.submit', {
      patientId,
      addendumId: begun.addendumId,
      draftVersion: saved.draftVersion,
      replies: [],
      reauth: byPassword,
    })
    const { addenda } = await phy.must('addendum.list', { patientId, kind: 'CONSENT', recordId: consentId })
    expect(addenda).toMatchObject([
      { state: 'SIGNED', body: { amends: { kind: 'CONSENT', fieldPath: '/questionsAsked' } } },
    ])
  })
})
