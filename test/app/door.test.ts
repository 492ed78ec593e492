import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import { openDriver } from '../../db/open.ts'
import { change } from '../../db/records.ts'
import type { CommandContext, QueryContext } from '../../main/app/context.ts'
import { signInHandlers } from '../../main/features/sign-in.ts'
import { staffHandlers } from '../../main/features/staff.ts'
import type { Host } from '../../main/hosts/host.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { auditedBy, auditRows, countRows } from '../support/audit-rows.ts'
import { newClinic, openWindow, password, type TestHouse, type Window } from '../support/clinic.ts'
import { reopen } from '../support/reopen.ts'
import { procedures, sampleInput } from '../support/sample-input.ts'

const secret = 'Wilhelmina Featherstone'

describe('an answer', () => {
  it('is one of two envelopes, as JSON text', async () => {
    const { app, manager } = await newClinic()
    const ask = (name: string, input: unknown) => app.call(manager.connection, JSON.stringify({ name, input }))
    expect(await ask('signIn.ping', {})).toMatch(/^\{"ok":true,"value":\{"idleLockInMs":\d+(?:\.\d+)?\}\}$/)
    expect(await ask('signIn.ping', { more: 1 })).toBe(
      '{"ok":false,"refusal":{"code":"INVALID_INPUT","facts":{"field":"more"}}}',
    )
  })

  it('holds what was promised and nothing else', async () => {
    const { manager } = await newClinic()
    stand(signInHandlers, 'people', async () =>
      accept({ parked: [{ ...person, passwordHash: secret }], sample: [], everybody: [secret] }),
    )
    expect(await manager.must('signIn.people', {})).toEqual({ parked: [person], sample: [] })
  })

  it('that is not what was promised is a fault, and what the command wrote is undone', async () => {
    const { manager, app, managerId } = await quietClinic()
    stand(staffHandlers, 'edit', async (context: CommandContext) => {
      await rename(context, managerId, secret)
      context.audit({ action: 'staff.edit', subject: 'staff' })
      return accept({ printedName: secret })
    })
    const before = await stateOf(app)
    expect(await manager.call('staff.edit', editInput(managerId))).toMatchObject({
      ok: false,
      refusal: { code: 'INTERNAL' },
    })
    expect(await stateOf(app)).toEqual(before)
  })
})

describe('a command', () => {
  it('that succeeds without an audit row is a fault, and what it wrote is undone', async () => {
    const { manager, app, managerId } = await quietClinic()
    stand(staffHandlers, 'resetPassword', async (context: CommandContext) => {
      await rename(context, managerId, secret)
      return accept({ staffId: managerId, oneTimeCode: 'x' })
    })
    const before = await stateOf(app)
    expect(await manager.code('staff.resetPassword', { staffId: managerId })).toBe('INTERNAL')
    expect(await stateOf(app)).toEqual(before)
  })

  it('that is refused half-way leaves nothing, keeps no key and tells no screen', async () => {
    const { manager, app, managerId } = await newClinic()
    const effect = vi.fn()
    stand(staffHandlers, 'setRoles', async (context: CommandContext) => {
      await rename(context, managerId, secret)
      context.audit({ action: 'staff.setRoles', subject: 'staff' })
      context.touch('staff')
      context.afterCommit(effect)
      return refuse('CONFLICT')
    })
    const events: string[] = []
    app.subscribe(manager.connection, (text) => events.push(text))
    const before = await stateOf(app)
    expect(await manager.code('staff.setRoles', { staffId: managerId, version: 1, roles: ['manager'] })).toBe(
      'CONFLICT',
    )
    expect(await stateOf(app)).toEqual(before)
    expect(events).toEqual([])
    expect(effect).not.toHaveBeenCalled()
  })

  it('that cannot be audited is not done', async () => {
    const { manager, app } = await quietClinic()
    app.services.storeLife.open.store.driver.exec(
      `create temp trigger no_audit before insert on audit_entry begin select raise(abort, '${secret}'); end`,
    )
    const before = countRows(app)
    expect(await manager.code('staff.invite', noor)).toBe('INTERNAL')
    expect(countRows(app)).toEqual(before)
  })

  it('tells what changed, by name only, once it is on disk', async () => {
    const { manager, app } = await newClinic()
    const events: { readonly text: string; readonly isInTransaction: boolean }[] = []
    const { driver } = app.services.storeLife.open.store
    app.subscribe(openWindow(app).connection, (text) => events.push({ text, isInTransaction: driver.inTransaction }))
    await manager.must('staff.invite', noor as never)
    expect(events).toEqual([{ text: '{"type":"CHANGED","subjects":["staff"]}', isInTransaction: false }])
  })

  it('is one transaction for all of its audit rows', async () => {
    const { manager, app, managerId } = await newClinic()
    stand(staffHandlers, 'setRoles', async (context: CommandContext) => {
      for (const action of ['one', 'two', 'three']) context.audit({ action, subject: 'staff' })
      return refuseNothing(context, managerId)
    })
    const rows = await auditedBy(app, () =>
      manager.call('staff.setRoles', { staffId: managerId, version: 1, roles: ['manager'] }),
    )
    expect(rows.map(({ action, at }) => [action, at])).toEqual(
      ['one', 'two', 'three'].map((action) => [action, rows[0]?.at]),
    )
  })
})

