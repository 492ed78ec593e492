import { describe, expect, test } from 'vitest'
import { sessionBody, sessionDraft } from '../../shared/contract/schemas/session.ts'
import { snapshotDevice } from '../../shared/domain/device.ts'
import type { SessionBody, SessionDraft } from '../../shared/domain/session.ts'
import { emptyDraft } from '../../shared/domain/session.ts'
import { checkSession } from '../../shared/domain/session-check.ts'
import { closeSession, reopenSession } from '../../shared/domain/session-close.ts'
import { comparePlanToLog, compareToLast, compareZones, diffSessions } from '../../shared/domain/session-diff.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import {
  cheekLeft,
  cheekRight,
  draftWith,
  gateFacts,
  ids,
  lena,
  okafor,
  orderWith,
  planned,
  sessionFacts,
  zoneRow,
} from './given-session.ts'

function closed(change: Partial<SessionDraft> = {}): SessionBody {
  const { device } = gateFacts()
  if (device === null) throw new Error('no device')
  const draft = draftWith(change)
  return closeSession(draft, checkSession(draft, sessionFacts()), {
    practitioner: lena,
    supervisingPhysician: okafor,
    device: snapshotDevice(ids.device, device),
    policyVersionId: null,
    gatePassedAt: '2026-02-28T16:39:00.000Z',
  })
}
const chin = { zone: 'CHIN', side: 'M', site: null } as const
const body = closed()

