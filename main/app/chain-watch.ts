import { one } from '../../db/records.ts'
import { clockStep, isFullCheckDue, stepReason } from '../../shared/domain/chain-check.ts'
import { addMinutes, type Instant, offsetMinutes } from '../../shared/kernel/time.ts'
import { startChainCheck } from './chain-check.ts'
import { selectChainStanding } from './chain-standing.ts'
import { auditAlone } from './command.ts'
import type { Connection } from './connection.ts'
import type { Services } from './services.ts'
import { isQuiet } from './sign-in.ts'

/** Between two anchors, while entries come in. */
const anchorEveryMs = 60_000
/** How often the timer asks whether the night's check is due. */
const lookEveryMs = 30_000

/**
 * What keeps the audit provable by itself: the anchor each minute, the check of the night, and a row where somebody sets
 * the computer's clock.
 */
export class ChainWatch {
  readonly #services: Services
  readonly #nobody: Connection
  #anchoredAtMs: number
  #lookedAtMs = Number.NEGATIVE_INFINITY
  /** Both clocks at one moment; null after a sleep, in which one of them may stand still. */
  #clocks: { readonly wallMs: number; readonly ownMs: number } | null = null

  constructor(services: Services, nobody: Connection) {
    this.#services = services
    this.#nobody = nobody
    this.#anchoredAtMs = services.host.monotonicMs()
  }

  /** By the host's timer, while a store is open. */
  async look(): Promise<void> {
    const { host, storeLife } = this.#services
    await this.#noteClockStep()
    const nowMs = host.monotonicMs()
    if (nowMs - this.#anchoredAtMs >= anchorEveryMs) {
      this.#anchoredAtMs = nowMs
      await storeLife.anchorNow()
    }
    if (nowMs - this.#lookedAtMs < lookEveryMs) return
    this.#lookedAtMs = nowMs
    if (await this.#isCheckDue()) startChainCheck(this.#services, this.#nobody, host.newId())
  }

  /** The computer slept: its own clock may have stood still meanwhile, so the two tell nothing about each other. */
  forgetClocks(): void {
    this.#clocks = null
  }

  async #noteClockStep(): Promise<void> {
    const { host } = this.#services
    const clocks = { wallMs: Date.parse(host.now()), ownMs: host.monotonicMs() }
    const before = this.#clocks ?? clocks
    const step = clockStep({ wallMs: clocks.wallMs - before.wallMs, ownMs: clocks.ownMs - before.ownMs })
    this.#clocks = step === null ? before : clocks
    if (step !== null)
      await auditAlone(this.#services, this.#nobody, {
        action: 'clock.step',
        subject: 'clock',
        reason: stepReason(step),
      })
  }

  async #isCheckDue(): Promise<boolean> {
    const { host, jobs, storeLife } = this.#services
    const { store, facts, hold } = storeLife.open
    if (hold || facts.isSample || jobs.isRunning || !isQuiet(this.#services)) return false
    const now = host.now()
    const { whole } = await selectChainStanding(store.db)
    const first = await one<{ at: Instant }>(store.db, 'select at from audit_entry where seq = 1')
    const wall = addMinutes(now, offsetMinutes(now, facts.timeZone))
    return isFullCheckDue({
      now,
      hour: Number(wall.slice(11, 13)),
      isQuiet: true,
      since: whole?.at ?? first?.at ?? null,
    })
  }
}
