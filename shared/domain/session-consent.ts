import type { Finding } from './finding.ts'

/** Diagnoses and prescribed medicines of the questionnaire (clinical reference, section 3). */
const medicalQuestions: ReadonlySet<string> = new Set([
  'SQ-03',
  'SQ-12',
  'SQ-14',
  'SQ-15',
  'SQ-16',
  'SQ-22',
  'SQ-23',
  'SQ-24',
  'SQ-27',
  'SQ-28',
  'SQ-29',
])

/**
 * What the patient's answers say today that they did not say when the consent was signed, and that asks for a new one
 * (clinical reference, section 6): a finding to be cleared, or a diagnosis or medicine that changes the treatment.
 */
export function newSinceConsent(
  before: readonly Finding[],
  now: readonly Finding[],
): { readonly hasNewClearFinding: boolean; readonly hasNewDiagnosisOrMedicine: boolean } {
  const known = new Set(before.map(keyOf))
  const added = now.filter((finding) => !known.has(keyOf(finding)))
  return {
    hasNewClearFinding: added.some((finding) => finding.outcome === 'CLEAR'),
    hasNewDiagnosisOrMedicine: added.some(
      (finding) => finding.outcome !== 'INFO' && medicalQuestions.has(finding.questionId),
    ),
  }
}

function keyOf({ questionId, rule }: Finding): string {
  return `${questionId}:${rule}`
}
