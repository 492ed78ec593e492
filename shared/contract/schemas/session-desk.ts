import { z } from 'zod'
import { consentProcedures } from '../../domain/consent/template.ts'
import { gateFailureCodes } from '../../domain/deviation.ts'
import { deviceStatuses } from '../../domain/device.ts'
import { outcomes, overrides } from '../../domain/finding.ts'
import { lotStatuses, productClasses, productKinds } from '../../domain/lot.ts'
import { photoViews } from '../../domain/photo.ts'
import { seriesStatuses } from '../../domain/series.ts'
import { techniques } from '../../domain/session.ts'
import type { LastSession, SessionDesk } from '../../domain/session-desk.ts'
import { type GateFailure, liftActions, lifters } from '../../domain/start-gate-facts.ts'
import { fitzpatrickTypes, indications, sides, zoneCodes } from '../../domain/zones.ts'
import {
  calendarDate,
  cartridgeLotId,
  clearanceId,
  complicationId,
  consentId,
  orderId,
  productLotId,
  screeningId,
  sessionId,
  versionId,
} from '../scalars.ts'
import { orderBody } from './order.ts'
import { photoChoice } from './photo.ts'
import { policyBody } from './policy.ts'
import type { SameType } from './same-type.ts'
import { deviceTraining, staffSnapshot } from './staff.ts'
import { agentStrength, deviceSnapshot, lengthUm } from './stock.ts'
import { zonePlace, zoneSide } from './zones.ts'

export const refusalFact = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])

const finding = z.strictObject({
  questionId: z.string(),
  outcome: z.enum(outcomes),
  scope: z.enum(['PATIENT', 'ZONES']),
  zones: z.array(zoneSide),
  override: z.enum(overrides),
  rule: z.string(),
  eligibleOn: calendarDate.nullable(),
})

const clearanceFacts = z.strictObject({
  clearanceId,
  expiresOn: calendarDate,
  appliesTo: z.array(zoneSide).nullable(),
  maxDepthUm: lengthUm.nullable(),
  zonesAllowed: z.array(zoneSide).nullable(),
  zonesExcluded: z.array(zoneSide),
  unmetConditions: z.array(z.string()),
})

const consentFacts = z.strictObject({
  consentId,
  procedures: z.array(z.enum(consentProcedures)),
  zones: z.array(zoneSide),
  indications: z.array(z.string()),
  addons: z.array(z.string()),
  addonConsentIds: z.array(consentId),
  maxDepthUm: lengthUm.nullable(),
  problems: z.array(z.string()),
})

/** What gate, limits and check read besides the draft; main collects it, both sides judge by it. */
export const sessionDesk = z.strictObject({
  on: calendarDate,
  fst: z.enum(fitzpatrickTypes).nullable(),
  screening: z.strictObject({
    fullAnsweredOn: calendarDate.nullable(),
    shortAnsweredOn: calendarDate.nullable(),
    stops: z.array(finding),
    uncleared: z.array(finding),
  }),
  screeningIds: z.array(screeningId),
  clearances: z.array(clearanceFacts),
  clearanceIds: z.array(clearanceId),
  consentTexts: z.array(z.enum(consentProcedures)),
  consent: consentFacts.nullable(),
  order: z.strictObject({ orderId, body: orderBody, sessionsUsed: z.int().min(0) }).nullable(),
  series: z.strictObject({
    status: z.enum(seriesStatuses),
    lastPerformedOn: calendarDate.nullable(),
    isIntervalCleared: z.boolean(),
  }),
  sessionsPlanned: z.int(),
  previousSession: z.strictObject({ isSigned: z.boolean() }).nullable(),
  blockingComplications: z.array(z.strictObject({ complicationId, code: z.string(), zones: z.array(zoneSide) })),
  practitioner: staffSnapshot,
  trainings: z.array(deviceTraining),
  policy: policyBody.nullable(),
  policyVersionId: versionId.nullable(),
  blockedSubstances: z.array(z.string()),
  isSessionNoTaken: z.boolean(),
  physicians: z.array(staffSnapshot),
  devices: z.array(
    deviceSnapshot.extend({ status: z.enum(deviceStatuses), calibrationDueOn: calendarDate.nullable() }),
  ),
  cartridgeLots: z.array(
    z.strictObject({
      cartridgeLotId,
      manufacturer: z.string(),
      model: z.string(),
      lotRaw: z.string(),
      expiresOn: calendarDate,
      needleCount: z.int(),
      maxLengthUm: lengthUm,
      status: z.enum(lotStatuses),
    }),
  ),
  productLots: z.array(
    z.strictObject({
      productLotId,
      kind: z.enum(productKinds),
      name: z.string(),
      productClass: z.enum(productClasses),
      ingredientsOfConcern: z.array(z.string()),
      agents: z.array(agentStrength),
      lotRaw: z.string(),
      expiresOn: calendarDate,
      status: z.enum(lotStatuses),
    }),
  ),
  usedCartridges: z.array(z.string()),
  photoChoices: z.array(photoChoice),
  photoViews: z.array(z.enum(photoViews)),
}) satisfies z.ZodType<SessionDesk>
true satisfies SameType<z.infer<typeof sessionDesk>, SessionDesk>

export const gateFailure = z.strictObject({
  code: z.enum(gateFailureCodes),
  zone: z.enum(zoneCodes).nullable(),
  side: z.enum(sides).nullable(),
  site: z.string().nullable(),
  ref: z.string().nullable(),
  facts: z.record(z.string(), refusalFact),
  liftedBy: z.strictObject({ action: z.enum(liftActions), by: z.enum(lifters) }),
  eligibleOn: calendarDate.nullable(),
}) satisfies z.ZodType<GateFailure>
true satisfies SameType<z.infer<typeof gateFailure>, GateFailure>

export const lastSession = z.strictObject({
  sessionId,
  sessionNo: z.int(),
  performedOn: calendarDate,
  zoneRows: z.array(
    z.strictObject({ ...zonePlace, indication: z.enum(indications), depthUm: lengthUm, technique: z.enum(techniques) }),
  ),
}) satisfies z.ZodType<LastSession>
