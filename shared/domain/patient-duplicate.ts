import type { CalendarDate } from '../kernel/time.ts'
import { relatedGivenNames } from './nicknames.ts'
import type { Address, FormerName } from './patient.ts'
import { nameTokens, reversedDigits } from './patient-name.ts'
import { soundOf, spellingDistance } from './spelling.ts'

/**
 * What two charts are compared by (clinical reference, section 10, Identity): names by sound and spelling, birth
 * date, address and phone. No identity number and no number of another system is ever among it.
 */
export type IdentityFacts = {
  readonly family: string | null
  readonly given: string | null
  readonly middle: string | null
  readonly preferred: string | null
  readonly formerNames: readonly FormerName[]
  readonly bornOn: CalendarDate | null
  readonly bornText: string | null
  readonly address: Address
  readonly phones: readonly { readonly number: string }[]
}

/** What speaks for one person; the advice names these and shows both charts beside each other. */
export const duplicateReasons = [
  'SAME_NAME',
  'NAMES_SWAPPED',
  'SIMILAR_NAME',
  'SAME_BIRTH_DATE',
  'SIMILAR_BIRTH_DATE',
  'SAME_ADDRESS',
  'SIMILAR_ADDRESS',
  'SAME_PHONE',
] as const
export type DuplicateReason = (typeof duplicateReasons)[number]

export type DuplicateScore = { readonly score: number; readonly reasons: readonly DuplicateReason[] }

/** From this score on two charts are advised as one person. Advice only: twins exist. */
export const duplicateThreshold = 8

/** True where somebody should look whether two charts are the same person. */
export function isLikelyDuplicate(a: Identity, b: Identity): boolean {
  return duplicateScore(a, b).score >= duplicateThreshold
}

/** Identity facts folded once, so that one chart can be compared with thousands. */
export type Identity = {
  readonly family: readonly Word[]
  readonly given: readonly Word[]
  /** Words of preferred and former names. */
  readonly otherNames: readonly Word[]
  /** `yyyymmdd`, or the digits of a date that does not exist; '' where unknown. */
  readonly born: string
  readonly streetWords: readonly Word[]
  readonly houseNumber: string
  readonly locality: Word | null
  readonly postcode: string
  readonly phones: readonly string[]
}

/** A folded word and what it sounds like. */
type Word = { readonly text: string; readonly sound: string }

export function identityOf(facts: IdentityFacts): Identity {
  const { address } = facts
  const street = [address.line1, address.line2].flatMap((line) => nameTokens(line ?? ''))
  return {
    family: nameTokens(facts.family ?? '').map(wordOf),
    given: nameTokens(`${facts.given ?? ''} ${facts.middle ?? ''}`).map(wordOf),
    otherNames: [facts.preferred, ...facts.formerNames.flatMap((name) => [name.family, name.given])].flatMap((name) =>
      nameTokens(name ?? '').map(wordOf),
    ),
    born: (facts.bornOn ?? facts.bornText ?? '').replaceAll(/\D/g, ''),
    streetWords: street.filter((word) => !/^\d/.test(word) && !STREET_KINDS.has(word)).map(wordOf),
    houseNumber: street.find((word) => /^\d/.test(word)) ?? '',
    locality: joined(nameTokens(address.locality ?? '').map(wordOf)),
    postcode: nameTokens(address.postcode ?? '').join(''),
    phones: facts.phones.map((phone) => reversedDigits(phone.number).slice(0, 9)).filter((phone) => phone.length >= 6),
  }
}

/** How much speaks for one person, and what. Each part adds where it agrees and takes away where it contradicts. */
export function duplicateScore(a: Identity, b: Identity): DuplicateScore {
  const names = compareNames(a, b)
  const born = compareBirth(a.born, b.born)
  const address = compareAddress(a, b)
  const phone = comparePhones(a, b)
  return {
    score: names.score + born.score + address.score + phone.score,
    reasons: [names.reason, born.reason, address.reason, phone.reason].filter((reason) => reason !== null),
  }
}

/**
 * The most that this person can score with a chart of which less is known yet: `heard.born` is its date, `sharesPhone`
 * whether a phone may be the same. Below the threshold nothing more of the chart needs to be read.
 */
export function reachByBirth(a: Identity, heard: { readonly born: string; readonly sharesPhone: boolean }): number {
  return BEST_NAMES + compareBirth(a.born, heard.born).score + (heard.sharesPhone ? SAME_PHONE : 0) + addressReach(a)
}

/** The same for a chart of which only the address is unread. */
export function reachWithoutAddress(a: Identity, head: Identity): number {
  return (
    compareNames(a, head).score + compareBirth(a.born, head.born).score + comparePhones(a, head).score + addressReach(a)
  )
}

