import { expect, expectAccessible, pin, signIn, test } from './house.ts'

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
  await expect(form.getByText(/Draft, saved/)).toBeVisible()
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
