import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import { dateWords, timeWords } from './words.ts'

/** Who and what stands on every page of a printed record. */
export type SheetFacts = {
  readonly clinicName: string
  readonly isSample: boolean
  /** Sentences about the person's other charts; nothing where there is one chart. */
  readonly otherCharts?: readonly string[]
  readonly patient: {
    readonly name: string
    readonly bornOn: CalendarDate | null
    readonly bornText: string | null
    readonly chartNumber: string
  }
  /** e.g. "Microneedling session 2, 01-Aug-2026". */
  readonly title: string
  /** Null once signed. Says why it is not, on every page. */
  readonly unsigned: 'DRAFT' | 'WAITING' | null
  /** Struck through: entered in error. */
  readonly isVoided: boolean
  readonly version: number
  readonly sha256: string
  /** Of the clinic's signing key, for whoever checks a signed packet. */
  readonly keyFingerprint: string
  readonly printedAt: Instant
  readonly printedBy: string
  readonly utcOffsetMin: number
}

/** A signature as a third party reads it: printed name, credential, time, meaning, and the bytes it is over. */
export type PrintedSignature = {
  readonly name: string
  readonly credential: string
  readonly licence: string
  readonly meaning: string
  readonly statement: string
  readonly signedAt: Instant
  readonly utcOffsetMin: number
  readonly sha256: string
  readonly version: number
  /** The mark as the person made it; null where the signature is no picture. */
  readonly pictureSvg: string | null
}

const grey = '#63666F'
const ink = '#2C459B'
const line = '#DFDFDB'

/** A section that begins further down, as a share of the page's content, has no room for its first row. */
const lastPlaceForHeading = 0.87

/** Page frame of every printed record: identity and page x of y everywhere, DRAFT everywhere until it is signed. */
export function sheet(facts: SheetFacts, content: readonly Content[]): TDocumentDefinitions {
  return {
    pageSize: 'LETTER',
    pageMargins: [44, 64 + 16 * headLines(facts), 44, 62],
    info: {
      title: facts.title,
      author: facts.clinicName,
      creationDate: new Date(facts.printedAt),
      producer: 'Countersign',
    },
    defaultStyle: { font: 'NotoSans', fontSize: 9.5, lineHeight: 1.2, color: '#1A1C21' },
    styles: {
      title: { fontSize: 15, bold: true, margin: [0, 0, 0, 8] },
      section: { fontSize: 11, bold: true, margin: [0, 10, 0, 4] },
      label: { fontSize: 8, color: grey },
      head: { fontSize: 8, bold: true, color: grey },
      addendum: { fontSize: 9 },
    },
    ...(facts.unsigned
      ? { watermark: { text: 'DRAFT - NOT SIGNED', color: '#AE2318', opacity: 0.08, bold: true } }
      : {}),
    ...(facts.isVoided ? { watermark: { text: 'ENTERED IN ERROR', color: '#AE2318', opacity: 0.12, bold: true } } : {}),
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel === 1 && startPosition.verticalRatio > lastPlaceForHeading,
    header: () => pageHead(facts),
    footer: (page: number, pages: number) => pageFoot(facts, page, pages),
    content: [{ text: facts.title, style: 'title' }, ...content],
  }
}

/** The name of a part of the record; never the last line of a page. */
export function sectionHead(text: string): Content {
  return { text, style: 'section', headlineLevel: 1 }
}

/** Label over value in columns; a value nobody knows is written out. */
export function factsTable(pairs: readonly (readonly [label: string, value: string])[], columns = 3): Content {
  const rows: Content[][] = []
  for (let at = 0; at < pairs.length; at += columns) {
    const cells = pairs.slice(at, at + columns).map(
      ([label, value]): Content => ({
        stack: [{ text: label, style: 'label' }, { text: value }],
        margin: [0, 0, 6, 4],
      }),
    )
    while (cells.length < columns) cells.push({ text: '' })
    rows.push(cells)
  }
  return {
    table: { dontBreakRows: true, widths: Array.from({ length: columns }, () => '*'), body: rows },
    layout: 'noBorders',
  }
}

export function gridTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly (string | number)[],
): Content {
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [...widths],
      body: [heads.map((text) => ({ text, style: 'head' })), ...rows.map((row) => row.map((text) => ({ text })))],
    },
    layout: {
      hLineWidth: (index: number) => (index === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingLeft: () => 0,
      paddingRight: () => 6,
    },
  }
}

