import type { Delegation, DeviceTraining, SupervisorLink } from '../../shared/domain/staff-practice.ts'
import type { DelegationId, StaffId, SupervisionId, TrainingId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type {
  StaffCredentialTable,
  StaffDelegationTable,
  StaffSupervisionTable,
  StaffTrainingTable,
} from '../tables/staff-practice.ts'

type Making = { readonly at: Instant; readonly by: StaffId }

/** Keeps what stands beside a person's name from `version` of their row on; written before that row changes. */
export async function insertCredential(
  trx: Trx,
  columns: Omit<StaffCredentialTable, 'made_at' | 'made_by'>,
  { at, by }: { readonly at: Instant; readonly by: StaffId | null },
): Promise<void> {
  await insertRow(trx, 'staff_credential', { ...columns, made_at: at, made_by: by })
}

/** Newest first. */
export function selectCredentials(reader: Reader, staffId: StaffId): Promise<readonly StaffCredentialTable[]> {
  return many<StaffCredentialTable>(
    reader,
    'select * from staff_credential where staff_id = ? order by version desc limit 200',
    [staffId],
  )
}

/** Every link of the clinic that was not taken back, the newest first. */
export async function selectSupervisions(reader: Reader): Promise<readonly SupervisorLink[]> {
  const rows = await many<StaffSupervisionTable>(
    reader,
    'select * from staff_supervision where withdrawn_at is null order by from_on desc, id limit 2000',
  )
  return rows.map(rowToLink)
}

/** Who supervises this person on the day; null where nobody is named. */
export async function selectSupervisorOn(reader: Reader, staffId: StaffId, on: CalendarDate): Promise<StaffId | null> {
  const row = await one<{ physician_id: StaffId }>(
    reader,
    `select physician_id from staff_supervision where staff_id = ? and withdrawn_at is null and from_on <= ?
       and (until_on is null or until_on >= ?) limit 1`,
    [staffId, on, on],
  )
  return row?.physician_id ?? null
}

export async function insertSupervision(
  trx: Trx,
  { supervisionId, staffId, physicianId, fromOn, untilOn }: SupervisorLink,
  { at, by }: Making,
): Promise<void> {
  await insertRow(trx, 'staff_supervision', {
    id: supervisionId,
    staff_id: staffId,
    physician_id: physicianId,
    from_on: fromOn,
    until_on: untilOn,
    made_at: at,
    made_by: by,
    withdrawn_at: null,
    withdrawn_by: null,
  })
}

/** `untilOn` is the last day; null takes back a link that has not begun. */
export async function endSupervision(
  trx: Trx,
  { supervisionId, untilOn }: { readonly supervisionId: SupervisionId; readonly untilOn: CalendarDate | null },
  making: Making,
): Promise<void> {
  await endPeriod(trx, 'staff_supervision', { id: supervisionId, untilOn }, making)
}

/** Certificates that stand, the newest first. */
export async function selectTrainings(reader: Reader, staffId: StaffId): Promise<readonly DeviceTraining[]> {
  const rows = await many<StaffTrainingTable>(
    reader,
    `select * from staff_training where staff_id = ? and withdrawn_at is null
       order by completed_on desc, manufacturer, model, id limit 500`,
    [staffId],
  )
  return rows.map((row) => ({
    trainingId: row.id,
    manufacturer: row.manufacturer,
    model: row.model,
    certificate: row.certificate,
    completedOn: row.completed_on,
    expiresOn: row.expires_on,
  }))
}

export async function insertTraining(
  trx: Trx,
  staffId: StaffId,
  { trainingId, manufacturer, model, certificate, completedOn, expiresOn }: DeviceTraining,
  { at, by }: Making,
): Promise<void> {
  await insertRow(trx, 'staff_training', {
    id: trainingId,
    staff_id: staffId,
    manufacturer,
    model,
    certificate,
    completed_on: completedOn,
    expires_on: expiresOn,
    made_at: at,
    made_by: by,
    withdrawn_at: null,
    withdrawn_by: null,
    withdrawn_reason: null,
  })
}

/** False where this person has no such certificate that stands. */
export async function withdrawTraining(
  trx: Trx,
  {
    staffId,
    trainingId,
    reason,
  }: { readonly staffId: StaffId; readonly trainingId: TrainingId; readonly reason: string },
  { at, by }: Making,
): Promise<boolean> {
  const changed = await change(
    trx,
    `update staff_training set withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ?
       where id = ? and staff_id = ? and withdrawn_at is null`,
    [at, by, reason, trainingId, staffId],
  )
  return changed === 1
}

/** Delegations that are not over on the day, the next one first. */
export async function selectDelegations(reader: Reader, from: CalendarDate): Promise<readonly Delegation[]> {
  const rows = await many<StaffDelegationTable>(
    reader,
    'select * from staff_delegation where withdrawn_at is null and until_on >= ? order by from_on, id limit 500',
    [from],
  )
  return rows.map((row) => ({
    delegationId: row.id,
    physicianId: row.physician_id,
    deputyId: row.deputy_id,
    fromOn: row.from_on,
    untilOn: row.until_on,
  }))
}

export async function insertDelegation(
  trx: Trx,
  { delegationId, physicianId, deputyId, fromOn, untilOn }: Delegation,
  { at, by }: Making,
): Promise<void> {
  await insertRow(trx, 'staff_delegation', {
    id: delegationId,
    physician_id: physicianId,
    deputy_id: deputyId,
    from_on: fromOn,
    until_on: untilOn,
    made_at: at,
    made_by: by,
    withdrawn_at: null,
    withdrawn_by: null,
  })
}

/** `untilOn` is the last day; null takes back one that has not begun. */
export async function endDelegation(
  trx: Trx,
  { delegationId, untilOn }: { readonly delegationId: DelegationId; readonly untilOn: CalendarDate | null },
  making: Making,
): Promise<void> {
  await endPeriod(trx, 'staff_delegation', { id: delegationId, untilOn }, making)
}

async function endPeriod(
  trx: Trx,
  table: 'staff_supervision' | 'staff_delegation',
  { id, untilOn }: { readonly id: string; readonly untilOn: CalendarDate | null },
  { at, by }: Making,
): Promise<void> {
  const changed =
    untilOn === null
      ? await change(
          trx,
          `update ${table} set withdrawn_at = ?, withdrawn_by = ? where id = ? and withdrawn_at is null`,
          [at, by, id],
        )
      : await change(trx, `update ${table} set until_on = ? where id = ? and withdrawn_at is null`, [untilOn, id])
  if (changed !== 1) throw new Error(`${table} ${id} does not stand`)
}

function rowToLink(row: StaffSupervisionTable): SupervisorLink {
  return {
    supervisionId: row.id,
    staffId: row.staff_id,
    physicianId: row.physician_id,
    fromOn: row.from_on,
    untilOn: row.until_on,
  }
}
