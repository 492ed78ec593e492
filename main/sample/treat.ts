import { standardViews } from '../../shared/domain/photo.ts'
import type { SessionDraft } from '../../shared/domain/session.ts'
import type { Indication, Side, ZoneCode } from '../../shared/domain/zones.ts'
import type { ConsentId, OrderId, PatientId, SeriesId, SessionId } from '../../shared/kernel/ids.ts'
import { addMinutes } from '../../shared/kernel/time.ts'
import { healthyAnswers } from './answers.ts'
import { anyProof, type SampleHouse } from './house.ts'
import type { SamplePerson, StaffKey } from './people.ts'
import type { SampleStock } from './stock.ts'

export type Place = { readonly zone: ZoneCode; readonly side: Side; readonly depthUm: number }
export type Course = {
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly places: readonly Place[]
  readonly indication: Indication
}

export const cheeksAndChin: readonly Place[] = [
  { zone: 'CHEEK_ANT', side: 'R', depthUm: 1000 },
  { zone: 'CHEEK_ANT', side: 'L', depthUm: 1000 },
  { zone: 'CHIN', side: 'M', depthUm: 750 },
]
/** No deeper than the line from which a physician countersigns in the sample. */
export const foreheadLightly: readonly Place[] = [
  { zone: 'FOREHEAD', side: 'M', depthUm: 500 },
  { zone: 'GLABELLA', side: 'M', depthUm: 500 },
]
export const upperFace: readonly Place[] = [
  { zone: 'FOREHEAD', side: 'M', depthUm: 500 },
  { zone: 'GLABELLA', side: 'M', depthUm: 500 },
  { zone: 'TEMPLE', side: 'R', depthUm: 500 },
  { zone: 'TEMPLE', side: 'L', depthUm: 500 },
  { zone: 'CHEEK_ANT', side: 'R', depthUm: 750 },
  { zone: 'CHEEK_ANT', side: 'L', depthUm: 750 },
  { zone: 'CHEEK_LAT', side: 'R', depthUm: 750 },
  { zone: 'CHEEK_LAT', side: 'L', depthUm: 750 },
  { zone: 'NOSE_BRIDGE', side: 'M', depthUm: 250 },
  { zone: 'CHIN', side: 'M', depthUm: 750 },
]

const stroke = {
  kind: 'STROKES' as const,
  strokes: [
    Array.from({ length: 90 }, (_, index) => {
      const part = index / 89
      return {
        x: Math.round(700 + 6900 * part + 420 * Math.sin(part * 36)),
        y: Math.round(3100 - 1900 * (1 - part) * Math.cos(part * 36 + 0.6)),
        atMs: index * 12,
      }
    }),
  ],
}

/** Registers the person at the desk; the physician notes the skin type. */
export async function register(house: SampleHouse, person: SamplePerson): Promise<PatientId> {
  const noor = await house.as('noor')
  const details = {
    family: person.family,
    given: person.given,
    middle: null,
    preferred: person.preferred ?? null,
    formerNames: [],
    bornOn: person.bornOn,
    bornText: null,
    sex: null,
    gender: null,
    phones: [{ kind: 'MOBILE' as const, number: person.phone }],
    email: null,
    address: { line1: '12 Alder Row', line2: null, locality: 'Chicago', postcode: '60614', region: 'IL' },
    preferredChannel: 'SMS' as const,
    language: 'en',
    interpreterNeeded: false,
    allergies: person.allergy
      ? { state: 'LISTED' as const, entries: [{ ...person.allergy }] }
      : { state: 'NONE_KNOWN' as const, askedOn: house.today },
    guardian: null,
    emergencyContact: null,
    deskNotes: null,
  }
  const { family, given, middle, preferred, formerNames, bornOn, bornText, address, phones } = details
  const { charts } = await noor('patient.duplicates', {
    ...{ family, given, middle, preferred, formerNames, bornOn, bornText, address, phones },
    except: null,
  })
  const { patientId } = await noor('patient.register', {
    details,
    acknowledgedDuplicates: charts.map((chart) => chart.patientId),
    draftId: null,
  })
  const okafor = await house.as('okafor')
  const { version } = await okafor('patient.open', { patientId })
  await okafor('patient.setSkinType', { patientId, version, type: person.fst, recordedOn: house.today })
  return patientId
}

/** The patient answers on the clinic's screen. `change` replaces single answers. */
export async function screen(
  house: SampleHouse,
  patientId: PatientId,
  {
    form = 'FULL',
    seriesId = null,
    change = {},
  }: { form?: 'FULL' | 'SHORT'; seriesId?: SeriesId | null; change?: object } = {},
): Promise<void> {
  const noor = await house.as('noor')
  const wanted = form === 'FULL' ? ('FULL' as const) : ('NEEDED' as const)
  const { screeningId } = await noor('screening.begin', { patientId, seriesId, wanted })
  await noor('patientMode.begin', { kind: 'SCREENING', patientId, formId: screeningId })
  const open = await noor('screening.patientForm', { patientId, screeningId })
  if (open.state !== 'OPEN') throw new Error('sample: the form is signed already')
  const { version } = await noor('screening.saveAnswers', {
    patientId,
    screeningId,
    version: open.version,
    language: 'en',
    answers: wire({ ...healthyAnswers(open.form), ...change }),
    looseTexts: [],
    marked: [],
  })
  house.pass(4)
  await noor('screening.sign', {
    patientId,
    screeningId,
    version,
    signer: { role: 'PATIENT' },
    mark: wire(stroke),
    intentTicked: true,
  })
  await noor('patientMode.end', { pin: anyProof.pin })
}

