import { describe, expect, test } from 'vitest'
import type { GateFailureCode } from '../../shared/domain/deviation.ts'
import { gateFailureCodes } from '../../shared/domain/deviation.ts'
import type { Finding } from '../../shared/domain/finding.ts'
import { judgeStart } from '../../shared/domain/start-gate.ts'
import type { ClearanceFacts, GateFailure, StartGateFacts } from '../../shared/domain/start-gate-facts.ts'
import { limitForPlace } from '../../shared/domain/start-gate-practice.ts'
import type { ZonePlace } from '../../shared/domain/zones.ts'
import type { ComplicationId } from '../../shared/kernel/ids.ts'
import {
  aestheticianRow,
  cartridge,
  cheekLeft,
  cheekRight,
  consent,
  gateFacts,
  ids,
  lena,
  okafor,
  orderWith,
  planned,
  policyWith,
  signature,
  zoneSides,
} from './given-session.ts'

const day = gateFacts()
const jawRight: ZonePlace = { zone: 'JAWLINE', side: 'R', site: null }
const lip: ZonePlace = { zone: 'LIP_UPPER', side: 'M', site: null }

function finding(change: Partial<Finding> = {}): Finding {
  return {
    questionId: 'SQ-10',
    outcome: 'CLEAR',
    scope: 'PATIENT',
    zones: [],
    override: 'NONE',
    rule: 'ISOTRETINOIN_WAIT',
    eligibleOn: '2026-09-02',
    ...change,
  }
}

const clearance: ClearanceFacts = {
  clearanceId: ids.clearance,
  expiresOn: '2026-05-29',
  appliesTo: null,
  maxDepthUm: null,
  zonesAllowed: null,
  zonesExcluded: [],
  unmetConditions: [],
}
const screening = day.screening
const device = (change: object): Partial<StartGateFacts> => ({ device: day.device && { ...day.device, ...change } })
const order = (change: object, sessionsUsed = 1): Partial<StartGateFacts> => ({
  order: { orderId: ids.order, body: orderWith(change), sessionsUsed },
})
const only = (...places: readonly ReturnType<typeof planned>[]): Partial<StartGateFacts> => ({
  plan: { zones: places, addons: [] },
})
const lift = ({ code, liftedBy: { action, by } }: GateFailure) => `${code}: ${action} by ${by}`

test('a session starts where every condition of the gate holds', () => {
  expect(judgeStart(day)).toEqual([])
})

type Row = readonly [string, Partial<StartGateFacts>, readonly string[]]

const activeSerum = { productLotId: null, name: 'Vitamin C', substances: [], productClass: 'ACTIVE_AVOID' } as const

