import { describe, expect, it, test } from 'vitest'
import { type AuditFields, chainHash, chainMac, chainStart } from '../../db/audit/chain.ts'
import { verifyAudit } from '../../db/audit/verify.ts'
import { appendAudit } from '../../db/audit/write.ts'
import { many } from '../../db/records.ts'
import type { AuditEntryTable } from '../../db/tables/core.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { dropTriggers, newStore, storeNow, type TestStore } from '../support/store.ts'

const auditKey = Buffer.alloc(32, 9)

describe('the audit', () => {
  it('numbers its rows from 1 and chains each to the one before', async () => {
    const clinic = await withRows(3)
    const rows = await rowsOf(clinic)
    expect(rows.map((row) => row.seq)).toEqual([1, 2, 3])
    expect(rows[0]?.prev_hash).toBe(chainStart)
    expect(rows[1]?.prev_hash).toBe(rows[0]?.hash)
    expect(await verifyAudit(clinic.store.db, auditKey)).toEqual({ state: 'INTACT', rows: 3, head: rows[2]?.hash })
  })

  it('is whole when it is empty', async () => {
    const clinic = await newStore()
    expect(await verifyAudit(clinic.store.db, auditKey)).toEqual({ state: 'INTACT', rows: 0, head: chainStart })
  })

  it('goes with the change it tells of: neither stays without the other', async () => {
    const clinic = await withRows(2)
    const failing = clinic.write(async (trx) => {
      await appendAudit(trx, auditKey, note(3))
      throw new Error('interrupted')
    })
    await expect(failing).rejects.toThrow('interrupted')
    expect(await rowsOf(clinic)).toHaveLength(2)
    await clinic.write((trx) => appendAudit(trx, auditKey, note(3)))
    expect(await verifyAudit(clinic.store.db, auditKey)).toMatchObject({ state: 'INTACT', rows: 3 })
  })

  it('is followed over several pages of rows, and says how far it is', async () => {
    const clinic = await withRows(2500)
    const seen: number[] = []
    expect(await verifyAudit(clinic.store.db, auditKey, { onProgress: (rows) => seen.push(rows) })).toMatchObject({
      state: 'INTACT',
      rows: 2500,
    })
    expect(seen).toEqual([1000, 2000])
  })

  it('can be followed by anyone who has the rows, and made only with the key', async () => {
    const clinic = await withRows(1)
    const [row] = await rowsOf(clinic)
    if (!row) throw new Error('no row')
    const { prev_hash, hash, mac, ...fields } = row
    expect(chainHash(prev_hash, fields)).toBe(hash)
    expect(chainMac(auditKey, hash)).toBe(mac)
    expect(chainMac(Buffer.alloc(32, 8), hash)).not.toBe(mac)
  })

  it('changes its hash with every single field', () => {
    const fields: AuditFields = { seq: 1, ...note(1) }
    const whole = chainHash(chainStart, fields)
    for (const name of Object.keys(fields) as (keyof AuditFields)[]) {
      const changed = { ...fields, [name]: typeof fields[name] === 'number' ? 99 : 'changed' }
      expect([name, chainHash(chainStart, changed) === whole]).toEqual([name, false])
    }
  })

  const statements: readonly string[] = [
    "update audit_entry set outcome = 'REFUSED' where seq = 2",
    'update audit_entry set seq = seq + 10',
    'delete from audit_entry where seq = 3',
    'delete from audit_entry',
    "replace into audit_entry select 2, at, offset_min, actor_id, roles, sign_in_id, connection_id, app_version, 'other', subject, subject_id, version_id, version_before_id, patient_id, outcome, reason, prev_hash, hash, mac from audit_entry where seq = 2",
    'insert or replace into audit_entry select * from audit_entry where seq = 3',
    "insert into audit_entry select * from audit_entry where seq = 1 on conflict (seq) do update set action = 'other'",
    insertAt(5),
    insertAt(9),
    insertAt(0),
    insertAt(-1),
  ]
  test.for(statements)('stops this by the store itself: %s', async (statement) => {
    const clinic = await withRows(3)
    const before = await rowsOf(clinic)
    expect(() => clinic.store.driver.exec(statement)).toThrow(/append-only|without_gaps/)
    expect(await rowsOf(clinic)).toEqual(before)
  })
})

