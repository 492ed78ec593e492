import './CopyMaker.css'
import { Button, TextInput } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { useState } from 'react'
import { client } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { FactList } from '../../parts/FactList.tsx'
import { FormArea } from '../../parts/FormArea.tsx'
import { formatCount, formatHash } from '../../parts/format.ts'
import { ProgressJob } from '../../parts/ProgressJob.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { copyFailureSentence } from '../../refusals/backup.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { useClinic } from '../use-clinic.ts'
import { useJob } from '../use-job.ts'

/** Chooses a folder, makes a verified copy in it, and says what was checked. */
export function CopyMaker({ isNested = false }: { readonly isNested?: boolean }) {
  const { value: state } = useQuery('backup.state', {})
  const [typedFolder, setTypedFolder] = useState<string | null>(null)
  const canChoose = useClinic()?.hasSystemDialogs ?? false
  const make = useCommand('backup.makeCopy')
  const cancel = useCommand('backup.cancelJob')
  const [ownJobId, setOwnJobId] = useState<string | null>(null)
  // A copy that was started before this screen opened is in sight as well.
  const jobId = ownJobId ?? state?.runningJobId ?? null
  const job = useJob(jobId)
  const folder = typedFolder ?? parentFolder(state?.last?.folder ?? '')
  const isRunning = job?.kind === 'RUNNING'

  async function chooseFolder() {
    const reply = await client.call('backup.chooseFolder', {}).catch(() => null)
    if (reply?.ok && reply.value.folder !== null) setTypedFolder(reply.value.folder)
  }

  async function makeCopy() {
    if (folder.trim() === '' || isRunning || make.isRunning) return
    cancel.reset()
    const reply = await make.run({ folder: folder.trim() })
    if (reply.ok) setOwnJobId(reply.value.jobId)
  }

  return (
    <div className="copy-maker">
      <FormArea className="copy-maker" isNested={isNested} onSubmit={() => void makeCopy()}>
        <div className="copy-maker__folder">
          <TextInput
            label="Folder for the copy"
            description={
              canChoose
                ? 'Best on another disk or a stick; the copy gets a folder of its own inside'
                : 'Type its whole path, e.g. /media/stick/copies; the copy gets a folder of its own inside'
            }
            autoComplete="off"
            spellCheck={false}
            maxLength={1000}
            value={folder}
            onChange={(event) => setTypedFolder(event.currentTarget.value)}
          />
          {canChoose && (
            <Button
              leftSection={<IconFolder size={15} stroke={1.7} aria-hidden="true" />}
              onClick={() => void chooseFolder()}
            >
              Choose
            </Button>
          )}
        </div>
        <RefusalText>{make.refusal ? sentenceFor(make.refusal) : null}</RefusalText>
        <div className="copy-maker__foot">
          <Button
            variant={isNested ? 'default' : 'filled'}
            disabled={folder.trim() === '' || isRunning || make.isRunning}
            {...(isNested ? { onClick: () => void makeCopy() } : { type: 'submit' })}
          >
            Make a verified copy now
          </Button>
        </div>
      </FormArea>
      {job && job.kind !== 'UNKNOWN' && (
        <ProgressJob
          title="Verified copy"
          unit="page"
          {...progressOf(job, cancel.isRunning)}
          onCancel={() => jobId !== null && void cancel.run({ jobId })}
        />
      )}
      {job?.kind === 'DONE' && job.report?.of === 'COPY' && (
        <FactList
          labelWidth={120}
          facts={[
            { label: 'Folder', value: <span className="mono">{job.report.folder}</span> },
            { label: 'Hash', value: <span className="mono">{formatHash(job.report.sha256)}</span> },
          ]}
        />
      )}
    </div>
  )
}

type Job = NonNullable<ReturnType<typeof useJob>>

function progressOf(job: Exclude<Job, { kind: 'UNKNOWN' }>, isCancelling: boolean) {
  const none = { done: 0, total: null, perSecond: null, report: [] }
  switch (job.kind) {
    case 'RUNNING':
      return { ...none, state: isCancelling ? ('cancelling' as const) : ('running' as const) }
    case 'DONE':
      return { ...none, state: 'done' as const, report: job.report?.of === 'COPY' ? reportLines(job.report) : [] }
    case 'CANCELLED':
      return { ...none, state: 'cancelled' as const }
    case 'FAILED':
      return { ...none, state: 'failed' as const, failure: copyFailureSentence(job.code) }
  }
}

/** What was opened and counted in the copy itself, not in the records it was made from. */
export function reportLines(report: {
  readonly bytes: number
  readonly patients: number
  readonly auditRows: number
  readonly files: number
  readonly linkedFiles: number
}) {
  return [
    { label: 'Patients in the copy', count: report.patients, why: 'counted in the copy after it was opened again' },
    { label: 'Audit rows in the copy', count: report.auditRows, why: 'every page and every reference checked' },
    {
      label: 'Kilobytes',
      count: Math.round(report.bytes / 1024),
      why: `${formatCount(report.bytes)} bytes, synced to disk`,
    },
    {
      label: 'Photos and documents',
      count: report.files,
      why: `${formatCount(report.linkedFiles)} of them kept from the copy before, after they were read again`,
    },
  ]
}

/** The folder that was chosen last time: the copy's own lies inside it. */
function parentFolder(copyFolder: string): string {
  return copyFolder.replace(/[\\/][^\\/]*$/, '')
}
