import './ProgressJob.css'
import { Button, Progress } from '@mantine/core'
import { formatCount, formatPlural } from './format.ts'
import { StateGlyph } from './StateGlyph.tsx'

export type ProgressJobProps = {
  /** `Import of the patient list`. */
  readonly title: string
  /** What is counted: `row`, `record`. */
  readonly unit: string
  readonly state: 'running' | 'cancelling' | 'done' | 'cancelled' | 'failed'
  readonly done: number
  /** Null while nobody knows. */
  readonly total: number | null
  readonly perSecond: number | null
  /** What was done, what was skipped and why; shown once it is over. */
  readonly report: readonly { readonly label: string; readonly count: number; readonly why?: string }[]
  /** Why it failed and what that means for the record. */
  readonly failure?: string
  readonly onCancel: () => void
}

/** Long work in sight: count, rate, cancel, report. */
export function ProgressJob(props: ProgressJobProps) {
  const { title, unit, state, done, total, perSecond, report, failure, onCancel } = props
  const isOver = state !== 'running' && state !== 'cancelling'
  const percent = total === null || total === 0 ? 0 : Math.min(100, (done / total) * 100)
  return (
    <section className="progress-job" aria-label={title} data-state={state}>
      <header>
        <h2 className="title-14">{title}</h2>
        <span role="status">{stateText(props)}</span>
        {!isOver && (
          <Button size="xs" onClick={onCancel} disabled={state === 'cancelling'}>
            Cancel
          </Button>
        )}
      </header>
      {!isOver && (
        <>
          <Progress
            value={total === null ? 100 : percent}
            aria-label={title}
            size={6}
            radius={3}
            color="ink"
            data-unknown={total === null}
          />
          <p className="progress-job__count figures">
            {total === null
              ? formatPlural(done, unit)
              : `${formatCount(done)} of ${formatPlural(total, unit)}, ${Math.floor(percent)} %`}
            {perSecond !== null && <span>{formatCount(Math.round(perSecond))} a second</span>}
          </p>
        </>
      )}
      {failure !== undefined && state === 'failed' && <p className="progress-job__failure">{failure}</p>}
      {isOver && report.length > 0 && (
        <dl>
          {report.map((line) => (
            <div key={line.label}>
              <dt>{line.label}</dt>
              <dd className="figures">{formatCount(line.count)}</dd>
              <dd className="progress-job__why">{line.why}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

function stateText({ state, done, unit }: ProgressJobProps) {
  switch (state) {
    case 'running':
      return null
    case 'cancelling':
      return 'Stopping after this step'
    case 'done':
      return (
        <>
          <StateGlyph state="checked" label={null} /> Done
        </>
      )
    case 'cancelled':
      return `Cancelled after ${formatPlural(done, unit)}`
    case 'failed':
      return (
        <>
          <StateGlyph state="overLimit" label={null} /> Stopped
        </>
      )
  }
}
