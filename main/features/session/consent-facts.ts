import type { Reader } from '../../../db/open.ts'
import type { StoredComplication } from '../../../db/queries/complication.ts'
import {
  type ConsentFile,
  type ConsentPlan,
  consentFactsOf,
  consentSettingsOf,
  judgeConsent,
  selectConsentGround,
} from '../../../db/queries/consent.ts'
import { judgeScreening, type ScreeningFile, selectFormsBefore } from '../../../db/queries/screening.ts'
import type { StoredSession } from '../../../db/queries/session.ts'
import { needsNewConsent } from '../../../shared/domain/complication.ts'
import type { ConsentProcedure } from '../../../shared/domain/consent/template.ts'
import { type PolicyBody, shippedPolicy } from '../../../shared/domain/policy.ts'
import { screeningFacts } from '../../../shared/domain/screening/screening-facts.ts'
import { screeningSettingsOf } from '../../../shared/domain/screening/settings.ts'
import { type AddonKind, readPlan, type SessionDraft } from '../../../shared/domain/session.ts'
import { newSinceConsent } from '../../../shared/domain/session-consent.ts'
import type { ConsentFacts } from '../../../shared/domain/start-gate-facts.ts'
import type { ConsentId } from '../../../shared/kernel/ids.ts'
import { addMinutes, type CalendarDate } from '../../../shared/kernel/time.ts'

/** Before the start what is planned; in a record of what happened what was done. */
export function zonesToJudge(draft: SessionDraft) {
  if (draft.recordOnly !== true) return readPlan(draft.plan).plan.zones
  return readPlan({ zones: draft.zoneRows ?? [] }).plan.zones
}

type ConsentQuestion = {
  readonly session: StoredSession
  readonly draft: SessionDraft
  readonly on: CalendarDate
  readonly policy: PolicyBody | null
  /** Of the device: RF or MECHANICAL. */
  readonly procedure: ConsentProcedure
  readonly screeningFile: ScreeningFile
  /** Every report about the patient. */
  readonly complications: readonly StoredComplication[]
}

/**
 * The consent that the session would rest on. Add-ons rest on forms of their own kind, whose text has their clause; they
 * are read beside it.
 */
export async function loadConsent(reader: Reader, question: ConsentQuestion): Promise<ConsentFacts | null> {
  const { session, draft, on } = question
  const zones = zonesToJudge(draft)
  const practitionerId = session.head.practitioner_id
  const isPhysician = session.head.author_is_physician === 1
  const ground = await selectConsentGround(reader, {
    patientId: session.patientId,
    today: on,
    settings: consentSettingsOf(question.policy ?? shippedPolicy(on)),
  })
  const isAddonForm = ({ body }: ConsentFile) => body.scope.procedure === 'ADDON'
  const files = ground.files.filter((file) => !isAddonForm(file))
  const addonForms = ground.files.filter(isAddonForm)
  const judge = (
    file: ConsentFile | null,
    since: ReturnType<typeof newSinceConsent>,
    kind: Pick<ConsentPlan, 'procedure' | 'addons'> = { procedure: question.procedure, addons: [] },
  ) => {
    // Nobody is named yet, or a physician treats and needs nobody: then that line of the consent is no question.
    const consented = file?.reacknowledgements.at(-1)?.supervisingPhysicianId ?? file?.body.supervisingPhysician.staffId
    const supervising = isPhysician ? null : draft.supervisingPhysicianId
    return judgeConsent(
      { ...ground, files: kind.procedure === 'ADDON' ? addonForms : files },
      {
        seriesId: session.head.series_id,
        zones,
        indications: [...new Set(zones.map((zone) => zone.indication))],
        maxDepthUm: Math.max(0, ...zones.map((zone) => zone.depthUm)),
        ...kind,
        practitionerId,
        supervisingPhysicianId: supervising ?? consented ?? practitionerId,
        ...since,
        complicationsSince: file === null ? [] : complicationsSince(question.complications, file),
        agreesToday: draft.stillAgreesToday ?? null,
      },
    )
  }
  const first = judge(null, nothingNew)
  if (!first) return null
  const facts = consentFactsOf(judge(first.file, await changesSince(reader, question, first.file)) ?? first)
  const addons: AddonKind[] = []
  const addonConsentIds = new Set<ConsentId>()
  for (const addon of addonsToJudge(draft)) {
    const kind = { procedure: 'ADDON', addons: [addon] } as const
    const form = judge(null, nothingNew, kind)
    if (!form) continue
    const judged = judge(form.file, await changesSince(reader, question, form.file), kind) ?? form
    // Whether the patient still agrees today is asked once, of the treatment as a whole.
    if (!judged.problems.every(({ code }) => code === 'NOT_AGREED_TODAY')) continue
    addons.push(addon)
    addonConsentIds.add(form.file.consentId)
  }
  return { ...facts, addons, addonConsentIds: [...addonConsentIds] }
}

const nothingNew = { hasNewClearFinding: false, hasNewDiagnosisOrMedicine: false } as const

/** Those planned, and in a record of what happened those given. */
function addonsToJudge(draft: SessionDraft): readonly AddonKind[] {
  const given = (draft.addons ?? []).flatMap(({ kind }) => (kind ? [kind] : []))
  return [...new Set([...readPlan(draft.plan).plan.addons, ...given])]
}

/** Complications reported after the signature that ask for a new consent. */
function complicationsSince(stored: readonly StoredComplication[], { body }: ConsentFile) {
  const signedAt = body.signature?.signedAt ?? ''
  return stored.flatMap(({ body: report }) =>
    report.reportedAt > signedAt && needsNewConsent(report) ? [report.code ?? 'NOT_CODED'] : [],
  )
}

/** The questionnaire as it stood when the form was signed, held against the one of the day. */
async function changesSince(
  reader: Reader,
  { session, draft, on, policy, screeningFile }: ConsentQuestion,
  file: ConsentFile,
) {
  const { signature } = file.body
  const { patient, clearances } = screeningFile
  if (!signature || !patient) return nothingNew
  const plannedZones = zonesToJudge(draft).map(({ zone, side }) => ({ zone, side }))
  const now = judgeScreening(screeningFile, { today: on, plannedZones, deviceType: null, seriesId: null, policy })
  // A moment later: a questionnaire signed in the same minute was on the table when the form was signed.
  const before = screeningFacts({
    forms: await selectFormsBefore(reader, session.patientId, addMinutes(signature.signedAt, 1)),
    clearances,
    today: addMinutes(signature.signedAt, signature.utcOffsetMin).slice(0, 10),
    bornOn: patient.bornOn,
    fst: patient.fst,
    plannedZones,
    deviceType: null,
    seriesId: null,
    settings: screeningSettingsOf(policy ?? shippedPolicy(on)),
    orderProphylaxis: null,
  })
  return newSinceConsent(before.findings, now.findings)
}
