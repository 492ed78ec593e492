import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { many, one } from '../../db/records.ts'
import { importDeskOf } from '../../main/import/import-desk.ts'
import { keepPlan, planStillValid } from '../../main/import/kept-plan.ts'
import type { ImportId } from '../../shared/kernel/ids.ts'
import { newClinic, openWindow, type TestClinic, type Window } from '../support/clinic.ts'
import { register } from '../support/people.ts'

const list = `MRN,Surname,First name,DOB,Mobile,City
A1,Marsh,Helen,25/12/1974,555 010 0177,Alton
A2,Marhs,Helen,25/12/1974,,Alton
A3,Petrov,Ivo,31/02/1980,555 010 0155,
A4,,,,,
A5,Brook,Lena,01/02/1988,555 010 0122,Alton
`

async function upload(window: Window, bytes: Buffer): Promise<string> {
  const { token } = await window.must('file.begin', {})
  for (let at = 0; at < bytes.length; at += 400_000)
    await window.must('file.append', { token, base64: bytes.subarray(at, at + 400_000).toString('base64') })
  return token
}

/** Waits for the end of long work by the events that a window gets. */
async function endOf(window: Window, jobId: string) {
  for (;;) {
    const happened = new Promise<void>((resolve) => {
      const listener = () => {
        window.connection.listeners.delete(listener)
        resolve()
      }
      window.connection.listeners.add(listener)
    })
    const state = await window.must('backup.job', { jobId })
    if (state.kind !== 'RUNNING') return state
    await happened
  }
}

/** Names that no two people share, not even by sound. */
function manyPeople(count: number): string {
  const syllables = ['ba', 'ko', 'mi', 'tu', 'ra', 'le', 'fo', 'si', 'no', 'ju']
  const word = (number: number) =>
    [...String(number).padStart(4, '0')].map((digit) => syllables[Number(digit)]).join('')
  const rows = Array.from(
    { length: count },
    (_, n) => `${word(n)},${word(9999 - n)},${1930 + (n % 80)}-0${1 + (n % 9)}-${10 + (n % 18)}`,
  )
  return `surname,given name,dob\n${rows.join('\n')}\n`
}

async function prepare(window: Window, text: string | Buffer, fileName = 'list.csv'): Promise<string> {
  const token = await upload(window, Buffer.from(text))
  const { previewId, jobId } = await window.must('patientImport.prepare', { token, fileName })
  expect(await endOf(window, jobId)).toEqual({ kind: 'DONE', report: null })
  return previewId
}

async function commit(window: Window, previewId: string): Promise<ImportId> {
  const { importId, jobId } = await window.must('patientImport.commit', { previewId })
  expect(await endOf(window, jobId)).toMatchObject({ kind: 'DONE' })
  return importId
}

async function clinicWithDesk(): Promise<{ clinic: TestClinic; desk: Window }> {
  const clinic = await newClinic()
  const { window: desk } = await clinic.hire(['frontDesk'])
  return { clinic, desk }
}

/** Changes the verdicts that the preview kept, so that it shows whether they are used. */
function keepFirstRowOnly({ app }: TestClinic, { connection }: Window): void {
  const { state } = connection
  if (state.kind !== 'SIGNED_IN') throw new Error('nobody is signed in')
  const own = importDeskOf(app.services).preparationOf({ connection, staffId: state.signIn.staffId })
  const kept = own?.plan?.kept
  const valid = kept && planStillValid(kept, { driver: app.services.storeLife.open.store.driver, today: kept.today })
  if (!own?.plan || !kept || !valid) throw new Error('the preview kept no verdicts')
  own.plan = { ...own.plan, kept: keepPlan({ ...kept, rows: valid.rows.slice(0, 1) }) }
}

async function auditActions(clinic: TestClinic): Promise<readonly string[]> {
  const rows = await many<{ action: string }>(
    clinic.app.services.storeLife.open.store.db,
    "select action from audit_entry where subject = 'patient_import' and outcome = 'DONE' order by seq",
  )
  return rows.map((row) => row.action)
}