describe('a closed session', () => {
  test('is whole, passes the wire and can be signed as canonical text', () => {
    expect(sessionBody.parse(JSON.parse(canonicalJson(body)))).toEqual(body)
  })

  test('carries the search spelling of every lot beside the typed one', () => {
    expect(body.cartridgeUses[0]).toMatchObject({ lotRaw: 'MN24-0917B', lotNormalised: 'MN240917B' })
    expect(body.anaesthetic).toMatchObject({ lotRaw: 'LC 77', lotNormalised: 'LC77' })
  })

  test('says null where there is none', () => {
    expect([body.notes, body.postPhotos, body.endedEarlyReason, body.zoneRows[0]?.speedOverride]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  test('keeps deviation and warning with their reasons', () => {
    const deep = closed({
      zoneRows: [zoneRow(cheekLeft, { depthUm: 1500 }), zoneRow(cheekRight)],
      haemostasisMin: 12,
      deviations: [{ code: 'DEPTH_OVER_LIMIT', ...cheekLeft, ref: 'c1', reason: 'dial slipped', patientTold: true }],
      warnings: [{ code: 'HAEMOSTASIS_LONG', path: 'haemostasisMin', reason: 'on fish oil' }],
    })
    expect(deep.deviations.map(({ code, reason }) => [code, reason])).toEqual([['DEPTH_OVER_LIMIT', 'dial slipped']])
    expect(deep.warnings).toEqual([{ code: 'HAEMOSTASIS_LONG', path: 'haemostasisMin', reason: 'on fish oil' }])
    expect(sessionBody.parse(deep)).toEqual(deep)
  })

  test('is never made from a draft that does not pass its check', () => {
    expect(() => closed({ painMax: 11 })).toThrow('does not pass its check')
  })

  test('opened for correction and closed again unchanged, it is the same record', () => {
    const { schema: _, ...again } = reopenSession(body)
    expect(sessionDraft.safeParse({ schema: 'session/1', ...again }).success).toBe(true)
    expect(closed(again)).toEqual(body)
  })
})

describe('a draft on the wire', () => {
  test.each<[string, unknown]>([
    ['nothing yet', emptyDraft],
    ['a complete one', draftWith()],
    ['emptied fields', { schema: 'session/1', room: null, zoneRows: null, anaesthetic: { kind: null } }],
    [
      'impossible values, which only submitting refuses',
      { schema: 'session/1', painMax: 77, speed: -3, zoneRows: [{ depthUm: 15_000, passes: [{ no: 40 }] }] },
    ],
  ])('%s is saved', (_, draft) => {
    expect(sessionDraft.safeParse(draft).success).toBe(true)
  })

  test.each<[string, unknown]>([
    ['an unknown field', { schema: 'session/1', colour: 'blue' }],
    ['an unknown field deep inside', { schema: 'session/1', zoneRows: [{ colour: 'blue' }] }],
    ['a code of no list', { schema: 'session/1', fst: 'VII' }],
    ['text for a number', { schema: 'session/1', painMax: '3' }],
    ['another schema', { schema: 'session/2' }],
    ['control characters', { schema: 'session/1', room: 'a\u0000b' }],
  ])('%s is refused', (_, draft) => {
    expect(sessionDraft.safeParse(draft).success).toBe(false)
  })
})

describe('the difference between two versions', () => {
  test('is nothing where nothing changed', () => {
    expect(diffSessions(body, closed())).toEqual([])
  })

  test('scenario 7: names the corrected fields and what stood there', () => {
    const before = closed({
      anaesthetic: { ...draftWith().anaesthetic, offAt: null },
      zoneRows: [
        zoneRow(cheekLeft, { passes: [{ no: 1, directions: ['V'], endpointAfter: 'NONE' }] }),
        zoneRow(cheekRight),
      ],
    })
    const after = closed({
      zoneRows: [
        zoneRow(cheekLeft, { passes: [{ no: 1, directions: ['V'], endpointAfter: 'PINPOINT' }] }),
        zoneRow(cheekRight),
      ],
    })
    expect(diffSessions(before, after).filter(({ path }) => !path.startsWith('warnings'))).toEqual([
      { path: 'anaesthetic.offAt', kind: 'ADDED', before: null, after: '2026-02-28T16:35:00.000Z' },
      { path: 'zoneRows[0].passes[0].endpointAfter', kind: 'CHANGED', before: 'NONE', after: 'PINPOINT' },
    ])
  })

  test('a row put in before the others changes none of them', () => {
    const after = {
      ...body,
      zoneRows: [{ ...(body.zoneRows[0] as SessionBody['zoneRows'][number]), ...chin }, ...body.zoneRows],
    }
    const paths = diffSessions(body, after).map(({ path, kind }) => [path.startsWith('zoneRows[0]'), kind])
    expect(paths.every(([isNew, kind]) => isNew === true && kind === 'ADDED')).toBe(true)
  })

  test('a removed row is shown where it stood', () => {
    const after = { ...body, zoneRows: body.zoneRows.slice(0, 1) }
    expect(diffSessions(body, after)).toContainEqual({
      path: 'zoneRows[1].depthUm',
      kind: 'REMOVED',
      before: 1000,
      after: null,
    })
  })

  test('an anaesthetic that became "none" shows its kind and every value that went', () => {
    const changes = diffSessions(body, closed({ anaesthetic: { kind: 'NONE' } }))
    expect(changes).toContainEqual({ path: 'anaesthetic.kind', kind: 'CHANGED', before: 'APPLIED', after: 'NONE' })
    expect(changes).toContainEqual({ path: 'anaesthetic.lotRaw', kind: 'REMOVED', before: 'LC 77', after: null })
  })
})

describe('plan and log', () => {
  test('are held side by side, place by place', () => {
    const plan = { zones: [planned(cheekLeft, 1000), planned(cheekRight, 1000), planned(chin, 750)], addons: [] }
    const log = closed({
      plan,
      zoneRows: [zoneRow(cheekLeft), zoneRow(cheekRight, { depthUm: 900 })],
    }).zoneRows
    expect(comparePlanToLog(plan, log).map(({ zone, side, verdict }) => `${zone} ${side} ${verdict}`)).toEqual([
      'CHEEK_ANT L AS_PLANNED',
      'CHEEK_ANT R SHALLOWER',
      'CHIN M NOT_DONE',
    ])
    expect(comparePlanToLog(null, log).map(({ verdict }) => verdict)).toEqual(['NOT_PLANNED', 'NOT_PLANNED'])
    expect(comparePlanToLog({ zones: [planned(cheekLeft, 900)], addons: [] }, log.slice(0, 1))[0]?.verdict).toBe(
      'DEEPER',
    )
  })

  test('what the physician reads: the log against order, plan and last session', () => {
    const last = { zoneRows: closed({ zoneRows: [zoneRow(cheekLeft, { depthUm: 900 })] }).zoneRows }
    const order = orderWith({ zones: [{ ...cheekLeft, maxDepthUm: 750 }] })
    const session = { ...body, plan: { zones: [planned(cheekLeft, 750), planned(chin, 500)], addons: [] } }
    expect(compareZones(session, { order, last })).toEqual([
      {
        ...cheekLeft,
        loggedUm: 1000,
        plannedUm: 750,
        orderedMaxUm: 750,
        lastUm: 900,
        marks: ['OVER_ORDER', 'OVER_PLAN', 'DEEPER_THAN_LAST'],
      },
      { ...chin, loggedUm: null, plannedUm: 500, orderedMaxUm: null, lastUm: null, marks: ['NOT_DONE'] },
      {
        ...cheekRight,
        loggedUm: 1000,
        plannedUm: null,
        orderedMaxUm: null,
        lastUm: null,
        marks: ['NOT_ORDERED', 'NOT_PLANNED', 'NEW_ZONE'],
      },
    ])
  })

  test('the first session of a series has no last one to differ from', () => {
    expect(compareZones(body, { order: null, last: null }).map(({ marks }) => marks)).toEqual([[], []])
  })

  test('circumstances that differ from the last session are listed', () => {
    const changed = closed({ room: '3', speed: 120, anaesthetic: { kind: 'NONE' } })
    expect(compareToLast(changed, body).map(({ path, before, after }) => [path, before, after])).toEqual([
      ['room', '2', '3'],
      ['speed', 100, 120],
      ['anaesthetic', 'Lidocaine cream 4 %', null],
    ])
  })
})
