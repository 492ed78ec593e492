import type { Page } from '@playwright/test'
import { openTreatingClinic, planCourse, signIn } from './course.ts'
import { expect, expectAccessible, test } from './house.ts'

test('a series is booked, moved, and one of it cancelled to the waiting list; the first arrives and is seen on Today', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  await planCourse(clinic, { family: 'Aldous', given: 'Ines', bornOn: '1990-04-11' })
  await signIn(page, house, clinic.noor)

  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Calendar', level: 1 })).toBeVisible()
  const slots = page.getByRole('grid', { name: 'Day' })
  await expect(slots.getByRole('button', { name: '11:00, Lena Brook: free, book' })).toBeVisible()
  await expectAccessible(page)

  // By the keyboard alone: arrows between slots, Enter to book there.
  await slots.getByRole('button', { name: '11:00, Lena Brook: free, book' }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(slots.getByRole('button', { name: '11:15, Lena Brook: free, book' })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: 'Book a visit' })
  await expect(drawer.getByRole('combobox', { name: 'Patient' })).toBeFocused()
  await page.keyboard.type('aldous')
  await page.getByRole('option', { name: /Aldous, Ines/ }).click()
  await drawer.getByRole('radio', { name: 'The sessions of a course' }).check()
  await drawer.getByLabel('Sessions', { exact: true }).fill('3')
  await drawer.getByRole('combobox', { name: 'Room' }).fill('1')
  const dates = drawer.getByRole('list', { name: 'Dates of the series' })
  for (const day of ['Mon 03-Aug-2026', 'Thu 03-Sep-2026', 'Sat 03-Oct-2026'])
    await expect(dates.getByText(day)).toBeVisible()
  await expect(dates.getByText('This time is free.')).toHaveCount(3)
  await expectAccessible(page)
  await drawer.getByRole('button', { name: 'Book 3 sessions' }).click()
  await expect(
    slots.getByRole('button', { name: /^11:00, Lena Brook: 11:00 to 12:15, Aldous, Ines, Session 1 of 4/ }),
  ).toBeVisible()

  // The second moves to another day and time.
  await openBooking(page, '3 sep 2026')
  const edit = page.getByRole('dialog', { name: 'Change the booking' })
  await edit.getByLabel('Day').fill('4 sep 2026')
  await edit.getByLabel('Time').fill('9:30')
  await expect(edit.getByText('This time is free.')).toBeVisible()
  await expectAccessible(page)
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/^Fri 04-Sep-2026/)).toBeVisible()
  await expect(slots.getByRole('button', { name: /^09:30, Lena Brook: 09:30 to 10:45, Aldous/ })).toBeVisible()

  // The third is cancelled, and the patient waits for another time.
  await openBooking(page, '3 oct 2026')
  await edit.getByRole('button', { name: 'Cancel this booking' }).click()
  await edit.getByRole('radio', { name: 'The patient cancelled' }).check()
  await edit.getByRole('checkbox', { name: /waiting list/ }).check()
  await edit.getByRole('button', { name: 'Cancel the booking' }).click()
  await expect(page.getByText('1 patient waiting for a time')).toBeVisible()
  await page.getByRole('radio', { name: 'Waiting list' }).check()
  await expect(page.getByRole('table', { name: 'Waiting list' }).getByText('Aldous, Ines')).toBeVisible()
  await expectAccessible(page)
  for (const part of ['Reminders', 'Hours and absences', 'Week']) {
    await page.getByRole('radio', { name: part }).check()
    await expectAccessible(page)
  }

  // The first has come.
  await page.getByRole('link', { name: 'Today’s list' }).click()
  const line = page.getByRole('row', { name: /Aldous, Ines/ })
  await expect(line).toContainText('11:00')
  await line.click()
  await page.keyboard.press('c')
  await expect(line).toContainText('Here')
})

/** Goes to the day and opens the one booking of it, by the keyboard. */
async function openBooking(page: Page, day: string): Promise<void> {
  await page.getByLabel('Go to').fill(day)
  await page
    .getByRole('grid', { name: 'Day' })
    .getByRole('button', { name: /^11:00, .*Aldous/ })
    .focus()
  await page.keyboard.press('Enter')
}
