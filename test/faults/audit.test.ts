import { describe, expect, it, test } from 'vitest'
import { chainHash } from '../../db/audit/chain.ts'
import { verifyTail } from '../../db/audit/verify.ts'
import { many } from '../../db/records.ts'
import type { AuditEntryTable } from '../../db/tables/core.ts'
import { auditRows, isAuditWhole } from '../support/audit-rows.ts'
import { endOfJob } from '../support/backup.ts'
import { clinicNow, newClinic, openWindow, password, type TestClinic } from '../support/clinic.ts'
import { seize, startOn, tamper } from '../support/seized.ts'
import { auditAtScale } from './audit-scale.ts'

describe('F20 SQL that changes the audit', () => {
  test.for([
    ['an edit', "update audit_entry set action = 'nothing' where seq = 2"],
    ['a deletion', 'delete from audit_entry where seq = 2'],
    ['the deletion of everything', 'delete from audit_entry'],
    ['a replacement', 'insert or replace into audit_entry select * from audit_entry where seq = 2'],
    [
      'an upsert',
      "insert into audit_entry select * from audit_entry where seq = 2 on conflict do update set action = 'x'",
    ],
    [
      'a row beyond the end',
      `insert into audit_entry select 9999, at, offset_min, actor_id, roles, sign_in_id,
       connection_id, app_version, action, subject, subject_id, version_id, version_before_id, patient_id, outcome,
       reason, prev_hash, hash, mac from audit_entry where seq = 2`,
    ],
  ])('F20 aborts %s', async ([, sql]) => {
    const clinic = await newClinic()
    const before = await auditRows(clinic.app)
    const { driver } = clinic.app.services.storeLife.open.store
    expect(() => driver.exec(sql ?? '')).toThrow()
    expect(await auditRows(clinic.app)).toEqual(before)
  })
})

describe('F21 a row changed after its triggers were dropped', () => {
  test.for([
    ['edited', 4, ["update audit_entry set reason = 'x' where seq = 4"]],
    ['deleted', 4, ['delete from audit_entry where seq = 4']],
    [
      'exchanged for its neighbour',
      4,
      [
        'update audit_entry set seq = 99999 where seq = 4',
        'update audit_entry set seq = 4 where seq = 5',
        'update audit_entry set seq = 5 where seq = 99999',
      ],
    ],
  ] as const)('F21 %s is named by its number', async ([, firstBadSeq, statements]) => {
    const { folder } = await closedClinic()
    await tamper(folder, (exec) => statements.forEach(exec))
    const { app, window } = await startOn(folder, clinicNow)
    await window.must('signIn.withPassword', { signInName: 'greta', password })
    const { jobId } = await window.must('audit.verify', {})
    expect(await endOfJob(window, jobId)).toMatchObject({ report: { state: 'BROKEN', firstBadSeq } })
    const { standing } = await window.must('audit.standing', {})
    expect(standing).toMatchObject({ state: 'BROKEN', firstBadSeq, reach: 'WHOLE' })
    expect((await auditRows(app)).at(-1)).toMatchObject({ action: 'audit.verified', reason: 'BROKEN' })
  })

  it('F21 is found by the start where the row came after the last check', async () => {
    const { folder, rows } = await closedClinic()
    await tamper(folder, (exec) => exec(`update audit_entry set reason = 'x' where seq = ${rows - 3}`))
    const { app, window } = await startOn(folder, clinicNow)
    expect((await auditRows(app)).slice(rows).map(({ action, reason }) => [action, reason])).toContainEqual([
      'audit.verified',
      'BROKEN',
    ])
    await window.must('signIn.withPassword', { signInName: 'greta', password })
    expect((await window.must('audit.standing', {})).standing).toMatchObject({
      state: 'BROKEN',
      firstBadSeq: rows - 3,
      reach: 'END',
    })
  })
})

