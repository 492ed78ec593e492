import { Button } from '@mantine/core'
import { useState } from 'react'
import { blocksZones } from '../../../shared/domain/complication.ts'
import { minutesBetween } from '../../../shared/kernel/time.ts'
import { mayDo } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { AlertCard, AlertRow } from '../../parts/AlertCard.tsx'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { reportPromptWords } from '../../parts/complication-words.ts'
import { formatElapsed, formatTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import type { ReportProps } from './NewReport.tsx'

type Deciding = { readonly opened: Output<'complication.open'> }

/** The deputies of those who were told and are away; any physician where nobody named one. */
function whoIsAsked(deputies: Deciding['opened']['deputies']): string {
  const named = deputies.map(({ printedName, standsInFor }) => `${printedName} (for ${standsInFor}, who is away)`)
  return named.length === 0 ? 'any physician' : `${named.join(', ')} or any other physician`
}

/** What a physician must know or decide: the acknowledgement, the block, the report. */
export function Notices({ opened, clinic, person }: Deciding & Pick<ReportProps, 'clinic' | 'person'>) {
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
                ? `Waits since ${formatTime(body.physicianNotices[0]?.at ?? clinic.now, clinic.timeZone)}. From ${formatTime(acknowledgement.escalateAt, clinic.timeZone)} on ${whoIsAsked(opened.deputies)} is asked.`
                : acknowledgement.kind === 'ESCALATED'
                  ? `Overdue by ${formatElapsed(minutesBetween(acknowledgement.since, clinic.now))}: ${whoIsAsked(opened.deputies)} acknowledges it now.`
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
            sentence={
              opened.holdsSeries
                ? 'Until a physician lifts it. The course of treatment is on hold.'
                : 'Until a physician lifts it.'
            }
            action={mayDecide ? <Button onClick={() => setAsking('lift')}>Lift the block</Button> : undefined}
          />
        )}
        {block.kind === 'NONE' && opened.holdsSeries && (
          <AlertCard
            state="blocked"
            tone="amber"
            title="The course of treatment is on hold"
            sentence="Until a physician decides about the course, or the complication is closed."
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
        The decision and its reason stay with the record. The report itself is made outside this program; its data are
        printed below.
      </ConfirmDialog>
    </>
  )
}
