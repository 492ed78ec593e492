/**
 * Script text that runs a built preload as Electron's sandboxed renderer does: before the page's own scripts, in the
 * main frame of the program only, with `electron` as the only module and without Node.
 */
export function preloadScript(preloadSource: string, pageOrigin: string): string {
  return `(() => {
  const native = { invoke: globalThis.__electronInvoke, next: globalThis.__electronNext }
  delete globalThis.__electronInvoke
  delete globalThis.__electronNext
  if (globalThis.top !== globalThis.self || globalThis.location.origin !== ${JSON.stringify(pageOrigin)}) return
  const electron = (${rendererElectron.toString()})(native)
  const module = { exports: {} }
  const require = (name) => {
    if (name === 'electron') return electron
    throw new Error('module not found: ' + name)
  }
  ;(function (require, module, exports) {
${preloadSource}
  })(require, module, module.exports)
})()`
}

type Native = {
  readonly invoke: (channel: string, args: readonly unknown[]) => Promise<unknown>
  readonly next: (isFirst: boolean) => Promise<{ readonly channel: string; readonly args: readonly unknown[] }>
}
type Listener = (event: object, ...args: readonly unknown[]) => void

/** The renderer half of the double. Its text travels into the page, so it may use nothing from outside itself. */
function rendererElectron(native: Native): object {
  const listenersByChannel = new Map<string, Set<Listener>>()
  const ipcRenderer = {
    invoke: (channel: string, ...args: readonly unknown[]) => native.invoke(channel, structuredClone(args)),
    on(channel: string, listener: Listener) {
      const listeners = listenersByChannel.get(channel) ?? new Set()
      listenersByChannel.set(channel, listeners.add(listener))
      return ipcRenderer
    },
    off(channel: string, listener: Listener) {
      listenersByChannel.get(channel)?.delete(listener)
      return ipcRenderer
    },
  }

  /** Functions become proxies, everything else a frozen copy: nothing of one world is reachable from the other. */
  const bridge = (value: unknown): unknown => {
    if (typeof value === 'function') {
      const proxied = value as (...args: unknown[]) => unknown
      return (...args: unknown[]) => bridge(proxied(...args.map((arg) => bridge(arg))))
    }
    if (value instanceof Promise) return value.then(bridge)
    if (typeof value !== 'object' || value === null) return value
    const copies = Object.entries(value).map(([name, part]) => [name, bridge(part)])
    return Object.freeze(Array.isArray(value) ? copies.map(([, part]) => part) : Object.fromEntries(copies))
  }
  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown) {
      if (name in globalThis) throw new Error(`Cannot bind an API on top of an existing property on the window object`)
      const property = { value: bridge(api), enumerable: true, configurable: false, writable: false }
      Object.defineProperty(globalThis, name, property)
    },
  }

  const deliver = async () => {
    for (let isFirst = true; ; isFirst = false) {
      const { channel, args } = await native.next(isFirst)
      for (const listener of listenersByChannel.get(channel) ?? []) listener({}, ...args)
    }
  }
  void deliver()
  return { contextBridge, ipcRenderer }
}
