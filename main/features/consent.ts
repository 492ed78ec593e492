import {
  type ConsentDraft,
  type ConsentFile,
  consentDraftKind,
  consentRecord,
  insertConsentSignature,
  insertReacknowledgement,
  insertWithdrawal,
  selectConsentFile,
  selectConsentFiles,
} from '../../db/queries/consent.ts'
import {
  approveTemplate,
  selectCurrentMajor,
  selectTemplate,
  selectTemplates,
  selectTemplatesInForce,
} from '../../db/queries/consent-template.ts'
import { type Draft, deleteDraft, insertDraft, saveDraft, selectDraftsOf } from '../../db/queries/draft.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import { type StaffMember, selectStaff, selectStaffMember } from '../../db/queries/staff.ts'
import { appendVersion, insertRecord, moveHead, sha256Of } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import { type ConsentBody, withdrawalEffects } from '../../shared/domain/consent/consent.ts'
import { type ConsentEvent, decideConsentTransition } from '../../shared/domain/consent/consent-state.ts'
import { type ConsentAnswers, noAnswers, renderAnswered } from '../../shared/domain/consent/fill-consent.ts'
import { formWordsFor } from '../../shared/domain/consent/form-words.ts'
import { lintTemplate } from '../../shared/domain/consent/lint-template.ts'
import { isMinorOn, preparationAfter } from '../../shared/domain/consent/prepare-consent.ts'
import { maySignConsent } from '../../shared/domain/consent/sign-consent.ts'
import type { ConsentId, SignatureId, VersionId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { fillForm, readOn, signedBody, stampInitials, withPicture } from '../app/consent-form.ts'
import {
  blankPreparation,
  type ConsentAddress,
  findConsent,
  gapsOf,
  isPhysician,
  isTreating,
  offLabelPreview,
  personNames,
  readGround,
  stateOn,
} from '../app/consent-ground.ts'
import {
  answersToWire,
  draftToListed,
  factsToWire,
  faultText,
  fileToListed,
  formToWire,
  languagesFor,
  preparationToWire,
  recordToOpened,
  templateName,
  templateToWire,
} from '../app/consent-view.ts'
import type { CommandContext, Handlers, QueryContext } from '../app/context.ts'
import { findSigner } from '../app/countersigner.ts'
import { carryOutWithdrawal } from './consent/withdrawal.ts'

type ConsentContract = typeof contract.consent

export const consentHandlers = {
  list: async (context, input) => {
    const patient = await selectPatient(context.reader, input.patientId)
    if (!patient) return refuse('NOT_FOUND')
    const ground = await readGround(context.reader, patient.body, context.today)
    const files = await selectConsentFiles(context.reader, input.patientId)
    const drafts = await selectDraftsOf<ConsentDraft>(context.reader, consentDraftKind, input.patientId)
    const shown = new Set<string>(files.map(({ consentId }) => consentId))
    const prepared = drafts.filter(({ id }) => !shown.has(id)).map(draftToListed)
    return accept({ consents: [...prepared, ...files.map((file) => fileToListed(file, ground))] })
  },

  open: async (context, input) => {
    const patient = await selectPatient(context.reader, input.patientId)
    const found = patient && (await findConsent(context.reader, input))
    if (!patient || !found) return refuse('NOT_FOUND')
    const { file, draft } = found
    const ground = await readGround(context.reader, patient.body, context.today)
    const state = file ? stateOn(file, ground) : ('DRAFT' as const)
    const { bornOn, chartNumber, guardian, language } = patient.body
    context.audit(noteOf('consent.open', input, { versionId: file?.versionId ?? null }))
    return accept({
      patientId: input.patientId,
      consentId: input.consentId,
      patient: {
        ...personNames(patient.body),
        bornOn,
        chartNumber,
        guardian: guardian && {
          name: guardian.name,
          relationship: guardian.relationship,
          proofSeen: guardian.proofSeen,
        },
        language,
      },
      state,
      version: file?.version ?? null,
      startedAt: file?.createdAt ?? draft?.createdAt ?? context.now,
      draft:
        draft && state === 'DRAFT'
          ? {
              version: draft.version,
              preparation: preparationToWire(draft.body.preparation),
              facts: factsToWire(ground),
              gaps: gapsOf(ground, draft.body.preparation),
              offLabelItems: [...offLabelPreview(ground, draft.body.preparation)],
            }
          : null,
      record: file && (await recordToOpened(context.reader, file, ground)),
      staff: ground.staff
        .filter((member) => isTreating(member))
        .map((member) => ({
          staffId: member.staffId,
          printedName: member.printedName,
          credential: member.credential,
          isPhysician: isPhysician(member),
        })),
    })
  },

  prepare: async (context, input) => {
    const patient = await selectPatient(context.trx, input.patientId)
    if (!patient) return refuse('NOT_FOUND')
    const ground = await readGround(context.trx, patient.body, context.today)
    const blank = blankPreparation(ground, await selectStaffMember(context.trx, context.caller.staffId))
    const earlier = input.basedOn && (await selectConsentFile(context.trx, { ...input, consentId: input.basedOn }))
    if (input.basedOn !== null && !earlier) return refuse('NOT_FOUND')
    const consentId = context.newId<ConsentId>()
    await insertDraft(context.trx, {
      id: consentId,
      kind: consentDraftKind,
      patientId: input.patientId,
      ownerId: context.caller.staffId,
      body: {
        preparation: earlier ? preparationAfter(earlier.body, blank) : blank,
        shown: null,
        answers: noAnswers,
      } satisfies ConsentDraft,
      at: context.now,
    })
    context.audit(noteOf('consent.prepare', { ...input, consentId }))
    touchConsent(context)
    return accept({ consentId })
  },

  savePreparation: async (context, input) => {
    const patient = await selectPatient(context.trx, input.patientId)
    const found = patient && (await findConsent(context.trx, input))
    if (!patient || !found?.draft) return refuse('NOT_FOUND')
    const { file, draft } = found
    if (file && file.state !== 'DRAFT') return refuse('CONSENT_MOVE_NOT_ALLOWED', { state: file.state, event: 'SAVE' })
    const saved = await keepDraft(context, input, draft, { ...draft.body, preparation: input.preparation })
    if (saved === null) return refuse('CONFLICT')
    const ground = await readGround(context.trx, patient.body, context.today)
    return accept({
      version: saved,
      gaps: gapsOf(ground, input.preparation),
      offLabelItems: [...offLabelPreview(ground, input.preparation)],
    })
  },

  present: async (context, input) => {
    const patient = await selectPatient(context.trx, input.patientId)
    const found = patient && (await findConsent(context.trx, input))
    if (!patient || !found?.draft) return refuse('NOT_FOUND')
    const { file, draft } = found
    const { preparation } = draft.body
    const move = decideMove(context, file, { kind: 'PRESENT' })
    if (!move.ok) return move
    if (draft.version !== input.version) return refuse('CONFLICT')
    const ground = await readGround(context.trx, patient.body, context.today)
    const gaps = gapsOf(ground, preparation)
    if (gaps.length > 0) return refuse('CONSENT_INCOMPLETE', { missing: gaps })

    const filled = fillForm(context, ground, input.consentId, preparation)
    if (!filled.ok) return filled
    const { values } = filled.value
    // A form shown before keeps who refused it and why.
    const body: ConsentBody = {
      ...filled.value.body,
      version: file ? file.versionNumber + 1 : 1,
      refusals: file?.body.refusals ?? [],
    }
    const making = { id: input.consentId, body, ...makingOf(context, 'PRESENTED'), state: { state: move.value } }
    const versionId = file
      ? ((await appendVersion(context.trx, consentRecord, { ...making, expectedVersion: file.version }))?.versionId ??
        null)
      : await insertRecord(context.trx, consentRecord, {
          ...making,
          state: { state: move.value, voided_at: null, voided_by: null, void_reason: null },
        })
    if (versionId === null) return refuse('CONFLICT')
    const kept = await keepDraft(context, input, draft, { preparation, shown: values, answers: noAnswers })
    if (kept === null) return refuse('CONFLICT')
    context.audit(noteOf('consent.present', input, { versionId, versionBeforeId: file?.versionId ?? null }))
    touchConsent(context)
    return accept({ consentId: input.consentId, version: file ? file.version + 1 : 1, sha256: body.document.sha256 })
  },

  revise: async (context, input) => {
    const found = await findConsent(context.trx, input)
    if (!found?.file || !found.draft) return refuse('NOT_FOUND')
    const move = decideMove(context, found.file, { kind: 'REVISE' })
    if (!move.ok) return move
    if (!(await moveState(context, found.file, input.version, { state: move.value }))) return refuse('CONFLICT')
    context.audit(noteOf('consent.revise', input, { versionId: found.file.versionId }))
    touchConsent(context)
    return accept({})
  },

  discard: async (context, input) => {
    const found = await findConsent(context.trx, input)
    if (!found) return refuse('NOT_FOUND')
    const { file } = found
    if (file && file.body.signature !== null)
      return refuse('CONSENT_MOVE_NOT_ALLOWED', { state: file.state, event: 'DISCARD' })
    if (file) {
      const move = decideMove(context, file, { kind: 'VOID', reason: input.reason })
      if (!move.ok) return move
      if (!(await moveState(context, file, file.version, voidColumns(context, input.reason)))) return refuse('CONFLICT')
    }
    await deleteDraft(context.trx, consentDraftKind, input.consentId)
    context.audit(noteOf('consent.discard', input, { versionId: file?.versionId ?? null }))
    touchConsent(context)
    return accept({})
  },

  form: async (context, input) => {
    const patient = await selectPatient(context.reader, input.patientId)
    const found = isWithinReach(context, input) && patient ? await findConsent(context.reader, input) : null
    if (!patient || !found?.file) return refuse('NOT_FOUND')
    const { file, draft } = found
    context.audit(noteOf('consent.form', input, { versionId: file.versionId }))
    const { bornOn } = patient.body
    const names = personNames(patient.body)
    if (file.state !== 'PRESENTED' || !draft?.body.shown)
      return accept({ state: 'CLOSED' as const, ...names, bornOn, isSigned: file.state === 'SIGNED' })
    const stored = await selectTemplate(context.reader, file.body.template)
    const ground = await readGround(context.reader, patient.body, context.today)
    const words = stored && formWordsFor(stored.template.language)
    if (!stored || !words) throw new Error(`consent ${file.consentId} lost its template`)
    const shown = renderAnswered(stored.template, draft.body.shown, draft.body.answers)
    if (!shown.ok) throw new Error(`consent ${file.consentId} cannot be shown any more`)
    const { body } = file
    const { signer } = draft.body.preparation
    return accept({
      state: 'OPEN' as const,
      ...names,
      bornOn,
      version: file.version,
      draftVersion: draft.version,
      sections: formToWire(shown.value, stored.template),
      sha256: sha256Of(shown.value.text),
      agreement: {
        zones: words.zones(body.scope.zones),
        goals: words.goals(body.scope.indications),
        maxDepthUm: body.scope.maxDepthUm,
        sessions: body.scope.sessions,
        interval: draft.body.shown.interval ?? '',
        practitioner: body.practitioner.name,
        isPhysician: body.practitioner.isPhysician,
        physician: body.supervisingPhysician.name,
      },
      signer: {
        role: signer.role,
        name: signer.role === 'PATIENT' ? body.patient.name : signer.name,
        relationship: signer.relationship,
      },
      isMinor: isMinorOn({
        bornOn: body.patient.bornOn,
        today: context.today,
        ageOfMajority: ground.settings.ageOfMajority,
      }),
      intentStatement: words.intent,
      answers: answersToWire(draft.body.answers),
      language: stored.template.language,
      languages: languagesFor(ground, stored.template),
      witness: context.caller.printedName,
      now: context.now,
      timeZone: context.timeZone,
    })
  },

  answer: async (context, input) => {
    const found = isWithinReach(context, input) ? await findConsent(context.trx, input) : null
    if (!found?.file || !found.draft?.body.shown) return refuse('NOT_FOUND')
    const { file, draft } = found
    if (file.state !== 'PRESENTED') return refuse('CONSENT_MOVE_NOT_ALLOWED', { state: file.state, event: 'ANSWER' })
    const stored = await selectTemplate(context.trx, file.body.template)
    if (!stored) throw new Error(`consent ${file.consentId} lost its template`)
    const answers: ConsentAnswers = {
      ...input.answers,
      initials: stampInitials(draft.body.answers.initials, input.answers.initials, context.now),
      reading: readOn(draft.body.answers.reading, context.now, input.isOpening),
    }
    const shown = renderAnswered(stored.template, found.draft.body.shown, answers)
    if (!shown.ok) return shown
    const saved = await keepDraft(context, input, draft, { ...draft.body, answers })
    if (saved === null) return refuse('CONFLICT')
    return accept({
      version: saved,
      now: context.now,
      sections: formToWire(shown.value, stored.template),
      sha256: sha256Of(shown.value.text),
    })
  },

  sign: async (context, input) => {
    const patient = await selectPatient(context.trx, input.patientId)
    const found = isWithinReach(context, input) && patient ? await findConsent(context.trx, input) : null
    if (!patient || !found?.file) return refuse('NOT_FOUND')
    const { file, draft } = found
    const move = decideMove(context, file, { kind: 'SIGN' })
    if (!move.ok) return move
    if (!draft?.body.shown) throw new Error(`consent ${file.consentId} lost its form`)
    if (!draft.body.answers.agreed) return refuse('CONSENT_NOT_AGREED')
    const stored = await selectTemplate(context.trx, file.body.template)
    if (!stored) throw new Error(`consent ${file.consentId} lost its template`)
    const { templateId } = stored.template
    if ((await selectCurrentMajor(context.trx, { templateId, today: context.today })) !== stored.template.major)
      return refuse('CONSENT_TEMPLATE_REPLACED')
    const signed = await signedBody(context, { file, draft, stored, input })
    if (!signed.ok) return signed
    const ground = await readGround(context.trx, patient.body, context.today)
    const allowed = maySignConsent({
      body: signed.value,
      template: stored.template,
      today: context.today,
      ageOfMajority: ground.settings.ageOfMajority,
      isGuardianRequired: ground.settings.isGuardianRequired,
      needsInterpreter: ground.needsInterpreter,
    })
    if (!allowed.ok) return allowed

    const body = await withPicture(context, signed.value)
    const saved = await appendVersion(context.trx, consentRecord, {
      id: file.consentId,
      expectedVersion: input.version,
      body,
      state: { state: move.value },
      ...makingOf(context, 'SIGNED'),
    })
    if (!saved) return refuse('CONFLICT')
    await insertConsentSignature(context.trx, body, {
      signatureId: context.newId<SignatureId>(),
      versionId: saved.versionId,
      sealer: context.clinicSealer,
    })
    await deleteDraft(context.trx, consentDraftKind, file.consentId)
    context.audit(noteOf('consent.sign', input, { versionId: saved.versionId, versionBeforeId: file.versionId }))
    await supersedeEarlier(context, body)
    touchConsent(context)
    return accept({ consentId: file.consentId, signedAt: context.now, sha256: body.document.sha256 })
  },

  refuse: async (context, input) => {
    const found = isWithinReach(context, input) ? await findConsent(context.trx, input) : null
    if (!found?.file || !found.draft) return refuse('NOT_FOUND')
    const { file, draft } = found
    const move = decideMove(context, file, { kind: 'REFUSE', reason: input.reason })
    if (!move.ok) return move
    const { signer } = draft.body.preparation
    const by = signer.role === 'PATIENT' ? file.body.patient.name : signer.name
    const body: ConsentBody = {
      ...file.body,
      version: file.versionNumber + 1,
      refusals: [...file.body.refusals, { at: context.now, by, reason: input.reason }],
      questionsAsked: draft.body.answers.questions,
    }
    const saved = await appendVersion(context.trx, consentRecord, {
      id: file.consentId,
      expectedVersion: input.version,
      body,
      state: { state: move.value },
      ...makingOf(context, 'REFUSED'),
    })
    if (!saved) return refuse('CONFLICT')
    context.audit(noteOf('consent.refuse', input, { versionId: saved.versionId, versionBeforeId: file.versionId }))
    touchConsent(context)
    return accept({})
  },

  void: async (context, input) => {
    const file = await selectConsentFile(context.trx, input)
    if (!file) return refuse('NOT_FOUND')
    const move = decideMove(context, file, { kind: 'VOID', reason: input.reason })
    if (!move.ok) return move
    if (!(await moveState(context, file, input.version, voidColumns(context, input.reason)))) return refuse('CONFLICT')
    await deleteDraft(context.trx, consentDraftKind, input.consentId)
    context.audit(noteOf('consent.void', input, { versionId: file.versionId }))
    touchConsent(context, 'session', 'visit')
    return accept({})
  },

  withdraw: async (context, input) => {
    const file = await selectConsentFile(context.trx, input)
    if (!file) return refuse('NOT_FOUND')
    const move = decideMove(context, file, { kind: 'WITHDRAW', scopes: input.scopes })
    if (!move.ok) return move
    await insertWithdrawal(context.trx, {
      id: context.newId<string>(),
      ...addressOf(input),
      withdrawal: {
        by: input.by,
        at: context.now,
        how: input.how,
        scopes: [...new Set(input.scopes)],
        takenBy: context.caller.staffId,
        note: input.note,
      },
    })
    if (!(await moveState(context, file, file.version, { state: move.value }))) return refuse('CONFLICT')
    context.audit(
      noteOf('consent.withdraw', input, { versionId: file.versionId, reason: [...new Set(input.scopes)].join(' ') }),
    )
    await carryOutWithdrawal(context, file, input.scopes)
    touchConsent(context, 'session', 'series', 'visit', 'followUp')
    return accept({ state: move.value, effects: { ...withdrawalEffects(input.scopes) } })
  },

  reacknowledge: async (context, input) => {
    const file = await selectConsentFile(context.trx, input)
    if (!file) return refuse('NOT_FOUND')
    if (file.state !== 'SIGNED') return refuse('CONSENT_NOT_SIGNED')
    const practitioner = await selectStaffMember(context.trx, input.practitionerId)
    const physician = await selectStaffMember(context.trx, input.supervisingPhysicianId)
    if (!isActive(practitioner) || !isTreating(practitioner)) return refuse('CONSENT_STAFF_NOT_ALLOWED')
    if (!isActive(physician) || !isPhysician(physician)) return refuse('CONSENT_STAFF_NOT_ALLOWED')
    await insertReacknowledgement(context.trx, {
      id: context.newId<string>(),
      ...addressOf(input),
      line: {
        at: context.now,
        by: input.by,
        practitionerId: input.practitionerId,
        supervisingPhysicianId: input.supervisingPhysicianId,
        takenBy: context.caller.staffId,
      },
    })
    context.audit(noteOf('consent.reacknowledge', input, { versionId: file.versionId }))
    touchConsent(context, 'session')
    return accept({})
  },

  templates: async (context) => {
    const staff = await selectStaff(context.reader)
    const inForce = await selectTemplatesInForce(context.reader, context.today)
    const templates = await selectTemplates(context.reader)
    return accept({ templates: templates.map((stored) => templateToWire(stored, staff, inForce)) })
  },

  template: async (context, input) => {
    const stored = await selectTemplate(context.reader, input)
    if (!stored) return refuse('NOT_FOUND')
    const staff = await selectStaff(context.reader)
    const inForce = await selectTemplatesInForce(context.reader, context.today)
    return accept({
      ...templateToWire(stored, staff, inForce),
      sections: stored.template.sections.map((section) => ({ ...section })),
      faults: lintTemplate(stored.template).map(faultText),
    })
  },

  approveTemplate: async (context, input) => {
    if (!(await findSigner(context))) return refuse('OWN_LICENCE_NOT_VALID')
    const stored = await selectTemplate(context.trx, input)
    if (!stored) return refuse('NOT_FOUND')
    if (stored.approvedAt !== null) return refuse('TEMPLATE_ALREADY_APPROVED')
    const faults = lintTemplate(stored.template)
    if (!stored.isIntact || faults.length > 0) return refuse('TEMPLATE_FAULTY', { faults: faults.map(faultText) })
    const by = context.caller.staffId
    if (!(await approveTemplate(context.trx, input, { at: context.now, by }))) return refuse('CONFLICT')
    context.audit({ action: 'consent.approveTemplate', subject: 'consent_template', subjectId: templateName(input) })
    touchConsent(context)
    return accept({})
  },
} satisfies Handlers<ConsentContract>

/** In patient mode a window reaches its own form and no other one. */
function isWithinReach(
  { patientForm }: QueryContext | CommandContext,
  { patientId, consentId }: ConsentAddress,
): boolean {
  if (patientForm === null) return true
  return patientForm.kind === 'CONSENT' && patientForm.patientId === patientId && patientForm.formId === consentId
}

function decideMove(context: CommandContext, file: ConsentFile | null, event: ConsentEvent) {
  const { staffId, roles } = context.caller
  return decideConsentTransition({ state: file?.state ?? 'DRAFT', event, actor: { staffId, roles } })
}

function moveState(
  context: CommandContext,
  file: ConsentFile,
  expectedVersion: number,
  columns: Readonly<Record<string, string | null>>,
): Promise<boolean> {
  return moveHead(context.trx, consentRecord.table, file.consentId, expectedVersion, {
    ...columns,
    updated_at: context.now,
  })
}

/** Null when somebody saved in between. Audited once per person and editing spell. */
async function keepDraft(
  context: CommandContext,
  input: ConsentAddress & { readonly version?: number },
  draft: Draft<ConsentDraft>,
  body: ConsentDraft,
): Promise<number | null> {
  const saved = await saveDraft(context.trx, {
    id: draft.id,
    kind: consentDraftKind,
    ownerId: context.caller.staffId,
    body,
    at: context.now,
    expectedVersion: input.version ?? draft.version,
  })
  if (saved?.startsSpell) context.audit(noteOf('consent.edit', input))
  return saved?.version ?? null
}

/** A newer form takes the place of the one before it for the same course and procedure. */
async function supersedeEarlier(context: CommandContext, newer: ConsentBody): Promise<void> {
  const { patientId } = newer.patient
  for (const file of await selectConsentFiles(context.trx, patientId)) {
    const isSameCourse = file.body.seriesId === newer.seriesId && file.body.scope.procedure === newer.scope.procedure
    if (file.consentId === newer.consentId || file.state !== 'SIGNED' || !isSameCourse) continue
    const move = decideMove(context, file, { kind: 'SUPERSEDE' })
    if (!move.ok || !(await moveState(context, file, file.version, { state: move.value })))
      throw new Error(`consent ${file.consentId} could not be superseded`)
    context.audit(noteOf('consent.supersede', { patientId, consentId: file.consentId }, { versionId: file.versionId }))
  }
}

function voidColumns(context: CommandContext, reason: string): Readonly<Record<string, string>> {
  return { state: 'VOIDED', voided_at: context.now, voided_by: context.caller.staffId, void_reason: reason.trim() }
}

function makingOf(context: CommandContext, reason: string) {
  return { newId: context.newId, at: context.now, by: context.caller.staffId, reason }
}

function addressOf({ patientId, consentId }: ConsentAddress): ConsentAddress {
  return { patientId, consentId }
}

function noteOf(
  action: string,
  { patientId, consentId }: ConsentAddress,
  more: {
    readonly versionId?: VersionId | null
    readonly versionBeforeId?: VersionId | null
    readonly reason?: string
  } = {},
) {
  return { action, subject: 'consent', subjectId: consentId, patientId, ...more }
}

function touchConsent(context: CommandContext, ...more: readonly string[]): void {
  context.touch('consent', 'chart', 'today', ...more)
}

function isActive(member: StaffMember | null): member is StaffMember {
  return member?.status === 'ACTIVE'
}
