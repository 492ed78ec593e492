import type { ConsentSection, ConsentSectionKey } from './template.ts'

/** A stretch of a text beside its earlier version; the stretches in order are both texts. */
export type TextPiece = { readonly kind: 'SAME' | 'REMOVED' | 'ADDED'; readonly text: string }

export type SectionChange = {
  readonly key: ConsentSectionKey
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED'
  readonly heading: readonly TextPiece[]
  readonly body: readonly TextPiece[]
  readonly initialRequired: { readonly before: boolean; readonly after: boolean }
}

/** Every section that differs, in the order of the newer text; what was taken out comes last. */
export function compareSections(
  before: readonly ConsentSection[],
  after: readonly ConsentSection[],
): readonly SectionChange[] {
  const kept = after.flatMap((section): readonly SectionChange[] => {
    const earlier = before.find(({ key }) => key === section.key) ?? null
    const change = changeOf(section.key, earlier, section)
    return isChanged(change) ? [change] : []
  })
  const gone = before.filter(({ key }) => !after.some((section) => section.key === key))
  return [...kept, ...gone.map((section) => changeOf(section.key, section, null))]
}

function changeOf(key: ConsentSectionKey, before: ConsentSection | null, after: ConsentSection | null): SectionChange {
  return {
    key,
    kind: before === null ? 'ADDED' : after === null ? 'REMOVED' : 'CHANGED',
    heading: compareWords(before?.heading ?? '', after?.heading ?? ''),
    body: compareWords(before?.body ?? '', after?.body ?? ''),
    initialRequired: { before: before?.initialRequired ?? false, after: after?.initialRequired ?? false },
  }
}

function isChanged({ kind, heading, body, initialRequired }: SectionChange): boolean {
  const isOther = (piece: TextPiece) => piece.kind !== 'SAME'
  return (
    kind !== 'CHANGED' ||
    heading.some(isOther) ||
    body.some(isOther) ||
    initialRequired.before !== initialRequired.after
  )
}

/** More pairs of words than this are not compared one by one: the whole stretch is then shown as replaced. */
const mostPairs = 4_000_000

/** Word by word, with as much as possible kept. Equal ends are set aside first, so a small change costs little. */
export function compareWords(before: string, after: string): readonly TextPiece[] {
  const was = wordsOf(before)
  const is = wordsOf(after)
  let start = 0
  while (start < was.length && start < is.length && was[start] === is[start]) start += 1
  let end = 0
  while (end < was.length - start && end < is.length - start && was[was.length - 1 - end] === is[is.length - 1 - end])
    end += 1
  return joined([
    { kind: 'SAME', text: is.slice(0, start).join('') },
    ...compareMiddle(was.slice(start, was.length - end), is.slice(start, is.length - end)),
    { kind: 'SAME', text: is.slice(is.length - end).join('') },
  ])
}

function compareMiddle(was: readonly string[], is: readonly string[]): readonly TextPiece[] {
  if (was.length * is.length > mostPairs || was.length === 0 || is.length === 0)
    return [
      { kind: 'REMOVED', text: was.join('') },
      { kind: 'ADDED', text: is.join('') },
    ]
  const kept = keptLengths(was, is)
  const width = is.length + 1
  const pieces: TextPiece[] = []
  let left = 0
  let right = 0
  while (left < was.length || right < is.length) {
    const old = was[left]
    const fresh = is[right]
    if (old !== undefined && old === fresh) {
      pieces.push({ kind: 'SAME', text: old })
      left += 1
      right += 1
    } else if (
      old !== undefined &&
      (fresh === undefined || at(kept, (left + 1) * width + right) >= at(kept, left * width + right + 1))
    ) {
      pieces.push({ kind: 'REMOVED', text: old })
      left += 1
    } else if (fresh !== undefined) {
      pieces.push({ kind: 'ADDED', text: fresh })
      right += 1
    }
  }
  return pieces
}

/** Per pair of positions, how many words of the two rests can be kept (longest common subsequence). */
function keptLengths(was: readonly string[], is: readonly string[]): Uint16Array {
  const width = is.length + 1
  const kept = new Uint16Array((was.length + 1) * width)
  for (let left = was.length - 1; left >= 0; left -= 1)
    for (let right = is.length - 1; right >= 0; right -= 1)
      kept[left * width + right] =
        was[left] === is[right]
          ? at(kept, (left + 1) * width + right + 1) + 1
          : Math.max(at(kept, (left + 1) * width + right), at(kept, left * width + right + 1))
  return kept
}

function at(numbers: Uint16Array, index: number): number {
  return numbers[index] ?? 0
}

/** Words with the space that follows them, so that the pieces join to the text as it is. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\S+\s*|\s+/g) ?? []
}

/** Neighbours of one kind become one piece, what was taken out standing before what came. */
function joined(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const result: TextPiece[] = []
  for (const piece of pieces) {
    if (piece.text === '') continue
    const last = result.at(-1)
    if (last?.kind === piece.kind) result[result.length - 1] = { kind: last.kind, text: last.text + piece.text }
    else result.push(piece)
  }
  return result
}
