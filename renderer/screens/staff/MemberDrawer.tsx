import '../../app/staff/staff.css'
import { Button, Drawer } from '@mantine/core'
import { useState } from 'react'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { RoleChoice } from '../../app/staff/InviteForm.tsx'
import { MemberFields } from '../../app/staff/MemberFields.tsx'
import { draftToFacts, type Member, memberToDraft } from '../../app/staff/member-form.ts'
import { type OneTimeCode, OneTimeCodeCard } from '../../app/staff/OneTimeCodeCard.tsx'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { formatRoles } from '../../parts/role-text.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { LicenceLine } from './LicenceLine.tsx'
import { PracticeRecord } from './PracticeRecord.tsx'
import type { StaffSettings } from './practice-record.ts'

export type MemberDrawerProps = {
  readonly member: Member | null
  readonly members: readonly Member[]
  readonly settings: StaffSettings
  readonly clinic: Clinic
  readonly person: Person
  readonly onClose: () => void
}

/** One person's whole record; the manager changes it, everybody reads it. */
export function MemberDrawer({ member, onClose, ...record }: MemberDrawerProps) {
  const mayWrite = mayDo(record.person, 'staff.write')
  return (
    <Drawer opened={member !== null} onClose={onClose} title={member?.printedName} size={540}>
      {member && (
        <div className="member-form" key={member.staffId}>
          {mayWrite ? (
            <FactsForm key={`facts-${member.version}`} member={member} />
          ) : (
            <MemberFacts member={member} settings={record.settings} today={record.clinic.today} />
          )}
          <PracticeRecord member={member} {...record} />
          {mayWrite && <RolesForm key={`roles-${member.version}`} member={member} />}
          {mayWrite && <AccountForm member={member} />}
        </div>
      )}
    </Drawer>
  )
}

function MemberFacts({
  member,
  settings,
  today,
}: {
  readonly member: Member
  readonly settings: StaffSettings
  readonly today: CalendarDate
}) {
  return (
    <FactList
      labelWidth={130}
      facts={[
        { label: 'Credential', value: member.credential || 'None' },
        ...(member.boardCertification === null ? [] : [{ label: 'Board', value: member.boardCertification }]),
        { label: 'Roles', value: formatRoles(member.roles) },
        {
          label: 'Licence',
          value: <LicenceLine licence={member.licence} today={today} warnDays={settings.licenceWarnDays} />,
        },
      ]}
    />
  )
}

function FactsForm({ member }: { readonly member: Member }) {
  const [draft, setDraft] = useState(() => memberToDraft(member))
  const edit = useCommand('staff.edit')
  const facts = draftToFacts(draft)

  async function save() {
    if (facts) await edit.run({ staffId: member.staffId, version: member.version, ...facts })
  }

  return (
    <form
      className="member-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <MemberFields draft={draft} onChange={setDraft} roles={member.roles} />
      <div className="member-form__foot">
        <RefusalText>{edit.refusal ? sentenceFor(edit.refusal) : null}</RefusalText>
        <Button type="submit" variant="filled" disabled={facts === null || edit.isRunning}>
          Save
        </Button>
      </div>
    </form>
  )
}

function RolesForm({ member }: { readonly member: Member }) {
  const [roles, setRoles] = useState<Member['roles']>(member.roles)
  const change = useCommand('staff.setRoles')
  const isChanged = [...roles].sort().join() !== [...member.roles].sort().join()
  return (
    <form
      className="member-form"
      onSubmit={(event) => {
        event.preventDefault()
        void change.run({ staffId: member.staffId, version: member.version, roles })
      }}
    >
      <RoleChoice value={roles} onChange={(next) => setRoles([...next])} />
      <div className="member-form__foot">
        <RefusalText>{change.refusal ? sentenceFor(change.refusal) : null}</RefusalText>
        {isChanged && <span className="text-12 text-3">Their open sign-ins end at once.</span>}
        <Button type="submit" disabled={!isChanged || roles.length === 0 || change.isRunning}>
          Change the roles
        </Button>
      </div>
    </form>
  )
}

function AccountForm({ member }: { readonly member: Member }) {
  const [asking, setAsking] = useState<'reset' | 'deactivate' | null>(null)
  const [code, setCode] = useState<OneTimeCode | null>(null)
  const reset = useCommand('staff.resetPassword')
  const deactivate = useCommand('staff.deactivate')
  const reactivate = useCommand('staff.reactivate')
  const { staffId, version, printedName, signInName } = member

  async function giveNewCode() {
    const reply = await reset.run({ staffId })
    if (!reply.ok) return
    setAsking(null)
    setCode({ printedName, signInName, code: reply.value.oneTimeCode })
  }

  async function takeBack() {
    const reply = await reactivate.run({ staffId, version })
    if (reply.ok) setCode({ printedName, signInName, code: reply.value.oneTimeCode })
  }

  async function close() {
    const reply = await deactivate.run({ staffId, version })
    if (reply.ok) setAsking(null)
  }

  return (
    <fieldset className="member-fields__group">
      <legend>Account</legend>
      <p className="text-2">
        Signs in as <strong>{signInName}</strong>.{' '}
        {member.status === 'INVITED' && 'The one-time code has not been used yet.'}
        {member.status === 'DEACTIVATED' && 'This account is closed; what the person signed stays as it is.'}
      </p>
      {code && <OneTimeCodeCard oneTimeCode={code} onDone={() => setCode(null)} />}
      <RefusalText>{reactivate.refusal ? sentenceFor(reactivate.refusal) : null}</RefusalText>
      <div className="code-card__actions">
        {member.status === 'DEACTIVATED' ? (
          <Button onClick={() => void takeBack()} disabled={reactivate.isRunning}>
            Open the account again
          </Button>
        ) : (
          <>
            <Button onClick={() => setAsking('reset')}>New one-time code</Button>
            <Button color="red" onClick={() => setAsking('deactivate')}>
              Close the account
            </Button>
          </>
        )}
      </div>
      <ConfirmDialog
        isOpen={asking === 'reset'}
        title={`New one-time code for ${printedName}?`}
        confirmText="Give a new code"
        isBusy={reset.isRunning}
        refusal={reset.refusal ? sentenceFor(reset.refusal) : null}
        onConfirm={() => void giveNewCode()}
        onCancel={() => setAsking(null)}
      >
        Their password and PIN stop working at once and open sign-ins end. With the code they choose new ones.
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asking === 'deactivate'}
        title={`Close the account of ${printedName}?`}
        confirmText="Close the account"
        tone="red"
        isBusy={deactivate.isRunning}
        refusal={deactivate.refusal ? sentenceFor(deactivate.refusal) : null}
        onConfirm={() => void close()}
        onCancel={() => setAsking(null)}
      >
        They can no longer sign in, and open sign-ins end at once. Everything they recorded and signed stays. The
        account can be opened again.
      </ConfirmDialog>
    </fieldset>
  )
}
