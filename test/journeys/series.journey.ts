import { addDays } from '../../shared/kernel/time.ts'
import {
  countersign,
  openTreatingClinic,
  passMinutes,
  planCourse,
  signIn,
  startSession,
  submitSession,
} from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'

test('A series booked, moved, held, resumed and completed to its outcome review', async ({ page, house }) => {
  test.setTimeout(150_000)
  const clinic = await openTreatingClinic(house)
  const { okafor, lena, noor } = clinic
  const course = await planCourse(clinic, { family: 'Lindqvist', given: 'Mara', bornOn: '1992-02-14' })
  const { patientId, seriesId } = course
  const secondDay = '2026-09-08'
  const version = async () => (await lena.desk.must('series.list', { patientId })).series[0]?.version ?? 0
  const on = async (day: string) => {
    house.host.setNow(`${day}T15:00:00.000Z`)
    await passMinutes(clinic, 1)
  }

  // Two sessions are enough for the story; both are booked in one act, and the second is moved by a week.
  const { series } = await lena.desk.must('series.list', { patientId })
  const plan = series[0]?.body
  if (!plan) throw new Error('no course is planned')
  const { schema: _1, patientId: _2, status: _3, statusReason: _4, maintenanceMonths: _5, ...planned } = plan
  const shorter = { ...planned, sessionsPlanned: 2 }
  await lena.desk.must('series.edit', { patientId, seriesId, version: await version(), ...shorter })
  const seat = { lengthMin: 75, practitionerId: lena.staffId, room: '1' }
  const preview = { patientId, seriesId, firstOn: '2026-08-03', count: 2, atTime: '13:00', ...seat }
  const { dates } = await noor.desk.must('booking.previewSeries', preview)
  const { visitIds } = await noor.desk.must('booking.bookSeries', {
    patientId,
    seriesId,
    dates: dates.map(({ onDate }) => ({ onDate, atTime: '13:00' })),
    ...seat,
  })
  const [, secondVisit] = visitIds
  if (!secondVisit) throw new Error('the second session is not booked')
  await noor.desk.must('visit.edit', {
    patientId,
    visitId: secondVisit,
    version: 1,
    onDate: secondDay,
    atTime: '13:00',
    service: 'SESSION',
    serviceNote: null,
    practitionerId: lena.staffId,
    room: '1',
  })

  // The baseline is rated by the physician before the first session, on screen.
  await signIn(page, house, okafor)
  await page.goto(`${page.url().split('#')[0]}#/patients/${patientId}/plan`)
  await page.getByRole('link', { name: 'Baseline and outcome' }).click()
  await expect(page.getByText('Nothing is rated yet.')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('r')
  await page.getByRole('radio', { name: /^3 Moderate/ }).check()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign the rating' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rate the baseline' })
  await dialog.getByRole('textbox', { name: 'Your password' }).fill(password)
  await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
  await expect(page.getByRole('row', { name: /Goodman & Baron qualitative.*3 Moderate/ })).toBeVisible()

  const first = await startSession(clinic, course)
  await submitSession(clinic, course, first)
  await countersign(clinic, { patientId, sessionId: first })

  // Held by who treats, resumed by the physician, then treated once more a month later.
  const hold = { patientId, seriesId, status: 'ON_HOLD', reason: 'darker patches' } as const
  await lena.desk.must('series.setStatus', { ...hold, version: await version() })
  const resume = { patientId, seriesId, status: 'ACTIVE', reason: null } as const
  const tooEarly = lena.desk.must('series.setStatus', { ...resume, version: await version() })
  await expect(tooEarly).rejects.toThrow('SERIES_RESUME_NEEDS_PHYSICIAN')
  await okafor.desk.must('series.setStatus', { ...resume, version: await version() })
  await on(secondDay)
  const second = await startSession(clinic, course)
  await submitSession(clinic, course, second)
  await countersign(clinic, { patientId, sessionId: second })
  await okafor.desk.must('series.setStatus', {
    patientId,
    seriesId,
    version: await version(),
    status: 'COMPLETED',
    reason: null,
  })

  // Six months after the last session the review stands on the worklist and leads to the rating.
  const reviewDay = '2027-03-08'
  await on(reviewDay)
  await signIn(page, house, okafor)
  await page.goto(`${page.url().split('#')[0]}#/follow-up`)
  await page.getByRole('link', { name: 'Outcome review' }).click()
  await expect(page.getByText('today is in its window')).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByRole('row', { name: /3 Moderate/ })).toBeVisible()
  await page.getByRole('radio', { name: /^2 Mild/ }).check()
  await page.getByRole('radio', { name: '2 Much improved' }).check()
  await page.getByRole('button', { name: 'Sign the rating' }).click()
  const signing = page.getByRole('dialog', { name: 'Rate the outcome' })
  await signing.getByRole('textbox', { name: 'Your password' }).fill(password)
  await signing.getByRole('button', { name: 'Sign', exact: true }).click()
  await expect(page.getByRole('row', { name: /3 Moderate.*2 Mild.*Better/ })).toBeVisible()
  await expect(page.getByText('and rated in its window')).toBeVisible()

  await page.getByRole('button', { name: 'Write down' }).click()
  await page.getByRole('radio', { name: '3 Improved' }).check()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save what the patient said' }).click()
  await expect(page.getByText(`written down by ${okafor.printedName}`)).toBeVisible()
  await expectAccessible(page)
  const { tasks } = await okafor.desk.must('followUp.list', { until: addDays(reviewDay, 30) })
  expect(tasks.filter(({ kind }) => kind === 'OUTCOME_REVIEW')).toEqual([])
})
