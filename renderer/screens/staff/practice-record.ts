import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { Member } from '../../app/staff/member-form.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Output } from '../../client/client.ts'

export type StaffRecord = Output<'staffPractice.open'>
export type StaffSettings = Output<'staffPractice.settings'>

/** What a part of somebody's record needs to say and to change something. */
export type RecordPartProps = {
  readonly member: Member
  readonly record: StaffRecord
  readonly settings: StaffSettings
  readonly members: readonly Member[]
  readonly clinic: Clinic
  readonly mayWrite: boolean
}

export function nameIn(members: readonly Member[], staffId: StaffId): string {
  return members.find((member) => member.staffId === staffId)?.printedName ?? 'Somebody'
}
