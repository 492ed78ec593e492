import type { Reader } from '../../db/open.ts'
import { type StaffMember, selectStaff, selectStaffByName, selectStaffMember } from '../../db/queries/staff.ts'
import { change, one } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addMinutes } from '../../shared/kernel/time.ts'
import { personOf } from '../app/command.ts'
import type { Connection } from '../app/connection.ts'
import { type CommandContext, type Handlers, prepared } from '../app/context.ts'
import { hashSecret, isCommonPassword, isSimplePin, secretMatches } from '../app/secrets.ts'
import type { Services } from '../app/services.ts'
import {
  checkPassword,
  checkPin,
  idleMinutes,
  isParked,
  lockConnection,
  noteInput,
  selectSecret,
  waitLeftMs,
} from '../app/sign-in.ts'
import { keepKey, keepWrapped, keyLock, type PreparedKey, prepareKey, wrapAgain } from '../app/signing-keys.ts'

type SignInContract = typeof contract.signIn

export const signInHandlers = {
  state: async (context) => accept(await windowState(context.services, context.connection)),

  people: async (context) => {
    const { services, reader } = context
    const members = await selectStaff(reader)
    const active = members.filter((member) => member.status === 'ACTIVE')
    const isSample = services.storeLife.open.facts.isSample
    const parked = active.filter((member) => isParked(services, member.staffId))
    return accept({
      parked: await Promise.all(parked.map((member) => toPerson(reader, member))),
      sample: isSample ? await Promise.all(active.map((member) => toPerson(reader, member))) : [],
    })
  },

  withPassword: prepared<SignInContract['withPassword'], StaffId>({
    async prepare(context, input) {
      const member = await selectStaffByName(context.reader, input.signInName)
      const checked = await checkPassword(context, member?.status === 'ACTIVE' ? member.staffId : null, input.password)
      if (!checked.ok) return checked
      return member ? accept(member.staffId) : refuse('SIGN_IN_WRONG')
    },
    async run(context, _input, staffId) {
      const member = await selectActive(context, staffId)
      return member ? enter(context, member, 'PASSWORD') : refuse('SIGN_IN_WRONG')
    },
  }),

  withPin: prepared<SignInContract['withPin'], null>({
    async prepare(context, input) {
      if (!isParked(context.services, input.staffId)) return refuse('SIGN_IN_EXPIRED')
      const member = await selectStaffMember(context.reader, input.staffId)
      if (member?.status !== 'ACTIVE') return refuse('SIGN_IN_EXPIRED')
      return checkPin(context, input.staffId, input.pin)
    },
    async run(context, input) {
      const member = isParked(context.services, input.staffId) ? await selectActive(context, input.staffId) : null
      return member ? enter(context, member, 'PIN') : refuse('SIGN_IN_EXPIRED')
    },
  }),

  withCode: prepared<SignInContract['withCode'], CodeUse>({
    async prepare(context, input) {
      const { services } = context
      const { host } = services
      const member = await selectStaffByName(context.reader, input.signInName)
      const secret = member ? await selectSecret(context.reader, member.staffId) : null
      const leftMs = secret ? waitLeftMs(context.services, secret) : 0
      if (leftMs > 0) return refuse('SIGN_IN_LOCKED', { until: addMinutes(context.now, leftMs / 60_000) })
      const inTime = (secret?.one_time_code_until ?? '') > context.now
      const code = input.code.replaceAll(/[\s-]/g, '').toUpperCase()
      const matches = await secretMatches(host, code, inTime ? (secret?.one_time_code_hash ?? null) : null)
      if (!member || !secret?.one_time_code_hash || member.status === 'DEACTIVATED' || !matches) {
        await context.commit(async (command) => {
          command.audit({
            action: 'signIn.refused',
            subject: 'staff',
            subjectId: member?.staffId ?? null,
            reason: 'CODE',
          })
        })
        return refuse('SIGN_IN_WRONG')
      }
      if (isCommonPassword(input.newPassword, [member.signInName, ...member.printedName.split(' ')]))
        return refuse('PASSWORD_TOO_COMMON')
      if (isSimplePin(input.pin)) return refuse('PIN_TOO_SIMPLE')
      return accept({
        staffId: member.staffId,
        codeHash: secret.one_time_code_hash,
        passwordHash: await hashSecret(host, input.newPassword),
        pinHash: await hashSecret(host, input.pin),
        key: await prepareKey(host, keyLock(host, services.storeLife.open.facts.isSample, input.newPassword)),
      })
    },
    async run(context, _input, { staffId, codeHash, passwordHash, pinHash, key }) {
      const used = await change(
        context.trx,
        `update staff_secret set password_hash = ?, pin_hash = ?, one_time_code_hash = null, one_time_code_until = null,
           password_misses = 0, locked_until = null, lock_ms = 0, pin_misses = 0, pin_off = 0
           where staff_id = ? and one_time_code_hash = ?`,
        [passwordHash, pinHash, staffId, codeHash],
      )
      // Somebody used or replaced the code while this one was compared.
      if (used !== 1) return refuse('SIGN_IN_WRONG')
      await change(
        context.trx,
        "update staff set status = 'ACTIVE', version = version + 1, updated_at = ? where id = ? and status = 'INVITED'",
        [context.now, staffId],
      )
      const member = await selectActive(context, staffId)
      if (!member) return refuse('SIGN_IN_WRONG')
      await keepKey(context.trx, context.clinicSealer, key, {
        staffId,
        printedName: member.printedName,
        at: context.now,
      })
      context.audit({ action: 'signIn.keyMade', subject: 'staff', subjectId: staffId })
      context.audit({ action: 'signIn.codeUsed', subject: 'staff', subjectId: staffId })
      context.touch('staff')
      return enter(context, member, 'CODE')
    },
  }),

  asSample: async (context, input) => {
    if (!context.services.storeLife.open.facts.isSample) return refuse('NOT_A_SAMPLE')
    const member = await selectActive(context, input.staffId)
    return member ? enter(context, member, 'SAMPLE') : refuse('NOT_FOUND')
  },

  lock: {
    // The window's state is outside the store, and its audit row is written with the lock.
    async outside(services, connection) {
      await lockConnection(services, connection, 'PERSON')
      return accept(await windowState(services, connection))
    },
  },

  signOut: async (context) => {
    const { connection, services } = context
    if (connection.state.kind === 'SIGNED_OUT') {
      context.audit({ action: 'signIn.out', subject: 'window' })
      return accept({ kind: 'SIGNED_OUT' as const })
    }
    const { staffId } = connection.state.signIn
    context.audit({ action: 'signIn.out', subject: 'staff', subjectId: staffId })
    context.afterCommit(() => {
      services.parked.delete(staffId)
      connection.state = { kind: 'SIGNED_OUT' }
      connection.blobs.clear()
      connection.passwordNeededToSign = true
      connection.signingKey = null
      services.publishState(connection)
    })
    return accept({ kind: 'SIGNED_OUT' as const })
  },

  setPin: prepared<SignInContract['setPin'], string>({
    async prepare(context, input) {
      if (isSimplePin(input.pin)) return refuse('PIN_TOO_SIMPLE')
      return accept(await hashSecret(context.services.host, input.pin))
    },
    async run(context, _input, pinHash) {
      const { staffId } = context.caller
      await change(
        context.trx,
        'update staff_secret set pin_hash = ?, pin_misses = 0, pin_off = 0 where staff_id = ?',
        [pinHash, staffId],
      )
      context.audit({ action: 'signIn.pinSet', subject: 'staff', subjectId: staffId })
      return accept({})
    },
  }),

  changePassword: prepared<SignInContract['changePassword'], PasswordChange>({
    async prepare(context, input) {
      const member = await selectStaffMember(context.reader, context.caller.staffId)
      const words = member ? [member.signInName, ...member.printedName.split(' ')] : []
      if (isCommonPassword(input.newPassword, words)) return refuse('PASSWORD_TOO_COMMON')
      const { host, storeLife } = context.services
      // The old password, proved at the door, has just opened it.
      const key = personOf(context.connection.signingKey)
      const lock = keyLock(host, storeLife.open.facts.isSample, input.newPassword)
      return accept({
        passwordHash: await hashSecret(host, input.newPassword),
        keyId: key.keyId,
        wrapped: await wrapAgain(host, key, lock),
      })
    },
    async run(context, _input, { passwordHash, keyId, wrapped }) {
      const { staffId } = context.caller
      await keepWrapped(context.trx, keyId, wrapped)
      await change(context.trx, 'update staff_secret set password_hash = ? where staff_id = ?', [passwordHash, staffId])
      context.audit({ action: 'signIn.passwordChanged', subject: 'staff', subjectId: staffId })
      return accept({})
    },
  }),

  ping: async (context) => {
    const limitMs = context.services.storeLife.open.facts.idleLockMin * 60_000
    const idleMs = idleMinutes(context.services, context.connection) * 60_000
    return accept({ idleLockInMs: Math.max(0, limitMs - idleMs) })
  },
} satisfies Handlers<SignInContract>

