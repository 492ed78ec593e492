import { z } from 'zod'
import type {
  AbsenceId,
  AddendumId,
  AmendmentRequestId,
  AttachmentId,
  CartridgeLotId,
  ClearanceId,
  ComplicationId,
  ConsentId,
  DelegationId,
  DeviceId,
  FollowUpId,
  ImportId,
  OrderId,
  OutcomeId,
  PatientId,
  PatientLinkId,
  PatientScoreId,
  PhotoId,
  PolicyId,
  ProductLotId,
  RecallId,
  RecallTaskId,
  ScreeningId,
  SeriesId,
  SessionId,
  SessionPresetId,
  SignOffId,
  StaffId,
  SupervisionId,
  TrainingId,
  VersionId,
  VisitId,
  WaitingId,
} from '../kernel/ids.ts'
import type { CalendarDate, Instant } from '../kernel/time.ts'
import { isCalendarDate } from '../kernel/time.ts'

/** An identifier as main makes it: UUID text. The brand is only in the type. */
function id<Id extends string>() {
  return z.uuid().transform((text) => text as Id)
}

export const patientId = id<PatientId>()
export const patientLinkId = id<PatientLinkId>()
export const staffId = id<StaffId>()
export const screeningId = id<ScreeningId>()
export const consentId = id<ConsentId>()
export const orderId = id<OrderId>()
export const clearanceId = id<ClearanceId>()
export const seriesId = id<SeriesId>()
export const sessionId = id<SessionId>()
export const sessionPresetId = id<SessionPresetId>()
export const signOffId = id<SignOffId>()
export const addendumId = id<AddendumId>()
export const amendmentRequestId = id<AmendmentRequestId>()
export const complicationId = id<ComplicationId>()
export const policyId = id<PolicyId>()
export const deviceId = id<DeviceId>()
export const cartridgeLotId = id<CartridgeLotId>()
export const productLotId = id<ProductLotId>()
export const visitId = id<VisitId>()
export const absenceId = id<AbsenceId>()
export const waitingId = id<WaitingId>()
export const followUpId = id<FollowUpId>()
export const photoId = id<PhotoId>()
export const attachmentId = id<AttachmentId>()
export const supervisionId = id<SupervisionId>()
export const trainingId = id<TrainingId>()
export const delegationId = id<DelegationId>()
export const versionId = id<VersionId>()
export const importId = id<ImportId>()
export const recallId = id<RecallId>()
export const recallTaskId = id<RecallTaskId>()
export const outcomeId = id<OutcomeId>()
export const patientScoreId = id<PatientScoreId>()

/** `yyyy-mm-dd`, a day that exists. */
export const calendarDate = z
  .string()
  .refine(isCalendarDate, 'not a date of the calendar')
  .transform((text): CalendarDate => text)
/** ISO-8601 UTC with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 }).transform((text): Instant => text)

/** One line of text: at most `max` characters (UTF-16 units), no line breaks or other controls. */
export function line(max = 200) {
  return z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'control characters are not allowed')
}
export function filledLine(max = 200) {
  return line(max).trim().min(1)
}
/** Text of several lines; tabs and line breaks allowed, other controls not. */
export function prose(max = 4000) {
  return z
    .string()
    .max(max)
    .regex(/^(?:[^\p{Cc}]|[\n\t\r])*$/u, 'control characters are not allowed')
}
/** Optimistic lock: the head row's version that the person saw. */
export const recordVersion = z.int().min(1)
export const nothing = z.strictObject({})
