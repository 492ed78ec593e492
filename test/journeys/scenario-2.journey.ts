import type { Locator, Page } from '@playwright/test'
import { healthyAnswers } from '../../main/sample/answers.ts'
import type { ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import {
  type Course,
  openTreatingClinic,
  prescribe,
  readyToStart,
  register,
  screen,
  signIn,
  type TreatingClinic,
  type,
  wire,
} from './course.ts'
import { expect, expectAccessible, type House, pin, test } from './house.ts'
import { comeToDay, confirmWithPassword, goTo, openSession, signHere, takeBack, tomas } from './scenario-people.ts'
import { openPart } from './session-desk.ts'

test.use({ startsAt: '2026-05-26T16:00:00.000Z' })

const jawline = { zone: 'JAWLINE', side: 'R' } as const
const lastDose: ScreeningAnswers = {
  'SQ-10': { kind: 'CHOICE', chosen: { option: 'PAST', inputs: [{ kind: 'DATE', name: 'ON', date: '2026-03-02' }] } },
}
const stillTaken: ScreeningAnswers = { 'SQ-10': { kind: 'CHOICE', chosen: { option: 'NOW', inputs: [] } } }

test('Scenario 2: isotretinoin ended 92 days ago; a physician clears 0.50 mm on one test zone and no more', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const patientId = await register(clinic, tomas)
  await signIn(page, house, clinic.noor)
  await answerOnScreen(page, clinic, patientId)
  const course = await prescribe(clinic, {
    patientId,
    family: tomas.family,
    places: [{ ...jawline, depthUm: 1000 }],
  })
  await bookFor(page, house, { clinic, on: '2 jun 2026' })
  await expect(page.getByText('Earliest eligible date 02-Sep-2026.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('dialog', { name: 'Book a visit' }).getByRole('button', { name: 'Book', exact: true }).click()
  await expect(page.getByRole('button', { name: /^11:00, Lena Brook: .*Ferreira, Tomas/ })).toBeVisible()

  const sessionId = await planOnTheDay(clinic, course, lastDose)
  await signIn(page, house, clinic.lena)
  await openSession(page, course, sessionId)
  const start = page.getByRole('button', { name: 'Start the session' })
  await openPart(page, 'Start gate')
  const failure = page.getByRole('listitem').filter({ hasText: 'To be cleared:' })
  await expect(failure).toContainText('The last isotretinoin dose is less than the waiting time ago.')
  await expect(failure).toContainText('From 02-Sep-2026 on, time alone lifts it.')
  await expect(start).toBeDisabled()
  await expectAccessible(page)

  await clearOnScreen(page, house, clinic)

  await signIn(page, house, clinic.lena)
  await openSession(page, course, sessionId)
  await expect(start).toBeEnabled()
  await page
    .getByRole('grid', { name: 'Planned zones' })
    .getByRole('row', { name: /Jawline R/ })
    .click()
  const depth = page.getByRole('spinbutton', { name: 'Planned depth, mm' })
  await depth.fill('0.75')
  await expect(start).toBeDisabled()
  await openPart(page, 'Start gate')
  await expect(page.getByText(/0\.75 mm is over the limit of 0\.50 mm \(clearance\)/)).toBeVisible()
  await page.getByRole('button', { name: 'Go to it' }).click()
  await depth.fill('0.50')
  await start.click()
  await expect(page.getByRole('list', { name: 'This visit' })).toContainText('Started')
})

test('Scenario 2, variant: still taking it stops the treatment', async ({ page, house }) => {
  const clinic = await openTreatingClinic(house)
  const patientId = await register(clinic, tomas)
  await screen(clinic, patientId, 'FULL', { change: stillTaken })
  const course = await prescribe(clinic, { patientId, family: tomas.family, places: [{ ...jawline, depthUm: 500 }] })
  await bookFor(page, house, { clinic, on: '2 jun 2026' })
  await expect(page.getByText('An answer of the questionnaire stops a treatment.')).toBeVisible()
  await page.getByRole('button', { name: 'Make it a consultation with a physician' }).click()
  await page.getByRole('dialog', { name: 'Book a visit' }).getByRole('button', { name: 'Book', exact: true }).click()
  await expect(
    page.getByRole('button', { name: /^11:00, Dr Samuel Okafor: .*Ferreira, Tomas, Consultation/ }),
  ).toBeVisible()

  const sessionId = await planOnTheDay(clinic, course, stillTaken)
  await signIn(page, house, clinic.lena)
  await openSession(page, course, sessionId)
  await openPart(page, 'Start gate')
  await expect(page.getByText('Stop: Takes isotretinoin now.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start the session' })).toBeDisabled()
  await expectAccessible(page)
})

/** The form lies open with everything but the one answer that the story is about; he gives it and signs. */
async function answerOnScreen(page: Page, { noor }: TreatingClinic, patientId: PatientId): Promise<void> {
  const { desk } = noor
  const { screeningId } = await desk.must('screening.begin', { patientId, seriesId: null, wanted: 'FULL' })
  await desk.must('patientMode.begin', { kind: 'SCREENING', patientId, formId: screeningId })
  const { 'SQ-10': _hisToSay, ...others } = healthyAnswers('FULL')
  const draft = { patientId, screeningId, language: 'en' as const, looseTexts: [], marked: [] }
  await desk.must('screening.saveAnswers', { ...draft, version: 1, answers: wire(others) })
  await desk.must('patientMode.end', { pin })
  await goTo(page, `#/patients/${patientId}/screenings/${screeningId}`)
  await page.getByRole('button', { name: 'Hand the screen over' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^1 of/ })).toBeVisible()
  const isotretinoin = page.getByRole('group', { name: /isotretinoin/i })
  await turnTo(page, isotretinoin)
  await isotretinoin.getByLabel('Yes, in the past').check({ force: true })
  await isotretinoin.getByRole('textbox', { name: 'When was the last dose?' }).fill('3/2/2026')
  await turnTo(page, page.getByRole('heading', { name: 'Please check your answers' }))
  await expect(page.getByText('02-Mar-2026')).toBeVisible()
  await page.getByRole('button', { name: 'Next: sign' }).click()
  await signHere(page)
  await page.getByRole('button', { name: 'Sign my answers' }).click()
  await takeBack(page)
}

