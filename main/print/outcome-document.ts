import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import {
  factsTable,
  gridTable,
  type PrintedSignature,
  type SheetFacts,
  sectionHead,
  sheet,
  signatureBlock,
} from './sheet.ts'

type Fact = readonly [label: string, value: string]

type PrintedRating = {
  readonly ratedOn: string
  readonly rater: string
  /** Views that the rater looked at; the pictures themselves stay in the chart. */
  readonly photos: string
  readonly note: string
}

/** A course from its baseline to its outcome; all of it already in words. */
export type OutcomePrint = {
  readonly sheet: SheetFacts
  readonly course: readonly Fact[]
  /** Scale with code and version, baseline, outcome, change. */
  readonly levels: readonly (readonly string[])[]
  readonly baseline: PrintedRating | null
  readonly outcome: PrintedRating | null
  readonly differences: readonly string[]
  readonly differenceReason: string
  readonly patientSays: readonly Fact[]
  readonly patientSaidOn: string | null
  readonly signatures: readonly PrintedSignature[]
}

export function outcomeDocument(print: OutcomePrint): TDocumentDefinitions {
  const { baseline, outcome } = print
  return sheet(print.sheet, [
    factsTable(print.course),
    sectionHead('Rated by the clinician'),
    factsTable([...ratingFacts('Baseline', baseline), ...ratingFacts('Outcome', outcome)]),
    ...(print.levels.length === 0
      ? []
      : [gridTable(['Scale (code, version)', 'Baseline', 'Outcome', 'Change'], print.levels, [150, '*', '*', 50])]),
    ...notComparable(print),
    ...notes(print),
    sectionHead('Reported by the patient'),
    print.patientSaidOn === null
      ? { text: 'Nothing was reported.' }
      : factsTable([['Reported on', print.patientSaidOn], ...print.patientSays]),
    signatureBlock('Signed by the rater', print.signatures),
  ])
}

function ratingFacts(what: string, rating: PrintedRating | null): readonly Fact[] {
  if (!rating)
    return [
      [what, 'Not rated'],
      ['', ''],
      ['', ''],
    ]
  return [
    [what, rating.ratedOn],
    ['Rater', rating.rater],
    ['Photos', rating.photos],
  ]
}

function notComparable({ differences, differenceReason }: OutcomePrint): readonly Content[] {
  if (differences.length === 0) return []
  return [
    {
      text: `Not comparable with the baseline: ${differences.join(', ').toLowerCase()}. Reason: ${differenceReason}`,
      bold: true,
      margin: [0, 6, 0, 0],
    },
  ]
}

function notes({ baseline, outcome }: OutcomePrint): readonly Content[] {
  return [baseline, outcome].flatMap((rating): readonly Content[] =>
    rating?.note ? [{ text: `${rating.ratedOn}: ${rating.note}`, margin: [0, 4, 0, 0] }] : [],
  )
}
