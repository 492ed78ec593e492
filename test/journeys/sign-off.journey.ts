import { choose, openTreatingClinic, signIn, treat } from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'
import { openPart, submit } from './session-desk.ts'

test('a record goes back with two questions, is corrected, and is signed in its second version', async ({
  page,
  browser,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const whose = await treat(clinic, { family: 'Aldous', given: 'Ines', bornOn: '1991-04-12' })
  const { patientId, sessionId } = whose

  await signIn(page, house, clinic.okafor)
  await page.getByRole('link', { name: /^Sign-off/ }).click()
  await expect(page.getByRole('region', { name: 'The record' })).toBeVisible()
  await expect(page.getByText(/^Version 1, submitted/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Return with reason' }).click()
  const dialog = page.getByRole('dialog', { name: 'Return to Lena Brook' })
  await dialog.getByRole('textbox', { name: 'Why it goes back' }).fill('Two entries do not fit what I saw.')
  for (const [field, question] of [
    ['Bleeding time: 2 min', 'It took longer when I looked in. How long?'],
    ['Pain: 3 of 10', 'What did the patient say at the end?'],
  ] as const) {
    await dialog.getByRole('combobox', { name: 'Point at a field' }).click()
    await page.getByRole('option', { name: field }).click()
    await dialog.getByRole('textbox', { name: field }).fill(question)
  }
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Return the record' }).click()
  await expect(page.getByText('Nothing waits for your signature.')).toBeVisible()
  await expectAccessible(page)

  const authorsWindow = await browser.newContext()
  const author = await authorsWindow.newPage()
  await signIn(author, house, clinic.lena)
  await author
    .getByRole('region', { name: 'My unfinished sessions' })
    .getByRole('link', { name: /Aldous/ })
    .click()
  await openPart(author, 'Check')
  const returned = author.getByRole('region', { name: 'Returned by Dr Samuel Okafor' })
  await expect(returned).toContainText('Two entries do not fit what I saw.')
  await expect(returned).toContainText('It took longer when I looked in. How long?')
  const leftToDo = author.getByRole('region', { name: 'Left to do' })
  await expect(leftToDo.getByRole('button', { name: 'Answer: Bleeding time' })).toBeVisible()
  await expectAccessible(author)
  await returned.getByRole('button', { name: 'Bleeding time', exact: true }).click()
  await expect(author.getByText('What did the patient say at the end?')).toBeVisible()
  const bleeding = author.getByRole('textbox', { name: 'Minutes until bleeding stopped' })
  await expect(bleeding).toBeFocused()
  await bleeding.fill('6')
  await choose(author, 'Worst pain, 0 none to 10 worst', '5')
  await expectAccessible(author)
  await openPart(author, 'Check')
  await author.getByRole('textbox', { name: 'Your answer: Bleeding time' }).fill('Dry after six minutes, corrected.')
  await author.getByRole('textbox', { name: 'Your answer: Pain' }).fill('Five at the end, corrected.')
  await expect(leftToDo).toContainText('Everything is there')
  const changed = author.getByRole('table', { name: 'Changed since version 1' })
  await expect(changed.getByRole('row', { name: /Bleeding time 2 6/ })).toBeVisible()
  await expect(changed.getByRole('row', { name: /Pain 3 5/ })).toBeVisible()
  await expectAccessible(author)
  await submit(author, 'Submit the correction')
  await expect(author.getByText('Version 2, corrected')).toBeVisible()
  await expectAccessible(author)
  await authorsWindow.close()

  await page.reload()
  await expect(page.getByText(/^Version 2, submitted/)).toBeVisible()
  const corrected = page.getByRole('region', { name: 'Corrected since the last version' })
  await expect(corrected).toContainText('Dry after six minutes, corrected.')
  await expect(corrected).toContainText('Five at the end, corrected.')
  await expect(corrected).toContainText('Bleeding time')
  await expectAccessible(page)

  const review = page.getByRole('form', { name: 'Your review' })
  await review
    .getByRole('group', { name: 'Patient seen by me' })
    .getByRole('radio', { name: 'Yes', exact: true })
    .check()
  await review.getByLabel('Your password').fill(password)
  await review.getByRole('button', { name: 'Sign and next' }).click()
  await expect(page.getByText('Nothing waits for your signature.')).toBeVisible()

  const signed = await clinic.lena.desk.must('session.open', { patientId, sessionId })
  expect(signed.session).toMatchObject({ state: 'SIGNED', signedBy: { printedName: 'Dr Samuel Okafor' } })
  expect(signed.record?.body).toMatchObject({ haemostasisMin: 6, painMax: 5 })
  expect(signed.signatures.filter(({ signerName }) => signerName === 'Dr Samuel Okafor')).toHaveLength(1)
})
