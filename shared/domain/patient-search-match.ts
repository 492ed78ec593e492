import type { CalendarDate } from '../kernel/time.ts'
import { relatedGivenNames } from './nicknames.ts'
import type { PatientNames } from './patient.ts'
import { foldChartNumber, locatedTokens, type NameToken, reversedDigits } from './patient-name.ts'
import type { NumberTerm, PatientQuery } from './patient-search-query.ts'
import { type SpellingMatcher, shortestSpelledWord, soundOf, spellingLimit, spellingMatcher } from './spelling.ts'

/** Why a patient is in the list; the row says so where the reason is not what was typed. */
export const matchReasons = [
  'CHART_NUMBER',
  'SURNAME',
  'GIVEN',
  'BIRTH_DATE',
  'BIRTH_YEAR',
  'PHONE',
  'PREFERRED_NAME',
  'FORMER_NAME',
  'BIRTH_DATE_OTHER_READING',
  'NICKNAME',
  'SOUNDS_ALIKE',
  'MISSPELT',
  'BIRTH_YEAR_OFF_BY_ONE',
] as const
export type MatchReason = (typeof matchReasons)[number]

export const matchFields = ['family', 'given', 'middle', 'preferred', 'former'] as const
export type MatchField = (typeof matchFields)[number]

/** Letters to underline: UTF-16 offsets in the field's own text. `index` counts former names, else 0. */
export type MatchRange = {
  readonly field: MatchField
  readonly index: number
  readonly start: number
  readonly end: number
}

export type SearchCandidate = PatientNames & {
  readonly chartNumber: string
  readonly bornOn: CalendarDate | null
  readonly phones: readonly string[]
}

export type PatientMatch = {
  /** Lower is better; a secondary hit is always above every exact one. */
  readonly rank: number
  readonly reasons: readonly MatchReason[]
  readonly ranges: readonly MatchRange[]
}

/**
 * Judges one patient against a query: null where a word or number of the query is not met. Exact hits (surname and
 * given words by their beginning, birth date as the clinic reads it, phone tail, chart number) rank before preferred
 * and former names, these before nicknames, and all before a guess at the spelling or the year.
 */
export function matchPatient(query: PatientQuery, candidate: SearchCandidate): PatientMatch | null {
  return patientMatcher(query)(candidate)
}

/** The same for many patients: what depends on the query alone is worked out once. */
export function patientMatcher(query: PatientQuery): (candidate: SearchCandidate) => PatientMatch | null {
  const typed = query.nameTokens
    .map((token, index) => typedWord(token, index < query.surnameTokenCount))
    .sort((a, b) => b.token.length - a.token.length)
  return (candidate) => {
    const met: Met[] = []
    if (typed.length > 0) {
      const words = wordsOf(candidate)
      const used = new Set<Word>()
      for (const word of typed) {
        const best = bestWord(word, words, used)
        if (best === null) return null
        used.add(best.word)
        met.push(best.met)
      }
    }
    for (const term of query.numbers) {
      const best = bestNumber(term, candidate)
      if (best === null) return null
      met.push(best)
    }
    if (met.length === 0) return null

    const worst = Math.max(...met.map((one) => one.tier))
    const sum = met.reduce((total, one) => total + one.tier * 100 + one.detail, 0)
    return {
      rank: worst * 100_000 + Math.min(sum, 99_999),
      reasons: [...new Set(met.map((one) => one.reason))].sort(
        (a, b) => matchReasons.indexOf(a) - matchReasons.indexOf(b),
      ),
      ranges: met.flatMap((one) => (one.range === null ? [] : [one.range])),
    }
  }
}

/** Order of a result list: rank, then the alphabet, then the elder. */
export function compareMatches(
  a: { readonly match: PatientMatch; readonly candidate: SearchCandidate },
  b: { readonly match: PatientMatch; readonly candidate: SearchCandidate },
): number {
  return (
    a.match.rank - b.match.rank ||
    compareText(a.candidate.family, b.candidate.family) ||
    compareText(a.candidate.given, b.candidate.given) ||
    compareText(a.candidate.bornOn, b.candidate.bornOn) ||
    compareText(a.candidate.chartNumber, b.candidate.chartNumber)
  )
}

