import type { SessionDraft } from '../../shared/domain/session.ts'
import type { CartridgeLotId, SessionId } from '../../shared/kernel/ids.ts'
import {
  type Course,
  countersign,
  openTreatingClinic,
  planCourse,
  readyToStart,
  screen,
  signIn,
  startSession,
  submitSession,
  type TreatingClinic,
  type,
} from './course.ts'
import { expect, expectAccessible, test } from './house.ts'
import { cheeks, comeToDay, openChart, openSession } from './scenario-people.ts'
import { openPart } from './session-desk.ts'

test.use({ startsAt: '2026-02-02T16:00:00.000Z' })

const asRegistered = 'MN24-0917B'
const asTyped = 'mn24 0917b'
const asScanned = '(10)MN240917B'
const both = cheeks(1000)

test('Scenario 5: one search for a recalled lot finds seven sessions, five patients, one complication and the stock', async ({
  page,
  house,
}) => {
  const clinic = await openTreatingClinic(house)
  const first = await useTheLot(clinic)
  await comeToDay(clinic, '2026-03-09')
  await clinic.lena.desk.must('complication.report', {
    patientId: first.patientId,
    sessionIds: [first.sessionId],
    zones: [{ zone: 'CHEEK_ANT', side: 'L', site: null }],
    description: 'Small pustules round the hairs since Thursday.',
    channel: 'PHONE',
    reportedBy: { kind: 'PATIENT', name: 'Ines Aldous' },
    onsetOn: '2026-03-05',
    signs: [],
    code: 'FOLLICULITIS',
    grade: 1,
    actionTaken: 'Mild cleanser only; seen on Wednesday.',
    notices: [],
  })

  await signIn(page, house, clinic.okafor)
  await page.getByRole('link', { name: /^Stock/ }).click()
  await page.getByRole('link', { name: 'Recalls' }).click()
  await page.getByRole('link', { name: 'Trace a lot or device' }).click()
  for (const spelling of [asRegistered, asTyped, asScanned]) {
    await page.getByLabel('Lot number').fill(spelling)
    await page.keyboard.press('Enter')
    await expect(page.getByText('7 sessions', { exact: true })).toBeVisible()
    await expect(page.getByText('5 patients', { exact: true })).toBeVisible()
    await expect(page.getByText('0 more patients not ruled out')).toBeVisible()
  }
  await expect(page.getByText('1 complication, 1 open')).toBeVisible()
  const named = page.getByRole('table', { name: 'Named in the record' })
  await expect(named.getByRole('row', { name: /Aldous/ })).toContainText('Inflamed hair follicles, grade 1')
  await expect(page.getByRole('list', { name: 'Stock concerned' })).toContainText(
    'MN24-0917B: Available, 12 pieces left',
  )
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Open a recall' }).click()
  const opening = page.getByRole('dialog', { name: 'Open a recall' })
  await opening.getByLabel('Name of the recall').fill('Needle tips of MN24-0917B')
  await opening.getByLabel('Number or date of the notice').fill('FSN 26-031')
  await opening.getByRole('radio', { name: 'Quarantined' }).check()
  await opening.getByRole('button', { name: 'Open the recall' }).click()
  await expect(page.getByRole('region', { name: 'Stock' })).toContainText('now in quarantine, 12 pieces set aside')
  await expect(page.getByRole('region', { name: 'People to tell' }).getByRole('row')).toHaveCount(1 + 5)
  const report = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save report' }).click()
  expect((await report).suggestedFilename()).toBe('2026-03-09-recall-report.pdf')

  await openChart(page, 'Aldous')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByText('Report to the FDA?')).toBeVisible()
  await expect(page.getByText('what was used is recalled')).toBeVisible()
  await page.getByRole('button', { name: 'Report', exact: true }).click()
  const decision = page.getByRole('dialog', { name: 'Report to the FDA' })
  await decision.getByLabel('Reason').fill('Recalled tips and pustules in the treated zone.')
  await decision.getByRole('button', { name: 'Keep this decision' }).click()
  await expect(page.getByText('Report: Recalled tips and pustules in the treated zone.')).toBeVisible()

  // The next patient's cartridge comes from the same box, whatever is typed from its label.
  const next = await planCourse(clinic, { family: 'Fairbairn', given: 'Ona', bornOn: '1990-02-11' }, both)
  await screen(clinic, next.patientId, 'SHORT')
  const { sessionId } = await clinic.lena.desk.must('session.begin', {
    patientId: next.patientId,
    seriesId: next.seriesId,
  })
  await type(clinic, next, sessionId, { ...readyToStart(clinic, next), ...withCartridge(clinic, asTyped, null) })
  await signIn(page, house, clinic.lena)
  await openSession(page, next, sessionId)
  await openPart(page, 'Start gate')
  await expect(page.getByText(/mn24 0917b.* is in quarantine\./)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start the session' })).toBeDisabled()
})

/**
 * Five patients on 2 February, two of them again on 2 March: three pieces taken from the register, four typed or scanned
 * from the label. Gives the last session of the first patient.
 */
async function useTheLot(clinic: TreatingClinic): Promise<Course & { readonly sessionId: SessionId }> {
  const { cartridgeLotId } = await clinic.lena.desk.must('stock.addCartridgeLot', {
    facts: {
      manufacturer: 'Halden',
      model: 'Tip 12',
      udiDi: null,
      lotRaw: asRegistered,
      expiresOn: '2027-09-30',
      needleCount: 12,
      needleGauge: 33,
      maxLengthUm: 2500,
      sterileMethod: 'Ethylene oxide',
      receivedQuantity: 15,
      receivedOn: '2026-01-12',
      supplier: 'Halden',
    },
  })
  const treat = async (course: Course, lot: string) => {
    const plan = withCartridge(clinic, lot, lot === asRegistered ? cartridgeLotId : null)
    const sessionId = await startSession(clinic, course, plan)
    await submitSession(clinic, course, sessionId)
    await countersign(clinic, { ...course, sessionId })
    return { ...course, sessionId }
  }
  const [ines, ona] = [
    await treat(
      await planCourse(clinic, { family: 'Aldous', given: 'Ines', bornOn: '1990-04-10' }, both),
      asRegistered,
    ),
    await treat(await planCourse(clinic, { family: 'Birkett', given: 'Ona', bornOn: '1991-04-11' }, both), asTyped),
  ]
  await treat(await planCourse(clinic, { family: 'Calloway', given: 'Jo', bornOn: '1992-04-12' }, both), asScanned)
  await treat(await planCourse(clinic, { family: 'Dunmore', given: 'Kit', bornOn: '1993-04-13' }, both), asRegistered)
  await treat(await planCourse(clinic, { family: 'Everett', given: 'Lou', bornOn: '1994-04-14' }, both), asTyped)
  await comeToDay(clinic, '2026-03-02')
  await treat(ona, asRegistered)
  return treat(ines, asScanned)
}

/** One sealed cartridge, taken from the register or only read from its label. */
function withCartridge(
  { house }: TreatingClinic,
  lotRaw: string,
  cartridgeLotId: CartridgeLotId | null,
): Partial<SessionDraft> {
  return {
    cartridgeUses: [
      {
        label: 'c1',
        cartridgeLotId,
        lotRaw,
        serial: null,
        expiresOn: '2027-09-30',
        maxLengthUm: 2500,
        isSealIntact: true,
        openedAt: house.host.now(),
        isDiscarded: true,
        isSharpsDisposed: true,
      },
    ],
  }
}