describe('the start gate names what fails and who lifts it', () => {
  const table: readonly Row[] = [
    ['nobody asked who it is', { identityCheck: null }, ['IDENTITY_NOT_CHECKED: CHECK_IDENTITY by PRACTITIONER']],
    [
      'one identifier only, even asked twice',
      { identityCheck: { identifiers: ['FULL_NAME', 'FULL_NAME'] } },
      ['IDENTITY_NOT_CHECKED: CHECK_IDENTITY by PRACTITIONER'],
    ],
    ['no skin type', { fst: null }, ['SKIN_TYPE_MISSING: RECORD_SKIN_TYPE by PRACTITIONER']],
    ['no zone planned', only(), ['NOTHING_PLANNED: PLAN_ZONES by PRACTITIONER']],

    [
      'no full screening',
      { screening: { ...screening, fullAnsweredOn: null } },
      ['SCREENING_FULL_MISSING: SCREEN_IN_FULL by PATIENT'],
    ],
    [
      'a full screening older than twelve months',
      { screening: { ...screening, fullAnsweredOn: '2025-02-27' } },
      ['SCREENING_FULL_OUT_OF_DATE: SCREEN_IN_FULL by PATIENT'],
    ],
    [
      'a full screening twelve months old to the day',
      { screening: { ...screening, fullAnsweredOn: '2025-02-28' } },
      [],
    ],
    [
      'no short screening today',
      { screening: { ...screening, shortAnsweredOn: '2026-02-27' } },
      ['SCREENING_SHORT_NOT_TODAY: SCREEN_TODAY by PATIENT'],
    ],
    [
      'the full form answered today stands for the short one',
      { screening: { ...screening, fullAnsweredOn: '2026-02-28', shortAnsweredOn: null } },
      [],
    ],
    [
      'a STOP that a physician may lift',
      { screening: { ...screening, stops: [finding({ outcome: 'STOP', override: 'PHYSICIAN' })] } },
      ['SCREENING_STOP: OVERRIDE_STOP by PHYSICIAN'],
    ],
    [
      'a STOP that nobody may lift',
      {
        screening: { ...screening, stops: [finding({ outcome: 'STOP', scope: 'ZONES', zones: zoneSides(cheekLeft) })] },
      },
      ['SCREENING_STOP: WAIT by NOBODY'],
    ],
    [
      'a STOP for zones that are not planned does not concern today',
      { screening: { ...screening, stops: [finding({ outcome: 'STOP', scope: 'ZONES', zones: zoneSides(lip) })] } },
      [],
    ],

    [
      'a CLEAR without clearance',
      { screening: { ...screening, uncleared: [finding()] } },
      ['CLEARANCE_MISSING: CLEAR_FINDING by PHYSICIAN'],
    ],
    [
      'a CLEAR about other zones does not concern today',
      { screening: { ...screening, uncleared: [finding({ scope: 'ZONES', zones: zoneSides(lip) })] } },
      [],
    ],
    ['a clearance on its last day', { clearances: [{ ...clearance, expiresOn: '2026-02-28' }] }, []],
    [
      'an expired clearance',
      { clearances: [{ ...clearance, expiresOn: '2026-02-27' }] },
      ['CLEARANCE_EXPIRED: CLEAR_FINDING by PHYSICIAN'],
    ],
    [
      'a condition of the clearance not met',
      { clearances: [{ ...clearance, unmetConditions: ['PROPHYLAXIS_STARTED'] }] },
      ['CLEARANCE_CONDITION_UNMET: MEET_CONDITION by PRACTITIONER'],
    ],
    [
      'a zone that the clearance excludes',
      { clearances: [{ ...clearance, zonesExcluded: zoneSides(cheekRight) }] },
      ['CLEARANCE_ZONE_EXCLUDED: REMOVE_ZONE by PRACTITIONER'],
    ],
    [
      'a zone beside the test zone',
      { clearances: [{ ...clearance, zonesAllowed: zoneSides(cheekLeft) }] },
      ['CLEARANCE_ZONE_EXCLUDED: REMOVE_ZONE by PRACTITIONER'],
    ],
    [
      'a clearance about other zones asks nothing',
      { clearances: [{ ...clearance, appliesTo: zoneSides(lip), expiresOn: '2026-01-01', maxDepthUm: 300 }] },
      [],
    ],
    [
      'deeper than the clearance allows',
      { clearances: [{ ...clearance, appliesTo: zoneSides(cheekLeft), maxDepthUm: 500 }] },
      ['DEPTH_OVER_LIMIT: LOWER_DEPTH by PRACTITIONER'],
    ],

    ['no consent', { consent: null }, ['CONSENT_MISSING: SIGN_CONSENT by PATIENT']],
    [
      'a withdrawn consent',
      { consent: { ...consent, problems: ['WITHDRAWN'] } },
      ['CONSENT_NOT_VALID: SIGN_CONSENT by PATIENT'],
    ],
    [
      'every problem of a consent is named',
      { consent: { ...consent, problems: ['TOO_OLD', 'LANGUAGE_DIFFERS', 'GUARDIAN_CONSENT_EXPIRED'] } },
      [
        'CONSENT_NOT_VALID: SIGN_CONSENT by PATIENT',
        'CONSENT_NOT_VALID: SIGN_CONSENT by PATIENT',
        'CONSENT_NOT_VALID: SIGN_CONSENT by PATIENT',
      ],
    ],
    [
      'another practitioner than consented to needs one line',
      { consent: { ...consent, problems: ['STAFF_CHANGED'] } },
      ['CONSENT_NOT_VALID: ACKNOWLEDGE_CHANGE by PATIENT'],
    ],
    [
      'a zone without consent, named once and with its place',
      { consent: { ...consent, zones: zoneSides(cheekLeft), problems: ['ZONE_NOT_COVERED'] } },
      ['CONSENT_ZONE_NOT_COVERED: SIGN_CONSENT by PATIENT'],
    ],
    [
      'an indication without consent',
      { consent: { ...consent, indications: ['TONE'] } },
      ['CONSENT_INDICATION_NOT_COVERED: SIGN_CONSENT by PATIENT'],
    ],
    [
      'a consent for RF only',
      { consent: { ...consent, procedures: ['RF'] } },
      ['CONSENT_PROCEDURE_NOT_COVERED: SIGN_CONSENT by PATIENT'],
    ],
    [
      'deeper than consented',
      { consent: { ...consent, maxDepthUm: 900 } },
      ['DEPTH_OVER_LIMIT: LOWER_DEPTH by PRACTITIONER', 'DEPTH_OVER_LIMIT: LOWER_DEPTH by PRACTITIONER'],
    ],
    [
      '"still agrees" not asked',
      { stillAgreesToday: false },
      ['STILL_AGREES_NOT_ASKED: ASK_STILL_AGREES by PRACTITIONER'],
    ],

    ['no order', { order: null }, ['ORDER_MISSING: WRITE_ORDER by PHYSICIAN']],
    ['no order where the clinic needs no exam', { order: null, policy: policyWith({ gfeRequired: false }) }, []],
    ['an order not signed yet', order({ signature: null }), ['ORDER_NOT_ACTIVE: WRITE_ORDER by PHYSICIAN']],
    ['an order on its last day', order({ expiresOn: '2026-02-28' }), []],
    ['an expired order', order({ expiresOn: '2026-02-27' }), ['ORDER_NOT_ACTIVE: WRITE_ORDER by PHYSICIAN']],
    [
      'an exam older than the policy allows',
      order({ examinedOn: '2025-02-27' }),
      ['ORDER_NOT_ACTIVE: WRITE_ORDER by PHYSICIAN'],
    ],
    ['the last session of the order', order({}, 3), []],
    ['no session left', order({}, 4), ['ORDER_NO_SESSIONS_LEFT: WRITE_ORDER by PHYSICIAN']],
    [
      'a zone not ordered',
      order({ zones: [{ ...cheekLeft, maxDepthUm: 1000 }] }),
      ['ORDER_ZONE_NOT_COVERED: WRITE_ORDER by PHYSICIAN'],
    ],
    [
      'another device type than ordered',
      order({ deviceType: 'STAMP' }),
      ['ORDER_DEVICE_TYPE_DIFFERS: WRITE_ORDER by PHYSICIAN'],
    ],

    [
      'a complication in a planned zone',
      {
        blockingComplications: [
          { complicationId: 'a' as ComplicationId, code: 'PIH', zones: zoneSides(cheekLeft, lip) },
        ],
      },
      ['COMPLICATION_BLOCKS_ZONE: RELEASE_COMPLICATION by PHYSICIAN'],
    ],
    [
      'a complication elsewhere',
      { blockingComplications: [{ complicationId: 'a' as ComplicationId, code: 'PIH', zones: zoneSides(lip) }] },
      [],
    ],
    [
      'a complication of the whole patient',
      { blockingComplications: [{ complicationId: 'a' as ComplicationId, code: 'ANAPHYLAXIS', zones: [] }] },
      ['COMPLICATION_BLOCKS_ZONE: RELEASE_COMPLICATION by PHYSICIAN'],
    ],

    [
      'a series on hold',
      { series: { ...day.series, status: 'ON_HOLD' } },
      ['SERIES_NOT_OPEN: RESUME_SERIES by PHYSICIAN'],
    ],
    [
      'a completed series',
      { series: { ...day.series, status: 'COMPLETED' } },
      ['SERIES_NOT_OPEN: RESUME_SERIES by PHYSICIAN'],
    ],
    [
      'the first session of a planned series',
      { series: { status: 'PLANNED', lastPerformedOn: null, isIntervalCleared: false }, previousSession: null },
      [],
    ],
    [
      'thirteen days after the last session',
      { series: { ...day.series, lastPerformedOn: '2026-02-15' } },
      ['INTERVAL_TOO_SHORT: CLEAR_INTERVAL by PHYSICIAN'],
    ],
    [
      'thirteen days, cleared',
      { series: { ...day.series, lastPerformedOn: '2026-02-15', isIntervalCleared: true } },
      [],
    ],
    ['fourteen days after the last session', { series: { ...day.series, lastPerformedOn: '2026-02-14' } }, []],
    [
      'the previous session unsigned',
      { previousSession: { isSigned: false } },
      ['PREVIOUS_SESSION_UNSIGNED: SIGN_PREVIOUS_SESSION by PHYSICIAN'],
    ],
    [
      'the previous session unsigned where the policy allows it',
      { previousSession: { isSigned: false }, policy: policyWith({ nextSessionBlockedIfUnsigned: false }) },
      [],
    ],

    ['no approved policy', { policy: null }, ['POLICY_MISSING: APPROVE_POLICY by PHYSICIAN']],
    [
      'a policy that lets no aesthetician needle',
      { policy: policyWith({ permittedRoles: [{ ...aestheticianRow, mayNeedle: false }] }) },
      ['PRACTITIONER_NOT_PERMITTED: CHANGE_PRACTITIONER by MANAGER'],
    ],
    [
      'a licence level that may not needle',
      {
        policy: policyWith({
          permittedRoles: [
            aestheticianRow,
            { ...aestheticianRow, licenceLevel: 'MASTER_AESTHETICIAN', mayNeedle: false },
          ],
        }),
      },
      ['PRACTITIONER_NOT_PERMITTED: CHANGE_PRACTITIONER by MANAGER'],
    ],
    [
      'no licence on record',
      { practitioner: { ...lena, licence: null } },
      ['LICENCE_MISSING: RENEW_LICENCE by MANAGER'],
    ],
    [
      'an expired licence',
      { practitioner: { ...lena, licence: lena.licence && { ...lena.licence, expiresOn: '2026-02-27' } } },
      ['LICENCE_EXPIRED: RENEW_LICENCE by MANAGER'],
    ],
    [
      'a zone the policy excludes for her',
      {
        policy: policyWith({ permittedRoles: [{ ...aestheticianRow, zonesExcluded: ['CHEEK_ANT'] }] }),
        ...only(planned(cheekLeft, 1000)),
      },
      ['ZONE_NOT_PERMITTED: CHANGE_PRACTITIONER by MANAGER'],
    ],
    [
      'deeper than the policy allows her',
      {
        policy: policyWith({ permittedRoles: [{ ...aestheticianRow, maxDepthUm: 750 }] }),
        ...only(planned(cheekLeft, 1000)),
      },
      ['DEPTH_OVER_LIMIT: LOWER_DEPTH by PRACTITIONER'],
    ],
    [
      'deeper than the clinic ceiling',
      { policy: policyWith({ ceilingDepthUm: 900 }), ...only(planned(cheekLeft, 1000)) },
      ['DEPTH_OVER_LIMIT: LOWER_DEPTH by PRACTITIONER'],
    ],
    [
      'an RF device',
      {
        ...device({ type: 'RF_PEN' }),
        ...order({ deviceType: 'RF_PEN' }),
        consentTexts: ['MECHANICAL', 'RF'],
        consent: { ...consent, procedures: ['RF'] },
      },
      ['RF_NOT_PERMITTED: CHOOSE_DEVICE by PRACTITIONER'],
    ],
    [
      'RF while the clinic has no approved text for it',
      {
        ...device({ type: 'RF_PEN' }),
        ...order({ deviceType: 'RF_PEN' }),
        consent: { ...consent, procedures: ['RF'] },
        policy: policyWith({ permittedRoles: [{ ...aestheticianRow, rfAllowed: true }] }),
      },
      ['CONSENT_TEXT_MISSING: PUBLISH_CONSENT_TEXT by PHYSICIAN'],
    ],
    [
      'an RF device under a consent for plain needling',
      {
        ...device({ type: 'RF_PEN' }),
        ...order({ deviceType: 'RF_PEN' }),
        consentTexts: ['MECHANICAL', 'RF'],
        policy: policyWith({ permittedRoles: [{ ...aestheticianRow, rfAllowed: true }] }),
      },
      ['CONSENT_PROCEDURE_NOT_COVERED: SIGN_CONSENT by PATIENT'],
    ],

    [
      'no supervising physician',
      { supervision: { physician: null, confirmedMode: 'ON_SITE' } },
      ['SUPERVISOR_MISSING: NAME_SUPERVISOR by PRACTITIONER'],
    ],
    [
      'a supervisor who is no physician',
      { supervision: { physician: { ...okafor, treatingRole: 'aesthetician' }, confirmedMode: 'ON_SITE' } },
      ['SUPERVISOR_NOT_QUALIFIED: NAME_SUPERVISOR by PRACTITIONER'],
    ],
    [
      'a supervisor whose licence has expired',
      { supervision: { physician: { ...okafor, licence: null }, confirmedMode: 'ON_SITE' } },
      ['SUPERVISOR_NOT_QUALIFIED: NAME_SUPERVISOR by PRACTITIONER'],
    ],
    [
      'supervision nobody confirmed',
      { supervision: { physician: okafor, confirmedMode: null } },
      ['SUPERVISION_INSUFFICIENT: BE_PRESENT by PHYSICIAN'],
    ],
    [
      'by telephone above 0.5 mm',
      { supervision: { physician: okafor, confirmedMode: 'AVAILABLE' } },
      ['SUPERVISION_INSUFFICIENT: BE_PRESENT by PHYSICIAN'],
    ],
    [
      'by telephone at 0.5 mm',
      { supervision: { physician: okafor, confirmedMode: 'AVAILABLE' }, ...only(planned(cheekLeft, 500)) },
      [],
    ],

    ['no device', { device: null }, ['DEVICE_MISSING: CHOOSE_DEVICE by PRACTITIONER']],
    [
      'a device in quarantine',
      device({ status: 'QUARANTINED' }),
      ['DEVICE_QUARANTINED: CHOOSE_DEVICE by PRACTITIONER'],
    ],
    ['a retired device', device({ status: 'RETIRED' }), ['DEVICE_RETIRED: CHOOSE_DEVICE by PRACTITIONER']],
    [
      'a device nobody taught the practitioner, where the clinic lets that stop a session',
      {
        trainings: [],
        policy: day.policy && { ...day.policy, settings: { ...day.policy.settings, deviceTrainingRule: 'BLOCK' } },
      },
      ['DEVICE_TRAINING_MISSING: RECORD_TRAINING by MANAGER'],
    ],
    [
      'deeper than the device goes',
      { ...device({ maxDepthUm: 900 }), ...only(planned(cheekLeft, 1000)) },
      ['DEPTH_IMPOSSIBLE: CHANGE_PLAN by PRACTITIONER', 'DEPTH_OVER_LIMIT: LOWER_DEPTH by PRACTITIONER'],
    ],
    ['no cartridge', { cartridges: [] }, ['CARTRIDGE_MISSING: OPEN_CARTRIDGE by PRACTITIONER']],
    [
      'an expired cartridge',
      { cartridges: [{ ...cartridge, expiresOn: '2026-02-27' }] },
      ['CARTRIDGE_EXPIRED: OPEN_CARTRIDGE by PRACTITIONER'],
    ],
    [
      'a recalled cartridge',
      { cartridges: [{ ...cartridge, status: 'RECALLED' }] },
      ['CARTRIDGE_RECALLED: OPEN_CARTRIDGE by PRACTITIONER'],
    ],
    [
      'a cartridge in quarantine',
      { cartridges: [{ ...cartridge, status: 'QUARANTINED' }] },
      ['CARTRIDGE_QUARANTINED: OPEN_CARTRIDGE by PRACTITIONER'],
    ],
    [
      'a broken seal',
      { cartridges: [cartridge, { ...cartridge, label: 'c2', sealIntact: false }] },
      ['CARTRIDGE_SEAL_BROKEN: OPEN_CARTRIDGE by PRACTITIONER'],
    ],
    [
      'a used cartridge',
      { cartridges: [{ ...cartridge, isUsedOnAnotherVisit: true }] },
      ['CARTRIDGE_ALREADY_USED: OPEN_CARTRIDGE by PRACTITIONER'],
    ],
    [
      'a cartridge without expiry',
      { cartridges: [{ ...cartridge, expiresOn: null }] },
      ['CARTRIDGE_DETAILS_MISSING: COMPLETE_CARTRIDGE by PRACTITIONER'],
    ],
    [
      'deeper than the cartridge is long',
      { cartridges: [{ ...cartridge, maxLengthUm: 500 }], ...only(planned(cheekLeft, 1000)) },
      ['DEPTH_OVER_LIMIT: LOWER_DEPTH by PRACTITIONER'],
    ],

    [
      'a product the patient is allergic to',
      {
        products: [{ productLotId: null, name: 'Numbing cream', substances: ['LIDOCAINE'], productClass: null }],
        blockedSubstances: ['Lidocaine'],
      },
      ['PRODUCT_ALLERGY: CHANGE_PRODUCT by PRACTITIONER'],
    ],
    [
      'an active product where the policy blocks them',
      { products: [activeSerum] },
      ['ACTIVE_PRODUCT_BLOCKED: CHANGE_PRODUCT by PRACTITIONER'],
    ],
    [
      'an active product where the policy asks for a reason alone',
      { products: [activeSerum], policy: policyWith({ topicalActivesBlocked: false }) },
      [],
    ],
    [
      'an add-on neither ordered nor consented to',
      { plan: { ...day.plan, addons: ['PRP'] } },
      [
        'CONSENT_TEXT_MISSING: PUBLISH_CONSENT_TEXT by PHYSICIAN',
        'ADDON_NOT_ORDERED: ORDER_ADDON by PHYSICIAN',
        'ADDON_NOT_CONSENTED: SIGN_CONSENT by PATIENT',
      ],
    ],
    [
      'an add-on ordered and consented to',
      {
        plan: { ...day.plan, addons: ['PRP'] },
        ...order({ addons: ['PRP'] }),
        consentTexts: ['MECHANICAL', 'ADDON'],
        consent: { ...consent, addons: ['PRP'] },
      },
      [],
    ],
  ]

  test.each(table)('%s', (_, change, expected) => {
    expect(judgeStart({ ...day, ...change }).map(lift)).toEqual(expected)
  })

  const shown = new Set<string>(table.flatMap(([, , expected]) => expected.map((line) => line.split(':')[0] ?? '')))
  const plannedElsewhere: readonly GateFailureCode[] = [
    'ZONE_NOT_PLANNABLE',
    'ZONE_SIDE_IMPOSSIBLE',
    'ZONE_SITE_MISSING',
    'ZONE_PLANNED_TWICE',
  ]
  test.each(gateFailureCodes.filter((code) => !plannedElsewhere.includes(code)))(
    '%s is shown by a case above',
    (code) => {
      expect(shown.has(code)).toBe(true)
    },
  )
})

