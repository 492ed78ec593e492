import { describe, expect, test } from 'vitest'
import {
  acknowledgementOf,
  blocksZones,
  type ComplicationBody,
  gradeComplication,
  hasRequiredNotice,
  hasTrueGrades,
  mustNotifyPhysician,
  needsNewConsent,
  promptsReportDecision,
  redFlagSigns,
  redFlagsOf,
  seriesEffect,
  showsEmergencyText,
} from '../../shared/domain/complication.ts'
import {
  type ComplicationCode,
  complicationCodes,
  complicationTable,
  type Grade,
  infectionCodes,
} from '../../shared/domain/complication-codes.ts'
import {
  type ComplicationEvent,
  type ComplicationState,
  complicationEvents,
  complicationStates,
  decideComplicationTransition,
  reopenedBody,
} from '../../shared/domain/complication-state.ts'
import { complicationFollowUps, shippedFollowUpSettings } from '../../shared/domain/follow-up.ts'
import type { Role } from '../../shared/domain/roles.ts'
import { complicationBodyOf, deputy, lena, okafor } from './record-bodies.ts'

const chin = { zone: 'CHIN', side: 'M', site: null } as const
const notice = {
  physicianId: okafor,
  at: '2026-05-14T14:00:00.000Z',
  how: 'PHONE',
  acknowledgedAt: null,
} as const

function graded(grade: Grade, changes: Partial<ComplicationBody> = {}): ComplicationBody {
  return gradeComplication(complicationBodyOf(changes), {
    grade,
    at: '2026-05-14T15:00:00.000Z',
    by: lena,
    note: '',
  })
}

describe('grades', () => {
  test('keep their dated history, the current and the worst', () => {
    const body = gradeComplication(graded(3), { grade: 1, at: '2026-08-02T15:00:00.000Z', by: okafor, note: '' })
    expect(body).toMatchObject({ grade: 1, worstGrade: 3 })
    expect(body.gradeHistory.map(({ grade }) => grade)).toEqual([3, 1])
    expect(hasTrueGrades(body)).toBe(true)
    expect(hasTrueGrades({ ...body, worstGrade: 1 })).toBe(false)
  })
})

describe('red flags', () => {
  test.each(redFlagSigns)('%s alone is one', (sign) => {
    const body = graded(1, { code: 'BRUISING', signs: [sign] })
    expect(redFlagsOf(body)).toEqual([sign])
    expect(mustNotifyPhysician(body)).toBe('AT_ONCE')
  })

  test.each(complicationCodes)('of %s by its code are those of the reference', (code) => {
    const flags = redFlagsOf(graded(1, { code }))
    expect(flags.includes('MARKED_CODE')).toBe(complicationTable[code].isRedFlag)
  })

  test.each([1, 2, 3, 4, 5] as const)('of grade %i', (grade) => {
    expect(redFlagsOf(graded(grade))).toEqual(grade >= 3 ? ['GRADE_3_OR_MORE'] : [])
  })

  const implied: readonly (readonly [ComplicationCode, string])[] = [
    ['SCAR_TRAM_TRACK', 'NEW_SCAR'],
    ['SCAR_HYPERTROPHIC', 'NEW_SCAR'],
    ['SCAR_KELOID', 'NEW_SCAR'],
    ['GRANULOMA_ALLERGIC', 'NEW_NODULES'],
    ['HSV_REACTIVATION', 'VESICLES'],
  ]
  test.each(implied)('%s means %s', (code, flag) => {
    expect(redFlagsOf(graded(1, { code }))).toContain(flag)
  })

  test('remain when the grade falls', () => {
    const body = gradeComplication(graded(3), { grade: 1, at: '2026-08-02T15:00:00.000Z', by: okafor, note: '' })
    expect(redFlagsOf(body)).toEqual(['GRADE_3_OR_MORE'])
  })

  test('cannot be saved without telling the physician', () => {
    const silent = graded(1, { signs: ['FEVER'] })
    expect(hasRequiredNotice(silent)).toBe(false)
    expect(hasRequiredNotice({ ...silent, physicianNotices: [notice] })).toBe(true)
    expect(hasRequiredNotice(graded(1))).toBe(true)
  })
})

