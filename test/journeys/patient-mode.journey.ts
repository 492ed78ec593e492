import type { Page } from '@playwright/test'
import { emptyPatientDetails } from '../../shared/domain/patient.ts'
import { openTreatingClinic } from './course.ts'
import { expect, expectAccessible, pin, signIn, test } from './house.ts'
import { answerThisPage, drawSignature } from './patient-form.ts'

/** Nothing but the form can be reached: no rail, no search, no keys, and no other address. */
async function expectOnlyTheForm(page: Page): Promise<void> {
  const heading = await page.getByRole('heading', { level: 1 }).innerText()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: 'Find a patient' })).toHaveCount(0)
  for (const key of ['/', 'n', 'l', '?', 'Alt+4', 'Control+k']) await page.keyboard.press(key)
  await page.evaluate(() => {
    window.location.hash = '#/patients'
  })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('a patient answers and signs the questionnaire, then reads, initials and signs the consent', async ({
  page,
  house,
}) => {
  const { lena, okafor } = await openTreatingClinic(house)
  const { patientId } = await lena.desk.must('patient.register', {
    details: JSON.parse(
      JSON.stringify({
        ...emptyPatientDetails,
        family: 'Lindqvist',
        given: 'Mara',
        bornOn: '1990-03-14',
        language: 'en',
      }),
    ),
    acknowledgedDuplicates: [],
    draftId: null,
  })
  const { screeningId } = await lena.desk.must('screening.begin', { patientId, seriesId: null, wanted: 'NEEDED' })

  await signIn(page, house, lena)
  await page.evaluate((path) => {
    window.location.hash = path
  }, `#/patients/${patientId}/screenings/${screeningId}`)
  await page.getByRole('button', { name: 'Hand the screen over' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^1 of/ })).toBeVisible()
  await expectOnlyTheForm(page)
  await expectAccessible(page)

  // A reload finds the form again and nothing else.
  await answerThisPage(page)
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await expectOnlyTheForm(page)

  const next = page.getByRole('button', { name: /^Next/ })
  const check = page.getByRole('heading', { name: 'Please check your answers' })
  while (!(await check.isVisible())) {
    const before = await page.getByRole('heading', { level: 1 }).innerText()
    await answerThisPage(page)
    await next.click()
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(before)
  }
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Next: sign' }).click()
  await expect(page.getByRole('button', { name: 'Sign my answers' })).toBeDisabled()
  await drawSignature(page)
  await page.getByRole('region', { name: 'Sign here with finger or pen' }).getByRole('checkbox').check()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign my answers' }).click()
  await expect(page.getByRole('heading', { name: 'Thank you. Everything is saved.' })).toBeVisible()
  await expectOnlyTheForm(page)
  await expectAccessible(page)
  await page.getByLabel('Staff PIN').fill('111111')
  await expect(page.getByRole('alert')).not.toBeEmpty()
  await page.getByLabel('Staff PIN').fill(pin)
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible()
  // Whatever address the patient tried, the window is back where the screen was handed over.
  await expect(page).toHaveURL(new RegExp(`#/patients/${patientId}/screenings/${screeningId}$`))
  await expectAccessible(page)

  const { consentId } = await lena.desk.must('consent.prepare', { patientId, basedOn: null })
  const { draft } = await lena.desk.must('consent.open', { patientId, consentId })
  if (!draft) throw new Error('the form has no draft')
  await lena.desk.must('consent.savePreparation', {
    patientId,
    consentId,
    version: draft.version,
    preparation: JSON.parse(
      JSON.stringify({
        ...draft.preparation,
        zones: [
          { zone: 'CHEEK_ANT', side: 'L', site: null },
          { zone: 'CHEEK_ANT', side: 'R', site: null },
        ],
        indications: ['ACNE_SCAR'],
        maxDepthUm: 1500,
        sessions: 4,
        practitionerId: lena.staffId,
        supervisingPhysicianId: okafor.staffId,
        explainedById: lena.staffId,
        signer: { ...draft.preparation.signer, identityDocument: 'DRIVING_LICENCE' },
      }),
    ),
  })
  await page.evaluate((path) => {
    window.location.hash = path
  }, `#/patients/${patientId}/consents/${consentId}`)
  await page.getByRole('button', { name: 'Fill and freeze the form' }).click()
  await page.getByRole('button', { name: 'Hand to the patient' }).click()

  const agree = page.getByRole('heading', { name: 'Your agreement' })
  await expect(page.getByRole('status').filter({ hasText: /^1 of/ })).toBeVisible()
  await expectOnlyTheForm(page)
  await expectAccessible(page)
  while (!(await agree.isVisible())) {
    const before = await page.getByRole('heading', { level: 1 }).innerText()
    for (const initials of await page.getByLabel('Initial here').all()) {
      await expect(next).toBeDisabled()
      await initials.fill('ML')
    }
    await next.click()
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(before)
  }
  await page.getByLabel(/^I agree to microneedling of/).check({ force: true })
  await drawSignature(page)
  await page.getByRole('region', { name: 'Sign here with finger or pen' }).getByRole('checkbox').check()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'I agree and sign' }).click()
  await expect(page.getByRole('heading', { name: 'Thank you. Everything is saved.' })).toBeVisible()
  await page.getByLabel('Staff PIN').fill(pin)
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`#/patients/${patientId}/consents/${consentId}$`))
  await expect(page.getByText('as signed, word for word')).toBeVisible()
  await expectAccessible(page)
})
