import { useEffect, useRef, useState } from 'react'
import { useJob } from '../../app/use-job.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { ProgressJob } from '../../parts/ProgressJob.tsx'
import { importFailureSentence } from '../../refusals/patient-import.ts'
import { useRate } from './use-rate.ts'

type Running = NonNullable<Output<'patientImport.standing'>['running']>

const titles = {
  CHECKING: 'Checking the list once more',
  WRITING: 'Writing the patients',
  UNDOING: 'Undoing the import',
} as const

/** An import that is being written or undone, whoever started it. */
export function RunningImport({
  running,
  onEnd,
}: {
  readonly running: Running
  readonly onEnd: (isDone: boolean) => void
}) {
  const job = useJob(running.jobId)
  const cancel = useCommand('backup.cancelJob')
  const [isAsked, setAsked] = useState(false)
  const isOver = job !== null && job.kind !== 'RUNNING'
  const tell = useRef(onEnd)
  tell.current = onEnd
  const done = job?.kind === 'RUNNING' ? job.done : 0
  const phase = job?.kind === 'RUNNING' ? job.phase : ''
  const perSecond = useRate(done, phase)

  useEffect(() => {
    if (isOver) tell.current(job?.kind === 'DONE')
  }, [isOver, job?.kind])

  return (
    <ProgressJob
      title={titles[phase as keyof typeof titles] ?? (running.kind === 'UNDO' ? titles.UNDOING : titles.CHECKING)}
      unit={running.kind === 'UNDO' ? 'patient' : 'row'}
      state={
        job?.kind === 'FAILED' ? 'failed' : job?.kind === 'CANCELLED' ? 'cancelled' : isAsked ? 'cancelling' : 'running'
      }
      done={done}
      total={job?.kind === 'RUNNING' ? job.total : null}
      perSecond={perSecond}
      report={[]}
      {...(job?.kind === 'FAILED' && { failure: importFailureSentence(job.code) })}
      onCancel={() => {
        setAsked(true)
        void cancel.run({ jobId: running.jobId })
      }}
    />
  )
}
