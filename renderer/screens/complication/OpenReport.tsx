import { Button } from '@mantine/core'
import { useState } from 'react'
import { blocksZones } from '../../../shared/domain/complication.ts'
import type { ComplicationId } from '../../../shared/kernel/ids.ts'
import { minutesBetween } from '../../../shared/kernel/time.ts'
import { useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { mayDo } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { AlertCard, AlertRow } from '../../parts/AlertCard.tsx'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import {
  channelWords,
  complicationName,
  complicationStateLooks,
  followUpTitle,
  redFlagWords,
  reportPromptWords,
} from '../../parts/complication-words.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDateTime, formatElapsed, formatTime } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine, StateTag } from '../../parts/StateTag.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { AssessmentForm } from './AssessmentForm.tsx'
import { EmergencyText } from './fields.tsx'
import { GradeSteps } from './GradeSteps.tsx'
import type { ReportProps } from './NewReport.tsx'

type OpenedReport = Output<'complication.open'>
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
        action={<Steps opened={value} isPhysician={mayDo(person, 'complication.decide')} signsBy={person.signsBy} />}
      />
      {value.showsEmergencyText && complication.state !== 'CLOSED' && <EmergencyText />}
      <Notices opened={value} clinic={clinic} person={person} />
      <div className="complication-screen__columns">
        <div>
          <SectionCard title="Grade history" note="oldest first">
            <GradeSteps history={body.gradeHistory} timeZone={clinic.timeZone} />
          </SectionCard>
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
        </div>
      </div>
    </div>
  )
}

type Deciding = { readonly opened: OpenedReport }

/** What a physician must know or decide: the acknowledgement, the block, the report. */
function Notices({ opened, clinic, person }: Deciding & Pick<ReportProps, 'clinic' | 'person'>) {
  const { complication, body, acknowledgement, reportPrompts } = opened
  const { patientId, complicationId, version } = complication
  const whose = { patientId, complicationId, version }
  const acknowledge = useCommand('complication.acknowledge')
  const lift = useCommand('complication.liftBlock')
  const report = useCommand('complication.decideReport')
  const [asking, setAsking] = useState<'lift' | 'report' | 'noReport' | null>(null)
  const mayDecide = mayDo(person, 'complication.decide')
  const block = blocksZones(body)
  const { kind } = acknowledgement
  return (
    <>
      <AlertRow>
        {(kind === 'WAITING' || kind === 'ESCALATED' || kind === 'NOT_NOTIFIED') && (
          <AlertCard
            state="redFlag"
            title="Red flag: no physician has acknowledged it"
            sentence={
              acknowledgement.kind === 'WAITING'
                ? `Waits since ${formatTime(body.physicianNotices[0]?.at ?? clinic.now, clinic.timeZone)}. From ${formatTime(acknowledgement.escalateAt, clinic.timeZone)} on every physician is asked.`
                : acknowledgement.kind === 'ESCALATED'
                  ? `Overdue by ${formatElapsed(minutesBetween(acknowledgement.since, clinic.now))}: any physician acknowledges it now.`
                  : 'Nobody was told yet. Tell a physician and name them in the assessment.'
            }
            action={
              mayDecide ? (
                <Button variant="filled" disabled={acknowledge.isRunning} onClick={() => void acknowledge.run(whose)}>
                  Acknowledge
                </Button>
              ) : undefined
            }
          />
        )}
        {acknowledgement.kind === 'ACKNOWLEDGED' && (
          <AlertCard
            state="done"
            tone="green"
            title="A physician knows"
            sentence={`Acknowledged after ${formatElapsed(acknowledgement.afterMin)}.`}
          />
        )}
        {block.kind !== 'NONE' && (
          <AlertCard
            state="blocked"
            tone="amber"
            title={
              block.kind === 'ALL_ZONES'
                ? 'Keeps every zone from the next session'
                : `Keeps from the next session: ${block.zones.map(zoneSideName).join('; ')}`
            }
            sentence="Until a physician lifts it."
            action={mayDecide ? <Button onClick={() => setAsking('lift')}>Lift the block</Button> : undefined}
          />
        )}
        {reportPrompts.length > 0 && body.reportDecision === null && (
          <AlertCard
            state="warning"
            title="Report to the FDA?"
            sentence={`A physician decides, because: ${reportPrompts.map((prompt) => reportPromptWords[prompt]).join(', ')}.`}
            action={
              mayDecide ? (
                <>
                  <Button onClick={() => setAsking('report')}>Report</Button>
                  <Button onClick={() => setAsking('noReport')}>Do not report</Button>
                </>
              ) : undefined
            }
          />
        )}
      </AlertRow>
      <RefusalText>{acknowledge.refusal ? sentenceFor(acknowledge.refusal) : null}</RefusalText>
      <ConfirmDialog
        isOpen={asking === 'lift'}
        title="Lift the block"
        confirmText="Let the zones be treated"
        reasonLabel="Why they may be treated again"
        refusal={lift.refusal ? sentenceFor(lift.refusal) : null}
        isBusy={lift.isRunning}
        onCancel={() => setAsking(null)}
        onConfirm={(reason) => void lift.run({ ...whose, reason }).then((done) => done.ok && setAsking(null))}
      >
        The next session may go into these zones again.
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asking === 'report' || asking === 'noReport'}
        title={asking === 'report' ? 'Report to the FDA' : 'Do not report'}
        confirmText="Keep this decision"
        reasonLabel="Reason"
        refusal={report.refusal ? sentenceFor(report.refusal) : null}
        isBusy={report.isRunning}
        onCancel={() => setAsking(null)}
        onConfirm={(reason) =>
          void report.run({ ...whose, report: asking === 'report', reason }).then((done) => done.ok && setAsking(null))
        }
      >
        The decision and its reason stay with the record. The report itself is made outside this program.
      </ConfirmDialog>
    </>
  )
}

