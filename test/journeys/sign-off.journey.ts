import { openTreatingClinic, signIn, treat } from './course.ts'
import { expect, expectAccessible, password, test } from './house.ts'

/**
 * The author corrects by the commands that her screen sends; the session screen itself has its own journey. What the
 * physician does and sees is done and seen on the screen.
 */
test('a record goes back with two questions, is corrected, and is signed in its second version', async ({
  page,
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
    ['Bleeding stopped after: 2 min', 'It took longer when I looked in. How long?'],
    ['Pain, most: 3 of 10', 'What did the patient say at the end?'],
  ] as const) {
    await dialog.getByRole('combobox', { name: 'Point at a field' }).click()
    await page.getByRole('option', { name: field }).click()
    await dialog.getByRole('textbox', { name: field }).fill(question)
  }
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Return the record' }).click()
  await expect(page.getByText('Nothing waits for your signature.')).toBeVisible()
  await expectAccessible(page)

  const { desk } = clinic.lena
  const returned = await desk.must('session.open', { patientId, sessionId })
  expect(returned.session.state).toBe('RETURNED')
  expect(returned.returns.at(-1)?.pointers.map(({ path }) => path)).toEqual(['/haemostasisMin', '/painMax'])
  if (!returned.draft) throw new Error('the returned record takes no text')
  const replies = [
    { path: '/haemostasisMin', reply: 'Dry after six minutes, corrected.' },
    { path: '/painMax', reply: 'Five at the end, corrected.' },
  ]
  const { draftVersion } = await desk.must('session.save', {
    patientId,
    sessionId,
    draftVersion: returned.draft.draftVersion,
    draft: { ...returned.draft.draft, haemostasisMin: 6, painMax: 5 },
    replies,
  })
  await desk.must('session.submit', {
    patientId,
    sessionId,
    draftVersion,
    replies,
    dispositions: [],
    reauth: { method: 'PASSWORD', password },
  })

  await page.reload()
  await expect(page.getByText(/^Version 2, submitted/)).toBeVisible()
  const corrected = page.getByRole('region', { name: 'Corrected since the last version' })
  await expect(corrected).toContainText('Dry after six minutes, corrected.')
  await expect(corrected).toContainText('Five at the end, corrected.')
  await expect(corrected).toContainText('Haemostasis min')
  await expectAccessible(page)

  const review = page.getByRole('form', { name: 'Your review' })
  await review
    .getByRole('group', { name: 'Patient seen by me' })
    .getByRole('radio', { name: 'Yes', exact: true })
    .check()
  await review.getByLabel('Your password').fill(password)
  await review.getByRole('button', { name: 'Sign and next' }).click()
  await expect(page.getByText('Nothing waits for your signature.')).toBeVisible()

  const signed = await desk.must('session.open', { patientId, sessionId })
  expect(signed.session).toMatchObject({ state: 'SIGNED', signedBy: { printedName: 'Dr Samuel Okafor' } })
  expect(signed.record?.body).toMatchObject({ haemostasisMin: 6, painMax: 5 })
  expect(signed.signatures.filter(({ signerName }) => signerName === 'Dr Samuel Okafor')).toHaveLength(1)
})
