import '../../app/staff/staff.css'
import { Button, Drawer } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { InviteForm } from '../../app/staff/InviteForm.tsx'
import type { Member } from '../../app/staff/member-form.ts'
import { type OneTimeCode, OneTimeCodeCard } from '../../app/staff/OneTimeCodeCard.tsx'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { formatDate, formatPlural } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { formatRoles } from '../../parts/role-text.ts'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { LicenceLine } from './LicenceLine.tsx'
import { MemberDrawer } from './MemberDrawer.tsx'

const settingSubjects = ['policy', 'stock'] as const

/** Everybody with an account, their licence and who supervises them. Managers also add and change. */
export function StaffPart() {
  const { value, refusal } = useQuery('staff.list', {})
  const clinic = useClinic()
  const person = usePerson()
  const { value: settings } = useQuery('staffPractice.settings', {}, { dependsOn: settingSubjects })
  const mayWrite = mayDo(person, 'staff.write')
  const [selectedId, select] = useState<StaffId | null>(null)
  const [openId, open] = useState<StaffId | null>(null)
  const [isInviting, setInviting] = useState(false)
  const [code, setCode] = useState<OneTimeCode | null>(null)
  if (!clinic || !person || !settings) return null

  const members = value?.members ?? []
  const physicians = members.filter((member) => member.roles.includes('physician') && member.status !== 'DEACTIVATED')
  const opened = members.find((member) => member.staffId === openId) ?? null
  const active = members.filter((member) => member.status !== 'DEACTIVATED')
  return (
    <div className="clinic-part clinic-part--table">
      <header className="clinic-part__head">
        <h2 className="title-16">Staff</h2>
        <p className="text-2">{formatPlural(active.length, 'person', 'people')} with an account, one each</p>
        <div className="clinic-part__end">
          <Button disabled={selectedId === null} onClick={() => open(selectedId)}>
            {mayWrite ? 'Edit' : 'Open'}
          </Button>
          {mayWrite && (
            <Button
              variant="filled"
              leftSection={<IconPlus size={16} stroke={2} aria-hidden="true" />}
              onClick={() => setInviting(true)}
            >
              Add a person
            </Button>
          )}
        </div>
      </header>
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      <div className="clinic-part__table">
        <DataTable
          label="Staff"
          density="comfortable"
          columns={columnsFor(members, { today: clinic.today, warnDays: settings.licenceWarnDays })}
          rows={members}
          rowKey={(member) => member.staffId}
          selectedKey={selectedId}
          onSelect={(member: Member) => select(member.staffId)}
          onOpen={(member: Member) => open(member.staffId)}
          rowTone={(member) => (member.status === 'DEACTIVATED' ? 'past' : undefined)}
        />
      </div>
      <MemberDrawer
        member={opened}
        members={members}
        settings={settings}
        clinic={clinic}
        person={person}
        onClose={() => open(null)}
      />
      <Drawer
        opened={isInviting}
        onClose={() => {
          setInviting(false)
          setCode(null)
        }}
        title="Add a person"
        size={540}
      >
        {code ? (
          <OneTimeCodeCard
            oneTimeCode={code}
            onDone={() => {
              setCode(null)
              setInviting(false)
            }}
          />
        ) : (
          <InviteForm physicians={physicians} onInvited={setCode} onCancel={() => setInviting(false)} />
        )}
      </Drawer>
    </div>
  )
}

function columnsFor(
  members: readonly Member[],
  { today, warnDays }: { readonly today: CalendarDate; readonly warnDays: number },
): readonly Column<Member>[] {
  const nameOf = (staffId: StaffId) => members.find((member) => member.staffId === staffId)?.printedName ?? 'Unknown'
  return [
    { key: 'name', header: 'Name', width: '18%', isRowName: true, cell: (member) => member.printedName },
    { key: 'credential', header: 'Credential', width: '15%', cell: (member) => member.credential || '–' },
    { key: 'roles', header: 'Roles', width: '11%', cell: (member) => formatRoles(member.roles) },
    {
      key: 'licence',
      header: 'Licence',
      width: 'auto',
      cell: (member) => <LicenceLine licence={member.licence} today={today} warnDays={warnDays} />,
    },
    {
      key: 'supervisor',
      header: 'Supervised by',
      width: '14%',
      cell: (member) => (member.supervisor ? nameOf(member.supervisor.staffId) : '–'),
    },
    {
      key: 'status',
      header: 'Account',
      width: '170px',
      cell: (member) => <StatusCell member={member} />,
    },
  ]
}

function StatusCell({ member }: { readonly member: Member }) {
  if (member.deputy) return <StateLine state="toDo">{`Away until ${formatDate(member.deputy.until)}`}</StateLine>
  if (member.status === 'ACTIVE') return <>Active</>
  if (member.status === 'INVITED') return <StateLine state="toDo">Code not used</StateLine>
  return <>Closed</>
}