describe('a plan names places that exist', () => {
  const everywhere = (place: ZonePlace): Partial<StartGateFacts> => ({
    ...only(planned(place, 500)),
    ...order({ zones: [{ ...place, maxDepthUm: 1000 }] }),
    consent: { ...consent, zones: zoneSides(place) },
  })
  const eyelid: ZonePlace = { zone: 'ORBITAL', side: 'L', site: null }

  test.each<[string, Partial<StartGateFacts>, readonly GateFailureCode[]]>([
    ['inside the orbital rim', everywhere(eyelid), ['ZONE_NOT_PLANNABLE']],
    [
      'inside the orbital rim, enabled and ordered',
      { ...everywhere(eyelid), policy: policyWith({ orbitalEnabled: true }) },
      [],
    ],
    ['a middle of two cheeks', everywhere({ ...cheekLeft, side: 'M' }), ['ZONE_SIDE_IMPOSSIBLE']],
    ['a named scar without its name', everywhere({ zone: 'SCAR_SITE', side: 'L', site: ' ' }), ['ZONE_SITE_MISSING']],
    ['a named scar', everywhere({ zone: 'SCAR_SITE', side: 'L', site: 'left elbow' }), []],
    ['one cheek twice', only(planned(cheekLeft, 500), planned(cheekLeft, 750)), ['ZONE_PLANNED_TWICE']],
  ])('%s', (_, change, expected) => {
    expect(judgeStart({ ...day, ...change }).map(({ code }) => code)).toEqual(expected)
  })
})

