import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatCount, formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { restoreFailureSentence } from '../../refusals/restore.ts'
import { useJob } from '../use-job.ts'
import { phaseText } from './phase-words.ts'

type Proven = Output<'backup.state'>['proven']

/** The last time a backup was really restored, into a place of its own. */
export function ProofCard({
  proven,
  timeZone,
  onRestore,
}: {
  readonly proven: Proven
  readonly timeZone: string
  readonly onRestore: () => void
}) {
  const [jobId, setJobId] = useState<string | null>(null)
  const prove = useCommand('backup.proveRestore')
  const job = useJob(jobId)
  const isRunning = prove.isRunning || job?.kind === 'RUNNING'

  async function start() {
    const reply = await prove.run({})
    if (reply.ok) setJobId(reply.value.jobId)
  }

  return (
    <SectionCard title="Restore" aside={<ProofTag proven={proven} />}>
      <div className="backup-part">
        <p className="text-2">
          Once in thirty days the newest backup is restored into a place of its own and proved: counts, the whole audit,
          signatures, files. Then that place is cleared again.
        </p>
        {proven?.failure && (
          <p role="status">
            <strong>The proof of {formatDateTime(proven.failure.at, timeZone)} failed.</strong>{' '}
            {restoreFailureSentence(proven.failure.code)}
          </p>
        )}
        {proven?.at && (
          <FactList
            labelWidth={140}
            facts={[
              { label: 'Last proven', value: formatDateTime(proven.at, timeZone) },
              { label: 'Patients', value: formatCount(proven.patients) },
              { label: 'Audit rows', value: formatCount(proven.auditRows) },
              { label: 'Signatures re-hashed', value: formatCount(proven.signaturesChecked) },
            ]}
          />
        )}
        <RefusalText>{prove.refusal ? sentenceFor(prove.refusal) : null}</RefusalText>
        <div className="backup-part__foot">
          <span className="text-12 text-3" role="status">
            {job?.kind === 'RUNNING' && phaseText(job.phase)}
          </span>
          <Button disabled={isRunning} onClick={() => void start()}>
            Prove a restore now
          </Button>
          <Button onClick={onRestore}>Restore from a copy</Button>
        </div>
      </div>
    </SectionCard>
  )
}

function ProofTag({ proven }: { readonly proven: Proven }) {
  if (proven?.failure) return <StateTag state="overLimit">Failed</StateTag>
  if (!proven?.at) return <StateTag state="missing">Not yet proven</StateTag>
  return <StateTag state="checked">Proven</StateTag>
}
