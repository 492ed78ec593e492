import type { Page } from '@playwright/test'
import { expectAccessible, password } from './house.ts'

/** Goes to one part of the session's desk: Zones, Before, Afterwards, Check ... */
export async function openPart(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Parts of the session' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()
}

/** Chooses from a list of many. */
export async function pick(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: option }).click()
}

/** The author's signature under what stands on the desk. */
export async function submit(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: words }).click()
  const dialog = page.getByRole('dialog', { name: words })
  await dialog.getByLabel('Your password').fill(password)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: words }).click()
}
