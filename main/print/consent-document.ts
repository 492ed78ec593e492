import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { ConsentBody, ConsentReacknowledgement, ConsentWithdrawal } from '../../shared/domain/consent/consent.ts'
import { factsTable, type PrintedSignature, type SheetFacts, sectionHead, sheet, signatureBlock } from './sheet.ts'
import { codeWords, timeWords } from './words.ts'

export type ConsentPrint = {
  readonly sheet: SheetFacts
  readonly body: ConsentBody
  readonly signatures: readonly PrintedSignature[]
  readonly withdrawals: readonly ConsentWithdrawal[]
  readonly reacknowledgements: readonly ConsentReacknowledgement[]
}

/** The form exactly as it was on the screen when it was signed, then the evidence, then what came later. */
export function consentDocument(print: ConsentPrint): TDocumentDefinitions {
  const { body } = print
  return sheet(print.sheet, [
    ...body.document.sections.map(
      (section): Content => ({
        // A part of the text stays on one page unless it is longer than half of one.
        unbreakable: section.body.length < 2000,
        stack: [
          { text: section.heading, style: 'section' },
          { text: section.body },
          ...body.initials
            .filter((initials) => initials.section === section.key)
            .map((initials): Content => ({ text: `Initials: ${initials.initials}`, bold: true, margin: [0, 2, 0, 0] })),
        ],
      }),
    ),
    sectionHead('How it was signed'),
    factsTable(evidence(print)),
    ...print.withdrawals.map(
      (withdrawal): Content => ({
        margin: [0, 8, 0, 0],
        color: '#AE2318',
        text: `Withdrawn ${timeWords(withdrawal.at, print.sheet.utcOffsetMin)} by ${withdrawal.by}, ${codeWords(withdrawal.how).toLowerCase()}: ${withdrawal.scopes.map(codeWords).join(', ')}. ${withdrawal.note}`,
      }),
    ),
    ...print.reacknowledgements.map(
      (line): Content => ({
        text: `Change of staff acknowledged ${timeWords(line.at, print.sheet.utcOffsetMin)} by ${line.by}`,
      }),
    ),
    ...(print.signatures.length > 0 ? [signatureBlock('Signatures', print.signatures)] : []),
  ])
}

function evidence({ body, sheet: { utcOffsetMin } }: ConsentPrint): (readonly [string, string])[] {
  const { signature, interpreter, minor, photoPermissions } = body
  return [
    ['Form', `${body.template.templateId} ${body.template.major}.${body.template.minor}, ${body.template.language}`],
    ['Text shown (SHA-256)', body.document.sha256.match(/.{1,22}/g)?.join('\n') ?? ''],
    ['Explained by', `${body.explainedBy.name}, ${body.explainedBy.credential}`],
    ['Witness', `${body.witness.name}, ${body.witness.credential}`],
    ['Reading time', `${Math.floor(body.readingTimeSec / 60)} min ${body.readingTimeSec % 60} s`],
    ['Questions', body.questionsAsked === '' ? 'None' : body.questionsAsked],
    ['Identity document', signature ? codeWords(signature.identityDocument) : 'Not signed'],
    ['Statement of intent', signature ? signature.intentStatement : 'Not signed'],
    [
      'Signed as',
      signature
        ? `${codeWords(signature.role)}${signature.relationship ? ` (${signature.relationship})` : ''}`
        : 'Not signed',
    ],
    ['Photographs', photoWords(photoPermissions)],
    [
      'Interpreter',
      interpreter
        ? `${interpreter.name}, ${interpreter.identifier}, ${codeWords(interpreter.mode).toLowerCase()}, ${interpreter.language}`
        : 'None needed',
    ],
    ...(minor
      ? ([
          [
            'Minor’s own agreement',
            `${minor.assent.given ? 'given' : 'not given'} ${timeWords(minor.assent.at, utcOffsetMin)}`,
          ],
          ['Physician’s examination', `${minor.physicianExam.physician.name}, ${minor.physicianExam.examinedOn}`],
          ['Chaperone', `${minor.chaperone.name}, ${minor.chaperone.relation}`],
        ] as const)
      : []),
    ...(body.copyGiven
      ? ([
          ['Copy given', `${codeWords(body.copyGiven.method)}, ${timeWords(body.copyGiven.at, utcOffsetMin)}`],
        ] as const)
      : []),
  ]
}

function photoWords({ ownRecord, staffTeaching, marketing }: ConsentBody['photoPermissions']): string {
  const given = (isGiven: boolean) => (isGiven ? 'yes' : 'no')
  return `Own record: ${given(ownRecord)}\nTeaching of staff: ${given(staffTeaching)}\nAdvertising: ${given(marketing)}`
}
