import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchOnElectronDouble } from '../support/electron-double/chromium.ts'
import { expect, expectAccessible, password, pin, test } from './house.ts'
import { typeCodeBack } from './recovery-code.ts'

test('the desktop program makes a clinic, registers its first patient and finds her', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-desktop-'))
  const program = await launchOnElectronDouble({ dataDir })
  const { page } = program
  page.setDefaultTimeout(15_000)
  await page.getByRole('button', { name: 'Set up my clinic' }).click()
  await page.getByLabel('Name of the clinic').fill('Alder Row Skin Clinic')
  await page.getByRole('combobox', { name: 'State' }).fill('Illinois')
  await page.getByRole('option', { name: 'Illinois' }).click()
  await page.getByLabel('Phone for urgent calls').fill('+1 312 555 0100')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Your name as printed').fill('Dr Samuel Okafor')
  await page.getByLabel('Credential or function').fill('MD')
  await page.getByLabel('I am also the responsible physician').check()
  await page.getByLabel('Licence number').fill('036-112233')
  await page.getByLabel('Licence valid until').fill('12/31/2029')
  await page.getByLabel('Sign-in name').fill('okafor')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.getByLabel('Once more').fill(pin)
  // This computer has a keychain, so no passphrase is asked.
  await page.getByRole('button', { name: 'Make the records' }).click()
  await page.getByRole('button', { name: 'Make the code' }).click()
  await typeCodeBack(page)
  await expect(page.getByRole('heading', { name: 'Who may treat, how deep' })).toBeVisible()
  await page.getByRole('button', { name: 'Stop here, go on later' }).click()
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible()

  await page.keyboard.press('n')
  const form = page.getByRole('form', { name: 'Register a patient' })
  await form.getByLabel('Surname', { exact: true }).fill('Quillfeather')
  await form.getByLabel('Given name', { exact: true }).fill('Orla')
  await form.getByLabel('Birth date').fill('3/24/1988')
  await form.getByRole('button', { name: 'Register', exact: true }).click()
  await expect(page).toHaveURL(/#\/patients\/[0-9a-f-]{36}$/)
  await page.keyboard.press('/')
  await page.keyboard.type('quillf 24 mar 88')
  await expect(page.getByRole('option', { name: /Quillfeather, Orla/ })).toBeVisible()
  await expectAccessible(page)
  expect(await program.close()).toBe(0)
  rmSync(dataDir, { recursive: true, force: true })
})
