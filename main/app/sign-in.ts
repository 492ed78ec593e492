import { codeOf, type Reader } from '../../db/open.ts'
import { change, one } from '../../db/records.ts'
import type { StaffSecretTable } from '../../db/tables/core.ts'
import type { Reauth, reauthRefusals } from '../../shared/contract/reauth.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { addMinutes, minutesBetween } from '../../shared/kernel/time.ts'
import { auditAlone, seeWindow, signInOf } from './command.ts'
import type { Connection } from './connection.ts'
import type { CommandContext, PrepareContext } from './context.ts'
import { hashSecret, needsRehash, secretMatches } from './secrets.ts'
import type { Services } from './services.ts'
import { type HeldKey, type KeyLock, keepKey, keyLock, openKey, prepareKey } from './signing-keys.ts'

const missesBeforeWait = 5
const firstWaitMin = 1
const longestWaitMin = 15
const parkedHours = 12

type Miss = 'SIGN_IN_WRONG' | 'SIGN_IN_LOCKED' | 'PIN_OFF' | 'PIN_NOT_SET'

/**
 * Checks a password. The miss is counted and committed before the comparison, so that neither ending the program between
 * tries nor trying many at once gains anything; a success takes it back. Five misses make a wait of a minute, doubling to
 * a quarter of an hour. `staffId` null (an unknown name) costs the same time.
 */
export async function checkPassword(
  context: PrepareContext,
  staffId: StaffId | null,
  password: string,
): Promise<Result<null, Miss>> {
  const { services } = context
  const { host } = services
  const tried = staffId === null ? null : await context.commit((command) => countPasswordTry(command, staffId))
  if (tried?.waitLeftMs) return refuse('SIGN_IN_LOCKED', { until: addMinutes(host.now(), tried.waitLeftMs / 60_000) })
  const secret = tried?.secret ?? null
  const matches = await secretMatches(host, password, secret?.password_hash ?? null)
  if (!staffId || !secret || !matches) {
    await context.commit(async (command) => {
      command.audit({ action: 'signIn.refused', subject: 'staff', subjectId: staffId, reason: 'PASSWORD' })
      if (tried?.startsWait) command.audit({ action: 'signIn.wait', subject: 'staff', subjectId: staffId })
    })
    return refuse('SIGN_IN_WRONG')
  }
  services.waitEndMsByStaff.delete(staffId)
  const newHash =
    secret.password_hash && needsRehash(host, secret.password_hash) ? await hashSecret(host, password) : null
  await context.commit(async (command) => {
    await change(
      command.trx,
      'update staff_secret set password_misses = 0, locked_until = null, lock_ms = 0, pin_misses = 0, pin_off = 0, password_hash = coalesce(?, password_hash) where staff_id = ?',
      [newHash, staffId],
    )
  })
  return accept(null)
}

/** Checks a PIN; five misses switch it off until the next full password. The counter is committed before comparing. */
export async function checkPin(context: PrepareContext, staffId: StaffId, pin: string): Promise<Result<null, Miss>> {
  const tried = await context.commit((command) => countPinTry(command, staffId))
  if (!tried.ok) return tried
  const { pinHash, misses } = tried.value
  if (await secretMatches(context.services.host, pin, pinHash)) {
    await context.commit(async (command) => {
      await change(command.trx, 'update staff_secret set pin_misses = 0, pin_off = 0 where staff_id = ?', [staffId])
    })
    return accept(null)
  }
  await context.commit(async (command) => {
    command.audit({
      action: 'signIn.refused',
      subject: 'staff',
      subjectId: staffId,
      reason: misses >= missesBeforeWait ? 'PIN_OFF' : 'PIN',
    })
  })
  if (misses >= missesBeforeWait) context.services.parked.delete(staffId)
  return refuse(misses >= missesBeforeWait ? 'PIN_OFF' : 'SIGN_IN_WRONG', {
    left: Math.max(0, missesBeforeWait - misses),
  })
}

