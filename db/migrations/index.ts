import { core } from './0010-core.ts'
import { policy } from './0020-policy.ts'
import { patient } from './0030-patient.ts'
import { screening } from './0040-screening.ts'
import { consent } from './0050-consent.ts'
import { order } from './0060-order.ts'
import { stock } from './0070-stock.ts'
import { visit } from './0080-visit.ts'
import { session } from './0090-session.ts'
import { signOff } from './0100-sign-off.ts'
import { complication } from './0110-complication.ts'
import { copyGiven } from './0120-copy-given.ts'
import { booking } from './0130-booking.ts'
import { photo } from './0140-photo.ts'
import { recall } from './0150-recall.ts'
import { staffPractice } from './0160-staff-practice.ts'
import { questionnaire } from './0170-questionnaire.ts'
import { sessionPreset } from './0180-session-preset.ts'
import { outcome } from './0190-outcome.ts'
import { amendmentRequest } from './0200-amendment-request.ts'
import { signing } from './0210-signing.ts'
import { patientMerge } from './0220-patient-merge.ts'
import type { Migration } from './migration.ts'

/** Every step ever shipped, oldest first. */
export const migrations: readonly Migration[] = [
  core,
  policy,
  patient,
  screening,
  consent,
  order,
  stock,
  visit,
  session,
  signOff,
  complication,
  copyGiven,
  booking,
  photo,
  recall,
  staffPractice,
  questionnaire,
  sessionPreset,
  outcome,
  amendmentRequest,
  signing,
  patientMerge,
]
