import { z } from 'zod'
import { consentProcedures } from '../domain/consent/template.ts'
import type { TemplateDraftText } from '../domain/consent/template-edit.ts'
import { templateBumps } from '../domain/consent/template-version.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import { calendarDate, filledLine, instant, line, nothing, patientId, recordVersion, visitId } from './scalars.ts'
import { consentTemplate as templateSchema } from './schemas/consent.ts'
import type { SameType } from './schemas/same-type.ts'

const { sections } = templateSchema.shape
const templateId = filledLine(80)
const templateKey = { templateId, major: z.int().min(1), minor: z.int().min(0) }

/** As it is typed: a heading may be empty for a while. */
const draftText = {
  jurisdiction: line(40),
  effectiveFrom: calendarDate,
  bump: z.enum(templateBumps),
  sections: z.array(sections.element.extend({ heading: line() })).max(40),
}
const draftTextObject = z.strictObject(draftText)
true satisfies SameType<z.infer<typeof draftTextObject>, TemplateDraftText>

/** A new text gets a short name of its own; it stands in every form that is signed on it. */
const newTemplateId = z.string().regex(/^[a-z0-9][a-z0-9-]{2,59}$/)

const draftOf = {
  templateId,
  language: z.string(),
  procedure: z.enum(consentProcedures),
  savedAt: instant,
  savedBy: z.string(),
}

const signAgain = z.object({
  visitId,
  patientId,
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  preferredName: z.string().nullable(),
  chartNumber: z.string(),
  onDate: calendarDate,
  atTime: z.string(),
  /** Of the text they signed. */
  major: z.int(),
})
export type SignAgainVisit = z.output<typeof signAgain>

export const consentTemplate = {
  /** Texts that are being written, newest first; one draft of a text at a time. */
  drafts: query({ may: 'policy.read', input: nothing, output: z.object({ drafts: z.array(z.object(draftOf)) }) }),
  openDraft: query({
    may: 'policy.read',
    input: z.strictObject({ templateId }),
    output: z.object({
      ...draftOf,
      version: recordVersion,
      text: z.object(draftText),
      /** The newest published version of the same text; null where it has none yet. */
      newest: z.object({ ...templateKey, jurisdiction: z.string(), effectiveFrom: calendarDate, sections }).nullable(),
    }),
  }),
  /** Starts from a published version: as the next one of that text, or `as` a text with a name of its own. */
  startDraft: command({
    may: 'policy.draft',
    input: z.strictObject({
      from: z.strictObject(templateKey),
      as: z.strictObject({ templateId: newTemplateId, procedure: z.enum(consentProcedures) }).nullable(),
    }),
    output: z.object({ templateId }),
    refusals: ['TEMPLATE_DRAFT_EXISTS', 'TEMPLATE_NAME_TAKEN', 'TEMPLATE_DAMAGED'],
  }),
  saveDraft: command({
    may: 'policy.draft',
    draft: true,
    input: z.strictObject({ templateId, version: recordVersion, text: draftTextObject }),
    output: z.object({ version: recordVersion }),
  }),
  discardDraft: command({
    may: 'policy.draft',
    input: z.strictObject({ templateId, version: recordVersion }),
    output: nothing,
  }),
  /** The physician approves the draft as it was last saved. It is a published version from then on, and never changes. */
  publishDraft: command({
    may: 'policy.approve',
    reauth: true,
    input: z.strictObject({ templateId, version: recordVersion, reauth }),
    output: z.object({ ...templateKey, sha256: z.string() }),
    refusals: [
      ...reauthRefusals,
      'TEMPLATE_FAULTY',
      'TEMPLATE_STARTS_IN_THE_PAST',
      'TEMPLATE_STARTS_BEFORE_NEWEST',
      'TEMPLATE_UNCHANGED',
      'OWN_LICENCE_NOT_VALID',
    ],
  }),
  /**
   * Treatments booked from `from` on whose patients stand on a signed form of this text older than `major`. Numbers for
   * everybody; names for those who see consent states.
   */
  signAgain: query({
    may: 'policy.read',
    input: z.strictObject({ templateId, major: z.int().min(1), from: calendarDate }),
    output: z.object({
      visits: z.int(),
      patients: z.int(),
      /** The first 200 visits; null for a person who may not see consent states. */
      rows: z.array(signAgain).nullable(),
    }),
  }),
}
