import type { RegistrationStart, SearchHit } from '../../../shared/contract/patient-search.ts'
import type { DateOrder } from '../../../shared/domain/patient-birth-date.ts'
import { formerNameText, type MatchReason } from '../../../shared/domain/patient-search-match.ts'
import type { Output } from '../../client/client.ts'
import { formatDate, formatSpokenName } from '../../parts/format.ts'
import type { TextMark } from '../../parts/MarkedText.tsx'
import type { DateReading, PersonHit } from '../../parts/PersonSearch.tsx'

type Found = Output<'patientSearch.find'>

/** A hit as the list shows it, but for the picture. */
export function hitToPerson(hit: SearchHit): Omit<PersonHit, 'photoSrc'> {
  const givenName = [hit.given, hit.middle].filter((part) => part !== null).join(' ')
  const middleAt = hit.given === null ? 0 : hit.given.length + 1
  return {
    patientId: hit.patientId,
    name: { familyName: hit.family, givenName: givenName || null, preferredName: hit.preferred },
    familyMarks: marksOf(hit, 'family', 0),
    givenMarks: [...marksOf(hit, 'given', 0), ...marksOf(hit, 'middle', middleAt)],
    bornMarks: bornMarksOf(hit.reasons),
    bornOn: hit.bornOn,
    chartNumber: hit.chartNumber,
    phoneTail: hit.phoneTail,
    lastVisitOn: hit.lastVisitOn,
    visitToday: hit.visitToday && `Today ${hit.visitToday.atTime}`,
    isLookAlike: hit.isLookAlike,
    why: whyOf(hit),
    isExact: hit.isExact,
  }
}

/** How typed digits were read as a date: `month first, as set for this clinic`. */
export function dateReadingOf({ dateReading, dateOrder }: Found, clinicOrder: DateOrder): DateReading | null {
  if (!dateReading) return null
  const { typed, readAs, shape, isCenturyGuessed, other } = dateReading
  const how: string[] = [shapeText[shape]]
  if (other) how.push(dateOrder === clinicOrder ? 'as set for this clinic' : 'as you chose')
  if (isCenturyGuessed) how.push('in the latest century it can be')
  return { typed, readAs, how: how.join(', '), otherReading: other?.readAs ?? null }
}

const shapeText = {
  MDY: 'month first',
  DMY: 'day first',
  YMD: 'year first',
  NAMED: 'month in letters',
} as const

/** `“Noor Haddad”, born 04-Mar-1984`: what a registration would begin with. */
export function registrationText({ family, given, bornOn, phone }: RegistrationStart): string {
  const parts = [
    family || given ? `“${formatSpokenName({ familyName: family, givenName: given })}”` : null,
    bornOn && `born ${formatDate(bornOn)}`,
    phone && `phone ${phone}`,
  ].filter(Boolean)
  return parts.length === 0 ? 'a new patient' : parts.join(', ')
}

/** `31/2/1984 is no day anybody was born on.` */
export function unreadableText(dates: readonly string[]): string | null {
  const [first] = dates
  return first === undefined ? null : `${first} is no day that anybody was born on. Type it again, or search by name.`
}

function marksOf(hit: SearchHit, field: SearchHit['ranges'][number]['field'], offset: number): readonly TextMark[] {
  return hit.ranges
    .filter((range) => range.field === field)
    .map((range) => [range.start + offset, range.end + offset] as const)
}

/** In the printed date `04-Mar-1984`. */
function bornMarksOf(reasons: readonly MatchReason[]): readonly TextMark[] {
  if (reasons.includes('BIRTH_DATE') || reasons.includes('BIRTH_DATE_OTHER_READING')) return [[0, 11]]
  if (reasons.includes('BIRTH_YEAR')) return [[7, 11]]
  return reasons.includes('BIRTH_YEAR_OFF_BY_ONE') ? [[7, 10]] : []
}

const reasonText: Readonly<Record<MatchReason, string>> = {
  CHART_NUMBER: 'chart number',
  SURNAME: 'surname',
  GIVEN: 'given name',
  BIRTH_DATE: 'birth date',
  BIRTH_YEAR: 'birth year',
  PHONE: 'phone',
  PREFERRED_NAME: 'preferred name',
  FORMER_NAME: 'former name',
  BIRTH_DATE_OTHER_READING: 'date read the other way',
  NICKNAME: 'short form of the name',
  SOUNDS_ALIKE: 'sounds alike',
  MISSPELT: 'spelling differs a little',
  BIRTH_YEAR_OFF_BY_ONE: 'birth year differs by one',
}

const secondary: ReadonlySet<MatchReason> = new Set([
  'PREFERRED_NAME',
  'FORMER_NAME',
  'BIRTH_DATE_OTHER_READING',
  'NICKNAME',
  'SOUNDS_ALIKE',
  'MISSPELT',
  'BIRTH_YEAR_OFF_BY_ONE',
])

/** Where a hit is not simply what was typed, the reason that is not. */
function whyOf(hit: SearchHit): string {
  const told = hit.isExact ? hit.reasons : hit.reasons.filter((reason) => secondary.has(reason))
  const words = told.map((reason) => (reason === 'FORMER_NAME' ? formerNameWords(hit) : reasonText[reason]))
  const { mergedInto } = hit
  const now =
    mergedInto &&
    `now chart ${mergedInto.chartNumber}, ${formatSpokenName({ familyName: mergedInto.family, givenName: mergedInto.given })}`
  const text = [now, hit.status === 'ARCHIVED' ? 'archived' : null, ...words].filter((word) => word !== null).join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function formerNameWords(hit: SearchHit): string {
  const index = hit.ranges.find((range) => range.field === 'former')?.index ?? 0
  const former = hit.formerNames[index]
  return former ? `former name ${formerNameText(former)}` : 'former name'
}
