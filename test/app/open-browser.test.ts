import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { openInBrowser } from '../../main/open-browser.ts'

const address = 'http://127.0.0.1:41234/?token=once'

afterEach(() => {
  vi.unstubAllEnvs()
})

test.runIf(process.platform === 'linux')(
  'says that there is no display instead of starting a browser nobody sees',
  () => {
    vi.stubEnv('DISPLAY', undefined)
    vi.stubEnv('WAYLAND_DISPLAY', undefined)
    expect(openInBrowser(address)).toBe('NO_DISPLAY')
  },
)

test.runIf(process.platform === 'linux')('says that there is no browser', () => {
  vi.stubEnv('DISPLAY', ':0')
  vi.stubEnv('PATH', scratchFolder())
  expect(openInBrowser(address)).toBe('NO_BROWSER')
})

test.runIf(process.platform === 'linux')('opens the address as a private window without tabs', async () => {
  const folder = scratchFolder()
  const written = join(folder, 'arguments')
  writeFileSync(
    join(folder, 'chromium'),
    `#!/bin/sh\necho "$@" > '${written}.part' && /bin/mv '${written}.part' '${written}'\n`,
  )
  chmodSync(join(folder, 'chromium'), 0o755)
  vi.stubEnv('DISPLAY', ':0')
  vi.stubEnv('PATH', folder)
  expect(openInBrowser(address)).toBe('OPENED')
  await expect.poll(() => existsSync(written)).toBe(true)
  expect(readFileSync(written, 'utf8').trim()).toBe(`--app=${address} --incognito --no-first-run`)
})

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-browser-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
