import type { Page } from '@playwright/test'
import type { ConsentId } from '../../shared/kernel/ids.ts'
import {
  type Course,
  countersign,
  openTreatingClinic,
  prescribe,
  readyToStart,
  register,
  screen,
  signIn,
  startScreened,
  submitSession,
  type TreatingClinic,
  type,
  wire,
} from './course.ts'
import { expect, expectAccessible, type House, test } from './house.ts'
import {
  cheeks,
  comeToDay,
  confirmWithPassword,
  goTo,
  motherOfPriya,
  openChart,
  openSession,
  priya,
  readAndSign,
} from './scenario-people.ts'
import { openPart } from './session-desk.ts'

test.use({ startsAt: '2026-03-02T16:00:00.000Z' })

test('Scenario 3: a minor is treated with her mother’s consent, and at 18 only with her own', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const patientId = await register(clinic, priya, motherOfPriya)
  await screen(clinic, patientId, 'FULL', { guardian: motherOfPriya })
  const course = await prescribe(
    clinic,
    { patientId, family: priya.family, places: cheeks(1000) },
    { skinType: 'V', consent: 'LATER' },
  )

  await clearOnScreen(page, house, clinic)
  await signAsMother(page, house, { clinic, course })
  const sessionId = await startScreened(clinic, course)
  await submitSession(clinic, course, sessionId)
  await countersign(clinic, { ...course, sessionId })
  expect(await guardiansTold(clinic)).toEqual([{ name: motherOfPriya.name, phone: motherOfPriya.phone }])

  await comeToDay(clinic, '2026-04-13')
  await screen(clinic, patientId, 'SHORT')
  const second = await clinic.lena.desk.must('session.begin', { patientId, seriesId: course.seriesId })
  await type(clinic, course, second.sessionId, readyToStart(clinic, course))
  await signIn(page, house, clinic.lena)
  await openChart(page, priya.family)
  await expect(page.getByRole('heading', { name: 'Now of age: own consent needed' })).toBeVisible()
  await expect(page.getByText('The guardian is told nothing more without the patient.')).toBeVisible()
  await expectAccessible(page)
  expect(await guardiansTold(clinic)).toEqual([null])
  await openSession(page, course, second.sessionId)
  const start = page.getByRole('button', { name: 'Start the session' })
  await openPart(page, 'Start gate')
  const failure = page.getByRole('listitem').filter({ hasText: 'The patient is of age now and has to sign in person.' })
  await expect(failure).toBeVisible()
  await expect(start).toBeDisabled()
  await failure.getByRole('link', { name: 'Consent' }).click()
  await expect(page.getByText('Lapsed', { exact: true }).first()).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Prepare a new form like this' }).click()
  await page.getByRole('combobox', { name: 'Proof of identity seen' }).click()
  await page.getByRole('option', { name: /driving licence/i }).click()
  await page.getByRole('button', { name: 'Fill and freeze the form' }).click()
  await readAndSign(page, 'PN')
  await openSession(page, course, second.sessionId)
  await expect(start).toBeEnabled()
  await start.click()
  await expect(page.getByRole('list', { name: 'This visit' })).toContainText('Started')
})

/** The physician saw her and lifts the age limit of the clinic in writing; the caution about 22 years stays. */
async function clearOnScreen(page: Page, house: House, { okafor }: TreatingClinic): Promise<void> {
  await signIn(page, house, okafor)
  await page.getByRole('region', { name: 'Clearances asked for' }).getByRole('link', { name: /Nair/ }).click()
  const outcome = page.getByRole('region', { name: 'Outcome today' })
  await expect(outcome).toContainText('a guardian signs, and the physician examines and decides')
  await expect(outcome).toContainText('Younger than the devices’ authorised age: off-label use')
  await page.getByRole('button', { name: 'Clear or refuse' }).click()
  const drawer = page.getByRole('dialog', { name: 'Clear or refuse' })
  await drawer.getByRole('textbox', { name: 'Reason' }).fill('Examined with her mother; superficial scars, wishes it.')
  await drawer.getByRole('button', { name: 'Sign clearance' }).click()
  await confirmWithPassword(page, 'Sign clearance', 'Sign')
  await expect(page.getByRole('region', { name: 'Physicians’ decisions' })).toContainText('Cleared until')
}

type Her = { readonly clinic: TreatingClinic; readonly course: Course }

/** The form is prepared for both cheeks; who signs, the exam and the chaperone are entered on screen. */
async function signAsMother(page: Page, house: House, { clinic, course }: Her): Promise<void> {
  const consentId = await prepare(clinic, course)
  await signIn(page, house, clinic.lena)
  await goTo(page, `#/patients/${course.patientId}/consents/${consentId}`)
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue(motherOfPriya.name)
  const missing = page.getByRole('list', { name: 'Still missing' })
  await expect(missing).toBeVisible()
  await page.getByRole('combobox', { name: 'Physician who examined' }).click()
  await page.getByRole('option', { name: 'Dr Samuel Okafor' }).click()
  await page.getByRole('textbox', { name: 'Examined on' }).fill('3/2/2026')
  await page.getByRole('textbox', { name: 'Chaperone', exact: true }).fill('Noor Haddad')
  await page.getByRole('textbox', { name: 'Relation of the chaperone' }).fill('Front desk')
  await expect(missing).toBeHidden()
  await expect(page.getByRole('region', { name: 'Outside the authorised use' })).toContainText(
    'a person of my age (17)',
  )
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Fill and freeze the form' }).click()
  await readAndSign(page, 'AN')
  await expect(page.getByText('for adults of 22 and over').first()).toBeVisible()
  const signature = page.getByRole('region', { name: 'Signature' })
  await expect(signature).toContainText('Anjali Nair, mother')
  await expect(signature).toContainText('Own agreementGiven')
  await expect(signature).toContainText('Examined byDr Samuel Okafor')
}

async function prepare({ okafor, lena, noor }: TreatingClinic, { patientId, seriesId, places }: Course) {
  const { desk } = noor
  const { consentId } = await desk.must('consent.prepare', { patientId, basedOn: null })
  const { draft } = await desk.must('consent.open', { patientId, consentId })
  if (!draft) throw new Error('the consent has no draft')
  await desk.must('consent.savePreparation', {
    patientId,
    consentId,
    version: draft.version,
    preparation: wire({
      ...draft.preparation,
      seriesId,
      zones: places.map(({ zone, side }) => ({ zone, side, site: null })),
      indications: ['ACNE_SCAR'],
      maxDepthUm: 1000,
      sessions: 4,
      practitionerId: lena.staffId,
      supervisingPhysicianId: okafor.staffId,
      explainedById: lena.staffId,
      signer: { ...draft.preparation.signer, identityDocument: 'DRIVING_LICENCE' },
    }),
  })
  return consentId satisfies ConsentId
}

/** Whom a recall of the lot would tell beside the patient. */
async function guardiansTold({ lena }: TreatingClinic) {
  const criteria = { kind: 'LOT', lot: 'MN26-0611A', from: null, to: null } as const
  const { patients } = await lena.desk.must('recall.search', { criteria })
  return patients.map(({ contact }) => contact.guardian)
}
