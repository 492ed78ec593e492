import { z } from 'zod'
import { consentStandings } from '../domain/next-step.ts'
import {
  allergyKinds,
  allergyStates,
  archiveReasons,
  contactChannels,
  patientDetailProblems,
  patientStatuses,
  phoneKinds,
  sexes,
  skinTypes,
} from '../domain/patient.ts'
import { duplicateReasons } from '../domain/patient-duplicate.ts'
import { archiveReasonsToChoose, nameChanges, patientFields, reactivateReasons } from '../domain/patient-edit.ts'
import { command, query } from './define.ts'
import {
  calendarDate,
  filledLine,
  importId,
  instant,
  line,
  nothing,
  patientId,
  prose,
  recordVersion,
} from './scalars.ts'
import { patientDetails, recordedSkinType } from './schemas/patient.ts'

const text = z.string()
const maybe = text.nullable()

/** What a list row says of a person; enough to tell two people apart without opening a chart. */
export const patientSummary = z.object({
  patientId,
  version: recordVersion,
  chartNumber: text,
  family: maybe,
  given: maybe,
  middle: maybe,
  preferred: maybe,
  bornOn: calendarDate.nullable(),
  /** A date that does not exist, exactly as an imported list had it; `bornOn` is then null. */
  bornText: maybe,
  phoneTail: maybe,
  status: z.enum(patientStatuses),
  isLookAlike: z.boolean(),
})
export type PatientSummaryWire = z.output<typeof patientSummary>

export const storedAllergies = z.discriminatedUnion('state', [
  z.object({ state: z.literal('NOT_ASKED') }),
  z.object({ state: z.literal('NONE_KNOWN'), askedOn: calendarDate }),
  z.object({
    state: z.literal('LISTED'),
    entries: z.array(z.object({ substance: text, reaction: maybe, kind: z.enum(allergyKinds) })),
  }),
])

export const storedStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ACTIVE') }),
  z.object({ state: z.literal('ARCHIVED'), reason: z.enum(archiveReasons), note: maybe }),
])

/** Stored details are read as they are: an imported row may be older than a rule of the form. */
export const storedDetails = z.object({
  family: maybe,
  given: maybe,
  middle: maybe,
  preferred: maybe,
  formerNames: z.array(
    z.object({ family: maybe, given: maybe, from: calendarDate.nullable(), until: calendarDate.nullable() }),
  ),
  bornOn: calendarDate.nullable(),
  bornText: maybe,
  sex: z.enum(sexes).nullable(),
  gender: maybe,
  phones: z.array(z.object({ kind: z.enum(phoneKinds), number: text })),
  email: maybe,
  address: z.object({ line1: maybe, line2: maybe, locality: maybe, postcode: maybe, region: maybe }),
  preferredChannel: z.enum(contactChannels).nullable(),
  language: maybe,
  interpreterNeeded: z.boolean(),
  guardian: z.object({ name: text, relationship: text, phone: maybe, proofSeen: maybe }).nullable(),
  emergencyContact: z.object({ name: text, relationship: maybe, phone: text }).nullable(),
  deskNotes: maybe,
})

/** One version of a chart's first page. What the person may not read is null and named in `hidden`. */
const chartFacts = z.object({
  chartNumber: text,
  details: storedDetails,
  allergies: storedAllergies.nullable(),
  fst: recordedSkinType.nullable(),
  status: storedStatus,
})
export type ChartFacts = z.output<typeof chartFacts>

/** The registration form while it is filled in: everything as typed, nothing judged yet. */
export const patientForm = z.strictObject({
  family: line(),
  given: line(),
  middle: line(),
  preferred: line(),
  formerNames: z.array(z.strictObject({ family: line(), given: line() })).max(20),
  bornOn: calendarDate.nullable(),
  sex: z.enum(sexes).nullable(),
  gender: line(),
  phones: z.array(z.strictObject({ kind: z.enum(phoneKinds), number: line(40) })).max(10),
  email: line(254),
  line1: line(),
  line2: line(),
  locality: line(),
  postcode: line(40),
  region: line(),
  preferredChannel: z.enum(contactChannels).nullable(),
  language: line(35),
  interpreterNeeded: z.boolean(),
  allergyState: z.enum(allergyStates),
  allergiesAskedOn: calendarDate.nullable(),
  allergies: z
    .array(z.strictObject({ substance: line(), reaction: line(), kind: z.enum(allergyKinds).nullable() }))
    .max(100),
  hasGuardian: z.boolean(),
  guardianName: line(),
  guardianRelationship: line(),
  guardianPhone: line(40),
  guardianProof: line(),
  emergencyName: line(),
  emergencyRelationship: line(),
  emergencyPhone: line(40),
  deskNotes: prose(4000),
  nameChange: z.enum(nameChanges).nullable(),
})
export type PatientForm = z.output<typeof patientForm>

