import { z } from 'zod'
import { deviationCodes, deviationOrigins } from '../../domain/deviation.ts'
import { anaestheticAgents, productClasses } from '../../domain/lot.ts'
import { supervisionModes } from '../../domain/policy.ts'
import type { SessionBody, SessionDraft, SessionPlan } from '../../domain/session.ts'
import {
  addonKinds,
  aftercareChannels,
  aimedEndpoints,
  copySources,
  endedEarlyReasons,
  endpoints,
  grades,
  identifiers,
  immediateReactionCodes,
  passDirections,
  preObservations,
  productMoments,
  sessionWarningCodes,
  stopReasons,
  techniques,
} from '../../domain/session.ts'
import { photoAnswers } from '../../domain/session-photo-record.ts'
import { fitzpatrickTypes, indications } from '../../domain/zones.ts'
import {
  calendarDate,
  cartridgeLotId,
  clearanceId,
  consentId,
  deviceId,
  instant,
  line,
  orderId,
  patientId,
  productLotId,
  prose,
  screeningId,
  seriesId,
  staffId,
  versionId,
} from '../scalars.ts'
import { takenPhoto } from './photo.ts'
import type { SameType } from './same-type.ts'
import { staffSnapshot, utcOffsetMin } from './staff.ts'
import { agentStrength, deviceSnapshot, lengthUm } from './stock.ts'
import { isPlace, zonePlace, zoneSide } from './zones.ts'

/** Any number a person may mistype; whether it is possible is said by `checkSession`, so that a draft always saves. */
const anyDepthUm = z.int().min(0).max(10_000_000)
const anyNumber = z.number().min(-1_000_000).max(1_000_000)
const anyCount = z.int().min(-1_000_000).max(1_000_000)
const grade = z.literal([...grades])
const zoneList = z.array(zoneSide).max(100)

const plannedZone = { ...zonePlace, indication: z.enum(indications), depthUm: anyDepthUm }
export const sessionPlan = z.strictObject({
  zones: z.array(z.strictObject(plannedZone)).max(100),
  addons: z.array(z.enum(addonKinds)).max(addonKinds.length),
}) satisfies z.ZodType<SessionPlan>

const identityCheck = {
  identifiers: z.array(z.enum(identifiers)).max(identifiers.length),
  photoMatches: z.boolean().nullable(),
  checkedBy: staffId,
  checkedAt: instant,
}
const photos = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('TAKEN'), photos: z.array(takenPhoto).min(1).max(60) }),
  z.strictObject({ kind: z.enum(['DECLINED', 'KEPT_ELSEWHERE']), reason: line(500) }),
])
const draftPhotos = openObject({
  kind: z.enum(photoAnswers),
  reason: line(500),
  photos: z.array(openObject(takenPhoto.shape)).max(60),
})
const observations = {
  seen: z.array(z.enum(preObservations)).max(preObservations.length),
  text: prose(1000).nullable(),
}
const productUse = {
  productLotId: productLotId.nullable(),
  name: line(120),
  lotRaw: line(60).nullable(),
  lotNormalised: line(60).nullable(),
}
const applied = {
  ...productUse,
  agents: z.array(agentStrength).max(10),
  grams: z.number().min(0).max(10_000).nullable(),
  area: zoneList,
  onAt: instant,
  offAt: instant.nullable(),
  isOccluded: z.boolean(),
  isRemoved: z.boolean(),
  orderId: orderId.nullable(),
}
const cartridgeUse = {
  label: line(10),
  cartridgeLotId: cartridgeLotId.nullable(),
  lotRaw: line(60),
  lotNormalised: line(60),
  serial: line(60).nullable(),
  expiresOn: calendarDate,
  maxLengthUm: lengthUm.nullable(),
  isSealIntact: z.boolean(),
  openedAt: instant,
  isDiscarded: z.boolean(),
  isSharpsDisposed: z.boolean(),
}
const pass = {
  no: anyCount,
  directions: z.array(z.enum(passDirections)).max(passDirections.length),
  endpointAfter: z.enum(endpoints),
}
const zoneRow = {
  ...plannedZone,
  technique: z.enum(techniques),
  passes: z.array(z.strictObject(pass)).max(50),
  cartridge: line(10),
  speedOverride: anyNumber.nullable(),
  stopReason: z.enum(stopReasons),
  skippedSubareas: line(500).nullable(),
  note: prose(1000).nullable(),
}
const addonUse = { ...productUse, kind: z.enum(addonKinds), orderId: orderId.nullable(), hasConsentClause: z.boolean() }
const postProduct = { ...productUse, productClass: z.enum(productClasses), moment: z.enum(productMoments) }
const reaction = { code: z.enum(immediateReactionCodes), grade, zones: zoneList }
const aftercare = {
  templateVersion: line(60),
  channel: z.enum(aftercareChannels),
  language: line(35),
  hasTaughtBack: z.boolean(),
}
const deviation = {
  deviationId: line(400),
  code: z.enum(deviationCodes),
  origin: z.enum(deviationOrigins),
  zone: zonePlace.zone.nullable(),
  side: zonePlace.side.nullable(),
  site: zonePlace.site,
  ref: line(200).nullable(),
  reason: prose(1000),
  patientTold: z.boolean().nullable(),
}
const fact = z.union([z.string().max(1000), z.number(), z.boolean(), z.null(), z.array(z.string().max(200)).max(200)])
const warning = { code: z.enum(sessionWarningCodes), path: line(120), reason: prose(1000).nullable() }

