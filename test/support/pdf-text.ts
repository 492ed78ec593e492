import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** A piece of text as it stands on the page; `right` is where it ends, in points from the left edge. */
type Piece = { readonly text: string; readonly right: number; readonly isLevel: boolean; readonly endsLine: boolean }

/** The text of each page, in reading order, for looking at what a person would see on paper. */
export async function pdfPages(bytes: Buffer): Promise<readonly string[]> {
  const pages = await pieces(bytes)
  return pages.map((page) => page.map(({ text, endsLine }) => `${text}${endsLine ? '\n' : ''}`).join(''))
}

/** Text that ends further right than this many points; the slanted watermark aside. */
export async function textBeyond(bytes: Buffer, right: number): Promise<readonly string[]> {
  const pages = await pieces(bytes)
  return pages.flat().flatMap((piece) => (piece.isLevel && piece.right > right ? [piece.text] : []))
}

async function pieces(bytes: Buffer): Promise<readonly (readonly Piece[])[]> {
  const loading = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false })
  const pdf = await loading.promise
  const pages: Piece[][] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(
      items.flatMap((item) => {
        if (!('str' in item)) return []
        const [, slant, , , x] = item.transform as readonly number[]
        return [{ text: item.str, right: (x ?? 0) + item.width, isLevel: slant === 0, endsLine: item.hasEOL }]
      }),
    )
  }
  await loading.destroy()
  return pages
}
