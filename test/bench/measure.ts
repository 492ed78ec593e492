/** Linear between neighbours; `share` from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? Number.NaN
  return low + (high - low) * (place - Math.floor(place))
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Milliseconds of each of `count` calls. */
export function timed(count: number, call: (index: number) => unknown): Promise<readonly number[]> {
  return timedBest(1, count, call)
}

/**
 * The same for reads, which can be asked again: the best of three counts, since other programs on the machine only ever
 * add to a time. Floor and product alike; what is counted is therefore a read whose pages are in memory.
 */
export function timedRead(count: number, call: (index: number) => unknown): Promise<readonly number[]> {
  return timedBest(3, count, call)
}

async function timedBest(tries: number, count: number, call: (index: number) => unknown): Promise<readonly number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    let best = Number.POSITIVE_INFINITY
    for (let turn = 0; turn < tries; turn++) {
      const begun = performance.now()
      const pending = call(index)
      if (pending instanceof Promise) await pending
      best = Math.min(best, performance.now() - begun)
    }
    times.push(best)
  }
  return times
}

/** One thing that is timed: each round gives the times of its calls. */
export type Variant = { readonly name: string; readonly round: (round: number) => Promise<readonly number[]> }

/** All variants in each round, every round in another order. Times by name, one list per round. */
export async function runRounds(
  variants: readonly Variant[],
  { rounds, random }: { readonly rounds: number; readonly random: () => number },
): Promise<ReadonlyMap<string, readonly (readonly number[])[]>> {
  const times = new Map<string, (readonly number[])[]>(variants.map(({ name }) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    for (const { name, round: run } of shuffled(variants, random)) {
      const taken = await run(round)
      // The first round warms caches and the compiler.
      if (round >= 0) times.get(name)?.push(taken)
    }
  }
  return times
}

function shuffled<Value>(list: readonly Value[], random: () => number): readonly Value[] {
  return list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

export type Line = {
  readonly operation: string
  readonly floor: string
  readonly product: string
  /** Ratio to the floor, or the value itself where there is no floor; one per round. */
  readonly ratios: readonly number[]
  readonly unit: 'x' | 'ms' | 'MB' | '%' | ''
  /** Null where speed.md names no number. */
  readonly target: number | null
  /** Most targets are ceilings. */
  readonly isFloor?: boolean
}

/** A ceiling fails when the lower quartile of the ratios is over it. */
export function isOver({ ratios, target, isFloor = false }: Line): boolean {
  if (target === null) return false
  return isFloor ? quantile(ratios, 0.75) < target : quantile(ratios, 0.25) > target
}

export function printTable(lines: readonly Line[]): void {
  const heads = ['operation', 'floor', 'product', 'median', 'lower q.', 'target', '']
  const rows = lines.map((line) => [
    line.operation,
    line.floor,
    line.product,
    written(median(line.ratios), line.unit),
    written(quantile(line.ratios, 0.25), line.unit),
    line.target === null ? '-' : `${line.isFloor ? '>=' : '<='} ${written(line.target, line.unit)}`,
    line.target === null ? '' : isOver(line) ? 'OVER' : 'ok',
  ])
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => (row[at] ?? '').length)))
  const print = (cells: readonly string[]) =>
    console.log(
      cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
  print(heads)
  print(widths.map((width) => '-'.repeat(width)))
  for (const row of rows) print(row)
}

function written(value: number, unit: Line['unit']): string {
  const text = value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
  return unit === 'x' ? `x${text}` : unit === '' ? text : `${text} ${unit}`
}

/** Milliseconds as the table shows them. */
export function ms(value: number): string {
  return `${value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(3)} ms`
}
