import type { Reader } from '../../db/open.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { type StaffMember, selectStaff, selectStaffByName, selectStaffMember } from '../../db/queries/staff.ts'
import {
  insertCredential,
  insertSupervision,
  selectDelegations,
  selectSupervisions,
} from '../../db/queries/staff-practice.ts'
import { change, insertRow } from '../../db/records.ts'
import type { InputOf } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import type { Role } from '../../shared/domain/roles.ts'
import {
  type Delegation,
  deputyOn,
  includesDay,
  judgeSupervision,
  type SupervisorLink,
  supervisorOn,
} from '../../shared/domain/staff-practice.ts'
import type { StaffId, SupervisionId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addMinutes, type CalendarDate } from '../../shared/kernel/time.ts'
import { signInOf } from '../app/command.ts'
import { type CommandContext, type Handlers, prepared, type QueryContext } from '../app/context.ts'
import { makeOneTimeCode } from '../app/one-time-code.ts'
import { hashSecret } from '../app/secrets.ts'
import { endSignIn } from '../app/sign-in.ts'
import { physicianFacts } from '../app/signer.ts'

type StaffContract = typeof contract.staff

const codeValidMin = 72 * 60

type CodeReady = { readonly code: string; readonly hash: string }

export const staffHandlers = {
  list: async ({ reader, today }) => {
    const practice = await selectPractice(reader, today)
    return accept({ members: (await selectStaff(reader)).map((member) => memberToWire(member, practice)) })
  },

  invite: prepared<StaffContract['invite'], CodeReady>({
    async prepare(context, input) {
      if (await selectStaffByName(context.reader, input.signInName)) return refuse('SIGN_IN_NAME_TAKEN')
      if (needsLicence(input.roles) && !input.licence) return refuse('LICENCE_REQUIRED')
      const supervised = await judgeFirstSupervisor(context, input)
      if (!supervised.ok) return supervised
      const code = makeOneTimeCode(context.services.host)
      return accept({ code, hash: await hashSecret(context.services.host, code.replaceAll('-', '')) })
    },
    async run(context, input, { code, hash }) {
      if (await selectStaffByName(context.trx, input.signInName)) return refuse('SIGN_IN_NAME_TAKEN')
      const staffId = context.newId<StaffId>()
      await insertRow(context.trx, 'staff', {
        id: staffId,
        version: 1,
        sign_in_name: input.signInName.toLowerCase(),
        ...factsToColumns(input),
        status: 'INVITED',
        created_at: context.now,
        updated_at: context.now,
      })
      await insertRow(context.trx, 'staff_secret', {
        staff_id: staffId,
        password_hash: null,
        pin_hash: null,
        one_time_code_hash: hash,
        one_time_code_until: addMinutes(context.now, codeValidMin),
        one_time_code_by: context.caller.staffId,
        one_time_code_at: context.now,
        password_misses: 0,
        locked_until: null,
        lock_ms: 0,
        pin_misses: 0,
        pin_off: 0,
      })
      for (const role of new Set(input.roles)) await grant(context, staffId, role)
      await keepCredential(context, { staffId, version: 1 }, input)
      if (input.supervisor) await insertFirstSupervisor(context, staffId, input.supervisor)
      context.audit({ action: 'staff.invite', subject: 'staff', subjectId: staffId })
      context.touch('staff')
      return accept({ staffId, oneTimeCode: code })
    },
  }),

  edit: async (context, input) => {
    const member = await selectStaffMember(context.trx, input.staffId)
    if (!member) return refuse('NOT_FOUND')
    if (needsLicence(member.roles) && !input.licence) return refuse('LICENCE_REQUIRED')
    if (member.version !== input.version) return refuse('CONFLICT')
    if (isCredentialNew(member, input))
      await keepCredential(context, { staffId: input.staffId, version: input.version + 1 }, input)
    if (!(await changeMember(context, input.staffId, input.version, factsToColumns(input)))) return refuse('CONFLICT')
    context.audit({ action: 'staff.edit', subject: 'staff', subjectId: input.staffId })
    return memberAfter(context, input.staffId)
  },

  setRoles: async (context, input) => {
    const member = await selectStaffMember(context.trx, input.staffId)
    if (!member) return refuse('NOT_FOUND')
    const wanted = new Set(input.roles)
    if (needsLicence(input.roles) && !member.licence) return refuse('LICENCE_REQUIRED')
    if (member.roles.includes('manager') && !wanted.has('manager')) {
      if (input.staffId === context.caller.staffId) return refuse('OWN_MANAGER_GRANT')
      if (!(await isAnotherManagerActive(context, input.staffId))) return refuse('LAST_MANAGER')
    }
    if (!(await changeMember(context, input.staffId, input.version, {}))) return refuse('CONFLICT')
    for (const role of member.roles.filter((held) => !wanted.has(held))) await endGrant(context, input.staffId, role)
    for (const role of [...wanted].filter((next) => !member.roles.includes(next)))
      await grant(context, input.staffId, role)
    context.audit({
      action: 'staff.setRoles',
      subject: 'staff',
      subjectId: input.staffId,
      reason: [...wanted].sort().join(' '),
    })
    endSignIns(context, input.staffId)
    return memberAfter(context, input.staffId)
  },

  resetPassword: prepared<StaffContract['resetPassword'], CodeReady>({
    prepare: async (context) => {
      const code = makeOneTimeCode(context.services.host)
      return accept({ code, hash: await hashSecret(context.services.host, code.replaceAll('-', '')) })
    },
    async run(context, input, ready) {
      const member = await selectStaffMember(context.trx, input.staffId)
      if (!member || member.status === 'DEACTIVATED') return refuse('NOT_FOUND')
      await giveCode(context, input.staffId, ready)
      context.audit({ action: 'staff.resetPassword', subject: 'staff', subjectId: input.staffId })
      endSignIns(context, input.staffId)
      context.touch('staff')
      return accept({ staffId: input.staffId, oneTimeCode: ready.code })
    },
  }),

  deactivate: async (context, input) => {
    const member = await selectStaffMember(context.trx, input.staffId)
    if (!member) return refuse('NOT_FOUND')
    if (input.staffId === context.caller.staffId) return refuse('OWN_MANAGER_GRANT')
    if (member.roles.includes('manager') && !(await isAnotherManagerActive(context, input.staffId)))
      return refuse('LAST_MANAGER')
    if (!(await changeMember(context, input.staffId, input.version, { status: 'DEACTIVATED' })))
      return refuse('CONFLICT')
    context.audit({ action: 'staff.deactivate', subject: 'staff', subjectId: input.staffId })
    endSignIns(context, input.staffId)
    return memberAfter(context, input.staffId)
  },

  reactivate: prepared<StaffContract['reactivate'], CodeReady>({
    prepare: async (context) => {
      const code = makeOneTimeCode(context.services.host)
      return accept({ code, hash: await hashSecret(context.services.host, code.replaceAll('-', '')) })
    },
    async run(context, input, ready) {
      const member = await selectStaffMember(context.trx, input.staffId)
      if (!member) return refuse('NOT_FOUND')
      // Of somebody who is not gone, it would take the password away.
      if (member.status !== 'DEACTIVATED') return refuse('CONFLICT')
      if (!(await changeMember(context, input.staffId, input.version, { status: 'INVITED' }))) return refuse('CONFLICT')
      await giveCode(context, input.staffId, ready)
      context.audit({ action: 'staff.reactivate', subject: 'staff', subjectId: input.staffId })
      context.touch('staff')
      return accept({ staffId: input.staffId, oneTimeCode: ready.code })
    },
  }),
} satisfies Handlers<StaffContract>