describe('F22 the last fifty rows deleted', () => {
  it('F22 is told by the anchor before anybody is signed in, with the number fifty', async () => {
    const { folder, rows } = await closedClinic(60)
    await tamper(folder, (exec) => exec(`delete from audit_entry where seq > ${rows - 50}`))
    const { window } = await startOn(folder, clinicNow)
    expect(await window.must('clinic.status', {})).toMatchObject({
      store: { state: 'OPEN', hold: { kind: 'BEHIND', missing: 50 } },
    })
    expect(await window.must('signIn.state', {})).toMatchObject({ kind: 'SIGNED_OUT' })
  })

  it('F22 is told by the check where it happens while the program runs', async () => {
    const clinic = await newClinic()
    await writeRows(clinic, 60)
    await clinic.app.services.storeLife.anchorNow()
    const { driver } = clinic.app.services.storeLife.open.store
    const rows = (await auditRows(clinic.app)).length
    driver.exec('drop trigger audit_entry_never_goes')
    driver.exec(`delete from audit_entry where seq > ${rows - 50}`)
    const { jobId } = await clinic.manager.must('audit.verify', {})
    expect(await endOfJob(clinic.manager, jobId)).toMatchObject({ report: { state: 'BROKEN', fault: 'END' } })
  })
})

describe('F23 a chain computed anew', () => {
  it('F23 without the audit key is named at the first row that was made anew', async () => {
    const clinic = await newClinic()
    await writeRows(clinic, 5)
    const { store } = clinic.app.services.storeLife.open
    for (const { name } of store.driver
      .prepare("select name from sqlite_master where type = 'trigger' and tbl_name = 'audit_entry'")
      .all() as { name: string }[])
      store.driver.exec(`drop trigger ${name}`)
    const rows = await many<AuditEntryTable>(store.db, 'select * from audit_entry where seq >= 3 order by seq')
    let previous = rows[0]?.prev_hash ?? ''
    for (const row of rows) {
      const changed = row.seq === 3 ? { ...row, reason: 'NEVER' } : row
      const hash = chainHash(previous, changed)
      store.driver
        .prepare('update audit_entry set reason = ?, prev_hash = ?, hash = ? where seq = ?')
        .run(changed.reason, previous, hash, row.seq)
      previous = hash
    }
    const { jobId } = await clinic.manager.must('audit.verify', {})
    expect(await endOfJob(clinic.manager, jobId)).toMatchObject({
      report: { state: 'BROKEN', firstBadSeq: 3, fault: 'MAC' },
    })
  })
})

describe('F24 an audit row that cannot be written', () => {
  it('F24 lets a command save nothing', async () => {
    const clinic = await clinicWithoutAudit()
    expect(await clinic.manager.code('clinic.edit', { ...facts, clinicName: 'Another name' })).toBe('INTERNAL')
    const { store } = await clinic.manager.must('clinic.status', {})
    expect(store).toMatchObject({ clinicName: 'Alder Row Skin Clinic' })
  })

  it('F24 lets a query show nothing', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['physician'])
    refuseAudit(clinic)
    expect(await window.code('audit.exportCsv', everything)).toBe('INTERNAL')
  })

  it('F24 gives no answer to what is denied or not there either', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    refuseAudit(clinic)
    expect(await window.code('audit.verify', {})).toBe('INTERNAL')
  })
})

describe('F25 very many audit rows', () => {
  it('F25 are followed in a worker from the first to the last', async () => {
    const { report, rows, seconds, longestPauseMs } = await auditAtScale(3000)
    expect(report).toMatchObject({ state: 'INTACT', rows })
    expect(seconds).toBeGreaterThan(0)
    expect(longestPauseMs).toBeGreaterThan(0)
  })

  it('F25 at a start only the rows since the last check are followed, at most as many as it may take', async () => {
    const clinic = await newClinic()
    await writeRows(clinic, 30)
    const { store, auditKey } = clinic.app.services.storeLife.open
    const rows = await auditRows(clinic.app)
    const at = rows[rows.length - 11]
    if (!at) throw new Error('there are too few rows')
    store.driver.exec('drop trigger audit_entry_never_changes')
    store.driver.exec("update audit_entry set reason = 'x' where seq = 5")
    const checkpoint = { seq: at.seq, hash: at.hash }
    expect(await verifyTail(store.db, auditKey, { checkpoint, most: 10_000 })).toMatchObject({ state: 'INTACT' })
    expect(await verifyTail(store.db, auditKey, { checkpoint: null, most: 10 })).toMatchObject({ state: 'INTACT' })
    expect(await verifyTail(store.db, auditKey, { checkpoint: null, most: 10_000 })).toMatchObject({ firstBadSeq: 5 })
    const forged = { ...checkpoint, hash: '0'.repeat(64) }
    expect(await verifyTail(store.db, auditKey, { checkpoint: forged, most: 10_000 })).toMatchObject({ fault: 'END' })
  })
})