async function patientCount(desk: Window) {
  return (await desk.must('patient.list', { status: 'ACTIVE', after: null, limit: 1 })).counts
}

describe('looking through a list before it is imported', () => {
  it('shows columns, how dates are read, and a verdict for each row, and writes nothing', async () => {
    const { clinic, desk } = await clinicWithDesk()
    const previewId = await prepare(desk, list)
    const preview = await desk.must('patientImport.preview', { previewId })
    expect(preview).toMatchObject({
      fileName: 'list.csv',
      problem: null,
      dates: { shape: 'DMY', detected: 'DMY', isCertain: true, contradicting: 0, unreadable: 1, blank: 1 },
      counts: { NEW: 3, REVIEW: 1, REFUSED: 1, withNotice: 1 },
    })
    expect(preview.columns.map(({ header, field }) => [header, field])).toEqual([
      ['MRN', 'chartNumber'],
      ['Surname', 'family'],
      ['First name', 'given'],
      ['DOB', 'bornOn'],
      ['Mobile', 'mobile'],
      ['City', 'locality'],
    ])
    expect(preview.columns[1]?.samples).toEqual(['Marsh', 'Marhs', 'Petrov'])
    const { rows, next } = await desk.must('patientImport.previewRows', { previewId, show: 'ALL', after: -1 })
    expect(next).toBeNull()
    expect(rows.map(({ line, verdict }) => [line, verdict])).toEqual([
      [2, 'NEW'],
      [3, 'REVIEW'],
      [4, 'NEW'],
      [5, 'REFUSED'],
      [6, 'NEW'],
    ])
    expect(rows[1]?.pair).toMatchObject({ line: 2, patient: null })
    expect(rows[2]).toMatchObject({ bornOn: null, bornText: '31/02/1980', notices: ['BORN_IMPOSSIBLE'] })
    expect(rows[3]).toMatchObject({ refusal: 'NO_NAME' })
    expect((await desk.must('patientImport.previewRows', { previewId, show: 'NOTICE', after: -1 })).rows).toHaveLength(
      1,
    )
    expect(await patientCount(desk)).toEqual({ ACTIVE: 0, ARCHIVED: 0 })
    expect(await auditActions(clinic)).toEqual(['patientImport.prepare'])
  })

  it('reads it again with other columns or dates, and comes back to it after a lock', async () => {
    const { clinic, desk } = await clinicWithDesk()
    const previewId = await prepare(desk, 'A,B,C\nMarsh,Helen,03/04/1974\n')
    expect(await desk.must('patientImport.preview', { previewId })).toMatchObject({
      problem: 'NO_NAME_COLUMN',
      counts: null,
    })
    expect(await desk.code('patientImport.commit', { previewId })).toBe('NOTHING_TO_IMPORT')
    const { jobId } = await desk.must('patientImport.replan', {
      previewId,
      mapping: ['family', 'given', 'bornOn'],
      dateShape: 'DMY',
    })
    await endOf(desk, jobId)
    expect(await desk.must('patientImport.preview', { previewId })).toMatchObject({
      problem: null,
      dates: { shape: 'DMY', detected: 'MDY', isCertain: false },
    })
    expect((await desk.must('patientImport.previewRows', { previewId, show: 'NEW', after: -1 })).rows).toMatchObject([
      { bornOn: '1974-04-03' },
    ])
    expect(await desk.must('patientImport.standing', {})).toMatchObject({
      preparation: { previewId, isReady: true },
      running: null,
    })
    const { window: other } = await clinic.hire(['frontDesk'])
    expect(await other.must('patientImport.standing', {})).toEqual({ preparation: null, running: null })
    expect(await other.code('patientImport.preview', { previewId })).toBe('PREVIEW_GONE')
    await desk.must('patientImport.discard', { previewId })
    expect(await desk.code('patientImport.previewRows', { previewId, show: 'ALL', after: -1 })).toBe('PREVIEW_GONE')
  })

  it('refuses a spreadsheet, an empty file and a file that was never sent', async () => {
    const { desk } = await clinicWithDesk()
    const code = async (bytes: Buffer) =>
      desk.code('patientImport.prepare', { token: await upload(desk, bytes), fileName: 'x.xlsx' })
    expect(await code(Buffer.from('PK\u0003\u0004...'))).toBe('NOT_A_LIST')
    expect(await code(Buffer.alloc(0))).toBe('FILE_EMPTY')
    expect(
      await desk.code('patientImport.prepare', { token: '3e0f2a86-25a5-4df9-9ad5-5ea9a49a1f11', fileName: 'x.csv' }),
    ).toBe('FILE_GONE')
    expect(await desk.code('patientImport.prepare', { token: 'x', fileName: 'x.csv' })).toBe('INVALID_INPUT')
  })

  it('is for front desk and manager', async () => {
    const { clinic } = await clinicWithDesk()
    const { window: lena } = await clinic.hire(['aesthetician'])
    const { window: doctor } = await clinic.hire(['physician'])
    for (const window of [lena, doctor]) {
      expect(await window.code('patientImport.standing', {})).toBe('DENIED')
      expect(await window.code('patientImport.list', {})).toBe('DENIED')
    }
    expect(await clinic.manager.code('patientImport.list', {})).toBe('ok')
    expect(await openWindow(clinic.app).code('patientImport.list', {})).toBe('SIGNED_OUT')
  })
})

