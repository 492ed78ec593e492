import { randomUUID } from 'node:crypto'
import type { InputOf, OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import {
  addDays,
  addMinutes,
  type CalendarDate,
  dateInZone,
  type Instant,
  offsetMinutes,
} from '../../shared/kernel/time.ts'
import { createClient, type DefinitionOf, type ProcedureName } from '../../shared/rpc/client.ts'
import type { App } from '../app/app.ts'
import { createApp } from '../app/create-app.ts'
import type { Host } from '../hosts/host.ts'
import { clinicOfSample, type StaffKey, staffOfSample } from './people.ts'

type Name = ProcedureName<Api>
export type Must = <P extends Name>(
  name: P,
  input: InputOf<DefinitionOf<Api, P>>,
) => Promise<OutputOf<DefinitionOf<Api, P>>>

/** Two words that nobody has to remember: in the sample clinic people sign in by a click and signing asks for nothing. */
export const anyProof = { method: 'PIN', pin: '294718' } as const
const password = 'lantern harbour quiet 41'

/**
 * The application on the sample's folder with a clock that the story sets. Everything in the sample is done by the same
 * commands that people use, so it can hold nothing that they could not have made.
 */
export class SampleHouse {
  readonly owner: Must
  readonly staffIds = new Map<StaffKey, StaffId>()
  readonly #app: App
  readonly #windows = new Map<StaffKey, Must>()
  readonly #clock: { now: Instant }
  readonly #today: string

  private constructor(app: App, clock: { now: Instant }, today: string, owner: Must) {
    this.#app = app
    this.#clock = clock
    this.#today = today
    this.owner = owner
  }

  /** Sets the clinic up `daysAgo` days before the machine's present. */
  static async open(folder: string, host: Host, daysAgo: number): Promise<SampleHouse> {
    const present = host.now()
    const today = dateInZone(present, clinicOfSample.timeZone)
    const clock = { now: present }
    const inside: Host = {
      ...host,
      folders: { ...host.folders, data: folder },
      // Nothing here is secret.
      scrypt: { cost: 16, blockSize: 8, parallelization: 1 },
      keychain: null,
      now: () => clock.now,
      idleMs: () => 0,
    }
    const app = await createApp({ host: inside, buildSample: async () => undefined, makesSample: true })
    const owner = window(app)
    const house = new SampleHouse(app, clock, today, owner)
    house.at(-daysAgo, '08:00')
    const { urgentPhone, ...clinic } = clinicOfSample
    await owner('clinic.setUp', {
      ...clinic,
      urgentPhone,
      owner: {
        printedName: 'Greta Ansbach',
        credential: 'Practice manager',
        signInName: 'greta',
        password,
        pin: anyProof.pin,
        alsoPhysician: false,
        licence: null,
      },
      passphrase: null,
    })
    for (const key of Object.keys(staffOfSample) as StaffKey[]) await house.#hire(key)
    return house
  }

  get now(): Instant {
    return this.#clock.now
  }

  /** The clinic's calendar day at this point of the story. */
  get today(): CalendarDate {
    return dateInZone(this.#clock.now, clinicOfSample.timeZone)
  }

  /** Calendar day of the story, counted from today. */
  day(offset: number): string {
    return addDays(this.#today, offset)
  }

  /** Sets the clock to a wall time of the clinic on a day counted from today; never later than the present minute. */
  at(dayOffset: number, wallTime: string): void {
    const day = this.day(dayOffset)
    const guess = `${day}T${wallTime}:00.000Z`
    this.#clock.now = addMinutes(guess, -offsetMinutes(guess, clinicOfSample.timeZone))
  }

  set(instant: Instant): void {
    this.#clock.now = instant
  }

  pass(minutes: number): void {
    this.#clock.now = addMinutes(this.#clock.now, minutes)
  }

  /** This person's window, signed in at the present of the story. */
  async as(key: StaffKey): Promise<Must> {
    const must = this.#windows.get(key)
    if (!must) throw new Error(`nobody was hired as ${key}`)
    await must('signIn.asSample', { staffId: this.id(key) })
    return must
  }

  id(key: StaffKey): StaffId {
    const staffId = this.staffIds.get(key)
    if (!staffId) throw new Error(`nobody was hired as ${key}`)
    return staffId
  }

  close(): Promise<void> {
    return this.#app.close()
  }

  async #hire(key: StaffKey): Promise<void> {
    const { roles, licence, ...person } = staffOfSample[key]
    const isPhysician = roles.includes('physician')
    const { staffId, oneTimeCode } = await this.owner('staff.invite', {
      signInName: key,
      roles: [...roles],
      ...person,
      licence:
        licence === null
          ? null
          : {
              number: licence,
              state: 'IL',
              level: isPhysician ? 'PHYSICIAN' : 'AESTHETICIAN',
              // One licence ends soon, so that the warning can be seen.
              expiresOn: this.day(key === 'brandt' ? 41 : 700),
            },
      examinerKind: isPhysician ? 'PHYSICIAN' : null,
      supervisor: roles.includes('aesthetician')
        ? { staffId: this.id('okafor'), from: this.day(-300), until: null }
        : null,
    })
    const must = window(this.#app)
    await must('signIn.withCode', { signInName: key, code: oneTimeCode, newPassword: password, pin: anyProof.pin })
    this.staffIds.set(key, staffId)
    this.#windows.set(key, must)
  }
}

function window(app: App): Must {
  const connection = app.connect()
  const client = createClient<Api>((text) => app.call(connection, text))
  return async (name, input) => {
    const reply = await client.call(name, input, randomUUID())
    if (!reply.ok) throw new Error(`sample: ${name} was refused: ${JSON.stringify(reply.refusal)}`)
    return reply.value
  }
}
