import type { ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import {
  choose,
  openTreatingClinic,
  prescribe,
  readyToStart,
  register,
  screen,
  startScreened,
  submitSession,
  type,
} from './course.ts'
import { expect, expectAccessible, pin, test } from './house.ts'
import { comeTo, openChart } from './scenario-courses.ts'
import { goTo } from './scenario-people.ts'
import { openPart, pick } from './session-desk.ts'

// Clinical reference, section 11. Invented people.
test.use({ startsAt: '2026-06-01T15:00:00.000Z' })

const places = [
  { zone: 'LIP_UPPER', side: 'M', depthUm: 500 },
  { zone: 'CHEEK_ANT', side: 'L', depthUm: 500 },
] as const
const lips = (['LIP_UPPER', 'LIP_LOWER'] as const).map((zone) => ({ zone, side: 'M' as const }))

/** Cold sores three times a year, and apixaban; the antiviral as she says on the day. */
function answers(started: 'YES' | 'NO' | 'NOT_PRESCRIBED'): ScreeningAnswers {
  const inputs = [
    { kind: 'SELECT' as const, name: 'FREQUENCY', option: 'THREE_OR_MORE_A_YEAR' },
    { kind: 'SELECT' as const, name: 'ANTIVIRAL_STARTED', option: started },
  ]
  return {
    'SQ-19': { kind: 'CHOICE', chosen: { option: 'YES', inputs } },
    'SQ-12': { kind: 'MULTI', chosen: [{ option: 'DOAC', inputs: [] }] },
  }
}

test('Scenario 10: lips wait for the antiviral while the cheeks may go on; blisters on day 3 are a red flag seen in 12 minutes', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const ruth = { family: 'Adeyemi', given: 'Ruth', bornOn: '1981-03-08' }
  const patientId = await register(clinic, ruth)
  await screen(clinic, patientId, 'FULL', { change: answers('NOT_PRESCRIBED') })
  const course = await prescribe(clinic, { patientId, family: ruth.family, places }, { skinType: 'III' })
  await clinic.okafor.desk.must('clearance.decide', {
    patientId,
    seriesId: course.seriesId,
    plannedZones: places.map(({ zone, side }) => ({ zone, side })),
    deviceType: 'PEN',
    findings: [
      { questionId: 'SQ-12', rule: 'BLOOD_THINNER_DOAC' },
      { questionId: 'SQ-19', rule: 'HERPES_HISTORY' },
    ],
    decision: 'CLEARED',
    reason: 'Apixaban continues; superficial work only.',
    conditions: {
      maxDepthUm: 500,
      zonesExcluded: [],
      zonesAllowed: null,
      prophylaxis: { ordered: true, zones: lips, text: 'As prescribed, from the morning before.' },
      anaestheticPlan: null,
    },
    offLabelNote: null,
    expiresOn: '2026-08-30',
    reauth: { method: 'PIN', pin },
  })

  // The day of: not started. The lips stop; the cheek alone may go on.
  await comeTo(clinic, house, '2026-06-15')
  await screen(clinic, patientId, 'SHORT', { change: answers('NO') })
  const { sessionId } = await clinic.lena.desk.must('session.begin', { patientId, seriesId: course.seriesId })
  await type(clinic, course, sessionId, readyToStart(clinic, course))
  await openChart(page, house, clinic.lena, 'Adeyemi')
  await goTo(page, `#/patients/${patientId}/sessions/${sessionId}`)
  await openPart(page, 'Start gate')
  const start = page.getByRole('button', { name: 'Start the session' })
  await expect(page.getByText(/^Stop: /)).toBeVisible()
  await expect(start).toBeDisabled()
  await expectAccessible(page)
  const cheek = { ...course, places: places.filter(({ zone }) => zone === 'CHEEK_ANT') }
  await type(clinic, course, sessionId, readyToStart(clinic, cheek))
  await page.reload()
  await openPart(page, 'Start gate')
  await expect(start).toBeEnabled()
  const { draft } = await clinic.lena.desk.must('session.open', { patientId, sessionId })
  await clinic.lena.desk.must('session.discard', { patientId, sessionId, draftVersion: draft?.draftVersion ?? 0 })

  // The next visit: started, and treated.
  await comeTo(clinic, house, '2026-06-22')
  await screen(clinic, patientId, 'SHORT', { change: answers('YES') })
  const treatedId = await startScreened(clinic, course)
  house.host.advanceMinutes(5)
  await submitSession(clinic, course, treatedId)

  // Day 3: grouped blisters at the desk are a red flag, and the physician knows in twelve minutes.
  await comeTo(clinic, house, '2026-06-25')
  await openChart(page, house, clinic.noor, 'Adeyemi')
  await page.getByRole('button', { name: 'Take a symptom call' }).click()
  await page.getByRole('textbox', { name: 'In the caller’s words' }).fill('Grouped blisters on the upper lip.')
  await page.getByLabel('Small grouped blisters').check()
  await expect(page.getByRole('heading', { name: 'A physician must know now' })).toBeVisible()
  await pick(page, 'Physician who was told', 'Dr Samuel Okafor')
  await page.getByRole('button', { name: 'Save the report' }).click()
  await expect(page.getByRole('button', { name: 'Take a symptom call' })).toBeVisible()
  house.host.advanceMinutes(12)
  await openChart(page, house, clinic.okafor, 'Adeyemi')
  await expect(page.getByText('Red flag. No physician has acknowledged it yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(page.getByText('Acknowledged after 12 min.')).toBeVisible()
  await pick(page, 'What it is', 'Cold sores')
  await choose(page, 'Grade now', '2')
  await page.getByRole('textbox', { name: 'Note' }).fill('Seen the same day.')
  await page.getByRole('button', { name: 'Save the assessment' }).click()
  await expect(page.getByRole('heading', { name: 'Cold sores', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Back to chart' }).click()
  await expect(page.getByRole('region', { name: 'Session 1 of 4' })).toContainText('On hold')

  // Day 13: gone; the next session asks the physician again.
  await comeTo(clinic, house, '2026-07-05')
  await openChart(page, house, clinic.okafor, 'Adeyemi')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await pick(page, 'Outcome', 'Gone')
  await page.getByLabel('Ended on').fill('5 jul 2026')
  await page.getByRole('textbox', { name: 'Note' }).fill('Healed on day 13.')
  await page.getByRole('button', { name: 'Save the assessment' }).click()
  await expect(page.getByText('Healed on day 13.')).toBeVisible()
  const { complications } = await clinic.okafor.desk.must('complication.list', { patientId })
  expect(complications).toMatchObject([{ code: 'HSV_REACTIVATION', isRedFlag: true }])
})