/** Identity at the moment of signing: the first time after a sign-in or a lock by password, later by PIN. */
export async function proveIdentity(
  context: PrepareContext,
  reauth: Reauth,
): Promise<Result<'PASSWORD' | 'PIN', (typeof reauthRefusals)[number]>> {
  if (context.services.storeLife.open.facts.isSample)
    return (await holdKey(context, '')) ? accept(reauth.method) : refuse('SIGNING_KEY_DAMAGED')
  if (reauth.method === 'PIN' && context.connection.passwordNeededToSign) return refuse('PASSWORD_NEEDED')
  const { staffId } = context.caller
  const checked =
    reauth.method === 'PASSWORD'
      ? await checkPassword(context, staffId, reauth.password)
      : await checkPin(context, staffId, reauth.pin)
  if (checked.ok) {
    const password = reauth.method === 'PASSWORD' ? reauth.password : null
    return (await holdKey(context, password)) ? accept(reauth.method) : refuse('SIGNING_KEY_DAMAGED')
  }
  const { code, facts } = checked.refusal
  if (code === 'SIGN_IN_LOCKED') return refuse('REAUTH_LOCKED', facts)
  return code === 'SIGN_IN_WRONG' ? refuse('REAUTH_WRONG', facts) : refuse(code, facts)
}

/**
 * Puts the caller's private key within reach of this window. Whoever signed in before there were keys gets a pair now.
 * False where the password does not open the key that is kept: somebody changed one without the other. Null: the
 * proof was a PIN, so an earlier password has opened it.
 */
async function holdKey(context: PrepareContext, password: string | null): Promise<boolean> {
  const { connection, services, caller } = context
  const { staffId, printedName } = caller
  if (connection.signingKey?.staffId === staffId) return true
  if (password === null) return false
  const lock = keyLock(services.host, services.storeLife.open.facts.isSample, password)
  const opened = await openKey(context.reader, staffId, lock)
  if (opened === 'DAMAGED') return false
  const held = opened === 'NONE' ? await makeKey(context, lock, { staffId, printedName }) : opened
  // The window may have been locked or taken over meanwhile; a key is never left with somebody else.
  if (signInOf(connection)?.staffId === staffId && connection.state.kind === 'SIGNED_IN') connection.signingKey = held
  return connection.signingKey === held
}

async function makeKey(
  context: PrepareContext,
  lock: KeyLock,
  person: { readonly staffId: StaffId; readonly printedName: string },
): Promise<HeldKey> {
  const prepared = await prepareKey(context.services.host, lock)
  return context.commit(async (command) => {
    const held = await keepKey(command.trx, command.clinicSealer, prepared, { ...person, at: command.now })
    command.audit({ action: 'signIn.keyMade', subject: 'staff', subjectId: person.staffId })
    return held
  })
}

/** Locks a window whose time without input is over. Called before every procedure and by the host's timer. */
export async function enforceIdleLock(services: Services, connection: Connection): Promise<void> {
  if (connection.state.kind !== 'SIGNED_IN' && connection.state.kind !== 'PATIENT_MODE') return
  if (services.storeLife.state.kind !== 'OPEN') return
  const idleMin = idleMinutes(services, connection)
  const systemIdleMs = services.host.idleMs()
  const hasSystemInput = systemIdleMs !== null && systemIdleMs / 60_000 < services.storeLife.open.facts.idleLockMin
  if (idleMin < services.storeLife.open.facts.idleLockMin || hasSystemInput) return
  await lockConnection(services, connection, 'IDLE')
}

export async function lockConnection(
  services: Services,
  connection: Connection,
  reason: 'IDLE' | 'PERSON' | 'OS_LOCK' | 'SUSPEND',
): Promise<void> {
  if (connection.state.kind !== 'SIGNED_IN' && connection.state.kind !== 'PATIENT_MODE') return
  const { signIn } = connection.state
  const lockedAt = services.host.now()
  services.parked.set(signIn.staffId, { signIn, parkedAt: lockedAt })
  connection.state = { kind: 'LOCKED', signIn, lockedAt }
  connection.passwordNeededToSign = true
  connection.signingKey = null
  connection.blobs.clear()
  services.publishState(connection)
  try {
    await auditAlone(services, connection, {
      action: 'signIn.lock',
      subject: 'staff',
      subjectId: signIn.staffId,
      reason,
    })
  } catch (error) {
    // A lock holds even where the disk takes no row (full, read-only, in use): the other order would leave charts open.
    services.host.log({ level: 'error', event: 'lock.unaudited', code: codeOf(error), signInId: signIn.signInId })
  }
}

/** A person used this window: the idle time begins anew, on both clocks. */
export function noteInput(services: Services, connection: Connection): void {
  connection.lastInputAt = services.host.now()
  connection.lastInputMs = services.host.monotonicMs()
}

/** Minutes without input; the larger of both clocks, since one can be set and the other stands still in sleep. */
export function idleMinutes(services: Services, connection: Connection): number {
  const monotonicMin = (services.host.monotonicMs() - connection.lastInputMs) / 60_000
  return Math.max(minutesBetween(connection.lastInputAt, services.host.now()), monotonicMin)
}

