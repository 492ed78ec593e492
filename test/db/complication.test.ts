import { describe, expect, it } from 'vitest'
import { sessionClinic, submittedSession, write } from '../support/session.ts'

/** A session with a complication that holds its course, its disclosure, a call that was made and an open incident. */
async function filled() {
  const clinic = await sessionClinic()
  const { aes, phy, patientId } = clinic
  const sessionId = await submittedSession(clinic)
  const { complicationId } = await aes.must('complication.report', {
    patientId,
    sessionIds: [sessionId],
    zones: [],
    description: 'Darker',
    channel: 'PHONE',
    reportedBy: { kind: 'PATIENT', name: 'Mara' },
    onsetOn: null,
    signs: [],
    code: 'PIH',
    grade: 2,
    actionTaken: '',
    notices: [],
  })
  const words = { recipient: 'FDA', address: '', description: 'report', purpose: 'safety' }
  await phy.must('complication.disclose', { patientId, complicationId, disclosedOn: '2026-08-03', ...words })
  const call = { kind: 'CALL', complicationId: null, about: '', dueOn: '2026-08-03', ownerId: null } as const
  const { followUpId } = await aes.must('followUp.add', { patientId, ...call })
  const done = { version: 1, result: 'REACHED', outcome: 'Well', againOn: null } as const
  await aes.must('followUp.done', { patientId, followUpId, ...done })
  await phy.must('staffIncident.record', {
    kind: 'CUT',
    injuredId: clinic.aesId,
    happenedOn: '2026-08-03',
    atTime: '',
    place: '',
    device: 'Blade',
    howItHappened: 'Slipped',
    firstAid: '',
  })
  return clinic
}

describe('the store', () => {
  it.each([
    ['forgets no hold', 'delete from complication_hold', 'never deleted'],
    ['rewrites no hold', "update complication_hold set status_before = 'MAINTENANCE'", 'stays_as_placed'],
    ['lets no hold go without a name', "update complication_hold set released_at = '2026-08-03'", 'CHECK'],
    ['changes no disclosure', "update complication_disclosure set recipient = 'x'", 'append-only'],
    ['deletes no disclosure', 'delete from complication_disclosure', 'append-only'],
    ['rewrites no call that was made', "update follow_up set result = 'NOT_NEEDED' where kind = 'CALL'", 'done_stays'],
    ['closes no follow-up without a result', "update follow_up set state = 'DONE', done_on = '2026-08-03'", 'CHECK'],
    ['turns no window round', "update follow_up set until_on = '2020-01-01' where state = 'OPEN'", 'CHECK'],
    ['rewrites no incident', "update staff_incident set device = 'x'", 'stays_as_recorded'],
    [
      'closes no incident without an evaluation',
      'update staff_incident set closed_by = recorded_by, closed_at = recorded_at',
      'CHECK',
    ],
    ['deletes no complication', 'delete from complication', 'never deleted'],
    ['skips no state', "update complication set state = 'MONITORING'", 'illegal state'],
  ])('%s', async (_, statement, reason) => {
    const clinic = await filled()
    const { driver } = clinic.app.services.storeLife.open.store
    const attempt = write(clinic, async () => {
      driver.prepare(statement).run()
    })
    await expect(attempt).rejects.toThrow(reason)
  })
})
