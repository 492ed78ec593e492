import { describe, expect, test } from 'vitest'
import { complicationBody } from '../../shared/contract/schemas/complication.ts'
import {
  acknowledgementOf,
  blocksZones,
  causalities,
  complicationOutcomes,
  promptsReportDecision,
  type RedFlag,
  type ReportPrompt,
  redFlags,
  reportPrompts,
  seriesDecisions,
} from '../../shared/domain/complication.ts'
import { complicationCodes, complicationTable } from '../../shared/domain/complication-codes.ts'
import { reportWorkDays } from '../../shared/domain/complication-report.ts'
import { complicationStates } from '../../shared/domain/complication-state.ts'
import { complicationFollowUps, sessionFollowUps, shippedFollowUpSettings } from '../../shared/domain/follow-up.ts'
import { shippedSettings } from '../../shared/domain/policy.ts'
import { addDays, daysBetween } from '../../shared/kernel/time.ts'
import { codesIn, lineWith, listIn, wordsBetween } from './clinical-reference.ts'
import { complicationBodyOf } from './record-bodies.ts'

describe('the complication report and the clinical reference, section 7', () => {
  test('has the printed causalities, outcomes, decisions and states', () => {
    expect(codesIn(wordsBetween('**Causality:**', '. **Outcome'))).toEqual([...causalities])
    expect(codesIn(wordsBetween('**Outcome:**', '(lost'))).toEqual([...complicationOutcomes])
    expect(codesIn(wordsBetween('series decision ', ', follow-ups'))).toEqual([...seriesDecisions])
    expect([...new Set(codesIn(wordsBetween('linked AEs. States:', 'on recurrence')))]).toEqual([...complicationStates])
  })

  /** Printed part of the report and where the record keeps it; `null` where the head of the record does. */
  const parts: Readonly<Record<string, readonly string[] | null>> = {
    patient: ['patientId'],
    'session(s)': ['sessionIds'],
    'zones+sides': ['zones'],
    code: ['code'],
    onset: ['onsetOn'],
    'reported at': ['reportedAt'],
    'reported by': ['reportedBy', 'takenBy'],
    channel: ['channel'],
    'grade (current + worst, dated history)': ['grade', 'worstGrade', 'gradeHistory'],
    description: ['description'],
    photos: ['photoIds'],
    'cartridge/product lots (auto from session)': ['cartridgeLots', 'productLots'],
    device: ['deviceId'],
    'red flags': ['signs'],
    'action taken': ['actionTaken'],
    'treatment ordered by': ['treatmentOrderedBy'],
    'physician notified (who, when, how) and acknowledged': ['physicianNotices'],
    causality: ['causality'],
    'series decision CONTINUE/MODIFY/HOLD/STOP': ['seriesDecision'],
    'follow-ups[]': ['followUps'],
    outcome: ['outcome'],
    resolved_on: ['resolvedOn'],
    'report decision': ['reportDecision'],
    'linked AEs': ['linkedComplicationIds'],
  }
  /** Facts that the rules of the section need and its list leaves to them. */
  const besides = [
    'schema',
    'complicationId',
    'version',
    'blockLifted',
    'isPermanentChange',
    'neededIntervention',
    'hasSterilityDoubt',
    'stableOn',
  ]

  test('keeps each printed part and nothing without a reason', () => {
    expect(listIn(wordsBetween('- **AE record:** ', '. States:'))).toEqual(Object.keys(parts))
    const kept = [...Object.values(parts).flatMap((fields) => fields ?? []), ...besides]
    expect(Object.keys(complicationBody.shape).toSorted()).toEqual(kept.toSorted())
  })

  test('raises a red flag for each printed sign', () => {
    const signs: Readonly<Record<string, readonly RedFlag[]>> = {
      'any row above so marked': ['MARKED_CODE'],
      fever: ['FEVER'],
      'grade >= 3': ['GRADE_3_OR_MORE'],
      'pus or spreading erythema': ['PUS', 'SPREADING_ERYTHEMA'],
      vesicles: ['VESICLES'],
      'pain rising after 48 h': ['PAIN_RISING_AFTER_48H'],
      'vision change': ['VISION_CHANGE'],
      'airway or facial swelling': ['AIRWAY_SWELLING', 'FACIAL_SWELLING'],
      'necrosis/blanching': ['NECROSIS_OR_BLANCHING'],
      'new nodules': ['NEW_NODULES'],
      'new scar': ['NEW_SCAR'],
    }
    expect(listIn(wordsBetween('cannot be saved silently:**', '. If the physician'), ';')).toEqual(Object.keys(signs))
    expect(redFlags.toSorted()).toEqual(Object.values(signs).flat().toSorted())
  })

  test('goes to the deputy after the printed time', () => {
    const minutes = Number(/acknowledged in (\d+) min/u.exec(lineWith('has not acknowledged in'))?.[1])
    const body = complicationBodyOf({
      signs: ['FEVER'],
      physicianNotices: [
        { ...complicationBodyOf().physicianNotices[0], at: '2026-05-14T10:00:00.000Z', acknowledgedAt: null } as never,
      ],
    })
    const kindAt = (now: string) => acknowledgementOf(body, { now, acknowledgeMin: minutes }).kind
    expect(minutes).toBe(shippedSettings.redFlagAcknowledgeMin)
    expect([kindAt('2026-05-14T10:29:00.000Z'), kindAt('2026-05-14T10:30:00.000Z')]).toEqual(['WAITING', 'ESCALATED'])
  })

  test('asks for a report decision in each printed case', () => {
    const cases: Readonly<Record<string, readonly ReportPrompt[]>> = {
      'grade >= 3': ['GRADE_3_OR_MORE'],
      'permanent change': ['PERMANENT_CHANGE'],
      'medical/surgical intervention needed': ['INTERVENTION_NEEDED'],
      'device malfunction or sterility doubt': ['DEVICE_MALFUNCTION', 'STERILITY_DOUBT'],
      granuloma: ['GRANULOMA'],
      'anaesthetic toxicity': ['ANAESTHETIC_TOXICITY'],
      'cluster on a lot': ['LOT_CLUSTER'],
      'any RF burn/fat/nerve injury': ['RF_INJURY'],
    }
    expect(listIn(wordsBetween('(YES/NO + reason, physician) when:**', '. Export'), ';')).toEqual(Object.keys(cases))
    // Section 11, scenario 5, asks for one more: a lot that was recalled.
    const ofRecall: readonly ReportPrompt[] = ['LOT_RECALLED']
    expect(reportPrompts.filter((prompt) => !ofRecall.includes(prompt))).toEqual(Object.values(cases).flat())
    const plain = complicationBodyOf({ code: 'FOLLICULITIS', worstGrade: 1, grade: 1, outcome: 'ONGOING' })
    expect(promptsReportDecision(plain, { isInLotCluster: false, isOnRecalledLot: false })).toEqual([])
    expect(promptsReportDecision(plain, { isInLotCluster: true, isOnRecalledLot: false })).toEqual(['LOT_CLUSTER'])
  })

  test('is reported within the printed work days and clustered in the printed days', () => {
    expect(lineWith('FDA reporting')).toContain(`within ${reportWorkDays} work days`)
    expect(lineWith('Lot recall search')).toContain(`within ${shippedSettings.lotClusterDays} days`)
  })
})

