import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, openHouse, openProgram, passphrase, password, test } from './house.ts'

test('an older copy in the place of the records is told before anybody signs in, and only the manager goes on', async ({
  page,
  house,
}) => {
  const { owner, hire } = await house.openClinic()
  const desk = await hire('Nadia Ferris', ['frontDesk'])
  const folder = mkdtempSync(join(tmpdir(), 'countersign-held-'))
  const store = ['store.db', 'store.db-wal', 'store.db-shm']
  for (const name of store) cpSync(join(house.folder, 'data', name), join(folder, name))
  for (const clinicName of ['Alder Row', 'Alder Row Skin Clinic'])
    await owner.desk.must('clinic.edit', {
      clinicName,
      timeZone: 'America/Chicago',
      dateOrder: 'MDY',
      urgentPhone: '+1 312 555 0100',
      emergencyPhone: '911',
    })
  await house.stop()
  for (const name of store) {
    rmSync(join(house.folder, 'data', name), { force: true })
    cpSync(join(folder, name), join(house.folder, 'data', name))
  }
  rmSync(folder, { recursive: true })

  const later = await openHouse(house.folder)
  try {
    await openProgram(page, later)
    await page.getByLabel('Passphrase of the clinic').fill(passphrase)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert').getByText(/^The last \d+ entries are missing/)).toBeVisible()
    await expectAccessible(page)

    await signInAs(page, desk.signInName)
    await expect(page.getByText('A practice manager decides what happens next.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Restore from a copy' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Sign out' }).click()

    await signInAs(page, 'greta')
    await expect(page.getByRole('heading', { name: /^The last \d+ entries are missing/ })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Restore from a copy' }).click()
    await expect(page.getByText('There is no copy in these places yet.')).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Back to the copies' }).click()
    await page.getByRole('button', { name: 'Go on without the missing entries' }).click()
    await page.getByLabel('Your password').fill(password)
    await page.getByRole('button', { name: 'Go on without them' }).click()
    await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  } finally {
    await later.stop()
  }
})

async function signInAs(page: Page, signInName: string): Promise<void> {
  await page.getByLabel('Sign-in name').fill(signInName)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
