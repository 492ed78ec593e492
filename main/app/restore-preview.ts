import { countRows } from '../../db/copy-check.ts'
import type { AuditHead } from '../../db/copy-manifest.ts'
import type { Reader, Store } from '../../db/open.ts'
import { many, one } from '../../db/records.ts'
import type { RestorePreview } from '../../shared/contract/restore.ts'
import type { CheckedCopy } from './restore.ts'
import { selectFact } from './store-fact.ts'

const shownTables = [
  'patient',
  'session',
  'screening',
  'consent',
  'photo',
  'record_version',
  'signature',
  'audit_entry',
] as const

const mostLost = 50

/** What a restore of the checked copy would take away from the open records, by count and by audit row. */
export async function previewRestore(
  store: Store,
  { folder, report, safetyCopy }: CheckedCopy,
): Promise<RestorePreview> {
  const now = countRows(store)
  const relation = await relationOf(store.db, report.auditHead, report.epoch)
  const from = relation === 'OTHER_LINE' ? await lastSharedSeq(store.db, report.auditHead) : report.auditHead.seq
  const rows = await many<{ n: number }>(store.db, 'select count(*) as n from audit_entry where seq > ?', [from])
  return {
    folder,
    madeAt: report.madeAt,
    signaturesChecked: report.signaturesChecked,
    auditRows: report.auditHead.seq,
    files: report.files,
    relation,
    differences: shownTables.map((what) => ({ what, inCopy: report.counts[what] ?? 0, now: now[what] ?? 0 })),
    lost: await selectLost(store.db, from),
    lostRows: rows[0]?.n ?? 0,
    safetyCopy,
  }
}

async function relationOf(reader: Reader, head: AuditHead, epoch: number): Promise<RestorePreview['relation']> {
  const same = await one<{ hash: string }>(reader, 'select hash from audit_entry where seq = ?', [head.seq])
  const ownEpoch = (await selectFact<number>(reader, 'epoch')) ?? 0
  if (same?.hash !== head.hash || epoch > ownEpoch) return 'OTHER_LINE'
  const later = await one<{ seq: number }>(reader, 'select seq from audit_entry where seq > ? order by seq limit 1', [
    head.seq,
  ])
  return later ? 'EARLIER' : 'SAME'
}

/** Where two lines part is told by the last restore in this one. Without one, nothing is known to be shared. */
async function lastSharedSeq(reader: Reader, head: AuditHead): Promise<number> {
  const row = await one<{ seq: number }>(
    reader,
    "select seq from audit_entry where action = 'restore.epoch' and seq <= ? order by seq limit 1",
    [head.seq],
  )
  return Math.max(0, (row?.seq ?? 1) - 1)
}

async function selectLost(reader: Reader, fromSeq: number): Promise<RestorePreview['lost']> {
  const rows = await many<{ seq: number; at: string; action: string; actor_name: string | null }>(
    reader,
    `select a.seq, a.at, a.action, s.printed_name as actor_name from audit_entry a
      left join staff s on s.id = a.actor_id where a.seq > ? and a.outcome = 'DONE' order by a.seq desc limit ${mostLost}`,
    [fromSeq],
  )
  return rows.map(({ actor_name, ...row }) => ({ ...row, actorName: actor_name }))
}
