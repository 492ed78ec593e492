import { describe, expect, it } from 'vitest'
import { firstLetter } from '../../shared/domain/recall-letter.ts'
import type { SessionDraft } from '../../shared/domain/session.ts'
import { auditRows } from '../support/audit-rows.ts'
import { password } from '../support/clinic.ts'
import { auditOf } from '../support/course.ts'
import {
  beginSession,
  readyToStart,
  type SessionClinic,
  sealedCartridge,
  sessionClinic,
  signInAgainAt,
  submittedSession,
  type,
} from '../support/session.ts'

const anyTime = { from: null, to: null }
const lotRecall = { kind: 'LOT', lot: 'mn24 0917b', ...anyTime } as const

function opening(change: object = {}) {
  return {
    criteria: lotRecall,
    title: 'Cartridge seals',
    source: 'MANUFACTURER',
    notice: 'FSN 26-114',
    letter: firstLetter,
    stockStatus: 'RECALLED',
    tellsNotRuledOut: true,
    ...change,
  } as const
}

/** A clinic in which one session of lot MN24-0917B waits for its signature. */
async function clinicAfterSession(log: Partial<SessionDraft> = {}) {
  const clinic = await sessionClinic()
  const sessionId = await submittedSession(clinic, { log })
  return { clinic, sessionId }
}

async function opened(clinic: SessionClinic, change: object = {}) {
  const { recallId } = await clinic.phy.must('recall.open', opening(change))
  const view = await clinic.phy.must('recall.view', { recallId })
  return { recallId, view, task: view.tasks[0] }
}

