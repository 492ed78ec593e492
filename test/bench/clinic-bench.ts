import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Window } from '../support/clinic.ts'
import { type BenchApp, openBenchApp, signInAs } from './clinic.ts'
import { Floor } from './floor.ts'
import { generatedStore, type StoreFacts } from './generate.ts'
import { pick, seededRandom } from './people.ts'

type Person = {
  readonly id: string
  readonly family: string
  readonly given: string
  readonly born_on: CalendarDate
  readonly phones: string
  readonly chart_number: string
}

type Seen = Readonly<Record<'patientId' | 'sessionId' | 'seenVersionId' | 'seenSha256', string>>

/** What is typed into the search field, by kind of question. */
export type Typed = Readonly<Record<'prefix' | 'number' | 'fullName', readonly string[]>> & {
  readonly misspelt: readonly { readonly text: string; readonly person: Person }[]
}

/** A generated clinic, open, on a copy that this run may change, with its floor beside it. */
export class ClinicBench {
  readonly facts: StoreFacts
  readonly bench: BenchApp
  readonly aes: Window
  readonly phy: Window
  readonly desk: Window
  readonly floor: Floor
  readonly typed: Typed
  /** Ids of random patients for the floor of a search. */
  readonly someIds: readonly string[]
  /** The generated files as they were made. */
  readonly pristine: { readonly encrypted: string; readonly plain: string }
  /** Submitted sessions from the queue's end, for signing. */
  readonly #waiting: Seen[]
  #nextDraft = 0

  private constructor(made: Pick<ClinicBench, 'facts' | 'bench' | 'aes' | 'phy' | 'desk' | 'floor' | 'pristine'>) {
    this.facts = made.facts
    this.bench = made.bench
    this.aes = made.aes
    this.phy = made.phy
    this.desk = made.desk
    this.floor = made.floor
    this.pristine = made.pristine
    const random = seededRandom(7)
    const people = samplePeople(made.floor, random)
    this.someIds = people.map(({ id }) => id)
    this.typed = typedFor(people, random)
    this.#waiting = made.floor.all(
      `select q.id as sessionId, q.patient_id as patientId, v.id as seenVersionId, v.sha256 as seenSha256
         from (select * from session where state = 'SUBMITTED' order by queue_group desc, due_at desc, id desc limit 400) q
         join record_version v on v.id = q.version_id`,
    ) as Seen[]
  }

  static async open(patients: number, runFolder: string): Promise<ClinicBench> {
    const { folder, facts } = await generatedStore(patients)
    const copy = join(runFolder, String(patients))
    mkdirSync(copy, { recursive: true })
    cpSync(join(folder, 'data'), join(copy, 'data'), { recursive: true })
    cpSync(join(folder, 'plain.db'), join(copy, 'plain.db'))
    const bench = await openBenchApp(copy)
    bench.host.setNow(facts.now)
    const { app } = bench
    return new ClinicBench({
      facts,
      bench,
      aes: await signInAs(app, 'person1'),
      phy: await signInAs(app, 'person2'),
      desk: await signInAs(app, 'person3'),
      floor: new Floor(join(copy, 'plain.db')),
      pristine: { encrypted: join(folder, 'data', 'store.db'), plain: join(folder, 'plain.db') },
    })
  }

  /** One call through the door, in process; a refusal ends the bench. */
  async call(window: Window, name: string, input: unknown, key: string | null = null): Promise<string> {
    const reply = await this.bench.app.call(window.connection, JSON.stringify({ name, input, ...(key && { key }) }))
    if (!reply.startsWith('{"ok":true')) throw new Error(`${name} was refused: ${reply.slice(0, 400)}`)
    return reply
  }

  nextDraft(): StoreFacts['drafts'][number] {
    const draft = this.facts.drafts[this.#nextDraft++]
    if (!draft) throw new Error('no draft is left to submit')
    return draft
  }

  /** The address of a session that nobody has countersigned yet. */
  nextWaiting(): Seen {
    const waiting = this.#waiting.pop()
    if (!waiting) throw new Error('no session is left to sign')
    return waiting
  }

  async close(): Promise<void> {
    this.floor.driver.close()
    await this.bench.app.close()
  }
}

function samplePeople(floor: Floor, random: () => number): readonly Person[] {
  const rows = floor.all("select id from patient where source = 'IMPORTED' order by id")
  const ids = Array.from({ length: 120 }, () => String(pick(rows, random)['id']))
  return ids.map((id) => floor.all('select * from patient where id = ?', id)[0] as unknown as Person)
}

function typedFor(people: readonly Person[], random: () => number): Typed {
  const usDate = (date: string) => `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}`
  return {
    // Every keystroke of a surname from its second letter on.
    prefix: people.slice(0, 30).flatMap(({ family }) => [2, 3, 4, 5, 6].map((end) => family.slice(0, end))),
    number: people
      .slice(30, 60)
      .flatMap((person) => [
        usDate(person.born_on),
        (JSON.parse(person.phones) as string[])[0] ?? '',
        person.chart_number,
      ]),
    fullName: people.slice(60, 90).map(({ family, given }) => `${given} ${family}`),
    misspelt: people
      .slice(60, 120)
      .map((person) => ({ text: `${slip(person.family, random)} ${person.given}`, person })),
  }
}

/** Two neighbouring letters changed over, one left out, or another one written, behind the first letter. */
function slip(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.split(' ', 1)[0]?.length ?? 3) - 2)
  const place = Math.max(1, at)
  const kind = Math.floor(random() * 3)
  if (kind === 0) return word.slice(0, place) + (word[place + 1] ?? '') + (word[place] ?? '') + word.slice(place + 2)
  return word.slice(0, place) + (kind === 1 ? '' : 'x') + word.slice(place + 1)
}
