import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDamage, openDriver } from '../../db/open.ts'
import { openWithPassphrase, readKeyrings } from '../../main/app/keyring.ts'
import {
  makeScratchClinic,
  openScratchClinic,
  passphrase,
  password,
  type ScratchClinic,
  seededNumbers,
} from './scratch-clinic.ts'

/** What became of each flipped byte. `wrong` holds what may never be: a byte whose flip was served as true. */
export type FlipReport = {
  readonly tried: number
  /** The program closed the records and showed the recovery screen. */
  readonly recovery: number
  /** The byte lies in a page that nothing reads; everything was read as it was written. */
  readonly same: number
  readonly wrong: readonly string[]
}

/** F6: flips one byte of a closed store in each of `count` random places, opens it as people do and reads all of it. */
export async function flipBytes(count: number, seed: number): Promise<FlipReport> {
  const clinic = await makeScratchClinic(12)
  try {
    const truth = await readAll(clinic.data)
    if (truth === null) throw new Error('the clinic cannot be read before anything was flipped')
    const random = seededNumbers(seed)
    const size = readFileSync(join(clinic.data, 'store.db')).length
    let recovery = 0
    let same = 0
    const wrong: string[] = []
    for (let flip = 1; flip <= count; flip += 1) {
      const place = random(size)
      const outcome = await tryFlip(clinic, truth, { place, mask: 1 + random(255) })
      if (outcome === 'RECOVERY') recovery += 1
      else if (outcome === 'SAME') same += 1
      else wrong.push(`byte ${place}: ${outcome}`)
    }
    return { tried: count, recovery, same, wrong }
  } finally {
    clinic.remove()
  }
}

async function tryFlip(
  clinic: ScratchClinic,
  truth: string,
  { place, mask }: { readonly place: number; readonly mask: number },
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-flip-'))
  try {
    cpSync(clinic.data, join(folder, 'data'), { recursive: true })
    const path = join(folder, 'data', 'store.db')
    const bytes = readFileSync(path)
    bytes[place] = (bytes[place] ?? 0) ^ mask
    writeFileSync(path, bytes)
    const { app, window } = await openScratchClinic(folder)
    const { storeLife } = app.services
    try {
      await window.call('signIn.withPassword', { signInName: 'greta', password })
      await window.call('staff.list', {})
      await window.call('policy.list', {})
      if (storeLife.state.kind === 'FAULT') return recoveryOf(storeLife.state.fault)
      if (storeLife.state.kind !== 'OPEN') return storeLife.state.kind
    } finally {
      await app.close()
    }
    const read = await readAll(join(folder, 'data'))
    // What the screens did not ask for is damaged: whoever asks gets the recovery screen.
    return read === null ? 'RECOVERY' : sameOf(read, truth)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function recoveryOf(fault: string): string {
  return fault === 'DAMAGED' || fault === 'WRONG_KEY_OR_DAMAGED' ? 'RECOVERY' : fault
}

function sameOf(read: string, truth: string): string {
  return read === truth ? 'SAME' : 'WRONG DATA'
}

/** What the program notes on its audit at each opening is no part of what was there. */
const notesOnAudit = " where name not in ('anchored', 'chain_checkpoint', 'chain_standing', 'chain_whole')"

/** Every row of every table but the ones that opening and signing in write; null where the engine refuses a page. */
async function readAll(data: string): Promise<string | null> {
  const keyrings = readKeyrings(join(data, 'keyring.json'))
  const keyring = keyrings === 'KEYRING_DAMAGED' ? null : keyrings?.[0]
  const key = keyring ? await openWithPassphrase(keyring, passphrase) : null
  if (!key) throw new Error('the keyring does not open')
  try {
    const driver = openDriver({ path: join(data, 'store.db'), key })
    try {
      const tables = driver
        .prepare(
          "select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!' order by 1",
        )
        .all() as { name: string }[]
      const written: ReadonlySet<string> = new Set(['audit_entry', 'staff_secret', 'signing_key', 'command_reply'])
      // Opening and signing in add rows to the audit; the first ones stay as they were.
      const audit = driver.prepare('select * from audit_entry order by seq limit 12').all()
      const rest = tables
        .filter(({ name }) => !written.has(name))
        .map(({ name }) => [
          name,
          driver.prepare(`select * from "${name}"${name === 'store_fact' ? notesOnAudit : ''}`).all(),
        ])
      return JSON.stringify([audit, rest])
    } finally {
      driver.close()
    }
  } catch (error) {
    if (isDamage(error) || (error instanceof Error && error.message.includes('WRONG_KEY_OR_DAMAGED'))) return null
    throw error
  }
}
