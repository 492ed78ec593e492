import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type ConsentPrint, consentDocument } from '../../main/print/consent-document.ts'
import { type FontPaths, fontFiles } from '../../main/print/fonts.ts'
import { renderPdf } from '../../main/print/render-pdf.ts'
import { type SessionPrint, sessionDocument } from '../../main/print/session-document.ts'
import type { PrintedSignature, SheetFacts } from '../../main/print/sheet.ts'
import { checkSession } from '../../shared/domain/session-check.ts'
import { closeSession } from '../../shared/domain/session-close.ts'
import type { DeviceId } from '../../shared/kernel/ids.ts'
import { draftWith, lena, okafor, sessionFacts } from '../domain/given-session.ts'
import { addendumBodyOf, consentBodyOf, signOffBodyOf } from '../domain/record-bodies.ts'
import { pdfPages, textBeyond } from '../support/pdf-text.ts'

const folder = new URL('../../node_modules/@expo-google-fonts/noto-sans/', import.meta.url)
const fonts: FontPaths = {
  normal: fileURLToPath(new URL(fontFiles.normal, folder)),
  bold: fileURLToPath(new URL(fontFiles.bold, folder)),
  italics: fileURLToPath(new URL(fontFiles.italics, folder)),
}
const hash = '9f3c41d7e02b'.padEnd(64, '5')

const facts: SheetFacts = {
  clinicName: 'Alder Row Skin Clinic',
  isSample: false,
  patient: { name: 'Lindqvist, Mara', bornOn: '1991-05-17', bornText: null, chartNumber: 'C10042' },
  title: 'Microneedling session 2, 28-Feb-2026',
  unsigned: null,
  isVoided: false,
  version: 2,
  sha256: hash,
  keyFingerprint: '0E4B-9D21-77C3-A0F8-5512-3B6E-C9D4-18AA-F207-6E33',
  printedAt: '2026-03-02T16:00:00.000Z',
  printedBy: 'Samuel Okafor',
  utcOffsetMin: -360,
}

const signature: PrintedSignature = {
  name: 'Samuel Okafor',
  credential: 'MD',
  licence: 'MD-0148810 (IL)',
  meaning: 'Reviewed and approved',
  statement: 'I have reviewed this record.',
  signedAt: '2026-03-01T15:12:00.000Z',
  utcOffsetMin: -360,
  sha256: hash,
  version: 2,
  pictureSvg: null,
}

function sessionPrint(change: Partial<SessionPrint> = {}): SessionPrint {
  const draft = draftWith()
  const body = closeSession(draft, checkSession(draft, sessionFacts()), {
    practitioner: lena,
    supervisingPhysician: okafor,
    device: {
      deviceId: 'd' as DeviceId,
      manufacturer: 'Halden',
      model: 'P2',
      type: 'PEN',
      udiDi: null,
      serial: 'H-77120',
      clearanceNumber: null,
      maxDepthUm: 2500,
      depthStepUm: 50,
      speed: { unit: 'HZ', from: 50, to: 150 },
    },
    policyVersionId: null,
    gatePassedAt: '2026-02-28T16:39:00.000Z',
  })
  return {
    sheet: facts,
    body,
    policyFrom: null,
    signatures: [signature],
    signOff: signOffBodyOf(),
    addenda: [],
    disagreements: [],
    ...change,
  }
}

const author: PrintedSignature = {
  ...signature,
  name: 'Lena Brook',
  credential: 'Licensed aesthetician',
  licence: 'AE-20711 (IL)',
  meaning: 'Author',
  statement: 'I carried out or saw what this record describes.',
  signedAt: '2026-02-28T17:30:00.000Z',
}

/** Right edge of the sheet's text, in points: Letter less its margin, with a hair of rounding. */
const rightEdge = 612 - 44 + 0.5

function render(document: ReturnType<typeof sessionDocument>): Promise<Buffer> {
  return renderPdf(document, fonts)
}