const draft = z.object({
  draftId: z.uuid(),
  draftVersion: z.int(),
  /** The chart's version that the edit began with; null for a registration. */
  chartVersion: recordVersion.nullable(),
  savedAt: instant,
  form: patientForm,
})

const duplicate = patientSummary.extend({
  score: z.number(),
  reasons: z.array(z.enum(duplicateReasons)),
  locality: maybe,
})
export type DuplicateAdvice = z.output<typeof duplicate>

const { family, given, middle, preferred, formerNames, bornOn, bornText, address, phones } = patientDetails.shape

const saved = z.object({ patientId, version: recordVersion })
const listKey = z.strictObject({ sortName: z.string().max(1000), patientId })

/** What stands against keeping the details; each names its field in `facts`. */
const detailRefusals = [...patientDetailProblems, 'ALLERGIES_ASKED_IN_FUTURE'] as const

export const patient = {
  /** People by surname and given name, page by page. `counts` comes with the first page. */
  list: query({
    may: 'demographics.read',
    input: z.strictObject({
      status: z.enum(patientStatuses),
      after: listKey.nullable(),
      limit: z.int().min(1).max(200),
    }),
    output: z.object({
      patients: z.array(patientSummary.extend({ lastVisitOn: calendarDate.nullable() })),
      next: z.object({ sortName: text, patientId }).nullable(),
      counts: z.object({ ACTIVE: z.int(), ARCHIVED: z.int() }).nullable(),
    }),
  }),

  /** Charts that may be the person described. Advice at registration and in an edit; never a wall. */
  duplicates: query({
    may: 'demographics.write',
    input: z.strictObject({
      family,
      given,
      middle,
      preferred,
      formerNames,
      bornOn,
      bornText,
      address,
      phones,
      except: patientId.nullable(),
    }),
    output: z.object({ charts: z.array(duplicate) }),
  }),

  /**
   * Registers a person. `acknowledgedDuplicates` are the charts that stood beside the form: one that nobody has seen yet
   * is shown first (DUPLICATES_NOT_SEEN), and then the person decides.
   */
  register: command({
    may: 'demographics.write',
    input: z.strictObject({
      details: patientDetails,
      acknowledgedDuplicates: z.array(patientId).max(20),
      draftId: z.uuid().nullable(),
    }),
    output: z.object({ patientId, chartNumber: text }),
    refusals: [...detailRefusals, 'DUPLICATES_NOT_SEEN'],
  }),

  /** Saves a new version. A changed name says whether it is a new one or was misspelt. */
  edit: command({
    may: 'demographics.write',
    input: z.strictObject({
      patientId,
      version: recordVersion,
      details: patientDetails,
      nameChange: z.enum(nameChanges).nullable(),
      draftId: z.uuid().nullable(),
    }),
    output: saved,
    refusals: [...detailRefusals, 'NAME_CHANGE_UNSAID', 'NOTHING_CHANGED'],
  }),

  archive: command({
    may: 'demographics.write',
    input: z.strictObject({
      patientId,
      version: recordVersion,
      reason: z.enum(archiveReasonsToChoose),
      note: filledLine(1000).nullable(),
    }),
    output: saved,
    refusals: ['ALREADY_ARCHIVED', 'ARCHIVE_NOTE_NEEDED'],
  }),
  reactivate: command({
    may: 'demographics.write',
    input: z.strictObject({ patientId, version: recordVersion, reason: z.enum(reactivateReasons) }),
    output: saved,
    refusals: ['NOT_ARCHIVED'],
  }),

  setAllergies: command({
    may: 'demographics.write',
    input: z.strictObject({ patientId, version: recordVersion, allergies: patientDetails.shape.allergies }),
    output: saved,
    refusals: ['ALLERGY_LIST_EMPTY', 'ALLERGIES_ASKED_IN_FUTURE'],
  }),
  /** By a clinician alone, dated, never inferred (clinical reference, section 1). */
  setSkinType: command({
    may: 'screening.write',
    input: z.strictObject({
      patientId,
      version: recordVersion,
      type: z.enum(skinTypes),
      recordedOn: calendarDate,
    }),
    output: saved,
    refusals: ['RECORDED_IN_FUTURE', 'RECORDED_BEFORE_BIRTH'],
  }),

  /** The chart's first page: who the person is and how to reach them. */
  open: query({
    may: 'demographics.read',
    audited: true,
    input: z.strictObject({ patientId }),
    output: z.object({
      patientId,
      version: recordVersion,
      isIntact: z.boolean(),
      registeredAt: instant,
      changedAt: instant,
      facts: chartFacts,
      source: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('REGISTERED') }),
        z.object({ kind: z.literal('IMPORTED'), importId, line: z.int(), sourceId: maybe }),
      ]),
    }),
  }),

  /** What never leaves the screen while a chart is open; each role gets the parts it may read. */
  banner: query({
    may: 'demographics.read',
    input: z.strictObject({ patientId }),
    output: z.object({
      patientId,
      version: recordVersion,
      chartNumber: text,
      family: maybe,
      given: maybe,
      middle: maybe,
      preferred: maybe,
      bornOn: calendarDate.nullable(),
      bornText: maybe,
      phoneTail: maybe,
      status: storedStatus,
      isIntact: z.boolean(),
      /** Other people who are easily mixed up with this one. */
      lookAlikes: z.array(patientSummary),
      /** The chart under which this person goes on, where this one is merged. */
      mergedInto: patientSummary.nullable(),
      /** Charts that are merged into this one. */
      merged: z.array(patientSummary),
      /** Null where the role may not read alerts. */
      alerts: z
        .object({
          allergies: storedAllergies,
          /** What the forms on file are worth today, before a plan is judged by them. */
          consent: z.object({ standing: z.enum(consentStandings), signedOn: calendarDate.nullable() }),
          openComplications: z.int(),
          openRedFlags: z.int(),
        })
        .nullable(),
      /** Null where the role may not read charts. */
      clinical: z.object({ fst: recordedSkinType.nullable() }).nullable(),
    }),
  }),

  /** Versions of the chart's first page, newest first, at most 100, each with what changed. */
  history: query({
    may: 'demographics.read',
    audited: true,
    input: z.strictObject({ patientId }),
    output: z.object({
      versions: z.array(
        z.object({
          number: z.int(),
          madeAt: instant,
          /** Printed name. */
          madeBy: maybe,
          /** REGISTERED, IMPORTED, EDITED, ARCHIVED ...: why the version exists. */
          reason: text,
          isIntact: z.boolean(),
          /** Empty for the first version. */
          changed: z.array(z.enum(patientFields)),
          facts: chartFacts,
        }),
      ),
    }),
  }),

  /** The unfinished form of this person: of a registration (`patientId` null) or of a chart's edit. */
  draft: query({
    may: 'demographics.write',
    input: z.strictObject({ patientId: patientId.nullable() }),
    output: z.object({ draft: draft.nullable() }),
  }),
  saveDraft: command({
    may: 'demographics.write',
    draft: true,
    input: z.strictObject({
      patientId: patientId.nullable(),
      draftId: z.uuid().nullable(),
      /** 0 for the first save. */
      draftVersion: z.int().min(0),
      chartVersion: recordVersion.nullable(),
      form: patientForm,
    }),
    output: z.object({ draftId: z.uuid(), draftVersion: z.int(), savedAt: instant }),
  }),
  discardDraft: command({
    may: 'demographics.write',
    keyed: false,
    input: z.strictObject({ draftId: z.uuid() }),
    output: nothing,
  }),
}
