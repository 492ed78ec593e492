import type { PatientId, VersionId } from '../../shared/kernel/ids.ts'
import type { SignIn } from './connection.ts'

/** One row of the audit: ids and codes only, never a person's words. */
export type AuditNote = {
  readonly action: string
  readonly subject: string
  readonly subjectId?: string | null
  readonly versionId?: VersionId | null
  readonly versionBeforeId?: VersionId | null
  readonly patientId?: PatientId | null
  readonly reason?: string | null
  /** Who acts, where it is not whoever the window belongs to: a person who is just signing in. */
  readonly actor?: SignIn
}
