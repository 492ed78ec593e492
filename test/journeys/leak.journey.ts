import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { chromiumArguments, findChromium } from '../support/ensure-chromium.ts'
import { expect, signIn, test } from './house.ts'

const names = ['Quillfeather', 'Bramblewood', 'Thistledown'] as const

async function register(page: Page, family: string): Promise<void> {
  await expect(page.getByRole('combobox', { name: 'Find a patient' })).toBeVisible()
  await page.evaluate(() => {
    window.location.hash = '#/patients/new'
  })
  const form = page.getByRole('form', { name: 'Register a patient' })
  await form.getByLabel('Surname', { exact: true }).fill(family)
  await form.getByLabel('Birth date').fill('3/24/1988')
  await form.getByRole('button', { name: /register$/i }).click()
  await expect(page).toHaveURL(/#\/patients\/[0-9a-f-]{36}$/)
}

/** `folder/file: name` for each file that holds one of the names as UTF-8 or UTF-16LE. */
function filesThatName(folder: string): readonly string[] {
  return globSync('**/*', { cwd: folder })
    .concat(globSync('**/.*', { cwd: folder }))
    .filter((path) => statSync(join(folder, path), { throwIfNoEntry: false })?.isFile())
    .flatMap((path) => {
      const bytes = readFileSync(join(folder, path))
      return names
        .filter((name) => bytes.includes(name, 0, 'utf8') || bytes.includes(name, 0, 'utf16le'))
        .map((name) => `${path}: ${name}`)
    })
}

test('after a day with a copy no name stands readable in any file or in the browser', async ({ house }) => {
  const { owner, hire } = await house.openClinic()
  const desk = await hire('Nadia Ferris', ['frontDesk'])
  const profile = mkdtempSync(join(tmpdir(), 'countersign-profile-'))
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('there is no Chromium')
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: chromiumArguments })
  const page = await context.newPage()
  const cached: string[] = []
  page.on('response', (response) => {
    if (response.headers()['cache-control'] !== 'no-store') cached.push(response.url())
  })
  await signIn(page, house, desk)
  for (const name of names) await register(page, name)
  await page.keyboard.press('/')
  await page.keyboard.type(names[0])
  await expect(page.getByRole('option', { name: new RegExp(names[0]) })).toBeVisible()
  await context.close()
  expect(cached).toEqual([])

  const copies = join(house.folder, 'copies')
  mkdirSync(copies)
  const { jobId } = await owner.desk.must('backup.makeCopy', { folder: copies })
  await expect.poll(async () => (await owner.desk.must('backup.job', { jobId })).kind).toBe('DONE')
  await house.stop()

  expect(globSync('copies/**/store.db', { cwd: house.folder })).toHaveLength(1)
  expect(filesThatName(house.folder)).toEqual([])
  expect(filesThatName(profile)).toEqual([])
  expect(house.host.logged.filter((event) => names.some((name) => JSON.stringify(event).includes(name)))).toEqual([])
  rmSync(profile, { recursive: true, force: true })
})
