import { parentPort, workerData } from 'node:worker_threads'
import { codeOf } from '../../db/open.ts'
import type { WorkerMessage } from './workers.ts'

export type WorkerTools = {
  progress(done: number, total: number | null, phase: string): void
  /** True once the person asked to stop. */
  stopAsked(): boolean
}

/** A failure with a code that the screen has a sentence for. */
export class WorkFault extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** Runs the worker's one task and sends exactly one end. */
export function work<Input>(task: (input: Input, tools: WorkerTools) => unknown): void {
  const { input, stop } = workerData as { input: Input; stop: SharedArrayBuffer }
  const flag = new Int32Array(stop)
  const send = (message: WorkerMessage) => parentPort?.postMessage(message)
  const tools: WorkerTools = {
    progress: (done, total, phase) => send({ kind: 'PROGRESS', done, total, phase }),
    stopAsked: () => Atomics.load(flag, 0) === 1,
  }
  Promise.resolve()
    .then(() => task(input, tools))
    .then((report) => send({ kind: 'DONE', report }))
    .catch((error: unknown) => send({ kind: 'FAILED', code: codeOf(error) || 'INTERNAL' }))
}