describe('a trace', () => {
  it.each(['MN24-0917B', 'mn24 0917b', '(10)MN240917B', '(01)00851234007019(17)270930(10)MN24-0917B'])(
    'finds the session, its patient, zones and stock by %s',
    async (lot) => {
      const { clinic, sessionId } = await clinicAfterSession()
      const found = await clinic.aes.must('recall.search', { criteria: { ...lotRecall, lot } })
      expect(found).toMatchObject({
        readAs: 'MN240917B',
        isCut: false,
        stock: [{ register: 'CARTRIDGE_LOT', number: 'MN24-0917B', status: 'AVAILABLE', pieces: 19 }],
        patients: [
          {
            patientId: clinic.patientId,
            finding: 'TRACED',
            sessions: [
              {
                sessionId,
                reason: 'LOT_NAMED',
                performedOn: '2026-08-03',
                room: '2',
                zones: [
                  { zone: 'CHEEK_ANT', side: 'L' },
                  { zone: 'CHEEK_ANT', side: 'R' },
                ],
              },
            ],
            complications: [],
          },
        ],
      })
    },
  )

  it('finds a session by device, article, product, product lot and label', async () => {
    const { clinic, sessionId } = await clinicAfterSession()
    for (const [criteria, reason] of [
      [{ kind: 'DEVICE', deviceId: clinic.deviceId, ...anyTime }, 'DEVICE_NAMED'],
      [{ kind: 'PRODUCT', register: 'CARTRIDGE_LOT', article: 'kestrel medical|TIP 12', ...anyTime }, 'ARTICLE_NAMED'],
      [{ kind: 'PRODUCT', register: 'PRODUCT_LOT', article: 'HA Serum', ...anyTime }, 'ARTICLE_NAMED'],
      [{ kind: 'LOT', lot: 'ha 9', ...anyTime }, 'LOT_NAMED'],
      [{ kind: 'UDI', code: '(10)MN24-0917B', ...anyTime }, 'LOT_NAMED'],
    ] as const) {
      const { patients } = await clinic.phy.must('recall.search', { criteria })
      expect(patients.flatMap((patient) => patient.sessions)).toMatchObject([{ sessionId, reason }])
    }
  })

  it('leaves out what lies outside the window', async () => {
    const { clinic } = await clinicAfterSession()
    const search = async (from: string | null, to: string | null) =>
      (await clinic.phy.must('recall.search', { criteria: { ...lotRecall, from, to } })).patients.length
    expect([
      await search('2026-08-03', '2026-08-03'),
      await search('2026-08-04', null),
      await search(null, '2026-08-02'),
    ]).toEqual([1, 0, 0])
  })

  it('says honestly whose lot is missing or cannot be read', async () => {
    const clinic = await sessionClinic()
    const unreadable = { ...sealedCartridge(clinic), cartridgeLotId: null, lotRaw: 'illegible' }
    await submittedSession(clinic, { plan: { cartridgeUses: [unreadable] } })
    const { patients } = await clinic.phy.must('recall.search', { criteria: lotRecall })
    expect(patients).toMatchObject([
      { finding: 'NOT_RULED_OUT', sessions: [{ reason: 'LOT_ILLEGIBLE', detail: 'illegible' }] },
    ])
    expect(
      (await clinic.phy.must('recall.search', { criteria: { ...lotRecall, from: '2026-09-01', to: null } })).patients,
    ).toEqual([])
  })

  it('says that a session without any cartridge could be one of them', async () => {
    const clinic = await sessionClinic()
    const begun = await type(
      clinic,
      clinic.aes,
      await beginSession(clinic, clinic.aes),
      readyToStart(clinic, { cartridgeUses: [] }),
    )
    const { patientId } = clinic
    await clinic.aes.must('session.recordOnly', {
      patientId,
      sessionId: begun.sessionId,
      draftVersion: begun.draftVersion,
    })
    const { patients } = await clinic.phy.must('recall.search', {
      criteria: { ...lotRecall, from: '2026-08-01', to: '2026-08-31' },
    })
    expect(patients).toMatchObject([
      { finding: 'NOT_RULED_OUT', sessions: [{ reason: 'NO_CARTRIDGE_ENTERED', performedOn: null }] },
    ])
  })

  it('names a guardian until the patient is of age', async () => {
    const guardian = { name: 'Anjali Nair', relationship: 'mother', phone: '+1 312 555 0177', proofSeen: 'Passport' }
    const patient = { bornOn: '2008-08-10', guardian }
    const clinic = await sessionClinic({ patient, screening: 'NONE', consent: 'NONE' })
    const { aes, patientId } = clinic
    const { sessionId, draftVersion } = await type(
      clinic,
      aes,
      await beginSession(clinic, aes),
      readyToStart(clinic, { cartridgeUses: [sealedCartridge(clinic)] }),
    )
    await aes.must('session.recordOnly', { patientId, sessionId, draftVersion })
    const told = async () =>
      (await aes.must('recall.search', { criteria: lotRecall })).patients.map(({ contact }) => contact.guardian)
    expect(await told()).toEqual([{ name: 'Anjali Nair', phone: '+1 312 555 0177' }])
    clinic.host.setNow('2026-08-10T15:42:00.000Z')
    await signInAgainAt(clinic)
    expect(await told()).toEqual([null])
  })

  it('is for those who treat or manage, and shows the manager nothing of a chart', async () => {
    const { clinic } = await clinicAfterSession()
    await clinic.manager.must('signIn.withPassword', { signInName: 'greta', password })
    const desk = (await clinic.hire(['frontDesk'])).window
    const search = { criteria: lotRecall }
    expect(await desk.code('recall.search', search)).toBe('DENIED')
    expect(await clinic.phy.code('recall.search', { criteria: { ...lotRecall, lot: '-' } })).toBe('LOT_NEEDED')
    expect(await clinic.phy.code('recall.search', { criteria: { ...lotRecall, kind: 'MOON' } })).toBe('INVALID_INPUT')
    const { patients } = await clinic.manager.must('recall.search', search)
    expect(patients).toMatchObject([{ complications: null, sessions: [{ zones: null }] }])
    expect((await auditRows(clinic.app)).map(({ action }) => action)).toContain('recall.search')
  })
})

