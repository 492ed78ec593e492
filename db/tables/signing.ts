import type { KeyReason } from '../../shared/domain/signed-statement.ts'
import type { SignatureId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'

/** A public key for ever: old signatures stay checkable after the pair has ended. */
export interface SigningKeyTable {
  id: string
  /** Null: the clinic's own key. */
  staff_id: StaffId | null
  public_key: string
  /** Canonical text of a `KeyCertificate` and the clinic's signature over it. */
  certificate: string
  certificate_signature: string
  because: KeyReason
  made_at: Instant
  /** When a newer pair took its place. */
  ended_at: Instant | null
}

/** The private half, sealed; goes when the pair ends. */
export interface SigningSecretTable {
  key_id: string
  /** STORE: by a key derived from the store key; PASSWORD: by one derived from the person's password. */
  wrapped_by: 'STORE' | 'PASSWORD'
  salt: string
  cost: number
  block_size: number
  parallelization: number
  nonce: string
  sealed: string
  tag: string
}

/** One link of a chart's chain of signatures. */
export interface SignatureSealTable {
  signature_id: SignatureId
  /** Repeats the statement's, so that a signature whose row was taken away is still found beside its record. */
  record_id: string
  /** The patient's id; empty for what belongs to the clinic. */
  chain_of: string
  chain_no: number
  /** Canonical text of a `SignedStatement`. */
  statement: string
  /** Ed25519 over `signedText`, base64url without padding. */
  signature: string
  /** SHA-256 of statement, line feed, signature: what the next link names. */
  entry_sha256: string
}

export type SigningTables = {
  signing_key: SigningKeyTable
  signing_secret: SigningSecretTable
  signature_seal: SignatureSealTable
}