describe('how fast the physician hears of it', () => {
  const paces: readonly (readonly [string, ComplicationBody, string | null])[] = [
    ['a symptom call without code or grade', complicationBodyOf({ code: null }), 'SAME_DAY'],
    ['a coded report without grade', complicationBodyOf(), 'SAME_DAY'],
    ['a grade 1 bruise', graded(1), null],
    ['a grade 2 bruise', graded(2), 'SAME_DAY'],
    ['a grade 2 PIH', graded(2, { code: 'PIH' }), 'SAME_DAY'],
    ['lightening', graded(1, { code: 'HYPOPIGMENTATION' }), 'SAME_DAY'],
    ['prolonged bleeding', graded(1, { code: 'BLEEDING_PROLONGED' }), 'AT_ONCE'],
    ['a cold sore', graded(1, { code: 'HSV_REACTIVATION' }), 'AT_ONCE'],
    ['a complaint about the result', complicationBodyOf({ code: 'DISSATISFACTION' }), null],
    ['a symptom call with blisters', complicationBodyOf({ code: null, signs: ['VESICLES'] }), 'AT_ONCE'],
  ]
  test.each(paces)('%s', (_, body, pace) => {
    expect(mustNotifyPhysician(body)).toBe(pace)
  })

  test('the deputy’s turn comes 30 minutes after the notice', () => {
    const body = graded(1, { code: 'INFECTION_BACTERIAL', physicianNotices: [notice] })
    const at = (now: string) => acknowledgementOf(body, { now, acknowledgeMin: 30 })
    expect(at('2026-05-14T14:29:59.000Z')).toEqual({ kind: 'WAITING', escalateAt: '2026-05-14T14:30:00.000Z' })
    expect(at('2026-05-14T14:30:00.000Z')).toEqual({ kind: 'ESCALATED', since: '2026-05-14T14:30:00.000Z' })
  })

  test('an acknowledgement by the deputy counts', () => {
    const answered = {
      ...notice,
      physicianId: deputy,
      at: '2026-05-14T14:31:00.000Z',
      acknowledgedAt: '2026-05-14T14:40:00.000Z',
    }
    const body = graded(1, { code: 'INFECTION_BACTERIAL', physicianNotices: [notice, answered] })
    expect(acknowledgementOf(body, { now: '2026-05-14T15:00:00.000Z', acknowledgeMin: 30 })).toEqual({
      kind: 'ACKNOWLEDGED',
      by: deputy,
      afterMin: 40,
    })
  })

  test('nothing is awaited of a mild report, and a red flag nobody told is shown as such', () => {
    const options = { now: '2026-05-14T15:00:00.000Z', acknowledgeMin: 30 }
    expect(acknowledgementOf(graded(1), options)).toEqual({ kind: 'NOT_REQUIRED' })
    expect(acknowledgementOf(graded(1, { signs: ['PUS'] }), options)).toEqual({ kind: 'NOT_NOTIFIED' })
  })

  test('the emergency text stands for grade 4, emergencies and the airway', () => {
    expect([
      showsEmergencyText(graded(4)),
      showsEmergencyText(complicationBodyOf({ code: 'ANAPHYLAXIS' })),
      showsEmergencyText(complicationBodyOf({ code: 'ANAESTHETIC_TOXICITY' })),
      showsEmergencyText(complicationBodyOf({ code: 'OCULAR_INJURY' })),
      showsEmergencyText(complicationBodyOf({ code: null, signs: ['AIRWAY_SWELLING'] })),
      showsEmergencyText(graded(3)),
    ]).toEqual([true, true, true, true, true, false])
  })
})

