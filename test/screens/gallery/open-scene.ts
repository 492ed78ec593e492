import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'

const built = fileURLToPath(new URL('../../../.cache/gallery', import.meta.url))
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

export const scenes = [
  'today',
  'search',
  'chart',
  'session',
  'sign-off',
  'maps',
  'controls',
  'reauth',
  'confirm',
  'patient-read',
  'patient-sign',
  'first-run',
  'wizard',
] as const
export type Scene = (typeof scenes)[number]

/** Fails where the page writes an error: among them what the content security policy forbids. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    await page.route('http://gallery/**', (route) => {
      const path = new URL(route.request().url()).pathname
      const file = join(built, path === '/' ? 'index.html' : path)
      if (!existsSync(file)) return route.fulfill({ status: 404 })
      return route.fulfill({
        body: readFileSync(file),
        contentType: types[extname(file)] ?? 'application/octet-stream',
      })
    })
    await use(page)
    expect(errors).toEqual([])
  },
})

export async function openScene(page: Page, scene: Scene, scheme: 'light' | 'dark' = 'light'): Promise<void> {
  await page.goto(`http://gallery/?scene=${scene}&scheme=${scheme}`)
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor()
  await page.evaluate(() => document.fonts.ready)
}
