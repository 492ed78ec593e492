import type { Reader } from '../../db/open.ts'
import { type StaffMember, selectStaff, selectStaffByName, selectStaffMember } from '../../db/queries/staff.ts'
import { change, insertRow } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addMinutes } from '../../shared/kernel/time.ts'
import { signInOf } from '../app/command.ts'
import { type CommandContext, type Handlers, prepared } from '../app/context.ts'
import { makeOneTimeCode } from '../app/one-time-code.ts'
import { hashSecret } from '../app/secrets.ts'
import { endSignIn } from '../app/sign-in.ts'

type StaffContract = typeof contract.staff

const codeValidMin = 72 * 60

type CodeReady = { readonly code: string; readonly hash: string }

export const staffHandlers = {
  list: async (context) => accept({ members: (await selectStaff(context.reader)).map(memberToWire) }),

  invite: prepared<StaffContract['invite'], CodeReady>({
    async prepare(context, input) {
      if (await selectStaffByName(context.reader, input.signInName)) return refuse('SIGN_IN_NAME_TAKEN')
      if (needsLicence(input.roles) && !input.licence) return refuse('LICENCE_REQUIRED')
      if (!(await isSupervisorKnown(context.reader, input))) return refuse('NOT_FOUND')
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
        password_misses: 0,
        locked_until: null,
        lock_ms: 0,
        pin_misses: 0,
        pin_off: 0,
      })
      for (const role of new Set(input.roles)) await grant(context, staffId, role)
      context.audit({ action: 'staff.invite', subject: 'staff', subjectId: staffId })
      context.touch('staff')
      return accept({ staffId, oneTimeCode: code })
    },
  }),

  edit: async (context, input) => {
    const member = await selectStaffMember(context.trx, input.staffId)
    if (!member) return refuse('NOT_FOUND')
    if (needsLicence(member.roles) && !input.licence) return refuse('LICENCE_REQUIRED')
    if (!(await isSupervisorKnown(context.trx, input))) return refuse('NOT_FOUND')
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

function factsToColumns(facts: Omit<StaffMember, 'staffId' | 'version' | 'signInName' | 'roles' | 'status'>) {
  return {
    printed_name: facts.printedName,
    credential: facts.credential,
    board_certification: facts.boardCertification,
    licence_number: facts.licence?.number ?? null,
    licence_state: facts.licence?.state ?? null,
    licence_level: facts.licence?.level ?? null,
    licence_expires_on: facts.licence?.expiresOn ?? null,
    examiner_kind: facts.examinerKind,
    supervisor_id: facts.supervisor?.staffId ?? null,
    supervisor_from: facts.supervisor?.from ?? null,
    supervisor_until: facts.supervisor?.until ?? null,
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
       password_misses = 0, locked_until = null, lock_ms = 0, pin_misses = 0, pin_off = 0 where staff_id = ?`,
    [hash, addMinutes(context.now, codeValidMin), staffId],
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

/** Null, or somebody who has an account here. */
async function isSupervisorKnown(reader: Reader, { supervisor }: Pick<StaffMember, 'supervisor'>): Promise<boolean> {
  return supervisor === null || (await selectStaffMember(reader, supervisor.staffId)) !== null
}

async function memberAfter(context: CommandContext, staffId: StaffId) {
  const member = await selectStaffMember(context.trx, staffId)
  return member ? accept(memberToWire(member)) : refuse('NOT_FOUND')
}

function memberToWire(member: StaffMember) {
  return { ...member, roles: [...member.roles] }
}