describe('what an open complication holds up', () => {
  const lifted = { by: okafor, at: '2026-06-01T15:00:00.000Z', reason: 'healed' }
  const blocks: readonly (readonly [string, ComplicationBody, string])[] = [
    ['grade 1 blocks nothing', graded(1, { zones: [chin] }), 'NONE'],
    ['grade 2 unresolved blocks its zones', graded(2, { zones: [chin] }), 'ZONES'],
    ['grade 2 recovering still does', graded(2, { zones: [chin], outcome: 'RECOVERING' }), 'ZONES'],
    ['grade 2 resolved does not', graded(2, { zones: [chin], outcome: 'RESOLVED' }), 'NONE'],
    ['without a grade it blocks like grade 2', complicationBodyOf({ zones: [chin] }), 'ZONES'],
    ['without a place it blocks every zone', graded(2, { zones: [] }), 'ALL_ZONES'],
    ['until the physician lifts it', graded(2, { zones: [chin], blockLifted: lifted }), 'NONE'],
    ['a complaint about the result blocks nothing', complicationBodyOf({ code: 'DISSATISFACTION' }), 'NONE'],
  ]
  test.each(blocks)('%s', (_, body, kind) => {
    expect(blocksZones(body).kind).toBe(kind)
  })

  const sticky = [
    ...infectionCodes,
    'SCAR_TRAM_TRACK',
    'SCAR_HYPERTROPHIC',
    'SCAR_KELOID',
    'GRANULOMA_ALLERGIC',
  ] as const
  test.each(sticky)('%s blocks at grade 1 and when resolved, until the physician lifts it', (code) => {
    const body = graded(1, { code, zones: [chin], outcome: 'RESOLVED' })
    expect(blocksZones(body)).toEqual({ kind: 'ZONES', zones: [chin] })
    expect(blocksZones({ ...body, blockLifted: lifted })).toEqual({ kind: 'NONE' })
  })

  const effects: readonly (readonly [string, ComplicationBody, string])[] = [
    ['goes on after a mild reaction', graded(1), 'CONTINUE'],
    ['is held at grade 2', graded(2), 'HOLD'],
    ['is held for a red flag', graded(1, { signs: ['FEVER'] }), 'HOLD'],
    ['stops for a scar', graded(1, { code: 'SCAR_KELOID' }), 'STOP'],
    ['does what the physician decided', graded(1, { code: 'SCAR_KELOID', seriesDecision: 'MODIFY' }), 'MODIFY'],
  ]
  test.each(effects)('the series %s', (_, body, effect) => {
    expect(seriesEffect(body)).toBe(effect)
  })
})

describe('the report decision', () => {
  const prompts: readonly (readonly [ComplicationBody, boolean, readonly string[]])[] = [
    [graded(3), false, ['GRADE_3_OR_MORE']],
    [graded(1, { isPermanentChange: true }), false, ['PERMANENT_CHANGE']],
    [graded(1, { outcome: 'RESOLVED_WITH_SEQUELAE' }), false, ['PERMANENT_CHANGE']],
    [graded(1, { neededIntervention: true }), false, ['INTERVENTION_NEEDED']],
    [graded(1, { code: 'DEVICE_MALFUNCTION' }), false, ['DEVICE_MALFUNCTION']],
    [graded(1, { hasSterilityDoubt: true }), false, ['STERILITY_DOUBT']],
    [graded(1, { code: 'BLOODBORNE_EXPOSURE' }), false, ['STERILITY_DOUBT']],
    [graded(1, { code: 'GRANULOMA_ALLERGIC' }), false, ['GRANULOMA']],
    [graded(2, { code: 'ANAESTHETIC_TOXICITY' }), false, ['ANAESTHETIC_TOXICITY']],
    [graded(1), true, ['LOT_CLUSTER']],
    [graded(1, { code: 'BURN_RF' }), false, ['RF_INJURY']],
    [graded(1, { code: 'FAT_LOSS_RF' }), false, ['RF_INJURY']],
    [graded(1, { code: 'NERVE_INJURY' }), false, ['RF_INJURY']],
    [graded(2), false, []],
  ]
  test.each(prompts)('%#: is asked for as the reference says', (body, isInLotCluster, expected) => {
    expect(promptsReportDecision(body, { isInLotCluster, isOnRecalledLot: false })).toEqual(expected)
  })

  test('is asked for where what was used is recalled', () => {
    expect(promptsReportDecision(graded(1), { isInLotCluster: false, isOnRecalledLot: true })).toEqual(['LOT_RECALLED'])
  })

  test('is asked for by the code alone exactly where the table says so', () => {
    const prompted = complicationCodes.filter(
      (code) =>
        promptsReportDecision(graded(1, { code }), { isInLotCluster: false, isOnRecalledLot: false }).length > 0,
    )
    expect(prompted).toEqual(complicationCodes.filter((code) => complicationTable[code].promptsReport))
  })
})

