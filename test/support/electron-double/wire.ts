/** What the Electron double's main process and the machine around it (screen, keyboard, keychain, Chromium) tell each other. */

export type MachineFacts = {
  readonly appFolder: string
  readonly appVersion: string
  readonly isPackaged: boolean
  readonly userData: string
  readonly keychain: { readonly backend: KeychainBackend; readonly keyHex: string }
}

export type KeychainBackend = 'gnome_libsecret' | 'kwallet6' | 'basic_text' | 'unknown'

/** Requests by the machine to the main process, with their answers. */
export type MainRequests = {
  facts: { ask: null; answer: MainFacts }
  fetch: {
    ask: { url: string; method: string }
    answer: { status: number; headers: [string, string][]; body: Uint8Array }
  }
  invoke: { ask: InvokeAsk; answer: unknown }
  navigate: { ask: { windowId: number; url: string; isMainFrame: boolean }; answer: 'ALLOWED' | 'PREVENTED' }
  openWindow: { ask: { windowId: number; url: string }; answer: 'allow' | 'deny' }
  load: { ask: { windowId: number; url: string }; answer: 'ALLOWED' | 'CANCELLED' }
  download: { ask: { windowId: number; url: string }; answer: 'ALLOWED' | 'PREVENTED' }
  attachWebview: { ask: { windowId: number }; answer: 'ALLOWED' | 'PREVENTED' }
  permission: {
    /** `at` is where the page stands, `mediaTypes` what of the camera and microphone it asks for. */
    ask: { windowId: number; permission: string; at?: string; mediaTypes?: readonly ('video' | 'audio')[] }
    answer: { requested: boolean; checked: boolean }
  }
  power: { ask: PowerEvent; answer: null }
  idle: { ask: { seconds: number }; answer: null }
  clickMenu: { ask: { id: string }; answer: null }
  rendererGone: { ask: { windowId: number }; answer: null }
  closeWindow: { ask: { windowId: number }; answer: null }
  quit: { ask: null; answer: null }
}

export type InvokeAsk = {
  readonly windowId: number
  readonly channel: string
  readonly args: readonly unknown[]
  readonly frame: { readonly url: string; readonly isMainFrame: boolean }
}

export type PowerEvent = 'lock-screen' | 'unlock-screen' | 'suspend' | 'resume' | 'user-did-resign-active' | 'shutdown'

export type MainFacts = {
  readonly schemes: readonly { readonly scheme: string; readonly privileges: Readonly<Record<string, boolean>> }[]
  readonly windows: readonly {
    readonly id: number
    readonly options: Readonly<Record<string, unknown>>
    readonly webPreferences: Readonly<Record<string, unknown>>
    readonly isShown: boolean
    readonly focusCount: number
  }[]
  readonly channels: readonly string[]
  readonly menu: readonly string[]
}

/** Questions of the main process to the machine, with their answers. */
export type MachineRequests = {
  load: { ask: { windowId: number; url: string; preload: string; width: number; height: number }; answer: null }
  reload: { ask: { windowId: number }; answer: null }
  closed: { ask: { windowId: number }; answer: null }
  chooseFolder: { ask: { title: string }; answer: string | null }
}

/** What the main process tells without asking. */
export type MainEvent =
  | { readonly type: 'READY' }
  | { readonly type: 'SENT'; readonly windowId: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: 'ERROR_BOX'; readonly title: string; readonly content: string }
  | { readonly type: 'RELAUNCH'; readonly args: readonly string[] }
  | { readonly type: 'CRASH_REPORTER' }

export type Message =
  | { readonly kind: 'ASK'; readonly id: number; readonly name: string; readonly ask: unknown }
  | { readonly kind: 'ANSWER'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'FAILURE'; readonly id: number; readonly message: string }
  | { readonly kind: 'EVENT'; readonly event: MainEvent }

type Requests = Record<string, { ask: unknown; answer: unknown }>
export type Handlers<Incoming extends Requests> = {
  readonly [Name in keyof Incoming]: (
    ask: Incoming[Name]['ask'],
  ) => Incoming[Name]['answer'] | Promise<Incoming[Name]['answer']>
}

/** One end of the wire: asks typed questions of the other end and answers its questions. */
export class Wire<Outgoing extends Requests, Incoming extends Requests> {
  readonly #post: (message: Message) => void
  readonly #handlers: Handlers<Incoming>
  readonly #waiting = new Map<number, { settle: (answer: never) => void; fail: (error: Error) => void }>()
  #lastId = 0

  constructor(post: (message: Message) => void, handlers: Handlers<Incoming>) {
    this.#post = post
    this.#handlers = handlers
  }

  ask<Name extends keyof Outgoing & string>(name: Name, ask: Outgoing[Name]['ask']): Promise<Outgoing[Name]['answer']> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((settle, fail) => {
      this.#waiting.set(id, { settle, fail })
      this.#post({ kind: 'ASK', id, name, ask })
    })
  }

  receive(message: Message): void {
    if (message.kind === 'ASK') void this.#answer(message)
    if (message.kind === 'ANSWER') this.#waiting.get(message.id)?.settle(message.answer as never)
    if (message.kind === 'FAILURE') this.#waiting.get(message.id)?.fail(new Error(message.message))
    if (message.kind === 'ANSWER' || message.kind === 'FAILURE') this.#waiting.delete(message.id)
  }

  /** The other end is gone: whoever still waits learns it. */
  break(reason: string): void {
    for (const { fail } of this.#waiting.values()) fail(new Error(reason))
    this.#waiting.clear()
  }

  async #answer({ id, name, ask }: Extract<Message, { kind: 'ASK' }>): Promise<void> {
    try {
      const handler = this.#handlers[name]
      if (handler === undefined) throw new Error(`nobody answers ${name}`)
      this.#post({ kind: 'ANSWER', id, answer: await handler(ask) })
    } catch (error) {
      this.#post({ kind: 'FAILURE', id, message: error instanceof Error ? error.message : String(error) })
    }
  }
}
