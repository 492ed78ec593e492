import { describe, expect, test } from 'vitest'
import { complicationCodes } from '../../shared/domain/complication-codes.ts'
import { depthRefusals, depthWarnings } from '../../shared/domain/depth-limit.ts'
import { deviationCodes } from '../../shared/domain/deviation.ts'
import { productClasses } from '../../shared/domain/lot.ts'
import { supervisionModes } from '../../shared/domain/policy.ts'
import {
  addonKinds,
  aftercareChannels,
  endedEarlyReasons,
  endpoints,
  immediateReactionCodes,
  passDirections,
  sessionWarningCodes,
  stopReasons,
  techniques,
} from '../../shared/domain/session.ts'
import { sessionHardCodes } from '../../shared/domain/session-problem.ts'
import { missingFields } from '../../shared/domain/session-required.ts'
import { codesIn, lineWith, listIn, tableRows, wordsBetween } from './clinical-reference.ts'

/** `null`: the record has the field by itself, nobody fills it in. */
type Asked = { readonly required: readonly string[]; readonly answers: Readonly<Record<string, Answer>> }
type Answer = {
  readonly hard?: readonly string[]
  readonly gate?: readonly string[]
  readonly soft?: readonly string[]
}

const none: Readonly<Record<string, Answer>> = {}

