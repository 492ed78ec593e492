import { selectPolicyInForce } from '../../db/queries/policy.ts'
import {
  deleteQuestionnaireDraft,
  insertQuestionnaire,
  insertQuestionnaireDraft,
  type StoredQuestionnaire,
  saveQuestionnaireDraft,
  selectAnswerAgain,
  selectQuestionnaire,
  selectQuestionnaireDraft,
  selectQuestionnaires,
} from '../../db/queries/questionnaire.ts'
import { type StaffMember, selectStaff } from '../../db/queries/staff.ts'
import type { contract } from '../../shared/contract/index.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import { questionnaireWords } from '../../shared/contract/schemas/questionnaire.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import {
  questionnaireDraftFrom,
  questionnaireFrom,
  questionnaireInForce,
  questionnaireProblems,
} from '../../shared/domain/screening/questionnaire-edit.ts'
import { lintQuestionnaire, type QuestionnaireFault } from '../../shared/domain/screening/questionnaire-lint.ts'
import {
  type QuestionnaireText,
  type QuestionnaireWords,
  questionnaireVersionName,
} from '../../shared/domain/screening/questionnaire-text.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { Handlers } from '../app/context.ts'

type QuestionnaireContract = typeof contract.questionnaire

/** No more visits than this are named; all are counted. */
const namedVisits = 200

