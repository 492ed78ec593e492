import type { Role } from '../../shared/domain/roles.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many, one } from '../records.ts'
import type { StaffTable } from '../tables/core.ts'

export type StaffMember = {
  readonly staffId: StaffId
  readonly version: number
  readonly signInName: string
  readonly printedName: string
  readonly credential: string
  readonly boardCertification: string | null
  readonly licence: {
    readonly number: string
    readonly state: string
    readonly level: string | null
    readonly expiresOn: CalendarDate
  } | null
  readonly examinerKind: StaffTable['examiner_kind']
  readonly roles: readonly Role[]
  readonly status: StaffTable['status']
}

/** Everybody who ever had an account, by printed name. */
export async function selectStaff(reader: Reader): Promise<readonly StaffMember[]> {
  const rows = await many<StaffTable & { roles: string | null }>(
    reader,
    `${selectMember} order by staff.printed_name, staff.id limit 500`,
  )
  return rows.map(rowToMember)
}

/** How everybody who ever had an account is printed, for lists that name people. */
export async function selectPrintedNames(reader: Reader): Promise<ReadonlyMap<StaffId, string>> {
  const rows = await many<Pick<StaffTable, 'id' | 'printed_name'>>(
    reader,
    'select id, printed_name from staff order by id limit 500',
  )
  return new Map(rows.map((row) => [row.id, row.printed_name]))
}

export async function selectStaffMember(reader: Reader, staffId: StaffId): Promise<StaffMember | null> {
  const row = await one<StaffTable & { roles: string | null }>(reader, `${selectMember} where staff.id = ?`, [staffId])
  return row ? rowToMember(row) : null
}

/** By sign-in name, which is stored folded to lower case. */
export async function selectStaffByName(reader: Reader, signInName: string): Promise<StaffMember | null> {
  const row = await one<StaffTable & { roles: string | null }>(reader, `${selectMember} where staff.sign_in_name = ?`, [
    signInName.toLowerCase(),
  ])
  return row ? rowToMember(row) : null
}

/**
 * "123-456 (TX)", or the empty string: what a signature prints. One that was no longer valid `on` that day says so there
 * for good.
 */
export function licenceText({ licence }: StaffMember, on: CalendarDate): string {
  if (!licence) return ''
  const named = `${licence.number} (${licence.state})`
  return on > licence.expiresOn ? `${named}, expired ${licence.expiresOn}` : named
}

const selectMember = `select staff.*, (
  select group_concat(role, ' ') from (select role from staff_grant where staff_id = staff.id and ended_at is null order by role)
) as roles from staff`

function rowToMember(row: StaffTable & { roles: string | null }): StaffMember {
  const { licence_number: number, licence_state: state, licence_expires_on: expiresOn } = row
  return {
    staffId: row.id,
    version: row.version,
    signInName: row.sign_in_name,
    printedName: row.printed_name,
    credential: row.credential,
    boardCertification: row.board_certification,
    licence: number && state && expiresOn ? { number, state, level: row.licence_level, expiresOn } : null,
    examinerKind: row.examiner_kind,
    // The column is filled from the closed list by a CHECK.
    roles: (row.roles ?? '').split(' ').filter((role) => role !== '') as Role[],
    status: row.status,
  }
}
