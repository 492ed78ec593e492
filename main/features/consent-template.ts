import type { Reader } from '../../db/open.ts'
import {
  approveTemplate,
  insertTemplate,
  type StoredTemplate,
  selectNewestVersion,
  selectTemplate,
} from '../../db/queries/consent-template.ts'
import {
  deleteTemplateDraft,
  insertTemplateDraft,
  type StoredTemplateDraft,
  saveTemplateDraft,
  selectSignAgain,
  selectTemplateDraft,
  selectTemplateDrafts,
} from '../../db/queries/consent-template-draft.ts'
import { type StaffMember, selectStaff } from '../../db/queries/staff.ts'
import type { contract } from '../../shared/contract/index.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import { lintTemplate } from '../../shared/domain/consent/lint-template.ts'
import { draftFrom, draftProblems, templateFrom } from '../../shared/domain/consent/template-edit.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { faultText, templateName } from '../app/consent-view.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { findSigner } from '../app/countersigner.ts'

type TemplateContract = typeof contract.consentTemplate

/** No more visits than this are named; all are counted. */
const namedVisits = 200

export const consentTemplateHandlers = {
  drafts: async (context) => {
    const staff = await selectStaff(context.reader)
    const drafts = await selectTemplateDrafts(context.reader)
    return accept({ drafts: drafts.map((draft) => draftToWire(draft, staff)) })
  },

  openDraft: async (context, input) => {
    const draft = await selectTemplateDraft(context.reader, input.templateId)
    if (!draft) return refuse('NOT_FOUND')
    const newest = await selectNewest(context.reader, input.templateId)
    const { jurisdiction, effectiveFrom, bump, sections } = draft.body
    return accept({
      ...draftToWire(draft, await selectStaff(context.reader)),
      version: draft.version,
      text: { jurisdiction, effectiveFrom, bump, sections: sections.map((section) => ({ ...section })) },
      newest: newest && {
        templateId: newest.template.templateId,
        major: newest.template.major,
        minor: newest.template.minor,
        jurisdiction: newest.template.jurisdiction,
        effectiveFrom: newest.template.effectiveFrom,
        sections: newest.template.sections.map((section) => ({ ...section })),
      },
    })
  },

  startDraft: async (context, input) => {
    const published = await selectTemplate(context.trx, input.from)
    if (!published) return refuse('NOT_FOUND')
    if (!published.isIntact) return refuse('TEMPLATE_DAMAGED')
    if (input.as && (await selectNewestVersion(context.trx, input.as.templateId))) return refuse('TEMPLATE_NAME_TAKEN')
    const draft = draftFrom(published.template, { today: context.today, as: input.as })
    const { templateId } = draft
    if (await selectTemplateDraft(context.trx, templateId)) return refuse('TEMPLATE_DRAFT_EXISTS')
    await insertTemplateDraft(context.trx, { draft, at: context.now, by: context.caller.staffId })
    context.audit({ action: 'consentTemplate.start', subject: 'consent_template', subjectId: templateId })
    context.touch('consent')
    return accept({ templateId })
  },

  saveDraft: async (context, input) => {
    const { templateId, version, text } = input
    const draft = await selectTemplateDraft(context.trx, templateId)
    if (!draft) return refuse('NOT_FOUND')
    const saved = await saveTemplateDraft(context.trx, {
      draft: { ...draft.body, ...text },
      at: context.now,
      by: context.caller.staffId,
      expectedVersion: version,
    })
    if (!saved) return refuse('CONFLICT')
    if (saved.startsSpell)
      context.audit({ action: 'consentTemplate.edit', subject: 'consent_template', subjectId: templateId })
    return accept({ version: saved.version })
  },

  discardDraft: async (context, input) => {
    const draft = await selectTemplateDraft(context.trx, input.templateId)
    if (!draft) return refuse('NOT_FOUND')
    if (draft.version !== input.version) return refuse('CONFLICT')
    await deleteTemplateDraft(context.trx, input.templateId)
    context.audit({ action: 'consentTemplate.discard', subject: 'consent_template', subjectId: input.templateId })
    context.touch('consent')
    return accept({})
  },

  publishDraft: async (context, input) => {
    if (!(await findSigner(context))) return refuse('OWN_LICENCE_NOT_VALID')
    const draft = await selectTemplateDraft(context.trx, input.templateId)
    if (!draft) return refuse('NOT_FOUND')
    if (draft.version !== input.version) return refuse('CONFLICT')
    const newest = (await selectNewest(context.trx, input.templateId))?.template ?? null
    const [problem] = draftProblems(draft.body, { newest, today: context.today })
    if (problem) return refuse(problemRefusals[problem], newest ? { effectiveFrom: newest.effectiveFrom } : {})
    const template = templateFrom(draft.body, newest)
    const faults = lintTemplate(template)
    if (faults.length > 0) return refuse('TEMPLATE_FAULTY', { faults: faults.map(faultText) })

    const signed = { at: context.now, by: context.caller.staffId }
    const sha256 = await insertTemplate(context.trx, template, signed)
    if (!(await approveTemplate(context.trx, template, signed))) throw new Error('a new text was approved before')
    await deleteTemplateDraft(context.trx, input.templateId)
    context.audit({
      action: 'consentTemplate.publish',
      subject: 'consent_template',
      subjectId: templateName(template),
      reason: context.reauthenticatedBy,
    })
    touchEveryReader(context)
    const { templateId, major, minor } = template
    return accept({ templateId, major, minor, sha256 })
  },

  signAgain: async (context, input) => {
    const found = await selectSignAgain(context.reader, { ...input, today: context.today })
    const mayName = rolesWith('alerts.read').some((role) => context.hasRole(role))
    return accept({
      visits: found.length,
      patients: new Set(found.map(({ patientId }) => patientId)).size,
      rows: mayName
        ? found.slice(0, namedVisits).map(({ family, given, preferred, signedOn: _signedOn, ...row }) => ({
            ...row,
            familyName: family,
            givenName: given,
            preferredName: preferred,
          }))
        : null,
    })
  },
} satisfies Handlers<TemplateContract>

const problemRefusals = {
  STARTS_IN_THE_PAST: 'TEMPLATE_STARTS_IN_THE_PAST',
  STARTS_BEFORE_NEWEST: 'TEMPLATE_STARTS_BEFORE_NEWEST',
  UNCHANGED: 'TEMPLATE_UNCHANGED',
} as const

async function selectNewest(reader: Reader, templateId: string): Promise<StoredTemplate | null> {
  const version = await selectNewestVersion(reader, templateId)
  return version && selectTemplate(reader, { templateId, ...version })
}

function draftToWire({ body, updatedAt, ownerId }: StoredTemplateDraft, staff: readonly StaffMember[]) {
  const { templateId, language, procedure } = body
  const savedBy = staff.find((member) => member.staffId === ownerId)?.printedName ?? ''
  return { templateId, language, procedure, savedAt: updatedAt, savedBy }
}

/** Whatever shows whether a consent stands may read otherwise now. */
function touchEveryReader(context: CommandContext): void {
  context.touch('consent', 'chart', 'today', 'session')
}
