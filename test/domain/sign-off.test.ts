import { describe, expect, test } from 'vitest'
import {
  attestations,
  authorDueAt,
  compareQueue,
  maySignOff,
  type QueueEntry,
  queueGroup,
  type SignOffBody,
  signOffDue,
  signOffLateness,
  signOffMeaning,
  signOffMeanings,
  unansweredPointers,
} from '../../shared/domain/sign-off.ts'
import type { VersionId } from '../../shared/kernel/ids.ts'
import { idOf, lena, okafor, shaOf, signOffBodyOf } from './record-bodies.ts'

const settings = { authorCompleteHours: 24, countersignDueHours: 72, escalateHours: 168 }

function judge(changes: Partial<SignOffBody>, deviationIds: readonly string[] = [], authorId = lena) {
  return maySignOff({
    body: signOffBodyOf(changes),
    authorId,
    authorIsPhysician: authorId === okafor,
    deviationIds,
    currentVersionId: idOf<VersionId>(602),
    currentSha256: shaOf('c'),
  })
}

const deeper = 'DEPTH_OVER_LIMIT|CHEEK_ANT|L||'
const counselled = { deviationId: deeper, disposition: 'COUNSELLED', note: 'talked through the order' } as const

describe('the meaning of a signature', () => {
  test('follows from the record', () => {
    expect(signOffMeaning({ isAuthor: false, deviations: 0 })).toBe('REVIEWED_AND_APPROVED')
    expect(signOffMeaning({ isAuthor: false, deviations: 2 })).toBe('REVIEWED_WITH_DEVIATIONS')
    expect(signOffMeaning({ isAuthor: true, deviations: 2 })).toBe('AUTHOR_PHYSICIAN')
  })

  test('has a sentence and a version of it for each', () => {
    expect(signOffMeanings.filter((meaning) => attestations[meaning].text.length < 40)).toEqual([])
    expect(new Set(signOffMeanings.map((meaning) => attestations[meaning].version)).size).toBe(signOffMeanings.length)
  })
})

describe('the content of a countersignature', () => {
  test('of a clean session is approved as it stands', () => {
    expect(judge({})).toEqual({ ok: true, value: 'REVIEWED_AND_APPROVED' })
  })

  test('disposes the deviation of scenario 4 as counselled', () => {
    const meaning = 'REVIEWED_WITH_DEVIATIONS'
    const body = { meaning, attestation: attestations[meaning], dispositions: [counselled] } as const
    expect(judge(body, [deeper])).toEqual({ ok: true, value: meaning })
  })

  test('of the physician’s own session names no supervision', () => {
    const own = { meaning: 'AUTHOR_PHYSICIAN', attestation: attestations.AUTHOR_PHYSICIAN, supervision: null } as const
    expect(judge(own, [], okafor)).toEqual({ ok: true, value: 'AUTHOR_PHYSICIAN' })
  })

  const refused: readonly (readonly [string, Partial<SignOffBody>, readonly string[], string])[] = [
    ['a deviation nobody decided on', {}, [deeper], 'DEVIATION_NOT_DISPOSED'],
    ['a disposition of nothing', { dispositions: [counselled] }, [], 'DISPOSITION_WITHOUT_DEVIATION'],
    ['two dispositions of one deviation', { dispositions: [counselled, counselled] }, [deeper], 'DISPOSITION_TWICE'],
    ['a plain approval over a deviation', { dispositions: [counselled] }, [deeper], 'MEANING_MISMATCH'],
    ['an author’s meaning by somebody else', { meaning: 'AUTHOR_PHYSICIAN' }, [], 'MEANING_MISMATCH'],
    ['an empty attestation', { attestation: { version: 'x', text: ' ' } }, [], 'ATTESTATION_MISMATCH'],
    ['no word on supervision', { supervision: null }, [], 'SUPERVISION_NOT_CONFIRMED'],
    [
      'supervision neither confirmed nor explained',
      { supervision: { mode: 'NONE', confirmed: false, note: '' } },
      [],
      'SUPERVISION_NOT_CONFIRMED',
    ],
    ['a hold without words', { decision: 'HOLD' }, [], 'COMMENT_MISSING'],
    ['a stop without words', { decision: 'STOP' }, [], 'COMMENT_MISSING'],
    [
      'an older version',
      { record: { ...signOffBodyOf().record, versionId: idOf<VersionId>(601) } },
      [],
      'STALE_VERSION',
    ],
    ['other bytes', { record: { ...signOffBodyOf().record, sha256: shaOf('9') } }, [], 'STALE_VERSION'],
    ['the author’s own hand', { signer: { ...signOffBodyOf().signer, staffId: lena } }, [], 'OWN_SESSION'],
  ]
  test.each(refused)('is refused with %s', (_, changes, deviationIds, code) => {
    expect(judge(changes, deviationIds)).toMatchObject({ ok: false, refusal: { code } })
  })

  test('may say that the supervision was not as required, in words', () => {
    const supervision = { mode: 'AVAILABLE', confirmed: false, note: 'I was reachable by phone only' } as const
    expect(judge({ supervision, decision: 'HOLD', comment: 'See me first' }).ok).toBe(true)
  })
})