export const questionnaireHandlers = {
  versions: async ({ reader, today }) => {
    const staff = await selectStaff(reader)
    const texts = await selectQuestionnaires(reader)
    const draft = await selectQuestionnaireDraft(reader)
    const inForce = textInForce(texts, today)
    return accept({
      versions: texts.map((stored) => publishedToWire(stored, { staff, inForce })),
      draft: draft && { savedAt: draft.updatedAt, savedBy: nameOf(staff, draft.ownerId) ?? '' },
    })
  },

  version: async ({ reader, today }, version) => {
    const stored = await selectQuestionnaire(reader, version)
    if (!stored) return refuse('NOT_FOUND')
    const inForce = textInForce(await selectQuestionnaires(reader), today)
    return accept({
      ...publishedToWire(stored, { staff: await selectStaff(reader), inForce }),
      words: wordsToWire(stored.text),
    })
  },

  openDraft: async ({ reader }) => {
    const draft = await selectQuestionnaireDraft(reader)
    if (!draft) return refuse('NOT_FOUND')
    const [newest] = await selectQuestionnaires(reader)
    if (!newest) throw new Error('the store has no text of the questionnaire')
    const { major, minor, language, effectiveFrom } = newest.text
    const { bump, effectiveFrom: from } = draft.body
    return accept({
      version: draft.version,
      savedAt: draft.updatedAt,
      savedBy: nameOf(await selectStaff(reader), draft.ownerId) ?? '',
      text: { bump, effectiveFrom: from, ...wordsToWire(draft.body) },
      newest: { major, minor, language, effectiveFrom, words: wordsToWire(newest.text) },
    })
  },

  startDraft: async (context) => {
    if (await selectQuestionnaireDraft(context.trx)) return refuse('QUESTIONNAIRE_DRAFT_EXISTS')
    const [newest] = await selectQuestionnaires(context.trx)
    if (!newest?.isIntact) return refuse('QUESTIONNAIRE_DAMAGED')
    const draft = questionnaireDraftFrom(newest.text, context.today)
    await insertQuestionnaireDraft(context.trx, { draft, at: context.now, by: context.caller.staffId })
    context.audit({ action: 'questionnaire.start', subject: 'questionnaire_text', subjectId: null })
    context.touch('questionnaire')
    return accept({})
  },

  saveDraft: async (context, { version, text }) => {
    if (!(await selectQuestionnaireDraft(context.trx))) return refuse('NOT_FOUND')
    const saved = await saveQuestionnaireDraft(context.trx, {
      draft: text,
      at: context.now,
      by: context.caller.staffId,
      expectedVersion: version,
    })
    if (!saved) return refuse('CONFLICT')
    if (saved.startsSpell)
      context.audit({ action: 'questionnaire.edit', subject: 'questionnaire_text', subjectId: null })
    return accept({ version: saved.version })
  },

  discardDraft: async (context, { version }) => {
    const draft = await selectQuestionnaireDraft(context.trx)
    if (!draft) return refuse('NOT_FOUND')
    if (draft.version !== version) return refuse('CONFLICT')
    await deleteQuestionnaireDraft(context.trx)
    context.audit({ action: 'questionnaire.discard', subject: 'questionnaire_text', subjectId: null })
    context.touch('questionnaire')
    return accept({})
  },

  publishDraft: async (context, { version }) => {
    const { trx, today, now, caller } = context
    const draft = await selectQuestionnaireDraft(trx)
    if (!draft) return refuse('NOT_FOUND')
    if (draft.version !== version) return refuse('CONFLICT')
    const [newest] = await selectQuestionnaires(trx)
    if (!newest) throw new Error('the store has no text of the questionnaire')
    const [problem] = questionnaireProblems(draft.body, { newest: newest.text, today })
    if (problem) return refuse(problemRefusals[problem], { effectiveFrom: newest.text.effectiveFrom })
    const text = questionnaireFrom(draft.body, newest.text)
    const faults = lintQuestionnaire(text)
    if (faults.length > 0) return refuse('QUESTIONNAIRE_FAULTY', { faults: faults.map(faultText) })

    const sha256 = await insertQuestionnaire(trx, text, { at: now, by: caller.staffId })
    await deleteQuestionnaireDraft(trx)
    context.audit({
      action: 'questionnaire.publish',
      subject: 'questionnaire_text',
      subjectId: questionnaireVersionName(text),
      reason: context.reauthenticatedBy,
    })
    // Whatever shows which form is due may read otherwise now.
    context.touch('questionnaire', 'screening', 'chart', 'today', 'session')
    return accept({ major: text.major, minor: text.minor, sha256 })
  },

  answerAgain: async (context, { major, from }) => {
    const { reader, today } = context
    const policy = (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
    const validMonths = policy.settings.fullScreeningValidMonths
    const found = await selectAnswerAgain(reader, { major, from, today, validMonths })
    const mayName = rolesWith('screening.handOver').some((role) => context.hasRole(role))
    return accept({
      visits: found.length,
      patients: new Set(found.map(({ patientId }) => patientId)).size,
      rows: mayName
        ? found.slice(0, namedVisits).map(({ family, given, preferred, takenOn: _takenOn, ...row }) => ({
            ...row,
            familyName: family,
            givenName: given,
            preferredName: preferred,
          }))
        : null,
    })
  },
} satisfies Handlers<QuestionnaireContract>

const problemRefusals = {
  STARTS_IN_THE_PAST: 'QUESTIONNAIRE_STARTS_IN_THE_PAST',
  STARTS_BEFORE_NEWEST: 'QUESTIONNAIRE_STARTS_BEFORE_NEWEST',
  UNCHANGED: 'QUESTIONNAIRE_UNCHANGED',
} as const

function textInForce(texts: readonly StoredQuestionnaire[], today: string): QuestionnaireText | null {
  return questionnaireInForce(
    texts.filter(({ isIntact }) => isIntact).map(({ text }) => text),
    today,
  )
}

function publishedToWire(
  { text, sha256, publishedAt, publishedBy, isIntact }: StoredQuestionnaire,
  { staff, inForce }: { readonly staff: readonly StaffMember[]; readonly inForce: QuestionnaireText | null },
) {
  const { major, minor, language, effectiveFrom } = text
  return {
    major,
    minor,
    language,
    effectiveFrom,
    publishedAt,
    publishedBy: publishedBy && nameOf(staff, publishedBy),
    sha256,
    isInForce: text.major === inForce?.major && text.minor === inForce.minor,
    isIntact,
  }
}

/** A copy, because what a contract promises can be changed and a stored text cannot. */
function wordsToWire({ sections, questions }: QuestionnaireWords) {
  return questionnaireWords.parse({ sections, questions })
}

function nameOf(staff: readonly StaffMember[], staffId: StaffId): string | null {
  return staff.find((member) => member.staffId === staffId)?.printedName ?? null
}

function faultText({ code, place }: QuestionnaireFault): string {
  return place.kind === 'SECTION' ? `${code} ${place.section}` : `${code} ${place.questionId} ${place.part}`
}