/** One entry per printed row: the paths that an empty draft still owes, and the codes that answer each printed rule. */
const asked: Readonly<Record<string, Asked>> = {
  'patient, series, session_no, clinic, room': {
    required: ['patientId', 'seriesId', 'sessionNo', 'clinic', 'room'],
    answers: {
      'Hard: session_no unique in series': { hard: ['SESSION_NO_TAKEN'] },
      'Soft: > planned count': { soft: ['SESSION_NO_OVER_PLAN'] },
    },
  },
  'practitioner; supervising physician': {
    required: ['practitionerId', 'supervisingPhysicianId'],
    answers: {
      'Hard at start: licence expired/not permitted by policy': {
        gate: ['LICENCE_EXPIRED', 'LICENCE_MISSING', 'PRACTITIONER_NOT_PERMITTED', 'SUPERVISOR_MISSING'],
      },
    },
  },
  supervision_mode_actual: {
    required: ['supervisionModeActual'],
    answers: { 'Soft+deviation: weaker than policy': { gate: ['SUPERVISION_INSUFFICIENT'] } },
  },
  'order_id, consent_id, screening_id, clearance_ids': {
    required: [],
    answers: {
      'Hard at start: missing, expired, withdrawn or STOP': {
        gate: [
          'ORDER_MISSING',
          'ORDER_NOT_ACTIVE',
          'CONSENT_MISSING',
          'CONSENT_TEXT_MISSING',
          'CONSENT_NOT_VALID',
          'SCREENING_FULL_MISSING',
          'SCREENING_FULL_OUT_OF_DATE',
          'SCREENING_SHORT_NOT_TODAY',
          'SCREENING_STOP',
          'CLEARANCE_MISSING',
          'CLEARANCE_EXPIRED',
        ],
      },
    },
  },
  identity_check: {
    required: ['identityCheck'],
    answers: { 'Hard at start: fewer than two': { gate: ['IDENTITY_NOT_CHECKED'] } },
  },
  fst: { required: ['fst'], answers: { 'Hard: missing': { gate: ['SKIN_TYPE_MISSING'] } } },
  pre_photos: { required: ['prePhotos'], answers: { 'Soft: missing view': { soft: ['PHOTO_VIEW_MISSING'] } } },
  'pre_observations; skin_prep': { required: ['skinPrep'], answers: none },
  anaesthetic: {
    required: ['anaesthetic.kind'],
    answers: {
      'Hard: off < on': { hard: ['ANAESTHETIC_OFF_BEFORE_ON'] },
      'Hard at start: recorded allergy': { gate: ['PRODUCT_ALLERGY'] },
      'Soft: lidocaine > 4 % OTC, occlusion, large area (> face+neck); dwell < 15 or > 60 min CC': {
        soft: [
          'LIDOCAINE_STRONG',
          'ANAESTHETIC_OCCLUDED',
          'ANAESTHETIC_AREA_LARGE',
          'ANAESTHETIC_DWELL_SHORT',
          'ANAESTHETIC_DWELL_LONG',
        ],
      },
    },
  },
  'device_id, speed': {
    required: ['deviceId'],
    answers: {
      'Hard: outside device range': { hard: ['SPEED_OUTSIDE_DEVICE_RANGE'] },
      'Hard at start: device quarantined/retired': { gate: ['DEVICE_QUARANTINED', 'DEVICE_RETIRED'] },
    },
  },
  'cartridge_uses[]': {
    required: ['cartridgeUses'],
    answers: {
      'Hard at start: expired, recalled, seal broken, already used on another visit': {
        gate: ['CARTRIDGE_EXPIRED', 'CARTRIDGE_RECALLED', 'CARTRIDGE_SEAL_BROKEN', 'CARTRIDGE_ALREADY_USED'],
      },
    },
  },
  'started_at, ended_at': {
    required: ['startedAt', 'endedAt'],
    answers: {
      'Hard: end <= start, future, > 8 h': { hard: ['END_NOT_AFTER_START', 'TIME_IN_FUTURE', 'SESSION_TOO_LONG'] },
      'Soft: < 10 or > 90 min': { soft: ['DURATION_SHORT', 'DURATION_LONG'] },
    },
  },
  'zone_rows[]': {
    required: ['zoneRows'],
    answers: { 'Hard: duplicate zone+side+cartridge': { hard: ['DUPLICATE_ZONE_ROW'] } },
  },
  'addons[]; post_products[]': {
    required: ['postProducts.kind'],
    answers: {
      'Hard at start: add-on without order and consent clause': { gate: ['ADDON_NOT_ORDERED', 'ADDON_NOT_CONSENTED'] },
      'Soft: ACTIVE_AVOID': { soft: ['ACTIVE_PRODUCT'], gate: ['ACTIVE_PRODUCT_BLOCKED'] },
    },
  },
  'immediate_reactions[]': { required: ['immediateReactions.kind'], answers: { 'grade >= 3 -> red-flag flow': {} } },
  pain_max: { required: ['painMax'], answers: { 'Hard: outside 0-10': { hard: ['PAIN_OUT_OF_RANGE'] } } },
  'haemostasis_min; post_photos': {
    required: [],
    answers: { 'Soft: > 10 min': { soft: ['HAEMOSTASIS_LONG'] } },
  },
  aftercare_given: { required: ['aftercareGiven'], answers: none },
  'ended_early + reason': {
    required: ['endedEarly'],
    answers: { 'Reason hard if yes': { hard: ['ENDED_EARLY_REASON_MISSING'] } },
  },
  'deviations[]': {
    required: [],
    answers: { 'Hard at submit: reason missing': { hard: ['DEVIATION_REASON_MISSING'] } },
  },
  needlestick_injury: { required: ['needlestickInjury'], answers: none },
  'next_session_suggested; notes': {
    required: [],
    answers: { 'Soft: < min interval': { soft: ['NEXT_SESSION_TOO_SOON'] } },
  },
  author_sign: { required: [], answers: { 'Late entry label if > 24 h after end CC': {} } },
}

/** Required and printed nowhere as a row: asked of every session by the start gate's line on today's agreement. */
const askedBesides = ['stillAgreesToday', 'utcOffsetMin', 'recordOnly', 'speed']

/** `Hard: a. Soft: b` gives two. */
function rulesIn(cell: string): readonly string[] {
  const plain = cell.replaceAll(/ ?\[[A-Z]\d*\]/gu, '').replaceAll('**', '')
  return plain
    .split(/(?<=[^.])\. (?=Hard|Soft)/u)
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
}

