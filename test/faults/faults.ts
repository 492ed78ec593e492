import '../../main/ensure-node.ts'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { verifyAudit } from '../../db/audit/verify.ts'
import { openStore } from '../../db/open.ts'
import { patientRecord } from '../../db/queries/patient.ts'
import { policyRecord } from '../../db/queries/policy.ts'
import { many, selectRecord } from '../../db/records.ts'
import { openWithPassphrase, readKeyrings, subKey } from '../../main/app/keyring.ts'
import type { Envelope } from '../../shared/rpc/envelope.ts'

/**
 * Ends the served program with SIGKILL at random moments while one window saves and signs, then opens what is left: every
 * save that was acknowledged must be there, whole and with its audit row, and nothing may be half.
 */
const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' } } })
const kills = Number(values.kills)
const passphrase = 'seven grey herons stand still'
const password = 'quiet harbour lantern 41'
const serve = fileURLToPath(new URL('../../out/serve/serve.js', import.meta.url))

type Acknowledged = { readonly kind: 'SAVED' | 'SIGNED'; readonly id: string; readonly name: string }
type Served = { readonly process: ChildProcess; call(name: string, input: unknown): Promise<Envelope> }

const folder = mkdtempSync(join(tmpdir(), 'countersign-faults-'))
const acknowledged: Acknowledged[] = []
const faults: string[] = []
let cutWhileBusy = 0
try {
  await setUp()
  for (let trial = 1; trial <= kills; trial += 1) {
    await killOnce()
    await inspect(trial)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const saved = acknowledged.filter(({ kind }) => kind === 'SAVED').length
console.log('fault                         tried  acknowledged              lost  held')
console.log(
  `F4 kill -9 saving and signing ${String(kills).padStart(5)}  ${`${saved} saved, ${acknowledged.length - saved} signed`.padEnd(24)}  ${String(faults.length).padStart(4)}  ${faults.length === 0 ? 'yes' : 'NO'}`,
)
console.log(`${cutWhileBusy} of ${kills} kills came while a call was under way`)
for (const fault of faults.slice(0, 20)) console.error(fault)
// The closing line that a reader of the log looks for.
console.log(
  `${kills - new Set(faults.map((fault) => fault.split(':')[0])).size} passed, ${new Set(faults.map((fault) => fault.split(':')[0])).size} failed`,
)
if (faults.length > 0) process.exitCode = 1

async function setUp(): Promise<void> {
  const served = await start()
  must(
    await served.call('clinic.setUp', {
      clinicName: 'Alder Row Skin Clinic',
      state: 'IL',
      timeZone: 'America/Chicago',
      dateOrder: 'MDY',
      urgentPhone: '+1 312 555 0100',
      owner: {
        printedName: 'Dr Samuel Okafor',
        credential: 'MD',
        signInName: 'okafor',
        password,
        pin: '294718',
        alsoPhysician: true,
        licence: { number: 'IL-10481', state: 'IL', expiresOn: '2099-12-31' },
      },
      passphrase,
    }),
  )
  served.process.kill('SIGTERM')
  await new Promise((resolve) => served.process.once('exit', resolve))
}

/** Saves without a pause, signs now and then, and is cut off somewhere in the first second. */
async function killOnce(): Promise<void> {
  const served = await start()
  must(await served.call('clinic.unlockStore', { passphrase }))
  must(await served.call('signIn.withPassword', { signInName: 'okafor', password }))
  let isBusy = false
  const ended = new Promise<void>((resolve) => served.process.once('exit', () => resolve()))
  const working = (async () => {
    for (let round = 0; ; round += 1) {
      const name = `Probe${randomUUID().slice(0, 8)}`
      isBusy = true
      if (round % 12 === 3) await sign(served)
      else await save(served, name)
      isBusy = false
    }
  })().catch(() => null)
  await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 1200))
  if (isBusy) cutWhileBusy += 1
  served.process.kill('SIGKILL')
  await Promise.all([ended, working])
}

async function save(served: Served, family: string): Promise<void> {
  const value = must(
    await served.call('patient.register', { details: details(family), acknowledgedDuplicates: [], draftId: null }),
  )
  acknowledged.push({ kind: 'SAVED', id: String(value['patientId']), name: family })
}

