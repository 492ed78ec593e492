import { useRef, useState } from 'react'
import type { PreviewRow } from '../../../shared/contract/patient-import.ts'
import { client, type Input, type Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { FilterPills } from '../../parts/FilterPills.tsx'
import { formatNameWithoutPreferred } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { bornText, rowText, verdictWords } from './import-words.ts'

type Counts = NonNullable<Output<'patientImport.preview'>['counts']>
type Show = Input<'patientImport.previewRows'>['show']

/** Every row of the file with its verdict, before anything is written. */
export function PreviewTable({ previewId, counts }: { readonly previewId: string; readonly counts: Counts }) {
  const [show, setShow] = useState<Show>('ALL')
  const list = usePreviewRows(previewId, show)
  const [selectedKey, setSelectedKey] = useState<string | null>(null)
  return (
    <SectionCard
      title="Rows"
      isFlush
      aside={
        <FilterPills
          label="Which rows"
          pills={[
            { value: 'ALL', label: 'All', count: counts.NEW + counts.REVIEW + counts.REFUSED },
            { value: 'NEW', label: 'New', count: counts.NEW },
            { value: 'REVIEW', label: 'Held', count: counts.REVIEW },
            { value: 'REFUSED', label: 'Refused', count: counts.REFUSED },
            { value: 'NOTICE', label: 'With a note', count: counts.withNotice },
          ]}
          value={show}
          onChange={setShow}
        />
      }
    >
      <RefusalText>{list.refusal ? sentenceFor(list.refusal) : null}</RefusalText>
      <div className="import-rows">
        <DataTable
          key={show}
          label="Rows of the file"
          columns={columns}
          rows={list.rows}
          rowKey={(row) => String(row.line)}
          selectedKey={selectedKey}
          onSelect={(row) => setSelectedKey(String(row.line))}
          onReachEnd={list.loadMore}
          rowTone={(row) => (row.verdict === 'REFUSED' ? 'red' : undefined)}
          {...(!list.isLoading && { empty: <EmptyState sentence="No row is like this." /> })}
        />
      </div>
    </SectionCard>
  )
}

const verdictStates = { NEW: 'checked', REVIEW: 'missing', REFUSED: 'blocked' } as const

const columns: readonly Column<PreviewRow>[] = [
  {
    key: 'line',
    header: 'Line',
    width: '64px',
    align: 'end',
    cell: (row) => <span className="figures">{row.line}</span>,
  },
  {
    key: 'verdict',
    header: 'Verdict',
    width: '160px',
    cell: (row) => <StateLine state={verdictStates[row.verdict]}>{verdictWords[row.verdict]}</StateLine>,
  },
  {
    key: 'name',
    header: 'Patient',
    width: '200px',
    isRowName: true,
    cell: (row) =>
      row.family === null && row.given === null
        ? ''
        : formatNameWithoutPreferred({ familyName: row.family, givenName: row.given }),
  },
  { key: 'born', header: 'Born', width: '110px', cell: (row) => (row.verdict === 'REFUSED' ? '' : bornText(row)) },
  { key: 'contact', header: 'Phone or address', width: '170px', cell: (row) => row.contact ?? '' },
  { key: 'why', header: 'Why', width: 'auto', cell: (row) => <span title={rowText(row)}>{rowText(row)}</span> },
]

type Page = Output<'patientImport.previewRows'>

/** Page by page: the next one as the end comes into sight. */
function usePreviewRows(previewId: string, show: Show) {
  const first = useQuery('patientImport.previewRows', { previewId, show, after: -1 }, { keepPrevious: true })
  const [later, setLater] = useState<{ readonly of: unknown; readonly page: Page } | null>(null)
  const isAsking = useRef(false)
  const fitting = later !== null && later.of === first.value ? later.page : null
  const rows = [...(first.value?.rows ?? []), ...(fitting?.rows ?? [])]
  const next = fitting ? fitting.next : (first.value?.next ?? null)

  async function loadMore() {
    if (next === null || isAsking.current) return
    isAsking.current = true
    const of = first.value
    const reply = await client.call('patientImport.previewRows', { previewId, show, after: next }).catch(() => null)
    isAsking.current = false
    if (reply?.ok)
      setLater({ of, page: { rows: [...(fitting?.rows ?? []), ...reply.value.rows], next: reply.value.next } })
  }

  return { rows, isLoading: first.isLoading, refusal: first.refusal, loadMore: () => void loadMore() }
}
