/** How many slips a typed word may hold: one up to five letters, two above. */
export function spellingLimit(word: string): number {
  return word.length <= 5 ? 1 : 2
}

/** Words shorter than this are not searched by spelling: too many names lie one slip away. */
export const shortestSpelledWord = 4

/**
 * Optimal string alignment distance (insert, delete, replace, swap of neighbours) from `pattern` to many words, in
 * bit-parallel form: the pattern is laid into a bit vector once, then each word costs a few operations per letter.
 * Letters of the pattern past the 31st are left out, as no name is told apart there.
 */
export function spellingMatcher(pattern: string): SpellingMatcher {
  const letters = pattern.slice(0, 31)
  const length = letters.length
  // Folded names are nearly all of plain letters, whose masks lie in a row; a map serves the rest.
  const plainMasks = new Int32Array(128)
  const otherMasks = new Map<number, number>()
  const maskOf = (code: number): number => (code < 128 ? plainMasks[code] : otherMasks.get(code)) ?? 0
  for (let i = 0; i < length; i++) {
    const code = letters.charCodeAt(i)
    if (code < 128) plainMasks[code] = maskOf(code) | (1 << i)
    else otherMasks.set(code, maskOf(code) | (1 << i))
  }
  const last = length === 0 ? 0 : 1 << (length - 1)

  /** Walks along the word and keeps the slips to all of it and to its best beginning. */
  let best = 0
  const walk = (word: string, limit: number, stopsEarly: boolean): number => {
    best = length
    if (length === 0) return word.length
    const end = word.length
    let positive = -1
    let negative = 0
    let diagonal = 0
    let maskBefore = 0
    let distance = length
    for (let j = 0; j < end; j++) {
      const mask = maskOf(word.charCodeAt(j))
      const swap = ((~diagonal & mask) << 1) & maskBefore
      diagonal = (((mask & positive) + positive) ^ positive) | mask | negative | swap
      let up = negative | ~(diagonal | positive)
      const down = diagonal & positive
      if ((up & last) !== 0) distance++
      if ((down & last) !== 0) distance--
      if (distance < best) best = distance
      // Each further letter mends one slip at most.
      if (stopsEarly && distance - (end - j - 1) > limit) return limit + 1
      up = (up << 1) | 1
      positive = (down << 1) | ~(diagonal | up)
      negative = up & diagonal
      maskBefore = mask
    }
    return distance
  }

  return {
    distance: (word, limit) => {
      if (Math.abs(word.length - length) > limit) return limit + 1
      return Math.min(walk(word, limit, true), limit + 1)
    },
    prefixDistance: (word, limit) => {
      if (word.length < length - limit) return limit + 1
      walk(word, limit, false)
      return Math.min(best, limit + 1)
    },
  }
}

/**
 * Which letters a word has, as bits. One slip takes at most one letter out and brings at most one in, so two words
 * whose letters differ by more cannot be within the limit: a test of a few operations before the distance is counted.
 */
export function lettersOf(word: string): number {
  let letters = 0
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31)
  return letters
}

/** False where two words of these letters are surely more than `limit` slips apart. */
export function mayBeWithin(a: number, b: number, limit: number): boolean {
  return bitCount(a & ~b) <= limit && bitCount(b & ~a) <= limit
}

function bitCount(bits: number): number {
  let left = bits - ((bits >>> 1) & 0x55555555)
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333)
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

export type SpellingMatcher = {
  /** Slips between the pattern and the word, or `limit + 1` where there are more. */
  readonly distance: (word: string, limit: number) => number
  /** Slips between the pattern and the best beginning of the word, or `limit + 1`. */
  readonly prefixDistance: (word: string, limit: number) => number
}

/** Slips between two words, or `limit + 1` where there are more. */
export function spellingDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0
  return Math.abs(a.length - b.length) > limit ? limit + 1 : spellingMatcher(a).distance(b, limit)
}

/**
 * What a folded word sounds like: vowels but the first are dropped, letters that sound alike are one, doubled sounds
 * are one. Names of several languages meet here, so it is coarser than a phonetic code for English alone.
 * `kowalczyk` and `kovalchik`, `stephen` and `steven`, `catherine` and `kathryn` agree.
 */
export function soundOf(token: string): string {
  let text = token
  for (const [from, to] of SOUND_STARTS) if (text.startsWith(from)) text = to + text.slice(from.length)
  for (const [from, to] of SOUND_GROUPS) text = text.replaceAll(from, to)
  let sound = ''
  let before = ''
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? ''
    const code = SOUND_LETTERS[letter] ?? letter
    if (code === '-') {
      if (i === 0) sound += 'a'
      // A vowel between two equal sounds keeps them apart: `banana` has two n.
      before = ''
    } else if (code !== '' && code !== before) {
      sound += code
      before = code
    }
  }
  return sound
}

const SOUND_STARTS: readonly (readonly [string, string])[] = [
  ['kn', 'n'],
  ['gn', 'n'],
  ['wr', 'r'],
  ['ps', 's'],
  ['x', 's'],
  ['mc', 'mac'],
]

const SOUND_GROUPS: readonly (readonly [RegExp, string])[] = [
  [/sch|tsch|tch|cz|ch(?=[aeiouy])|sz|sh/g, '5'],
  [/ph/g, 'f'],
  [/gh(?=t|$)/g, ''],
  [/ck|ch|q|kh/g, 'k'],
  [/th|dt/g, 't'],
  [/c(?=[eiy])/g, 's'],
  [/dg|dj|g(?=[eiy])/g, 'j'],
  [/x/g, 'ks'],
]

/** '-' is a vowel, '' is silent. */
const SOUND_LETTERS: Readonly<Record<string, string>> = {
  a: '-',
  e: '-',
  i: '-',
  o: '-',
  u: '-',
  y: '-',
  h: '',
  w: 'f',
  v: 'f',
  f: 'f',
  b: 'p',
  p: 'p',
  d: 't',
  t: 't',
  c: 'k',
  // Sh, ch, sch and the like, see SOUND_GROUPS.
  '5': 's',
  z: 's',
  s: 's',
  g: 'k',
  k: 'k',
  m: 'n',
  n: 'n',
}
