import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { auditedBy } from '../support/audit-rows.ts'
import { newClinic, openWindow, type TestHouse, type Window } from '../support/clinic.ts'

const partBytes = 512 * 1024

describe('a file on its way in', () => {
  it('arrives in parts, in order, and is taken once', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const bytes = randomBytes(partBytes + 4711)
    const { token } = await window.must('file.begin', {})
    expect((await append(window, token, bytes.subarray(0, partBytes))).bytes).toBe(partBytes)
    expect((await append(window, token, bytes.subarray(partBytes))).bytes).toBe(bytes.length)
    expect(take(clinic, window, token)?.equals(bytes)).toBe(true)
    expect(take(clinic, window, token)).toBeNull()
  })

  it('leaves nothing in the audit and nothing on disk until it is used', async () => {
    const clinic = await newClinic()
    const rows = await auditedBy(clinic.app, async () => {
      const { token } = await clinic.manager.must('file.begin', {})
      await append(clinic.manager, token, Buffer.from('family,given\n'))
    })
    expect(rows).toEqual([])
  })

  it('belongs to the window that began it', async () => {
    const clinic = await newClinic()
    const other = await clinic.hire(['frontDesk'])
    const { token } = await clinic.manager.must('file.begin', {})
    await append(clinic.manager, token, Buffer.from('secret'))
    const base64 = Buffer.from('more').toString('base64')
    expect(await other.window.code('file.append', { token, base64 })).toBe('FILE_TOO_LARGE')
    expect(take(clinic, other.window, token)).toBeNull()
    expect(take(clinic, clinic.manager, token)?.toString()).toBe('secret')
  })

  it('is refused past 64 MiB, and what came before stays', async () => {
    const clinic = await newClinic()
    const { token } = await clinic.manager.must('file.begin', {})
    const { uploads } = clinic.app.services
    uploads.append(clinic.manager.connection.connectionId, token, Buffer.alloc(64 * 1024 * 1024 - 2))
    const base64 = Buffer.from('abc').toString('base64')
    expect(await clinic.manager.code('file.append', { token, base64 })).toBe('FILE_TOO_LARGE')
    expect((await append(clinic.manager, token, Buffer.from('ab'))).bytes).toBe(64 * 1024 * 1024)
  })

  it('is forgotten when nobody went on with it for half an hour', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['frontDesk'])
    const { token } = await window.must('file.begin', {})
    for (let quarter = 1; quarter <= 4; quarter += 1) {
      clinic.host.advanceMinutes(9)
      await window.must('signIn.ping', {})
      await append(window, token, Buffer.from('part'))
    }
    clinic.host.advanceMinutes(31)
    expect(take(clinic, window, token)).toBeNull()
  })

  it('is for people who are signed in, and in text that is base64', async () => {
    const clinic = await newClinic()
    expect(await openWindow(clinic.app).code('file.begin', {})).toBe('SIGNED_OUT')
    const { token } = await clinic.manager.must('file.begin', {})
    for (const base64 of ['not base64!', 'a', 'Zm9v\n'])
      expect(await clinic.manager.call('file.append', { token, base64 })).toEqual({
        ok: false,
        refusal: { code: 'INVALID_INPUT', facts: { field: 'base64' } },
      })
    expect(await clinic.manager.code('file.append', { token, base64: 'A'.repeat(700_004) })).toBe('INVALID_INPUT')
  })
})

function append(window: Window, token: string, part: Buffer): Promise<{ bytes: number }> {
  return window.must('file.append', { token, base64: part.toString('base64') })
}

function take({ app }: TestHouse, { connection }: Window, token: string): Buffer | null {
  return app.services.uploads.take(connection.connectionId, token)
}
