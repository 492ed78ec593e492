import { accept, type Result, refuse } from '../../kernel/result.ts'
import { ageOn, type CalendarDate } from '../../kernel/time.ts'
import type { ConsentBody, ConsentSignature } from './consent.ts'
import type { ConsentSectionKey, ConsentTemplate } from './template.ts'

export type ConsentSigningCode =
  | 'CONSENT_SIGNATURE_MISSING'
  | 'CONSENT_INTENT_NOT_TICKED'
  | 'CONSENT_DOCUMENT_CHANGED'
  | 'CONSENT_INITIALS_MISSING'
  | 'CONSENT_GUARDIAN_NEEDED'
  | 'CONSENT_GUARDIAN_NOT_NEEDED'
  | 'CONSENT_AUTHORITY_MISSING'
  | 'CONSENT_ASSENT_MISSING'
  | 'CONSENT_BIRTH_DATE_UNKNOWN'
  | 'CONSENT_INTERPRETER_MISSING'
  | 'CONSENT_SCOPE_EMPTY'

/**
 * May this body become a signed consent? Checks the evidence of the clinical reference, section 6: mark, intent, the
 * very document that was shown, initials of every section that asks for them and was shown, and for a minor the
 * guardian where the policy asks for one, the minor's own assent, the physician's exam and the chaperone. `today` is
 * the clinic's date.
 */
export function maySignConsent({
  body,
  template,
  today,
  ageOfMajority,
  isGuardianRequired,
  needsInterpreter,
}: {
  readonly body: ConsentBody
  readonly template: Pick<ConsentTemplate, 'sections' | 'language'>
  readonly today: CalendarDate
  readonly ageOfMajority: number
  readonly isGuardianRequired: boolean
  /** The patient's answer to SQ-44. */
  readonly needsInterpreter: boolean
}): Result<ConsentSignature, ConsentSigningCode> {
  const { signature } = body
  if (signature === null || !hasMark(signature)) return refuse('CONSENT_SIGNATURE_MISSING')
  if (!signature.intentTicked || signature.intentStatement.trim() === '') return refuse('CONSENT_INTENT_NOT_TICKED')
  if (signature.documentSha256 !== body.document.sha256) return refuse('CONSENT_DOCUMENT_CHANGED')
  const uninitialled = sectionsWithoutInitials(body, template)
  if (uninitialled.length > 0) return refuse('CONSENT_INITIALS_MISSING', { sections: uninitialled })
  const { zones, indications, maxDepthUm, sessions } = body.scope
  if (zones.length === 0 || indications.length === 0 || maxDepthUm <= 0 || sessions < 1) {
    return refuse('CONSENT_SCOPE_EMPTY')
  }
  const isForeign = body.language.split('-')[0] !== template.language.split('-')[0]
  if ((needsInterpreter || isForeign) && body.interpreter === null) return refuse('CONSENT_INTERPRETER_MISSING')

  if (body.patient.bornOn === null) return refuse('CONSENT_BIRTH_DATE_UNKNOWN')
  const isMinor = ageOn(body.patient.bornOn, today) < ageOfMajority
  if (isMinor && isGuardianRequired && signature.role === 'PATIENT') return refuse('CONSENT_GUARDIAN_NEEDED')
  if (!isMinor && signature.role === 'GUARDIAN') return refuse('CONSENT_GUARDIAN_NOT_NEEDED')
  if (signature.role !== 'PATIENT' && (isBlank(signature.relationship) || isBlank(signature.proofOfAuthority))) {
    return refuse('CONSENT_AUTHORITY_MISSING')
  }
  if (isMinor && !body.minor?.assent.given) return refuse('CONSENT_ASSENT_MISSING')
  return accept(signature)
}

function hasMark({ mark, name }: ConsentSignature): boolean {
  if (name.trim() === '') return false
  // A dot is no signature: at least one stroke that moved.
  return mark.kind === 'TYPED' ? mark.name.trim() !== '' : mark.strokes.some((stroke) => stroke.length >= 2)
}

function sectionsWithoutInitials(
  body: ConsentBody,
  template: Pick<ConsentTemplate, 'sections'>,
): readonly ConsentSectionKey[] {
  const shown = body.document.sections.map((section) => section.key)
  const initialled = body.initials.filter(({ initials }) => !isBlank(initials)).map(({ section }) => section)
  return template.sections
    .filter((section) => section.initialRequired && shown.includes(section.key) && !initialled.includes(section.key))
    .map((section) => section.key)
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === ''
}
