import { Button } from '@mantine/core'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { mayDo } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { followUpTitle } from '../../parts/complication-words.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatBorn, formatDate } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import type { ChartProps } from './chart-props.ts'
import { consentStateWords, visitServiceWords } from './chart-words.ts'
import { MergedChartsCard } from './MergedChartsCard.tsx'
import { NewMenu } from './NewMenu.tsx'

const statusWords = {
  EXPECTED: 'expected',
  HERE: 'is here',
  IN_ROOM: 'in a room',
  DONE: 'done',
  CANCELLED: 'cancelled',
} as const

/** What the desk sees of a person: how to reach them, their visits and calls. Nothing clinical. */
export function DeskChart({ patientId, clinic, person }: ChartProps) {
  useSamePatient(patientId)
  const go = useGo()
  const opened = useQuery('patient.open', { patientId })
  const visits = useQuery('chart.visits', { patientId }, { dependsOn: ['visit'] })
  const calls = useQuery('followUp.ofPatient', { patientId })
  const details = opened.value?.facts.details
  const open = calls.value?.tasks.filter(({ state }) => state === 'OPEN') ?? []
  return (
    <div className="chart-screen">
      <h1 className="visually-hidden">Patient</h1>
      <div className="chart-screen__columns">
        <div>
          <SectionCard title="Personal data">
            {details && (
              <FactList
                facts={[
                  { label: 'Born', value: formatBorn(details.bornOn, clinic.today) },
                  {
                    label: 'Phone',
                    value: details.phones.map(({ number }) => number).join(', ') || 'Not known',
                  },
                  { label: 'E-mail', value: details.email ?? 'Not known' },
                ]}
              />
            )}
          </SectionCard>
          <MergedChartsCard patientId={patientId} person={person} />
          {mayDo(person, 'complication.report') && (
            <SectionCard title="The patient reports a symptom">
              <div className="chart-call">
                <p className="text-2">Pain, pus, fever, a rash: write the call down, and a clinician hears of it.</p>
                <Button variant="filled" onClick={() => go(pathTo.complication(patientId, 'new'))}>
                  Take a symptom call
                </Button>
              </div>
            </SectionCard>
          )}
        </div>
        <div>
          {mayDo(person, 'consent.capture') && <ConsentsCard patientId={patientId} />}
          <SectionCard title="Visits" isFlush aside={<NewMenu patientId={patientId} person={person} plan={null} />}>
            <ul className="chart-rows">
              {visits.value?.visits.map((visit) => (
                <li key={visit.visitId}>
                  <strong>
                    {formatDate(visit.onDate)} {visit.atTime}
                  </strong>
                  {visitServiceWords[visit.service]}
                  <span>{statusWords[visit.status]}</span>
                </li>
              ))}
              {visits.value?.visits.length === 0 && <li>No visit is on the list.</li>}
            </ul>
          </SectionCard>
          <SectionCard title="Follow-ups" isFlush>
            <ul className="chart-rows">
              {open.map((task) => (
                <li key={task.followUpId}>
                  <StateGlyph state="toDo" label={null} />
                  {followUpTitle(task)}
                  <span>{formatDate(task.dueOn)}</span>
                </li>
              ))}
              {open.length === 0 && <li>Nothing is planned.</li>}
            </ul>
          </SectionCard>
        </div>
      </div>
    </div>
  )
}

/** The forms themselves: a copy is printed and a withdrawal taken there, also by the desk. */
function ConsentsCard({ patientId }: { readonly patientId: PatientId }) {
  const { value } = useQuery('consent.list', { patientId })
  return (
    <SectionCard title="Consents" isFlush>
      <ul className="chart-rows">
        {value?.consents.map((consent) => (
          <li key={consent.consentId}>
            <a href={hrefTo(pathTo.consent(patientId, consent.consentId))}>
              {consent.signedOn === null ? 'Consent, not signed' : `Consent of ${formatDate(consent.signedOn)}`}
            </a>
            <span>{consentStateWords[consent.state]}</span>
          </li>
        ))}
        {value?.consents.length === 0 && <li>None yet.</li>}
      </ul>
    </SectionCard>
  )
}
