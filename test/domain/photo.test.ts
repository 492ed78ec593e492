import { describe, expect, it } from 'vitest'
import {
  checkPhotoPlace,
  isSameView,
  mayUsePhotos,
  missingViews,
  type PhotoPlace,
  photoUses,
  standardViews,
} from '../../shared/domain/photo.ts'
import type { ComplicationId, SessionId } from '../../shared/kernel/ids.ts'

const place: PhotoPlace = {
  occasion: 'BASELINE',
  view: 'FRONT',
  zone: null,
  side: null,
  sessionId: null,
  complicationId: null,
  takenOn: '2026-08-03',
}

describe('a set of photos', () => {
  it.each([
    ['nothing taken', [], ['FRONT', 'L45', 'L90', 'R45', 'R90']],
    ['one side missing', ['FRONT', 'L45', 'L90', 'R45'], ['R90']],
    ['all five', [...standardViews], []],
    ['a close-up stands for no view', ['DETAIL'], ['FRONT', 'L45', 'L90', 'R45', 'R90']],
  ] as const)('with %s lacks what the protocol still asks for', (_what, views, missing) => {
    expect(missingViews(views.map((view) => ({ view, voided: null })))).toEqual(missing)
  })

  it('lacks a view whose only picture was entered in error', () => {
    const voided = { at: '2026-08-03T15:42:00.000Z', by: 'x' as never, reason: 'another patient' }
    expect(missingViews([{ view: 'FRONT', voided }])).toContain('FRONT')
  })
})

describe('the place of a photo', () => {
  const sessionId = 'session' as SessionId
  const complicationId = 'complication' as ComplicationId
  it.each<[string, Partial<PhotoPlace>, string]>([
    ['a baseline', {}, 'ok'],
    ['a close-up of a zone', { view: 'DETAIL', zone: 'CHIN', side: 'M' }, 'ok'],
    ['a close-up of nothing', { view: 'DETAIL' }, 'PHOTO_ZONE_MISSING'],
    ['before a session', { occasion: 'BEFORE_SESSION', sessionId }, 'ok'],
    ['before no session', { occasion: 'BEFORE_SESSION' }, 'PHOTO_SESSION_MISSING'],
    ['after no session', { occasion: 'AFTER_SESSION' }, 'PHOTO_SESSION_MISSING'],
    ['of a complication', { occasion: 'COMPLICATION', complicationId }, 'ok'],
    ['of no complication', { occasion: 'COMPLICATION' }, 'PHOTO_COMPLICATION_MISSING'],
    ['taken a year ago', { takenOn: '2025-08-03' }, 'ok'],
    ['taken tomorrow', { takenOn: '2026-08-04' }, 'PHOTO_DATE_IN_FUTURE'],
  ])('%s: %s gives %s', (_what, change, expected) => {
    const checked = checkPhotoPlace({ ...place, ...change }, '2026-08-03')
    expect(checked.ok ? 'ok' : checked.refusal.code).toBe(expected)
  })
})

describe('what photos may be used for', () => {
  it.each([
    ['nothing allowed', { ownRecord: false, staffTeaching: false, marketing: false }, ['PATIENT']],
    ['own record', { ownRecord: true, staffTeaching: false, marketing: false }, ['PATIENT', 'RECORD']],
    ['teaching too', { ownRecord: true, staffTeaching: true, marketing: false }, ['PATIENT', 'RECORD', 'TEACHING']],
    ['marketing too', { ownRecord: true, staffTeaching: false, marketing: true }, ['PATIENT', 'RECORD', 'MARKETING']],
    ['own record withdrawn', { ownRecord: false, staffTeaching: true, marketing: true }, ['PATIENT']],
  ])('with %s', (_what, permissions, uses) => {
    expect(photoUses.filter((use) => mayUsePhotos(use, permissions))).toEqual(uses)
  })
})

it('two pictures lie over each other when view and, in a close-up, zone are the same', () => {
  const front = { view: 'FRONT', zone: null, side: null } as const
  const chin = { view: 'DETAIL', zone: 'CHIN', side: 'M' } as const
  expect(isSameView(front, { ...front })).toBe(true)
  expect(isSameView(front, { ...front, zone: 'CHIN' })).toBe(true)
  expect(isSameView(front, chin)).toBe(false)
  expect(isSameView(chin, { ...chin, zone: 'NOSE_BRIDGE' })).toBe(false)
})
