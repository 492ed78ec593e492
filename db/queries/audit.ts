import type { PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many, one, type SqlValue } from '../records.ts'
import type { AuditEntryTable } from '../tables/core.ts'

/** Whose rows a person may see: their own, also those of patients they signed for, or all. */
export type AuditSight =
  | { readonly kind: 'OWN'; readonly staffId: StaffId }
  | { readonly kind: 'OWN_PATIENTS'; readonly staffId: StaffId }
  | { readonly kind: 'ALL' }

export type AuditFilter = {
  /** From this instant, included. */
  readonly from: Instant | null
  /** Before this instant. */
  readonly before: Instant | null
  readonly actorId: StaffId | null
  readonly patientId: PatientId | null
  /** `signIn.in`, or `signIn.` for every action of a feature. */
  readonly action: string | null
}

type AuditColumns =
  | 'seq'
  | 'at'
  | 'offset_min'
  | 'actor_id'
  | 'roles'
  | 'action'
  | 'subject'
  | 'subject_id'
  | 'version_id'
  | 'patient_id'
  | 'outcome'
  | 'reason'

export type AuditListRow = Pick<AuditEntryTable, AuditColumns> & {
  readonly actor_name: string | null
  readonly subject_name: string | null
  readonly chart_number: string | null
}

/** Newest first, rows with a smaller `seq` than `beforeSeq`. Names are joined here: the rows themselves hold ids only. */
export function selectAuditRows(
  reader: Reader,
  {
    sight,
    filter,
    beforeSeq,
    limit,
  }: { sight: AuditSight; filter: AuditFilter; beforeSeq: number | null; limit: number },
): Promise<readonly AuditListRow[]> {
  const conditions: string[] = []
  const parameters: SqlValue[] = []
  const add = (condition: string, ...values: readonly SqlValue[]) => {
    conditions.push(condition)
    parameters.push(...values)
  }
  if (beforeSeq !== null) add('a.seq < ?', beforeSeq)
  if (filter.from !== null) add('a.at >= ?', filter.from)
  if (filter.before !== null) add('a.at < ?', filter.before)
  if (filter.actorId !== null) add(`(${rowsOfPerson})`, filter.actorId, filter.actorId)
  if (filter.patientId !== null) add('a.patient_id = ?', filter.patientId)
  // A feature's actions lie between its dot and the sign after it.
  if (filter.action?.endsWith('.'))
    add('a.action >= ? and a.action < ?', filter.action, `${filter.action.slice(0, -1)}/`)
  else if (filter.action !== null) add('a.action = ?', filter.action)
  if (sight.kind === 'OWN') add(`(${rowsOfPerson})`, sight.staffId, sight.staffId)
  if (sight.kind === 'OWN_PATIENTS') {
    const { staffId } = sight
    add(`(${rowsOfPerson} or a.patient_id in (${patientsTreatedBy}))`, staffId, staffId, staffId, staffId)
  }
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''
  return many<AuditListRow>(
    reader,
    `select a.seq, a.at, a.offset_min, a.actor_id, a.roles, a.action, a.subject, a.subject_id, a.version_id,
       a.patient_id, a.outcome, a.reason, actor.printed_name as actor_name, subject.printed_name as subject_name,
       patient.chart_number as chart_number
     from audit_entry a
     left join staff actor on actor.id = a.actor_id
     left join staff subject on subject.id = a.subject_id and a.subject = 'staff'
     left join patient on patient.id = a.patient_id
     ${where}
     order by a.seq desc
     limit ${limit}`,
    parameters,
  )
}

/** Rows in the chain, which is also the number of the last one. */
export async function countAuditRows(reader: Reader): Promise<number> {
  const row = await one<{ last: number | null }>(reader, 'select max(seq) as last from audit_entry')
  return row?.last ?? 0
}

/** What the person did, and what happened at the door in their name before anybody was signed in. */
const rowsOfPerson = "a.actor_id = ? or (a.actor_id is null and a.subject = 'staff' and a.subject_id = ?)"

/** Patients whose session this person wrote, signed or countersigned. */
const patientsTreatedBy = `select version.patient_id from signature join record_version version on version.id = signature.version_id
  where signature.signer_id = ? and signature.kind in ('session', 'sign_off') and version.patient_id is not null
  union select version.patient_id from record_version version
  where version.kind = 'session' and version.made_by = ? and version.patient_id is not null`
