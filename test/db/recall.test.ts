import { describe, expect, it } from 'vitest'
import {
  type TraceStatement,
  type TraceTargets,
  tracedStatements,
  uncertainStatements,
} from '../../db/queries/recall-trace.ts'
import { change } from '../../db/records.ts'
import { firstLetter } from '../../shared/domain/recall-letter.ts'
import type { CartridgeLotId, DeviceId, ProductLotId, StaffId } from '../../shared/kernel/ids.ts'
import {
  beginSession,
  readyToStart,
  type SessionClinic,
  sealedCartridge,
  sessionClinic,
  startedSession,
  submittedSession,
  type,
  write,
} from '../support/session.ts'
import { newStore, type TestStore } from '../support/store.ts'

const everything: TraceTargets = {
  from: '2026-01-01',
  to: '2026-08-31',
  lot: 'MN240917B',
  cartridgeLotIds: ['lot-1' as CartridgeLotId, 'lot-2' as CartridgeLotId],
  productLotIds: ['product-1' as ProductLotId],
  productNames: ['ha serum'],
  deviceIds: ['device-1' as DeviceId],
  exposure: null,
  couldBe: ['CARTRIDGE_LOT', 'PRODUCT_LOT', 'DEVICE'],
}
const nobody = { practitionerId: null, roomKey: null, deviceId: null }
const practitioner = { ...nobody, practitionerId: 'lena' as StaffId }

/** Makes the planner believe in a clinic of 200,000 patients. */
function pretendLargeClinic({ store: { driver } }: TestStore): void {
  driver.exec('analyze')
  driver.exec("delete from sqlite_stat1 where tbl in ('session', 'session_cartridge', 'session_product')")
  const indexes = driver
    .prepare(
      "select name, tbl_name from sqlite_master where type = 'index' and tbl_name in ('session', 'session_cartridge', 'session_product') and sql is not null and sql not like '%where%'",
    )
    .all() as { name: string; tbl_name: string }[]
  const insert = driver.prepare('insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)')
  for (const { name, tbl_name } of indexes) {
    const columns = driver.prepare(`select count(*) as n from pragma_index_info('${name}')`).get() as { n: number }
    insert.run(
      tbl_name,
      name,
      ['1000000', ...Array.from({ length: columns.n }, (_, at) => (at + 1 === columns.n ? 1 : 200))].join(' '),
    )
  }
  driver.exec('analyze sqlite_schema')
}

function planOf({ store: { driver } }: TestStore, { text, parameters }: TraceStatement): string {
  const rows = driver.prepare(`explain query plan ${text}`).all(...parameters) as { detail: string }[]
  return rows.map(({ detail }) => detail).join('; ')
}

describe('a trace reads', () => {
  it.each([
    ['a lot, in a small store', everything, false],
    ['a lot, in a large store', everything, true],
    ['every lot of an article', { ...everything, lot: null, from: null, to: null }, true],
    ['the patients of one person', { ...everything, exposure: practitioner }, true],
    ['the patients of one room', { ...everything, exposure: { ...nobody, roomKey: '2' } }, true],
    ['the patients of one person in one room', { ...everything, exposure: { ...practitioner, roomKey: '2' } }, true],
    ['the patients of one device', { ...everything, exposure: { ...nobody, deviceId: 'device-1' as DeviceId } }, true],
  ])('%s by indexes, never every session of the clinic', async (_, targets, isLarge) => {
    const test = await newStore()
    if (isLarge) pretendLargeClinic(test)
    const statements = [...tracedStatements(targets, 100), ...uncertainStatements(targets, 100)]
    expect(statements.length).toBeGreaterThan(8)
    for (const statement of statements) {
      const plan = planOf(test, statement)
      // The open work and the lots nobody can read have small indexes of their own, read from end to end.
      const others = plan.replace(
        /SCAN [sp] USING (?:COVERING )?INDEX (?:session_open_work|session_cartridge_illegible)/,
        '',
      )
      expect(others).not.toContain('SCAN')
      expect(plan).not.toContain('session_by_day')
    }
  })
})

