import { describe, expect, it } from 'vitest'
import { openDriver } from '../../db/open.ts'
import type { PatientForm } from '../../main/app/connection.ts'
import { emptyForm } from '../../renderer/screens/patient/patient-form.ts'
import { auditedBy, auditRows, isAuditWhole } from '../support/audit-rows.ts'
import {
  newClinic,
  openWindow,
  password,
  pin,
  type TestClinic,
  type TestHouse,
  type Window,
} from '../support/clinic.ts'
import { reopen } from '../support/reopen.ts'

describe('a parked sign-in', () => {
  it('is taken up by PIN until 12 hours after it began', async () => {
    const clinic = await newClinic()
    await clinic.manager.must('signIn.lock', {})
    clinic.host.advanceMinutes(12 * 60 - 1)
    expect(await withPin(clinic.manager, clinic)).toBe('ok')
    await clinic.manager.must('signIn.lock', {})
    clinic.host.advanceMinutes(2)
    expect(await withPin(clinic.manager, clinic)).toBe('SIGN_IN_EXPIRED')
    expect(await clinic.manager.must('signIn.state', {})).toMatchObject({ kind: 'LOCKED', pinUsable: false })
    expect(await withPassword(clinic.manager, 'greta')).toBe('ok')
  })

  it('is over after sign-out', async () => {
    const clinic = await newClinic()
    expect(await clinic.manager.must('signIn.signOut', {})).toEqual({ kind: 'SIGNED_OUT' })
    expect(await withPin(clinic.manager, clinic)).toBe('SIGN_IN_EXPIRED')
    expect(await clinic.manager.must('signIn.people', {})).toEqual({ parked: [], sample: [] })
  })

  it('is over when the program ends', async () => {
    const clinic = await newClinic()
    await clinic.manager.must('signIn.lock', {})
    const again = await reopen(clinic)
    expect(await again.window.code('signIn.withPin', { staffId: clinic.managerId, pin })).toBe('SIGN_IN_EXPIRED')
    expect(await again.window.must('signIn.state', {})).toEqual({ kind: 'SIGNED_OUT' })
  })

  it('can be taken up on another window of this computer', async () => {
    const clinic = await newClinic()
    await clinic.manager.must('signIn.lock', {})
    const other = openWindow(clinic.app)
    expect((await other.must('signIn.people', {})).parked.map((person) => person.staffId)).toEqual([clinic.managerId])
    expect(await withPin(other, clinic)).toBe('ok')
    expect(await clinic.manager.code('staff.list', {})).toBe('LOCKED')
  })
})

describe('one window for two people', () => {
  it('goes from one to the other and back, each with their own rights', async () => {
    const clinic = await newClinic()
    const desk = await clinic.hire(['frontDesk'])
    const shared = clinic.manager
    expect(await withPassword(shared, 'person1')).toBe('ok')
    expect(await shared.must('signIn.state', {})).toMatchObject({
      kind: 'SIGNED_IN',
      person: { staffId: desk.staffId },
    })
    expect(await shared.code('staff.resetPassword', { staffId: desk.staffId })).toBe('DENIED')
    expect(await withPin(shared, clinic)).toBe('ok')
    expect(await shared.code('staff.list', {})).toBe('ok')
    expect(await shared.must('signIn.state', {})).toMatchObject({ person: { staffId: clinic.managerId } })
  })

  it('is written down as the one leaving and the other coming', async () => {
    const clinic = await newClinic()
    const desk = await clinic.hire(['frontDesk'])
    const rows = await auditedBy(clinic.app, () => withPassword(clinic.manager, 'person1'))
    expect(rows.map(({ action, subject_id, actor_id, reason }) => [action, subject_id, actor_id, reason])).toEqual([
      ['signIn.lock', clinic.managerId, clinic.managerId, 'SWITCH'],
      ['signIn.in', desk.staffId, desk.staffId, 'PASSWORD'],
    ])
  })

  it('does not hand files of the one to the other', async () => {
    const clinic = await newClinic()
    await clinic.hire(['frontDesk'])
    giveFile(clinic.manager)
    expect(await readFile(clinic, clinic.manager)).toBe('a chart')
    await withPassword(clinic.manager, 'person1')
    expect(await readFile(clinic, clinic.manager)).toBeNull()
  })
})

