import type { Locator, Page } from '@playwright/test'
import { openTreatingClinic, signIn, treat } from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'

test('four clean records are opened, signed with one password and gone, by the keyboard alone', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const families = ['Aldous', 'Birkett', 'Calloway', 'Dunmore']
  for (const [index, family] of families.entries())
    await treat(clinic, { family, given: 'Ines', bornOn: `199${index}-04-1${index}` })

  await signIn(page, house, clinic.okafor)
  const key = (name: string) => page.keyboard.press(name)
  const link = page.getByRole('link', { name: /^Sign-off/ })
  await tabTo(page, link)
  await key('Enter')
  await expect(page.getByRole('heading', { name: 'Sign-off', level: 1 })).toBeVisible()
  await expect(page.getByText('4 waiting')).toBeVisible()
  const clean = page.getByRole('region', { name: 'Clean' })
  for (const [index] of families.entries()) {
    if (index > 0) await key('j')
    await expect(clean.getByRole('button').nth(index)).toHaveAttribute('aria-current', 'true')
    await expect(page.getByRole('region', { name: 'The record' })).toBeVisible()
    await expect(page.getByText(`${index + 1} of 4 opened`)).toBeVisible()
  }
  await key('k')
  await expect(clean.getByRole('button').nth(2)).toHaveAttribute('aria-current', 'true')
  await expectAccessible(page)

  await key('b')
  const dialog = page.getByRole('dialog', { name: 'Sign 4 records' })
  for (const family of families) await expect(dialog.getByText(new RegExp(family))).toBeVisible()
  await expectAccessible(page)
  await expect(dialog.getByLabel('Your password')).toBeFocused()
  await page.keyboard.type(password)
  await key('Enter')
  await expect(page.getByText('Nothing waits for your signature.')).toBeVisible()
  await expectAccessible(page)

  await page.reload()
  await expect(page.getByText('Nothing waits for your signature.')).toBeVisible()
})

async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible()
  for (let step = 0; step < 30; step += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab never came to it')
}
