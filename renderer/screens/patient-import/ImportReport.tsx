import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ImportLineWire } from '../../../shared/contract/patient-import.ts'
import type { ImportId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { client, type Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { FilterPills } from '../../parts/FilterPills.tsx'
import { formatDateTime, formatNameWithoutPreferred, formatPlural } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { bornText, noticesText, refusalText } from './import-words.ts'
import { ReviewRow } from './ReviewRow.tsx'

type Summary = Output<'patientImport.open'>
type Outcome = ImportLineWire['outcome']

/** What became of each row; held rows wait here for a decision. */
export function ImportReport({
  importId,
  timeZone,
  mayEdit,
}: {
  readonly importId: ImportId
  readonly timeZone: string
  readonly mayEdit: boolean
}) {
  const { value: summary, refusal } = useQuery('patientImport.open', { importId })
  const [shown, setShown] = useState<Outcome | null>(null)
  if (refusal)
    return refusal.code === 'NOT_FOUND' || refusal.code === 'INVALID_INPUT' ? (
      <EmptyState sentence="There is no such import: it was cancelled, and nothing of it was kept." />
    ) : (
      <RefusalText>{sentenceFor(refusal)}</RefusalText>
    )
  if (!summary) return <div aria-busy="true" />
  const outcome = shown ?? (summary.heldCount > 0 ? 'HELD' : 'ADDED')
  return (
    <div className="import-report">
      <header className="import-report__head">
        <div>
          <h2 className="title-16">{summary.fileName}</h2>
          <p className="text-2">
            {formatDateTime(summary.committedAt, timeZone)}, {summary.committedBy}.{' '}
            {formatPlural(summary.rowCount, 'row')}: {reportText(summary)}.
          </p>
        </div>
        {summary.status === 'UNDONE' ? (
          <StateTag state="enteredInError">Undone</StateTag>
        ) : (
          <UndoButton importId={importId} addedCount={summary.addedCount} />
        )}
      </header>
      {summary.status === 'UNDONE' && <KeptPatients kept={summary.kept} />}
      <FilterPills
        label="Which rows"
        pills={[
          { value: 'HELD', label: 'To review', count: summary.heldCount },
          { value: 'ADDED', label: 'Added', count: summary.addedCount },
          { value: 'NOT_ADDED', label: 'Not added', count: summary.notAddedCount },
          { value: 'REFUSED', label: 'Refused', count: summary.refusedCount },
        ]}
        value={outcome}
        onChange={setShown}
      />
      {outcome === 'HELD' ? (
        <Review importId={importId} heldCount={summary.heldCount} mayEdit={mayEdit} />
      ) : (
        <Lines key={outcome} importId={importId} outcome={outcome} />
      )}
    </div>
  )
}

function reportText(summary: Summary): string {
  return [
    formatPlural(summary.addedCount, 'patient'),
    `${summary.heldCount} to review`,
    `${summary.notAddedCount} not added`,
    `${summary.refusedCount} refused`,
  ].join(', ')
}

function UndoButton({ importId, addedCount }: { readonly importId: ImportId; readonly addedCount: number }) {
  const undo = useCommand('patientImport.undo')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Undo this import</Button>
      <ConfirmDialog
        isOpen={isOpen}
        title="Undo the whole import"
        confirmText="Undo the import"
        tone="red"
        refusal={undo.refusal ? sentenceFor(undo.refusal) : null}
        isBusy={undo.isRunning}
        onConfirm={() => void undo.run({ importId }).then((reply) => reply.ok && setOpen(false))}
        onCancel={() => setOpen(false)}
      >
        <p>
          Of its {formatPlural(addedCount, 'patient')}, those that nothing refers to are archived and leave the search.
          Those with a visit, a form or a session stay and are listed. Rows that still wait are not added.
        </p>
      </ConfirmDialog>
    </>
  )
}

function KeptPatients({ kept }: { readonly kept: Summary['kept'] }) {
  if (kept.length === 0) return <p className="text-2">Every patient of this import was archived.</p>
  return (
    <SectionCard title="Patients that stayed" note="Something refers to each of them already">
      <ul className="import-kept">
        {kept.map((patient) => (
          <li key={patient.patientId}>
            <a href={hrefTo(pathTo.chart(patient.patientId))}>
              {formatNameWithoutPreferred({ familyName: patient.family, givenName: patient.given })}
            </a>{' '}
            <span className="mono">{patient.chartNumber}</span>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

/** Held rows one after the other; what was decided gives way to the next. */
function Review({
  importId,
  heldCount,
  mayEdit,
}: {
  readonly importId: ImportId
  readonly heldCount: number
  readonly mayEdit: boolean
}) {
  const [skipped, setSkipped] = useState(0)
  const { value } = useQuery('patientImport.lines', { importId, outcome: 'HELD', after: skipped })
  if (heldCount === 0)
    return (
      <EmptyState sentence="No row waits for a decision." hint="What was not added stands under its own heading." />
    )
  if (!value) return <div aria-busy="true" />
  const [next] = value.lines
  if (!next)
    return (
      <EmptyState
        sentence={`${formatPlural(heldCount, 'row')} left that you went past.`}
        action={<Button onClick={() => setSkipped(0)}>Begin again</Button>}
      />
    )
  return (
    <ReviewRow
      key={next.line}
      importId={importId}
      line={next.line}
      left={heldCount}
      mayEdit={mayEdit}
      onLater={() => setSkipped(next.line)}
    />
  )
}

function Lines({ importId, outcome }: { readonly importId: ImportId; readonly outcome: Outcome }) {
  const first = useQuery('patientImport.lines', { importId, outcome, after: 0 })
  const [later, setLater] = useState<{ readonly of: unknown; readonly lines: readonly ImportLineWire[] } | null>(null)
  const [selectedKey, setSelectedKey] = useState<string | null>(null)
  const go = useGo()
  const more = later !== null && later.of === first.value ? later.lines : []
  const lines = [...(first.value?.lines ?? []), ...more]

  async function loadMore() {
    const last = lines.at(-1)
    // A page is full as long as there may be another one.
    if (!last || lines.length % 50 !== 0) return
    const of = first.value
    const reply = await client.call('patientImport.lines', { importId, outcome, after: last.line }).catch(() => null)
    if (reply?.ok && reply.value.lines.length > 0) setLater({ of, lines: [...more, ...reply.value.lines] })
  }

  return (
    <div className="import-lines">
      <DataTable
        label="Rows of the import"
        columns={lineColumns}
        rows={lines}
        rowKey={(row) => String(row.line)}
        density="comfortable"
        selectedKey={selectedKey}
        onSelect={(row) => setSelectedKey(String(row.line))}
        onOpen={(row) => row.patientId !== null && go(pathTo.chart(row.patientId))}
        onReachEnd={() => void loadMore()}
        {...(!first.isLoading && { empty: <EmptyState sentence="No row is like this." /> })}
      />
    </div>
  )
}

const lineColumns: readonly Column<ImportLineWire>[] = [
  {
    key: 'line',
    header: 'Line',
    width: '64px',
    align: 'end',
    cell: (row) => <span className="figures">{row.line}</span>,
  },
  {
    key: 'name',
    header: 'Patient',
    width: '260px',
    isRowName: true,
    cell: (row) => {
      if (row.family === null && row.given === null) return 'No name'
      const name = formatNameWithoutPreferred({ familyName: row.family, givenName: row.given })
      return row.patientId === null ? (
        name
      ) : (
        <a href={hrefTo(pathTo.chart(row.patientId))} tabIndex={-1}>
          {name}
        </a>
      )
    },
  },
  { key: 'born', header: 'Born', width: '140px', cell: (row) => (row.outcome === 'REFUSED' ? '' : bornText(row)) },
  {
    key: 'why',
    header: 'Note',
    width: 'auto',
    cell: (row) => (row.refusal === null ? noticesText(row.notices) : refusalText(row.refusal, row.refusedField)),
  },
]
