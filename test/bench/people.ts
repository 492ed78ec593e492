import { emptyPatientDetails, type PatientDetails } from '../../shared/domain/patient.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Ids in the shape of a UUID that rise with every call, so that rows go into the trees one behind the other. */
export function risingIds(seed: number): () => string {
  const random = seededRandom(seed)
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0')
  let count = seed * 0x1000000
  return () => `${(++count).toString(16).padStart(8, '0')}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`
}

export function pick<Value>(list: readonly Value[], random: () => number): Value {
  const value = list[Math.floor(random() * list.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

const heads =
  'Al Bar Cor Dal Eld Far Gor Hal Ing Jor Kel Lan Mar Nor Ost Pel Quin Ros Sel Tor Ul Ver Wal Yar Zan Bren Crav Drum Fenn Grim Hask Kirn Lund Morr Nesk Penn Rusk Stav Thorn Wend'.split(
    ' ',
  )
const middles = ' a e i o u ar el in or un an'.split(' ')
const tails =
  'berg by croft dale den field ford gate ham ler ley lund man mark mond nes nik ov quist rick row sen shaw son stad stein strom thal ton vall vig ward wick wood worth zen'.split(
    ' ',
  )
const givenHeads = 'Ad An Be Ca Da El Fi Ga Ha Il Jo Ka Li Ma Ni Or Pe Ri Sa Te Ul Vi Wi Yo Za'.split(' ')
const givenTails =
  'bel da dric fa gan la lan lena lia lin mar mira na nel nia ra ren rik ron sa sha ta tan va vin'.split(' ')

/** Common names come far more often than rare ones, as in any town. */
function skewed<Value>(list: readonly Value[], random: () => number): Value {
  const drawn = random()
  return pick(list, () => drawn * drawn)
}

/** An invented person: surname out of about 18,000, given name out of 625; one in twenty has two surnames. */
export function inventPerson(random: () => number): PatientDetails {
  const surname = () => skewed(heads, random) + pick(middles, random) + skewed(tails, random)
  const year = 1935 + Math.floor(random() * 72)
  const born = new Date(Date.UTC(year, 0, 1 + Math.floor(random() * 365))).toISOString().slice(0, 10) as CalendarDate
  const second = random() < 0.05 ? ` ${surname()}` : ''
  return {
    ...emptyPatientDetails,
    family: surname() + second,
    given: skewed(givenHeads, random) + pick(givenTails, random),
    bornOn: born,
    phones: [{ number: `312 ${digits(3, random)} ${digits(4, random)}`, kind: 'MOBILE' }],
    address: { ...emptyPatientDetails.address, locality: 'Alton' },
  } as PatientDetails
}

function digits(count: number, random: () => number): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('')
}
