import { randomUUID } from 'node:crypto'
import type { Trx } from '../../db/open.ts'
import { one } from '../../db/records.ts'
import { newKeyPair } from '../../db/signing/ed25519.ts'
import type { Sealer } from '../../db/signing/seal.ts'
import type { SigningKeyTable } from '../../db/tables/signing.ts'
import { keepKey, openClinicKey, sealerOf } from '../../main/app/signing-keys.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { storeNow } from './store.ts'

const clinicId = 'a clinic for tests'
const storeKey = Buffer.alloc(32, 7)
const held = new Map<string, Sealer>()

/** The clinic's key of a bare store, made where there is none. */
export async function clinicSealer(trx: Trx): Promise<Sealer> {
  const folders = { data: '', scratch: '', logs: '' }
  const host = createMemoryHost({ folders, now: storeNow })
  const { sealer } = await openClinicKey(trx, host, { clinicId, clinicName: 'Alder Row', storeKey })
  return sealer
}

/** A key of this person, certified by the clinic; the same one for as long as the store holds it. */
export async function personSealer(trx: Trx, staffId: StaffId): Promise<Sealer> {
  const clinic = await clinicSealer(trx)
  const key = await one<SigningKeyTable>(trx, 'select * from signing_key where staff_id = ? and ended_at is null', [
    staffId,
  ])
  const known = key && held.get(key.id)
  if (known) return known
  const keyId = randomUUID()
  const { publicKey, privateKey } = newKeyPair()
  const wrapped = {
    wrapped_by: 'PASSWORD' as const,
    salt: '',
    cost: 0,
    block_size: 0,
    parallelization: 0,
    nonce: '',
    sealed: '',
    tag: '',
  }
  const person = { staffId, printedName: 'Somebody', at: storeNow }
  const sealer = sealerOf(clinicId, await keepKey(trx, clinic, { keyId, publicKey, privateKey, wrapped }, person))
  held.set(keyId, sealer)
  return sealer
}
