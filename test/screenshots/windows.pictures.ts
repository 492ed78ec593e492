import type { Browser, Page } from '@playwright/test'
import { passphrase, password, pin } from '../journeys/house.ts'
import { answerThisPage, drawSignature } from '../journeys/patient-form.ts'
import { typeCodeBack } from '../journeys/recovery-code.ts'
import { draw } from './draw.ts'
import { type SampleClinic, staffNames, test } from './sample-clinic.ts'

/** What stands outside the frame: doors, the first start, and the patient's own screen. They come last, for they write. */
async function openWindow(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  await page.goto(address)
  return page
}

async function openAsLena(sample: SampleClinic, browser: Browser, path: string): Promise<Page> {
  const page = await openWindow(browser, sample.newAddress())
  await page.getByRole('button', { name: staffNames.lena }).click()
  await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
  await page.evaluate((to) => {
    window.location.hash = to
  }, `#${path}`)
  return page
}

test('sign-in-sample', async ({ sample, browser }) => {
  const page = await openWindow(browser, sample.newAddress())
  await page.getByRole('button', { name: staffNames.lena }).waitFor()
  await draw(page, 'sign-in-sample')
  await page.close()
})

test('lock', async ({ sample, browser }) => {
  const page = await openAsLena(sample, browser, '/patients')
  await page.getByRole('button', { name: 'Lock' }).click()
  await page.getByRole('heading', { name: /^Locked at/ }).waitFor()
  await draw(page, 'lock')
  await page.close()
})

test('passphrase and sign-in', async ({ lockedAddress, browser }) => {
  const page = await openWindow(browser, lockedAddress)
  await page.getByLabel('Passphrase of the clinic').waitFor()
  await draw(page, 'passphrase')
  await page.getByLabel('Passphrase of the clinic').fill(passphrase)
  await page.keyboard.press('Enter')
  await page.getByLabel('Sign-in name').waitFor()
  await draw(page, 'sign-in')
  await page.close()
})

test('first run and set-up', async ({ firstAddress, browser }) => {
  const page = await openWindow(browser, firstAddress)
  await page.getByRole('heading', { name: 'Countersign' }).waitFor()
  await draw(page, 'first-run')
  await page.getByRole('button', { name: 'Set up my clinic' }).click()
  await page.getByLabel('Name of the clinic').fill('Alder Row Skin Clinic')
  await page.getByRole('combobox', { name: 'State' }).fill('Illinois')
  await page.getByRole('option', { name: 'Illinois' }).click()
  await page.getByLabel('Phone for urgent calls').fill('+1 312 555 0100')
  await draw(page, 'set-up-1-clinic')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Your name as printed').fill('Greta Ansbach')
  await page.getByLabel('Credential or function').fill('Practice manager')
  await page.getByLabel('Sign-in name').fill('greta')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.getByLabel('Once more').fill(pin)
  await draw(page, 'set-up-2-owner')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Passphrase of the clinic').fill(passphrase)
  await page.getByLabel('Once more').fill(passphrase)
  await draw(page, 'set-up-3-passphrase')
  await page.getByRole('button', { name: 'Make the records' }).click()
  await page.getByRole('button', { name: 'Make the code' }).click()
  await page.getByRole('list', { name: 'Recovery code' }).waitFor()
  await draw(page, 'set-up-3-recovery-code')
  await typeCodeBack(page)
  await page.getByRole('heading', { name: 'The responsible physician' }).waitFor()
  await draw(page, 'set-up-4-physician')
  await page.close()
})

test('patient mode, questionnaire', async ({ sample, browser }) => {
  const path = `/patients/${sample.patientId('Eva')}/screenings/${sample.begun.screeningId}`
  const page = await openAsLena(sample, browser, path)
  await page.getByRole('button', { name: 'Hand the screen over' }).click()
  await page.getByRole('status').filter({ hasText: /^1 of/ }).waitFor()
  await draw(page, 'patient-questions')
  const check = page.getByRole('heading', { name: 'Please check your answers' })
  await turnPages(page, check)
  await draw(page, 'patient-check')
  await page.getByRole('button', { name: 'Next: sign' }).click()
  await drawSignature(page)
  await draw(page, 'patient-sign')
  await page.getByRole('region', { name: 'Sign here with finger or pen' }).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Sign my answers' }).click()
  await page.getByRole('heading', { name: 'Thank you. Everything is saved.' }).waitFor()
  await draw(page, 'patient-thanks')
  await page.close()
})

test('patient mode, consent', async ({ sample, browser }) => {
  const path = `/patients/${sample.patientId('Tomas')}/consents/${sample.begun.frozenConsentId}`
  const page = await openAsLena(sample, browser, path)
  await draw(page, 'consent-frozen')
  await page.getByRole('button', { name: 'Hand to the patient' }).click()
  await page.getByRole('status').filter({ hasText: /^1 of/ }).waitFor()
  await draw(page, 'patient-consent-reading')
  const agree = page.getByRole('heading', { name: 'Your agreement' })
  await turnPages(page, agree)
  await page.getByLabel(/^I agree to microneedling of/).check({ force: true })
  await drawSignature(page)
  await draw(page, 'patient-consent-signing')
  await page.close()
})

async function turnPages(page: Page, last: ReturnType<Page['getByRole']>): Promise<void> {
  while (!(await last.isVisible())) {
    const heading = page.getByRole('heading', { level: 1 })
    const before = await heading.innerText()
    for (const initials of await page.getByLabel('Initial here').all()) await initials.fill('EK')
    await answerThisPage(page)
    await page.getByRole('button', { name: /^Next/ }).click()
    await heading.filter({ hasNotText: before }).waitFor()
  }
}