describe('a recall in the store', () => {
  const tryTo = (clinic: SessionClinic, text: string) =>
    write(clinic, (trx) => change(trx, text)).then(
      (rows) => `${rows} done`,
      (error: Error) => error.message,
    )

  it('is closed with nobody left to tell, moves a task with its step alone, and deletes nothing', async () => {
    const clinic = await sessionClinic()
    await submittedSession(clinic)
    await clinic.phy.must('recall.open', {
      criteria: { kind: 'LOT', lot: 'MN24-0917B', from: null, to: null },
      title: 'Seals',
      source: 'CLINIC',
      notice: null,
      letter: firstLetter,
      stockStatus: 'QUARANTINED',
      tellsNotRuledOut: true,
    })
    for (const [text, message] of [
      [
        "update recall set state = 'CLOSED', closed_at = 'x', closed_by = opened_by, closing_note = 'x'",
        'recall: closed_with_open_tasks',
      ],
      ["update recall set criteria = '{}'", 'recall: keeps_its_identity'],
      ['delete from recall', 'recall is never deleted'],
      ["update recall_task set state = 'REACHED'", 'recall_task: state_needs_its_step'],
      ['delete from recall_task', expect.stringMatching(/never deleted/)],
      ["update recall_session set finding = 'NOT_RULED_OUT'", 'recall_session is append-only'],
      ['delete from recall_session', 'recall_session is append-only'],
      ['delete from recall_stock', 'recall_stock is append-only'],
      ['update stock_movement set pieces = 1', 'stock_movement is append-only'],
      ['delete from stock_movement', 'stock_movement is append-only'],
    ] as const)
      expect([text, await tryTo(clinic, text)]).toEqual([text, message])
  })

  it('stands still once it is closed', async () => {
    const clinic = await sessionClinic()
    const { recallId } = await clinic.phy.must('recall.open', {
      criteria: { kind: 'LOT', lot: 'MN24-0917B', from: null, to: null },
      title: 'Seals',
      source: 'CLINIC',
      notice: null,
      letter: firstLetter,
      stockStatus: 'QUARANTINED',
      tellsNotRuledOut: true,
    })
    await clinic.phy.must('recall.close', { recallId, version: 1, note: 'nobody was treated with it' })
    expect(await tryTo(clinic, "update recall set closing_note = 'x'")).toBe('recall: closed_stays')
    expect(
      await tryTo(clinic, "update recall set state = 'OPEN', closed_at = null, closed_by = null, closing_note = null"),
    ).toMatch(/recall: /)
    const task = `insert into recall_task select 'task', id, '${clinic.patientId}', 1, 'TRACED', 'DUE', created_at, created_at from recall`
    expect(await tryTo(clinic, task)).toBe('recall_task: its recall is closed')
  })
})

describe('the store counts pieces', () => {
  const usedOf = ({ app, cartridgeLotId }: SessionClinic) =>
    (
      app.services.storeLife.open.store.driver
        .prepare('select used_quantity from cartridge_lot where id = ?')
        .get(cartridgeLotId) as { used_quantity: number }
    ).used_quantity

  it('from the start of a session until it is entered in error', async () => {
    const clinic = await sessionClinic()
    const begun = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    expect(usedOf(clinic)).toBe(0)
    await clinic.aes.must('session.discard', {
      patientId: clinic.patientId,
      sessionId: begun.sessionId,
      draftVersion: begun.draftVersion,
    })
    expect(usedOf(clinic)).toBe(0)
    const started = await startedSession(clinic)
    expect(usedOf(clinic)).toBe(1)
    const second = { ...sealedCartridge(clinic), label: 'c2' }
    await type(clinic, clinic.aes, started, { cartridgeUses: [sealedCartridge(clinic), second] })
    expect(usedOf(clinic)).toBe(2)
    await write(clinic, (trx) =>
      change(
        trx,
        "update session set state = 'VOIDED', voided_at = 'x', voided_by = practitioner_id, void_reason = 'x' where id = ?",
        [started.sessionId],
      ),
    )
    expect(usedOf(clinic)).toBe(0)
  })

  it('and starts no session whose lot is used up or whose cartridge another visit used', async () => {
    const clinic = await sessionClinic()
    const first = { ...sealedCartridge(clinic), serial: 'S-1' }
    await submittedSession(clinic, { plan: { cartridgeUses: [first] } })
    const begun = await type(
      clinic,
      clinic.aes,
      await beginSession(clinic, clinic.aes),
      readyToStart(clinic, { cartridgeUses: [first] }),
    )
    const pass = (sessionId: string) =>
      write(clinic, (trx) =>
        change(
          trx,
          "update session set is_started = 1, gate_passed_at = 'x', policy_version_id = (select version_id from policy where state = 'APPROVED') where id = ?",
          [sessionId],
        ),
      ).then(
        () => 'passed',
        (error: Error) => error.message,
      )
    expect(await pass(begun.sessionId)).toBe('session: cartridge_of_another_visit')
    const fresh = await type(clinic, clinic.aes, begun, { cartridgeUses: [sealedCartridge(clinic)] })
    const { cartridgeLotId: id } = clinic
    await clinic.aes.must('stock.noteMovement', {
      register: 'CARTRIDGE_LOT',
      id,
      kind: 'DISCARDED',
      pieces: 19,
      reason: 'wet',
    })
    expect(await pass(fresh.sessionId)).toBe('session: lot_is_used_up')
    await clinic.aes.must('stock.noteMovement', {
      register: 'CARTRIDGE_LOT',
      id,
      kind: 'RECEIVED',
      pieces: 1,
      reason: '',
    })
    expect(await pass(fresh.sessionId)).toBe('passed')
  })
})
