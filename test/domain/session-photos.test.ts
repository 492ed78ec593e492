import { describe, expect, it } from 'vitest'
import { photoStanding, photoStateOf, plannedViewsOf, standardViews } from '../../shared/domain/photo.ts'
import { checkSession } from '../../shared/domain/session-check.ts'
import type { DraftPhotos } from '../../shared/domain/session-photo-record.ts'
import { missingOfPhotos, type PhotoChoice, photosToName, photoViewsOf } from '../../shared/domain/session-photos.ts'
import type { PhotoId, SessionId } from '../../shared/kernel/ids.ts'
import { draftWith, sessionFacts } from './given-session.ts'

const on = '2026-02-28'
const sessionId = 'this session' as SessionId
const hash = 'a'.repeat(64)

function choice(view: PhotoChoice['view'], change: Partial<PhotoChoice> = {}): PhotoChoice {
  return {
    photoId: `photo ${view}` as PhotoId,
    view,
    sha256: hash,
    occasion: 'BEFORE_SESSION',
    sessionId,
    takenOn: on,
    isVoided: false,
    isWithdrawn: false,
    ...change,
  }
}

const set = standardViews.map((view) => choice(view))
const taken = (photos: readonly PhotoChoice[]): DraftPhotos => ({
  kind: 'TAKEN',
  photos: photos.map(({ photoId, view, sha256 }) => ({ photoId, view, sha256 })),
})

function check(prePhotos: DraftPhotos, photoChoices: readonly PhotoChoice[], photoViews = standardViews as never) {
  const { hard, soft, missing } = checkSession(
    draftWith({ prePhotos }),
    sessionFacts({ photos: { photoChoices, photoViews } }),
  )
  const ofPhotos = ({ path }: { path: string }) => path.startsWith('prePhotos')
  return {
    hard: hard.filter((one) => ofPhotos(one) && one.code !== 'WARNING_REASON_MISSING').map(({ code }) => code),
    soft: soft.filter(ofPhotos).map(({ code, facts }) => [code, facts['views']]),
    missing: missing.filter((path) => path.startsWith('prePhotos')),
  }
}

describe('the photos of a session', () => {
  it('of all five views pass without a word', () => {
    expect(check(taken(set), set)).toEqual({ hard: [], soft: [], missing: [] })
  })

  it('are warned about by the name of the view that is missing', () => {
    expect(check(taken(set.slice(0, 3)), set).soft).toEqual([['PHOTO_VIEW_MISSING', ['R45', 'R90']]])
  })

  it('are asked for by the plan of the course', () => {
    expect(check(taken([choice('FRONT')]), set, ['FRONT'] as never).soft).toEqual([])
  })

  it.each([
    ['that is in no chart of the patient', [], 'PHOTO_NOT_OF_PATIENT'],
    ['that was marked as entered in error', [choice('FRONT', { isVoided: true })], 'PHOTO_REMOVED'],
    ['of another day', [choice('FRONT', { takenOn: '2026-02-27' })], 'PHOTO_NOT_OF_DAY'],
    ['whose permission was taken back', [choice('FRONT', { isWithdrawn: true })], 'PHOTO_PERMISSION_WITHDRAWN'],
  ])('refuse one %s', (_what, choices, code) => {
    expect(check(taken([choice('FRONT')]), choices).hard).toEqual([code])
  })

  it.each([
    ['no answer', null, ['prePhotos']],
    ['an answer without its kind', { reason: 'x' }, ['prePhotos.kind']],
    ['taken and none named', { kind: 'TAKEN', photos: [] }, ['prePhotos.photos']],
    ['declined without a reason', { kind: 'DECLINED', reason: ' ' }, ['prePhotos.reason']],
    ['declined with its reason', { kind: 'DECLINED', reason: 'not wished' }, []],
    ['taken and named', taken(set), []],
  ] as const)('are open with %s', (_what, answer, open) => {
    expect(missingOfPhotos('prePhotos', answer)).toEqual(open)
  })

  it('before it are the baseline or its own, of its day; after it only its own', () => {
    const choices = [
      choice('FRONT', { occasion: 'BASELINE', sessionId: null }),
      choice('L45'),
      choice('L90', { sessionId: 'another' as SessionId }),
      choice('R45', { takenOn: '2026-02-01' }),
      choice('R90', { isVoided: true }),
      choice('DETAIL', { occasion: 'AFTER_SESSION' }),
    ]
    const views = (moment: 'prePhotos' | 'postPhotos') =>
      photosToName(moment, choices, { sessionId, on }).map(({ view }) => view)
    expect([views('prePhotos'), views('postPhotos')]).toEqual([['FRONT', 'L45'], ['DETAIL']])
  })
})

describe('the photo plan of a course', () => {
  it.each([
    [
      'names its views in the order of the protocol',
      { photos: 'TAKEN', photoViews: ['R45', 'FRONT'] },
      ['FRONT', 'R45'],
    ],
    ['asks for all five where it keeps none here', { photos: 'KEPT_ELSEWHERE', photoViews: [] }, [...standardViews]],
  ] as const)('%s', (_what, series, views) => {
    expect(photoViewsOf(series)).toEqual(views)
  })

  it('is never empty', () => {
    expect(plannedViewsOf([])).toEqual(standardViews)
  })

  const facts = { wanted: ['FRONT', 'L45'], isRefused: false, isFirst: true, taken: [], on, today: on } as const
  const baseline = (view: 'FRONT' | 'L45', takenOn: string) => ({ occasion: 'BASELINE', view, takenOn }) as const
  it.each([
    ['no plan', { wanted: null }, 'NOT_PLANNED'],
    ['nothing taken before session 1', {}, 'DUE'],
    ['nothing taken before session 1 of next week', { today: '2026-02-21' }, 'DUE'],
    [
      'a baseline of last week',
      { taken: [baseline('FRONT', '2026-02-20'), baseline('L45', '2026-02-20')] },
      'COMPLETE',
    ],
    ['half a baseline', { taken: [baseline('FRONT', '2026-02-20')] }, 'DUE'],
    ['an old baseline before session 2', { isFirst: false, taken: [baseline('FRONT', '2026-02-01')] }, 'DUE'],
    ['session 2 that is still to come', { isFirst: false, today: '2026-02-21' }, 'LATER'],
    [
      'session 2 with the set of its day',
      {
        isFirst: false,
        taken: [{ occasion: 'BEFORE_SESSION', view: 'FRONT', takenOn: on }, baseline('L45', on)],
      },
      'COMPLETE',
    ],
    ['a patient who allows none', { isRefused: true }, 'NOT_PLANNED'],
  ] as const)('with %s', (_what, change, standing) => {
    expect(photoStanding({ ...facts, ...change })).toBe(standing)
  })
})

describe('a photo that a record names', () => {
  it.each([
    ['is what was signed', { isVoided: false, sha256: hash, signedSha256: hash }, 'INTACT'],
    ['is intact where the record keeps no hash', { isVoided: false, sha256: hash, signedSha256: null }, 'INTACT'],
    ['is broken where the bytes are gone', { isVoided: false, sha256: null, signedSha256: hash }, 'CHANGED'],
    ['is broken where it is another picture', { isVoided: false, sha256: 'b', signedSha256: hash }, 'CHANGED'],
    ['was removed since', { isVoided: true, sha256: hash, signedSha256: hash }, 'REMOVED'],
    ['is broken before it is removed', { isVoided: true, sha256: null, signedSha256: hash }, 'CHANGED'],
  ] as const)('%s', (_what, facts, state) => {
    expect(photoStateOf(facts)).toBe(state)
  })
})
