import Papa from 'papaparse'
import type { ImportRow } from '../../shared/domain/patient-import.ts'

export type CsvFile = {
  /** Trimmed texts of the first record. */
  readonly headers: readonly string[]
  /** Records behind the header; lines without anything in them are left out. */
  readonly rows: readonly ImportRow[]
}

/**
 * Parses CSV text (commas, semicolons, tabs or pipes, found out from the text; quotes and line breaks in cells as in
 * RFC 4180). A record with broken quotes is marked, not dropped, so that every row of the file is accounted for.
 */
export function parseCsv(text: string): CsvFile {
  const content = text.replace(/^\uFEFF/, '')
  const parsed = Papa.parse<string[]>(content, { delimiter: findDelimiter(content) })
  const broken = new Set(parsed.errors.filter((error) => error.type === 'Quotes').map((error) => error.row))
  let line = 1
  let headers: readonly string[] | null = null
  const rows: ImportRow[] = []
  parsed.data.forEach((cells, index) => {
    const startsAt = line
    line += 1 + cells.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
    if (cells.every((cell) => cell.trim() === '')) return
    if (headers === null) headers = cells.map((cell) => cell.trim())
    else rows.push({ line: startsAt, cells, isBroken: broken.has(index) })
  })
  return { headers: headers ?? [], rows }
}

/**
 * Text of a file's bytes: by its byte order mark, else UTF-8 where that is valid, else Windows-1252, which older
 * desktop programs write and in which every byte means something.
 */
export function decodeCsv(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not valid UTF-8: the only failure a fatal decoder has.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The separator that the header uses most: guessing from the rows is led astray by addresses. */
function findDelimiter(text: string): string {
  const header = /^\s*([^\r\n]*)/.exec(text)?.[1]?.replaceAll(/"[^"]*"/g, '') ?? ''
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best), { delimiter: ',', count: 1 }).delimiter
}

const DELIMITERS = [',', ';', '\t', '|']
