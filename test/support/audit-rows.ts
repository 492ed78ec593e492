import { verifyAudit } from '../../db/audit/verify.ts'
import { many, one } from '../../db/records.ts'
import type { AuditEntryTable } from '../../db/tables/core.ts'
import type { TestApp } from './clinic.ts'

export type AuditRow = AuditEntryTable

/** Every audit row of the open store, oldest first. */
export async function auditRows(app: TestApp): Promise<readonly AuditRow[]> {
  return many<AuditRow>(app.services.storeLife.open.store.db, 'select * from audit_entry order by seq')
}

export async function lastAuditRow(app: TestApp): Promise<AuditRow | null> {
  return one<AuditRow>(app.services.storeLife.open.store.db, 'select * from audit_entry order by seq desc limit 1')
}

/** The rows that `work` added. */
export async function auditedBy(app: TestApp, work: () => Promise<unknown>): Promise<readonly AuditRow[]> {
  const before = (await auditRows(app)).length
  await work()
  return (await auditRows(app)).slice(before)
}

export async function isAuditWhole(app: TestApp): Promise<boolean> {
  const { store, auditKey } = app.services.storeLife.open
  return (await verifyAudit(store.db, auditKey)).state === 'INTACT'
}

/** Rows of every table, so that "nothing was written" is one comparison. */
export function countRows(app: TestApp): Readonly<Record<string, number>> {
  const { driver } = app.services.storeLife.open.store
  const tables = driver
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
    .all() as { name: string }[]
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      Number((driver.prepare(`select count(*) as n from "${name}"`).get() as { n: number }).n),
    ]),
  )
}