describe('importing', () => {
  it('takes a list of a thousand: patients, held and refused are together its rows, and people are found', async () => {
    const { clinic, desk } = await clinicWithDesk()
    const previewId = await prepare(
      desk,
      readFileSync(new URL('../data/febrl/dataset1.csv', import.meta.url)),
      'dataset1.csv',
    )
    const { counts, dates } = await desk.must('patientImport.preview', { previewId })
    expect(dates).toMatchObject({ shape: 'YMD' })
    const importId = await commit(desk, previewId)
    const summary = await desk.must('patientImport.open', { importId })
    expect(summary).toMatchObject({ fileName: 'dataset1.csv', status: 'COMMITTED', rowCount: 1000, notAddedCount: 0 })
    expect(summary.addedCount + summary.heldCount + summary.refusedCount).toBe(1000)
    expect({ NEW: summary.addedCount, REVIEW: summary.heldCount, REFUSED: summary.refusedCount }).toMatchObject({
      NEW: counts?.NEW,
      REVIEW: counts?.REVIEW,
      REFUSED: counts?.REFUSED,
    })
    for (const line of (await desk.must('patientImport.lines', { importId, outcome: 'REFUSED', after: 0 })).lines)
      expect(line.refusal).not.toBeNull()
    expect(await patientCount(desk)).toEqual({ ACTIVE: summary.addedCount, ARCHIVED: 0 })
    const { lines } = await desk.must('patientImport.lines', { importId, outcome: 'ADDED', after: 0 })
    for (const line of lines.slice(0, 20)) {
      const text = `${line.given ?? ''} ${line.family ?? ''} ${line.bornOn ?? ''}`.trim()
      const { hits } = await desk.must('patientSearch.find', { text })
      expect(
        hits.map((hit) => hit.patientId),
        text,
      ).toContain(line.patientId)
    }
    // The row of the audit went with the patients, in the worker, and the chain goes on behind it.
    expect(await auditActions(clinic)).toEqual(['patientImport.prepare', 'patientImport.start', 'patientImport.commit'])
    expect(await desk.must('patientImport.standing', {})).toEqual({ preparation: null, running: null })
    const verify = await clinic.manager.must('audit.verify', {})
    expect(await endOf(clinic.manager, verify.jobId)).toMatchObject({ kind: 'DONE', report: { state: 'INTACT' } })
  })

  it('holds a row whose person was registered after the list was looked through', async () => {
    const { desk } = await clinicWithDesk()
    const previewId = await prepare(desk, list)
    await register(desk, {
      family: 'Brook',
      given: 'Lena',
      bornOn: '1988-02-01',
      phones: [{ kind: 'MOBILE', number: '555 010 0122' }],
    })
    const importId = await commit(desk, previewId)
    expect(await desk.must('patientImport.open', { importId })).toMatchObject({
      addedCount: 2,
      heldCount: 2,
      refusedCount: 1,
    })
  })

  it('writes the verdicts that were shown, without making them anew', async () => {
    const { clinic, desk } = await clinicWithDesk()
    const previewId = await prepare(desk, list)
    keepFirstRowOnly(clinic, desk)
    const importId = await commit(desk, previewId)
    expect(await desk.must('patientImport.open', { importId })).toMatchObject({ rowCount: 1, addedCount: 1 })
  })

  it('makes the verdicts anew where a chart was changed since', async () => {
    const { clinic, desk } = await clinicWithDesk()
    await register(desk, { family: 'Elsewhere', given: 'Nobody', bornOn: '1940-01-01' })
    const previewId = await prepare(desk, list)
    keepFirstRowOnly(clinic, desk)
    await register(desk, { family: 'Somebody', given: 'Else', bornOn: '1941-01-01' })
    const importId = await commit(desk, previewId)
    expect(await desk.must('patientImport.open', { importId })).toMatchObject({ rowCount: 5, addedCount: 3 })
  })

  it('leaves nothing behind when it is cancelled, and can be started again', async () => {
    const { clinic, desk } = await clinicWithDesk()
    const previewId = await prepare(desk, manyPeople(3000))
    const { importId, jobId } = await desk.must('patientImport.commit', { previewId })
    expect(await desk.code('patientImport.commit', { previewId })).toBe('IMPORT_RUNNING')
    await desk.must('backup.cancelJob', { jobId })
    expect(await endOf(desk, jobId)).toEqual({ kind: 'CANCELLED' })
    expect(await desk.code('patientImport.open', { importId })).toBe('NOT_FOUND')
    expect(await patientCount(desk)).toEqual({ ACTIVE: 0, ARCHIVED: 0 })
    expect(await auditActions(clinic)).toEqual(['patientImport.prepare', 'patientImport.start'])
    expect(await desk.must('patientImport.standing', {})).toMatchObject({ preparation: { previewId, isReady: true } })
    const again = await commit(desk, previewId)
    const { addedCount, heldCount } = await desk.must('patientImport.open', { importId: again })
    expect(addedCount + heldCount).toBe(3000)
    expect(await patientCount(desk)).toEqual({ ACTIVE: addedCount, ARCHIVED: 0 })
  })

  it('lets other saves wait for it, and reads go on', async () => {
    const { desk } = await clinicWithDesk()
    const previewId = await prepare(desk, manyPeople(1500))
    const { importId, jobId } = await desk.must('patientImport.commit', { previewId })
    const [, registered] = await Promise.all([
      desk.must('patientSearch.find', { text: 'surname1' }),
      register(desk, { family: 'Quenneville', given: 'Paul' }),
    ])
    await endOf(desk, jobId)
    const { addedCount } = await desk.must('patientImport.open', { importId })
    expect(registered).toBeTruthy()
    expect(await patientCount(desk)).toEqual({ ACTIVE: addedCount + 1, ARCHIVED: 0 })
  })
})