describe('a recall', () => {
  it('takes the stock out of use, keeps what was found and makes one task per patient', async () => {
    const { clinic, sessionId } = await clinicAfterSession()
    const { recallId, view } = await opened(clinic)
    expect(view).toMatchObject({
      title: 'Cartridge seals',
      subject: 'Kestrel Medical Tip 12, lot MN24-0917B',
      state: 'OPEN',
      openTasks: 1,
      stock: [{ statusBefore: 'AVAILABLE', status: 'RECALLED', piecesThen: 19 }],
      tasks: [{ state: 'DUE', patient: { finding: 'TRACED', sessions: [{ sessionId }] }, steps: [] }],
    })
    const { movements } = await clinic.aes.must('stock.movements', {
      register: 'CARTRIDGE_LOT',
      id: clinic.cartridgeLotId,
    })
    expect(movements.map(({ kind, pieces }) => `${kind} ${pieces}`).sort()).toEqual(['QUARANTINED 19', 'RECEIVED 20'])
    expect((await clinic.aes.must('recall.list', {})).recalls).toMatchObject([{ recallId, tasks: 1, openTasks: 1 }])
    expect(await auditOf(clinic, recallId)).toEqual(['recall.open physician DONE LOT', 'recall.view physician DONE'])
  })

  it('keeps the next session from starting with that lot', async () => {
    const { clinic } = await clinicAfterSession()
    await opened(clinic)
    const begun = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    const { patientId } = clinic
    const { failures } = await clinic.aes.must('session.gate', { patientId, sessionId: begun.sessionId })
    expect(failures.map(({ code }) => code)).toContain('CARTRIDGE_RECALLED')
  })

  it.each(['MN24-0917B', 'mn24 0917b', '(10)MN240917B'])('keeps back that lot typed as %s', async (lotRaw) => {
    const { clinic } = await clinicAfterSession()
    await opened(clinic)
    const typed = { ...sealedCartridge(clinic), cartridgeLotId: null, lotRaw }
    const plan = readyToStart(clinic, { cartridgeUses: [typed] })
    const { sessionId } = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), plan)
    const { failures } = await clinic.aes.must('session.gate', { patientId: clinic.patientId, sessionId })
    expect(failures.map(({ code }) => code)).toContain('CARTRIDGE_RECALLED')
  })

  it('leaves those who cannot be ruled out on a list of their own where the clinic decides so', async () => {
    const clinic = await sessionClinic()
    const unreadable = { ...sealedCartridge(clinic), cartridgeLotId: null, lotRaw: '?' }
    await submittedSession(clinic, { plan: { cartridgeUses: [unreadable] } })
    const { view } = await opened(clinic, { tellsNotRuledOut: false })
    expect(view.tasks).toEqual([])
    expect(view.untold).toMatchObject([{ patientId: clinic.patientId, finding: 'NOT_RULED_OUT' }])
  })

  it('is worked to its closing, and then stands still', async () => {
    const { clinic } = await clinicAfterSession()
    await clinic.manager.must('signIn.withPassword', { signInName: 'greta', password })
    const desk = (await clinic.hire(['frontDesk'])).window
    const { recallId, view, task } = await opened(clinic)
    if (!task) throw new Error('no task')
    const { recallTaskId } = task
    const closing = { recallId, version: view.version, note: 'All told; cartridges returned to the maker' }
    expect(await clinic.phy.code('recall.close', closing)).toBe('TASKS_OPEN')
    const step = { recallId, recallTaskId, channel: 'POST', note: '' } as const
    await desk.must('recall.setTask', { ...step, version: 1, to: 'SENT' })
    expect(await desk.code('recall.setTask', { ...step, version: 2, to: 'UNREACHABLE' })).toBe('NOTE_MISSING')
    expect(await desk.code('recall.setTask', { ...step, version: 2, to: 'SENT' })).toBe('TASK_MOVE_NOT_ALLOWED')
    expect(await desk.code('recall.setTask', { ...step, version: 1, to: 'REACHED' })).toBe('CONFLICT')
    expect(await desk.code('recall.close', closing)).toBe('DENIED')
    await desk.must('recall.setTask', { ...step, channel: 'PHONE', version: 2, to: 'REACHED', note: 'spoke to her' })
    await clinic.phy.must('recall.close', closing)
    const closed = await clinic.phy.must('recall.view', { recallId })
    expect(closed).toMatchObject({
      state: 'CLOSED',
      openTasks: 0,
      closingNote: closing.note,
      tasks: [
        {
          steps: [
            { to: 'SENT', channel: 'POST' },
            { to: 'REACHED', channel: 'PHONE', note: 'spoke to her' },
          ],
        },
      ],
    })
    for (const [name, input] of [
      ['recall.setTask', { ...step, version: 3, to: 'DUE', note: 'slip' }],
      ['recall.editLetter', { recallId, version: 2, letter: 'Dear all' }],
      ['recall.searchAgain', { recallId }],
      ['recall.close', { ...closing, version: 2 }],
    ] as const)
      expect([name, await clinic.phy.code(name, input)]).toEqual([name, 'RECALL_CLOSED'])
    expect(await auditOf(clinic, recallId)).toEqual(
      expect.arrayContaining([
        'recall.setTask frontDesk DONE SENT',
        'recall.setTask frontDesk DONE REACHED',
        'recall.close physician DONE',
      ]),
    )
  })

  it('adds who is found later, and only once', async () => {
    const clinic = await sessionClinic()
    const { recallId } = await opened(clinic)
    expect(await clinic.phy.must('recall.searchAgain', { recallId })).toEqual({ newSessions: 0, newPatients: 0 })
    const late = { ...sealedCartridge(clinic), cartridgeLotId: null }
    const begun = await type(
      clinic,
      clinic.aes,
      await beginSession(clinic, clinic.aes),
      readyToStart(clinic, { cartridgeUses: [late] }),
    )
    const { patientId } = clinic
    await clinic.aes.must('session.recordOnly', {
      patientId,
      sessionId: begun.sessionId,
      draftVersion: begun.draftVersion,
    })
    expect(await clinic.phy.must('recall.searchAgain', { recallId })).toEqual({ newSessions: 1, newPatients: 1 })
    expect(await clinic.phy.must('recall.searchAgain', { recallId })).toEqual({ newSessions: 0, newPatients: 0 })
  })

  it('has a letter with fields that can be filled in, and prints it and the report', async () => {
    const { clinic } = await clinicAfterSession()
    const { recallId, view } = await opened(clinic)
    const edit = { recallId, version: view.version }
    expect(await clinic.phy.code('recall.editLetter', { ...edit, letter: 'Dear {{name}}' })).toBe(
      'LETTER_FIELD_UNKNOWN',
    )
    expect(await clinic.phy.must('recall.editLetter', { ...edit, letter: 'Dear {{patient_name}}' })).toEqual({
      version: 2,
    })
    expect(await clinic.phy.code('recall.editLetter', { ...edit, letter: 'again' })).toBe('CONFLICT')
    expect((await clinic.phy.must('recall.printLetters', { recallId, recallTaskId: null })).fileName).toBe(
      '2026-08-03-recall-letters.pdf',
    )
    expect((await clinic.phy.must('recall.printReport', { recallId })).fileName).toBe('2026-08-03-recall-report.pdf')
    expect(await clinic.phy.code('recall.printLetters', { recallId, recallTaskId: clinic.host.newId() })).toBe(
      'NOTHING_TO_PRINT',
    )
    expect(await auditOf(clinic, recallId)).toEqual(
      expect.arrayContaining(['recall.printLetters physician DONE', 'recall.printReport physician DONE']),
    )
  })

  it('is opened for something, and by those who treat or manage', async () => {
    const clinic = await sessionClinic()
    const desk = (await clinic.hire(['frontDesk'])).window
    expect(await clinic.phy.code('recall.open', opening({ criteria: { ...lotRecall, lot: 'ZZ-1' } }))).toBe(
      'NOTHING_FOUND',
    )
    expect(await clinic.phy.code('recall.open', opening({ letter: '{{risk}}' }))).toBe('LETTER_FIELD_UNKNOWN')
    expect(await clinic.phy.code('recall.open', opening({ title: ' ' }))).toBe('INVALID_INPUT')
    const recallId = clinic.host.newId()
    for (const [name, input] of [
      ['recall.open', opening()],
      ['recall.searchAgain', { recallId }],
      ['recall.editLetter', { recallId, version: 1, letter: 'x' }],
      ['recall.close', { recallId, version: 1, note: 'x' }],
      ['recall.printReport', { recallId }],
    ] as const) {
      expect([name, await desk.code(name, input)]).toEqual([name, 'DENIED'])
      if (name !== 'recall.open') expect([name, await clinic.phy.code(name, input)]).toEqual([name, 'NOT_FOUND'])
    }
    const task = { recallId, recallTaskId: recallId, version: 1, to: 'SENT', channel: null, note: '' }
    expect(await desk.code('recall.setTask', task)).toBe('NOT_FOUND')
    expect(await desk.code('recall.view', { recallId })).toBe('NOT_FOUND')
    expect(await desk.code('recall.printLetters', { recallId, recallTaskId: null })).toBe('NOT_FOUND')
  })
})
