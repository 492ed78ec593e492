import './audit.css'
import { Button, Select, TextInput } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { auditCategories } from '../../../shared/domain/audit-category.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { type AuditRow, auditCategoryTexts, auditGroups, auditOutcomeTexts } from '../../parts/audit-sentences.ts'
import { DataTable } from '../../parts/DataTable.tsx'
import { DateField } from '../../parts/DateField.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatPlural } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { ChainResult, useChainCheck } from './ChainCheck.tsx'
import { ChainStanding } from './ChainStanding.tsx'
import { columnsFor } from './columns.tsx'
import { SaveRows } from './SaveRows.tsx'
import { type AuditFilter, type AuditOrder, useAuditRows } from './use-audit-rows.ts'

const noFilter: AuditFilter = {
  fromOn: null,
  untilOn: null,
  actorId: null,
  chartNumber: null,
  action: null,
  category: null,
  outcome: null,
}
const newestFirst: AuditOrder = { sort: 'seq', order: 'DESCENDING' }

const outcomes = ['DONE', 'REFUSED', 'FAILED'] as const

const sightTexts = {
  OWN: 'Your own rows',
  OWN_PATIENTS: 'Your own rows, and those of patients whose session you wrote or signed',
  ALL: 'Everything that was done on these records',
} as const

/** Who did what and when: newest first unless sorted otherwise, never changed, never deleted. */
export function AuditPart() {
  const clinic = useClinic()
  const person = usePerson()
  const [filter, setFilter] = useState(noFilter)
  const [order, setOrder] = useState(newestFirst)
  const list = useAuditRows(filter, order)
  const check = useChainCheck()
  const [selected, select] = useState<AuditRow | null>(null)
  if (!clinic) return null
  const isFiltered = Object.values(filter).some((value) => value !== null)
  return (
    <div className="clinic-part clinic-part--table clinic-part--audit">
      <header className="clinic-part__head">
        <h2 className="title-16">Audit</h2>
        <p className="text-2">{list.sees !== null && sightTexts[list.sees]}</p>
        <div className="clinic-part__end">
          {mayDo(person, 'audit.verify') && (
            <Button onClick={check.start} disabled={check.isRunning}>
              Check the chain
            </Button>
          )}
          <SaveRows filter={filter} />
          <Button leftSection={<IconRefresh size={15} stroke={1.7} aria-hidden="true" />} onClick={list.readAgain}>
            Read again
          </Button>
        </div>
      </header>
      <div className="audit-chain">
        {check.job?.kind !== 'DONE' && <ChainStanding timeZone={clinic.timeZone} />}
        <ChainResult check={check} />
      </div>
      <FilterBar filter={filter} onChange={setFilter} hasPeople={list.sees !== 'OWN'} />
      <RefusalText>{list.refusal ? sentenceFor(list.refusal) : null}</RefusalText>
      <div className="clinic-part__table">
        <DataTable
          label="Audit rows"
          columns={columnsFor(clinic.timeZone, order, setOrder)}
          rows={list.rows}
          rowKey={(row) => String(row.seq)}
          selectedKey={selected === null ? null : String(selected.seq)}
          onSelect={select}
          onReachEnd={list.loadMore}
          rowTone={(row) => (row.outcome === 'DONE' ? undefined : 'red')}
          {...(!list.isLoading && {
            empty: (
              <EmptyState
                sentence={isFiltered ? 'No row fits this filter.' : 'Nothing has been recorded yet.'}
                {...(isFiltered && { action: <Button onClick={() => setFilter(noFilter)}>Show all rows</Button> })}
              />
            ),
          })}
        />
      </div>
      <p className="text-12 text-3 audit-foot">
        <span role="status">
          {formatPlural(list.rows.length, 'row')} shown{list.hasMore && ', more come as you scroll'}
        </span>
        {selected && <RowIds row={selected} />}
      </p>
    </div>
  )
}

/** What the row points at, by id: for comparing with a record or for support. */
function RowIds({ row }: { readonly row: AuditRow }) {
  return (
    <span>
      Row {row.seq}: {row.action}, {row.subject} <span className="mono">{row.subjectId ?? 'without id'}</span>
      {row.versionId !== null && (
        <>
          , version <span className="mono">{row.versionId}</span>
        </>
      )}
    </span>
  )
}

function FilterBar({
  filter,
  onChange,
  hasPeople,
}: {
  readonly filter: AuditFilter
  readonly onChange: (filter: AuditFilter) => void
  readonly hasPeople: boolean
}) {
  const clinic = useClinic()
  const { value: staff } = useQuery('staff.list', {})
  // Sent when it is whole: with Enter or on leaving the field.
  const [chartNumber, setChartNumber] = useState(filter.chartNumber ?? '')
  if (!clinic) return null
  const set = (part: Partial<AuditFilter>) => onChange({ ...filter, ...part })
  const sendChartNumber = () => set({ chartNumber: chartNumber.trim() || null })
  const isFiltered = Object.values(filter).some((value) => value !== null)
  return (
    <form className="audit-filters" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
      <DateField
        label="From"
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={filter.fromOn}
        onChange={(fromOn) => set({ fromOn })}
      />
      <DateField
        label="Until, included"
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={filter.untilOn}
        onChange={(untilOn) => set({ untilOn })}
      />
      <Select
        label="Person"
        placeholder="Everybody"
        clearable
        searchable
        selectFirstOptionOnChange
        disabled={!hasPeople}
        data={(staff?.members ?? []).map((member) => ({ value: member.staffId as string, label: member.printedName }))}
        value={filter.actorId}
        onChange={(value) => set({ actorId: value as StaffId | null })}
      />
      <Select
        label="What"
        placeholder="Everything"
        clearable
        searchable
        selectFirstOptionOnChange
        data={auditGroups}
        value={filter.action}
        onChange={(action) => set({ action })}
      />
      <Select
        label="About"
        placeholder="Everything"
        clearable
        data={auditCategories.map((value) => ({ value, label: auditCategoryTexts[value] }))}
        value={filter.category}
        onChange={(category) => set({ category })}
      />
      <Select
        label="Outcome"
        placeholder="All"
        clearable
        data={outcomes.map((value) => ({ value, label: auditOutcomeTexts[value] }))}
        value={filter.outcome}
        onChange={(outcome) => set({ outcome })}
      />
      <TextInput
        label="Chart number"
        autoComplete="off"
        maxLength={40}
        classNames={{ input: 'mono' }}
        value={chartNumber}
        onChange={(event) => setChartNumber(event.currentTarget.value)}
        onBlur={sendChartNumber}
        onKeyDown={(event) => {
          if (event.key === 'Enter') sendChartNumber()
        }}
      />
      <Button
        disabled={!isFiltered}
        onClick={() => {
          setChartNumber('')
          onChange(noFilter)
        }}
      >
        Clear
      </Button>
    </form>
  )
}
