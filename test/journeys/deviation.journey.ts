import { cheeksAndChin, zoneRow } from '../../main/sample/treat.ts'
import { choose, openTreatingClinic, planCourse, signIn, startSession, submitSession } from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'

/** The log is written by the commands that the session screen sends; the journey of a session does that on the screen. */
test('a depth over the order is recorded with its reason, counselled by the physician and signed', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const course = await planCourse(clinic, { family: 'Everett', given: 'Ines', bornOn: '1994-04-12' })
  const sessionId = await startSession(clinic, course)
  await submitSession(clinic, course, sessionId, {
    zoneRows: cheeksAndChin.map((place) => ({
      ...zoneRow(place, 'ACNE_SCAR'),
      ...(place.zone === 'CHEEK_ANT' && place.side === 'L' ? { depthUm: 1500 } : {}),
    })),
    deviations: [
      {
        code: 'DEPTH_OVER_LIMIT',
        origin: 'AUTO',
        zone: 'CHEEK_ANT',
        side: 'L',
        site: null,
        ref: 'c1',
        reason: 'No endpoint at 1.00. Raised for one pass, then saw the limit and stopped.',
        patientTold: true,
      },
    ],
  })

  await signIn(page, house, clinic.okafor)
  await page.getByRole('link', { name: /^Sign-off/ }).click()
  const deviation = page.getByRole('region', { name: 'Deviation 1' })
  await expect(deviation).toContainText('1.50 mm, order 1.00 mm')
  await expect(deviation).toContainText('No endpoint at 1.00.')
  await expect(deviation).toContainText('Patient told: yes')
  const review = page.getByRole('form', { name: 'Your review' })
  const sign = review.getByRole('button', { name: 'Sign and next' })
  await review.getByLabel('Your password').fill(password)
  await expect(sign).toBeDisabled()
  await expectAccessible(page)

  await choose(deviation, 'Your disposition', 'Counselled')
  await deviation.getByLabel('Note on deviation 1').fill('Talked through the limit before a pass.')
  await choose(review, 'Next session', 'Proceed')
  await choose(review, 'Patient seen by me', 'No')
  await expectAccessible(page)
  await sign.click()
  await expect(page.getByText('Nothing waits for your signature.')).toBeVisible()

  const { patientId } = course
  const { dispositions } = await clinic.okafor.desk.must('session.open', { patientId, sessionId })
  expect(dispositions).toMatchObject([{ disposition: 'COUNSELLED', note: 'Talked through the limit before a pass.' }])
  const { signOff } = await clinic.okafor.desk.must('signOff.open', { patientId, sessionId })
  expect(signOff?.body.meaning).toBe('REVIEWED_WITH_DEVIATIONS')
})
