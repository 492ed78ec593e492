import { choose, openTreatingClinic, signIn, treat } from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'
import { openPart, submit } from './session-desk.ts'

test('a depth over the order is recorded with its reason, counselled by the physician and signed', async ({
  page,
  browser,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const course = await treat(clinic, { family: 'Everett', given: 'Ines', bornOn: '1994-04-12' })
  const { patientId, sessionId } = course

  const authorsWindow = await browser.newContext()
  const author = await authorsWindow.newPage()
  await signIn(author, house, clinic.lena)
  await author.getByRole('combobox', { name: 'Find a patient' }).fill('Everett')
  await expect(author.getByRole('option', { name: /Everett/ })).toBeVisible()
  await author.keyboard.press('Enter')
  await author.getByRole('link', { name: /2026/ }).first().click()
  await author.getByRole('button', { name: 'Take it back' }).click()
  const zones = author.getByRole('grid', { name: 'Zones of this session' })
  await zones.getByRole('row', { name: /Cheek, front L/ }).click()
  const depth = author.getByRole('spinbutton', { name: 'Depth setting, mm', exact: true })
  await depth.fill('1.50')
  await depth.press('Enter')
  const recorded = author.getByRole('region', { name: 'Deviation 1' })
  await expect(recorded).toContainText('deeper than ordered')
  await expectAccessible(author)
  await openPart(author, 'Check')
  const leftToDo = author.getByRole('region', { name: 'Left to do' })
  await expect(leftToDo).toContainText('The deviation needs its reason.')
  await expect(author.getByRole('region', { name: 'Changed since version 1' })).toContainText('1.50 mm')
  await leftToDo.getByRole('button', { name: 'Deviation 1: reason' }).click()
  await author.keyboard.type('No endpoint at 1.00. Raised for one pass, then saw the limit and stopped.')
  await choose(recorded, 'Patient told', 'Yes')
  await expect(leftToDo).toContainText('Everything is there')
  await expectAccessible(author)
  await submit(author, 'Submit for sign-off')
  await expect(author.getByText('Waits for sign-off').first()).toBeVisible()
  await expectAccessible(author)
  await authorsWindow.close()

  await signIn(page, house, clinic.okafor)
  await page.getByRole('link', { name: /^Sign-off/ }).click()
  const deviation = page.getByRole('region', { name: 'Deviation 1' })
  await expect(deviation).toContainText('1.50 mm, order 1.00 mm')
  await expect(deviation).toContainText('No endpoint at 1.00.')
  await expect(deviation).toContainText('Patient told: yes')
  const review = page.getByRole('form', { name: 'Your review' })
  const sign = review.getByRole('button', { name: 'Sign and next' })
  await review.getByLabel('Your password').fill(password)
  await expect(sign).toBeDisabled()
  await expectAccessible(page)

  await choose(deviation, 'Your disposition', 'Counselled')
  await deviation.getByLabel('Note on deviation 1').fill('Talked through the limit before a pass.')
  await choose(review, 'Next session', 'Proceed')
  await choose(review, 'Patient seen by me', 'No')
  await expectAccessible(page)
  await sign.click()
  await expect(page.getByText('Nothing waits for your signature.')).toBeVisible()

  const { dispositions } = await clinic.okafor.desk.must('session.open', { patientId, sessionId })
  expect(dispositions).toMatchObject([{ disposition: 'COUNSELLED', note: 'Talked through the limit before a pass.' }])
  const { signOff } = await clinic.okafor.desk.must('signOff.open', { patientId, sessionId })
  expect(signOff?.body.meaning).toBe('REVIEWED_WITH_DEVIATIONS')
})
