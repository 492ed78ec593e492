import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  type ComplicationCode,
  codesFor,
  complicationCodes,
  complicationTable,
  genericAnchors,
  gradeAnchor,
  grades,
} from '../../shared/domain/complication-codes.ts'
import { overdueReactions } from '../../shared/domain/reaction-windows.ts'
import { addDays } from '../../shared/kernel/time.ts'

const reference = readFileSync(new URL('../../docs/clinical-reference.md', import.meta.url), 'utf8')
const section = reference.slice(reference.indexOf('## 7.'), reference.indexOf('## 8.'))

/** The printed table, one entry per code; a cell with fewer values than codes gives its first value to the first ones. */
const printed = section
  .split('\n')
  .filter((line) => /^\| [A-Z]{3}/.test(line))
  .flatMap((line) => {
    const [codeCell = '', term = '', onset = '', window = '', note = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) =>
        cell
          .replaceAll(/ ?\[[LFKWM]\d*\]/g, '')
          .replaceAll('**', '')
          .trim(),
      )
    const codes = codeCell.split(/ \/ |, /)
    const partOf = (cell: string, index: number, separator: RegExp) => {
      const parts = codes.length > 1 ? cell.split(separator) : [cell]
      return parts[Math.max(0, index - (codes.length - parts.length))]
    }
    return codes.map((code, index) => ({
      code,
      term: partOf(term, index, / \/ |, /),
      typicalOnset: partOf(onset, index, / \/ /),
      windowText: partOf(window, index, / \/ /),
      overrunNote: note,
    }))
  })

describe('the complication table', () => {
  test('has the codes of the clinical reference in its order', () => {
    expect(complicationCodes).toEqual(printed.map(({ code }) => code))
  })

  test.each(printed)('prints the row of $code', ({ code, ...cells }) => {
    expect(complicationTable[code as ComplicationCode]).toMatchObject(cells)
  })

  test.each(complicationCodes)('reads the window of %s as it is printed', (code) => {
    const { window, windowText } = complicationTable[code]
    const days = /^\d+/.exec(windowText)?.[0]
    const review = /review > (\d+)/.exec(windowText)?.[1]
    const kind =
      days !== undefined
        ? 'WINDOW'
        : windowText.startsWith('none')
          ? 'PERSISTENT'
          : { 'same day': 'SAME_DAY', emergency: 'EMERGENCY', 'look-back': 'LOOK_BACK', 'n/a': 'NONE' }[windowText]
    expect(window).toEqual(
      kind === 'WINDOW' ? { kind, days: Number(days), reviewAfterDays: review ? Number(review) : null } : { kind },
    )
  })

  test.each(printed)('marks $code as the reference does', ({ code, overrunNote }) => {
    const row = complicationTable[code as ComplicationCode]
    expect(row.isRedFlag).toBe(/\bred flag\b/.test(overrunNote) && !overrunNote.includes('= red flag'))
    expect(row.isRfOnly).toBe(overrunNote.includes('RF only'))
    expect(row.isClinical).toBe(!overrunNote.includes('not clinical grade'))
    if (overrunNote.includes('report prompt')) expect(row.promptsReport).toBe(true)
    if (/(^|, )physician( now| same day)?$/.test(overrunNote)) expect(row.physician).not.toBeNull()
  })

  test('marks the expected reactions', () => {
    expect(complicationCodes.filter((code) => complicationTable[code].isExpectedReaction)).toEqual([
      'ERYTHEMA',
      'OEDEMA',
      'DRYNESS_PEELING',
      'PRURITUS',
      'CRUSTING',
    ])
  })

  test('follows pigment and scars on schedules of their own', () => {
    const scheduled = (kind: string) => complicationCodes.filter((code) => complicationTable[code].schedule === kind)
    expect(scheduled('PIH')).toEqual(['PIH'])
    expect(scheduled('SCAR')).toEqual(['SCAR_TRAM_TRACK', 'SCAR_HYPERTROPHIC', 'SCAR_KELOID', 'GRANULOMA_ALLERGIC'])
    expect(scheduled('NONE')).toEqual(['DISSATISFACTION'])
  })

  test('asks for a report decision by the code alone only where the reference says so', () => {
    expect(complicationCodes.filter((code) => complicationTable[code].promptsReport)).toEqual([
      'GRANULOMA_ALLERGIC',
      'ANAESTHETIC_TOXICITY',
      'NERVE_INJURY',
      'BURN_RF',
      'FAT_LOSS_RF',
      'BLOODBORNE_EXPOSURE',
      'DEVICE_MALFUNCTION',
    ])
  })

  test('offers RF injuries only after RF', () => {
    expect(codesFor({ isRf: true })).toEqual(complicationCodes)
    expect(complicationCodes.filter((code) => !codesFor({ isRf: false }).includes(code))).toEqual([
      'NERVE_INJURY',
      'BURN_RF',
      'FAT_LOSS_RF',
    ])
  })

  test('has an anchor text for every clinical code and grade, in the words of the reference', () => {
    for (const grade of grades) expect(section).toContain(`${grade} ${genericAnchors[grade]}`)
    for (const grade of [1, 2, 3] as const) expect(section).toContain(`${grade} ${gradeAnchor('PIH', grade)}`)
    expect(gradeAnchor('PIH', 4)).toBe(genericAnchors[4])
    expect(complicationCodes.filter((code) => gradeAnchor(code, 1) === null)).toEqual(['DISSATISFACTION'])
  })
})

