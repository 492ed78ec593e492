import type { Reader } from '../../db/open.ts'
import { selectPatientSummaries } from '../../db/queries/patient.ts'
import { selectStandingLinks } from '../../db/queries/patient-merge.ts'
import { type PatientHit, searchPatients } from '../../db/queries/patient-search.ts'
import { selectVisitMarks } from '../../db/queries/patient-visits.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { SearchHit } from '../../shared/contract/patient-search.ts'
import { type DateOrder, readBirthDate } from '../../shared/domain/patient-birth-date.ts'
import { isExactMatch } from '../../shared/domain/patient-search-match.ts'
import { type PatientQuery, parsePatientQuery, registrationDraft } from '../../shared/domain/patient-search-query.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { accept } from '../../shared/kernel/result.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Handlers } from '../app/context.ts'
import { vocabularyOf } from '../app/patient-vocabulary.ts'

/** Rows of the list; more than that is told, not shown. */
const mostHits = 9

export const patientSearchHandlers = {
  find: async ({ reader, services, today }, input) => {
    const dateOrder = input.dateOrder ?? services.storeLife.open.facts.dateOrder
    const query = parsePatientQuery(input.text, { dateOrder, today })
    const found = await leadToKept(
      reader,
      await searchPatients(reader, query, { vocabulary: vocabularyOf(services), limit: mostHits + 1 }),
    )
    const shown = found.slice(0, mostHits)
    const marks = await selectVisitMarks(
      reader,
      shown.map((hit) => hit.patientId),
      today,
    )
    return accept({
      text: input.text,
      dateOrder,
      hits: shown.map(({ match, ...hit }) => ({
        ...hit,
        formerNames: [...hit.formerNames],
        lastVisitOn: marks.get(hit.patientId)?.lastOn ?? null,
        visitToday: marks.get(hit.patientId)?.today ?? null,
        reasons: [...match.reasons],
        isExact: isExactMatch(match),
        ranges: [...match.ranges],
      })),
      hasMore: found.length > mostHits,
      isTooShort: query.isTooShort,
      dateReading: dateReadingOf(query, dateOrder, today),
      unreadableDates: [...query.unreadableDates],
      registration: registrationDraft(input.text, { dateOrder, today }),
    })
  },
} satisfies Handlers<typeof contract.patientSearch>

type LeadingHit = PatientHit & Pick<SearchHit, 'mergedInto'>

/** A merged chart is found by its old names and numbers and leads to the kept one; the person is listed once. */
async function leadToKept(reader: Reader, hits: readonly PatientHit[]): Promise<readonly LeadingHit[]> {
  const links = await selectStandingLinks(
    reader,
    hits.map((hit) => hit.patientId),
  )
  const kept = await selectPatientSummaries(
    reader,
    [...links.values()].map(({ keptId }) => keptId),
  )
  const seen = new Set<PatientId>(hits.map(({ patientId }) => patientId).filter((id) => !links.has(id)))
  return hits.flatMap((hit): readonly LeadingHit[] => {
    const link = links.get(hit.patientId)
    if (!link) return [{ ...hit, mergedInto: null }]
    const chart = kept.get(link.keptId)
    if (!chart || seen.has(link.keptId)) return []
    seen.add(link.keptId)
    const { chartNumber, family, given } = chart
    return [{ ...hit, patientId: link.keptId, mergedInto: { chartNumber, family, given } }]
  })
}

/** How the first date of the query was read, and what it is with day and month changed over. */
function dateReadingOf(query: PatientQuery, dateOrder: DateOrder, today: CalendarDate) {
  const dated = query.numbers.find((number) => number.bornOn !== null)
  if (!dated) return null
  const [first] = readBirthDate(dated.text, dateOrder, today)
  if (!first) return null
  const otherOrder = dateOrder === 'MDY' ? 'DMY' : 'MDY'
  const [other] = readBirthDate(dated.text, otherOrder, today)
  return {
    typed: dated.text,
    readAs: first.date,
    shape: first.shape,
    isCenturyGuessed: first.isCenturyGuessed,
    other: other && other.date !== first.date ? ({ readAs: other.date, dateOrder: otherOrder } as const) : null,
  }
}
