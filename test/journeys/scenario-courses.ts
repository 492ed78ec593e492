import type { Page } from '@playwright/test'
import type { SessionId } from '../../shared/kernel/ids.ts'
import { addMinutes, type CalendarDate, type Instant } from '../../shared/kernel/time.ts'
import { type Course, loggedUntilNow, passMinutes, readyToStart, signIn, type TreatingClinic, type } from './course.ts'
import { expect, type House, type Person, password } from './house.ts'

/** Ten o'clock in Chicago, or another time in UTC, of a later day; the windows without a browser sign in again. */
export async function comeTo(
  { okafor, lena, noor }: TreatingClinic,
  house: House,
  day: CalendarDate,
  time = '15:00',
): Promise<void> {
  house.host.setNow(`${day}T${time}:00.000Z`)
  for (const { desk, signInName } of [okafor, lena, noor])
    await desk.must('signIn.withPassword', { signInName, password })
}

/** Signs the person in on this page and opens the chart that the name box finds. */
export async function openChart(page: Page, house: House, person: Person, family: string): Promise<void> {
  await signIn(page, house, person)
  await findChart(page, family)
}

/** From any screen to the one chart of this name. */
export async function findChart(page: Page, family: string): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Find a patient' })
  await box.fill(family)
  await page
    .getByRole('option', { name: new RegExp(family) })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: /^(Chart|Patient)$/, level: 1 })).toBeAttached()
}

/** What really happened, written down afterwards without the gate; signed by its author. */
export async function enterLate(clinic: TreatingClinic, course: Course, endedAt: Instant): Promise<SessionId> {
  const { patientId, seriesId } = course
  const { desk } = clinic.lena
  await passMinutes(clinic, 120)
  const { sessionId } = await desk.must('session.begin', { patientId, seriesId })
  const ready = readyToStart(clinic, course)
  const draftVersion = await type(clinic, course, sessionId, {
    ...ready,
    ...loggedUntilNow(clinic, course),
    startedAt: addMinutes(endedAt, -28),
    endedAt,
    anaesthetic: { kind: 'NONE' },
    cartridgeUses: (ready.cartridgeUses ?? []).map((use) => ({ ...use, openedAt: addMinutes(endedAt, -40) })),
  })
  await desk.must('session.recordOnly', { patientId, sessionId, draftVersion })
  const told = { reason: 'Entered in the chart of her sister first.', patientTold: true }
  const explained = await type(clinic, course, sessionId, {
    deviations: [{ code: 'RECORD_ONLY', origin: 'AUTO', ...told }],
  })
  await desk.must('session.submit', {
    ...{ patientId, sessionId, draftVersion: explained, replies: [], dispositions: [] },
    reauth: { method: 'PASSWORD', password },
  })
  return sessionId
}