describe('an expected reaction past its window', () => {
  const sessionOn = '2026-05-04'
  const onDay = (code: ComplicationCode, day: number, windowDaysByCode = {}) =>
    overdueReactions({
      reactions: [{ code, resolvedOn: null }],
      sessionOn,
      today: addDays(sessionOn, day),
      settings: { windowDaysByCode },
    })

  const windows = complicationCodes.flatMap((code) => {
    const { window } = complicationTable[code]
    if (window.kind === 'SAME_DAY') return [{ code, days: 0 }]
    return window.kind === 'WINDOW' ? [{ code, days: window.days }] : []
  })
  test.each(windows)('$code is awaited for $days days and raises a task the day after', ({ code, days }) => {
    expect(onDay(code, days)).toEqual([])
    expect(onDay(code, days + 1)).toMatchObject([{ code, expectedUntil: addDays(sessionOn, days), daysOver: 1 }])
  })

  test.each(complicationCodes.filter((code) => !windows.some((row) => row.code === code)))(
    '%s has no window and raises no task',
    (code) => {
      expect(onDay(code, 400)).toEqual([])
    },
  )

  test('redness is asked for after day 3, looked at after day 7, and persistent from day 14', () => {
    const steps = [3, 4, 7, 8, 13, 14].map((day) => onDay('ERYTHEMA', day).map((task) => task.step))
    expect(steps).toEqual([[], ['CHECK'], ['CHECK'], ['REVIEW'], ['REVIEW'], ['PROMOTE']])
    expect(onDay('ERYTHEMA', 13)).toMatchObject([{ complicationCode: 'ERYTHEMA' }])
    expect(onDay('ERYTHEMA', 14)).toMatchObject([{ complicationCode: 'PERSISTENT_ERYTHEMA' }])
  })

  test('keeps to the window that the clinic set', () => {
    expect(onDay('OEDEMA', 5, { OEDEMA: 5 })).toEqual([])
    expect(onDay('OEDEMA', 6, { OEDEMA: 5 })).toHaveLength(1)
  })

  test('raises nothing once it is over', () => {
    const reactions = [{ code: 'OEDEMA', resolvedOn: '2026-05-06' }] as const
    const settings = { windowDaysByCode: {} }
    expect(overdueReactions({ reactions, sessionOn, today: '2026-06-01', settings })).toEqual([])
  })
})