describe('F26 a clock that is set', () => {
  test.for([
    ['back by a day', -24 * 60, 'BACK 86400'],
    ['forward by a year', 365 * 24 * 60, 'FORWARD 31536000'],
  ] as const)('F26 %s is told by a row, and the rows keep their order', async ([, minutes, reason]) => {
    const clinic = await newClinic()
    await clinic.app.tick()
    clinic.host.setNow(new Date(Date.parse(clinicNow) + minutes * 60_000).toISOString())
    await clinic.app.tick()
    await clinic.app.tick()
    const rows = await auditRows(clinic.app)
    expect(rows.filter(({ action }) => action === 'clock.step').map((row) => row.reason)).toEqual([reason])
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1))
    expect(await isAuditWhole(clinic.app)).toBe(true)
  })

  it('F26 back between two starts is told at the opening', async () => {
    const { folder, rows } = await closedClinic()
    const { app } = await startOn(folder, '2026-08-01T15:42:00.000Z')
    expect((await auditRows(app)).slice(rows).map(({ action, reason }) => [action, reason])).toContainEqual([
      'clock.step',
      expect.stringMatching(/^BACK \d+$/),
    ])
  })

  it('F26 is not told of a minute, nor after a sleep in which the computer’s own clock stood still', async () => {
    const clinic = await newClinic()
    await clinic.app.tick()
    clinic.host.setNow('2026-08-03T15:43:00.000Z')
    await clinic.app.tick()
    await clinic.app.lockAll('SUSPEND')
    clinic.host.setNow('2026-08-03T16:03:00.000Z')
    await clinic.app.tick()
    expect((await auditRows(clinic.app)).filter(({ action }) => action === 'clock.step')).toEqual([])
  })
})

describe('the check of the night', () => {
  it('runs by itself at the first quiet moment of the evening, and stands in the audit with its time', async () => {
    // 5:00 in Chicago; then 16:00 and 17:35.
    const clinic = await newClinic('2026-08-03T10:00:00.000Z')
    await clinic.app.tick()
    clinic.host.advanceMinutes(11 * 60)
    await clinic.app.tick()
    expect(checksIn(await auditRows(clinic.app))).toHaveLength(0)
    clinic.host.advanceMinutes(95)
    await clinic.app.tick()
    await expect.poll(async () => checksIn(await auditRows(clinic.app)).length, { timeout: 60_000 }).toBe(1)
    const manager = openWindow(clinic.app)
    await manager.must('signIn.withPassword', { signInName: 'greta', password })
    const { standing } = await manager.must('audit.standing', {})
    expect(standing).toMatchObject({ state: 'INTACT', reach: 'WHOLE', at: clinic.host.now() })
  })
})

const facts = {
  clinicName: 'Alder Row Skin Clinic',
  timeZone: 'America/Chicago',
  dateOrder: 'MDY' as const,
  urgentPhone: '+1 312 555 0100',
  emergencyPhone: '911',
}

const everything = {
  fromOn: null,
  untilOn: null,
  actorId: null,
  chartNumber: null,
  action: null,
  category: null,
  outcome: null,
}

function checksIn(rows: readonly AuditEntryTable[]): readonly AuditEntryTable[] {
  return rows.filter(({ action }) => action === 'audit.verified')
}

async function writeRows(clinic: TestClinic, count: number): Promise<void> {
  for (let row = 0; row < count; row += 1) await clinic.manager.must('clinic.edit', facts)
}

async function closedClinic(more = 12): Promise<{ folder: string; rows: number }> {
  const clinic = await newClinic()
  await writeRows(clinic, more)
  // The close ends the manager's sign-in with a row of its own.
  const rows = (await auditRows(clinic.app)).length + 1
  await clinic.app.close()
  return { folder: seize(clinic), rows }
}

function refuseAudit({ app }: TestClinic): void {
  app.services.storeLife.open.store.driver.exec(
    "create trigger no_audit before insert on audit_entry begin select raise(abort, 'no room'); end",
  )
}

async function clinicWithoutAudit(): Promise<TestClinic> {
  const clinic = await newClinic()
  refuseAudit(clinic)
  return clinic
}
