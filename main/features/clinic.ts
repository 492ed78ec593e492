import type { Reader } from '../../db/open.ts'
import { isPolicyMissing, policyRecord } from '../../db/queries/policy.ts'
import { insertCredential } from '../../db/queries/staff-practice.ts'
import { change, insertRecord, insertRow, one } from '../../db/records.ts'
import { cloudFolderOf } from '../../db/store-file.ts'
import type { InputOf } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import { readRecoveryCode } from '../../shared/domain/recovery-code.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { PolicyId, StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { dateInZone } from '../../shared/kernel/time.ts'
import { auditAlone, commandContext, transact, writeAudit, zoneOf } from '../app/command.ts'
import type { Connection, SignIn } from '../app/connection.ts'
import type { AuditNote, CommandContext, Handlers } from '../app/context.ts'
import { keysStandingOf } from '../app/key-slots.ts'
import { hashSecret, isCommonPassword, isSimplePin } from '../app/secrets.ts'
import type { Services } from '../app/services.ts'
import { endSignIn, noteInput } from '../app/sign-in.ts'

type ClinicContract = typeof contract.clinic
type SetUpInput = InputOf<ClinicContract['setUp']>

export const clinicHandlers = {
  status: async (context) => accept(await readStatus(context.services)),

  setUp: {
    async outside(services, connection, input) {
      const { owner, passphrase, clinicName, timeZone, dateOrder, urgentPhone } = input
      if (services.storeLife.state.kind !== 'NONE') return refuse('STORE_EXISTS')
      if (services.storeLife.passphraseRequired && passphrase === null) return refuse('PASSPHRASE_REQUIRED')
      if (isCommonPassword(owner.password, [owner.signInName, clinicName, ...owner.printedName.split(' ')]))
        return refuse('PASSWORD_TOO_COMMON')
      if (isSimplePin(owner.pin)) return refuse('PIN_TOO_SIMPLE')
      if (owner.alsoPhysician && !owner.licence) return refuse('LICENCE_REQUIRED')
      const passwordHash = await hashSecret(services.host, owner.password)
      const pinHash = await hashSecret(services.host, owner.pin)
      if (!(await services.storeLife.create({ clinicName, timeZone, dateOrder, urgentPhone }, passphrase)))
        return refuse('STORE_EXISTS')

      const signIn = await addOwner(services, connection, input, { passwordHash, pinHash })
      services.storeLife.finishSetUp()
      connection.state = { kind: 'SIGNED_IN', signIn }
      connection.passwordNeededToSign = true
      noteInput(services, connection)
      services.parked.set(signIn.staffId, { signIn, parkedAt: signIn.startedAt })
      services.publishState(connection)
      return accept(await readStatus(services))
    },
  },

  unlockStore: {
    async outside(services, connection, input) {
      const { kind } = services.storeLife.state
      if (kind !== 'PASSPHRASE_NEEDED' && kind !== 'RESTING') return refuse('NOTHING_TO_UNLOCK')
      if (!(await services.storeLife.unlock(input.passphrase))) {
        const isMistyped = input.passphrase !== null && readRecoveryCode(input.passphrase).kind === 'MISTYPED'
        return refuse(isMistyped ? 'CODE_MISTYPED' : 'PASSPHRASE_WRONG')
      }
      await auditOpening(services, connection)
      // Every window waits for it.
      for (const window of services.connections) services.publishState(window)
      return accept(await readStatus(services))
    },
  },

  lookAgain: {
    async outside(services, connection) {
      const { state } = services.storeLife
      const isReadOnly = state.kind === 'OPEN' && state.open.readOnly !== null
      if (state.kind !== 'FAULT' && !isReadOnly) return refuse('NOTHING_TO_LOOK_FOR')
      await services.storeLife.lookAgain()
      await auditOpening(services, connection)
      for (const window of services.connections) services.publishState(window)
      return accept(await readStatus(services))
    },
  },

  openSample: {
    async outside(services, connection, input) {
      const { state } = services.storeLife
      const isClinicOpen = state.kind === 'RESTING' || (state.kind === 'OPEN' && !state.open.facts.isSample)
      if (isClinicOpen) return refuse('CLINIC_IS_OPEN')
      await signEverybodyOut(services)
      await services.storeLife.openSample(input.reset)
      await auditOpening(services, connection)
      services.publishState(connection)
      return accept(await readStatus(services))
    },
  },

  leaveSample: {
    async outside(services, connection) {
      const { state } = services.storeLife
      if (state.kind !== 'OPEN' || !state.open.facts.isSample) return refuse('NOT_A_SAMPLE')
      await signEverybodyOut(services)
      await services.storeLife.leaveSample()
      await auditOpening(services, connection)
      services.publishState(connection)
      return accept(await readStatus(services))
    },
  },

  edit: async (context, input) => {
    const facts = {
      clinic_name: input.clinicName,
      time_zone: input.timeZone,
      date_order: input.dateOrder,
      urgent_phone: input.urgentPhone,
      emergency_phone: input.emergencyPhone,
    }
    for (const [name, value] of Object.entries(facts))
      await change(context.trx, 'update store_fact set value = ? where name = ?', [value, name])
    context.audit({ action: 'clinic.edit', subject: 'clinic' })
    context.touch('clinic')
    context.afterCommit(() => context.services.storeLife.renewFacts())
    const before = await readStatus(context.services, context.trx)
    if (before.store.state !== 'OPEN') throw new Error('a command ran without a store')
    const { clinicName, timeZone, dateOrder, urgentPhone, emergencyPhone } = input
    const store = { ...before.store, clinicName, timeZone, dateOrder, urgentPhone, emergencyPhone }
    return accept({ ...before, timeZone, today: dateInZone(context.now, timeZone), store })
  },
} satisfies Handlers<ClinicContract>

