import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { cheeksAndChin } from '../../main/sample/treat.ts'
import type { ConsentId, PatientId, SessionId } from '../../shared/kernel/ids.ts'
import { chromiumArguments, findChromium } from '../support/ensure-chromium.ts'
import { filesBelow, filesThatName } from '../support/name-scan.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { type Served, serve } from '../support/served.ts'
import {
  countersign,
  openTreatingClinic,
  prescribe,
  startSession,
  submitSession,
  type TreatingClinic,
} from './course.ts'
import { expect, pin, test } from './house.ts'
import { answerThisPage, drawSignature } from './patient-form.ts'
import { servedHouse } from './served-house.ts'

const treated = { family: 'Quillfeather', given: 'Marigolda' }
const imported = { family: 'Bramblewood', given: 'Thistledown' }
const names = [...Object.values(treated), ...Object.values(imported)]

/** Everything that a day on one PC may write into: home, temp, browser profile and copies; no other day uses them. */
function foldersOfTheDay() {
  const top = mkdtempSync(join(tmpdir(), 'countersign-day-'))
  const make = (name: string) => {
    const folder = join(top, name)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  }
  const folders = {
    /** All that is looked through afterwards. */
    day: make('day'),
    home: make('day/home'),
    temp: make('day/temp'),
    runtime: make('day/runtime'),
    profile: make('day/profile'),
    copies: make('day/copies'),
    /** Where people themselves put files: the list they bring, the PDF they save. */
    outside: make('outside'),
  }
  const { home, temp } = folders
  const environment = {
    PATH: process.env['PATH'] ?? '',
    LANG: 'C.UTF-8',
    HOME: home,
    TMPDIR: temp,
    SQLITE_TMPDIR: temp,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_RUNTIME_DIR: folders.runtime,
  }
  return { ...folders, environment, remove: () => rmSync(top, { recursive: true, force: true }) }
}
type Folders = ReturnType<typeof foldersOfTheDay>

test('F1 after a whole day no patient’s name stands readable in any file of the program or the browser', async () => {
  test.slow()
  const folders = foldersOfTheDay()
  const served = await serve([], folders.environment)
  try {
    await liveTheDay(served, folders)
    expect(await served.end('SIGINT')).toBe(0)
    expectDayHappened(folders)
    expect(filesThatName(folders.day, names)).toEqual([])
    expect(filesThatName(folders.outside, names)).not.toEqual([])
    expectScannerFindsPlanted(folders)
  } finally {
    await served.end('SIGKILL')
    folders.remove()
  }
})

async function liveTheDay(served: Served, folders: Folders): Promise<void> {
  const clinic = await openTreatingClinic(servedHouse(served))
  const { context, page, kept } = await openBrowser(folders, served)
  try {
    const patientId = await registerByScreen(clinic, page, served)
    await importByScreen(page, folders)
    await screenByScreen(clinic, page, served, patientId)
    // A page that still showed this window would show the consent too, and save answers of its own.
    await page.goto('about:blank')
    const { sessionId, consentId } = await treat(clinic, patientId)
    await reviewAndAmend(clinic, page, served, { patientId, sessionId })
    await savePdfs(clinic, page, served, folders, { patientId, sessionId, consentId })
    await callWithSymptoms(clinic, page, served, { patientId, sessionId })
    // Refused calls carry names too; what is logged of them must not.
    expect(await served.code('patient.register', { details: treated, [treated.family]: 1 })).toBe('INVALID_INPUT')
    await makeCopy(clinic, folders)
  } finally {
    await context.close()
  }
  expect(kept).toEqual([])
}