describe('a physician who treats', () => {
  const physician: Partial<StartGateFacts> = {
    practitioner: okafor,
    supervision: { physician: null, confirmedMode: null },
  }

  test('needs no supervision', () => {
    expect(judgeStart({ ...day, ...physician })).toEqual([])
  })

  test('needs no approved policy, and has the shipped ceiling', () => {
    const facts = { ...day, ...physician, policy: null }
    expect(judgeStart(facts)).toEqual([])
    expect(limitForPlace(facts, cheekLeft).sources.at(-1)).toEqual({ source: 'POLICY', limitUm: 3500 })
  })

  test('is bound by the order like anybody else', () => {
    expect(judgeStart({ ...day, ...physician, ...only(planned(cheekLeft, 1500)) }).map(({ code }) => code)).toEqual([
      'DEPTH_OVER_LIMIT',
    ])
  })
})

describe('the facts of a failure', () => {
  test('a waiting time tells from which day on it is over', () => {
    const [found] = judgeStart({ ...day, screening: { ...screening, uncleared: [finding()] } })
    expect(found).toMatchObject({ ref: 'SQ-10:ISOTRETINOIN_WAIT', eligibleOn: '2026-09-02' })
  })

  test('a short interval tells when it needs no clearance', () => {
    const [found] = judgeStart({ ...day, series: { ...day.series, lastPerformedOn: '2026-02-20' } })
    expect(found).toMatchObject({ facts: { days: 8, neededDays: 14 }, eligibleOn: '2026-03-06' })
  })

  test('a depth over the limit names every source it exceeds, lowest first', () => {
    const facts = {
      ...day,
      ...only(planned(cheekLeft, 1500)),
      clearances: [{ ...clearance, maxDepthUm: 500 }],
    }
    expect(judgeStart(facts)).toEqual([
      {
        code: 'DEPTH_OVER_LIMIT',
        ...cheekLeft,
        ref: null,
        facts: {
          depthUm: 1500,
          limitUm: 500,
          decidedBy: 'CLEARANCE',
          sources: ['CLEARANCE', 'POLICY', 'ORDER'],
          limitsUm: ['500', '1000', '1000'],
        },
        liftedBy: { action: 'LOWER_DEPTH', by: 'PRACTITIONER' },
        eligibleOn: null,
      },
    ])
  })

  test('unsupervised, the lower depth of the policy decides', () => {
    const policy = policyWith({ supervisionBands: [{ aboveUm: 0, mode: 'NONE' }] })
    const facts = { ...day, policy, supervision: { physician: okafor, confirmedMode: 'NONE' as const } }
    expect(limitForPlace(facts, cheekLeft)).toMatchObject({ limitUm: 500, decidedBy: 'POLICY' })
    expect(judgeStart(facts).map(({ code }) => code)).toEqual(['DEPTH_OVER_LIMIT', 'DEPTH_OVER_LIMIT'])
  })
})

