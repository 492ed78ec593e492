import type { CartridgeFacts } from '../../shared/domain/lot.ts'
import type { OrderBody } from '../../shared/domain/order.ts'
import { standardViews } from '../../shared/domain/photo.ts'
import type { PermittedRole, PolicyBody } from '../../shared/domain/policy.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import type { SessionDraft } from '../../shared/domain/session.ts'
import type { SessionFacts } from '../../shared/domain/session-check.ts'
import type { PhysicianSignature, StaffSnapshot } from '../../shared/domain/staff.ts'
import type { ConsentFacts, StartGateFacts } from '../../shared/domain/start-gate-facts.ts'
import type { Indication, ZonePlace, ZoneSide } from '../../shared/domain/zones.ts'
import type {
  CartridgeLotId,
  ClearanceId,
  ConsentId,
  DeviceId,
  OrderId,
  PatientId,
  ProductLotId,
  ScreeningId,
  SeriesId,
  StaffId,
} from '../../shared/kernel/ids.ts'

/** Invented ids, readable in a failing test and valid on the wire. */
function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}
export const ids = {
  lena: id(1) as StaffId,
  okafor: id(2) as StaffId,
  patient: id(3) as PatientId,
  series: id(4) as SeriesId,
  order: id(5) as OrderId,
  consent: id(6) as ConsentId,
  clearance: id(7) as ClearanceId,
  device: id(8) as DeviceId,
  cartridgeLot: id(9) as CartridgeLotId,
  productLot: id(10) as ProductLotId,
  screening: id(11) as ScreeningId,
}

export const lena: StaffSnapshot = {
  staffId: ids.lena,
  printedName: 'Lena Brook',
  credential: 'Master Esthetician',
  boardCertification: null,
  treatingRole: 'aesthetician',
  licence: { number: 'ME-4471', state: 'UT', level: 'MASTER_AESTHETICIAN', expiresOn: '2027-06-30' },
}
export const okafor: StaffSnapshot = {
  staffId: ids.okafor,
  printedName: 'Chidi Okafor',
  credential: 'MD',
  boardCertification: 'Dermatology',
  treatingRole: 'physician',
  licence: { number: 'MD-1180', state: 'UT', level: 'PHYSICIAN', expiresOn: '2028-01-31' },
}
export const signature: PhysicianSignature = {
  staffId: ids.okafor,
  printedName: 'Chidi Okafor',
  credential: 'MD',
  licence: okafor.licence,
  signedAt: '2026-01-20T16:00:00.000Z',
  utcOffsetMin: -420,
}

export const aestheticianRow: PermittedRole = {
  role: 'aesthetician',
  licenceLevel: 'ANY',
  mayNeedle: true,
  maxDepthUm: 1000,
  maxDepthUnsupervisedUm: 500,
  zonesExcluded: [],
  rfAllowed: false,
}

/** An approved policy that lets aestheticians needle to 1.0 mm. */
export function policyWith(change: Partial<PolicyBody> = {}): PolicyBody {
  const shipped = shippedPolicy('2026-01-01')
  const physicianRow = shipped.permittedRoles.filter((row) => row.role === 'physician')
  return { ...shipped, approvedBy: signature, permittedRoles: [aestheticianRow, ...physicianRow], ...change }
}

export const cheekLeft: ZonePlace = { zone: 'CHEEK_ANT', side: 'L', site: null }
export const cheekRight: ZonePlace = { zone: 'CHEEK_ANT', side: 'R', site: null }

export function orderWith(change: Partial<OrderBody> = {}): OrderBody {
  return {
    schema: 'order/1',
    patientId: ids.patient,
    seriesId: ids.series,
    examiner: { staffId: ids.okafor, printedName: 'Chidi Okafor', kind: 'PHYSICIAN' },
    examMode: 'IN_PERSON',
    examinedOn: '2026-01-20',
    isHistoryReviewed: true,
    findings: 'rolling scars on both cheeks',
    fst: 'II',
    diagnosis: 'atrophic acne scars',
    indications: ['ACNE_SCAR'],
    scarGrade: 'GB_2006_3',
    zones: [
      { ...cheekLeft, maxDepthUm: 1000 },
      { ...cheekRight, maxDepthUm: 1000 },
    ],
    deviceType: 'PEN',
    sessions: 4,
    intervalMonths: 1,
    anaestheticOrder: null,
    prophylaxis: null,
    addons: [],
    conditions: null,
    expiresOn: '2027-01-20',
    signature,
    ...change,
  }
}

export const cartridge: CartridgeFacts = {
  label: 'c1',
  cartridgeLotId: ids.cartridgeLot,
  lotRaw: 'MN24-0917B',
  lotNormalised: 'MN240917B',
  expiresOn: '2027-09-30',
  maxLengthUm: 2500,
  status: 'AVAILABLE',
  sealIntact: true,
  isUsedOnAnotherVisit: false,
}

export const consent: ConsentFacts = {
  consentId: ids.consent,
  procedures: ['MECHANICAL'],
  zones: zoneSides(cheekLeft, cheekRight),
  indications: ['ACNE_SCAR'],
  addons: [],
  addonConsentIds: [],
  maxDepthUm: 2000,
  problems: [],
}

export function zoneSides(...places: readonly ZonePlace[]): readonly ZoneSide[] {
  return places.map(({ zone, side }) => ({ zone, side }))
}

export function planned(place: ZonePlace, depthUm: number, indication: Indication = 'ACNE_SCAR') {
  return { ...place, indication, depthUm }
}

