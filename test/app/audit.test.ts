import { describe, expect, it } from 'vitest'
import { appendAudit } from '../../db/audit/write.ts'
import { insertRow } from '../../db/records.ts'
import { transact } from '../../main/app/command.ts'
import { newClinic, type TestClinic, type Window } from '../support/clinic.ts'

const everything = {
  fromOn: null,
  untilOn: null,
  actorId: null,
  chartNumber: null,
  action: null,
  beforeSeq: null,
  limit: 100,
}

async function actionsSeenBy(window: Window, filter: Partial<typeof everything> | object = {}) {
  const { rows } = await window.must('audit.list', { ...everything, ...filter })
  return rows.map((row) => row.action)
}

/** Waits for the end that a worker reports; the test's own limit ends a wait for nothing. */
async function endOf(clinic: TestClinic, window: Window, jobId: string) {
  for (;;) {
    const state = await window.must('backup.job', { jobId })
    if (state.kind !== 'RUNNING') return state
    await new Promise((resolve) => setImmediate(resolve))
    if (!clinic.app.services.jobs.state(jobId)) return state
  }
}

describe('the audit list', () => {
  it('shows a person their own rows and the manager all, newest first', async () => {
    const clinic = await newClinic()
    const { window: desk, staffId } = await clinic.hire(['frontDesk'])
    const own = await desk.must('audit.list', everything)
    expect(own.sees).toBe('OWN')
    expect(own.rows.map((row) => row.action)).toEqual(['signIn.in', 'signIn.codeUsed', 'signIn.keyMade'])
    expect(own.rows.every((row) => row.subjectId === staffId)).toBe(true)
    const all = await clinic.manager.must('audit.list', everything)
    expect(all.sees).toBe('ALL')
    expect(all.rows.map((row) => row.seq)).toEqual([...all.rows.map((row) => row.seq)].sort((a, b) => b - a))
    expect(all.rows.at(-1)).toMatchObject({ seq: 1, actor: { printedName: 'Greta Ansbach' } })
  })

  it('names people by id at reading and never stores their names', async () => {
    const clinic = await newClinic()
    const { printedName } = await clinic.hire(['frontDesk'])
    const { rows } = await clinic.manager.must('audit.list', { ...everything, action: 'staff.invite' })
    expect(rows).toMatchObject([{ actor: { printedName: 'Greta Ansbach' }, subjectName: printedName }])
    const stored = clinic.app.services.storeLife.open.store.driver.prepare('select * from audit_entry').all()
    expect(JSON.stringify(stored)).not.toContain(printedName)
  })

  it('goes on where the last page ended', async () => {
    const clinic = await newClinic()
    await clinic.hire(['frontDesk'])
    const all = await clinic.manager.must('audit.list', everything)
    const seen: number[] = []
    let beforeSeq: number | null = null
    do {
      const page: typeof all = await clinic.manager.must('audit.list', { ...everything, beforeSeq, limit: 2 })
      seen.push(...page.rows.map((row) => row.seq))
      beforeSeq = page.nextBeforeSeq
    } while (beforeSeq !== null)
    expect(seen).toEqual(all.rows.map((row) => row.seq))
  })

  it('filters by person, by action, by all actions of a feature and by the days of the clinic', async () => {
    const clinic = await newClinic('2026-08-04T03:30:00.000Z')
    const { staffId } = await clinic.hire(['frontDesk'])
    clinic.host.advanceMinutes(8)
    const lateEvening = { fromOn: '2026-08-03', untilOn: '2026-08-03' }
    expect(await actionsSeenBy(clinic.manager, { actorId: staffId })).toEqual([
      'signIn.in',
      'signIn.codeUsed',
      'signIn.keyMade',
    ])
    expect(await actionsSeenBy(clinic.manager, { action: 'staff.invite' })).toEqual(['staff.invite'])
    const signIns = await actionsSeenBy(clinic.manager, { action: 'signIn.' })
    expect(signIns.length).toBeGreaterThan(1)
    expect(signIns.every((action) => action.startsWith('signIn.'))).toBe(true)
    expect((await actionsSeenBy(clinic.manager, lateEvening)).length).toBeGreaterThan(3)
    expect(await actionsSeenBy(clinic.manager, { fromOn: '2026-08-04', untilOn: null })).toEqual([])
  })

  it('says so when no chart has the number', async () => {
    const clinic = await newClinic()
    expect(await clinic.manager.code('audit.list', { ...everything, chartNumber: 'C-999999' })).toBe(
      'CHART_NUMBER_UNKNOWN',
    )
    expect(await clinic.manager.code('audit.list', { ...everything, limit: 0 })).toBe('INVALID_INPUT')
  })

  it('lets a physician also see the rows of patients whose session they signed', async () => {
    const clinic = await newClinic()
    const { window: physician, staffId } = await clinic.hire(['physician'])
    const [theirs, others] = [crypto.randomUUID(), crypto.randomUUID()]
    await transact(clinic.app.services, async (trx) => {
      const versionId = crypto.randomUUID()
      const at = clinic.host.now()
      await insertRow(trx, 'record_version', {
        id: versionId,
        kind: 'session',
        record_id: crypto.randomUUID(),
        patient_id: theirs,
        number: 1,
        schema: 'session/1',
        body: '{}',
        sha256: '0',
        made_at: at,
        made_by: clinic.managerId,
        reason: 'SUBMITTED',
      })
      await insertRow(trx, 'signature', {
        id: crypto.randomUUID(),
        scheme: 'reauth/1',
        kind: 'sign_off',
        record_id: crypto.randomUUID(),
        number: 1,
        version_id: versionId,
        sha256: '0',
        signer_id: staffId,
        signer_name: 'x',
        credential: 'MD',
        licence: '',
        meaning: 'REVIEWED_AND_APPROVED',
        signed_at: at,
        offset_min: 0,
        key_id: null,
      })
    })
    await transact(clinic.app.services, async (trx) => {
      for (const patientId of [theirs, others])
        await appendAudit(trx, clinic.app.services.storeLife.open.auditKey, {
          at: clinic.host.now(),
          offset_min: 0,
          actor_id: clinic.managerId,
          roles: 'manager',
          sign_in_id: null,
          connection_id: null,
          app_version: '0.1.0',
          action: 'chart.open',
          subject: 'patient',
          subject_id: patientId,
          version_id: null,
          version_before_id: null,
          patient_id: patientId as never,
          outcome: 'DONE',
          reason: null,
        })
    })
    const { rows, sees } = await physician.must('audit.list', { ...everything, action: 'chart.open' })
    expect(sees).toBe('OWN_PATIENTS')
    expect(rows.map((row) => row.subjectId)).toEqual([theirs])
  })
})

