import { useState } from 'react'
import { CopyMaker } from '../../app/copies/CopyMaker.tsx'
import { InviteForm } from '../../app/staff/InviteForm.tsx'
import type { Member } from '../../app/staff/member-form.ts'
import { type OneTimeCode, OneTimeCodeCard } from '../../app/staff/OneTimeCodeCard.tsx'
import { useQuery } from '../../client/use-query.ts'
import { formatRoles } from '../../parts/role-text.ts'
import { StateLine } from '../../parts/StateTag.tsx'

/** The physician who answers for what is done: invited by a code, or the owner. */
export function PhysicianPage() {
  const { value } = useQuery('staff.list', {})
  const [code, setCode] = useState<OneTimeCode | null>(null)
  const physicians = value?.members.filter((member) => member.roles.includes('physician')) ?? []
  if (!value) return null
  return (
    <div className="set-up-fields">
      {physicians.length > 0 && <People members={physicians} />}
      {code && <OneTimeCodeCard oneTimeCode={code} />}
      {physicians.length === 0 && (
        <InviteForm isNested fixedRoles={['physician']} physicians={[]} onInvited={setCode} />
      )}
    </div>
  )
}

/** What the policy is, and that nothing is allowed before it is signed. */
export function PolicyPage() {
  return (
    <div className="set-up-fields">
      <p>
        A draft of the policy lies ready with cautious values: nobody but a physician may needle, everything deeper than
        0.50 mm wants a physician on site, every session is countersigned within three days.
      </p>
      <p className="set-up-note">
        <strong>No aesthetician session starts until a physician has approved the policy.</strong> The physician signs
        in with the one-time code, reads the draft under Clinic, Policy, changes what your state and your clinic need,
        and signs it. You may prepare the draft there at any time.
      </p>
    </div>
  )
}

/** One account per person; nobody shares one. */
export function TeamPage() {
  const { value } = useQuery('staff.list', {})
  const [code, setCode] = useState<OneTimeCode | null>(null)
  if (!value) return null
  const physicians = value.members.filter((member) => member.roles.includes('physician'))
  return (
    <div className="set-up-fields">
      <People members={value.members} />
      {code ? (
        <OneTimeCodeCard oneTimeCode={code} onDone={() => setCode(null)} />
      ) : (
        <InviteForm isNested physicians={physicians} onInvited={setCode} />
      )}
    </div>
  )
}

export function CopyPage() {
  return (
    <div className="set-up-fields">
      <p className="text-2">
        A copy on another disk or stick is what is left when this computer fails. Make the first one now; the status
        line at the bottom reminds you of the next.
      </p>
      <CopyMaker isNested />
    </div>
  )
}

function People({ members }: { readonly members: readonly Member[] }) {
  return (
    <ul className="set-up-people">
      {members.map((member) => (
        <li key={member.staffId}>
          <strong>{member.printedName}</strong>
          <span>{formatRoles(member.roles)}</span>
          {member.status === 'INVITED' ? (
            <StateLine state="toDo">Code not used</StateLine>
          ) : (
            <StateLine state="done">Active</StateLine>
          )}
        </li>
      ))}
    </ul>
  )
}