/** A day on which every condition of the start gate holds: both front cheeks at 1.0 mm by Lena, Dr Okafor on site. */
export function gateFacts(change: Partial<StartGateFacts> = {}): StartGateFacts {
  return {
    on: '2026-02-28',
    identityCheck: { identifiers: ['FULL_NAME', 'BIRTH_DATE'] },
    fst: 'II',
    plan: { zones: [planned(cheekLeft, 1000), planned(cheekRight, 1000)], addons: [] },
    screening: { fullAnsweredOn: '2026-01-20', shortAnsweredOn: '2026-02-28', stops: [], uncleared: [] },
    clearances: [],
    consentTexts: ['MECHANICAL'],
    consent,
    stillAgreesToday: true,
    order: { orderId: ids.order, body: orderWith(), sessionsUsed: 1 },
    series: { status: 'ACTIVE', lastPerformedOn: '2026-01-31', isIntervalCleared: false },
    previousSession: { isSigned: true },
    blockingComplications: [],
    practitioner: lena,
    policy: policyWith(),
    supervision: { physician: okafor, confirmedMode: 'ON_SITE' },
    device: {
      deviceId: ids.device,
      manufacturer: 'Kestrel Medical',
      model: 'Pen 2',
      type: 'PEN',
      udiDi: null,
      serial: 'KP2-0031',
      clearanceNumber: 'K202243',
      maxDepthUm: 2500,
      depthStepUm: 50,
      speed: { unit: 'HZ', from: 50, to: 150 },
      status: 'ACTIVE',
      calibrationDueOn: '2026-12-31',
    },
    cartridges: [cartridge],
    products: [],
    blockedSubstances: [],
    trainings: [
      {
        trainingId: 'training-1' as StartGateFacts['trainings'][number]['trainingId'],
        manufacturer: 'Kestrel Medical',
        model: 'Pen 2',
        certificate: 'KM-1',
        completedOn: '2025-05-05',
        expiresOn: null,
      },
    ],
    ...change,
  }
}

/** The log of that day, complete and without anything to remark. */
export function draftWith(change: Partial<SessionDraft> = {}): SessionDraft {
  return {
    schema: 'session/1',
    patientId: ids.patient,
    seriesId: ids.series,
    sessionNo: 2,
    clinic: 'Birch Lane Clinic',
    room: '2',
    practitionerId: ids.lena,
    supervisingPhysicianId: ids.okafor,
    supervisionModeActual: 'ON_SITE',
    orderId: ids.order,
    consentId: ids.consent,
    addonConsentIds: [],
    screeningIds: [ids.screening],
    clearanceIds: [],
    stillAgreesToday: true,
    identityCheck: {
      identifiers: ['FULL_NAME', 'BIRTH_DATE'],
      photoMatches: null,
      checkedBy: ids.lena,
      checkedAt: '2026-02-28T16:00:00.000Z',
    },
    fst: 'II',
    plan: gateFacts().plan,
    recordOnly: false,
    prePhotos: { kind: 'DECLINED', reason: 'no photographs wished' },
    preObservations: { seen: ['CLEAR'], text: null },
    skinPrep: { productLotId: ids.productLot, name: 'Chlorhexidine 2 %', lotRaw: 'AS-118' },
    anaesthetic: {
      kind: 'APPLIED',
      productLotId: ids.productLot,
      name: 'Lidocaine cream 4 %',
      lotRaw: 'LC 77',
      agents: [{ agent: 'LIDOCAINE', percent: 4 }],
      grams: 5,
      area: zoneSides(cheekLeft, cheekRight),
      onAt: '2026-02-28T16:05:00.000Z',
      offAt: '2026-02-28T16:35:00.000Z',
      isOccluded: false,
      isRemoved: true,
      orderId: null,
    },
    deviceId: ids.device,
    speed: 100,
    cartridgeUses: [
      {
        label: 'c1',
        cartridgeLotId: ids.cartridgeLot,
        lotRaw: 'MN24-0917B',
        serial: null,
        expiresOn: '2027-09-30',
        maxLengthUm: 2500,
        isSealIntact: true,
        openedAt: '2026-02-28T16:38:00.000Z',
        isDiscarded: true,
        isSharpsDisposed: true,
      },
    ],
    startedAt: '2026-02-28T16:40:00.000Z',
    endedAt: '2026-02-28T17:08:00.000Z',
    utcOffsetMin: -420,
    zoneRows: [zoneRow(cheekLeft), zoneRow(cheekRight)],
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
    nextSessionSuggestedOn: '2026-03-28',
    ...change,
  }
}

type DraftZoneRow = NonNullable<SessionDraft['zoneRows']>[number]

export function zoneRow(place: ZonePlace, change: Partial<DraftZoneRow> = {}): DraftZoneRow {
  return {
    ...place,
    indication: 'ACNE_SCAR',
    depthUm: 1000,
    technique: 'GLIDE',
    passes: [
      { no: 1, directions: ['V', 'H'], endpointAfter: 'ERYTHEMA' },
      { no: 2, directions: ['OR'], endpointAfter: 'PINPOINT' },
    ],
    cartridge: 'c1',
    stopReason: 'ENDPOINT',
    ...change,
  }
}

export function sessionFacts(change: Partial<SessionFacts> = {}): SessionFacts {
  return {
    now: '2026-02-28T17:20:00.000Z',
    isSessionNoTaken: false,
    sessionsPlanned: 4,
    photos: { photoChoices: [], photoViews: standardViews },
    gate: gateFacts(),
    ...change,
  }
}
