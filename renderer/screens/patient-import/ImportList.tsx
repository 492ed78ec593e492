import type { ImportSummaryWire } from '../../../shared/contract/patient-import.ts'
import { hrefTo } from '../../app/paths.ts'
import { useQuery } from '../../client/use-query.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { formatCount, formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { importPath } from './import-path.ts'

/** Imports so far, newest first. */
export function ImportList({ timeZone }: { readonly timeZone: string }) {
  const { value, refusal } = useQuery('patientImport.list', {})
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value || value.imports.length === 0) return null
  return (
    <SectionCard title="Imports so far" isFlush>
      <div className="import-list">
        <DataTable
          label="Imports so far"
          columns={columnsFor(timeZone)}
          rows={value.imports}
          rowKey={(row) => row.importId}
          density="comfortable"
        />
      </div>
    </SectionCard>
  )
}

function columnsFor(timeZone: string): readonly Column<ImportSummaryWire>[] {
  const count = (key: string, header: string, of: (row: ImportSummaryWire) => number): Column<ImportSummaryWire> => ({
    key,
    header,
    width: '84px',
    align: 'end',
    cell: (row) => <span className="figures">{formatCount(of(row))}</span>,
  })
  return [
    {
      key: 'file',
      header: 'File',
      width: 'auto',
      isRowName: true,
      cell: (row) => <a href={hrefTo(importPath(row.importId))}>{row.fileName}</a>,
    },
    { key: 'at', header: 'Imported', width: '150px', cell: (row) => formatDateTime(row.committedAt, timeZone) },
    { key: 'by', header: 'By', width: '160px', cell: (row) => row.committedBy },
    count('rows', 'Rows', (row) => row.rowCount),
    count('added', 'Patients', (row) => row.addedCount),
    count('held', 'To review', (row) => row.heldCount),
    count('notAdded', 'Not added', (row) => row.notAddedCount),
    count('refused', 'Refused', (row) => row.refusedCount),
    {
      key: 'state',
      header: 'State',
      width: '130px',
      cell: (row) =>
        row.status === 'UNDONE' ? (
          <StateLine state="enteredInError">Undone</StateLine>
        ) : row.heldCount > 0 ? (
          <StateLine state="missing">To review</StateLine>
        ) : (
          <StateLine state="checked">Finished</StateLine>
        ),
    },
  ]
}