type Facts = Omit<StaffMember, 'staffId' | 'version' | 'signInName' | 'roles' | 'status'>

function factsToColumns(facts: Facts) {
  return {
    printed_name: facts.printedName,
    credential: facts.credential,
    board_certification: facts.boardCertification,
    licence_number: facts.licence?.number ?? null,
    licence_state: facts.licence?.state ?? null,
    licence_level: facts.licence?.level ?? null,
    licence_expires_on: facts.licence?.expiresOn ?? null,
    examiner_kind: facts.examinerKind,
  }
}

/** Who treats or signs does so under a licence; the desk and a manager need none. */
function needsLicence(roles: readonly Role[]): boolean {
  return roles.includes('aesthetician') || roles.includes('physician')
}

async function changeMember(
  context: CommandContext,
  staffId: StaffId,
  version: number,
  columns: Partial<ReturnType<typeof factsToColumns>> & { status?: string },
): Promise<boolean> {
  const names = Object.keys(columns)
  const changed = await change(
    context.trx,
    `update staff set ${names.map((name) => `${name} = ?, `).join('')}version = version + 1, updated_at = ? where id = ? and version = ?`,
    [...Object.values(columns), context.now, staffId, version],
  )
  context.touch('staff')
  return changed === 1
}

async function grant(context: CommandContext, staffId: StaffId, role: Role): Promise<void> {
  await insertRow(context.trx, 'staff_grant', {
    id: context.newId<string>(),
    staff_id: staffId,
    role,
    granted_at: context.now,
    granted_by: context.caller.staffId,
    ended_at: null,
  })
}

async function endGrant(context: CommandContext, staffId: StaffId, role: Role): Promise<void> {
  await change(
    context.trx,
    'update staff_grant set ended_at = ? where staff_id = ? and role = ? and ended_at is null',
    [context.now, staffId, role],
  )
}

