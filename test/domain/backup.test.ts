import { describe, expect, it, test } from 'vitest'
import {
  type BackupMoment,
  type BackupReason,
  backupStanding,
  backupsToLetGo,
  isDailyBackupDue,
  isDrillDue,
  type KeptBackup,
} from '../../shared/domain/backup.ts'
import { addDays, type CalendarDate } from '../../shared/kernel/time.ts'

const today: CalendarDate = '2026-08-03'

function backup(on: CalendarDate, time = '12:30', reason: BackupReason = 'DAILY'): KeptBackup {
  return { name: `${on} ${time}`, on, at: `${on}T${time}:00.000Z`, reason }
}

/** One a day for so many days back from today. */
function daily(days: number): readonly KeptBackup[] {
  return Array.from({ length: days }, (_, index) => backup(addDays(today, -index)))
}

function keptOf(backups: readonly KeptBackup[], on = today): readonly string[] {
  const gone = new Set(backupsToLetGo(backups, on))
  return backups.filter(({ name }) => !gone.has(name)).map(({ name }) => name)
}

describe('the rotation', () => {
  it('keeps seven days, five weeks and twelve months of a backup a day', () => {
    const kept = keptOf(daily(800)).map((name) => name.slice(0, 10))
    expect(kept.slice(0, 7)).toEqual(daily(7).map(({ on }) => on))
    // Sundays end the weeks before this one; the seven days reach back into one of them.
    expect(kept).toEqual(expect.arrayContaining(['2026-08-02', '2026-07-26', '2026-07-19', '2026-07-12']))
    expect(kept).toEqual(expect.arrayContaining(['2026-07-31', '2026-06-30', '2025-12-31', '2025-09-30']))
    expect(kept).not.toContain('2025-08-31')
    expect(kept).toHaveLength(7 + 3 + 10)
  })

  const cases: readonly (readonly [what: string, backups: readonly KeptBackup[], kept: readonly string[]])[] = [
    ['nothing of nothing', [], []],
    ['the only one, however old', [backup('2019-01-01')], ['2019-01-01 12:30']],
    [
      'the newest of each day that is over, and all of today',
      [backup(today, '18:00'), backup(today, '09:00'), backup('2026-07-31', '18:00'), backup('2026-07-31', '09:00')],
      [`${today} 18:00`, `${today} 09:00`, '2026-07-31 18:00'],
    ],
    [
      'the last seven days that have one, not the last seven of the calendar',
      [0, 40, 80, 120, 160, 200, 240].map((days) => backup(addDays(today, -days))),
      [0, 40, 80, 120, 160, 200, 240].map((days) => `${addDays(today, -days)} 12:30`),
    ],
    [
      'what was made before a change for 90 days',
      [
        ...daily(100),
        backup(addDays(today, -60), '08:00', 'BEFORE_MIGRATION'),
        backup(addDays(today, -90), '08:00', 'BEFORE_RESTORE'),
        backup(addDays(today, -91), '08:00', 'BEFORE_RESTORE'),
      ].filter(({ reason }) => reason !== 'DAILY'),
      [`${addDays(today, -60)} 08:00`, `${addDays(today, -90)} 08:00`, `${addDays(today, -91)} 08:00`],
    ],
  ]
  test.for(cases)('keeps %s', ([, backups, kept]) => {
    expect(keptOf(backups)).toEqual(kept)
  })

  it('lets one from before a migration go after 90 days, where newer ones fill its day, week and month', () => {
    const old = backup(addDays(today, -91), '08:00', 'BEFORE_MIGRATION')
    const young = backup(addDays(today, -90), '08:00', 'BEFORE_MIGRATION')
    const gone = backupsToLetGo([...daily(120), old, young], today)
    expect(gone).toContain(old.name)
    expect(gone).not.toContain(young.name)
  })

  it('never lets the newest go, whatever the clock says', () => {
    for (const on of ['1999-01-01', today, '2150-01-01'] as const) {
      const gone = backupsToLetGo(daily(60), on)
      expect(gone).not.toContain(daily(1)[0]?.name)
    }
  })
})

describe('the backup of the day', () => {
  const moment: BackupMoment = {
    today,
    minute: 12 * 60,
    isQuiet: true,
    hasChanged: true,
    last: { on: '2026-08-02', minute: 15 * 60 },
  }
  const cases: readonly (readonly [what: string, change: Partial<BackupMoment>, isDue: boolean])[] = [
    ['is due at noon', {}, true],
    ['is due where there has been none', { last: null }, true],
    ['is due where the last is of this morning', { last: { on: today, minute: 9 * 60 } }, true],
    ['waits for noon', { minute: 12 * 60 - 1 }, false],
    ['waits until nobody is at a window', { isQuiet: false }, false],
    ['is not made of records that did not change', { hasChanged: false }, false],
    ['is made once', { minute: 20 * 60, last: { on: today, minute: 12 * 60 } }, false],
    ['is not made anew where the clock was set back', { last: { on: '2026-08-04', minute: 0 } }, false],
  ]
  test.for(cases)('%s', ([, change, isDue]) => {
    expect(isDailyBackupDue({ ...moment, ...change })).toBe(isDue)
  })
})

describe('how long ago', () => {
  const now = '2026-08-03T12:00:00.000Z'
  test.for([
    [null, 'NEVER'],
    ['2026-08-01T12:00:00.000Z', 'DONE'],
    ['2026-08-01T11:59:00.000Z', 'LATE'],
  ] as const)('a backup of %s is %s', ([at, standing]) => {
    expect(backupStanding(at, now)).toBe(standing)
  })

  test.for([
    [null, true],
    ['2026-07-04T12:00:00.000Z', true],
    ['2026-07-04T12:01:00.000Z', false],
  ] as const)('a restore proven at %s is to be proven again: %s', ([at, isDue]) => {
    expect(isDrillDue(at, now)).toBe(isDue)
  })
})
