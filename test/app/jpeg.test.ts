import { describe, expect, it } from 'vitest'
import { readCleanJpeg } from '../../main/app/jpeg.ts'
import { cameraSegments, tinyJpeg } from '../support/jpeg.ts'

describe('a photo as it is kept', () => {
  it('has its size in pixels and every byte of a picture without metadata', () => {
    const plain = tinyJpeg({ widthPx: 1536, heightPx: 2048 })
    expect(readCleanJpeg(plain)).toEqual({ bytes: plain, widthPx: 1536, heightPx: 2048 })
  })

  it('says nothing of place, camera or owner, wherever in the file they stood', () => {
    const dirty = tinyJpeg({}, { extra: cameraSegments, between: cameraSegments })
    const clean = readCleanJpeg(dirty)
    expect(clean?.bytes).toEqual(tinyJpeg())
    expect(dirty.includes('Wintergreen')).toBe(true)
    expect(clean?.bytes.includes('Wintergreen')).toBe(false)
  })

  it('ends where the picture ends', () => {
    const clean = readCleanJpeg(Buffer.concat([tinyJpeg(), Buffer.from('PK\x03\x04hidden archive')]))
    expect(clean?.bytes).toEqual(tinyJpeg())
  })

  it('keeps the mark that says how the colours are coded', () => {
    const adobe: readonly [number, Buffer] = [0xee, Buffer.from('Adobe\0\x64\0\0\0\0\x01', 'latin1')]
    expect(readCleanJpeg(tinyJpeg({}, { extra: [adobe] }))?.bytes.includes('Adobe')).toBe(true)
  })

  it.each([
    ['a PNG', Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1')],
    ['nothing', Buffer.alloc(0)],
    ['a file cut in its coded picture', tinyJpeg().subarray(0, -3)],
    ['a file without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
    ['a picture without height', tinyJpeg({ heightPx: 0 })],
    ['a segment longer than the file', Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1, 2])],
  ])('is never %s', (_what, bytes) => {
    expect(readCleanJpeg(bytes)).toBeNull()
  })

  it('is refused whole wherever it is cut', () => {
    const whole = tinyJpeg({}, { extra: cameraSegments })
    for (let length = 0; length < whole.length; length += 1) expect(readCleanJpeg(whole.subarray(0, length))).toBeNull()
  })
})
