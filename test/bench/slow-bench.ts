import { createHash } from 'node:crypto'
import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { verifyAudit } from '../../db/audit/verify.ts'
import { appendAudit } from '../../db/audit/write.ts'
import { copyStore } from '../../db/copy.ts'
import { many } from '../../db/records.ts'
import type { AuditEntryTable } from '../../db/tables/core.ts'
import { keysOfWorker, workerKeys } from '../../main/app/backup-work.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { ClinicBench } from './clinic-bench.ts'
import { type Line, median, ms } from './measure.ts'

const rounds = 5
const auditRows = 20_000

/** A verified copy of the store, and of it the copying alone, against a copied file that is on the disk. */
export async function copyLines(clinic: ClinicBench, runFolder: string): Promise<readonly Line[]> {
  const key = Buffer.from(clinic.facts.key, 'hex')
  const { path: storePath } = clinic.bench.app.services.storeLife.open.store
  const { facts } = clinic.bench.app.services.storeLife.open
  const options = {
    storePath,
    storeId: facts.storeId,
    keys: keysOfWorker(workerKeys(key)),
    name: 'copy',
    reason: 'DEMAND' as const,
    at: clinic.bench.app.services.host.now(),
    timeZone: facts.timeZone,
    appVersion: '0',
    keyring: null,
  }
  const [copying, whole, plain]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round++) {
    const target = join(runFolder, `copies-${round}`)
    mkdirSync(target)
    const file = join(runFolder, `copy-${round}.db`)
    plain.push(elapsed(() => copyFile(storePath, file)))
    const begun = performance.now()
    await copyStore({ ...options, target }, (phase) => {
      if (phase === 'CHECKING') copying.push(performance.now() - begun)
    })
    whole.push(performance.now() - begun)
    rmSync(target, { recursive: true })
    rmSync(file)
  }
  const line = (operation: string, taken: readonly number[], target: number | null): Line => ({
    operation: `${operation}, ${clinic.facts.patients / 1000}k`,
    floor: ms(median(plain)),
    product: ms(median(taken)),
    ratios: taken.map((one, round) => one / (plain[round] ?? Number.NaN)),
    unit: 'x',
    target,
  })
  const megabytes = statSync(storePath).size / 1e6
  const speed = (taken: readonly number[]) => `${Math.round((megabytes * 1000) / median(taken))} MB/s`
  return [
    {
      ...line('copy of the store, by its size', copying, null),
      floor: speed(plain),
      product: speed(copying),
    },
    line('copy of the store before its verification', copying, 15),
    line('copy of the store, verified', whole, null),
  ]
}

function copyFile(from: string, to: string): void {
  copyFileSync(from, to)
  const handle = openSync(to, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

/** The chain followed from its first row, against SHA-256 over the same texts in memory. */
export async function auditLines({ bench }: ClinicBench): Promise<readonly Line[]> {
  const { store, auditKey } = bench.app.services.storeLife.open
  await store.db.transaction().execute(async (trx) => {
    const [last] = await many<AuditEntryTable>(trx, 'select * from audit_entry order by seq desc limit 1')
    if (!last) throw new Error('the clinic has no audit')
    const { seq, prev_hash: _before, hash: _hash, mac: _mac, ...fields } = last
    for (let count = seq; count < auditRows; count++) await appendAudit(trx, auditKey, fields)
  })
  const rows = await many<AuditEntryTable>(store.db, 'select * from audit_entry order by seq')
  const texts = rows.map(({ hash: _hash, mac: _mac, prev_hash: before, ...fields }) => before + canonicalJson(fields))
  const [verified, hashed]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    hashed.push(
      elapsed(() => {
        for (const text of texts) createHash('sha256').update(text, 'utf8').digest('hex')
      }),
    )
    const begun = performance.now()
    const report = await verifyAudit(store.db, auditKey)
    verified.push(performance.now() - begun)
    if (report.state !== 'INTACT') throw new Error('the chain is broken')
  }
  const rate = (taken: readonly number[]) => `${Math.round((rows.length * 1000) / median(taken))} rows/s`
  return [
    {
      operation: `audit chain verified, ${rows.length} rows`,
      floor: rate(hashed),
      product: rate(verified),
      ratios: verified.map((one, round) => one / (hashed[round] ?? Number.NaN)),
      unit: 'x',
      target: 8,
    },
  ]
}

/** From the click to the bytes of a session's PDF, its worker's start included. There is no floor to a document. */
export async function printLines(clinic: ClinicBench): Promise<readonly Line[]> {
  const taken: number[] = []
  for (const patientId of clinic.facts.charts.slice(0, rounds)) {
    const list = JSON.parse(await clinic.call(clinic.aes, 'session.list', { patientId })) as {
      readonly value: { readonly sessions: readonly { readonly sessionId: string }[] }
    }
    const sessionId = list.value.sessions[0]?.sessionId
    const begun = performance.now()
    const reply = JSON.parse(await clinic.call(clinic.aes, 'print.session', { patientId, sessionId })) as {
      readonly value: { readonly token: string }
    }
    const file = await clinic.aes.connection.blobs.get(reply.value.token)?.()
    if (!file?.bytes.subarray(0, 4).equals(Buffer.from('%PDF'))) throw new Error('no PDF came')
    taken.push(performance.now() - begun)
  }
  return [{ operation: 'print a session to PDF', floor: '', product: '', ratios: taken, unit: 'ms', target: null }]
}

function elapsed(work: () => void): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}
