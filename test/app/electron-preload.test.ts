import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { build, type Rolldown } from 'vite'
import { beforeAll, expect, test } from 'vitest'

let preload = ''

beforeAll(async () => {
  const configFile = fileURLToPath(new URL('../../main/vite.preload.config.ts', import.meta.url))
  const built = await build({ configFile, configLoader: 'native', logLevel: 'silent', build: { write: false } })
  const outputs = [built].flat().filter((part): part is Rolldown.RolldownOutput => 'output' in part)
  const chunks = outputs.flatMap(({ output }) => output)
  expect(chunks).toHaveLength(1)
  preload = chunks[0]?.type === 'chunk' ? chunks[0].code : ''
})

test('the preload is one file that requires Electron and nothing else', () => {
  const { required } = runPreload()
  expect(required).toEqual(['electron'])
})

test('the bridge is one frozen object with one call and one subscribe', () => {
  const { exposed } = runPreload()
  expect([...exposed.keys()]).toEqual(['countersign'])
  const bridge = exposed.get('countersign') as object
  expect(Object.isFrozen(bridge)).toBe(true)
  expect(Object.fromEntries(Object.entries(bridge).map(([name, part]) => [name, typeof part]))).toEqual({
    call: 'function',
    subscribe: 'function',
  })
})

test('a call carries its text on the one channel', async () => {
  const { exposed, invoked } = runPreload()
  const { call } = exposed.get('countersign') as { call: (text: string) => Promise<string> }
  expect(await call('{"name":"clinic.status"}')).toBe('answer')
  expect(invoked).toEqual([['countersign:call', '{"name":"clinic.status"}']])
})

test('a subscriber gets the text alone, never Electron`s event, until it unsubscribes', () => {
  const { exposed, emit } = runPreload()
  const heard: unknown[][] = []
  const { subscribe } = exposed.get('countersign') as {
    subscribe: (listener: (...args: unknown[]) => void) => () => void
  }
  const unsubscribe = subscribe((...args) => heard.push(args))
  emit('countersign:event', '{"type":"STATE"}')
  unsubscribe()
  emit('countersign:event', '{"type":"STATE"}')
  expect(heard).toEqual([['{"type":"STATE"}']])
})

function runPreload() {
  const exposed = new Map<string, unknown>()
  const required: string[] = []
  const invoked: unknown[][] = []
  const listenersByChannel = new Map<string, ((event: unknown, ...args: unknown[]) => void)[]>()
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: unknown) => exposed.set(name, api) },
    ipcRenderer: {
      invoke: async (...args: unknown[]) => {
        invoked.push(args)
        return 'answer'
      },
      on: (channel: string, listener: (event: unknown) => void) =>
        listenersByChannel.set(channel, [...(listenersByChannel.get(channel) ?? []), listener]),
      off: (channel: string, listener: unknown) =>
        listenersByChannel.set(
          channel,
          (listenersByChannel.get(channel) ?? []).filter((known) => known !== listener),
        ),
    },
  }
  const require = (name: string) => {
    required.push(name)
    return electron
  }
  runInNewContext(preload, { require, module: { exports: {} }, exports: {}, Object })
  const emit = (channel: string, ...args: unknown[]) => {
    for (const listener of listenersByChannel.get(channel) ?? []) listener({ sender: 'not for the page' }, ...args)
  }
  return { exposed, required, invoked, emit }
}