/** One block that a page break never cuts. */
export function signatureBlock(heading: string, signatures: readonly PrintedSignature[]): Content {
  return {
    unbreakable: true,
    margin: [0, 14, 0, 0],
    table: {
      widths: ['*'],
      body: [
        [
          {
            margin: [8, 6, 8, 6],
            stack: [
              { text: heading, bold: true, fontSize: 11, margin: [0, 0, 0, 4] },
              ...signatures.map((signature, index) => oneSignature(signature, index > 0)),
            ],
          },
        ],
      ],
    },
    layout: { hLineColor: () => ink, vLineColor: () => ink, hLineWidth: () => 0.8, vLineWidth: () => 0.8 },
  }
}

function oneSignature(signature: PrintedSignature, isLater: boolean): Content {
  const licence = signature.licence === '' ? '' : `, licence ${signature.licence}`
  return {
    margin: [0, isLater ? 8 : 0, 0, 0],
    stack: [
      ...(signature.pictureSvg === null ? [] : [{ svg: signature.pictureSvg, fit: pictureSize(signature.pictureSvg) }]),
      { text: [{ text: signature.name, bold: true }, `, ${signature.credential}${licence}`] },
      { text: `Meaning: ${signature.meaning}`, bold: true },
      { text: signature.statement },
      { text: `Signed ${timeWords(signature.signedAt, signature.utcOffsetMin)}, version ${signature.version}` },
      { text: `Record hash (SHA-256): ${signature.sha256}`, fontSize: 8, color: grey },
    ],
  }
}

/** Shrunk where it is larger than the block has room for; a small mark is never blown up. */
function pictureSize(svg: string): [number, number] {
  const [width = 180, height = 56] = [/ width="(\d+)/, / height="(\d+)/].map((side) =>
    Number(side.exec(svg)?.[1] ?? NaN),
  )
  return [Math.min(180, width || 180), Math.min(56, height || 56)]
}

/** Lines under the identity that say what the record is not. */
function headLines({ unsigned, isVoided, isSample, otherCharts = [] }: SheetFacts): number {
  return [unsigned !== null, isVoided, isSample].filter(Boolean).length + otherCharts.length
}

function pageHead(facts: SheetFacts): Content {
  const { patient } = facts
  const born = patient.bornOn ? dateWords(patient.bornOn) : (patient.bornText ?? 'unknown')
  return {
    margin: [44, 26, 44, 0],
    stack: [
      {
        columns: [
          {
            text: [
              { text: patient.name, bold: true, fontSize: 12 },
              { text: `   Born ${born}   Chart ${patient.chartNumber}` },
            ],
          },
          { text: facts.clinicName, alignment: 'right', width: 160, color: grey },
        ],
      },
      ...(facts.otherCharts ?? []).map((text) => ({ text, color: ink })),
      ...(facts.unsigned
        ? [
            {
              text: facts.unsigned === 'WAITING' ? 'DRAFT - NOT SIGNED: waits for the physician' : 'DRAFT - NOT SIGNED',
              bold: true,
              color: '#AE2318',
              margin: [0, 3, 0, 0] as [number, number, number, number],
            },
          ]
        : []),
      ...(facts.isVoided ? [{ text: 'VOIDED: entered in error', bold: true, color: '#AE2318' }] : []),
      ...(facts.isSample ? [{ text: 'Sample clinic: invented people, not for treatment', color: ink }] : []),
      { canvas: [{ type: 'line', x1: 0, y1: 5, x2: 524, y2: 5, lineWidth: 0.6, lineColor: line }] },
    ],
  }
}

function pageFoot(facts: SheetFacts, page: number, pages: number): Content {
  return {
    margin: [44, 14, 44, 0],
    fontSize: 8,
    color: grey,
    columns: [
      {
        text: `${facts.title}, version ${facts.version}, ${facts.sha256.slice(0, 16)}\nPrinted ${timeWords(facts.printedAt, facts.utcOffsetMin)} by ${facts.printedBy}\nSigning key of the clinic: ${facts.keyFingerprint}`,
      },
      { text: `Page ${page} of ${pages}`, alignment: 'right', width: 90 },
    ],
  }
}
