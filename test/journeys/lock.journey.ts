import { expect, expectAccessible, passphrase, pin, signIn, test } from './house.ts'

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

  await givenName.fill('Irina')
  await house.lockComputer()
  await expect(page.getByRole('heading', { name: /^Locked at/ })).toBeVisible()
  await unlock()
  await expect(givenName).toHaveValue('Irina')

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

  // After half an hour behind the lock the records themselves are closed.
  await page.getByRole('button', { name: 'Lock' }).click()
  await expect(page.getByRole('heading', { name: /^Locked at/ })).toBeVisible()
  await house.tick()
  house.host.advanceMinutes(31)
  await house.tick()
  await expect(page.getByRole('heading', { name: 'Open the records' })).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Passphrase of the clinic').fill('seven grey herons fly off')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).not.toBeEmpty()
  await page.getByLabel('Passphrase of the clinic').fill(passphrase)
  await page.keyboard.press('Enter')
  await page.getByLabel('PIN of Nadia Ferris').fill(pin)
  await expect(form.getByLabel('Surname', { exact: true })).toHaveValue('Bramblewood')
  await expect(form.getByRole('textbox', { name: 'Desk notes' })).toHaveValue('Prefers mornings')
})

test('the warning before the lock and the list of keys can be read by everybody', async ({ page, house }) => {
  const { hire } = await house.openClinic()
  const desk = await hire('Nadia Ferris', ['frontDesk'])
  // The half minute before the lock has come as soon as the window asks.
  await page.route('**/call', (route) =>
    route.request().postDataJSON().name === 'signIn.ping'
      ? route.fulfill({ json: { ok: true, value: { idleLockInMs: 25_000 } } })
      : route.continue(),
  )
  await signIn(page, house, desk)
  await expect(page.getByText('This screen locks in half a minute.')).toBeVisible()
  await expectAccessible(page, { within: '.idle-guard' })
  await page.unroute('**/call')
  await page.keyboard.press('Control')
  await expect(page.getByText('This screen locks in half a minute.')).toHaveCount(0)

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await expectAccessible(page, { within: '[role=dialog]' })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
