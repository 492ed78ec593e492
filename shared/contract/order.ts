import { z } from 'zod'
import { deviceTypes } from '../domain/device.ts'
import { orderStates, scarGrades } from '../domain/order.ts'
import type { OrderDraft } from '../domain/order-draft.ts'
import { examinerKinds, examModes } from '../domain/policy.ts'
import { addonKinds } from '../domain/session.ts'
import { fitzpatrickTypes, indications, sides, zoneCodes } from '../domain/zones.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import {
  calendarDate,
  instant,
  line,
  nothing,
  orderId,
  patientId,
  prose,
  recordVersion,
  seriesId,
  staffId,
} from './scalars.ts'
import { orderBody } from './schemas/order.ts'
import type { SameType } from './schemas/same-type.ts'
import { keyReset } from './schemas/signature.ts'
import { lengthUm } from './schemas/stock.ts'
import { siteText, zoneSide } from './schemas/zones.ts'

/** An order as it is written; what it must say before it is signed is the domain's `finishOrderDraft` and `checkOrder`. */
export const orderDraft = z.strictObject({
  seriesId: seriesId.nullable(),
  examiner: z.strictObject({ staffId: staffId.nullable(), printedName: line(120), kind: z.enum(examinerKinds) }),
  examMode: z.enum(examModes),
  examinedOn: calendarDate.nullable(),
  isHistoryReviewed: z.boolean(),
  findings: prose(),
  fst: z.enum(fitzpatrickTypes).nullable(),
  diagnosis: prose(1000),
  indications: z.array(z.enum(indications)).max(indications.length),
  scarGrade: z.enum(scarGrades).nullable(),
  zones: z
    .array(
      z.strictObject({
        zone: z.enum(zoneCodes),
        side: z.enum(sides),
        site: siteText.nullable(),
        maxDepthUm: lengthUm.nullable(),
      }),
    )
    .max(100),
  deviceType: z.enum(deviceTypes),
  sessions: z.int().min(1).max(52).nullable(),
  intervalMonths: z.int().min(1).max(12).nullable(),
  anaestheticOrder: prose(1000),
  prophylaxisOrder: prose(1000),
  prophylaxisZones: z.array(zoneSide).max(100),
  addons: z.array(z.enum(addonKinds)).max(addonKinds.length),
  conditions: prose(2000),
  expiresOn: calendarDate.nullable(),
}) satisfies z.ZodType<OrderDraft>
true satisfies SameType<z.infer<typeof orderDraft>, OrderDraft>

const draftVersion = z.int().min(1)

/** How an order stands today: what ended it comes before what its dates say. */
export const orderStandings = [...orderStates, 'NO_SESSIONS_LEFT', 'SUPERSEDED', 'REVOKED'] as const

const orderSummary = z.object({
  orderId,
  version: recordVersion,
  standing: z.enum(orderStandings),
  body: orderBody,
  sessionsUsed: z.int().min(0),
  sessionsLeft: z.int().min(0),
  /** False: the stored bytes or columns are not what was signed. */
  isIntact: z.boolean(),
  sha256: z.string(),
  end: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('SUPERSEDED'), by: orderId, byName: z.string(), at: instant }),
      z.object({ kind: z.literal('REVOKED'), reason: z.string(), byName: z.string(), at: instant }),
    ])
    .nullable(),
})
export type OrderSummary = z.output<typeof orderSummary>

export const order = {
  /** Every order of the patient, newest first, and unsigned ones that somebody is writing. */
  list: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId }),
    output: z.object({
      orders: z.array(orderSummary),
      drafts: z.array(z.object({ orderId, ownerName: z.string(), isOwn: z.boolean(), savedAt: instant })),
    }),
  }),
  open: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId, orderId }),
    output: orderSummary.extend({
      signatures: z.array(
        z.object({
          signerName: z.string(),
          credential: z.string(),
          licence: z.string(),
          meaning: z.string(),
          signedAt: instant,
          sha256: z.string(),
          isIntact: z.boolean(),
          keyReset,
        }),
      ),
    }),
  }),
  /** The signed order as a PDF for this window alone. Its name holds the chart number, never a name. */
  print: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId, orderId }),
    output: z.object({ token: z.string(), fileName: z.string() }),
    refusals: ['RECORD_DAMAGED'],
  }),
  /** The unsigned order and everything the form needs beside it. */
  draft: query({
    may: 'order.write',
    audited: true,
    input: z.strictObject({ patientId, orderId }),
    output: z.object({
      orderId,
      draftVersion,
      draft: orderDraft,
      savedAt: instant,
      ownerName: z.string(),
      /** In date today and not ended: a new order may take their place. */
      standingOrders: z.array(z.object({ orderId, version: recordVersion, body: orderBody })),
      series: z.array(z.object({ seriesId, goalText: z.string(), status: z.string(), sessionsPlanned: z.int() })),
      bornOn: calendarDate.nullable(),
      /** What the clinic's policy says; the shipped one while none is approved. */
      rules: z.object({
        isApproved: z.boolean(),
        gfeBy: z.array(z.enum(examinerKinds)),
        gfeModes: z.array(z.enum(examModes)),
        gfeRequired: z.boolean(),
        gfeValidMonths: z.int(),
        orderValidMonths: z.int(),
        orderMaxSessions: z.int(),
        ceilingDepthUm: z.int(),
        orbitalEnabled: z.boolean(),
        softMaxUm: z.record(z.enum(zoneCodes), z.int().nullable()),
        pigmentProneWarnAboveUm: z.int(),
      }),
      examiners: z.array(z.object({ staffId, printedName: z.string(), kind: z.enum(examinerKinds) })),
    }),
  }),
  /** Starts an unsigned order from the newest one, or from the series and the policy. */
  begin: command({
    may: 'order.write',
    input: z.strictObject({ patientId, seriesId: seriesId.nullable() }),
    output: z.object({ orderId }),
  }),
  saveDraft: command({
    may: 'order.write',
    draft: true,
    input: z.strictObject({ patientId, orderId, draftVersion, draft: orderDraft }),
    output: z.object({ draftVersion }),
  }),
  discardDraft: command({
    may: 'order.write',
    input: z.strictObject({ patientId, orderId, draftVersion }),
    output: nothing,
  }),
  /** Signs the draft as it was seen; the orders named in `supersedes` end with it. */
  sign: command({
    may: 'order.write',
    reauth: true,
    input: z.strictObject({
      patientId,
      orderId,
      draftVersion,
      supersedes: z.array(z.strictObject({ orderId, version: recordVersion })).max(50),
      reauth,
    }),
    output: z.object({ orderId }),
    refusals: [
      'ORDER_NOT_COMPLETE',
      'ORDER_HAS_PROBLEMS',
      'ORDER_LICENCE_NOT_VALID',
      'ORDER_EXAMINER_DIFFERS',
      'ORDER_ENDED',
      ...reauthRefusals,
    ],
  }),
  /** Ends a signed order for good; the reason stays beside it. */
  revoke: command({
    may: 'order.write',
    input: z.strictObject({ patientId, orderId, version: recordVersion, reason: prose(1000).trim().min(1) }),
    output: nothing,
    refusals: ['ORDER_ENDED'],
  }),
}
