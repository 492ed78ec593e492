import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openShell } from '../support/electron-double/shell-fixture.ts'

const statusRequest = JSON.stringify({ name: 'clinic.status', input: {} })
const denied = '{"ok":false,"refusal":{"code":"DENIED"}}'

const senders = [
  ['a frame inside the page', { isMainFrame: false }],
  ['a frame of the program’s own address', { isMainFrame: false, url: 'app://countersign/' }],
  ['a page of another name', { url: 'app://elsewhere/' }],
  ['a page whose name only begins as ours', { url: 'app://countersign.example/' }],
  ['a file', { url: 'file:///home/clinic/page.html' }],
  ['a page of the web, after the window was led away', { url: 'https://countersign/' }],
  ['a page of the preview', { url: 'http://127.0.0.1:4310/' }],
  ['an empty page', { url: 'about:blank' }],
  ['text as an address', { url: 'data:text/html,x' }],
  ['a page without an address', { url: '' }],
] as const

test('F36 a call that does not come from the page of the program is refused unread, and the log says so', async () => {
  const { machine, userData } = await openShell()
  const answers: unknown[] = []
  for (const [who, from] of senders)
    answers.push([who, await machine.invoke('countersign:call', [statusRequest], from)])
  expect(answers).toEqual(senders.map(([who]) => [who, denied]))
  const refusals = () =>
    readFileSync(join(userData, 'logs', 'countersign.log'), 'utf8').match(/"event":"ipc\.foreignSender"/g)
  await expect.poll(() => refusals()?.length).toBe(senders.length)
  expect(JSON.parse(String(await machine.invoke('countersign:call', [statusRequest])))).toMatchObject({ ok: true })
})

test('F36 a window that was led elsewhere and came back is answered again', async () => {
  const { machine } = await openShell()
  const away = { url: 'https://example.com/' }
  expect(await machine.invoke('countersign:call', [statusRequest], away)).toBe(denied)
  expect(await machine.ask('navigate', { windowId: 1, url: away.url, isMainFrame: true })).toBe('PREVENTED')
  expect(JSON.parse(String(await machine.invoke('countersign:call', [statusRequest])))).toMatchObject({ ok: true })
})
