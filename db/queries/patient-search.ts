import { relatedGivenNames } from '../../shared/domain/nicknames.ts'
import { type KeyRole, keyRoles, nameTokens } from '../../shared/domain/patient-name.ts'
import {
  comparedPhoneDigits,
  compareMatches,
  type PatientMatch,
  patientMatcher,
  type SearchCandidate,
} from '../../shared/domain/patient-search-match.ts'
import type { NumberTerm, PatientQuery } from '../../shared/domain/patient-search-query.ts'
import { shortestSpelledWord } from '../../shared/domain/spelling.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many } from '../records.ts'
import type { PatientTable } from '../tables/patient.ts'
import { type PatientSummary, rowToSummary } from './patient.ts'
import type { PatientVocabulary } from './patient-vocabulary.ts'

export type PatientHit = PatientSummary & {
  /** As `formerNameText` writes them; `former` ranges count in these. */
  readonly formerNames: readonly { readonly family: string | null; readonly given: string | null }[]
  readonly match: PatientMatch
}

/**
 * Patients for one query, best first, at most `limit` (1-20). Every read is bounded: a range of words, a date, a phone
 * tail, a chart number; nothing grows with the clinic. Secondary names, nicknames and guesses are only looked for while
 * exact hits leave room.
 */
export async function searchPatients(
  reader: Reader,
  query: PatientQuery,
  { vocabulary, limit = 20 }: { readonly vocabulary: PatientVocabulary; readonly limit?: number },
): Promise<readonly PatientHit[]> {
  const search = new Search(reader, query, limit)
  if (query.nameTokens.length === 0 && query.numbers.length === 0) return []
  await search.byNumbers()
  if (query.nameTokens.length > 0 && !search.isNumberDriven) {
    await search.byNames([keyRoles.surname])
    if (search.count < limit) await search.byNames([keyRoles.given])
    if (search.count < limit) await search.byOtherNames()
    if (search.count < limit) await search.byNicknames()
  }
  if (search.count < FEW) {
    await search.byNeighbouringYears()
    await search.bySpelling(vocabulary)
  }
  return search.best()
}

/** Below this many hits the spelling and the year are doubted. */
const FEW = 3
const PAGE = 20
/** Most rows that a number may bring before names narrow them down. */
const NUMBER_PAGE = 200
const AFTER_EVERY_WORD = '\uFFFF'
/** Of the ranks, the first that is no exact hit. */
const FIRST_SECONDARY_RANK = 100_000
/** Texts of which one must stand in `rest`. */
type Filter = readonly string[]
/** Archived charts stand behind all others. */
const ARCHIVED_RANK = 1_000_000

class Search {
  readonly #reader: Reader
  readonly #query: PatientQuery
  readonly #limit: number
  readonly #match: (candidate: SearchCandidate) => PatientMatch | null
  readonly #hits = new Map<PatientId, { hit: PatientHit; match: PatientMatch; candidate: SearchCandidate }>()
  /** Longest first: it drives the range. */
  readonly #tokens: readonly string[]
  /** Birth dates and years as they stand in `rest`, one group per number that is one. */
  readonly #dateFilters: readonly Filter[]

  constructor(reader: Reader, query: PatientQuery, limit: number) {
    this.#reader = reader
    this.#query = query
    this.#limit = Math.min(Math.max(limit, 1), PAGE)
    this.#match = patientMatcher(query)
    this.#tokens = [...query.nameTokens].sort((a, b) => b.length - a.length)
    this.#dateFilters = query.numbers.map((number) => [...number.years, ...number.yearStarts].map((year) => ` ${year}`))
  }

  get count(): number {
    return this.#hits.size
  }

