import { appendFileSync } from 'node:fs'
import type { FaultNumber } from './catalogue.ts'

/** How often a counted test tries: the fixed share of every run, or what `npm run faults` asks for. */
export function countOf({ share, full }: { readonly share: number; readonly full: number }): number {
  const asked = process.env['COUNTERSIGN_FAULTS']
  if (asked === undefined) return share
  return asked === 'FULL' ? full : Math.max(1, Number(asked))
}

/** The line that `npm run faults` reads from a counted test; `figures` are measured and judge nothing. */
export type Tally = {
  readonly fault: FaultNumber
  readonly what: string
  readonly tried: number
  readonly held: number
  /** Acknowledged and gone, served wrong, readable on disk: each is 0 or the run fails. */
  readonly lost?: number
  readonly wrong?: number
  readonly plaintext?: number
  readonly figures?: Readonly<Record<string, number | string>>
}

export function tell(tally: Tally): void {
  const path = process.env['COUNTERSIGN_FAULTS_REPORT']
  if (path !== undefined) appendFileSync(path, `${JSON.stringify(tally)}\n`)
}
