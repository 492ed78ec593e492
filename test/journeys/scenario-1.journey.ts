import type { Page } from '@playwright/test'
import type { SessionDraft } from '../../shared/domain/session.ts'
import {
  type Course,
  choose,
  countersign,
  loggedUntilNow,
  openTreatingClinic,
  passMinutes,
  planCourse,
  signIn,
  startSession,
  submitSession,
  type TreatingClinic,
  type,
} from './course.ts'
import { expect, expectAccessible, type House, test } from './house.ts'
import {
  cheeks,
  comeToDay,
  confirmWithPassword,
  goTo,
  logTwoPasses,
  mara,
  openChart,
  openSession,
} from './scenario-people.ts'
import { openPart, pick, submit } from './session-desk.ts'

test.use({ startsAt: '2026-01-20T16:00:00.000Z' })

test('Scenario 1: four sessions a calendar month apart, and the outcome six months after the last', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const course = await planCourse(clinic, mara, cheeks(1500), { skinType: 'II' })
  await signIn(page, house, clinic.okafor)
  await goTo(page, `#/patients/${course.patientId}/plan/${course.seriesId}`)
  await rate(page, { what: 'baseline', levels: { 'Goodman & Baron qualitative': /^3 Moderate/ } })

  await comeToDay(clinic, '2026-01-31')
  await logFirstSession(page, house, { clinic, course })
  for (const [day, nextDue] of [
    ['2026-02-28', '28-Mar-2026'],
    ['2026-03-28', '28-Apr-2026'],
    ['2026-04-28', null],
  ] as const) {
    await comeToDay(clinic, day)
    const sessionId = await startSession(clinic, course)
    await submitSession(clinic, course, sessionId, twoPasses(clinic, course))
    await countersign(clinic, { ...course, sessionId })
    await signIn(page, house, clinic.lena)
    await openChart(page, mara.family)
    await expect(page.getByText(nextDue === null ? 'Nothing is due' : nextDue).first()).toBeVisible()
  }
  await page.getByRole('link', { name: 'Courses and orders' }).click()
  await expect(page.getByText('28-Oct-2026 (14-Oct-2026 to 11-Nov-2026)')).toBeVisible()
  await expectAccessible(page)

  await comeToDay(clinic, '2026-10-28')
  await signIn(page, house, clinic.okafor)
  await page.getByRole('link', { name: /^Follow-up/ }).click()
  await page.getByRole('region', { name: 'Due now' }).getByRole('link', { name: 'Outcome review' }).click()
  await rate(page, {
    what: 'outcome',
    levels: {
      'Global Aesthetic Improvement Scale': /^2 Much improved/,
      'Goodman & Baron qualitative': /^2 Mild/,
    },
  })
  const said = page.getByRole('region', { name: 'Reported by the patient' })
  await said.getByRole('button', { name: 'Write down' }).click()
  await said.getByRole('radio', { name: /^3 Improved/ }).check()
  await said.getByRole('button', { name: 'Save what the patient said' }).click()
  await expect(said).toContainText('GAIS, patient3 Improved')
  const levels = page.getByRole('table', { name: 'Levels at baseline and outcome' })
  const scars = levels.getByRole('row', { name: /Goodman & Baron qualitative/ })
  await expect(scars).toContainText(/3 Moderate.*2 Mild.*Better/)
  await expect(levels.getByRole('row', { name: /Global Aesthetic/ })).toContainText('2 Much improved')
  await expect(page.getByText('The review was due on 28-Oct-2026')).toBeVisible()
  await expectAccessible(page)
})

type Rated = { readonly what: 'baseline' | 'outcome'; readonly levels: Readonly<Record<string, RegExp>> }

/** The physician rates on each scale and signs it. */
async function rate(page: Page, { what, levels }: Rated): Promise<void> {
  await page.getByRole('button', { name: `Rate the ${what}` }).click()
  for (const [scale, level] of Object.entries(levels))
    await page.getByRole('radiogroup', { name: scale }).getByRole('radio', { name: level }).check()
  await page.getByRole('button', { name: 'Sign the rating' }).click()
  await confirmWithPassword(page, `Rate the ${what}`, 'Sign')
  await expect(page.getByText(new RegExp(`^${what} signed by Dr Samuel Okafor`, 'i'))).toBeVisible()
}

type Hers = { readonly clinic: TreatingClinic; readonly course: Course }

/** 31 January: the zones, the numbing and the serum are logged on screen, the rest as usual. */
async function logFirstSession(page: Page, house: House, { clinic, course }: Hers): Promise<void> {
  const sessionId = await startSession(clinic, course)
  await passMinutes(clinic, 28)
  const { anaesthetic: _cream, postProducts: _serum, zoneRows: _zones, ...usual } = loggedUntilNow(clinic, course)
  await type(clinic, course, sessionId, usual)
  await signIn(page, house, clinic.lena)
  await openSession(page, course, sessionId)

  await openPart(page, 'Zones')
  const zones = page.getByRole('grid', { name: 'Zones of this session' })
  for (const side of ['R', 'L']) {
    await zones.getByRole('row', { name: new RegExp(`Cheek, front ${side}`) }).click()
    await page.getByRole('button', { name: 'As planned, 1.50' }).click()
    await logTwoPasses(page)
  }
  await expect(zones.getByRole('row', { name: /Cheek, front L/ })).toContainText('V H OR / V H OR')

  await openPart(page, 'Numbing and products')
  await choose(page, 'Numbing applied', 'Yes')
  await pick(page, 'Numbing from stock', /Lidocaine cream 4 %/)
  await page.getByRole('textbox', { name: 'Grams' }).fill('5')
  await page.getByRole('button', { name: 'All of them' }).click()
  await page.getByRole('textbox', { name: 'On at' }).fill('9:25')
  await page.getByRole('textbox', { name: 'Off at' }).fill('9:55')
  await expect(page.getByText('30 min on the skin')).toBeVisible()
  await choose(page, 'Covered with film', 'No')
  await choose(page, 'Taken off fully', 'Yes')
  await choose(page, 'Products applied', 'Yes')
  await pick(page, 'Product 1 from stock', /HA serum/)
  await expectAccessible(page)

  await openPart(page, 'Check')
  await expect(page.getByRole('region', { name: 'Left to do' })).toContainText('Everything is there')
  await submit(page, 'Submit for sign-off')
  await expect(page.getByText('Waits for sign-off').first()).toBeVisible()
  await countersign(clinic, { ...course, sessionId })
  await openChart(page, mara.family)
  await expect(page.getByText('28-Feb-2026').first()).toBeVisible()
}

/** The same again: 1.50 mm on both cheeks, three directions, pinpoint bleeding after the second pass. */
function twoPasses(clinic: TreatingClinic, course: Course): Partial<SessionDraft> {
  const directions = ['V', 'H', 'OR'] as const
  const passes = [
    { no: 1, directions, endpointAfter: 'ERYTHEMA' },
    { no: 2, directions, endpointAfter: 'PINPOINT' },
  ] as const
  const { zoneRows } = loggedUntilNow(clinic, course)
  return { zoneRows: (zoneRows ?? []).map((row) => ({ ...row, passes })) }
}
