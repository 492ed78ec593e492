import { z } from 'zod'
import {
  type ConsentBody,
  type ConsentReacknowledgement,
  type ConsentWithdrawal,
  copyMethods,
  identityDocuments,
  interpreterModes,
  signerRoles,
  withdrawalScopes,
} from '../../domain/consent/consent.ts'
import type { PhotoPermissions } from '../../domain/consent/render-consent.ts'
import { type ConsentTemplate, consentProcedures, consentSectionKeys } from '../../domain/consent/template.ts'
import { indications, sides, zoneCodes } from '../../domain/zones.ts'
import {
  attachmentId,
  calendarDate,
  consentId,
  filledLine,
  instant,
  line,
  patientId,
  prose,
  recordVersion,
  seriesId,
  staffId,
} from '../scalars.ts'
import type { SameType } from './same-type.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const languageTag = z.string().regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/)
const code = z.string().regex(/^[A-Z][A-Z0-9_]{0,40}$/)
const utcOffsetMin = z
  .int()
  .min(-14 * 60)
  .max(14 * 60)
const printedStaff = z.strictObject({ staffId, name: filledLine(), credential: line() })
const zonePlace = z.strictObject({ zone: z.enum(zoneCodes), side: z.enum(sides), site: line().nullable() })

export const photoPermissions = z.strictObject({
  ownRecord: z.boolean(),
  staffTeaching: z.boolean(),
  marketing: z.boolean(),
})

export const consentScope = z.strictObject({
  procedure: z.enum(consentProcedures),
  addons: z.array(code).max(20),
  zones: z.array(zonePlace).max(80),
  indications: z.array(z.enum(indications)).max(40),
  maxDepthUm: z.int().min(0).max(10_000),
  sessions: z.int().min(0).max(24),
})

export const signatureMark = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('STROKES'),
    strokes: z
      .array(
        z
          .array(z.strictObject({ x: z.int(), y: z.int(), atMs: z.int().min(0).max(3_600_000) }))
          .min(1)
          .max(5000),
      )
      .min(1)
      .max(500),
  }),
  z.strictObject({ kind: z.literal('TYPED'), name: filledLine() }),
])

export const consentSignature = z.strictObject({
  role: z.enum(signerRoles),
  name: filledLine(),
  relationship: line().nullable(),
  proofOfAuthority: line().nullable(),
  identityDocument: z.enum(identityDocuments),
  mark: signatureMark,
  imageId: attachmentId.nullable(),
  intentStatement: filledLine(1000),
  intentTicked: z.boolean(),
  documentSha256: sha256,
  signedAt: instant,
  utcOffsetMin,
  workstation: line(),
})

export const consentBody = z.strictObject({
  schema: z.literal('consent/1'),
  consentId,
  version: recordVersion,
  patient: z.strictObject({
    patientId,
    name: filledLine(),
    bornOn: calendarDate.nullable(),
    chartNumber: filledLine(40),
  }),
  seriesId: seriesId.nullable(),
  template: z.strictObject({
    templateId: filledLine(80),
    major: z.int().min(1),
    minor: z.int().min(0),
    language: languageTag,
    sha256,
  }),
  scope: consentScope,
  practitioner: printedStaff.extend({ isPhysician: z.boolean() }),
  supervisingPhysician: printedStaff,
  offLabelItems: z.array(filledLine()).max(100),
  document: z.strictObject({
    sections: z
      .array(z.strictObject({ key: z.enum(consentSectionKeys), heading: filledLine(), body: prose(20_000) }))
      .max(consentSectionKeys.length),
    text: prose(100_000),
    sha256,
  }),
  photoPermissions,
  initials: z
    .array(z.strictObject({ section: z.enum(consentSectionKeys), initials: filledLine(20), at: instant }))
    .max(consentSectionKeys.length),
  language: languageTag,
  interpreter: z
    .strictObject({
      name: filledLine(),
      identifier: line(),
      mode: z.enum(interpreterModes),
      language: languageTag,
    })
    .nullable(),
  minor: z
    .strictObject({
      assent: z.strictObject({ given: z.boolean(), at: instant, note: prose() }),
      physicianExam: z.strictObject({ physician: printedStaff, examinedOn: calendarDate }),
      chaperone: z.strictObject({ name: filledLine(), relation: line() }),
    })
    .nullable(),
  explainedBy: printedStaff,
  witness: printedStaff,
  questionsAsked: prose(),
  readingTimeSec: z.int().min(0).max(86_400),
  refusals: z.array(z.strictObject({ at: instant, by: filledLine(), reason: prose() })).max(50),
  copyGiven: z.strictObject({ method: z.enum(copyMethods), at: instant }).nullable(),
  signature: consentSignature.nullable(),
})
true satisfies SameType<z.infer<typeof consentBody>, ConsentBody>
true satisfies SameType<z.infer<typeof photoPermissions>, PhotoPermissions>

export const consentWithdrawal = z.strictObject({
  by: filledLine(),
  at: instant,
  how: z.enum(['VERBAL', 'WRITTEN']),
  scopes: z.array(z.enum(withdrawalScopes)).min(1).max(withdrawalScopes.length),
  takenBy: staffId,
  note: prose(),
})
true satisfies SameType<z.infer<typeof consentWithdrawal>, ConsentWithdrawal>

export const consentReacknowledgement = z.strictObject({
  at: instant,
  by: filledLine(),
  practitionerId: staffId,
  supervisingPhysicianId: staffId,
  takenBy: staffId,
})
true satisfies SameType<z.infer<typeof consentReacknowledgement>, ConsentReacknowledgement>

export const consentTemplate = z.strictObject({
  templateId: filledLine(80),
  major: z.int().min(1),
  minor: z.int().min(0),
  language: languageTag,
  procedure: z.enum(consentProcedures),
  jurisdiction: filledLine(40),
  effectiveFrom: calendarDate,
  effectiveTo: calendarDate.nullable(),
  sections: z
    .array(
      z.strictObject({
        key: z.enum(consentSectionKeys),
        heading: filledLine(),
        body: prose(20_000),
        initialRequired: z.boolean(),
      }),
    )
    .max(consentSectionKeys.length),
  approvedBy: staffId.nullable(),
})
true satisfies SameType<z.infer<typeof consentTemplate>, ConsentTemplate>