/** What `compareAddress` can give at best. */
function addressReach({ streetWords, houseNumber, locality, postcode }: Identity): number {
  const street = streetWords.length > 0 ? 2.5 : 0
  return street + (houseNumber === '' ? 0 : 1) + (locality === null ? 0 : 1) + (postcode === '' ? 0 : 1.5)
}

/** Both names equal. */
const BEST_NAMES = 7
const SAME_PHONE = 4

/**
 * Keys under which likely duplicates meet: two charts that share none are not compared. The store keeps them per
 * patient and an import keeps them per row, so both ask the same question.
 */
export function duplicateBlocks(identity: Identity): readonly string[] {
  const blocks = new Set<string>()
  const names = [...identity.family, ...identity.given, ...identity.otherNames]
  if (identity.born.length >= 6) blocks.add(`b${identity.born}`)
  const sounds = [...new Set(names.map((name) => name.sound))].sort()
  for (let i = 0; i < sounds.length; i++) {
    for (let j = i + 1; j < sounds.length && blocks.size < 12; j++) blocks.add(`n${sounds[i]} ${sounds[j]}`)
  }
  for (const phone of identity.phones) blocks.add(`p${phone}`)
  const street = identity.streetWords[0]
  if (street !== undefined && identity.houseNumber !== '') blocks.add(`a${identity.houseNumber} ${street.sound}`)
  if (identity.postcode !== '') {
    for (const name of names.slice(0, 3)) blocks.add(`z${identity.postcode} ${name.sound}`)
  }
  return [...blocks]
}

/** The birth date that a block stands for; null where it stands for something else. */
export function birthDateOf(block: string): CalendarDate | null {
  const parts = /^b(\d{4})(\d\d)(\d\d)$/.exec(block)
  return parts && `${parts[1]}-${parts[2]}-${parts[3]}`
}

export function isPhoneBlock(block: string): boolean {
  return block.startsWith('p')
}

/**
 * The look-alike mark (NAME_ALERT, clinical reference, section 10): two different charts that are easily mixed up.
 * Surname and birth date are equal, or the whole name sounds alike and the birth date is the same.
 */
export function areLookAlikes(a: Identity, b: Identity): boolean {
  const keys = lookAlikeKeys(b)
  return lookAlikeKeys(a).some((key) => keys.includes(key))
}

/** Charts that share one of these are look-alikes; none without a birth date. */
export function lookAlikeKeys(identity: Identity): readonly string[] {
  const { born, family, given } = identity
  if (born === '') return []
  const sounds = [...family, ...given.slice(0, 1)].map((word) => word.sound).sort()
  const bySound = `s${born} ${sounds.join(' ')}`
  return family.length === 0 ? [bySound] : [`f${born} ${texts(family)}`, bySound]
}

type Part = { readonly score: number; readonly reason: DuplicateReason | null }
const silent: Part = { score: 0, reason: null }

/** Says what kind of street it is, not which one; left out so that two streets do not agree by being streets. */
const STREET_KINDS = new Set([
  'street',
  'st',
  'road',
  'rd',
  'avenue',
  'ave',
  'av',
  'place',
  'pl',
  'court',
  'ct',
  'crescent',
  'cres',
  'circuit',
  'cct',
  'drive',
  'dr',
  'lane',
  'ln',
  'close',
  'cl',
  'way',
  'terrace',
  'tce',
  'parade',
  'pde',
  'boulevard',
  'blvd',
  'highway',
  'hwy',
  'unit',
  'flat',
  'apt',
  'apartment',
])

const wordByText = new Map<string, Word>()

/** The same names come again and again in a list; the bound keeps a hostile one from filling the memory. */
function wordOf(text: string): Word {
  const known = wordByText.get(text)
  if (known !== undefined) return known
  const word = { text, sound: soundOf(text) }
  if (wordByText.size < 20_000) wordByText.set(text, word)
  return word
}

function texts(words: readonly Word[]): string {
  return words.length === 1 ? (words[0]?.text ?? '') : words.map((word) => word.text).join('')
}

/** A name of several words as one, because `Mac Donald` and `Macdonald` are. */
function joined(words: readonly Word[]): Word | null {
  if (words.length <= 1) return words[0] ?? null
  return wordOf(texts(words))
}

/** 1 equal, 0.8 sounds alike or a few slips, 0.7 the beginning of the other, 0 another word. */
function wordLikeness(a: Word, b: Word): number {
  if (a.text === b.text) return 1
  if (a.sound === b.sound) return 0.8
  const length = Math.min(a.text.length, b.text.length)
  const limit = length <= 3 ? 1 : length <= 7 ? 2 : 3
  if ((length > 3 || a.text[0] === b.text[0]) && spellingDistance(a.text, b.text, limit) <= limit) return 0.8
  return length >= 4 && (a.text.startsWith(b.text) || b.text.startsWith(a.text)) ? 0.7 : 0
}

