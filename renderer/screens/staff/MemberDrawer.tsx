import '../../app/staff/staff.css'
import { Button, Drawer } from '@mantine/core'
import { useState } from 'react'
import { RoleChoice } from '../../app/staff/InviteForm.tsx'
import { MemberFields } from '../../app/staff/MemberFields.tsx'
import { draftToFacts, type Member, memberToDraft } from '../../app/staff/member-form.ts'
import { type OneTimeCode, OneTimeCodeCard } from '../../app/staff/OneTimeCodeCard.tsx'
import { useCommand } from '../../client/use-command.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

export type MemberDrawerProps = {
  readonly member: Member | null
  readonly physicians: readonly Member[]
  readonly onClose: () => void
}

export function MemberDrawer({ member, physicians, onClose }: MemberDrawerProps) {
  return (
    <Drawer opened={member !== null} onClose={onClose} title={member?.printedName} size={540}>
      {member && <MemberForms key={member.staffId} member={member} physicians={physicians} />}
    </Drawer>
  )
}

function MemberForms({ member, physicians }: { readonly member: Member; readonly physicians: readonly Member[] }) {
  return (
    <div className="member-form">
      <FactsForm key={`facts-${member.version}`} member={member} physicians={physicians} />
      <RolesForm key={`roles-${member.version}`} member={member} />
      <AccountForm member={member} />
    </div>
  )
}

function FactsForm({ member, physicians }: { readonly member: Member; readonly physicians: readonly Member[] }) {
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
      <MemberFields
        draft={draft}
        onChange={setDraft}
        roles={member.roles}
        physicians={physicians.filter((physician) => physician.staffId !== member.staffId)}
      />
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
