import { useState } from 'react'
import type { RecallTask } from '../../../shared/contract/recall.ts'
import { isSettled } from '../../../shared/domain/recall.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { DataTable } from '../../parts/DataTable.tsx'
import { formatBorn } from '../../parts/format.ts'
import { StateLine } from '../../parts/StateTag.tsx'
import { contactText, findingGlyphs, findingWords, languageText, patientName, taskLooks } from './recall-words.ts'

/** Everybody who is to be told, with how they are reached and how far it is. */
export function TaskTable({
  tasks,
  today,
  onOpen,
}: {
  readonly tasks: readonly RecallTask[]
  readonly today: CalendarDate
  readonly onOpen: (task: RecallTask) => void
}) {
  const [selected, setSelected] = useState<string | null>(null)
  return (
    <div className="recall-table">
      <DataTable
        label="People to tell"
        rows={tasks}
        rowKey={(row) => row.recallTaskId}
        density="tall"
        selectedKey={selected}
        onSelect={(row) => {
          setSelected(row.recallTaskId)
          onOpen(row)
        }}
        onOpen={onOpen}
        rowTone={(row) => (isSettled(row.state) ? 'past' : undefined)}
        columns={[
          {
            key: 'name',
            header: 'Patient',
            width: '200px',
            isRowName: true,
            cell: ({ patient }) => (
              <span>
                {patientName(patient)}
                <br />
                <small className="text-2">
                  {formatBorn(patient.bornOn, today)}, {patient.chartNumber}
                </small>
              </span>
            ),
          },
          {
            key: 'finding',
            header: 'Found',
            width: '170px',
            cell: ({ patient }) => (
              <StateLine state={findingGlyphs[patient.finding]}>{findingWords[patient.finding]}</StateLine>
            ),
          },
          {
            key: 'contact',
            header: 'Contact',
            width: 'auto',
            cell: ({ patient }) => (
              <span>
                {patient.archived === 'DECEASED' ? 'Deceased' : contactText(patient)}
                <br />
                <small className="text-2">{languageText(patient)}</small>
              </span>
            ),
          },
          {
            key: 'state',
            header: 'State',
            width: '140px',
            cell: ({ state }) => <StateLine state={taskLooks[state].state}>{taskLooks[state].words}</StateLine>,
          },
        ]}
      />
    </div>
  )
}