describe('a query that opens a record', () => {
  it('is written down before its answer is given, or not answered at all', async () => {
    const { manager, app } = await quietClinic()
    stand(staffHandlers, 'list', async (context: QueryContext) => {
      context.audit({ action: 'chart.open', subject: 'patient' })
      return accept({ members: [] })
    })
    const rows = await auditedBy(app, () => manager.must('staff.list', {}))
    expect(rows.map(({ action }) => action)).toEqual(['chart.open'])
    app.services.storeLife.open.store.driver.exec(
      "create temp trigger no_audit before insert on audit_entry begin select raise(abort, 'no'); end",
    )
    expect(await manager.code('staff.list', {})).toBe('INTERNAL')
  })

  it('of which nothing is found is written down as refused, with the patient it named', async () => {
    const { manager, app } = await newClinic()
    const patientId = '5f8e2c90-7a44-4c7e-8d0b-1e2f3a4b5c6d'
    stand(staffHandlers, 'resetPassword', async () => refuse('NOT_FOUND'))
    const rows = await auditedBy(app, () => manager.code('staff.resetPassword', { staffId: patientId }))
    expect(rows).toMatchObject([
      { action: 'staff.resetPassword', outcome: 'REFUSED', reason: 'NOT_FOUND', patient_id: null },
    ])
    const { window } = await hireDesk(app, manager)
    const guarded = procedures.find(
      ({ definition }) =>
        definition.reach === 'STAFF' &&
        !rolesWith(definition.may).includes('frontDesk') &&
        'patientId' in (sampleInput(definition.input) as object),
    )
    const input = { ...(sampleInput(guarded?.definition.input ?? z.never()) as object), patientId }
    const denied = await auditedBy(app, () => window.code((guarded?.name ?? '') as never, input))
    expect(denied).toMatchObject([{ outcome: 'REFUSED', reason: 'DENIED', patient_id: patientId }])
  })
})

describe('a fault', () => {
  it('shows and logs a reference, never what the fault says', async () => {
    const { manager, app, host, managerId } = await quietClinic()
    stand(staffHandlers, 'edit', async () => {
      throw new Error(`cannot rename ${secret}`)
    })
    app.services.storeLife.open.store.driver.exec(
      `create temp trigger no_secret before update on staff_secret begin select raise(abort, '${secret}'); end`,
    )
    const replies = [
      await manager.call('staff.edit', editInput(managerId)),
      await manager.call('staff.resetPassword', { staffId: managerId }),
    ]
    for (const reply of replies) {
      expect(reply).toEqual({
        ok: false,
        refusal: { code: 'INTERNAL', facts: { ref: expect.stringMatching(/^[0-9a-f]{8}$/) } },
      })
      expect(JSON.stringify(reply)).not.toContain('Featherstone')
    }
    const faults = host.logged.filter(({ event }) => event === 'dispatch.fault')
    expect(faults.map(({ procedure }) => procedure)).toEqual(['staff.edit', 'staff.resetPassword'])
    expect(faults.map(({ ref }) => ref)).toEqual(
      replies.map((reply) => (reply.ok ? null : reply.refusal.facts?.['ref'])),
    )
    expect(JSON.stringify(host.logged)).not.toContain('Featherstone')
  })

  it('of one call leaves the next ones whole', async () => {
    const { manager, managerId } = await quietClinic()
    stand(staffHandlers, 'edit', async () => {
      throw new Error('cannot')
    })
    const calls = [
      manager.code('staff.edit', editInput(managerId)),
      manager.code('staff.list', {}),
      manager.code('staff.invite', noor),
    ]
    expect(await Promise.all(calls)).toEqual(['INTERNAL', 'ok', 'ok'])
  })

  it('of the disk has a word of its own', async () => {
    const { manager, app } = await newClinic()
    const { driver } = app.services.storeLife.open.store
    const before = countRows(app)
    driver.pragma('query_only=1')
    expect(await manager.code('staff.invite', noor)).toBe('READ_ONLY')
    driver.pragma('query_only=0')
    const pages = driver.pragma('page_count', { simple: true })
    driver.pragma(`max_page_count=${String(pages)}`)
    const long = {
      ...noor,
      printedName: 'x'.repeat(120),
      credential: 'y'.repeat(120),
      boardCertification: 'z'.repeat(200),
    }
    const codes: string[] = []
    for (let person = 1; person <= 40; person += 1)
      codes.push(await manager.code('staff.invite', { ...long, signInName: `p ${person}` }))
    expect(codes.at(-1)).toBe('DISK_FULL')
    driver.pragma('max_page_count=1000000')
    expect(await manager.code('staff.invite', { ...long, signInName: 'last' })).toBe('ok')
    const added = codes.filter((code) => code === 'ok').length + 1
    expect(countRows(app)['staff']).toBe((before['staff'] ?? 0) + added)
    expect(new Set(codes)).toEqual(new Set(['ok', 'DISK_FULL']))
  })
})

