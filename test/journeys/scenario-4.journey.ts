import {
  choose,
  loggedUntilNow,
  openTreatingClinic,
  passMinutes,
  planCourse,
  readyToStart,
  screen,
  signIn,
  type,
} from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'
import { cheeks, comeToDay, goTo, openSession } from './scenario-people.ts'
import { openPart, submit } from './session-desk.ts'

test('Scenario 4: 1.50 mm under a limit of 1.00 mm is refused as a plan, kept as a deviation, and counselled', async ({
  page,
  browser,
  house,
}) => {
  const clinic = await openTreatingClinic(house, { aestheticianMaxUm: 1000 })
  const course = await planCourse(clinic, { family: 'Vantongeren', given: 'Ines', bornOn: '1994-04-12' }, cheeks(1000))
  const { patientId, seriesId } = course
  await screen(clinic, patientId, 'SHORT')
  const { sessionId } = await clinic.lena.desk.must('session.begin', { patientId, seriesId })
  await type(clinic, course, sessionId, readyToStart(clinic, course))

  await signIn(page, house, clinic.lena)
  await openSession(page, course, sessionId)
  const start = page.getByRole('button', { name: 'Start the session' })
  await expect(start).toBeEnabled()
  await page
    .getByRole('grid', { name: 'Planned zones' })
    .getByRole('row', { name: /Cheek, front L/ })
    .click()
  await page.getByRole('spinbutton', { name: 'Planned depth, mm' }).fill('1.50')
  await expect(start).toBeDisabled()
  await openPart(page, 'Start gate')
  await expect(page.getByText(/1\.50 mm is over the limit of 1\.00 mm \(policy\)/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Go to it' }).click()
  await page.getByRole('spinbutton', { name: 'Planned depth, mm' }).fill('1.00')
  await start.click()
  await expect(page.getByRole('list', { name: 'This visit' })).toContainText('Started')

  // The rest of the log is as planned; only the left cheek is typed here.
  await page.keyboard.press('Alt+1')
  await passMinutes(clinic, 28)
  await type(clinic, course, sessionId, loggedUntilNow(clinic, course))
  await signIn(page, house, clinic.lena)
  await openSession(page, course, sessionId)
  await page
    .getByRole('grid', { name: 'Zones of this session' })
    .getByRole('row', { name: /Cheek, front L/ })
    .click()
  const depth = page.getByRole('spinbutton', { name: 'Depth setting, mm', exact: true })
  await depth.fill('15')
  await expect(page.getByText('Not possible', { exact: true })).toBeVisible()
  await openPart(page, 'Check')
  const leftToDo = page.getByRole('region', { name: 'Left to do' })
  await expect(leftToDo).toContainText('The device goes to 2.50 mm.')
  await expect(page.getByRole('button', { name: 'Submit for sign-off' })).toBeDisabled()

  await leftToDo
    .getByRole('button', { name: /depth$/ })
    .first()
    .click()
  await depth.fill('1.50')
  await depth.press('Enter')
  const recorded = page.getByRole('region', { name: 'Deviation 1' })
  await expect(recorded).toContainText('deeper than the policy allows')
  await expect(recorded).toContainText('Dr Samuel Okafor is told on submit')
  await expect(page.getByText('Draft saved')).toBeVisible()
  await openPart(page, 'Check')
  await expect(leftToDo).toContainText('The deviation needs its reason.')
  await expect(page.getByRole('button', { name: 'Submit for sign-off' })).toBeDisabled()
  await leftToDo.getByRole('button', { name: 'Deviation 1: reason' }).click()
  await page.keyboard.type('The dial stood at the setting of the patient before.')
  await choose(recorded, 'Patient told', 'Yes')
  await expect(leftToDo).toContainText('Everything is there')
  await submit(page, 'Submit for sign-off')
  await expect(page.getByText('Waits for sign-off').first()).toBeVisible()

  const physician = await (await browser.newContext()).newPage()
  await signIn(physician, house, clinic.okafor)
  await expect(physician.getByRole('region', { name: 'Sign-off queue' })).toContainText('1 deviation')
  await physician.getByRole('link', { name: /^Sign-off/ }).click()
  await expect(physician.getByRole('region', { name: 'Needs you, one by one' })).toContainText('Vantongeren')
  await expect(physician.getByRole('region', { name: 'Clean' }).getByRole('button')).toHaveCount(0)
  await expect(physician.getByRole('button', { name: /^Sign the opened/ })).toBeDisabled()
  const deviation = physician.getByRole('region', { name: 'Deviation 1' })
  await expect(deviation).toContainText('1.50 mm')
  await expect(deviation).toContainText('Patient told: yes')
  const review = physician.getByRole('form', { name: 'Your review' })
  await review.getByLabel('Your password').fill(password)
  await expect(review.getByRole('button', { name: 'Sign and next' })).toBeDisabled()
  await choose(deviation, 'Your disposition', 'Counselled')
  await deviation.getByLabel('Note on deviation 1').fill('Talked through the dial check before every pass.')
  await choose(review, 'Next session', 'Proceed')
  await choose(review, 'Patient seen by me', 'No')
  await review.getByRole('button', { name: 'Sign and next' }).click()
  await expect(physician.getByText('Nothing waits for your signature.')).toBeVisible()
  await goTo(physician, `#/patients/${patientId}/sessions/${sessionId}`)
  await expect(physician.getByText('Reviewed with deviations').first()).toBeVisible()

  await comeToDay(clinic, '2026-08-17')
  await signIn(physician, house, clinic.noor)
  await physician.getByRole('link', { name: /^Follow-up/ }).click()
  await expect(physician.getByRole('region', { name: 'Due now' })).toContainText('Vantongeren')
  await expect(physician.getByRole('region', { name: 'Due now' })).toContainText('Day-14 check')
})