/** Fields of both forms that hold a plain value. */
const plain = {
  patientId,
  seriesId,
  sessionNo: z.int().min(1).max(1000),
  clinic: line(200),
  room: line(60),
  orderId: orderId.nullable(),
  consentId: consentId.nullable(),
  addonConsentIds: z.array(consentId).max(10),
  screeningIds: z.array(screeningId).max(10),
  clearanceIds: z.array(clearanceId).max(50),
  stillAgreesToday: z.boolean(),
  fst: z.enum(fitzpatrickTypes),
  recordOnly: z.boolean(),
  deviceId,
  speed: anyNumber.nullable(),
  startedAt: instant,
  endedAt: instant,
  utcOffsetMin,
  painMax: anyCount,
  haemostasisMin: z.number().min(0).max(1440).nullable(),
  endedEarly: z.boolean(),
  endedEarlyReason: z.enum(endedEarlyReasons).nullable(),
  needlestickInjury: z.boolean(),
  nextSessionSuggestedOn: calendarDate.nullable(),
  notes: prose(10_000).nullable(),
}

/** The signed form: every field there, null where there is none. Clinical rules are `checkSession`'s. */
export const sessionBody = z.strictObject({
  schema: z.literal('session/1'),
  ...plain,
  practitioner: staffSnapshot,
  supervisingPhysician: staffSnapshot.nullable(),
  supervisionModeActual: z.enum(supervisionModes).nullable(),
  policyVersionId: versionId.nullable(),
  identityCheck: z.strictObject(identityCheck),
  plan: sessionPlan.nullable(),
  gatePassedAt: instant.nullable(),
  prePhotos: photos,
  preObservations: z.strictObject(observations),
  skinPrep: z.strictObject(productUse),
  anaesthetic: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('NONE') }),
    z.strictObject({ kind: z.literal('APPLIED'), ...applied }),
  ]),
  device: deviceSnapshot,
  cartridgeUses: z.array(z.strictObject(cartridgeUse)).min(1).max(50),
  zoneRows: z
    .array(z.strictObject({ ...zoneRow, depthUm: lengthUm.min(1) }).refine(isPlace, 'no such place'))
    .min(1)
    .max(100),
  addons: z.array(z.strictObject(addonUse)).max(20),
  postProducts: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('NONE') }),
    z.strictObject({ kind: z.literal('APPLIED'), products: z.array(z.strictObject(postProduct)).min(1).max(30) }),
  ]),
  immediateReactions: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('NONE') }),
    z.strictObject({ kind: z.literal('SEEN'), reactions: z.array(z.strictObject(reaction)).min(1).max(30) }),
  ]),
  painMax: z.int().min(0).max(10),
  postPhotos: photos.nullable(),
  aftercareGiven: z.strictObject(aftercare),
  deviations: z
    .array(z.strictObject({ ...deviation, detail: z.record(z.string().regex(/^[A-Za-z]{1,40}$/u), fact) }))
    .max(300),
  warnings: z.array(z.strictObject(warning)).max(300),
  lateEntry: z.boolean(),
}) satisfies z.ZodType<SessionBody>
true satisfies SameType<z.infer<typeof sessionBody>, SessionBody>