/** Course, order and consent for these places. */
export async function planCourse(
  house: SampleHouse,
  patientId: PatientId,
  {
    places,
    indication,
    practitioner = 'lena',
    sessions = 4,
    consent = true,
    photos = 'KEPT_ELSEWHERE',
    rfText = null,
  }: {
    places: readonly Place[]
    indication: Indication
    practitioner?: StaffKey
    sessions?: number
    consent?: boolean
    photos?: 'TAKEN' | 'KEPT_ELSEWHERE'
    /** The clinic's text for radiofrequency, where the course is one. */
    rfText?: string | null
  },
): Promise<Course & { readonly orderId: OrderId; readonly consentId: ConsentId | null }> {
  const okafor = await house.as('okafor')
  const { seriesId } = await okafor('series.plan', {
    patientId,
    goals: [indication],
    goalText: 'A smoother surface',
    zones: [],
    sessionsPlanned: sessions,
    intervalMonths: 1,
    photos,
    photoViews: photos === 'TAKEN' ? [...standardViews] : [],
  })
  const orderId = await signOrder(house, { patientId, seriesId, places, indication, sessions, isRf: rfText !== null })
  const consentId = consent
    ? await signConsent(house, { patientId, seriesId, places, indication, practitioner, sessions, rfText })
    : null
  return { patientId, seriesId, places, indication, orderId, consentId }
}

async function signOrder(
  house: SampleHouse,
  { patientId, seriesId, places, indication, sessions, isRf }: Course & { sessions: number; isRf: boolean },
): Promise<OrderId> {
  const okafor = await house.as('okafor')
  const { orderId } = await okafor('order.begin', { patientId, seriesId })
  const open = await okafor('order.draft', { patientId, orderId })
  const { draftVersion } = await okafor('order.saveDraft', {
    patientId,
    orderId,
    draftVersion: open.draftVersion,
    draft: {
      ...open.draft,
      seriesId,
      examiner: { staffId: house.id('okafor'), printedName: 'Dr Samuel Okafor', kind: 'PHYSICIAN' },
      examMode: 'IN_PERSON',
      examinedOn: house.today,
      isHistoryReviewed: true,
      findings: 'Skin quiet, no active lesions.',
      fst: open.draft.fst ?? 'III',
      indications: [indication],
      scarGrade: indication === 'ACNE_SCAR' ? 'GB_2006_3' : null,
      zones: places.map(({ zone, side, depthUm }) => ({ zone, side, site: null, maxDepthUm: depthUm })),
      deviceType: isRf ? 'RF_PEN' : 'PEN',
      sessions,
      intervalMonths: 1,
    },
  })
  await okafor('order.sign', { patientId, orderId, draftVersion, supersedes: [], reauth: anyProof })
  return orderId
}

async function signConsent(
  house: SampleHouse,
  {
    patientId,
    seriesId,
    places,
    indication,
    practitioner,
    sessions,
    rfText,
  }: Course & { practitioner: StaffKey; sessions: number; rfText: string | null },
): Promise<ConsentId> {
  const noor = await house.as('noor')
  const { consentId } = await noor('consent.prepare', { patientId, basedOn: null })
  const { draft } = await noor('consent.open', { patientId, consentId })
  if (!draft) throw new Error('sample: the consent has no draft')
  const saved = await noor('consent.savePreparation', {
    patientId,
    consentId,
    version: draft.version,
    preparation: wire({
      ...draft.preparation,
      seriesId,
      zones: places.map(({ zone, side }) => ({ zone, side, site: null })),
      indications: [indication],
      ...(rfText === null ? {} : { procedure: 'RF', templateId: rfText }),
      maxDepthUm: Math.max(1500, ...places.map(({ depthUm }) => depthUm)),
      sessions,
      practitionerId: house.id(practitioner),
      supervisingPhysicianId: house.id('okafor'),
      explainedById: house.id(practitioner),
      signer: { ...draft.preparation.signer, identityDocument: 'DRIVING_LICENCE' },
    }),
  })
  await noor('consent.present', { patientId, consentId, version: saved.version })
  await noor('patientMode.begin', { kind: 'CONSENT', patientId, formId: consentId })
  const form = await noor('consent.form', { patientId, consentId })
  if (form.state !== 'OPEN') throw new Error('sample: the consent is closed')
  house.pass(6)
  const { sha256 } = await noor('consent.answer', {
    patientId,
    consentId,
    version: form.draftVersion,
    isOpening: true,
    answers: wire({
      initials: form.sections
        .filter((section) => section.initialRequired)
        .map(({ key }) => ({ section: key, initials: 'XX' })),
      photoPermissions: { ownRecord: true, staffTeaching: false, marketing: false },
      questions: '',
      agreed: true,
      assent: { given: false, note: '' },
    }),
  })
  await noor('consent.sign', {
    patientId,
    consentId,
    version: form.version,
    mark: wire(stroke),
    intentTicked: true,
    documentSha256: sha256,
  })
  await noor('patientMode.end', { pin: anyProof.pin })
  return consentId
}

