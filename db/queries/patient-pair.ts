import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PatientBody } from '../../shared/domain/patient.ts'
import type { DuplicateReason } from '../../shared/domain/patient-duplicate.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one, sha256Of } from '../records.ts'
import type { DuplicatePairTable } from '../tables/patient-merge.ts'
import { selectLikelyDuplicates, selectPatient } from './patient.ts'

/** Two charts that look like one person's, in the order of their ids. */
type ChartPair = { readonly lowId: PatientId; readonly highId: PatientId }
type FoundPair = ChartPair & {
  readonly lowFacts: string
  readonly highFacts: string
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}
/** One chart after it was compared with all others, at this version of its first page. */
export type ComparedChart = {
  readonly patientId: PatientId
  readonly version: number
  readonly pairs: readonly FoundPair[]
}

export function pairOf(one: PatientId, other: PatientId): ChartPair {
  return one < other ? { lowId: one, highId: other } : { lowId: other, highId: one }
}

/** SHA-256 of what a chart is compared by: as long as it stays, what somebody decided about the pair stands. */
export function identitySha256(body: PatientBody): string {
  const { family, given, middle, preferred, formerNames, bornOn, bornText, address, phones } = body
  return sha256Of(
    canonicalJson({ family, given, middle, preferred, formerNames, bornOn, bornText, address, phones } as never),
  )
}

const comparable = "(p.status = 'ACTIVE' or p.archive_reason in ('MOVED_AWAY', 'DECEASED', 'OTHER'))"

/** Charts that were never compared, or whose first page has changed since. */
export async function countUncompared(reader: Reader): Promise<number> {
  const row = await one<{ found: number }>(
    reader,
    `select count(*) as found from patient p left join duplicate_compared c on c.patient_id = p.id
       where (c.version is null or c.version <> p.version) and ${comparable}`,
  )
  return Number(row?.found ?? 0)
}

/**
 * Compares the next `limit` charts with all others, by the rule of registration. The event loop gets its turn after every
 * chart and every block of candidates, so nobody's keystroke waits for it.
 */
export async function compareNext(reader: Reader, limit: number): Promise<readonly ComparedChart[]> {
  const rows = await many<{ id: PatientId }>(
    reader,
    `select p.id from patient p left join duplicate_compared c on c.patient_id = p.id
       where (c.version is null or c.version <> p.version) and ${comparable} order by p.id limit ${limit}`,
  )
  const compared: ComparedChart[] = []
  for (const { id } of rows) {
    const chart = await compareOne(reader, id)
    if (chart) compared.push(chart)
    await nextTurn()
  }
  return compared
}

async function compareOne(reader: Reader, patientId: PatientId): Promise<ComparedChart | null> {
  const own = await selectPatient(reader, patientId)
  if (!own) return null
  const pairs: FoundPair[] = []
  const rest = () => nextTurn(undefined)
  for (const { patientId: otherId, score, reasons } of await selectLikelyDuplicates(reader, own.body, {
    except: patientId,
    rest,
  })) {
    const other = await selectPatient(reader, otherId)
    if (!other) continue
    const pair = pairOf(patientId, otherId)
    const [low, high] = pair.lowId === patientId ? [own, other] : [other, own]
    pairs.push({
      ...pair,
      lowFacts: identitySha256(low.body),
      highFacts: identitySha256(high.body),
      score: Math.round(score * 10),
      reasons,
    })
  }
  return { patientId, version: own.version, pairs }
}

/** Puts what was found in the place of what stood there before. */
export async function replacePairs(trx: Trx, compared: readonly ComparedChart[], at: Instant): Promise<void> {
  for (const { patientId, version, pairs } of compared) {
    await change(trx, 'delete from duplicate_pair where low_id = ? or high_id = ?', [patientId, patientId])
    for (const { lowId, highId, lowFacts, highFacts, score, reasons } of pairs) {
      await insertRow(trx, 'duplicate_pair', {
        low_id: lowId,
        high_id: highId,
        low_facts: lowFacts,
        high_facts: highFacts,
        score,
        reasons: JSON.stringify(reasons),
        found_at: at,
      })
    }
    await change(trx, 'delete from duplicate_compared where patient_id = ?', [patientId])
    await insertRow(trx, 'duplicate_compared', { patient_id: patientId, version })
  }
}

/** Undecided: nobody said "two people" of what both charts say now, and neither is merged or out of the search. */
const undecided = `not exists (select 1 from duplicate_verdict v where v.low_id = p.low_id and v.high_id = p.high_id
      and v.low_facts = p.low_facts and v.high_facts = p.high_facts)
    and not exists (select 1 from patient_link l where l.ended_at is null and l.merged_id in (p.low_id, p.high_id))
    and not exists (select 1 from patient c where c.id in (p.low_id, p.high_id)
      and c.archive_reason in ('DUPLICATE', 'MISTAKE', 'IMPORT_UNDONE'))`

export async function countPairs(reader: Reader): Promise<number> {
  const row = await one<{ found: number }>(reader, `select count(*) as found from duplicate_pair p where ${undecided}`)
  return Number(row?.found ?? 0)
}

/** What is left to look at, likeliest first, at most `limit`. */
export async function selectPairs(reader: Reader, limit: number): Promise<readonly FoundPair[]> {
  const rows = await many<DuplicatePairTable>(
    reader,
    `select * from duplicate_pair p where ${undecided} order by score desc, low_id, high_id limit ${limit}`,
  )
  return rows.map(rowToPair)
}

export async function insertVerdict(
  trx: Trx,
  id: string,
  verdict: ChartPair & {
    readonly lowFacts: string
    readonly highFacts: string
    readonly reason: string
    readonly at: Instant
    readonly by: StaffId
  },
): Promise<void> {
  await insertRow(trx, 'duplicate_verdict', {
    id,
    low_id: verdict.lowId,
    high_id: verdict.highId,
    low_facts: verdict.lowFacts,
    high_facts: verdict.highFacts,
    reason: verdict.reason,
    decided_at: verdict.at,
    decided_by: verdict.by,
  })
}

function rowToPair(row: DuplicatePairTable): FoundPair {
  return {
    lowId: row.low_id,
    highId: row.high_id,
    lowFacts: row.low_facts,
    highFacts: row.high_facts,
    score: row.score,
    // Written by `replacePairs` from the closed list.
    reasons: JSON.parse(row.reasons) as readonly DuplicateReason[],
  }
}
