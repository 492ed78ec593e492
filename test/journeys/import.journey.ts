import { fileURLToPath } from 'node:url'
import { expect, expectAccessible, signIn, test } from './house.ts'

/** 1,000 invented people of the FEBRL set; what is searched for here stands in it. */
const list = fileURLToPath(new URL('../data/febrl/dataset1.csv', import.meta.url))
const people = [
  { typed: 'kilm ali', found: /kilmartin/i },
  { typed: 'porotsch', found: /porotschnig/i },
  { typed: 'savi lochlan', found: /savidge/i },
  { typed: 'osf 3/16/1950', found: /osfield/i },
  { typed: 'lachlan berry', found: /berry/i },
] as const

test('a list of 1,000 patients is looked through, imported and found again', async ({ page, house }) => {
  const { hire } = await house.openClinic()
  const desk = await hire('Nadia Ferris', ['frontDesk'])
  await signIn(page, house, desk)
  await page.getByRole('link', { name: 'Patients' }).click()
  await page.getByRole('button', { name: 'Import a list' }).click()
  await expect(page.getByRole('heading', { name: 'Import patients' })).toBeVisible()
  await expectAccessible(page)

  await page.getByLabel('Patient list', { exact: true }).setInputFiles(list)
  const pills = page.getByRole('group', { name: 'Which rows' })
  const countOf = async (label: string) => {
    const text = await pills.getByRole('button', { name: new RegExp(`^${label} `) }).innerText()
    return Number(text.replace(/\D/g, ''))
  }
  await expect(pills.getByRole('button', { name: 'All 1000' })).toBeVisible({ timeout: 60_000 })
  const preview = { added: await countOf('New'), held: await countOf('Held'), refused: await countOf('Refused') }
  expect(preview.added + preview.held + preview.refused).toBe(1000)
  await expectAccessible(page)

  await page.getByRole('button', { name: `Import ${preview.added} patients` }).click()
  await expect(page.getByRole('button', { name: 'Undo this import' })).toBeVisible({ timeout: 60_000 })
  const report = {
    added: await countOf('Added'),
    held: await countOf('To review'),
    notAdded: await countOf('Not added'),
    refused: await countOf('Refused'),
  }
  expect(report).toEqual({ ...preview, notAdded: 0 })
  await expectAccessible(page)

  const search = page.getByRole('combobox', { name: 'Find a patient' })
  for (const { typed, found } of people) {
    await page.keyboard.press('/')
    await expect(search).toBeFocused()
    await page.keyboard.type(typed)
    await expect(page.getByRole('option', { name: found }).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(search).toHaveValue('')
  }
})
