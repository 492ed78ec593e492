type Segment = readonly [marker: number, content: Buffer]

function segment([marker, content]: Segment): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

const jfif: Segment = [0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')]

/** As a camera writes it: place, owner and a comment beside the picture. */
export const cameraSegments: readonly Segment[] = [
  [0xe1, Buffer.from('Exif\0\0GPS 41.8781 N 87.6298 W, owner Wintergreen', 'latin1')],
  [0xe2, Buffer.from('ICC_PROFILE\0\x01\x01profile', 'latin1')],
  [0xfe, Buffer.from('taken by Wintergreen', 'latin1')],
]

/**
 * The smallest file that has every part of a JPEG which the program reads: no decoder would draw it, and none of ours
 * does. `extra` stands before the frame, `between` between two scans.
 */
export function tinyJpeg(
  { widthPx = 640, heightPx = 480 }: { readonly widthPx?: number; readonly heightPx?: number } = {},
  { extra = [], between = [] }: { readonly extra?: readonly Segment[]; readonly between?: readonly Segment[] } = {},
): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  frame.writeUInt16BE(heightPx, 1)
  frame.writeUInt16BE(widthPx, 3)
  const scan = Buffer.concat([
    segment([0xda, Buffer.from([1, 1, 0, 0, 63, 0])]),
    // Coded picture: a stuffed FF, a restart marker, ordinary bytes.
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
  ])
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(jfif),
    ...extra.map(segment),
    segment([0xc2, frame]),
    scan,
    ...between.map(segment),
    scan,
    Buffer.from([0xff, 0xd9]),
  ])
}
