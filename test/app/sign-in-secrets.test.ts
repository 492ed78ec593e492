import { describe, expect, it, test } from 'vitest'
import { one } from '../../db/records.ts'
import { prepareContext } from '../../main/app/command.ts'
import { isCommonPassword, isSimplePin, secretMatches } from '../../main/app/secrets.ts'
import { proveIdentity } from '../../main/app/sign-in.ts'
import { auditedBy, auditRows } from '../support/audit-rows.ts'
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

const wrong = 'not the password of greta'

describe('a wrong password', () => {
  it('makes waits of 1, 2, 4, 8 and then always 15 minutes', async () => {
    const clinic = await newClinic()
    const window = openWindow(clinic.app)
    for (let miss = 1; miss <= 4; miss += 1) expect(await signInAs(window, 'greta', wrong)).toBe('SIGN_IN_WRONG')
    for (const waitMin of [1, 2, 4, 8, 15, 15]) {
      expect(await signInAs(window, 'greta', wrong)).toBe('SIGN_IN_WRONG')
      expect(await signInAs(window, 'greta', password)).toBe('SIGN_IN_LOCKED')
      clinic.host.advanceMinutes(waitMin - 0.1)
      expect(await signInAs(window, 'greta', password)).toBe('SIGN_IN_LOCKED')
      clinic.host.advanceMinutes(0.2)
    }
    expect(await signInAs(window, 'greta', password)).toBe('ok')
  })

  it('is forgotten after the right one', async () => {
    const clinic = await newClinic()
    const window = openWindow(clinic.app)
    for (let round = 1; round <= 3; round += 1) {
      for (let miss = 1; miss <= 4; miss += 1) expect(await signInAs(window, 'greta', wrong)).toBe('SIGN_IN_WRONG')
      expect(await signInAs(window, 'greta', password)).toBe('ok')
    }
  })

  it('is counted also when many are sent at the same moment', async () => {
    const clinic = await newClinic()
    const windows = Array.from({ length: 20 }, () => openWindow(clinic.app))
    const codes = await Promise.all(windows.map((window) => signInAs(window, 'greta', wrong)))
    expect(codes.filter((code) => code === 'SIGN_IN_WRONG')).toHaveLength(5)
    expect(codes.filter((code) => code === 'SIGN_IN_LOCKED')).toHaveLength(15)
    expect(await signInAs(openWindow(clinic.app), 'greta', password)).toBe('SIGN_IN_LOCKED')
  })

  it('keeps its wait when the program ends and starts again', async () => {
    const clinic = await newClinic()
    await missFiveTimes(clinic)
    const again = await reopen(clinic)
    expect(await signInAs(again.window, 'greta', password)).toBe('SIGN_IN_LOCKED')
    again.host.advanceMinutes(1.1)
    expect(await signInAs(again.window, 'greta', password)).toBe('ok')
  })

  it('keeps its wait when the clock is set forward, with and without a restart', async () => {
    const clinic = await newClinic()
    await missFiveTimes(clinic)
    clinic.host.setNow('2027-08-03T15:42:00.000Z')
    expect(await signInAs(openWindow(clinic.app), 'greta', password)).toBe('SIGN_IN_LOCKED')
    const again = await reopen(clinic, { now: '2028-08-03T15:42:00.000Z' })
    expect(await signInAs(again.window, 'greta', password)).toBe('SIGN_IN_LOCKED')
  })

  it('does not wait for ever when the clock is set back', async () => {
    const clinic = await newClinic()
    await missFiveTimes(clinic)
    clinic.host.setNow('2020-01-01T00:00:00.000Z')
    clinic.host.advanceMinutes(1.1)
    expect(await signInAs(openWindow(clinic.app), 'greta', password)).toBe('ok')
  })

  it('ends with a new one-time code of the manager', async () => {
    const clinic = await newClinic()
    const { staffId } = await clinic.hire(['frontDesk'])
    const window = openWindow(clinic.app)
    for (let miss = 1; miss <= 5; miss += 1) await signInAs(window, 'person1', wrong)
    const { oneTimeCode } = await clinic.manager.must('staff.resetPassword', { staffId })
    const input = { signInName: 'person1', code: oneTimeCode, newPassword: password, pin }
    expect(await window.code('signIn.withCode', input)).toBe('ok')
  })

  it('is written down with the person it was for, the wait with it, and never the text', async () => {
    const clinic = await newClinic()
    const rows = await auditedBy(clinic.app, () => missFiveTimes(clinic))
    expect(rows.map(({ action, reason, subject_id: whom }) => [action, reason, whom])).toEqual([
      ...Array.from({ length: 5 }, () => ['signIn.refused', 'PASSWORD', clinic.managerId]),
      ['signIn.wait', null, clinic.managerId],
    ])
    expect(JSON.stringify(rows)).not.toContain(wrong)
  })

  it('says the same of a name that nobody has', async () => {
    const clinic = await newClinic()
    const window = openWindow(clinic.app)
    const known = await window.call('signIn.withPassword', { signInName: 'greta', password: wrong })
    const unknown = await window.call('signIn.withPassword', { signInName: 'nobody', password: wrong })
    expect(unknown).toEqual(known)
    expect((await auditRows(clinic.app)).at(-1)).toMatchObject({ action: 'signIn.refused', subject_id: null })
  })

  it('is a miss for somebody who is invited only, or gone', async () => {
    const clinic = await newClinic()
    const { staffId } = await clinic.hire(['frontDesk'])
    await clinic.manager.must('staff.deactivate', { staffId, version: 2 })
    expect(await signInAs(openWindow(clinic.app), 'person1', password)).toBe('SIGN_IN_WRONG')
  })
})