/** The owner's account and the first policy, in one transaction; where it fails there is no clinic. */
async function addOwner(
  services: Services,
  connection: Connection,
  { owner, state, urgentPhone }: SetUpInput,
  { passwordHash, pinHash }: { readonly passwordHash: string; readonly pinHash: string },
): Promise<SignIn> {
  const { host, storeLife } = services
  const staffId = host.newId() as StaffId
  const now = host.now()
  const roles: readonly Role[] = owner.alsoPhysician ? ['manager', 'physician'] : ['manager']
  const signIn = { signInId: host.newId(), staffId, printedName: owner.printedName, roles, startedAt: now }
  const notes: AuditNote[] = []
  try {
    await transact(services, async (trx) => {
      await insertRow(trx, 'store_fact', { name: 'state', value: state })
      const columns = {
        printed_name: owner.printedName,
        credential: owner.credential,
        board_certification: null,
        licence_number: owner.licence?.number ?? null,
        licence_state: owner.licence?.state ?? null,
        licence_level: null,
        licence_expires_on: owner.licence?.expiresOn ?? null,
      }
      await insertRow(trx, 'staff', {
        id: staffId,
        version: 1,
        sign_in_name: owner.signInName.toLowerCase(),
        ...columns,
        examiner_kind: owner.alsoPhysician ? 'PHYSICIAN' : null,
        status: 'ACTIVE',
        created_at: now,
        updated_at: now,
      })
      await insertCredential(trx, { staff_id: staffId, version: 1, ...columns }, { at: now, by: staffId })
      await insertRow(trx, 'staff_secret', {
        staff_id: staffId,
        password_hash: passwordHash,
        pin_hash: pinHash,
        one_time_code_hash: null,
        one_time_code_until: null,
        one_time_code_by: null,
        one_time_code_at: null,
        password_misses: 0,
        locked_until: null,
        lock_ms: 0,
        pin_misses: 0,
        pin_off: 0,
      })
      for (const role of roles)
        await insertRow(trx, 'staff_grant', {
          id: host.newId(),
          staff_id: staffId,
          role,
          granted_at: now,
          granted_by: null,
          ended_at: null,
        })
      await writeFirstPolicy(
        commandContext(services, connection, trx, notes, new Set(), [], null),
        staffId,
        urgentPhone,
      )
      notes.push(...storeLife.takeOpeningNotes())
      notes.push({ action: 'clinic.setUp', subject: 'clinic', subjectId: storeLife.open.facts.storeId })
      notes.push({ action: 'signIn.in', subject: 'staff', subjectId: staffId, reason: 'PASSWORD' })
      const byOwner = notes.map((note) => ({ ...note, actor: signIn }))
      await writeAudit(services, connection, trx, now, byOwner, 'DONE')
    })
  } catch (error) {
    // The folder still bears the mark of an unfinished set-up, so the next try begins anew.
    await storeLife.close()
    throw error
  }
  return signIn
}

