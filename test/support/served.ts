import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { InputOf, OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import { createClient, type DefinitionOf, type ProcedureName } from '../../shared/rpc/client.ts'

type Name = ProcedureName<Api>

/** The built program as people start it, in a process of its own, with one window that speaks to it over HTTP. */
export type Served = {
  readonly process: ChildProcess
  readonly origin: string
  /** Cookie of the one window; a browser that carries it is that same window. */
  readonly cookie: { readonly name: string; readonly value: string }
  /** The value; throws where the answer is a refusal. Rejects where the program ends before it answers. */
  must<P extends Name>(name: P, input: InputOf<DefinitionOf<Api, P>>): Promise<OutputOf<DefinitionOf<Api, P>>>
  /** The refusal's code of a call that is sent as it stands, or `ok`. */
  code(name: string, input: unknown): Promise<string>
  /** Reads a file that the program gave to this window. */
  blob(token: string): Promise<Buffer>
  /** Sends the signal and waits until the process is gone; its exit code, null where the signal ended it. */
  end(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

const program = fileURLToPath(new URL('../../out/serve/serve.js', import.meta.url))

/** Starts the built program (`npm run build` first) on these folders and opens its one-time address. */
export async function serve(
  flags: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Served> {
  const child = spawn(process.execPath, [program, '--no-open', '--port=0', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env },
  })
  const ended = new Promise<number | null>((settle) => child.once('exit', settle))
  const address = await addressOf(child)
  const { origin } = new URL(address)
  const opening = await fetch(address, { redirect: 'manual' })
  const [cookieText = ''] = (opening.headers.get('set-cookie') ?? '').split(';')
  const [name = '', value = ''] = cookieText.split('=')

  const send = async (body: string) => {
    const headers = { 'content-type': 'application/json', origin, cookie: cookieText }
    return (await fetch(`${origin}/call`, { method: 'POST', headers, body })).text()
  }
  const client = createClient<Api>(send)
  return {
    process: child,
    origin,
    cookie: { name, value },
    async must(procedure, input) {
      const reply = await client.call(procedure, input, randomUUID())
      if (!reply.ok) throw new Error(`${procedure} was refused: ${JSON.stringify(reply.refusal)}`)
      return reply.value
    },
    async code(procedure, input) {
      const reply = JSON.parse(await send(JSON.stringify({ name: procedure, input, key: randomUUID() })))
      return reply.ok ? 'ok' : reply.refusal.code
    },
    async blob(token) {
      const reply = await fetch(`${origin}/blob/${token}`, { headers: { cookie: cookieText } })
      if (!reply.ok) throw new Error('the file is not this window’s')
      return Buffer.from(await reply.arrayBuffer())
    },
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  if (!child.stdout) throw new Error('the program has no output to read')
  createInterface({ input: child.stdout }).on('line', (line) => {
    const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)
    if (found) resolve(found[0])
  })
  child.once('exit', () => reject(new Error('the program ended before it was ready')))
  return promise
}
