import type { PatientId, PhotoId, SignatureId, StaffId, VersionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/time.ts'
import type { RecordKind } from './record-kinds.ts'

/** A text that is signed and the Ed25519 signature over its `signedText`, base64url without padding. */
export type SignedPiece = { readonly statement: string; readonly signature: string }

/**
 * Everything that is signed in one patient's chart, with what a stranger needs to check it. Texts that are signed or
 * hashed stand in it as texts, byte for byte. Docs: `docs/signed-packet.md`.
 */
export type SignedPacket = {
  readonly format: 'countersign/packet/1'
  readonly clinic: {
    readonly clinicId: string
    /** As the certificate of the clinic's key says it. */
    readonly name: string
    readonly publicKey: string
    readonly fingerprint: string
  }
  /** The clinic's own key, then every key of the people who signed here, oldest first. */
  readonly keys: readonly { readonly certificate: string; readonly signature: string }[]
  /** The chart's chain, first signature first. */
  readonly entries: readonly (SignedPiece & { readonly no: number })[]
  /** Every version that a signature is over or names, by kind, record and number. */
  readonly versions: readonly PacketVersion[]
  /** Every photograph that a signature names, by id, as it is kept now. */
  readonly photos: readonly { readonly photoId: PhotoId; readonly sha256: string }[]
  /** Signatures that no key sealed: from before the clinic had keys, or with the seal gone. */
  readonly unsealed: readonly UnsealedSignature[]
  readonly head: SignedPiece
}

export type PacketVersion = {
  readonly versionId: VersionId
  readonly kind: RecordKind
  readonly recordId: string
  readonly number: number
  readonly schema: string
  readonly sha256: string
  readonly body: string
}

export type UnsealedSignature = {
  readonly signatureId: SignatureId
  readonly scheme: string
  readonly record: {
    readonly kind: RecordKind
    readonly recordId: string
    readonly versionId: VersionId
    readonly sha256: string
  }
  readonly signer: {
    readonly staffId: StaffId | null
    readonly printedName: string
    readonly credential: string
    readonly licence: string
  }
  readonly meaning: string
  readonly signedAt: Instant
  readonly utcOffsetMin: number
}

/** That a packet was made: for whom and what for, as said by whoever made it. */
export type PacketGiven = {
  readonly patientId: PatientId
  readonly recipient: string
  readonly purpose: string
  /** How many signatures it holds, and the SHA-256 of the file. */
  readonly signatures: number
  readonly sha256: string
  readonly givenAt: Instant
  readonly givenBy: StaffId
}
