import { flipBits } from './bit-flips.ts'
import type { FaultNumber } from './catalogue.ts'
import type { Tally } from './count.ts'
import { killAtWork } from './kills-at-work.ts'
import { killInBackup, killInRestore, killInUpgrade } from './kills-of-copies.ts'
import { cutPower, whyNoPowerCut } from './power-cuts.ts'

/** Faults that need the built program in a process of its own, or a disk of its own, and are counted. */
export type Piece = {
  readonly title: string
  readonly fault: FaultNumber
  /** Counts of `npm run faults`, and of the share in `npm test`. */
  readonly full: number
  readonly share: number
  run(count: number): Promise<readonly Tally[]>
  /** Why it cannot be tried on this machine; null where it can. */
  whyNot?(): string | null
}

const seed = 20_260_803

export const pieces: readonly Piece[] = [
  {
    title: 'F4 kill -9 while people screen, type, submit and countersign',
    fault: 'F4',
    full: 220,
    share: 6,
    run: killAtWork,
  },
  { title: 'F40 kill -9 while a backup is made', fault: 'F40', full: 30, share: 2, run: killInBackup },
  { title: 'F42 kill -9 while a restore runs', fault: 'F42', full: 25, share: 1, run: killInRestore },
  { title: 'F43 kill -9 while a store is upgraded', fault: 'F43', full: 25, share: 1, run: killInUpgrade },
  {
    title: 'F5 power cut under the store module',
    fault: 'F5',
    full: 50,
    share: 2,
    run: cutPower,
    whyNot: whyNoPowerCut,
  },
  {
    title: 'F6 one flipped bit in the store’s file',
    fault: 'F6',
    full: 1000,
    share: 50,
    run: (count) => flipBits(count, seed),
  },
]