describe('scenario 2: Tomas Ferreira, isotretinoin 92 days ago, cleared for a test zone at 0.5 mm', () => {
  const cleared: ClearanceFacts = {
    ...clearance,
    maxDepthUm: 500,
    zonesAllowed: zoneSides(jawRight),
    expiresOn: '2026-08-31',
  }
  const tomas = (depthUm: number) =>
    gateFacts({
      on: '2026-06-02',
      fst: 'III',
      screening: { fullAnsweredOn: '2026-06-02', shortAnsweredOn: null, stops: [], uncleared: [] },
      series: { status: 'PLANNED', lastPerformedOn: null, isIntervalCleared: false },
      previousSession: null,
      plan: { zones: [planned(jawRight, depthUm)], addons: [] },
      order: {
        orderId: ids.order,
        body: orderWith({ fst: 'III', zones: [{ ...jawRight, maxDepthUm: 1000 }] }),
        sessionsUsed: 0,
      },
      consent: { ...consent, zones: zoneSides(jawRight) },
      clearances: [cleared],
    })

  test('before the clearance the start is blocked until 2 September', () => {
    const uncleared = [finding()]
    const facts = { ...tomas(500), clearances: [], screening: { ...tomas(500).screening, uncleared } }
    expect(judgeStart(facts)).toMatchObject([{ code: 'CLEARANCE_MISSING', eligibleOn: '2026-09-02' }])
  })

  test('0.5 mm may start', () => {
    expect(judgeStart(tomas(500))).toEqual([])
  })

  test('0.75 mm is blocked, over the clearance maximum', () => {
    expect(judgeStart(tomas(750))).toMatchObject([
      { code: 'DEPTH_OVER_LIMIT', zone: 'JAWLINE', side: 'R', facts: { decidedBy: 'CLEARANCE', limitUm: 500 } },
    ])
  })

  test('while he still takes it the start is stopped', () => {
    const stops = [finding({ outcome: 'STOP', override: 'PHYSICIAN', rule: 'ISOTRETINOIN_CURRENT', eligibleOn: null })]
    const facts = { ...tomas(500), screening: { ...tomas(500).screening, stops } }
    expect(judgeStart(facts).map(lift)).toEqual(['SCREENING_STOP: OVERRIDE_STOP by PHYSICIAN'])
  })
})