type PasswordChange = {
  readonly passwordHash: string
  readonly keyId: string
  readonly wrapped: Awaited<ReturnType<typeof wrapAgain>>
}

type CodeUse = {
  readonly staffId: StaffId
  readonly codeHash: string
  readonly passwordHash: string
  readonly pinHash: string
  readonly key: PreparedKey
}

/** As the person stands now: the proof took its time, and grants may have changed meanwhile. */
async function selectActive(context: CommandContext, staffId: StaffId): Promise<StaffMember | null> {
  const member = await selectStaffMember(context.trx, staffId)
  return member?.status === 'ACTIVE' ? member : null
}

/** Gives this window to the person once the audit row is on disk; whoever had it before stays parked. */
async function enter(context: CommandContext, member: StaffMember, by: 'PASSWORD' | 'PIN' | 'CODE' | 'SAMPLE') {
  const { connection, services } = context
  const parked = by === 'PIN' ? services.parked.get(member.staffId) : undefined
  const signIn = {
    signInId: parked?.signIn.signInId ?? context.newId<string>(),
    staffId: member.staffId,
    printedName: member.printedName,
    roles: member.roles,
    startedAt: parked?.signIn.startedAt ?? context.now,
  }
  const { state } = connection
  if (state.kind === 'SIGNED_IN' && state.signIn.staffId !== member.staffId)
    context.audit({ action: 'signIn.lock', subject: 'staff', subjectId: state.signIn.staffId, reason: 'SWITCH' })
  context.audit({ action: 'signIn.in', subject: 'staff', subjectId: member.staffId, reason: by, actor: signIn })
  const person = await toPerson(context.trx, member)
  // A password at the door does not stand for the password at the first signing.
  const passwordNeededToSign = true
  context.afterCommit(() => {
    connection.state = { kind: 'SIGNED_IN', signIn }
    connection.passwordNeededToSign = passwordNeededToSign
    connection.signingKey = null
    connection.blobs.clear()
    noteInput(services, connection)
    services.parked.set(member.staffId, { signIn, parkedAt: context.now })
    services.publishState(connection)
  })
  return accept({ kind: 'SIGNED_IN' as const, person, startedAt: signIn.startedAt, passwordNeededToSign })
}