describe('the states of a complication', () => {
  const events: { readonly [Kind in ComplicationEvent['kind']]: ComplicationEvent } = {
    REPORT: { kind: 'REPORT' },
    REVIEW: { kind: 'REVIEW' },
    MONITOR: { kind: 'MONITOR' },
    CLOSE: { kind: 'CLOSE', isPhysicianSigned: true, isInLotCluster: false, isOnRecalledLot: false },
    REOPEN: { kind: 'REOPEN', reason: 'darker again' },
    DELETE: { kind: 'DELETE' },
  }
  const roles: readonly Role[] = ['frontDesk', 'aesthetician', 'physician', 'manager']
  const states: readonly (ComplicationState | null)[] = [null, ...complicationStates]
  const cases = states.flatMap((state) => complicationEvents.map((event) => ({ state, event })))
  const resolved = { outcome: 'RESOLVED', resolvedOn: '2026-05-20' } as const
  const became = (state: ComplicationState | null, event: ComplicationEvent, body: ComplicationBody) =>
    roles.map((role) => {
      const result = decideComplicationTransition({ state, event, actor: { staffId: lena, roles: [role] }, body })
      return result.ok ? result.value : null
    })

  const mild: Readonly<Record<string, readonly (ComplicationState | null)[]>> = {
    'null REPORT': ['OPEN', 'OPEN', 'OPEN', null],
    'OPEN REVIEW': [null, 'UNDER_REVIEW', 'UNDER_REVIEW', null],
    'UNDER_REVIEW MONITOR': [null, 'MONITORING', 'MONITORING', null],
    'MONITORING CLOSE': [null, 'CLOSED', 'CLOSED', null],
    'CLOSED REOPEN': [null, 'OPEN', 'OPEN', null],
  }
  test.each(cases)('$state, $event for a mild report, by front desk, aesthetician, physician, manager', (row) => {
    const expected = mild[`${row.state} ${row.event}`] ?? [null, null, null, null]
    expect(became(row.state, events[row.event], graded(1, resolved))).toEqual(expected)
  })

  const serious: Readonly<Record<string, readonly (ComplicationState | null)[]>> = {
    'null REPORT': ['OPEN', 'OPEN', 'OPEN', null],
    'OPEN REVIEW': [null, null, 'UNDER_REVIEW', null],
    'UNDER_REVIEW MONITOR': [null, null, 'MONITORING', null],
    'MONITORING CLOSE': [null, null, 'CLOSED', null],
    'CLOSED REOPEN': [null, 'OPEN', 'OPEN', null],
  }
  test.each(cases)('$state, $event for a red flag, by front desk, aesthetician, physician, manager', (row) => {
    const answered = { ...notice, acknowledgedAt: '2026-05-14T14:12:00.000Z' }
    const body = graded(2, { ...resolved, code: 'HSV_REACTIVATION', physicianNotices: [answered] })
    expect(became(row.state, events[row.event], body)).toEqual(
      serious[`${row.state} ${row.event}`] ?? [null, null, null, null],
    )
  })

  const physician = { staffId: okafor, roles: ['physician'] as const }
  const guards: readonly (readonly [string, ComplicationState | null, ComplicationEvent, ComplicationBody, string])[] =
    [
      [
        'a red flag is not reported silently',
        null,
        events.REPORT,
        graded(1, { signs: ['FEVER'] }),
        'PHYSICIAN_NOT_NOTIFIED',
      ],
      [
        'a red flag nobody acknowledged is not merely watched',
        'UNDER_REVIEW',
        events.MONITOR,
        graded(1, { signs: ['FEVER'], physicianNotices: [notice] }),
        'ACKNOWLEDGEMENT_MISSING',
      ],
      [
        'a symptom call is coded before it is closed',
        'MONITORING',
        events.CLOSE,
        complicationBodyOf({ code: null }),
        'COMPLICATION_NOT_CODED',
      ],
      ['and graded', 'MONITORING', events.CLOSE, complicationBodyOf(resolved), 'GRADE_MISSING'],
      ['closing needs an outcome', 'MONITORING', events.CLOSE, graded(1), 'OUTCOME_MISSING'],
      ['recovering is none', 'MONITORING', events.CLOSE, graded(1, { outcome: 'RECOVERING' }), 'OUTCOME_MISSING'],
      ['resolved has a date', 'MONITORING', events.CLOSE, graded(1, { outcome: 'RESOLVED' }), 'RESOLVED_DATE_MISSING'],
      [
        'grade 2 and more is closed with the physician’s signature',
        'MONITORING',
        { kind: 'CLOSE', isPhysicianSigned: false, isInLotCluster: false, isOnRecalledLot: false },
        graded(2, resolved),
        'PHYSICIAN_SIGNATURE_NEEDED',
      ],
      [
        'a prompted report is decided first',
        'MONITORING',
        events.CLOSE,
        graded(1, { ...resolved, neededIntervention: true }),
        'REPORT_DECISION_MISSING',
      ],
      ['reopening says why', 'CLOSED', { kind: 'REOPEN', reason: '' }, graded(1, resolved), 'REOPEN_REASON_MISSING'],
      ['nothing is deleted', 'OPEN', events.DELETE, graded(1), 'NOTHING_IS_DELETED'],
    ]
  test.each(guards)('%s', (_, state, event, body, code) => {
    expect(decideComplicationTransition({ state, event, actor: physician, body })).toMatchObject({
      ok: false,
      refusal: { code },
    })
  })

  test('lost to follow-up is closed without a date', () => {
    const body = graded(1, { outcome: 'UNKNOWN' })
    expect(decideComplicationTransition({ state: 'MONITORING', event: events.CLOSE, actor: physician, body }).ok).toBe(
      true,
    )
  })

  test('a complaint about the result is closed without a grade', () => {
    const body = complicationBodyOf({ ...resolved, code: 'DISSATISFACTION' })
    const actor = { staffId: lena, roles: ['aesthetician'] as const }
    expect(decideComplicationTransition({ state: 'MONITORING', event: events.CLOSE, actor, body }).ok).toBe(true)
  })

  test('a recurrence blocks the zone again', () => {
    const lifted = { by: okafor, at: '2026-06-01T15:00:00.000Z', reason: 'healed' }
    const closed = graded(2, { ...resolved, zones: [chin], blockLifted: lifted })
    expect(blocksZones(closed).kind).toBe('NONE')
    expect(blocksZones(reopenedBody(closed)).kind).toBe('ZONES')
  })
})

