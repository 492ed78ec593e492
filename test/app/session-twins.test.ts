import { expect, it } from 'vitest'
import type { SessionId } from '../../shared/kernel/ids.ts'
import { addMinutes, type Instant } from '../../shared/kernel/time.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { consentOnFile } from '../support/consent.ts'
import { auditOf } from '../support/course.ts'
import { patientOnFile, screenPatient } from '../support/screening.ts'
import {
  beginSession,
  byPassword,
  loggedUntilNow,
  orderOnFile,
  readyToStart,
  reopen,
  type SessionClinic,
  sessionClinic,
  signInAgainAt,
  submission,
  submittedSession,
  type,
} from '../support/session.ts'

// Clinical reference, section 11, scenario 9. Invented people.

const born = { family: 'Kowalczyk', bornOn: '1994-07-19' }

/** The other twin with a course, an order, a questionnaire and a consent of her own. */
async function withTwin(clinic: SessionClinic): Promise<SessionClinic> {
  const { aes, aesId, phyId } = clinic
  const fst = { type: 'II', recordedOn: '2026-01-20', by: phyId } as const
  const patientId = await patientOnFile(clinic, { ...born, given: 'Eva', fst })
  const { seriesId } = await aes.must('series.plan', {
    patientId,
    goals: ['ACNE_SCAR'],
    goalText: 'Softer scars',
    zones: [],
    sessionsPlanned: 4,
    intervalMonths: 1,
    photos: 'DECLINED',
    photoViews: [],
  })
  const orderId = await orderOnFile(clinic, { patientId, seriesId, phyId, changes: {} })
  await screenPatient(aes, patientId, answersOfHealthyPerson('FULL'), 'FULL')
  const consentId = await consentOnFile(aes, patientId, { practitionerId: aesId, physicianId: phyId }, { seriesId })
  return { ...clinic, patientId, seriesId, orderId, consentId }
}

it('scenario 9: one twin’s session in the other’s chart is voided, linked, entered again as late and counted once', async () => {
  const ana = await sessionClinic({ patient: { ...born, given: 'Ana' } })
  const eva = await withTwin(ana)
  const { aes, phy } = ana
  const performed = async ({ patientId }: SessionClinic) =>
    (await aes.must('series.list', { patientId })).series[0]?.sessionsPerformed
  const sessionId = await submittedSession(ana)
  const endedAt = ana.host.now()
  expect(await performed(ana)).toBe(1)

  ana.host.advanceMinutes(26 * 60)
  await signInAgainAt(ana)
  const rightId = await enterLate(eva, endedAt)
  const { record } = await phy.must('session.open', { patientId: ana.patientId, sessionId })
  if (!record) throw new Error('nothing was submitted')
  await phy.must('signOff.markEnteredInError', {
    patientId: ana.patientId,
    sessionId,
    seenVersionId: record.versionId,
    reason: 'It was the twin who was treated',
    correct: { patientId: eva.patientId, sessionId: rightId },
    reauth: byPassword,
  })

  expect(await performed(ana)).toBe(0)
  expect(await performed(eva)).toBe(1)
  expect((await aes.must('series.list', { patientId: ana.patientId })).series[0]?.nextDueOn).toBeNull()
  expect(await phy.must('session.open', { patientId: ana.patientId, sessionId })).toMatchObject({
    session: { state: 'VOIDED' },
    voided: { reason: 'It was the twin who was treated', correctSessionId: rightId },
    record: { sha256: record.sha256 },
  })
  expect(await phy.must('session.open', { patientId: eva.patientId, sessionId: rightId })).toMatchObject({
    session: { state: 'SUBMITTED', recordOnly: true },
    record: { body: { lateEntry: true, deviations: [{ code: 'RECORD_ONLY' }] } },
  })
  expect(await auditOf(ana, sessionId)).toContain('signOff.markEnteredInError physician DONE PASSWORD')
  expect(await auditOf(ana, rightId)).toContain('session.recordOnly aesthetician DONE')
})

/** What really happened to the other twin, written down a day later without the gate. */
async function enterLate(eva: SessionClinic, endedAt: Instant): Promise<SessionId> {
  const { aes, patientId } = eva
  const ready = readyToStart(eva)
  const begun = await type(eva, aes, await beginSession(eva, aes), {
    ...ready,
    ...loggedUntilNow(eva),
    startedAt: addMinutes(endedAt, -28),
    endedAt,
    anaesthetic: { kind: 'NONE' },
    cartridgeUses: (ready.cartridgeUses ?? []).map((use) => ({ ...use, openedAt: addMinutes(endedAt, -40) })),
  })
  const { sessionId, draftVersion } = begun
  await aes.must('session.recordOnly', { patientId, sessionId, draftVersion })
  const told = { reason: 'entered in the chart of her sister first', patientTold: true }
  const explained = await type(eva, aes, await reopen(eva, aes, sessionId), {
    deviations: [{ code: 'RECORD_ONLY', origin: 'AUTO', ...told }],
  })
  await aes.must('session.submit', submission(eva, explained))
  return sessionId
}