  /** A date, a whole phone or a chart number leads to few charts, whose names are then compared here. */
  get isNumberDriven(): boolean {
    return this.#query.numbers.some(
      (number) => number.bornOn !== null || number.years.length + number.yearStarts.length === 0,
    )
  }

  async byNumbers(): Promise<void> {
    const [first] = [...this.#query.numbers].sort((a, b) => selectivity(b) - selectivity(a))
    if (first === undefined) return
    const page = this.#tokens.length > 0 || this.#query.numbers.length > 1 ? NUMBER_PAGE : PAGE
    if (first.chartNumber !== null) await this.#byChartNumber(first.chartNumber, page)
    if (first.bornOn !== null) await this.#byBirthDates([first.bornOn, ...first.otherBornOn], page)
    if (first.phoneDigits !== null) await this.#byPhone(first.phoneDigits, page)
    const year = first.text.length === 4 ? first.years[0] : undefined
    if (year !== undefined && this.#tokens.length === 0 && this.count < this.#limit) await this.#byYear(year)
  }

  async byNames(roles: readonly KeyRole[]): Promise<void> {
    const [driver] = this.#tokens
    if (driver !== undefined) await this.#byBeginning(roles, driver, [...this.#beside(driver), ...this.#years()])
  }

  /** Preferred and former names: any typed word may be the one, so each drives once. */
  async byOtherNames(): Promise<void> {
    for (const driver of this.#tokens) {
      await this.#byBeginning([keyRoles.preferred, keyRoles.former], driver, [
        ...this.#beside(driver),
        ...this.#years(),
      ])
    }
  }

  async byNicknames(): Promise<void> {
    for (const token of this.#tokens) {
      const names = token.length < 3 ? [] : relatedGivenNames(token)
      await this.#byWords([keyRoles.given], names, [...this.#beside(token), ...this.#years()])
    }
  }

  async byNeighbouringYears(): Promise<void> {
    const [driver] = this.#tokens
    for (const number of this.#query.numbers) {
      if (number.bornOn !== null) await this.#byBirthDates(neighbourDates(number.bornOn), NUMBER_PAGE)
      else if (driver !== undefined && number.years.length > 0) {
        const near = number.years.flatMap((year) => [` ${year - 1}`, ` ${year + 1}`])
        await this.#byBeginning([keyRoles.surname, keyRoles.given], driver, [...this.#beside(driver), near])
      }
    }
  }

  /**
   * One word after the other is replaced by the words of the clinic that it may have been meant for. Nothing is doubted
   * where two words or more are typed just as a chart has them.
   */
  async bySpelling(vocabulary: PatientVocabulary): Promise<void> {
    if (this.isNumberDriven || this.#hasWholeHit()) return
    const doubted = this.#tokens.filter((token) => token.length >= shortestSpelledWord)
    if (doubted.length === 0) return
    await vocabulary.load(this.#reader)
    const groupsByToken = new Map(doubted.map((token) => [token, vocabulary.similar(token, MOST_SPELLINGS)]))
    for (const driver of doubted) {
      const filters = this.#others(driver).map((word) =>
        [word, ...(groupsByToken.get(word) ?? []).flat()].map((one) => ` ${one}`),
      )
      for (const group of groupsByToken.get(driver) ?? []) {
        await this.#byWords([keyRoles.surname, keyRoles.given], group, [...filters, ...this.#years()])
        if (this.count >= this.#limit) return
      }
    }
  }

  best(): readonly PatientHit[] {
    return [...this.#hits.values()]
      .sort(compareMatches)
      .slice(0, this.#limit)
      .map((found) => found.hit)
  }

  #hasWholeHit(): boolean {
    const typed = this.#query.nameTokens
    if (typed.length < 2) return false
    return [...this.#hits.values()].some(({ candidate, match }) => {
      if (match.rank >= FIRST_SECONDARY_RANK) return false
      const names = nameTokens([candidate.family, candidate.given, candidate.middle].join(' '))
      return typed.every((token) => names.includes(token))
    })
  }

  #others(driver: string): readonly string[] {
    const others = [...this.#tokens]
    others.splice(others.indexOf(driver), 1)
    return others
  }

  /** What stands beside the driving word. */
  #beside(driver: string): readonly Filter[] {
    return this.#others(driver).map((word) => [` ${word}`])
  }

  #years(): readonly Filter[] {
    return this.#dateFilters.filter((years) => years.length > 0)
  }

  async #byBeginning(roles: readonly KeyRole[], word: string, filters: readonly Filter[]): Promise<void> {
    await this.#byKeys(roles, 'tok >= ? and tok < ?', [word, word + AFTER_EVERY_WORD], filters)
  }

  async #byWords(roles: readonly KeyRole[], words: readonly string[], filters: readonly Filter[]): Promise<void> {
    const [first] = words
    if (first === undefined) return
    // Rounded up, so that a few statements serve every number of words.
    const places = words.length <= 4 ? 4 : words.length <= 12 ? 12 : 36
    const padded = Array.from({ length: places }, (_, index) => words[index] ?? first)
    await this.#byKeys(roles, `tok in (${padded.map(() => '?').join(', ')})`, padded, filters)
  }

  /** Keys of these roles whose `rest` meets every filter; a filter is met by one of its texts. */
  async #byKeys(
    roles: readonly KeyRole[],
    words: string,
    parameters: readonly string[],
    filters: readonly Filter[],
  ): Promise<void> {
    const conditions = filters.map((texts) => ` and (${texts.map(() => 'instr(rest, ?) > 0').join(' or ')})`).join('')
    // The limit stands inside, so that the planner follows the key and then reads each chart by its own key.
    const parts = roles.map(
      (role) =>
        `select * from (select patient_id from patient_key where role = ${role} and ${words}${conditions} order by tok, rest, patient_id limit ${PAGE})`,
    )
    const text = `select ${COLUMNS} from (${parts.join(' union all ')}) k join patient p on p.id = k.patient_id`
    const values = [...parameters, ...filters.flat()]
    this.#take(
      await many<FoundRow>(
        this.#reader,
        text,
        roles.flatMap(() => values),
      ),
    )
  }

  async #byChartNumber(folded: string, page: number): Promise<void> {
    if (folded === '') return
    const isDigits = /^\d{3,}$/.test(folded)
    for (const statement of isDigits ? [byChart, byChartDigits] : [byChart]) {
      this.#take(await many<FoundRow>(this.#reader, statement(page), [folded, folded + AFTER_EVERY_WORD]))
    }
  }

  async #byBirthDates(dates: readonly CalendarDate[], page: number): Promise<void> {
    for (const date of dates.slice(0, 6)) {
      this.#take(await many<FoundRow>(this.#reader, byBirth(page), [date]))
    }
  }

  async #byPhone(digits: string, page: number): Promise<void> {
    const tail = [...digits].reverse().join('').slice(0, comparedPhoneDigits)
    this.#take(await many<FoundRow>(this.#reader, byPhone(page), [tail, `${tail}:`]))
  }

  async #byYear(year: number): Promise<void> {
    this.#take(await many<FoundRow>(this.#reader, byYear(PAGE), [`${year}-01-01`, `${year}-12-31`]))
  }

  #take(rows: readonly FoundRow[]): void {
    for (const row of rows) {
      if (this.#hits.has(row.id)) continue
      const candidate = rowToCandidate(row)
      const match = this.#match(candidate)
      if (match === null) continue
      const ranked = row.status === 'ACTIVE' ? match : { ...match, rank: match.rank + ARCHIVED_RANK }
      const hit: PatientHit = { ...rowToSummary(row), formerNames: candidate.formerNames, match: ranked }
      this.#hits.set(row.id, { hit, match: ranked, candidate })
    }
  }
}