async function sign(served: Served): Promise<void> {
  const { policies } = must(await served.call('policy.list', {})) as {
    policies: { policyId: string; standing: string }[]
  }
  const draft = policies.find(({ standing }) => standing === 'DRAFT')
  const policyId = draft?.policyId ?? String(must(await served.call('policy.startDraft', {}))['policyId'])
  const { draftVersion, body } = must(await served.call('policy.open', { policyId })) as {
    draftVersion: number
    body: { approvedBy?: unknown }
  }
  const { approvedBy: _nobody, ...rest } = body
  const saved = must(await served.call('policy.saveDraft', { policyId, draftVersion, body: rest }))
  must(
    await served.call('policy.approve', {
      policyId,
      draftVersion: saved['draftVersion'],
      reauth: { method: 'PASSWORD', password },
    }),
  )
  acknowledged.push({ kind: 'SIGNED', id: policyId, name: '' })
}

/** Opens the store as the program would and looks for everything that was ever acknowledged. */
async function inspect(trial: number): Promise<void> {
  const keyrings = readKeyrings(join(folder, 'keyring.json'))
  const keyring = keyrings === null || keyrings === 'KEYRING_DAMAGED' ? null : keyrings[0]
  const key = keyring ? await openWithPassphrase(keyring, passphrase) : null
  if (!key) {
    faults.push(`${trial}: the keyring does not open`)
    return
  }
  const store = openStore({ path: join(folder, 'store.db'), key })
  try {
    if (store.driver.pragma('integrity_check', { simple: true }) !== 'ok') faults.push(`${trial}: the store is damaged`)
    const chain = await verifyAudit(store.db, subKey(key, 'audit-hmac/v1'))
    if (chain.state !== 'INTACT') faults.push(`${trial}: the audit chain breaks at ${chain.firstBadSeq}`)
    for (const { kind, id, name } of acknowledged) {
      const record =
        kind === 'SAVED'
          ? await selectRecord(store.db, patientRecord, id)
          : await selectRecord(store.db, policyRecord, id)
      if (!record) faults.push(`${trial}: an acknowledged ${kind} record is lost`)
      else if (record.integrity !== 'INTACT')
        faults.push(`${trial}: an acknowledged ${kind} record is ${record.integrity}`)
      else if (kind === 'SAVED' && record.head['family'] !== name) faults.push(`${trial}: a record says something else`)
      else if (kind === 'SIGNED' && record.head['state'] !== 'APPROVED') faults.push(`${trial}: a signature is lost`)
    }
    const torn = await many(
      store.db,
      `select p.id from patient p left join audit_entry a on a.subject_id = p.id and a.action = 'patient.register' where a.seq is null limit 5`,
    )
    if (torn.length > 0) faults.push(`${trial}: ${torn.length} records without their audit row`)
  } finally {
    await store.close()
  }
}

async function start(): Promise<Served> {
  const child = spawn(process.execPath, [serve, '--data', folder, '--no-open', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)
      if (found) resolve(found[0])
    })
    child.once('exit', () => reject(new Error('the program ended before it was ready')))
  })
  const { origin } = new URL(address)
  const response = await fetch(address, { redirect: 'manual' })
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return {
    process: child,
    async call(name, input) {
      const reply = await fetch(`${origin}/call`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, cookie },
        body: JSON.stringify({ name, input, key: randomUUID() }),
      })
      return (await reply.json()) as Envelope
    },
  }
}

function must(envelope: Envelope): Record<string, unknown> {
  if (!envelope.ok) throw new Error(`refused: ${envelope.refusal.code} ${JSON.stringify(envelope.refusal.facts ?? {})}`)
  return envelope.value as Record<string, unknown>
}

function details(family: string) {
  return {
    family,
    given: `Person${randomUUID().slice(0, 8)}`,
    middle: null,
    preferred: null,
    formerNames: [],
    bornOn: null,
    bornText: null,
    sex: null,
    gender: null,
    phones: [],
    email: null,
    address: { line1: null, line2: null, locality: null, postcode: null, region: null },
    preferredChannel: null,
    language: null,
    interpreterNeeded: false,
    allergies: { state: 'NOT_ASKED' },
    guardian: null,
    emergencyContact: null,
    deskNotes: null,
  }
}
