import { work } from '../app/worker-side.ts'
import { type ComplicationReportPrint, complicationReportDocument } from '../print/complication-report-document.ts'
import { type ConsentPrint, consentDocument } from '../print/consent-document.ts'
import type { FontPaths } from '../print/fonts.ts'
import { type OrderPrint, orderDocument } from '../print/order-document.ts'
import { type OutcomePrint, outcomeDocument } from '../print/outcome-document.ts'
import { lettersDocument, type RecallPrint, reportDocument } from '../print/recall-document.ts'
import { type RecoveryPrint, recoveryDocument } from '../print/recovery-document.ts'
import { renderPdf } from '../print/render-pdf.ts'
import { type SessionPrint, sessionDocument } from '../print/session-document.ts'

/** A paper and everything that stands on it. */
export type Paper =
  | { readonly kind: 'SESSION'; readonly print: SessionPrint }
  | { readonly kind: 'CONSENT'; readonly print: ConsentPrint }
  | { readonly kind: 'COMPLICATION_REPORT'; readonly print: ComplicationReportPrint }
  | { readonly kind: 'ORDER'; readonly print: OrderPrint }
  | { readonly kind: 'OUTCOME'; readonly print: OutcomePrint }
  | { readonly kind: 'RECOVERY_CODE'; readonly print: RecoveryPrint }
  | RecallPrint
export type PrintInput = { readonly fonts: FontPaths } & Paper

work<PrintInput>((input) => renderPdf(documentOf(input), input.fonts))

function documentOf(input: PrintInput) {
  switch (input.kind) {
    case 'SESSION':
      return sessionDocument(input.print)
    case 'CONSENT':
      return consentDocument(input.print)
    case 'COMPLICATION_REPORT':
      return complicationReportDocument(input.print)
    case 'ORDER':
      return orderDocument(input.print)
    case 'OUTCOME':
      return outcomeDocument(input.print)
    case 'RECOVERY_CODE':
      return recoveryDocument(input.print)
    case 'RECALL_LETTERS':
      return lettersDocument(input.frame, input.letters)
    case 'RECALL_REPORT':
      return reportDocument(input.frame, input.report)
  }
}
