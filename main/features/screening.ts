import type { Reader } from '../../db/open.ts'
import { selectIntactClearances } from '../../db/queries/clearance.ts'
import { type Draft, deleteDraft, insertDraft, saveDraft } from '../../db/queries/draft.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectQuestionnaireInForce, selectQuestionnaireOf } from '../../db/queries/questionnaire.ts'
import {
  markedOf,
  renewOpenClear,
  type ScreenedPatient,
  type ScreeningDraft,
  screeningDraftKind,
  screeningRecord,
  screeningState,
  selectFormsBefore,
  selectFormsOnFile,
  selectOpenScreening,
  selectScreenedPatient,
  selectScreeningDraft,
  selectScreeningFacts,
  selectScreenings,
} from '../../db/queries/screening.ts'
import { isCourseOf, selectSeriesHeads } from '../../db/queries/series.ts'
import { selectStaff } from '../../db/queries/staff.ts'
import { appendVersion, insertRecord, type StoredRecord, selectRecordOf } from '../../db/records.ts'
import { insertPatientSignature } from '../../db/signatures.ts'
import type { InputOf } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import { questionnaireWords } from '../../shared/contract/schemas/questionnaire.ts'
import { answer as answerSchema, screeningBody } from '../../shared/contract/schemas/screening.ts'
import type { JudgedFinding } from '../../shared/contract/screening.ts'
import { type ClearanceBody, clearancesInForce } from '../../shared/domain/clearance.ts'
import { signatureSvg } from '../../shared/domain/consent/signature-picture.ts'
import type { Finding } from '../../shared/domain/finding.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import { answeredIds } from '../../shared/domain/screening/answer.ts'
import { overallOutcome } from '../../shared/domain/screening/decide-screening.ts'
import { changedAnswers, effectiveAnswers } from '../../shared/domain/screening/effective-answers.ts'
import { askedIdsOf } from '../../shared/domain/screening/questionnaire.ts'
import {
  type QuestionnaireText,
  questionnaireVersionName,
  questionnaireVersionOf,
} from '../../shared/domain/screening/questionnaire-text.ts'
import type { ScreeningBody, ScreeningSignature } from '../../shared/domain/screening/screening-body.ts'
import {
  courseOfForm,
  eligibleOn,
  type FormsOnFile,
  findingStanding,
  formNeeded,
  type ScreeningFacts,
  sourceOf,
} from '../../shared/domain/screening/screening-facts.ts'
import { type ScreeningSettings, screeningSettingsOf } from '../../shared/domain/screening/settings.ts'
import { maySignScreening, needsGuardian } from '../../shared/domain/screening/sign-screening.ts'
import { screeningLanguages, screeningStatement } from '../../shared/domain/screening/statement.ts'
import type { PatientId, ScreeningId, SignatureId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers, QueryContext } from '../app/context.ts'

type ScreeningContract = typeof contract.screening

