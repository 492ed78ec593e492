import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Instant } from '../../shared/kernel/time.ts'
import { factsTable, gridTable } from './sheet.ts'
import { timeWords } from './words.ts'

/** Who prints what for which clinic; stands on every page. */
export type RecallFrame = {
  readonly clinicName: string
  readonly isSample: boolean
  readonly title: string
  readonly printedAt: Instant
  readonly printedBy: string
  readonly utcOffsetMin: number
}

export type RecallLetter = {
  /** Lines of the address window: name and address, as far as they are known. */
  readonly address: readonly string[]
  readonly day: string
  /** Paragraphs, filled in. */
  readonly paragraphs: readonly string[]
}

export type RecallReport = {
  readonly facts: readonly (readonly [label: string, value: string])[]
  readonly outcome: readonly (readonly [label: string, value: string])[]
  readonly stock: readonly (readonly string[])[]
  readonly people: readonly (readonly string[])[]
  readonly untold: readonly (readonly string[])[]
  readonly letter: readonly string[]
}

/** What the print worker makes of a recall. */
export type RecallPrint =
  | { readonly kind: 'RECALL_LETTERS'; readonly frame: RecallFrame; readonly letters: readonly RecallLetter[] }
  | { readonly kind: 'RECALL_REPORT'; readonly frame: RecallFrame; readonly report: RecallReport }

/** One letter per page, with nothing of the treatment where an envelope's window would show it. */
export function lettersDocument(frame: RecallFrame, letters: readonly RecallLetter[]): TDocumentDefinitions {
  return page(frame, letters.map(letterOf), [72, 72, 72, 62])
}

/** The closing report: what was recalled, what was set aside, who was told how, and who could not be. */
export function reportDocument(frame: RecallFrame, report: RecallReport): TDocumentDefinitions {
  return page(
    frame,
    [
      { text: frame.title, style: 'title' },
      factsTable(report.facts),
      { text: 'Outcome', style: 'section' },
      factsTable(report.outcome, 4),
      { text: 'Stock', style: 'section' },
      report.stock.length === 0
        ? { text: 'Nothing in the registers was concerned.' }
        : gridTable(['Article', 'Lot or serial', 'Before', 'Now', 'Pieces then'], report.stock, ['*', 100, 80, 80, 60]),
      { text: 'People to tell', style: 'section' },
      report.people.length === 0
        ? { text: 'Nobody had to be told.' }
        : gridTable(['Patient', 'Chart', 'Found', 'Visits', 'Result', 'What was done'], report.people, [
            100,
            50,
            70,
            70,
            64,
            '*',
          ]),
      ...(report.untold.length > 0
        ? [
            { text: 'Not ruled out and not told', style: 'section' },
            gridTable(['Patient', 'Chart', 'Why not ruled out', 'Visits'], report.untold, ['*', 60, 160, 120]),
          ]
        : []),
      { text: 'Letter', style: 'section' },
      ...report.letter.map((text): Content => ({ text, margin: [0, 0, 0, 5] })),
    ],
    [44, 60, 44, 62],
  )
}

function letterOf({ address, day, paragraphs }: RecallLetter, index: number): Content {
  return {
    ...(index > 0 ? { pageBreak: 'before' as const } : {}),
    fontSize: 11,
    stack: [
      { stack: address.map((text) => ({ text })), margin: [0, 40, 0, 36] },
      { text: day, alignment: 'right', margin: [0, 0, 0, 18] },
      ...paragraphs.map((text): Content => ({ text, margin: [0, 0, 0, 10] })),
    ],
  }
}

function page(
  frame: RecallFrame,
  content: readonly Content[],
  pageMargins: [number, number, number, number],
): TDocumentDefinitions {
  const [side] = pageMargins
  return {
    pageSize: 'LETTER',
    pageMargins,
    info: {
      title: frame.title,
      author: frame.clinicName,
      creationDate: new Date(frame.printedAt),
      producer: 'Countersign',
    },
    defaultStyle: { font: 'NotoSans', fontSize: 9.5, lineHeight: 1.2, color: '#1A1C21' },
    styles: {
      title: { fontSize: 15, bold: true, margin: [0, 0, 0, 8] },
      section: { fontSize: 11, bold: true, margin: [0, 10, 0, 4] },
      label: { fontSize: 8, color: '#63666F' },
      head: { fontSize: 8, bold: true, color: '#63666F' },
    },
    header: () => ({
      margin: [side, 26, side, 0],
      columns: [
        { text: frame.isSample ? 'Sample clinic: invented people, not for treatment' : '', color: '#2C459B' },
        { text: frame.clinicName, alignment: 'right', color: '#63666F' },
      ],
    }),
    footer: (current: number, pages: number) => ({
      margin: [side, 14, side, 0],
      fontSize: 8,
      color: '#63666F',
      columns: [
        { text: `Printed ${timeWords(frame.printedAt, frame.utcOffsetMin)} by ${frame.printedBy}` },
        { text: `Page ${current} of ${pages}`, alignment: 'right', width: 90 },
      ],
    }),
    content: [...content],
  }
}
