import { expect } from '@playwright/test'
import { openScreen } from '../screenshots/open-screen.ts'
import { test } from '../screenshots/sample-clinic.ts'
import { screens } from '../screenshots/screens.ts'
import { violationsOf } from './house.ts'

/** One of each screen; its other states, the dark scheme and the wide window are looked at with `npm run screenshots`. */
const onePerScreen = [
  'noor-today',
  'noor-patients',
  'noor-register',
  'noor-edit',
  'noor-symptom-call',
  'noor-follow-up',
  'noor-search',
  'noor-calendar',
  'noor-calendar-week',
  'noor-calendar-waiting',
  'noor-stock',
  'lena-photos',
  'lena-session-zones',
  'lena-session-review',
  'lena-screening-signed',
  'lena-consent-begun',
  'lena-consent-signed',
  'okafor-today',
  'okafor-sign-off',
  'okafor-chart',
  'okafor-packet',
  'okafor-plan',
  'okafor-outcome',
  'okafor-amendments',
  'okafor-order-new',
  'okafor-screening-findings',
  'okafor-clearance',
  'okafor-complication',
  'okafor-session-submitted',
  'okafor-session-rf',
  'okafor-recalls',
  'okafor-recall',
  'okafor-trace',
  'okafor-look-back',
  'okafor-consent-texts',
  'okafor-health-questions',
  'okafor-presets',
  'okafor-incidents',
  'okafor-reports',
  'okafor-reports-complications',
  'okafor-reports-outcomes',
  'greta-today',
  'greta-import',
  'greta-duplicates',
  'greta-merge',
  'greta-clinic',
  'greta-staff',
  'greta-policy',
  'greta-audit',
  'greta-copies',
  'greta-restore',
  'greta-keys',
]

test('every main screen of the sample clinic is free of accessibility violations', async ({ sample, browser }) => {
  // About a second each on a quiet machine, several on a busy one.
  test.setTimeout(600_000)
  for (const screen of screens.filter(({ name }) => onePerScreen.includes(name))) {
    const page = await openScreen(screen, sample, browser)
    expect.soft(await violationsOf(page), screen.name).toEqual([])
    expect.soft(sample.takeFaults(), screen.name).toEqual([])
  }
  const window = await sample.windowOf('greta', browser)
  await window.getByRole('button', { name: 'Start it anew' }).click()
  await expect(window.getByRole('dialog', { name: 'Start the sample clinic anew?' })).toBeVisible()
  expect.soft(await violationsOf(window, { within: '[role=dialog]' }), 'start anew').toEqual([])
})
