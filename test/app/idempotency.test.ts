import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { many } from '../../db/records.ts'
import { auditedBy } from '../support/audit-rows.ts'
import { newClinic, openWindow, password, type TestClinic, type TestHouse, type Window } from '../support/clinic.ts'
import { reopen } from '../support/reopen.ts'

const noor = {
  signInName: 'Noor',
  roles: ['frontDesk'],
  printedName: 'Noor Haddad',
  credential: 'Front desk',
  boardCertification: null,
  licence: null,
  examinerKind: null,
  supervisor: null,
}

describe('a form that is sent twice', () => {
  it('is done once, and both get the same reply', async () => {
    const clinic = await newClinic()
    const key = randomUUID()
    const rows = await auditedBy(clinic.app, async () => {
      const first = await clinic.manager.call('staff.invite', noor, key)
      expect(first).toMatchObject({ ok: true })
      expect(await clinic.manager.call('staff.invite', noor, key)).toEqual(first)
    })
    expect(rows).toHaveLength(1)
    expect(await peopleIn(clinic)).toBe(2)
  })

  it('by a double click is done once, also when neither has an answer yet', async () => {
    const clinic = await newClinic()
    const key = randomUUID()
    const rows = await auditedBy(clinic.app, async () => {
      const replies = await Promise.all(Array.from({ length: 8 }, () => clinic.manager.call('staff.invite', noor, key)))
      expect(replies[0]).toMatchObject({ ok: true })
      expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
    })
    expect(rows).toHaveLength(1)
    expect(await peopleIn(clinic)).toBe(2)
  })

  it('is done once also where the second comes while the first is being stored', async () => {
    const clinic = await newClinic()
    for (let pause = 0; pause < 12; pause += 1) {
      const key = randomUUID()
      const input = { ...noor, signInName: `noor ${pause}` }
      const first = clinic.manager.call('staff.invite', input, key)
      for (let turn = 0; turn < pause * 4; turn += 1) await Promise.resolve()
      const second = clinic.manager.call('staff.invite', input, key)
      expect(await second).toEqual(await first)
    }
    expect(await peopleIn(clinic)).toBe(13)
  })

  it('tells open screens only once', async () => {
    const clinic = await newClinic()
    const events: string[] = []
    clinic.app.subscribe(clinic.manager.connection, (text) => events.push(text))
    const key = randomUUID()
    await clinic.manager.call('staff.invite', noor, key)
    await clinic.manager.call('staff.invite', noor, key)
    expect(events).toEqual(['{"type":"CHANGED","subjects":["staff"]}'])
  })

  it('may be done again where it was refused: a refusal keeps no key', async () => {
    const clinic = await newClinic()
    const key = randomUUID()
    const { staffId } = await clinic.hire(['frontDesk'])
    expect(await codeOf(clinic.manager, 'staff.deactivate', { staffId, version: 7 }, key)).toBe('CONFLICT')
    expect(await codeOf(clinic.manager, 'staff.deactivate', { staffId, version: 7 }, key)).toBe('CONFLICT')
    expect(await codeOf(clinic.manager, 'staff.deactivate', { staffId, version: 2 }, key)).toBe('ok')
  })
})

