import { describe, expect, it } from 'vitest'
import type { PolicyBody } from '../../shared/domain/policy.ts'
import {
  beginSession,
  countersign,
  readyToStart,
  type SessionClinic,
  sessionClinic,
  signInAgainAt,
  submittedSession,
  type,
} from '../support/session.ts'

const onlyDeviations = (body: PolicyBody): PolicyBody => ({ ...body, signOffRequiredFor: 'DEVIATION' })

async function queueOf({ phy }: SessionClinic) {
  return phy.must('signOff.queue', { after: null })
}

async function twoWeeksOn(clinic: SessionClinic) {
  clinic.host.advanceMinutes(14 * 24 * 60)
  await signInAgainAt(clinic)
}

describe('a clean session that the policy asks no countersignature for', () => {
  it('stays in the queue among the clean ones, and is never late', async () => {
    const clinic = await sessionClinic({ policy: onlyDeviations })
    const sessionId = await submittedSession(clinic)
    await twoWeeksOn(clinic)
    const { sessions, counts } = await queueOf(clinic)
    expect(sessions).toMatchObject([{ sessionId, group: 'CLEAN', lateness: 'NOT_REQUIRED' }])
    expect(counts).toMatchObject({ clean: 1, dueToday: 0, overdue: 0 })
    const today = await clinic.phy.must('today.physician', {})
    expect(today.signOff).toMatchObject({ waiting: 1, overdue: 0, escalated: 0 })
  })

  it('is late where every session is countersigned, or where it is deeper than the policy says', async () => {
    for (const policy of [
      (body: PolicyBody) => body,
      (body: PolicyBody): PolicyBody => ({ ...body, signOffRequiredFor: 'ABOVE_DEPTH', signOffAboveUm: 500 }),
    ]) {
      const clinic = await sessionClinic({ policy })
      await submittedSession(clinic)
      await twoWeeksOn(clinic)
      const { sessions, counts } = await queueOf(clinic)
      expect(sessions).toMatchObject([{ lateness: 'ESCALATED' }])
      expect(counts).toMatchObject({ clean: 1, overdue: 1 })
    }
  })

  it('does not hold back the next session', async () => {
    const clinic = await sessionClinic({ policy: onlyDeviations })
    const { patientId } = clinic
    await submittedSession(clinic)
    const next = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    const { failures } = await clinic.aes.must('session.gate', { patientId, sessionId: next.sessionId })
    expect(failures.map(({ code }) => code)).toEqual(['INTERVAL_TOO_SHORT'])
  })

  it('needs the physician from the moment a complication is reported, with a deadline of its own', async () => {
    const clinic = await sessionClinic({ policy: onlyDeviations })
    const { patientId } = clinic
    const sessionId = await submittedSession(clinic)
    await twoWeeksOn(clinic)
    await clinic.phy.must('complication.report', {
      patientId,
      sessionIds: [sessionId],
      zones: [],
      description: 'Brown marks on both cheeks',
      channel: 'PHONE',
      reportedBy: { kind: 'PATIENT', name: 'Mara Lindqvist' },
      onsetOn: null,
      signs: [],
      code: null,
      grade: null,
      actionTaken: '',
      notices: [],
    })
    const { sessions } = await queueOf(clinic)
    expect(sessions).toMatchObject([{ sessionId, group: 'ATTENTION', complications: 1, lateness: 'ON_TIME' }])
  })

  it('may be signed by a physician all the same', async () => {
    const clinic = await sessionClinic({ policy: onlyDeviations })
    const { patientId } = clinic
    const sessionId = await submittedSession(clinic)
    await countersign(clinic, sessionId)
    const { session } = await clinic.phy.must('session.open', { patientId, sessionId })
    expect(session).toMatchObject({ state: 'SIGNED', lateness: null })
  })
})

it('a depth of countersignature that nobody reaches keeps the policy from being approved', async () => {
  await expect(
    sessionClinic({ policy: (body) => ({ ...body, signOffRequiredFor: 'ABOVE_DEPTH', signOffAboveUm: 3500 }) }),
  ).rejects.toThrow()
})
