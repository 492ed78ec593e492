import { addendum } from './addendum.ts'
import { amendmentRequest } from './amendment-request.ts'
import { anchor } from './anchor.ts'
import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { booking } from './booking.ts'
import { chart } from './chart.ts'
import { clearance } from './clearance.ts'
import { clinic } from './clinic.ts'
import { complication } from './complication.ts'
import { consent } from './consent.ts'
import { consentTemplate } from './consent-template.ts'
import { file } from './file.ts'
import { followUp } from './follow-up.ts'
import { keys } from './keys.ts'
import { lookBack } from './look-back.ts'
import { order } from './order.ts'
import { outcome } from './outcome.ts'
import { packet } from './packet.ts'
import { patient } from './patient.ts'
import { patientImport } from './patient-import.ts'
import { patientMerge } from './patient-merge.ts'
import { patientMode } from './patient-mode.ts'
import { patientSearch } from './patient-search.ts'
import { photo } from './photo.ts'
import { policy } from './policy.ts'
import { print } from './print.ts'
import { questionnaire } from './questionnaire.ts'
import { recall } from './recall.ts'
import { recovery } from './recovery.ts'
import { report } from './report.ts'
import { restore } from './restore.ts'
import { screening } from './screening.ts'
import { series } from './series.ts'
import { session } from './session.ts'
import { sessionPreset } from './session-preset.ts'
import { signIn } from './sign-in.ts'
import { signOff } from './sign-off.ts'
import { staff } from './staff.ts'
import { staffIncident } from './staff-incident.ts'
import { staffPractice } from './staff-practice.ts'
import { stock } from './stock.ts'
import { today } from './today.ts'
import { visit } from './visit.ts'

/** Spelled out, because the compiler cannot write down the whole of it where it would have to infer it. */
export type Api = {
  readonly addendum: typeof addendum
  readonly amendmentRequest: typeof amendmentRequest
  readonly anchor: typeof anchor
  readonly audit: typeof audit
  readonly backup: typeof backup
  readonly booking: typeof booking
  readonly chart: typeof chart
  readonly clearance: typeof clearance
  readonly clinic: typeof clinic
  readonly complication: typeof complication
  readonly consent: typeof consent
  readonly consentTemplate: typeof consentTemplate
  readonly file: typeof file
  readonly followUp: typeof followUp
  readonly keys: typeof keys
  readonly lookBack: typeof lookBack
  readonly order: typeof order
  readonly outcome: typeof outcome
  readonly packet: typeof packet
  readonly patient: typeof patient
  readonly patientImport: typeof patientImport
  readonly patientMerge: typeof patientMerge
  readonly patientMode: typeof patientMode
  readonly patientSearch: typeof patientSearch
  readonly photo: typeof photo
  readonly policy: typeof policy
  readonly print: typeof print
  readonly questionnaire: typeof questionnaire
  readonly recall: typeof recall
  readonly recovery: typeof recovery
  readonly report: typeof report
  readonly restore: typeof restore
  readonly screening: typeof screening
  readonly series: typeof series
  readonly session: typeof session
  readonly sessionPreset: typeof sessionPreset
  readonly signIn: typeof signIn
  readonly signOff: typeof signOff
  readonly staff: typeof staff
  readonly staffIncident: typeof staffIncident
  readonly staffPractice: typeof staffPractice
  readonly stock: typeof stock
  readonly today: typeof today
  readonly visit: typeof visit
}

/** The whole API. A procedure's name on the wire is `feature.procedure`. */
export const contract: Api = {
  addendum,
  amendmentRequest,
  anchor,
  audit,
  backup,
  booking,
  chart,
  clearance,
  clinic,
  complication,
  consent,
  consentTemplate,
  file,
  followUp,
  keys,
  lookBack,
  order,
  outcome,
  packet,
  patient,
  patientImport,
  patientMerge,
  patientMode,
  patientSearch,
  photo,
  policy,
  print,
  questionnaire,
  recall,
  recovery,
  report,
  restore,
  screening,
  series,
  session,
  sessionPreset,
  signIn,
  signOff,
  staff,
  staffIncident,
  staffPractice,
  stock,
  today,
  visit,
}
