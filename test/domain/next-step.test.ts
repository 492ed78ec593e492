import { describe, expect, it } from 'vitest'
import {
  type ConsentStanding,
  consentStanding,
  countDay,
  nextStep,
  readinessOf,
  type VisitFacts,
} from '../../shared/domain/next-step.ts'

type Session = NonNullable<VisitFacts['session']>

const ready: VisitFacts = {
  service: 'SESSION',
  status: 'HERE',
  session: null,
  screening: { formNeeded: 'NONE', stops: 0, uncleared: 0, eligibleOn: null },
  consent: 'SIGNED',
  photos: 'NOT_PLANNED',
  order: { kind: 'ACTIVE' },
  series: {
    status: 'ACTIVE',
    spacing: { verdict: 'IN_TIME', days: 31, eligibleOn: null },
    isPreviousUnsigned: false,
  },
  licence: { kind: 'VALID' },
  isPolicyMissing: false,
  complication: { isRedFlag: false, isOpen: false, isBlocking: false },
}
const factsWith = (change: Partial<VisitFacts>): VisitFacts => ({ ...ready, ...change })
const sessionWith = (change: Partial<Session>): VisitFacts =>
  factsWith({ session: { state: 'DRAFT', isStarted: true, isEnded: false, ...change } })

describe('the next step of a visit', () => {
  it.each<[string, VisitFacts, string]>([
    [
      'asks for the full questionnaire first',
      factsWith({ screening: { ...ready.screening, formNeeded: 'FULL' }, consent: 'NONE' }),
      'SCREEN_FULL',
    ],
    [
      'asks for the short one on the day',
      factsWith({ screening: { ...ready.screening, formNeeded: 'SHORT' } }),
      'SCREEN_SHORT',
    ],
    ['asks for consent once the questionnaire is answered', factsWith({ consent: 'NONE' }), 'CONSENT'],
    ['is the start where nothing is missing', ready, 'START'],
    ['stays the start while a session is only planned', sessionWith({ isStarted: false }), 'START'],
    ['is the log once the needling began', sessionWith({}), 'LOG'],
    ['is the submission once it ended', sessionWith({ isEnded: true }), 'SUBMIT'],
    ['is the correction of a returned record', sessionWith({ state: 'RETURNED' }), 'CORRECT'],
    ['waits for the countersignature', sessionWith({ state: 'SUBMITTED' }), 'WAITS_FOR_SIGN_OFF'],
    ['is over with the signature', sessionWith({ state: 'SIGNED' }), 'SIGNED'],
    ['begins anew after a session that was entered in error', sessionWith({ state: 'VOIDED' }), 'START'],
    ['is the submission even after the patient left', { ...sessionWith({ isEnded: true }), status: 'DONE' }, 'SUBMIT'],
    ['is nothing once the patient left', factsWith({ status: 'DONE' }), 'NONE'],
    ['is nothing for a cancelled visit', factsWith({ status: 'CANCELLED', consent: 'NONE' }), 'NONE'],
    ['is a talk for a consultation', factsWith({ service: 'CONSULTATION' }), 'TALK'],
    ['asks a talk for no consent', factsWith({ service: 'FOLLOW_UP_CHECK', consent: 'NONE' }), 'TALK'],
  ])('%s', (_, facts, step) => {
    expect(nextStep(facts).step).toBe(step)
  })

  it.each<[string, Partial<VisitFacts>, string, string]>([
    ['a red flag', { complication: { isRedFlag: true, isOpen: true, isBlocking: true } }, 'RED_FLAG', 'PHYSICIAN'],
    [
      'an open complication in the zones',
      { complication: { isRedFlag: false, isOpen: true, isBlocking: true } },
      'COMPLICATION',
      'PHYSICIAN',
    ],
    ['a STOP answer', { screening: { ...ready.screening, stops: 1, uncleared: 2 } }, 'SCREENING_STOP', 'PHYSICIAN'],
    [
      'an answer to be cleared',
      { screening: { ...ready.screening, uncleared: 1, eligibleOn: '2026-09-02' } },
      'CLEARANCE_NEEDED',
      'PHYSICIAN',
    ],
    ['a withdrawn consent', { consent: 'WITHDRAWN' }, 'CONSENT_WITHDRAWN', 'PATIENT'],
    ['a guardian’s consent after the birthday', { consent: 'OWN_NEEDED' }, 'OWN_CONSENT_NEEDED', 'PATIENT'],
    ['no course', { series: null }, 'SERIES_MISSING', 'PRACTITIONER'],
    [
      'a course on hold',
      {
        series: {
          status: 'ON_HOLD',
          spacing: { verdict: 'FIRST', days: null, eligibleOn: null },
          isPreviousUnsigned: false,
        },
      },
      'SERIES_NOT_OPEN',
      'PHYSICIAN',
    ],
    [
      'too short an interval',
      {
        series: {
          status: 'ACTIVE',
          spacing: { verdict: 'CLEAR_NEEDED', days: 9, eligibleOn: '2026-08-08' },
          isPreviousUnsigned: false,
        },
      },
      'INTERVAL_TOO_SHORT',
      'PHYSICIAN',
    ],
    [
      'an unsigned session before it',
      {
        series: {
          status: 'ACTIVE',
          spacing: { verdict: 'IN_TIME', days: 30, eligibleOn: null },
          isPreviousUnsigned: true,
        },
      },
      'PREVIOUS_SESSION_UNSIGNED',
      'PHYSICIAN',
    ],
    ['no order', { order: { kind: 'MISSING' } }, 'ORDER_MISSING', 'PHYSICIAN'],
    ['an order that ended', { order: { kind: 'ENDED', on: '2026-07-31' } }, 'ORDER_ENDED', 'PHYSICIAN'],
    ['an order used up', { order: { kind: 'NO_SESSIONS_LEFT' } }, 'ORDER_NO_SESSIONS_LEFT', 'PHYSICIAN'],
    ['no approved policy', { isPolicyMissing: true }, 'POLICY_MISSING', 'PHYSICIAN'],
    ['nobody to treat', { licence: { kind: 'NOBODY' } }, 'PRACTITIONER_MISSING', 'PRACTITIONER'],
    ['no licence', { licence: { kind: 'NONE' } }, 'LICENCE_MISSING', 'MANAGER'],
    ['an expired licence', { licence: { kind: 'EXPIRED', on: '2026-08-01' } }, 'LICENCE_EXPIRED', 'MANAGER'],
  ])('is blocked by %s and says who lifts it', (_, change, code, liftedBy) => {
    const next = nextStep(factsWith(change))
    expect(next.blocks[0]).toMatchObject({ code, liftedBy })
    expect(next.step).not.toBe('START')
  })

  it('leaves questionnaire and consent open while something else blocks', () => {
    const next = nextStep(
      factsWith({
        screening: { ...ready.screening, formNeeded: 'SHORT' },
        consent: 'NONE',
        order: { kind: 'ENDED', on: '2026-07-31' },
      }),
    )
    expect(next).toEqual({
      step: 'SCREEN_SHORT',
      toDo: ['SCREEN_SHORT', 'CONSENT'],
      blocks: [{ code: 'ORDER_ENDED', liftedBy: 'PHYSICIAN', on: '2026-07-31' }],
    })
  })

  it('does not stop what has begun', () => {
    const begun = sessionWith({})
    expect(nextStep({ ...begun, order: { kind: 'MISSING' }, consent: 'WITHDRAWN' })).toEqual({
      step: 'LOG',
      toDo: [],
      blocks: [],
    })
  })
})

