import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Instant } from '../../shared/kernel/time.ts'
import { timeWords } from './words.ts'

export type RecoveryPrint = {
  readonly clinicName: string
  readonly storeId: string
  readonly isSample: boolean
  /** Groups joined by dashes, the check character last. */
  readonly code: string
  readonly madeAt: Instant
  readonly printedAt: Instant
  readonly printedBy: string
  readonly utcOffsetMin: number
}

const grey = '#63666F'
const line = '#DFDFDB'

/** One page for the safe. It names the clinic and its store, never a patient. */
export function recoveryDocument(print: RecoveryPrint): TDocumentDefinitions {
  const groups = print.code.split('-')
  const check = groups.at(-1) ?? ''
  return {
    pageSize: 'LETTER',
    pageMargins: [56, 64, 56, 64],
    info: {
      title: 'Recovery code',
      author: print.clinicName,
      creationDate: new Date(print.printedAt),
      producer: 'Countersign',
    },
    defaultStyle: { font: 'NotoSans', fontSize: 11, lineHeight: 1.3, color: '#1A1C21' },
    content: [
      { text: print.clinicName, fontSize: 12, color: grey },
      { text: 'Recovery code', fontSize: 22, bold: true, margin: [0, 2, 0, 14] },
      ...(print.isSample ? [{ text: 'Sample clinic: invented people, not for treatment', bold: true }] : []),
      {
        text: 'With this code and a copy of the records anybody can read them. Without it, and without the computer of the clinic, nobody can. Keep it where you keep what must not be lost, not beside the computer and not beside the copies.',
        margin: [0, 0, 0, 18],
      },
      groupTable(groups.slice(0, -1)),
      { text: ['Check character: ', { text: check, bold: true, fontSize: 18 }], margin: [0, 14, 0, 4] },
      { text: `To type it in one go: ${print.code}`, color: grey, fontSize: 9.5 },
      { text: 'When it is needed', bold: true, fontSize: 13, margin: [0, 26, 0, 4] },
      {
        ol: [
          'Install Countersign on a computer that works.',
          'On the first screen choose “I have a backup” and the folder with the copies. Where the computer itself is whole and only its keychain changed, Countersign asks for the code by itself.',
          'Type the code. Capital or small letters, with or without dashes; there is no letter O, I, L or U in it.',
          'Sign in with your own name and password, and make a new code under Clinic, Recovery if this sheet left the clinic.',
        ],
      },
      { text: `Records: ${print.storeId}`, margin: [0, 26, 0, 0], fontSize: 9, color: grey },
      {
        text: `Made ${timeWords(print.madeAt, print.utcOffsetMin)}. Printed ${timeWords(print.printedAt, print.utcOffsetMin)} by ${print.printedBy}. A newer code makes this one useless for this computer; copies that were made before open with the code of their time.`,
        fontSize: 9,
        color: grey,
      },
    ],
  }
}

/** Four groups in a row, each with its number: two of them are asked for. */
function groupTable(groups: readonly string[]): Content {
  const cell = (group: string, at: number): Content => ({
    stack: [
      { text: String(at + 1), fontSize: 9, color: grey },
      { text: [...group].join(' '), fontSize: 22, bold: true },
    ],
    margin: [8, 6, 8, 6],
  })
  const rows = [groups.slice(0, 4), groups.slice(4)]
  return {
    table: {
      widths: ['*', '*', '*', '*'],
      body: rows.map((row, index) => row.map((group, at) => cell(group, index * 4 + at))),
    },
    layout: { hLineColor: () => line, vLineColor: () => line, hLineWidth: () => 0.8, vLineWidth: () => 0.8 },
  }
}
