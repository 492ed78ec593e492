import { IconAlertTriangle, IconCheck, IconDatabase, IconRefresh, IconShield } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type CalendarDate, dateInZone, type Instant } from '../../shared/kernel/time.ts'
import { formatDate, formatDateTime, formatTime, formatTimeWithSeconds } from '../parts/format.ts'
import { KeyHint } from '../parts/KeyHint.tsx'

export type SaveState =
  | { readonly state: 'saved'; readonly at: Instant }
  | { readonly state: 'nothingToSave' }
  | { readonly state: 'saving' }
  | { readonly state: 'failed'; readonly sentence: string }

export type BackupState =
  | { readonly state: 'done'; readonly at: Instant; readonly where: string }
  | { readonly state: 'late'; readonly at: Instant }
  | { readonly state: 'failed'; readonly at: Instant }
  /** The newest is fresh, but the second disk has none of the last two days. */
  | { readonly state: 'secondLate'; readonly at: Instant }
  | { readonly state: 'never' }

export type RestoreState =
  | { readonly state: 'proven'; readonly on: CalendarDate }
  | { readonly state: 'notYetProven' }
  | { readonly state: 'failed' }

export type StatusLineProps = {
  readonly now: Instant
  readonly timeZone: string
  readonly saved: SaveState
  readonly backup: BackupState
  readonly restore: RestoreState
  readonly onShowKeys: () => void
}

/** What is safe, always in sight and quiet. */
export function StatusLine({ now, timeZone, saved, backup, restore, onShowKeys }: StatusLineProps) {
  return (
    <footer className="status-line">
      <div role="status">{savedFact(saved, timeZone)}</div>
      {backupFact(backup, now, timeZone)}
      {restoreFact(restore)}
      <button type="button" className="status-line__keys" onClick={onShowKeys}>
        <KeyHint keys="?" />
        shows the keys
      </button>
    </footer>
  )
}

function savedFact(saved: SaveState, timeZone: string) {
  switch (saved.state) {
    case 'saved':
      return fact(<IconCheck size={14} stroke={1.7} />, `Saved ${formatTimeWithSeconds(saved.at, timeZone)}`)
    case 'nothingToSave':
      return fact(<IconCheck size={14} stroke={1.7} />, 'Everything is saved')
    case 'saving':
      return fact(<IconRefresh size={14} stroke={1.7} />, 'Saving')
    case 'failed':
      return fact(<IconAlertTriangle size={14} stroke={1.7} />, saved.sentence, 'red')
  }
}

function backupFact(backup: BackupState, now: Instant, timeZone: string) {
  const icon = <IconDatabase size={14} stroke={1.7} />
  switch (backup.state) {
    case 'done':
      return fact(icon, `Backed up ${sinceToday(backup.at, now, timeZone)} to ${backup.where}`)
    case 'late':
      return fact(icon, `Last backed up ${formatDateTime(backup.at, timeZone)}, make a copy today`, 'amber')
    case 'failed':
      return fact(icon, `Backup failed ${sinceToday(backup.at, now, timeZone)}, see Clinic, Copies`, 'red')
    case 'secondLate':
      return fact(icon, `Backed up ${sinceToday(backup.at, now, timeZone)}, connect the second disk`, 'amber')
    case 'never':
      return fact(icon, 'Not yet backed up', 'amber')
  }
}

/** The time alone for today, the date as well for any other day. */
function sinceToday(at: Instant, now: Instant, timeZone: string): string {
  const isToday = dateInZone(at, timeZone) === dateInZone(now, timeZone)
  return isToday ? formatTime(at, timeZone) : formatDateTime(at, timeZone)
}

function restoreFact(restore: RestoreState) {
  const icon = <IconShield size={14} stroke={1.7} />
  if (restore.state === 'proven') return fact(icon, `Restore last proven ${formatDate(restore.on)}`)
  if (restore.state === 'failed')
    return fact(icon, 'The newest backup could not be restored, see Clinic, Copies', 'red')
  return fact(icon, 'Restore not yet proven')
}

function fact(icon: ReactNode, text: string, tone?: 'amber' | 'red') {
  return (
    <span className="status-line__fact" data-tone={tone}>
      <span aria-hidden="true" style={{ display: 'grid' }}>
        {icon}
      </span>
      {text}
    </span>
  )
}
