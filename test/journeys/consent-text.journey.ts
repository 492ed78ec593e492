import { choose, openTreatingClinic, planCourse, signIn } from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'

test('a consent text is written by the manager, published by the physician, and signed forms stay as they are', async ({
  page,
  house,
  browser,
}) => {
  const clinic = await openTreatingClinic(house)
  const { patientId } = await planCourse(clinic, { family: 'Dunmore', given: 'Ines', bornOn: '1990-04-12' })
  const { consents } = await clinic.noor.desk.must('consent.list', { patientId })
  const consentId = consents[0]?.consentId
  if (!consentId) throw new Error('nothing was signed')
  const before = await clinic.lena.desk.must('consent.open', { patientId, consentId })
  await clinic.noor.desk.must('visit.add', {
    patientId,
    onDate: '2026-09-10',
    atTime: '11:15',
    service: 'SESSION',
    serviceNote: null,
    practitionerId: null,
    room: null,
  })

  await signIn(page, house, clinic.owner)
  await page.goto(`${page.url().split('#')[0]}#/clinic/consents`)
  await page.getByRole('button', { name: 'Write the next version' }).click()
  await expect(page.getByRole('heading', { name: 'Microneedling, English: draft of version 1.1' })).toBeVisible()
  await expect(page.getByText('Everything is there')).toBeVisible()
  await expectAccessible(page)

  const alternatives = page.getByRole('textbox', { name: /^Text of section 9:/ })
  const words = await alternatives.inputValue()
  await alternatives.fill(words.replace('I could do nothing; use sunscreen', 'I could use sunscreen'))
  await expect(page.getByText('1 thing to put right')).toBeVisible()
  await page.getByRole('button', { name: /^9\. Other choices/ }).click()
  await expect(alternatives).toBeFocused()
  await expectAccessible(page)
  await alternatives.fill(words)
  const happens = page.getByRole('textbox', { name: /^Text of section 3:/ })
  await happens.fill((await happens.inputValue()).replace('about {{dwell}} minutes', 'some time'))
  await expect(page.getByText('{{dwell}} was taken out', { exact: false })).toBeVisible()
  await choose(page, 'What changes for the patients', 'Signed again: 2.0')
  await expect(page.getByText('1 booked patient must sign again before 1 treatment.')).toBeVisible()
  await expect(page.getByText('The names are shown to those who see consents.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve and publish' })).toHaveCount(0)
  await expect(page.getByText('Every change is saved')).toBeVisible()
  await page.getByRole('radio', { name: 'Example' }).check()
  await expect(page.getByText('I am Alex Example, born 17-May-1990', { exact: false })).toBeVisible()
  await expectAccessible(page)

  const secondWindow = await browser.newContext()
  const physician = await secondWindow.newPage()
  await signIn(physician, house, clinic.okafor)
  await physician.goto(`${physician.url().split('#')[0]}#/clinic/consents`)
  await physician.getByRole('button', { name: /Being written/ }).click()
  await expect(physician.getByRole('list', { name: 'Booked patients who must sign again' })).toContainText(
    'Dunmore, Ines',
  )
  await physician.getByRole('radio', { name: 'Changes' }).check()
  await expect(physician.locator('del')).toContainText('about {{dwell}} minutes')
  await expectAccessible(physician)
  await physician.getByRole('button', { name: 'Approve and publish' }).click()
  const dialog = physician.getByRole('dialog', { name: 'Publish version 2.0' })
  await dialog.getByLabel('Your password').fill(password)
  await dialog.getByRole('button', { name: 'Approve and publish' }).click()
  await expect(physician.getByRole('heading', { name: 'Microneedling, version 2.0' })).toBeVisible()
  await physician.getByRole('combobox', { name: 'Compare with version' }).click()
  await physician.getByRole('option', { name: 'Version 1.0' }).click()
  await expect(physician.getByText('From version 1.0 to 2.0')).toBeVisible()
  await expectAccessible(physician)

  await secondWindow.close()
  const after = await clinic.lena.desk.must('consent.open', { patientId, consentId })
  expect(after.record?.body).toEqual(before.record?.body)
  expect(after.record?.problems).toEqual(['NEW_MAJOR_VERSION'])
})