describe('a PIN', () => {
  it('is compared at most five times, also when many are sent at the same moment', async () => {
    const clinic = await newClinic()
    await clinic.manager.must('signIn.lock', {})
    const guesses = Array.from({ length: 20 }, (_, index) => String(730_500 + index))
    const codes = await Promise.all(guesses.map((guess) => withPin(openWindow(clinic.app), clinic, guess)))
    expect(codes.filter((code) => code === 'SIGN_IN_WRONG')).toHaveLength(4)
    expect(codes.filter((code) => code === 'ok')).toEqual([])
    expect(await withPin(clinic.manager, clinic, pin)).toBe('SIGN_IN_EXPIRED')
  })

  it('stays off after a restart, and comes back with the password', async () => {
    const clinic = await newClinic()
    await clinic.manager.must('signIn.lock', {})
    for (let miss = 1; miss <= 5; miss += 1) await withPin(clinic.manager, clinic, '111112')
    const again = await reopen(clinic)
    const state = await secretOf(again, clinic.managerId)
    expect(state).toMatchObject({ pin_misses: 5, pin_off: 1 })
    expect(await signInAs(again.window, 'greta', password)).toBe('ok')
    expect(await secretOf(again, clinic.managerId)).toMatchObject({ pin_misses: 0, pin_off: 0 })
  })

  it('has its miss on disk before it is compared', async () => {
    const clinic = await newClinic()
    await clinic.manager.must('signIn.lock', {})
    const trying = withPin(clinic.manager, clinic, '111112')
    // The comparison is a slow one; the count is there before it.
    await expect.poll(async () => (await secretOf(clinic, clinic.managerId)).pin_misses).toBe(1)
    expect(await trying).toBe('SIGN_IN_WRONG')
    await clinic.manager.call('signIn.withPin', { staffId: clinic.managerId, pin })
    expect((await secretOf(clinic, clinic.managerId)).pin_misses).toBe(0)
  })

  it('tells how many tries are left', async () => {
    const clinic = await newClinic()
    await clinic.manager.must('signIn.lock', {})
    const left: unknown[] = []
    for (let miss = 1; miss <= 5; miss += 1) {
      const reply = await clinic.manager.call('signIn.withPin', { staffId: clinic.managerId, pin: '111112' })
      left.push(reply.ok ? 'ok' : [reply.refusal.code, reply.refusal.facts?.['left']])
    }
    expect(left).toEqual([
      ['SIGN_IN_WRONG', 4],
      ['SIGN_IN_WRONG', 3],
      ['SIGN_IN_WRONG', 2],
      ['SIGN_IN_WRONG', 1],
      ['PIN_OFF', 0],
    ])
  })

  it('of another person does not open a window', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    await window.must('signIn.setPin', { pin: '604913', reauth: { method: 'PASSWORD', password } })
    await window.must('signIn.lock', {})
    expect(await window.code('signIn.withPin', { staffId, pin })).toBe('SIGN_IN_WRONG')
    expect(await window.code('signIn.withPin', { staffId, pin: '604913' })).toBe('ok')
  })
})

