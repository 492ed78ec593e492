import { expect, test } from 'vitest'
import { openSharedShell, openShell, type Shell, setUpClinic } from '../support/electron-double/shell-fixture.ts'

const shared = openSharedShell()
const statusRequest = JSON.stringify({ name: 'clinic.status', input: {} })

test('the page of the program is answered with an envelope', async () => {
  const { call } = await openShell()
  expect(await call('clinic.status', {})).toMatchObject({
    ok: true,
    value: { host: 'electron', store: { state: 'NONE' } },
  })
})

test('what is not text is refused', async () => {
  const { machine } = shared
  for (const request of [undefined, null, 7, { name: 'clinic.status' }, [statusRequest], Buffer.from(statusRequest)]) {
    expect(await machine.invoke('countersign:call', [request])).toBe(refusal('INVALID_INPUT'))
  }
})

test('more than 1 MiB is refused unread, counted in bytes', async () => {
  const { machine } = shared
  const limit = 1024 * 1024
  expect(await machine.invoke('countersign:call', ['x'.repeat(limit + 1)])).toBe(refusal('TOO_LARGE'))
  expect(await machine.invoke('countersign:call', ['\u00e9'.repeat(limit / 2 + 1)])).toBe(refusal('TOO_LARGE'))
})

test('no other channel exists', async () => {
  const { machine } = shared
  await expect(machine.invoke('countersign:event', ['x'])).rejects.toThrow('No handler registered')
})

test.for(['lock-screen', 'suspend', 'user-did-resign-active'] as const)(
  'the window is locked when the computer reports %s',
  async (event) => {
    const shell = await openShell()
    await setUpClinic(shell)
    await shell.machine.ask('power', event)
    await expect.poll(() => windowState(shell)).toBe('LOCKED')
    expect(await shell.call('today.list', {})).toMatchObject({ ok: false })
  },
)

test('"Lock now" in the menu locks the window and tells the page', async () => {
  const shell = await openShell()
  await setUpClinic(shell)
  await shell.machine.ask('clickMenu', { id: 'lock' })
  await expect.poll(() => windowState(shell)).toBe('LOCKED')
  const sent = shell.machine.events.filter((event) => event.type === 'SENT')
  expect(sent.at(-1)).toEqual({ type: 'SENT', windowId: 1, channel: 'countersign:event', args: ['{"type":"STATE"}'] })
})

async function windowState({ call }: Shell): Promise<unknown> {
  const state = await call('signIn.state', {})
  return state.ok ? (state.value as { kind: string }).kind : state.refusal.code
}

function refusal(code: string): string {
  return JSON.stringify({ ok: false, refusal: { code } })
}
