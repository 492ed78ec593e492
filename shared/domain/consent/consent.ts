import type { AttachmentId, ConsentId, PatientId, SeriesId, StaffId } from '../../kernel/ids.ts'
import type { CalendarDate, Instant } from '../../kernel/time.ts'
import type { Indication, ZonePlace } from '../zones.ts'
import type { PhotoPermissions, RenderedSection } from './render-consent.ts'
import type { ConsentProcedure, ConsentSectionKey } from './template.ts'

export const signerRoles = ['PATIENT', 'GUARDIAN', 'REPRESENTATIVE'] as const
export type SignerRole = (typeof signerRoles)[number]

export const identityDocuments = ['PASSPORT', 'DRIVING_LICENCE', 'STATE_ID', 'OTHER', 'KNOWN_TO_STAFF'] as const
export type IdentityDocument = (typeof identityDocuments)[number]

export const interpreterModes = ['IN_PERSON', 'VIDEO', 'PHONE'] as const
export type InterpreterMode = (typeof interpreterModes)[number]

export const copyMethods = ['PAPER', 'EMAIL', 'PORTAL', 'DECLINED'] as const
export type CopyMethod = (typeof copyMethods)[number]

/** A member of staff as printed on the form that day. */
export type PrintedStaff = {
  readonly staffId: StaffId
  readonly name: string
  readonly credential: string
}

/** What was agreed to; the start gate compares each plan with it. */
export type ConsentScope = {
  readonly procedure: ConsentProcedure
  /** Codes of add-ons whose clause the form carried; empty where none. */
  readonly addons: readonly string[]
  readonly zones: readonly ZonePlace[]
  readonly indications: readonly Indication[]
  readonly maxDepthUm: number
  readonly sessions: number
}

/** `x` and `y` in hundredths of a CSS pixel, `atMs` since the first touch. Integers, so the bytes are stable. */
export type StrokePoint = { readonly x: number; readonly y: number; readonly atMs: number }

export type SignatureMark =
  | { readonly kind: 'STROKES'; readonly strokes: readonly (readonly StrokePoint[])[] }
  | { readonly kind: 'TYPED'; readonly name: string }

/** The mark and what makes it count: intent, attribution, association (clinical reference, section 6 [F9]). */
export type ConsentSignature = {
  readonly role: SignerRole
  readonly name: string
  /** `null` for the patient; otherwise e.g. "mother". */
  readonly relationship: string | null
  /** What showed that a guardian or representative may sign; null for the patient. */
  readonly proofOfAuthority: string | null
  readonly identityDocument: IdentityDocument
  readonly mark: SignatureMark
  /** Picture of the mark for print; null for a typed name. */
  readonly imageId: AttachmentId | null
  readonly intentStatement: string
  readonly intentTicked: boolean
  /** SHA-256 of the text that was on the screen when the mark was made. */
  readonly documentSha256: string
  readonly signedAt: Instant
  readonly utcOffsetMin: number
  readonly workstation: string
}

export type Interpreter = {
  readonly name: string
  readonly identifier: string
  readonly mode: InterpreterMode
  /** BCP 47 of the language interpreted into. */
  readonly language: string
}

/** What a minor's consent needs beside the guardian: clinical reference, section 6, Minors. */
export type MinorFacts = {
  readonly assent: { readonly given: boolean; readonly at: Instant; readonly note: string }
  readonly physicianExam: { readonly physician: PrintedStaff; readonly examinedOn: CalendarDate }
  readonly chaperone: { readonly name: string; readonly relation: string }
}

/** The signed content of a consent. Nothing in it is computed later; withdrawals and re-acknowledgements are rows. */
export type ConsentBody = {
  readonly schema: 'consent/1'
  readonly consentId: ConsentId
  readonly version: number
  readonly patient: {
    readonly patientId: PatientId
    readonly name: string
    readonly bornOn: CalendarDate | null
    readonly chartNumber: string
  }
  readonly seriesId: SeriesId | null
  readonly template: {
    readonly templateId: string
    readonly major: number
    readonly minor: number
    readonly language: string
    readonly sha256: string
  }
  readonly scope: ConsentScope
  readonly practitioner: PrintedStaff & { readonly isPhysician: boolean }
  readonly supervisingPhysician: PrintedStaff
  /** What the form named as outside the authorised purpose, as shown; empty where nothing was. */
  readonly offLabelItems: readonly string[]
  /** The rendered form, frozen. */
  readonly document: {
    readonly sections: readonly RenderedSection[]
    readonly text: string
    readonly sha256: string
  }
  readonly photoPermissions: PhotoPermissions
  readonly initials: readonly {
    readonly section: ConsentSectionKey
    readonly initials: string
    readonly at: Instant
  }[]
  /** BCP 47 of the language in which it was explained. */
  readonly language: string
  readonly interpreter: Interpreter | null
  /** Null for an adult. */
  readonly minor: MinorFacts | null
  readonly explainedBy: PrintedStaff
  readonly witness: PrintedStaff
  readonly questionsAsked: string
  readonly readingTimeSec: number
  readonly refusals: readonly { readonly at: Instant; readonly by: string; readonly reason: string }[]
  readonly copyGiven: { readonly method: CopyMethod; readonly at: Instant } | null
  /** Null until signed. */
  readonly signature: ConsentSignature | null
}

export const withdrawalScopes = ['ALL', 'SERIES', 'PHOTO_OWN_RECORD', 'PHOTO_TEACHING', 'PHOTO_MARKETING'] as const
export type WithdrawalScope = (typeof withdrawalScopes)[number]

/** Any time, by anyone who may speak for the patient, taken by any member of staff. Never refused. */
export type ConsentWithdrawal = {
  /** Who withdrew, as said: the patient's or guardian's name. */
  readonly by: string
  readonly at: Instant
  readonly how: 'VERBAL' | 'WRITTEN'
  readonly scopes: readonly WithdrawalScope[]
  readonly takenBy: StaffId
  readonly note: string
}

/** One line under a signed form: the patient knows that somebody else treats or supervises (**CC**, section 6). */
export type ConsentReacknowledgement = {
  readonly at: Instant
  readonly by: string
  readonly practitionerId: StaffId
  readonly supervisingPhysicianId: StaffId
  readonly takenBy: StaffId
}

/** What a withdrawal sets in motion; nothing that was recorded is removed (clinical reference, section 6). */
export function withdrawalEffects(scopes: readonly WithdrawalScope[]): {
  readonly blocksStarts: boolean
  readonly holdsBookings: boolean
  readonly endsSeries: boolean
  readonly needsTakeDown: boolean
} {
  const endsTreatment = scopes.includes('ALL') || scopes.includes('SERIES')
  return {
    blocksStarts: endsTreatment,
    holdsBookings: endsTreatment,
    endsSeries: endsTreatment,
    needsTakeDown: scopes.includes('PHOTO_MARKETING') || scopes.includes('ALL'),
  }
}

/** The photo choices that still hold after every withdrawal. ALL takes back all three. */
export function photoPermissionsAfter(
  given: PhotoPermissions,
  withdrawals: readonly Pick<ConsentWithdrawal, 'scopes'>[],
): PhotoPermissions {
  const scopes = withdrawals.flatMap((withdrawal) => withdrawal.scopes)
  const isOpen = (scope: WithdrawalScope) => !scopes.includes('ALL') && !scopes.includes(scope)
  return {
    ownRecord: given.ownRecord && isOpen('PHOTO_OWN_RECORD'),
    staffTeaching: given.staffTeaching && isOpen('PHOTO_TEACHING'),
    marketing: given.marketing && isOpen('PHOTO_MARKETING'),
  }
}
