import './patient.css'
import { Button } from '@mantine/core'
import { IconFileImport, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type PatientStatus, patientStatuses } from '../../../shared/domain/patient.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { useGo } from '../../app/go.ts'
import { hrefTo, paths, pathTo } from '../../app/paths.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { FilterPills } from '../../parts/FilterPills.tsx'
import { formatAge, formatCount, formatDate, formatNameWithoutPreferred, formatPlural } from '../../parts/format.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { LookAlikeMark } from '../../parts/LookAlikeMark.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { type PatientRow, usePatientRows } from './use-patient-rows.ts'

const statusWords = { ACTIVE: 'Active', ARCHIVED: 'Archived' } as const satisfies Record<PatientStatus, string>

/** Everybody of the clinic by surname; a single person is found faster by the search above. */
export function PatientsScreen() {
  const clinic = useClinic()
  const person = usePerson()
  const go = useGo()
  const [status, setStatus] = useState<PatientStatus>('ACTIVE')
  const [selectedKey, setSelectedKey] = useState<string | null>(null)
  const list = usePatientRows(status)
  if (!clinic || !person) return null
  const counts = list.counts ?? { ACTIVE: 0, ARCHIVED: 0 }
  const isNobody = counts.ACTIVE + counts.ARCHIVED === 0
  const mayRegister = mayDo(person, 'demographics.write')
  const actions = (
    <div className="patients-screen__actions">
      {mayDo(person, 'patient.merge') && <Button onClick={() => go(paths.duplicates)}>Duplicates</Button>}
      {mayDo(person, 'demographics.import') && (
        <Button
          leftSection={<IconFileImport size={15} stroke={1.7} aria-hidden="true" />}
          onClick={() => go(paths.importPatients)}
        >
          Import a list
        </Button>
      )}
      {mayRegister && (
        <Button
          variant="filled"
          leftSection={<IconPlus size={15} stroke={1.8} aria-hidden="true" />}
          rightSection={<KeyHint keys="N" tone="onAccent" />}
          onClick={() => go(paths.register)}
        >
          Register patient
        </Button>
      )}
    </div>
  )
  return (
    <div className="patients-screen">
      <PageHeader
        title="Patients"
        {...(list.counts && { summary: `${formatPlural(counts.ACTIVE, 'patient')}` })}
        {...(!isNobody && { action: actions })}
      />
      <div className="patients-screen__filters">
        <FilterPills
          label="Which patients"
          pills={patientStatuses.map((one) => ({ value: one, label: statusWords[one], count: counts[one] }))}
          value={status}
          onChange={setStatus}
        />
        <RefusalText>{list.refusal ? sentenceFor(list.refusal) : null}</RefusalText>
      </div>
      <div className="patients-screen__table">
        <DataTable
          key={status}
          label={`${statusWords[status]} patients by surname`}
          columns={columnsFor(clinic.today)}
          rows={list.rows}
          rowKey={(row) => row.patientId}
          total={counts[status]}
          density="comfortable"
          selectedKey={selectedKey}
          onSelect={(row) => setSelectedKey(row.patientId)}
          onOpen={(row) => go(pathTo.chart(row.patientId))}
          onReachEnd={list.loadMore}
          {...(!list.isLoading && list.counts && { empty: emptyState(isNobody, status, actions) })}
        />
      </div>
      <p className="patients-screen__foot text-12 text-3" role="status">
        {list.rows.length > 0 &&
          `${formatCount(list.rows.length)} of ${formatCount(counts[status])} shown${list.rows.length < counts[status] ? ', more come as you scroll' : ''}. Enter opens a chart.`}
      </p>
    </div>
  )
}

function emptyState(isNobody: boolean, status: PatientStatus, actions: ReactNode) {
  if (isNobody)
    return <EmptyState sentence="No patients yet. Import a list or register the first one." action={actions} />
  return <EmptyState sentence={status === 'ARCHIVED' ? 'No chart is archived.' : 'Every chart is archived.'} />
}

function columnsFor(today: CalendarDate): readonly Column<PatientRow>[] {
  return [
    {
      key: 'name',
      header: 'Patient',
      width: 'auto',
      isRowName: true,
      cell: (row) => (
        <>
          <a href={hrefTo(pathTo.chart(row.patientId))} tabIndex={-1} className="patients-screen__name">
            {formatNameWithoutPreferred({ familyName: row.family, givenName: row.given })}
          </a>{' '}
          {row.preferred !== null && <span className="patients-screen__preferred">“{row.preferred}”</span>}{' '}
          {row.isLookAlike && <LookAlikeMark isShort />}
        </>
      ),
    },
    {
      key: 'born',
      header: 'Born',
      width: '180px',
      cell: (row) =>
        row.bornOn === null
          ? row.bornText === null
            ? 'unknown'
            : `unknown, “${row.bornText}”`
          : `${formatDate(row.bornOn)} (${formatAge(row.bornOn, today)})`,
    },
    { key: 'chart', header: 'Chart', width: '120px', cell: (row) => <span className="mono">{row.chartNumber}</span> },
    {
      key: 'phone',
      header: 'Phone',
      width: '110px',
      cell: (row) => (row.phoneTail === null ? 'none' : `··· ${row.phoneTail}`),
    },
    {
      key: 'visit',
      header: 'Last visit',
      width: '130px',
      cell: (row) => (row.lastVisitOn === null ? 'no visit yet' : formatDate(row.lastVisitOn)),
    },
  ]
}
