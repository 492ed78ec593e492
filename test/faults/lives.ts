import { healthyAnswers } from '../../main/sample/answers.ts'
import type { InputOf, OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import type { SessionDraft } from '../../shared/domain/session.ts'
import type { SessionId } from '../../shared/kernel/ids.ts'
import type { DefinitionOf, ProcedureName } from '../../shared/rpc/client.ts'
import { type Course, loggedUntilNow, readyToStart, stroke, type TreatingClinic, wire } from '../journeys/course.ts'
import { password, pin } from '../journeys/house.ts'
import type { Served } from '../support/served.ts'
import type { Ledger } from './ledger.ts'

const byPassword = { method: 'PASSWORD' as const, password }

/** Calls that a life may be cut in, as often as they stand here, and how often such a call may come before. */
const targets = [
  ...Array.from({ length: 6 }, () => ({ name: 'session.save', upTo: 12 }) as const),
  ...Array.from({ length: 5 }, () => ({ name: 'session.submit', upTo: 2 }) as const),
  ...Array.from({ length: 5 }, () => ({ name: 'signOff.sign', upTo: 2 }) as const),
  ...Array.from({ length: 2 }, () => ({ name: 'session.start', upTo: 2 }) as const),
  ...Array.from({ length: 2 }, () => ({ name: 'screening.sign', upTo: 2 }) as const),
]

/** How long each procedure took when it was last acknowledged: a cut falls somewhere in that time. */
const lastTook = new Map<string, number>()

type Must = <P extends ProcedureName<Api>>(
  name: P,
  input: InputOf<DefinitionOf<Api, P>>,
) => Promise<OutputOf<DefinitionOf<Api, P>>>

/** Lives of the served program: people work until SIGKILL comes, at a random moment of a call chosen at random. */
export class Life {
  readonly #served: Served
  readonly #clinic: TreatingClinic
  readonly #ledger: Ledger
  /** The call that waits for its answer. */
  #underWay: string | null = null

  constructor(served: Served, clinic: TreatingClinic, ledger: Ledger) {
    this.#served = served
    this.#clinic = clinic
    this.#ledger = ledger
  }

  /** Works on one patient after the other until the program is gone; answers the procedure that was cut off, if any. */
  async untilKilled(nextCourse: () => Course): Promise<string | null> {
    const must = this.#watched(randomTarget())
    try {
      for (;;) await this.#treatAndSign(must, nextCourse())
    } catch (error) {
      const wasCut = this.#served.process.killed
      await this.#served.end('SIGKILL')
      if (!wasCut) throw error
    }
    return this.#underWay
  }

  /** Today's questionnaire, the session typed and submitted by its author, then the physician's signature. */
  async #treatAndSign(must: Must, course: Course): Promise<void> {
    const { lena, okafor } = this.#clinic
    const { patientId } = course
    await must('signIn.withPassword', { signInName: lena.signInName, password })
    await this.#screen(must, course)
    const { sessionId } = await must('session.begin', { patientId, seriesId: course.seriesId })
    const planned = await this.#type(must, course, sessionId, readyToStart(this.#clinic, course))
    await must('session.start', { patientId, sessionId, draftVersion: planned })
    this.#ledger.started(patientId, sessionId)
    const draftVersion = await this.#type(must, course, sessionId, loggedUntilNow(this.#clinic, course))
    await must('session.submit', {
      patientId,
      sessionId,
      draftVersion,
      replies: [],
      dispositions: [],
      reauth: byPassword,
    })
    this.#ledger.submitted(patientId, sessionId)

    await must('signIn.withPassword', { signInName: okafor.signInName, password })
    const { record } = await must('session.open', { patientId, sessionId })
    if (!record) throw new Error('an acknowledged record cannot be opened')
    const { signOffId } = await must('signOff.sign', {
      patientId,
      sessionId,
      seenVersionId: record.versionId,
      seenSha256: record.sha256,
      supervision: { mode: 'ON_SITE', confirmed: true, note: '' },
      patientSeen: false,
      dispositions: [],
      decision: 'PROCEED',
      comment: '',
      takeoverReason: null,
      reauth: byPassword,
    })
    this.#ledger.countersigned(patientId, sessionId, { signOffId, versionId: record.versionId, sha256: record.sha256 })
  }

  async #screen(must: Must, { patientId }: Course): Promise<void> {
    const { screeningId } = await must('screening.begin', { patientId, seriesId: null, wanted: 'NEEDED' })
    await must('patientMode.begin', { kind: 'SCREENING', patientId, formId: screeningId })
    const open = await must('screening.patientForm', { patientId, screeningId })
    if (open.state !== 'OPEN') throw new Error('the form is signed already')
    const { version } = await must('screening.saveAnswers', {
      patientId,
      screeningId,
      version: open.version,
      language: 'en',
      answers: wire(healthyAnswers(open.form)),
      looseTexts: [],
      marked: [],
    })
    await must('screening.sign', {
      patientId,
      screeningId,
      version,
      signer: { role: 'PATIENT' },
      mark: wire(stroke),
      intentTicked: true,
    })
    this.#ledger.screened(screeningId)
    await must('patientMode.end', { pin })
  }

  /** Types field after field, each saved as the autosave does it; gives the number of the last save. */
  async #type(must: Must, { patientId }: Course, sessionId: SessionId, change: Partial<SessionDraft>): Promise<number> {
    const { draft: stored } = await must('session.open', { patientId, sessionId })
    if (!stored) throw new Error('the session takes no text')
    let { draft, draftVersion } = stored
    for (const [field, value] of Object.entries(change)) {
      const typed = wire({ [field]: value, notes: `Typed ${field} at save ${draftVersion}` })
      draft = { ...draft, ...typed }
      this.#ledger.typing(patientId, sessionId, typed)
      draftVersion = (await must('session.save', { patientId, sessionId, draftVersion, draft })).draftVersion
      this.#ledger.saved(sessionId, draftVersion)
    }
    return draftVersion
  }

  /** Sends calls on and ends the program in the middle of the target call, or right behind it. */
  #watched(target: { readonly name: string; readonly occurrence: number }): Must {
    let seen = 0
    return async (name, input) => {
      if (name === target.name && ++seen === target.occurrence)
        setTimeout(() => this.#served.process.kill('SIGKILL'), momentWithin(lastTook.get(name) ?? 10))
      const begun = performance.now()
      this.#underWay = name
      const value = await this.#served.must(name, input)
      this.#underWay = null
      lastTook.set(name, performance.now() - begun)
      return value
    }
  }
}

function randomTarget() {
  const target = targets[Math.floor(Math.random() * targets.length)] ?? targets[0]
  if (!target) throw new Error('there is nothing to cut')
  return { name: target.name, occurrence: 1 + Math.floor(Math.random() * target.upTo) }
}

/** Anywhere in a call of this length; every second time near its end, where the store is written. */
function momentWithin(tookMs: number): number {
  if (Math.random() < 0.5) return Math.random() * 1.1 * tookMs
  return Math.max(0, tookMs - 20 + Math.random() * 30)
}
