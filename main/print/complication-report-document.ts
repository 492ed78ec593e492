import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { factsTable, gridTable, type SheetFacts, sheet } from './sheet.ts'

type Fact = readonly [label: string, value: string]

/** One device, cartridge or product that was used, as the report's device and product sections ask for it. */
export type SuspectRow = {
  readonly what: string
  readonly brand: string
  readonly lot: string
  readonly expires: string
}

/** What MedWatch form 3500 asks for (clinical reference, section 7, FDA reporting); all of it already in words. */
export type ComplicationReportPrint = {
  readonly sheet: SheetFacts
  readonly patient: readonly Fact[]
  readonly event: readonly Fact[]
  readonly description: string
  readonly course: string
  readonly device: readonly Fact[]
  readonly suspects: readonly SuspectRow[]
  readonly reporter: readonly Fact[]
  readonly decision: string
}

/** A sheet to copy from into the form; it carries a code in place of the patient's name. */
export function complicationReportDocument(print: ComplicationReportPrint): TDocumentDefinitions {
  return sheet(print.sheet, [
    { text: 'To be copied into FDA Form 3500. The patient stands here as a code; the clinic keeps what it means.' },
    { text: 'A. Patient', style: 'section' },
    factsTable(print.patient),
    { text: 'B. Adverse event', style: 'section' },
    factsTable(print.event),
    { text: 'Description', style: 'label' },
    { text: print.description },
    { text: 'What was done, and how it went', style: 'label', margin: [0, 6, 0, 0] },
    { text: print.course },
    { text: 'C. Device', style: 'section' },
    factsTable(print.device),
    { text: 'D. Cartridges and products used', style: 'section' },
    print.suspects.length === 0
      ? { text: 'No session is named in the report, so nothing is known to have been used.' }
      : gridTable(
          ['What', 'Brand and model', 'Lot', 'Expires'],
          print.suspects.map(({ what, brand, lot, expires }) => [what, brand, lot, expires]),
          ['auto', '*', 'auto', 'auto'],
        ),
    { text: 'E. Reporter', style: 'section' },
    factsTable(print.reporter),
    { text: 'Decision of the clinic', style: 'section' },
    { text: print.decision },
  ])
}