describe('the chain check, after somebody took the triggers away', () => {
  const cases: readonly (readonly [what: string, firstBadSeq: number, fault: string, statements: readonly string[]])[] =
    [
      ['an edited row', 4, 'HASH', ["update audit_entry set action = 'other' where seq = 4"]],
      ['an edited time', 1, 'HASH', ["update audit_entry set at = '2026-01-01T00:00:00.000Z' where seq = 1"]],
      ['a deleted row', 4, 'GAP', ['delete from audit_entry where seq = 4']],
      ['a deleted first row', 1, 'GAP', ['delete from audit_entry where seq = 1']],
      [
        'a deleted row whose followers moved up',
        4,
        'HASH',
        [
          'delete from audit_entry where seq = 4',
          'update audit_entry set seq = 4 where seq = 5',
          'update audit_entry set seq = 5 where seq = 6',
        ],
      ],
      [
        'two swapped rows',
        3,
        'HASH',
        [
          'update audit_entry set seq = 99 where seq = 3',
          'update audit_entry set seq = 3 where seq = 4',
          'update audit_entry set seq = 4 where seq = 99',
        ],
      ],
      ['a row given another mac', 5, 'MAC', [`update audit_entry set mac = '${'0'.repeat(64)}' where seq = 5`]],
      ['a row that was added beyond the end', 7, 'GAP', [insertAt(8)]],
      ['a row that was added at the end', 7, 'HASH', [insertAt(7)]],
    ]
  test.for(cases)('finds %s and names its number', async ([, firstBadSeq, fault, statements]) => {
    const clinic = await withRows(6)
    dropTriggers(clinic)
    for (const statement of statements) clinic.store.driver.exec(statement)
    expect(await verifyAudit(clinic.store.db, auditKey)).toEqual({
      state: 'BROKEN',
      rows: firstBadSeq - 1,
      firstBadSeq,
      fault,
    })
  })

  it('finds a row that was hidden before the first', async () => {
    const clinic = await withRows(2)
    dropTriggers(clinic)
    clinic.store.driver.exec(insertAt(-3))
    expect(await verifyAudit(clinic.store.db, auditKey)).toEqual({
      state: 'BROKEN',
      rows: 0,
      firstBadSeq: -3,
      fault: 'GAP',
    })
  })

  it('finds a chain that was computed anew without the key', async () => {
    const clinic = await withRows(6)
    dropTriggers(clinic)
    await restampFrom(clinic, 3, Buffer.alloc(32, 1))
    expect(await verifyAudit(clinic.store.db, auditKey)).toEqual({
      state: 'BROKEN',
      rows: 2,
      firstBadSeq: 3,
      fault: 'MAC',
    })
  })
})

function note(number: number): Omit<AuditFields, 'seq'> {
  return {
    at: storeNow,
    offset_min: -300,
    actor_id: `staff ${number}` as StaffId,
    roles: 'physician manager',
    sign_in_id: 'sign-in',
    connection_id: 'window',
    app_version: '0.1.0',
    action: 'patient.edit',
    subject: 'patient',
    subject_id: `patient ${number}`,
    version_id: null,
    version_before_id: null,
    patient_id: null,
    outcome: 'DONE',
    reason: null,
  }
}

async function withRows(rows: number): Promise<TestStore> {
  const clinic = await newStore()
  await clinic.write(async (trx) => {
    for (let number = 1; number <= rows; number += 1) await appendAudit(trx, auditKey, note(number))
  })
  return clinic
}

function rowsOf({ store }: TestStore): Promise<readonly AuditEntryTable[]> {
  return many<AuditEntryTable>(store.db, 'select * from audit_entry order by seq')
}

function insertAt(seq: number): string {
  return `insert into audit_entry (seq, at, offset_min, roles, app_version, action, subject, outcome, prev_hash, hash, mac)
    values (${seq}, '${storeNow}', 0, '', '0', 'a', 's', 'DONE', '', '', '')`
}

async function restampFrom(clinic: TestStore, seq: number, key: Buffer): Promise<void> {
  const rows = await rowsOf(clinic)
  let previous = rows[seq - 2]?.hash ?? chainStart
  for (const row of rows.slice(seq - 1)) {
    const { prev_hash: _prev, hash: _hash, mac: _mac, ...fields } = { ...row, action: 'other' }
    const hash = chainHash(previous, fields)
    clinic.store.driver
      .prepare("update audit_entry set action = 'other', prev_hash = ?, hash = ?, mac = ? where seq = ?")
      .run(previous, hash, chainMac(key, hash), row.seq)
    previous = hash
  }
}
