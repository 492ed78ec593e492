import { z } from 'zod'
import {
  copyMethods,
  identityDocuments,
  interpreterModes,
  signerRoles,
  withdrawalScopes,
} from '../domain/consent/consent.ts'
import { consentStates } from '../domain/consent/consent-state.ts'
import { type ConsentPreparation, consentGaps, type PreparationFacts } from '../domain/consent/prepare-consent.ts'
import { consentProcedures, consentSectionKeys } from '../domain/consent/template.ts'
import { seriesStatuses } from '../domain/series.ts'
import { indications, sides, zoneCodes } from '../domain/zones.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import {
  calendarDate,
  consentId,
  filledLine,
  instant,
  line,
  nothing,
  patientId,
  prose,
  recordVersion,
  seriesId,
  staffId,
} from './scalars.ts'
import { consentBody, consentTemplate, photoPermissions, signatureMark } from './schemas/consent.ts'
import type { SameType } from './schemas/same-type.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const languageTag = z.string().regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/)
const looseLanguage = z.union([z.literal(''), languageTag])
const one = { patientId, consentId }
const templateKey = { templateId: filledLine(80), major: z.int().min(1), minor: z.int().min(0) }

/** A preparation as it is typed: anything may still be missing. What stands against showing it is `consentGaps`. */
const preparation = z.strictObject({
  templateId: filledLine(80).nullable(),
  procedure: z.enum(consentProcedures),
  seriesId: seriesId.nullable(),
  addons: z.array(z.string().regex(/^[A-Z][A-Z0-9_]{0,40}$/)).max(20),
  zones: z.array(z.strictObject({ zone: z.enum(zoneCodes), side: z.enum(sides), site: line(120).nullable() })).max(80),
  indications: z.array(z.enum(indications)).max(indications.length),
  maxDepthUm: z.int().min(0).max(10_000).nullable(),
  sessions: z.int().min(0).max(24).nullable(),
  intervalMonths: z.int().min(0).max(24).nullable(),
  dwellMin: z.int().min(0).max(240).nullable(),
  durationMin: z.int().min(0).max(480).nullable(),
  practitionerId: staffId.nullable(),
  supervisingPhysicianId: staffId.nullable(),
  explainedById: staffId.nullable(),
  language: looseLanguage,
  interpreter: z
    .strictObject({ name: line(), identifier: line(), mode: z.enum(interpreterModes), language: looseLanguage })
    .nullable(),
  signer: z.strictObject({
    role: z.enum(signerRoles),
    name: line(),
    relationship: line(),
    proofOfAuthority: line(),
    identityDocument: z.enum(identityDocuments).nullable(),
  }),
  minor: z
    .strictObject({
      physicianId: staffId.nullable(),
      examinedOn: calendarDate.nullable(),
      chaperoneName: line(),
      chaperoneRelation: line(),
    })
    .nullable(),
})
true satisfies SameType<z.infer<typeof preparation>, ConsentPreparation>

const preparationFacts = z.object({
  bornOn: calendarDate.nullable(),
  today: calendarDate,
  ageOfMajority: z.int(),
  isGuardianRequired: z.boolean(),
  ceilingUm: z.int(),
  isOrbitalEnabled: z.boolean(),
  needsInterpreter: z.boolean(),
  templates: z.array(z.object({ ...templateKey, language: languageTag, procedure: z.enum(consentProcedures) })),
  practitionerIds: z.array(staffId),
  physicianIds: z.array(staffId),
  seriesIds: z.array(seriesId),
  courses: z.array(
    z.object({
      seriesId,
      goals: z.array(z.enum(indications)),
      sessionsPlanned: z.int(),
      status: z.enum(seriesStatuses),
    }),
  ),
})
true satisfies z.infer<typeof preparationFacts> extends PreparationFacts ? true : false

const initials = z.strictObject({ section: z.enum(consentSectionKeys), initials: line(20) })
const answered = {
  initials: z.array(initials).max(consentSectionKeys.length),
  photoPermissions,
  questions: prose(4000),
  agreed: z.boolean(),
  assent: z.strictObject({ given: z.boolean(), note: prose(1000) }),
}

