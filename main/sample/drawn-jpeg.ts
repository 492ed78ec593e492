export type Colour = readonly [red: number, green: number, blue: number]

/** Side of a JPEG block; every block of a drawn picture has one colour. */
const blockPx = 8

// Huffman codes of the difference to the block before, by how many bits it needs (ITU-T T.81, table K.3).
const sizeCodes: readonly (readonly [code: number, bits: number])[] = [
  [0b00, 2],
  [0b010, 3],
  [0b011, 3],
  [0b100, 3],
  [0b101, 3],
  [0b110, 3],
  [0b1110, 4],
  [0b11110, 5],
  [0b111110, 6],
]
const sizeCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] as const

/**
 * A baseline JPEG of `columns` by `rows` blocks, each of the colour that `draw` gives for its place (0 to 1 across and
 * down). Only the mean of a block is coded, so a picture of 2,048 pixels is drawn in some milliseconds.
 */
export function drawnJpeg(columns: number, rows: number, draw: (x: number, y: number) => Colour): Buffer {
  const coded = new BitWriter()
  const before: [number, number, number] = [0, 0, 0]
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const colour = draw((column + 0.5) / columns, (row + 0.5) / rows)
      for (const [index, mean] of toMeans(colour).entries()) {
        writeBlock(coded, mean - (before[index] ?? 0))
        before[index] = mean
      }
    }
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => blockPx)]),
    segment(0xc0, [8, ...word(rows * blockPx), ...word(columns * blockPx), 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
    segment(0xc4, [0x00, ...sizeCounts, ...Array.from({ length: 12 }, (_, size) => size)]),
    segment(0xc4, [0x10, 1, ...Array.from({ length: 15 }, () => 0), 0]),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
    coded.end(),
    Buffer.from([0xff, 0xd9]),
  ])
}

/** Brightness and the two colour differences, as JPEG keeps them, around zero. */
function toMeans([red, green, blue]: Colour): readonly [number, number, number] {
  return [
    Math.round(0.299 * red + 0.587 * green + 0.114 * blue) - 128,
    clamp(-0.1687 * red - 0.3313 * green + 0.5 * blue),
    clamp(0.5 * red - 0.4187 * green - 0.0813 * blue),
  ]
}

function clamp(value: number): number {
  return Math.max(-128, Math.min(127, Math.round(value)))
}

/** How many bits, then the bits (of a negative one its ones' complement), then the one code of the second table. */
function writeBlock(coded: BitWriter, difference: number): void {
  const size = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference))
  const [code, bits] = sizeCodes[size] ?? [0, 0]
  coded.write(code, bits)
  coded.write(difference < 0 ? difference + 2 ** size - 1 : difference, size)
  coded.write(0, 1)
}

class BitWriter {
  readonly #bytes: number[] = []
  #held = 0
  #count = 0

  write(value: number, bits: number): void {
    this.#held = (this.#held << bits) | value
    this.#count += bits
    while (this.#count >= 8) {
      this.#count -= 8
      const byte = (this.#held >> this.#count) & 0xff
      this.#bytes.push(byte)
      // After 0xff a zero says that it is no marker.
      if (byte === 0xff) this.#bytes.push(0)
      this.#held &= (1 << this.#count) - 1
    }
  }

  /** The last byte is filled with ones. */
  end(): Buffer {
    this.write(0x7f, 7)
    return Buffer.from(this.#bytes)
  }
}

function segment(marker: number, content: readonly number[]): Buffer {
  return Buffer.from([0xff, marker, ...word(content.length + 2), ...content])
}

function word(value: number): readonly [number, number] {
  return [value >> 8, value & 0xff]
}