test('scenario 4: planning 1.5 mm where policy and order allow 1.0 mm is refused', () => {
  expect(judgeStart({ ...day, ...only(planned(cheekLeft, 1500)) })).toMatchObject([
    { code: 'DEPTH_OVER_LIMIT', facts: { depthUm: 1500, limitUm: 1000, sources: ['POLICY', 'ORDER'] } },
  ])
})

test('scenario 10: without the antiviral the lip may not start and the cheeks may', () => {
  const prophylaxis = finding({
    questionId: 'SQ-19',
    outcome: 'STOP',
    override: 'PHYSICIAN',
    scope: 'ZONES',
    zones: zoneSides(lip),
    rule: 'PROPHYLAXIS_NOT_STARTED',
    eligibleOn: null,
  })
  const ruth = gateFacts({
    screening: { ...screening, stops: [prophylaxis] },
    order: {
      orderId: ids.order,
      body: orderWith({
        zones: [
          { ...lip, maxDepthUm: 1000 },
          { ...cheekLeft, maxDepthUm: 1000 },
        ],
        signature,
      }),
      sessionsUsed: 0,
    },
    consent: { ...consent, zones: zoneSides(lip, cheekLeft) },
  })
  const both = { ...ruth, ...only(planned(lip, 500), planned(cheekLeft, 500)) }
  expect(judgeStart(both)).toMatchObject([{ code: 'SCREENING_STOP', facts: { zones: ['LIP_UPPER M'] } }])
  expect(judgeStart({ ...ruth, ...only(planned(cheekLeft, 500)) })).toEqual([])
})
