import './backup.css'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { restoreFailureSentence } from '../../refusals/restore.ts'
import { useClinic } from '../use-clinic.ts'
import { useJob } from '../use-job.ts'
import { CopyList } from './CopyList.tsx'
import { LostPreview } from './LostPreview.tsx'
import { phaseText } from './phase-words.ts'

/** Choose a copy, have it proved, see what would be lost, then replace the records. */
export function RestorePart({ onBack }: { readonly onBack: () => void }) {
  const clinic = useClinic()
  const [typedFolder, setTypedFolder] = useState('')
  const [folder, setFolder] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [jobId, setJobId] = useState<string | null>(null)
  const list = useQuery('restore.list', { folder }, { dependsOn: ['backup'], keepPrevious: true })
  const check = useCommand('restore.check')
  const job = useJob(jobId)
  if (!clinic) return null
  const copies = list.value?.copies ?? []
  const copy = chosen ?? copies[0]?.folder ?? null
  const isChecking = check.isRunning || job?.kind === 'RUNNING'

  async function start() {
    if (copy === null || isChecking) return
    // The copy that is made of the records as they are becomes the newest in the list.
    setChosen(copy)
    setJobId(null)
    const reply = await check.run({ folder: copy })
    if (reply.ok) setJobId(reply.value.jobId)
  }

  return (
    <div className="clinic-columns">
      <SectionCard title="Restore from a copy">
        <div className="backup-part">
          <form
            className="backup-part__folder"
            onSubmit={(event) => {
              event.preventDefault()
              setFolder(typedFolder.trim() === '' ? null : typedFolder.trim())
            }}
          >
            <TextInput
              label="Look in another folder as well"
              description="Its whole path; the usual places are looked at in any case"
              autoComplete="off"
              spellCheck={false}
              maxLength={1000}
              value={typedFolder}
              onChange={(event) => setTypedFolder(event.currentTarget.value)}
            />
            <Button type="submit">Look there</Button>
          </form>
          <RefusalText>{list.refusal ? sentenceFor(list.refusal) : null}</RefusalText>
          {list.value && copies.length === 0 && <EmptyState sentence="There is no copy in these places yet." />}
          {copies.length > 0 && (
            <CopyList
              copies={copies}
              timeZone={clinic.timeZone}
              chosen={copy}
              onChoose={(next) => {
                setChosen(next)
                setJobId(null)
                check.reset()
              }}
            />
          )}
          <RefusalText>{check.refusal ? sentenceFor(check.refusal) : null}</RefusalText>
          <RefusalText>{job?.kind === 'FAILED' ? restoreFailureSentence(job.code) : null}</RefusalText>
          <div className="backup-part__foot">
            <span className="text-12 text-3" role="status">
              {job?.kind === 'RUNNING' && phaseText(job.phase)}
            </span>
            <Button onClick={onBack} disabled={isChecking}>
              Back to the copies
            </Button>
            <Button variant="filled" disabled={copy === null || isChecking} onClick={() => void start()}>
              Check this copy
            </Button>
          </div>
        </div>
      </SectionCard>
      <div className="clinic-part">
        {job?.kind === 'DONE' ? (
          <LostPreview timeZone={clinic.timeZone} />
        ) : (
          <SectionCard title="What a restore does">
            <p className="text-2">
              The copy is taken beside the records and proved there: every page, every reference, the whole audit,
              signatures, photos and documents. Then this page says what would be lost, and only your password replaces
              the records. Those of today are kept beside the restored ones, and one click brings them back. Everybody
              signs in again.
            </p>
          </SectionCard>
        )}
      </div>
    </div>
  )
}
