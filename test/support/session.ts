import type { Trx } from '../../db/open.ts'
import { orderRecord } from '../../db/queries/order.ts'
import { moveSession, selectSession, sessionRecord } from '../../db/queries/session.ts'
import { insertReturn } from '../../db/queries/session-return.ts'
import { insertCartridgeLot, insertDevice, insertProductLot } from '../../db/queries/stock.ts'
import { insertRecord } from '../../db/records.ts'
import { insertSignature } from '../../db/signatures.ts'
import type { Sealer } from '../../db/signing/seal.ts'
import { keyLock, openKey, sealerOf } from '../../main/app/signing-keys.ts'
import type { InputOf } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { CartridgeLotBody, ProductLotBody } from '../../shared/domain/lot.ts'
import type { OrderBody } from '../../shared/domain/order.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import type { PolicyBody } from '../../shared/domain/policy.ts'
import type { ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import type { SessionDraft } from '../../shared/domain/session.ts'
import type { ReturnPointer } from '../../shared/domain/sign-off.ts'
import type {
  CartridgeLotId,
  ConsentId,
  DeviceId,
  OrderId,
  PatientId,
  ProductLotId,
  SeriesId,
  SessionId,
  SignatureId,
  StaffId,
} from '../../shared/kernel/ids.ts'
import { addMinutes, type Instant } from '../../shared/kernel/time.ts'
import { aestheticianRow, orderWith, planned, zoneRow } from '../domain/given-session.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { newClinic, password, type TestClinic, type Window } from './clinic.ts'
import { approveModelText, consentOnFile } from './consent.ts'
import { patientOnFile, screenPatient, signInAgain, wire } from './screening.ts'

export { cheekLeft, cheekRight, planned, zoneRow } from '../domain/given-session.ts'

export const byPassword = { method: 'PASSWORD', password } as const

/** A clinic on a morning when the session of its patient may start: everything the gate asks for is there. */
export type SessionClinic = TestClinic & {
  /** Lena, aesthetician. */
  readonly aes: Window
  readonly aesId: StaffId
  /** Dr Okafor, who supervises and wrote the order. */
  readonly phy: Window
  readonly phyId: StaffId
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly orderId: OrderId
  readonly consentId: ConsentId
  readonly deviceId: DeviceId
  readonly cartridgeLotId: CartridgeLotId
  readonly productLotId: ProductLotId
}

type Changes = {
  readonly now?: Instant
  readonly policy?: (body: PolicyBody) => PolicyBody
  readonly patient?: Partial<PatientBody>
  readonly order?: Partial<OrderBody>
  readonly answers?: ScreeningAnswers
  readonly sessionsPlanned?: number
  readonly consent?: 'SIGNED' | 'NONE'
  readonly screening?: 'SIGNED' | 'NONE'
}

/** Aestheticians may needle to 1.00 mm under a physician on site; order and consent name both front cheeks. */
export async function sessionClinic(changes: Changes = {}): Promise<SessionClinic> {
  const clinic = await newClinic(changes.now)
  const { window: aes, staffId: aesId } = await clinic.hire(['aesthetician'])
  const { window: phy, staffId: phyId } = await clinic.hire(['physician'])
  await approvePolicy(phy, changes.policy ?? ((body) => body))
  await approveModelText(phy)
  const patientId = await patientOnFile(clinic, {
    fst: { type: 'II', recordedOn: '2026-01-20', by: phyId },
    ...changes.patient,
  })
  const { seriesId } = await aes.must('series.plan', {
    patientId,
    goals: ['ACNE_SCAR'],
    goalText: 'Softer scars',
    zones: [],
    sessionsPlanned: changes.sessionsPlanned ?? 4,
    intervalMonths: 1,
    photos: 'DECLINED',
    photoViews: [],
  })
  const orderId = await orderOnFile(clinic, { patientId, seriesId, phyId, changes: changes.order ?? {} })
  const stock = await stockOnFile(clinic, phyId)
  if (changes.screening !== 'NONE') {
    await screenPatient(aes, patientId, changes.answers ?? answersOfHealthyPerson('FULL'), 'FULL')
  }
  const team = { practitionerId: aesId, physicianId: phyId }
  const consentId =
    changes.consent === 'NONE' ? ('' as ConsentId) : await consentOnFile(aes, patientId, team, { seriesId })
  return { ...clinic, aes, aesId, phy, phyId, patientId, seriesId, orderId, consentId, ...stock }
}

/** Approves the first draft with aestheticians permitted to 1.00 mm. */
export async function approvePolicy(phy: Window, change: (body: PolicyBody) => PolicyBody): Promise<void> {
  const { policies } = await phy.must('policy.list', {})
  const policyId = policies.find((policy) => policy.standing === 'DRAFT')?.policyId
  if (!policyId) throw new Error('there is no policy draft')
  const { draftVersion, body } = await phy.must('policy.open', { policyId })
  const permitted: PolicyBody = {
    ...body,
    permittedRoles: [aestheticianRow, ...body.permittedRoles.filter((row) => row.role === 'physician')],
    // A clinic that asks for no certificates; what it asks for otherwise is told where certificates are the story.
    settings: { ...body.settings, deviceTrainingRule: 'OFF' },
  }
  const { approvedBy: _nobody, ...rest } = change(permitted)
  const saved = await phy.must('policy.saveDraft', { policyId, draftVersion, body: wire(rest) })
  await phy.must('policy.approve', { policyId, draftVersion: saved.draftVersion, reauth: byPassword })
}

export function write<Value>({ app }: Pick<TestClinic, 'app'>, work: (trx: Trx) => Promise<Value>): Promise<Value> {
  return app.services.storeLife.open.store.db.transaction().execute(work)
}

type Ordered = {
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly phyId: StaffId
  readonly changes: Partial<OrderBody>
}

/** A signed order for both front cheeks to 1.00 mm, of the clinic's day. */
export async function orderOnFile(
  clinic: Pick<TestClinic, 'app' | 'host'>,
  { patientId, seriesId, phyId, changes }: Ordered,
): Promise<OrderId> {
  const orderId = clinic.host.newId() as OrderId
  const now = clinic.host.now()
  const body = orderWith({
    patientId,
    seriesId,
    examiner: { staffId: phyId, printedName: 'Dr Samuel Okafor 2', kind: 'PHYSICIAN' },
    examinedOn: now.slice(0, 10),
    expiresOn: '2027-08-03',
    signature: {
      staffId: phyId,
      printedName: 'Dr Samuel Okafor 2',
      credential: 'MD',
      licence: null,
      signedAt: now,
      utcOffsetMin: -300,
    },
    ...changes,
  })
  const making = { newId: () => clinic.host.newId(), at: now, by: phyId, reason: 'SIGNED' }
  await write(clinic, (trx) =>
    insertRecord(trx, orderRecord, { id: orderId, body, state: { state: 'SIGNED' }, ...making }),
  )
  return orderId
}

const cartridgeLot: CartridgeLotBody = {
  manufacturer: 'Kestrel Medical',
  model: 'Tip 12',
  udiDi: null,
  lotRaw: 'MN24-0917B',
  lotNormalised: 'MN240917B',
  expiresOn: '2027-09-30',
  needleCount: 12,
  needleGauge: 33,
  maxLengthUm: 2500,
  sterileMethod: 'ETO',
  receivedQuantity: 20,
  receivedOn: '2026-01-05',
  supplier: null,
  status: 'AVAILABLE',
}
const numbingCream: ProductLotBody = {
  kind: 'ANAESTHETIC',
  name: 'Lidocaine cream 4 %',
  productClass: 'NEUTRAL',
  ingredientsOfConcern: ['parabens'],
  agents: [{ agent: 'LIDOCAINE', percent: 4 }],
  lotRaw: 'LC 77',
  lotNormalised: 'LC77',
  expiresOn: '2027-03-31',
  openedOn: null,
  status: 'AVAILABLE',
}

export async function stockOnFile(clinic: Pick<TestClinic, 'app' | 'host'>, by: StaffId) {
  const making = { at: clinic.host.now(), by }
  const deviceId = clinic.host.newId() as DeviceId
  const cartridgeLotId = clinic.host.newId() as CartridgeLotId
  const productLotId = clinic.host.newId() as ProductLotId
  await write(clinic, async (trx) => {
    await insertDevice(trx, {
      id: deviceId,
      ...making,
      body: {
        manufacturer: 'Kestrel Medical',
        model: 'Pen 2',
        type: 'PEN',
        udiDi: null,
        serial: 'KP2-0031',
        clearanceNumber: 'K202243',
        maxDepthUm: 2500,
        depthStepUm: 50,
        speed: { unit: 'HZ', from: 50, to: 150 },
        labelledIndications: null,
        labelledMinAgeYears: 22,
        labelledFst: [],
        calibrationDueOn: '2027-12-31',
        cleaningLog: [],
        status: 'ACTIVE',
      },
    })
    await insertCartridgeLot(trx, { id: cartridgeLotId, ...making, body: cartridgeLot })
    await insertProductLot(trx, { id: productLotId, ...making, body: numbingCream })
  })
  return { deviceId, cartridgeLotId, productLotId }
}

type SaveInput = InputOf<(typeof contract)['session']['save']>
type WireDraft = SaveInput['draft']

/** One session on somebody's screen: what is typed goes to the store with the number of the last save. */
export type Desk = {
  readonly sessionId: SessionId
  readonly draftVersion: number
  readonly draft: WireDraft
}

export async function beginSession(
  { patientId, seriesId }: Pick<SessionClinic, 'patientId' | 'seriesId'>,
  window: Window,
): Promise<Desk> {
  const { sessionId } = await window.must('session.begin', { patientId, seriesId })
  return reopen({ patientId }, window, sessionId)
}

export async function reopen(
  { patientId }: Pick<SessionClinic, 'patientId'>,
  window: Window,
  sessionId: SessionId,
): Promise<Desk> {
  const { draft } = await window.must('session.open', { patientId, sessionId })
  if (!draft) throw new Error('the session takes no text')
  return { sessionId, draftVersion: draft.draftVersion, draft: draft.draft }
}

export async function type(
  { patientId }: Pick<SessionClinic, 'patientId'>,
  window: Window,
  desk: Desk,
  change: Partial<SessionDraft>,
): Promise<Desk> {
  const draft: WireDraft = wire({ ...desk.draft, ...change })
  const { sessionId } = desk
  const saved = await window.must('session.save', { patientId, sessionId, draftVersion: desk.draftVersion, draft })
  return { sessionId, draftVersion: saved.draftVersion, draft }
}

/** Everything the gate wants from the practitioner: plan, identity, supervision, device, a sealed cartridge. */
export function readyToStart(clinic: SessionClinic, change: Partial<SessionDraft> = {}): Partial<SessionDraft> {
  return {
    room: '2',
    supervisingPhysicianId: clinic.phyId,
    supervisionModeActual: 'ON_SITE',
    identityCheck: { identifiers: ['FULL_NAME', 'BIRTH_DATE'], photoMatches: null },
    stillAgreesToday: true,
    plan: {
      zones: [
        planned({ zone: 'CHEEK_ANT', side: 'L', site: null }, 1000),
        planned({ zone: 'CHEEK_ANT', side: 'R', site: null }, 1000),
      ],
      addons: [],
    },
    deviceId: clinic.deviceId,
    cartridgeUses: [sealedCartridge(clinic)],
    ...change,
  }
}

export function sealedCartridge({ cartridgeLotId, host }: Pick<SessionClinic, 'cartridgeLotId' | 'host'>) {
  return {
    label: 'c1',
    cartridgeLotId,
    lotRaw: 'MN24-0917B',
    serial: null,
    expiresOn: '2027-09-30',
    maxLengthUm: 2500,
    isSealIntact: true,
    openedAt: host.now(),
    isDiscarded: true,
    isSharpsDisposed: true,
  }
}

/** The log of half an hour that ends now: both front cheeks to 1.00 mm, nothing to remark. */
export function loggedUntilNow(clinic: SessionClinic, change: Partial<SessionDraft> = {}): Partial<SessionDraft> {
  const endedAt = clinic.host.now()
  return {
    startedAt: addMinutes(endedAt, -28),
    endedAt,
    prePhotos: { kind: 'DECLINED', reason: 'no photographs wished' },
    preObservations: { seen: ['CLEAR'], text: null },
    skinPrep: { productLotId: null, name: 'Chlorhexidine 2 %', lotRaw: 'AS-118' },
    anaesthetic: {
      kind: 'APPLIED',
      productLotId: clinic.productLotId,
      name: 'Lidocaine cream 4 %',
      lotRaw: 'LC 77',
      agents: [{ agent: 'LIDOCAINE', percent: 4 }],
      grams: 5,
      area: [
        { zone: 'CHEEK_ANT', side: 'L' },
        { zone: 'CHEEK_ANT', side: 'R' },
      ],
      onAt: addMinutes(endedAt, -63),
      offAt: addMinutes(endedAt, -33),
      isOccluded: false,
      isRemoved: true,
      orderId: null,
    },
    speed: 100,
    zoneRows: [
      zoneRow({ zone: 'CHEEK_ANT', side: 'L', site: null }),
      zoneRow({ zone: 'CHEEK_ANT', side: 'R', site: null }),
    ],
    addons: [],
    postProducts: {
      kind: 'APPLIED',
      products: [{ name: 'HA serum', lotRaw: 'HA-9', productClass: 'RESTORATIVE', moment: 'AFTER' }],
    },
    immediateReactions: { kind: 'SEEN', reactions: [{ code: 'ERYTHEMA', grade: 1, zones: [] }] },
    painMax: 3,
    haemostasisMin: 2,
    aftercareGiven: { templateVersion: '1.0', channel: 'PRINT', language: 'en', hasTaughtBack: true },
    endedEarly: false,
    needlestickInjury: false,
    ...change,
  }
}

/** Begun, planned and started; the clock then stands half an hour later, at the end of the needling. */
export async function startedSession(
  clinic: SessionClinic,
  window: Window = clinic.aes,
  change: Partial<SessionDraft> = {},
): Promise<Desk> {
  const { patientId } = clinic
  const begun = await type(clinic, window, await beginSession(clinic, window), readyToStart(clinic, change))
  const { sessionId, draftVersion } = begun
  await window.must('session.start', { patientId, sessionId, draftVersion })
  clinic.host.advanceMinutes(28)
  await signInAgainAt(clinic)
  return reopen(clinic, window, sessionId)
}

/** The minutes that passed have locked the windows; their people come back. */
export async function signInAgainAt(clinic: SessionClinic): Promise<void> {
  await signInAgain(clinic.aes, 'person1')
  await signInAgain(clinic.phy, 'person2')
}

/** A session that is logged completely and sent to the physician, or signed where the author is one. */
export async function submittedSession(
  clinic: SessionClinic,
  {
    window = clinic.aes,
    plan = {},
    log = {},
  }: { window?: Window; plan?: Partial<SessionDraft>; log?: Partial<SessionDraft> } = {},
): Promise<SessionId> {
  const started = await startedSession(clinic, window, plan)
  const logged = await type(clinic, window, started, loggedUntilNow(clinic, log))
  await window.must('session.submit', submission(clinic, logged))
  return logged.sessionId
}

export function submission({ patientId }: Pick<SessionClinic, 'patientId'>, { sessionId, draftVersion }: Desk) {
  return { patientId, sessionId, draftVersion, replies: [], dispositions: [], reauth: byPassword }
}

/** Sends a submitted session back, as the sign-off screen does it in the store. */
export async function returnSession(clinic: SessionClinic, sessionId: SessionId, pointers: readonly ReturnPointer[]) {
  await write(clinic, async (trx) => {
    const session = await selectSession(trx, clinic.patientId, sessionId)
    if (!session) throw new Error('no such session')
    const returnedAt = clinic.host.now()
    const body = {
      reason: 'please complete',
      pointers,
      dueAt: addMinutes(returnedAt, 24 * 60),
      returnedBy: clinic.phyId,
      returnedAt,
      takeoverReason: null,
    }
    await insertReturn(trx, session, { id: clinic.host.newId(), body })
    await moveSession(trx, session, { to: 'RETURNED', at: returnedAt, columns: { returns: 1 } })
  })
}

/** The second person's signature over the newest version. */
export async function countersign(clinic: SessionClinic, sessionId: SessionId, meaning = 'REVIEWED_AND_APPROVED') {
  await write(clinic, async (trx) => {
    const session = await selectSession(trx, clinic.patientId, sessionId)
    if (!session) throw new Error('no such session')
    const key = await keyOf(clinic, trx)
    await insertSignature(trx, sessionRecord, sessionId, {
      signatureId: clinic.host.newId() as SignatureId,
      versionId: session.versionId,
      signerId: clinic.phyId,
      signerName: 'Dr Samuel Okafor 2',
      credential: 'MD',
      licence: 'LIC-1002 (IL)',
      meaning,
      signedAt: clinic.host.now(),
      offsetMin: -300,
      sealer: key,
    })
    const columns = { signed_at: clinic.host.now(), signed_by: clinic.phyId }
    await moveSession(trx, session, { to: 'SIGNED', at: clinic.host.now(), columns })
  })
}

/** The second person's own key, as their password opens it. */
async function keyOf({ app, host, phyId }: SessionClinic, trx: Trx): Promise<Sealer> {
  const { facts } = app.services.storeLife.open
  const key = await openKey(trx, phyId, keyLock(host, facts.isSample, password))
  if (typeof key === 'string') throw new Error('the second person has no key')
  return sealerOf(facts.storeId, key)
}
