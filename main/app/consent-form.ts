import type { ConsentDraft, ConsentFile } from '../../db/queries/consent.ts'
import type { StoredTemplate } from '../../db/queries/consent-template.ts'
import type { Draft } from '../../db/queries/draft.ts'
import { type StaffMember, selectStaffMember } from '../../db/queries/staff.ts'
import { sha256Of } from '../../db/records.ts'
import type { ConsentBody } from '../../shared/domain/consent/consent.ts'
import {
  type ConsentAnswers,
  consentValues,
  noAnswers,
  renderAnswered,
} from '../../shared/domain/consent/fill-consent.ts'
import { formWordsFor } from '../../shared/domain/consent/form-words.ts'
import type { ConsentPreparation } from '../../shared/domain/consent/prepare-consent.ts'
import { renderConsent } from '../../shared/domain/consent/render-consent.ts'
import { signatureSvg } from '../../shared/domain/consent/signature-picture.ts'
import { supervisionRequired } from '../../shared/domain/policy.ts'
import type { ConsentId } from '../../shared/kernel/ids.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { type Instant, minutesBetween } from '../../shared/kernel/time.ts'
import { type ConsentGround, isPhysician, printedStaff, spokenName } from './consent-ground.ts'
import type { CommandContext } from './context.ts'

/** Longest pause that still counts as reading: a form left lying is not being read. */
const readingPauseMin = 10

/** Fills the template with the preparation; the result is the form as it is shown, with its boxes open. */
export function fillForm(
  context: CommandContext,
  ground: ConsentGround,
  consentId: ConsentId,
  preparation: ConsentPreparation,
) {
  const { patient, templates, staff, settings, policy, today } = ground
  const memberOf = (staffId: string | null): StaffMember => {
    const member = staff.find((known) => known.staffId === staffId)
    if (!member) throw new Error(`consent ${consentId} names nobody of the clinic`)
    return member
  }
  const stored = templates.find(({ template }) => template.templateId === preparation.templateId)
  if (!stored || patient.bornOn === null || preparation.maxDepthUm === null || preparation.sessions === null)
    throw new Error(`consent ${consentId} was shown with gaps`)
  const treating = memberOf(preparation.practitionerId)
  const practitioner = { ...printedStaff(treating), isPhysician: isPhysician(treating) }
  const physician = printedStaff(memberOf(preparation.supervisingPhysicianId))
  const filled = consentValues(stored.template, preparation, {
    patientName: spokenName(patient),
    bornOn: patient.bornOn,
    clinicName: context.services.storeLife.open.facts.clinicName,
    urgentPhone: context.services.storeLife.open.facts.urgentPhone,
    today,
    ageOfMajority: settings.ageOfMajority,
    practitioner,
    physician,
    supervisionMode: practitioner.isPhysician ? null : supervisionRequired(policy, preparation.maxDepthUm),
  })
  if (!filled.ok) return filled
  const rendered = renderConsent(stored.template, filled.value.values)
  if (!rendered.ok) return rendered
  const { templateId, major, minor, language } = stored.template
  const { minor: minorFacts } = preparation
  const body: ConsentBody = {
    schema: 'consent/1',
    consentId,
    version: 1,
    patient: {
      patientId: patient.id,
      name: spokenName(patient),
      bornOn: patient.bornOn,
      chartNumber: patient.chartNumber,
    },
    seriesId: preparation.seriesId,
    template: { templateId, major, minor, language, sha256: stored.sha256 },
    scope: {
      procedure: preparation.procedure,
      addons: preparation.procedure === 'ADDON' ? preparation.addons : [],
      zones: preparation.zones,
      indications: preparation.indications,
      maxDepthUm: preparation.maxDepthUm,
      sessions: preparation.sessions,
    },
    practitioner,
    supervisingPhysician: physician,
    offLabelItems: filled.value.offLabelItems,
    document: { ...rendered.value, sha256: sha256Of(rendered.value.text) },
    photoPermissions: noAnswers.photoPermissions,
    initials: [],
    language: preparation.language,
    interpreter: preparation.interpreter,
    minor:
      minorFacts === null || minorFacts.examinedOn === null
        ? null
        : {
            assent: { given: false, at: context.now, note: '' },
            physicianExam: {
              physician: printedStaff(memberOf(minorFacts.physicianId)),
              examinedOn: minorFacts.examinedOn,
            },
            chaperone: { name: minorFacts.chaperoneName.trim(), relation: minorFacts.chaperoneRelation.trim() },
          },
    explainedBy: printedStaff(memberOf(preparation.explainedById)),
    witness: printedStaff(memberOf(context.caller.staffId)),
    questionsAsked: '',
    readingTimeSec: 0,
    refusals: [],
    copyGiven: null,
    signature: null,
  }
  return accept({ body, values: filled.value.values })
}

