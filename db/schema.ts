import type { AmendmentRequestTables } from './tables/amendment-request.ts'
import type { BookingTables } from './tables/booking.ts'
import type { ComplicationTables } from './tables/complication.ts'
import type { ConsentTables } from './tables/consent.ts'
import type { CopyGivenTables } from './tables/copy-given.ts'
import type { CoreTables } from './tables/core.ts'
import type { OrderTables } from './tables/order.ts'
import type { OutcomeTables } from './tables/outcome.ts'
import type { PatientTables } from './tables/patient.ts'
import type { PatientMergeTables } from './tables/patient-merge.ts'
import type { PhotoTables } from './tables/photo.ts'
import type { PolicyTables } from './tables/policy.ts'
import type { QuestionnaireTables } from './tables/questionnaire.ts'
import type { RecallTables } from './tables/recall.ts'
import type { ScreeningTables } from './tables/screening.ts'
import type { SeriesTables } from './tables/series.ts'
import type { SessionTables } from './tables/session.ts'
import type { SessionPresetTables } from './tables/session-preset.ts'
import type { SignOffTables } from './tables/sign-off.ts'
import type { SigningTables } from './tables/signing.ts'
import type { StaffIncidentTables } from './tables/staff-incident.ts'
import type { StaffPracticeTables } from './tables/staff-practice.ts'
import type { StockTables } from './tables/stock.ts'
import type { VisitTables } from './tables/visit.ts'

/** Every table of the store. Row types are written by hand and held true by a drift test. */
export type Database = CoreTables &
  PolicyTables &
  PatientTables &
  PatientMergeTables &
  ScreeningTables &
  ConsentTables &
  OrderTables &
  SeriesTables &
  SessionTables &
  SessionPresetTables &
  SignOffTables &
  SigningTables &
  CopyGivenTables &
  ComplicationTables &
  PhotoTables &
  OutcomeTables &
  QuestionnaireTables &
  RecallTables &
  StaffIncidentTables &
  StaffPracticeTables &
  StockTables &
  VisitTables &
  BookingTables &
  AmendmentRequestTables