describe('rows that may be a person already there', () => {
  async function withHeldRow() {
    const { clinic, desk } = await clinicWithDesk()
    const helen = await register(desk, { family: 'Marsh', given: 'Helen', bornOn: '1974-12-25' })
    const importId = await commit(
      desk,
      await prepare(desk, 'Surname,First name,DOB,Mobile,City\nMarhs,Helen,25/12/1974,555 010 0177,Alton\n'),
    )
    return { clinic, desk, helen, importId, line: 2 }
  }

  it('are shown beside the chart, with what differs', async () => {
    const { clinic, desk, helen, importId, line } = await withHeldRow()
    const compared = await desk.must('patientImport.compare', { importId, line })
    expect(compared).toMatchObject({
      outcome: 'HELD',
      details: { family: 'Marhs', given: 'Helen' },
      pairs: [
        { chart: { patientId: helen }, details: { family: 'Marsh' }, differing: ['family', 'phones', 'address'] },
      ],
    })
    expect(await desk.code('patientImport.compare', { importId, line: 99 })).toBe('NOT_FOUND')
    expect(await auditActions(clinic)).toContain('patientImport.compare')
  })

  it('become a patient of their own where they are two people', async () => {
    const { clinic, desk, importId, line } = await withHeldRow()
    const { chartNumber } = await desk.must('patientImport.keepBoth', { importId, line })
    expect(chartNumber).toBe('C10002')
    expect(await desk.code('patientImport.keepBoth', { importId, line })).toBe('ROW_DECIDED')
    expect(await desk.code('patientImport.doNotAdd', { importId, line, take: null })).toBe('ROW_DECIDED')
    expect(await desk.must('patientImport.open', { importId })).toMatchObject({ addedCount: 1, heldCount: 0 })
    expect((await desk.must('patientSearch.find', { text: 'marhs' })).hits[0]).toMatchObject({ family: 'Marhs' })
    expect(await auditActions(clinic)).toContain('patientImport.keepBoth')
  })

  it('are not added where it is the same person, whose chart takes over what is chosen', async () => {
    const { clinic, desk, helen, importId, line } = await withHeldRow()
    const take = { patientId: helen, version: 1, fields: ['phones', 'address'] }
    expect(await clinic.manager.code('patientImport.doNotAdd', { importId, line, take })).toBe('DENIED')
    expect(await desk.code('patientImport.doNotAdd', { importId, line, take: { ...take, version: 7 } })).toBe(
      'CONFLICT',
    )
    const stranger = await register(desk, { family: 'Other', given: 'Person' })
    expect(await desk.code('patientImport.doNotAdd', { importId, line, take: { ...take, patientId: stranger } })).toBe(
      'NOT_ITS_PAIR',
    )
    expect(await desk.code('patientImport.doNotAdd', { importId, line, take })).toBe('ok')
    expect(await desk.must('patient.open', { patientId: helen })).toMatchObject({
      version: 2,
      facts: { details: { family: 'Marsh', phones: [{ number: '555 010 0177' }], address: { locality: 'Alton' } } },
    })
    expect(await desk.must('patientImport.open', { importId })).toMatchObject({
      addedCount: 0,
      heldCount: 0,
      notAddedCount: 1,
    })
    expect((await desk.must('patient.history', { patientId: helen })).versions[0]).toMatchObject({
      reason: 'MERGED_FROM_IMPORT',
    })
  })
})

