import { join } from 'node:path'
import {
  askedRecoveryGroups,
  isRecoveryGroup,
  type RecoveryCode,
  recoveryCodeBytes,
  recoveryCodeOf,
} from '../../shared/domain/recovery-code.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import { signInOf } from './command.ts'
import type { Connection } from './connection.ts'
import type { Slot } from './key-slot.ts'
import { hasSlot, type Keyring, readKeyrings, replaceKeyring } from './keyring.ts'
import type { Services } from './services.ts'

/** When the recovery code in use was made. */
export type RecoveryMade = { readonly at: Instant }
export const recoveryMadeFact = 'recovery_made'

/** What the open clinic still has to do so that its records open without this computer, and on it at the next start. */
export type KeysStanding = 'KEPT' | 'CODE_PENDING' | 'CODE_MISSING' | 'PASSPHRASE_MISSING'

export function keysStandingOf(services: Services): KeysStanding {
  const { facts } = services.storeLife.open
  if (facts.isSample) return 'KEPT'
  if (facts.isSetUpUnfinished) return 'CODE_PENDING'
  const keyring = ownKeyring(services)
  if (!hasSlot(keyring, 'recovery')) return 'CODE_MISSING'
  const opensAtStart = hasSlot(keyring, 'passphrase') || (services.host.keychain !== null && hasSlot(keyring, 'os'))
  return opensAtStart ? 'KEPT' : 'PASSPHRASE_MISSING'
}

/** The keyring of the open store; throws where it went missing meanwhile. */
export function ownKeyring({ storeLife }: Services): Keyring {
  const keyrings = readKeyrings(join(storeLife.folder, 'keyring.json'))
  if (keyrings === null || keyrings === 'KEYRING_DAMAGED' || !keyrings[0]) throw new Error('the keyring cannot be read')
  return keyrings[0]
}

/** Puts these in the place of all slots of their kinds, and takes `without` away. What was before opens nothing more. */
export function changeSlots(
  services: Services,
  { put = [], without = [] }: { readonly put?: readonly Slot[]; readonly without?: readonly Slot['kind'][] },
): void {
  const keyring = ownKeyring(services)
  const gone = [...without, ...put.map((slot) => slot.kind)]
  const slots = [...put, ...keyring.slots.filter((slot) => !gone.includes(slot.kind))]
  if (slots.length === 0) throw new Error('a store needs a way to open it')
  replaceKeyring(join(services.storeLife.folder, 'keyring.json'), { ...keyring, slots })
}

/** A code that was shown and not typed back yet: it opens nothing until then, and the one before still does. */
export type PendingCode = {
  readonly code: RecoveryCode
  readonly asked: readonly [number, number]
  readonly madeAt: Instant
  readonly signInId: string
}

const pendingCode = new WeakMap<Services, PendingCode>()

/** Makes a code for the person at this window; in memory only, and the one that was shown before is forgotten. */
export function makePendingCode(services: Services, connection: Connection): PendingCode {
  const { host } = services
  const pending: PendingCode = {
    code: recoveryCodeOf(host.randomBytes(recoveryCodeBytes)),
    asked: askedRecoveryGroups(host.randomBytes(2)),
    madeAt: host.now(),
    signInId: signInOf(connection)?.signInId ?? '',
  }
  pendingCode.set(services, pending)
  return pending
}

/** The code that this person was shown; null where there is none, or somebody else was. */
export function pendingCodeOf(services: Services, connection: Connection): PendingCode | null {
  const pending = pendingCode.get(services) ?? null
  return pending?.signInId === signInOf(connection)?.signInId ? pending : null
}

export function forgetPendingCode(services: Services): void {
  pendingCode.delete(services)
}

export function isTypedBack({ code, asked }: PendingCode, first: string, second: string): boolean {
  return isRecoveryGroup(code, asked[0], first) && isRecoveryGroup(code, asked[1], second)
}
