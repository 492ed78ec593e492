import type { ComplicationId } from '../../../shared/kernel/ids.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { RecordPhotos } from '../../app/photos/RecordPhotos.tsx'
import { mayDo } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import {
  channelWords,
  complicationName,
  complicationStateLooks,
  complicationTitle,
  followUpTitle,
  redFlagWords,
  sharedCauseText,
} from '../../parts/complication-words.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDateTime } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine, StateTag } from '../../parts/StateTag.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { AssessmentForm } from './AssessmentForm.tsx'
import { EmergencyText } from './fields.tsx'
import { GradeSteps } from './GradeSteps.tsx'
import type { ReportProps } from './NewReport.tsx'
import { NextStep } from './NextStep.tsx'
import { Notices } from './Notices.tsx'
import { ReportCard } from './ReportCard.tsx'

type Props = ReportProps & { readonly complicationId: ComplicationId }

/** A complication as it stands, what was found so far and what is decided next. */
export function OpenReport({ patientId, complicationId, clinic, person }: Props) {
  useSamePatient(patientId)
  const { value, refusal } = useQuery('complication.open', { patientId, complicationId }, { dependsOn: ['policy'] })
  const tasks = useQuery('followUp.ofPatient', { patientId }, { dependsOn: ['complication'] })
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return <div aria-busy="true" />
  const { complication, body, sessionOn, dayAfterSession } = value
  const look = complicationStateLooks[complication.state]
  const schedule = tasks.value?.tasks.filter((task) => task.complicationId === complicationId) ?? []
  const planned = schedule.filter(({ state }) => state !== 'CANCELLED')
  return (
    <div className="complication-screen">
      <PageHeader
        title={complicationName(body.code)}
        summary={
          <>
            <StateTag state={look.state}>{look.words}</StateTag>
            <span>
              {body.grade === null ? 'Not graded' : `Grade ${body.grade} now, worst ${body.worstGrade}`}
              {sessionOn !== null && `, day ${dayAfterSession} after the session of ${formatDate(sessionOn)}`}
            </span>
          </>
        }
        action={<NextStep opened={value} isPhysician={mayDo(person, 'complication.decide')} signsBy={person.signsBy} />}
      />
      {value.showsEmergencyText && complication.state !== 'CLOSED' && <EmergencyText phone={clinic.emergencyPhone} />}
      <Notices opened={value} clinic={clinic} person={person} />
      <div className="complication-screen__columns">
        <div>
          {value.clusters.length > 0 && (
            <SectionCard title="Shares a cause with other reports" note={`within ${value.clusterDays} days`}>
              <ul className="complication-related">
                {value.clusters.map(({ causes, others }) => (
                  <li key={sharedCauseText(causes)}>
                    <StateLine state="warning">{sharedCauseText(causes)}</StateLine>
                    {others.map((other) => (
                      <a
                        key={other.complicationId}
                        href={hrefTo(pathTo.complication(other.patientId, other.complicationId))}
                      >
                        {complicationTitle(other)}, {formatDate(other.reportedOn)}
                      </a>
                    ))}
                  </li>
                ))}
              </ul>
            </SectionCard>
          )}
          <SectionCard title="Grade history" note="oldest first">
            <GradeSteps history={body.gradeHistory} timeZone={clinic.timeZone} />
          </SectionCard>
          {body.photoIds.length > 0 && (
            <SectionCard title="Photos">
              <RecordPhotos
                patientId={patientId}
                label="Photos of the complication"
                photos={body.photoIds.map((photoId) => ({ photoId, sha256: null }))}
              />
            </SectionCard>
          )}
          <SectionCard title="How it began">
            <FactList
              facts={[
                { label: 'Onset', value: body.onsetOn === null ? 'Not known' : formatDate(body.onsetOn) },
                {
                  label: 'Reported',
                  value: `${formatDateTime(body.reportedAt, clinic.timeZone)}, ${channelWords[body.channel].toLowerCase()}, ${body.reportedBy.name}`,
                },
                { label: 'In words', value: <span style={{ whiteSpace: 'pre-line' }}>{body.description}</span> },
                { label: 'Zones', value: body.zones.map(zoneSideName).join('; ') || 'Not named, so all of them' },
                {
                  label: 'Warning signs',
                  value: value.redFlags.map((flag) => redFlagWords[flag]).join('; ') || 'None',
                },
                { label: 'Done', value: body.actionTaken || 'Nothing written' },
                {
                  label: 'Lots',
                  value:
                    [...body.cartridgeLots, ...body.productLots].map(({ lotNumber }) => lotNumber).join(', ') ||
                    'None: no session is named',
                },
                { label: 'Device', value: value.device ?? 'Not known' },
                { label: 'Treated by', value: value.operators.join(', ') || 'Not known' },
              ]}
            />
          </SectionCard>
        </div>
        <div>
          {complication.state !== 'CLOSED' && mayDo(person, 'complication.write') && (
            <AssessmentForm key={complication.version} opened={value} clinic={clinic} person={person} />
          )}
          <SectionCard title="Follow-up" isFlush>
            <ul className="complication-schedule">
              {planned.map((task) => (
                <li key={task.followUpId}>
                  <StateLine state={task.state === 'DONE' ? 'done' : 'toDo'}>
                    {formatDate(task.dueOn)} {followUpTitle(task)}
                    {task.outcome !== null && `: ${task.outcome}`}
                  </StateLine>
                </li>
              ))}
              {planned.length === 0 && <li>No check is planned.</li>}
            </ul>
          </SectionCard>
          <ReportCard opened={value} clinic={clinic} person={person} />
        </div>
      </div>
    </div>
  )
}