describe('a store that another program holds', () => {
  it('is waited for without stopping the window, and written once it is free', async () => {
    const clinic = await newClinic()
    const other = hold(clinic)
    let answered = ''
    const inviting = clinic.manager.code('staff.invite', noor).then((code) => {
      answered = code
    })
    for (let look = 1; look <= 20; look += 1) expect(await clinic.manager.code('clinic.status', {})).toBe('ok')
    expect(answered).toBe('')
    other.exec('rollback')
    await inviting
    expect(answered).toBe('ok')
  })

  it('is given up after five seconds of the clock that only moves forward, with nothing written', async () => {
    const clinic = await newClinic()
    let ms = 0
    const again = await reopen(clinic, {
      host: {
        monotonicMs: () => {
          ms += 500
          return ms
        },
      },
    })
    await again.window.must('signIn.withPassword', { signInName: 'greta', password })
    const before = countRows(again.app)
    const other = hold(again)
    const startedMs = ms
    expect(await again.window.code('staff.invite', noor)).toBe('BUSY')
    expect(ms - startedMs).toBeGreaterThan(5000)
    other.exec('rollback')
    expect(countRows(again.app)).toEqual(before)
    expect(await again.window.code('staff.invite', noor)).toBe('ok')
  })
})

describe('the log', () => {
  it('names a slow call and how long it took, and nothing of what was said', async () => {
    const clinic = await newClinic()
    let ms = 0
    const slow: Partial<Host> = {
      monotonicMs: () => {
        ms += 30
        return ms
      },
    }
    const again = await reopen(clinic, { host: slow })
    await again.window.call('signIn.withPassword', { signInName: secret, password: secret })
    const logged = again.host.logged.filter(({ event }) => event === 'dispatch.slow')
    expect(logged.at(-1)).toEqual({
      level: 'info',
      event: 'dispatch.slow',
      procedure: 'signIn.withPassword',
      ms: expect.any(Number),
    })
    expect(JSON.stringify(again.host.logged)).not.toContain('Featherstone')
  })

  it('does not repeat a name that is no procedure', async () => {
    const clinic = await newClinic()
    let ms = 0
    const again = await reopen(clinic, {
      host: {
        monotonicMs: () => {
          ms += 60
          return ms
        },
      },
    })
    await again.window.call(secret as never, {})
    expect(JSON.stringify(again.host.logged)).not.toContain('Featherstone')
  })
})

const person = {
  staffId: '5f8e2c90-7a44-4c7e-8d0b-1e2f3a4b5c6d',
  printedName: 'Lena Brook',
  credential: '',
  roles: ['frontDesk'],
  hasPin: true,
}

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

function editInput(staffId: string) {
  const { signInName: _name, roles: _roles, supervisor: _nobody, ...facts } = noor
  return { staffId, version: 1, ...facts }
}

/** Another handler in the place of the real one, for this test: the door is what is looked at, not the feature. */
function stand<Group extends object>(
  group: Group,
  name: keyof Group & string,
  handler: (context: never) => Promise<unknown>,
): void {
  const members = group as Record<string, unknown>
  const real = members[name]
  members[name] = handler
  onTestFinished(() => {
    members[name] = real
  })
}

function rename({ trx }: CommandContext, staffId: string, name: string): Promise<number> {
  return change(trx, 'update staff set printed_name = ? where id = ?', [name, staffId])
}

async function refuseNothing(context: CommandContext, staffId: string) {
  await rename(context, staffId, 'Greta Ansbach')
  return accept({
    ...person,
    staffId,
    version: 1,
    signInName: 'greta',
    boardCertification: null,
    licence: null,
    examinerKind: null,
    supervisor: null,
    deputy: null,
    standsInFor: [],
    status: 'ACTIVE' as const,
  })
}

/** A clinic whose faults are not printed beside the test. */
async function quietClinic() {
  const clinic = await newClinic()
  const again = await reopen(clinic, { host: { showBug: () => undefined } })
  await again.window.must('signIn.withPassword', { signInName: 'greta', password })
  return { ...again, manager: again.window, managerId: clinic.managerId }
}

async function hireDesk(app: TestHouse['app'], manager: Window): Promise<{ window: Window }> {
  const { oneTimeCode } = await manager.must('staff.invite', noor as never)
  const window = openWindow(app)
  await window.must('signIn.withCode', { signInName: 'noor', code: oneTimeCode, newPassword: password, pin: '294718' })
  return { window }
}

async function stateOf(app: TestHouse['app']): Promise<unknown> {
  const { driver } = app.services.storeLife.open.store
  return [countRows(app), driver.prepare('select * from staff order by id').all(), await auditRows(app)]
}

function hold({ app }: TestHouse) {
  const { storeLife } = app.services
  const other = openDriver({ path: storeLife.open.store.path, key: storeLife.key })
  other.exec('begin immediate')
  onTestFinished(() => void other.close())
  return other
}
