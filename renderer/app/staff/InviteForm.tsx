import './staff.css'
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Role, roles } from '../../../shared/domain/roles.ts'
import { useCommand } from '../../client/use-command.ts'
import { FormArea } from '../../parts/FormArea.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { roleTexts } from '../../parts/role-text.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { useClinic } from '../use-clinic.ts'
import { MemberFields } from './MemberFields.tsx'
import {
  draftToFacts,
  draftToSupervisor,
  emptyMemberDraft,
  type Member,
  missingFacts,
  needsLicence,
  proposeSignInName,
} from './member-form.ts'
import type { OneTimeCode } from './OneTimeCodeCard.tsx'

export type InviteFormProps = {
  /** Roles that are set from outside leave out the choice. */
  readonly fixedRoles?: readonly Role[]
  readonly physicians: readonly Member[]
  readonly isNested?: boolean
  readonly onInvited: (code: OneTimeCode) => void
  readonly onCancel?: () => void
}

/** One account per person: name, roles, licence; a one-time code comes out. */
export function InviteForm({ fixedRoles, physicians, isNested = false, onInvited, onCancel }: InviteFormProps) {
  const [chosenRoles, setChosenRoles] = useState<readonly Role[]>(fixedRoles ?? [])
  // Most licences come from the state that the clinic works in.
  const inState = useClinic()?.inState ?? null
  const [draft, setDraft] = useState(() => emptyMemberDraft(fixedRoles ?? [], inState))
  // Null while the proposal from the printed name stands.
  const [typedName, setTypedName] = useState<string | null>(null)
  const invite = useCommand('staff.invite')
  const signInName = typedName ?? proposeSignInName(draft.printedName)
  const whole = { ...draft, hasLicence: draft.hasLicence || needsLicence(chosenRoles) }
  const facts = draftToFacts(whole)
  const missing = [
    ...(chosenRoles.length === 0 ? ['a role'] : []),
    ...missingFacts(whole),
    ...(signInName.trim() === '' ? ['a sign-in name'] : []),
  ]
  const isComplete = facts !== null && signInName.trim() !== '' && chosenRoles.length > 0

  async function send() {
    if (!isComplete || invite.isRunning) return
    const reply = await invite.run({
      signInName,
      roles: [...chosenRoles],
      ...facts,
      supervisor: draftToSupervisor(draft),
    })
    if (!reply.ok) return
    setDraft(emptyMemberDraft(fixedRoles ?? [], draft.licenceState))
    setTypedName(null)
    onInvited({ printedName: facts.printedName, signInName, code: reply.value.oneTimeCode })
  }

  function setRoles(next: readonly Role[]) {
    setChosenRoles(next)
    const fresh = emptyMemberDraft(next, draft.licenceState)
    setDraft({ ...draft, licenceLevel: fresh.licenceLevel, examinerKind: fresh.examinerKind })
  }

  return (
    <FormArea className="member-form" isNested={isNested} onSubmit={() => void send()}>
      {fixedRoles === undefined && <RoleChoice value={chosenRoles} onChange={setRoles} />}
      <MemberFields draft={draft} onChange={setDraft} roles={chosenRoles} physicians={physicians} />
      <TextInput
        label="Sign-in name"
        description="What they type to sign in; capital letters make no difference"
        aria-required
        maxLength={80}
        value={signInName}
        onChange={(event) => setTypedName(event.currentTarget.value)}
      />
      <div className="member-form__foot">
        <RefusalText>{invite.refusal ? sentenceFor(invite.refusal) : null}</RefusalText>
        {missing.length > 0 && <span className="text-12 text-3">Still needed: {missing.join(', ')}</span>}
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <Button
          variant={isNested ? 'default' : 'filled'}
          disabled={!isComplete || invite.isRunning}
          {...(isNested ? { onClick: () => void send() } : { type: 'submit' })}
        >
          Add and get the code
        </Button>
      </div>
    </FormArea>
  )
}

const roleHints: Readonly<Record<Role, string>> = {
  frontDesk: 'Registers, books, hands over forms',
  aesthetician: 'Screens, treats, logs sessions',
  physician: 'Orders, clears, countersigns',
  manager: 'Staff, policy drafts, copies; no charts',
}

/** Roles combine: an owner-physician holds two. */
export function RoleChoice({
  value,
  onChange,
}: {
  readonly value: readonly Role[]
  readonly onChange: (value: readonly Role[]) => void
}) {
  return (
    <fieldset className="member-fields__group">
      <legend>Roles</legend>
      <div className="member-roles">
        {roles.map((role) => (
          <Checkbox
            key={role}
            label={roleTexts[role]}
            description={roleHints[role]}
            checked={value.includes(role)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? roles.filter((other) => value.includes(other) || other === role)
                  : value.filter((other) => other !== role),
              )
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
