import { z } from 'zod'
import type { ClinicSettings, PolicyBody, ScreeningWaits } from '../../domain/policy.ts'
import { examinerKinds, examModes, supervisionModes } from '../../domain/policy.ts'
import { signOffScopes } from '../../domain/sign-off-scope.ts'
import { licenceLevels, treatingRoles } from '../../domain/staff.ts'
import { deviceTrainingRules } from '../../domain/staff-practice.ts'
import { indications, zoneCodes } from '../../domain/zones.ts'
import { calendarDate, line } from '../scalars.ts'
import type { SameType } from './same-type.ts'
import { physicianSignature } from './staff.ts'
import { lengthUm } from './stock.ts'

const depthRange = z
  .strictObject({ fromUm: lengthUm, toUm: lengthUm })
  .refine(({ fromUm, toUm }) => fromUm <= toUm, 'the range begins above its end')
const zoneDepths = z.strictObject({
  usual: depthRange.nullable(),
  scar: depthRange.nullable(),
  softMaxUm: lengthUm.nullable(),
})

const days = z.int().min(0).max(3660)
const months = z.int().min(0).max(240)
const minutes = z.int().min(0).max(1440)
const hours = z.int().min(0).max(8760)
const years = z.int().min(0).max(120)

export const screeningWaits = z.strictObject({
  authorisedFromAge: years,
  topicalWaitDays: days,
  bruisingAgentWaitDays: days,
  chemotherapyWaitMonths: months,
  radiotherapyWaitMonths: months,
  herpesWaitDays: days,
  tanWaitDays: days,
  hbA1cLimitTenths: z.int().min(0).max(200),
  fillerWaitDays: days,
  botulinumWaitDays: days,
  nonAblativeWaitDays: days,
  ablativeWaitDays: days,
  superficialPeelWaitDays: days,
  hairRemovalWaitDays: days,
  deepPeelWaitDays: days,
  surgeryWaitMonths: months,
  homeNeedlingWaitDays: days,
  eventWindowDays: days,
}) satisfies z.ZodType<ScreeningWaits>

export const clinicSettings = z.strictObject({
  zoneDepths: z.record(z.enum(zoneCodes), zoneDepths),
  indicationDepths: z.record(z.enum(indications), depthRange.nullable()),
  pigmentProneWarnAboveUm: lengthUm,
  needlingDefaultMin: minutes,
  needlingWarnUnderMin: minutes,
  needlingWarnOverMin: minutes,
  bookingMin: minutes,
  dwellWarnUnderMin: minutes,
  dwellWarnOverMin: minutes,
  lidocaineOtcMaxPercent: z.number().min(0).max(100),
  haemostasisWarnOverMin: minutes,
  lateEntryHours: hours,
  activesAvoidHours: hours,
  screening: screeningWaits,
  fullScreeningValidMonths: months,
  clearanceValidDays: days,
  consentValidMonths: months,
  majorityAgeYears: years,
  urgentPhone: line(60),
  redFlagAcknowledgeMin: minutes,
  followUpDays: z.array(days).max(50),
  pihFollowUpDays: z.array(days).max(50),
  isDeviceUserFacility: z.boolean(),
  lotClusterDays: days,
  seriesDefaultSessions: z.int().min(1).max(12),
  seriesIntervalMonths: months.min(1),
  intervalClearUnderDays: days,
  overdueAfterDays: days,
  rebaselineAfterDays: days,
  outcomeReviewMonths: months,
  outcomeReviewWindowDays: days,
  maintenanceMonths: months,
  maintenanceReviewMonths: months,
  idleLockMin: minutes.min(1),
  retentionYears: years,
  licenceWarnDays: days,
  deviceTrainingRule: z.enum(deviceTrainingRules),
}) satisfies z.ZodType<ClinicSettings>

/** A draft as the manager writes it; main adds the physician who approves. Rules between fields: `checkPolicy`. */
export const policyInput = z.strictObject({
  schema: z.literal('policy/1'),
  effectiveFrom: calendarDate,
  permittedRoles: z
    .array(
      z.strictObject({
        role: z.enum(treatingRoles),
        licenceLevel: z.enum([...licenceLevels, 'ANY']),
        mayNeedle: z.boolean(),
        maxDepthUm: lengthUm,
        maxDepthUnsupervisedUm: lengthUm,
        zonesExcluded: z.array(z.enum(zoneCodes)).max(zoneCodes.length),
        rfAllowed: z.boolean(),
      }),
    )
    .max(50),
  supervisionBands: z.array(z.strictObject({ aboveUm: lengthUm, mode: z.enum(supervisionModes) })).max(20),
  gfeRequired: z.boolean(),
  gfeBy: z.array(z.enum(examinerKinds)).max(examinerKinds.length),
  gfeModes: z.array(z.enum(examModes)).max(examModes.length),
  gfeValidMonths: months,
  orderValidMonths: months,
  orderMaxSessions: z.int().min(1).max(52),
  signOffRequiredFor: z.enum(signOffScopes),
  signOffAboveUm: lengthUm,
  signOffSamplePercent: z.int().min(1).max(100),
  authorCompleteHours: hours,
  countersignDueHours: hours,
  escalateHours: hours,
  nextSessionBlockedIfUnsigned: z.boolean(),
  maxSuperviseesPerPhysician: z.int().min(0).max(1000),
  protocolReviewMonths: months,
  minAgeYears: years,
  isGuardianRequired: z.boolean(),
  isotretinoinWaitMonths: months,
  sessionIntervalMinDays: days,
  ceilingDepthUm: lengthUm,
  orbitalEnabled: z.boolean(),
  topicalActivesBlocked: z.boolean(),
  settings: clinicSettings,
})

export const policyBody = policyInput.extend({
  approvedBy: physicianSignature.nullable(),
}) satisfies z.ZodType<PolicyBody>
true satisfies SameType<z.infer<typeof policyBody>, PolicyBody>