/** False where another name, another reading of a date or a guess brought the patient into the list. */
export function isExactMatch(match: PatientMatch): boolean {
  return match.reasons.every((reason) => !SECONDARY_REASONS.has(reason))
}

const SECONDARY_REASONS: ReadonlySet<MatchReason> = new Set([
  'PREFERRED_NAME',
  'FORMER_NAME',
  'BIRTH_DATE_OTHER_READING',
  'NICKNAME',
  'SOUNDS_ALIKE',
  'MISSPELT',
  'BIRTH_YEAR_OFF_BY_ONE',
])

/** What is exact, what is another name of the same person, what is a guess. */
const tiers = { EXACT: 0, OTHER_NAME: 1, NICKNAME: 2, GUESS: 3 } as const

type Met = {
  readonly tier: number
  /** Order inside a tier, 0-99. */
  readonly detail: number
  readonly reason: MatchReason
  readonly range: MatchRange | null
}

type Word = { readonly field: MatchField; readonly index: number; readonly located: NameToken }

function wordsOf(candidate: SearchCandidate): readonly Word[] {
  const words: Word[] = []
  const add = (field: MatchField, index: number, text: string | null): void => {
    if (text !== null) for (const located of locatedTokens(text)) words.push({ field, index, located })
  }
  add('family', 0, candidate.family)
  add('given', 0, candidate.given)
  add('middle', 0, candidate.middle)
  add('preferred', 0, candidate.preferred)
  candidate.formerNames.forEach((former, index) => {
    add('former', index, formerNameText(former))
  })
  return words
}

/** The text that `former` ranges count in: family, then given, with a blank between. */
export function formerNameText(former: { readonly family: string | null; readonly given: string | null }): string {
  return [former.family, former.given].filter((part) => part !== null).join(' ')
}

const TIER_BY_FIELD: Readonly<Record<MatchField, number>> = {
  family: tiers.EXACT,
  given: tiers.EXACT,
  middle: tiers.EXACT,
  preferred: tiers.OTHER_NAME,
  former: tiers.OTHER_NAME,
}
const REASON_BY_FIELD: Readonly<Record<MatchField, MatchReason>> = {
  family: 'SURNAME',
  given: 'GIVEN',
  middle: 'GIVEN',
  preferred: 'PREFERRED_NAME',
  former: 'FORMER_NAME',
}
const DETAIL_BY_FIELD: Readonly<Record<MatchField, number>> = {
  family: 0,
  given: 10,
  middle: 14,
  preferred: 0,
  former: 10,
}

/** A typed word with what it is compared by; the costly parts are made when a word first needs them. */
type TypedWord = {
  readonly token: string
  readonly isSurname: boolean
  readonly isRelated: (name: string) => boolean
  readonly slips: (word: string) => number
  readonly sounds: (word: string) => boolean
}

function typedWord(token: string, isSurname: boolean): TypedWord {
  let related: ReadonlySet<string> | null = null
  let matcher: SpellingMatcher | null = null
  let sound: string | null = null
  const limit = spellingLimit(token)
  return {
    token,
    isSurname,
    isRelated: (name) => {
      related ??= new Set(relatedGivenNames(token))
      return related.has(name)
    },
    slips: (word) => {
      matcher ??= spellingMatcher(token)
      return matcher.distance(word, limit)
    },
    sounds: (word) => {
      sound ??= soundOf(token)
      return sound === soundOf(word)
    },
  }
}

function bestWord(
  typed: TypedWord,
  words: readonly Word[],
  used: ReadonlySet<Word>,
): { readonly met: Met; readonly word: Word } | null {
  let best: { met: Met; word: Word } | null = null
  for (const word of words) {
    if (used.has(word)) continue
    const met = wordMet(typed, word)
    if (met !== null && (best === null || met.tier * 100 + met.detail < best.met.tier * 100 + best.met.detail)) {
      best = { met, word }
      // Nothing is better than the whole surname.
      if (met.tier === tiers.EXACT && met.detail === 0) return best
    }
  }
  return best
}

