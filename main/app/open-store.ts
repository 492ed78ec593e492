import type { Store } from '../../db/open.ts'
import type { Sealer } from '../../db/signing/seal.ts'
import type { FileIdentity } from '../../db/store-file.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Attachments } from './attachments.ts'
import type { Hold } from './hold.ts'

/** Facts of the clinic that every call needs; kept in memory and renewed when they change. */
export type ClinicFacts = {
  readonly storeId: string
  readonly clinicName: string
  readonly timeZone: string
  readonly dateOrder: 'MDY' | 'DMY'
  readonly urgentPhone: string
  /** Of the emergency services. */
  readonly emergencyPhone: string
  readonly isSample: boolean
  /** True until the recovery code of a new clinic was typed back. */
  readonly isSetUpUnfinished: boolean
  /** Minutes without input until a window locks itself (policy, 1-30). */
  idleLockMin: number
}

/** READ_ONLY: the place takes nothing any more. MOVED: another file, or none, lies where the store was opened. */
export type ReadOnlyReason = 'READ_ONLY' | 'MOVED'

/** An open store and what was derived from its key. */
export type OpenStore = {
  readonly store: Store
  readonly auditKey: Buffer
  /** Certifies people's keys, witnesses patients' marks and signs the ends of chains. */
  readonly clinicSealer: Sealer
  /** 32 bytes, base64url. */
  readonly clinicPublicKey: string
  readonly attachments: Attachments
  facts: ClinicFacts
  /** Null in ordinary work; otherwise only a manager's decision goes on. */
  hold: Hold | null
  /** The end of the audit that was last written beside the store. */
  anchored: {
    readonly epoch: number
    readonly seq: number
    readonly hash: string
    readonly at: Instant
  } | null
  lastSavedAt: Instant | null
  /** The file that was opened. */
  readonly identity: FileIdentity
  /** Null while the store is written as it should be. */
  readOnly: ReadOnlyReason | null
}