/** Without input at any window for so long, work beside the windows disturbs nobody. */
const quietMin = 2

export function isQuiet(services: Services): boolean {
  return [...services.connections].every(
    (connection) =>
      connection.state.kind === 'SIGNED_OUT' ||
      connection.state.kind === 'LOCKED' ||
      idleMinutes(services, connection) >= quietMin,
  )
}

/** Takes the window from its person. Nothing of theirs stays with it, and a search they left is told with its end. */
export async function endSignIn(
  services: Services,
  connection: Connection,
  reason: 'RIGHTS_CHANGED' | 'WINDOW_CLOSED' | 'STORE_CLOSED',
): Promise<void> {
  const { window, signIn } = seeWindow(connection)
  if (!signIn) return
  connection.state = { kind: 'SIGNED_OUT' }
  connection.passwordNeededToSign = true
  connection.signingKey = null
  connection.pendingSearch = null
  connection.blobs.clear()
  services.publishState(connection)
  if (services.storeLife.state.kind !== 'OPEN') return
  try {
    await auditAlone(services, window, { action: 'signIn.out', subject: 'staff', subjectId: signIn.staffId, reason })
  } catch (error) {
    services.host.log({ level: 'error', event: 'signOut.unaudited', code: codeOf(error), signInId: signIn.signInId })
  }
}

/** True while the sign-in can be taken up again by PIN: 12 hours from its start, on this PC, until sign-out. */
export function isParked(services: Services, staffId: StaffId): boolean {
  const parked = services.parked.get(staffId)
  if (!parked) return false
  if (minutesBetween(parked.signIn.startedAt, services.host.now()) < parkedHours * 60) return true
  services.parked.delete(staffId)
  return false
}

export function selectSecret(reader: Reader, staffId: StaffId): Promise<StaffSecretTable | null> {
  return one<StaffSecretTable>(reader, 'select * from staff_secret where staff_id = ?', [staffId])
}

/**
 * Milliseconds until this person's passwords are looked at again. Measured on the clock that only moves forward, so that
 * setting the wall clock neither ends nor stretches it; a wait from before this start of the program begins anew.
 */
export function waitLeftMs({ host, waitEndMsByStaff }: Services, secret: StaffSecretTable): number {
  if (secret.lock_ms === 0) return 0
  const nowMs = host.monotonicMs()
  const endMs = waitEndMsByStaff.get(secret.staff_id) ?? nowMs + secret.lock_ms
  waitEndMsByStaff.set(secret.staff_id, endMs)
  return Math.max(0, endMs - nowMs)
}

type PasswordTry = {
  readonly secret: StaffSecretTable | null
  readonly waitLeftMs: number
  readonly startsWait: boolean
}

async function countPasswordTry(command: CommandContext, staffId: StaffId): Promise<PasswordTry> {
  const { services } = command
  const secret = await selectSecret(command.trx, staffId)
  const leftMs = secret ? waitLeftMs(services, secret) : 0
  if (!secret || leftMs > 0) return { secret, waitLeftMs: leftMs, startsWait: false }
  const misses = secret.password_misses + 1
  const over = misses - missesBeforeWait
  const waitMin = over < 0 ? 0 : Math.min(longestWaitMin, firstWaitMin * 2 ** over)
  await change(
    command.trx,
    'update staff_secret set password_misses = ?, locked_until = ?, lock_ms = ? where staff_id = ?',
    [misses, waitMin > 0 ? addMinutes(command.now, waitMin) : null, waitMin * 60_000, staffId],
  )
  if (waitMin > 0) services.waitEndMsByStaff.set(staffId, services.host.monotonicMs() + waitMin * 60_000)
  return { secret, waitLeftMs: 0, startsWait: waitMin > 0 }
}

async function countPinTry(
  command: CommandContext,
  staffId: StaffId,
): Promise<Result<{ readonly pinHash: string; readonly misses: number }, Miss>> {
  const secret = await selectSecret(command.trx, staffId)
  if (!secret?.pin_hash) return refuse('PIN_NOT_SET')
  if (secret.pin_off === 1) return refuse('PIN_OFF')
  const misses = secret.pin_misses + 1
  await change(command.trx, 'update staff_secret set pin_misses = ?, pin_off = ? where staff_id = ?', [
    misses,
    misses >= missesBeforeWait ? 1 : 0,
    staffId,
  ])
  return accept({ pinHash: secret.pin_hash, misses })
}