async function oneLinePages(bytes: Buffer): Promise<readonly string[]> {
  return (await pdfPages(bytes)).map((page) => page.replaceAll(/\s+/g, ' '))
}

function expectIdentityOnEach(pages: readonly string[]): void {
  for (const [index, page] of pages.entries()) {
    expect(page).toContain('Lindqvist, Mara')
    expect(page).toContain('17-May-1991')
    expect(page).toContain('C10042')
    expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
  }
}

/** A section's name with nothing of the section behind it. */
const headingAtTheFoot =
  /(Numbing|Device and cartridge lots|Zones \(depth setting\)|Afterwards|Deviations and warnings|Physician’s review) (Lindqvist, Mara|Microneedling session 2, \S+, version)/

/** The block stands once, on one page, with everything of every signature in it. */
function expectOneBlock(pages: readonly string[], signatures: readonly PrintedSignature[]): void {
  const withBlock = pages.filter((page) => page.includes('Meaning:') || page.includes('Record hash (SHA-256)'))
  expect(withBlock).toHaveLength(1)
  const [page = ''] = withBlock
  const block = page.slice(page.lastIndexOf('Signatures', page.indexOf('Meaning:')))
  for (const { name, credential, licence, meaning, statement } of signatures) {
    expect(block).toContain(`${name}, ${credential}${licence === '' ? '' : `, licence ${licence}`}`)
    expect(block.split(`Meaning: ${meaning} `)).toHaveLength(2)
    expect(block).toContain(statement)
  }
  expect(block.match(/Signed \d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d \(UTC[+-]\d\d:\d\d\), version \d/g)).toHaveLength(
    signatures.length,
  )
  expect(block.replaceAll(' ', '').split(hash)).toHaveLength(signatures.length + 1)
}

