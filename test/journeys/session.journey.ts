import type { Page } from '@playwright/test'
import { choose, openTreatingClinic, planCourse, screen, signIn } from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'

const places = [
  { zone: 'FOREHEAD', side: 'M', depthUm: 500 },
  { zone: 'CHEEK_ANT', side: 'R', depthUm: 1000 },
  { zone: 'CHEEK_ANT', side: 'L', depthUm: 1000 },
  { zone: 'CHIN', side: 'M', depthUm: 750 },
] as const

test('a session of four zones is planned, let through the gate, logged, reloaded in between, and submitted', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const course = await planCourse(clinic, { family: 'Dunmore', given: 'Ines', bornOn: '1990-04-12' }, places)
  await screen(clinic, course.patientId, 'SHORT')

  await signIn(page, house, clinic.lena)
  await page.getByRole('combobox', { name: 'Find a patient' }).fill('Dunmore')
  await expect(page.getByRole('option', { name: /Dunmore/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^New/ }).click()
  await page.getByRole('menuitem', { name: 'Session', exact: true }).click()

  await page.getByRole('button', { name: 'The order' }).click()
  await expect(page.getByRole('grid', { name: 'Planned zones' }).getByRole('row')).toHaveCount(5)
  await expectAccessible(page)
  await part(page, 'Before')
  await page.getByLabel('Full name').check()
  await page.getByLabel('Birth date').check()
  await choose(page, 'Still agrees today', 'Yes')
  await pick(page, 'Supervising physician', 'Dr Samuel Okafor')
  await choose(page, 'Supervision, as confirmed now', 'On site')
  await page.getByRole('textbox', { name: 'Room' }).fill('1')
  await pick(page, 'Device', /H-77120/)
  await page.getByRole('textbox', { name: /^Speed/ }).fill('100')
  await page.getByRole('button', { name: 'Open a cartridge' }).click()
  await pick(page, 'Cartridge c1: from stock', /MN26-0611A/)
  await choose(page, 'Seal intact', 'Yes')
  await page.getByLabel('Nothing to remark').check()
  await choose(page, 'Photos before', 'Declined')
  await page.getByRole('textbox', { name: 'Photos before: why declined' }).fill('Does not want any')
  await expect(page.getByText('Draft saved')).toBeVisible()
  await expectAccessible(page)

  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Room' })).toHaveValue('1')
  await expect(page.getByRole('textbox', { name: 'Photos before: why declined' })).toHaveValue('Does not want any')
  await part(page, 'Start gate')
  await expect(page.getByText('Everything is there. The gate is judged')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Start the session' }).click()

  house.host.advanceMinutes(9)
  await part(page, 'Numbing and products')
  await choose(page.locator('[data-path="anaesthetic.kind"]'), 'Was anything applied', 'No')
  await pick(page, 'Antiseptic from stock', /Chlorhexidine/)
  await choose(page.locator('[data-path="postProducts.kind"]'), 'Was anything applied', 'No')
  await expectAccessible(page)
  await part(page, 'Zones')
  for (const [index] of places.entries()) {
    await page
      .getByRole('grid', { name: 'Zones of this session' })
      .getByRole('row')
      .nth(index + 1)
      .click()
    await page.getByRole('button', { name: /^As planned/ }).click()
    await page.getByRole('button', { name: 'V, vertical' }).click()
    await choose(page, 'After pass 1', 'Pinpoint')
    await choose(page, /^Technique/, 'Stamp')
    await pick(page, 'Stopped because', 'Endpoint reached')
  }
  await expectAccessible(page)
  await part(page, 'Before')
  await choose(page, 'Discarded after use', 'Yes')
  await choose(page, 'In the sharps container', 'Yes')
  await part(page, 'Afterwards')
  await page.getByRole('button', { name: 'Needling ended: now' }).click()
  await choose(page, 'Ended early', 'No')
  await choose(page, 'Worst pain, 0 none to 10 worst', '3')
  await choose(page, 'Was any reaction seen', 'No')
  await page.getByRole('textbox', { name: 'Minutes until bleeding stopped' }).fill('2')
  await page.getByRole('textbox', { name: 'Aftercare sheet, version' }).fill('1.0')
  await page.getByRole('textbox', { name: 'Language' }).fill('en')
  await choose(page, 'How it was given', 'Printed')
  await choose(page, 'Patient said it back', 'Yes')
  await choose(page, 'Needlestick injury of staff', 'No')
  await expectAccessible(page)
  await part(page, 'Check')
  await page
    .getByRole('textbox', { name: /^Reason: The needling was unusually short/ })
    .fill('Four small zones, one pass each.')
  await expect(page.getByText('Everything is there', { exact: false }).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Submit/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your password').fill(password)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: /^Submit/ }).click()
  await expect(page.getByText('Waits for sign-off').first()).toBeVisible()
  await expectAccessible(page)

  const { sessions } = await clinic.okafor.desk.must('session.list', { patientId: course.patientId })
  expect(sessions).toMatchObject([{ state: 'SUBMITTED', zones: 4, maxDepthUm: 1000, deviations: 0, warnings: 1 }])
})

async function part(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Parts of the session' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()
}

async function pick(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: option }).click()
}
