import { canonicalJson } from '../kernel/canonical-json.ts'
import type { PatientId, PhotoId, StaffId, VersionId } from '../kernel/ids.ts'
import type { CalendarDate, Instant } from '../kernel/time.ts'
import type { RecordKind } from './record-kinds.ts'

/** A version that the signed record builds on, by the bytes it had when the signature was made. */
export type SignedReference = {
  readonly kind: RecordKind
  readonly recordId: string
  readonly versionId: VersionId
  readonly sha256: string
}

/**
 * What a signature is made over: the exact bytes of one record version and of everything it builds on, who signed,
 * with which meaning and when, and the signature before it in the same chart. Docs: `docs/signed-packet.md`.
 */
export type SignedStatement = {
  readonly format: 'countersign/sign/1'
  /** Of the store in which it was made. */
  readonly clinicId: string
  /** `no` counts the signatures of the chart (of the clinic where `patientId` is null) from 1 without a gap. */
  readonly chain: {
    readonly patientId: PatientId | null
    readonly no: number
    /** Entry hash of `no - 1`; null for the first. */
    readonly previous: string | null
  }
  readonly record: {
    readonly kind: RecordKind
    readonly recordId: string
    readonly versionId: VersionId
    readonly number: number
    readonly schema: string
    /** SHA-256 of the version's canonical bytes, 64 hex digits. */
    readonly sha256: string
  }
  /** By kind, then by id: consent, order, screenings, clearances, policy, the record that is countersigned. */
  readonly references: readonly SignedReference[]
  /** Photographs, by id; the hash is of the picture as it is kept. */
  readonly photos: readonly { readonly photoId: PhotoId; readonly sha256: string }[]
  readonly signer: {
    /** Null where a patient, guardian or representative signed: the clinic's own key witnesses the mark. */
    readonly staffId: StaffId | null
    readonly printedName: string
    readonly credential: string
    readonly licence: string
  }
  readonly scheme: SealedScheme
  readonly meaning: string
  readonly signedAt: Instant
  readonly utcOffsetMin: number
  readonly keyId: string
}

/**
 * `ed25519/1`: by the person's own key. `mark/1`: a mark on the clinic's screen, sealed by the clinic's key, which says
 * when these bytes were there and nothing about who drew the mark.
 */
export const sealedSchemes = ['ed25519/1', 'mark/1'] as const
export type SealedScheme = (typeof sealedSchemes)[number]

/** Why a key pair was made: the first sign-in; a reset by somebody else; the clinic's own. */
export const keyReasons = ['CLINIC', 'FIRST_SIGN_IN', 'RESET'] as const
export type KeyReason = (typeof keyReasons)[number]

/** What the clinic's key says about a person's public key. The clinic's own certificate is signed by itself. */
export type KeyCertificate = {
  readonly format: 'countersign/key/1'
  readonly clinicId: string
  readonly keyId: string
  /** The 32 bytes of RFC 8032, base64url without padding. */
  readonly publicKey: string
  readonly staffId: StaffId | null
  readonly printedName: string
  readonly madeAt: Instant
  readonly because: KeyReason
  /** Who gave the one-time code and when; null unless `because` is RESET. */
  readonly reset: { readonly byStaffId: StaffId; readonly byName: string; readonly at: Instant } | null
  /** The pair that this one follows. */
  readonly replaces: string | null
}

/** How many signatures a chart has and which is the last, so that a cut end is noticed. Signed by the clinic's key. */
export type ChainHead = {
  readonly format: 'countersign/head/1'
  readonly clinicId: string
  readonly patientId: PatientId | null
  readonly count: number
  /** Entry hash of the last signature; null where there is none. */
  readonly last: string | null
  readonly at: Instant
  /** Every chart of the person where some are merged, the kept one first; empty where there is one chart. */
  readonly charts: readonly HeadChart[]
  readonly keyId: string
}

/** One chart of a person with merged charts; each has a chain, and so a packet, of its own. */
type HeadChart = {
  readonly patientId: PatientId
  readonly chartNumber: string
  /** As the chart has it now. */
  readonly name: string
  /** Null for the kept chart. */
  readonly mergedOn: CalendarDate | null
}

/** The text whose UTF-8 bytes are signed: a line that names its purpose, then the RFC 8785 text. */
export function signedText(content: SignedStatement | KeyCertificate | ChainHead): string {
  return `${purposeLine(content.format)}\n${canonicalJson(content)}`
}

/** `countersign/sign/1` is signed under `countersign/sign/v1`: no signature can be taken for one of another purpose. */
function purposeLine(format: string): string {
  return format.replace(/\/(\d+)$/u, '/v$1')
}
