import {
  openTreatingClinic,
  planCourse,
  prescribe,
  register,
  screen,
  signIn,
  startSession,
  submitSession,
} from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'
import { enterLate, findChart } from './scenario-courses.ts'

// Clinical reference, section 11. Invented people.
test.use({ startsAt: '2026-06-02T15:00:00.000Z' })

const born = { family: 'Kowalczyk', bornOn: '1994-07-19' }

test('Scenario 9: twins are told apart at the desk, and a session in the wrong chart is voided and entered anew', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const ana = await planCourse(clinic, { ...born, given: 'Ana' })
  const evaId = await register(clinic, { ...born, given: 'Eva' })
  await screen(clinic, evaId, 'FULL')
  const eva = await prescribe(clinic, { patientId: evaId, family: born.family, places: ana.places })
  await clinic.noor.desk.must('visit.add', {
    ...{ patientId: eva.patientId, seriesId: eva.seriesId, onDate: '2026-06-02', atTime: '11:00', room: '1' },
    ...{ service: 'SESSION', serviceNote: null, practitionerId: clinic.lena.staffId },
  })

  // The search shows both with full name and chart number, and says that they are alike.
  await signIn(page, house, clinic.noor)
  await page.getByRole('combobox', { name: 'Find a patient' }).fill('Kowalczyk')
  const options = page.getByRole('option', { name: /Kowalczyk/ })
  await expect(options).toHaveCount(2)
  for (const { patientId, given } of [
    { patientId: ana.patientId, given: 'Ana' },
    { patientId: eva.patientId, given: 'Eva' },
  ]) {
    const { chartNumber } = (await clinic.noor.desk.must('patient.open', { patientId })).facts
    const option = options.filter({ hasText: given })
    await expect(option).toContainText(chartNumber)
    await expect(option).toContainText(/look-alike/i)
  }
  await page.keyboard.press('Escape')

  // At the desk a chart number is asked for; the sister's own is not taken.
  const row = page.getByRole('row', { name: /Kowalczyk, Eva/ })
  await row.click()
  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog', { name: 'Make sure who is at the desk' })
  await expect(dialog).toContainText('Ask for name and birth date')
  await expectAccessible(page, { within: '[role=dialog]' })
  const number = dialog.getByLabel('Chart number as the patient shows it')
  await number.fill((await clinic.noor.desk.must('patient.open', { patientId: ana.patientId })).facts.chartNumber)
  await dialog.getByRole('button', { name: 'Check in' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await number.fill((await clinic.noor.desk.must('patient.open', { patientId: eva.patientId })).facts.chartNumber)
  await dialog.getByRole('button', { name: 'Check in' }).click()
  await expect(row).toContainText('Here')

  // Eva's session is logged in Ana's chart; what really happened is written down in hers as a late entry.
  const wrongId = await startSession(clinic, ana)
  house.host.advanceMinutes(5)
  await submitSession(clinic, ana, wrongId)
  const endedAt = house.host.now()
  const rightId = await enterLate(clinic, eva, endedAt)

  // The physician marks the wrong one and links the right one.
  await signIn(page, house, clinic.okafor)
  await findChart(page, 'Kowalczyk, Ana')
  await expect(page.getByRole('region', { name: 'Session 1 of 4' })).toContainText('02-Jul-2026')
  await page.getByRole('region', { name: 'Last session' }).getByRole('link').first().click()
  await page.getByRole('button', { name: 'Mark as entered in error' }).click()
  const marking = page.getByRole('dialog', { name: 'Mark as entered in error' })
  await marking.getByLabel('What is wrong with it').fill('It was the twin who was treated.')
  await marking.getByRole('combobox', { name: 'Whose chart has the correct record' }).click()
  await page.getByRole('option', { name: /Kowalczyk, Eva/ }).click()
  await marking.getByRole('combobox', { name: 'The correct record, where the chart has it' }).click()
  await page.getByRole('option', { name: /^Session 1, 02-Jun-2026/ }).click()
  await marking.getByLabel('Your password').fill(password)
  await expectAccessible(page, { within: '[role=dialog]' })
  await marking.getByRole('button', { name: 'Mark as entered in error' }).click()
  await expect(marking).toBeHidden()
  await expect(page.getByText(/entered in error/i).first()).toBeVisible()
  await expectAccessible(page)
  expect(await clinic.lena.desk.must('session.open', { patientId: ana.patientId, sessionId: wrongId })).toMatchObject({
    session: { state: 'VOIDED' },
    voided: { correctSessionId: rightId },
  })

  // It counts for Eva alone: plan, due date, and the trace of the lot.
  await findChart(page, 'Kowalczyk, Ana')
  await expect(page.getByRole('region', { name: 'Session 0 of 4' })).toContainText('Nothing is due')
  await findChart(page, 'Kowalczyk, Eva')
  await expect(page.getByRole('region', { name: 'Session 1 of 4' })).toContainText('02-Jul-2026')
  await page.getByRole('link', { name: /^Stock/ }).click()
  await page.getByRole('link', { name: 'Recalls' }).click()
  await page.getByRole('link', { name: 'Trace a lot or device' }).click()
  await page.getByLabel('Lot number').fill('MN26-0611A')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 session', { exact: true })).toBeVisible()
  await expect(page.getByText('Kowalczyk, Eva').first()).toBeVisible()
  await expect(page.getByText('Kowalczyk, Ana')).toHaveCount(0)
})
