import { work } from '../app/worker-side.ts'
import { type ConsentPrint, consentDocument } from '../print/consent-document.ts'
import type { FontPaths } from '../print/fonts.ts'
import { renderPdf } from '../print/render-pdf.ts'
import { type SessionPrint, sessionDocument } from '../print/session-document.ts'

export type PrintInput = { readonly fonts: FontPaths } & (
  | { readonly kind: 'SESSION'; readonly print: SessionPrint }
  | { readonly kind: 'CONSENT'; readonly print: ConsentPrint }
)

work<PrintInput>((input) =>
  renderPdf(input.kind === 'SESSION' ? sessionDocument(input.print) : consentDocument(input.print), input.fonts),
)
