import { Button } from '@mantine/core'
import { dwellPhase, type TimePhase } from '../../../shared/domain/session-anaesthetic.ts'
import { needlingPhase } from '../../../shared/domain/session-check.ts'
import { type Instant, minutesBetween } from '../../../shared/kernel/time.ts'
import { formatTime } from '../../parts/format.ts'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { useSessionWork } from './desk-context.ts'
import { settingsOf, workRows } from './zone-rows.ts'

/**
 * Numbing and needling, each started and ended by one press from any part of the desk. They are times in the draft and
 * nothing else, so a lock, a reload or a restart finds them running on.
 */
export function SessionTimers() {
  return (
    <div className="session-timers">
      <NumbingTimer />
      <NeedlingTimer />
    </div>
  )
}

function NumbingTimer() {
  const { draft, change, clinic, desk, isStarted } = useSessionWork()
  const { anaesthetic } = draft
  const settings = settingsOf(desk)
  const isOn = anaesthetic?.kind === 'APPLIED' && !!anaesthetic.onAt
  if (!isOn) {
    // Once needling has begun, or where no cream is used, there is nothing to start.
    if (isStarted || anaesthetic?.kind === 'NONE') return null
    return (
      <Button size="sm" onClick={() => change((before) => startNumbing(before, clinic.now))}>
        Numbing on now
      </Button>
    )
  }
  const { onAt, offAt } = anaesthetic
  const minutes = minutesFrom(onAt, offAt ?? clinic.now)
  const phase = dwellPhase(minutes, settings)
  return (
    <>
      <TimerText
        name="Numbing"
        minutes={minutes}
        phase={phase}
        note={
          offAt
            ? isStarted
              ? ''
              : `off ${formatTime(offAt, clinic.timeZone)}`
            : phase === 'LONG'
              ? `over ${settings.dwellWarnOverMin} min: take it off`
              : phase === 'SHORT'
                ? `usual from ${settings.dwellWarnUnderMin} min`
                : `usual to ${settings.dwellWarnOverMin} min`
        }
        isRunning={!offAt}
        spoken={
          offAt
            ? `Numbing taken off after ${minutes} minutes.`
            : phase === 'LONG'
              ? `The numbing cream has been on for more than ${settings.dwellWarnOverMin} minutes. Take it off.`
              : phase === 'USUAL'
                ? `The numbing cream has been on for ${settings.dwellWarnUnderMin} minutes.`
                : 'The numbing cream is on.'
        }
      />
      {!offAt && (
        <Button
          size="sm"
          onClick={() => change((before) => ({ ...before, anaesthetic: { ...before.anaesthetic, offAt: clinic.now } }))}
        >
          Numbing off now
        </Button>
      )}
    </>
  )
}

type Draft = ReturnType<typeof useSessionWork>['draft']

/** On the zones that are planned, where nobody has said anything else. */
function startNumbing(draft: Draft, now: Instant): Draft {
  const planned = workRows(draft, false).flatMap(({ zone, side }) => (zone && side ? [{ zone, side }] : []))
  const { anaesthetic } = draft
  const area = anaesthetic?.area && anaesthetic.area.length > 0 ? anaesthetic.area : planned
  return { ...draft, anaesthetic: { ...anaesthetic, kind: 'APPLIED', onAt: now, offAt: null, area } }
}

function NeedlingTimer() {
  const { draft, set, clinic, desk, isStarted } = useSessionWork()
  const { startedAt, endedAt } = draft
  if (!isStarted || !startedAt) return null
  const minutes = minutesFrom(startedAt, endedAt ?? clinic.now)
  const settings = settingsOf(desk)
  const phase = needlingPhase(minutes, settings)
  return (
    <>
      <TimerText
        name="Needling"
        minutes={minutes}
        // While it runs, short is no news.
        phase={endedAt || phase === 'LONG' ? phase : 'USUAL'}
        note={
          endedAt
            ? `ended ${formatTime(endedAt, clinic.timeZone)}`
            : phase === 'LONG'
              ? `over ${settings.needlingWarnOverMin} min`
              : ''
        }
        isRunning={!endedAt}
        spoken={
          endedAt
            ? `Needling ended after ${minutes} minutes.`
            : phase === 'LONG'
              ? `The needling has taken more than ${settings.needlingWarnOverMin} minutes.`
              : 'The needling is running.'
        }
      />
      {draft.recordOnly === true ? null : endedAt ? (
        <Button size="sm" variant="subtle" onClick={() => set({ endedAt: null })}>
          Still needling
        </Button>
      ) : (
        <Button size="sm" onClick={() => set({ endedAt: clinic.now })}>
          Needling ended
        </Button>
      )}
    </>
  )
}

type TimerTextProps = {
  readonly name: string
  readonly minutes: number
  readonly phase: TimePhase
  readonly note: string
  readonly isRunning: boolean
  /** Said once when it changes, never minute by minute. */
  readonly spoken: string
}

function TimerText({ name, minutes, phase, note, isRunning, spoken }: TimerTextProps) {
  const isUnusual = phase === 'LONG' || (phase === 'SHORT' && !isRunning)
  return (
    <span className="session-timer" data-phase={isUnusual ? phase : 'USUAL'} data-running={isRunning}>
      {isUnusual && <StateGlyph state="missing" label={null} size={14} />}
      {name} <strong>{minutes} min</strong>
      {note !== '' && <span>{note}</span>}
      <span className="visually-hidden" role="status">
        {spoken}
      </span>
    </span>
  )
}

function minutesFrom(from: Instant | null | undefined, until: Instant): number {
  return from ? Math.max(0, Math.floor(minutesBetween(from, until))) : 0
}
