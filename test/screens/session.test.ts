import { describe, expect, it } from 'vitest'
import { failureField, failurePart } from '../../renderer/screens/session/failure-part.ts'
import {
  fieldName,
  fieldPlace,
  hardSentence,
  leftToDo,
  openGroups,
  sessionParts,
  warningSentence,
} from '../../renderer/screens/session/field-names.ts'
import { openMatters, pointedPath } from '../../renderer/screens/session/left-to-do.ts'
import { instantAt, instantNear, readTimeText } from '../../renderer/screens/session/wall-time.ts'
import { deviationNumber, lastSessionText, marksOf, sortedRows } from '../../renderer/screens/session/zone-rows.ts'
import { type DeviationCode, deviationKey, gateFailureCodes } from '../../shared/domain/deviation.ts'
import { emptyDraft, sessionWarningCodes } from '../../shared/domain/session.ts'
import { checkSession, type SessionCheck } from '../../shared/domain/session-check.ts'
import type { LastSession } from '../../shared/domain/session-desk.ts'
import { sessionHardCodes } from '../../shared/domain/session-problem.ts'
import type { SessionId } from '../../shared/kernel/ids.ts'
import { cheekLeft, cheekRight, draftWith, sessionFacts, zoneRow } from '../domain/given-session.ts'

const chicago = 'America/Chicago'

describe('a time of day in the log', () => {
  it.each([
    ['10:18', 618],
    ['1018', 618],
    ['9.05', 545],
    [' 9 ', 540],
    ['00:00', 0],
    ['23:59', 1439],
    ['24:00', null],
    ['10:60', null],
    ['soon', null],
    ['', null],
  ])('%j is %j minutes past midnight', (text, minutes) => {
    expect(readTimeText(text)).toBe(minutes)
  })

  it('is the clinic’s wall clock, on the days on which the clocks change too', () => {
    expect(instantAt('2026-08-03', 9 * 60, chicago)).toBe('2026-08-03T14:00:00.000Z')
    expect(instantAt('2026-03-08', 1 * 60, chicago)).toBe('2026-03-08T07:00:00.000Z')
    expect(instantAt('2026-03-08', 9 * 60, chicago)).toBe('2026-03-08T14:00:00.000Z')
    expect(instantAt('2026-11-01', 9 * 60, chicago)).toBe('2026-11-01T15:00:00.000Z')
  })

  it('is the nearest such time to one that is known, past midnight too', () => {
    // 23:50 in Chicago.
    const late = '2026-08-04T04:50:00.000Z'
    expect(instantNear(late, 10, chicago)).toBe('2026-08-04T05:10:00.000Z')
    expect(instantNear(late, 23 * 60, chicago)).toBe('2026-08-04T04:00:00.000Z')
  })
})

