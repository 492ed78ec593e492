import { describe, expect, it } from 'vitest'
import { newClinic } from '../support/clinic.ts'
import { auditOf, byPassword } from '../support/course.ts'
import { patientOnFile } from '../support/screening.ts'
import {
  reopen,
  returnSession,
  sessionClinic,
  signInAgainAt,
  submission,
  submittedSession,
} from '../support/session.ts'

describe('after a session', () => {
  it('everybody is asked on day 1, 3 and 14, and a second submission asks nobody twice', async () => {
    const clinic = await sessionClinic()
    const { aes, patientId } = clinic
    const sessionId = await submittedSession(clinic, {
      log: { immediateReactions: { kind: 'SEEN', reactions: [{ code: 'ERYTHEMA', grade: 1, zones: [] }] } },
    })
    const planned = async () =>
      (await aes.must('followUp.ofPatient', { patientId })).tasks
        .filter((task) => task.sessionId === sessionId)
        .map(({ kind, dueOn, reactionCode }) => [kind, dueOn, reactionCode])
    const expected = [
      ['DAY_1_MESSAGE', '2026-08-04', null],
      ['DAY_3_CHECK', '2026-08-06', null],
      // The day after redness should have gone.
      ['REACTION_CHECK', '2026-08-07', 'ERYTHEMA'],
      ['DAY_14_CHECK', '2026-08-17', null],
    ]
    expect(await planned()).toEqual(expected)
    await returnSession(clinic, sessionId, [{ path: '/notes', text: 'say more' }])
    const desk = await reopen(clinic, aes, sessionId)
    const replies = [{ path: '/notes', reply: 'said more' }]
    await aes.must('session.submit', { ...submission(clinic, desk), replies })
    expect(await planned()).toEqual(expected)
  })

  it('follows the days that the policy names', async () => {
    const clinic = await sessionClinic({
      policy: (body) => ({ ...body, settings: { ...body.settings, followUpDays: [2, 5, 21] } }),
    })
    await submittedSession(clinic)
    const { tasks } = await clinic.aes.must('followUp.ofPatient', { patientId: clinic.patientId })
    const forAll = tasks.filter(({ kind }) => kind !== 'REACTION_CHECK')
    expect(forAll.map(({ dueOn }) => dueOn)).toEqual(['2026-08-05', '2026-08-08', '2026-08-24'])
  })
})

describe('the worklist', () => {
  it('shows what is due and overdue with the person’s name, and the days ahead when asked', async () => {
    const clinic = await sessionClinic()
    await submittedSession(clinic)
    clinic.host.setNow('2026-08-06T15:00:00.000Z')
    await signInAgainAt(clinic)
    const list = await clinic.aes.must('followUp.list', { until: null })
    expect(list).toMatchObject({
      overdue: 1,
      dueToday: 1,
      tasks: [
        { kind: 'DAY_1_MESSAGE', status: { kind: 'OVERDUE', byDays: 2 } },
        { kind: 'DAY_3_CHECK', status: { kind: 'DUE' } },
      ],
    })
    expect(list.tasks[0]?.patientName).toMatch(/, /)
    const later = await clinic.aes.must('followUp.list', { until: '2026-08-17' })
    expect(later.tasks.at(-1)).toMatchObject({ kind: 'DAY_14_CHECK', status: { kind: 'UPCOMING', inDays: 11 } })
  })

  it('is read by the manager too, who does nothing in it', async () => {
    const clinic = await newClinic()
    const patientId = await patientOnFile(clinic)
    const add = { patientId, kind: 'CALL', complicationId: null, about: '', dueOn: '2026-08-03', ownerId: null }
    expect(await clinic.manager.code('followUp.list', { until: null })).toBe('ok')
    expect(await clinic.manager.code('followUp.ofPatient', { patientId })).toBe('ok')
    expect(await clinic.manager.code('followUp.add', add)).toBe('DENIED')
  })
})