const draftMarks = {
  aim: z.strictObject({
    technique: z.enum(techniques).nullable(),
    passes: z.array(z.array(z.enum(passDirections)).max(passDirections.length)).max(10),
    endpoint: z.enum(aimedEndpoints).nullable(),
    speed: anyNumber.nullable(),
  }),
  copiedFrom: z.enum(copySources),
}

/** What autosave sends: any part of it, unknown fields refused. */
export const sessionDraft = z.strictObject({
  schema: z.literal('session/1'),
  ...openFields({
    ...plain,
    practitionerId: staffId,
    supervisingPhysicianId: staffId,
    supervisionModeActual: z.enum(supervisionModes),
    identityCheck: openObject(identityCheck),
    plan: openObject({
      zones: z.array(openObject({ ...plannedZone, ...draftMarks })).max(100),
      addons: z.array(z.enum(addonKinds)).max(addonKinds.length),
    }),
    prePhotos: draftPhotos,
    preObservations: openObject(observations),
    skinPrep: openObject(productUse),
    anaesthetic: openObject({
      ...applied,
      kind: z.enum(['NONE', 'APPLIED']),
      agents: z.array(openObject({ agent: z.enum(anaestheticAgents), percent: z.number().min(0).max(100) })).max(10),
      area: openZones(),
    }),
    cartridgeUses: z.array(openObject(cartridgeUse)).max(50),
    zoneRows: z.array(openObject({ ...zoneRow, ...draftMarks, passes: z.array(openObject(pass)).max(50) })).max(100),
    addons: z.array(openObject(addonUse)).max(20),
    postProducts: openObject({
      kind: z.enum(['NONE', 'APPLIED']),
      products: z.array(openObject(postProduct)).max(30),
    }),
    immediateReactions: openObject({
      kind: z.enum(['NONE', 'SEEN']),
      reactions: z.array(openObject({ ...reaction, zones: openZones() })).max(30),
    }),
    postPhotos: draftPhotos,
    aftercareGiven: openObject(aftercare),
    deviations: z.array(openObject({ ...deviation, text: prose(1000) })).max(300),
    warnings: z.array(openObject(warning)).max(300),
  }),
}) satisfies z.ZodType<SessionDraft>
true satisfies SameType<z.infer<typeof sessionDraft>, SessionDraft>

function openZones() {
  return z.array(openObject({ zone: zonePlace.zone, side: zonePlace.side })).max(100)
}

function openObject<Shape extends Readonly<Record<string, z.ZodType>>>(shape: Shape) {
  return z.strictObject(openFields(shape))
}

type OpenFields<Shape extends Readonly<Record<string, z.ZodType>>> = {
  -readonly [Key in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Key]>>
}

/** Every field may be absent or emptied. */
function openFields<Shape extends Readonly<Record<string, z.ZodType>>>(shape: Shape): OpenFields<Shape> {
  const open = Object.entries(shape).map(([key, field]) => [key, field.nullable().optional()])
  // fromEntries forgets which key had which schema; the keys are those of `shape`.
  return Object.fromEntries(open) as OpenFields<Shape>
}
