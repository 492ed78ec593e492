import type { Page } from '@playwright/test'
import type { SampleClinic, StaffName } from './sample-clinic.ts'

/** One state of one screen: who looks at it, at which address, and what is opened there first. */
export type Screen = {
  /** The picture's name: person, then screen. */
  readonly name: string
  readonly who: StaffName
  readonly path: (sample: SampleClinic) => string
  readonly open?: (page: Page) => Promise<void>
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const key = (name: string) => (page: Page) => page.keyboard.press(name)
const choice = (name: string) => (page: Page) => page.getByRole('radio', { name }).check({ force: true })
const queued = (family: string) => (page: Page) =>
  page
    .getByRole('button', { name: new RegExp(`^${family}`) })
    .first()
    .click()

const chart = (given: Parameters<SampleClinic['patientId']>[0]) => (sample: SampleClinic) =>
  `/patients/${sample.patientId(given)}`
const inChart =
  (given: Parameters<SampleClinic['patientId']>[0], rest: (sample: SampleClinic) => string) => (sample: SampleClinic) =>
    `/patients/${sample.patientId(given)}/${rest(sample)}`
const session = (given: Parameters<SampleClinic['recordId']>[0], part = '') =>
  inChart(given, (sample) => `sessions/${sample.recordId(given, 'SESSION')}${part}`)
const gate = (part: string) => inChart('Haruka', (sample) => `sessions/${sample.begun.sessionId}?part=${part}`)
const at = (path: string) => () => path

/** Every main screen of the sample clinic, its dialogs and its states; nothing here changes a record. */
export const screens: readonly Screen[] = [
  { name: 'noor-today', who: 'noor', path: at('/today') },
  { name: 'noor-today-add', who: 'noor', path: at('/today'), open: key('a') },
  {
    name: 'noor-search',
    who: 'noor',
    path: at('/today'),
    async open(page) {
      const search = page.getByRole('combobox', { name: 'Find a patient' })
      await search.fill('wal jo 3/4/84')
      await page.getByRole('option').first().waitFor()
    },
  },
  { name: 'noor-keys', who: 'noor', path: at('/today'), open: key('?') },
  { name: 'noor-patients', who: 'noor', path: at('/patients') },
  { name: 'greta-duplicates', who: 'greta', path: at('/patients/duplicates'), open: button(/^Compare \d/) },
  {
    name: 'greta-merge',
    who: 'greta',
    path: (sample) => `/patients/${sample.patientId('Joan')}/merge/${sample.patientId('Joanna')}`,
  },
  { name: 'noor-register', who: 'noor', path: at('/patients/new') },
  {
    name: 'noor-register-duplicate',
    who: 'noor',
    path: at('/patients/new'),
    async open(page) {
      await page.getByLabel('Surname').first().fill('Walker')
      await page.getByLabel('Given name').first().fill('Joanna')
      await page.getByLabel('Birth date').first().fill('3/4/84')
      await page
        .getByRole('link', { name: /^Walker, Joan/ })
        .first()
        .waitFor()
    },
  },
  { name: 'noor-chart', who: 'noor', path: chart('Joanna') },
  { name: 'noor-edit', who: 'noor', path: inChart('Joanna', () => 'edit') },
  { name: 'noor-symptom-call', who: 'noor', path: inChart('Joanna', () => 'complications/new') },
  { name: 'noor-follow-up', who: 'noor', path: at('/follow-up') },
  { name: 'noor-stock', who: 'noor', path: at('/stock') },
  { name: 'noor-clinic', who: 'noor', path: at('/clinic/facts') },
  { name: 'noor-calendar', who: 'noor', path: at('/today/calendar') },
  { name: 'noor-calendar-week', who: 'noor', path: at('/today/calendar'), open: choice('Week') },
  { name: 'noor-calendar-waiting', who: 'noor', path: at('/today/calendar'), open: choice('Waiting list') },
  { name: 'noor-calendar-reminders', who: 'noor', path: at('/today/calendar'), open: choice('Reminders') },
  { name: 'noor-calendar-hours', who: 'noor', path: at('/today/calendar'), open: choice('Hours and absences') },
  { name: 'noor-calendar-book', who: 'noor', path: at('/today/calendar'), open: key('n') },

  { name: 'lena-my-day', who: 'lena', path: at('/today') },
  { name: 'lena-day', who: 'lena', path: at('/today'), open: choice('Everybody’s day') },
  { name: 'lena-patients', who: 'lena', path: at('/patients') },
  { name: 'lena-chart', who: 'lena', path: chart('Giulia') },
  { name: 'lena-chart-new', who: 'lena', path: chart('Giulia'), open: key('n') },
  { name: 'lena-plan', who: 'lena', path: inChart('Giulia', () => 'plan') },
  { name: 'lena-session-before', who: 'lena', path: session('Giulia', '?part=before') },
  { name: 'lena-session-products', who: 'lena', path: session('Giulia', '?part=products') },
  { name: 'lena-session-zones', who: 'lena', path: session('Giulia', '?part=zones') },
  { name: 'lena-session-after', who: 'lena', path: session('Giulia', '?part=after') },
  { name: 'lena-session-review', who: 'lena', path: session('Giulia', '?part=review') },
  { name: 'lena-session-returned', who: 'lena', path: session('Ivo') },
  { name: 'lena-session-signed', who: 'lena', path: session('Aisha') },
  {
    name: 'lena-screening-begun',
    who: 'lena',
    path: inChart('Eva', ({ begun }) => `screenings/${begun.screeningId}`),
  },
  {
    name: 'lena-screening-signed',
    who: 'lena',
    path: inChart('Giulia', (sample) => `screenings/${sample.recordId('Giulia', 'SCREENING')}`),
  },
  { name: 'lena-consent-begun', who: 'lena', path: inChart('Ana', ({ begun }) => `consents/${begun.consentId}`) },
  {
    name: 'lena-consent-signed',
    who: 'lena',
    path: inChart('Giulia', (sample) => `consents/${sample.recordId('Giulia', 'CONSENT')}`),
  },
  { name: 'lena-symptom-call', who: 'lena', path: inChart('Maja', () => 'complications/new') },
  { name: 'lena-photos', who: 'lena', path: inChart('Aisha', () => 'photos') },
  { name: 'lena-stock-cartridges', who: 'lena', path: at('/stock') },
  { name: 'lena-stock-products', who: 'lena', path: at('/stock'), open: choice('Products') },
  { name: 'lena-stock-devices', who: 'lena', path: at('/stock'), open: choice('Devices') },
  { name: 'lena-stock-add', who: 'lena', path: at('/stock'), open: key('a') },

  { name: 'miguel-session-gate', who: 'miguel', path: gate('review') },
  { name: 'miguel-session-plan', who: 'miguel', path: gate('zones') },
  { name: 'miguel-session-before', who: 'miguel', path: gate('before') },

  { name: 'okafor-today', who: 'okafor', path: at('/today') },
  { name: 'okafor-day', who: 'okafor', path: at('/today'), open: choice('Everybody’s day') },
  { name: 'okafor-sign-off', who: 'okafor', path: at('/sign-off') },
  { name: 'okafor-sign-off-deviation', who: 'okafor', path: at('/sign-off'), open: queued('Haldane') },
  { name: 'okafor-sign-off-warning', who: 'okafor', path: at('/sign-off'), open: queued('Sandoval') },
  {
    name: 'okafor-sign-off-clean',
    who: 'okafor',
    path: at('/sign-off'),
    open: queued('opened.*Lindgren|not opened.*Lindgren'),
  },
  {
    name: 'okafor-sign-off-return',
    who: 'okafor',
    path: at('/sign-off'),
    async open(page) {
      await queued('Haldane')(page)
      await page.getByRole('button', { name: /^Return with reason/ }).click()
    },
  },
  {
    name: 'okafor-sign-off-error',
    who: 'okafor',
    path: at('/sign-off'),
    async open(page) {
      await queued('Haldane')(page)
      await page.getByRole('button', { name: 'Entered in error' }).click()
    },
  },
  {
    name: 'okafor-sign-off-batch',
    who: 'okafor',
    path: at('/sign-off'),
    open: button(/^Sign the \d+ opened/),
  },
  { name: 'okafor-chart', who: 'okafor', path: chart('Aisha') },
  {
    name: 'okafor-packet',
    who: 'okafor',
    path: chart('Aisha'),
    async open(page) {
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Signed packet' }).click()
    },
  },
  { name: 'okafor-chart-deviation', who: 'okafor', path: chart('Rosalind') },
  { name: 'okafor-chart-empty', who: 'okafor', path: chart('Marguerite') },
  { name: 'okafor-plan', who: 'okafor', path: inChart('Aisha', () => 'plan') },
  {
    name: 'okafor-outcome',
    who: 'okafor',
    path: inChart('Lindiwe', () => 'plan'),
    open: (page) => page.getByRole('link', { name: 'Baseline and outcome' }).click(),
  },
  { name: 'okafor-plan-empty', who: 'okafor', path: inChart('Marguerite', () => 'plan') },
  { name: 'okafor-amendments', who: 'okafor', path: inChart('Aisha', () => 'amendments') },
  { name: 'okafor-order-new', who: 'okafor', path: inChart('Marguerite', () => 'orders/new') },
  {
    name: 'okafor-order-signed',
    who: 'okafor',
    path: inChart('Aisha', (sample) => `orders/${sample.recordId('Aisha', 'ORDER')}`),
  },
  {
    name: 'okafor-screening-findings',
    who: 'okafor',
    path: inChart('Tomas', (sample) => `screenings/${sample.recordId('Tomas', 'SCREENING')}`),
  },
  {
    name: 'okafor-clearance',
    who: 'okafor',
    path: inChart('Tomas', (sample) => `screenings/${sample.recordId('Tomas', 'SCREENING')}`),
    open: button('Clear or refuse'),
  },
  {
    name: 'okafor-complication',
    who: 'okafor',
    path: inChart('Aisha', (sample) => `complications/${sample.recordId('Aisha', 'COMPLICATION')}`),
  },
  { name: 'okafor-session-submitted', who: 'okafor', path: session('Rosalind') },
  { name: 'okafor-chart-rf', who: 'okafor', path: chart('Jakob') },
  { name: 'okafor-session-rf', who: 'okafor', path: session('Jakob') },
  { name: 'okafor-edit', who: 'okafor', path: inChart('Aisha', () => 'edit') },
  { name: 'okafor-follow-up', who: 'okafor', path: at('/follow-up') },
  { name: 'okafor-policy', who: 'okafor', path: at('/clinic/policy') },
  { name: 'okafor-recalls', who: 'okafor', path: at('/stock/recalls') },
  {
    name: 'okafor-recall',
    who: 'okafor',
    path: at('/stock/recalls'),
    open: (page) => page.getByRole('grid').getByRole('row').nth(1).click(),
  },
  { name: 'okafor-trace', who: 'okafor', path: at('/stock/recalls/trace') },
  { name: 'okafor-look-back', who: 'okafor', path: at('/stock/look-back') },
  { name: 'okafor-presets', who: 'okafor', path: at('/clinic/presets') },
  { name: 'okafor-consent-texts', who: 'okafor', path: at('/clinic/consents') },
  { name: 'okafor-health-questions', who: 'okafor', path: at('/clinic/questions') },
  { name: 'okafor-incidents', who: 'okafor', path: at('/clinic/incidents') },
  { name: 'okafor-reports', who: 'okafor', path: at('/clinic/reports') },
  { name: 'okafor-reports-complications', who: 'okafor', path: at('/clinic/reports'), open: choice('Complications') },
  { name: 'okafor-reports-outcomes', who: 'okafor', path: at('/clinic/reports'), open: choice('Outcomes') },

  { name: 'greta-today', who: 'greta', path: at('/today') },
  { name: 'greta-patients', who: 'greta', path: at('/patients') },
  { name: 'greta-import', who: 'greta', path: at('/patients/import') },
  { name: 'greta-clinic', who: 'greta', path: at('/clinic/facts') },
  { name: 'greta-staff', who: 'greta', path: at('/clinic/staff') },
  { name: 'greta-staff-add', who: 'greta', path: at('/clinic/staff'), open: button('Add a person') },
  { name: 'greta-policy', who: 'greta', path: at('/clinic/policy') },
  { name: 'greta-audit', who: 'greta', path: at('/clinic/audit') },
  { name: 'greta-copies', who: 'greta', path: at('/clinic/copies') },
  { name: 'greta-keys', who: 'greta', path: at('/clinic/keys') },
  { name: 'greta-restore', who: 'greta', path: at('/clinic/copies'), open: button('Restore from a copy') },
]
