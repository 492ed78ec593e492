import { supervisorOn } from '../../../shared/domain/staff-practice.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { Member } from '../../app/staff/member-form.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { AwayPart } from './AwayPart.tsx'
import { CredentialHistory } from './CredentialHistory.tsx'
import { SupervisionPart } from './SupervisionPart.tsx'
import { TrainingsPart } from './TrainingsPart.tsx'

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

const subjects = ['staff'] as const

/** Trainings, supervision, days away and earlier credentials of one person. */
export function PracticeRecord({
  member,
  members,
  settings,
  clinic,
  person,
}: Omit<RecordPartProps, 'record' | 'mayWrite'> & { readonly person: Person }) {
  const { value: record, refusal } = useQuery(
    'staffPractice.open',
    { staffId: member.staffId },
    { dependsOn: subjects },
  )
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!record) return <div aria-busy="true" />
  const part = { member, members, record, settings, clinic, mayWrite: mayDo(person, 'staff.write') }
  const isPhysician = member.roles.includes('physician')
  const treats = isPhysician || member.roles.includes('aesthetician')
  const isOwn = member.staffId === person.staffId && mayDo(person, 'staff.delegate')
  return (
    <>
      {isPhysician && <AwayPart {...part} isOwn={isOwn} />}
      {treats && <SupervisionPart {...part} standing={supervisorOn(record.supervisors, clinic.today)} />}
      {treats && <TrainingsPart {...part} />}
      <CredentialHistory record={record} timeZone={clinic.timeZone} />
    </>
  )
}

export function nameIn(members: readonly Member[], staffId: StaffId): string {
  return members.find((member) => member.staffId === staffId)?.printedName ?? 'Somebody'
}
