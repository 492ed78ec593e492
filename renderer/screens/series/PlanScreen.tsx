import './series.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { PatientFrame, useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { usePatientParam } from '../../app/patient-banner/use-patient-param.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { OrdersCard } from './OrdersCard.tsx'
import { SeriesCard } from './SeriesCard.tsx'
import { SeriesDrawer } from './SeriesDrawer.tsx'
import type { SeriesForm } from './series-form-props.ts'

/** The courses of one patient, and the orders under which they are treated. */
export function PlanScreen() {
  const patientId = usePatientParam()
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  return (
    <PatientFrame patientId={patientId}>
      <Plan patientId={patientId} clinic={clinic} person={person} />
    </PatientFrame>
  )
}

function Plan({
  patientId,
  clinic,
  person,
}: {
  readonly patientId: PatientId
  readonly clinic: Clinic
  readonly person: Person
}) {
  useSamePatient(patientId)
  const listed = useQuery('series.list', { patientId }, { dependsOn: ['session', 'policy'] })
  const [form, setForm] = useState<SeriesForm | null>(null)
  if (listed.refusal && !listed.value) return <RefusalText>{sentenceFor(listed.refusal)}</RefusalText>
  if (!listed.value) return <div aria-busy="true" />
  const { series, usual } = listed.value
  const mayWrite = mayDo(person, 'series.write')

  return (
    <div className="plan-screen">
      <PageHeader
        title="Courses and orders"
        action={
          <>
            <a href={hrefTo(pathTo.chart(patientId))}>Back to the chart</a>
            {mayWrite && series.length > 0 && (
              <Button variant="filled" onClick={() => setForm({ series: null })}>
                Plan a course
              </Button>
            )}
          </>
        }
      />
      <div className="plan-screen__columns">
        <div className="plan-screen__column">
          {series.length === 0 ? (
            <div className="plan-screen__empty">
              <EmptyState
                sentence="No course of treatment is planned."
                hint={`Usually ${usual.sessions} sessions, ${usual.intervalMonths === 1 ? 'one month' : `${usual.intervalMonths} months`} apart.`}
                {...(mayWrite && {
                  action: (
                    <Button variant="filled" onClick={() => setForm({ series: null })}>
                      Plan a course
                    </Button>
                  ),
                })}
              />
            </div>
          ) : (
            series.map((one) => (
              <SeriesCard
                key={one.seriesId}
                patientId={patientId}
                series={one}
                person={person}
                today={clinic.today}
                usualMaintenanceMonths={usual.maintenanceMonths}
                onEdit={() => setForm({ series: one })}
              />
            ))
          )}
        </div>
        <OrdersCard patientId={patientId} person={person} clinic={clinic} />
      </div>
      {mayWrite && <SeriesDrawer patientId={patientId} form={form} usual={usual} onClose={() => setForm(null)} />}
    </div>
  )
}