/** Today's short form, then the session up to its start. */
export async function startSession(
  house: SampleHouse,
  course: Course,
  {
    stock,
    practitioner = 'lena',
    places = course.places,
  }: { stock: SampleStock; practitioner?: StaffKey; places?: readonly Place[] },
): Promise<SessionId> {
  await screen(house, course.patientId, { form: 'SHORT' })
  const must = await house.as(practitioner)
  const { patientId, seriesId } = course
  const { sessionId } = await must('session.begin', { patientId, seriesId })
  const draftVersion = await type(
    house,
    practitioner,
    { patientId, sessionId },
    {
      room: practitioner === 'miguel' ? '2' : '1',
      ...(practitioner === 'okafor'
        ? {}
        : { supervisingPhysicianId: house.id('okafor'), supervisionModeActual: 'ON_SITE' }),
      identityCheck: { identifiers: ['FULL_NAME', 'BIRTH_DATE'], photoMatches: null },
      stillAgreesToday: true,
      plan: { zones: places.map((place) => ({ ...place, site: null, indication: course.indication })), addons: [] },
      deviceId: stock.deviceId,
      cartridgeUses: [
        {
          label: 'c1',
          cartridgeLotId: stock.cartridgeLotId,
          lotRaw: stock.cartridgeLot,
          serial: null,
          expiresOn: stock.cartridgeExpiresOn,
          maxLengthUm: 2500,
          isSealIntact: true,
          openedAt: house.now,
          isDiscarded: true,
          isSharpsDisposed: true,
        },
      ],
    },
  )
  await must('session.start', { patientId, sessionId, draftVersion })
  return sessionId
}

/** The log of the half hour that ends now, and the author's signature. */
export async function finishSession(
  house: SampleHouse,
  course: Course,
  sessionId: SessionId,
  {
    stock,
    practitioner = 'lena',
    log = {},
  }: { stock: SampleStock; practitioner?: StaffKey; log?: Partial<SessionDraft> },
): Promise<void> {
  house.pass(28)
  const { patientId } = course
  const endedAt = house.now
  const draftVersion = await type(
    house,
    practitioner,
    { patientId, sessionId },
    {
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
        area: course.places.map(({ zone, side }) => ({ zone, side })),
        onAt: addMinutes(endedAt, -63),
        offAt: addMinutes(endedAt, -33),
        isOccluded: false,
        isRemoved: true,
        orderId: null,
      },
      speed: 100,
      zoneRows: course.places.map((place) => zoneRow(place, course.indication)),
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
      ...log,
    },
  )
  const must = await house.as(practitioner)
  await must('session.submit', { patientId, sessionId, draftVersion, replies: [], dispositions: [], reauth: anyProof })
}

export function zoneRow({ zone, side, depthUm }: Place, indication: Indication) {
  return {
    zone,
    side,
    site: null,
    indication,
    depthUm,
    technique: depthUm <= 500 ? ('STAMP' as const) : ('GLIDE' as const),
    passes: [
      { no: 1, directions: ['V' as const, 'H' as const], endpointAfter: 'ERYTHEMA' as const },
      { no: 2, directions: ['OR' as const], endpointAfter: 'PINPOINT' as const },
    ],
    cartridge: 'c1',
    stopReason: 'ENDPOINT' as const,
    speedOverride: null,
    skippedSubareas: null,
    note: null,
  }
}

/** The physician reads it and signs it as it is. */
export async function countersign(house: SampleHouse, { patientId }: Course, sessionId: SessionId): Promise<void> {
  const okafor = await house.as('okafor')
  const { record } = await okafor('session.open', { patientId, sessionId })
  if (!record) throw new Error('sample: nothing was submitted')
  await okafor('signOff.sign', {
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
    reauth: anyProof,
  })
}

/** What is typed goes into the draft as the autosave sends it; gives the number of the save. */
async function type(
  house: SampleHouse,
  practitioner: StaffKey,
  whose: { patientId: PatientId; sessionId: SessionId },
  change: Partial<SessionDraft>,
): Promise<number> {
  const must = await house.as(practitioner)
  const { draft } = await must('session.open', whose)
  if (!draft) throw new Error('sample: the session takes no text')
  const saved = await must('session.save', {
    ...whose,
    draftVersion: draft.draftVersion,
    draft: wire({ ...draft.draft, ...change }),
  })
  return saved.draftVersion
}

/** The contract's types are mutable where the domain's are not. */
function wire<Value>(value: Value) {
  return JSON.parse(JSON.stringify(value))
}
