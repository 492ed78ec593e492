import { z } from 'zod'
import {
  type ComplicationBody,
  causalities,
  complicationChannels,
  complicationOutcomes,
  hasTrueGrades,
  redFlagSigns,
  reporterKinds,
  seriesDecisions,
} from '../../domain/complication.ts'
import { complicationCodes, grades } from '../../domain/complication-codes.ts'
import { sides, zoneCodes } from '../../domain/zones.ts'
import {
  calendarDate,
  cartridgeLotId,
  complicationId,
  deviceId,
  filledLine,
  instant,
  line,
  patientId,
  photoId,
  productLotId,
  prose,
  recordVersion,
  sessionId,
  staffId,
} from '../scalars.ts'
import type { SameType } from './same-type.ts'

export const complicationGrade = z.literal(grades)

export const gradeEntry = z.strictObject({ grade: complicationGrade, at: instant, by: staffId, note: prose() })

export const physicianNotice = z.strictObject({
  physicianId: staffId,
  at: instant,
  how: z.enum(['IN_PERSON', 'PHONE', 'IN_APP', 'MESSAGE']),
  acknowledgedAt: instant.nullable(),
})

export const complicationBody = z
  .strictObject({
    schema: z.literal('complication/1'),
    complicationId,
    version: recordVersion,
    patientId,
    sessionIds: z.array(sessionId).max(50),
    zones: z.array(z.strictObject({ zone: z.enum(zoneCodes), side: z.enum(sides), site: line().nullable() })).max(80),
    code: z.enum(complicationCodes).nullable(),
    onsetOn: calendarDate.nullable(),
    reportedAt: instant,
    reportedBy: z.strictObject({ kind: z.enum(reporterKinds), name: line() }),
    takenBy: staffId,
    channel: z.enum(complicationChannels),
    grade: complicationGrade.nullable(),
    worstGrade: complicationGrade.nullable(),
    gradeHistory: z.array(gradeEntry).max(200),
    description: prose(10_000),
    photoIds: z.array(photoId).max(200),
    cartridgeLots: z.array(z.strictObject({ lotId: cartridgeLotId, lotNumber: filledLine(80) })).max(50),
    productLots: z.array(z.strictObject({ lotId: productLotId, lotNumber: filledLine(80) })).max(50),
    deviceId: deviceId.nullable(),
    signs: z.array(z.enum(redFlagSigns)).max(redFlagSigns.length),
    actionTaken: prose(10_000),
    treatmentOrderedBy: staffId.nullable(),
    physicianNotices: z.array(physicianNotice).max(50),
    causality: z.enum(causalities).nullable(),
    seriesDecision: z.enum(seriesDecisions).nullable(),
    blockLifted: z.strictObject({ by: staffId, at: instant, reason: prose() }).nullable(),
    followUps: z
      .array(z.strictObject({ dueOn: calendarDate, doneOn: calendarDate.nullable(), note: prose() }))
      .max(500),
    outcome: z.enum(complicationOutcomes),
    resolvedOn: calendarDate.nullable(),
    isPermanentChange: z.boolean(),
    neededIntervention: z.boolean(),
    hasSterilityDoubt: z.boolean(),
    stableOn: calendarDate.nullable(),
    reportDecision: z.strictObject({ report: z.boolean(), reason: prose(), by: staffId, at: instant }).nullable(),
    linkedComplicationIds: z.array(complicationId).max(100),
  })
  .refine(hasTrueGrades, { path: ['grade'], message: 'current and worst grade follow from the history' })
true satisfies SameType<z.infer<typeof complicationBody>, ComplicationBody>
