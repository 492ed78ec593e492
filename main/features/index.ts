import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../app/context.ts'
import { addendumHandlers } from './addendum.ts'
import { amendmentRequestHandlers } from './amendment-request.ts'
import { auditHandlers } from './audit.ts'
import { backupHandlers } from './backup.ts'
import { bookingHandlers } from './booking.ts'
import { chartHandlers } from './chart.ts'
import { clearanceHandlers } from './clearance.ts'
import { clinicHandlers } from './clinic.ts'
import { complicationHandlers } from './complication.ts'
import { consentHandlers } from './consent.ts'
import { consentTemplateHandlers } from './consent-template.ts'
import { fileHandlers } from './file.ts'
import { followUpHandlers } from './follow-up.ts'
import { keysHandlers } from './keys.ts'
import { lookBackHandlers } from './look-back.ts'
import { orderHandlers } from './order.ts'
import { outcomeHandlers } from './outcome.ts'
import { packetHandlers } from './packet.ts'
import { patientHandlers } from './patient.ts'
import { patientImportHandlers } from './patient-import.ts'
import { patientModeHandlers } from './patient-mode.ts'
import { patientSearchHandlers } from './patient-search.ts'
import { photoHandlers } from './photo.ts'
import { policyHandlers } from './policy.ts'
import { printHandlers } from './print.ts'
import { questionnaireHandlers } from './questionnaire.ts'
import { recallHandlers } from './recall.ts'
import { reportHandlers } from './report.ts'
import { restoreHandlers } from './restore.ts'
import { screeningHandlers } from './screening.ts'
import { seriesHandlers } from './series.ts'
import { sessionHandlers } from './session.ts'
import { sessionPresetHandlers } from './session-preset.ts'
import { signInHandlers } from './sign-in.ts'
import { signOffHandlers } from './sign-off.ts'
import { staffHandlers } from './staff.ts'
import { staffIncidentHandlers } from './staff-incident.ts'
import { staffPracticeHandlers } from './staff-practice.ts'
import { stockHandlers } from './stock.ts'
import { todayHandlers } from './today.ts'
import { visitHandlers } from './visit.ts'

/** Every procedure's handler; the type refuses a missing or a surplus one. */
export const handlers: { readonly [Feature in keyof typeof contract]: Handlers<(typeof contract)[Feature]> } = {
  addendum: addendumHandlers,
  amendmentRequest: amendmentRequestHandlers,
  audit: auditHandlers,
  backup: backupHandlers,
  booking: bookingHandlers,
  chart: chartHandlers,
  clearance: clearanceHandlers,
  clinic: clinicHandlers,
  complication: complicationHandlers,
  consent: consentHandlers,
  consentTemplate: consentTemplateHandlers,
  file: fileHandlers,
  followUp: followUpHandlers,
  keys: keysHandlers,
  lookBack: lookBackHandlers,
  order: orderHandlers,
  outcome: outcomeHandlers,
  packet: packetHandlers,
  patient: patientHandlers,
  patientImport: patientImportHandlers,
  patientMode: patientModeHandlers,
  patientSearch: patientSearchHandlers,
  photo: photoHandlers,
  policy: policyHandlers,
  print: printHandlers,
  questionnaire: questionnaireHandlers,
  recall: recallHandlers,
  report: reportHandlers,
  restore: restoreHandlers,
  screening: screeningHandlers,
  series: seriesHandlers,
  session: sessionHandlers,
  sessionPreset: sessionPresetHandlers,
  signIn: signInHandlers,
  signOff: signOffHandlers,
  staff: staffHandlers,
  staffIncident: staffIncidentHandlers,
  staffPractice: staffPracticeHandlers,
  stock: stockHandlers,
  today: todayHandlers,
  visit: visitHandlers,
}
