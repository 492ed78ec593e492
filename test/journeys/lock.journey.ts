import { expect, expectAccessible, pin, signIn, test } from './house.ts'

test('what is typed and locked, left or reloaded at once is there again', async ({ page, house }) => {
  const { hire } = await house.openClinic()
  const desk = await hire('Nadia Ferris', ['frontDesk'])
  await signIn(page, house, desk)
  await page.keyboard.press('n')
  const form = page.getByRole('form', { name: 'Register a patient' })
  const surname = form.getByLabel('Surname', { exact: true })
  const givenName = form.getByLabel('Given name', { exact: true })
  const notes = form.getByRole('textbox', { name: 'Desk notes' })
  const unlock = () => page.getByLabel('PIN of Nadia Ferris').fill(pin)

  await surname.fill('Bramblewood')
  await page.getByRole('button', { name: 'Lock' }).click()
  await expect(page.getByRole('heading', { name: /^Locked at/ })).toBeVisible()
  await unlock()
  await expect(surname).toHaveValue('Bramblewood')

  // The mark does not speak of an older text.
  await expect(form.getByText(/Draft, saved/)).toBeVisible()
  await givenName.fill('Iris')
  await expect(form.getByText('Draft, not saved yet')).toBeVisible()
  await givenName.blur()
  await page.keyboard.press('l')
  await expect(page.getByRole('heading', { name: /^Locked at/ })).toBeVisible()
  await unlock()
  await expect(givenName).toHaveValue('Iris')

  await notes.fill('Prefers mornings')
  await page.keyboard.press('Alt+1')
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await page.keyboard.press('n')
  await expect(notes).toHaveValue('Prefers mornings')
  await expect(surname).toHaveValue('Bramblewood')

  await notes.fill('Prefers late mornings')
  await page.reload()
  await expect(notes).toHaveValue('Prefers late mornings')
  await expectAccessible(page)
})

test('a form that is half filled in waits behind the lock, and behind the lock of an idle window', async ({
  page,
  house,
}) => {
  const { hire } = await house.openClinic()
  const desk = await hire('Nadia Ferris', ['frontDesk'])
  await signIn(page, house, desk)

  await page.keyboard.press('n')
  const form = page.getByRole('form', { name: 'Register a patient' })
  await form.getByLabel('Surname', { exact: true }).fill('Bramblewood')
  await form.getByLabel('Given name', { exact: true }).fill('Iris')
  await page.getByRole('button', { name: 'Lock' }).click()

  await expect(page.getByRole('heading', { name: /^Locked at/ })).toBeVisible()
  await expect(page.getByText('Bramblewood')).toHaveCount(0)
  await expect(page.getByRole('navigation', { name: 'Screens' })).toHaveCount(0)
  await expectAccessible(page)
  await page.getByLabel('PIN of Nadia Ferris').fill('111111')
  await expect(page.getByRole('alert')).not.toBeEmpty()
  await page.getByLabel('PIN of Nadia Ferris').fill(pin)
  await expect(form.getByLabel('Surname', { exact: true })).toHaveValue('Bramblewood')
  await expect(form.getByLabel('Given name', { exact: true })).toHaveValue('Iris')

  await form.getByRole('textbox', { name: 'Desk notes' }).fill('Prefers mornings')
  const draft = async () => (await desk.desk.must('patient.draft', { patientId: null })).draft?.form.deskNotes
  await expect.poll(draft).toBe('Prefers mornings')
  house.host.advanceMinutes(60)
  await house.tick()
  await expect(page.getByRole('heading', { name: /^Locked at/ })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: /^Locked at/ })).toBeVisible()
  await page.getByLabel('PIN of Nadia Ferris').fill(pin)
  await expect(form.getByLabel('Surname', { exact: true })).toHaveValue('Bramblewood')
  await expect(form.getByRole('textbox', { name: 'Desk notes' })).toHaveValue('Prefers mornings')
})