describe('a session on paper', () => {
  it('shows identity and page x of y on every page, and the signature block once and whole', async () => {
    const long = addendumBodyOf({ text: 'Serum lot was left out. '.repeat(200) })
    const print = sessionPrint({ addenda: [{ body: long, state: 'SIGNED', signatures: [signature] }] })
    const pages = await oneLinePages(await render(sessionDocument(print)))
    expect(pages.length).toBeGreaterThan(1)
    expectIdentityOnEach(pages)
    expect(pages.join(' ')).not.toContain('DRAFT')
    expectOneBlock(pages, [signature])
    expect(pages.join(' ')).toContain('Signed 01-Mar-2026 09:12 (UTC-06:00), version 2')
  })

  it.each([1, 2, 3, 4, 5, 6, 8, 10])(
    'keeps headings with their section and the signature block whole behind %i zones',
    async (zones) => {
      const { body } = sessionPrint()
      const zoneRows = Array.from({ length: zones }, () => body.zoneRows.slice(0, 1)).flat()
      const notes = Array.from({ length: zones * 3 }, (_, index) => `Line ${index}`).join('\n')
      const print = sessionPrint({ body: { ...body, zoneRows, notes }, signatures: [author, signature] })
      const pages = await oneLinePages(await render(sessionDocument(print)))
      expectIdentityOnEach(pages)
      expectOneBlock(pages, [author, signature])
      for (const page of pages) expect(page).not.toMatch(headingAtTheFoot)
    },
  )

  it.each(['/zoneRows/0/depthUm', '/cartridgeUses/0/lotRaw', '/notes', '/plan', null])(
    'keeps an addendum to %s on the paper',
    async (fieldPath) => {
      const body = addendumBodyOf({
        amends: { ...addendumBodyOf().amends, fieldPath },
        text: 'The wheel of the pen stood one step lower on the patient’s right front cheek than was noted.',
      })
      const print = sessionPrint({ addenda: [{ body, state: 'SIGNED', signatures: [signature] }] })
      expect(await textBeyond(await render(sessionDocument(print)), rightEdge)).toEqual([])
    },
  )

  it('stands the addendum beside the original, which stays as it was signed', async () => {
    const addendum = addendumBodyOf({
      amends: { ...addendumBodyOf().amends, fieldPath: '/anaesthetic/lotRaw' },
      correction: { was: 'LC 77', shouldBe: 'LC 71' },
    })
    const pages = await pdfPages(
      await renderPdf(
        sessionDocument(sessionPrint({ addenda: [{ body: addendum, state: 'SIGNED', signatures: [signature] }] })),
        fonts,
      ),
    )
    const text = pages.join(' ').replaceAll(/\s+/g, ' ')
    expect(text).toContain('As signed')
    expect(text).toContain('lot LC 77')
    expect(text).toContain('Should be: LC 71')
  })

  it('carries the patient’s disagreement with a denied request, and the clinic’s answer', async () => {
    const disagreement = {
      requestedBy: 'Mara Lindqvist',
      requestedOn: '2026-06-20',
      wish: 'The cream was LMX 4.',
      denialReason: 'The tube is in the photo.',
      statement: 'I kept the tube.',
      rebuttal: 'It is another tube.',
    }
    const pages = await oneLinePages(await render(sessionDocument(sessionPrint({ disagreements: [disagreement] }))))
    const text = pages.join(' ')
    for (const words of ['20-Jun-2026: The cream was LMX 4.', 'I kept the tube.', 'It is another tube.'])
      expect(text).toContain(words)
  })

  it('says DRAFT on every page while it is unsigned and has no signature block', async () => {
    const long = { ...sessionPrint().body, notes: 'Line\n'.repeat(60) }
    const print = sessionPrint({ sheet: { ...facts, unsigned: 'DRAFT' }, body: long, signatures: [], signOff: null })
    const pages = await oneLinePages(await render(sessionDocument(print)))
    expect(pages.length).toBeGreaterThan(1)
    expectIdentityOnEach(pages)
    for (const page of pages) expect(page).toContain('DRAFT - NOT SIGNED')
    expect(pages.join(' ')).not.toMatch(/Signatures|Meaning:|Record hash/)
  })

  it('prints names in Polish, Greek and Cyrillic letters', async () => {
    const named = { ...facts, patient: { ...facts.patient, name: 'Łącka-Παππά, Ольга' } }
    const [page = ''] = await pdfPages(await renderPdf(sessionDocument(sessionPrint({ sheet: named })), fonts))
    expect(page).toContain('Łącka-Παππά, Ольга')
  })
})

describe('a consent on paper', () => {
  const patient: PrintedSignature = {
    ...signature,
    name: 'Mara Lindqvist',
    credential: 'Patient',
    licence: '',
    meaning: 'Consent of the patient',
  }
  const print: ConsentPrint = {
    sheet: { ...facts, title: 'Consent to microneedling' },
    body: consentBodyOf(),
    signatures: [patient],
    withdrawals: [],
    reacknowledgements: [],
  }

  it('prints the frozen text, the evidence and the signature block once', async () => {
    const bytes = await render(consentDocument(print))
    const pages = await oneLinePages(bytes)
    expectIdentityOnEach(pages)
    expectOneBlock(pages, [patient])
    const text = pages.join(' ')
    for (const section of print.body.document.sections) expect(text).toContain(section.heading)
    expect(text).toContain('Statement of intent')
    expect(text).toContain('Own record: ')
    expect(text.replaceAll(' ', '')).toContain(print.body.document.sha256)
    expect(await textBeyond(bytes, rightEdge)).toEqual([])
  })

  it('says DRAFT on every page of a form that nobody signed', async () => {
    const body = { ...print.body, signature: null }
    const unsigned = { ...print, body, sheet: { ...print.sheet, unsigned: 'DRAFT' as const }, signatures: [] }
    const pages = await oneLinePages(await render(consentDocument(unsigned)))
    expectIdentityOnEach(pages)
    for (const page of pages) expect(page).toContain('DRAFT - NOT SIGNED')
    expect(pages.join(' ')).not.toMatch(/Meaning:|Record hash/)
  })
})