/** The one next step of its state. */
function Steps({
  opened,
  isPhysician,
  signsBy,
}: Deciding & { readonly isPhysician: boolean; readonly signsBy: 'PASSWORD' | 'PIN' }) {
  const { patientId, complicationId, version, state } = opened.complication
  const whose = { patientId, complicationId, version }
  const advance = useCommand('complication.advance')
  const close = useCommand('complication.close')
  const reopen = useCommand('complication.reopen')
  const [isClosing, setClosing] = useState(false)
  const [isReopening, setReopening] = useState(false)
  const to = state === 'OPEN' ? 'UNDER_REVIEW' : 'MONITORING'
  return (
    <>
      <RefusalText>{advance.refusal ? sentenceFor(advance.refusal) : null}</RefusalText>
      {(state === 'OPEN' || state === 'UNDER_REVIEW') && (
        <Button disabled={advance.isRunning} onClick={() => void advance.run({ ...whose, to })}>
          {state === 'OPEN' ? 'Take under review' : 'Go on monitoring'}
        </Button>
      )}
      {state === 'MONITORING' && <Button onClick={() => setClosing(true)}>Close</Button>}
      {state === 'CLOSED' && <Button onClick={() => setReopening(true)}>Reopen</Button>}
      <ReauthDialog
        isOpen={isClosing}
        title="Close the complication"
        method={signsBy}
        confirmText="Sign and close"
        refusal={close.refusal ? sentenceFor(close.refusal) : null}
        isBusy={close.isRunning}
        onCancel={() => setClosing(false)}
        onConfirm={(reauth) => void close.run({ ...whose, reauth }).then((done) => done.ok && setClosing(false))}
      >
        {isPhysician
          ? 'Your signature stands under the record as it is now. Its open checks are cancelled.'
          : 'Grade 1 may be closed by you. From grade 2 on a physician closes it.'}
      </ReauthDialog>
      <ConfirmDialog
        isOpen={isReopening}
        title="Reopen the complication"
        confirmText="Reopen"
        reasonLabel="What has come back"
        refusal={reopen.refusal ? sentenceFor(reopen.refusal) : null}
        isBusy={reopen.isRunning}
        onCancel={() => setReopening(false)}
        onConfirm={(reason) => void reopen.run({ ...whose, reason }).then((done) => done.ok && setReopening(false))}
      >
        What was found and signed before stays in the record. The zones are held anew.
      </ConfirmDialog>
    </>
  )
}
