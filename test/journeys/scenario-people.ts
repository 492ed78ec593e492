import type { Page } from '@playwright/test'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { type Course, choose, passMinutes, type TreatingClinic } from './course.ts'
import { expect, password, pin } from './house.ts'
import { drawSignature } from './patient-form.ts'
import { pick } from './session-desk.ts'

// The invented people of the clinical reference, section 11, and what their stories have in common.

export const mara = { family: 'Lindqvist', given: 'Mara', bornOn: '1991-06-03' }
export const tomas = { family: 'Ferreira', given: 'Tomas', bornOn: '2003-11-05' }
export const priya = { family: 'Nair', given: 'Priya', bornOn: '2008-04-10' }
export const motherOfPriya = {
  name: 'Anjali Nair',
  relationship: 'mother',
  phone: '+1 312 555 0177',
  proofSeen: 'Birth certificate',
}

/** Both front cheeks at one depth. */
export function cheeks(depthUm: number) {
  return [
    { zone: 'CHEEK_ANT', side: 'R', depthUm },
    { zone: 'CHEEK_ANT', side: 'L', depthUm },
  ] as const
}

/** Mid-morning of that day in Chicago; everybody signs in again. */
export async function comeToDay(clinic: TreatingClinic, day: CalendarDate): Promise<void> {
  const { host } = clinic.house
  await passMinutes(clinic, (Date.parse(`${day}T16:00:00.000Z`) - Date.parse(host.now())) / 60_000)
}

/** Goes to a screen by its address. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((wanted) => {
    window.location.hash = wanted
  }, path)
}

/** Opens the chart of the one patient with this surname. */
export async function openChart(page: Page, family: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Find a patient' }).fill(family)
  await expect(page.getByRole('option', { name: new RegExp(family) })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Chart', level: 1 })).toBeAttached()
}

/** A session without a patient's chart around it: the desk of Lena on the screen. */
export async function openSession(
  page: Page,
  { patientId }: Pick<Course, 'patientId'>,
  sessionId: string,
): Promise<void> {
  await goTo(page, `#/patients/${patientId}/sessions/${sessionId}`)
  await expect(page.getByRole('navigation', { name: 'Parts of the session' })).toBeVisible()
}

/** Draws the mark and ticks the sentence under it. */
export async function signHere(page: Page): Promise<void> {
  await drawSignature(page)
  await page.getByRole('region', { name: 'Sign here with finger or pen' }).getByRole('checkbox').check()
}

/** The window goes back to staff. */
export async function takeBack(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Thank you. Everything is saved.' })).toBeVisible()
  await page.getByLabel('Staff PIN').fill(pin)
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible()
}

/** One zone as it was treated: two passes in three directions, pinpoint bleeding after the second. */
export async function logTwoPasses(page: Page): Promise<void> {
  for (const [pass, endpoint] of [
    [1, 'Erythema'],
    [2, 'Pinpoint'],
  ] as const) {
    if (pass > 1) await page.getByRole('button', { name: `Pass ${pass}`, exact: true }).click()
    const directions = page.getByRole('group', { name: `Pass ${pass} · directions` })
    for (const name of ['V, vertical', 'H, horizontal', 'OR, oblique, right-leaning'])
      await directions.getByRole('button', { name }).click()
    await choose(page, `After pass ${pass}`, endpoint)
  }
  await choose(page, /^Technique/, 'Glide')
  await pick(page, 'Stopped because', 'Endpoint reached')
}

/** The physician's password under what the dialog says. */
export async function confirmWithPassword(page: Page, title: string, button: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.getByLabel('Your password').fill(password)
  await dialog.getByRole('button', { name: button }).click()
}

/** Page by page with initials where they are asked, both agreements where there are two, and the mark. */
export async function readAndSign(page: Page, initials: string): Promise<void> {
  await page.getByRole('button', { name: 'Hand to the patient' }).click()
  const agree = page.getByRole('heading', { name: 'Your agreement' })
  const heading = page.getByRole('heading', { level: 1 })
  await expect(page.getByRole('status').filter({ hasText: /^1 of/ })).toBeVisible()
  while (!(await agree.isVisible())) {
    const before = await heading.innerText()
    for (const field of await page.getByLabel('Initial here').all()) await field.fill(initials)
    await page.getByRole('button', { name: /^Next/ }).click()
    await expect(heading).not.toHaveText(before)
  }
  await page.getByLabel(/^I agree to microneedling of/).check({ force: true })
  const assent = page.getByLabel(/: I want this treatment too/)
  if ((await assent.count()) > 0) await assent.check({ force: true })
  await signHere(page)
  await page.getByRole('button', { name: 'I agree and sign' }).click()
  await takeBack(page)
}
