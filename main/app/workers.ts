import { Worker } from 'node:worker_threads'
import type { Host } from '../hosts/host.ts'

/** What a worker sends: progress, then exactly one end. */
export type WorkerMessage =
  | { readonly kind: 'PROGRESS'; readonly done: number; readonly total: number | null; readonly phase: string }
  | { readonly kind: 'DONE'; readonly report: unknown }
  | { readonly kind: 'FAILED'; readonly code: string }

export type WorkerRun = { readonly ended: Promise<unknown>; cancel(): void }

export class WorkerError extends Error {
  readonly code: string
  constructor(code: string) {
    super(`worker failed: ${code}`)
    this.code = code
  }
}

/** Runs `main/workers/<name>` and gives its report; throws `WorkerError` with its code. */
export async function runWorker(
  host: Host,
  name: string,
  input: unknown,
  onProgress?: (message: WorkerMessage & { kind: 'PROGRESS' }) => void,
): Promise<unknown> {
  return startWorker(host, name, input, onProgress).ended
}

/** The same, with a way to ask it to stop: it rolls back, cleans up and ends as FAILED `CANCELLED`. */
export function startWorker(
  host: Host,
  name: string,
  input: unknown,
  onProgress?: (message: WorkerMessage & { kind: 'PROGRESS' }) => void,
): WorkerRun {
  const stop = new SharedArrayBuffer(4)
  const worker = new Worker(new URL(`${name}${host.workers.ending}`, host.workers.base), {
    workerData: { input, stop },
  })
  const ended = new Promise<unknown>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'PROGRESS') onProgress?.(message)
      else if (message.kind === 'DONE') resolve(message.report)
      else reject(new WorkerError(message.code))
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new WorkerError('WORKER_ENDED')))
  })
  return { ended, cancel: () => Atomics.store(new Int32Array(stop), 0, 1) }
}