export const screeningHandlers = {
  standing: async ({ reader, today }, { patientId, seriesId }) => {
    const patient = await selectScreenedPatient(reader, patientId)
    if (!patient || !(await isCourseOf(reader, patientId, seriesId))) return refuse('NOT_FOUND')
    const forms = await selectFormsOnFile(reader, patientId)
    const open = await selectOpenScreening(reader, patientId)
    const last = forms.short ?? forms.full
    return accept({
      needed: formNeeded({
        forms,
        today,
        seriesId: seriesId ?? (await selectCourseOfForm(reader, patientId, forms)),
        settings: await settingsOn(reader, today),
      }),
      unsigned: open ? draftToWire(open) : null,
      lastSigned: last && { screeningId: last.screeningId, form: last.body.form, takenOn: last.body.takenOn },
    })
  },

  list: async ({ reader }, { patientId }) => {
    if (!(await selectScreenedPatient(reader, patientId))) return refuse('NOT_FOUND')
    const open = await selectOpenScreening(reader, patientId)
    const records = await selectScreenings(reader, patientId)
    return accept({
      unsigned: open ? draftToWire(open) : null,
      forms: records.map((record) => {
        const signature = signatureOf(record)
        return {
          screeningId: record.id,
          form: record.body.form,
          takenOn: record.body.takenOn,
          signedAt: signature.signedAt,
          signerName: signature.name,
          signerRole: signature.role,
          clarifications: record.body.clarifications.length,
          isIntact: record.integrity === 'INTACT',
        }
      }),
    })
  },

  begin: async (context, { patientId, seriesId, wanted }) => {
    const { trx, today, now, caller } = context
    const patient = await selectScreenedPatient(trx, patientId)
    if (!patient || !(await isCourseOf(trx, patientId, seriesId))) return refuse('NOT_FOUND')
    if (patient.isArchived) return refuse('SCREENING_PATIENT_ARCHIVED')
    const forms = await selectFormsOnFile(trx, patientId)
    const needed = formNeeded({
      forms,
      today,
      seriesId: seriesId ?? (await selectCourseOfForm(trx, patientId, forms)),
      settings: await settingsOn(trx, today),
    })
    const due = wanted === 'FULL' || needed === 'FULL' ? 'FULL' : 'SHORT'
    const open = await selectOpenScreening(trx, patientId)
    const screeningId = open ? (open.id as ScreeningId) : context.newId<ScreeningId>()
    const form = open?.body.form === 'FULL' ? 'FULL' : due
    const row = { id: screeningId, kind: screeningDraftKind, ownerId: caller.staffId, at: now }
    const text = await selectQuestionnaireInForce(trx, today)
    const fresh = emptyForm({ form, seriesId: seriesId ?? open?.body.seriesId ?? null, text, now })
    if (!open) {
      await insertDraft(trx, { ...row, patientId, body: fresh })
    } else if (!isAskedAs(text, open.body) || open.body.form !== form || open.body.seriesId !== seriesId) {
      const body = isAskedAs(text, open.body) ? { ...open.body, form, seriesId: fresh.seriesId } : fresh
      if (!(await saveDraft(trx, { ...row, body, expectedVersion: open.version }))) return refuse('CONFLICT')
    }
    context.audit({ action: 'screening.begin', subject: 'screening', subjectId: screeningId, patientId, reason: form })
    context.touch('screening', 'today', 'chart')
    return accept({ screeningId, form })
  },

  patientForm: async (context, { patientId, screeningId }) => {
    const { reader, today } = context
    const found = await findPatientsForm(context, reader, patientId, screeningId)
    if (!found.ok) return found
    const { patient, draft } = found.value
    const { familyName, givenName, bornOn } = patient
    if (!draft) return accept({ state: 'SIGNED', familyName, givenName, bornOn })
    const { body, version } = draft
    return accept({
      state: 'OPEN',
      form: body.form,
      version,
      familyName,
      givenName,
      bornOn,
      language: languageOf(body),
      words: wordsToWire(await selectQuestionnaireOf(reader, body.questionnaireVersion)),
      answers: answersToWire(body),
      looseTexts: [...body.looseTexts],
      marked: [...body.marked],
      needsGuardian: needsGuardian(bornOn, today, await settingsOn(reader, today)),
    })
  },

  saveAnswers: async (context, input) => {
    const { trx, now, caller } = context
    const { patientId, screeningId, version, answers, looseTexts, marked, language } = input
    const found = await findPatientsForm(context, trx, patientId, screeningId)
    if (!found.ok) return found
    const { draft } = found.value
    if (!draft) return refuse('SCREENING_ALREADY_SIGNED')
    const saved = await saveDraft(trx, {
      id: screeningId,
      kind: screeningDraftKind,
      ownerId: caller.staffId,
      body: { ...draft.body, answers, looseTexts, marked, language } satisfies ScreeningDraft,
      at: now,
      expectedVersion: version,
    })
    if (!saved) return refuse('CONFLICT')
    const isFirst = answeredIds(draft.body.answers).length === 0
    if (saved.startsSpell || isFirst)
      context.audit({ action: 'screening.answer', subject: 'screening', subjectId: screeningId, patientId })
    return accept({ version: saved.version })
  },

  sign: async (context, input) => {
    const { trx, now, today, newId } = context
    const { patientId, screeningId, version } = input
    const found = await findPatientsForm(context, trx, patientId, screeningId)
    if (!found.ok) return found
    const { patient, draft } = found.value
    if (!draft) return refuse('SCREENING_ALREADY_SIGNED')
    if (draft.version !== version) return refuse('CONFLICT')
    const { form, answers, language, seriesId, marked, questionnaireVersion } = draft.body
    const policy = (await selectPolicyInForce(trx, today))?.body ?? null
    const settings = screeningSettingsOf(policy ?? shippedPolicy(today))
    const unsealed = signatureNow(context, patient, input)
    const allowed = maySignScreening({ form, answers, bornOn: patient.bornOn, today, signature: unsealed, settings })
    if (!allowed.ok) return allowed

    const signature = { ...unsealed, imageId: await sealMark(context, patientId, unsealed) }
    const body: ScreeningBody = {
      schema: 'screening/1',
      id: screeningId,
      patientId,
      form,
      questionnaireVersion,
      language,
      takenOn: today,
      answers,
      signature,
      clarifications: [],
      concerns: { bodyImage: false, capacity: false },
    }
    const handedOverBy = context.patientForm?.handedOverBy ?? context.caller.staffId
    const versionId = await insertRecord(trx, screeningRecord, {
      id: screeningId,
      body,
      state: screeningState({ seriesId, handedOverBy, marked }),
      newId,
      at: now,
      by: null,
      reason: 'SIGNED_BY_PATIENT',
    })
    await insertPatientSignature(trx, screeningRecord, screeningId, {
      signatureId: newId<SignatureId>(),
      versionId,
      signerName: signature.name,
      credential: signature.role,
      meaning: 'PATIENT_ANSWERS',
      signedAt: now,
      offsetMin: context.offsetMin,
      sealer: context.clinicSealer,
    })
    await deleteDraft(trx, screeningDraftKind, screeningId)
    await renewOpenClear(trx, { patientId, today, policy })
    context.audit({ action: 'screening.sign', subject: 'screening', subjectId: screeningId, versionId, patientId })
    context.touch('screening', 'clearance', 'session', 'today', 'chart')
    return accept({ screeningId })
  },

  open: async (context, { patientId, screeningId }) => {
    const { reader } = context
    const draft = await selectScreeningDraft(reader, patientId, screeningId)
    if (draft) {
      context.audit({ action: 'screening.open', subject: 'screening', subjectId: screeningId, patientId })
      return accept({ state: 'UNSIGNED', ...draftToWire(draft), marked: [...draft.body.marked] })
    }
    const record = await selectRecordOf(reader, screeningRecord, patientId, screeningId)
    if (!record) return refuse('NOT_FOUND')
    context.audit({
      action: 'screening.open',
      subject: 'screening',
      subjectId: screeningId,
      versionId: record.versionId,
      patientId,
    })
    const staff = await selectStaff(reader)
    const writers = new Set(record.body.clarifications.map((clarification) => clarification.by))
    const newest = await newestOf(reader, patientId)
    return accept({
      state: 'SIGNED',
      screeningId,
      version: record.version,
      body: screeningBody.parse(record.body),
      words: wordsToWire(await selectQuestionnaireOf(reader, record.body.questionnaireVersion)),
      marked: [...markedOf(record)],
      handedOverBy: staff.find((one) => one.staffId === record.head['handed_over_by'])?.printedName ?? '',
      people: staff
        .filter((one) => writers.has(one.staffId))
        .map(({ staffId, printedName }) => ({ staffId, printedName })),
      versionNumber: record.number,
      sha256: record.sha256,
      isIntact: record.integrity === 'INTACT',
      isNewest: newest === screeningId,
      changes: await changesOf(reader, patientId, record),
    })
  },

  changes: async (context, { patientId }) => {
    const { reader } = context
    if (!(await selectScreenedPatient(reader, patientId))) return refuse('NOT_FOUND')
    const [record] = await selectScreenings(reader, patientId, 1)
    const subjectId = record?.id ?? null
    context.audit({ action: 'screening.changes', subject: 'screening', subjectId, patientId })
    if (!record) return accept({ newest: null })
    return accept({
      newest: {
        screeningId: record.id,
        takenOn: record.body.takenOn,
        words: wordsToWire(await selectQuestionnaireOf(reader, record.body.questionnaireVersion)),
        changes: await changesOf(reader, patientId, record),
      },
    })
  },

  outcome: async (context, { patientId, seriesId, plannedZones, deviceType }) => {
    const { reader, today } = context
    if (!(await selectScreenedPatient(reader, patientId))) return refuse('NOT_FOUND')
    if (!(await isCourseOf(reader, patientId, seriesId))) return refuse('NOT_FOUND')
    const policy = (await selectPolicyInForce(reader, today))?.body ?? null
    const forms = await selectFormsOnFile(reader, patientId)
    const facts = await selectScreeningFacts(reader, { patientId, today, plannedZones, deviceType, seriesId, policy })
    const inForce = clearancesInForce(await selectIntactClearances(reader, patientId), today)
    const newest = (forms.short ?? forms.full)?.screeningId ?? null
    const record = newest && (await selectRecordOf(reader, screeningRecord, patientId, newest))
    context.audit({ action: 'screening.outcome', subject: 'screening', subjectId: newest, patientId })
    return accept({
      needed: formNeeded({
        forms,
        today,
        seriesId: seriesId ?? (await selectCourseOfForm(reader, patientId, forms)),
        settings: screeningSettingsOf(policy ?? shippedPolicy(today)),
      }),
      fullAnsweredOn: facts.fullAnsweredOn,
      shortAnsweredOn: facts.shortAnsweredOn,
      overall: overallOutcome(facts.findings),
      findings: facts.findings.map((finding) => judgedFinding(finding, { facts, forms, inForce })),
      eligibleOn: eligibleOn(facts.open),
      blockedSubstances: [...facts.blockedSubstances],
      changes: record ? await changesOf(reader, patientId, record) : null,
    })
  },

  clarify: async (context, { patientId, screeningId, version, questionId, text }) => {
    const record = await selectRecordOf(context.trx, screeningRecord, patientId, screeningId)
    if (!record) return refuseUnsigned(context.trx, patientId, screeningId)
    const { body } = record
    if (!askedIdsOf(body.form).includes(questionId)) return refuse('SCREENING_QUESTION_NOT_ASKED')
    const clarification = { questionId, text: text.trim(), by: context.caller.staffId, at: context.now }
    return saveVersion(context, record, {
      version,
      body: { ...body, clarifications: [...body.clarifications, clarification] },
      reason: 'CLARIFIED',
    })
  },

  setConcerns: async (context, { patientId, screeningId, version, concerns }) => {
    const record = await selectRecordOf(context.trx, screeningRecord, patientId, screeningId)
    if (!record) return refuseUnsigned(context.trx, patientId, screeningId)
    return saveVersion(context, record, { version, body: { ...record.body, concerns }, reason: 'CONCERNS' })
  },

  discard: async (context, { patientId, screeningId }) => {
    const draft = await selectScreeningDraft(context.trx, patientId, screeningId)
    if (!draft) {
      const record = await selectRecordOf(context.trx, screeningRecord, patientId, screeningId)
      return refuse(record ? 'SCREENING_ALREADY_SIGNED' : 'NOT_FOUND')
    }
    await deleteDraft(context.trx, screeningDraftKind, screeningId)
    context.audit({ action: 'screening.discard', subject: 'screening', subjectId: screeningId, patientId })
    context.touch('screening', 'today', 'chart')
    return accept({})
  },
} satisfies Handlers<ScreeningContract>