const personNames = z.object({
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  preferredName: z.string().nullable(),
})
const formSection = z.object({
  key: z.enum(consentSectionKeys),
  heading: z.string(),
  body: z.string(),
  /** Phrases the text stresses, e.g. `Less often:`. */
  stressed: z.array(z.string()),
  initialRequired: z.boolean(),
})
const shownForm = { sections: z.array(formSection), sha256 }

const withdrawal = z.object({
  by: z.string(),
  at: instant,
  how: z.enum(['VERBAL', 'WRITTEN']),
  scopes: z.array(z.enum(withdrawalScopes)),
  takenBy: z.string(),
  note: z.string(),
})

const listed = z.object({
  consentId,
  /** As of today: a signed form whose time is over reads EXPIRED. */
  state: z.enum(consentStates),
  procedure: z.enum(consentProcedures),
  seriesId: seriesId.nullable(),
  zones: preparation.shape.zones,
  maxDepthUm: z.int().nullable(),
  sessions: z.int().nullable(),
  /** `1.0`; null while it is prepared. */
  template: z.object(templateKey).nullable(),
  startedAt: instant,
  signedAt: instant.nullable(),
  signedOn: calendarDate.nullable(),
  signerName: z.string().nullable(),
  /** Last day on which it stands by its age alone. */
  lapsesOn: calendarDate.nullable(),
  photoPermissions: photoPermissions.nullable(),
  withdrawals: z.array(withdrawal),
  isIntact: z.boolean(),
})
export type ListedConsent = z.output<typeof listed>

const opened = z.object({
  ...one,
  patient: personNames.extend({
    bornOn: calendarDate.nullable(),
    chartNumber: z.string(),
    guardian: z.object({ name: z.string(), relationship: z.string(), proofSeen: z.string().nullable() }).nullable(),
    language: z.string().nullable(),
  }),
  /** As of today. */
  state: z.enum(consentStates),
  /** Head of the record; null while the form was never shown. */
  version: recordVersion.nullable(),
  startedAt: instant,
  draft: z
    .object({
      version: recordVersion,
      preparation,
      facts: preparationFacts,
      gaps: z.array(z.enum(consentGaps)),
      offLabelItems: z.array(z.string()),
    })
    .nullable(),
  record: z
    .object({
      body: consentBody,
      versionNumber: z.int(),
      sha256,
      integrity: z.enum(['INTACT', 'BYTES_CHANGED', 'COLUMNS_CHANGED', 'VERSION_MISSING']),
      signedOn: calendarDate.nullable(),
      lapsesOn: calendarDate.nullable(),
      /** The three choices after every withdrawal. */
      photoPermissionsNow: photoPermissions,
      withdrawals: z.array(withdrawal),
      reacknowledgements: z.array(
        z.object({
          by: z.string(),
          at: instant,
          practitioner: z.string(),
          supervisingPhysician: z.string(),
          takenBy: z.string(),
        }),
      ),
      /** Newest first; `recipient` is empty where the patient got it. */
      copies: z.array(
        z.object({ at: instant, method: z.enum(copyMethods), recipient: z.string(), givenBy: z.string() }),
      ),
      voided: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
      /** What stands against it today whatever is planned: age, signer, a new major version, the language. */
      problems: z.array(z.string()),
    })
    .nullable(),
  /** People who may be named on a form. */
  staff: z.array(z.object({ staffId, printedName: z.string(), credential: z.string(), isPhysician: z.boolean() })),
})
export type OpenedConsent = z.output<typeof opened>

