import { type AuditCategory, namedSubjects, subjectsOf } from '../../shared/domain/audit-category.ts'
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
  readonly category: AuditCategory | null
  readonly outcome: AuditEntryTable['outcome'] | null
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
  /** Its value in the sorted column. */
  readonly sort_key: string | number
}

export type AuditOrder = {
  readonly sort: AuditSortColumn
  readonly isDescending: boolean
  /** The last row of the page before: its value in the sorted column, and its number. */
  readonly after: { readonly key: string; readonly seq: number } | null
}

/** What each column is sorted by; program text, chosen by name. */
const sortKeys = {
  seq: 'a.seq',
  at: 'a.at',
  actor: "coalesce(actor.printed_name, '')",
  roles: 'a.roles',
  action: 'a.action',
  subject: 'a.subject',
  chart: "coalesce(patient.chart_number, '')",
  outcome: 'a.outcome',
  reason: "coalesce(a.reason, '')",
} as const
export type AuditSortColumn = keyof typeof sortKeys

/**
 * One page. Only the numbers of its rows are sorted; what they say is fetched for the page alone. Names are joined here: the
 * rows themselves hold ids only.
 */
export function selectAuditRows(
  reader: Reader,
  { sight, filter, order, limit }: { sight: AuditSight; filter: AuditFilter; order: AuditOrder; limit: number },
): Promise<readonly AuditListRow[]> {
  const { sort, isDescending, after } = order
  const { conditions, parameters } = conditionsOf(sight, filter)
  const sign = isDescending ? '<' : '>'
  const direction = isDescending ? 'desc' : 'asc'
  if (after !== null && sort === 'seq') {
    conditions.push(`a.seq ${sign} ?`)
    parameters.push(after.seq)
  } else if (after !== null) {
    conditions.push(`(${sortKeys[sort]}, a.seq) ${sign} (?, ?)`)
    parameters.push(after.key, after.seq)
  }
  const by = (key: string, seq: string) =>
    sort === 'seq' ? `${seq} ${direction}` : `${key} ${direction}, ${seq} ${direction}`
  return many<AuditListRow>(
    reader,
    `select a.seq, a.at, a.offset_min, a.actor_id, a.roles, a.action, a.subject, a.subject_id, a.version_id,
       a.patient_id, a.outcome, a.reason, actor.printed_name as actor_name, subject.printed_name as subject_name,
       patient.chart_number as chart_number, page.sort_key
     from (select a.seq, ${sortKeys[sort]} as sort_key from audit_entry a
       ${sort === 'actor' ? 'left join staff actor on actor.id = a.actor_id' : ''}
       ${sort === 'chart' ? 'left join patient on patient.id = a.patient_id' : ''}
       ${whereOf(conditions)}
       order by ${by(sortKeys[sort], 'a.seq')}
       limit ${Number(limit)}) page
     join audit_entry a on a.seq = page.seq
     left join staff actor on actor.id = a.actor_id
     left join staff subject on subject.id = a.subject_id and a.subject = 'staff'
     left join patient on patient.id = a.patient_id
     order by ${by('page.sort_key', 'page.seq')}
     limit ${Number(limit)}`,
    parameters,
  )
}

export type AuditExportRow = AuditEntryTable & {
  readonly actor_name: string | null
  readonly chart_number: string | null
}

/** Whole rows, oldest first, after `afterSeq`. */
export function selectAuditExport(
  reader: Reader,
  { sight, filter, afterSeq, limit }: { sight: AuditSight; filter: AuditFilter; afterSeq: number; limit: number },
): Promise<readonly AuditExportRow[]> {
  const { conditions, parameters } = conditionsOf(sight, filter)
  return many<AuditExportRow>(
    reader,
    `select a.*, actor.printed_name as actor_name, patient.chart_number as chart_number
     from audit_entry a
     left join staff actor on actor.id = a.actor_id
     left join patient on patient.id = a.patient_id
     ${whereOf(['a.seq > ?', ...conditions])}
     order by a.seq
     limit ${Number(limit)}`,
    [afterSeq, ...parameters],
  )
}

/** How many rows fit, counted no further than `most`. */
export async function countAuditMatches(
  reader: Reader,
  { sight, filter, most }: { sight: AuditSight; filter: AuditFilter; most: number },
): Promise<number> {
  const { conditions, parameters } = conditionsOf(sight, filter)
  const row = await one<{ n: number }>(
    reader,
    `select count(*) as n from (select a.seq from audit_entry a ${whereOf(conditions)} order by a.seq limit ${Number(most)}) found`,
    parameters,
  )
  return row?.n ?? 0
}

function conditionsOf(sight: AuditSight, filter: AuditFilter): { conditions: string[]; parameters: SqlValue[] } {
  const conditions: string[] = []
  const parameters: SqlValue[] = []
  const add = (condition: string, ...values: readonly SqlValue[]) => {
    conditions.push(condition)
    parameters.push(...values)
  }
  if (filter.from !== null) add('a.at >= ?', filter.from)
  if (filter.before !== null) add('a.at < ?', filter.before)
  if (filter.actorId !== null) add(`(${rowsOfPerson})`, filter.actorId, filter.actorId)
  if (filter.patientId !== null) add('a.patient_id = ?', filter.patientId)
  // A feature's actions lie between its dot and the sign after it.
  if (filter.action?.endsWith('.'))
    add('a.action >= ? and a.action < ?', filter.action, `${filter.action.slice(0, -1)}/`)
  else if (filter.action !== null) add('a.action = ?', filter.action)
  if (filter.outcome !== null) add('a.outcome = ?', filter.outcome)
  if (filter.category !== null) {
    const own = subjectsOf(filter.category)
    const subjects = own ?? namedSubjects()
    add(`a.subject ${own === null ? 'not in' : 'in'} (${subjects.map(() => '?').join(', ')})`, ...subjects)
  }
  if (sight.kind === 'OWN') add(`(${rowsOfPerson})`, sight.staffId, sight.staffId)
  if (sight.kind === 'OWN_PATIENTS') {
    const { staffId } = sight
    add(`(${rowsOfPerson} or a.patient_id in (${patientsTreatedBy}))`, staffId, staffId, staffId, staffId)
  }
  return { conditions, parameters }
}

function whereOf(conditions: readonly string[]): string {
  return conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''
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
