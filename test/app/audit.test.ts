import Papa from 'papaparse'
import { describe, expect, it, test } from 'vitest'
import { type AuditFields, chainHash, chainStart } from '../../db/audit/chain.ts'
import { appendAudit } from '../../db/audit/write.ts'
import { insertRow } from '../../db/records.ts'
import { transact } from '../../main/app/command.ts'
import { type AuditSort, auditSorts } from '../../shared/contract/audit.ts'
import type { OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import { auditRows } from '../support/audit-rows.ts'
import { newClinic, type TestClinic, type Window } from '../support/clinic.ts'

const ownFilter = {
  fromOn: null,
  untilOn: null,
  actorId: null,
  chartNumber: null,
  action: null,
  category: null,
  outcome: null,
}

const everything = {
  ...ownFilter,
  sort: 'seq' as const,
  order: 'DESCENDING' as const,
  after: null,
  limit: 100,
}

type AuditPage = OutputOf<Api['audit']['list']>

function keyOf(
  { seq, at, actor, roles, action, subject, patient, outcome, reason }: AuditPage['rows'][number],
  sort: AuditSort,
) {
  return {
    seq,
    at,
    actor: actor?.printedName ?? '',
    roles: roles.join(' '),
    action,
    subject,
    chart: patient?.chartNumber ?? '',
    outcome,
    reason: reason ?? '',
  }[sort]
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
    let after: typeof all.next = null
    do {
      const page: typeof all = await clinic.manager.must('audit.list', { ...everything, after, limit: 2 })
      seen.push(...page.rows.map((row) => row.seq))
      after = page.next
    } while (after !== null)
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

  test.for(auditSorts)('sorts by %s both ways, page after page, with no row twice and none left out', async (sort) => {
    const clinic = await newClinic()
    await clinic.hire(['frontDesk'])
    await clinic.hire(['physician'])
    const all = (await clinic.manager.must('audit.list', everything)).rows.map(({ seq }) => seq)
    for (const order of ['ASCENDING', 'DESCENDING'] as const) {
      const seen: AuditPage['rows'][number][] = []
      let after: AuditPage['next'] = null
      do {
        const page: AuditPage = await clinic.manager.must('audit.list', { ...everything, sort, order, after, limit: 3 })
        seen.push(...page.rows)
        after = page.next
      } while (after !== null)
      expect(seen.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(all.toSorted((a, b) => a - b))
      const keys = seen.map((row) => keyOf(row, sort))
      const sorted = keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      expect(keys).toEqual(order === 'ASCENDING' ? sorted : sorted.toReversed())
    }
  })

  it('filters by category of data and by outcome', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    expect(await window.code('audit.verify', {})).toBe('DENIED')
    const refused = await clinic.manager.must('audit.list', { ...everything, outcome: 'REFUSED' })
    expect(refused.rows.map(({ action, category }) => [action, category])).toEqual([['audit.verify', 'OTHER']])
    const staff = await clinic.manager.must('audit.list', { ...everything, category: 'STAFF' })
    expect(new Set(staff.rows.map(({ category }) => category))).toEqual(new Set(['STAFF']))
    const other = await clinic.manager.must('audit.list', { ...everything, category: 'OTHER' })
    expect(other.rows.map(({ seq }) => seq)).toEqual(refused.rows.map(({ seq }) => seq))
  })

  it('is saved as a file whose rows can be followed by their hashes to the end of the chain', async () => {
    const clinic = await newClinic()
    await clinic.hire(['physician'])
    const file = await clinic.manager.must('audit.exportCsv', ownFilter)
    const load = clinic.manager.connection.blobs.get(file.token)
    const text = ((await load?.())?.bytes ?? Buffer.alloc(0)).toString('utf8')
    const [header = [], ...lines] = Papa.parse<string[]>(text.trim()).data
    const last = lines.pop()
    expect(last).toEqual(['HEAD', String(file.rows), file.head])
    let previous = chainStart
    for (const line of lines) {
      const cell = Object.fromEntries(header.map((name, index) => [name, line[index] ?? '']))
      const cells = Object.entries(cell).slice(0, 16)
      const fields = Object.fromEntries(
        cells.map(([name, value]) => [
          name,
          name === 'seq' || name === 'offset_min' ? Number(value) : value === '' && name !== 'roles' ? null : value,
        ]),
      )
      expect(cell['prev_hash']).toBe(previous)
      previous = chainHash(previous, fields as AuditFields)
      expect(cell['hash']).toBe(previous)
    }
    expect(previous).toBe(file.head)
    expect(text).not.toContain('+1 312 555 0100')
    const told = (await auditRows(clinic.app)).at(-1)
    expect(told).toMatchObject({ action: 'audit.exportCsv', subject: 'audit', reason: `${file.rows} ROWS` })
  })

  it('gives a file of their own rows to whoever sees only those', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const seen = (await window.must('audit.list', everything)).rows.length
    expect((await window.must('audit.exportCsv', ownFilter)).rows).toBe(seen)
    expect(await window.code('audit.exportCsv', { ...ownFilter, chartNumber: 'C-999999' })).toBe('CHART_NUMBER_UNKNOWN')
    expect(await window.must('audit.standing', {})).toMatchObject({ standing: null, whole: null })
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