const patientsForm = z.discriminatedUnion('state', [
  personNames.extend({
    state: z.literal('OPEN'),
    bornOn: calendarDate.nullable(),
    version: recordVersion,
    draftVersion: recordVersion,
    ...shownForm,
    /** The short statement of the last page, in the same words as the form. */
    agreement: z.object({
      zones: z.string(),
      goals: z.string(),
      maxDepthUm: z.int(),
      sessions: z.int(),
      interval: z.string(),
      practitioner: z.string(),
      isPhysician: z.boolean(),
      physician: z.string(),
    }),
    signer: z.object({ role: z.enum(signerRoles), name: z.string(), relationship: z.string() }),
    isMinor: z.boolean(),
    intentStatement: z.string(),
    answers: z.object(answered),
    language: languageTag,
    languages: z.array(z.object({ code: languageTag, name: z.string() })),
    witness: z.string(),
    now: instant,
    timeZone: z.string(),
  }),
  /** Signed, refused for good or taken back: there is nothing to fill in. */
  personNames.extend({ state: z.literal('CLOSED'), bornOn: calendarDate.nullable(), isSigned: z.boolean() }),
])

const listedTemplate = z.object({
  ...templateKey,
  language: languageTag,
  procedure: z.enum(consentProcedures),
  jurisdiction: z.string(),
  effectiveFrom: calendarDate,
  sha256,
  publishedAt: instant,
  publishedBy: z.string().nullable(),
  approvedAt: instant.nullable(),
  approvedBy: z.string().nullable(),
  isInForce: z.boolean(),
  isIntact: z.boolean(),
})

const moveRefusals = [
  'CONSENT_MOVE_NOT_ALLOWED',
  'CONSENT_ROLE_NOT_ALLOWED',
  'CONSENT_REASON_MISSING',
  'WITHDRAWAL_SCOPE_MISSING',
] as const

