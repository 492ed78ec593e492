import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { csvOf } from '../../main/features/report/csv.ts'
import { fontFiles } from '../../main/print/fonts.ts'
import { renderPdf } from '../../main/print/render-pdf.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import { auditRows, isAuditWhole } from '../support/audit-rows.ts'
import { newClinic, openWindow, password, type TestClinic, type Window } from '../support/clinic.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { detailsOf, registerInput } from '../support/people.ts'
import { placesIn, procedures, sampleInput, valueAt, withValueAt } from '../support/sample-input.ts'
import { countOf, tell } from './count.ts'
import { hostileStrings, known } from './hostile-strings.ts'

const strings = hostileStrings(countOf({ share: 50, full: 500 }), 20_260_803)
const fonts = new URL('../../node_modules/@expo-google-fonts/noto-sans/', import.meta.url)
const fontPath = (name: string) => fileURLToPath(new URL(name, fonts))

/** As it is kept: composed and without blanks around; null where nothing is left, or a half of a letter pair stands in it. */
function kept(text: string): string | null {
  const trimmed = text.normalize('NFC').trim()
  return trimmed === '' ? null : trimmed
}

describe('F35 a hostile text', () => {
  it('F35 as a name, a note and a search is kept byte for byte, and finds its own chart or nobody, never a fault', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const before = await tablesOf(clinic)
    let held = 0
    for (const [index, text] of strings.entries()) {
      const name = kept(text)
      if (name === null) continue
      const bornOn = `${1940 + (index % 70)}-0${1 + (index % 9)}-1${index % 10}`
      const patientId = await registerSeen(desk, {
        family: name,
        given: `Ines ${name}`.slice(0, 200),
        bornOn,
        deskNotes: text,
      })
      const { details } = (await desk.must('patient.open', { patientId })).facts
      expect([details.family, details.given]).toEqual([name, `Ines ${name}`.slice(0, 200).trim()])
      expect(details.deskNotes).toBe(text.normalize('NFC'))
      const { hits } = await desk.must('patientSearch.find', { text: text.normalize('NFC').slice(0, 200) })
      expect(hits.every((hit) => typeof hit.family === 'string')).toBe(true)
      held += 1
    }
    expect(await tablesOf(clinic)).toEqual(before)
    expect(await isAuditWhole(clinic.app)).toBe(true)
    tell({ fault: 'F35', what: 'hostile strings as names, notes and searches', tried: held, held })
  })

  it('F35 as a lot number is kept byte for byte, or refused where nothing of it could be read again', async () => {
    const clinic = await newClinic()
    const { window: aes } = await clinic.hire(['aesthetician'])
    let held = 0
    for (const text of strings) {
      const lotRaw = kept(text)
      const code = await aes.code('stock.addCartridgeLot', { facts: { ...lot, lotRaw: text } })
      expect([text, ['ok', 'INVALID_INPUT', 'LOT_KNOWN'].includes(code)]).toEqual([text, true])
      if (code === 'ok') {
        const { lots } = await aes.must('stock.cartridgeLots', { text: '' })
        expect(lots.map(({ body }) => body.lotRaw)).toContain(lotRaw)
      }
      held += 1
    }
    tell({ fault: 'F35', what: 'hostile strings as lot numbers', tried: held, held })
  })

  it('F35 in any text field of any procedure is an answer or a refusal, never a fault', async () => {
    const clinic = await newClinic()
    const people = new Map([['manager', clinic.manager]])
    for (const role of ['frontDesk', 'aesthetician', 'physician'] as const)
      people.set(role, (await clinic.hire([role])).window)
    const each = countOf({ share: 4, full: strings.length })
    let tried = 0
    const faults: unknown[] = []
    // Set-up, keys and files of this computer are not text of a patient's.
    const asked = procedures.filter(
      ({ feature }) => !['clinic', 'signIn', 'backup', 'restore', 'file'].includes(feature),
    )
    for (const { name, definition } of asked) {
      const sample = sampleInput(definition.input)
      for (const place of placesIn(sample)) {
        if (typeof valueAt(sample, place) !== 'string') continue
        for (let turn = 0; turn < each; turn += 1) {
          const input = withReauth(withValueAt(sample, place, strings[(tried + turn) % strings.length]))
          if (!definition.input.safeParse(input).success) continue
          const role = definition.may === 'ANYONE' ? 'manager' : (rolesWith(definition.may)[0] ?? 'manager')
          const code = await askAs(clinic, people.get(role) ?? clinic.manager, name, input)
          if (code === 'INTERNAL') faults.push([name, place, input])
          tried += 1
        }
      }
    }
    expect(faults.slice(0, 5)).toEqual([])
    expect(tried).toBeGreaterThan(400)
    tell({
      fault: 'F35',
      what: 'hostile strings in every text field of the contract',
      tried,
      held: tried - faults.length,
    })
  }, 3_600_000)

  it('F35 stands on paper as it was typed', async () => {
    const definition = {
      defaultStyle: { font: 'NotoSans' },
      content: strings.map((text, index) => ({ text: `[${index}] ${text} [/${index}]` })),
    }
    const faces = {
      normal: fontPath(fontFiles.normal),
      bold: fontPath(fontFiles.bold),
      italics: fontPath(fontFiles.italics),
    }
    const text = withoutBlanks((await pdfPages(await renderPdf(definition, faces))).join(''))
    const wrong = strings
      .filter((one) => isPlain(one))
      .filter((one, index) => index >= 0 && !text.includes(withoutBlanks(one)))
    expect(wrong).toEqual([])
    expect(strings.filter(isPlain).length).toBeGreaterThan(strings.length / 3)
    tell({
      fault: 'F35',
      what: 'hostile strings on paper (letters of the font)',
      tried: strings.filter(isPlain).length,
      held: strings.filter(isPlain).length - wrong.length,
    })
  })

  it('F35 in a table for a spreadsheet is a text and never a formula', () => {
    const wrong = strings.filter((text) => {
      const [, line = ''] = csvOf([{ name: text, count: 1 }]).split('\r\n', 2)
      const cell = readCell(line)
      return /^[=+\-@\t\r]/.test(cell) || cell.replace(/^'/, '') !== text.replace(/^'/, '')
    })
    expect(wrong).toEqual([])
    tell({ fault: 'F35', what: 'hostile strings in CSV', tried: strings.length, held: strings.length - wrong.length })
  })

  it('F35 is one of at least forty that are known, and of fifty here', () => {
    expect(new Set(known).size).toBeGreaterThanOrEqual(40)
    expect(strings.length).toBeGreaterThanOrEqual(Math.min(50, countOf({ share: 50, full: 500 })))
  })
})