/** The desk hands a form over without saying for which course. */
async function selectCourseOfForm(reader: Reader, patientId: PatientId, forms: FormsOnFile) {
  return courseOfForm(await selectSeriesHeads(reader, patientId), forms)
}

async function settingsOn(reader: Reader, today: CalendarDate): Promise<ScreeningSettings> {
  return screeningSettingsOf((await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today))
}

/**
 * The form this window was handed over for, and no other. Answers come from the patient's own screen alone: staff who
 * call this without having handed it over are refused, so nobody at the desk writes or reads an answer this way.
 */
async function findPatientsForm(
  { patientForm }: QueryContext | CommandContext,
  reader: Reader,
  patientId: PatientId,
  screeningId: ScreeningId,
) {
  if (patientForm === null) return refuse('PATIENT_MODE_NEEDED')
  const isThis =
    patientForm.kind === 'SCREENING' && patientForm.formId === screeningId && patientForm.patientId === patientId
  const patient = isThis ? await selectScreenedPatient(reader, patientId) : null
  if (!patient) return refuse('NOT_FOUND')
  const draft = await selectScreeningDraft(reader, patientId, screeningId)
  if (!draft && !(await selectRecordOf(reader, screeningRecord, patientId, screeningId))) return refuse('NOT_FOUND')
  return accept({ patient, draft })
}

