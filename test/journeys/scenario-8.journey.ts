import { choose, countersign, openTreatingClinic, planCourse, signIn, startSession, submitSession } from './course.ts'
import { expect, expectAccessible, test } from './house.ts'
import { comeTo, findChart, openChart } from './scenario-courses.ts'

// Clinical reference, section 11. Invented people.
test.use({ startsAt: '2026-05-20T15:00:00.000Z' })

test('Scenario 8: a withdrawal by phone ends the course, holds its bookings and takes the photographs down', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const helen = { family: 'Marsh', given: 'Helen', bornOn: '1975-01-30' }
  const course = await planCourse(clinic, helen, undefined, { mayPublish: true })
  const { patientId, seriesId } = course
  for (const day of ['2026-05-20', '2026-06-20']) {
    if (day !== '2026-05-20') await comeTo(clinic, house, day)
    const sessionId = await startSession(clinic, course)
    house.host.advanceMinutes(5)
    await submitSession(clinic, course, sessionId)
    await countersign(clinic, { patientId, sessionId })
  }
  for (const onDate of ['2026-07-18', '2026-08-15'])
    await clinic.noor.desk.must('visit.add', {
      ...{ patientId, seriesId, onDate, atTime: '10:00', room: '1' },
      ...{ service: 'SESSION', serviceNote: null, practitionerId: clinic.lena.staffId },
    })
  const before = await clinic.lena.desk.must('session.list', { patientId })

  // She phones on 3 July; the front desk takes it down.
  await comeTo(clinic, house, '2026-07-03')
  await openChart(page, house, clinic.noor, 'Marsh')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Consent of 20-May-2026' }).click()
  await page.getByRole('button', { name: 'Take a withdrawal' }).click()
  const dialog = page.getByRole('dialog', { name: 'Take a withdrawal' })
  await dialog.getByLabel('This course of treatment').check()
  await dialog.getByLabel('Photos on the website or in advertising').check()
  await expect(dialog.getByLabel('Who says so')).not.toHaveValue('')
  await choose(dialog, 'How', 'In words')
  await dialog.getByLabel('Note (optional)').fill('By phone.')
  await expectAccessible(page, { within: '[role=dialog]' })
  await dialog.getByRole('button', { name: 'Record the withdrawal' }).click()
  const withdrawals = page.getByRole('region', { name: 'Withdrawals' })
  await expect(withdrawals).toContainText('This course of treatment; Photos on the website or in advertising')
  await expect(withdrawals).toContainText('in words')
  await expect(withdrawals).toContainText('taken by Noor Haddad')
  await expectAccessible(page)

  // Both bookings are held, and the website is on the worklist.
  await page.getByRole('link', { name: /^Today/ }).click()
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  for (const day of ['18 jul 2026', '15 aug 2026']) {
    await page.getByLabel('Go to').fill(day)
    await expect(
      page.getByRole('button', { name: /^10:00, Lena Brook: 10:00 to 11:15, Marsh, Helen, .*Held: consent withdrawn/ }),
    ).toBeVisible()
  }
  await page.getByRole('link', { name: /^Follow-up/ }).click()
  const takeDown = page.getByRole('listitem').filter({ hasText: 'Take published photographs down' })
  await expect(takeDown).toContainText('Marsh, Helen')
  await expect(takeDown).toContainText('03-Jul-2026')
  await takeDown.getByRole('button', { name: /^Done/ }).click()
  const finish = page.getByRole('dialog', { name: 'Take published photographs down' })
  await choose(finish, 'How it went', 'Not needed')
  await finish.getByRole('textbox', { name: /^What came of it/ }).fill('Both pictures are off the website.')
  await finish.getByRole('button', { name: 'Mark as done' }).click()
  await expect(takeDown).toHaveCount(0)

  // The course ended early; its outcome review is still offered, and what was signed is as it was.
  await openChart(page, house, clinic.lena, 'Marsh')
  await expect(page.getByText('The consent was withdrawn').first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Session 2 of 4' })).toContainText('20-Dec-2026')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Courses and orders' }).click()
  await expect(page.getByText('The patient withdrew the consent')).toBeVisible()
  await expect(page.getByText(/20-Dec-2026 \(06-Dec-2026 to 03-Jan-2027\)/)).toBeVisible()
  expect(await clinic.lena.desk.must('session.list', { patientId })).toEqual(before)
  expect(before.sessions.map(({ state }) => state)).toEqual(['SIGNED', 'SIGNED'])

  // Back in 2027 she is asked anew and signs anew.
  await comeTo(clinic, house, '2027-02-01')
  await clinic.noor.desk.must('visit.add', {
    ...{ patientId, onDate: '2027-02-01', atTime: '11:00', room: '1' },
    ...{ service: 'SESSION', serviceNote: null, practitionerId: clinic.lena.staffId },
  })
  await signIn(page, house, clinic.noor)
  const row = page.getByRole('row', { name: /Marsh, Helen/ })
  await row.click()
  await expect(page.getByText('Only a new consent by the patient lifts it.')).toBeVisible()
  await findChart(page, 'Marsh')
  await page.getByRole('button', { name: /^New/ }).click()
  await page.getByRole('menuitem', { name: 'Questionnaire' }).click()
  await expect(page.getByRole('button', { name: 'Hand the screen over' })).toBeVisible()
  const { unsigned } = await clinic.lena.desk.must('screening.list', { patientId })
  expect(unsigned).toMatchObject({ form: 'FULL' })
})