describe('the session log and the clinical reference, section 5', () => {
  const rows = tableRows('| Field | Type / unit / values |').map(([field = '', values = '', need = '', rule = '']) => ({
    field,
    values,
    need,
    rule,
  }))
  const owed = missingFields({ schema: 'session/1' }, { treatingRole: 'aesthetician', hasSpeed: true })

  test('have the same rows', () => {
    expect(rows.map(({ field }) => field)).toEqual(Object.keys(asked))
  })

  test.each(rows)('$field is required as printed', ({ field, need }) => {
    const paths = asked[field]?.required ?? []
    expect(paths.filter((path) => !owed.some((open) => open === path || open.startsWith(`${path}.`)))).toEqual([])
    if (need === 'O') expect(paths).toEqual([])
    if (need === 'R') expect(paths.length > 0 || field.startsWith('order_id')).toBe(true)
  })

  test('ask for nothing that is not printed', () => {
    const printed = [...Object.values(asked).flatMap(({ required }) => required), ...askedBesides]
    expect(owed.filter((path) => !printed.some((one) => path === one || path.startsWith(`${one}.`)))).toEqual([])
  })

  test.each(rows)('$field has an answer to each of its rules', ({ field, rule }) => {
    const { answers } = asked[field] ?? { answers: none }
    expect(rulesIn(rule)).toEqual(Object.keys(answers))
    for (const answer of Object.values(answers)) {
      expect([...sessionHardCodes, ...depthRefusals]).toEqual(expect.arrayContaining([...(answer.hard ?? [])]))
      expect(deviationCodes).toEqual(expect.arrayContaining([...(answer.gate ?? [])]))
      expect([...sessionWarningCodes, ...depthWarnings]).toEqual(expect.arrayContaining([...(answer.soft ?? [])]))
    }
  })

  const valuesOf = (field: string) => rows.find((row) => row.field === field)?.values ?? ''
  test('have the same values to choose from', () => {
    expect(codesIn(valuesOf('supervision_mode_actual'))).toEqual([...supervisionModes])
    expect(codesIn(valuesOf('ended_early + reason'))).toEqual([...endedEarlyReasons])
    const addons = listIn(valuesOf('addons[]; post_products[]').split(' + ')[0] ?? '', '/')
    expect(addons.map((kind) => kind.toUpperCase())).toEqual([...addonKinds])
    const channels = /how \(([^)]*)\)/u.exec(valuesOf('aftercare_given'))?.[1] ?? ''
    expect(channels.toUpperCase().split('/')).toEqual([...aftercareChannels])
    expect(complicationCodes).toEqual(expect.arrayContaining([...immediateReactionCodes]))
  })
})

describe('the zone row and the clinical reference, section 5', () => {
  const line = lineWith('- **Zone row:**')

  test('has the printed techniques, directions, endpoints and reasons to stop', () => {
    expect(codesIn(/technique ([A-Z/]+) R/u.exec(line)?.[1] ?? '')).toEqual([...techniques])
    expect(/directions subset of ([A-Z,]+)/u.exec(line)?.[1]?.split(',')).toEqual([...passDirections])
    expect(codesIn(/endpoint_after ([A-Z_/]+)/u.exec(line)?.[1] ?? '')).toEqual([...endpoints])
    expect(codesIn(/stop_reason ([A-Z_/]+) R/u.exec(line)?.[1] ?? '')).toEqual([...stopReasons])
  })

  test.each([
    ['Hard: < 100, > device max, or > 3500 on a mechanical device', [...depthRefusals]],
    ['Soft+deviation: > effective limit', ['DEPTH_OVER_LIMIT']],
    ['Soft: > zone soft max or > 1500 when FST IV-VI', [...depthWarnings]],
    [
      'Soft: pass no > 3; any pass after PINPOINT; FRANK_BLEEDING',
      ['PASS_OVER_THREE', 'PASS_AFTER_PINPOINT', 'FRANK_BLEEDING'],
    ],
    ['Hard: pass no > 10', ['PASS_NO_IMPOSSIBLE']],
  ])('%s has its codes', (printed, codes) => {
    expect(line).toContain(printed)
    const shipped = [...sessionHardCodes, ...depthRefusals, ...deviationCodes, ...sessionWarningCodes]
    expect(shipped).toEqual(expect.arrayContaining(codes))
  })

  test('owes each printed field', () => {
    const owed = missingFields({ schema: 'session/1', zoneRows: [{}] }, { treatingRole: 'physician', hasSpeed: false })
    const open = owed.filter((path) => path.startsWith('zoneRows[0].')).map((path) => path.slice('zoneRows[0].'.length))
    const printed = [
      'zone',
      'side',
      'indication',
      'depth_um',
      'technique',
      '`passes[]`',
      'cartridge_use',
      'stop_reason',
    ]
    for (const field of printed) expect(line).toContain(field)
    expect(open.toSorted()).toEqual(
      ['zone', 'side', 'indication', 'depthUm', 'technique', 'passes', 'cartridge', 'stopReason'].toSorted(),
    )
  })
})

