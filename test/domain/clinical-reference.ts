import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('../../docs/clinical-reference.md', import.meta.url), 'utf8')

/** The body rows of the reference's table whose header line begins with `header`; cells without their edge spaces. */
export function tableRows(header: string): readonly (readonly string[])[] {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.startsWith(header))
  if (start < 0) throw new Error(`no table ${header}`)
  const rows: string[][] = []
  for (const line of lines.slice(start + 2)) {
    if (!line.startsWith('|')) break
    rows.push(
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  }
  return rows
}

/** Millimetres as the reference writes them, in micrometres. */
export function micrometres(millimetres: string): number {
  return Math.round(Number(millimetres) * 1000)
}

/** The line of the reference that holds `words`. */
export function lineWith(words: string): string {
  const line = text.split('\n').find((candidate) => candidate.includes(words))
  if (!line) throw new Error(`no line with ${words}`)
  return line
}

/** The words of a cell or line in capitals, as codes are written: `PEN`, `RF_PEN`. */
export function codesIn(words: string): readonly string[] {
  return words.match(/\b[A-Z][A-Z_]{2,}\b/gu) ?? []
}

/** The part of the line holding `after` that lies between `after` and `until`. */
export function wordsBetween(after: string, until: string): string {
  const line = lineWith(after)
  const from = line.indexOf(after) + after.length
  const to = line.indexOf(until, from)
  if (to < 0) throw new Error(`no ${until} after ${after}`)
  return line.slice(from, to)
}

/** A cell's list without its source marks and emphasis: `name, UDI-DI` gives two; commas inside brackets do not part. */
export function listIn(cell: string, separator = ','): readonly string[] {
  const plain = cell.replaceAll(/ ?\[[A-Z]\d*\]/gu, '').replaceAll('**', '')
  const parts: string[] = ['']
  let depth = 0
  for (const letter of plain) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter === separator && depth === 0) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