describe('a locked window', () => {
  it('gives nothing out: no call, no file', async () => {
    const clinic = await newClinic()
    giveFile(clinic.manager)
    await clinic.manager.must('signIn.lock', {})
    expect(await clinic.manager.code('staff.list', {})).toBe('LOCKED')
    expect(await clinic.manager.code('signIn.ping', {})).toBe('LOCKED')
    expect(await readFile(clinic, clinic.manager)).toBeNull()
    await withPin(clinic.manager, clinic)
    expect(await readFile(clinic, clinic.manager)).toBeNull()
  })

  it('tells every window of a lock by the computer, at once', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['physician'])
    const events: string[] = []
    clinic.app.subscribe(window.connection, (text) => events.push(text))
    const rows = await auditedBy(clinic.app, () => clinic.app.lockAll('SUSPEND'))
    expect([clinic.manager, window].map(({ connection }) => connection.state.kind)).toEqual(['LOCKED', 'LOCKED'])
    expect(events).toEqual(['{"type":"STATE"}'])
    expect(rows.map(({ action, reason }) => [action, reason])).toEqual([
      ['signIn.lock', 'SUSPEND'],
      ['signIn.lock', 'SUSPEND'],
    ])
  })

  it('has a moment to save what was typed last before the computer`s lock or the menu`s, and none before sleep', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    const draft = { patientId: null, chartVersion: null, draftId: null, draftVersion: 0, form: emptyForm }
    const told: string[] = []
    clinic.app.subscribe(window.connection, (text) => told.push(text))
    const locking = clinic.app.lockAll('OS_LOCK')
    expect(told).toEqual(['{"type":"LOCKING"}'])
    expect(await window.code('patient.saveDraft', draft)).toBe('ok')
    clinic.host.advanceMinutes(0.3 / 60)
    expect(window.connection.state.kind).toBe('SIGNED_IN')
    clinic.host.advanceMinutes(0.1 / 60)
    await locking
    expect(told.at(-1)).toBe('{"type":"STATE"}')
    expect(await window.code('patient.saveDraft', draft)).toBe('LOCKED')

    await window.must('signIn.withPin', { staffId, pin })
    const locked = clinic.app.lockAll('PERSON')
    expect(told.at(-1)).toBe('{"type":"LOCKING"}')
    await clinic.app.lockAll('SUSPEND')
    expect(window.connection.state.kind).toBe('LOCKED')
    const before = (await auditRows(clinic.app)).length
    clinic.host.advanceMinutes(1)
    await locked
    expect((await auditRows(clinic.app)).length).toBe(before)
  })

  it('is locked also where the store takes no row, and the log says so', async () => {
    const clinic = await newClinic()
    const again = await reopen(clinic, { host: hurried() })
    await withPassword(again.window, 'greta')
    const { storeLife } = again.app.services
    const other = openDriver({ path: storeLife.open.store.path, key: storeLife.key })
    other.exec('begin immediate')
    const locking = again.app.lockAll('OS_LOCK')
    expect(again.window.connection.state.kind).toBe('LOCKED')
    await locking
    other.exec('rollback')
    other.close()
    expect(again.host.logged.filter(({ event }) => event === 'lock.unaudited')).toHaveLength(1)
    expect((await auditRows(again.app)).filter(({ action }) => action === 'signIn.lock')).toEqual([])
  })

  it('locks once when two things ask for it at the same moment', async () => {
    const clinic = await newClinic()
    clinic.host.advanceMinutes(11)
    const rows = await auditedBy(clinic.app, () =>
      Promise.all([clinic.app.tick(), clinic.manager.code('staff.list', {}), clinic.app.lockAll('OS_LOCK')]),
    )
    expect(rows.map(({ action, reason }) => [action, reason])).toEqual([['signIn.lock', 'IDLE']])
  })
})

