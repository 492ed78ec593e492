import { useEffect, useRef, useState } from 'react'
import { onAppEvent } from '../client/ClientProvider.tsx'
import type { Output } from '../client/client.ts'
import { useQuery } from '../client/use-query.ts'

export type JobView = Output<'backup.job'>

const ends = ['DONE', 'CANCELLED', 'FAILED']

/** Long work by its id, as it goes on; null while no id is given or nothing has arrived. */
export function useJob(jobId: string | null): JobView | null {
  const { value, refetch } = useQuery('backup.job', { jobId: jobId ?? unusedId }, { isEnabled: jobId !== null })
  const [progress, setProgress] = useState<(JobView & { kind: 'RUNNING' }) | null>(null)

  const ask = useRef(refetch)
  ask.current = refetch

  // Main pushes progress; only the end, which carries the report, is asked for.
  useEffect(() => {
    setProgress(null)
    if (jobId === null) return
    return onAppEvent((event) => {
      if (event.type !== 'JOB' || event.jobId !== jobId) return
      if (ends.includes(event.phase)) ask.current()
      else setProgress({ kind: 'RUNNING', done: event.done, total: event.total, phase: event.phase })
    })
  }, [jobId])

  if (jobId === null || !value) return null
  return value.kind === 'RUNNING' && progress !== null ? progress : value
}

/** Never sent: the question is switched off while there is no id. */
const unusedId = '00000000-0000-4000-8000-000000000000'
