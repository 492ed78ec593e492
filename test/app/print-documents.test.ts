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
import { pdfPages } from '../support/pdf-text.ts'

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
  return { sheet: facts, body, signatures: [signature], signOff: signOffBodyOf(), addenda: [], ...change }
}

/** As often as the heading of the block stands in the text of the pages. */
function pagesWith(pages: readonly string[], text: string): number {
  return pages.filter((page) => page.replaceAll(/\s+/g, ' ').includes(text)).length
}

describe('a session on paper', () => {
  it('shows identity and page x of y on every page, and the signature block once and whole', async () => {
    const long = addendumBodyOf({ text: 'Serum lot was left out. '.repeat(200) })
    const print = sessionPrint({ addenda: [{ body: long, state: 'SIGNED', signatures: [signature] }] })
    const pages = await pdfPages(await renderPdf(sessionDocument(print), fonts))
    expect(pages.length).toBeGreaterThan(1)
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('Lindqvist, Mara')
      expect(page).toContain('17-May-1991')
      expect(page).toContain('C10042')
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
      expect(page).not.toContain('DRAFT - NOT SIGNED')
    }
    const block = pages.filter((page) => page.includes('Signatures'))
    expect(block).toHaveLength(1)
    const text = (block[0] ?? '').replaceAll(/\s+/g, ' ')
    expect(text).toContain('Samuel Okafor, MD, licence MD-0148810 (IL)')
    expect(text).toContain('Meaning: Reviewed and approved')
    expect(text).toContain('Signed 01-Mar-2026 09:12 (UTC-06:00), version 2')
    expect(text.replaceAll(' ', '')).toContain(hash)
  })

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

  it('says DRAFT on every page while it is unsigned and has no signature block', async () => {
    const print = sessionPrint({ sheet: { ...facts, unsigned: 'DRAFT' }, signatures: [], signOff: null })
    const pages = await pdfPages(await renderPdf(sessionDocument(print), fonts))
    expect(pagesWith(pages, 'DRAFT - NOT SIGNED')).toBe(pages.length)
    expect(pagesWith(pages, 'Signatures')).toBe(0)
  })

  it('prints names in Polish, Greek and Cyrillic letters', async () => {
    const named = { ...facts, patient: { ...facts.patient, name: 'Łącka-Παππά, Ольга' } }
    const [page = ''] = await pdfPages(await renderPdf(sessionDocument(sessionPrint({ sheet: named })), fonts))
    expect(page).toContain('Łącka-Παππά, Ольга')
  })
})

describe('a consent on paper', () => {
  it('prints the frozen text, the evidence and the signature block once', async () => {
    const print: ConsentPrint = {
      sheet: { ...facts, title: 'Consent to microneedling' },
      body: consentBodyOf(),
      signatures: [
        { ...signature, name: 'Mara Lindqvist', credential: 'Patient', licence: '', meaning: 'Consent of the patient' },
      ],
      withdrawals: [],
      reacknowledgements: [],
    }
    const pages = await pdfPages(await renderPdf(consentDocument(print), fonts))
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('Lindqvist, Mara')
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
    }
    const text = pages.join(' ').replaceAll(/\s+/g, ' ')
    for (const section of print.body.document.sections) expect(text).toContain(section.heading)
    expect(pages.filter((page) => page.includes('Meaning: Consent of the patient'))).toHaveLength(1)
    expect(text).toContain('Statement of intent')
  })
})