describe('the marks of the day’s list', () => {
  it('are all met for a patient who may start, but the lot', () => {
    expect(readinessOf(ready)).toEqual({
      screening: 'done',
      consent: 'done',
      photos: 'notNeeded',
      order: 'done',
      licence: 'done',
      lot: 'later',
    })
    expect(readinessOf(sessionWith({})).lot).toBe('done')
  })

  it('ask nothing of a talk and a questionnaire of a consultation', () => {
    expect(new Set(Object.values(readinessOf(factsWith({ service: 'OUTCOME_REVIEW' }))))).toEqual(
      new Set(['notNeeded']),
    )
    const consultation = factsWith({ service: 'CONSULTATION', screening: { ...ready.screening, formNeeded: 'FULL' } })
    expect(readinessOf(consultation)).toMatchObject({ screening: 'toDo', consent: 'notNeeded', order: 'notNeeded' })
  })

  it.each<[Partial<VisitFacts>, object]>([
    [{ screening: { ...ready.screening, uncleared: 1 } }, { screening: 'blocked' }],
    [{ screening: { ...ready.screening, formNeeded: 'SHORT' } }, { screening: 'toDo' }],
    [{ consent: 'NONE' }, { consent: 'missing' }],
    [{ consent: 'LAPSED' }, { consent: 'missing' }],
    [{ consent: 'GUARDIAN_NEEDED' }, { consent: 'missing' }],
    [{ consent: 'OWN_NEEDED' }, { consent: 'blocked' }],
    [{ consent: 'WITHDRAWN' }, { consent: 'blocked' }],
    [{ order: { kind: 'MISSING' } }, { order: 'missing' }],
    [{ order: { kind: 'ENDED', on: '2026-07-31' } }, { order: 'blocked' }],
    [{ order: { kind: 'NO_SESSIONS_LEFT' } }, { order: 'blocked' }],
    [{ order: { kind: 'NOT_REQUIRED' } }, { order: 'notNeeded' }],
    [{ licence: { kind: 'NOBODY' } }, { licence: 'missing' }],
    [{ licence: { kind: 'EXPIRED', on: '2026-08-01' } }, { licence: 'blocked' }],
  ])('%o gives %o', (change, marks) => {
    expect(readinessOf(factsWith(change))).toMatchObject(marks)
  })
})

