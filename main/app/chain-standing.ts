import { type ChainReport, verifyTail } from '../../db/audit/verify.ts'
import type { Reader, Trx } from '../../db/open.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Host } from '../hosts/host.ts'
import type { OpenStore } from './open-store.ts'
import { keepFact, selectFact } from './store-fact.ts'

/** How the audit was found when it was followed the last time, and when that was. */
export type ChainStanding = ChainReport & {
  readonly at: Instant
  /** WHOLE from the first row, END from where the last check came to. */
  readonly reach: 'WHOLE' | 'END'
}

const standingFact = 'chain_standing'
/** The last check from the first row, whatever checks of the end came after it. */
const wholeFact = 'chain_whole'
/** How far the rows were followed; the next start goes on from there. */
const checkpointFact = 'chain_checkpoint'

/** Rows that a start follows at most (trust design, 4.5); the rest is for the night. */
const mostAtStart = 10_000

export async function selectChainStanding(
  reader: Reader,
): Promise<{ readonly newest: ChainStanding | null; readonly whole: ChainStanding | null }> {
  const newest = await selectFact<ChainStanding>(reader, standingFact)
  return { newest, whole: await selectFact<ChainStanding>(reader, wholeFact) }
}

/**
 * At the opening: the rows since the last check, at most 10,000. A broken one is kept and told; the records open all the
 * same, since what it means is for people to judge. Gives the report.
 */
export async function checkEnd({ store, auditKey }: OpenStore, host: Host): Promise<ChainReport> {
  const checkpoint = await selectFact<{ seq: number; hash: string }>(store.db, checkpointFact)
  const report = await verifyTail(store.db, auditKey, { checkpoint, most: mostAtStart })
  await store.db.transaction().execute(async (trx) => {
    const { newest } = await selectChainStanding(trx)
    // What was found broken is not found whole by looking at the rows after it.
    if (report.state === 'BROKEN') await keepFact(trx, standingFact, standingAt(report, host.now(), 'END'))
    else if (newest?.state !== 'BROKEN') await keepFact(trx, checkpointFact, { seq: report.rows, hash: report.head })
  })
  return report
}

/** The end of a check from the first row. */
export async function keepWhole(trx: Trx, report: ChainReport, at: Instant): Promise<void> {
  const standing = standingAt(report, at, 'WHOLE')
  await keepFact(trx, standingFact, standing)
  await keepFact(trx, wholeFact, standing)
  if (report.state === 'INTACT') await keepFact(trx, checkpointFact, { seq: report.rows, hash: report.head })
}

function standingAt(report: ChainReport, at: Instant, reach: ChainStanding['reach']): ChainStanding {
  return { ...report, at, reach }
}