/** Page by page until this is there. */
async function turnTo(page: Page, wanted: Locator): Promise<void> {
  while (!(await wanted.isVisible())) {
    const heading = page.getByRole('heading', { level: 1 })
    const before = await heading.innerText()
    await page.getByRole('button', { name: /^Next/ }).click()
    await expect(heading).not.toHaveText(before)
  }
}

async function bookFor(
  page: Page,
  house: House,
  { clinic, on }: { readonly clinic: TreatingClinic; readonly on: string },
): Promise<void> {
  await signIn(page, house, clinic.noor)
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.getByLabel('Go to').fill(on)
  const slot = page.getByRole('button', { name: '11:00, Lena Brook: free, book' })
  await slot.focus()
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: 'Book a visit' })
  await expect(drawer.getByRole('combobox', { name: 'Patient' })).toBeFocused()
  await page.keyboard.type('ferreira')
  await page.getByRole('option', { name: /Ferreira, Tomas/ }).click()
}

/** 2 June: the short form says the same, and Lena plans 0.50 mm on the test zone. */
async function planOnTheDay(clinic: TreatingClinic, course: Course, change: ScreeningAnswers): Promise<string> {
  const { patientId, seriesId } = course
  await comeToDay(clinic, '2026-06-02')
  await screen(clinic, patientId, 'SHORT', { change })
  const { sessionId } = await clinic.lena.desk.must('session.begin', { patientId, seriesId })
  await type(clinic, course, sessionId, readyToStart(clinic, { ...course, places: [{ ...jawline, depthUm: 500 }] }))
  return sessionId
}

/** Today's list of the physician leads to the questionnaire; the clearance is written and signed there. */
async function clearOnScreen(page: Page, house: House, { okafor }: TreatingClinic): Promise<void> {
  await signIn(page, house, okafor)
  await page
    .getByRole('region', { name: 'Clearances asked for' })
    .getByRole('link', { name: /Ferreira/ })
    .click()
  await expect(page.getByText('Physician decides')).toBeVisible()
  await page.getByRole('button', { name: 'Clear or refuse' }).click()
  const drawer = page.getByRole('dialog', { name: 'Clear or refuse' })
  await drawer.getByRole('textbox', { name: 'Reason' }).fill('ASDS 2017; superficial; max 0.5 mm, test zone JAWLINE R')
  await drawer.getByRole('spinbutton', { name: /^Deepest setting/ }).fill('0.5')
  await drawer.getByLabel('Only certain zones, for example a test zone').check()
  const allowed = drawer.getByRole('group', { name: 'Zones allowed' })
  await allowed.getByRole('button', { name: /^Face/ }).click()
  await allowed.getByRole('button', { name: /Jawline.*right/i }).click()
  await expectAccessible(page)
  await drawer.getByRole('button', { name: 'Sign clearance' }).click()
  await confirmWithPassword(page, 'Sign clearance', 'Sign')
  const decisions = page.getByRole('region', { name: 'Physicians’ decisions' })
  await expect(decisions).toContainText('At most 0.50 mm')
  await expect(decisions).toContainText('Only Jawline')
}
