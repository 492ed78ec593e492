import './audit.css'
import { useState } from 'react'
import { useJob } from '../../app/use-job.ts'
import { useCommand } from '../../client/use-command.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { formatCount, formatHash, formatPlural } from '../../parts/format.ts'
import { ProgressJob } from '../../parts/ProgressJob.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type Report = NonNullable<Extract<NonNullable<ReturnType<typeof useJob>>, { kind: 'DONE' }>['report']>
type ChainReport = Extract<Report, { of: 'AUDIT_CHAIN' }>

/** Follows every row of the audit from the first one, in the background. */
export function useChainCheck() {
  const verify = useCommand('audit.verify')
  const cancel = useCommand('backup.cancelJob')
  const [jobId, setJobId] = useState<string | null>(null)
  const job = useJob(jobId)

  async function start() {
    cancel.reset()
    const reply = await verify.run({})
    if (reply.ok) setJobId(reply.value.jobId)
  }

  return {
    job,
    isRunning: job?.kind === 'RUNNING' || verify.isRunning,
    isCancelling: cancel.isRunning,
    refusal: verify.refusal ? sentenceFor(verify.refusal) : null,
    start: () => void start(),
    cancel: () => {
      if (jobId !== null) void cancel.run({ jobId })
    },
  }
}

/** Says in words whether all rows fit, or how far the check is; nothing before the first check. */
export function ChainResult({ check }: { readonly check: ReturnType<typeof useChainCheck> }) {
  const { job, refusal } = check
  if (refusal !== null) return <RefusalText>{refusal}</RefusalText>
  if (job?.kind === 'RUNNING')
    return (
      <ProgressJob
        title="Chain check"
        unit="row"
        state={check.isCancelling ? 'cancelling' : 'running'}
        done={job.done}
        total={job.total}
        perSecond={null}
        report={[]}
        onCancel={check.cancel}
      />
    )
  return (
    <div role="status">
      {job?.kind === 'CANCELLED' && <p>The check was stopped before its end. It says nothing about the rows.</p>}
      {job?.kind === 'FAILED' && (
        <p>The check did not come to its end ({job.code}). It says nothing about the rows; try it again.</p>
      )}
      {job?.kind === 'DONE' && job.report?.of === 'AUDIT_CHAIN' && <Verdict report={job.report} />}
    </div>
  )
}

export const faultTexts = {
  GAP: 'is missing, although a later row is there',
  HASH: 'or the one before it was changed after it was written',
  END: 'was there when the end of the audit was last noted outside the records, and is not there now',
  MAC: 'was not written by this clinic’s program: somebody made the chain anew',
} as const

function Verdict({ report }: { readonly report: ChainReport }) {
  if (report.state === 'INTACT')
    return (
      <AlertCard
        state="checked"
        tone="green"
        title={`All ${formatPlural(report.rows, 'row')} fit together`}
        sentence={
          <>
            Each row carries the hash of the one before: nothing was changed, removed or put in between. Head of the
            chain: <span className="mono">{formatHash(report.head)}</span>. Their end is noted outside the records each
            minute, so that rows cut off show as well.
          </>
        }
      />
    )
  return (
    <AlertCard
      state="overLimit"
      tone="red"
      title={`Row ${formatCount(report.firstBadSeq)} ${faultTexts[report.fault]}`}
      sentence={`The ${formatPlural(report.rows, 'row')} before it fit together. Somebody worked on the records without this program: keep the records as they are, make a copy, and compare it with an older verified copy.`}
    />
  )
}
