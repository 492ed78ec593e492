import type { Refusal } from '../../shared/kernel/result.ts'
import { addendumTexts } from './addendum.ts'
import { amendmentRequestTexts } from './amendment-request.ts'
import { anchorTexts } from './anchor.ts'
import { auditTexts } from './audit.ts'
import { backupTexts } from './backup.ts'
import { bookingTexts } from './booking.ts'
import { chartTexts } from './chart.ts'
import { clearanceTexts } from './clearance.ts'
import { clinicTexts } from './clinic.ts'
import { complicationTexts } from './complication.ts'
import { consentTexts } from './consent.ts'
import { consentTemplateTexts } from './consent-template.ts'
import { doorTexts } from './door.ts'
import { fileTexts } from './file.ts'
import { followUpTexts } from './follow-up.ts'
import { keysTexts } from './keys.ts'
import { orderTexts } from './order.ts'
import { outcomeTexts } from './outcome.ts'
import { patientTexts } from './patient.ts'
import { patientImportTexts } from './patient-import.ts'
import { patientMergeTexts } from './patient-merge.ts'
import { patientModeTexts } from './patient-mode.ts'
import { patientSearchTexts } from './patient-search.ts'
import { photoTexts } from './photo.ts'
import { policyTexts } from './policy.ts'
import { printTexts } from './print.ts'
import { questionnaireTexts } from './questionnaire.ts'
import { recallTexts } from './recall.ts'
import { recoveryTexts } from './recovery.ts'
import type { RefusalText } from './refusal-text.ts'
import { reportTexts } from './report.ts'
import { restoreTexts } from './restore.ts'
import { screeningTexts } from './screening.ts'
import { seriesTexts } from './series.ts'
import { sessionTexts } from './session.ts'
import { sessionPresetTexts } from './session-preset.ts'
import { signInTexts } from './sign-in.ts'
import { signOffTexts } from './sign-off.ts'
import { staffTexts } from './staff.ts'
import { staffIncidentTexts } from './staff-incident.ts'
import { staffPracticeTexts } from './staff-practice.ts'
import { stockTexts } from './stock.ts'
import { todayTexts } from './today.ts'
import { visitTexts } from './visit.ts'

/** Every refusal code of the contract has its sentence here; a test holds the two lists together. */
export const refusalTexts: Readonly<Record<string, RefusalText>> = {
  ...addendumTexts,
  ...amendmentRequestTexts,
  ...anchorTexts,
  ...auditTexts,
  ...backupTexts,
  ...bookingTexts,
  ...chartTexts,
  ...clearanceTexts,
  ...clinicTexts,
  ...complicationTexts,
  ...consentTexts,
  ...consentTemplateTexts,
  ...fileTexts,
  ...followUpTexts,
  ...keysTexts,
  ...orderTexts,
  ...outcomeTexts,
  ...patientTexts,
  ...patientImportTexts,
  ...patientMergeTexts,
  ...patientModeTexts,
  ...patientSearchTexts,
  ...photoTexts,
  ...policyTexts,
  ...printTexts,
  ...questionnaireTexts,
  ...recallTexts,
  ...recoveryTexts,
  ...reportTexts,
  ...restoreTexts,
  ...screeningTexts,
  ...seriesTexts,
  ...sessionTexts,
  ...sessionPresetTexts,
  ...signInTexts,
  ...signOffTexts,
  ...staffTexts,
  ...staffIncidentTexts,
  ...staffPracticeTexts,
  ...stockTexts,
  ...todayTexts,
  ...visitTexts,
  ...doorTexts,
}

/** The sentence to show for a refusal. */
export function sentenceFor(refusal: Refusal): string {
  const text = refusalTexts[refusal.code]
  if (!text) throw new Error(`no sentence for ${refusal.code}`)
  return text(refusal.facts ?? {})
}