function signatureNow(
  { now, offsetMin }: CommandContext,
  { givenName, familyName }: ScreenedPatient,
  { signer, mark, intentTicked }: InputOf<ScreeningContract['sign']>,
): ScreeningSignature {
  const isPatient = signer.role === 'PATIENT'
  return {
    role: signer.role,
    name: isPatient ? [givenName, familyName].filter(Boolean).join(' ') : signer.name.trim(),
    relationship: isPatient ? null : signer.relationship.trim(),
    mark,
    imageId: null,
    intentStatement: screeningStatement,
    intentTicked,
    signedAt: now,
    utcOffsetMin: offsetMin,
  }
}

/** The picture is drawn here from the very strokes that are signed; a typed name has none. */
async function sealMark({ trx, now, services }: CommandContext, patientId: PatientId, { mark }: ScreeningSignature) {
  if (mark.kind === 'TYPED') return null
  const bytes = Buffer.from(signatureSvg(mark.strokes), 'utf8')
  const { attachments } = services.storeLife.open
  return attachments.add(trx, { bytes, mediaType: 'image/svg+xml', at: now, by: null, patientId })
}

async function saveVersion(
  context: CommandContext,
  record: StoredRecord<ScreeningBody>,
  { version, body, reason }: { version: number; body: ScreeningBody; reason: string },
) {
  const { trx, today } = context
  const saved = await appendVersion(trx, screeningRecord, {
    id: record.id,
    expectedVersion: version,
    body,
    newId: context.newId,
    at: context.now,
    by: context.caller.staffId,
    reason,
  })
  if (!saved) return refuse('CONFLICT')
  const { patientId } = body
  await renewOpenClear(trx, { patientId, today, policy: (await selectPolicyInForce(trx, today))?.body ?? null })
  context.audit({
    action: reason === 'CLARIFIED' ? 'screening.clarify' : 'screening.setConcerns',
    subject: 'screening',
    subjectId: record.id,
    versionId: saved.versionId,
    versionBeforeId: record.versionId,
    patientId,
  })
  context.touch('screening', 'clearance', 'session', 'chart')
  return accept({ version: version + 1 })
}