describe('the idle lock', () => {
  it('is not kept away by questions that no person asked', async () => {
    const clinic = await newClinic()
    for (let minute = 1; minute <= 9; minute += 1) {
      clinic.host.advanceMinutes(1)
      expect(await clinic.manager.code('staff.list', {})).toBe('ok')
    }
    clinic.host.advanceMinutes(1)
    expect(await clinic.manager.code('staff.list', {})).toBe('LOCKED')
  })

  it('is not kept away by a draft that is tried again by itself', async () => {
    const clinic = await newClinic()
    const desk = (await clinic.hire(['frontDesk'])).window
    const draft = { patientId: null, chartVersion: null, draftId: null, draftVersion: 0, form: emptyForm }
    for (let minute = 1; minute <= 9; minute += 1) {
      clinic.host.advanceMinutes(1)
      await desk.code('patient.saveDraft', draft as never)
    }
    clinic.host.advanceMinutes(1)
    expect(await desk.code('patient.saveDraft', draft as never)).toBe('LOCKED')
  })

  it('is kept away by input, and counts from the last of it', async () => {
    const clinic = await newClinic()
    clinic.host.advanceMinutes(9)
    expect((await clinic.manager.must('signIn.ping', {})).idleLockInMs).toBeGreaterThan(590_000)
    clinic.host.advanceMinutes(9.9)
    expect(await clinic.manager.code('staff.list', {})).toBe('ok')
    clinic.host.advanceMinutes(0.2)
    await clinic.app.tick()
    expect(clinic.manager.connection.state.kind).toBe('LOCKED')
  })

  it('comes in spite of a clock that is set back, and at once when it is set forward', async () => {
    const clinic = await newClinic()
    clinic.host.setNow('2026-08-02T15:42:00.000Z')
    clinic.host.advanceMinutes(10.1)
    expect(await clinic.manager.code('staff.list', {})).toBe('LOCKED')
    await withPin(clinic.manager, clinic)
    clinic.host.setNow('2026-08-02T16:42:00.000Z')
    expect(await clinic.manager.code('staff.list', {})).toBe('LOCKED')
  })

  it('sees input of any kind where the computer can tell', async () => {
    const clinic = await newClinic()
    let idleMs = 5_000
    const again = await reopen(clinic, { host: { idleMs: () => idleMs } })
    await withPassword(again.window, 'greta')
    again.host.advanceMinutes(30)
    expect(await again.window.code('staff.list', {})).toBe('ok')
    idleMs = 600_000
    expect(await again.window.code('staff.list', {})).toBe('LOCKED')
  })

  it('locks a screen that a patient left', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    handOver(window, staffId)
    expect(await window.must('signIn.state', {})).toMatchObject({ kind: 'PATIENT_MODE' })
    clinic.host.advanceMinutes(11)
    await clinic.app.tick()
    expect(await window.must('signIn.state', {})).toMatchObject({ kind: 'LOCKED' })
    expect(await window.code('signIn.withPin', { staffId, pin })).toBe('ok')
    expect(await window.must('signIn.state', {})).toMatchObject({ kind: 'SIGNED_IN' })
  })
})

describe('patient mode', () => {
  it('reaches neither sign-in nor sign-out nor any page of the clinic', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    handOver(window, staffId)
    expect(await window.code('signIn.withPin', { staffId, pin })).toBe('PATIENT_MODE')
    expect(await window.code('signIn.signOut', {})).toBe('PATIENT_MODE')
    expect(await window.code('signIn.people', {})).toBe('PATIENT_MODE')
    expect(await window.code('staff.list', {})).toBe('PATIENT_MODE')
    expect(await window.code('signIn.ping', {})).toBe('ok')
    expect(await window.must('signIn.state', {})).toEqual({
      kind: 'PATIENT_MODE',
      form: { patientId: form.patientId, kind: 'SCREENING', formId: form.formId },
    })
  })
})

