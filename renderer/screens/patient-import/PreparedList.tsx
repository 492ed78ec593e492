import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { ImportField } from '../../../shared/domain/patient-import-columns.ts'
import type { ColumnDateShape } from '../../../shared/domain/patient-import-dates.ts'
import { useJob } from '../../app/use-job.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatPlural } from '../../parts/format.ts'
import { ProgressJob } from '../../parts/ProgressJob.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { importFailureSentence } from '../../refusals/patient-import.ts'
import { ColumnsCard } from './ColumnsCard.tsx'
import { DatesCard } from './DatesCard.tsx'
import { problemWords } from './import-words.ts'
import { PreviewTable } from './PreviewTable.tsx'
import { useRate } from './use-rate.ts'

type Preparation = NonNullable<Output<'patientImport.standing'>['preparation']>
type Preview = Output<'patientImport.preview'>

/** A list that was read and not yet imported: its columns, its dates, each row's verdict. */
export function PreparedList({ preparation }: { readonly preparation: Preparation }) {
  const { previewId, jobId, isReady } = preparation
  const shown = useQuery('patientImport.preview', { previewId }, { isEnabled: isReady, keepPrevious: true })
  const replan = useCommand('patientImport.replan')
  const commit = useCommand('patientImport.commit')
  const discard = useCommand('patientImport.discard')
  const lastJob = useRef(jobId)
  if (jobId !== null) lastJob.current = jobId
  const job = useJob(lastJob.current)
  const preview = isReady ? shown.value : undefined
  const isReading = jobId !== null
  const isSlow = useSlow(isReading)
  const failure = job?.kind === 'FAILED' ? importFailureSentence(job.code) : null
  const refusal = replan.refusal ?? commit.refusal ?? discard.refusal ?? shown.refusal

  function readAgain(mapping: readonly (ImportField | null)[], dateShape: ColumnDateShape | null) {
    commit.reset()
    void replan.run({ previewId, mapping: [...mapping], dateShape })
  }

  return (
    <div className="import-prepared">
      {isReading && (isSlow || !preview) && <ReadingProgress jobId={jobId} />}
      {job?.kind === 'CANCELLED' && !isReading && <p role="status">The reading was cancelled. Nothing was imported.</p>}
      <RefusalText>{failure ?? (refusal ? sentenceFor(refusal) : null)}</RefusalText>
      {preview && (
        <>
          {preview.problem !== null && <RefusalText>{problemWords[preview.problem]}</RefusalText>}
          <div className="import-prepared__columns">
            <ColumnsCard
              key={preview.columns.map((column) => column.field).join()}
              columns={preview.columns}
              isBusy={isReading}
              onChange={(mapping) => readAgain(mapping, null)}
            />
            <div className="import-prepared__side">
              {preview.dates && preview.columns.some((column) => column.field === 'bornOn') && (
                <DatesCard
                  dates={preview.dates}
                  isBusy={isReading}
                  onChange={(shape) =>
                    readAgain(
                      preview.columns.map((column) => column.field),
                      shape,
                    )
                  }
                />
              )}
            </div>
          </div>
          {preview.counts && <PreviewTable previewId={previewId} counts={preview.counts} />}
        </>
      )}
      <footer className="import-foot">
        <p className="text-2">{preview?.counts ? footText(preview.counts) : ''}</p>
        <div className="import-foot__actions">
          <Button disabled={discard.isRunning} onClick={() => void discard.run({ previewId })}>
            Do not import
          </Button>
          <Button
            variant="filled"
            disabled={!preview?.counts || isReading || commit.isRunning || importable(preview.counts) === 0}
            onClick={() => void commit.run({ previewId })}
          >
            {preview?.counts ? `Import ${formatPlural(preview.counts.NEW, 'patient')}` : 'Import'}
          </Button>
        </div>
      </footer>
    </div>
  )
}

const slowMs = 400

/** True once something has gone on for a moment: what is over at once leaves the page as it is. */
function useSlow(isGoingOn: boolean): boolean {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    if (!isGoingOn) return setSlow(false)
    const timer = setTimeout(() => setSlow(true), slowMs)
    return () => clearTimeout(timer)
  }, [isGoingOn])
  return isSlow
}

type Counts = NonNullable<Preview['counts']>

function importable(counts: Counts): number {
  return counts.NEW + counts.REVIEW
}

function footText({ REVIEW, REFUSED }: Counts): string {
  const parts = [
    REVIEW > 0 ? `${formatPlural(REVIEW, 'row')} will be held for you to decide` : null,
    REFUSED > 0 ? `${formatPlural(REFUSED, 'row')} cannot be imported` : null,
    'The whole import can be undone.',
  ].filter(Boolean)
  return parts.join('. ').replace('..', '.')
}

function ReadingProgress({ jobId }: { readonly jobId: string }) {
  const job = useJob(jobId)
  const cancel = useCommand('backup.cancelJob')
  const [isAsked, setAsked] = useState(false)
  const done = job?.kind === 'RUNNING' ? job.done : 0
  const perSecond = useRate(done, jobId)
  return (
    <ProgressJob
      title="Reading the list"
      unit="row"
      state={isAsked ? 'cancelling' : 'running'}
      done={done}
      total={job?.kind === 'RUNNING' ? job.total : null}
      perSecond={perSecond}
      report={[]}
      onCancel={() => {
        setAsked(true)
        void cancel.run({ jobId })
      }}
    />
  )
}