async function refuseUnsigned(reader: Reader, patientId: PatientId, screeningId: ScreeningId) {
  const draft = await selectScreeningDraft(reader, patientId, screeningId)
  return refuse(draft ? 'SCREENING_NOT_SIGNED' : 'NOT_FOUND')
}

async function newestOf(reader: Reader, patientId: PatientId): Promise<ScreeningId | null> {
  const [newest] = await selectScreenings(reader, patientId, 1)
  return newest ? (newest.id as ScreeningId) : null
}

/** What this form says differently from the answers that stood before it. */
async function changesOf(reader: Reader, patientId: PatientId, record: StoredRecord<ScreeningBody>) {
  const { full, short } = await selectFormsBefore(reader, patientId, signatureOf(record).signedAt)
  const last = short ?? full
  if (!last) return null
  const before = effectiveAnswers(full?.body.answers ?? {}, short?.body.answers ?? null)
  return {
    since: last.body.takenOn,
    answers: changedAnswers(before, record.body.answers).map((changed) => ({
      questionId: changed.questionId,
      before: changed.before && answerSchema.parse(changed.before),
      after: answerSchema.parse(changed.after),
    })),
  }
}

function judgedFinding(
  finding: Finding,
  { facts, forms, inForce }: { facts: ScreeningFacts; forms: FormsOnFile; inForce: readonly ClearanceBody[] },
): JudgedFinding {
  const open = facts.open.find((one) => one.finding === finding)
  const source = sourceOf(finding.questionId, forms)
  return {
    ...finding,
    zones: [...finding.zones],
    standing: findingStanding(finding, facts),
    openZones: [...(open?.zones ?? [])],
    lifts: [...(open?.lifts ?? [])],
    earlier: open?.earlier ?? 'NONE',
    clearanceIds: inForce
      .filter(({ findings }) => findings.some(({ rule }) => rule === finding.rule))
      .map((clearance) => clearance.id),
    source: source && { screeningId: source.screeningId, form: source.body.form, takenOn: source.body.takenOn },
  }
}