describe('the sign-in of somebody', () => {
  it('who is deactivated ends on all their windows, and with it their parked one', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['aesthetician'])
    const second = openWindow(clinic.app)
    await withPassword(second, 'person1')
    await second.must('signIn.lock', {})
    giveFile(window)
    const rows = await auditedBy(clinic.app, () => clinic.manager.must('staff.deactivate', { staffId, version: 2 }))
    expect(await window.code('staff.list', {})).toBe('SIGNED_OUT')
    expect(await second.code('signIn.withPin', { staffId, pin })).toBe('SIGN_IN_EXPIRED')
    expect(await withPassword(window, 'person1')).toBe('SIGN_IN_WRONG')
    expect(rows.map(({ action, reason, actor_id }) => [action, reason, actor_id])).toEqual([
      ['staff.deactivate', null, clinic.managerId],
      ['signIn.out', 'RIGHTS_CHANGED', staffId],
      ['signIn.out', 'RIGHTS_CHANGED', staffId],
    ])
  })

  it('whose rights were lowered ends, and the next one has the new rights', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['aesthetician', 'manager'])
    const desk = await clinic.hire(['frontDesk'])
    expect(await window.code('staff.resetPassword', { staffId: desk.staffId })).toBe('ok')
    await clinic.manager.must('staff.setRoles', { staffId, version: 2, roles: ['aesthetician'] })
    expect(await window.code('staff.resetPassword', { staffId: desk.staffId })).toBe('SIGNED_OUT')
    await withPassword(window, 'person1')
    expect(await window.code('staff.resetPassword', { staffId: desk.staffId })).toBe('DENIED')
  })

  it('who closes the window or the program is written down', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    clinic.app.disconnect(window.connection)
    const again = await reopen(clinic)
    const ended = (await auditRows(again.app)).filter(({ action }) => action === 'signIn.out')
    expect(ended.map(({ actor_id, reason }) => [actor_id, reason])).toEqual([
      [staffId, 'WINDOW_CLOSED'],
      [clinic.managerId, 'STORE_CLOSED'],
    ])
    expect(await isAuditWhole(again.app)).toBe(true)
  })
})

describe('a call that waits', () => {
  const reauth = { method: 'PASSWORD' as const, password }

  it('comes to nothing when the window is locked meanwhile', async () => {
    const clinic = await newClinic()
    const setting = clinic.manager.code('signIn.setPin', { pin: '604913', reauth })
    await clinic.app.lockAll('OS_LOCK')
    expect(await setting).toBe('LOCKED')
    expect(await withPin(clinic.manager, clinic)).toBe('ok')
    expect(await clinic.manager.must('signIn.state', {})).toMatchObject({ passwordNeededToSign: true })
  })

  it('comes to nothing when somebody else takes the window meanwhile', async () => {
    const clinic = await newClinic()
    const desk = await clinic.hire(['frontDesk'])
    clinic.manager.connection.passwordNeededToSign = false
    const setting = clinic.manager.code('signIn.setPin', { pin: '604913', reauth })
    const { connection } = clinic.manager
    const other = desk.window.connection.state
    if (other.kind !== 'SIGNED_IN') throw new Error('the desk is not signed in')
    connection.state = other
    expect(await setting).toBe('SIGNED_OUT')
    await desk.window.must('signIn.lock', {})
    expect(await desk.window.code('signIn.withPin', { staffId: desk.staffId, pin })).toBe('ok')
  })
})

