import { Select } from '@mantine/core'
import { useState } from 'react'
import { type ImportField, importFields } from '../../../shared/domain/patient-import-columns.ts'
import type { Output } from '../../client/client.ts'
import { formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { columnWords } from './import-words.ts'

type Column = Output<'patientImport.preview'>['columns'][number]

/** What each column is read as. A change reads the whole list again. */
export function ColumnsCard({
  columns,
  isBusy,
  onChange,
}: {
  readonly columns: readonly Column[]
  readonly isBusy: boolean
  readonly onChange: (mapping: readonly (ImportField | null)[]) => void
}) {
  const [mapping, setMapping] = useState(() => columns.map((column) => column.field))
  const leftOut = mapping.filter((field) => field === null).length

  function choose(index: number, field: ImportField | null) {
    // A thing is read from one column: whoever had it before is left out.
    const next = mapping.map((before, at) => (at === index ? field : before === field ? null : before))
    setMapping(next)
    onChange(next)
  }

  return (
    <SectionCard
      title="Columns"
      note={leftOut === 0 ? 'All are read' : `${formatPlural(leftOut, 'column')} left out`}
      isFlush
    >
      <div className="import-columns">
        <table aria-label="Columns of the file">
          <thead>
            <tr>
              <th scope="col">In the file</th>
              <th scope="col">Read as</th>
              <th scope="col">For example</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a file may name two columns alike
              <tr key={index}>
                <th scope="row">{column.header || `Column ${index + 1}`}</th>
                <td>
                  <Select
                    size="xs"
                    aria-label={`Column ${column.header || index + 1} is read as`}
                    placeholder="Left out"
                    searchable
                    clearable
                    disabled={isBusy}
                    data={importFields.map((field) => ({ value: field, label: columnWords[field] }))}
                    value={mapping[index] ?? null}
                    onChange={(value) => choose(index, importFields.find((field) => field === value) ?? null)}
                  />
                </td>
                <td className="import-columns__samples">{column.samples.join(' · ') || 'nothing in it'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </SectionCard>
  )
}