test('the start gate has an answer to each of its printed conditions', () => {
  const conditions = wordsBetween('each failure named on screen):** ', '. Emergency stop').split('; ')
  const answers: Readonly<Record<string, readonly string[]>> = {
    'identity checked': ['IDENTITY_NOT_CHECKED'],
    'short screening dated today on top of a full one in date, no STOP': [
      'SCREENING_FULL_MISSING',
      'SCREENING_FULL_OUT_OF_DATE',
      'SCREENING_SHORT_NOT_TODAY',
      'SCREENING_STOP',
    ],
    'clearance for every CLEAR, unexpired, its conditions met': [
      'CLEARANCE_MISSING',
      'CLEARANCE_EXPIRED',
      'CLEARANCE_CONDITION_UNMET',
      'CLEARANCE_ZONE_EXCLUDED',
    ],
    'consent active and covering procedure, zones, depth, language, signer': [
      'CONSENT_MISSING',
      'CONSENT_NOT_VALID',
      'CONSENT_TEXT_MISSING',
      'CONSENT_PROCEDURE_NOT_COVERED',
      'CONSENT_ZONE_NOT_COVERED',
      'CONSENT_INDICATION_NOT_COVERED',
      'STILL_AGREES_NOT_ASKED',
    ],
    'treatment order active with sessions left': [
      'ORDER_MISSING',
      'ORDER_NOT_ACTIVE',
      'ORDER_NO_SESSIONS_LEFT',
      'ORDER_ZONE_NOT_COVERED',
      'ORDER_DEVICE_TYPE_DIFFERS',
    ],
    'no blocking AE in the zones': ['COMPLICATION_BLOCKS_ZONE'],
    'series not on hold': ['SERIES_NOT_OPEN'],
    'interval met or cleared': ['INTERVAL_TOO_SHORT'],
    'previous session signed if policy says so': ['PREVIOUS_SESSION_UNSIGNED'],
    'practitioner licence and policy depth': [
      'POLICY_MISSING',
      'PRACTITIONER_NOT_PERMITTED',
      'LICENCE_MISSING',
      'LICENCE_EXPIRED',
      'RF_NOT_PERMITTED',
      'ZONE_NOT_PERMITTED',
      'ZONE_NOT_PLANNABLE',
      'DEPTH_OVER_LIMIT',
    ],
    'required supervision confirmed present': [
      'SUPERVISOR_MISSING',
      'SUPERVISOR_NOT_QUALIFIED',
      'SUPERVISION_INSUFFICIENT',
    ],
    'device active, cartridge in date, sealed, unused, not recalled': [
      'DEVICE_MISSING',
      'DEVICE_QUARANTINED',
      'DEVICE_RETIRED',
      'CARTRIDGE_MISSING',
      'CARTRIDGE_EXPIRED',
      'CARTRIDGE_RECALLED',
      'CARTRIDGE_QUARANTINED',
      'CARTRIDGE_SEAL_BROKEN',
      'CARTRIDGE_ALREADY_USED',
      'CARTRIDGE_DETAILS_MISSING',
    ],
    'product allergies clear': ['PRODUCT_ALLERGY'],
  }
  expect(conditions).toEqual(Object.keys(answers))
  expect(deviationCodes).toEqual(expect.arrayContaining(Object.values(answers).flat()))
})

test('a product’s class is one of those printed with the products', () => {
  const row = tableRows('| # | Seed fact |').find(([number]) => number === '24')?.[2] ?? ''
  expect(codesIn(row).slice(0, productClasses.length)).toEqual([...productClasses])
})
