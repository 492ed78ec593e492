/** A string that only its own kind of record may use; made by `Host.newId` and nowhere else. */
declare const brand: unique symbol
export type Branded<Name extends string> = string & { readonly [brand]: Name }

export type PatientId = Branded<'PatientId'>
export type StaffId = Branded<'StaffId'>
export type ScreeningId = Branded<'ScreeningId'>
export type ConsentId = Branded<'ConsentId'>
export type OrderId = Branded<'OrderId'>
export type ClearanceId = Branded<'ClearanceId'>
export type SeriesId = Branded<'SeriesId'>
export type SessionPresetId = Branded<'SessionPresetId'>
export type SessionId = Branded<'SessionId'>
export type SignOffId = Branded<'SignOffId'>
export type AddendumId = Branded<'AddendumId'>
export type ComplicationId = Branded<'ComplicationId'>
export type PolicyId = Branded<'PolicyId'>
export type DeviceId = Branded<'DeviceId'>
export type CartridgeLotId = Branded<'CartridgeLotId'>
export type ProductLotId = Branded<'ProductLotId'>
export type VisitId = Branded<'VisitId'>
export type AbsenceId = Branded<'AbsenceId'>
export type WaitingId = Branded<'WaitingId'>
export type FollowUpId = Branded<'FollowUpId'>
export type PhotoId = Branded<'PhotoId'>
export type AttachmentId = Branded<'AttachmentId'>
export type SupervisionId = Branded<'SupervisionId'>
export type TrainingId = Branded<'TrainingId'>
export type DelegationId = Branded<'DelegationId'>
export type VersionId = Branded<'VersionId'>
export type SignatureId = Branded<'SignatureId'>
export type ImportId = Branded<'ImportId'>
export type AmendmentRequestId = Branded<'AmendmentRequestId'>
/** One merge of two charts, ended or not. */
export type PatientLinkId = Branded<'PatientLinkId'>
export type RecallId = Branded<'RecallId'>
export type RecallTaskId = Branded<'RecallTaskId'>
export type OutcomeId = Branded<'OutcomeId'>
export type PatientScoreId = Branded<'PatientScoreId'>
