import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The text of each page, in reading order, for looking at what a person would see on paper. */
export async function pdfPages(bytes: Buffer): Promise<readonly string[]> {
  const loading = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false })
  const pdf = await loading.promise
  const pages: string[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''))
  }
  await loading.destroy()
  return pages
}