const MOST_SPELLINGS = 12

const FOUND_COLUMNS = [
  'id',
  'version',
  'chart_number',
  'family',
  'given',
  'middle',
  'preferred',
  'former_names',
  'born_on',
  'born_text',
  'phones',
  'phone_tail',
  'status',
  'look_alike',
] as const
/** What a hit shows and is judged by: half of the head row. */
const COLUMNS = FOUND_COLUMNS.map((name) => `p.${name}`).join(', ')
type FoundRow = Pick<PatientTable, (typeof FOUND_COLUMNS)[number]>

const FOUND = "(status = 'ACTIVE' or archive_reason in ('MOVED_AWAY', 'DECEASED', 'OTHER'))"
// A bound limit would have the statement planned anew on every call.
const byChart = (page: number) =>
  `select ${COLUMNS} from patient p where chart_key >= ? and chart_key < ? and ${FOUND} order by chart_key limit ${page}`
const byChartDigits = (page: number) =>
  `select ${COLUMNS} from patient p where chart_digits >= ? and chart_digits < ? and ${FOUND} order by chart_digits, id limit ${page}`
const byBirth = (page: number) =>
  `select ${COLUMNS} from patient p where born_on = ? and ${FOUND} order by id limit ${page}`
const byYear = (page: number) =>
  `select ${COLUMNS} from patient p where born_on >= ? and born_on <= ? and ${FOUND} order by born_on, id limit ${page}`
const byPhone = (page: number) =>
  `select ${COLUMNS} from (select patient_id, digits from patient_phone where digits >= ? and digits < ? order by digits, patient_id limit ${page}) k join patient p on p.id = k.patient_id`

function selectivity(number: NumberTerm): number {
  if (number.bornOn !== null) return 3
  return number.phoneDigits?.length ?? number.chartNumber?.length ?? 0
}

function neighbourDates(date: CalendarDate): readonly CalendarDate[] {
  const year = Number(date.slice(0, 4))
  return [year - 1, year + 1].map((near) => `${String(near).padStart(4, '0')}${date.slice(4)}`)
}

function rowToCandidate(row: FoundRow): SearchCandidate {
  return {
    chartNumber: row.chart_number,
    family: row.family,
    given: row.given,
    middle: row.middle,
    preferred: row.preferred,
    formerNames:
      row.former_names === null
        ? []
        : (JSON.parse(row.former_names) as [string | null, string | null][]).map(([family, given]) => ({
            family,
            given,
            from: null,
            until: null,
          })),
    bornOn: row.born_on,
    phones: row.phones === null ? [] : (JSON.parse(row.phones) as string[]),
  }
}