describe('deadlines', () => {
  const due = (submittedAt: string, redFlag: boolean, timeZone = 'America/Denver') =>
    signOffDue({ submittedAt, redFlag, timeZone, settings })

  test('are 72 hours to sign and 168 to escalate', () => {
    expect(due('2026-06-09T20:00:00.000Z', false)).toEqual({
      dueAt: '2026-06-12T20:00:00.000Z',
      escalateAt: '2026-06-16T20:00:00.000Z',
    })
  })

  const midnights: readonly (readonly [string, string, string, string])[] = [
    ['in the afternoon', 'America/Denver', '2026-06-09T20:00:00.000Z', '2026-06-10T06:00:00.000Z'],
    ['one minute before midnight', 'America/Denver', '2026-06-10T05:59:30.000Z', '2026-06-10T06:00:00.000Z'],
    ['on the short day of spring', 'America/Denver', '2026-03-08T07:00:00.000Z', '2026-03-09T06:00:00.000Z'],
    ['on the long day of autumn', 'America/Denver', '2026-11-01T06:00:00.000Z', '2026-11-02T07:00:00.000Z'],
    ['far east of Greenwich', 'Pacific/Auckland', '2026-06-09T20:00:00.000Z', '2026-06-10T12:00:00.000Z'],
  ]
  test.each(midnights)('of a red flag are the end of the clinic day, %s', (_, zone, submittedAt, end) => {
    expect(due(submittedAt, true, zone)).toEqual({ dueAt: end, escalateAt: end })
  })

  test('are read from the clock, nothing has to run', () => {
    const times = { isRequired: true, ...due('2026-06-09T20:00:00.000Z', false) }
    const at = ['2026-06-12T19:59:00.000Z', '2026-06-12T20:00:00.000Z', '2026-06-16T20:00:00.000Z']
    expect(at.map((now) => signOffLateness(times, now))).toEqual(['ON_TIME', 'OVERDUE', 'ESCALATED'])
    expect(at.map((now) => signOffLateness({ ...times, isRequired: false }, now))).toEqual(at.map(() => 'NOT_REQUIRED'))
  })

  test('of the author are 24 hours after the end', () => {
    expect(authorDueAt('2026-06-09T20:00:00.000Z', settings)).toBe('2026-06-10T20:00:00.000Z')
  })
})

describe('the queue', () => {
  const entry = (recordId: string, dueAt: string, changes: Partial<QueueEntry> = {}): QueueEntry => ({
    recordId,
    submittedAt: '2026-06-09T20:00:00.000Z',
    dueAt,
    redFlags: 0,
    deviations: 0,
    complications: 0,
    warnings: 0,
    isCorrected: false,
    ...changes,
  })

  test('shows red flags first, then what needs a look, then clean records, each by due time', () => {
    const waiting = [
      entry('clean-late', '2026-06-13T00:00:00.000Z'),
      entry('clean-soon-b', '2026-06-10T00:00:00.000Z'),
      entry('clean-soon-a', '2026-06-10T00:00:00.000Z'),
      entry('warned', '2026-06-12T00:00:00.000Z', { warnings: 1 }),
      entry('corrected', '2026-06-11T00:00:00.000Z', { isCorrected: true }),
      entry('deviating', '2026-06-14T00:00:00.000Z', { deviations: 1 }),
      entry('red-flag', '2026-06-15T00:00:00.000Z', { redFlags: 1, deviations: 1 }),
    ]
    expect([...waiting].sort(compareQueue).map(({ recordId }) => recordId)).toEqual([
      'red-flag',
      'corrected',
      'warned',
      'deviating',
      'clean-soon-a',
      'clean-soon-b',
      'clean-late',
    ])
  })

  test('counts a complication as something to look at', () => {
    expect(queueGroup(entry('x', '2026-06-10T00:00:00.000Z', { complications: 1 }))).toBe('ATTENTION')
  })
})

describe('replies to a return', () => {
  test('leave open what has no words', () => {
    const pointers = [
      { path: '/a', text: 'first' },
      { path: '/b', text: 'second' },
    ]
    expect(
      unansweredPointers(pointers, [
        { path: '/a', reply: 'done' },
        { path: '/b', reply: '' },
      ]),
    ).toEqual([{ path: '/b', text: 'second' }])
  })
})