/**
 * The body that the mark would sign: the frozen form with the answers in it. Refused where the text on the screen is
 * another one, or where the form as shown can no longer be made again from what filled it.
 */
export async function signedBody(
  context: CommandContext,
  {
    file,
    draft,
    stored,
    input,
  }: {
    readonly file: ConsentFile
    readonly draft: Draft<ConsentDraft>
    readonly stored: StoredTemplate
    readonly input: {
      readonly mark: NonNullable<ConsentBody['signature']>['mark']
      readonly intentTicked: boolean
      readonly documentSha256: string
    }
  },
): Promise<Result<ConsentBody, 'CONSENT_DOCUMENT_CHANGED' | 'CONSENT_VALUES_MISSING' | 'CONSENT_TEMPLATE_FAULTY'>> {
  const { shown, answers, preparation } = draft.body
  if (shown === null) throw new Error(`consent ${file.consentId} was never shown`)
  const open = renderConsent(stored.template, shown)
  if (!open.ok) return open
  const isSame = sha256Of(open.value.text) === file.body.document.sha256
  if (!isSame || file.integrity !== 'INTACT' || !stored.isIntact) return refuse('CONSENT_DOCUMENT_CHANGED')
  const answered = renderAnswered(stored.template, shown, answers)
  if (!answered.ok) return answered
  const sha256 = sha256Of(answered.value.text)
  const { signer } = preparation
  const isPatient = signer.role === 'PATIENT'
  // In patient mode the caller is the person who handed the screen over.
  const witness = await selectStaffMember(context.trx, context.patientForm?.handedOverBy ?? context.caller.staffId)
  if (!witness) throw new Error(`consent ${file.consentId} has no witness`)
  return accept({
    ...file.body,
    version: file.versionNumber + 1,
    document: { ...answered.value, sha256 },
    photoPermissions: answers.photoPermissions,
    initials: answers.initials,
    minor: file.body.minor && {
      ...file.body.minor,
      assent: { given: answers.assent.given, at: context.now, note: answers.assent.note },
    },
    witness: printedStaff(witness),
    questionsAsked: answers.questions,
    readingTimeSec: readOn(answers.reading, context.now, false).seconds,
    signature: {
      role: signer.role,
      name: isPatient ? file.body.patient.name : signer.name.trim(),
      relationship: isPatient ? null : signer.relationship.trim(),
      proofOfAuthority: isPatient ? null : signer.proofOfAuthority.trim(),
      identityDocument: signer.identityDocument ?? 'OTHER',
      mark: input.mark,
      imageId: null,
      intentStatement: formWordsFor(stored.template.language)?.intent ?? '',
      intentTicked: input.intentTicked,
      documentSha256: input.documentSha256,
      signedAt: context.now,
      utcOffsetMin: context.offsetMin,
      workstation: context.connection.connectionId,
    },
  })
}

/** Keeps the mark as a sealed picture beside the record, for print. A typed name needs none. */
export async function withPicture(context: CommandContext, body: ConsentBody): Promise<ConsentBody> {
  const { signature } = body
  if (signature === null || signature.mark.kind !== 'STROKES') return body
  const imageId = await context.services.storeLife.open.attachments.add(context.trx, {
    bytes: Buffer.from(signatureSvg(signature.mark.strokes), 'utf8'),
    mediaType: 'image/svg+xml',
    at: context.now,
    by: context.caller.staffId,
    patientId: body.patient.patientId,
  })
  return { ...body, signature: { ...signature, imageId } }
}

/** Initials keep the moment at which they were first written. */
export function stampInitials(
  before: ConsentAnswers['initials'],
  now: readonly Pick<ConsentAnswers['initials'][number], 'section' | 'initials'>[],
  at: Instant,
): ConsentAnswers['initials'] {
  return now
    .filter(({ initials }) => initials.trim() !== '')
    .map(({ section, initials }) => {
      const known = before.find((earlier) => earlier.section === section && earlier.initials === initials.trim())
      return known ?? { section, initials: initials.trim(), at }
    })
}

/** Adds the time since the form was last touched; an opening only starts the clock. */
export function readOn(
  reading: ConsentAnswers['reading'],
  now: Instant,
  isOpening: boolean,
): ConsentAnswers['reading'] {
  const minutes = reading.seenAt === null || isOpening ? 0 : minutesBetween(reading.seenAt, now)
  const counted = Math.min(Math.max(0, minutes), readingPauseMin)
  return { seconds: Math.min(86_400, reading.seconds + Math.round(counted * 60)), seenAt: now }
}