function wordsLikeness(a: readonly Word[], b: readonly Word[]): number {
  if (texts(a) === texts(b)) return 1
  let best = 0
  for (const one of a) for (const other of b) best = Math.max(best, wordLikeness(one, other))
  if (a.length === 1 && b.length === 1) return best
  const [whole, otherWhole] = [joined(a), joined(b)]
  const together = whole === null || otherWhole === null ? 0 : wordLikeness(whole, otherWhole)
  // One word of two is equal: close, but not the same name.
  return Math.max(Math.min(best, 0.9), together)
}

function givenLikeness(a: readonly Word[], b: readonly Word[]): number {
  const likeness = wordsLikeness(a, b)
  if (likeness > 0) return likeness
  const hasNickname = a.some(({ text }) => relatedGivenNames(text).some((name) => b.some((word) => word.text === name)))
  return hasNickname ? 0.7 : 0
}

function compareNames(a: Identity, b: Identity): Part {
  const straight = pairScore(a.family, b.family, a.given, b.given)
  if (straight.isSame) return { score: straight.score, reason: 'SAME_NAME' }
  const swapped = pairScore(a.family, b.given, a.given, b.family)
  if (swapped.score - 1 > straight.score && swapped.isAlike)
    return { score: swapped.score - 1, reason: 'NAMES_SWAPPED' }
  if (straight.score <= 0 && a.otherNames.length + b.otherNames.length > 0) {
    const other = pairScore([...a.family, ...a.otherNames], [...b.family, ...b.otherNames], a.given, b.given)
    if (other.score > straight.score) return { score: other.score - 1, reason: 'SIMILAR_NAME' }
  }
  return { score: straight.score, reason: straight.isAlike ? 'SIMILAR_NAME' : null }
}

function pairScore(
  familyA: readonly Word[],
  familyB: readonly Word[],
  givenA: readonly Word[],
  givenB: readonly Word[],
): { readonly score: number; readonly isAlike: boolean; readonly isSame: boolean } {
  const family = familyA.length === 0 || familyB.length === 0 ? null : wordsLikeness(familyA, familyB)
  const given = givenA.length === 0 || givenB.length === 0 ? null : givenLikeness(givenA, givenB)
  const familyScore = family === null ? 0 : family === 0 ? -2 : 4 * family
  const givenScore = given === null ? 0 : given === 0 ? -3 : 3 * given
  return {
    score: familyScore + givenScore,
    isAlike: (family ?? 0) > 0 || (given ?? 0) > 0,
    isSame: family === 1 && given === 1,
  }
}

function compareBirth(a: string, b: string): Part {
  if (a === '' || b === '') return silent
  if (a === b) return { score: 5, reason: 'SAME_BIRTH_DATE' }
  const isDaySwapped = a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)
  const slips = isDaySwapped ? 1 : spellingDistance(a, b, 2)
  if (slips <= 1) return { score: 3, reason: 'SIMILAR_BIRTH_DATE' }
  return slips <= 2 ? { score: 0, reason: null } : { score: -4, reason: null }
}

function compareAddress(a: Identity, b: Identity): Part {
  let score = 0
  let parts = 0
  if (a.streetWords.length > 0 && b.streetWords.length > 0) {
    const likeness = bestLikeness(a.streetWords, b.streetWords)
    score += likeness === 0 ? -0.5 : likeness * 2.5
    if (likeness > 0) parts++
  }
  if (a.houseNumber !== '' && b.houseNumber !== '' && a.houseNumber === b.houseNumber) {
    score += 1
    parts++
  }
  if (a.locality !== null && b.locality !== null) {
    const likeness = wordLikeness(a.locality, b.locality)
    score += likeness === 0 ? -0.5 : likeness
    if (likeness > 0) parts++
  }
  if (a.postcode !== '' && b.postcode !== '') {
    const slips = spellingDistance(a.postcode, b.postcode, 1)
    score += slips === 0 ? 1.5 : slips === 1 ? 0.5 : -0.5
    if (slips === 0) parts++
  }
  return { score, reason: parts === 4 ? 'SAME_ADDRESS' : parts >= 2 && score >= 2 ? 'SIMILAR_ADDRESS' : null }
}

/** Street and building are often written into each other's line, so any word may agree with any. */
function bestLikeness(a: readonly Word[], b: readonly Word[]): number {
  let best = 0
  for (const one of a) {
    for (const other of b) if (one.text.length > 3 && best < 1) best = Math.max(best, wordLikeness(one, other))
  }
  return best
}

function comparePhones(a: Identity, b: Identity): Part {
  if (a.phones.length === 0 || b.phones.length === 0) return silent
  return a.phones.some((phone) => b.phones.includes(phone))
    ? { score: SAME_PHONE, reason: 'SAME_PHONE' }
    : { score: -0.5, reason: null }
}
