import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { FontPaths } from './fonts.ts'

/** PDF bytes with embedded fonts. Nothing but the fonts can be read, and no address at all. */
export async function renderPdf(definition: TDocumentDefinitions, fonts: FontPaths): Promise<Buffer> {
  const allowed: readonly string[] = Object.values(fonts)
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => allowed.includes(path))
  pdfmake.setFonts({ NotoSans: { ...fonts, bolditalics: fonts.bold } })
  return pdfmake.createPdf(definition).getBuffer()
}
