import type { AppEvent } from '../../shared/rpc/envelope.ts'

/** Long work in a worker thread: progress is pushed, cancelling is asked for, the end is kept until it is read. */
export type JobState =
  | { readonly kind: 'RUNNING'; readonly done: number; readonly total: number | null; readonly phase: string }
  | { readonly kind: 'DONE'; readonly report: unknown }
  | { readonly kind: 'CANCELLED' }
  | { readonly kind: 'FAILED'; readonly code: string }

export class Jobs {
  readonly #states = new Map<string, JobState>()
  readonly #cancels = new Map<string, () => void>()
  readonly #push: (event: AppEvent) => void

  constructor(push: (event: AppEvent) => void) {
    this.#push = push
  }

  get isRunning(): boolean {
    return this.#cancels.size > 0
  }

  start(jobId: string, phase: string, cancel: () => void): void {
    this.#cancels.set(jobId, cancel)
    this.progress(jobId, 0, null, phase)
  }

  progress(jobId: string, done: number, total: number | null, phase: string): void {
    this.#states.set(jobId, { kind: 'RUNNING', done, total, phase })
    this.#push({ type: 'JOB', jobId, done, total, phase })
  }

  end(jobId: string, state: Exclude<JobState, { kind: 'RUNNING' }>): void {
    this.#states.set(jobId, state)
    this.#cancels.delete(jobId)
    this.#push({ type: 'JOB', jobId, done: 0, total: null, phase: state.kind })
  }

  cancel(jobId: string): void {
    this.#cancels.get(jobId)?.()
  }

  state(jobId: string): JobState | null {
    return this.#states.get(jobId) ?? null
  }
}
