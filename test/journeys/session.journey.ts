import { choose, openTreatingClinic, passMinutes, planCourse, screen, signIn } from './course.ts'
import { expect, expectAccessible, pin, test } from './house.ts'
import { openPart, pick, submit } from './session-desk.ts'

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
  await openPart(page, 'Before')
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
  await openPart(page, 'Start gate')
  await expect(page.getByText('Everything is there. The gate is judged')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Start the session' }).click()
  await expect(page.getByRole('list', { name: 'This visit' })).toContainText('Started')

  await passMinutes(clinic, 9)
  // The window asks for the time every ten seconds; the button "now" means the time it shows.
  await expect(page.getByRole('banner')).toContainText('10:52')
  await openPart(page, 'Numbing and products')
  await choose(page, 'Numbing applied', 'No')
  await pick(page, 'Antiseptic from stock', /Chlorhexidine/)
  await choose(page, 'Products applied', 'No')
  await expectAccessible(page)
  await openPart(page, 'Zones')
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
  await openPart(page, 'Before')
  await choose(page, 'Discarded after use', 'Yes')
  await choose(page, 'In the sharps container', 'Yes')
  await openPart(page, 'Afterwards')
  await page.getByRole('button', { name: 'Needling ended: now' }).click()
  await choose(page, 'Ended early', 'No')
  await choose(page, 'Worst pain, 0 none to 10 worst', '3')
  await choose(page, 'Was any reaction seen', 'No')
  const bleeding = page.getByRole('textbox', { name: 'Minutes until bleeding stopped' })
  await bleeding.fill('2')
  await page.getByRole('button', { name: 'Lock' }).click()
  await page.getByLabel(`PIN of ${clinic.lena.printedName}`).fill(pin)
  // Back in the same part of the same session, with what was typed a moment before the lock.
  await expect(bleeding).toHaveValue('2')
  await page.getByRole('textbox', { name: 'Aftercare sheet, version' }).fill('1.0')
  await page.getByRole('textbox', { name: 'Language' }).fill('en')
  await choose(page, 'How it was given', 'Printed')
  await choose(page, 'Patient said it back', 'Yes')
  await choose(page, 'Needlestick injury of staff', 'No')
  await expectAccessible(page)
  await openPart(page, 'Check')
  const leftToDo = page.getByRole('region', { name: 'Left to do' })
  await expect(leftToDo).toContainText('The needling was unusually short. It needs a reason.')
  await expect(page.getByRole('button', { name: 'Submit for sign-off' })).toBeDisabled()
  await expectAccessible(page)
  await leftToDo.getByRole('button', { name: 'End time, reason' }).click()
  const reason = page.getByRole('textbox', { name: /^Reason: The needling was unusually short/ })
  await expect(reason).toBeFocused()
  await reason.fill('Four small zones, one pass each.')
  await expect(leftToDo).toContainText('Everything is there')
  await expectAccessible(page)
  await submit(page, 'Submit for sign-off')
  await expect(page.getByText('Waits for sign-off').first()).toBeVisible()
  await expectAccessible(page)

  const { sessions } = await clinic.okafor.desk.must('session.list', { patientId: course.patientId })
  expect(sessions).toMatchObject([{ state: 'SUBMITTED', zones: 4, maxDepthUm: 1000, deviations: 0, warnings: 1 }])
})
