/** What a JPEG file says about itself, and the file without anything that is not picture. */
export type CleanJpeg = { readonly bytes: Buffer; readonly widthPx: number; readonly heightPx: number }

const startOfImage = 0xd8
const endOfImage = 0xd9
const startOfScan = 0xda
const comment = 0xfe
const jfif = 0xe0

/**
 * Reads the segments of a JPEG (ITU-T T.81, annex B) and leaves out every application segment but JFIF and every
 * comment: place, camera, time, owner, thumbnails and colour profiles live there. The coded picture is not touched.
 * Null where the bytes are no JPEG of one frame, are cut, or go on after the end of the picture.
 */
export function readCleanJpeg(bytes: Buffer): CleanJpeg | null {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== startOfImage) return null
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let size: { widthPx: number; heightPx: number } | null = null
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === endOfImage || isWithoutLength(marker)) return null
    const length = bytes.readUInt16BE(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) return null
    if (isStartOfFrame(marker)) {
      if (size !== null || length < 8) return null
      size = { heightPx: bytes.readUInt16BE(at + 5), widthPx: bytes.readUInt16BE(at + 7) }
    }
    if (marker === startOfScan) return scanOf(bytes, at, kept, size)
    if (!isMetadata(marker, bytes.subarray(at + 4, end))) kept.push(bytes.subarray(at, end))
    at = end
  }
  return null
}

/** From the first scan to the end of the image nothing but picture may follow; what stands after it is dropped. */
function scanOf(
  bytes: Buffer,
  scanAt: number,
  kept: readonly Buffer[],
  size: { widthPx: number; heightPx: number } | null,
): CleanJpeg | null {
  if (size === null || size.widthPx === 0 || size.heightPx === 0) return null
  const parts = [...kept]
  let at = scanAt
  let from = scanAt
  while (at + 1 < bytes.length) {
    const marker = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff || marker === 0x00 || marker === 0xff || isWithoutLength(marker)) {
      at += 1
      continue
    }
    if (marker === endOfImage) {
      parts.push(bytes.subarray(from, at + 2))
      return { bytes: Buffer.concat(parts), ...size }
    }
    if (at + 4 > bytes.length) return null
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end <= at + 3 || end > bytes.length) return null
    if (isMetadata(marker, bytes.subarray(at + 4, end))) {
      parts.push(bytes.subarray(from, at))
      from = end
    }
    at = end
  }
  return null
}

/** Restart markers and TEM stand alone. */
function isWithoutLength(marker: number): boolean {
  return (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which lie between them. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

function isMetadata(marker: number, content: Buffer): boolean {
  if (marker === comment) return true
  if (marker === jfif) return content.subarray(0, 5).toString('latin1') !== 'JFIF\0'
  // APP14 `Adobe` says how the colours are coded; without it they would turn.
  if (marker === 0xee) return content.subarray(0, 5).toString('latin1') !== 'Adobe'
  return marker > jfif && marker <= 0xef
}
