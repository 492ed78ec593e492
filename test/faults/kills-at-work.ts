import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyAudit } from '../../db/audit/verify.ts'
import { openStore } from '../../db/open.ts'
import { openWithPassphrase, readKeyrings, subKey } from '../../main/app/keyring.ts'
import { addMinutes } from '../../shared/kernel/time.ts'
import { type Course, openTreatingClinic, planCourse, type TreatingClinic } from '../journeys/course.ts'
import { openHouse, passphrase } from '../journeys/house.ts'
import { filesThatName } from '../support/name-scan.ts'
import { serve } from '../support/served.ts'
import type { Tally } from './count.ts'
import { type KeptKind, keptKinds, Ledger, searchHalves } from './ledger.ts'
import { Life } from './lives.ts'

/** A life that is cut in the second signing treats two patients. */
const coursesPerLife = 2
/** Of every patient of these lives; it stands in no word of the program. */
const family = 'Quillfeather'

const words: Readonly<Record<KeptKind, { readonly name: string; readonly call: string }>> = {
  DRAFT_SAVED: { name: 'session drafts saved', call: 'session.save' },
  SCREENING_SIGNED: { name: 'questionnaires signed', call: 'screening.sign' },
  STARTED: { name: 'sessions started', call: 'session.start' },
  SUBMITTED: { name: 'sessions submitted', call: 'session.submit' },
  COUNTERSIGNED: { name: 'sessions countersigned', call: 'signOff.sign' },
}

/**
 * Ends the served program with SIGKILL at random moments while people screen, type, submit and countersign sessions, and
 * each time opens what is left: everything that was acknowledged must be there, whole, signed and with its audit row,
 * nothing may be half, and no name may be readable in any file.
 */
export async function killAtWork(kills: number): Promise<readonly Tally[]> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-faults-'))
  const data = join(folder, 'data')
  const ledger = new Ledger()
  /** `kind: what is wrong`, found after the kill of this number; kind 'store' where it is nobody's record. */
  const faults: { readonly kill: number; readonly kind: KeptKind | 'store'; readonly fault: string }[] = []
  const cutIn = new Map<string, number>()
  let slowestStartMs = 0
  let auditRows = 0

  try {
    const { clinic, courses } = await prepare()
    for (let kill = 1; kill <= kills; kill += 1) {
      const call = await liveAndDie(clinic, courses)
      if (call !== null) cutIn.set(call, (cutIn.get(call) ?? 0) + 1)
      for (const named of filesThatName(folder, [family]))
        faults.push({ kill, kind: 'store', fault: `readable: ${named}` })
      await inspect(kill, kill === kills ? 'ALL' : 'LATEST')
      if (kill % 10 === 0) console.log(`${kill} of ${kills} kills at work, ${faults.length} faults`)
    }
    await startOnceMore()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return report()

  /** A clinic with enough patients whose next session is today. It is made in this process, which is not killed. */
  async function prepare(): Promise<{ readonly clinic: TreatingClinic; readonly courses: Course[] }> {
    const count = kills * coursesPerLife
    // Each course takes a minute of the house's clock; the last one is made now.
    const house = await openHouse(folder, addMinutes(new Date().toISOString(), -count - 5))
    const made = await openTreatingClinic(house)
    const courses: Course[] = []
    for (let index = 0; index < count; index += 1)
      courses.push(await planCourse(made, { family: `${family} ${index}`, given: 'Ines', bornOn: '1991-04-12' }))
    await house.stop()
    const host = { now: () => new Date().toISOString(), advanceMinutes() {} }
    return { clinic: { ...made, house: { ...made.house, host } }, courses }
  }

  /** Starts the program, lets people work, kills it; answers the call that was cut off, null where none was under way. */
  async function liveAndDie(clinic: TreatingClinic, courses: Course[]): Promise<string | null> {
    const served = await startAndUnlock()
    return new Life(served, clinic, ledger).untilKilled(() => {
      const course = courses.pop()
      if (!course) throw new Error('no patient is left to treat')
      return course
    })
  }

  async function startAndUnlock() {
    const begun = performance.now()
    const served = await serve([`--data=${data}`])
    await served.must('clinic.unlockStore', { passphrase })
    slowestStartMs = Math.max(slowestStartMs, performance.now() - begun)
    return served
  }

  /** Opens the store as the program would and looks for what was acknowledged. */
  async function inspect(kill: number, which: 'ALL' | 'LATEST'): Promise<void> {
    const keyrings = readKeyrings(join(data, 'keyring.json'))
    const keyring = keyrings === null || keyrings === 'KEYRING_DAMAGED' ? null : keyrings[0]
    const key = keyring ? await openWithPassphrase(keyring, passphrase) : null
    if (!key) {
      faults.push({ kill, kind: 'store', fault: 'the keyring does not open' })
      return
    }
    const store = openStore({ path: join(data, 'store.db'), key })
    try {
      if (store.driver.pragma('integrity_check', { simple: true }) !== 'ok')
        faults.push({ kill, kind: 'store', fault: 'the store is damaged' })
      const chain = await verifyAudit(store.db, subKey(key, 'audit-hmac/v1'))
      auditRows = chain.rows
      if (chain.state !== 'INTACT')
        faults.push({ kill, kind: 'store', fault: `the audit chain breaks at ${chain.firstBadSeq}` })
      for (const fault of await searchHalves(store.db)) faults.push({ kill, kind: 'store', fault })
      for (const finding of await ledger.search(store.db, which)) faults.push({ kill, ...finding })
    } finally {
      await store.close()
    }
  }

  /** After the last kill the program itself must still open, and close as it does on Ctrl-C. */
  async function startOnceMore(): Promise<void> {
    const served = await startAndUnlock()
    const code = await served.end('SIGINT')
    if (code !== 0) faults.push({ kill: kills, kind: 'store', fault: `the program ended with ${code}` })
  }

  function report(): readonly Tally[] {
    const count = (value: number, width: number) => String(value).padStart(width)
    console.log('acknowledged             count   present and whole   lost   kills during')
    for (const kind of keptKinds) {
      const lost = faults.filter((fault) => fault.kind === kind).length
      const { name, call } = words[kind]
      const all = ledger.count(kind)
      console.log(
        `${name.padEnd(23)} ${count(all, 6)}   ${count(all - lost, 17)}   ${count(lost, 4)}   ${count(cutIn.get(call) ?? 0, 12)}`,
      )
    }
    for (const { kill, kind, fault } of faults.slice(0, 20)) console.error(`kill ${kill}: ${kind}: ${fault}`)
    const busy = [...cutIn.values()].reduce((sum, times) => sum + times, 0)
    const failed = new Set(faults.map(({ kill }) => kill)).size
    const lost = faults.filter(({ kind }) => kind !== 'store').length
    return [
      {
        fault: 'F4',
        what: `kill -9 at work (${busy} during a call)`,
        tried: kills,
        held: kills - failed,
        figures: {
          acknowledged: keptKinds.reduce((sum, kind) => sum + ledger.count(kind), 0),
          lost,
          auditRows,
          'slowest start after a kill, s': (slowestStartMs / 1000).toFixed(1),
        },
        lost,
        plaintext: faults.filter(({ fault }) => fault.startsWith('readable')).length,
      },
    ]
  }
}
