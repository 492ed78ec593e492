import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { contentSecurityPolicy } from '../../main/windows/content-security-policy.ts'
import floor from '../../main/windows/security-floor.json' with { type: 'json' }
import packageJson from '../../package.json' with { type: 'json' }
import { root } from '../support/steps.ts'

const require = createRequire(import.meta.url)
const { fuses } = require('../../main/windows/after-pack.cjs') as { fuses: Readonly<Record<string, boolean>> }
const sources = globSync('{main,renderer,shared,db}/**/*.{ts,tsx,cjs}', {
  cwd: root,
  exclude: ['**/node_modules/**'],
}).map((path) => [path.replaceAll('\\', '/'), readFileSync(`${root}/${path}`, 'utf8')] as const)

// The packed program itself is read in `npm test` (step "package"): its fuses, its files, its start.

it('F49 the built program cannot be made to run other code by a switch', () => {
  expect(fuses).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  })
})

it('F49 the page runs its own scripts and no other, and frames nothing', () => {
  const parts = contentSecurityPolicy.split('; ')
  expect(parts).toContain("default-src 'none'")
  expect(parts).toContain("script-src 'self'")
  expect(parts).toContain("frame-src 'none'")
  expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|script-src[^;]*(?:unsafe-inline|data:|blob:|https?:)/)
})

it('F49 one place makes a window, and no child process is started beside the browser of the preview', () => {
  const naming = (pattern: RegExp) => sources.filter(([, text]) => pattern.test(text)).map(([path]) => path)
  expect(naming(/new BrowserWindow\(/)).toEqual(['main/windows/window.ts'])
  expect(naming(/from 'node:child_process'/)).toEqual(['main/open-browser.ts', 'main/start.ts'].filter(existsInRoot))
  expect(naming(/dangerouslySetInnerHTML|\.innerHTML\b/)).toEqual([])
})

it('F49 Electron is at or above the floor, and pinned', () => {
  const { version } = JSON.parse(readFileSync(require.resolve('electron/package.json'), 'utf8')) as { version: string }
  expect(packageJson.devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/)
  expect(isAtLeast(version, floor.electron)).toBe(true)
  expect(isAtLeast('45.4.0', '45.4.1')).toBe(false)
})

it.for(['win32-x64', 'win32-arm64', 'darwin-x64', 'darwin-arm64', 'linux-x64', 'linux-arm64'])(
  'F49 the driver of the store is there ready-built for %s',
  (target) => {
    expect(existsInRoot(`node_modules/better-sqlite3/prebuilds/${target}.node`)).toBe(true)
  },
)

function existsInRoot(path: string): boolean {
  return existsSync(`${root}/${path}`)
}

function isAtLeast(version: string, least: string): boolean {
  const [one, other] = [version, least].map((text) => text.split('.').map(Number))
  for (const [index, part] of (other ?? []).entries()) if (one?.[index] !== part) return (one?.[index] ?? 0) > part
  return true
}
