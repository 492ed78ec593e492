import { type CalendarDate, daysBetween, type Instant, minutesBetween } from '../kernel/time.ts'

/** Why a backup was made. */
export const backupReasons = ['DEMAND', 'DAILY', 'CLOSE', 'BEFORE_MIGRATION', 'BEFORE_RESTORE'] as const
export type BackupReason = (typeof backupReasons)[number]

/** A backup as its own manifest tells of it. */
export type KeptBackup = {
  readonly name: string
  readonly at: Instant
  /** The clinic's day. */
  readonly on: CalendarDate
  readonly reason: BackupReason
}

/** How long backups stay (trust design, 4.6). */
const keptDays = 7
const keptWeeks = 5
const keptMonths = 12
const keptAroundChangeDays = 90

/**
 * Names of the backups that may go: all but the newest of each of the last 7 days, 5 weeks and 12 months that have one, and
 * those made before a migration or a restore for 90 days, and all of today. The newest of all stays whatever it is. `backups` holds verified
 * ones alone: what nobody can vouch for is nobody's to delete.
 */
export function backupsToLetGo(backups: readonly KeptBackup[], today: CalendarDate): readonly string[] {
  const newestFirst = [...backups].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.name < b.name ? 1 : -1))
  const kept = new Set<string>([
    ...newestFirst.slice(0, 1).map(({ name }) => name),
    ...newestOfEach(newestFirst, ({ on }) => on, keptDays),
    ...newestOfEach(newestFirst, ({ on }) => weekOf(on), keptWeeks),
    ...newestOfEach(newestFirst, ({ on }) => on.slice(0, 7), keptMonths),
    ...newestFirst.filter((backup) => backup.on === today || isAroundChange(backup, today)).map(({ name }) => name),
  ])
  return newestFirst.filter(({ name }) => !kept.has(name)).map(({ name }) => name)
}

function newestOfEach(
  newestFirst: readonly KeptBackup[],
  spanOf: (backup: KeptBackup) => string,
  spans: number,
): readonly string[] {
  const nameBySpan = new Map<string, string>()
  for (const backup of newestFirst) {
    const span = spanOf(backup)
    if (!nameBySpan.has(span)) nameBySpan.set(span, backup.name)
  }
  return [...nameBySpan.values()].slice(0, spans)
}

/** Weeks begin on Monday. */
function weekOf(on: CalendarDate): string {
  const aMonday: CalendarDate = '1969-12-29'
  return String(Math.floor(daysBetween(aMonday, on) / 7))
}

function isAroundChange({ reason, on }: KeptBackup, today: CalendarDate): boolean {
  const isKind = reason === 'BEFORE_MIGRATION' || reason === 'BEFORE_RESTORE'
  return isKind && daysBetween(on, today) <= keptAroundChangeDays
}

/** The daily backup is made at the first quiet moment after this time of the clinic's day. */
const dailyFromMinute = 12 * 60

export type BackupMoment = {
  readonly today: CalendarDate
  /** Minutes since midnight on the clinic's clock. */
  readonly minute: number
  /** Nobody has used any window for a while. */
  readonly isQuiet: boolean
  readonly hasChanged: boolean
  /** When the newest backup was made, on the clinic's clock; null where there is none. */
  readonly last: { readonly on: CalendarDate; readonly minute: number } | null
}

/** Whether the backup of the day is to be made now. One made since noon, for whatever reason, is the day's. */
export function isDailyBackupDue({ today, minute, isQuiet, hasChanged, last }: BackupMoment): boolean {
  if (!isQuiet || !hasChanged || minute < dailyFromMinute) return false
  return last === null || last.on < today || (last.on === today && last.minute < dailyFromMinute)
}

/** A backup is asked for again after this long (trust design, 4.6). */
const lateHours = 48

export type BackupStanding = 'NEVER' | 'DONE' | 'LATE'

export function backupStanding(lastAt: Instant | null, now: Instant): BackupStanding {
  if (lastAt === null) return 'NEVER'
  return minutesBetween(lastAt, now) > lateHours * 60 ? 'LATE' : 'DONE'
}

/** Days after which the newest backup is restored into a place of its own again, to prove that it can be. */
const drillDays = 30

export function isDrillDue(lastProvenAt: Instant | null, now: Instant): boolean {
  return lastProvenAt === null || minutesBetween(lastProvenAt, now) >= drillDays * 24 * 60
}