async function windowState(services: Services, connection: Connection) {
  const { state } = connection
  if (state.kind === 'SIGNED_OUT' || services.storeLife.state.kind !== 'OPEN') return { kind: 'SIGNED_OUT' as const }
  if (state.kind === 'PATIENT_MODE') {
    const { patientId, kind, formId } = state.form
    return { kind: 'PATIENT_MODE' as const, form: { patientId, kind, formId } }
  }
  const reader = services.storeLife.open.store.db
  const member = await selectStaffMember(reader, state.signIn.staffId)
  if (!member) return { kind: 'SIGNED_OUT' as const }
  const person = await toPerson(reader, member)
  if (state.kind === 'LOCKED') {
    const pinUsable = isParked(services, member.staffId) && (await isPinOn(reader, member.staffId))
    return { kind: 'LOCKED' as const, person, lockedAt: state.lockedAt, pinUsable }
  }
  return {
    kind: 'SIGNED_IN' as const,
    person,
    startedAt: state.signIn.startedAt,
    passwordNeededToSign: connection.passwordNeededToSign,
  }
}

async function toPerson(reader: Reader, member: StaffMember) {
  return {
    staffId: member.staffId as string,
    printedName: member.printedName,
    credential: member.credential,
    roles: [...member.roles],
    hasPin: await isPinOn(reader, member.staffId),
  }
}

async function isPinOn(reader: Reader, staffId: StaffId): Promise<boolean> {
  const row = await one<{ on: number }>(
    reader,
    'select case when pin_hash is not null and pin_off = 0 then 1 else 0 end as "on" from staff_secret where staff_id = ?',
    [staffId],
  )
  return row?.on === 1
}