describe('a call', () => {
  it('is added and done by the desk, with one sentence, once', async () => {
    const clinic = await newClinic()
    const { window: desk, staffId } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const add = {
      patientId,
      kind: 'CALL' as const,
      complicationId: null,
      about: 'wants to know about sunscreen',
      dueOn: '2026-08-03',
      ownerId: staffId,
    }
    const { followUpId } = await desk.must('followUp.add', add)
    const { tasks } = await desk.must('followUp.list', { until: null })
    expect(tasks).toMatchObject([{ followUpId, ownerId: staffId, kind: 'CALL', state: 'OPEN' }])
    const done = {
      patientId,
      followUpId,
      version: 1,
      result: 'MESSAGE_LEFT' as const,
      outcome: 'No answer, message left',
      againOn: null,
    }
    expect(await desk.code('followUp.done', { ...done, outcome: ' ' })).toBe('INVALID_INPUT')
    expect(await desk.code('followUp.done', { ...done, version: 2 })).toBe('CONFLICT')
    expect(await clinic.manager.code('followUp.done', done)).toBe('DENIED')
    await desk.must('followUp.done', done)
    expect(await desk.code('followUp.done', { ...done, version: 2 })).toBe('FOLLOW_UP_CLOSED')
    expect((await desk.must('followUp.ofPatient', { patientId })).tasks).toMatchObject([
      { state: 'DONE', status: { kind: 'DONE' }, doneOn: '2026-08-03', outcome: done.outcome },
    ])
    expect((await desk.must('followUp.list', { until: null })).tasks).toEqual([])
    expect(await auditOf(clinic, followUpId)).toEqual(
      expect.arrayContaining(['followUp.add frontDesk DONE', 'followUp.done frontDesk DONE MESSAGE_LEFT']),
    )
  })

  it('is about a registered person, a real day and, if any, one of that person’s complications', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const patientId = await patientOnFile(clinic)
    const add = { patientId, kind: 'CALL', complicationId: null, about: '', dueOn: '2026-08-03', ownerId: null }
    expect(await desk.code('followUp.add', { ...add, dueOn: '2026-02-30' })).toBe('INVALID_INPUT')
    expect(await desk.code('followUp.add', { ...add, patientId: clinic.host.newId() })).toBe('NOT_FOUND')
    expect(await desk.code('followUp.add', { ...add, complicationId: clinic.host.newId() })).toBe('NOT_FOUND')
    const strange = {
      patientId,
      followUpId: clinic.host.newId(),
      version: 1,
      result: 'REACHED',
      outcome: 'x',
      againOn: null,
    }
    expect(await desk.code('followUp.done', strange)).toBe('NOT_FOUND')
  })

  it('is handed on, asked again where nobody answered, and never planned for a day gone by', async () => {
    const clinic = await newClinic()
    const { window: desk, staffId } = await clinic.hire(['frontDesk'])
    const other = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    const { owners } = await desk.must('followUp.owners', {})
    expect(owners.map((owner) => owner.staffId).sort()).toEqual([staffId, other.staffId].sort())
    expect(await desk.code('followUp.owners', { all: true })).toBe('INVALID_INPUT')
    const add = {
      patientId,
      kind: 'CALL' as const,
      complicationId: null,
      about: 'photograph',
      dueOn: '2026-08-03',
      ownerId: null,
    }
    expect(await desk.code('followUp.add', { ...add, dueOn: '2026-08-02' })).toBe('FOLLOW_UP_IN_PAST')
    expect(await desk.code('followUp.add', { ...add, ownerId: clinic.managerId })).toBe('NOT_AN_OWNER')
    const { followUpId } = await desk.must('followUp.add', add)
    const give = { patientId, followUpId, version: 1, ownerId: other.staffId }
    expect(await clinic.manager.code('followUp.give', give)).toBe('DENIED')
    expect(await desk.code('followUp.give', { ...give, ownerId: clinic.managerId })).toBe('NOT_AN_OWNER')
    expect(await desk.code('followUp.give', { ...give, ownerId: 'nobody' })).toBe('INVALID_INPUT')
    await desk.must('followUp.give', give)
    expect(await desk.code('followUp.give', give)).toBe('CONFLICT')
    expect(await auditOf(clinic, followUpId)).toContain('followUp.give frontDesk DONE')
    const done = { patientId, followUpId, version: 2, result: 'NOT_REACHED' as const, outcome: 'No answer' }
    expect(await desk.code('followUp.done', { ...done, againOn: '2026-08-01' })).toBe('FOLLOW_UP_IN_PAST')
    await desk.must('followUp.done', { ...done, againOn: '2026-08-05' })
    expect(await desk.code('followUp.give', { ...give, version: 3 })).toBe('FOLLOW_UP_CLOSED')
    const { tasks } = await desk.must('followUp.list', { until: '2026-08-05' })
    expect(tasks).toMatchObject([
      { kind: 'CALL', about: 'photograph', dueOn: '2026-08-05', ownerName: other.printedName },
    ])
  })
})

describe('the numbers of the worklist', () => {
  it('are the same in its head, on Today and on the rail, on every day', async () => {
    const clinic = await sessionClinic()
    await submittedSession(clinic)
    const { aes, patientId } = clinic
    for (const dueOn of ['2026-08-03', '2026-08-05'])
      await aes.must('followUp.add', {
        patientId,
        kind: 'CALL',
        complicationId: null,
        about: '',
        dueOn,
        ownerId: null,
      })
    for (const day of ['2026-08-03', '2026-08-04', '2026-08-06', '2026-08-17', '2026-08-30']) {
      clinic.host.setNow(`${day}T15:00:00.000Z`)
      await signInAgainAt(clinic)
      const list = await aes.must('followUp.list', { until: null })
      const late = list.tasks.filter(({ status }) => status.kind === 'OVERDUE').length
      const { followUpsDue } = await aes.must('today.desk', {})
      const { followUp } = await aes.must('today.counts', {})
      expect([day, list.overdue, list.dueToday, followUpsDue, followUp]).toEqual([
        day,
        late,
        list.tasks.length - late,
        list.tasks.length,
        list.tasks.length,
      ])
    }
  })

  it('leave out what belongs to a session that was entered in error', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    const { phy, aes, patientId } = clinic
    const { record } = await phy.must('session.open', { patientId, sessionId })
    await phy.must('signOff.markEnteredInError', {
      patientId,
      sessionId,
      seenVersionId: record?.versionId ?? ('' as never),
      reason: 'wrong patient',
      correct: null,
      reauth: byPassword,
    })
    const { tasks } = await aes.must('followUp.ofPatient', { patientId })
    expect(tasks.filter(({ state }) => state === 'OPEN')).toEqual([])
  })
})
