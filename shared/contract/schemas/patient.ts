import { z } from 'zod'
import {
  allergyKinds,
  archiveReasons,
  contactChannels,
  type PatientBody,
  type PatientDetails,
  patientSchema,
  phoneKinds,
  sexes,
  skinTypes,
} from '../../domain/patient.ts'
import { calendarDate, filledLine, importId, patientId, prose, staffId } from '../scalars.ts'

/** Text becomes NFC where it enters, so that equal names have equal bytes. */
function text(max = 200) {
  return filledLine(max).normalize('NFC')
}

function optionalText(max = 200) {
  return text(max).nullable()
}

const formerName = z.strictObject({
  family: optionalText(),
  given: optionalText(),
  from: calendarDate.nullable(),
  until: calendarDate.nullable(),
})

const phone = z.strictObject({
  kind: z.enum(phoneKinds),
  number: text(40).regex(/(?:\d\D*){4}/, 'a phone number has four digits or more'),
})

const address = z.strictObject({
  line1: optionalText(),
  line2: optionalText(),
  locality: optionalText(),
  postcode: optionalText(40),
  region: optionalText(),
})

const allergies = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('NOT_ASKED') }),
  z.strictObject({ state: z.literal('NONE_KNOWN'), askedOn: calendarDate }),
  z.strictObject({
    state: z.literal('LISTED'),
    entries: z
      .array(z.strictObject({ substance: text(), reaction: optionalText(), kind: z.enum(allergyKinds) }))
      .min(1)
      .max(100),
  }),
])

const guardian = z.strictObject({
  name: text(),
  relationship: text(),
  phone: optionalText(40),
  proofSeen: optionalText(),
})

const emergencyContact = z.strictObject({ name: text(), relationship: optionalText(), phone: text(40) })

/** What the registration form sends. Rules that need today's date are `patientDetailsProblems`. */
export const patientDetails = z.strictObject({
  family: optionalText(),
  given: optionalText(),
  middle: optionalText(),
  preferred: optionalText(),
  formerNames: z.array(formerName).max(20),
  bornOn: calendarDate.nullable(),
  bornText: optionalText(40),
  sex: z.enum(sexes).nullable(),
  gender: optionalText(),
  phones: z.array(phone).max(10),
  email: z.email().max(254).nullable(),
  address,
  preferredChannel: z.enum(contactChannels).nullable(),
  language: text(35).nullable(),
  interpreterNeeded: z.boolean(),
  allergies,
  guardian: guardian.nullable(),
  emergencyContact: emergencyContact.nullable(),
  deskNotes: prose(4000).nullable(),
}) satisfies z.ZodType<PatientDetails>

export const recordedSkinType = z.strictObject({
  type: z.enum(skinTypes),
  recordedOn: calendarDate,
  by: staffId,
})

export const archiveReason = z.enum(archiveReasons)

/** One version of a patient as it is stored; strict, so that nothing slips into signed bytes unseen. */
export const patientBody = z.strictObject({
  ...patientDetails.shape,
  // Imported rows are older than our rules: an address of mail is not refused when it is read again.
  email: optionalText(254),
  schema: z.literal(patientSchema),
  id: patientId,
  chartNumber: text(40),
  fst: recordedSkinType.nullable(),
  status: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('ACTIVE') }),
    z.strictObject({ state: z.literal('ARCHIVED'), reason: archiveReason, note: optionalText(1000) }),
  ]),
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('REGISTERED') }),
    z.strictObject({
      kind: z.literal('IMPORTED'),
      importId,
      line: z.int().min(1),
      sourceId: optionalText(80),
    }),
  ]),
}) satisfies z.ZodType<PatientBody>
