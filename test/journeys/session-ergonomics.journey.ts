import type { Page } from '@playwright/test'
import {
  choose,
  countersign,
  openTreatingClinic,
  passMinutes,
  readyToStart,
  screen,
  signIn,
  type TreatingClinic,
  treat,
  type,
} from './course.ts'
import { expect, expectAccessible, pin, test } from './house.ts'
import { openPart, pick } from './session-desk.ts'

/** What is pressed with gloves on is at least this large, in CSS pixels. */
const gloveSize = 44

/** Every control of the bar and of the zones that is smaller than a gloved finger. */
function smallControls(page: Page): Promise<readonly string[]> {
  return page.evaluate((size) => {
    const controls = document.querySelectorAll<HTMLElement>(
      '.session-bar button, .session-zones button, .session-zones .segmented-choice__segment, .session-zones tbody tr',
    )
    return [...controls].flatMap((control) => {
      const { width, height } = control.getBoundingClientRect()
      if (width === 0 || (width >= size && height >= size)) return []
      return [`${control.getAttribute('aria-label') ?? control.textContent}: ${width} x ${height}`]
    })
  }, gloveSize)
}

async function makePreset({ okafor }: TreatingClinic): Promise<void> {
  const row = {
    indication: 'ACNE_SCAR',
    technique: 'STAMP',
    passes: [['V', 'H']],
    endpoint: 'PINPOINT',
    speed: null,
  } as const
  await okafor.desk.must('sessionPreset.create', {
    name: 'Chin and forehead',
    rows: [
      { zone: 'CHIN', side: 'M', depthUm: 2000, ...row, passes: [['V', 'H']] },
      { zone: 'FOREHEAD', side: 'M', depthUm: 500, ...row, passes: [['V', 'H']] },
    ],
  })
}

test('the second session starts from the first: ghost, copied rows, preset, timers, and targets for gloves', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const course = await treat(clinic, { family: 'Fairley', given: 'Ines', bornOn: '1990-04-12' })
  await countersign(clinic, course)
  await makePreset(clinic)
  await passMinutes(clinic, 60 * 24 * 35)
  await screen(clinic, course.patientId, 'SHORT')
  const { patientId, seriesId } = course
  const { lena } = clinic
  const { sessionId } = await lena.desk.must('session.begin', { patientId, seriesId })
  await type(clinic, course, sessionId, { ...readyToStart(clinic, course), plan: { zones: [], addons: [] } })

  await signIn(page, house, lena)
  await page.goto(`${page.url().split('#')[0]}#/patients/${patientId}/sessions/${sessionId}`)
  // Nothing is planned yet; the last session stands on the map, in the legend and in words.
  await expect(page.getByText(/^Last session, .*Cheek, front, patient’s right/)).toBeAttached()
  await expect(
    page.getByRole('button', { name: /^Cheek, front, patient’s right, not treated, last time/ }),
  ).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: /^Session of/ }).click()
  await expect(page.getByText(/^Depth copied from the session of/)).toBeVisible()
  await page.getByRole('button', { name: 'This is right' }).click()
  await page.getByRole('button', { name: 'Preset', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Chin and forehead' }).click()
  // The preset's depth of the chin is kept out, because the chin is planned already; the forehead is not in the order.
  await expect(page.getByRole('grid', { name: 'Planned zones' }).getByRole('row', { name: /^Forehead/ })).toContainText(
    '0.50',
  )
  await page
    .getByRole('grid', { name: 'Planned zones' })
    .getByRole('row', { name: /^Forehead/ })
    .click()
  await expect(page.getByText('Meant: stamp · 1 pass V H · to pinpoint')).toBeVisible()
  await expect(page.getByRole('img', { name: /2\.50 device, cartridge/ })).toBeVisible()
  await expect(page.getByText('Also limited by clinic ceiling 3.50')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Remove from the plan' }).click()

  await page.getByRole('button', { name: 'Numbing on now' }).click()
  await expect(page.getByText('Draft saved')).toBeVisible()
  await passMinutes(clinic, 20)
  await signIn(page, house, lena)
  await page.goto(`${page.url().split('#')[0]}#/patients/${patientId}/sessions/${sessionId}`)
  await expect(page.locator('.session-timer')).toContainText('20 min')
  await passMinutes(clinic, 41)
  await signIn(page, house, lena)
  await page.goto(`${page.url().split('#')[0]}#/patients/${patientId}/sessions/${sessionId}`)
  await expect(page.locator('.session-timer')).toContainText('61 minover 60 min: take it off')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Numbing off now' }).click()
  await page.reload()
  await expect(page.locator('.session-timer')).toContainText('off')

  await page.getByRole('button', { name: 'Start the session' }).click()
  await expect(page.getByRole('button', { name: 'Needling ended' })).toBeVisible()
  await page.getByRole('button', { name: /^Session of/ }).click()
  const grid = page.getByRole('grid', { name: 'Zones of this session' })
  await grid.getByRole('row').nth(1).click()
  await expect(page.getByText(/^Depth and technique copied from the session of/)).toBeVisible()
  expect(await smallControls(page)).toEqual([])
  await expectAccessible(page)
  await page.getByRole('button', { name: 'This is what was done' }).click()
  await expect(page.getByText(/^Depth and technique copied from the session of/)).toBeHidden()
  await grid.getByRole('row').nth(2).click()
  await choose(page, /^Technique/, 'Mixed')
  await expect(page.getByText(/^Depth and technique copied from the session of/)).toBeHidden()
  await openPart(page, 'Check')
  await expect(page.getByRole('region', { name: 'Left to do' })).toContainText('copied values to confirm')

  await page.getByRole('button', { name: 'Needling ended' }).click()
  await page.getByRole('button', { name: 'Lock' }).click()
  await page.getByLabel(`PIN of ${lena.printedName}`).fill(pin)
  await expect(page.getByRole('button', { name: 'Still needling' })).toBeVisible()
  await expectAccessible(page)
})

test('a physician writes a preset, and everybody who treats can read it', async ({ page, house }) => {
  const clinic = await openTreatingClinic(house)
  await signIn(page, house, clinic.okafor)
  await page.goto(`${page.url().split('#')[0]}#/clinic/presets`)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'New preset' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Fine lines, forehead')
  await pick(page, 'Add a zone', 'Forehead')
  await page.getByRole('spinbutton', { name: /^Depth setting, mm: Forehead/ }).fill('9')
  await page.getByRole('button', { name: 'Save preset' }).click()
  await expect(page.getByText('Deeper than the clinic’s ceiling.')).toBeVisible()
  await page.getByRole('spinbutton', { name: /^Depth setting, mm: Forehead/ }).fill('0.75')
  await page.getByRole('button', { name: 'Forehead: pass 1' }).click()
  await page.getByRole('button', { name: 'V, vertical' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save preset' }).click()
  await expect(page.getByRole('table', { name: 'Zones of Fine lines, forehead' })).toContainText('0.75')
  await expectAccessible(page)
})
