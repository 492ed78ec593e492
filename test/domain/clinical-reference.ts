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
