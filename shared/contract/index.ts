import { addendum } from './addendum.ts'
import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { chart } from './chart.ts'
import { clearance } from './clearance.ts'
import { clinic } from './clinic.ts'
import { complication } from './complication.ts'
import { consent } from './consent.ts'
import { file } from './file.ts'
import { followUp } from './follow-up.ts'
import { order } from './order.ts'
import { patient } from './patient.ts'
import { patientImport } from './patient-import.ts'
import { patientMode } from './patient-mode.ts'
import { patientSearch } from './patient-search.ts'
import { policy } from './policy.ts'
import { print } from './print.ts'
import { screening } from './screening.ts'
import { series } from './series.ts'
import { session } from './session.ts'
import { signIn } from './sign-in.ts'
import { signOff } from './sign-off.ts'
import { staff } from './staff.ts'
import { stock } from './stock.ts'
import { today } from './today.ts'
import { visit } from './visit.ts'

/** The whole API. A procedure's name on the wire is `feature.procedure`. */
export const contract = {
  addendum,
  audit,
  backup,
  chart,
  clearance,
  clinic,
  complication,
  consent,
  file,
  followUp,
  order,
  patient,
  patientImport,
  patientMode,
  patientSearch,
  policy,
  print,
  screening,
  series,
  session,
  signIn,
  signOff,
  staff,
  stock,
  today,
  visit,
} as const
export type Api = typeof contract
