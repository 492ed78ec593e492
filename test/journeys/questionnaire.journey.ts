import { choose, openTreatingClinic, planCourse, signIn } from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'

test('the health questions are reworded by the manager, published by the physician, and signed forms stay as asked', async ({
  page,
  house,
  browser,
}) => {
  const clinic = await openTreatingClinic(house)
  const { patientId } = await planCourse(clinic, { family: 'Dunmore', given: 'Ines', bornOn: '1990-04-12' })
  const { forms } = await clinic.lena.desk.must('screening.list', { patientId })
  const screeningId = forms[0]?.screeningId
  if (!screeningId) throw new Error('nothing was answered')
  const before = await clinic.lena.desk.must('screening.open', { patientId, screeningId })
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
  await page.goto(`${page.url().split('#')[0]}#/clinic/questions`)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Write the next version' }).click()
  await expect(page.getByRole('heading', { name: 'Health questions: draft of version 1.1' })).toBeVisible()
  await expect(page.getByText('Everything is there and can be read at a glance')).toBeVisible()
  await expect(page.getByText('Nothing differs from version 1.0 yet.')).toBeVisible()

  await page.getByRole('button', { name: '3. Other medicines' }).click()
  const help = page.getByRole('textbox', { name: 'SQ-12: help' })
  const words = await help.inputValue()
  await help.fill('Please stop it three days before.')
  await expect(page.getByText('1 thing to put right')).toBeVisible()
  await page.getByRole('button', { name: '1. You and your health' }).click()
  await page.getByRole('button', { name: 'SQ-12: the help' }).click()
  await expect(help).toBeFocused()
  await expectAccessible(page)
  await help.fill(words)
  await page.getByRole('textbox', { name: 'SQ-12: question' }).fill('Is there any medicine that thins your blood?')
  await expect(page.getByText('Suggested: everybody answers again', { exact: false })).toBeVisible()
  await choose(page, 'What changes for the patients', 'Answered again: 2.0')
  await expect(page.getByText('1 booked patient must answer the full form again before 1 treatment.')).toBeVisible()
  await expect(page.getByText('The names are shown to those who hand over the forms.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve and publish' })).toHaveCount(0)
  await expect(page.getByText('Every change is saved')).toBeVisible()

  const secondWindow = await browser.newContext()
  const physician = await secondWindow.newPage()
  await signIn(physician, house, clinic.okafor)
  await physician.goto(`${physician.url().split('#')[0]}#/clinic/questions`)
  await physician.getByRole('button', { name: /Being written/ }).click()
  await expect(physician.getByRole('list', { name: 'Booked patients who must answer again' })).toContainText(
    'Dunmore, Ines',
  )
  await physician.getByRole('radio', { name: 'Changes' }).check()
  await expect(physician.locator('ins').first()).toContainText('any medicine')
  await expectAccessible(physician)
  await physician.getByRole('button', { name: 'Approve and publish' }).click()
  const dialog = physician.getByRole('dialog', { name: 'Publish version 2.0' })
  await dialog.getByLabel('Your password').fill(password)
  await dialog.getByRole('button', { name: 'Approve and publish' }).click()
  await expect(physician.getByRole('heading', { name: 'Health questions, version 2.0' })).toBeVisible()
  await expectAccessible(physician)

  await secondWindow.close()
  const after = await clinic.lena.desk.must('screening.open', { patientId, screeningId })
  expect(after).toEqual(before)
  const { needed } = await clinic.lena.desk.must('screening.standing', { patientId, seriesId: null })
  expect(needed).toBe('FULL')
})
