import { mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import packageJson from '../package.json' with { type: 'json' }
import { createApp } from './app/create-app.ts'
import { createNodeHost } from './hosts/node-host.ts'
import { openInBrowser } from './open-browser.ts'
import { servePreview } from './transports/http.ts'
import { warmUp } from './warm-up.ts'

/** The same application behind loopback HTTP, for a machine without Electron's binary. Never packaged. */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    sample: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    preview: { type: 'boolean', default: false },
  },
})

const fromSource = import.meta.url.endsWith('.ts')
const data =
  values.data ?? join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'countersign-preview')
const scratch = values.data ? join(values.data, 'scratch') : mkdtempSync(join(tmpdir(), 'countersign-'))
const host = createNodeHost({
  folders: {
    data,
    scratch,
    logs: join(data, 'logs'),
  },
  appVersion: packageJson.version,
  workers: { base: new URL('./workers/', import.meta.url), ending: fromSource ? '.ts' : '.js' },
})
const app = await createApp({
  host,
  buildSample: async (...at) => (await import('./sample.ts')).buildSample(...at),
  startWithSample: values.sample,
})
const preview = await servePreview({
  app,
  rendererFolder: fileURLToPath(new URL(fromSource ? '../out/renderer' : '../renderer', import.meta.url)),
  port: Number(values.port),
})
warmUp()
const ticking = setInterval(() => void app.tick(), 1000)

const address = preview.newAddress()
const opened = values['no-open'] ? 'NO_DISPLAY' : openInBrowser(address)
process.stdout.write(
  opened === 'OPENED'
    ? `Countersign runs at http://127.0.0.1:${preview.port}/. Ctrl-C closes it.\n`
    : `Open this address; it works once: ${address}\n`,
)

let closing = false
async function closeAll(): Promise<void> {
  if (closing) return
  closing = true
  clearInterval(ticking)
  await preview.close()
  await app.close()
  // A folder of this run alone, with at most the sample clinic in it.
  if (!values.data) rmSync(scratch, { recursive: true, force: true })
  process.exit(0)
}
process.on('SIGINT', () => void closeAll())
process.on('SIGTERM', () => void closeAll())
