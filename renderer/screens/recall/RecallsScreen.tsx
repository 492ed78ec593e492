import './recall.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ListedRecall } from '../../../shared/contract/recall.ts'
import { useGo } from '../../app/go.ts'
import { hrefTo, paths, pathTo } from '../../app/paths.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { DataTable } from '../../parts/DataTable.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatDateTime, formatPlural } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** Every recall of the clinic, open ones first. */
export function RecallsScreen() {
  const clinic = useClinic()
  const person = usePerson()
  const go = useGo()
  const { value, refusal } = useQuery('recall.list', {})
  const mayWrite = mayDo(person, 'recall.write')
  useShortcuts(mayWrite ? [{ keys: 'T', label: 'Trace', group: 'Recalls', run: () => go(paths.trace) }] : [])
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!clinic || !value) return <div aria-busy="true" />
  const { recalls } = value
  const traceButton = (
    <Button component="a" href={hrefTo(paths.trace)} variant="filled">
      Trace a lot or device
    </Button>
  )
  return (
    <div className="recall-screen">
      <PageHeader
        title="Recalls"
        summary={<a href={hrefTo(paths.stock)}>Back to Stock</a>}
        action={
          <>
            {mayDo(person, 'lookBack.read') && (
              <Button component="a" href={hrefTo(paths.lookBack)}>
                Look back
              </Button>
            )}
            {mayWrite && recalls.length > 0 && traceButton}
          </>
        }
      />
      {recalls.length === 0 ? (
        <EmptyState
          sentence="No recall was ever opened."
          hint="Trace a lot, an article, a label or a device; who was treated with it stands there at once."
          {...(mayWrite && { action: traceButton })}
        />
      ) : (
        <SectionCard title="All recalls" isFlush>
          <div className="recall-table">
            <RecallTable
              recalls={recalls}
              timeZone={clinic.timeZone}
              onOpen={(row) => go(pathTo.recall(row.recallId))}
            />
          </div>
        </SectionCard>
      )}
    </div>
  )
}

function RecallTable({
  recalls,
  timeZone,
  onOpen,
}: {
  readonly recalls: readonly ListedRecall[]
  readonly timeZone: string
  readonly onOpen: (row: ListedRecall) => void
}) {
  const [selected, setSelected] = useState<string | null>(null)
  return (
    <DataTable
      label="Recalls"
      rows={recalls}
      rowKey={(row) => row.recallId}
      density="comfortable"
      selectedKey={selected}
      onSelect={(row) => {
        setSelected(row.recallId)
        onOpen(row)
      }}
      onOpen={onOpen}
      rowTone={(row) => (row.state === 'OPEN' ? undefined : 'past')}
      columns={[
        { key: 'title', header: 'Recall', width: 'auto', isRowName: true, cell: (row) => row.title },
        { key: 'subject', header: 'About', width: '32%', cell: (row) => row.subject },
        { key: 'opened', header: 'Opened', width: '160px', cell: (row) => formatDateTime(row.openedAt, timeZone) },
        { key: 'tasks', header: 'People', width: '90px', align: 'end', cell: (row) => row.tasks },
        { key: 'state', header: 'State', width: '170px', cell: (row) => <RecallState recall={row} /> },
      ]}
    />
  )
}

function RecallState({ recall }: { readonly recall: ListedRecall }) {
  if (recall.state === 'CLOSED') return <StateLine state="done">Closed</StateLine>
  if (recall.openTasks === 0) return <StateLine state="opened">Open, all settled</StateLine>
  return <StateLine state="due">{formatPlural(recall.openTasks, 'person', 'people')} to tell</StateLine>
}