describe('a key', () => {
  it('of one form is refused for any other content', async () => {
    const clinic = await newClinic()
    const key = randomUUID()
    await clinic.manager.call('staff.invite', noor, key)
    const others = [
      { ...noor, printedName: 'Noor Hadad' },
      { ...noor, roles: ['frontDesk', 'manager'] },
      { ...noor, signInName: 'noor' },
    ]
    for (const input of others) expect(await codeOf(clinic.manager, 'staff.invite', input, key)).toBe('KEY_REUSED')
    expect(await peopleIn(clinic)).toBe(2)
  })

  it('is refused for another procedure', async () => {
    const clinic = await newClinic()
    const { staffId } = await clinic.hire(['frontDesk'])
    const key = randomUUID()
    await clinic.manager.call('staff.deactivate', { staffId, version: 2 }, key)
    expect(await codeOf(clinic.manager, 'staff.reactivate', { staffId, version: 3 }, key)).toBe('KEY_REUSED')
  })

  it('is refused for another person, and nothing of the reply is shown', async () => {
    const clinic = await newClinic()
    const other = await clinic.hire(['manager'])
    const key = randomUUID()
    await clinic.manager.call('staff.invite', noor, key)
    expect(await other.window.call('staff.invite', noor, key)).toEqual({ ok: false, refusal: { code: 'KEY_REUSED' } })
  })

  it('means the same form whatever the order of its fields and however its text was typed', async () => {
    const clinic = await newClinic()
    const key = randomUUID()
    const first = await clinic.manager.call('staff.invite', { ...noor, printedName: 'Zo\u00eb' }, key)
    const { printedName: _printed, ...rest } = noor
    const turned = Object.fromEntries(Object.entries({ printedName: 'Zoe\u0308', ...rest }).reverse())
    expect(await clinic.manager.call('staff.invite', turned, key)).toEqual(first)
  })

  it('belongs to the person and not to the window', async () => {
    const clinic = await newClinic()
    const key = randomUUID()
    const first = await clinic.manager.call('staff.invite', noor, key)
    const second = openWindow(clinic.app)
    await second.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await second.call('staff.invite', noor, key)).toEqual(first)
  })

  it('gives nothing to somebody whose rights have ended since', async () => {
    const clinic = await newClinic()
    const other = await clinic.hire(['manager'])
    const key = randomUUID()
    await other.window.call('staff.invite', noor, key)
    await clinic.manager.must('staff.setRoles', { staffId: other.staffId, version: 2, roles: ['frontDesk'] })
    await other.window.must('signIn.withPassword', { signInName: 'person1', password })
    expect(await codeOf(other.window, 'staff.invite', noor, key)).toBe('DENIED')
  })

  it('holds after the program was closed and opened', async () => {
    const clinic = await newClinic()
    const key = randomUUID()
    const first = await clinic.manager.call('staff.invite', noor, key)
    const again = await reopen(clinic)
    await again.window.must('signIn.withPassword', { signInName: 'greta', password })
    expect(await again.window.call('staff.invite', noor, key)).toEqual(first)
    expect(await peopleIn(again)).toBe(2)
  })

  it('is kept for seven days and then let go', async () => {
    const clinic = await newClinic()
    const key = randomUUID()
    const first = await clinic.manager.call('staff.invite', noor, key)
    clinic.host.advanceMinutes(7 * 24 * 60 - 1)
    const window = openWindow(clinic.app)
    await window.must('signIn.withPassword', { signInName: 'greta', password })
    await window.must('staff.invite', { ...noor, signInName: 'later' } as never)
    expect(await window.call('staff.invite', noor, key)).toEqual(first)
    clinic.host.advanceMinutes(24 * 60 + 2)
    await window.must('signIn.withPassword', { signInName: 'greta', password })
    await window.must('staff.invite', { ...noor, signInName: 'much later' } as never)
    expect(await keysIn(clinic)).not.toContain(key)
    expect(await keysIn(clinic)).toHaveLength(2)
  })
})

async function codeOf(
  window: Window,
  name: 'staff.invite' | 'staff.deactivate' | 'staff.reactivate',
  input: unknown,
  key: string,
): Promise<string> {
  const reply = await window.call(name, input, key)
  return reply.ok ? 'ok' : reply.refusal.code
}

async function peopleIn({ app }: TestHouse): Promise<number> {
  const rows = await many<{ n: number }>(app.services.storeLife.open.store.db, 'select count(*) as n from staff')
  return rows[0]?.n ?? 0
}

async function keysIn({ app }: TestClinic): Promise<readonly string[]> {
  const rows = await many<{ key: string }>(
    app.services.storeLife.open.store.db,
    'select key from command_reply order by at',
  )
  return rows.map(({ key }) => key)
}