describe('scenario 6: Aisha Bello calls on day 10 with darker patches', () => {
  const body = graded(2, { code: 'PIH', zones: [chin], onsetOn: '2026-05-12' })

  test('it is no red flag, yet reaches the physician the same day and holds the series', () => {
    expect(redFlagsOf(body)).toEqual([])
    expect(mustNotifyPhysician(body)).toBe('SAME_DAY')
    expect(seriesEffect(body)).toBe('HOLD')
    expect(blocksZones(body)).toEqual({ kind: 'ZONES', zones: [chin] })
  })

  test('it is followed on days 14, 28, 56, 90 and 180 from the session', () => {
    const dates = complicationFollowUps({
      schedule: complicationTable.PIH.schedule,
      grade: body.grade,
      sessionOn: '2026-05-04',
      reportedOn: '2026-05-14',
      stableOn: null,
      until: '2027-05-04',
      settings: shippedFollowUpSettings,
    }).map(({ dueOn }) => dueOn)
    expect(dates).toEqual(['2026-05-18', '2026-06-01', '2026-06-29', '2026-08-02', '2026-10-31'])
  })

  test('grade 1 on day 90 and resolved on day 150 it is closed by the physician and frees the chin', () => {
    const later = gradeComplication(body, { grade: 1, at: '2026-08-02T15:00:00.000Z', by: okafor, note: 'day 90' })
    const done: ComplicationBody = { ...later, outcome: 'RESOLVED', resolvedOn: '2026-10-01' }
    const event = { kind: 'CLOSE', isPhysicianSigned: true, isInLotCluster: false, isOnRecalledLot: false } as const
    const close = (roles: readonly Role[]) =>
      decideComplicationTransition({ state: 'MONITORING', event, actor: { staffId: okafor, roles }, body: done })
    expect(close(['aesthetician'])).toEqual({ ok: false, refusal: { code: 'PHYSICIAN_SIGNATURE_NEEDED' } })
    expect(close(['physician'])).toEqual({ ok: true, value: 'CLOSED' })
    expect(blocksZones(done)).toEqual({ kind: 'NONE' })
    // The consent is re-taken because of the new CLEAR outcome of SQ-38, not because of the grade.
    expect(needsNewConsent(done)).toBe(false)
  })
})

describe('scenario 10: Ruth Adeyemi reports grouped blisters on day 3', () => {
  const answered = { ...notice, acknowledgedAt: '2026-05-14T14:12:00.000Z' }
  const body = graded(2, {
    code: 'HSV_REACTIVATION',
    signs: ['VESICLES'],
    zones: [{ zone: 'LIP_UPPER', side: 'M', site: null }],
    physicianNotices: [answered],
  })

  test('it is a red flag, acknowledged after 12 minutes, and holds the series', () => {
    expect(redFlagsOf(body)).toEqual(['VESICLES', 'MARKED_CODE'])
    expect(acknowledgementOf(body, { now: '2026-05-14T15:00:00.000Z', acknowledgeMin: 30 })).toEqual({
      kind: 'ACKNOWLEDGED',
      by: okafor,
      afterMin: 12,
    })
    expect(seriesEffect(body)).toBe('HOLD')
  })

  test('resolved on day 13 it still blocks the lip until the physician clears it', () => {
    const healed: ComplicationBody = { ...body, outcome: 'RESOLVED', resolvedOn: '2026-05-27' }
    expect(blocksZones(healed).kind).toBe('ZONES')
  })
})
