import type { Locator, Page } from '@playwright/test'
import { healthyAnswers } from '../../main/sample/answers.ts'
import { cheeksAndChin, type Place, zoneRow } from '../../main/sample/treat.ts'
import type { Guardian, SkinType } from '../../shared/domain/patient.ts'
import type { ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import type { SessionDraft } from '../../shared/domain/session.ts'
import type {
  CartridgeLotId,
  ConsentId,
  DeviceId,
  PatientId,
  ProductLotId,
  SeriesId,
  SessionId,
} from '../../shared/kernel/ids.ts'
import { addDays, addMinutes, type CalendarDate, dateInZone } from '../../shared/kernel/time.ts'
import { clinicTimeZone, expect, type House, openProgram, type Person, password, pin } from './house.ts'

const proof = { method: 'PASSWORD' as const, password }
const indication = 'ACNE_SCAR' as const
const cartridgeLot = 'MN26-0611A'

/** All that the clinic's work needs of the program it runs in. */
export type ClinicHouse = {
  readonly host: Pick<House['host'], 'now' | 'advanceMinutes'>
  readonly openClinic: House['openClinic']
}

/** A clinic with approved rules and a stocked trolley: a physician, an aesthetician, a front desk. */
export type TreatingClinic = {
  readonly house: ClinicHouse
  readonly owner: Person
  readonly okafor: Person
  readonly lena: Person
  readonly noor: Person
  readonly stock: Stock
}

type Stock = {
  readonly deviceId: DeviceId
  readonly cartridgeLotId: CartridgeLotId
  readonly cartridgeExpiresOn: string
  readonly numbingId: ProductLotId
  readonly serumId: ProductLotId
  readonly antisepticId: ProductLotId
}

export type Course = {
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly family: string
  readonly places: readonly Place[]
}

export type PatientName = { readonly family: string; readonly given: string; readonly bornOn: string }

/** What a story says otherwise than the usual course. */
export type Told = {
  readonly skinType?: SkinType
  /** LATER: the story itself takes the consent. */
  readonly consent?: 'SIGNED' | 'LATER'
  /** The clinic may show the photographs on its website. */
  readonly mayPublish?: boolean
}

export const stroke = {
  kind: 'STROKES' as const,
  strokes: [
    [
      { x: 800, y: 4200, atMs: 0 },
      { x: 1900, y: 1500, atMs: 90 },
      { x: 2600, y: 4300, atMs: 180 },
      { x: 4300, y: 4100, atMs: 370 },
      { x: 7200, y: 3900, atMs: 640 },
    ],
  ],
}

/** The clinic on the day that treating may begin: aestheticians needle to 1.50 mm, texts and policy approved. */
export async function openTreatingClinic(
  house: ClinicHouse,
  { aestheticianMaxUm = 1500 }: { readonly aestheticianMaxUm?: number } = {},
): Promise<TreatingClinic> {
  const { owner, hire } = await house.openClinic()
  const okafor = await hire('Dr Samuel Okafor', ['physician'])
  const lena = await hire('Lena Brook', ['aesthetician'])
  const noor = await hire('Noor Haddad', ['frontDesk'])
  await approveRules(okafor, aestheticianMaxUm)
  return { house, owner, okafor, lena, noor, stock: await fillStock(lena, today(house)) }
}

async function approveRules({ desk }: Person, maxDepthUm: number): Promise<void> {
  const { policies } = await desk.must('policy.list', {})
  const policyId = policies.find(({ standing }) => standing === 'DRAFT')?.policyId
  if (!policyId) throw new Error('set-up left no policy draft')
  const { draftVersion, body } = await desk.must('policy.open', { policyId })
  const { approvedBy: _nobody, ...rest } = body
  const settings = { ...rest.settings, deviceTrainingRule: 'OFF' as const }
  const saved = await desk.must('policy.saveDraft', {
    policyId,
    draftVersion,
    body: {
      ...rest,
      settings,
      permittedRoles: rest.permittedRoles.map((row) =>
        row.role === 'aesthetician' ? { ...row, mayNeedle: true, maxDepthUm } : row,
      ),
    },
  })
  await desk.must('policy.approve', { policyId, draftVersion: saved.draftVersion, reauth: proof })
  const { templates } = await desk.must('consent.templates', {})
  for (const { templateId, major, minor } of templates)
    await desk.must('consent.approveTemplate', { templateId, major, minor, reauth: proof })
}

async function fillStock({ desk }: Person, onDay: string): Promise<Stock> {
  const cartridgeExpiresOn = addDays(onDay, 240)
  const { deviceId } = await desk.must('stock.addDevice', {
    facts: {
      manufacturer: 'Halden',
      model: 'P2 pen',
      type: 'PEN',
      udiDi: null,
      serial: 'H-77120',
      clearanceNumber: 'K000000',
      maxDepthUm: 2500,
      depthStepUm: 50,
      speed: { unit: 'HZ', from: 50, to: 150 },
      labelledIndications: 'Facial acne scars',
      labelledMinAgeYears: 22,
      labelledFst: [],
      calibrationDueOn: addDays(onDay, 120),
    },
  })
  const { cartridgeLotId } = await desk.must('stock.addCartridgeLot', {
    facts: {
      manufacturer: 'Halden',
      model: 'Tip 12',
      udiDi: null,
      lotRaw: cartridgeLot,
      expiresOn: cartridgeExpiresOn,
      needleCount: 12,
      needleGauge: 33,
      maxLengthUm: 2500,
      sterileMethod: 'Ethylene oxide',
      receivedQuantity: 40,
      receivedOn: addDays(onDay, -10),
      supplier: 'Halden',
    },
  })
  const product = {
    productClass: 'NEUTRAL' as const,
    ingredientsOfConcern: [],
    agents: [],
    expiresOn: addDays(onDay, 200),
    openedOn: null,
  }
  const add = async (facts: Parameters<typeof desk.must<'stock.addProductLot'>>[1]['facts']) =>
    (await desk.must('stock.addProductLot', { facts })).productLotId
  return {
    deviceId,
    cartridgeLotId,
    cartridgeExpiresOn,
    numbingId: await add({
      ...product,
      kind: 'ANAESTHETIC',
      name: 'Lidocaine cream 4 %',
      lotRaw: 'LC-77',
      agents: [{ agent: 'LIDOCAINE', percent: 4 }],
    }),
    serumId: await add({
      ...product,
      kind: 'SERUM',
      name: 'HA serum',
      lotRaw: 'HA-901',
      productClass: 'RESTORATIVE',
    }),
    antisepticId: await add({ ...product, kind: 'ANTISEPTIC', name: 'Chlorhexidine 2 %', lotRaw: 'AS-118' }),
  }
}

/** Registered, screened, ordered and consented: all that a session needs but today's short form. */
export async function planCourse(
  clinic: TreatingClinic,
  name: PatientName,
  places: readonly Place[] = cheeksAndChin,
  told: Told = {},
): Promise<Course> {
  const patientId = await register(clinic, name)
  await screen(clinic, patientId, 'FULL')
  return prescribe(clinic, { patientId, family: name.family, places }, told)
}

/** What follows on the questionnaire: skin type, course and order by the physician, and the patient's consent. */
export async function prescribe(
  clinic: TreatingClinic,
  { patientId, family, places }: Omit<Course, 'seriesId'>,
  { skinType = 'III', consent = 'SIGNED', mayPublish = false }: Told = {},
): Promise<Course> {
  const { house, okafor } = clinic
  const { version } = await okafor.desk.must('patient.open', { patientId })
  await okafor.desk.must('patient.setSkinType', { patientId, version, type: skinType, recordedOn: today(house) })
  const { seriesId } = await okafor.desk.must('series.plan', {
    patientId,
    goals: [indication],
    goalText: 'A smoother surface',
    zones: [],
    sessionsPlanned: 4,
    intervalMonths: 1,
    photos: 'KEPT_ELSEWHERE',
    photoViews: [],
  })
  const course = { patientId, seriesId, family, places }
  await signOrder(clinic, course)
  if (consent === 'SIGNED') await signConsent(clinic, course, mayPublish)
  house.host.advanceMinutes(1)
  return course
}

export async function register(
  { house, noor }: TreatingClinic,
  name: PatientName,
  guardian: Guardian | null = null,
): Promise<PatientId> {
  const details = {
    ...name,
    middle: null,
    preferred: null,
    formerNames: [],
    bornText: null,
    sex: null,
    gender: null,
    phones: [{ kind: 'MOBILE' as const, number: '+1 312 555 0142' }],
    email: null,
    address: { line1: '12 Alder Row', line2: null, locality: 'Chicago', postcode: '60614', region: 'IL' },
    preferredChannel: 'SMS' as const,
    language: 'en',
    interpreterNeeded: false,
    allergies: { state: 'NONE_KNOWN' as const, askedOn: today(house) },
    guardian,
    emergencyContact: null,
    deskNotes: null,
  }
  const { family, given, middle, preferred, formerNames, bornOn, bornText, address, phones } = details
  const { charts } = await noor.desk.must('patient.duplicates', {
    ...{ family, given, middle, preferred, formerNames, bornOn, bornText, address, phones },
    except: null,
  })
  const { patientId } = await noor.desk.must('patient.register', {
    details,
    acknowledgedDuplicates: charts.map((chart) => chart.patientId),
    draftId: null,
  })
  return patientId
}

/** The patient answers on the clinic's screen: everything before a course, the short form on the day of a session. */
export async function screen(
  { noor: { desk } }: TreatingClinic,
  patientId: PatientId,
  form: 'FULL' | 'SHORT',
  { change = {}, guardian = null }: { readonly change?: ScreeningAnswers; readonly guardian?: Guardian | null } = {},
): Promise<void> {
  const { screeningId } = await desk.must('screening.begin', {
    patientId,
    seriesId: null,
    wanted: form === 'FULL' ? 'FULL' : 'NEEDED',
  })
  await desk.must('patientMode.begin', { kind: 'SCREENING', patientId, formId: screeningId })
  const open = await desk.must('screening.patientForm', { patientId, screeningId })
  if (open.state !== 'OPEN') throw new Error('the form is signed already')
  const { version } = await desk.must('screening.saveAnswers', {
    patientId,
    screeningId,
    version: open.version,
    language: 'en',
    answers: wire({ ...healthyAnswers(open.form), ...change }),
    looseTexts: [],
    marked: [],
  })
  await desk.must('screening.sign', {
    patientId,
    screeningId,
    version,
    signer:
      guardian === null
        ? { role: 'PATIENT' }
        : { role: 'GUARDIAN', name: guardian.name, relationship: guardian.relationship },
    mark: wire(stroke),
    intentTicked: true,
  })
  await desk.must('patientMode.end', { pin })
}

async function signOrder({ house, okafor }: TreatingClinic, { patientId, seriesId, places }: Course): Promise<void> {
  const { desk } = okafor
  const { orderId } = await desk.must('order.begin', { patientId, seriesId })
  const open = await desk.must('order.draft', { patientId, orderId })
  const { draftVersion } = await desk.must('order.saveDraft', {
    patientId,
    orderId,
    draftVersion: open.draftVersion,
    draft: {
      ...open.draft,
      seriesId,
      examiner: { staffId: okafor.staffId, printedName: okafor.printedName, kind: 'PHYSICIAN' },
      examMode: 'IN_PERSON',
      examinedOn: today(house),
      isHistoryReviewed: true,
      findings: 'Skin quiet, no active lesions.',
      fst: open.draft.fst ?? 'III',
      indications: [indication],
      scarGrade: 'GB_2006_3',
      zones: places.map(({ zone, side, depthUm }) => ({ zone, side, site: null, maxDepthUm: depthUm })),
      sessions: 4,
      intervalMonths: 1,
    },
  })
  await desk.must('order.sign', { patientId, orderId, draftVersion, supersedes: [], reauth: proof })
}

/** The patient reads and signs on the clinic's screen what was prepared for these places. */
export async function signConsent(
  { okafor, lena, noor: { desk } }: TreatingClinic,
  { patientId, seriesId, places }: Course,
  mayPublish: boolean,
): Promise<ConsentId> {
  const { consentId } = await desk.must('consent.prepare', { patientId, basedOn: null })
  const { draft } = await desk.must('consent.open', { patientId, consentId })
  if (!draft) throw new Error('the consent has no draft')
  const saved = await desk.must('consent.savePreparation', {
    patientId,
    consentId,
    version: draft.version,
    preparation: {
      ...draft.preparation,
      seriesId,
      zones: places.map(({ zone, side }) => ({ zone, side, site: null })),
      indications: [indication],
      maxDepthUm: 1500,
      sessions: 4,
      practitionerId: lena.staffId,
      supervisingPhysicianId: okafor.staffId,
      explainedById: lena.staffId,
      signer: { ...draft.preparation.signer, identityDocument: 'DRIVING_LICENCE' },
    },
  })
  await desk.must('consent.present', { patientId, consentId, version: saved.version })
  await desk.must('patientMode.begin', { kind: 'CONSENT', patientId, formId: consentId })
  const form = await desk.must('consent.form', { patientId, consentId })
  if (form.state !== 'OPEN') throw new Error('the consent is closed')
  const { sha256 } = await desk.must('consent.answer', {
    patientId,
    consentId,
    version: form.draftVersion,
    isOpening: true,
    answers: {
      initials: form.sections
        .filter((section) => section.initialRequired)
        .map(({ key }) => ({ section: key, initials: 'XX' })),
      photoPermissions: { ownRecord: true, staffTeaching: false, marketing: mayPublish },
      questions: '',
      agreed: true,
      assent: { given: false, note: '' },
    },
  })
  await desk.must('consent.sign', {
    patientId,
    consentId,
    version: form.version,
    mark: wire(stroke),
    intentTicked: true,
    documentSha256: sha256,
  })
  await desk.must('patientMode.end', { pin })
  return consentId
}

/** Today's short form, then the session up to its start; `change` is what this session plans otherwise. */
export async function startSession(
  clinic: TreatingClinic,
  course: Course,
  change: Partial<SessionDraft> = {},
): Promise<SessionId> {
  await screen(clinic, course.patientId, 'SHORT')
  return startScreened(clinic, course, change)
}

/** The session up to its start, where the patient has answered today. */
export async function startScreened(
  clinic: TreatingClinic,
  course: Course,
  change: Partial<SessionDraft> = {},
): Promise<SessionId> {
  const { lena } = clinic
  const { patientId, seriesId } = course
  const { sessionId } = await lena.desk.must('session.begin', { patientId, seriesId })
  const draftVersion = await type(clinic, course, sessionId, { ...readyToStart(clinic, course), ...change })
  await lena.desk.must('session.start', { patientId, sessionId, draftVersion })
  return sessionId
}

/** What the start gate wants from the person who treats: plan, identity, supervision, device, a sealed cartridge. */
export function readyToStart({ house, okafor, stock }: TreatingClinic, { places }: Course): Partial<SessionDraft> {
  return {
    room: '1',
    supervisingPhysicianId: okafor.staffId,
    supervisionModeActual: 'ON_SITE',
    identityCheck: { identifiers: ['FULL_NAME', 'BIRTH_DATE'], photoMatches: null },
    stillAgreesToday: true,
    plan: { zones: places.map((place) => ({ ...place, site: null, indication })), addons: [] },
    deviceId: stock.deviceId,
    cartridgeUses: [
      {
        label: 'c1',
        cartridgeLotId: stock.cartridgeLotId,
        lotRaw: cartridgeLot,
        serial: null,
        expiresOn: stock.cartridgeExpiresOn,
        maxLengthUm: 2500,
        isSealIntact: true,
        openedAt: house.host.now(),
        isDiscarded: true,
        isSharpsDisposed: true,
      },
    ],
  }
}

/** The log of the half hour that ends now, signed by its author. */
export async function submitSession(
  clinic: TreatingClinic,
  course: Course,
  sessionId: SessionId,
  log: Partial<SessionDraft> = {},
): Promise<void> {
  await passMinutes(clinic, 28)
  const draftVersion = await type(clinic, course, sessionId, { ...loggedUntilNow(clinic, course), ...log })
  await clinic.lena.desk.must('session.submit', {
    patientId: course.patientId,
    sessionId,
    draftVersion,
    replies: [],
    dispositions: [],
    reauth: proof,
  })
}

/** Half an hour of needling as planned, with nothing to remark. */
export function loggedUntilNow({ house, stock }: TreatingClinic, { places }: Course): Partial<SessionDraft> {
  const endedAt = house.host.now()
  return {
    startedAt: addMinutes(endedAt, -28),
    endedAt,
    prePhotos: { kind: 'KEPT_ELSEWHERE', reason: 'Clinic camera, folder of the day' },
    preObservations: { seen: ['CLEAR'], text: null },
    skinPrep: { productLotId: stock.antisepticId, name: 'Chlorhexidine 2 %', lotRaw: 'AS-118' },
    anaesthetic: {
      kind: 'APPLIED',
      productLotId: stock.numbingId,
      name: 'Lidocaine cream 4 %',
      lotRaw: 'LC-77',
      agents: [{ agent: 'LIDOCAINE', percent: 4 }],
      grams: 5,
      area: places.map(({ zone, side }) => ({ zone, side })),
      onAt: addMinutes(endedAt, -63),
      offAt: addMinutes(endedAt, -33),
      isOccluded: false,
      isRemoved: true,
      orderId: null,
    },
    speed: 100,
    zoneRows: places.map((place) => zoneRow(place, indication)),
    addons: [],
    postProducts: {
      kind: 'APPLIED',
      products: [
        {
          productLotId: stock.serumId,
          name: 'HA serum',
          lotRaw: 'HA-901',
          productClass: 'RESTORATIVE',
          moment: 'AFTER',
        },
      ],
    },
    immediateReactions: { kind: 'SEEN', reactions: [{ code: 'ERYTHEMA', grade: 1, zones: [] }] },
    painMax: 3,
    haemostasisMin: 2,
    postPhotos: { kind: 'KEPT_ELSEWHERE', reason: 'Clinic camera, folder of the day' },
    aftercareGiven: { templateVersion: '1.0', channel: 'PRINT', language: 'en', hasTaughtBack: true },
    endedEarly: false,
    needlestickInjury: false,
  }
}

/** Time goes by; windows that nobody touches lock by themselves, so everybody comes back with their password. */
export async function passMinutes({ house, okafor, lena, noor }: TreatingClinic, minutes: number): Promise<void> {
  house.host.advanceMinutes(minutes)
  for (const { desk, signInName } of [okafor, lena, noor])
    await desk.must('signIn.withPassword', { signInName, password })
}

/** A whole first session of this person, waiting for the physician. */
export async function treat(clinic: TreatingClinic, name: PatientName) {
  const course = await planCourse(clinic, name)
  const sessionId = await startSession(clinic, course)
  await submitSession(clinic, course, sessionId)
  return { ...course, sessionId }
}

/** The physician reads the waiting session and signs it as it is. */
export async function countersign({ okafor: { desk } }: TreatingClinic, whose: Whose): Promise<void> {
  const { patientId, sessionId } = whose
  const { record } = await desk.must('session.open', { patientId, sessionId })
  if (!record) throw new Error('nothing was submitted')
  await desk.must('signOff.sign', {
    patientId,
    sessionId,
    seenVersionId: record.versionId,
    seenSha256: record.sha256,
    supervision: { mode: 'ON_SITE', confirmed: true, note: '' },
    patientSeen: false,
    dispositions: [],
    decision: 'PROCEED',
    comment: '',
    takeoverReason: null,
    reauth: proof,
  })
}

type Whose = { readonly patientId: PatientId; readonly sessionId: SessionId }

/** What is typed goes into the draft as the autosave sends it; gives the number of the save. */
export async function type(
  { lena: { desk } }: TreatingClinic,
  { patientId }: Course,
  sessionId: SessionId,
  change: Partial<SessionDraft>,
): Promise<number> {
  const { draft } = await desk.must('session.open', { patientId, sessionId })
  if (!draft) throw new Error('the session takes no text')
  const saved = await desk.must('session.save', {
    patientId,
    sessionId,
    draftVersion: draft.draftVersion,
    draft: wire({ ...draft.draft, ...change }),
  })
  return saved.draftVersion
}

/** Opens the program in this browser window and signs the person in with name and password. */
export async function signIn(page: Page, house: House, person: Person): Promise<void> {
  await openProgram(page, house)
  await page.getByRole('button', { name: 'Name and password' }).click()
  await page.getByLabel('Sign-in name').fill(person.signInName)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
}

/** Picks one of a few, as they stand beside their label. */
export async function choose(scope: Page | Locator, label: string | RegExp, option: string): Promise<void> {
  await scope.getByRole('group', { name: label, exact: true }).getByRole('radio', { name: option, exact: true }).check()
}

/** The clinic's day, which is not the day of UTC all day long. */
function today(house: ClinicHouse): CalendarDate {
  return dateInZone(house.host.now(), clinicTimeZone)
}

/** The contract's types are mutable where the domain's are not. */
export function wire<Value>(value: Value) {
  return JSON.parse(JSON.stringify(value))
}
