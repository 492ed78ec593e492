import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { many } from '../../db/records.ts'
import { selectSignatures } from '../../db/signatures.ts'
import { hashSecret } from '../../main/app/secrets.ts'
import { shippedScrypt } from '../../main/hosts/scrypt-cost.ts'
import { type SignedStatement, signedText } from '../../shared/domain/signed-statement.ts'
import { pin, type Window } from '../support/clinic.ts'
import type { ClinicBench } from './clinic-bench.ts'
import { probeEventLoop } from './import-bench.ts'
import { type Line, median } from './measure.ts'

const rounds = 5
const sealedRecords = 300

type Sealed = {
  readonly record_id: string
  readonly statement: string
  readonly signature: string
  readonly public_key: string
}

/** Every check of a signature as a record's opening makes it, against the curve alone over the same bytes. */
export async function sealLines({ bench }: ClinicBench): Promise<readonly Line[]> {
  const { db } = bench.app.services.storeLife.open.store
  const seals = await many<Sealed>(
    db,
    `select s.record_id, seal.statement, seal.signature, k.public_key from signature s
       join signature_seal seal on seal.signature_id = s.id join signing_key k on k.id = s.key_id
       where s.kind = 'session' and s.number = 1 order by s.id limit ${sealedRecords}`,
  )
  const bare = seals.map(({ statement, signature, public_key: key }) => ({
    // Written by this program and compared with its signature right below.
    text: Buffer.from(signedText(JSON.parse(statement) as SignedStatement)),
    signature: Buffer.from(signature, 'base64url'),
    key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' }),
  }))
  const [checked, verified]: [number[], number[]] = [[], []]
  for (let round = -1; round < rounds; round++) {
    const begun = performance.now()
    if (!bare.every(({ text, signature, key }) => verify(null, text, key, signature)))
      throw new Error('the generated clinic has a signature that is wrong')
    const middle = performance.now()
    for (const { record_id: id } of seals)
      if ((await selectSignatures(db, 'session', id))[0]?.integrity !== 'INTACT')
        throw new Error('the generated clinic has a broken seal')
    if (round >= 0) {
      verified.push(middle - begun)
      checked.push(performance.now() - middle)
    }
  }
  const rate = (taken: readonly number[]) => `${Math.round((seals.length * 1000) / median(taken))} rows/s`
  return [
    {
      operation: `signatures checked, ${seals.length} records; floor is the curve alone`,
      floor: rate(verified),
      product: rate(checked),
      ratios: checked.map((one, round) => one / (verified[round] ?? Number.NaN)),
      unit: 'x',
      target: null,
    },
  ]
}

/**
 * One person locks the window, another takes it by PIN. The generated clinic's own PINs are cheap to check, so one check
 * at the cost that is shipped is added.
 */
export async function switchLines(clinic: ClinicBench): Promise<readonly Line[]> {
  const { aes, phy } = clinic
  const { host } = clinic.bench
  const call = (window: Window, name: string, input: unknown) => clinic.call(window, name, input)
  const staffIdOf = ({ connection: { state } }: Window) => {
    if (state.kind === 'SIGNED_OUT') throw new Error('nobody is signed in')
    return state.signIn.staffId
  }
  const [first, second] = [staffIdOf(aes), staffIdOf(phy)]
  // Whoever takes a window over has left another one by its lock.
  await call(phy, 'signIn.lock', {})
  const [locking, switching]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    for (const staffId of [second, first]) {
      const begun = performance.now()
      await call(aes, 'signIn.lock', {})
      locking.push(performance.now() - begun)
      await hashSecret({ ...host, scrypt: shippedScrypt }, pin)
      await call(aes, 'signIn.withPin', { staffId, pin })
      await call(aes, 'signIn.state', {})
      switching.push(performance.now() - begun)
    }
  }
  await call(phy, 'signIn.withPin', { staffId: second, pin })
  const line = (operation: string, ratios: readonly number[], target: number): Line => ({
    operation,
    floor: '',
    product: '',
    ratios,
    unit: 'ms',
    target,
  })
  return [
    line('lock of the window', locking, 200),
    line('change of person, from lock to the next by PIN at the shipped cost', switching, 2000),
  ]
}

/** The longest that main is busy at a stretch while these run. */
export async function eventLoopLines(
  clinic: ClinicBench,
  calls: readonly { readonly name: string; readonly window: Window; readonly input: unknown }[],
): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const { name, window, input } of calls) {
    const turns: number[] = []
    for (let round = 0; round < rounds; round++) {
      const endProbe = probeEventLoop()
      await new Promise((resolve) => setTimeout(resolve, 10))
      await clinic.call(window, name, input, randomUUID())
      await new Promise((resolve) => setTimeout(resolve, 10))
      turns.push(endProbe().longestTurnMs)
    }
    lines.push({
      operation: `event loop during ${name}: longest turn (CPU)`,
      floor: '',
      product: '',
      ratios: turns,
      unit: 'ms',
      target: 50,
    })
  }
  return lines
}
