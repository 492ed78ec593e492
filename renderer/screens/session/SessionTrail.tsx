import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { useCommand } from '../../client/use-command.ts'
import { formatPlural, formatTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { StepTrail, type TrailStep } from '../../parts/StepTrail.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { type SessionWork, useSessionWork } from './desk-context.ts'
import { failurePart } from './failure-part.ts'
import { fieldPlace, leftToDo, type SessionPart } from './field-names.ts'
import { SessionTimers } from './SessionTimers.tsx'
import { SubmitDialog } from './SubmitDialog.tsx'
import { submitWords } from './submit-words.ts'
import type { Saving } from './use-session-draft.ts'
import { isRowDone, workRows } from './zone-rows.ts'

/** Where the visit stands, what is left, the one next step, and the parts of the desk. */
export function SessionTrail({ saving }: { readonly saving: Saving }) {
  const work = useSessionWork()
  const [isSubmitting, setSubmitting] = useState(false)
  return (
    <>
      <StepTrail
        label="This visit"
        steps={stepsOf(work)}
        aside={work.isStarted ? <LogAside /> : <GateAside />}
        action={
          work.isStarted ? (
            <Button variant="filled" disabled={work.matters.length > 0} onClick={() => setSubmitting(true)}>
              {submitWords(work)}
            </Button>
          ) : (
            <StartButton />
          )
        }
      />
      <div className="session-bar" data-started={work.isStarted}>
        <PartTabs saving={saving} />
        <SessionTimers />
      </div>
      {isSubmitting && <SubmitDialog onClose={() => setSubmitting(false)} />}
    </>
  )
}

function stepsOf({ opened, draft, failures, check, matters, isStarted, clinic }: SessionWork): readonly TrailStep[] {
  const rows = workRows(draft, true)
  const done = rows.filter((_row, index) => isRowDone(`zoneRows[${index}]`, check.missing)).length
  const isBlocked = (starts: readonly string[]) =>
    failures.some(({ code }) => starts.some((start) => code.startsWith(start)))
  const startedAt = draft.startedAt ?? null
  return [
    { name: 'Screening', state: isBlocked(['SCREENING', 'CLEARANCE']) ? 'blocked' : 'done' },
    { name: 'Consent', state: isBlocked(['CONSENT', 'STILL_AGREES']) ? 'blocked' : 'done' },
    isStarted
      ? {
          name: opened.session.recordOnly ? 'Recorded' : 'Started',
          state: 'done',
          ...(startedAt === null ? {} : { detail: formatTime(startedAt, clinic.timeZone) }),
        }
      : { name: 'Start', state: 'now' },
    isStarted
      ? { name: 'Log', state: matters.length === 0 ? 'done' : 'now', detail: `zones ${done} of ${rows.length}` }
      : { name: 'Log', state: 'toCome' },
    { name: 'Submit', state: isStarted && matters.length === 0 ? 'now' : 'toCome' },
  ]
}

function LogAside() {
  const { draft, check, matters, jumpTo, showPart } = useSessionWork()
  // A narrow window has room for one name and the number of the others.
  const isWide = useMediaQuery('(min-width: 1500px)', true)
  const left = leftToDo(check.missing, draft, isWide ? 2 : 1)
  const [firstMissing] = check.missing
  return (
    <>
      {firstMissing !== undefined ? (
        <button type="button" className="session-link" onClick={() => jumpTo(firstMissing)}>
          Left to do: {left.join(', ')}
        </button>
      ) : (
        matters.length > 0 && (
          <button type="button" className="session-link" onClick={() => showPart('review')}>
            {formatPlural(matters.length, 'reason or value', 'reasons or values')} to settle
          </button>
        )
      )}
    </>
  )
}

function GateAside() {
  const { failures, showPart } = useSessionWork()
  if (failures.length === 0) return <span className="state-line">Everything the gate asks for is there</span>
  return (
    <button type="button" className="session-link" onClick={() => showPart('review')}>
      {formatPlural(failures.length, 'condition')} to settle before the start
    </button>
  )
}

function StartButton() {
  const { opened, failures, flush } = useSessionWork()
  const { run, isRunning, refusal } = useCommand('session.start')
  const { patientId, sessionId } = opened.session

  async function start() {
    const draftVersion = await flush()
    if (draftVersion !== null) await run({ patientId, sessionId, draftVersion })
  }

  return (
    <>
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      <Button variant="filled" disabled={failures.length > 0 || isRunning} onClick={() => void start()}>
        Start the session
      </Button>
    </>
  )
}

const partNames: Readonly<Record<SessionPart, string>> = {
  zones: 'Zones',
  before: 'Before',
  products: 'Numbing and products',
  after: 'Afterwards',
  review: 'Check',
}

const savingWords: Readonly<Record<Saving, string>> = { saved: 'Draft saved', saving: 'Saving', unsaved: 'Saving' }

function PartTabs({ saving }: { readonly saving: Saving }) {
  const work = useSessionWork()
  const { part, showPart, isStarted } = work
  const parts: readonly SessionPart[] = isStarted
    ? ['before', 'products', 'zones', 'after', 'review']
    : ['zones', 'before', 'products', 'review']
  return (
    <nav className="session-tabs" aria-label="Parts of the session">
      {parts.map((one) => {
        const open = openIn(work, one)
        return (
          <button
            key={one}
            type="button"
            aria-current={one === part ? 'true' : undefined}
            onClick={() => showPart(one)}
          >
            {one === 'review' && !isStarted ? 'Start gate' : partNames[one]}
            {open > 0 && (
              <span className="session-tabs__open">
                {open}
                <span className="visually-hidden"> open</span>
              </span>
            )}
          </button>
        )
      })}
      <StopButton />
      <span className="session-tabs__saved" role="status">
        {savingWords[saving]}
      </span>
    </nav>
  )
}

/** In reach from every part: the needling ends now, and the record asks why. */
function StopButton() {
  const { draft, set, isStarted, clinic, jumpTo } = useSessionWork()
  if (!isStarted || draft.endedAt || draft.recordOnly === true) return null
  return (
    <Button
      size="sm"
      color="red"
      onClick={() => {
        set({ endedAt: clinic.now, endedEarly: true })
        jumpTo('endedEarlyReason')
      }}
    >
      Stop now
    </Button>
  )
}

/** What is open in a part: failed conditions before the start, then whatever refuses the submission. */
function openIn({ isStarted, failures, check, matters, draft }: SessionWork, part: SessionPart): number {
  if (!isStarted)
    return part === 'review' ? failures.length : failures.filter(({ code }) => failurePart(code) === part).length
  const refused = matters.filter(({ sentence }) => sentence !== null).map(({ path }) => path)
  const paths = [...check.missing, ...refused]
  return new Set(paths.filter((path) => fieldPlace(path, draft).part === part)).size
}
