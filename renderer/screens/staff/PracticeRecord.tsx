import { supervisorOn } from '../../../shared/domain/staff-practice.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { AwayPart } from './AwayPart.tsx'
import { CredentialHistory } from './CredentialHistory.tsx'
import type { RecordPartProps } from './practice-record.ts'
import { SupervisionPart } from './SupervisionPart.tsx'
import { TrainingsPart } from './TrainingsPart.tsx'

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
