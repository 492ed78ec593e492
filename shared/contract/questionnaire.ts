import { z } from 'zod'
import { templateBumps } from '../domain/consent/template-version.ts'
import type { QuestionnaireDraft } from '../domain/screening/questionnaire-edit.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import { calendarDate, instant, nothing, patientId, recordVersion, visitId } from './scalars.ts'
import { questionnaireWords } from './schemas/questionnaire.ts'
import type { SameType } from './schemas/same-type.ts'

const version = { major: z.int().min(1), minor: z.int().min(0) }

const draftText = { bump: z.enum(templateBumps), effectiveFrom: calendarDate, ...questionnaireWords.shape }
const draftTextObject = z.strictObject(draftText)
true satisfies SameType<z.infer<typeof draftTextObject>, QuestionnaireDraft>

const published = {
  ...version,
  language: z.string(),
  effectiveFrom: calendarDate,
  publishedAt: instant,
  /** Null for the wording that is shipped. */
  publishedBy: z.string().nullable(),
  sha256: z.string(),
  isInForce: z.boolean(),
  /** False where the stored bytes are no longer what was published. */
  isIntact: z.boolean(),
}

const answerAgain = z.object({
  visitId,
  patientId,
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  preferredName: z.string().nullable(),
  chartNumber: z.string(),
  onDate: calendarDate,
  atTime: z.string(),
})
export type AnswerAgainVisit = z.output<typeof answerAgain>

export const questionnaire = {
  /** Every wording that was published, newest first, and whether the next one is being written. */
  versions: query({
    may: 'policy.read',
    input: nothing,
    output: z.object({
      versions: z.array(z.object(published)),
      draft: z.object({ savedAt: instant, savedBy: z.string() }).nullable(),
    }),
  }),
  version: query({
    may: 'policy.read',
    input: z.strictObject(version),
    output: z.object({ ...published, words: questionnaireWords }),
  }),
  openDraft: query({
    may: 'policy.read',
    input: nothing,
    output: z.object({
      version: recordVersion,
      savedAt: instant,
      savedBy: z.string(),
      text: draftTextObject,
      /** The newest published wording, on which the draft follows. */
      newest: z.object({ ...version, language: z.string(), effectiveFrom: calendarDate, words: questionnaireWords }),
    }),
  }),
  /** Starts the next version from the newest published one. There is one draft at a time. */
  startDraft: command({
    may: 'policy.draft',
    input: nothing,
    output: nothing,
    refusals: ['QUESTIONNAIRE_DRAFT_EXISTS', 'QUESTIONNAIRE_DAMAGED'],
  }),
  saveDraft: command({
    may: 'policy.draft',
    draft: true,
    input: z.strictObject({ version: recordVersion, text: draftTextObject }),
    output: z.object({ version: recordVersion }),
  }),
  discardDraft: command({
    may: 'policy.draft',
    input: z.strictObject({ version: recordVersion }),
    output: nothing,
  }),
  /** The physician approves the draft as it was last saved. It is a published version from then on, and never changes. */
  publishDraft: command({
    may: 'policy.approve',
    reauth: true,
    input: z.strictObject({ version: recordVersion, reauth }),
    output: z.object({ ...version, sha256: z.string() }),
    refusals: [
      ...reauthRefusals,
      'QUESTIONNAIRE_FAULTY',
      'QUESTIONNAIRE_STARTS_IN_THE_PAST',
      'QUESTIONNAIRE_STARTS_BEFORE_NEWEST',
      'QUESTIONNAIRE_UNCHANGED',
    ],
  }),
  /**
   * Treatments booked from `from` on whose patients' full form is older than `major`. Numbers for everybody; names for
   * those who hand forms over.
   */
  answerAgain: query({
    may: 'policy.read',
    input: z.strictObject({ major: z.int().min(1), from: calendarDate }),
    output: z.object({
      visits: z.int(),
      patients: z.int(),
      /** The first 200 visits; null for a person who hands over no forms. */
      rows: z.array(answerAgain).nullable(),
    }),
  }),
}
