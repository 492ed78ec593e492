import { z } from 'zod'
import { clearanceDecisions } from '../domain/clearance.ts'
import { deviceTypes } from '../domain/device.ts'
import { outcomes } from '../domain/finding.ts'
import { screeningForms } from '../domain/screening/question.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import { calendarDate, clearanceId, instant, nothing, patientId, prose, screeningId, seriesId } from './scalars.ts'
import { clearanceBody, clearanceConditions } from './schemas/clearance.ts'
import { zoneSides } from './schemas/screening.ts'

export const clearance = {
  /**
   * A physician's decision on findings as they stand now, judged for the plan that was on the screen. The findings are
   * named by question and rule; main takes their zones and dates from its own judgement, never from the screen.
   */
  decide: command({
    may: 'clearance.write',
    reauth: true,
    input: z.strictObject({
      patientId,
      seriesId: seriesId.nullable(),
      plannedZones: zoneSides,
      deviceType: z.enum(deviceTypes).nullable(),
      findings: z
        .array(
          z.strictObject({
            questionId: z.string().regex(/^[A-Z0-9_-]{1,40}$/u),
            rule: z.string().regex(/^[A-Z][A-Z0-9_]{0,59}$/u),
          }),
        )
        .max(200),
      decision: z.enum(clearanceDecisions),
      reason: prose(4000),
      conditions: clearanceConditions,
      offLabelNote: prose(4000).nullable(),
      expiresOn: calendarDate,
      reauth,
    }),
    output: z.object({ clearanceId }),
    refusals: ['CLEARANCE_FINDING_CHANGED', 'CLEARANCE_HAS_PROBLEMS', 'CLEARANCE_LICENCE_NOT_VALID', ...reauthRefusals],
  }),
  /** Every decision on this patient, newest first. */
  list: query({
    may: 'screening.read',
    audited: true,
    input: z.strictObject({ patientId }),
    output: z.object({
      clearances: z.array(
        z.object({ body: clearanceBody, isInForce: z.boolean(), isIntact: z.boolean(), sha256: z.string() }),
      ),
      /** The last day a decision made today lasts, unless the physician says otherwise. */
      defaultExpiresOn: calendarDate,
    }),
  }),
  /** Patients whose newest answers ask a physician for a decision, longest waiting first; at most 200. */
  asked: query({
    may: 'clearance.write',
    input: nothing,
    output: z.object({
      patients: z.array(
        z.object({
          patientId,
          familyName: z.string().nullable(),
          givenName: z.string().nullable(),
          preferredName: z.string().nullable(),
          bornOn: calendarDate.nullable(),
          chartNumber: z.string(),
          isLookAlike: z.boolean(),
          screeningId,
          form: z.enum(screeningForms),
          takenOn: calendarDate,
          signedAt: instant,
          findings: z.array(
            z.object({
              questionId: z.string(),
              rule: z.string(),
              outcome: z.enum(outcomes),
              eligibleOn: calendarDate.nullable(),
            }),
          ),
        }),
      ),
    }),
  }),
}
