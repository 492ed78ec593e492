import { Button } from '@mantine/core'
import { useState } from 'react'
import type { AffectedPatient, Traced } from '../../../shared/contract/schemas/trace.ts'
import type { RecallFinding, TraceCriteria } from '../../../shared/domain/recall.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { complicationTitle } from '../../parts/complication-words.ts'
import { DataTable } from '../../parts/DataTable.tsx'
import { formatBorn, formatPlural } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'
import { OpenRecallDialog } from './OpenRecallDialog.tsx'
import { contactText, languageText, patientName, stockStatusWord, visitText } from './recall-words.ts'

/** What a trace found: stock, those the records name, and the honest second list. */
export function TraceResult({
  traced,
  criteria,
  today,
}: {
  readonly traced: Traced
  readonly criteria: TraceCriteria
  readonly today: CalendarDate
}) {
  const [isOpening, setOpening] = useState(false)
  const mayOpen = mayDo(usePerson(), 'recall.write')
  const named = traced.patients.filter(({ finding }) => finding === 'TRACED')
  const unsure = traced.patients.filter(({ finding }) => finding === 'NOT_RULED_OUT')
  const isEmpty = traced.patients.length === 0 && traced.stock.length === 0
  return (
    <>
      <SectionCard
        title="Found"
        aside={
          mayOpen &&
          !isEmpty &&
          !traced.isCut && (
            <Button variant="filled" onClick={() => setOpening(true)}>
              Open a recall
            </Button>
          )
        }
      >
        <p className="recall-facts" aria-live="polite">
          <strong>{formatPlural(countSessions(named, 'TRACED'), 'session')}</strong>
          <strong>{formatPlural(named.length, 'patient')}</strong>
          <strong>{formatPlural(unsure.length, 'more patient')} not ruled out</strong>
          <ComplicationCount patients={named} />
          {traced.readAs !== null && (
            <span className="text-2">
              read as <span className="mono">{traced.readAs.replace('|', ' ')}</span>
            </span>
          )}
        </p>
        {traced.isCut && (
          <RefusalText>More sessions than one trace shows. Narrow the days to see and tell everybody.</RefusalText>
        )}
        <StockLines stock={traced.stock} />
      </SectionCard>
      <PatientList title="Named in the record" patients={named} today={today} empty="No record names it." />
      <PatientList
        title="Cannot be ruled out"
        note="the lot, device or room is missing or cannot be read"
        patients={unsure}
        today={today}
        empty="Every record in these days says enough to rule it out."
      />
      <OpenRecallDialog isOpen={isOpening} traced={traced} criteria={criteria} onClose={() => setOpening(false)} />
    </>
  )
}

function countSessions(patients: readonly AffectedPatient[], finding: RecallFinding): number {
  return patients.flatMap(({ sessions }) => sessions.filter((session) => session.finding === finding)).length
}

/** For people who read charts. */
function ComplicationCount({ patients }: { readonly patients: readonly AffectedPatient[] }) {
  if (patients.some(({ complications }) => complications === null)) return null
  const all = patients.flatMap(({ complications }) => complications ?? [])
  const open = all.filter(({ state }) => state !== 'CLOSED').length
  if (all.length === 0) return <span className="text-2">no complication reported</span>
  return <StateLine state="openComplication">{`${formatPlural(all.length, 'complication')}, ${open} open`}</StateLine>
}

function StockLines({ stock }: { readonly stock: Traced['stock'] }) {
  if (stock.length === 0) return <p className="text-2">Nothing in the registers is concerned.</p>
  return (
    <ul className="recall-list" aria-label="Stock concerned">
      {stock.map((line) => (
        <li key={line.id}>
          {line.article}, <span className="mono">{line.number}</span>: {stockStatusWord(line.status)}
          {line.pieces !== null && `, ${formatPlural(line.pieces, 'piece')} left`}
        </li>
      ))}
    </ul>
  )
}

function PatientList({
  title,
  note,
  patients,
  today,
  empty,
}: {
  readonly title: string
  readonly note?: string
  readonly patients: readonly AffectedPatient[]
  readonly today: CalendarDate
  readonly empty: string
}) {
  return (
    <SectionCard title={title} note={note} aside={<span>{patients.length}</span>} isFlush={patients.length > 0}>
      {patients.length === 0 ? (
        <p className="text-2">{empty}</p>
      ) : (
        <div className="recall-table">
          <DataTable
            label={title}
            rows={patients}
            rowKey={(row) => row.patientId}
            density="tall"
            columns={[
              {
                key: 'name',
                header: 'Patient',
                width: '190px',
                isRowName: true,
                cell: (row) => <Name patient={row} today={today} />,
              },
              { key: 'visits', header: 'Visits', width: '210px', cell: (row) => <Visits patient={row} /> },
              { key: 'zones', header: 'Zones', width: '150px', cell: (row) => <Zones patient={row} /> },
              {
                key: 'complications',
                header: 'Complications',
                width: '130px',
                cell: (row) => <Complications patient={row} />,
              },
              { key: 'contact', header: 'Contact', width: 'auto', cell: (row) => <Contact patient={row} /> },
            ]}
          />
        </div>
      )}
    </SectionCard>
  )
}

function Name({ patient, today }: { readonly patient: AffectedPatient; readonly today: CalendarDate }) {
  const mayRead = mayDo(usePerson(), 'chart.read')
  return (
    <span>
      {mayRead ? <a href={hrefTo(pathTo.chart(patient.patientId))}>{patientName(patient)}</a> : patientName(patient)}
      <br />
      <small className="text-2">
        {formatBorn(patient.bornOn, today)}, {patient.chartNumber}
      </small>
    </span>
  )
}

function Visits({ patient: { sessions } }: { readonly patient: AffectedPatient }) {
  const text = sessions.map(visitText)
  return (
    <span title={text.join('\n')}>
      {text[0]}
      {text.length > 1 && (
        <>
          <br />
          <small className="text-2">and {formatPlural(text.length - 1, 'more visit')}</small>
        </>
      )}
    </span>
  )
}

function Zones({ patient: { sessions } }: { readonly patient: AffectedPatient }) {
  if (sessions.some(({ zones }) => zones === null)) return <span className="text-2">in the chart</span>
  const names = [...new Set(sessions.flatMap(({ zones }) => (zones ?? []).map(zoneSideName)))]
  return <span title={names.join(', ')}>{names.join(', ') || 'none entered'}</span>
}

function Complications({ patient: { complications } }: { readonly patient: AffectedPatient }) {
  if (complications === null) return <span className="text-2">in the chart</span>
  const text = complications.map((one) => complicationTitle(one)).join(', ')
  return <span title={text}>{text || <span className="text-3">none</span>}</span>
}

function Contact({ patient }: { readonly patient: AffectedPatient }) {
  return (
    <span>
      {patient.archived === 'DECEASED' ? 'Deceased' : contactText(patient)}
      <br />
      <small className="text-2">{languageText(patient)}</small>
    </span>
  )
}