describe('a consent on file', () => {
  const form = { state: 'SIGNED', signedOn: '2025-08-03', signerRole: 'PATIENT', isOfSeries: true } as const
  const facts = {
    bornOn: '1990-03-14',
    today: '2026-08-03',
    consentValidMonths: 12,
    majorityAgeYears: 18,
    isGuardianRequired: true,
  }

  it.each<[string, Parameters<typeof consentStanding>[0], Partial<typeof facts>, ConsentStanding]>([
    ['still stands on its anniversary', form, {}, 'SIGNED'],
    ['has lapsed the day after', form, { today: '2026-08-04' }, 'LAPSED'],
    ['counts for nothing in another course', { ...form, isOfSeries: false }, {}, 'NONE'],
    ['is withdrawn', { ...form, state: 'WITHDRAWN' }, {}, 'WITHDRAWN'],
    ['was never signed', { ...form, signedOn: null }, {}, 'NONE'],
    ['is not there', null, {}, 'NONE'],
    [
      'of a guardian ends with the eighteenth birthday',
      { ...form, signerRole: 'GUARDIAN' },
      { bornOn: '2008-08-03' },
      'OWN_NEEDED',
    ],
    ['of a guardian stands the day before', { ...form, signerRole: 'GUARDIAN' }, { bornOn: '2008-08-04' }, 'SIGNED'],
    ['that a minor signed alone is none', form, { bornOn: '2009-01-01' }, 'GUARDIAN_NEEDED'],
    ['that a minor may sign alone stands', form, { bornOn: '2009-01-01', isGuardianRequired: false }, 'SIGNED'],
  ])('%s', (_, given, change, standing) => {
    expect(consentStanding(given, { ...facts, ...change })).toBe(standing)
  })
})

describe('the figures over the list', () => {
  it('count who is where, what is missing and what a physician lifts', () => {
    const next = (change: Partial<VisitFacts>) => nextStep(factsWith(change))
    expect(
      countDay([
        { status: 'DONE', next: next({ status: 'DONE' }) },
        { status: 'IN_ROOM', next: next({ consent: 'NONE' }) },
        { status: 'HERE', next: next({ order: { kind: 'MISSING' }, consent: 'NONE' }) },
        { status: 'EXPECTED', next: next({ licence: { kind: 'NONE' } }) },
        { status: 'CANCELLED', next: next({ status: 'CANCELLED' }) },
        { status: 'EXPECTED', next: null },
      ]),
    ).toEqual({ patients: 5, done: 1, inRooms: 1, waiting: 1, consentsMissing: 2, blocked: 2, awaitPhysician: 1 })
  })
})
