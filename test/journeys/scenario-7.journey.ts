import { zoneRow } from '../../main/sample/treat.ts'
import {
  choose,
  loggedUntilNow,
  openTreatingClinic,
  planCourse,
  signIn,
  startSession,
  submitSession,
} from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'
import { comeTo, findChart, openChart } from './scenario-courses.ts'
import { openPart, pick, submit } from './session-desk.ts'

// Clinical reference, section 11. Invented people.
test.use({ startsAt: '2026-06-09T15:00:00.000Z' })

const cheeks = [
  { zone: 'CHEEK_ANT', side: 'L', depthUm: 1000 },
  { zone: 'CHEEK_ANT', side: 'R', depthUm: 1000 },
] as const

test('Scenario 7: the physician returns a session, signs its second version, and a medicine name is corrected beside it', async ({
  page,
  browser,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const course = await planCourse(clinic, { family: 'Petrov', given: 'Ivo', bornOn: '1988-02-17' }, cheeks)
  const { patientId } = course
  const sessionId = await startSession(clinic, course)
  const [left, right] = cheeks.map((place) => zoneRow(place, 'ACNE_SCAR'))
  if (!left || !right) throw new Error('two cheeks were planned')
  const { anaesthetic } = loggedUntilNow(clinic, course)
  if (anaesthetic?.kind !== 'APPLIED') throw new Error('the cheeks were numbed')
  house.host.advanceMinutes(5)
  await submitSession(clinic, course, sessionId, {
    anaesthetic: { ...anaesthetic, offAt: null },
    zoneRows: [{ ...left, passes: left.passes.map((pass) => ({ ...pass, endpointAfter: 'NONE' })) }, right],
  })

  // Dr Okafor opens the session of 9 June and sends it back with two pointers.
  await signIn(page, house, clinic.okafor)
  await page.getByRole('link', { name: /^Sign-off/ }).click()
  await expect(page.getByText(/^Version 1, submitted/)).toBeVisible()
  await page.getByRole('button', { name: 'Return with reason' }).click()
  const dialog = page.getByRole('dialog', { name: 'Return to Lena Brook' })
  await dialog.getByRole('textbox', { name: 'Why it goes back' }).fill('Two entries are missing or do not fit.')
  for (const [field, question] of [
    ['Numbing, time off: not noted', 'When was it taken off?'],
    ['Stopped at, Cheek, front, left: Endpoint', 'No endpoint was reached. Why was it stopped?'],
  ] as const) {
    await dialog.getByRole('combobox', { name: 'Point at a field' }).click()
    await page.getByRole('option', { name: field }).click()
    await dialog.getByRole('textbox', { name: field }).fill(question)
  }
  await dialog.getByRole('button', { name: 'Return the record' }).click()
  await expect(page.getByText('Nothing waits for your signature.')).toBeVisible()

  // Lena corrects it the next day.
  await comeTo(clinic, house, '2026-06-10')
  const authorsWindow = await browser.newContext()
  const author = await authorsWindow.newPage()
  await signIn(author, house, clinic.lena)
  await author
    .getByRole('region', { name: 'My unfinished sessions' })
    .getByRole('link', { name: /Petrov/ })
    .click()
  await openPart(author, 'Check')
  const returned = author.getByRole('region', { name: 'Returned by Dr Samuel Okafor' })
  await expect(returned).toContainText('When was it taken off?')
  await expect(returned).toContainText('No endpoint was reached. Why was it stopped?')
  await openPart(author, 'Numbing and products')
  await author.getByRole('textbox', { name: 'Off at' }).fill('9:28')
  await openPart(author, 'Zones')
  await author
    .getByRole('grid', { name: 'Zones of this session' })
    .getByRole('row', { name: /front L/ })
    .click()
  await pick(author, 'Stopped because', 'Patient asked')
  await openPart(author, 'Check')
  const answers = author.getByRole('textbox', { name: /^Your answer/ })
  await expect(answers).toHaveCount(2)
  for (const answer of await answers.all()) await answer.fill('Corrected from the room sheet.')
  await expect(author.getByRole('region', { name: 'Left to do' })).toContainText('Everything is there')
  await submit(author, 'Submit the correction')
  await expect(author.getByText('Version 2, corrected')).toBeVisible()
  const changed = author.getByRole('table', { name: 'What version 2 changed' })
  await expect(changed).toContainText(/off/i)
  await expect(author.getByText(/^Version 1/).first()).toBeVisible()
  await authorsWindow.close()

  // Signed on 11 June at 09:12, with the hash of the second version.
  await comeTo(clinic, house, '2026-06-11', '14:12')
  await signIn(page, house, clinic.okafor)
  await page.getByRole('link', { name: /^Sign-off/ }).click()
  await expect(page.getByText(/^Version 2, submitted/)).toBeVisible()
  const review = page.getByRole('form', { name: 'Your review' })
  await choose(review, 'Next session', 'Proceed')
  await choose(review, 'Patient seen by me', 'No')
  await review.getByLabel('Your password').fill(password)
  await review.getByRole('button', { name: 'Sign and next' }).click()
  await expect(page.getByText('Nothing waits for your signature.')).toBeVisible()
  const signed = await clinic.lena.desk.must('session.open', { patientId, sessionId })
  const [first, second] = signed.versions.filter(({ kind }) => kind === 'SUBMISSION')
  expect(signed.signatures.at(-1)).toMatchObject({
    signerName: 'Dr Samuel Okafor',
    signedAt: '2026-06-11T14:12:00.000Z',
    versionNumber: 2,
    sha256: second?.sha256,
  })
  expect(first?.sha256).not.toBe(second?.sha256)

  // On 20 June Ivo asks at the desk to correct the name of a medicine.
  await comeTo(clinic, house, '2026-06-20')
  await openChart(page, house, clinic.noor, 'Petrov')
  await page.getByRole('button', { name: /^New/ }).click()
  await page.getByRole('menuitem', { name: 'Request to correct the record' }).click()
  const request = page.getByRole('form', { name: 'Take a request' })
  await expect(request.getByLabel('Who asks')).toHaveValue('Ivo Petrov')
  await request.getByLabel('What should be corrected').fill('The numbing cream was LMX 4, not lidocaine cream.')
  await expectAccessible(page)
  await request.getByRole('button', { name: 'Take the request' }).click()
  await expect(request.getByRole('status')).toHaveText('Taken. The answer is due by 19-Aug-2026.')

  // It stands on the worklist with its day, and the physician answers it in the chart.
  await signIn(page, house, clinic.okafor)
  await page.getByRole('link', { name: /^Follow-up/ }).click()
  const line = page.getByRole('listitem').filter({ hasText: 'Request to correct the record' })
  await expect(line).toContainText('19-Aug-2026')
  await expectAccessible(page)
  await line.getByRole('link', { name: 'Request to correct the record' }).click()
  const card = page.getByRole('region', { name: 'Asked on 20-Jun-2026' })
  await expect(card).toContainText('Not answered yet')
  await expect(card).toContainText('19-Aug-2026')
  await expectAccessible(page)
  await card.getByRole('button', { name: 'Accept' }).click()
  const accepting = page.getByRole('dialog', { name: 'Accept the request' })
  await pick(page, 'Record it is about', 'Session 1, 09-Jun-2026')
  await expectAccessible(page, { within: '[role=dialog]' })
  await accepting.getByRole('button', { name: 'Accept and write the addendum' }).click()

  // The addendum corrects the name beside the record; the record stays as it was signed.
  const form = page.getByRole('form', { name: 'Addendum' })
  await expect(form.getByLabel('Why it is written')).toHaveValue(/LMX 4/)
  await form.getByRole('combobox', { name: 'Field it adds to' }).fill('Numbing, product')
  await page.getByRole('option', { name: 'Numbing, product' }).click()
  await expect(form).toContainText('Lidocaine cream 4 %')
  await form.getByLabel('It should say something else').check()
  await form.getByLabel('Should be').fill('LMX 4')
  await expect(form.getByText('Saved', { exact: true })).toBeVisible()
  await form.getByRole('button', { name: 'Sign the addendum' }).click()
  const proof = page.getByRole('dialog', { name: 'Sign the addendum' })
  await proof.getByLabel('Your password').fill(password)
  await proof.getByRole('button', { name: 'Sign', exact: true }).click()
  const addendum = page.getByRole('article', { name: 'Addendum by Dr Samuel Okafor' })
  await expect(addendum).toContainText('Was Lidocaine cream 4 %, should be LMX 4')
  await expect(addendum).toContainText('Asked for by Ivo Petrov on 20-Jun-2026')
  await expect(addendum).toContainText('Signed by Dr Samuel Okafor')

  const after = await clinic.lena.desk.must('session.open', { patientId, sessionId })
  expect(after.record).toEqual(signed.record)
  await findChart(page, 'Petrov')
  await page.getByRole('button', { name: /^New/ }).click()
  await page.getByRole('menuitem', { name: 'Request to correct the record' }).click()
  await expect(card).toContainText('Accepted, addendum signed')
  await expect(card.getByRole('link', { name: 'Session 1, 09-Jun-2026' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: /^Follow-up/ }).click()
  await expect(page.getByRole('heading', { name: 'Follow-up', level: 1 })).toBeVisible()
  await expect(page.getByText('Request to correct the record')).toHaveCount(0)
})
