import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { insertPatient } from '../../db/queries/patient.ts'
import {
  selectSafetyDenominators,
  selectSigningTimes,
  selectSupervisedSessions,
  selectWaitingSignatures,
} from '../../db/queries/report.ts'
import { countSubmitted, selectSubmittedQueue } from '../../db/queries/session-queue.ts'
import { countWaiting } from '../../db/queries/sign-off.ts'
import { countSignOff } from '../../db/queries/today.ts'
import { emptyPatientDetails } from '../../shared/domain/patient.ts'
import { supervisionReport } from '../../shared/domain/report-supervision.ts'
import { type SessionState, sessionStates } from '../../shared/domain/session-state.ts'
import type { PatientId, StaffId } from '../../shared/kernel/ids.ts'
import { addMinutes } from '../../shared/kernel/time.ts'
import { addStaff, dropTriggers, newStore, storeNow, type TestStore } from '../support/store.ts'

const physicians = ['okafor', 'noor'] as const
const practitioners = ['lena', 'priya', ...physicians] as const
const period = { from: '2026-07-01', to: '2026-07-31' }

/** A session as the store might hold it at any time of its life. */
const sessions = fc.array(
  fc.record({
    state: fc.constantFrom(...sessionStates),
    supervisor: fc.constantFrom(null, ...physicians),
    practitioner: fc.constantFrom(...practitioners),
    signer: fc.constantFrom(...physicians),
    isStarted: fc.boolean(),
    /** From the end of June to the beginning of August. */
    day: fc.integer({ min: 0, max: 35 }),
    /** Around this moment, to the minute: some are due exactly now. */
    dueInMin: fc.oneof(fc.constant(0), fc.integer({ min: -20_000, max: 20_000 })),
    escalatesAfterMin: fc.constantFrom(0, 60, 5760),
    group: fc.integer({ min: 0, max: 2 }),
    isSampled: fc.boolean(),
    returns: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 40 },
)
type Given = typeof sessions extends fc.Arbitrary<infer Value> ? Value : never

/** Only a clean one may do without a countersignature. */
const isRequired = ({ group, isSampled }: Pick<Given[number], 'group' | 'isSampled'>) => group < 2 || isSampled

function hold({ store: { driver } }: TestStore, given: Given): void {
  driver.exec('begin')
  driver.exec('delete from session')
  const insert = driver.prepare(
    `insert into session (id, patient_id, version, version_id, created_at, updated_at, series_id, session_no,
       practitioner_id, author_is_physician, supervising_physician_id, record_only, is_rf, is_started, started_at, performed_on,
       zones, max_depth_um, deviations, warnings, red_flags, late_entry, complications, state, submissions, returns,
       queue_group, sign_off_required, submitted_at, due_at, escalate_at, signed_at, signed_by, voided_at, voided_by, void_reason)
     values (?, 'patient', 1, ?, ?, ?, 'series', ?, ?, 0, ?, 0, 0, ?, ?, ?, 1, 500, 0, 0, 0, 0, 0, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?,
       ?, ?, ?)`,
  )
  for (const [index, one] of given.entries()) {
    const { state } = one
    const wasSubmitted = state === 'SUBMITTED' || state === 'RETURNED' || state === 'SIGNED'
    const isStarted = wasSubmitted || state === 'VOIDED' || (one.isStarted && state !== 'CANCELLED')
    const performedAt = addMinutes('2026-06-29T12:00:00.000Z', one.day * 24 * 60)
    const dueAt = addMinutes(storeNow, one.dueInMin)
    const signedAt = state === 'SIGNED' ? storeNow : null
    const voidedAt = state === 'VOIDED' ? storeNow : null
    insert.run(
      `session ${index}`,
      `version ${index}`,
      storeNow,
      storeNow,
      index + 1,
      one.practitioner,
      one.supervisor,
      isStarted ? 1 : 0,
      isStarted ? performedAt : null,
      isStarted ? performedAt.slice(0, 10) : null,
      state,
      one.returns,
      one.group,
      isRequired(one) ? 1 : 0,
      wasSubmitted ? addMinutes(dueAt, -4320) : null,
      wasSubmitted ? dueAt : null,
      wasSubmitted ? addMinutes(dueAt, one.escalatesAfterMin) : null,
      signedAt,
      signedAt && one.signer,
      voidedAt,
      voidedAt && one.signer,
      voidedAt && 'another patient',
    )
  }
  driver.exec('commit')
}

async function emptyStore(): Promise<TestStore> {
  const test = await newStore()
  const by = await addStaff(test)
  await test.write((trx) =>
    insertPatient(trx, {
      newId: () => crypto.randomUUID(),
      at: storeNow,
      by,
      body: {
        ...emptyPatientDetails,
        schema: 'patient/1',
        id: 'patient' as PatientId,
        chartNumber: 'S-1',
        family: 'Lindqvist',
        given: 'Mara',
        bornOn: '1991-02-14',
        fst: null,
        status: { state: 'ACTIVE' },
        source: { kind: 'REGISTERED' },
      },
    }),
  )
  // States are written as they are: which moves lead there is another test's.
  dropTriggers(test)
  return test
}

async function reportOf({ store: { db } }: TestStore) {
  return supervisionReport({
    sessions: await selectSupervisedSessions(db, period),
    disposed: [],
    times: await selectSigningTimes(db, period),
    waiting: await selectWaitingSignatures(db),
    now: storeNow,
  })
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const isPerformed = (state: SessionState, isStarted: number) =>
  isStarted === 1 && state !== 'VOIDED' && state !== 'CANCELLED'

describe('the queue, its counters and the report', () => {
  it('agree on what waits and what is overdue, whatever the sessions are', async () => {
    const test = await emptyStore()
    const { db } = test.store
    await fc.assert(
      fc.asyncProperty(sessions, async (given) => {
        hold(test, given)
        const report = await reportOf(test)
        const queue = await selectSubmittedQueue(db, { limit: 500 })
        const overdue = queue.filter(
          ({ head, dueAt }) => head.sign_off_required === 1 && Date.parse(dueAt) <= Date.parse(storeNow),
        )
        expect(report.total).toMatchObject({ waitingNow: queue.length, overdueNow: overdue.length })
        expect(total(report.rows.map((row) => row.waitingNow))).toBe(queue.length)
        const { redFlag, attention, clean } = await countSubmitted(db)
        expect(redFlag + attention + clean).toBe(report.total.waitingNow)
        expect(await countSignOff(db, { now: storeNow })).toEqual({
          waiting: report.total.waitingNow,
          overdue: report.total.overdueNow,
          escalated: report.total.escalatedNow,
        })
        for (const asking of physicians) {
          const others = report.rows.filter((row) => row.practitionerId !== asking)
          const counter = await countWaiting(db, {
            exceptAuthorId: asking as StaffId,
            now: storeNow,
            endOfToday: storeNow,
          })
          expect(counter.redFlag + counter.attention + counter.clean).toBe(total(others.map((row) => row.waitingNow)))
          expect(counter.overdue).toBe(total(others.map((row) => row.overdueNow)))
          const ofMine = report.rows.filter((row) => row.supervisorId === asking)
          const mine = await countSubmitted(db, { supervisorId: asking as StaffId })
          expect(mine.redFlag + mine.attention + mine.clean).toBe(total(ofMine.map((row) => row.waitingNow)))
        }
      }),
      { numRuns: 60, seed: 20_260_803 },
    )
  })

  it('never count a voided or discarded session, nor one outside the period', async () => {
    const test = await emptyStore()
    const { db, driver } = { ...test.store }
    await fc.assert(
      fc.asyncProperty(sessions, async (given) => {
        hold(test, given)
        const rows = driver.prepare('select * from session').all() as {
          state: SessionState
          is_started: number
          performed_on: string | null
          signed_by: string | null
          practitioner_id: string
          returns: number
        }[]
        const inIt = rows.filter(
          (row) =>
            isPerformed(row.state, row.is_started) &&
            row.performed_on !== null &&
            row.performed_on >= period.from &&
            row.performed_on <= period.to,
        )
        const signed = inIt.filter((row) => row.state === 'SIGNED')
        const own = signed.filter((row) => row.signed_by === row.practitioner_id)
        const report = await reportOf(test)
        expect(report.total).toMatchObject({
          performed: inIt.length,
          countersigned: signed.length - own.length,
          authorSigned: own.length,
          returns: total(inIt.map((row) => row.returns)),
        })
        expect(await selectSigningTimes(db, period)).toHaveLength(report.total.countersigned)
        expect((await selectSafetyDenominators(db, period)).sessions).toBe(inIt.length)
      }),
      { numRuns: 60, seed: 20_260_804 },
    )
  })

  it('is read to its end, however long the queue is', async () => {
    const test = await emptyStore()
    const one = {
      state: 'SUBMITTED' as const,
      supervisor: 'okafor' as const,
      practitioner: 'lena' as const,
      signer: 'noor' as const,
      isStarted: true,
      day: 4,
      dueInMin: -5,
      escalatesAfterMin: 60 as const,
      group: 1,
      isSampled: false,
      returns: 0,
    }
    hold(
      test,
      Array.from({ length: 1203 }, () => one),
    )
    expect(await selectWaitingSignatures(test.store.db)).toHaveLength(1203)
    expect((await reportOf(test)).total.overdueNow).toBe(1203)
  })
})
