import { PrintedFile } from '../../app/printed-file.tsx'
import { client } from '../../client/client.ts'
import type { AuditFilter } from './use-audit-rows.ts'

/** The rows of the filter as a file, with everything that their hashes are made of. */
export function SaveRows({ filter }: { readonly filter: AuditFilter }) {
  return <PrintedFile label="Save as CSV" icon="SAVE" make={() => client.call('audit.exportCsv', filter)} />
}