async function giveCode(context: CommandContext, staffId: StaffId, { hash }: CodeReady): Promise<void> {
  await change(
    context.trx,
    `update staff_secret set password_hash = null, pin_hash = null, one_time_code_hash = ?, one_time_code_until = ?,
       one_time_code_by = ?, one_time_code_at = ?,
       password_misses = 0, locked_until = null, lock_ms = 0, pin_misses = 0, pin_off = 0 where staff_id = ?`,
    [hash, addMinutes(context.now, codeValidMin), context.caller.staffId, context.now, staffId],
  )
}

async function isAnotherManagerActive(context: CommandContext, staffId: StaffId): Promise<boolean> {
  const members = await selectStaff(context.trx)
  return members.some(
    (member) => member.staffId !== staffId && member.status === 'ACTIVE' && member.roles.includes('manager'),
  )
}

/** Whatever this person had open ends now; the next call of such a window is SIGNED_OUT. */
function endSignIns(context: CommandContext, staffId: StaffId): void {
  const { services } = context
  context.afterCommit(async () => {
    services.parked.delete(staffId)
    const theirs = [...services.connections].filter((connection) => signInOf(connection)?.staffId === staffId)
    // All at once: each loses its state before any of their rows is written.
    await Promise.all(theirs.map((connection) => endSignIn(services, connection, 'RIGHTS_CHANGED')))
  })
}

/** What stands beside the name from this version of the row on; the row itself only knows the newest. */
async function keepCredential(
  { trx, now, caller }: CommandContext,
  { staffId, version }: { readonly staffId: StaffId; readonly version: number },
  facts: Facts,
): Promise<void> {
  const { examiner_kind: _mayExamine, ...columns } = factsToColumns(facts)
  await insertCredential(trx, { staff_id: staffId, version, ...columns }, { at: now, by: caller.staffId })
}

function isCredentialNew(before: Facts, after: Facts): boolean {
  const { examiner_kind: _before, ...columns } = factsToColumns(before)
  const changed: Readonly<Record<string, unknown>> = factsToColumns(after)
  return Object.entries(columns).some(([name, value]) => changed[name] !== value)
}

type Invitation = InputOf<StaffContract['invite']>

/** A newcomer has no other supervisor; whether the physician may take one more is asked here. */
async function judgeFirstSupervisor(
  { reader, today }: Pick<QueryContext, 'reader' | 'today'>,
  { roles, supervisor }: Pick<Invitation, 'roles' | 'supervisor'>,
) {
  if (supervisor === null) return accept(null)
  const physician = await selectStaffMember(reader, supervisor.staffId)
  if (!physician) return refuse('NOT_FOUND')
  const links = await selectSupervisions(reader)
  const policy = (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
  return judgeSupervision(
    { staffId: '' as StaffId, fromOn: supervisor.from, untilOn: supervisor.until },
    {
      roles,
      physician: physicianFacts(physician),
      own: [],
      ofPhysician: links.filter(({ physicianId }) => physicianId === supervisor.staffId),
      maxSupervisees: policy.maxSuperviseesPerPhysician,
    },
  )
}

async function insertFirstSupervisor(
  context: CommandContext,
  staffId: StaffId,
  supervisor: NonNullable<Invitation['supervisor']>,
): Promise<void> {
  const supervisionId = context.newId<SupervisionId>()
  const { staffId: physicianId, from: fromOn, until: untilOn } = supervisor
  const link = { supervisionId, staffId, physicianId, fromOn, untilOn }
  await insertSupervision(context.trx, link, { at: context.now, by: context.caller.staffId })
}

async function memberAfter({ trx, today }: CommandContext, staffId: StaffId) {
  const member = await selectStaffMember(trx, staffId)
  return member ? accept(memberToWire(member, await selectPractice(trx, today))) : refuse('NOT_FOUND')
}

type Practice = {
  readonly today: CalendarDate
  readonly links: readonly SupervisorLink[]
  readonly delegations: readonly Delegation[]
}

async function selectPractice(reader: Reader, today: CalendarDate): Promise<Practice> {
  return { today, links: await selectSupervisions(reader), delegations: await selectDelegations(reader, today) }
}

function memberToWire(member: StaffMember, { today, links, delegations }: Practice) {
  const { staffId } = member
  const own = links.filter((link) => link.staffId === staffId)
  const link = supervisorOn(own, today)
  const away = deputyOn(delegations, staffId, today)
  const handedOver = delegations.filter((one) => one.deputyId === staffId && includesDay(one, today))
  return {
    ...member,
    roles: [...member.roles],
    supervisor: link && { staffId: link.physicianId, from: link.fromOn, until: link.untilOn },
    deputy: away && { staffId: away.deputyId, until: away.untilOn },
    standsInFor: handedOver.map((one) => ({ staffId: one.physicianId, until: one.untilOn })),
  }
}
