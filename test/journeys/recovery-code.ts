import { expect, type Page } from '@playwright/test'

/** The page of the set-up at which a code was just made: its two groups are read from the screen and typed back. */
export async function typeCodeBack(page: Page): Promise<void> {
  const groups = page.getByRole('list', { name: 'Recovery code' }).locator('strong')
  await expect(groups).toHaveCount(8)
  const fields = page.getByLabel(/^Group \d from the paper$/)
  for (const field of await fields.all()) {
    const label = page.locator(`label[for="${await field.getAttribute('id')}"]`)
    const number = Number(/\d/.exec(await label.innerText())?.[0])
    await field.fill((await groups.nth(number - 1).innerText()).toLowerCase())
  }
  await page.getByRole('button', { name: 'This is the code' }).click()
}