describe('the follow-up and the clinical reference, section 7', () => {
  const line = lineWith('Follow-up cadence')
  const sessionOn = '2026-05-04'
  const reportedOn = '2026-05-06'
  const daysOf = (schedule: 'GRADE' | 'PIH' | 'SCAR', grade: 1 | 2 | 3, days: number, stableOn: string | null = null) =>
    complicationFollowUps({
      schedule,
      grade,
      sessionOn,
      reportedOn,
      stableOn,
      until: addDays(reportedOn, days),
      settings: shippedFollowUpSettings,
    }).map(({ dueOn }) => daysBetween(schedule === 'PIH' ? sessionOn : reportedOn, dueOn))

  test('sees everyone on the printed days', () => {
    const [message, check, late] = /day (\d+) message, day (\d+) check, day (\d+)\./u.exec(line)?.slice(1) ?? []
    expect(sessionFollowUps(sessionOn, shippedFollowUpSettings).map(({ dueOn }) => dueOn)).toEqual(
      [message, check, late].map((day) => addDays(sessionOn, Number(day))),
    )
  })

  test('follows each grade and schedule as printed', () => {
    expect(line).toContain('Grade 1 past window: weekly to resolution')
    expect(daysOf('GRADE', 1, 22)).toEqual([7, 14, 21])
    expect(line).toContain('Grade 2: 48 h, then weekly')
    expect(daysOf('GRADE', 2, 17)).toEqual([2, 9, 16])
    expect(line).toContain('Grade 3-4: daily until stable, then weekly')
    expect(daysOf('GRADE', 3, 16, addDays(reportedOn, 2))).toEqual([1, 2, 9, 16])
    expect(line).toContain(`PIH: day ${daysOf('PIH', 1, 200).join(', ')} with same-light photos`)
    expect(line).toContain('Scar/granuloma: monthly to 6 months, then quarterly')
    expect(daysOf('SCAR', 1, 300)).toEqual([31, 61, 92, 123, 153, 184, 276])
  })
})

test('what is open blocks its zones as printed', () => {
  expect(lineWith('Open AE effects')).toContain(
    'grade >= 2 unresolved, or any infection/HSV/scar/granuloma, blocks the next session in that zone',
  )
  const zones = [{ zone: 'CHIN', side: 'M', site: null }] as const
  const blocked = (code: (typeof complicationCodes)[number], grade: 1 | 2, outcome: 'ONGOING' | 'RESOLVED') =>
    blocksZones({ code, grade, outcome, zones: [...zones], blockLifted: null }).kind === 'ZONES'
  const clinical = complicationCodes.filter((code) => complicationTable[code].isClinical)
  expect(clinical.filter((code) => !blocked(code, 2, 'ONGOING'))).toEqual([])
  expect(clinical.filter((code) => blocked(code, 1, 'RESOLVED')).toSorted()).toEqual(
    [
      'INFECTION_BACTERIAL',
      'HSV_REACTIVATION',
      'INFECTION_FUNGAL',
      'INFECTION_MYCOBACT',
      'SCAR_TRAM_TRACK',
      'SCAR_HYPERTROPHIC',
      'SCAR_KELOID',
      'GRANULOMA_ALLERGIC',
    ].toSorted(),
  )
})
