import { choose, openTreatingClinic, planCourse, signIn } from './course.ts'
import { keepFromFile } from './drawn-photo.ts'
import { expect, expectAccessible, test } from './house.ts'
import { openPart } from './session-desk.ts'

test('photos are kept with one view missing, named by the session, and not given out once the permission is withdrawn', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const { patientId } = await planCourse(clinic, { family: 'Dunmore', given: 'Ines', bornOn: '1990-04-12' })
  await signIn(page, house, clinic.lena)
  await page.getByRole('combobox', { name: 'Find a patient' }).fill('Dunmore')
  await page.getByRole('option', { name: /Dunmore/ }).click()
  await page.getByRole('button', { name: 'Photos' }).click()
  await expect(page.getByText('No photo is kept.')).toBeVisible()
  await expectAccessible(page)

  await page.keyboard.press('n')
  const drawer = page.getByRole('dialog', { name: 'Add photos' })
  await expect(drawer.getByRole('radio', { name: 'Front' })).toBeChecked()
  await expectAccessible(page)
  for (const hue of [20, 22, 24, 26]) await keepFromFile(page, hue)
  await drawer.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('Missing: R90')).toBeVisible()
  await expect(page.getByRole('img', { name: /^Seen from the front, Baseline/ })).toBeVisible()
  await expectAccessible(page)

  house.host.advanceMinutes(1)
  await page.getByRole('button', { name: 'Add photos' }).click()
  await drawer.getByRole('combobox', { name: 'Belongs to' }).click()
  await page.getByRole('option', { name: 'Outcome review' }).click()
  await keepFromFile(page, 40)
  await drawer.getByRole('button', { name: 'Done' }).click()
  const line = page.getByRole('slider', { name: 'How much of the earlier picture is shown' })
  await line.focus()
  await page.keyboard.press('ArrowRight')
  await expect(line).toHaveAttribute('aria-valuetext', /^52 % Baseline 03-Aug-2026, 48 % Outcome review/)
  await expectAccessible(page)

  const giveOut = page.getByRole('dialog', { name: 'Give photos out' })
  await page.getByRole('button', { name: 'Give out' }).click()
  await giveOut.getByRole('radio', { name: /With the record/ }).check()
  await giveOut.getByLabel('Who gets them').fill('Dr Hale, dermatology')
  await giveOut.getByLabel('Front, baseline, 03-Aug-2026').check()
  await expectAccessible(page)
  await giveOut.getByRole('button', { name: 'Give one photo out' }).click()
  await expect(giveOut.getByRole('link', { name: /^Save .+-2026-08-03-front\.jpg$/ })).toBeVisible()
  await giveOut.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('With the record, to another clinician, Dr Hale, dermatology')).toBeVisible()

  // The session names the four of today, and says which view is missing.
  await page.getByRole('link', { name: 'Back to the chart' }).click()
  await page.getByRole('button', { name: /^New/ }).click()
  await page.getByRole('menuitem', { name: 'Session', exact: true }).click()
  await openPart(page, 'Before')
  await page.getByRole('textbox', { name: 'Room' }).fill('3')
  await choose(page, 'Photos before', 'Taken here')
  const named = page.getByRole('list', { name: 'Photos before' }).getByRole('img')
  await expect(named).toHaveCount(4)
  await expect(page.getByText('Missing: R90.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Take L90 out of photos before' }).click()
  await expect(page.getByText('Missing: L90, R90.')).toBeVisible()
  await page.getByRole('button', { name: 'Use the 1 photo taken today' }).click()
  await page.getByRole('button', { name: 'Take photos before' }).click()
  await page.getByRole('button', { name: 'Add photos' }).click()
  await expect(drawer.getByRole('combobox', { name: 'Belongs to' })).toHaveValue('Before a session')
  await drawer.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'Back to the session' }).click()
  await expect(page.getByRole('textbox', { name: 'Room' })).toHaveValue('3')
  await expect(named).toHaveCount(4)
  await page.getByRole('button', { name: 'Take photos before' }).click()

  const { consents } = await clinic.noor.desk.must('consent.list', { patientId })
  await clinic.noor.desk.must('consent.withdraw', {
    patientId,
    consentId: consents[0]?.consentId ?? ('' as never),
    by: 'Ines Dunmore',
    how: 'VERBAL',
    scopes: ['PHOTO_OWN_RECORD'],
    note: '',
  })
  await expect(page.getByRole('button', { name: 'Add photos' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Give out' }).click()
  await giveOut.getByRole('radio', { name: /With the record/ }).check()
  await giveOut.getByLabel('Who gets them').fill('Dr Hale, dermatology')
  await giveOut.getByLabel('Front, baseline, 03-Aug-2026').check()
  await giveOut.getByRole('button', { name: 'Give one photo out' }).click()
  await expect(giveOut.getByText('The patient has not agreed to this use of photos')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Back to the session' }).click()
  await expect(page.getByText('The patient took back the permission for photos.').first()).toBeVisible()
  await expectAccessible(page)
})