describe('the fields of the log', () => {
  const halfDone = draftWith({
    zoneRows: [{ zone: 'CHIN', side: 'M' }, { zone: 'CHEEK_ANT' }, {}],
    cartridgeUses: [{ label: 'B' }, {}],
    addons: [{}],
    anaesthetic: { kind: 'APPLIED' },
    postProducts: { kind: 'APPLIED', products: [{}] },
    immediateReactions: { kind: 'SEEN', reactions: [{}] },
  })

  it('are called what the screen calls them, whatever is open', () => {
    // What the program fills in itself has no field on the screen.
    const { patientId, seriesId, sessionNo, clinic, practitionerId, utcOffsetMin, recordOnly } = halfDone
    const own = { patientId, seriesId, sessionNo, clinic, practitionerId, utcOffsetMin, recordOnly }
    const begun = { ...emptyDraft, ...own }
    for (const draft of [begun, halfDone]) {
      const { missing } = checkSession(draft, sessionFacts())
      expect(missing.length).toBeGreaterThan(5)
      for (const path of missing) {
        const { part, group, field } = fieldPlace(path, draft)
        expect(sessionParts, path).toContain(part)
        // A path that nobody named would be shown as it is.
        expect(`${group} ${field}`, path).not.toMatch(/[a-z][A-Z]|_|\[/u)
        expect(group, path).toMatch(/^[A-Z]/u)
      }
    }
  })

  it('are named by the zone or the thing they belong to', () => {
    expect(fieldName('zoneRows[0].depthUm', halfDone)).toMatch(/^Chin.*: depth$/u)
    expect(fieldName('zoneRows[1].side', halfDone)).toBe('Cheek, front: side')
    expect(fieldName('zoneRows[2].zone', halfDone)).toMatch(/^Zone/u)
    expect(fieldName('cartridgeUses[0].lotRaw', halfDone)).toBe('Cartridge B: lot')
    expect(fieldName('cartridgeUses[1].lotRaw', halfDone)).toBe('Cartridge 2: lot')
  })

  it('that are left stand together, each group once', () => {
    const missing = ['painMax', 'zoneRows[0].depthUm', 'zoneRows[0].passes', 'endedAt', 'notes']
    expect(leftToDo(missing, halfDone)).toHaveLength(4)
    expect(leftToDo(missing, halfDone).at(-1)).toBe('1 more')
    expect(openGroups(missing, halfDone)[1]).toMatchObject({ path: 'zoneRows[0].depthUm', fields: ['depth', 'passes'] })
  })
})

describe('what is left to do before the submission', () => {
  const draft = draftWith({ deviations: [] })
  const clean = { hard: [], soft: [], deviations: [], missing: [], redFlags: [], isLateEntry: false }

  it('is nothing where nothing refuses it', () => {
    expect(openMatters(clean, draft, [])).toEqual([])
  })

  it('names every refusal and leads to the field that settles it, reasons and answers among them', () => {
    const check: SessionCheck = {
      ...clean,
      hard: [
        { code: 'WARNING_REASON_MISSING', path: 'endedAt', facts: { warning: 'DURATION_SHORT' } },
        { code: 'DEVIATION_REASON_MISSING', path: 'deviations[0].reason', facts: {} },
        { code: 'PAIN_OUT_OF_RANGE', path: 'painMax', facts: { painMax: 11 } },
      ],
      missing: ['haemostasisMin'],
    }
    const matters = openMatters(check, draft, [{ path: '/notes', text: 'What was meant?' }])
    expect(matters.map(({ name, path }) => [name, path])).toEqual([
      ['Answer: Notes', 'replies./notes'],
      ['End time, reason', 'warnings.DURATION_SHORT.endedAt'],
      ['Deviation 1: reason', 'deviations[0].reason'],
      ['Pain', 'painMax'],
      ['Bleeding time', 'haemostasisMin'],
    ])
    expect(matters.map(({ path }) => fieldPlace(path, draft).part)).toEqual([
      'review',
      'review',
      'review',
      'after',
      'after',
    ])
  })

  it.each([
    ['/haemostasisMin', 'haemostasisMin'],
    ['/zoneRows/2/depthUm', 'zoneRows[2].depthUm'],
    ['/anaesthetic', 'anaesthetic.kind'],
    ['/aftercareGiven', 'aftercareGiven.templateVersion'],
  ])('finds the field that the physician pointed at by %s', (pointer, path) => {
    expect(pointedPath(pointer)).toBe(path)
  })
})

describe('what the desk says', () => {
  it('is a sentence for every hard problem and every warning', () => {
    for (const code of sessionHardCodes) expect(hardSentence(code, {}), code).toMatch(/\.$/u)
    for (const code of sessionWarningCodes) expect(warningSentence(code, {}), code).toMatch(/\.$/u)
  })

  it('leads from a failed condition to the part where it is settled', () => {
    for (const code of gateFailureCodes) {
      const field = failureField(code)
      expect(sessionParts).toContain(failurePart(code))
      if (field !== null) expect(fieldPlace(field, emptyDraft).part, code).toBe(failurePart(code))
    }
    expect(failurePart('SCREENING_STOP')).toBe('review')
  })
})

describe('rows, map and the last session', () => {
  const last: LastSession = {
    sessionId: '018f6f00-0000-7000-8000-000000000001' as SessionId,
    sessionNo: 1,
    performedOn: '2026-07-03',
    zoneRows: [
      { ...cheekLeft, indication: 'ACNE_SCAR', depthUm: 750, technique: 'GLIDE' },
      { ...cheekLeft, indication: 'ACNE_SCAR', depthUm: 1000, technique: 'STAMP' },
    ],
  }
  const deviation = (place: typeof cheekLeft, code: DeviationCode) => {
    const key = { code, ...place, ref: null }
    return {
      ...key,
      deviationId: deviationKey(key),
      origin: 'AUTO' as const,
      detail: {},
      reason: '',
      patientTold: null,
    }
  }

  it('stand in the order of the face with their place in the draft', () => {
    const rows = [zoneRow({ zone: 'CHIN', side: 'M', site: null }), zoneRow(cheekLeft), zoneRow(cheekRight)]
    expect(sortedRows(rows).map(({ index }) => index)).toEqual([2, 1, 0])
  })

  it('show the last depth where it was another, and the number of the deviation', () => {
    const rows = [zoneRow(cheekLeft, { depthUm: 1250 }), zoneRow(cheekRight, { depthUm: 1000 })]
    const deviations = [
      { ...deviation(cheekLeft, 'OTHER'), zone: null, side: null },
      deviation(cheekLeft, 'DEPTH_OVER_LIMIT'),
    ]
    const isOver = (row: { depthUm?: number | null | undefined }) => (row.depthUm ?? 0) > 1000
    expect(marksOf({ rows, last, deviations, isOver })).toEqual([
      { zone: 'CHEEK_ANT', side: 'L', depthUm: 1250, wasUm: 1000, ghostUm: 1000, isOver: true, deviation: 'dev. 2' },
      { zone: 'CHEEK_ANT', side: 'R', depthUm: 1000, wasUm: null, ghostUm: null, isOver: false, deviation: null },
    ])
    expect(deviationNumber(deviations, zoneRow(cheekRight))).toBeNull()
  })

  it('ghost a zone that only the last session treated, and say the last session in words', () => {
    const marks = marksOf({ rows: [zoneRow(cheekRight)], last, deviations: [], isOver: () => false })
    expect(marks.find(({ side }) => side === 'L')).toMatchObject({ depthUm: null, ghostUm: 1000 })
    expect(lastSessionText(last)).toContain('Cheek, front, patient’s left 1.00 mm')
  })
})