/** A browser with a profile of its own that is kept on disk, on the window of the served program. */
async function openBrowser({ profile, outside, environment }: Folders, { origin, cookie }: Served) {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('there is no Chromium')
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: chromiumArguments,
    env: environment,
    downloadsPath: outside,
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
  })
  await context.addCookies([{ ...cookie, url: origin, httpOnly: true, sameSite: 'Strict' }])
  /** Replies of the program that a browser might keep. */
  const kept: string[] = []
  context.on('response', (response) => {
    if (response.url().startsWith(origin) && response.headers()['cache-control'] !== 'no-store')
      kept.push(response.url())
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return { context, page, kept } satisfies { context: BrowserContext; page: Page; kept: string[] }
}

/** Turns to a screen as whoever sits at the PC now. */
async function goTo(page: Page, { origin }: Served, path: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${origin}/#${path}`)
}

async function registerByScreen({ noor }: TreatingClinic, page: Page, served: Served): Promise<PatientId> {
  await noor.desk.must('signIn.state', {})
  await goTo(page, served, '/patients/new')
  const form = page.getByRole('form', { name: 'Register a patient' })
  await form.getByLabel('Surname', { exact: true }).fill(treated.family)
  await form.getByLabel('Given name', { exact: true }).fill(treated.given)
  await form.getByLabel('Birth date').fill('3/24/1988')
  await form.getByRole('button', { name: /register$/i }).click()
  await expect(page).toHaveURL(/#\/patients\/[0-9a-f-]{36}$/)
  const patientId = page.url().slice(-36) as PatientId
  await page.keyboard.press('/')
  await page.keyboard.type(`${treated.family} ${treated.given}`)
  await expect(page.getByRole('option', { name: new RegExp(treated.family) })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('combobox', { name: 'Find a patient' })).toHaveValue('')
  return patientId
}

async function importByScreen(page: Page, { outside }: Folders): Promise<void> {
  const list = join(outside, 'patients.csv')
  writeFileSync(list, `surname,given_name,date_of_birth\n${imported.family},${imported.given},1979-05-30\n`)
  await page.evaluate(() => {
    window.location.hash = '#/patients/import'
  })
  await page.getByLabel('Patient list', { exact: true }).setInputFiles(list)
  await page.getByRole('button', { name: /^Import 1 patient/ }).click()
  await expect(page.getByRole('button', { name: 'Undo this import' })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(new RegExp(imported.family)).first()).toBeVisible()
}

/** The whole questionnaire on the clinic's screen, in the patient's hands. */
async function screenByScreen(clinic: TreatingClinic, page: Page, served: Served, patientId: PatientId): Promise<void> {
  const { screeningId } = await clinic.noor.desk.must('screening.begin', { patientId, seriesId: null, wanted: 'FULL' })
  await goTo(page, served, `/patients/${patientId}/screenings/${screeningId}`)
  await page.getByRole('button', { name: 'Hand the screen over' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^1 of/ })).toBeVisible()
  const check = page.getByRole('heading', { name: 'Please check your answers' })
  while (!(await check.isVisible())) {
    const before = await page.getByRole('heading', { level: 1 }).innerText()
    await answerThisPage(page)
    await page.getByRole('button', { name: /^Next/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(before)
  }
  await page.getByRole('button', { name: 'Next: sign' }).click()
  await drawSignature(page)
  await page.getByRole('region', { name: 'Sign here with finger or pen' }).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Sign my answers' }).click()
  await expect(page.getByRole('heading', { name: 'Thank you. Everything is saved.' })).toBeVisible()
  await page.getByLabel('Staff PIN').fill(pin)
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible()
}

/** Order, consent in patient mode, the session with the name in its own words, submitted. */
async function treat(clinic: TreatingClinic, patientId: PatientId) {
  const { family } = treated
  const course = await prescribe(clinic, { patientId, family, places: cheeksAndChin })
  const { consents } = await clinic.noor.desk.must('consent.list', { patientId })
  const consentId = consents[0]?.consentId as ConsentId
  const sessionId = await startSession(clinic, course)
  await submitSession(clinic, course, sessionId, { notes: `${treated.given} ${family} felt well.` })
  return { sessionId, consentId }
}

type Treated = { readonly patientId: PatientId; readonly sessionId: SessionId }

/** The physician reads the record on the screen and signs; the author amends it, with the name in the text. */
async function reviewAndAmend(clinic: TreatingClinic, page: Page, served: Served, whose: Treated): Promise<void> {
  const { lena, okafor } = clinic
  await okafor.desk.must('signIn.state', {})
  await goTo(page, served, '/sign-off')
  await expect(page.getByRole('region', { name: 'The record' })).toContainText(treated.family)
  await countersign(clinic, whose)
  const { patientId, sessionId } = whose
  const { addendumId, draftVersion } = await lena.desk.must('addendum.begin', {
    patientId,
    kind: 'SESSION',
    recordId: sessionId,
    fieldPath: '/notes',
  })
  await lena.desk.must('addendum.saveDraft', {
    patientId,
    addendumId,
    draftVersion,
    fieldPath: '/notes',
    reason: 'Left out',
    text: `${treated.family} asked for a copy.`,
    correction: null,
    happenedAt: null,
    amendmentRequest: null,
  })
  await goTo(page, served, `/patients/${patientId}/sessions/${sessionId}`)
  await expect(page.getByText(`${treated.family} asked for a copy.`)).toBeVisible()
}

/** Session and consent as PDF, saved where the person wants them. */
async function savePdfs(
  { lena }: TreatingClinic,
  page: Page,
  served: Served,
  { outside }: Folders,
  { patientId, sessionId, consentId }: Treated & { readonly consentId: ConsentId },
): Promise<void> {
  await lena.desk.must('signIn.state', {})
  for (const path of [`sessions/${sessionId}`, `consents/${consentId}`]) {
    await goTo(page, served, `/patients/${patientId}/${path}`)
    await page.getByRole('button', { name: 'Print' }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Save PDF' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).not.toContain(treated.family)
    await download.saveAs(join(outside, download.suggestedFilename()))
  }
  const { token } = await lena.desk.must('print.session', { patientId, sessionId })
  const [firstPage = ''] = await pdfPages(await served.blob(token))
  expect(firstPage).toContain(`${treated.family}, ${treated.given}`)
}

async function callWithSymptoms(
  { noor, okafor }: TreatingClinic,
  page: Page,
  served: Served,
  { patientId, sessionId }: Treated,
): Promise<void> {
  const { complicationId } = await noor.desk.must('complication.report', {
    patientId,
    sessionIds: [sessionId],
    zones: [],
    description: `${treated.family} called: small blisters beside the chin.`,
    channel: 'PHONE',
    reportedBy: { kind: 'PATIENT', name: `${treated.given} ${treated.family}` },
    onsetOn: null,
    signs: [],
    code: null,
    grade: null,
    actionTaken: '',
    notices: [{ physicianId: okafor.staffId, how: 'PHONE' }],
  })
  await okafor.desk.must('signIn.state', {})
  await goTo(page, served, `/patients/${patientId}/complications/${complicationId}`)
  await expect(page.getByText(new RegExp(`${treated.family} called`)).first()).toBeVisible()
  await goTo(page, served, `/patients/${patientId}`)
  await expect(page.getByText(new RegExp(treated.family)).first()).toBeVisible()
}

async function makeCopy({ owner }: TreatingClinic, { copies }: Folders): Promise<void> {
  const { jobId } = await owner.desk.must('backup.makeCopy', { folder: copies })
  await expect.poll(async () => (await owner.desk.must('backup.job', { jobId })).kind).toBe('DONE')
}

/** The places that could leak were all used, so that an empty find means something. */
function expectDayHappened({ day }: Folders): void {
  const files = filesBelow(day)
  for (const expected of [
    /^home\/data\/countersign-preview\/store\.db$/,
    /^home\/data\/countersign-preview\/files\/./,
    /^home\/data\/countersign-preview\/logs\/./,
    /^copies\/.*store\.db$/,
    /^profile\/Default\/History$/,
    /^profile\/.*leveldb\//,
  ])
    expect(
      files.filter((path) => expected.test(path)),
      String(expected),
    ).not.toEqual([])
}

/** The control: the same search of the same folders, after names were put there in every way it must see. */
function expectScannerFindsPlanted({ day }: Folders): void {
  const [family = '', given = ''] = names
  const border = 1024 * 1024
  const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
  const planted = {
    'copies/plain.txt': Buffer.from(`patient ${family}.`, 'utf8'),
    'home/data/countersign-preview/logs/le.log': Buffer.from(given, 'utf16le'),
    'profile/Default/be.bin': utf16be(given),
    'temp/.hidden/capitals': Buffer.from(family.toUpperCase(), 'utf8'),
    'runtime/border-utf8': Buffer.concat([Buffer.alloc(border - 5, '.'), Buffer.from(family, 'utf8')]),
    'runtime/border-utf16le': Buffer.concat([Buffer.alloc(border - 7, '.'), Buffer.from(family, 'utf16le')]),
    'runtime/border-utf16be': Buffer.concat([
      Buffer.alloc(2 * border - 3, '.'),
      utf16be(family),
      Buffer.alloc(border, '.'),
    ]),
    [`temp/${given}.tmp`]: Buffer.alloc(0),
  }
  for (const [path, bytes] of Object.entries(planted)) {
    mkdirSync(dirname(join(day, path)), { recursive: true })
    writeFileSync(join(day, path), bytes)
  }
  expect(filesThatName(day, names)).toEqual(
    [
      `copies/plain.txt: ${family} (UTF-8)`,
      `home/data/countersign-preview/logs/le.log: ${given} (UTF-16LE)`,
      `profile/Default/be.bin: ${given} (UTF-16BE)`,
      `runtime/border-utf16be: ${family} (UTF-16BE)`,
      `runtime/border-utf16le: ${family} (UTF-16LE)`,
      `runtime/border-utf8: ${family} (UTF-8)`,
      `temp/.hidden/capitals: ${family} (UTF-8)`,
      `temp/${given}.tmp: ${given} (path)`,
    ].sort(),
  )
}