describe('the first signing', () => {
  it('needs the password after a sign-in and after a lock; then the PIN is enough', async () => {
    const clinic = await newClinic()
    expect(await prove(clinic, clinic.manager, { method: 'PIN', pin })).toBe('PASSWORD_NEEDED')
    await clinic.manager.must('signIn.setPin', { pin: '604913', reauth: { method: 'PASSWORD', password } })
    expect(await clinic.manager.must('signIn.state', {})).toMatchObject({ passwordNeededToSign: false })
    expect(await prove(clinic, clinic.manager, { method: 'PIN', pin: '604913' })).toBe('PIN')
    expect(await prove(clinic, clinic.manager, { method: 'PIN', pin })).toBe('REAUTH_WRONG')
    await clinic.manager.must('signIn.lock', {})
    await clinic.manager.must('signIn.withPin', { staffId: clinic.managerId, pin: '604913' })
    expect(await prove(clinic, clinic.manager, { method: 'PIN', pin: '604913' })).toBe('PASSWORD_NEEDED')
    expect(await prove(clinic, clinic.manager, { method: 'PASSWORD', password })).toBe('PASSWORD')
  })

  it('is not spared by a proof that came to nothing', async () => {
    const clinic = await newClinic()
    const reauth = { method: 'PASSWORD' as const, password }
    expect(await clinic.manager.code('signIn.setPin', { pin: '123456', reauth })).toBe('PIN_TOO_SIMPLE')
    expect(await clinic.manager.code('signIn.setPin', { pin: '604913', reauth: { ...reauth, password: wrong } })).toBe(
      'REAUTH_WRONG',
    )
    expect(await clinic.manager.must('signIn.state', {})).toMatchObject({ passwordNeededToSign: true })
  })

  it('does not go on past five wrong PINs or passwords', async () => {
    const clinic = await newClinic()
    await clinic.manager.must('signIn.setPin', { pin, reauth: { method: 'PASSWORD', password } })
    for (let miss = 1; miss <= 4; miss += 1)
      expect(await prove(clinic, clinic.manager, { method: 'PIN', pin: '111112' })).toBe('REAUTH_WRONG')
    expect(await prove(clinic, clinic.manager, { method: 'PIN', pin: '111112' })).toBe('PIN_OFF')
    expect(await prove(clinic, clinic.manager, { method: 'PIN', pin })).toBe('PIN_OFF')
    for (let miss = 1; miss <= 5; miss += 1)
      await prove(clinic, clinic.manager, { method: 'PASSWORD', password: wrong })
    expect(await prove(clinic, clinic.manager, { method: 'PASSWORD', password })).toBe('REAUTH_LOCKED')
    expect(await clinic.manager.must('signIn.state', {})).toMatchObject({ kind: 'SIGNED_IN' })
  })
})

describe('a password', () => {
  it('is hashed anew, on the next sign-in, when the cost went up', async () => {
    const clinic = await newClinic()
    expect((await secretOf(clinic, clinic.managerId)).password_hash).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/)
    const stronger = await reopen(clinic, { host: { scrypt: { cost: 32, blockSize: 8, parallelization: 1 } } })
    expect(await signInAs(stronger.window, 'greta', password)).toBe('ok')
    expect((await secretOf(stronger, clinic.managerId)).password_hash).toMatch(/^\$scrypt\$ln=5,r=8,p=1\$/)
    expect(await signInAs(openWindow(stronger.app), 'greta', password)).toBe('ok')
  })

  it('can be changed by its owner, who needs the old one', async () => {
    const clinic = await newClinic()
    const newPassword = 'nine lamps over the harbour'
    const change = (proof: string) =>
      clinic.manager.code('signIn.changePassword', { newPassword, reauth: { method: 'PASSWORD', password: proof } })
    expect(await change(wrong)).toBe('REAUTH_WRONG')
    expect(await change(password)).toBe('ok')
    expect(await signInAs(openWindow(clinic.app), 'greta', password)).toBe('SIGN_IN_WRONG')
    expect(await signInAs(openWindow(clinic.app), 'greta', newPassword)).toBe('ok')
  })

  it('is the same however its accents were typed', async () => {
    const clinic = await newClinic()
    const reauth = { method: 'PASSWORD' as const, password }
    await clinic.manager.must('signIn.changePassword', { newPassword: 'un cafe\u0301 tre\u0300s noir, merci', reauth })
    expect(await signInAs(openWindow(clinic.app), 'greta', 'un caf\u00e9 tr\u00e8s noir, merci')).toBe('ok')
  })

  test.for([
    ['aaaaaaaaaaaaaaaa', []],
    ['password12345678', []],
    ['qwertyuiop 12345', []],
    ['letmein!!!!!!!!!', []],
    ['abababababababab', []],
    ['gretaansbach1234', ['Greta', 'Ansbach']],
    ['GRETAgretaGRETA1', ['greta']],
  ] as const)('%j is one that everybody tries', ([text, words]) => {
    expect(isCommonPassword(text, words)).toBe(true)
  })

  it('of several plain words is fine', () => {
    for (const text of [password, 'nine lamps over the harbour', 'correct horse battery staple'])
      expect(isCommonPassword(text, ['greta', 'Ansbach'])).toBe(false)
  })

  test.for(['000000', '999999', '123456', '987654', '654321'])('a PIN of %s is too simple', (text) => {
    expect(isSimplePin(text)).toBe(true)
  })

  it('matches no hash that is none', async () => {
    const { host } = await newClinic()
    for (const hash of [null, '', 'plain', '$scrypt$ln=4,r=8,p=1$$', '$argon2id$v=19$x$y'])
      expect(await secretMatches(host, '', hash)).toBe(false)
  })
})