const lot = {
  manufacturer: 'Corvane',
  model: 'Tip 14',
  udiDi: null,
  expiresOn: '2027-09-30',
  needleCount: 14,
  needleGauge: 32,
  maxLengthUm: 2500,
  sterileMethod: 'gamma',
  receivedQuantity: 40,
  receivedOn: '2026-07-01',
  supplier: null,
}

/** Registers a person whose look-alikes were seen. */
async function registerSeen(desk: Window, change: Parameters<typeof detailsOf>[0]) {
  const details = detailsOf(change)
  const { family, given, middle, preferred, formerNames, bornOn, bornText, address, phones } = details
  const asked = { family, given, middle, preferred, formerNames, bornOn, bornText, address, phones, except: null }
  const { charts } = await desk.must('patient.duplicates', asked)
  const acknowledgedDuplicates = charts.map((chart) => chart.patientId)
  return (await desk.must('patient.register', { ...registerInput(details), acknowledgedDuplicates })).patientId
}

async function askAs({ app }: TestClinic, { connection }: Window, name: string, input: unknown): Promise<string> {
  const window = openWindow(app)
  window.connection.state = connection.state
  const reply = JSON.parse(await app.call(window.connection, JSON.stringify({ name, input, key: randomUUID() })))
  app.services.connections.delete(window.connection)
  return reply.ok ? 'ok' : reply.refusal.code
}

function withReauth(input: unknown): unknown {
  const isSigning = typeof input === 'object' && input !== null && 'reauth' in input
  return isSigning ? { ...input, reauth: { method: 'PASSWORD', password } } : input
}

/** The tables of the store by name, so that a dropped one is seen; and that the audit was only added to. */
async function tablesOf({ app }: TestClinic): Promise<unknown> {
  const { driver } = app.services.storeLife.open.store
  const [first] = await auditRows(app)
  return [driver.prepare('select name from sqlite_master order by name').all(), first?.hash]
}

/** Letters that the font of the paper has, without the signs that turn the direction of a line. */
function isPlain(text: string): boolean {
  return /^[\u0020-\u007e\u00e9\u00df]*$/.test(text)
}

function withoutBlanks(text: string): string {
  return text.replaceAll(/\s+/g, '')
}

/** The first cell of a line of RFC 4180. */
function readCell(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)
  return quoted ? (quoted[1] ?? '').replaceAll('""', '"') : (line.split(',')[0] ?? '')
}