describe('the chain check', () => {
  it('is the manager’s, follows every row and stands in the audit itself', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    expect(await desk.code('audit.verify', {})).toBe('DENIED')
    const { jobId } = await clinic.manager.must('audit.verify', {})
    expect(await endOf(clinic, clinic.manager, jobId)).toMatchObject({
      kind: 'DONE',
      report: { of: 'AUDIT_CHAIN', state: 'INTACT' },
    })
    const { rows } = await clinic.manager.must('audit.list', { ...everything, action: 'audit.' })
    expect(rows).toMatchObject([
      { action: 'audit.verified', reason: 'INTACT', outcome: 'DONE' },
      { action: 'audit.verify', actor: { staffId: clinic.managerId }, outcome: 'DONE' },
      { action: 'audit.verify', reason: 'DENIED', outcome: 'REFUSED' },
    ])
  })

  it('names the first row that somebody changed behind the program', async () => {
    const clinic = await newClinic()
    const { driver } = clinic.app.services.storeLife.open.store
    driver.exec('drop trigger audit_entry_never_changes')
    driver.prepare("update audit_entry set action = 'staff.list' where seq = 3").run()
    const { jobId } = await clinic.manager.must('audit.verify', {})
    expect(await endOf(clinic, clinic.manager, jobId)).toMatchObject({
      kind: 'DONE',
      report: { state: 'BROKEN', firstBadSeq: 3, fault: 'HASH' },
    })
  })
})