describe('a one-time code', () => {
  it('is used once, also when it is sent twice at the same moment', async () => {
    const clinic = await newClinic()
    const { staffId, oneTimeCode } = await invite(clinic)
    const send = (newPassword: string) =>
      openWindow(clinic.app).code('signIn.withCode', { signInName: 'noor', code: oneTimeCode, newPassword, pin })
    const codes = await Promise.all([send('one quiet harbour bell'), send('two quiet harbour bells')])
    expect(codes.sort()).toEqual(['SIGN_IN_WRONG', 'ok'])
    const used = (await auditRows(clinic.app)).filter(({ action }) => action === 'signIn.codeUsed')
    expect(used.map((row) => row.subject_id)).toEqual([staffId])
  })

  it('is read without its hyphens and in any case, until 72 hours have passed', async () => {
    const clinic = await newClinic()
    const { oneTimeCode } = await invite(clinic)
    const input = {
      signInName: 'NOOR',
      code: oneTimeCode.replaceAll('-', ' ').toLowerCase(),
      newPassword: password,
      pin,
    }
    clinic.host.advanceMinutes(72 * 60 + 1)
    expect(await openWindow(clinic.app).code('signIn.withCode', input)).toBe('SIGN_IN_WRONG')
    clinic.host.advanceMinutes(-2)
    expect(await openWindow(clinic.app).code('signIn.withCode', input)).toBe('ok')
  })

  it('makes no account with a password or PIN that everybody tries', async () => {
    const clinic = await newClinic()
    const { oneTimeCode: code } = await invite(clinic)
    const window = openWindow(clinic.app)
    const input = { signInName: 'noor', code, newPassword: password, pin }
    expect(await window.code('signIn.withCode', { ...input, newPassword: 'noorhaddad12345' })).toBe(
      'PASSWORD_TOO_COMMON',
    )
    expect(await window.code('signIn.withCode', { ...input, pin: '123456' })).toBe('PIN_TOO_SIMPLE')
    expect(await window.code('signIn.withCode', input)).toBe('ok')
  })

  it('takes the old password away at once', async () => {
    const clinic = await newClinic()
    const { window, staffId } = await clinic.hire(['frontDesk'])
    await clinic.manager.must('staff.resetPassword', { staffId })
    expect(await window.code('staff.list', {})).toBe('SIGNED_OUT')
    expect(await signInAs(window, 'person1', password)).toBe('SIGN_IN_WRONG')
  })
})

function signInAs(window: Window, signInName: string, text: string): Promise<string> {
  return window.code('signIn.withPassword', { signInName, password: text })
}

function withPin(window: Window, clinic: TestClinic, text: string): Promise<string> {
  return window.code('signIn.withPin', { staffId: clinic.managerId, pin: text })
}

async function missFiveTimes({ app }: TestHouse): Promise<void> {
  for (let miss = 1; miss <= 5; miss += 1) await signInAs(openWindow(app), 'greta', wrong)
}

async function prove({ app }: TestHouse, window: Window, reauth: Parameters<typeof proveIdentity>[1]): Promise<string> {
  const proof = await proveIdentity(prepareContext(app.services, window.connection, 'test'), reauth)
  return proof.ok ? proof.value : proof.refusal.code
}

async function secretOf({ app }: TestHouse, staffId: string) {
  const row = await one<{ password_hash: string; pin_misses: number; pin_off: number }>(
    app.services.storeLife.open.store.db,
    'select * from staff_secret where staff_id = ?',
    [staffId],
  )
  if (!row) throw new Error('no secrets')
  return row
}

function invite(clinic: TestClinic) {
  return clinic.manager.must('staff.invite', {
    signInName: 'Noor',
    roles: ['frontDesk'],
    printedName: 'Noor Haddad',
    credential: 'Front desk',
    boardCertification: null,
    licence: null,
    examinerKind: null,
    supervisor: null,
  })
}
