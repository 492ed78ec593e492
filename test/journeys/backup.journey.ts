import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, openHouse, openProgram, password, signIn, test } from './house.ts'

test('a backup is made, the records go on, the backup is restored, and one click brings everything back', async ({
  page,
  house,
}) => {
  const { owner, hire } = await house.openClinic()
  const disk = join(house.folder, 'second disk')
  mkdirSync(disk)
  await openProgram(page, house)
  await signIn(page, house, owner)

  await page.goto(`${new URL(page.url()).origin}/#/clinic/copies`)
  await page.getByLabel('Folder for the copy').fill(disk)
  await page.getByRole('button', { name: 'Make a verified copy now' }).click()
  await expect(page.getByRole('region', { name: 'Verified copy', exact: true }).getByText('Done')).toBeVisible()
  await expect(page.getByLabel('Folder for backups')).toHaveValue(disk)
  await page.getByRole('button', { name: 'Prove a restore now' }).click()
  await expect(page.getByText('Restore last proven')).toBeVisible()
  await expectAccessible(page)

  // What the backup does not know: a person who joined later.
  house.host.advanceMinutes(2)
  await hire('Mina Late', ['frontDesk'])
  await page.getByRole('link', { name: 'Staff', exact: true }).click()
  await expect(page.getByText('Mina Late')).toBeVisible()

  await page.getByRole('link', { name: 'Copies', exact: true }).click()
  await page.getByRole('button', { name: 'Restore from a copy' }).click()
  await expect(page.getByRole('radio')).toHaveCount(1)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Check this copy' }).click()
  await expect(page.getByText('Greta Ansbach added somebody and gave a one-time code')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Replace the records with this copy' }).click()
  const sure = page.getByRole('dialog', { name: 'Replace the records with this copy' })
  await sure.getByLabel('Your password').fill(password)
  await expectAccessible(page, { within: '[role=dialog]' })
  await sure.getByRole('button', { name: 'Replace the records' }).click()

  await signInAgain(page)
  await page.goto(`${new URL(page.url()).origin}/#/clinic/staff`)
  await expect(page.getByText('Greta Ansbach').first()).toBeVisible()
  await expect(page.getByText('Mina Late')).toHaveCount(0)

  await page.getByRole('link', { name: 'Copies', exact: true }).click()
  await page.getByRole('button', { name: 'Go back to what was there before' }).click()
  const back = page.getByRole('dialog', { name: 'Go back to what was there before' })
  await back.getByLabel('Your password').fill(password)
  await back.getByRole('button', { name: 'Go back' }).click()
  await signInAgain(page)
  await page.goto(`${new URL(page.url()).origin}/#/clinic/staff`)
  await expect(page.getByText('Mina Late')).toBeVisible()
})

test('a computer without records opens a backup with its folder and the recovery code', async ({ page, house }) => {
  const { owner, recoveryCode } = await house.openClinic()
  const disk = join(house.folder, 'disk')
  mkdirSync(disk)
  const { jobId } = await owner.desk.must('backup.makeCopy', { folder: disk })
  await expect.poll(async () => (await owner.desk.must('backup.job', { jobId })).kind).toBe('DONE')

  const folder = mkdtempSync(join(tmpdir(), 'countersign-bare-'))
  const stick = join(folder, 'stick')
  cpSync(disk, stick, { recursive: true })
  const bare = await openHouse(folder)
  try {
    await openProgram(page, bare)
    await page.getByRole('button', { name: 'I have a backup' }).click()
    await page.getByLabel('Folder with the backups').fill(stick)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('radio', { name: /made by hand/ })).toBeChecked()
    await expectAccessible(page)
    await page.getByLabel('Passphrase or recovery code of the clinic').fill('not this one at all')
    await page.keyboard.press('Enter')
    await expect(page.getByText('This opens none of the locks of that copy.')).toBeVisible()
    const slip = `${recoveryCode.slice(0, -1)}${recoveryCode.endsWith('7') ? '8' : '7'}`
    await page.getByLabel('Passphrase or recovery code of the clinic').fill(slip)
    await page.keyboard.press('Enter')
    await expect(page.getByText('This is a recovery code with a slip in it')).toBeVisible()
    await page.getByLabel('Passphrase or recovery code of the clinic').fill(recoveryCode.toLowerCase())
    await page.getByRole('button', { name: 'Open this backup here' }).click()
    await signInAgain(page)
    await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  } finally {
    await bare.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Everybody was signed out by the exchange of the records. */
async function signInAgain(page: Page): Promise<void> {
  await page.getByLabel('Sign-in name').fill('greta')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toHaveCount(0)
}
