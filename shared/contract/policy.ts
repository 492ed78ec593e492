import { z } from 'zod'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import { calendarDate, instant, nothing, patientId, policyId, staffId, visitId } from './scalars.ts'
import { policyBody, policyInput } from './schemas/policy.ts'
import { gateFailure } from './schemas/session-desk.ts'

/** Where a policy stands today: IN_FORCE is the newest approved one whose day has come. */
export const policyStandings = ['DRAFT', 'UPCOMING', 'IN_FORCE', 'REPLACED', 'DISCARDED'] as const

const summary = z.object({
  policyId,
  standing: z.enum(policyStandings),
  effectiveFrom: calendarDate,
  approvedBy: z.object({ staffId, printedName: z.string(), credential: z.string() }).nullable(),
  approvedAt: instant.nullable(),
  startedBy: z.string().nullable(),
  startedAt: instant,
  /** False when the stored columns or bytes are no longer what was approved. */
  isIntact: z.boolean(),
})
export type PolicySummary = z.output<typeof summary>

/** One booked treatment that a draft would block or free. */
const triedVisit = z.object({
  visitId,
  patientId,
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  preferredName: z.string().nullable(),
  chartNumber: z.string(),
  onDate: calendarDate,
  /** Wall clock of the clinic. */
  atTime: z.string(),
  practitionerName: z.string().nullable(),
  /** Conditions of the start gate that change; for a person who sees no chart without what is the patient's own. */
  reasons: z.array(gateFailure.pick({ code: true, zone: true, side: true, site: true, ref: true, facts: true })),
  /** Further reasons that stand in the chart and are not shown to this person. */
  hasChartReasons: z.boolean(),
})
export type TriedVisit = z.output<typeof triedVisit>

/** Number of the last saved text of a draft; 0 while nobody has changed what it started from. */
const draftVersion = z.int().min(0)

export const policy = {
  /** Every policy there ever was, newest first; at most 200. */
  list: query({ may: 'policy.read', input: nothing, output: z.object({ policies: z.array(summary) }) }),
  open: query({
    may: 'policy.read',
    input: z.strictObject({ policyId }),
    output: summary.extend({
      draftVersion,
      body: policyBody,
      /** SHA-256 of the approved bytes, null for a draft. */
      sha256: z.string().nullable(),
      /** What is in force today, where that is another policy. */
      inForce: z.object({ policyId, effectiveFrom: calendarDate, body: policyBody }).nullable(),
    }),
  }),
  /** Starts a draft from the policy in force, or from the shipped defaults. There is one draft at a time. */
  startDraft: command({
    may: 'policy.draft',
    input: nothing,
    output: z.object({ policyId }),
    refusals: ['POLICY_DRAFT_EXISTS'],
  }),
  saveDraft: command({
    may: 'policy.draft',
    draft: true,
    input: z.strictObject({ policyId, draftVersion, body: policyInput }),
    output: z.object({ draftVersion }),
    refusals: ['NOT_A_POLICY_DRAFT'],
  }),
  discardDraft: command({
    may: 'policy.draft',
    input: z.strictObject({ policyId, draftVersion }),
    output: nothing,
    refusals: ['NOT_A_POLICY_DRAFT'],
  }),
  /**
   * Which booked treatments the draft as it was last saved (`draftVersion`) would block, and which it would free: each
   * is tried under the policy in force on its day and under the draft, from the draft's first day to the day before the
   * next approved policy.
   */
  dryRun: query({
    may: 'policy.draft',
    input: z.strictObject({ policyId, draftVersion }),
    output: z.object({
      from: calendarDate,
      /** The last day on which the draft would be in force; null where no other policy is approved after it. */
      until: calendarDate.nullable(),
      /** Booked treatments that were tried. */
      tried: z.int(),
      /** False where more are booked than were tried; the earliest were. */
      isWhole: z.boolean(),
      blocked: z.int(),
      freed: z.int(),
      /** The first 100 of each, earliest first. */
      blockedVisits: z.array(triedVisit),
      freedVisits: z.array(triedVisit),
    }),
    refusals: ['NOT_A_POLICY_DRAFT'],
  }),
  /** Signs the draft as it was last saved (`draftVersion`); in force from the day that it names. */
  approve: command({
    may: 'policy.approve',
    reauth: true,
    input: z.strictObject({ policyId, draftVersion, reauth }),
    output: summary,
    refusals: [
      'NOT_A_POLICY_DRAFT',
      'POLICY_STARTS_IN_THE_PAST',
      'POLICY_HAS_PROBLEMS',
      'OWN_LICENCE_NOT_VALID',
      ...reauthRefusals,
    ],
  }),
}
