import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type AuditFields, chainHash, chainMac, chainStart } from '../../db/audit/chain.ts'
import type { ChainReport } from '../../db/audit/verify.ts'
import { migrate } from '../../db/migrations/migrate.ts'
import { openStore, type Store } from '../../db/open.ts'
import { subKey } from '../../main/app/keyring.ts'
import { runWorker } from '../../main/app/workers.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import { addMinutes } from '../../shared/kernel/time.ts'

export type AuditScale = {
  readonly rows: number
  readonly report: ChainReport
  /** Of the check in its worker, from its start to its report. */
  readonly seconds: number
  /** The longest time in which this thread, where the windows are served, did not come to its next turn. */
  readonly longestPauseMs: number
}

/** Follows an audit of so many rows in the program's own worker, and looks at this thread meanwhile. */
export async function auditAtScale(rows: number): Promise<AuditScale> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-audit-'))
  try {
    const key = randomBytes(32)
    const path = join(folder, 'store.db')
    const auditKey = subKey(key, 'audit-hmac/v1')
    const store = openStore({ path, key, create: true })
    migrate(store, startedAt)
    fill(store, auditKey, rows)
    await store.close()
    const host = createMemoryHost({ folders: { data: folder, scratch: folder, logs: folder }, now: startedAt })
    const pause = watchPauses()
    const startedMs = performance.now()
    const input = { storePath: path, key: key.toString('hex'), auditKey: auditKey.toString('hex'), anchored: null }
    const report = (await runWorker(host, 'verify-audit', input)) as ChainReport
    const seconds = (performance.now() - startedMs) / 1000
    return { rows, report, seconds, longestPauseMs: pause.end() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const startedAt = '2026-01-05T08:00:00.000Z'
const rowsAMinute = 4

function fill({ driver }: Store, auditKey: Buffer, rows: number): void {
  const insert = driver.prepare(`insert into audit_entry values (${Array.from({ length: 19 }, () => '?').join(', ')})`)
  driver.exec('begin immediate')
  let previous = chainStart
  for (let seq = 1; seq <= rows; seq += 1) {
    const fields = fieldsOf(seq)
    const hash = chainHash(previous, fields)
    insert.run(
      ...[fields.seq, fields.at, fields.offset_min, fields.actor_id, fields.roles, fields.sign_in_id],
      ...[fields.connection_id, fields.app_version, fields.action, fields.subject, fields.subject_id],
      ...[fields.version_id, fields.version_before_id, fields.patient_id, fields.outcome, fields.reason],
      ...[previous, hash, chainMac(auditKey, hash)],
    )
    previous = hash
  }
  driver.exec('commit')
}

function fieldsOf(seq: number): AuditFields {
  return {
    seq,
    at: addMinutes(startedAt, Math.floor(seq / rowsAMinute)),
    offset_min: -360,
    actor_id: null,
    roles: 'aesthetician',
    sign_in_id: null,
    connection_id: '11111111-1111-4111-8111-111111111111',
    app_version: '0.1.0',
    action: seq % 3 === 0 ? 'session.edit' : 'chart.open',
    subject: 'patient',
    subject_id: null,
    version_id: null,
    version_before_id: null,
    patient_id: null,
    outcome: 'DONE',
    reason: null,
  }
}

function watchPauses(): { end(): number } {
  let lastMs = performance.now()
  let longest = 0
  const ticking = setInterval(() => {
    const nowMs = performance.now()
    longest = Math.max(longest, nowMs - lastMs)
    lastMs = nowMs
  }, 5)
  return {
    end() {
      clearInterval(ticking)
      return longest
    },
  }
}