/** The shipped defaults as a draft: nothing is allowed until a physician approves it. */
async function writeFirstPolicy(context: CommandContext, by: StaffId, urgentPhone: string): Promise<void> {
  const id = context.newId<PolicyId>()
  const shipped = shippedPolicy(context.today)
  const versionId = await insertRecord(context.trx, policyRecord, {
    id,
    body: { ...shipped, settings: { ...shipped.settings, urgentPhone } },
    state: { state: 'DRAFT', approved_by: null, approved_at: null },
    newId: context.newId,
    at: context.now,
    by,
    reason: 'CREATED',
  })
  context.audit({ action: 'policy.draft', subject: 'policy', subjectId: id, versionId })
}

/** Whoever opens the records has not said who they are, also at a window that somebody else left locked. */
async function auditOpening(services: Services, connection: Connection): Promise<void> {
  if (services.storeLife.state.kind !== 'OPEN') return
  const window: Connection = { ...connection, state: { kind: 'SIGNED_OUT' }, pendingSearch: null }
  await auditAlone(services, window, ...services.storeLife.takeOpeningNotes())
}

async function signEverybodyOut(services: Services): Promise<void> {
  services.parked.clear()
  for (const connection of services.connections) await endSignIn(services, connection, 'STORE_CLOSED')
}

/** `reader` is the open transaction inside a command: the store itself would wait for it for ever. */
async function readStatus(services: Services, reader?: Reader) {
  const { host, storeLife } = services
  const now = host.now()
  const timeZone = zoneOf(services)
  return {
    store: await readStore(services, reader),
    now,
    today: dateInZone(now, timeZone),
    timeZone,
    appVersion: host.appVersion,
    passphraseRequired: storeLife.passphraseRequired,
    keychainGap: host.keychain ? null : host.keychainGap,
    host: host.kind,
  }
}

async function readStore(services: Services, reader?: Reader) {
  const { storeLife } = services
  const { state } = storeLife
  switch (state.kind) {
    case 'NONE':
      return { state: 'NONE' as const }
    case 'PASSPHRASE_NEEDED':
      return { state: 'PASSPHRASE_NEEDED' as const, why: state.why, opensBy: [...state.opensBy] }
    case 'RESTING':
      return { state: 'RESTING' as const, opensBy: state.opensBy }
    case 'FAULT':
      return {
        state: 'FAULT' as const,
        fault: state.fault,
        copyName: state.facts?.copyName ?? null,
        neededVersion: state.facts?.neededVersion ?? null,
      }
    case 'CHECKING':
      return { state: 'CHECKING' as const, done: state.done, total: state.total }
    case 'OPEN': {
      const { store, facts, hold, lastSavedAt } = state.open
      const from = reader ?? store.db
      const copied = await one<{ value: string }>(from, "select value from store_fact where name = 'last_copy_at'")
      const inState = await one<{ value: string }>(from, "select value from store_fact where name = 'state'")
      return {
        state: 'OPEN' as const,
        clinicName: facts.clinicName,
        timeZone: facts.timeZone,
        dateOrder: facts.dateOrder,
        urgentPhone: facts.urgentPhone,
        emergencyPhone: facts.emergencyPhone,
        inState: inState?.value ?? null,
        isSample: facts.isSample,
        policyMissing: await isPolicyMissing(from),
        hold: hold && {
          kind: hold.kind,
          missing: hold.missing,
          anchoredAt: hold.anchored?.time ?? null,
          lastEntryAt: hold.lastEntryAt,
        },
        lastCopyAt: copied?.value ?? null,
        lastSavedAt,
        keys: keysStandingOf(services),
        readOnly: state.open.readOnly,
        cloudFolder: facts.isSample ? null : cloudFolderOf(storeLife.folder),
      }
    }
  }
}
