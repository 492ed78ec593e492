import type { PatientId } from '../../shared/kernel/ids.ts'
import { detailsOf } from '../support/people.ts'
import { type Desk, expect, expectAccessible, password, signIn, test } from './house.ts'

test('two charts of one person are merged, read as one, and taken apart again', async ({ page, house }) => {
  const { hire } = await house.openClinic()
  const nadia = await hire('Nadia Ferris', ['frontDesk'])
  const okafor = await hire('Dr Samuel Okafor', ['physician'])
  const phones = [{ kind: 'MOBILE' as const, number: '312 555 0142' }]
  const facts = { family: 'Kowalczyk', bornOn: '1994-07-19', phones }
  const keptId = await registerAt(nadia.desk, { ...facts, given: 'Ana' }, [])
  await registerAt(nadia.desk, { ...facts, given: 'Anna' }, [keptId])

  await signIn(page, house, okafor)
  await page.goto(`${page.url().split('#')[0]}#/patients`)
  await page.getByRole('button', { name: 'Duplicates' }).click()
  await expect(page.getByRole('heading', { name: 'Duplicates', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Compare 2 charts' }).click()
  await expect(page.getByText('1 pair to look at')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: /^Compare C\d+ with C\d+$/ }).click()

  const table = page.getByRole('table', { name: 'Both charts side by side' })
  await expect(table.getByRole('row', { name: /^Name/ })).toContainText('Kowalczyk, Ana')
  await expect(page.getByRole('button', { name: /^Same person/ })).toBeDisabled()
  await page.getByLabel('Why').fill('Asked her; one birth certificate')
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Same person/ }).click()
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Merge', exact: true }).click()

  await expect(page.getByRole('heading', { name: 'Merged charts' })).toBeVisible()
  await expect(page.getByText('Asked her; one birth certificate')).toBeVisible()
  await expectAccessible(page)
  const kept = page.url()

  await page.keyboard.press('/')
  await page.keyboard.type('kowal 7/19/1994')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Take apart C\d+$/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Why they are two people').fill('Twins after all')
  await dialog.getByLabel('Your password').fill(password)
  await dialog.getByRole('button', { name: 'Take apart' }).click()
  await expect(page.getByRole('heading', { name: 'Merged charts' })).toBeHidden()
  expect(page.url()).toBe(kept)
  await page.keyboard.press('/')
  await page.keyboard.type('kowal 7/19/1994')
  await expect(page.getByRole('option')).toHaveCount(2)
})

async function registerAt(desk: Desk, facts: Parameters<typeof detailsOf>[0], acknowledgedDuplicates: PatientId[]) {
  const { patientId } = await desk.must('patient.register', {
    details: detailsOf(facts),
    acknowledgedDuplicates,
    draftId: null,
  })
  return patientId
}