function wordMet(typed: TypedWord, word: Word): Met | null {
  const { located, field } = word
  const { token } = typed
  const tier = TIER_BY_FIELD[field]
  // A word before the comma that is no surname still counts, last in its tier.
  const misplaced = typed.isSurname && field !== 'family' && field !== 'former' ? 40 : 0
  const place = DETAIL_BY_FIELD[field] + misplaced
  if (located.token.startsWith(token)) {
    const isWhole = located.token.length === token.length
    return { tier, detail: place + (isWhole ? 0 : 2), reason: REASON_BY_FIELD[field], range: range(word, token.length) }
  }
  const isGivenWord = field === 'given' || field === 'middle' || field === 'preferred'
  if (isGivenWord && typed.isRelated(located.token)) {
    return { tier: tiers.NICKNAME, detail: place, reason: 'NICKNAME', range: range(word, located.token.length) }
  }
  if (token.length < shortestSpelledWord) return null
  const slips = typed.slips(located.token)
  const whole = (): MatchRange => range(word, located.token.length)
  if (slips <= spellingLimit(token)) {
    return { tier: tiers.GUESS, detail: place / 2 + slips * 20, reason: 'MISSPELT', range: whole() }
  }
  if (typed.sounds(located.token)) {
    return { tier: tiers.GUESS, detail: place / 2 + 55, reason: 'SOUNDS_ALIKE', range: whole() }
  }
  return null
}

function range(word: Word, letters: number): MatchRange {
  const { origins } = word.located
  const start = origins[0] ?? 0
  const last = origins[letters - 1] ?? start
  // Two folded letters may come from one written one (ß): the range ends behind the written letter.
  const end = origins.slice(letters).find((origin) => origin > last) ?? origins.at(-1) ?? start
  return { field: word.field, index: word.index, start, end }
}

function bestNumber(term: NumberTerm, candidate: SearchCandidate): Met | null {
  const hit = (tier: number, detail: number, reason: MatchReason): Met => ({ tier, detail, reason, range: null })
  const chart = foldChartNumber(candidate.chartNumber)
  const { bornOn } = candidate
  if (term.chartNumber !== null && term.chartNumber === chart) return hit(tiers.EXACT, 0, 'CHART_NUMBER')
  if (bornOn !== null && term.bornOn === bornOn) return hit(tiers.EXACT, 1, 'BIRTH_DATE')
  if (term.phoneDigits !== null && hasPhoneTail(candidate.phones, term.phoneDigits)) {
    return hit(tiers.EXACT, term.phoneDigits.length >= 7 ? 1 : 4, 'PHONE')
  }
  const year = bornOn === null ? null : Number(bornOn.slice(0, 4))
  if (year !== null && term.years.includes(year)) return hit(tiers.EXACT, 6, 'BIRTH_YEAR')
  if (bornOn !== null && term.yearStarts.some((start) => bornOn.startsWith(start))) {
    return hit(tiers.EXACT, 9, 'BIRTH_YEAR')
  }
  if (isChartNumberStart(term.chartNumber, chart)) return hit(tiers.EXACT, 8, 'CHART_NUMBER')
  if (bornOn !== null && term.otherBornOn.includes(bornOn)) return hit(tiers.OTHER_NAME, 0, 'BIRTH_DATE_OTHER_READING')
  if (year === null || bornOn === null) return null
  const isOffByOne =
    term.years.some((typed) => Math.abs(typed - year) === 1) ||
    (term.bornOn !== null &&
      term.bornOn.slice(5) === bornOn.slice(5) &&
      Math.abs(Number(term.bornOn.slice(0, 4)) - year) === 1)
  return isOffByOne ? hit(tiers.GUESS, 10, 'BIRTH_YEAR_OFF_BY_ONE') : null
}

/** A chart number is found by its beginning, or by its digits alone: `10012` and `C10012` are the same chart. */
function isChartNumberStart(typed: string | null, chart: string): boolean {
  if (typed === null || typed === '') return false
  return chart.startsWith(typed) || (/^\d{3,}$/.test(typed) && chart.replace(/^\p{L}+/u, '').startsWith(typed))
}

/** Numbers are compared by their last nine digits: with or without a country code is the same phone. */
export const comparedPhoneDigits = 9

function hasPhoneTail(phones: readonly string[], digits: string): boolean {
  const typed = reversedDigits(digits).slice(0, comparedPhoneDigits)
  return phones.some((phone) => reversedDigits(phone).startsWith(typed))
}

function compareText(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -1 : 1
}
