import type { CalendarDate } from '../kernel/time.ts'
import type { PatientNames } from './patient.ts'

/** One word of a name: folded letters, and where each of them stands in the text it came from. */
export type NameToken = {
  readonly token: string
  /** Per letter of `token`, the start in the original text; one more entry at the end for the end of the word. */
  readonly origins: readonly number[]
}

/**
 * Folds a name for comparison, once for the store and for a query: marks stripped (NFD), letters without a
 * decomposition spelled out, apostrophes dropped, anything that is no letter or digit a gap.
 * `O'Brien-Łukasz` becomes `obrien lukasz`.
 */
export function normaliseName(text: string): string {
  return nameTokens(text).join(' ')
}

/** The folded words of a name, in order. */
export function nameTokens(text: string): readonly string[] {
  if (PLAIN.test(text)) return text.toLowerCase().match(/[a-z]+/g) ?? []
  return locatedTokens(text).map((located) => located.token)
}

/** As `nameTokens`, with the place of every letter, so that a screen can underline what matched. */
export function locatedTokens(text: string): readonly NameToken[] {
  const tokens: NameToken[] = []
  let letters = ''
  let origins: number[] = []
  let end = 0
  let at = 0
  for (const character of text) {
    const folded = foldCharacter(character)
    if (folded === null) {
      if (letters !== '') tokens.push({ token: letters, origins: [...origins, end] })
      letters = ''
      origins = []
    } else {
      for (const letter of folded) {
        letters += letter
        origins.push(at)
      }
      end = at + character.length
    }
    at += character.length
  }
  if (letters !== '') tokens.push({ token: letters, origins: [...origins, end] })
  return tokens
}

/**
 * By what lists are ordered: folded surname, then given name, so that `Łukasz` stands beside `Lukas`. The comma sorts
 * before every letter and behind the blank, so `Van, Zoe` comes before `Van Dyke, Ann`.
 */
export function sortNameOf({ family, given }: Pick<PatientNames, 'family' | 'given'>): string {
  const parts = family === null ? [given ?? '', ''] : [family, given ?? '']
  return parts.map(normaliseName).join(' ,')
}

/** Where a word came from; a lower role outranks a higher one. */
export const keyRoles = { surname: 0, given: 1, preferred: 2, former: 3 } as const
export type KeyRole = (typeof keyRoles)[keyof typeof keyRoles]

/**
 * One row per word of a name. `rest` holds the other words and the birth date as `yyyymmdd`, each with a leading
 * space, so that `instr(rest, ' ' || word)` asks for a second word by its beginning.
 */
export type PatientKey = { readonly role: KeyRole; readonly tok: string; readonly rest: string }

/**
 * The search keys of a patient. `rest` of surname and given rows holds only those words: a preferred or former name
 * must not carry a row into the exact hits. Nicknames are no rows: they are looked up when somebody types one.
 */
export function patientKeys(patient: PatientNames & { readonly bornOn: CalendarDate | null }): readonly PatientKey[] {
  const words: { role: KeyRole; tok: string }[] = []
  const add = (role: KeyRole, text: string | null): void => {
    if (text !== null) for (const tok of nameTokens(text)) words.push({ role, tok })
  }
  add(keyRoles.surname, patient.family)
  add(keyRoles.given, patient.given)
  add(keyRoles.given, patient.middle)
  add(keyRoles.preferred, patient.preferred)
  for (const former of patient.formerNames) {
    add(keyRoles.former, former.family)
    add(keyRoles.former, former.given)
  }
  const born = patient.bornOn === null ? '' : ` ${patient.bornOn.replaceAll('-', '')}`
  const rowByKey = new Map<string, PatientKey>()
  words.forEach((word, index) => {
    const isPrimary = word.role <= keyRoles.given
    const others = words.filter((other, at) => at !== index && (!isPrimary || other.role <= keyRoles.given))
    const rest = `${others.map((other) => ` ${other.tok}`).join('')}${born}`
    const key = `${word.role} ${word.tok}`
    // A word said twice ("Kim Kim") is one row; its `rest` still holds the other one.
    if (!rowByKey.has(key)) rowByKey.set(key, { role: word.role, tok: word.tok, rest })
  })
  return [...rowByKey.values()]
}

/** Chart numbers are compared without case, spaces and punctuation: `c-100 12` finds `C10012`. */
export function foldChartNumber(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The digits of a phone number, last one first: a phone tail is a prefix of them. */
export function reversedDigits(text: string): string {
  return [...text.replaceAll(/\D/g, '')].reverse().join('')
}

const PLAIN = /^[A-Za-z ]*$/
const MARK = /\p{M}/u
const WORD = /[\p{L}\p{N}]/u
/** Dropped inside a word: the apostrophes of O'Brien and D’Angelo, the prime some keyboards make, soft hyphens. */
const DROPPED = new Set(["'", '\u2019', '\u2018', '\u02BC', '\u02B9', '\u2032', '`', '\u00B4', '\u00AD'])
/** Letters that NFD leaves whole. */
const SPELLED: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ŋ: 'n',
  ŧ: 't',
  ŀ: 'l',
  ʻ: '',
}

const foldedByCharacter = new Map<string, string | null>()

/** Folded letters of one character, '' where it only modifies or is dropped, null where it parts two words. */
function foldCharacter(character: string): string | null {
  const known = foldedByCharacter.get(character)
  if (known !== undefined) return known
  const folded = foldUnknown(character)
  // Names use a few hundred characters; the bound keeps a hostile file from filling the memory.
  if (foldedByCharacter.size < 4096) foldedByCharacter.set(character, folded)
  return folded
}

function foldUnknown(character: string): string | null {
  if (DROPPED.has(character) || MARK.test(character)) return ''
  let folded = ''
  for (const part of character.normalize('NFKD').toLowerCase().normalize('NFKD')) {
    if (MARK.test(part) || DROPPED.has(part)) continue
    const spelled = SPELLED[part]
    if (spelled !== undefined) folded += spelled
    else if (WORD.test(part)) folded += part
    else return null
  }
  return folded
}