function emptyForm({
  form,
  seriesId,
  text,
  now,
}: Pick<ScreeningDraft, 'form' | 'seriesId'> & { readonly text: QuestionnaireText; readonly now: Instant }) {
  return {
    form,
    questionnaireVersion: questionnaireVersionName(text),
    language: screeningLanguages[0].code,
    seriesId,
    answers: {},
    looseTexts: [],
    marked: [],
    begunAt: now,
  } satisfies ScreeningDraft
}

/**
 * Whether a form that was begun goes on as it is. Answers stay with the words they were given to; where nothing is
 * answered yet, or the new text asks something else, the form begins again in the text of today.
 */
function isAskedAs(text: QuestionnaireText, { questionnaireVersion, answers }: ScreeningDraft): boolean {
  if (questionnaireVersion === questionnaireVersionName(text)) return true
  return answeredIds(answers).length > 0 && questionnaireVersionOf(questionnaireVersion).major >= text.major
}

/** A copy, because what a contract promises can be changed and a stored text cannot. */
function wordsToWire({ sections, questions }: QuestionnaireText) {
  return questionnaireWords.parse({ sections, questions })
}

function signatureOf({ id, body }: StoredRecord<ScreeningBody>): ScreeningSignature {
  if (!body.signature) throw new Error(`screening ${id} is kept without a signature`)
  return body.signature
}

function draftToWire({ id, body, updatedAt }: Draft<ScreeningDraft>) {
  return {
    screeningId: id,
    form: body.form,
    answered: answeredIds(body.answers).length,
    asked: askedIdsOf(body.form).length,
    begunAt: body.begunAt,
    lastSavedAt: updatedAt,
  }
}

function languageOf({ language }: ScreeningDraft) {
  return screeningLanguages.find(({ code }) => code === language)?.code ?? screeningLanguages[0].code
}

/** Copies, because what a contract promises can be changed and what a draft holds cannot. */
function answersToWire({ answers }: ScreeningDraft) {
  return Object.fromEntries(Object.entries(answers).map(([id, given]) => [id, answerSchema.parse(given)]))
}
