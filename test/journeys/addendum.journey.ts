import { countersign, openTreatingClinic, signIn, treat } from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'

test('an addendum stands beside the signed record, outlives a reload while it is written, and is countersigned', async ({
  page,
  browser,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const whose = await treat(clinic, { family: 'Birkett', given: 'Ines', bornOn: '1992-04-12' })
  await countersign(clinic, whose)

  await signIn(page, house, clinic.lena)
  await page.getByRole('combobox', { name: 'Find a patient' }).fill('Birkett')
  await expect(page.getByRole('option', { name: /Birkett/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Chart', level: 1 })).toBeAttached()
  await expectAccessible(page)
  await page
    .getByRole('link', { name: 'August 3, 2026' })
    .or(page.getByRole('link', { name: /2026/ }))
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Session 1', level: 1 })).toBeAttached()
  await page.getByRole('button', { name: 'Write an addendum' }).click()
  const form = page.getByRole('form', { name: 'Addendum' })
  await form.getByRole('combobox', { name: 'Field it adds to' }).fill('Bleeding')
  await page.getByRole('option', { name: 'Bleeding time' }).click()
  await expect(form).toContainText('As signed 2')
  await form.getByLabel('It should say something else').check()
  await form.getByLabel('Should be').fill('4')
  await form.getByLabel('What it adds').fill('The chin was pressed for two minutes more.')
  await form.getByLabel('Why it is written').fill('Read again from the room sheet.')
  await expect(form.getByText('Saved', { exact: true })).toBeVisible()
  await expectAccessible(page)

  await page.reload()
  await expect(form.getByLabel('Should be')).toHaveValue('4')
  await expect(form.getByLabel('What it adds')).toHaveValue('The chin was pressed for two minutes more.')
  await expect(form.getByLabel('Why it is written')).toHaveValue('Read again from the room sheet.')
  await form.getByRole('button', { name: 'Sign the addendum' }).click()
  const proof = page.getByRole('dialog', { name: 'Sign the addendum' })
  await proof.getByLabel('Your password').fill(password)
  await expectAccessible(page)
  await proof.getByRole('button', { name: 'Sign', exact: true }).click()
  const card = page.getByRole('article', { name: 'Addendum by Lena Brook' })
  await expect(card).toContainText('Not countersigned yet')
  await expect(card).toContainText('Bleeding time 2')
  await expectAccessible(page)

  const secondWindow = await browser.newContext()
  const physician = await secondWindow.newPage()
  await signIn(physician, house, clinic.okafor)
  await physician.getByRole('link', { name: /^Sign-off/ }).click()
  const waiting = physician.getByRole('region', { name: 'The addendum' })
  await expect(waiting).toContainText('Bleeding time 2')
  await expect(waiting).toContainText('Was 2, should be 4')
  await expect(waiting).toContainText('Read again from the room sheet.')
  await expectAccessible(physician)
  await physician.getByRole('button', { name: 'Sign and next' }).click()
  const signing = physician.getByRole('dialog', { name: 'Sign the addendum' })
  await signing.getByLabel('Your password').fill(password)
  await signing.getByRole('button', { name: 'Sign and next' }).click()
  await expect(physician.getByText('Nothing waits for your signature.')).toBeVisible()
  await secondWindow.close()

  await page.reload()
  await expect(card).toContainText('Signed by Dr Samuel Okafor, MD')
  await expect(card).toContainText('Was 2, should be 4')
  const { record } = await clinic.lena.desk.must('session.open', {
    patientId: whose.patientId,
    sessionId: whose.sessionId,
  })
  expect(record?.body.haemostasisMin).toBe(2)
})
