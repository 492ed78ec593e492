import type { Page } from '@playwright/test'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { signIn, type TreatingClinic } from './course.ts'
import { expect, type House, type Person, password } from './house.ts'

/** Ten o'clock in Chicago, or another time in UTC, of a later day; the windows without a browser sign in again. */
export async function comeTo(
  { okafor, lena, noor }: TreatingClinic,
  house: House,
  day: CalendarDate,
  time = '15:00',
): Promise<void> {
  house.host.setNow(`${day}T${time}:00.000Z`)
  for (const { desk, signInName } of [okafor, lena, noor])
    await desk.must('signIn.withPassword', { signInName, password })
}

/** Signs the person in on this page and opens the chart that the name box finds. */
export async function openChart(page: Page, house: House, person: Person, family: string): Promise<void> {
  await signIn(page, house, person)
  await findChart(page, family)
}

/** From any screen to the one chart of this name. */
export async function findChart(page: Page, family: string): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Find a patient' })
  await box.fill(family)
  await page
    .getByRole('option', { name: new RegExp(family) })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: /^(Chart|Patient)$/, level: 1 })).toBeAttached()
}