describe('undoing an import', () => {
  it('archives its people, who leave search, and keeps those that something refers to', async () => {
    const { clinic, desk } = await clinicWithDesk()
    const importId = await commit(desk, await prepare(desk, list))
    const { hits } = await desk.must('patientSearch.find', { text: 'petrov' })
    const petrov = hits[0]?.patientId
    if (!petrov) throw new Error('nobody was found')
    await clinic.app.services.storeLife.open.store.db
      .transaction()
      .execute((trx) =>
        one(
          trx,
          `insert into draft (id, kind, patient_id, owner_id, version, body, created_at, updated_at) values ('d', 'screening', ?, ?, 1, '{}', '', '')`,
          [petrov, clinic.managerId],
        ),
      )
    const { jobId } = await desk.must('patientImport.undo', { importId })
    expect(await endOf(desk, jobId)).toMatchObject({ kind: 'DONE' })
    expect(await desk.must('patientImport.open', { importId })).toMatchObject({
      status: 'UNDONE',
      heldCount: 0,
      kept: [{ patientId: petrov, family: 'Petrov' }],
    })
    expect((await desk.must('patientSearch.find', { text: 'marsh' })).hits).toEqual([])
    expect((await desk.must('patientSearch.find', { text: 'petrov' })).hits).toHaveLength(1)
    expect(await desk.code('patientImport.undo', { importId })).toBe('ALREADY_UNDONE')
    expect(await auditActions(clinic)).toEqual([
      'patientImport.prepare',
      'patientImport.start',
      'patientImport.commit',
      'patientImport.startUndo',
      'patientImport.undo',
    ])
    expect(await desk.must('patientImport.list', {})).toMatchObject({ imports: [{ importId, status: 'UNDONE' }] })
  })
})
