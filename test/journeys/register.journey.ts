import { expect, expectAccessible, signIn, test } from './house.ts'

test('a twin is advised as a duplicate, kept as a chart of her own and marked as a look-alike', async ({
  page,
  house,
}) => {
  const { hire } = await house.openClinic()
  const desk = await hire('Nadia Ferris', ['frontDesk'])
  await signIn(page, house, desk)

  await page.keyboard.press('n')
  const form = page.getByRole('form', { name: 'Register a patient' })
  await form.getByLabel('Surname', { exact: true }).fill('Kowalczyk')
  await form.getByLabel('Given name', { exact: true }).fill('Ana')
  await form.getByLabel('Birth date').fill('7/19/1994')
  await form.getByLabel('Phone number').fill('312 555 0142')
  await expect(form.getByText('No chart looks like this person.')).toBeVisible()
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Register', exact: true }).click()
  await expect(page).toHaveURL(/#\/patients\/[0-9a-f-]{36}$/)

  // On a chart N opens what can be added to it.
  await page.keyboard.press('Alt+1')
  // The address changes before the screen does, and until then N still belongs to the chart.
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await page.keyboard.press('n')
  await form.getByLabel('Surname', { exact: true }).fill('Kowalczyk')
  await form.getByLabel('Given name', { exact: true }).fill('Eva')
  await form.getByLabel('Birth date').fill('7/19/1994')
  await form.getByLabel('Phone number').fill('312 555 0142')
  const advice = page.getByRole('complementary', { name: 'Likely duplicates' })
  await expect(advice.getByText('This chart may be the same person.')).toBeVisible()
  await expect(advice.getByRole('link', { name: 'Kowalczyk, Ana' })).toBeVisible()
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Somebody else: register' }).click()
  await expect(page).toHaveURL(/#\/patients\/[0-9a-f-]{36}$/)

  await page.keyboard.press('/')
  await expect(page.getByRole('combobox', { name: 'Find a patient' })).toBeFocused()
  await page.keyboard.type('kowal 7/19/1994')
  const twins = page.getByRole('option')
  await expect(twins).toHaveCount(2)
  await expect(twins.filter({ hasText: 'Kowalczyk, Ana' })).toContainText(/look-alike/i)
  await expect(twins.filter({ hasText: 'Kowalczyk, Eva' })).toContainText(/look-alike/i)
  await expectAccessible(page)
})

test('a double click registers once, and a reload keeps what was typed', async ({ page, house }) => {
  const { hire } = await house.openClinic()
  const desk = await hire('Nadia Ferris', ['frontDesk'])
  await signIn(page, house, desk)

  await page.keyboard.press('n')
  const form = page.getByRole('form', { name: 'Register a patient' })
  await form.getByLabel('Surname', { exact: true }).fill('Quillfeather')
  await form.getByLabel('Given name', { exact: true }).fill('Orla')
  await form.getByLabel('Birth date').fill('3/24/1988')
  await form.getByRole('textbox', { name: 'Desk notes' }).fill('Rings before she comes')
  await expect(form.getByText(/Draft, saved/)).toBeVisible()
  await page.reload()
  await expect(form.getByLabel('Surname', { exact: true })).toHaveValue('Quillfeather')
  await expect(form.getByLabel('Birth date')).toHaveValue('24-Mar-1988')
  await expect(form.getByRole('textbox', { name: 'Desk notes' })).toHaveValue('Rings before she comes')

  await form.getByRole('button', { name: 'Register', exact: true }).dblclick()
  await expect(page).toHaveURL(/#\/patients\/[0-9a-f-]{36}$/)
  const found = await desk.desk.must('patientSearch.find', { text: 'Quillfeather' })
  expect(found.hits).toHaveLength(1)

  // Nothing of it is left to register again.
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Find a patient' })).toBeVisible()
  await page.keyboard.press('Alt+1')
  // The address changes before the screen does, and until then N still belongs to the chart.
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await page.keyboard.press('n')
  await expect(form.getByLabel('Surname', { exact: true })).toHaveValue('')
})
