import { openTreatingClinic, passMinutes, planCourse, readyToStart, screen, signIn, type } from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'
import { openPart } from './session-desk.ts'

test('a policy change is tried out before a physician approves it, and blocks on its own day what was said', async ({
  page,
  house,
  browser,
}) => {
  const clinic = await openTreatingClinic(house)
  const course = await planCourse(clinic, { family: 'Harrow', given: 'Edda', bornOn: '1991-02-17' })
  const { patientId, seriesId } = course
  await clinic.noor.desk.must('visit.add', {
    patientId,
    onDate: '2026-08-10',
    atTime: '11:15',
    service: 'SESSION',
    serviceNote: null,
    practitionerId: clinic.lena.staffId,
    room: null,
  })

  await signIn(page, house, clinic.owner)
  await page.goto(`${page.url().split('#')[0]}#/clinic/policy`)
  await page.getByRole('button', { name: 'Start a draft' }).click()
  const tried = page.getByRole('region', { name: 'What this change would block' })
  await expect(tried).toContainText('It would not block the one booked session.')
  await page.getByLabel('In force from').fill('10 aug 2026')
  await page.getByLabel('In force from').press('Enter')
  const depth = page.getByRole('textbox', { name: 'Row 1: supervised to, mm' })
  await depth.fill('0.80')
  await depth.press('Tab')
  await expect(tried).toContainText('It would block the one booked session.')
  const blocked = page.getByRole('region', { name: 'Sessions it would block' })
  await expect(blocked).toContainText('Mon 10-Aug-2026, 11:15')
  await expect(blocked).toContainText('Harrow, Edda')
  await expect(blocked).toContainText('with Lena Brook')
  // Who manages the clinic hears the rule, not what is planned in the chart.
  await expect(blocked).toContainText('A planned depth is over the limit of 0.80 mm.')
  await expect(blocked.getByRole('link')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Approve and sign' })).toHaveCount(0)
  await expect(page.getByText('Every change is saved')).toBeVisible()
  await expectAccessible(page)

  const secondWindow = await browser.newContext()
  const physician = await secondWindow.newPage()
  await signIn(physician, house, clinic.okafor)
  await physician.goto(`${physician.url().split('#')[0]}#/clinic/policy`)
  await physician.getByRole('button', { name: /^Draft/ }).click()
  const shown = physician.getByRole('region', { name: 'Sessions it would block' })
  await expect(shown.getByRole('link', { name: 'Harrow, Edda' })).toBeVisible()
  await expect(shown).toContainText('mm is planned, over the limit of 0.80 mm.')
  await expectAccessible(physician)
  await physician.getByRole('button', { name: 'Approve and sign' }).click()
  const dialog = physician.getByRole('dialog', { name: 'Approve this policy' })
  await expect(dialog).toContainText('It would block the one booked session.')
  await dialog.getByLabel('Your password').fill(password)
  await dialog.getByRole('button', { name: 'Approve and sign' }).click()
  await expect(physician.getByRole('heading', { name: 'Approved, to come from 10-Aug-2026' })).toBeVisible()
  await secondWindow.close()

  await passMinutes(clinic, 7 * 24 * 60)
  const { lena } = clinic
  await screen(clinic, patientId, 'SHORT')
  const { sessionId } = await lena.desk.must('session.begin', { patientId, seriesId })
  await type(clinic, course, sessionId, readyToStart(clinic, course))
  await signIn(page, house, lena)
  await page.goto(`${page.url().split('#')[0]}#/patients/${patientId}/sessions/${sessionId}`)
  await openPart(page, 'Start gate')
  await expect(page.getByText(/1\.00 mm is over the limit of 0\.80 mm \(policy\)/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start the session' })).toBeDisabled()
})