export const consent = {
  /** Every form of a patient, newest first, with its state as of today. */
  list: query({
    may: 'alerts.read',
    input: z.strictObject({ patientId }),
    output: z.object({ consents: z.array(listed) }),
  }),
  open: query({ may: 'consent.capture', audited: true, input: z.strictObject(one), output: opened }),

  /** Starts a form; `basedOn` takes over what an earlier one asked for, never who signs. */
  prepare: command({
    may: 'consent.capture',
    input: z.strictObject({ patientId, basedOn: consentId.nullable() }),
    output: z.object({ consentId }),
  }),
  savePreparation: command({
    may: 'consent.capture',
    draft: true,
    input: z.strictObject({ ...one, version: recordVersion, preparation }),
    output: z.object({
      version: recordVersion,
      gaps: z.array(z.enum(consentGaps)),
      /** What the form will name as outside the authorised use, as it will be printed. */
      offLabelItems: z.array(z.string()),
    }),
    refusals: moveRefusals,
  }),
  /** Fills and freezes the form: from now on the patient may read and sign exactly this text. */
  present: command({
    may: 'consent.capture',
    input: z.strictObject({ ...one, version: recordVersion }),
    output: z.object({ consentId, version: recordVersion, sha256 }),
    refusals: [
      ...moveRefusals,
      'CONSENT_INCOMPLETE',
      'CONSENT_LANGUAGE_NOT_READY',
      'CONSENT_VALUES_MISSING',
      'CONSENT_TEMPLATE_FAULTY',
    ],
  }),
  /** Takes a form that was shown and not signed back to the desk. */
  revise: command({
    may: 'consent.capture',
    input: z.strictObject({ ...one, version: recordVersion }),
    output: nothing,
    refusals: moveRefusals,
  }),
  /** Gives up a form that nobody signed. One that was shown is kept as voided. */
  discard: command({
    may: 'consent.capture',
    input: z.strictObject({ ...one, reason: prose(1000) }),
    output: nothing,
    refusals: moveRefusals,
  }),

  /** The patient's screen: the frozen form, and what was answered so far. Nothing else of the chart. */
  form: query({
    reach: 'PATIENT_FORM',
    may: 'consent.capture',
    audited: true,
    input: z.strictObject(one),
    output: patientsForm,
  }),
  answer: command({
    reach: 'PATIENT_FORM',
    may: 'consent.capture',
    draft: true,
    input: z.strictObject({
      ...one,
      version: recordVersion,
      /** The form was just opened: the time before it does not count as reading. */
      isOpening: z.boolean(),
      answers: z.strictObject(answered),
    }),
    /** The form as it reads with these answers: what a signature would bind. */
    output: z.object({ version: recordVersion, now: instant, ...shownForm }),
    refusals: ['CONSENT_MOVE_NOT_ALLOWED', 'CONSENT_VALUES_MISSING', 'CONSENT_TEMPLATE_FAULTY'],
  }),
  sign: command({
    reach: 'PATIENT_FORM',
    may: 'consent.capture',
    input: z.strictObject({
      ...one,
      version: recordVersion,
      mark: signatureMark,
      intentTicked: z.boolean(),
      /** Of the text that was on the screen when the mark was made. */
      documentSha256: sha256,
    }),
    output: z.object({ consentId, signedAt: instant, sha256 }),
    refusals: [
      ...moveRefusals,
      'CONSENT_NOT_AGREED',
      'CONSENT_TEMPLATE_REPLACED',
      'CONSENT_SIGNATURE_MISSING',
      'CONSENT_INTENT_NOT_TICKED',
      'CONSENT_DOCUMENT_CHANGED',
      'CONSENT_INITIALS_MISSING',
      'CONSENT_GUARDIAN_NEEDED',
      'CONSENT_GUARDIAN_NOT_NEEDED',
      'CONSENT_AUTHORITY_MISSING',
      'CONSENT_ASSENT_MISSING',
      'CONSENT_BIRTH_DATE_UNKNOWN',
      'CONSENT_INTERPRETER_MISSING',
      'CONSENT_SCOPE_EMPTY',
      'CONSENT_VALUES_MISSING',
      'CONSENT_TEMPLATE_FAULTY',
    ],
  }),
  /** The patient says no, with a reason or without one; the form stays and may be signed on another day. */
  refuse: command({
    reach: 'PATIENT_FORM',
    may: 'consent.capture',
    input: z.strictObject({ ...one, version: recordVersion, reason: prose(1000) }),
    output: nothing,
    refusals: moveRefusals,
  }),

  /** Signed in error. The form is kept and struck through. */
  void: command({
    may: 'consent.void',
    input: z.strictObject({ ...one, version: recordVersion, reason: prose(1000) }),
    output: nothing,
    refusals: moveRefusals,
  }),
  /** Taken at any time by whoever is there. It asks for no version: a withdrawal is never lost to a second editor. */
  withdraw: command({
    may: 'consent.withdraw',
    input: z.strictObject({
      ...one,
      by: filledLine(),
      how: z.enum(['VERBAL', 'WRITTEN']),
      scopes: z.array(z.enum(withdrawalScopes)).max(withdrawalScopes.length),
      note: prose(2000),
    }),
    output: z.object({
      state: z.enum(consentStates),
      effects: z.object({
        blocksStarts: z.boolean(),
        holdsBookings: z.boolean(),
        endsSeries: z.boolean(),
        needsTakeDown: z.boolean(),
      }),
    }),
    refusals: moveRefusals,
  }),
  /** One line under a signed form: the patient knows that somebody else treats or supervises. */
  reacknowledge: command({
    may: 'consent.capture',
    input: z.strictObject({ ...one, by: filledLine(), practitionerId: staffId, supervisingPhysicianId: staffId }),
    output: nothing,
    refusals: ['CONSENT_NOT_SIGNED', 'CONSENT_STAFF_NOT_ALLOWED'],
  }),

  templates: query({ may: 'policy.read', input: nothing, output: z.object({ templates: z.array(listedTemplate) }) }),
  template: query({
    may: 'policy.read',
    input: z.strictObject(templateKey),
    output: listedTemplate.extend({ sections: consentTemplate.shape.sections, faults: z.array(z.string()) }),
  }),
  /** A physician's approval makes a published text usable; nobody signs before it. */
  approveTemplate: command({
    may: 'policy.approve',
    reauth: true,
    input: z.strictObject({ ...templateKey, reauth }),
    output: nothing,
    refusals: [...reauthRefusals, 'TEMPLATE_ALREADY_APPROVED', 'TEMPLATE_FAULTY', 'OWN_LICENCE_NOT_VALID'],
  }),
}
