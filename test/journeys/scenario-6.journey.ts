import type { Page } from '@playwright/test'
import {
  choose,
  countersign,
  openTreatingClinic,
  planCourse,
  readyToStart,
  screen,
  signIn,
  startSession,
  submitSession,
  type,
} from './course.ts'
import { keepFromFile } from './drawn-photo.ts'
import { expect, expectAccessible, type House, type Person, password, test } from './house.ts'
import { comeTo, openChart } from './scenario-courses.ts'
import { confirmWithPassword, openSession, readAndSign } from './scenario-people.ts'
import { openPart, pick } from './session-desk.ts'

// Clinical reference, section 11. Invented people.
test.use({ startsAt: '2026-05-04T15:00:00.000Z' })

const chin = [{ zone: 'CHIN', side: 'M', depthUm: 1000 }] as const

test('Scenario 6: darker patches ten days after the chin hold the course until the physician resumes it at 0.50 mm', async ({
  page,
  house,
}) => {
  test.setTimeout(240_000)
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
  await photograph(page, '14-May-2026')

  // The check of day 14 stands on the worklist and is done there.
  await comeTo(clinic, house, '2026-05-18')
  await signIn(page, house, clinic.lena)
  await page.getByRole('link', { name: /^Follow-up/ }).click()
  const due = page.getByRole('region', { name: 'Due now' })
  const check = due.getByRole('listitem').filter({ hasText: 'Complication check' }).first()
  await expect(check).toContainText('Bello, Aisha')
  await check.getByRole('button', { name: /^Done/ }).click()
  const finish = page.getByRole('dialog', { name: 'Complication check' })
  await choose(finish, 'How it went', 'Reached')
  await finish.getByRole('textbox', { name: /^What came of it/ }).fill('The same; sunscreen daily.')
  await finish.getByRole('button', { name: 'Mark as done' }).click()
  await expect(finish).toBeHidden()

  // Day 90: grade 1. Day 150: gone, and the physician lets the course go on at 0.50 mm.
  await comeTo(clinic, house, '2026-08-02')
  await openChart(page, house, clinic.okafor, 'Bello')
  await openReport(page)
  await choose(page, 'Grade now', '1')
  await page.getByRole('textbox', { name: 'Note' }).fill('Fading.')
  await page.getByRole('button', { name: 'Save the assessment' }).click()
  await expect(page.getByText('Grade 1 now, worst 2')).toBeVisible()
  await photograph(page, '02-Aug-2026')
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

  // Her next questionnaire names it, so the physician decides, and the consent is taken anew.
  await screen(clinic, patientId, 'FULL', {
    change: { 'SQ-38': { kind: 'MULTI', chosen: [{ option: 'PIH', inputs: [] }] } },
  })
  await clearAtHalfAMillimetre(page, house, clinic.okafor)

  await comeTo(clinic, house, '2026-10-05')
  await screen(clinic, patientId, 'SHORT')
  const next = await clinic.lena.desk.must('session.begin', { patientId, seriesId })
  const planned = { ...course, places: [{ ...chin[0], depthUm: 500 }] }
  await type(clinic, course, next.sessionId, readyToStart(clinic, planned))
  await signIn(page, house, clinic.lena)
  await openSession(page, course, next.sessionId)
  await openPart(page, 'Start gate')
  const start = page.getByRole('button', { name: 'Start the session' })
  const stale = page.getByRole('listitem').filter({ hasText: 'Since the consent the patient answered something' })
  await expect(stale).toBeVisible()
  await expect(start).toBeDisabled()
  await expectAccessible(page)
  await stale.getByRole('link', { name: 'Consent' }).click()
  await page.getByRole('button', { name: 'Prepare a new form like this' }).click()
  await pick(page, 'Proof of identity seen', /driving licence/i)
  await page.getByRole('button', { name: 'Fill and freeze the form' }).click()
  await readAndSign(page, 'AB')

  await openSession(page, course, next.sessionId)
  await expect(start).toBeEnabled()
  await page.getByRole('grid', { name: 'Planned zones' }).getByRole('row', { name: /Chin/ }).click()
  const depth = page.getByRole('spinbutton', { name: 'Planned depth, mm' })
  await depth.fill('0.75')
  await openPart(page, 'Start gate')
  await expect(page.getByText(/0\.75 mm is over the limit of 0\.50 mm \(clearance\)/)).toBeVisible()
  await expect(start).toBeDisabled()
  await page.getByRole('button', { name: 'Go to it' }).click()
  await depth.fill('0.50')
  await start.click()
  await expect(page.getByRole('list', { name: 'This visit' })).toContainText('Started')
})

/** On the open report: one picture from the front of this day, named by the report. */
async function photograph(page: Page, day: string): Promise<void> {
  await page.getByRole('button', { name: /ake photos$/ }).click()
  await page.getByRole('button', { name: 'Add photos' }).click()
  await keepFromFile(page, 24)
  await page.getByRole('dialog', { name: 'Add photos' }).getByRole('button', { name: 'Done' }).click()
  await page.getByRole('link', { name: 'Back to the complication' }).click()
  const picture = page.getByRole('checkbox', { name: `Front, ${day}` })
  await picture.check()
  await page.getByRole('button', { name: 'Save the assessment' }).click()
  await expect(page.getByRole('button', { name: 'Take photos', exact: true })).toBeVisible()
  await expect(picture).toBeChecked()
}

/** From today's list to the questionnaire, and the clearance of SQ-38 under a bound. */
async function clearAtHalfAMillimetre(page: Page, house: House, okafor: Person): Promise<void> {
  await signIn(page, house, okafor)
  const asked = page.getByRole('region', { name: 'Clearances asked for' })
  await asked.getByRole('link', { name: /Bello/ }).click()
  await page.getByRole('button', { name: 'Clear or refuse' }).click()
  const drawer = page.getByRole('dialog', { name: 'Clear or refuse' })
  await drawer.getByRole('textbox', { name: 'Reason' }).fill('PIH of May has gone; superficial from now on.')
  await drawer.getByRole('spinbutton', { name: /^Deepest setting/ }).fill('0.5')
  await drawer.getByRole('button', { name: 'Sign clearance' }).click()
  await confirmWithPassword(page, 'Sign clearance', 'Sign')
  await expect(page.getByRole('region', { name: 'Physicians’ decisions' })).toContainText('At most 0.50 mm')
}

/** From wherever the physician is to the open report of the chart. */
async function openReport(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Find a patient' }).fill('Bello')
  await page.getByRole('option', { name: /Bello/ }).first().click()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Darkening after inflammation (PIH)', level: 1 })).toBeVisible()
}
