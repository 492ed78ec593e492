import Papa from 'papaparse'
import type { AuditHead } from '../../../db/copy-manifest.ts'
import type { AuditExportRow } from '../../../db/queries/audit.ts'

const pageRows = 1000

/** The cells that a row's hash is made of, in its order, then the hashes; names are for reading alone. */
const columns = [
  'seq',
  'at',
  'offset_min',
  'actor_id',
  'roles',
  'sign_in_id',
  'connection_id',
  'app_version',
  'action',
  'subject',
  'subject_id',
  'version_id',
  'version_before_id',
  'patient_id',
  'outcome',
  'reason',
  'prev_hash',
  'hash',
  'actor_name',
  'chart_number',
] as const satisfies readonly (keyof AuditExportRow)[]

/**
 * The rows page by page, so that windows are served between two pages. The last line is the end of the whole chain when the
 * file was made: `HEAD`, its number and its hash.
 */
export async function auditCsv(
  head: AuditHead,
  selectPage: (afterSeq: number, limit: number) => Promise<readonly AuditExportRow[]>,
): Promise<string> {
  const parts = [columns.join(',')]
  for (let afterSeq = 0; ; ) {
    const rows = (await selectPage(afterSeq, pageRows)).filter(({ seq }) => seq <= head.seq)
    if (rows.length > 0) parts.push(Papa.unparse(rows.map((row) => columns.map((name) => row[name]))))
    if (rows.length < pageRows) break
    afterSeq = rows.at(-1)?.seq ?? head.seq
    await new Promise((resolve) => setImmediate(resolve))
  }
  parts.push(`HEAD,${head.seq},${head.hash}`)
  return `${parts.join('\r\n')}\r\n`
}