describe('a search', () => {
  it('is written down once, with the first thing that ends it', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const find = (text: string) => window.must('patientSearch.find', { ...searchInput, text })
    const rows = await auditedBy(clinic.app, async () => {
      for (const text of ['f', 'fr', 'frost']) await find(text)
      expect(await actionsSince(clinic, 'patient.search')).toBe(0)
      await window.must('signIn.lock', {})
    })
    expect(rows.map(({ action }) => action)).toEqual(['patient.search', 'signIn.lock'])
    expect(JSON.stringify(rows)).not.toContain('frost')
  })

  it('is written down when the person leaves, signs out or closes the program', async () => {
    for (const leave of [
      (window: Window) => window.must('signIn.signOut', {}),
      async (window: Window, { app }: TestHouse) => app.disconnect(window.connection),
      (window: Window) => withPassword(window, 'greta'),
    ]) {
      const clinic = await newClinic()
      const { window, staffId } = await clinic.hire(['frontDesk'])
      await window.must('patientSearch.find', searchInput)
      await leave(window, clinic)
      await window.code('signIn.state', {})
      const searches = (await auditRows(clinic.app)).filter(({ action }) => action === 'patient.search')
      expect(searches.map(({ actor_id }) => actor_id)).toEqual([staffId])
    }
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    await window.must('patientSearch.find', searchInput)
    const again = await reopen(clinic)
    const searches = (await auditRows(again.app)).filter(({ action }) => action === 'patient.search')
    expect(searches.map(({ actor_id }) => actor_id)).toEqual([staffId])
  })

  it('is still told when the first try to tell it did not reach the disk', async () => {
    const clinic = await newClinic()
    const again = await reopen(clinic, { host: hurried() })
    await withPassword(again.window, 'greta')
    await again.window.must('patientSearch.find', searchInput)
    const { storeLife } = again.app.services
    const other = openDriver({ path: storeLife.open.store.path, key: storeLife.key })
    other.exec('begin immediate')
    expect(await again.window.code('signIn.signOut', {})).toBe('BUSY')
    other.exec('rollback')
    other.close()
    const rows = await auditedBy(again.app, () => again.window.must('signIn.signOut', {}))
    expect(rows.map(({ action }) => action)).toEqual(['patient.search', 'signIn.out'])
  })
})

const searchInput = { text: 'featherstone' }

const form: PatientForm = {
  patientId: '0b0f6a3e-5d1c-4f43-9a57-3f2f6f0c7a11' as PatientForm['patientId'],
  kind: 'SCREENING',
  formId: '5f8e2c90-7a44-4c7e-8d0b-1e2f3a4b5c6d',
  handedOverBy: '' as PatientForm['handedOverBy'],
}

/** As handing over a form does; the form itself is proven with the feature. */
function handOver({ connection }: Window, handedOverBy: string): void {
  if (connection.state.kind !== 'SIGNED_IN') throw new Error('nobody is signed in')
  const handedOver = { ...form, handedOverBy: handedOverBy as PatientForm['handedOverBy'] }
  connection.state = { kind: 'PATIENT_MODE', signIn: connection.state.signIn, form: handedOver }
}

/** A forward clock on which every look is half a second later: waiting for a lock of the store is soon over. */
function hurried() {
  let ms = 0
  return {
    monotonicMs: () => {
      ms += 500
      return ms
    },
  }
}

function withPin(window: Window, clinic: TestClinic): Promise<string> {
  return window.code('signIn.withPin', { staffId: clinic.managerId, pin })
}

function withPassword(window: Window, signInName: string): Promise<string> {
  return window.code('signIn.withPassword', { signInName, password })
}

function giveFile({ connection }: Window): void {
  connection.blobs.set('token', async () => ({
    mediaType: 'text/plain',
    fileName: 'chart.txt',
    bytes: Buffer.from('a chart'),
  }))
}

async function readFile({ app }: TestHouse, { connection }: Window): Promise<string | null> {
  return (await app.readBlob(connection, 'token'))?.bytes.toString() ?? null
}

async function actionsSince({ app }: TestHouse, action: string): Promise<number> {
  return (await auditRows(app)).filter((row) => row.action === action).length
}
