import { change } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import { printedRecoveryCode } from '../../shared/domain/recovery-code.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { type CommandContext, type Handlers, prepared } from '../app/context.ts'
import { makeOsSlot, makePassphraseSlot, makeRecoverySlot, type OsSlot, type SecretSlot } from '../app/key-slot.ts'
import {
  changeSlots,
  forgetPendingCode,
  isTypedBack,
  makePendingCode,
  ownKeyring,
  pendingCodeOf,
  type RecoveryMade,
  recoveryMadeFact,
} from '../app/key-slots.ts'
import { hasSlot, openWithKeychain } from '../app/keyring.ts'
import { givePdf } from '../app/pdf.ts'
import { isCommonPassword } from '../app/secrets.ts'
import type { Services } from '../app/services.ts'
import { keepFact, selectFact } from '../app/store-fact.ts'
import { setUpUnfinishedFact } from '../app/store-life.ts'

type KeysContract = typeof contract.keys

export const keysHandlers = {
  state: async ({ reader, services }) => {
    const { host, storeLife } = services
    const keyring = ownKeyring(services)
    const made = await selectFact<RecoveryMade>(reader, recoveryMadeFact)
    const isByKeychain = host.keychain !== null && hasSlot(keyring, 'os')
    const hasPassphrase = hasSlot(keyring, 'passphrase')
    return accept({
      storeId: storeLife.open.facts.storeId,
      recoveryCode: hasSlot(keyring, 'recovery') ? { madeAt: made?.at ?? null } : null,
      hasPassphrase,
      opensBy: isByKeychain ? 'KEYCHAIN' : hasPassphrase ? 'PASSPHRASE' : 'RECOVERY_CODE',
      keychainGap: host.keychain ? null : host.keychainGap,
    })
  },

  makeFirstCode: async (context) => {
    if (!context.services.storeLife.open.facts.isSetUpUnfinished) return refuse('CODE_EXISTS')
    context.audit({ action: 'keys.makeFirstCode', subject: 'keyring' })
    return accept(showCode(context))
  },

  makeCode: async (context) => {
    if (context.reauthenticatedBy !== 'PASSWORD') return refuse('PASSWORD_NEEDED')
    context.audit({ action: 'keys.makeCode', subject: 'keyring' })
    return accept(showCode(context))
  },

  sheet: async (context) => {
    const { services, connection, now, offsetMin, caller } = context
    const pending = pendingCodeOf(services, connection)
    if (!pending) return refuse('CODE_NOT_SHOWN')
    const { clinicName, storeId, isSample } = services.storeLife.open.facts
    context.audit({ action: 'keys.sheet', subject: 'keyring' })
    const file = await givePdf(context, 'recovery-code.pdf', {
      kind: 'RECOVERY_CODE',
      print: {
        clinicName,
        storeId,
        isSample,
        code: printedRecoveryCode(pending.code),
        madeAt: pending.madeAt,
        printedAt: now,
        printedBy: caller.printedName,
        utcOffsetMin: offsetMin,
      },
    })
    return accept(file)
  },

  confirmCode: prepared<KeysContract['confirmCode'], SecretSlot>({
    async prepare({ services, connection }, { first, second }) {
      const pending = pendingCodeOf(services, connection)
      if (!pending) return refuse('CODE_NOT_SHOWN')
      if (!isTypedBack(pending, first, second)) return refuse('GROUPS_WRONG')
      const { host, storeLife } = services
      return accept(await makeRecoverySlot(host, storeLife.open.facts.storeId, storeLife.key, pending.code))
    },
    async run(context, _input, slot) {
      const { services, connection, trx } = context
      const pending = pendingCodeOf(services, connection)
      if (!pending) return refuse('CODE_NOT_SHOWN')
      const made: RecoveryMade = { at: pending.madeAt }
      await keepFact(trx, recoveryMadeFact, made)
      await change(trx, 'delete from store_fact where name = ?', [setUpUnfinishedFact])
      context.audit({ action: 'keys.confirmCode', subject: 'keyring', reason: 'RECOVERY' })
      context.touch('keys', 'clinic')
      // Last, so that a slot is never there without the row that tells of it.
      changeSlots(services, { put: [slot] })
      context.afterCommit(async () => {
        forgetPendingCode(services)
        await services.storeLife.renewFacts()
      })
      return accept({})
    },
  }),

  setPassphrase: prepared<KeysContract['setPassphrase'], readonly (SecretSlot | OsSlot)[]>({
    async prepare({ services }, { passphrase, atEachStart }) {
      const { host, storeLife } = services
      const { storeId, clinicName } = storeLife.open.facts
      if (isCommonPassword(passphrase, [clinicName])) return refuse('PASSPHRASE_TOO_COMMON')
      const slot = await makePassphraseSlot(host, storeId, storeLife.key, passphrase)
      const osSlot = atEachStart ? null : await makeOsSlot(host, storeLife.key)
      return accept(osSlot ? [osSlot, slot] : [slot])
    },
    async run(context, { atEachStart }, put) {
      if (context.reauthenticatedBy !== 'PASSWORD') return refuse('PASSWORD_NEEDED')
      context.audit({
        action: 'keys.setPassphrase',
        subject: 'keyring',
        reason: atEachStart ? 'AT_EACH_START' : 'PASSPHRASE',
      })
      context.touch('keys', 'clinic', 'backup')
      changeSlots(context.services, { put, without: atEachStart ? ['os'] : [] })
      return accept({})
    },
  }),

  removePassphrase: prepared<KeysContract['removePassphrase'], OsSlot>({
    async prepare({ services }) {
      const keyring = ownKeyring(services)
      if (!hasSlot(keyring, 'passphrase')) return refuse('NO_PASSPHRASE')
      if (!hasSlot(keyring, 'recovery')) return refuse('CODE_NEEDED')
      const slot = await makeProvedOsSlot(services)
      return slot ? accept(slot) : refuse('KEYCHAIN_NEEDED')
    },
    async run(context, _input, slot) {
      if (context.reauthenticatedBy !== 'PASSWORD') return refuse('PASSWORD_NEEDED')
      context.audit({ action: 'keys.removePassphrase', subject: 'keyring', reason: 'PASSPHRASE' })
      context.touch('keys', 'clinic', 'backup')
      changeSlots(context.services, { put: [slot], without: ['passphrase'] })
      return accept({})
    },
  }),
} satisfies Handlers<KeysContract>

function showCode({ services, connection }: CommandContext) {
  const { code, asked } = makePendingCode(services, connection)
  return { code: printedRecoveryCode(code), asked: { first: asked[0], second: asked[1] } }
}

/** A fresh slot of this computer's keychain that gives the key back now; null where the keychain does not. */
async function makeProvedOsSlot(services: Services): Promise<OsSlot | null> {
  const { host, storeLife } = services
  const slot = await makeOsSlot(host, storeLife.key).catch(() => null)
  if (!slot) return null
  const opened = await openWithKeychain(host, { v: 1, storeId: storeLife.open.facts.storeId, slots: [slot] })
  return opened !== null && opened !== 'KEYCHAIN_CHANGED' && opened.key.equals(storeLife.key) ? slot : null
}
