import type { Page } from '@playwright/test'
import {
  choose,
  countersign,
  openTreatingClinic,
  planCourse,
  screen,
  signIn,
  startSession,
  submitSession,
} from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'
import { comeTo, openChart } from './scenario-courses.ts'
import { pick } from './session-desk.ts'

// Clinical reference, section 11. Invented people.
test.use({ startsAt: '2026-05-04T15:00:00.000Z' })

const chin = [{ zone: 'CHIN', side: 'M', depthUm: 1000 }] as const

test('Scenario 6: darker patches ten days after the chin hold the course until the physician resumes it at 0.50 mm', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const aisha = { family: 'Bello', given: 'Aisha', bornOn: '1997-02-11' }
  const course = await planCourse(clinic, aisha, chin, { skinType: 'V' })
  const { patientId, seriesId } = course
  const sessionId = await startSession(clinic, course)
  house.host.advanceMinutes(5)
  await submitSession(clinic, course, sessionId)
  await countersign(clinic, { patientId, sessionId })
  await clinic.noor.desk.must('visit.add', {
    ...{ patientId, seriesId, onDate: '2026-06-05', atTime: '10:00', room: '1' },
    ...{ service: 'SESSION', serviceNote: null, practitionerId: clinic.lena.staffId },
  })

  // 14 May, day 10: she calls, and Lena writes it down.
  await comeTo(clinic, house, '2026-05-14')
  await openChart(page, house, clinic.lena, 'Bello')
  await page.getByRole('button', { name: /^New/ }).click()
  await page.getByRole('menuitem', { name: 'Symptom call or complication' }).click()
  await page.getByRole('textbox', { name: 'In the caller’s words' }).fill('Darker patches on both sides of the chin.')
  await page.getByLabel('Began on').fill('12 may 2026')
  await pick(page, 'After the session of', /04-May-2026/)
  await pick(page, 'What it is', 'Darkening after inflammation (PIH)')
  await choose(page, 'Grade now', '2')
  await expect(page.getByRole('heading', { name: 'A physician must know now' })).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save the report' }).click()
  await expect(page.getByText('Grade 2 now, worst 2, day 10 after the session of 04-May-2026')).toBeVisible()
  await expect(page.getByText('12-May-2026')).toBeVisible()
  for (const day of ['18-May-2026', '01-Jun-2026', '29-Jun-2026', '02-Aug-2026', '31-Oct-2026'])
    await expect(page.getByText(day).first()).toBeVisible()
  await expectAccessible(page)

  // The course is on hold and the booking of 5 June with it; the physician sees the report the same day.
  await openChart(page, house, clinic.okafor, 'Bello')
  await expect(page.getByRole('region', { name: 'Session 1 of 4' })).toContainText('On hold')
  await page.getByRole('link', { name: /^Today/ }).click()
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.getByLabel('Go to').fill('5 jun 2026')
  await expect(page.getByRole('button', { name: /^10:00, Lena Brook: .*Bello, Aisha, .*Held: / })).toBeVisible()
  await openReport(page)
  await page.getByRole('button', { name: 'Take under review' }).click()
  await expect(page.getByText('Under review', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Go on monitoring' }).click()
  await expect(page.getByText('Monitoring', { exact: true })).toBeVisible()

  // Day 90: grade 1. Day 150: gone, and the physician lets the course go on at 0.50 mm.
  await comeTo(clinic, house, '2026-08-02')
  await openChart(page, house, clinic.okafor, 'Bello')
  await openReport(page)
  await choose(page, 'Grade now', '1')
  await page.getByRole('textbox', { name: 'Note' }).fill('Fading.')
  await page.getByRole('button', { name: 'Save the assessment' }).click()
  await expect(page.getByText('Grade 1 now, worst 2')).toBeVisible()
  await comeTo(clinic, house, '2026-10-01')
  await openChart(page, house, clinic.okafor, 'Bello')
  await openReport(page)
  await pick(page, 'Outcome', 'Gone')
  await page.getByLabel('Ended on').fill('1 oct 2026')
  await page.getByRole('textbox', { name: 'Note' }).fill('Even again. Next one at 0.5 mm.')
  await choose(page, 'Course of treatment', 'Modify')
  await page.getByRole('button', { name: 'Save the assessment' }).click()
  await expect(page.getByText('Even again. Next one at 0.5 mm.')).toBeVisible()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  const closing = page.getByRole('dialog', { name: 'Close the complication' })
  await closing.getByLabel('Your password').fill(password)
  await closing.getByRole('button', { name: 'Sign and close' }).click()
  await expect(page.getByText('Closed', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Back to chart' }).click()
  await expect(page.getByRole('region', { name: 'Session 1 of 4' })).not.toContainText('On hold')

  // Her next questionnaire says so: a physician decides, and the consent is taken anew.
  await screen(clinic, patientId, 'FULL', {
    change: { 'SQ-38': { kind: 'MULTI', chosen: [{ option: 'PIH', inputs: [] }] } },
  })
  await signIn(page, house, clinic.okafor)
  await expect(page.getByRole('region', { name: 'Clearances asked for' })).toContainText('Bello')
  const { patients } = await clinic.okafor.desk.must('clearance.asked', {})
  expect(patients[0]?.findings).toMatchObject([{ rule: 'PIH_DARKER_SKIN' }])
})

/** From wherever the physician is to the open report of the chart. */
async function openReport(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Find a patient' }).fill('Bello')
  await page.getByRole('option', { name: /Bello/ }).first().click()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Darkening after inflammation (PIH)', level: 1 })).toBeVisible()
}
