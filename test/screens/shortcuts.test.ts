import { describe, expect, test } from 'vitest'
import { strokesOf } from '../../renderer/parts/SignaturePad.tsx'
import { matchesKeys } from '../../renderer/parts/shortcuts.tsx'

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('the keyboard layer', () => {
  test.each([
    ['N', { key: 'n', code: 'KeyN', ...plain }, true],
    ['N', { key: 'N', code: 'KeyN', ...plain, shiftKey: true }, false],
    ['N', { key: 'n', code: 'KeyN', ...plain, ctrlKey: true }, false],
    ['/', { key: '/', code: 'Slash', ...plain }, true],
    ['?', { key: '?', code: 'Slash', ...plain, shiftKey: true }, true],
    ['Ctrl K', { key: 'k', code: 'KeyK', ...plain, ctrlKey: true }, true],
    ['Ctrl K', { key: 'k', code: 'KeyK', ...plain, metaKey: true }, true],
    ['Alt 1', { key: '¡', code: 'Digit1', ...plain, altKey: true }, true],
    ['Alt 1', { key: '1', code: 'Digit1', ...plain }, false],
    ['Esc', { key: 'Escape', code: 'Escape', ...plain }, true],
    ['Ctrl Enter', { key: 'Enter', code: 'Enter', ...plain, ctrlKey: true }, true],
  ])('takes %s for %o: %s', (keys, press, isTaken) => {
    expect(matchesKeys(keys, press)).toBe(isTaken)
  })
})

describe('a drawn signature', () => {
  test('keeps integers counted from the first touch, so the signed bytes stay the same', () => {
    const points = [
      { x: 10.123456, y: 20.987, time: 1_700_000_000_000.4, pressure: 0.5 },
      { x: 11, y: 21, time: 1_700_000_000_016.9, pressure: 0.5 },
    ]
    expect(strokesOf([{ points }, { points: [] }])).toEqual([
      [
        { x: 1012, y: 2099, atMs: 0 },
        { x: 1100, y: 2100, atMs: 17 },
      ],
    ])
  })
})
